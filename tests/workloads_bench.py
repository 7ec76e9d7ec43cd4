"""How long a filter step takes at `/workloads/`: `python -m tests.workloads_bench SITE [WORKLOADS …]`.

Ticks and unticks every value of every facet, all of them open, types words letter by letter, and changes order and
view, in Chromium on the built page; three times over. What counts is what the browser's main thread does from the
event to the picture handed over, told by its own trace: script (filtering, counting, filling in), style, layout
and paint, in processor time of that thread, the least of the three rounds. “Clock” is what passed meanwhile on a
clock, of every round: it holds what other programs took, whose load is said. Rows below the window and the address
follow when nothing has changed for a moment: “after”. Page and data are filled up by `tests/synthetic_atlas.py` to
the number asked for. Not part of the tests.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route, sync_playwright

from macros import workloads_page, workloads_words
from macros.derive import Derived, derive
from macros.load import load
from macros.render import environment, render_page
from tests.install_browser import installed
from tests.serving import serving
from tests.synthetic_atlas import enlarged

ROOT = Path(__file__).resolve().parent.parent
SIZES = (29, 3000)
ROUNDS = 3
WORDS = ("agent", "transcription of calls", "bank", "Lebenslauf", "no such word")
STEPS = """async (words) => {
  const kinds = [];
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  async function step(kind, act) {
    kinds.push(kind);
    performance.mark("wa-step");
    act();
    await frame();
    // Until the page has drawn what is outside the window and written the address, which it does a moment later.
    await new Promise((done) => setTimeout(done, 180));
    await drawn();
    await frame();
  }
  document.querySelectorAll("#wa-workloads details").forEach((details) => { details.open = true; });
  await frame();
  const host = document.getElementById("wa-workloads");
  const drawn = async () => {
    while ("drawing" in host.dataset) await new Promise((done) => setTimeout(done, 20));
  };
  const field = document.querySelector("#wa-q");
  const type = (text) => {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  type(words[0]); // the words of the workloads are loaded and read
  await drawn();
  type("");
  await drawn();
  for (const box of document.querySelectorAll(".wa-facet input")) {
    await step("facet", () => box.click());
    await step("facet", () => box.click());
  }
  for (const word of words) for (let n = 1; n <= word.length; n += 1) {
    await step("text", () => type(word.slice(0, n)));
  }
  document.querySelector(".wa-explore__chips .wa-link").click();
  await new Promise((done) => setTimeout(done, 300));
  const sort = document.querySelector("#wa-sort");
  for (const { value } of [...sort.options].reverse()) await step("order", () => {
    sort.value = value;
    sort.dispatchEvent(new Event("change", { bubbles: true }));
  });
  for (const view of ["cards", "table"]) {
    await step("view", () => document.querySelector(`[data-view=${view}]`).click());
  }
  performance.mark("wa-step");
  return kinds;
}"""
CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing"]
PARTS: Mapping[str, str] = {
    "EventDispatch": "script",
    "FunctionCall": "script",
    "TimerFire": "script",
    "UpdateLayoutTree": "style",
    "Layout": "layout",
    "PrePaint": "paint",
    "Paint": "paint",
    "Layerize": "paint",
    "Commit": "paint",
}
"""Tasks of the main thread, as the trace calls them. What one does inside another counts for the outer."""


@dataclass(frozen=True, slots=True)
class Step:
    """Milliseconds: processor time of each part until the picture is handed over, its clock, and what follows."""

    parts: Counter[str]
    clock: float
    after: float


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
    larger = enlarged(derived, total)
    html, script = page_and_data(site, larger)
    page.route("**/workloads/", lambda route: route.fulfill(content_type="text/html", body=html))
    for file, body in ((workloads_page.FILE, script), (workloads_words.FILE, workloads_words.script(larger))):
        page.route(f"**/{file}", partial(_answer, body))


def _answer(body: str, route: Route) -> None:
    route.fulfill(content_type="text/javascript", body=body)


def steps(trace: Sequence[Mapping[str, Any]]) -> list[Step]:
    """What the main thread did between one mark and the next."""
    marks = sorted(e["ts"] for e in trace if e["name"] == "wa-step")
    thread = next((e["pid"], e["tid"]) for e in trace if e["name"] == "wa-step")
    tasks = [e for e in trace if e.get("ph") == "X" and e["name"] in PARTS and (e["pid"], e["tid"]) == thread]
    tasks.sort(key=lambda e: (e["ts"], -e["dur"]))
    return [_step([e for e in tasks if one <= e["ts"] < two]) for one, two in pairwise(marks)]


def _step(tasks: Iterable[Mapping[str, Any]]) -> Step:
    parts: Counter[str] = Counter()
    clock, after, end, painted, handed = 0.0, 0.0, 0.0, False, False
    for task in tasks:
        if task["ts"] < end:
            continue
        end = task["ts"] + task["dur"]
        spent = task.get("tdur", 0) / 1000
        if handed:
            after += spent
        else:
            parts[PARTS[task["name"]]] += spent
            clock += task["dur"] / 1000
        painted = painted or task["name"] == "Paint"
        handed = handed or (painted and task["name"] == "Commit")
    return Step(parts, clock, after)


def traced(browser: Browser, page: Page) -> tuple[list[str], list[Step]]:
    """The kind of every step of a round, and what it took."""
    browser.start_tracing(page=page, categories=CATEGORIES)
    kinds: list[str] = page.evaluate(STEPS, list(WORDS))
    return kinds, steps(json.loads(browser.stop_tracing())["traceEvents"])


def _at(values: Iterable[float], share: float) -> float:
    found = sorted(values)
    return found[min(len(found) - 1, int(len(found) * share))]


def measure(browser: Browser, page: Page, address: str) -> None:
    """Print the figures of one page."""
    page.goto(f"{address}workloads/")
    page.wait_for_selector("#wa-workloads[data-ready]", timeout=30_000)
    count = page.evaluate("WA_WORKLOADS.workloads.length")
    loading: dict[str, Any] = page.evaluate("performance.getEntriesByType('navigation')[0].toJSON()")
    page.evaluate(STEPS, ["ag"])  # the browser compiles what is used often
    rounds = [traced(browser, page) for _ in range(ROUNDS)]
    kinds = rounds[0][0]
    least = [min(same, key=lambda step: step.parts.total()) for same in zip(*(r for _, r in rounds), strict=True)]
    print(f"{count} workloads, ready {loading['domContentLoadedEventEnd']:.0f} ms after the page was asked for;")
    print(f"  load {' '.join(f'{load:.1f}' for load in os.getloadavg())} on {os.cpu_count()} processors")
    heads = ("steps", "median", "p95", "most", *dict.fromkeys(PARTS.values()), "after", "clock", "p95")
    print("  ms      " + "".join(f"{head:>7}" for head in heads))
    for kind in ["all", *dict.fromkeys(kinds)]:
        best, *_ = every = [
            [step for name, step in zip(kinds, found, strict=True) if kind in ("all", name)]
            for found in (least, *(found for _, found in rounds))
        ]
        totals = [step.parts.total() for step in best]
        clocks = [step.clock for found in every[1:] for step in found]
        figures = [
            *(_at(totals, 0.5), _at(totals, 0.95), max(totals)),
            *(statistics.median(step.parts[part] for step in best) for part in dict.fromkeys(PARTS.values())),
            statistics.median(step.after for step in best),
            *(_at(clocks, 0.5), _at(clocks, 0.95)),
        ]
        print(f"  {kind:8}{len(best):7}" + "".join(f"{figure:7.1f}" for figure in figures), flush=True)


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
            measure(browser, page, served.address)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
