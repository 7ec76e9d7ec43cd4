"""Fixtures that tests of more than one file share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.tools import faultless, open_tool


@pytest.fixture(scope="module")
def calculator(browser: Browser, site_url: str) -> Iterator[Page]:
    """The page `/cost/`, loaded once; `at` shows it another address."""
    for page in faultless(browser, viewport={"width": 390, "height": 844}):
        open_tool(page, site_url, "cost")
        yield page
