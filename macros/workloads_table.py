"""All workloads as a table that programs read, CSV and JSON.

Both are written here for all workloads and again in the browser for a selection, from the same rows; a test
compares them byte for byte. Values are the ids of the vocabulary, so that they can be joined with the records.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from macros.derive import Derived, DerivedWorkload
from macros.model import Atlas
from macros.urls import address
from macros.words import one_line

CSV = "api/workloads.csv"
JSON = "api/workloads.json"
FORMAT = 1
"""Version of the layout; raised when a column changes its meaning or goes away."""
COLUMNS = (
    "id",
    "title",
    "summary",
    "pattern",
    "verdict",
    "strength",
    "form_inside",
    "form_outside",
    "decided_by",
    "sectors",
    "data_kinds",
    "ai_act_class",
    "ai_act_possible",
    "takes",
    "gives",
    "latency",
    "model_size",
    "stage",
    "notes",
    "reviewed",
    "page",
)
"""`verdict` and what follows from it hold for the reference team; `notes` counts notes on law, not obligations."""

Cell = str | int | list[str] | None


def ordered(items: Iterable[DerivedWorkload]) -> list[DerivedWorkload]:
    """By title, as a reader looks things up."""
    return sorted(items, key=lambda item: (item.workload.title.casefold(), item.workload.id))


def row(atlas: Atlas, item: DerivedWorkload) -> list[Cell]:
    """The cells of one workload in the order of `COLUMNS`."""
    workload, verdict = item.workload, item.verdict
    takes, gives = modalities(item)
    return [
        workload.id,
        one_line(workload.title),
        one_line(workload.summary),
        workload.pattern,
        verdict.verdict,
        verdict.strength,
        verdict.inside.id if verdict.inside else None,
        verdict.outside.id if verdict.outside else None,
        verdict.deciding.id,
        list(workload.facts.sectors),
        list(workload.facts.data_kinds),
        item.classification.id,
        list(item.classification.possible),
        takes,
        gives,
        workload.signals["latency"],
        model_size(atlas, item),
        item.placement.stage,
        len(item.notes),
        workload.reviewed,
        address("workloads", workload.id),
    ]


def modalities(item: DerivedWorkload) -> tuple[list[str], list[str]]:
    """What the steps take and what they give, each once."""
    needs = item.workload.needs
    takes = dict.fromkeys(name for need in needs for name in need.input)
    gives = dict.fromkeys(name for need in needs for name in need.output)
    return list(takes), list(gives)


def model_size(atlas: Atlas, item: DerivedWorkload) -> str:
    """Size class of the smallest model suggested for the step that takes the largest.

    A step for which the catalogue has no model counts with the least size that its record states.
    """
    classes = list(atlas.vocabulary["size-classes"].terms)
    least = [
        min((classes.index(found.size_class) for found in step.suggestions), default=None) for step in item.steps
    ]
    stated = [classes.index(step.need.least_size) for step in item.steps]
    return classes[max(own if own is not None else need for own, need in zip(least, stated, strict=True))]


def as_csv(derived: Derived) -> str:
    """The whole table: UTF-8, a head, lists joined by “; ”, lines ended by CR LF (RFC 4180)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow((*COLUMNS, "as_of"))
    for item in ordered(derived.workloads.values()):
        cells = ("; ".join(cell) if isinstance(cell, list) else cell for cell in row(derived.atlas, item))
        writer.writerow((*cells, derived.atlas.settings.as_of))
    return out.getvalue()


def as_json(derived: Derived) -> str:
    """The same with lists as lists."""
    body: dict[str, Any] = {
        "format": FORMAT,
        "as_of": derived.atlas.settings.as_of,
        "workloads": [
            dict(zip(COLUMNS, row(derived.atlas, item), strict=True))
            for item in ordered(derived.workloads.values())
        ],
    }
    return json.dumps(body, indent=1, ensure_ascii=False) + "\n"
