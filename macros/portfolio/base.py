"""What each workload brings to a portfolio: models of its steps, and what one copy of them holds on each set.

Capacities come from `macros.sizing` and nowhere else. A set is a number of equal accelerators that carry one copy
of a model; `requests` are those of a step's ordinary length that its cache holds at once, rounded down to
thousandths, so that the browser and Python start from the same figure.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from macros.derive import Derived, DerivedWorkload
from macros.law.notes import Note, notes
from macros.model import Accelerator, Model, Need, Team
from macros.portfolio.asked import TIERS
from macros.routing import Verdict
from macros.sizing.engines import DEFAULT_ENGINE, rules
from macros.sizing.planner import Planner, late, weights_gib_of
from macros.sizing.sets import requests_at
from macros.stages import stage_of
from macros.suggestions import StepSuggestions
from macros.tiers import NEAREST
from macros.workloads_table import ordered

MUST_STAY = "must_stay"
EDGE = "edge"


@dataclass(frozen=True, slots=True)
class Capacity:
    """What one copy on one set holds of a step. `requests` is None where memory does not tell."""

    set: int
    requests: float | None
    late: bool


@dataclass(frozen=True, slots=True)
class Pick:
    """The model that a step takes in one tier; `nearest` if it is not known to suffice in all languages."""

    model: str
    nearest: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its model by tier (empty where the catalogue has none), others that suffice, and capacities."""

    need: Need
    picks: Mapping[str, Pick]
    suffices: tuple[str, ...]
    uncounted: str | None
    capacities: Mapping[str, tuple[Capacity, ...]]


@dataclass(frozen=True, slots=True)
class Item:
    """One workload with its steps."""

    item: DerivedWorkload
    steps: tuple[Step, ...]

    @property
    def id(self) -> str:
        """Id of the workload."""
        return self.item.workload.id

    @property
    def must_stay(self) -> bool:
        """Whether its data may not leave."""
        return self.item.workload.signals["data_boundary"] == MUST_STAY


@dataclass(frozen=True, slots=True)
class Base:
    """Workloads of portfolios in order of their titles, and the sets that are planned on with batch limits."""

    derived: Derived
    sets: tuple[tuple[Accelerator, int], ...]
    batch: tuple[int, ...]
    items: Mapping[str, Item]

    def gib(self, number: int) -> float:
        """Memory of a set in GiB, as the driver reports it."""
        accelerator, count = self.sets[number]
        return count * accelerator.memory.usable_gib


def base(derived: Derived, ids: Iterable[str] | None = None) -> Base:
    """Everything that portfolios of these workloads need, or of all."""
    engine = rules(DEFAULT_ENGINE)
    planner = Planner(derived.atlas.accelerators.values(), engine)
    wanted = set(derived.workloads if ids is None else ids)
    found = ordered(item for id_, item in derived.workloads.items() if id_ in wanted)
    places = {(accelerator.id, count): n for n, (accelerator, count) in enumerate(planner.sets)}
    return Base(
        derived,
        planner.sets,
        tuple(engine.batch(a.memory.usable_gib, a.id, 1).requests for a, _ in planner.sets),
        {
            item.workload.id: Item(item, tuple(_step(derived, planner, places, step) for step in item.steps))
            for item in found
        },
    )


def _step(
    derived: Derived, planner: Planner, places: Mapping[tuple[str, int], int], step: StepSuggestions
) -> Step:
    models = derived.atlas.models
    picks = {tier: pick for tier, name in TIERS.items() if (pick := _pick(step, name))}
    return Step(
        need=step.need,
        picks=picks,
        suffices=tuple(s.model.id for s in step.suggestions) + tuple(other.model.id for other in step.also),
        uncounted=step.demand.uncounted,
        capacities={
            id_: tuple(_capacities(planner, places, models[id_], step))
            for id_ in dict.fromkeys(pick.model for pick in picks.values())
        },
    )


def _pick(step: StepSuggestions, tier: str) -> Pick | None:
    """The suggestion that holds the tier; where nothing is ranked, the only one."""
    held = [s for s in step.suggestions if tier in s.tiers] or list(step.suggestions[:1])
    return Pick(held[0].model.id, NEAREST in held[0].tiers) if held else None


def _capacities(
    planner: Planner, places: Mapping[tuple[str, int], int], model: Model, step: StepSuggestions
) -> Iterable[Capacity]:
    wanted = step.demand
    for fitting in planner.every(model, wanted):
        plan = fitting.plan
        holds = None
        if wanted.uncounted is None:
            tokens = min(wanted.typical, plan.context)
            holds = math.floor(min(requests_at(plan, tokens), plan.batch.requests) * 1000) / 1000
        yield Capacity(places[fitting.accelerator.id, fitting.count], holds, late(fitting, wanted))
    if not planner.planned(model):
        for accelerator, count in planner.holding(weights_gib_of(model, model.checkpoints[0].precision)):
            yield Capacity(places[accelerator.id, count], None, False)


@dataclass(frozen=True, slots=True)
class Standing:
    """One workload for one team: verdict, stage and the place of its inside part (None if nothing runs inside)."""

    team: Team
    verdict: Verdict
    stage: str
    place: str | None


def standing(item: Item, team: str) -> Standing:
    """How the workload stands for the team. At the edge it runs where it is used, apart from every other."""
    found, verdict = next((t, v) for t, v in item.item.by_team if t.id == team)
    stage = stage_of(item.item.workload, verdict)[0]
    inside = verdict.inside.id if verdict.inside and verdict.verdict != "api" else None
    return Standing(found, verdict, stage, f"{EDGE}:{item.id}" if inside and stage == EDGE else inside)


def notes_for(derived: Derived, item: Item, verdict: str) -> tuple[Note, ...]:
    """The notes on law of the workload when it runs so."""
    if verdict == item.item.verdict.verdict:
        return item.item.notes
    atlas = derived.atlas
    reach = {instrument.id: instrument.jurisdiction for instrument in atlas.instruments.values()}
    return notes(item.item.workload.facts, atlas.obligations.values(), atlas.settings.as_of, reach, verdict)
