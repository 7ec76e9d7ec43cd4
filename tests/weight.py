"""What each type of page weighs: `python -m tests.weight SITE`.

Opens the heaviest page of every type in Chromium, from a server that compresses with gzip and lets everything but
pages be kept: once with nothing kept (first visit), and once after the home page and, where there is one, another
page of its type (next visit). Prints kilobytes of bodies as sent, requests, and requests to other hosts. Not part
of the tests, but `tests/site/test_weight.py` holds the pages to limits with the same code.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.install_browser import installed
from tests.page_types import page_types
from tests.serving import Served, serving


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes and requests of a page on a first visit and on the next, and what went to other hosts."""

    page: str
    first: int
    next: int
    html: int
    requests: int
    next_requests: int
    elsewhere: tuple[str, ...]


def weigh(browser: Browser, served: Served, page: str, before: str) -> Weight:
    """The page at first, and again after the home page and `before`, a page of the same type or itself."""
    asked: list[str] = []

    def visit(*pages: str) -> list[tuple[str, int]]:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        tab = context.new_page()
        tab.on("request", lambda request: asked.append(request.url))
        for address in pages:
            served.sent.clear()
            tab.goto(served.address + address, wait_until="networkidle")
            tab.evaluate("document.fonts.ready.then(() => 0)")
        context.close()
        return [(path, size) for path, size in served.sent if "favicon" not in path]

    first, then = visit(page), visit("", *([before] if before != page else []), page)
    html = next(size for path, size in first if path == f"/{page}")
    elsewhere = tuple(url for url in asked if not url.startswith((served.address, "data:", "blob:")))
    return Weight(
        page, sum(size for _, size in first), sum(size for _, size in then), html, len(first), len(then), elsewhere
    )


def pages_to_weigh(site: Path) -> dict[str, tuple[str, str]]:
    """Type -> its heaviest page, and the lightest, which is seen before it."""
    return {type_: (pages[0], pages[-1]) for type_, pages in page_types(site).items()}


def main() -> None:
    """Weigh every type of page and print a table, the heaviest first."""
    site = Path(sys.argv[1])
    with serving(site) as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=["--no-sandbox", "--disable-gpu"])
        found = {type_: weigh(browser, served, *pages) for type_, pages in pages_to_weigh(site).items()}
        browser.close()
    print(f"{'type':30} {'first kB':>8} {'next kB':>8} {'HTML kB':>8} {'requests':>9}  heaviest page")
    for type_, w in sorted(found.items(), key=lambda item: -item[1].first):
        sizes = f"{w.first / 1000:8.1f} {w.next / 1000:8.1f} {w.html / 1000:8.1f}"
        print(f"{type_ or 'home':30} {sizes} {w.requests:4} {w.next_requests:4}  {w.page}")
    elsewhere = sorted({url for w in found.values() for url in w.elsewhere})
    print(f"Requests to other hosts: {len(elsewhere)}", *elsewhere)


if __name__ == "__main__":
    main()
