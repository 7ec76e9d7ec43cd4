"""After how many months the money put in at the start has come back, with growing volume and falling API
prices.
"""

from __future__ import annotations

from dataclasses import dataclass

from macros.cost.curves import api, fleet
from macros.cost.figures import Figures, owned, rented
from macros.cost.years import months


@dataclass(frozen=True, slots=True)
class Payback:
    """`months` until the savings have paid what was put in, None if not within the months looked at."""

    upfront: float
    months: float | None
    first_month: float
    """Money saved in a month of the volume asked, negative if the fleet costs more to run than the API."""


def pays_back(f: Figures) -> bool:
    """Whether anything is put in at the start that could come back."""
    return f.price > 0 or f.one_off > 0 or f.setup > 0


def payback(f: Figures) -> Payback:
    """Purchase, one-off cost and months of setting up against what is saved month by month.

    Cash, not annuities: machines are paid when they come, further ones when the volume needs them. Resale is left
    out.
    The last month counts in part.
    """
    stairs = fleet(f, with_purchase=False)
    machines = stairs.machines(stairs.active(f.units))
    upfront = machines * f.price + f.one_off
    first = api(f).at(f.units) - stairs.at(f.units)
    balance = -upfront
    for index, month in enumerate(months(f, stairs)):
        balance -= max(0, month.machines - machines) * f.price
        machines = max(machines, month.machines)
        saved = month.bill * (1.0 - month.both) - month.own
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
