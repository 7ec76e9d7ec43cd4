"""What a page says while its tool is on the way, and when it does not come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser import everyone

TOOLS = {
    "decide/": "decide/view.js",
    "compare/": "compare/view.js",
    "portfolio/": "portfolio/view.js",
    "cost/": "cost/view.js",
    "size/": "size/view.js",
    "models/": "models/view.js",
    "workloads/": "workloads/view.js",
    "sources/": "js/sources.js",
    "regulation/role/": "role/view.js",
    "regulation/class/": "class/view.js",
    "regulation/matrix/": "law/matrix.js",
    "regulation/changes/": "law/changes.js",
    "regulation/evidence/": "law/evidence.js",
}
"""Pages with a tool, and the script that draws it."""
LARGE = ("cost/", "compare/", "decide/", "portfolio/", "size/", "models/")

SAID = ".wa-waits[role=status]"
FAILED = "This tool could not be loaded. Reload the page; below is what works without it."

# The part of the page after the place of the tool can be seen.
BELOW_SEEN = """() => {
  const host = document.querySelector(".md-content__inner > div[id^='wa-']");
  return [...host.parentElement.children].some((node) => host.compareDocumentPosition(node) === 4
    && node.getClientRects().length && getComputedStyle(node).visibility === "visible");
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def hold(page: Page, script: str) -> list[Route]:
    """What was asked for of this script, to let it go on later."""
    held: list[Route] = []

    def later(route: Route) -> None:
        held.append(route)

    page.route(f"**/{script}", later)
    return held


def moved(page: Page) -> float:
    found: list[Any] = page.evaluate(everyone.SHIFTS)
    return float(sum(value for value, _ in found))


def violations(page: Page) -> list[str]:
    """By all rules in the light scheme, then colours in the dark one on a phone."""
    everyone.thin(page)
    found = everyone.violations(page)
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    page.wait_for_selector("body[data-md-color-scheme=slate]")
    return found + everyone.violations(page, *everyone.DIFFERENT)


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_whose_script_does_not_come_says_so_at_once(page: Page, site_url: str, tool: str) -> None:
    scripts = f"**/{TOOLS[tool]}"
    page.route(scripts, lambda route: route.abort())
    page.goto(site_url + tool)
    page.wait_for_function(f"document.querySelector('{SAID}')?.innerText === '{FAILED}'", timeout=3000)
    assert page.evaluate(BELOW_SEEN), "nothing waits for it any longer"
    if tool in ("decide/", "workloads/", "sources/"):
        assert violations(page) == []
    page.unroute(scripts)
    page.get_by_role("button", name="Reload the page").click()
    page.wait_for_selector(".md-content__inner > div[id^='wa-'][data-ready]")
    assert page.locator(SAID).count() == 0


@pytest.mark.parametrize("tool", LARGE)
@pytest.mark.parametrize("width", [390, 1280])
def test_a_tool_on_the_way_says_so_and_moves_nothing(page: Page, site_url: str, tool: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    held = hold(page, TOOLS[tool])
    page.goto(site_url + tool, wait_until="commit")
    page.wait_for_function(f"document.querySelector('{SAID}')?.innerText === 'Loading …'")
    assert not page.evaluate(BELOW_SEEN)
    if tool in ("decide/", "cost/") and width == 390:
        assert everyone.violations(page) == []
    for route in held:
        route.continue_()
    page.wait_for_selector(".md-content__inner > div[id^='wa-'][data-ready]")
    page.wait_for_function(everyone.READY)
    assert page.locator(SAID).count() == 0
    assert page.evaluate(BELOW_SEEN), "nothing waits any longer"
    assert moved(page) == 0


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_on_a_slow_processor(page: Page, site_url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    found = {}
    for tool in LARGE:
        page.goto("about:blank")
        page.goto(site_url + tool)
        page.wait_for_function(everyone.READY)
        found[tool] = moved(page)
        assert page.locator(SAID).count() == 0
    assert found == dict.fromkeys(LARGE, 0)


def test_a_tool_that_breaks_off_says_so_after_the_wait(page: Page, site_url: str) -> None:
    page.route("**/size/view.js", lambda route: route.fulfill(body="throw new Error('broken');"))
    page.goto(site_url + "size/")
    page.wait_for_function(f"document.querySelector('{SAID}').innerText === '{FAILED}'", timeout=9000)
    assert page.evaluate(BELOW_SEEN)


def test_a_tool_that_breaks_off_late_is_no_longer_called_loading(page: Page, site_url: str) -> None:
    held = hold(page, "size/view.js")
    page.goto(site_url + "size/", wait_until="commit")
    page.wait_for_function(f"document.querySelector('{SAID}')?.innerText.includes('still loading')", timeout=9000)
    for route in held:
        route.fulfill(body="throw new Error('broken');")
    page.wait_for_function(f"document.querySelector('{SAID}').innerText === '{FAILED}'", timeout=9000)


def test_a_tool_that_comes_late_is_told_from_one_that_does_not(page: Page, site_url: str) -> None:
    """The message leaves when the tool comes after all."""
    held = hold(page, "models/view.js")
    page.goto(site_url + "models/", wait_until="commit")
    page.wait_for_function(f"document.querySelector('{SAID}')?.innerText.includes('still loading')", timeout=9000)
    assert page.evaluate(BELOW_SEEN)
    for route in held:
        route.continue_()
    page.wait_for_selector("#wa-models[data-ready]")
    assert page.locator(SAID).count() == 0
