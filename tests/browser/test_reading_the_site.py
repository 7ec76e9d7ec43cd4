"""What a visitor sees in a real Chromium: light and dark, no third parties, print; more in test_everyone.py."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import everyone
from tests.page_types import heaviest


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark_are_really_different(browser: Browser, site_url: str, scheme: str) -> None:
    context = browser.new_context(color_scheme="light" if scheme == "light" else "dark")
    page = context.new_page()
    page.goto(site_url)
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    channels = [int(part) for part in colour.strip("rgb()").split(",")[:3]]
    assert (min(channels) > 200) is (scheme == "light")
    assert (max(channels) < 60) is (scheme == "dark")
    context.close()


def test_no_request_leaves_the_site_and_nothing_fails(page: Page, site: Path, site_url: str) -> None:
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    for address in heaviest(site).values():
        page.goto(site_url + address)
        page.wait_for_load_state("networkidle")
    assert [url for url in requests if not url.startswith(site_url) and not url.startswith("data:")] == []
    assert errors == []


ODD_PAGES = (
    "",
    "decide/",
    "cost/",
    "size/",
    "models/",
    "workloads/",
    "sources/",
    "glossary/",
    "compare/",
    "portfolio/",
    "regulation/role/",
    "regulation/class/",
    "regulation/matrix/",
    "regulation/evidence/",
    "regulation/changes/",
    "workloads/recruitment-screening/",
)
ODD_FRAGMENTS = ("%%%", "%E0%A4%A", "x=%%%", "__proto__", "sort=constructor&technique=constructor&from=toString")


@pytest.mark.parametrize("address", ODD_PAGES)
def test_no_fragment_of_an_address_is_an_error(page: Page, site_url: str, address: str) -> None:
    """Neither what cannot be decoded nor names that every object of the language has."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
    for fragment in ODD_FRAGMENTS:
        page.goto("about:blank")
        page.goto(f"{site_url}{address}#{fragment}")
        page.wait_for_function(everyone.READY)
        page.evaluate("location.hash = '#%%'")
        page.wait_for_timeout(20)
    assert errors == []


def test_verdicts_are_told_apart_without_colour(page: Page, site_url: str) -> None:
    """Each mark has its own shape and stands beside its word."""
    page.goto(site_url)
    shapes = {}
    for verdict in ("self-host", "hybrid", "api"):
        badge = page.locator(f".wa-legend .wa-verdict--{verdict}")
        assert badge.inner_text().strip()
        shapes[verdict] = badge.locator("svg").inner_html()
    assert len(set(shapes.values())) == 3


# Words of Latin letters in tables that go on in the next line without a hyphen.
BROKEN_WORDS = """() => {
  const found = new Set();
  const range = document.createRange();
  for (const cell of document.querySelectorAll("main table :is(th, td)")) {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode;
      if (!parentElement.getClientRects().length) continue;
      for (const { 0: word, index } of data.matchAll(/\\p{Script=Latin}{6,}/gu)) {
        range.setStart(texts.currentNode, index);
        range.setEnd(texts.currentNode, index + word.length);
        if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top / 4))).size > 1) found.add(word);
      }
    }
  }
  return [...found];
}"""


@pytest.mark.parametrize("address", ["infrastructure/", "workloads/", "models/", "portfolio/", "sources/"])
def test_no_word_in_a_table_is_broken(page: Page, site_url: str, address: str) -> None:
    """On a desk, on an A4 sheet printed from there, and on a phone."""
    page.goto(site_url + address)
    page.wait_for_function(everyone.READY)
    found = {"desk": page.evaluate(BROKEN_WORDS)}
    page.emulate_media(media="print")
    # As narrow as the sheet; a narrow window would show another view of some tables.
    page.evaluate("document.documentElement.style.width = '711px'")
    found["paper"] = page.evaluate(BROKEN_WORDS)
    page.evaluate("document.documentElement.style.width = ''")
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 390, "height": 844})
    found["phone"] = page.evaluate(BROKEN_WORDS)
    assert found == {"desk": [], "paper": [], "phone": []}


def test_printing_lists_the_notes_and_keeps_those_opened_in_full(page: Page, site_url: str) -> None:
    page.goto(site_url + "workloads/recruitment-screening/law/")
    assert page.locator("details.wa-note").count() > 50
    controls, notes = "details.wa-control", "details.wa-note[open]"
    assert page.locator(f"{controls}[open]").count() == page.locator(notes).count() == 0
    page.locator(f"{controls} > summary").first.click()
    page.locator(f"{controls} details.wa-note > summary").first.click()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(f"{controls}:not([open])").count() == 0
    assert page.locator(notes).count() == 1
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(f"{controls}[open]").count() == page.locator(notes).count() == 1
