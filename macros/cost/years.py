"""What each side costs in all over months and years, with growing volume and falling API prices, and in which
month the fleet becomes the cheaper one because of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.cost.curves import Stairs, api, fleet
from macros.cost.figures import Figures

LONGEST = 120
"""Months looked at."""


@dataclass(frozen=True, slots=True)
class MonthOf:
    """One month on the way: `volume` units, the bill of the API at the prices of that month, and the fleet."""

    volume: float
    bill: float
    own: float
    """What the fleet costs, without the API bill of a time of setting up."""
    machines: int
    both: float
    """Share of the month in which the API still does the work while the fleet is paid."""


def months(f: Figures, stairs: Stairs) -> Iterator[MonthOf]:
    """Month after month, `LONGEST` of them.

    Bought machines stay when the volume falls, rented ones are given back.
    """
    line = api(f)
    most = 0
    for index in range(LONGEST):
        volume = f.units * (1.0 + f.growth) ** (index / 12.0)
        falls = (1.0 - f.api_decline) ** (index / 12.0)
        needed = stairs.machines(stairs.active(volume))
        most = max(most, needed)
        idle = stairs.held(most) - stairs.held(needed) if f.price > 0 else 0.0
        bill = line.fixed + volume * line.slope * falls
        own = stairs.at(volume) - stairs.to_api(volume) * (1.0 - falls) + idle
        yield MonthOf(volume, bill, own, most, min(1.0, max(0.0, f.setup - index)))


@dataclass(frozen=True, slots=True)
class Total:
    """What both sides have cost after so many months."""

    months: int
    api: float
    fleet: float


@dataclass(frozen=True, slots=True)
class Years:
    """Totals after each year and at the horizon."""

    totals: tuple[Total, ...]
    overtakes: int | None
    """The first month, counted from 1, in which the fleet costs less than the API; None if there is none."""


def years(f: Figures) -> Years:
    """Sum up the months. A purchase counts by the month, with interest and resale, as in the month shown."""
    last = max(1, min(LONGEST, round(f.horizon)))
    theirs, mine = 0.0, 0.0
    totals: list[Total] = []
    overtakes = None
    for number, month in enumerate(months(f, fleet(f)), start=1):
        if overtakes is None and month.own < month.bill:
            overtakes = number
        if number <= last:
            theirs += month.bill
            mine += month.own + month.both * month.bill
            if number % 12 == 0 or number == last:
                totals.append(Total(number, theirs, mine))
        elif overtakes is not None:
            break
    return Years(tuple(totals), overtakes)
