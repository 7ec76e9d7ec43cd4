"""The cost shape of a workload: its own volumes at list prices, beside one fleet with the atlas's assumptions.

The fleet is the same for every workload, so that they can be compared: a model whose speed is published, on
accelerators with a sourced rent. It says nothing about whether that model is good enough for the work.
"""

from __future__ import annotations

from dataclasses import dataclass

from macros.cost.crossings import crossings
from macros.cost.curves import api, fleet, unit_price
from macros.cost.defaults import Named, assumed, named
from macros.cost.figures import rented
from macros.cost.given import read
from macros.cost_page import FIRST
from macros.model import Atlas, Offer, Workload

OFFERS = ("openai-gpt-6-luna", "openai-gpt-6.1-terra", "anthropic-claude-opus-5-5")
"""A small, a middle and a large model behind an API."""


@dataclass(frozen=True, slots=True)
class Row:
    """One API: the list price of a unit, and of the month at the three volumes; `even` is None for never."""

    offer: Offer
    unit: float
    low: float
    typical: float
    high: float
    even: float | None
    """Volume from which the fleet stays cheaper."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Rows, and the fleet beside them at the three volumes."""

    rows: tuple[Row, ...]
    fleet: tuple[float, float, float]
    model: str
    gpu: str
    link: str
    """The part of an address that opens the calculator with this workload."""


def shape(atlas: Atlas, workload: Workload) -> Shape:
    """The shape of one workload, in US dollars."""
    v = workload.volumes
    month = (v.per_month.low, v.per_month.typical, v.per_month.high)
    rows = []
    costs = (0.0, 0.0, 0.0)
    for id_ in OFFERS:
        offer = atlas.offers[id_]
        found = read(
            {
                "unit": v.unit,
                "units": v.per_month.typical,
                "tokens_in": v.tokens_in_per_unit,
                "tokens_out": v.tokens_out_per_unit,
                "peak": v.peak_factor,
                "requests_unit": v.requests_per_unit,
            }
        )
        what = Named(offer, FIRST["gpu"], FIRST["model"])
        named(atlas, found, what)
        price = unit_price(found.ranged().base)
        assumed(atlas, found, what)
        f = rented(found.ranged().base)
        stairs = fleet(f)
        costs = (stairs.at(month[0]), stairs.at(month[1]), stairs.at(month[2]))
        bills = [price * volume for volume in month]
        rows.append(Row(offer, price, bills[0], bills[1], bills[2], crossings(api(f), stairs).lasting))
    link = f"#workload={workload.id}&api={FIRST['api']}&gpu={FIRST['gpu']}&model={FIRST['model']}"
    return Shape(tuple(rows), costs, FIRST["model"], FIRST["gpu"], link)
