"""What the ranges do to an answer: many draws for the spread, and one swing each for what matters most.

A figure with a range is drawn from a triangle over (low, base, high). Each figure has a fixed sequence of its own,
so that the same figures give the same answer, in the browser as here, and an API the same range beside any fleet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

from macros.cost.crossings import crossings
from macros.cost.curves import api, fleet
from macros.cost.figures import NAMES, Figures, Ranged
from macros.cost.payback import payback, pays_back

DRAWS = 1000
PAID = 200
"""Draws that are followed month by month."""
SEED = 20261125
APART = 0x9E3779B1
"""Sequences of two figures begin this far apart."""
LOW, HIGH = 0.1, 0.9
"""The shown range leaves out the cheapest and the dearest tenth of the draws."""
CLOSE_LOW, CLOSE_HIGH = 0.35, 0.65
"""Between these shares of the draws it is too close to call."""
CLEAR_LOW, CLEAR_HIGH = 0.1, 0.9
ALIKE = 0.05
"""Costs that differ by less than this share are alike, whatever the draws say."""
_MASK = 0xFFFFFFFF


def uniform(seed: int) -> Iterator[float]:
    """Numbers in [0, 1) from 32-bit integers alone (mulberry32), so that any language gives the same."""
    state = seed & _MASK
    while True:
        state = (state + 0x6D2B79F5) & _MASK
        mixed = ((state ^ (state >> 15)) * (1 | state)) & _MASK
        mixed = (mixed + (((mixed ^ (mixed >> 7)) * (61 | mixed)) & _MASK)) & _MASK ^ mixed
        yield ((mixed ^ (mixed >> 14)) & _MASK) / 4294967296.0


def triangle(u: float, low: float, base: float, high: float) -> float:
    """The value of a triangular distribution at the share `u`, with its top at `base`."""
    width = high - low
    if width <= 0:
        return base
    top = (base - low) / width
    if u < top:
        return low + sqrt(u * width * (base - low))
    return high - sqrt((1.0 - u) * width * (high - base))


@lru_cache(maxsize=256)
def _drawn(name: str, low: float, base: float, high: float, count: int) -> tuple[float, ...]:
    """The values of one figure, made once: what the atlas assumes is the same for every workload."""
    numbers = uniform(SEED + NAMES.index(name) * APART)
    return tuple(triangle(next(numbers), low, base, high) for _ in range(count))


def draws(given: Ranged, count: int = DRAWS) -> Iterator[Figures]:
    """Figures as they might be."""
    base = {name: getattr(given.base, name) for name in NAMES}
    names = [name for name, _, _ in given.ranges]
    columns = [_drawn(name, low, base[name], high, count) for name, low, high in given.ranges]
    for number in range(count):
        yield Figures(**{**base, **{name: column[number] for name, column in zip(names, columns, strict=True)}})


@dataclass(frozen=True, slots=True)
class Range:
    """A value with the range that most draws fall in; None stands for never."""

    low: float | None
    base: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Spread:
    """Costs of a month at the volume asked, the lasting break-even, and how often the fleet is cheaper."""

    api: Range
    fleet: Range
    break_even: Range
    never: float
    """Share of draws without a lasting break-even."""
    fleet_cheaper: float
    verdict: str
    """`self`, `leans-self`, `close`, `leans-api` or `api`."""
    payback: Range
    """Months until what was put in has come back, over the first `PAID` draws; never where nothing comes back."""


def spread(given: Ranged, count: int = DRAWS) -> Spread:
    """The answer over its draws. Without ranges every draw is the base."""
    bills, fleets, lasting = [], [], []
    paid: list[float | None] = []
    for f in draws(given, count if given.ranges else 1):
        line, stairs = api(f), fleet(f)
        bills.append(line.at(f.units))
        fleets.append(stairs.at(f.units))
        lasting.append(crossings(line, stairs).lasting)
        if len(paid) < PAID and pays_back(f):
            paid.append(payback(f).months)
    cheaper = sum(own < bill for own, bill in zip(fleets, bills, strict=True)) / len(bills)
    base = given.base
    mine, theirs = fleet(base).at(base.units), api(base).at(base.units)
    return Spread(
        api=_range(bills, theirs),
        fleet=_range(fleets, mine),
        break_even=_volumes(lasting, crossings(api(base), fleet(base)).lasting),
        never=sum(volume is None for volume in lasting) / len(lasting),
        fleet_cheaper=cheaper,
        verdict=verdict(mine, theirs, cheaper),
        payback=_volumes(paid, payback(base).months) if paid else Range(None, None, None),
    )


def verdict(mine: float, theirs: float, cheaper: float) -> str:
    """Which side is cheaper, in one of five words."""
    if abs(mine - theirs) <= ALIKE * max(mine, theirs) or CLOSE_LOW < cheaper < CLOSE_HIGH:
        return "close"
    side = "self" if mine < theirs else "api"
    certain = cheaper >= CLEAR_HIGH if side == "self" else cheaper <= CLEAR_LOW
    if certain:
        return side
    leans = cheaper >= CLOSE_HIGH if side == "self" else cheaper <= CLOSE_LOW
    return f"leans-{side}" if leans else "close"


def _range(values: list[float], base: float) -> Range:
    """From the cheapest tenth to the dearest one; the base lies within, whatever the draws."""
    ordered = sorted(values)
    return Range(min(_at(ordered, LOW), base), base, max(_at(ordered, HIGH), base))


def _volumes(values: list[float | None], base: float | None) -> Range:
    ordered = sorted(float("inf") if value is None else value for value in values)
    low, high = _at(ordered, LOW), _at(ordered, HIGH)
    middle = float("inf") if base is None else base
    ends = min(low, middle), middle, max(high, middle)
    return Range(*(None if end == float("inf") else end for end in ends))


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@dataclass(frozen=True, slots=True)
class Swing:
    """What one figure does by itself, at both ends of its range."""

    name: str
    low: float
    high: float
    difference_low: float
    """Fleet minus API in a month, with the figure at its low end."""
    difference_high: float
    break_even_low: float | None
    break_even_high: float | None

    @property
    def width(self) -> float:
        """How far it moves the difference."""
        return abs(self.difference_high - self.difference_low)


def tornado(given: Ranged) -> tuple[Swing, ...]:
    """Every figure with a range, the one that moves the difference most first; ties by name."""
    swings = []
    for name, low, high in given.ranges:
        ends = (given.at(name, high=False), given.at(name, high=True))
        differences = [fleet(f).at(f.units) - api(f).at(f.units) for f in ends]
        even = [crossings(api(f), fleet(f)).lasting for f in ends]
        swings.append(Swing(name, low, high, differences[0], differences[1], even[0], even[1]))
    return tuple(sorted(swings, key=lambda swing: (-swing.width, swing.name)))
