"""Workloads by obligations: the matrix of the page, and its pairs as a table that programs read.

The CSV is written here and again in the browser for a selection, from the same cells in the same order; a test
compares both. One line a pair of workload and obligation.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

from macros.derive import Derived, DerivedWorkload
from macros.law.counts import headline
from macros.law.notes import Note, state_on
from macros.law.questions import ask
from macros.model import Atlas, Obligation
from macros.scripts import as_script
from macros.words import one_line

FILE = "assets/js/law/matrix-data.js"
CSV = "api/obligations-matrix.csv"
STATES: dict[str, str] = {
    "in-force": "in force",
    "applies-from": "adopted, applies later",
    "guidance": "guidance",
    "voluntary": "voluntary or by contract",
    "proposed": "proposed, not law",
}
LAYERS: dict[str, str] = {
    "model": "the general-purpose model",
    "system": "the AI system",
    "data": "the data",
    "sector": "the regulated business",
}
COLUMNS = (
    "workload_id",
    "workload",
    "pattern",
    "obligation_id",
    "obligation",
    "instrument",
    "provision",
    "layer",
    "binds",
    "controls",
    "state",
    "applies_from",
    "moved_from",
    "confidence",
    "reviewed",
    "text_url",
    "conditional",
    "only_if",
    "as_of",
)
"""Of the CSV. `conditional` is `yes` where the facts of a workload leave open whether it is met."""


def values(derived: Derived) -> dict[str, Any]:
    """What the template is given: rows of obligations, columns of workloads, and the note in each cell."""
    day = derived.atlas.settings.as_of
    rows = [(obligation, state_on(obligation, day), cells) for obligation, cells in _rows(derived)]
    return {
        "rows": rows,
        "headline": headline(state for _, state, _ in rows),
        "pairs": sum(cell is not None for _, _, cells in rows for cell in cells),
        "layers": LAYERS,
        "states": STATES,
        "csv": CSV,
        "data": FILE,
    }


def _rows(derived: Derived) -> Iterable[tuple[Obligation, list[Note | None]]]:
    """Obligations that at least one workload meets, each with its note for every workload."""
    by_workload = [{note.obligation.id: note for note in item.notes} for item in derived.workloads.values()]
    instruments = derived.atlas.instruments

    def by_law(obligation: Obligation) -> tuple[str, list[int], str]:
        numbers = [int(number) for number in re.findall(r"\d+", obligation.provision)]
        return instruments[obligation.instrument].title.casefold(), numbers, obligation.id

    for obligation in sorted(derived.atlas.obligations.values(), key=by_law):
        cells = [found.get(obligation.id) for found in by_workload]
        if any(cells):
            yield obligation, cells


def rows_by_law(derived: Derived) -> tuple[tuple[Obligation, dict[str, Note]], ...]:
    """The rows of the matrix as others use them: each obligation with its notes by workload."""
    return tuple(
        (o, {id_: note for id_, note in zip(derived.workloads, cells, strict=True) if note})
        for o, cells in _rows(derived)
    )


def script(derived: Derived) -> str:
    """The data of the page as a script that sets `window.WA_MATRIX`."""
    return as_script("WA_MATRIX", data(derived))


def data(derived: Derived) -> dict[str, Any]:
    """Choices of the filters, and the cells of the CSV. A pair names workload and obligation by place."""
    atlas = derived.atlas
    rows = list(_rows(derived))
    obligations = [obligation for obligation, _ in rows]
    return {
        "columns": COLUMNS,
        "as_of": atlas.settings.as_of,
        "filters": _filters(derived, obligations),
        "obligations": [
            {"keys": _keys(o, atlas.settings.as_of), "cells": _obligation_cells(atlas, o)} for o in obligations
        ],
        "workloads": [
            {"pattern": item.workload.pattern, "cells": _workload_cells(atlas, item)}
            for item in derived.workloads.values()
        ],
        "pairs": [
            [w, o, int(note.conditional), only_if(atlas, note)]
            for w in range(len(derived.workloads))
            for o, (_, cells) in enumerate(rows)
            if (note := cells[w]) is not None
        ],
    }


def table(derived: Derived) -> str:
    """The whole CSV: UTF-8, a head, lines ended by CR LF (RFC 4180)."""
    found = data(derived)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for workload, obligation, conditional, condition in found["pairs"]:
        writer.writerow(
            [
                *found["workloads"][workload]["cells"],
                *found["obligations"][obligation]["cells"],
                "yes" if conditional else "no",
                condition,
                found["as_of"],
            ]
        )
    return out.getvalue()


def only_if(atlas: Atlas, note: Note) -> str:
    """What a visitor must answer before the obligation is certain; empty if nothing."""
    asked = [ask(atlas, item) for item in note.open if item.condition != "jurisdiction"]
    parts = [*asked, note.obligation.condition_note] if asked and note.obligation.condition_note else asked
    return " ".join(one_line(part) for part in dict.fromkeys(parts))


def _workload_cells(atlas: Atlas, item: DerivedWorkload) -> list[str]:
    return [
        item.workload.id,
        one_line(item.workload.title),
        one_line(atlas.patterns[item.workload.pattern].title),
    ]


def _obligation_cells(atlas: Atlas, o: Obligation) -> list[str]:
    cells = (
        o.id,
        o.title,
        atlas.instruments[o.instrument].title,
        o.provision,
        LAYERS[o.layer],
        "; ".join(atlas.label("roles", role) for role in o.binds),
        "; ".join(atlas.label("controls", control) for control in o.controls),
        STATES[state_on(o, atlas.settings.as_of)],
        o.applies_from or "",
        o.moved_from or "",
        o.confidence,
        o.reviewed,
        o.text_url,
    )
    return [one_line(cell) for cell in cells]


def _keys(o: Obligation, day: str) -> dict[str, list[str]]:
    """What the filters of the page go by."""
    return {
        "instrument": [o.instrument],
        "layer": [o.layer],
        "role": list(o.binds),
        "control": list(o.controls),
        "state": [state_on(o, day)],
    }


def _by_name(items: Iterable[tuple[str, str]]) -> list[list[str]]:
    named = ([id_, one_line(title)] for id_, title in items)
    return sorted(named, key=lambda item: item[1].casefold())


def _filters(derived: Derived, obligations: Iterable[Obligation]) -> dict[str, list[list[str]]]:
    """Choices as id and label; only those that an obligation of the matrix has."""
    atlas = derived.atlas
    found = [_keys(o, atlas.settings.as_of) for o in obligations]

    def used(key: str, labels: dict[str, str]) -> list[list[str]]:
        held = {value for keys in found for value in keys[key]}
        return [[id_, one_line(label)] for id_, label in labels.items() if id_ in held]

    def terms(name: str) -> dict[str, str]:
        return {id_: term.label for id_, term in atlas.vocabulary[name].terms.items()}

    return {
        "instrument": used("instrument", {i.id: i.title for i in atlas.instruments.values()}),
        "layer": used("layer", LAYERS),
        "role": used("role", terms("roles")),
        "control": used("control", terms("controls")),
        "state": used("state", STATES),
        "pattern": [[p.id, one_line(p.title)] for p in atlas.patterns.values()],
        "workload": _by_name((item.workload.id, item.workload.title) for item in derived.workloads.values()),
        "certain": [["yes", "certain from the facts"], ["no", "depends on your answer"]],
    }
