"""What is named and given, looked up in the atlas and put together, with every fault at once."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from macros import meant
from macros.cost.curves import capacity
from macros.cost.defaults import Named, Used, assumed, named
from macros.cost.given import SPEEDS, Reading, read
from macros.cost.numbers import CostError, Fault, number
from macros.cost.words import volume
from macros.cost_hosted import brought
from macros.kinds import BY_FOLDER
from macros.model import Atlas, Offer

T = TypeVar("T")
NAMING = ("api", "gpu", "model", "workload")


def offer(atlas: Atlas, name: str) -> Offer:
    """A model behind an API by its id, or by provider/model. Raises CostError with those that are alike."""
    for item in atlas.offers.values():
        if name in (item.id, item.model, f"{item.provider}/{item.model}"):
            return item
    names = {id_: (item.title, item.model) for id_, item in atlas.offers.items()}
    found = meant.find(names, name)
    if found is None:
        raise CostError(Fault("api", f"no model `{name}` behind an API", meant.hint(names, name), "WA201"))
    return atlas.offers[found]


def compare(atlas: Atlas | None, given: Mapping[str, Any], bare: bool) -> tuple[Reading, list[Used], str]:
    """Figures of a comparison, what the atlas put in, and the currency. Raises CostError with every fault."""
    said = {key: value for key, value in given.items() if value is not None}
    currency = str(said.pop("currency", "USD")).upper()
    per_usd = said.pop("per_usd", None)
    names = {key: said.pop(key) for key in NAMING if key in said}
    faults: list[Fault] = []

    def tried(call: Callable[[], T]) -> T | None:
        try:
            return call()
        except CostError as error:
            faults.extend(error.faults)
            return None

    if not re.fullmatch("[A-Z]{3}", currency):
        faults.append(Fault("currency", f"`{currency}` is no currency", "write three letters such as EUR"))
    exchange = tried(lambda: _exchange(per_usd))
    what = Named(currency=currency, per_usd=exchange)
    if atlas is not None:
        if "workload" in names:
            said = {**(tried(lambda: _workload(atlas, str(names["workload"]), said)) or {}), **said}
        what = Named(
            offer=tried(lambda: offer(atlas, str(names["api"]))) if "api" in names else None,
            gpu=tried(lambda: _known(atlas, "gpu", names.get("gpu"))),
            model=tried(lambda: _known(atlas, "model", names.get("model"))),
            currency=currency,
            per_usd=exchange,
        )
    found = tried(lambda: read(said, names))
    if faults or found is None:
        raise CostError(*faults)
    used = named(atlas, found, what) if atlas is not None else []
    if "measured" in found.said and not any(found.base(name) for name in SPEEDS):
        raise CostError(Fault("utilisation", "has no effect here", "it needs a speed", "WA206"))
    if "rate" in found.values or "price" in found.values:
        _unlimited(found)
    if atlas is not None and not bare:
        used += assumed(atlas, found, what)
    if found.base("cached") + found.base("written") > 1:
        raise CostError(
            Fault(
                "written", "and `cached` are shares of the same input, together more than all of it", "give both"
            )
        )
    _without_effect(found)
    return found, used, currency


def _without_effect(found: Reading) -> None:
    """Say what was given and changes nothing here, holds only up to a volume, or is part of the fleet."""
    if found.base("left_to_api"):
        found.notes.append("What is left to the API is billed at its price, as part of the fleet’s month.")
    if "fleet" in found.said:
        carries = capacity(found.ranged().base)
        found.notes.append("The price of the whole fleet is given, so it is the same at any volume.")
        if math.isfinite(carries):
            found.notes.append(
                f"By its speed a replica carries {volume(carries, found.unit)} a month; above what the fleet "
                "carries the comparison does not hold."
            )
    if "most" in found.said and math.isinf(capacity(found.ranged().base)):
        found.notes.append("most: without effect, since no speed is given and one replica carries any volume.")


def _unlimited(found: Reading) -> None:
    """Say so where nothing limits a replica; where a published speed is missing, it is said already."""
    limited = any(found.base(name) for name in (*SPEEDS, "capacity"))
    if not limited and not any("carry any volume" in note for note in found.notes):
        found.notes.append("No speed is given, so one replica is taken to carry any volume.")


def _exchange(per_usd: Any) -> float | None:
    """What one US dollar costs. Raises CostError."""
    if per_usd is None:
        return None
    value = number(per_usd, "per_usd")
    if value <= 0:
        raise CostError(
            Fault("per_usd", f"{value:g} is no rate", "what one US dollar costs, more than 0", "WA107")
        )
    return value


INSTEAD = {
    "units_day": ("units",),
    "characters_in": ("tokens_in", "scored"),
    "characters_out": ("tokens_out",),
    "tokens_in": ("scored",),
}
"""What is said in other words than a workload says it."""


def _workload(atlas: Atlas, name: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """The volumes of a workload of the atlas, in its own unit, but for what is said in other words."""
    names = meant.of_records(atlas.workloads)
    found = meant.find(names, name)
    if found is None:
        there = meant.hint(names, name, meant.LIST_WORKLOADS)
        raise CostError(Fault("workload", f"no workload `{name}`", there, "WA201"))
    other = {key for words, keys in INSTEAD.items() if words in said for key in keys}
    return {key: value for key, value in brought(atlas.workloads[found]).items() if key not in other}


KINDS = {"gpu": "accelerators", "model": "models"}


def _known(atlas: Atlas, key: str, name: Any) -> str | None:
    if name is None:
        return None
    kind = BY_FOLDER[KINDS[key]]
    names = meant.of_records(atlas.of(kind.folder))
    found = meant.find(names, str(name))
    if found is None:
        there = meant.hint(names, str(name))
        raise CostError(Fault(key, f"no {kind.singular} `{name}` in the catalogue", there, "WA201"))
    return found
