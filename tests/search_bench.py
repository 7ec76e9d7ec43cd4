"""How long the search takes: `python -m tests.search_bench SITE [WORKLOADS]`, with SITE a built site.

Types a third of the tuned queries letter by letter into the real dialog in Chromium and prints the
milliseconds from the keystroke to the drawn results (style and layout included), and from opening the
search to its first answer. With a number of workloads, the index is filled up to it with those of
`tests/synthetic_atlas.py`, which match the same words and weigh as much. Not part of the tests.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.install_browser import installed
from tests.search_report import queries
from tests.serving import serving
from tests.synthetic_atlas import mixtures, title_of

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
    """The first script of the index with as many workloads as `total`, mixed as in `tests/synthetic_atlas.py`."""
    head, _, body = script.partition("=")
    data: dict[str, Any] = json.loads(body.strip().rstrip(";"))
    pages = re.compile(r"workloads/([^/]+)/")
    real = {found[1]: row for row in data["entries"] if (found := pages.fullmatch(row[0]))}
    for number, *ids in mixtures(sorted(real), total):
        one, two, three = (real[id_] for id_ in ids)
        half = len(two[7]) // 2
        names = [f"{name} {number}" for name in dict.fromkeys([*one[4][:6], *two[4][:6]])]
        title = title_of(one[3], two[3], number)
        text = one[7][:half] + two[7][half:]
        data["entries"].append([f"workloads/x{number}/", 0, 4.0, title, names, [], three[6], text])
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

    with serving(folder) as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        if total:
            script = synthetic((folder / "assets/js/search/data.js").read_text(encoding="utf-8"), total)
            page.route(
                "**/search/data.js", lambda route: route.fulfill(content_type="text/javascript", body=script)
            )
        measure(page, served.address)
        browser.close()


if __name__ == "__main__":
    main()
