"""The whole comparison: each option's month, every crossing, ranges, payback, the curve, and what matters most."""

from __future__ import annotations

import math
from dataclasses import dataclass

from macros.cost.crossings import Crossings, crossings
from macros.cost.curves import MILLION, Month, api, capacity, fleet, month
from macros.cost.figures import Figures, Ranged, endpoint, owned, rented
from macros.cost.payback import Payback, own_or_rent, payback, pays_back
from macros.cost.spread import Spread, Swing, spread, tornado
from macros.cost.years import Years, years

FAR = 10.0
"""A volume this many times below the lowest break-even is far below it."""


@dataclass(frozen=True, slots=True)
class Point:
    """Cost of a million tokens (of a unit, where there are none) at one volume."""

    volume: float
    api: float
    fleet: float
    replicas: int


@dataclass(frozen=True, slots=True)
class Fleet:
    """One way to host it oneself, against the API."""

    kind: str
    """`rented`, `owned`, `endpoint` or `fixed`."""
    given: Ranged
    month: Month
    crossings: Crossings
    one_step: float | None
    """Break-even if the smallest fleet carried any volume, as most published examples count; None if never."""
    capacity: float
    spread: Spread
    tornado: tuple[Swing, ...]
    payback: Payback | None
    years: Years
    curve: tuple[Point, ...]
    at_capacity: float | None
    """Cost of a unit with every replica full and nothing spare, staff or fixed: what throughput alone gives."""

    @property
    def has_cost(self) -> bool:
        """Whether anything of hosting has a price."""
        return self.kind != "fixed" or self.month.total > 0 or self.given.base.own_unit > 0


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that is printed."""

    given: Ranged
    api_month: float
    has_api: bool
    fleets: tuple[Fleet, ...]
    own_or_rent: Payback | None


def answer(given: Ranged) -> Answer:
    """Compare what is given: an API, and a fleet rented, owned, run by a provider, or told as a fixed sum."""
    f = given.base
    kinds = _kinds(f)
    both = f.price > 0 and (f.rate > 0 or f.reserved_rate > 0)
    return Answer(
        given=given,
        api_month=api(f).at(f.units),
        has_api=api(f).slope > 0 or f.api_fixed > 0,
        fleets=tuple(_fleet(kind, _only(given, kind)) for kind in kinds),
        own_or_rent=own_or_rent(f) if both else None,
    )


def _kinds(f: Figures) -> tuple[str, ...]:
    kinds = []
    if f.rate > 0 or f.reserved_rate > 0:
        kinds.append("rented")
    if f.price > 0:
        kinds.append("owned")
    if f.endpoint_rate > 0:
        kinds.append("endpoint")
    if not kinds:
        kinds.append("fixed")
    return tuple(kinds)


def _only(given: Ranged, kind: str) -> Ranged:
    """The figures of one kind, and the ranges that still do something."""
    cut = {"rented": rented, "owned": owned, "endpoint": endpoint}.get(kind)
    if cut is None:
        return given
    base = cut(given.base)
    kept = tuple(item for item in given.ranges if getattr(base, item[0]) == getattr(given.base, item[0]))
    return Ranged(base, kept)


def _fleet(kind: str, given: Ranged) -> Fleet:
    f = given.base
    stairs = fleet(f)
    line = api(f)
    gain = line.slope - stairs.slope
    gap = stairs.flat(stairs.least) - line.fixed
    carries = capacity(f)
    full = stairs.per_machine * f.gpus / f.machine_gpus / stairs.capacity + stairs.slope
    return Fleet(
        kind=kind,
        given=given,
        month=month(f, f.units),
        crossings=crossings(line, stairs),
        one_step=(max(0.0, gap) / gain) if gain > 0 else (0.0 if gap < 0 else None),
        capacity=carries,
        spread=spread(given),
        tornado=tornado(given),
        payback=payback(f) if pays_back(f) else None,
        years=years(f),
        curve=curve(f),
        at_capacity=full if math.isfinite(carries) else None,
    )


NO_VOLUME = 1e-9
"""Units a month below which a volume is taken as none: there is nothing to divide a bill by."""


def per(f: Figures) -> float:
    """Millions of tokens in a unit; 1 where a unit has none."""
    return (f.tokens_in + f.tokens_out) / MILLION or 1.0


def volumes(f: Figures, at: tuple[float, ...] = ()) -> list[float]:
    """Volumes of the curve: two steps a power of ten around the one asked, and those in `at`."""
    middle = f.units if f.units > NO_VOLUME else 1.0
    steps = [middle * 10.0 ** (exponent / 2.0) for exponent in range(-4, 7)]
    return sorted({*steps, *at})


def curve(f: Figures) -> tuple[Point, ...]:
    """What a million tokens cost by volume; every crossing is a point of it."""
    stairs, line = fleet(f), api(f)
    edges = tuple(c.volume for c in crossings(line, stairs).found[:6] if c.volume > 0)
    return tuple(
        Point(v, line.at(v) / v / per(f), stairs.at(v) / v / per(f), stairs.active(v) + stairs.spare)
        for v in volumes(f, edges)
    )
