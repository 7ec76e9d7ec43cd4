"""What the page of all workloads is given: its rows, and what its facets, orders and text go by.

Every value by which a workload can be filtered is set here, and every order in which the page can show them; the
browser intersects, counts and shows (`docs/assets/js/workloads/`). Values of one facet add up, facets narrow: the
count beside a value says how many workloads have it and pass all other facets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from macros import workloads_table as table
from macros.compare import page as compare_page
from macros.derive import Derived, DerivedWorkload
from macros.law.classify import ON_THE_FACTS, Classification
from macros.model import Atlas
from macros.routing import VERDICTS
from macros.scripts import as_script
from macros.search_page import PATH as ALL_PAGES
from macros.urls import address
from macros.words import one_line
from macros.workloads_none import why_none

FILE = "assets/js/workloads/data.js"
SCRIPTS = ("filter", "address", "export", "facets", "text", "rows", "chosen", "view")
ANY_SECTOR = "any"
WAYS = ("in", "out")
SHOWN_WHOLE = ("verdict", "form", "latency", "size", "stage")
"""Facets whose values are worth seeing although no workload has them: that none is for the API says something."""

CLASSES = (
    "prohibited",
    "prohibited-later",
    "may-be-prohibited",
    "may-be-prohibited-or-high-risk",
    "high-risk",
    "high-risk-unless-exempt",
    "may-be-high-risk",
    "high-risk-product",
    "product",
    "product-rules",
    "exempt",
    "transparency",
    "no-class",
    "open",
    "outside",
)
"""Classes under the AI Act as the facet names them, those that ask most first."""

FACETS: tuple[tuple[str, str, str], ...] = (
    ("pattern", "Pattern", "Why it tends to need control."),
    ("verdict", "Verdict", "For the reference team."),
    ("form", "Where it runs", "A hybrid has a place inside and one outside."),
    ("sector", "Sector", "A workload that is met in every sector counts in each."),
    ("data", "Data", "What prompts, documents, outputs and logs hold."),
    ("class", "AI Act class", "On the facts of the record, which may leave a question open."),
    ("modality", "Modality", "What one of its steps takes or gives."),
    ("latency", "Latency", "How long an answer may take."),
    ("size", "Model tier", "Size class of the smallest model suggested, for the step that takes the largest."),
    ("stage", "Stage", "The first stage of infrastructure that has everything it asks for."),
)
"""Key in the address, name, and what it means."""


STATIC = 500
"""Rows of the page itself, which is all that is seen where no script runs; more would make it megabytes."""


@dataclass(frozen=True, slots=True)
class Row:
    """One workload with the words that the table shows of it."""

    item: DerivedWorkload
    forms: tuple[str, ...]
    latency: str
    size: str
    stage: str


def values(derived: Derived) -> dict[str, Any]:
    """What the template is given."""
    atlas = derived.atlas
    found = table.ordered(derived.workloads.values())
    return {
        "rows": [_row(atlas, item) for item in found[:STATIC]],
        "total": len(found),
        "verdicts": VERDICTS,
        "all_pages": ALL_PAGES,
        "scripts": SCRIPTS,
        "data": FILE,
        "csv": table.CSV,
        "json": table.JSON,
    }


def _said(atlas: Atlas, item: DerivedWorkload) -> tuple[str, ...]:
    """The words of a row as the template writes them, from the pattern to the number of notes."""
    row = _row(atlas, item)
    return (
        one_line(atlas.patterns[item.workload.pattern].title),
        one_line(item.verdict.deciding.title),
        ", ".join(row.forms),
        item.classification.title,
        row.latency,
        row.size,
        row.stage,
        str(len(item.notes)),
    )


def _row(atlas: Atlas, item: DerivedWorkload) -> Row:
    return Row(
        item,
        tuple(atlas.forms[form].title for form in keys(atlas, item)["form"]),
        _level(atlas, item.workload.signals["latency"]),
        atlas.label("size-classes", table.model_size(atlas, item)),
        atlas.label("stages", item.placement.stage),
    )


def script(derived: Derived) -> str:
    """The data of the page as a script that sets `window.WA_WORKLOADS`."""
    return as_script("WA_WORKLOADS", data(derived))


def data(derived: Derived) -> dict[str, Any]:
    """Facets with the values that occur, orders, and workloads with the place of each of their values."""
    atlas = derived.atlas
    found = table.ordered(derived.workloads.values())
    held = [keys(atlas, item) for item in found]
    facets = list(_facets(derived, found, held))
    places = {facet["id"]: {id_: n for n, (id_, _) in enumerate(facet["values"])} for facet in facets}
    # What the table says of each, as places in a list of texts: there are few texts and many workloads.
    texts: dict[str, int] = {}
    shown = [[texts.setdefault(text, len(texts)) for text in _said(atlas, item)] for item in found]
    return {
        "beside": compare_page.MOST,
        "columns": table.COLUMNS,
        "format": table.FORMAT,
        "as_of": atlas.settings.as_of,
        "facets": facets,
        "sorts": [[id_, label, order] for id_, label, order in _sorts(derived, found)],
        "workloads": [
            {
                "keys": [[places[name][value] for value in own[name]] for name, _, _ in FACETS],
                "row": table.row(atlas, item),
                "shown": said,
            }
            for item, own, said in zip(found, held, shown, strict=True)
        ],
        "texts": list(texts),
        "patterns": {id_: address("patterns", id_) for id_ in atlas.patterns},
    }


def keys(atlas: Atlas, item: DerivedWorkload) -> dict[str, list[str]]:
    """The values of one workload for each facet."""
    workload, verdict = item.workload, item.verdict
    takes, gives = table.modalities(item)
    sectors = list(workload.facts.sectors)
    return {
        "pattern": [workload.pattern],
        "verdict": [verdict.verdict],
        "form": [form.id for form in (verdict.inside, verdict.outside) if form],
        "sector": list(atlas.vocabulary["sectors"].terms) if ANY_SECTOR in sectors else sectors,
        "data": list(workload.facts.data_kinds),
        "class": [class_key(item.classification)],
        "modality": [f"{name}-in" for name in takes] + [f"{name}-out" for name in gives],
        "latency": [workload.signals["latency"]],
        "size": [table.model_size(atlas, item)],
        "stage": [item.placement.stage],
    }


def class_key(found: Classification) -> str:
    """One of `CLASSES`: the id of the class, told apart where one id has several titles."""
    if found.id != "may-be-high-risk":
        return found.id
    possible = set(found.possible)
    if possible & {"prohibited", "prohibited-later"}:
        return "may-be-prohibited-or-high-risk"
    return "high-risk-unless-exempt" if possible == {"high-risk", "exempt"} else found.id


def _level(atlas: Atlas, id_: str) -> str:
    return next(level.label for level in atlas.signals["latency"].levels if level.id == id_)


def _labels(atlas: Atlas, items: Iterable[DerivedWorkload]) -> dict[str, dict[str, str]]:
    """For each facet every value that it can have, in the order in which it is shown."""

    def terms(name: str) -> dict[str, str]:
        return {id_: term.label for id_, term in atlas.vocabulary[name].terms.items()}

    forms = sorted(atlas.forms.values(), key=lambda form: (form.side, form.order))
    titles = {class_key(item.classification): item.classification.title for item in items}
    return {
        "pattern": {p.id: p.title for p in sorted(atlas.patterns.values(), key=lambda p: p.order)},
        "verdict": {verdict: atlas.label("verdicts", verdict) for verdict in reversed(VERDICTS)},
        "form": {form.id: f"{form.title} ({form.side})" for form in forms},
        "sector": terms("sectors"),
        "data": terms("data-kinds"),
        "class": {id_: titles[id_].removesuffix(ON_THE_FACTS) for id_ in CLASSES if id_ in titles},
        "modality": {
            f"{id_}-{way}": f"{label} {way}" for way in WAYS for id_, label in terms("modalities").items()
        },
        "latency": {level.id: level.label for level in atlas.signals["latency"].levels},
        "size": terms("size-classes"),
        "stage": terms("stages"),
    }


def _facets(
    derived: Derived, items: Sequence[DerivedWorkload], held: Sequence[Mapping[str, list[str]]]
) -> Iterable[dict[str, Any]]:
    """Facets with their values; of long lists only those that a workload has. `none` says why one has nobody."""
    labels = _labels(derived.atlas, items)
    for name, label, means in FACETS:
        used = {value for own in held for value in own[name]}
        found = [(id_, one_line(text)) for id_, text in labels[name].items() if id_ in used or name in SHOWN_WHOLE]
        own = [(item, values[name]) for item, values in zip(items, held, strict=True)]
        none = why_none(derived, name, found, own)
        yield {"id": name, "label": label, "help": means, "values": found, "none": none}


def _sorts(derived: Derived, items: list[DerivedWorkload]) -> Iterable[tuple[str, str, list[int]]]:
    """Orders as places of the workloads, which stand in the first of them: that of their names."""
    atlas = derived.atlas
    sizes, stages = list(atlas.vocabulary["size-classes"].terms), list(atlas.vocabulary["stages"].terms)
    ways: tuple[tuple[str, str, Any], ...] = (
        ("name", "Name", lambda item: 0),
        ("pattern", "Pattern", lambda item: atlas.patterns[item.workload.pattern].order),
        ("verdict", "Verdict, most control first", lambda item: -VERDICTS.index(item.verdict.verdict)),
        ("class", "AI Act class, most asked first", lambda item: CLASSES.index(class_key(item.classification))),
        ("notes", "Notes on law, most first", lambda item: -len(item.notes)),
        ("size", "Model tier, largest first", lambda item: -sizes.index(table.model_size(atlas, item))),
        ("stage", "Stage, simplest first", lambda item: stages.index(item.placement.stage)),
    )
    for id_, label, key in ways:
        ranks = [key(item) for item in items]
        yield id_, label, sorted(range(len(items)), key=ranks.__getitem__)
