"""The page of all sources in a real Chromium: filters by kind and age, orders, state in the address, no script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from macros import sources_page
from macros.model import Atlas
from tests.browser.tools import faultless, open_tool


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    yield from faultless(browser, clipboard=False, viewport={"width": 1280, "height": 900})


def shown(page: Page) -> list[str]:
    links = "rows => rows.map(row => row.cells[0].querySelector('a').getAttribute('href').split('/').at(-2))"
    return list(page.locator(".wa-sources-table tbody tr:not([hidden])").evaluate_all(links))


def test_filters_narrow_and_stand_in_the_address(page: Page, site_url: str, atlas: Atlas) -> None:
    open_tool(page, site_url, "sources", "#kind=law&age=2")
    as_of = atlas.settings.as_of
    expected = {
        s.id for s in atlas.sources.values() if s.kind == "law" and sources_page.age(s.published, as_of) == "2"
    }
    assert set(shown(page)) == expected
    page.get_by_label("Published").select_option("")
    page.get_by_label("Read", exact=True).select_option("copy")
    assert page.url.endswith("#kind=law&read=copy")
    assert set(shown(page)) == {s.id for s in atlas.sources.values() if s.kind == "law" and s.seen_in}
    page.get_by_label("Title or publisher").fill("no such words")
    assert page.get_by_role("status").first.text_content() == "No source has all of this. Clear a filter."
    page.get_by_role("button", name="Clear the filters").press("Enter")
    assert len(shown(page)) == len(atlas.sources)
    assert page.evaluate("document.activeElement.id") == "wa-text"


def test_orders(page: Page, site_url: str, atlas: Atlas) -> None:
    open_tool(page, site_url, "sources", "#order=oldest")
    dates = [atlas.sources[id_].published for id_ in shown(page)]
    dated = [day for day in dates if day != "undated"]
    assert dated == sorted(dated)
    assert dates[: len(dated)] == dated
    page.get_by_label("Order").select_option("")
    assert shown(page)[0] == min(atlas.sources.values(), key=lambda s: (s.title.casefold(), s.id)).id


def test_wrong_values_in_the_address_are_no_filter(page: Page, site_url: str, atlas: Atlas) -> None:
    open_tool(page, site_url, "sources", "#kind=nothing&order=__proto__")
    assert len(shown(page)) == len(atlas.sources)


def test_without_script_every_source_is_there(browser: Browser, site_url: str, atlas: Atlas) -> None:
    for page in faultless(browser, clipboard=False, java_script_enabled=False):
        page.goto(f"{site_url}sources/")
        assert page.locator(".wa-sources-table tbody tr").count() == len(atlas.sources)
        assert page.locator("#wa-sources").is_hidden()


def test_on_a_phone_rows_stand_as_labels_and_values(browser: Browser, site_url: str) -> None:
    for page in faultless(browser, clipboard=False, viewport={"width": 390, "height": 844}):
        page.goto(f"{site_url}status/")
        box = page.locator(".wa-scroll").first
        assert box.evaluate("node => node.scrollWidth <= node.clientWidth"), "nothing is cut"
        heads = [text.strip() for text in box.locator("thead th").all_text_contents()][1:]
        label = "cell => getComputedStyle(cell, '::before').content.slice(1, -1)"
        assert [cell.evaluate(label) for cell in box.locator("tbody tr").first.locator("td").all()] == heads


def test_on_a_phone_a_source_is_a_title_and_a_line(browser: Browser, site_url: str) -> None:
    for page in faultless(browser, clipboard=False, viewport={"width": 390, "height": 844}):
        page.goto(f"{site_url}sources/")
        box = page.locator(".wa-scroll").first
        assert box.evaluate("node => node.scrollWidth <= node.clientWidth"), "nothing is cut"
        first = box.locator("tbody tr").first
        before = """cell => getComputedStyle(cell, "::before").content.replace("none", "").replaceAll('"', "")"""
        line = "".join(f"{cell.evaluate(before)}{cell.text_content()}" for cell in first.locator("td").all())
        cells = first.locator("td").all_text_contents()
        assert line == "{} · {} · {} · checked {} · statements: {}".format(*cells)
        top = "cell => Math.round(cell.getBoundingClientRect().top)"
        tops = {cell.evaluate(top) for cell in first.locator("td").all()[:2]}
        assert len(tops) == 1, "they stand in one line where there is room"
        last = box.locator("tbody tr").last
        last.scroll_into_view_if_needed()
        page.wait_for_function("row => row.innerText.trim()", arg=last.element_handle())  # laid out in sight
