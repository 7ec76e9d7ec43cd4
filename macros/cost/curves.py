"""Cost of a month as a function of the volume: a line for an API, a staircase of lines for a fleet.

API(v)  = fixed + v × price of a unit
Fleet(v) = base + machines(v) × cost of a machine + v × energy of a unit
replicas(v) = max(⌈v / capacity⌉, least) + spare;  machines = ⌈replicas × accelerators / accelerators of a machine⌉

Utilisation follows from demand and replicas; nobody types it in. A share of a replica's time that an author
measured is a property of the replica (`usable`), and lowers its capacity.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from macros.cost.figures import Figures

MILLION = 1e6


COUNTABLE = 2**53
"""Replicas from which one more is the same number."""


@dataclass(frozen=True, slots=True)
class Line:
    """Money in a month: `fixed + volume × slope`."""

    fixed: float
    slope: float

    def at(self, volume: float) -> float:
        """Money in a month for a volume."""
        return self.fixed + volume * self.slope


@dataclass(frozen=True, slots=True)
class Stairs:
    """A fleet: what is paid anyway, for each machine, and for each unit."""

    base: float
    per_machine: float
    slope: float
    capacity: float
    """Units that one replica carries in a month; infinite where nothing limits it."""
    least: int
    spare: int
    gpus: float
    machine_gpus: float

    def active(self, volume: float) -> int:
        """Replicas that the load needs. A volume of exactly n replicas' capacity needs n."""
        if math.isinf(self.capacity):
            return self.least
        count = max(math.ceil(volume / self.capacity), self.least)
        if count >= COUNTABLE:
            return count
        while count > self.least and (count - 1) * self.capacity >= volume:
            count -= 1
        while count * self.capacity < volume:
            count += 1
        return count

    def machines(self, active: int) -> int:
        """Machines that hold so many active replicas and the spare ones."""
        return math.ceil((active + self.spare) * self.gpus / self.machine_gpus)

    def flat(self, active: int) -> float:
        """What is paid whatever the volume, with so many active replicas."""
        return self.base + self.machines(active) * self.per_machine

    def at(self, volume: float) -> float:
        """Money in a month for a volume."""
        return self.flat(self.active(volume)) + volume * self.slope


def unit_price(f: Figures) -> float:
    """What an API bills for one unit.

    Cached and written tokens are part of the input. Retries and the negotiated discount apply to the whole, the
    batch discount too, but for cached input, which some vendors bill alike in a batch. The tier for long requests
    is chosen by the shape of one request, before prices get here.
    """
    fresh = 1.0 - f.cached - f.written
    tokens_in = f.tokens_in * (fresh * f.price_in + f.written * f.price_write)
    listed = (tokens_in + f.tokens_out * f.price_out) / MILLION + f.price_unit
    cached = f.tokens_in * f.cached * f.price_cached / MILLION
    less = f.batch * f.batch_off
    billed = listed * (1.0 - less) + cached * (1.0 - less * f.batch_cached)
    return billed * (1.0 + f.retry) * (1.0 - f.off)


def api(f: Figures) -> Line:
    """The bill of an API."""
    return Line(f.api_fixed, unit_price(f))


def seconds(f: Figures) -> float:
    """Seconds that one unit takes of a replica: input and output add up, so their rates blend harmonically.

    Requests that are sent again load replicas as they load an API.
    """
    took = 0.0
    if f.speed_in > 0:
        took += f.tokens_in * (1.0 - f.kept) / (f.speed_in * f.of_published)
    if f.speed_out > 0:
        took += f.tokens_out / (f.speed_out * f.of_published)
    if f.speed_units > 0:
        took += 1.0 / (f.speed_units * f.of_published)
    return took * (1.0 + f.retry)


def crowding(f: Figures) -> float:
    """How far above the mean the fleet must reach: batch work moves into the troughs, the rest keeps its peak."""
    return max(1.0, (1.0 - f.batch) * f.peak)


def capacity(f: Figures) -> float:
    """Units that one replica carries in a month."""
    took = seconds(f)
    if f.capacity > 0:
        return f.capacity
    if took <= 0:
        return math.inf
    return f.hours * 3600.0 * f.usable / (took * crowding(f))


def annuity(f: Figures) -> float:
    """What a machine costs in a month over its life, with interest and resale (capital recovery factor)."""
    resale = f.price * f.resale
    rate: float = (1.0 + f.interest) ** (1.0 / 12.0) - 1.0
    if rate <= 0:
        return (f.price - resale) / f.life
    shrunk: float = (1.0 + rate) ** -f.life
    return (f.price - resale * shrunk) * (rate / (1.0 - shrunk))


def rent(f: Figures) -> float:
    """Rent of one machine for a month. What is reserved is paid for every hour of the month."""
    by_hour = (1.0 - f.reserved_share) * f.rate * f.hours
    reserved = f.reserved_share * f.reserved_rate * f.month
    return f.machine_gpus * (by_hour + reserved) * (1.0 + f.uplift)


def standing_kw(f: Figures) -> float:
    """Power that a machine takes whatever it does; all of it where the time of a unit is not known."""
    return f.idle_kw if seconds(f) > 0 else f.max_kw


def running(f: Figures) -> float:
    """What one machine costs in a month besides its purchase."""
    power = standing_kw(f) * f.pue * f.hours * f.kwh
    return rent(f) + f.maintenance * f.price / 12.0 + power + f.hosting_kw * f.max_kw + f.machine_month


def unit_energy(f: Figures) -> float:
    """Energy that one unit adds: the power between idle and full load, for its seconds, on its share of a
    machine.
    """
    lift = max(0.0, f.max_kw - standing_kw(f))
    return lift * f.pue * f.kwh * (f.gpus / f.machine_gpus) * seconds(f) / 3600.0


def people(f: Figures) -> float:
    """The floor of people in a month."""
    return f.fte * f.salary / 12.0


def fleet(f: Figures, with_purchase: bool = True) -> Stairs:
    """The staircase of a fleet; without the purchase it is what is paid month by month."""
    once = f.one_off / f.horizon if with_purchase else 0.0
    bought = annuity(f) if with_purchase else 0.0
    return Stairs(
        base=people(f) + f.platform + once,
        per_machine=bought + running(f) + f.fte_machine * f.salary / 12.0,
        slope=unit_energy(f) + f.own_unit,
        capacity=capacity(f),
        least=max(1, round(f.least)),
        spare=max(0, round(f.spare)),
        gpus=f.gpus,
        machine_gpus=f.machine_gpus,
    )


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a fleet at one volume, line by line."""

    active: int
    replicas: int
    machines: int
    gpus: float
    utilisation: float | None
    """Share of the time that replicas work, over all hours they run; None where the time of a unit is not
    known.
    """
    rent: float
    purchase: float
    maintenance: float
    energy: float
    hosting: float
    people: float
    platform: float
    units: float
    """What each unit costs besides, for all of them."""
    one_off: float

    @property
    def total(self) -> float:
        """Money in the month."""
        lines = self.rent + self.purchase + self.maintenance + self.energy + self.hosting
        return lines + self.people + self.platform + self.units + self.one_off


def month(f: Figures, volume: float) -> Month:
    """What a fleet costs at one volume, line by line; the total is that of `fleet(f).at(volume)`."""
    stairs = fleet(f)
    active = stairs.active(volume)
    machines = stairs.machines(active)
    replicas = active + stairs.spare
    took = seconds(f)
    return Month(
        active=active,
        replicas=replicas,
        machines=machines,
        gpus=machines * f.machine_gpus,
        utilisation=volume * took / (replicas * f.hours * 3600.0) if took > 0 else None,
        rent=machines * rent(f),
        purchase=machines * annuity(f),
        maintenance=machines * f.maintenance * f.price / 12.0,
        energy=machines * standing_kw(f) * f.pue * f.hours * f.kwh + volume * unit_energy(f),
        hosting=machines * (f.hosting_kw * f.max_kw + f.machine_month),
        people=people(f) + machines * f.fte_machine * f.salary / 12.0,
        platform=f.platform,
        units=volume * f.own_unit,
        one_off=f.one_off / f.horizon,
    )
