"""The law of a workload in Chromium: closed at first, opened without JavaScript, on a phone, and in print."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

SCREENING = "workloads/recruitment-screening/"
LAW = "workloads/recruitment-screening/law/"
CHECKLIST = "workloads/recruitment-screening/checklist/"


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A phone without JavaScript."""
    context = browser.new_context(viewport={"width": 320, "height": 700}, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_notes_open_without_javascript(plain: Page, site_url: str) -> None:
    plain.goto(site_url + LAW)
    group = plain.locator("details.wa-control").first
    note = group.locator("details.wa-note").first
    assert not note.is_visible()
    group.locator("> summary").click()
    assert note.is_visible()
    note.locator("> summary").click()
    link = note.locator(".wa-note__body dd a").first
    assert link.is_visible()
    assert str(link.get_attribute("href")).startswith("https://")


def test_a_line_of_the_workload_leads_to_its_notes_without_javascript(plain: Page, site_url: str) -> None:
    plain.goto(site_url + SCREENING)
    assert plain.locator("details.wa-note").count() == 0
    row = plain.locator(".wa-obligations li a").first
    question, id_ = row.inner_text(), str(row.get_attribute("href")).partition("#")[2]
    row.click()
    plain.wait_for_url(f"**/{LAW}#{id_}")
    group = plain.locator(f"details.wa-control[id='{id_}']")
    assert group.locator(".wa-control__ask").inner_text() == question
    if not group.locator("details.wa-note").first.is_visible():  # a browser may leave closed what a link leads to
        group.locator("> summary").click()
    assert group.locator("details.wa-note").first.is_visible()


def test_a_line_of_the_workload_opens_its_notes(page: Page, site_url: str) -> None:
    page.goto(site_url + SCREENING)
    page.locator(".wa-obligations li a").nth(1).click()
    page.wait_for_url(f"**/{LAW}#control-*")
    page.locator("details.wa-control[open] details.wa-note").first.wait_for(state="visible")


def test_an_address_with_the_name_of_a_note_opens_it(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}{LAW}#ai-act-26-6-keep-logs")
    place = page.locator("[id='ai-act-26-6-keep-logs']")
    place.locator("a").first.wait_for(state="visible")
    assert place.evaluate(
        "(e) => e.getBoundingClientRect().top < innerHeight && e.getBoundingClientRect().bottom > 0"
    )


@pytest.mark.parametrize("address", [SCREENING, LAW, CHECKLIST])
def test_nothing_scrolls_sideways_at_320_pixels_with_all_open(page: Page, site_url: str, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(site_url + address)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for table in page.locator("table.wa-who").all():
        assert table.evaluate("(t) => t.scrollWidth <= t.parentElement.clientWidth + 1")
        for cell in table.locator("th").all():
            assert cell.evaluate("(c) => c.scrollWidth <= c.clientWidth + 1"), cell.inner_text()


def test_the_law_part_is_short_until_it_is_opened(page: Page, site_url: str) -> None:
    """On a phone the questions fit on a few screens; most important first inside each."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site_url + LAW)
    top = page.locator("#what-you-must-be-able-to-do").bounding_box()
    end = page.locator("#who-does-it-by-deployment").bounding_box()
    assert top
    assert end
    assert end["y"] - top["y"] < 3 * 844
    for group in page.locator("details.wa-control").all():
        states = [text.split()[0] for text in group.locator("summary .wa-state").all_text_contents()]
        rank = {"in": 0, "applies": 1, "guidance": 2, "voluntary": 3, "binds": 3, "proposed,": 4}
        assert states == sorted(states, key=lambda state: rank[state])


def test_the_checklist_prints_as_nothing_else(page: Page, site_url: str) -> None:
    page.goto(site_url + SCREENING)
    page.get_by_role("link", name="Checklist to print").click()
    page.wait_for_url("**/" + CHECKLIST)
    page.emulate_media(media="print")
    for hidden in (".md-header", ".md-footer", ".wa-where", ".wa-foot", ".md-sidebar--primary"):
        assert not page.locator(hidden).first.is_visible(), hidden
    box = page.locator(".wa-box").first
    assert box.is_visible()
    assert box.evaluate("(b) => getComputedStyle(b).borderTopStyle") == "solid"
    heading = page.locator("h1").inner_text()
    assert heading.startswith("Checklist: ")
    assert "not legal advice" in page.locator(".wa-checklist").inner_text()
    assert page.pdf(format="A4").startswith(b"%PDF")
