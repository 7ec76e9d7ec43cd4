"""What a visitor sees in a real Chromium: light and dark, phones, keyboard, no third parties."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

PAGES = [
    "",
    "workloads/",
    "workloads/recruitment-screening/",
    "workloads/recruitment-screening/checklist/",
    "workloads/repository-coding-agent/",
    "patterns/regulated-decisions/",
    "patterns/",
    "models/",
    "size/",
    "models/qwen3.8-27b/",
    "accelerators/l40s/",
    "engines/vllm/",
    "instruments/",
    "instruments/eu-ai-act/",
    "obligations/",
    "obligations/ai-act-26-6-keep-logs/",
    "regulation/",
    "regulation/matrix/",
    "regulation/changes/",
    "regulation/evidence/",
    "sources/",
    "routing/",
    "decide/",
    "assurances/",
    "assurances/zero-retention/",
    "questions/",
    "questions/stay-in-europe/",
    "techniques/",
    "techniques/rag/",
    "techniques/prompt-caching/",
    "coverage/",
    "deployments/",
    "infrastructure/",
    "vocabulary/",
    "about/",
    "errors/",
    "contributing/",
    "pages/",
]


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
    page.wait_for_load_state("networkidle")
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    channels = [int(part) for part in colour.strip("rgb()").split(",")[:3]]
    assert (min(channels) > 200) is (scheme == "light")
    assert (max(channels) < 60) is (scheme == "dark")
    context.close()


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_does_not_scroll_sideways(browser: Browser, site_url: str, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, is_mobile=True)
    page = context.new_page()
    page.goto(site_url + address)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_accessibility_violations(browser: Browser, site_url: str, scheme: str, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="light" if scheme == "light" else "dark",
        reduced_motion="reduce",
    )
    page = context.new_page()
    violations: list[str] = []
    for address in PAGES:
        # Thousands of equal cells take axe minutes; a filter leaves every kind of cell.
        page.goto(site_url + address + ("#control=logs" if address == "regulation/matrix/" else ""))
        page.wait_for_load_state("networkidle")
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        for found in Axe().run(page).response["violations"]:
            nodes = [node["target"] for node in found["nodes"]][:3]
            violations.append(f"{address or 'home'}: {found['id']} ({found['impact']}) at {nodes}")
    context.close()
    assert violations == []


def test_no_request_leaves_the_site_and_nothing_fails(page: Page, site_url: str) -> None:
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    for address in PAGES:
        page.goto(site_url + address)
        page.wait_for_load_state("networkidle")
    assert [url for url in requests if not url.startswith(site_url) and not url.startswith("data:")] == []
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


def test_printing_opens_the_notes(page: Page, site_url: str) -> None:
    page.goto(site_url + "workloads/recruitment-screening/")
    assert page.locator("details.wa-note[open]").count() == 0
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details.wa-note:not([open])").count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("details.wa-note[open]").count() == 0
