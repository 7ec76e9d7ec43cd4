"""What a visitor asks of a portfolio, and its reading from YAML with every problem at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from macros.library import Library
from macros.model import Atlas
from macros.problems import Problem, did_you_mean
from macros.reading import Document, read
from macros.schema_check import SchemaCheck
from macros.sizing.sets import in_order
from macros.tiers import MOST_CAPABLE, RECOMMENDED, SMALLEST

FORMAT = 1
"""Version of the file's layout; raised when a key changes its meaning or goes away."""
SCHEMA = "portfolio"
TIERS: dict[str, str] = {"smallest": SMALLEST, "recommended": RECOMMENDED, "most-capable": MOST_CAPABLE}
PEAKS: dict[str, str] = {
    "together": "All peaks at the same time",
    "apart": "One workload at its peak at a time",
}
"""How peaks of several workloads meet. Nothing in the records says that they do not coincide, so they add."""
MUST_STAY: dict[str, str] = {
    "shared": "May share an endpoint with others",
    "own": "Get endpoints of their own",
}
"""What happens to workloads whose data must stay."""
DEFAULTS: dict[str, str] = {"tier": "recommended", "peaks": "together", "must_stay": "shared"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """One workload of a portfolio. `per_month` counts its own unit; None takes the record's typical month.

    `at_once` states requests at once for steps by id; the others follow from the volume.
    """

    id: str
    per_month: int | None = None
    at_once: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What is asked. `team` None is the reference team, `card` None any accelerator that is planned on.

    `measured` says for models whose requests at once memory does not tell how many one copy serves.
    """

    workloads: tuple[Chosen, ...]
    title: str = ""
    team: str | None = None
    tier: str = DEFAULTS["tier"]
    peaks: str = DEFAULTS["peaks"]
    must_stay: str = DEFAULTS["must_stay"]
    card: str | None = None
    measured: Mapping[str, int] = field(default_factory=dict)


def cards(atlas: Atlas) -> list[str]:
    """Ids of the accelerators that portfolios are planned on, in the order of the catalogue."""
    planned = {accelerator.id for accelerator, _ in in_order(atlas.accelerators.values())}
    return [id_ for id_ in atlas.accelerators if id_ in planned]


def parse(
    file: str, content: bytes, atlas: Atlas, library: Library, schemas: Path
) -> tuple[Portfolio | None, list[Problem], list[str]]:
    """The portfolio of a YAML file (None with any problem), all problems, and remarks on renamed ids."""
    document, problems = read(file, content)
    if document.data is None:
        return None, problems, []
    remarks = _rename(document, atlas.settings.former_ids)
    problems += SchemaCheck(library, schemas).check_document(document, SCHEMA)
    problems += _contradictions(document, atlas)
    return (None if problems else freeze(document.data)), problems, remarks


def freeze(data: Mapping[str, Any]) -> Portfolio:
    """A valid file as a portfolio."""
    return Portfolio(
        workloads=tuple(
            Chosen(item["id"], item.get("per_month"), dict(item.get("at_once", {}))) for item in data["workloads"]
        ),
        title=data.get("title", ""),
        team=data.get("team"),
        tier=data.get("tier", DEFAULTS["tier"]),
        peaks=data.get("peaks", DEFAULTS["peaks"]),
        must_stay=data.get("must_stay", DEFAULTS["must_stay"]),
        card=data.get("card"),
        measured={item["model"]: item["at_once"] for item in data.get("measured", ())},
    )


def _entries(document: Document, key: str, name: str) -> Iterator[tuple[int, dict[str, Any], str]]:
    """The mappings of the list `key` that have text under `name`, with their place."""
    found = document.data.get(key) if isinstance(document.data, dict) else None
    for number, item in enumerate(found if isinstance(found, list) else ()):
        if isinstance(item, dict) and isinstance(item.get(name), str):
            yield number, item, item[name]


def _rename(document: Document, former: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Put the present id where a former one stands, and say so."""
    remarks = []
    for key, name, folder in (("workloads", "id", "workloads"), ("measured", "model", "models")):
        for _, item, id_ in _entries(document, key, name):
            if id_ in former.get(folder, {}):
                item[name] = former[folder][id_]
                remarks.append(f"`{id_}` is `{item[name]}` now")
    return remarks


def _contradictions(document: Document, atlas: Atlas) -> Iterator[Problem]:
    """What the schema cannot see: repeated ids, steps that a workload has not, accelerators without plans."""
    for key, name in (("workloads", "id"), ("measured", "model")):
        seen: set[str] = set()
        for number, _, id_ in _entries(document, key, name):
            if id_ in seen:
                what = f"`{id_}` stands twice in `{key}`"
                yield document.problem("WA108", (key, number, name), what, "keep one of the two")
            seen.add(id_)
    for number, item, id_ in _entries(document, "workloads", "id"):
        stated = item.get("at_once")
        if id_ not in atlas.workloads or not isinstance(stated, dict):
            continue
        steps = [need.id for need in atlas.workloads[id_].needs]
        for step in stated:
            if step not in steps:
                hint = did_you_mean(str(step), steps, f"its steps are {', '.join(steps)}")
                place = ("workloads", number, "at_once", step)
                yield document.problem("WA201", place, f"unknown step `{step}` of `{id_}`", hint, key=True)
    card, planned = document.data.get("card"), cards(atlas)
    if isinstance(card, str) and card in atlas.accelerators and card not in planned:
        what = f"`{card}` is not an accelerator that portfolios are planned on"
        yield document.problem("WA104", ("card",), what, f"write one of {', '.join(planned)}, or remove it")
