"""What the tests of all browser tools share: a page that must stay without errors, and how a tool is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser import everyone

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


def assert_accessible(page: Page, width: int, state: str) -> None:
    """No sideways scroll and no axe violation, target size too, all unfolded; `state` is told otherwise.

    Dark pages are asked about their colours alone: the rest is that of the light ones.
    """
    everyone.unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, state
    everyone.thin(page)
    page.evaluate("scrollTo(0, 0)")
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert everyone.violations(page, *(everyone.COLOURS if dark else ())) == [], state
