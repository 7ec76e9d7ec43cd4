"""The menu of narrow windows: by keyboard, mouse and touch, and without a script."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser import everyone

WIDTHS = (390, 640, 1100)
"""A phone, a window of 1,280 pixels at 200 %, and the widest that has the menu."""
PAGES = ("", "workloads/recruitment-screening/", "cost/", "regulation/role/", "glossary/", "sources/", "404.html")

# What has the focus: its name, whether it is in the menu, and what covers it, if anything does.
FOCUSED = """() => {
  const node = document.activeElement;
  const box = node.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return {
    name: node.getAttribute("aria-label") || node.textContent.trim() || node.tagName,
    inside: node.closest(".md-sidebar--primary") !== null,
    covered: node.contains(top) || top?.contains(node) ? null : top ? top.className : "out of sight",
  };
}"""


def at(browser: Browser, width: int, **context: Any) -> Page:
    return browser.new_context(viewport={"width": width, "height": 844}, **context).new_page()


def menu(page: Page) -> Locator:
    return page.get_by_role("button", name="Menu", exact=True)


def open_by_key(page: Page, address: str) -> None:
    page.goto(address)
    menu(page).focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(350)  # it slides in


def name(page: Page) -> str:
    return str(page.evaluate(FOCUSED)["name"])


@pytest.mark.parametrize("width", WIDTHS)
def test_the_focus_stays_in_the_menu_and_is_never_covered(browser: Browser, site_url: str, width: int) -> None:
    """Forty times the Tab key, and back, from the item that has the focus when the menu opens."""
    page = at(browser, width)
    bad = []
    for address in PAGES:
        open_by_key(page, site_url + address)
        walked = [page.evaluate(FOCUSED)]
        for key in ["Tab"] * 40 + ["Shift+Tab"] * 10:
            page.keyboard.press(key)
            walked.append(page.evaluate(FOCUSED))
        bad += [(address, step) for step in walked if not step["inside"] or step["covered"]]
        names = [step["name"] for step in walked[:41]]
        assert len(set(names)) > 3 and names.count(names[0]) > 1, "from one item to the next, and round again"
    page.context.close()
    assert bad == []


@pytest.mark.parametrize("width", WIDTHS)
def test_it_opens_where_one_is_and_closes_where_one_was(browser: Browser, site_url: str, width: int) -> None:
    page = at(browser, width)
    open_by_key(page, site_url + "workloads/recruitment-screening/")
    assert menu(page).get_attribute("aria-expanded") == "true"
    assert name(page).startswith("Recruitment screening")
    everyone.thin(page)
    assert everyone.violations(page) == []
    page.keyboard.press("Escape")
    assert menu(page).get_attribute("aria-expanded") == "false"
    assert name(page) == "Menu"
    assert page.locator("[inert]").count() == 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.md-sidebar') === null"), "what is closed takes no focus"
    page.context.close()


def test_one_goes_up_and_down_by_keyboard(browser: Browser, site_url: str) -> None:
    page = at(browser, 390)
    open_by_key(page, site_url + "workloads/recruitment-screening/")
    page.keyboard.press("Enter")
    page.wait_for_timeout(350)
    assert name(page) == "Back to Regulated decisions, from Table of contents"
    page.keyboard.press("Enter")
    page.wait_for_timeout(350)
    assert name(page) == "Recruitment screening, contents of this page"
    for panel, link in (("Regulated decisions", "Private knowledge"), ("Atlas", "Decide")):
        page.get_by_role("button", name=f", from {panel}").press("Enter")
        page.wait_for_timeout(350)
        assert name(page) == f"{panel}, open or close"
        assert page.evaluate(FOCUSED)["covered"] is None
        assert page.locator(".md-sidebar--primary").get_by_role("link", name=link, exact=True).is_visible()
    page.keyboard.press("Enter")
    page.wait_for_timeout(350)
    assert name(page) == "Back to the whole menu, from Atlas"
    assert page.evaluate("document.querySelector('.md-sidebar__scrollwrap').scrollLeft") == 0
    page.context.close()


@pytest.mark.parametrize(
    ("address", "up"), [("", "the whole menu"), ("workloads/recruitment-screening/", "Atlas"), ("404.html", None)]
)
def test_the_first_panel_says_where_up_leads_and_has_the_ways_in(
    browser: Browser, site_url: str, address: str, up: str | None
) -> None:
    """Those that end the page, seen and pressed there, whichever part of the site one is in."""
    page = at(browser, 390)
    open_by_key(page, site_url + address)
    arrow = page.get_by_role("button", name="Back to")
    if up is None:
        assert arrow.count() == 0
    else:
        shown = [button.inner_text().split("\n")[0] for button in arrow.all() if button.is_visible()]
        assert shown == [f"Back to {up}"]
    ways = page.locator(".wa-footer nav a")
    wanted = [(link.inner_text(), link.evaluate("link => link.href")) for link in ways.all()]
    assert {"Route my workload", "Law", "Models"} <= {title for title, _ in wanted}
    own = [link for link in page.locator(".wa-menu-ways a").all() if link.is_visible()]
    assert [(link.inner_text(), link.evaluate("link => link.href")) for link in own] == wanted
    for link in own:
        link.focus()
        page.wait_for_timeout(30)
        assert page.evaluate(FOCUSED)["covered"] is None
    page.locator(".wa-menu-ways").get_by_role("link", name="Route my workload").locator("visible=true").click()
    page.wait_for_url("**/decide/**")
    page.set_viewport_size({"width": 1280, "height": 844})
    assert page.locator(".wa-menu-ways:visible, .wa-menu-up:visible").count() == 0
    page.context.close()


def test_a_link_into_the_page_closes_it(browser: Browser, site_url: str) -> None:
    page = at(browser, 390)
    open_by_key(page, site_url + "cost/")
    page.keyboard.press("Enter")
    page.locator(".md-sidebar--primary").get_by_role("link", name="How it is computed").press("Enter")
    assert menu(page).get_attribute("aria-expanded") == "false"
    assert page.locator("[inert]").count() == 0
    assert page.url.endswith("#how-it-is-computed")
    page.context.close()


@pytest.mark.parametrize("touch", [False, True])
def test_it_opens_and_closes_by_mouse_and_touch(browser: Browser, site_url: str, touch: bool) -> None:
    page = at(browser, 390, has_touch=touch)
    page.goto(site_url + "cost/")
    point = page.touchscreen.tap if touch else page.mouse.click
    panel = page.locator(".md-sidebar--primary")

    def press(button: Locator) -> None:
        box = button.bounding_box()
        assert box
        point(box["x"] + 10, box["y"] + 10)
        page.wait_for_timeout(350)

    for beside in (True, False):
        press(menu(page))
        assert panel.is_visible()
        if beside:
            point(360, 600)
            page.wait_for_timeout(350)
        else:
            press(page.get_by_role("button", name="Close the menu"))
        assert panel.is_hidden()
        assert page.locator("[inert]").count() == 0
    page.context.close()


def test_a_window_that_becomes_wide_has_no_menu_left_open(browser: Browser, site_url: str) -> None:
    page = at(browser, 1100)
    open_by_key(page, site_url + "glossary/")
    assert page.locator("[inert]").count() > 3, "the page behind takes no focus"
    page.set_viewport_size({"width": 1280, "height": 844})
    page.wait_for_function("!document.querySelector('[inert]')")
    assert page.locator(".wa-menu-close").is_hidden()
    page.context.close()


def test_nothing_slides_for_those_who_want_no_motion(browser: Browser, site_url: str) -> None:
    page = at(browser, 390, reduced_motion="reduce")
    page.goto(site_url + "cost/")
    page.wait_for_function(everyone.READY)
    menu(page).press("Enter")
    at_once = page.evaluate(FOCUSED)
    assert at_once["inside"] and at_once["covered"] is None
    assert page.evaluate(everyone.MOVING) == []
    page.context.close()


def test_it_works_without_a_script(browser: Browser, site_url: str) -> None:
    page = at(browser, 390, java_script_enabled=False)
    page.goto(site_url + "workloads/recruitment-screening/")
    page.locator("label.md-header__button[for=__drawer]").click()
    inside = page.locator(".md-sidebar--primary")
    assert inside.get_by_role("link", name="Public benefit casework").is_visible()
    assert inside.get_by_role("link", name="All workloads").is_hidden(), "that panel is covered"
    inside.locator("label.md-nav__title", has_text="Regulated decisions").click()
    page.wait_for_timeout(350)
    assert inside.get_by_role("link", name="All workloads").is_visible()
    page.mouse.click(360, 600)
    page.wait_for_timeout(350)
    assert inside.is_hidden()
    page.context.close()
