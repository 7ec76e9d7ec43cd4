"""The page `/compare/`: which sections it has, and the data that its script places side by side.

Every cell that says the same has the same number, so that the browser finds what differs by comparing numbers.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from macros.compare import cells as c
from macros.compare import law, plans, records, verdicts
from macros.compare.cost import cost
from macros.derive import Derived
from macros.page_spec import PageSpec
from macros.routing import VERDICTS
from macros.scripts import as_script
from macros.urls import address
from macros.words import one_line

FILE = "assets/js/compare/data.js"
SCRIPTS = ("address", "table", "export", "draw", "view")
MOST = 4
"""Workloads side by side; more do not fit on a sheet of A4."""

SECTIONS: tuple[Callable[[Derived], c.Section], ...] = (
    verdicts.verdict,
    verdicts.teams,
    records.task,
    records.signals,
    records.facts,
    plans.models,
    plans.infrastructure,
    cost,
    law.classes,
    law.counts,
)
"""Sections before the obligations, in order. A new one is a function here and needs nothing else."""

DECIDES: tuple[tuple[str, str], ...] = (
    ("verdict", "verdict"),
    ("signals", ""),
    ("models", "models"),
    ("models", "accelerators"),
    ("law", ""),
    ("cost", "api"),
    ("cost", "suggested"),
)
"""What stands first as the short answer: section and row; of signals what differs, of law what only one has."""

AFTER: tuple[Callable[[Derived], c.Section], ...] = (records.deployments, records.record)


def sections(derived: Derived) -> tuple[c.Section, ...]:
    """Every section, with the cells of all workloads; a row that none of them has is left out."""
    before = tuple(make(derived) for make in SECTIONS)
    every = (*before, *law.obligations(derived), *(make(derived) for make in AFTER))
    told = (replace(section, rows=tuple(row for row in section.rows if row.cells)) for section in every)
    return tuple(section for section in told if section.rows)


def data(derived: Derived) -> dict[str, Any]:
    """Sections, rows and workloads; a workload has a number for each row, -1 where it has nothing there."""
    found = sections(derived)
    rows = [row for section in found for row in section.rows]
    items, cells, meanings = _Numbers(), _Numbers(), _Numbers()

    def packed(cell: c.Cell | None) -> int:
        if cell is None:
            return -1
        numbers = [items.of(item) for item in cell.items]
        more = [cell.amount] if cell.amount is not None else [f"m{meanings.of(cell.means)}"] if cell.means else []
        return cells.of([cell.lines, numbers, *more], [cell.lines, sorted(numbers), *more])

    by_title = sorted(derived.workloads.values(), key=lambda item: item.workload.title.casefold())
    return {
        "as_of": derived.atlas.settings.as_of,
        "most": MOST,
        "verdicts": {verdict: derived.atlas.label("verdicts", verdict) for verdict in VERDICTS},
        "former": dict(derived.atlas.settings.former_ids.get("workloads", {})),
        "decides": DECIDES,
        "patterns": [one_line(pattern.title) for pattern in derived.atlas.patterns.values()],
        "sections": [
            {
                "id": section.id,
                "title": section.title,
                "note": section.note,
                "inside": section.inside,
                "rows": [[row.id, row.label, row.under, row.absent, row.own] for row in section.rows],
            }
            for section in found
        ],
        "workloads": [
            {
                "id": item.workload.id,
                "title": one_line(item.workload.title),
                "pattern": one_line(derived.atlas.patterns[item.workload.pattern].title),
                "verdict": item.verdict.verdict,
                "page": address("workloads", item.workload.id),
                "related": [[each.workload, one_line(each.why)] for each in item.workload.related],
                "cells": [packed(row.cells.get(item.workload.id)) for row in rows],
            }
            for item in by_title
        ],
        "items": items.values,
        "cells": cells.values,
    }


class _Numbers:
    """A number for each different value, in order of first use."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._known: dict[str, int] = {}

    def of(self, value: Any, told: Any = None) -> int:
        """The number of a value; values that say the same have the same. `told` stands for what it says."""
        key = json.dumps(told or value)
        if key not in self._known:
            self._known[key] = len(self.values)
            self.values.append(value)
        return self._known[key]


def script(derived: Derived) -> str:
    """The data as a script that sets `window.WA_COMPARE`."""
    return as_script("WA_COMPARE", data(derived))


def spec(derived: Derived, loaded: str) -> PageSpec:
    """The page; `loaded` is its script."""
    return PageSpec(
        "compare/",
        "Compare workloads",
        "Two to four AI workloads side by side: verdict, signals, models, cost, law; what differs is marked.",
        "compare.jinja",
        values(loaded),
        boost=1.5,
        wide=True,
        words=("side by side", "comparison of workloads", "difference between workloads"),
    )


def values(loaded: str) -> dict[str, Any]:
    """What the template is given; `loaded` is the script, whose size the page tells."""
    raw = loaded.encode()
    return {
        "scripts": SCRIPTS,
        "data": FILE,
        "most": MOST,
        "script_bytes": len(raw),
        "packed_bytes": len(zlib.compress(raw, 6)),
    }


def fragment(ids: Iterable[str]) -> str:
    """The part of an address that opens the page with these workloads, at most `MOST`."""
    return f"#workloads={','.join(list(ids)[:MOST])}"
