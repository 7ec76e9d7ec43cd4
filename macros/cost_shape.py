"""The cost shape of a workload: its volumes behind three APIs, beside hosting what its page suggests.

Every figure is that of the calculator when it is opened by the link beside it: what is suggested is known to both,
and a link says it where it is something else. Where no speed of the suggested models is published, one is
estimated; where that cannot be done, hosting is a floor that is paid whatever the volume, and the volume at which
a bill reaches it is a lower bound: below it hosting is not cheaper. A fleet of comparison, the same for every
workload, has a published speed; it says nothing about whether its model is good enough for the work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from macros.cost.crossings import crossings
from macros.cost.curves import Line, Stairs, api, fleet
from macros.cost.figures import Ranged, rented
from macros.cost.numbers import CostError, number
from macros.cost.spread import Range, Spread, spread
from macros.cost_compare import compare
from macros.cost_counted import Counted, converted, counted, told
from macros.cost_hosted import Hosted, hosted
from macros.cost_page import API_SIDE, FIRST, OWN_SIDE, OWN_SPEED, SPEED
from macros.derive import DerivedWorkload
from macros.model import Atlas, Offer

OFFERS = ("openai-gpt-6-luna", "openai-gpt-6.1-terra", "anthropic-claude-opus-5-5")
"""A small, a middle and a large model behind an API."""

COMPARED: Mapping[str, str] = {"gpu": FIRST["gpu"], "model": FIRST["model"]}
"""The fleet of comparison, the same for every workload."""

HALF: Mapping[str, str] = {"left_to_api": "50%"}
"""An example of both: how a workload divides is for its owner to say."""


@dataclass(frozen=True, slots=True)
class Row:
    """One API: what it bills for a unit, and for the month at the three volumes."""

    offer: Offer
    unit: float
    low: float
    typical: float
    high: float
    spread: Spread
    """At the typical volume, beside the suggested models."""
    compared: float | None
    """Volume from which the fleet of comparison stays cheaper; None for never."""
    link: str

    @property
    def even(self) -> float | None:
        """Volume from which the suggested models stay cheaper, at the earliest where they are a floor."""
        return self.spread.break_even.base


@dataclass(frozen=True, slots=True)
class Fleet:
    """Something hosted at the three volumes, and at the typical one with its range."""

    low: float
    typical: float
    high: float
    range: Range
    link: str
    """The part of an address that opens the calculator with it."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Rows, what is suggested, the same with the steps beside text, and the fleet of comparison."""

    rows: tuple[Row, ...]
    hosted: Hosted
    counted: Counted
    own: Fleet | None
    """None where no set has a rent."""
    half: Fleet | None
    """Half of the volume hosted and half at `first`, where the verdict is both; else None."""
    first: Offer
    everything: Fleet | None
    """None where no step is beside."""
    compared: Fleet
    model: str
    gpu: str
    compared_for: tuple[str, ...]
    """Steps for which the model of that fleet is suggested."""

    @property
    def link(self) -> str:
        """The part of an address that opens the calculator with this workload."""
        return (self.own or self.compared).link


def link(said: Mapping[str, str]) -> str:
    """The part of an address that opens the calculator with these keys."""
    return f"#{urlencode(said)}"


def figures(atlas: Atlas, said: Mapping[str, str]) -> Ranged:
    """What the calculator makes of these keys, where accelerators are rented."""
    found = compare(atlas, said, bare=False)[0].ranged()
    base = rented(found.base)
    kept = tuple(item for item in found.ranges if getattr(base, item[0]) == getattr(found.base, item[0]))
    return Ranged(base, kept)


def completed(
    atlas: Atlas, item: DerivedWorkload, said: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What is said of a workload, with each side that nobody named as its page takes it; and what was taken."""
    more: dict[str, str] = {}
    taken = []
    if not API_SIDE & set(said):
        more["api"] = FIRST["api"]
        taken.append(f"No model behind an API is named, so {atlas.offers[FIRST['api']].title} is taken.")
    keys = None if OWN_SIDE & set(said) else _in_currency(suggested(atlas, item), said)
    if keys:
        more |= {key: text for key, text in keys.items() if key not in SPEED or not OWN_SPEED & set(said)}
        taken.append(
            f"Nothing to host is named, so what the page of the workload suggests is taken: {_sets(atlas, item)}."
        )
    return {**more, **said}, tuple(taken)


def suggested(atlas: Atlas, item: DerivedWorkload) -> Mapping[str, str]:
    """The keys of what a page suggests to host, or of the fleet of comparison where no set has a rent."""
    return counted(atlas, hosted(atlas, item), item.workload.volumes).text or COMPARED


def _in_currency(keys: Mapping[str, str], said: Mapping[str, Any]) -> Mapping[str, str] | None:
    """The same in the currency that is said; None where the rate is not."""
    if str(said.get("currency", "USD")).upper() == "USD":
        return keys
    try:
        return converted(keys, number(said["per_usd"], "per_usd"))
    except (KeyError, CostError):
        return None


def _sets(atlas: Atlas, item: DerivedWorkload) -> str:
    found = hosted(atlas, item)
    if not found.sets:
        return f"{atlas.models[COMPARED['model']].title} on {atlas.accelerators[COMPARED['gpu']].title}"
    return told(found, counted(atlas, found, item.workload.volumes))


@lru_cache(maxsize=512)
def drawn(given: Ranged) -> Spread:
    """The draws of these figures, made once for all pages."""
    return spread(given)


def shape(atlas: Atlas, item: DerivedWorkload) -> Shape:
    """The shape of one workload, in US dollars."""
    v = item.workload.volumes.per_month
    sets = hosted(atlas, item)
    taken = counted(atlas, sets, item.workload.volumes)

    def said(offer: str, more: Mapping[str, str]) -> dict[str, str]:
        return {"workload": item.workload.id, "api": offer, **more}

    def at(curve: Line | Stairs) -> tuple[float, float, float]:
        return curve.at(v.low), curve.at(v.typical), curve.at(v.high)

    def opened(keys: Mapping[str, str]) -> str:
        """The link into the calculator, which hosts what is suggested where the address says nothing else."""
        rest = {name: text for name, text in keys.items() if name not in taken.text}
        known = keys.items() >= taken.text.items() and rest.keys() <= {"workload", "api", *HALF}
        return link(rest if taken.text and known else keys)

    def costs(more: Mapping[str, str]) -> Fleet:
        keys = said(FIRST["api"], more)
        given = figures(atlas, keys)
        low, typical, high = at(fleet(given.base))
        return Fleet(low, typical, high, drawn(given).fleet, opened(keys))

    def row(offer: str) -> Row:
        keys = said(offer, taken.text or COMPARED)
        given, beside = figures(atlas, keys), figures(atlas, said(offer, COMPARED)).base
        bill, even = api(given.base), crossings(api(beside), fleet(beside)).lasting
        low, typical, high = at(bill)
        return Row(atlas.offers[offer], bill.slope, low, typical, high, drawn(given), even, opened(keys))

    return Shape(
        rows=tuple(map(row, OFFERS)),
        hosted=sets,
        counted=taken,
        own=costs(taken.text) if sets.sets else None,
        half=costs({**taken.text, **HALF}) if sets.sets and item.verdict.verdict == "hybrid" else None,
        first=atlas.offers[FIRST["api"]],
        everything=costs(taken.everything) if sets.beside and not sets.heard else None,
        compared=costs(COMPARED),
        model=COMPARED["model"],
        gpu=COMPARED["gpu"],
        compared_for=tuple(
            step.need.title
            for step in item.steps
            if any(suggestion.model.id == COMPARED["model"] for suggestion in step.suggestions)
        ),
    )
