"""What a page suggests to host: a set of rented cards for each model. Pure.

Only cards with a sourced rent are planned on, by the rules of the suggestions, so a set is the page’s smallest one
wherever that has a rent. Of the models suggested for a step the one is taken whose set rents for least; steps with
the same model share one set. How the calculator counts them is in `macros/cost_counted.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from macros.cost.numbers import Triple
from macros.derive import DerivedWorkload
from macros.model import Accelerator, Atlas, Model, Need, Volumes, Workload
from macros.sizing.engines import DEFAULT_ENGINE, rules
from macros.sizing.plan import Plan
from macros.sizing.planner import Planner
from macros.sizing.roofline import Roofline, roofline
from macros.suggestions import StepSuggestions

CURRENCY = "USD"


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
    plan: Plan | None
    """None where only the weights are known to fit."""
    lengths: tuple[tuple[int, int], ...]
    """Tokens of one request of each step: prompt and answer."""
    tokens: tuple[tuple[int, int], ...]
    """Tokens of a unit that each step reads and writes; all of them where the workload does not divide them."""

    @property
    def limits(self) -> tuple[Roofline | None, ...]:
        """The roofline at the lengths of each step; None where the plan or the card’s peaks are not known."""
        return tuple(roofline(self.plan, *length) if self.plan else None for length in self.lengths)

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
    divided: bool
    """Whether the workload tells how its tokens divide over the steps."""
    heard: bool
    """Whether it tells how much audio a unit has, so that the price of that is known and `beside` is compared."""

    @property
    def compared(self) -> tuple[Held, ...]:
        """The sets beside which the bill of an API stands."""
        return (*self.sets, *self.beside) if self.heard else self.sets

    @property
    def slow(self) -> tuple[Held, ...]:
        """Sets without a published speed."""
        return tuple(item for item in self.sets if not item.fast)


def hosted(atlas: Atlas, item: DerivedWorkload) -> Hosted:
    """The sets of one workload."""
    rents = {
        price.accelerator: (price.low, price.base, price.high)
        for price in atlas.prices.values()
        if price.figure == "rate" and price.accelerator and price.currency == CURRENCY
    }
    planner = _planner(tuple(atlas.accelerators[id_] for id_ in rents))
    speeds = {(row.record, row.accelerator, row.gpus) for row in atlas.speeds.values()}
    volumes = item.workload.volumes
    divided = any(step.need.per_unit for step in item.steps)
    asked = _Asked(planner, rents, speeds, volumes, divided)
    found = [(step.need, _cheapest(step, asked)) for step in item.steps]
    sets = _shared(held for need, held in found if held and counted(need))
    taken = {held.model.id for held in sets}
    beside = _shared(h for need, h in found if h and not counted(need) and h.model.id not in taken)
    missing = tuple(need.title for need, held in found if held is None)
    no_text = any(counted(need) and "text" not in need.output for need, _ in found)
    return Hosted(sets, beside, missing, no_text, divided, volumes.audio_minutes_per_unit > 0)


def counted(need: Need) -> bool:
    """Whether the tokens of a workload count the step: it takes text, alone or with images, and does not speak."""
    return "text" in need.input and "audio" not in (*need.input, *need.output)


def scored(workload: Workload) -> float:
    """Share of the input tokens of a unit that models read which answer in vectors, scores or marks."""
    read = [n.per_unit.tokens_in for n in workload.needs if n.per_unit and counted(n) and "text" not in n.output]
    return sum(read) / workload.volumes.tokens_in_per_unit if sum(read) else 0.0


def brought(workload: Workload) -> dict[str, Any]:
    """What a workload brings to the calculator, by its keys: volumes in its own unit."""
    volumes = workload.volumes
    return {
        "unit": volumes.unit,
        "units": volumes.per_month.typical,
        "tokens_in": volumes.tokens_in_per_unit,
        "tokens_out": volumes.tokens_out_per_unit,
        "scored": scored(workload),
        "audio": volumes.audio_minutes_per_unit / 60,
        "peak": volumes.peak_factor,
        "requests_unit": volumes.requests_per_unit,
    }


@lru_cache(maxsize=1)
def _planner(cards: tuple[Accelerator, ...]) -> Planner:
    return Planner(cards, rules(DEFAULT_ENGINE))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the choice of a set rests on, the same for every step of a workload."""

    planner: Planner
    rents: Mapping[str, Triple]
    speeds: set[tuple[str | None, str, int]]
    volumes: Volumes
    divided: bool


def _cheapest(step: StepSuggestions, asked: _Asked) -> Held | None:
    """The suggested model whose smallest set rents for least: planned before weighed, in time before late."""
    options: list[tuple[tuple[bool, bool, float, int], Held]] = []
    for order, suggestion in enumerate(step.suggestions):
        model = suggestion.model
        found = asked.planner.find(model, step.demand)
        cards = (found.smallest.accelerator, found.smallest.count) if found.smallest else found.weights_set
        if cards is None:
            continue
        rate = asked.rents[cards[0].id]
        fast = (model.id, cards[0].id, cards[1]) in asked.speeds
        plan = found.smallest.plan if found.smallest else None
        lengths, tokens = (_lengths(step, asked.volumes),), (_tokens(step, asked),)
        held = Held(model, (step.need.title,), *cards, rate, plan is None, fast, plan, lengths, tokens)
        options.append(((held.weights_only, not found.in_time, held.hour[1], order), held))
    return min(options, key=lambda option: option[0])[1] if options else None


def _lengths(step: StepSuggestions, volumes: Volumes) -> tuple[int, int]:
    """Tokens of one request of the step: its own where it states them, else the mean of the workload."""
    demand, each = step.demand, volumes.requests_per_unit
    prompt = demand.prompt or round(volumes.tokens_in_per_unit / each)
    if demand.one_pass:
        return prompt, 0
    return prompt, demand.answer if demand.prompt else round(volumes.tokens_out_per_unit / each)


def _tokens(step: StepSuggestions, asked: _Asked) -> tuple[int, int]:
    own, whole = step.need.per_unit, asked.volumes
    if own:
        return own.tokens_in, own.tokens_out
    return (0, 0) if asked.divided else (whole.tokens_in_per_unit, whole.tokens_out_per_unit)


def _shared(every: Iterable[Held]) -> tuple[Held, ...]:
    """One set for each model: the one of the step that needs the dearest."""
    by_model: dict[str, Held] = {}
    for held in every:
        other = by_model.get(held.model.id)
        if other is None:
            by_model[held.model.id] = held
            continue
        dearer = held if held.hour[1] > other.hour[1] else other
        by_model[held.model.id] = replace(
            dearer,
            steps=(*other.steps, *held.steps),
            lengths=(*other.lengths, *held.lengths),
            tokens=(*other.tokens, *held.tokens),
        )
    return tuple(by_model.values())
