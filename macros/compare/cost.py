"""Rows about cost: the month of each workload as the calculator counts it, beside the one fleet that all are compared with."""

from __future__ import annotations

from functools import partial

from macros import cost_shape
from macros.compare import cells as c
from macros.cost import words
from macros.derive import Derived, DerivedWorkload
from macros.urls import address


def cost(derived: Derived) -> c.Section:
    """For every API what one unit and a typical month cost, and from which volume the fleet stays cheaper."""
    atlas, workloads = derived.atlas, derived.workloads
    shapes = {id_: cost_shape.shape(atlas, item.workload) for id_, item in workloads.items()}

    def bill(number: int, item: DerivedWorkload) -> c.Cell:
        row, unit = shapes[item.workload.id].rows[number], item.workload.volumes.unit
        even = "at no volume" if row.even is None else f"from {words.plain(row.even)} a month"
        return c.lines(
            (c.strong(f"{words.amount(row.typical)} USD"), " in a typical month"),
            (c.quiet(f"{words.amount(row.unit)} USD for one {unit}"),),
            (c.quiet(f"the fleet is cheaper {even}"),),
        )

    def fleet(item: DerivedWorkload) -> c.Cell:
        found = shapes[item.workload.id]
        return c.lines(
            (c.strong(f"{words.amount(found.fleet[1])} USD"), " in a typical month"),
            (c.link("change every figure", f"cost/{found.link}"),),
        )

    offers = [atlas.offers[id_] for id_ in cost_shape.OFFERS]
    rows = [c.row(offer.id, offer.title, workloads, partial(bill, number)) for number, offer in enumerate(offers)]
    one = next(iter(shapes.values()))
    hosted = f"{atlas.models[one.model].title} on rented {atlas.accelerators[one.gpu].title}"
    return c.Section(
        "cost",
        "Cost shape",
        (*rows, c.row("fleet", c.link(hosted, address("models", one.model)), workloads, fleet)),
        "Text tokens at list prices with the atlas’s assumptions on cache, batch work and repeats, and one fleet that is "
        "the same for all, with those on people, spare machines and speed. It does not say that the model is good enough.",
    )
