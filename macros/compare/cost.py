"""Rows about cost: the month of each workload as the calculator counts it, hosted as suggested and compared."""

from __future__ import annotations

from functools import partial

from macros import cost_shape
from macros.compare import cells as c
from macros.cost import words
from macros.cost.spread import Range
from macros.cost_counted import Counted
from macros.derive import Derived, DerivedWorkload
from macros.urls import address


def cost(derived: Derived) -> c.Section:
    """For every API what one unit and a typical month cost, and from which volume hosting stays cheaper."""
    atlas, workloads = derived.atlas, derived.workloads
    shapes = {id_: cost_shape.shape(atlas, item) for id_, item in workloads.items()}

    def bill(number: int, item: DerivedWorkload) -> c.Cell:
        found = shapes[item.workload.id]
        row, unit = found.rows[number], item.workload.volumes.unit
        rows = [
            (c.strong(f"{words.money_range(row.spread.api, 'USD')} USD"), " in a typical month"),
            (c.quiet(f"{words.amount(row.unit)} USD for one {unit}"),),
        ]
        if found.own:
            rows.append((c.quiet(f"as suggested, hosting is {_even(row.even, found.counted.stairs)}"),))
        rows.append((c.quiet(f"the fleet of comparison is {_even(row.compared)}"),))
        return c.amount(_base(row.spread.api), *rows)

    def apis(item: DerivedWorkload) -> c.Cell:
        bills = [_base(row.spread.api) for row in shapes[item.workload.id].rows]
        low, high = words.amount(min(bills), "USD"), words.amount(max(bills), "USD")
        return c.amount(max(bills), (c.strong(f"{low} to {high} USD"), " in a typical month"))

    def own(item: DerivedWorkload) -> c.Cell | None:
        found = shapes[item.workload.id]
        return _fleet(found.own, _said(found.counted), found.everything) if found.own else None

    def fleet(item: DerivedWorkload) -> c.Cell:
        return _fleet(shapes[item.workload.id].compared)

    offers = [atlas.offers[id_] for id_ in cost_shape.OFFERS]
    rows = [
        c.row(offer.id, offer.title, workloads, partial(bill, number), own="amounts")
        for number, offer in enumerate(offers)
    ]
    one = next(iter(shapes.values()))
    hosted = f"{atlas.models[one.model].title} on rented {atlas.accelerators[one.gpu].title}"
    return c.Section(
        "cost",
        "Cost shape",
        (
            c.row("api", "Behind an API, from a small model to a large one", workloads, apis, own="amounts"),
            *rows,
            c.row("suggested", "Hosted as suggested", workloads, own, own="amounts"),
            c.row("fleet", c.link(hosted, address("models", one.model)), workloads, fleet, own="amounts"),
        ),
        "Text tokens at list prices with the atlas’s assumptions on cache, batch work and repeats; the smallest "
        "rented sets of the suggested models, at an estimated speed where none is published; and a fleet of "
        "comparison that is the same for all and does not say that its model is good enough. Both count people "
        "and spare machines.",
    )


def _said(counted: Counted) -> str:
    """What stands before a month of what is suggested."""
    if not counted.stairs:
        return "at least "
    return "estimated " if counted.estimate else ""


def _base(found: Range) -> float:
    assert found.base is not None, "an API and a fleet always cost something"
    return found.base


def _even(volume: float | None, exact: bool = True) -> str:
    if volume is None:
        return "cheaper at no volume"
    return f"{'cheaper from' if exact else 'not cheaper below'} {words.large(volume)} a month"


def _fleet(found: cost_shape.Fleet, least: str = "", everything: cost_shape.Fleet | None = None) -> c.Cell:
    rows: list[c.Line] = [(c.strong(f"{least}{words.money_range(found.range, 'USD')} USD"), " in a typical month")]
    if everything:
        all_steps = f"for steps with text; all steps: {least}{words.money_range(everything.range, 'USD')} USD"
        rows.append((c.quiet(all_steps),))
    return c.amount(_base(found.range), *rows, (c.link("change every figure", f"cost/{found.link}"),))
