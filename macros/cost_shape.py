"""The cost shape of a workload: its own volumes behind three APIs, beside one fleet with the atlas’s assumptions.

Every figure is that of the calculator when it is opened by the link beside it: the keys of the link are what is
computed here, by the same composition as the command. The fleet is the same for every workload, so that they can be
compared: a model whose speed is published, on accelerators with a sourced rent. It says nothing about whether that
model is good enough for the work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from macros.cost.curves import api, fleet
from macros.cost.figures import Ranged, rented
from macros.cost.spread import Spread, spread
from macros.cost_compare import compare
from macros.cost_page import FIRST
from macros.model import Atlas, Offer, Workload

OFFERS = ("openai-gpt-6-luna", "openai-gpt-6.1-terra", "anthropic-claude-opus-5-5")
"""A small, a middle and a large model behind an API."""


@dataclass(frozen=True, slots=True)
class Row:
    """One API: what it bills for a unit, and for the month at the three volumes."""

    offer: Offer
    unit: float
    low: float
    typical: float
    high: float
    spread: Spread
    """At the typical volume, beside the fleet."""
    link: str

    @property
    def even(self) -> float | None:
        """Volume from which the fleet stays cheaper; None for never."""
        return self.spread.break_even.base


@dataclass(frozen=True, slots=True)
class Shape:
    """Rows, and the fleet beside them at the three volumes."""

    rows: tuple[Row, ...]
    fleet: tuple[float, float, float]
    model: str
    gpu: str
    link: str
    """The part of an address that opens the calculator with this workload."""


def link(said: Mapping[str, str]) -> str:
    """The part of an address that opens the calculator with these keys."""
    return f"#{urlencode(said)}"


def figures(atlas: Atlas, said: Mapping[str, str]) -> Ranged:
    """What the calculator makes of these keys, where accelerators are rented."""
    found = compare(atlas, said, bare=False)[0].ranged()
    base = rented(found.base)
    kept = tuple(item for item in found.ranges if getattr(base, item[0]) == getattr(found.base, item[0]))
    return Ranged(base, kept)


@lru_cache(maxsize=512)
def drawn(given: Ranged) -> Spread:
    """The draws of these figures, made once for all pages."""
    return spread(given)


def shape(atlas: Atlas, workload: Workload) -> Shape:
    """The shape of one workload, in US dollars."""
    v = workload.volumes.per_month
    month = (v.low, v.typical, v.high)
    hosted = {"gpu": FIRST["gpu"], "model": FIRST["model"]}
    rows = []
    costs = (0.0, 0.0, 0.0)
    for id_ in OFFERS:
        said = {"workload": workload.id, "api": id_, **hosted}
        given = figures(atlas, said)
        bill, stairs = api(given.base), fleet(given.base)
        costs = (stairs.at(month[0]), stairs.at(month[1]), stairs.at(month[2]))
        low, typical, high = (bill.at(volume) for volume in month)
        rows.append(Row(atlas.offers[id_], bill.slope, low, typical, high, drawn(given), link(said)))
    opened = link({"workload": workload.id, "api": FIRST["api"], **hosted})
    return Shape(tuple(rows), costs, FIRST["model"], FIRST["gpu"], opened)
