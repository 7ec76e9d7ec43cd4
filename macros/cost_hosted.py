"""What a page suggests to host, as figures of the calculator: a set of rented cards for each model. Pure.

Only cards with a sourced rent are planned on, by the rules of the suggestions, so a set is the page’s smallest one
wherever that has a rent. Of the models suggested for a step the one is taken whose set rents for least; steps with
the same model share one set. What a set does in a month is known only where its speed was published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from macros.cost.numbers import Triple
from macros.derive import DerivedWorkload
from macros.model import Accelerator, Atlas, Model, Need
from macros.sizing.engines import DEFAULT_ENGINE, rules
from macros.sizing.planner import Planner
from macros.suggestions import StepSuggestions

CURRENCY = "USD"
DIGITS = 6
"""Significant digits of a rent in an address: what is computed is what the address says."""


@dataclass(frozen=True, slots=True)
class Held:
    """One model on rented cards, for the steps that use it; `rate` is the rent of one card for an hour."""

    model: Model
    steps: tuple[str, ...]
    accelerator: Accelerator
    count: int
    rate: Triple
    weights_only: bool
    """Whether the set is only known to hold the weights, so that more may be needed."""
    fast: bool
    """Whether a speed of the model on as many of these cards was published."""

    @property
    def hour(self) -> Triple:
        """Rent of the set for an hour."""
        low, base, high = self.rate
        return low * self.count, base * self.count, high * self.count


@dataclass(frozen=True, slots=True)
class Hosted:
    """Sets for the steps whose tokens an API bills, and for those `beside`: speech, and images without text."""

    sets: tuple[Held, ...]
    beside: tuple[Held, ...]
    missing: tuple[str, ...]
    """Steps without a set: no model is suggested, or no cards with a rent hold it."""
    no_text: bool
    """Whether a step whose tokens are counted answers in vectors, scores or marks."""

    @property
    def stairs(self) -> bool:
        """Whether every further set can be counted: one model takes all tokens, and its speed is published."""
        return len(self.sets) == 1 and self.sets[0].fast and not self.missing

    @property
    def slow(self) -> tuple[Held, ...]:
        """Sets without a published speed."""
        return tuple(item for item in self.sets if not item.fast)

    def said(self, beside: bool = False) -> Mapping[str, str]:
        """The keys by which the calculator counts these sets: with their speed, or as one that is paid anyway."""
        if self.stairs and not beside:
            only = self.sets[0]
            return {"gpu": only.accelerator.id, "model": only.model.id, "gpus": str(only.count)}
        return _together((*self.sets, *(self.beside if beside else ())))


def hosted(atlas: Atlas, item: DerivedWorkload) -> Hosted:
    """The sets of one workload."""
    rents = {
        price.accelerator: (price.low, price.base, price.high)
        for price in atlas.prices.values()
        if price.figure == "rate" and price.accelerator and price.currency == CURRENCY
    }
    planner = _planner(tuple(atlas.accelerators[id_] for id_ in rents))
    speeds = {(row.record, row.accelerator, row.gpus) for row in atlas.speeds.values()}
    found = [(step.need, _cheapest(step, planner, rents, speeds)) for step in item.steps]
    sets = _shared(held for need, held in found if held and counted(need))
    taken = {held.model.id for held in sets}
    beside = _shared(h for need, h in found if h and not counted(need) and h.model.id not in taken)
    missing = tuple(need.title for need, held in found if held is None)
    no_text = any(counted(need) and "text" not in need.output for need, _ in found)
    return Hosted(sets, beside, missing, no_text)


def counted(need: Need) -> bool:
    """Whether the tokens of a workload count the step: it takes text, alone or with images, and does not speak."""
    return "text" in need.input and "audio" not in (*need.input, *need.output)


@lru_cache(maxsize=1)
def _planner(cards: tuple[Accelerator, ...]) -> Planner:
    return Planner(cards, rules(DEFAULT_ENGINE))


def _cheapest(
    step: StepSuggestions,
    planner: Planner,
    rents: Mapping[str, Triple],
    speeds: set[tuple[str | None, str, int]],
) -> Held | None:
    """The suggested model whose smallest set rents for least: planned before weighed, in time before late."""
    options: list[tuple[tuple[bool, bool, float, int], Held]] = []
    for order, suggestion in enumerate(step.suggestions):
        model = suggestion.model
        found = planner.find(model, step.demand)
        cards = (found.smallest.accelerator, found.smallest.count) if found.smallest else found.weights_set
        if cards is None:
            continue
        rate = rents[cards[0].id]
        fast = (model.id, cards[0].id, cards[1]) in speeds
        held = Held(model, (step.need.title,), *cards, rate, found.smallest is None, fast)
        options.append(((held.weights_only, not found.in_time, held.hour[1], order), held))
    return min(options, key=lambda option: option[0])[1] if options else None


def _shared(every: Iterable[Held]) -> tuple[Held, ...]:
    """One set for each model: the one of the step that needs the dearest."""
    by_model: dict[str, Held] = {}
    for held in every:
        other = by_model.get(held.model.id)
        if other is None:
            by_model[held.model.id] = held
            continue
        dearer = held if held.hour[1] > other.hour[1] else other
        by_model[held.model.id] = replace(dearer, steps=(*other.steps, *held.steps))
    return tuple(by_model.values())


def _together(sets: Iterable[Held]) -> dict[str, str]:
    """All sets as one replica without a speed: their cards, at the mean rent of a card."""
    every = tuple(sets)
    cards = sum(held.count for held in every)
    if not cards:
        return {}
    low, base, high = (sum(held.hour[end] for held in every) / cards for end in range(3))
    return {"gpus": str(cards), "rate": "..".join(f"{value:.{DIGITS}g}" for value in (low, base, high))}
