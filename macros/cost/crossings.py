"""Every volume at which a line and a staircase change places, exactly; or that they never do.

On one stair both sides are lines, so a crossing is solved, not searched. Between stairs the fleet jumps, and may
fall behind again: then the jump itself is the crossing. Stairs that cannot hold a crossing are skipped by the two
lines that enclose the staircase. Above what the most replicas carry both sides pay the API alike, so nothing
changes there.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from macros.cost.curves import Line, Stairs

MOST = 2000
"""Stairs looked at. More are needed only where a replica costs what it replaces, to within 1 in 2,000."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """At `volume` units a month, `to` becomes the cheaper side; `replicas` are those active on that stair."""

    volume: float
    to: str
    replicas: int
    jump: bool
    """Whether it is a jump of the fleet: at the volume itself the other side is still cheaper."""


@dataclass(frozen=True, slots=True)
class Crossings:
    """All of them in order, and who is cheaper at no volume and at any large one."""

    found: tuple[Crossing, ...]
    at_zero: str
    at_last: str
    """The cheaper side beyond the last crossing; `unsettled` where the list was cut."""

    @property
    def first(self) -> float | None:
        """The first volume from which the fleet is cheaper, if only for a while; 0 if from the start."""
        if self.at_zero == "self":
            return 0.0
        return next((c.volume for c in self.found if c.to == "self"), None)

    @property
    def lasting(self) -> float | None:
        """The volume beyond which the fleet stays cheaper; None if there is none."""
        if self.at_last != "self":
            return None
        return self.found[-1].volume if self.found else 0.0


def crossings(api: Line, fleet: Stairs) -> Crossings:
    """All changes of the cheaper side as the volume grows from nothing. A tie goes to the API."""
    gain = api.slope - fleet.slope
    head = api.fixed - fleet.flat(fleet.least)
    start = "self" if head > 0 else "api"
    if math.isinf(fleet.capacity):
        return _flat(gain, head, start, fleet.least)
    low, high = (min(stair, fleet.most) for stair in _window(api, fleet, gain))
    side = start
    found: list[Crossing] = []
    for active in range(int(low), int(min(high, low + MOST)) + 1):
        bottom = 0.0 if active == fleet.least else (active - 1) * fleet.capacity
        top = active * fleet.capacity
        offset = api.fixed - fleet.flat(active)
        begins, ends = offset + gain * bottom, offset + gain * top
        if side == "self" and begins <= 0:
            found.append(Crossing(bottom, "api", active, True))
            side = "api"
        if side == "api" and ends > 0:
            found.append(Crossing(-offset / gain, "self", active, False))
            side = "self"
        elif side == "self" and ends <= 0:
            found.append(Crossing(-offset / gain, "api", active, False))
            side = "api"
    sawtooth = gain * fleet.capacity == _step(fleet) and len(found) > 1 and math.isinf(fleet.most)
    cut = high > low + MOST or sawtooth
    return Crossings(tuple(found), start, "unsettled" if cut else side)


def _flat(gain: float, head: float, start: str, active: int) -> Crossings:
    """Two lines: one crossing at most."""
    if head <= 0 < gain:
        return Crossings((Crossing(-head / gain, "self", active, False),), start, "self")
    if gain < 0 < head:
        return Crossings((Crossing(-head / gain, "api", active, False),), start, "api")
    return Crossings((), start, start)


def _step(fleet: Stairs, crew: bool = True) -> float:
    """What one more replica costs on average, where machines take more people than the floor, or before."""
    return (fleet.per_machine + (fleet.crew if crew else 0.0)) * fleet.gpus / fleet.machine_gpus


def _within(stairs: float) -> float:
    """A number of stairs, kept within what can be counted one by one."""
    return max(-(2.0**53), min(stairs, 2.0**53))


def _window(api: Line, fleet: Stairs, gain: float) -> tuple[int, int]:
    """The first and last stair that can hold a crossing. Beyond the last one the cheaper side does not change.

    A replica adds `step` on average; rounding up to machines adds less than one machine to that. The fleet costs
    what the dearer of two such lines says: with the floor of people alone, and with people for every machine.
    """
    lines = [_line(api, fleet, gain, crew) for crew in ((False, True) if fleet.crew else (False,))]
    least = fleet.least
    starts = [math.floor(_within(short / earns)) - 1 for earns, short, _ in lines if earns > 0]
    first = max([least, *starts])
    earns, short, _ = lines[-1]
    if earns > 0:
        ends = [math.ceil(_within((gain * fleet.capacity + top) / earns)) + 1 for earns, _, top in lines]
        return first, max(*ends, first)
    if earns < 0:
        # At the end of stair n the API is ahead by at most what it costs less now, plus n of those losses.
        return first, max(math.ceil(_within(short / earns)) + 1, first)
    crewed = math.ceil(_within(fleet.floor / fleet.crew * fleet.machine_gpus / fleet.gpus)) if fleet.crew else 0
    return first, max(first, least, crewed) + 1 + round(fleet.machine_gpus)


def _line(api: Line, fleet: Stairs, gain: float, crew: bool) -> tuple[float, float, float]:
    """What a full replica earns more than it costs, and what that must make up for at least and at most."""
    step = _step(fleet, crew)
    floor = fleet.base - (fleet.floor if crew else 0.0) + fleet.spare * step
    top = floor + fleet.per_machine + (fleet.crew if crew else 0.0)
    return gain * fleet.capacity - step, floor - api.fixed, top - api.fixed
