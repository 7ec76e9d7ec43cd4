"""What the page `/size/` is given besides its script: sizes of the script, and a table for readers without one."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from macros import size
from macros.derive import Derived
from macros.model import Accelerator, Model
from macros.sizing import catalogue
from macros.sizing.engines import DEFAULT_ENGINE, Rules, rules
from macros.sizing.plan import Plan, plan
from macros.sizing.reader import ConfigError
from macros.sizing.request import Request
from macros.sizing.sets import card
from macros.sizing.shape import ModelShape

CONTEXT = 32_768
"""Longest request of the table, in tokens, or the model's own where it is shorter."""


@dataclass(frozen=True, slots=True)
class Row:
    """One model: the fewest of each accelerator that start it, None where sixteen do not, or why it has none."""

    model: Model
    context: int
    counts: tuple[int | None, ...]
    why: str | None = None


def values(derived: Derived, script: str) -> dict[str, Any]:
    """What the template is given; `script` is the data that the page loads."""
    loaded = script.encode()
    engine = rules(DEFAULT_ENGINE)
    cards = tuple(derived.atlas.accelerators.values())
    return {
        "engine": engine.label,
        "utilization": engine.utilization,
        "counts": size.COUNTS,
        "cards": cards,
        "rows": [row(model, cards, engine) for model in derived.atlas.models.values()],
        "table_context": CONTEXT,
        "script_bytes": len(loaded),
        "packed_bytes": len(zlib.compress(loaded, 6)),
    }


def row(model: Model, cards: tuple[Accelerator, ...], engine: Rules) -> Row:
    """The fewest of each accelerator that start the native checkpoint and hold one request of the length."""
    try:
        shape = catalogue.shape(model)
    except ConfigError as error:
        return Row(model, 0, (), str(error))
    context = min(CONTEXT, shape.context or CONTEXT)
    found = (fewest(shape, item, engine, context) for item in cards)
    return Row(model, context, tuple(plan.request.tp if plan else None for plan in found))


def fewest(shape: ModelShape, item: Accelerator, engine: Rules, context: int) -> Plan | None:
    """The plan with the fewest cards of one machine; None where more would be needed."""
    on = card(item, shape.precision)
    for count in size.COUNTS:
        if count > on.in_machine:
            return None
        try:
            found = plan(shape, Request(engine, on, tp=count, context=context))
        except ConfigError:
            continue
        if found.fits:
            return found
    return None


def fragment(**state: str) -> str:
    """The part of an address that opens the calculator with these choices."""
    return "#" + urlencode(state)
