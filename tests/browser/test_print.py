"""A workload page on paper: a brief of at most two sheets, in the light palette, with nothing else of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from macros.derive import Derived


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def sheets(page: Page, **how: str) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(**{"format": "A4", **how})))  # type: ignore[arg-type]


def test_every_workload_prints_on_at_most_two_sheets(page: Page, site_url: str, derived: Derived) -> None:
    counted = {}
    for id_ in derived.workloads:
        page.goto(f"{site_url}workloads/{id_}/")
        page.evaluate("document.fonts.ready.then(() => true)")
        counted[id_] = max(sheets(page, format=paper) for paper in ("A4", "Letter"))
    assert len(counted) == 29
    assert {id_: count for id_, count in counted.items() if count > 2} == {}


def test_print_shows_the_brief_alone_and_the_screen_does_not(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}workloads/recruitment-screening/")
    parts, paper = page.locator(".wa-printed").all(), page.locator(".wa-paper").all()
    assert len(parts) > 6 and len(paper) > 4
    assert not any(part.is_visible() for part in paper), "what only paper says"
    assert page.locator(".wa-plate .wa-plate__do").is_visible()
    page.emulate_media(media="print")
    assert all(part.is_visible() for part in (*parts, *paper))
    assert page.locator(".wa-plate .wa-plate__do").is_hidden()
    others = page.locator("article > :not(.wa-printed)")
    assert [n for n in range(others.count()) if others.nth(n).is_visible()] == []
    for part in ("header", ".md-sidebar", ".md-footer", ".md-tabs"):
        assert not any(found.is_visible() for found in page.locator(part).all()), part
    assert page.locator("p.wa-paper").last.inner_text().startswith("Commands, each obligation in full")
    (address,) = page.locator(".wa-laws a").evaluate_all(
        "found => [getComputedStyle(found[0], '::after').content]"
    )
    assert "https://" in address
    title = page.evaluate("document.documentElement.style.getPropertyValue('--wa-title')")
    assert title == '"Recruitment screening · Workload Atlas"', "at the foot of each sheet"
    law = page.locator(".wa-laws li").first
    assert law.is_visible() and "Article" in law.inner_text(), "what is folded on a screen is open on paper"
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0


@pytest.mark.parametrize("address", ["workloads/recruitment-screening/", "obligations/ai-act-26-6-keep-logs/"])
def test_dark_pages_print_dark_on_light(browser: Browser, site_url: str, address: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(site_url + address)
    page.emulate_media(media="print", color_scheme="dark")
    shown = ".wa-printed, article h1, article p"
    colours = page.eval_on_selector_all(
        shown, "found => found.filter(e => e.offsetParent).map(e => getComputedStyle(e).color)"
    )
    assert colours
    for colour in set(colours):
        assert max(int(part) for part in re.findall(r"\d+", colour)[:3]) < 140, colour
    context.close()
