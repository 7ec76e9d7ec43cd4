"""How long the search takes: `python -m tests.search_bench SITE [WORKLOADS]`, with SITE a built site.

Types a third of the tuned queries letter by letter into the real dialog in Chromium and prints the
milliseconds from the keystroke to the drawn results (style and layout included), and from opening the
search to its first answer. With a number of workloads, the index is filled up to it with synthetic ones:
names, summaries and texts of the real workloads, mixed by a fixed sequence, so that they match the same
words and weigh as much. Not part of the tests.
"""

from __future__ import annotations

import functools
import http.server
import json
import random
import statistics
import sys
import threading
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.install_browser import installed
from tests.search_report import queries

OPEN = """async () => {
  const start = performance.now();
  document.querySelector("a.wa-find").click();
  const field = document.querySelector("dialog.wa-search [role=combobox]");
  field.value = "recruitment";
  while (!document.querySelector("#wa-search-list [role=option]")) await new Promise(done => setTimeout(done, 1));
  return performance.now() - start;
}"""
TYPE = """queries => {
  const field = document.querySelector("dialog.wa-search [role=combobox]");
  const times = [];
  for (const query of queries) for (let n = 1; n <= query.length; n += 1) {
    const start = performance.now();
    field.value = query.slice(0, n);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    document.querySelector("#wa-search-list").getBoundingClientRect();
    times.push([performance.now() - start, field.value]);
  }
  return times;
}"""


def synthetic(script: str, total: int) -> str:
    """The first script of the index with as many workloads as `total`."""
    head, _, body = script.partition("=")
    data: dict[str, Any] = json.loads(body.strip().rstrip(";"))
    real = [row for row in data["entries"] if row[0].startswith("workloads/") and row[1] == 0 and row[2] > 1]
    draw = random.Random(29)
    for n in range(len(real), total):
        one, two, three = (draw.choice(real) for _ in range(3))
        half = len(two[7]) // 2
        names = draw.sample([*one[4], *two[4], *three[4]], 14)
        title = f"{one[3]} and {two[3]} {n}"
        data["entries"].append(
            [f"workloads/x{n}/", 0, 4.0, title, names, [], three[6], one[7][:half] + two[7][half:]]
        )
    return f"{head}={json.dumps(data, ensure_ascii=False)};"


def measure(page: Page, address: str) -> None:
    """Print the figures of one page."""
    page.goto(address)
    first = page.evaluate(OPEN)
    page.wait_for_selector("dialog.wa-search[data-ready=all]", timeout=120_000)
    count = page.evaluate("WASearchData.entries.length + WASearchSources.entries.length")
    page.evaluate(TYPE, list(queries("tuned"))[:3])  # the browser compiles what is used often
    times = page.evaluate(TYPE, list(queries("tuned"))[::3])
    spent = sorted(ms for ms, _ in times)
    worst = max(times)
    p95 = spent[int(len(spent) * 0.95)]
    print(
        f"{count} entries: first answer {first:.0f} ms after opening; {len(spent)} keystrokes: median "
        f"{statistics.median(spent):.1f} ms, 95 % within {p95:.1f} ms, slowest {worst[0]:.1f} ms at {worst[1]!r}"
    )


def main() -> None:
    """Serve the site and measure."""
    folder = Path(sys.argv[1])
    total = int(sys.argv[2]) if len(sys.argv) > 2 else 0

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        if total:
            script = synthetic((folder / "assets/js/search/data.js").read_text(encoding="utf-8"), total)
            page.route(
                "**/search/data.js", lambda route: route.fulfill(content_type="text/javascript", body=script)
            )
        measure(page, f"http://127.0.0.1:{server.server_port}/")
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
