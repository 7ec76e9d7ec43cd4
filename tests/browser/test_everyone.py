"""Every type of page of the built site, for people who use ears, keyboard, enlarging or other colours.

Most states of tools are looked at in the tests of the tools, with the same checks (`assert_accessible`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import everyone

MARKS = """() => [...document.querySelectorAll("main .wa-mark")].filter((mark) => {
  const { fill, stroke } = getComputedStyle(mark.lastElementChild);
  const ground = getComputedStyle(document.body).backgroundColor;
  return mark.getClientRects().length && (fill === "none" ? stroke : fill) === ground;
}).map((mark) => `not drawn: ${mark.getAttribute("class")}`).slice(0, 3)"""

ANSWERED = (
    "models/#gpu=l40s&count=2&compare=gpt-oss-20b,qwen3.8-27b",
    "size/#model=llama-3.3-70b-instruct&gpu=l4&tp=2",
    "size/#model=gpt-oss-20b&gpu=h100-sxm",
    "size/#model=whisper-large-v3",
    "sources/#kind=standard",
    "regulation/matrix/#workload=recruitment-screening",
)
"""States of tools whose own tests look at none in both schemes and at all widths."""

MUCH_TEXT = ("", "law-review/", "decisions/", "questions/my-role/", "workloads/recruitment-screening/")

SHARES = 6
"""Tests that the pages are divided among, so that they run side by side."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, color_scheme="light", reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("share", range(SHARES))
def test_no_violation_in_any_scheme_at_any_width(page: Page, site: Path, site_url: str, share: int) -> None:
    """Axe by all rules, target size too; dark colours; widths down to 320 pixels; wider spacing; focus; motion."""
    found: list[str] = []
    for address in everyone.addresses(everyone.sample(site), share, SHARES):
        said = everyone.visit(page, site_url + address)
        said += everyone.focused(page)
        everyone.unfold(page)
        said += [f"moves: {name}" for name in page.evaluate(everyone.MOVING)]
        said += everyone.widened(page)
        everyone.thin(page)
        said += everyone.look(page)
        found += [f"{address or 'home'}: {problem}" for problem in said]
    assert found == []


@pytest.mark.parametrize("address", ANSWERED)
def test_no_violation_where_something_is_chosen(page: Page, site_url: str, address: str) -> None:
    everyone.visit(page, site_url + address)
    everyone.unfold(page)
    found = everyone.widened(page)
    everyone.thin(page)
    assert found + everyone.look(page) == []


@pytest.mark.parametrize("share", range(SHARES))
def test_colours_of_the_system_and_the_keyboard_on_a_phone(
    browser: Browser, site: Path, site_url: str, share: int
) -> None:
    """Forced colours keep contrast, focus, and each verdict mark; the first key skips to the content."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, forced_colors="active")
    page = context.new_page()
    found: list[str] = []
    for own in list(everyone.sample(site).values())[share::SHARES]:
        address = own[0]
        said = everyone.visit(page, site_url + address)
        said += everyone.skipped(page) + everyone.focused(page, 20) + page.evaluate(MARKS)
        everyone.thin(page)
        page.evaluate(everyone.AS_FORCED)
        said += everyone.violations(page, "color-contrast")
        found += [f"{address or 'home'}: {problem}" for problem in said]
    context.close()
    assert found == []


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_when_fonts_come_late(browser: Browser, site_url: str, width: int) -> None:
    """As on a first visit on a slow line. Pages whose tools come late are looked at by the tests above."""
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    everyone.late_fonts(page, 300)
    found = [everyone.visit(page, site_url + address) for address in MUCH_TEXT]
    context.close()
    assert found == [[]] * len(MUCH_TEXT)


def test_colours_are_those_of_the_system_until_chosen(browser: Browser, site_url: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(site_url)
    scheme = "document.body.dataset.mdColorScheme"
    assert page.evaluate(scheme) == "slate"
    page.emulate_media(color_scheme="light")
    page.wait_for_function(f"{scheme} === 'default'")
    button = page.get_by_role("button", name="Dark colours")
    button.press("Enter")
    assert page.evaluate(scheme) == "slate"
    assert button.get_attribute("aria-pressed") == "true"
    page.goto(site_url + "about/")
    assert page.evaluate(scheme) == "slate", "what was chosen holds on other pages, before anything is drawn"
    context.close()
