"""Relevance of the search: `python -m tests.search_report` runs every query in Chromium, in the site's own engine.

Prints success@1 and success@3 (a page that answers the query is first, or among the first three) for the queries
that the ranking was tuned on and for those it was not, with every query that missed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml
from playwright.sync_api import Page, sync_playwright

from macros import search_index, site
from tests.install_browser import installed

ROOT = Path(__file__).resolve().parent.parent
JS = ROOT / "docs/assets/js"
VENDOR = JS / "vendor/minisearch-7.2.0.js"
ENGINE = tuple(JS / f"search/{name}.js" for name in ("text", "reading", "engine"))
"""The files of the engine, in the order in which they are loaded."""
SETS: Mapping[str, tuple[float, float]] = {
    "tuned": (0.95, 0.99),
    "held_out": (0.93, 0.98),
    "audited": (0.9, 0.97),
    "unseen": (0.88, 0.95),
    "afterwards": (0.84, 0.92),
    "visitors": (0.93, 0.97),
    "visitors_kept": (0.87, 0.96),
    "blind": (0.8, 0.95),
    "last": (0.89, 0.94),
    "strangers": (0.9, 0.97),
    "strangers_kept": (0.85, 0.94),
    "strangers_later": (0.82, 0.94),
}
"""The sets of queries with the least success@1 and @3 that the tests let pass, a little below what was found."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a query found against the pages that answer it; `rank` counts from one, none if not among `found`."""

    query: str
    want: tuple[str, ...]
    found: tuple[str, ...]

    @property
    def rank(self) -> int | None:
        """The place of the first page that answers."""
        return next((n for n, path in enumerate(self.found, 1) if path in self.want), None)


def queries(name: str) -> Mapping[str, Sequence[str]]:
    """A set of queries with the pages that answer each."""
    text = (ROOT / f"tests/search/{name}.yml").read_text(encoding="utf-8")
    return {str(query): want for query, want in yaml.safe_load(text).items()}


def success(outcomes: Sequence[Outcome], within: int) -> float:
    """The share of queries with an answer among the first `within` results."""
    return sum(o.rank is not None and o.rank <= within for o in outcomes) / len(outcomes)


def load(page: Page, scripts: Mapping[str, str]) -> None:
    """The engine with all entries in `window.engine`, as the site loads them."""
    for script in (VENDOR, *ENGINE):
        page.add_script_tag(path=str(script))
    for file in (search_index.FILE, search_index.SOURCES_FILE):
        page.add_script_tag(content=scripts[file])
    page.evaluate(
        "async () => { window.engine = WASearch.engine(MiniSearch, WASearchData);"
        " await engine.add(WASearchData.entries); await engine.add(WASearchSources.entries); }"
    )


def run(page: Page, name: str) -> list[Outcome]:
    """Every query of a set."""
    asked = queries(name)
    ask = "asked => asked.map(q => engine.search(q).hits.slice(0, 10).map(hit => hit.entry.path))"
    found = page.evaluate(ask, list(asked))
    return [Outcome(q, tuple(want), tuple(f)) for (q, want), f in zip(asked.items(), found, strict=True)]


@contextmanager
def blank_page() -> Iterator[Page]:
    """An empty page in Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=["--no-sandbox", "--disable-gpu"])
        yield browser.new_page()
        browser.close()


def main() -> None:
    """Print the report for the sets named, or for all."""
    names = sys.argv[1:] or list(SETS)
    with blank_page() as page:
        load(page, site.refresh(ROOT).scripts)
        for name in names:
            outcomes = run(page, name)
            one, three = success(outcomes, 1), success(outcomes, 3)
            print(f"{name}: {len(outcomes)} queries, success@1 {one:.3f}, success@3 {three:.3f}")
            for o in outcomes:
                if o.rank != 1:
                    print(f"  {o.rank or '-':>2}  {o.query}  ->  {' '.join(o.found[:3])}")


if __name__ == "__main__":
    main()
