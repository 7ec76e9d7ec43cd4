"""After how many months the money put in at the start has come back, with growing volume and falling API
prices.
"""

from __future__ import annotations

from dataclasses import dataclass

from macros.cost.curves import api, fleet
from macros.cost.figures import Figures, owned, rented

LONGEST = 120
"""Months looked at."""


@dataclass(frozen=True, slots=True)
class Payback:
    """`months` until the savings have paid what was put in, None if not within `LONGEST`."""

    upfront: float
    months: float | None
    first_month: float
    """Money saved in the first month, negative if the fleet costs more to run than the API."""


def payback(f: Figures) -> Payback:
    """Purchase and one-off cost against what is saved month by month.

    Cash, not annuities: machines are paid when they come, further ones when the volume needs them. Resale is left
    out.
    The last month counts in part.
    """
    stairs = fleet(f, with_purchase=False)
    machines = stairs.machines(stairs.active(f.units))
    upfront = machines * f.price + f.one_off
    line = api(f)
    first = line.at(f.units) - stairs.at(f.units)
    balance = -upfront
    for index in range(LONGEST):
        volume = f.units * (1.0 + f.growth) ** (index / 12.0)
        falls = (1.0 - f.api_decline) ** (index / 12.0)
        active = stairs.active(volume)
        needed = stairs.machines(active)
        if needed > machines:
            balance -= (needed - machines) * f.price
            machines = needed
        idle = (machines - needed) * stairs.per_machine if f.price > 0 else 0.0  # what is rented is given back
        bill = line.fixed + volume * line.slope * falls
        saved = bill - (stairs.flat(active) + volume * stairs.slope) - idle
        if balance + saved >= 0:
            return Payback(upfront, index + (-balance / saved if saved > 0 else 0.0), first)
        balance += saved
    return Payback(upfront, None, first)


def own_or_rent(f: Figures) -> Payback:
    """Months until machines of one's own have cost no more than renting the same ones."""
    stairs = fleet(owned(f), with_purchase=False)
    active = stairs.active(f.units)
    machines = stairs.machines(active)
    renting = fleet(rented(f), with_purchase=False)
    saved = renting.at(f.units) - stairs.at(f.units)
    upfront = machines * f.price
    return Payback(upfront, upfront / saved if saved > 0 else None, saved)
