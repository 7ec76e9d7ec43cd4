"""What the tests of all browser tools share: a page that must stay without errors, and how a tool is opened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser, Page

ICON = "/assets/favicon.svg"
"""Chromium asks for the site's own icon again whenever the address changes; the fragment is not sent."""

THEME = "search_index.js"
"""From a disk the theme's search finds no index; the tools do not need it."""


def faultless(
    browser: Browser, *, ignoring: str | None = None, clipboard: bool = True, **context: Any
) -> Iterator[Page]:
    """A page in a context of its own; at the end it has met no error, apart from those that name `ignoring`."""
    own = browser.new_context(**context)
    if clipboard:
        own.grant_permissions(["clipboard-read", "clipboard-write"])
    page = own.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    own.close()
    assert [error for error in errors if ignoring is None or ignoring not in error] == []


def open_tool(page: Page, site_url: str, name: str, fragment: str = "") -> None:
    """Load the page of a tool anew with this state and wait until it is drawn."""
    page.goto("about:blank")
    page.goto(f"{site_url}{name}/{fragment}")
    page.wait_for_selector(f"#wa-{name}[data-ready]")
