"""Renews the pictures in docs/assets: the home page, and one pass through the decision tool at phone width.

Run with `make pictures` after a change of look; the pictures are committed, because a README shows them.
"""

from __future__ import annotations

import base64
import functools
import http.server
import sys
import threading
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.install_browser import installed

ROOT = Path(__file__).resolve().parent.parent
ANSWERS = ("frontier_helps", "prefer_inside", "internal", "acts", "high")


def pass_through(page: Page, address: str) -> list[bytes]:
    """Screenshots of the questions of one pass, by keyboard, and of its result."""
    page.goto(f"{address}decide/")
    page.wait_for_selector("#wa-decide[data-ready]")
    shots = []
    page.locator(".wa-choice").first.focus()
    while page.locator(".wa-question").count():
        page.evaluate("window.scrollTo(0, document.querySelector('.wa-tool__columns').offsetTop - 60)")
        shots.append(page.screenshot())
        wanted = [page.locator(f".wa-choice[data-level={level}]") for level in ANSWERS]
        choice = next((found for found in wanted if found.count()), page.locator(".wa-choice").nth(1))
        page.keyboard.press(str(choice.get_attribute("data-key")))
    for selector in (".wa-result", ".wa-flips", "#wa-hops"):
        page.evaluate(
            f"window.scrollTo(0, document.querySelector('{selector}').getBoundingClientRect().top + scrollY - 60)"
        )
        shots.append(page.screenshot())
    return shots


def strip(browser: Browser, shots: list[bytes]) -> bytes:
    """The screenshots side by side, as one picture."""
    pictures = "".join(
        f'<img width="300" src="data:image/png;base64,{base64.b64encode(shot).decode()}">' for shot in shots
    )
    page = browser.new_page(viewport={"width": 20 + 312 * len(shots), "height": 680})
    page.set_content(f'<body style="margin:10px;display:flex;gap:12px;background:#d9d5c7">{pictures}</body>')
    page.wait_for_timeout(300)
    return page.screenshot(full_page=True)


def main(site: Path) -> None:
    """Take both pictures of the built site."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=["--no-sandbox", "--disable-gpu"])
        home = browser.new_page(viewport={"width": 1280, "height": 900})
        home.goto(address)
        home.wait_for_load_state("networkidle")
        (ROOT / "docs/assets/readme.png").write_bytes(home.screenshot())
        phone = browser.new_page(viewport={"width": 390, "height": 844})
        (ROOT / "docs/assets/decide.png").write_bytes(strip(browser, pass_through(phone, address)))
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
