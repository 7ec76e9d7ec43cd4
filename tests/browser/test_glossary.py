"""Meanings beside words in a real Chromium: by pointer, by keyboard, dismissed, and links without a script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.model import Atlas
from tests.browser import everyone
from tests.browser.tools import faultless

PLACE = "infrastructure/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    yield from faultless(browser, clipboard=False, viewport={"width": 390, "height": 800})


def test_meaning_by_keyboard_and_pointer(page: Page, site_url: str, atlas: Atlas) -> None:
    page.goto(f"{site_url}{PLACE}")
    link = page.locator("a.wa-word").first
    term = atlas.glossary[str(link.get_attribute("href")).rpartition("#")[2]]
    bubble = page.get_by_role("tooltip")
    link.focus()
    expect(bubble).to_contain_text(term.means)
    assert link.get_attribute("aria-describedby") == bubble.get_attribute("id")
    box = bubble.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    page.keyboard.press("Escape")
    expect(bubble).to_be_hidden()
    assert link.get_attribute("aria-describedby") is None
    page.evaluate("document.activeElement.blur()")
    link.hover()
    expect(bubble).to_be_visible()
    bubble.hover()
    page.wait_for_timeout(400)
    expect(bubble).to_be_visible()
    page.mouse.move(1, 1)
    expect(bubble).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_violations_with_a_meaning_shown(browser: Browser, site_url: str, scheme: str) -> None:
    for page in faultless(browser, clipboard=False, color_scheme=scheme):
        page.goto(f"{site_url}{PLACE}")
        page.locator("a.wa-word").first.focus()
        expect(page.get_by_role("tooltip")).to_be_visible()
        assert everyone.violations(page) == []


def test_without_script_words_lead_to_the_glossary(browser: Browser, site_url: str, atlas: Atlas) -> None:
    for page in faultless(browser, clipboard=False, java_script_enabled=False):
        page.goto(f"{site_url}{PLACE}")
        page.locator("a.wa-word").first.click()
        id_ = page.url.rpartition("#")[2]
        assert id_ in atlas.glossary
        expect(page.locator(f"[id='{id_}']")).to_be_in_viewport()
