"""Cost of a month as a function of the volume: a line for an API, a staircase of lines for a fleet.

API(v)  = fixed + v × price of a unit
Fleet(v) = base + machines(v) × cost of a machine + v × energy of a unit
replicas(v) = max(⌈v / capacity⌉, least) + spare;  machines = ⌈replicas × accelerators / accelerators of a machine⌉
People are a floor, part of the base, until so many machines stand there that they need more than it.

A fleet may leave a part of every volume to the API, and all above what its most replicas carry: it then pays the
API's price for those units, and the API's fixed cost.

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
    most: float = math.inf
    """Replicas at the most."""
    billed: float = 0.0
    """What the API gets of `slope`, for the part of each unit that is left to it."""
    spilled: float = 0.0
    """What the API gets for a unit above what the most replicas carry."""
    crew: float = 0.0
    """What the people cost that one machine takes, once machines take more than the floor."""
    floor: float = 0.0
    """What the floor of people costs, as part of `base`."""

    def active(self, volume: float) -> int:
        """Replicas that the load needs. A volume of exactly n replicas' capacity needs n."""
        if math.isinf(self.capacity):
            return self.least
        if volume >= self.full:
            return int(self.most)
        count = max(math.ceil(volume / self.capacity), self.least)
        if count >= COUNTABLE:
            return count
        while count > self.least and (count - 1) * self.capacity >= volume:
            count -= 1
        while count * self.capacity < volume:
            count += 1
        return count

    @property
    def full(self) -> float:
        """The volume above which units go to the API; infinite where replicas are added."""
        return self.most * self.capacity

    def machines(self, active: int) -> int:
        """Machines that hold so many active replicas and the spare ones."""
        return math.ceil((active + self.spare) * self.gpus / self.machine_gpus)

    def held(self, machines: int) -> float:
        """What is paid whatever the volume, with so many machines."""
        return self.base + machines * self.per_machine + max(0.0, machines * self.crew - self.floor)

    def flat(self, active: int) -> float:
        """What is paid whatever the volume, with so many active replicas."""
        return self.held(self.machines(active))

    def at(self, volume: float) -> float:
        """Money in a month for a volume."""
        within = min(volume, self.full)
        return self.flat(self.active(volume)) + within * self.slope + (volume - within) * self.spilled

    def to_api(self, volume: float) -> float:
        """What of that the API gets for units."""
        within = min(volume, self.full)
        return within * self.billed + (volume - within) * self.spilled


def unit_price(f: Figures) -> float:
    """What an API bills for one unit.

    Cached and written tokens are part of the input that a chat model reads; what is embedded, ranked or marked
    has a price of its own, and so has audio. Retries and the negotiated discount apply to the whole, the batch
    discount too, but for cached input, which some vendors bill alike in a batch, and for audio. The tier for long
    requests is chosen by the shape of one request, before prices get here.
    """
    fresh = 1.0 - f.cached - f.written
    read, scored = f.tokens_in * (1.0 - f.scored), f.tokens_in * f.scored
    tokens_in = read * (fresh * f.price_in + f.written * f.price_write) + scored * f.price_scored
    listed = (tokens_in + f.tokens_out * f.price_out) / MILLION + f.price_unit
    cached = read * f.cached * f.price_cached / MILLION
    less = f.batch * f.batch_off
    billed = listed * (1.0 - less) + cached * (1.0 - less * f.batch_cached) + f.audio * f.price_audio
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
    """Rent of one machine for a month. What is reserved is paid for every hour of the month; storage, traffic and
    management are part of the price of an endpoint.
    """
    by_hour = (1.0 - f.reserved_share) * f.rate * f.hours
    reserved = f.reserved_share * f.reserved_rate * f.month
    return f.machine_gpus * ((by_hour + reserved) * (1.0 + f.uplift) + f.endpoint_rate * f.hours)


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
    return (f.fte + f.endpoint_fte) * f.salary / 12.0


def crew(f: Figures) -> float:
    """The people that one machine takes in a month, of which the floor does the first ones."""
    return f.machine_gpus / f.gpus_fte * f.salary / 12.0 if f.gpus_fte > 0 else 0.0


def standing_bill(f: Figures) -> float:
    """What the API costs beside a fleet whatever the volume, where the fleet leaves anything to it."""
    return f.api_fixed if f.left_to_api > 0 or round(f.most) >= 1 else 0.0


def fleet(f: Figures, with_purchase: bool = True) -> Stairs:
    """The staircase of a fleet; without the purchase it is what is paid month by month."""
    once = f.one_off / f.horizon if with_purchase else 0.0
    bought = annuity(f) if with_purchase else 0.0
    least, most = max(1, round(f.least)), round(f.most)
    price = unit_price(f)
    inside = 1.0 - f.left_to_api
    return Stairs(
        base=people(f) + f.platform + once + standing_bill(f),
        per_machine=bought + running(f) + f.fte_machine * f.salary / 12.0,
        slope=(unit_energy(f) + f.own_unit) * inside + price * f.left_to_api,
        capacity=capacity(f) / inside,
        least=least,
        spare=max(0, round(f.spare)),
        gpus=f.gpus,
        machine_gpus=f.machine_gpus,
        most=max(most, least) if most >= 1 else math.inf,
        billed=price * f.left_to_api,
        spilled=price,
        crew=crew(f),
        floor=people(f),
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
    left_to_api: float
    """What the API gets for the part that is left to it."""

    @property
    def total(self) -> float:
        """Money in the month."""
        lines = self.rent + self.purchase + self.maintenance + self.energy + self.hosting
        return lines + self.people + self.platform + self.units + self.one_off + self.left_to_api


def month(f: Figures, volume: float) -> Month:
    """What a fleet costs at one volume, line by line; the total is that of `fleet(f).at(volume)`."""
    stairs = fleet(f)
    active = stairs.active(volume)
    machines = stairs.machines(active)
    replicas = active + stairs.spare
    took = seconds(f)
    inside = min(volume, stairs.full) * (1.0 - f.left_to_api)
    return Month(
        active=active,
        replicas=replicas,
        machines=machines,
        gpus=machines * f.machine_gpus,
        utilisation=inside * took / (replicas * f.hours * 3600.0) if took > 0 else None,
        rent=machines * rent(f),
        purchase=machines * annuity(f),
        maintenance=machines * f.maintenance * f.price / 12.0,
        energy=machines * standing_kw(f) * f.pue * f.hours * f.kwh + inside * unit_energy(f),
        hosting=machines * (f.hosting_kw * f.max_kw + f.machine_month),
        people=max(people(f), machines * crew(f)) + machines * f.fte_machine * f.salary / 12.0,
        platform=f.platform,
        units=inside * f.own_unit,
        one_off=f.one_off / f.horizon,
        left_to_api=standing_bill(f) + stairs.to_api(volume),
    )
