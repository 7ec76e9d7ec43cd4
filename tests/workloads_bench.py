"""How long a filter step takes at `/workloads/`: `python -m tests.workloads_bench SITE [WORKLOADS …]`.

Ticks and unticks every value of every facet, types words letter by letter, and changes order and view, in Chromium
on the built page. Prints milliseconds from the event to the laid-out result: script (filtering, counting, drawing)
and the browser's style and layout apart. Rows below the window follow in another frame; their style and layout are
told as “below”, and painting is left out. “Letter” is what the same browser needs at the same moment to change and
lay out one letter, so that a busy machine shows. Page and data are filled up by `tests/synthetic_atlas.py` to the
number asked for. Not part of the tests.
"""

from __future__ import annotations

import re
import statistics
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from macros import workloads_page
from macros.derive import Derived, derive
from macros.load import load
from macros.render import environment, render_page
from tests.install_browser import installed
from tests.serving import serving
from tests.synthetic_atlas import enlarged

ROOT = Path(__file__).resolve().parent.parent
SIZES = (29, 3000)
WORDS = ("agent", "transcription of calls", "bank", "Lebenslauf", "no such word")
STEPS = """async (words) => {
  const times = [];
  // Chromium refuses too many addresses a second; what follows a step has been drawn by then.
  const rest = () => new Promise((done) => setTimeout(done, 60));
  async function step(kind, act) {
    await rest();
    const laid = () => document.querySelector("#wa-workloads").getBoundingClientRect();
    laid();
    const before = performance.now();
    letter.data = letter.data === "a" ? "b" : "a";
    laid();
    const start = performance.now();
    act();
    const drawn = performance.now();
    laid();
    const end = performance.now();
    let below = 0;
    if ("drawing" in host.dataset) await new Promise((done) => {
      const seen = new MutationObserver(() => {
        const from = performance.now();
        laid();
        below = performance.now() - from;
        seen.disconnect();
        done();
      });
      seen.observe(host, { attributeFilter: ["data-drawing"] });
    });
    times.push([kind, drawn - start, end - drawn, below, start - before]);
  }
  const host = document.querySelector("#wa-workloads");
  const letter = document.createTextNode("a");
  document.querySelector("#wa-workloads").after(letter);
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


def page_and_data(site: Path, derived: Derived) -> tuple[str, str]:
    """The built page with a row for each workload of `derived`, and the script with their data."""
    text = render_page(environment(derived), "workloads.jinja", "../", **workloads_page.values(derived))
    part = re.compile(r'<div class="wa-explore".*assets/js/workloads/view\.js" defer></script>', re.DOTALL)
    made = part.search(text)
    assert made
    page = (site / "workloads/index.html").read_text(encoding="utf-8")
    return part.sub(lambda _: made[0], page, count=1), workloads_page.script(derived)


def serve_enlarged(page: Page, site: Path, derived: Derived, total: int) -> None:
    """Let the page be given the enlarged list instead of its own."""
    html, script = page_and_data(site, enlarged(derived, total))
    page.route("**/workloads/", lambda route: route.fulfill(content_type="text/html", body=html))
    page.route(
        f"**/{workloads_page.FILE}", lambda route: route.fulfill(content_type="text/javascript", body=script)
    )


def measure(page: Page, address: str) -> None:
    """Print the figures of one page."""
    page.goto(f"{address}workloads/")
    page.wait_for_selector("#wa-workloads[data-ready]", timeout=30_000)
    count = page.evaluate("WA_WORKLOADS.workloads.length")
    loading: dict[str, Any] = page.evaluate("performance.getEntriesByType('navigation')[0].toJSON()")
    page.evaluate(STEPS, ["ag"])  # the browser compiles what is used often
    times = page.evaluate(STEPS, list(WORDS))
    print(f"{count} workloads, ready {loading['domContentLoadedEventEnd']:.0f} ms after the page was asked for")
    print(
        f"  {'ms':8} {'steps':>5} {'median':>7} {'p95':>7} {'most':>7} {'script':>7} {'layout':>7} {'letter':>7}"
    )
    for kind in ["all", *dict.fromkeys(kind for kind, *_ in times)]:
        own = [figures for name, *figures in times if kind in ("all", name)]
        spent = sorted(script + layout for script, layout, *_ in own)
        parts = (statistics.median(column) for column in zip(*own, strict=True))
        figures = (statistics.median(spent), spent[int(len(spent) * 0.95)], spent[-1], *parts)
        print(f"  {kind:8} {len(own):5}" + "".join(f" {figure:7.1f}" for figure in figures))


def main() -> None:
    """Serve the site and measure each size."""
    folder = Path(sys.argv[1])
    derived = derive(load(ROOT))

    with serving(folder) as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=["--no-sandbox", "--disable-gpu"])
        for total in [int(size) for size in sys.argv[2:]] or SIZES:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            if total >= len(derived.workloads):
                serve_enlarged(page, folder, derived, total)
            measure(page, served.address)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
