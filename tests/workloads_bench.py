"""How long a filter step takes at `/workloads/`: `python -m tests.workloads_bench SITE [WORKLOADS …]`.

Ticks and unticks every value of every facet, types words letter by letter, and changes order and view, in
Chromium on the built page, and prints the milliseconds from the event to the laid-out result: filtering, counting,
drawing, style and layout; painting is left out. For more workloads than the atlas has, page and data are filled up
with synthetic ones made by `synthetic`. Not part of the tests.
"""

from __future__ import annotations

import functools
import http.server
import random
import re
import statistics
import sys
import threading
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from macros import workloads_page
from macros.derive import Derived, DerivedWorkload, derive
from macros.load import load
from macros.render import environment, render_page
from tests.install_browser import installed

ROOT = Path(__file__).resolve().parent.parent
SIZES = (29, 3000)
WORDS = ("agent", "transcription of calls", "bank", "Lebenslauf", "no such word")
STEPS = """async (words) => {
  const times = [];
  const rest = () => new Promise((done) => setTimeout(done, 60));  // Chromium refuses too many addresses a second
  async function step(kind, act) {
    await rest();
    const start = performance.now();
    act();
    document.querySelector("#wa-workloads").getBoundingClientRect();
    times.push([kind, performance.now() - start]);
  }
  document.querySelectorAll("#wa-workloads details").forEach((details) => { details.open = true; });
  document.body.getBoundingClientRect();
  for (const box of document.querySelectorAll(".wa-facet input")) {
    await step("facet", () => box.click());
    await step("facet", () => box.click());
  }
  const field = document.querySelector("#wa-q");
  for (const word of words) for (let n = 1; n <= word.length; n += 1) await step("text", () => {
    field.value = word.slice(0, n);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  document.querySelector(".wa-explore__chips .wa-link").click();
  const sort = document.querySelector("#wa-sort");
  for (const { value } of [...sort.options]) await step("order", () => {
    sort.value = value;
    sort.dispatchEvent(new Event("change", { bubbles: true }));
  });
  for (const view of ["cards", "table"]) {
    await step("view", () => document.querySelector(`[data-view=${view}]`).click());
  }
  return times;
}"""


def synthetic(derived: Derived, total: int) -> list[DerivedWorkload]:
    """The workloads of the atlas and as many mixed ones as make `total`, by a fixed sequence.

    Each takes verdict and steps of one, facts and stage of a second, pattern, class and signals of a third.
    """
    real = list(derived.workloads.values())
    draw = random.Random(29)
    made = list(real)
    for number in range(len(real), total):
        one, two, three = (draw.choice(real) for _ in range(3))
        workload = replace(
            one.workload,
            id=f"x{number}",
            title=f"{one.workload.title}, {two.workload.title.lower()} {number}",
            pattern=three.workload.pattern,
            summary=two.workload.summary,
            facts=two.workload.facts,
            signals=three.workload.signals,
        )
        made.append(replace(one, workload=workload, classification=three.classification, placement=two.placement))
    return made


def enlarged(site: Path, derived: Derived, items: Iterable[DerivedWorkload]) -> tuple[str, str]:
    """The built page with a row for each of `items`, and the script with their data."""
    found = list(items)
    text = render_page(environment(derived), "workloads.jinja", "../", **workloads_page.values(derived, found))
    rows = re.compile(r"<tbody>.*?</tbody>", re.DOTALL)
    body = rows.search(text)
    assert body
    page = (site / "workloads/index.html").read_text(encoding="utf-8")
    return rows.sub(lambda _: body[0], page, count=1), workloads_page.script(derived, found)


def serve_enlarged(page: Page, site: Path, derived: Derived, total: int) -> None:
    """Let the page be given the enlarged list instead of its own."""
    html, script = enlarged(site, derived, synthetic(derived, total))
    page.route("**/workloads/", lambda route: route.fulfill(content_type="text/html", body=html))
    page.route(
        f"**/{workloads_page.FILE}", lambda route: route.fulfill(content_type="text/javascript", body=script)
    )


def measure(page: Page, address: str) -> None:
    """Print the figures of one page."""
    page.goto(f"{address}workloads/")
    page.wait_for_selector("#wa-workloads[data-ready]", timeout=120_000)
    count = page.evaluate("WA_WORKLOADS.workloads.length")
    loading: dict[str, Any] = page.evaluate("performance.getEntriesByType('navigation')[0].toJSON()")
    page.evaluate(STEPS, ["ag"])  # the browser compiles what is used often
    times = page.evaluate(STEPS, list(WORDS))
    print(f"{count} workloads, ready {loading['domContentLoadedEventEnd']:.0f} ms after the page was asked for")
    for kind in dict.fromkeys(kind for kind, _ in times):
        spent = sorted(ms for own, ms in times if own == kind)
        within = sum(ms <= 16 for ms in spent) / len(spent)
        p95 = spent[int(len(spent) * 0.95)]
        print(
            f"  {kind}: {len(spent)} steps, median {statistics.median(spent):.1f} ms, 95 % within {p95:.1f} ms, "
            f"slowest {spent[-1]:.1f} ms, {within:.0%} within 16 ms"
        )


def main() -> None:
    """Serve the site and measure each size."""
    folder = Path(sys.argv[1])
    derived = derive(load(ROOT))

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=["--no-sandbox", "--disable-gpu"])
        for total in [int(size) for size in sys.argv[2:]] or SIZES:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            if total > len(derived.workloads):
                serve_enlarged(page, folder, derived, total)
            measure(page, f"http://127.0.0.1:{server.server_port}/")
            page.close()
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
