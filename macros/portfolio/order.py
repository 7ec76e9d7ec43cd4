"""What to build first. The only place of that rule; pure.

Everything but the last-named part of the rule holds for a workload and a team alone, so that it is one number
(`ranks`), which the page looks up; what is shared depends on what was built before and is counted step by step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from macros.portfolio.base import Base, Item, notes_for, standing
from macros.portfolio.pools import Pool

RULE: tuple[tuple[str, str], ...] = (
    (
        "Simplest stage first",
        "A later stage of infrastructure holds what the earlier one has, so the simplest is built on, not thrown "
        "away.",
    ),
    (
        "Then what may not leave",
        "A workload whose data must stay has nowhere else to run while it waits; others may begin outside under "
        "conditions.",
    ),
    (
        "Then the next day of law",
        "The nearest day on which a duty that is adopted begins to apply, counted also where it depends on an "
        "answer, so that no day passes unseen. Duties that apply already are due whenever a workload starts, and "
        "order nothing.",
    ),
    (
        "Then what adds fewest endpoints",
        "Of those still equal, the one for which most of its models run already, given what was built before it.",
    ),
    ("Then the name", "What is equal in all of this has no order; it is listed by name."),
)
"""Criteria in the order in which they count, and why."""
NEVER = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Turn:
    """One workload in its turn: models of endpoints that are new with it, and of those that run already."""

    workload: str
    new: tuple[str, ...]
    running: tuple[str, ...]


def due(base: Base, item: Item, verdict: str) -> tuple[str, bool] | None:
    """The next day of law that is adopted and to come, and whether it holds on the facts alone."""
    later = [note for note in notes_for(base.derived, item, verdict) if note.state == "applies-from"]
    days = sorted((str(note.obligation.applies_from), note.conditional) for note in later)
    return (days[0][0], not days[0][1]) if days else None


def ranks(base: Base, team: str) -> dict[str, int]:
    """For each workload its place by stage, boundary and day of law; equal ones have the same number."""
    stages = list(base.derived.atlas.vocabulary["stages"].terms)
    keys = {}
    for item in base.items.values():
        stand = standing(item, team)
        day = due(base, item, stand.verdict.verdict)
        keys[item.id] = (stages.index(stand.stage), not item.must_stay, day[0] if day else NEVER)
    places = {key: number for number, key in enumerate(sorted(set(keys.values())))}
    return {id_: places[key] for id_, key in keys.items()}


def turns(rank: Mapping[str, int], workloads: Sequence[str], found: Iterable[Pool]) -> list[Turn]:
    """The workloads that are hosted, in turn. `workloads` stand in order of their names."""
    needed: dict[str, list[Pool]] = {id_: [] for id_ in workloads}
    for pool in found:
        for id_ in pool.workloads:
            needed[id_].append(pool)
    left, built, order = [id_ for id_ in workloads if needed[id_]], set[tuple[str, str, str | None]](), []
    while left:
        first = min(left, key=lambda id_: (rank[id_], sum(_key(pool) not in built for pool in needed[id_])))
        new = tuple(pool.model for pool in needed[first] if _key(pool) not in built)
        running = tuple(pool.model for pool in needed[first] if _key(pool) in built)
        order.append(Turn(first, new, running))
        built |= {_key(pool) for pool in needed[first]}
        left.remove(first)
    return order


def _key(pool: Pool) -> tuple[str, str, str | None]:
    return pool.model, pool.place, pool.own
