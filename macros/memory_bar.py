"""How the memory of one GPU is divided under a plan, as shares of a bar; GiB as the driver reports it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from macros.model import Accelerator, Model
from macros.size_page import CONTEXT, fewest
from macros.sizing import catalogue
from macros.sizing.engines import DEFAULT_ENGINE, rules
from macros.sizing.plan import Plan
from macros.sizing.reader import ConfigError
from macros.sizing.sets import suited


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the bar: class and letter as in the calculator at /size/, name, GiB, and hundredths of the bar."""

    id: str
    letter: str
    name: str
    gib: float
    share: float


@dataclass(frozen=True, slots=True)
class MemoryBar:
    """One GPU of `gib` GiB."""

    gib: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class OnCard:
    """The fewest accelerators of one kind that start a model, and how the memory of one is divided."""

    accelerator: Accelerator
    count: int
    tokens: int
    bar: MemoryBar


def bar(found: Plan) -> MemoryBar:
    """The bar of a plan that fits; its parts add up to the card."""
    card = found.request.card.memory_gib
    left = max(0.0, found.available_kv_gib_per_gpu)
    parts = (
        ("weights", "W", "weights", found.weights_gib_per_gpu),
        ("activations", "B", "beside them", found.overhead.taken_gib),
        ("cache", "C", "cache", left) if found.layout.tables else ("cache", "F", "free", left),
        ("outside", "", "not given to the engine", card - found.pool_gib),
    )
    return MemoryBar(
        card, tuple(Part(id_, letter, name, gib, 100 * gib / card) for id_, letter, name, gib in parts)
    )


def on_cards(model: Model, accelerators: tuple[Accelerator, ...]) -> tuple[OnCard, ...]:
    """The native checkpoint on each accelerator that suggestions are made of; least memory in all first."""
    engine = rules(DEFAULT_ENGINE)
    try:
        shape = catalogue.shape(model)
    except ConfigError:
        return ()
    context = min(CONTEXT, shape.context or CONTEXT)
    found = ((item, fewest(shape, item, engine, context)) for item in suited(accelerators))
    rows = [OnCard(item, plan.request.tp, plan.kv_cache_tokens, bar(plan)) for item, plan in found if plan]
    return tuple(sorted(rows, key=lambda row: (row.count * row.bar.gib, row.accelerator.title)))
