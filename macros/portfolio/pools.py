"""Endpoints that workloads of a portfolio share, and the accelerators they take. Pure; the browser does the same.

An endpoint serves one model in one place. Steps share it if they take the same model, their workloads run in the
same place, and no boundary keeps them apart. Each step takes its share of a copy, requests at once divided by what
one copy holds of requests of that length; shares add up, and copies are rounded up. Of the sets on which the
longest request of every step fits, those within the bounds on time come first, then the one with least memory in
all, then the fewest accelerators.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from macros.portfolio.asked import Chosen, Portfolio
from macros.portfolio.base import Base, Capacity, Item, Step, standing
from macros.sizing.sets import size_step

SLACK = 1e-9
"""Shares that add up to a whole number in thousandths are not one copy more because of binary fractions."""


@dataclass(frozen=True, slots=True)
class Load:
    """One step of one workload: requests at once at its peak, and on the average of the month."""

    item: Item
    step: Step
    peak: int
    mean: float
    stated: bool

    @property
    def key(self) -> tuple[str, str]:
        """Workload and step."""
        return self.item.id, self.step.need.id


@dataclass(frozen=True, slots=True)
class Hosting:
    """Where an endpoint runs: copies of one set. `late` if the time asked for is out of reach on every set."""

    set: int
    copies: int
    at_once: int
    late: bool


@dataclass(frozen=True, slots=True)
class Pool:
    """One endpoint. `own` is the workload it is kept for; `hosting` is None if no set allowed holds it.

    `counted` is False where copies are a least: memory does not tell how many requests one copy serves.
    """

    model: str
    place: str
    own: str | None
    loads: tuple[Load, ...]
    hosting: Hosting | None
    counted: bool

    @property
    def workloads(self) -> list[str]:
        """Ids of its workloads, each once."""
        return list(dict.fromkeys(load.item.id for load in self.loads))

    @property
    def isolation(self) -> str | None:
        """`must-stay` or `tenants` where several workloads share it: what sharing asks about isolation."""
        if len(self.workloads) < 2:
            return None
        return "must-stay" if any(load.item.must_stay for load in self.loads) else "tenants"


def loads(item: Item, chosen: Chosen) -> tuple[Load, ...]:
    """Requests at once by step: as stated, or those of the record in proportion to the volume, rounded up."""
    volumes, found = item.item.workload.volumes, []
    amount = chosen.per_month or volumes.per_month.typical
    for step in item.steps:
        stated = chosen.at_once.get(step.need.id)
        peak = stated or max(1, -(-step.need.concurrency * amount // volumes.per_month.typical))
        found.append(Load(item, step, peak, peak / volumes.peak_factor, stated is not None))
    return tuple(found)


def pools(base: Base, asked: Portfolio, team: str, every: Iterable[tuple[Load, ...]], apart: bool) -> list[Pool]:
    """The endpoints of a portfolio. With `apart`, workloads share none; steps of one workload still do."""
    groups: dict[tuple[str, str, str | None], list[Load]] = {}
    for found in every:
        item = found[0].item
        place = standing(item, team).place
        own = item.id if apart or (item.must_stay and asked.must_stay == "own") else None
        for load in found if place else ():
            pick = load.step.picks.get(asked.tier)
            if pick:
                groups.setdefault((pick.model, str(place), own), []).append(load)
    return [_pool(base, asked, key, tuple(found)) for key, found in groups.items()]


def _pool(base: Base, asked: Portfolio, key: tuple[str, str, str | None], found: tuple[Load, ...]) -> Pool:
    model, place, own = key
    hosting = _hosting(base, asked, model, found)
    measured = model in asked.measured
    counted = hosting is not None and all(measured or load.step.uncounted is None for load in found)
    return Pool(model, place, own, found, hosting, counted)


def _hosting(base: Base, asked: Portfolio, model: str, found: Sequence[Load]) -> Hosting | None:
    by_set = [{c.set: c for c in load.step.capacities[model]} for load in found]
    options = []
    for number, (accelerator, count) in enumerate(base.sets):
        if (asked.card and accelerator.id != asked.card) or any(number not in own for own in by_set):
            continue
        held = [own[number] for own in by_set]
        copies = _copies(found, [_holds(c, asked.measured.get(model)) for c in held], base.batch[number], asked)
        memory = size_step(copies * base.gib(number))
        options.append((any(c.late for c in held), memory, copies * count, number, copies))
    if not options:
        return None
    late, _, _, number, copies = min(options)
    return Hosting(number, copies, _most(found, asked), late)


def _holds(capacity: Capacity, measured: int | None) -> float | None:
    return float(measured) if capacity.requests is None and measured else capacity.requests


def _copies(found: Sequence[Load], holds: Sequence[float | None], batch: int, asked: Portfolio) -> int:
    """Copies for the worst moment: shares of all steps, and requests within the engine’s limit."""
    most = 1
    for amounts in _moments(found, asked):
        share = counted = 0.0
        for amount, held in zip(amounts, holds, strict=True):
            if held is not None:
                share += amount / held
                counted += amount
        most = max(most, math.ceil(share - SLACK), math.ceil(counted / batch - SLACK))
    return most


def _moments(found: Sequence[Load], asked: Portfolio) -> list[list[float]]:
    """Requests at once by step: with all peaks together, or with one workload at its peak and the rest at mean."""
    if asked.peaks == "together":
        return [[float(load.peak) for load in found]]
    return [
        [float(load.peak) if load.item.id == one else load.mean for load in found]
        for one in dict.fromkeys(load.item.id for load in found)
    ]


def _most(found: Sequence[Load], asked: Portfolio) -> int:
    """Requests at once in the worst moment, whole."""
    most = 0
    for amounts in _moments(found, asked):
        added = 0.0
        for amount in amounts:  # not sum(), which corrects its rounding where the browser does not
            added += amount
        most = max(most, math.ceil(added - SLACK))
    return most


def totals(base: Base, found: Iterable[Pool]) -> dict[str, object]:
    """Accelerators by kind, their memory in GiB, and how many endpoints are not in it or only a least."""
    cards: dict[str, int] = {}
    gib, endpoints, least, missing = 0.0, 0, 0, 0
    for pool in found:
        endpoints += 1
        least += not pool.counted and pool.hosting is not None
        missing += pool.hosting is None
        if pool.hosting:
            accelerator, count = base.sets[pool.hosting.set]
            cards[accelerator.id] = cards.get(accelerator.id, 0) + pool.hosting.copies * count
            gib += pool.hosting.copies * base.gib(pool.hosting.set)
    return {
        "endpoints": endpoints,
        "accelerators": {id_: cards[id_] for id_ in sorted(cards)},
        "count": sum(cards.values()),
        "gib": math.floor(gib * 10 + 0.5) / 10,
        "at_least": least,
        "without_set": missing,
    }


def could_share(pool: Pool, every: Iterable[Pool]) -> list[tuple[str, str]]:
    """Steps in the same place that take another model, for which this one suffices as well."""
    return [
        load.key
        for other in every
        if other.place == pool.place and other.model != pool.model and other.own == pool.own
        for load in other.loads
        if pool.model in load.step.suffices
    ]
