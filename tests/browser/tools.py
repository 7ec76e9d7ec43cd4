"""What the tests of all browser tools share: a page that must stay without errors, and how a tool is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

ICON = "/assets/favicon.svg"
"""Chromium asks for the site's own icon again whenever the address changes; the fragment is not sent."""


def faultless(browser: Browser, *, clipboard: bool = True, **context: Any) -> Iterator[Page]:
    """A page in a context of its own; at the end it has met no error."""
    own = browser.new_context(**context)
    if clipboard:
        own.grant_permissions(["clipboard-read", "clipboard-write"])
    page = own.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    own.close()
    assert errors == []


def open_tool(page: Page, site_url: str, name: str, fragment: str = "") -> None:
    """Load the page of a tool anew with this state and wait until it is drawn."""
    page.goto("about:blank")
    page.goto(f"{site_url}{name}/{fragment}")
    page.wait_for_selector(f"#wa-{name.rpartition('/')[2]}[data-ready]")


@contextmanager
def sending_nothing(page: Page, visit: Callable[[], None]) -> Iterator[list[str]]:
    """Everything asked for since the page was opened by `visit`; inside the block nothing but the icon may be."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url + (request.post_data or "")))
    visit()
    page.wait_for_load_state("networkidle")
    quiet = len(sent)
    yield sent
    page.wait_for_timeout(300)
    assert [url for url in sent[quiet:] if "favicon" not in url] == []


COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""The rules of axe that depend on colours."""


def violations(page: Page, **options: Any) -> list[dict[str, Any]]:
    """What axe finds wrong. To tell as much of what is right takes it twice the time."""
    found: list[dict[str, Any]] = (
        Axe().run(page, options={"resultTypes": ["violations"], **options}).response["violations"]
    )
    return found


def assert_accessible(page: Page, width: int, state: str) -> None:
    """No axe violation with everything opened, and no sideways scroll; `state` is told where there is one.

    Dark pages are asked about their colours alone: the rest is that of the light ones.
    """
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    found = violations(page, runOnly=COLOURS) if dark else violations(page)
    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found] == [], state
    assert page.evaluate("document.documentElement.scrollWidth") <= width
