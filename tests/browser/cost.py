"""What the tests of the calculator of cost share."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.tools import open_tool


def at(shown: Page, fragment: str = "") -> Page:
    """The same page with another state, as if the address had been typed."""
    first = "#workload=internal-knowledge-assistant&api=openai-gpt-6.1-terra&gpu=h200-sxm&model=gpt-oss-120b"
    shown.evaluate(
        """hash => new Promise(done => {
          if (location.hash === hash) return done();
          window.addEventListener("hashchange", done, { once: true });
          location.hash = hash;
        })""",
        fragment or first,
    )
    return shown


def visit(page: Page, site_url: str, fragment: str = "") -> None:
    open_tool(page, site_url, "cost", fragment)
