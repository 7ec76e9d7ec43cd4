"""The figures that a comparison rests on: one flat, frozen set of numbers, so that each can be swung by itself.

Money is in one currency throughout. A volume is counted in the asker's own unit (calls, pages, minutes, tickets),
or in millions of tokens. A default here is neutral: it costs nothing, limits nothing and assumes nothing. What
the atlas assumes where a visitor says nothing is data (`atlas/prices`), put in by `macros.cost.defaults`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

MONTH_HOURS = 730.0
"""Hours in a month: 365 × 24 / 12."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One value for everything. Shares are 0 to 1; prices of tokens are for a million."""

    units: float = 0.0
    """Units in a month."""
    tokens_in: float = 0.0
    """Input tokens of a unit."""
    tokens_out: float = 0.0
    """Billed output tokens of a unit, reasoning included."""
    cached: float = 0.0
    """Share of input that the API reads from its cache; part of the input, not on top of it."""
    written: float = 0.0
    """Share of input that the API writes to its cache."""
    batch: float = 0.0
    """Share of the work that can wait a day."""
    peak: float = 1.0
    """Rate of the busiest hour over the mean rate."""
    growth: float = 0.0
    """Growth of the volume in a year, 0.2 for a fifth."""

    price_in: float = 0.0
    price_cached: float = 0.0
    price_write: float = 0.0
    price_out: float = 0.0
    price_unit: float = 0.0
    """Price of one unit, where the API bills units and not tokens."""
    batch_off: float = 0.0
    """Share taken off for batch work."""
    batch_cached: float = 1.0
    """How much of that discount cached input gets too: 1 for all of it, 0 where it costs the same in a batch."""
    retry: float = 0.0
    """Requests sent again, as a share of all."""
    off: float = 0.0
    """Negotiated share off the list price."""
    api_fixed: float = 0.0
    """What the API side costs in a month whatever the volume: gateway, minimum, people."""
    api_decline: float = 0.0
    """Fall of the API price in a year, 0.25 for a quarter."""

    rate: float = 0.0
    """Price of one accelerator for an hour, on demand."""
    reserved_rate: float = 0.0
    reserved_share: float = 0.0
    """Share of the accelerators that are reserved, and paid for every hour of the month."""
    uplift: float = 0.0
    """Storage, traffic and management on top of rent, as a share of it."""
    gpus: float = 1.0
    """Accelerators of one replica."""
    machine_gpus: float = 1.0
    """Accelerators that are bought or rented together."""
    bought_gpus: float = 0.0
    """Accelerators of a machine that is bought, where that differs from what is rented; 0 if it does not."""
    hours: float = MONTH_HOURS
    """Hours of a month in which the fleet runs, and is paid for where it is rented on demand."""
    month: float = MONTH_HOURS
    """Hours that are counted as a month."""
    speed_in: float = 0.0
    """Input tokens that a replica takes in a second; 0 if input is not counted."""
    speed_out: float = 0.0
    """Output tokens that a replica writes in a second; 0 if output is not counted."""
    speed_units: float = 0.0
    """Units that a replica finishes in a second; 0 if not counted."""
    of_published: float = 1.0
    """Share of the speed that is reached: published figures are tuned, saturated and synthetic."""
    usable: float = 1.0
    """Share of a replica's time that can be sold before answers come too late."""
    kept: float = 0.0
    """Share of input that the own engine finds in its prefix cache."""
    capacity: float = 0.0
    """Units that one replica carries in a month, where that is known; 0 to compute it from the speed."""
    least: float = 1.0
    """Replicas that run at the least."""
    spare: float = 0.0
    """Replicas beyond those that the load needs."""

    price: float = 0.0
    """Purchase price of one machine."""
    life: float = 36.0
    """Months that it is used."""
    resale: float = 0.0
    """Share of the price that it then brings."""
    interest: float = 0.0
    """Cost of capital in a year."""
    maintenance: float = 0.0
    """Share of the price, each year."""
    idle_kw: float = 0.0
    max_kw: float = 0.0
    """Power of one machine without load and under full load."""
    pue: float = 1.0
    """Power of the building over power of the machines."""
    kwh: float = 0.0
    """Price of a kilowatt-hour."""
    hosting_kw: float = 0.0
    """Price of space and cooling for one contracted kilowatt in a month."""
    machine_month: float = 0.0
    """What one machine costs in a month besides: space, network, licences."""

    fte: float = 0.0
    """People, in full-time equivalents, whatever the volume."""
    fte_machine: float = 0.0
    """People for each machine."""
    salary: float = 0.0
    """What one costs in a year, with everything."""
    platform: float = 0.0
    """What the fleet costs in a month besides: storage, monitoring, licences."""
    own_unit: float = 0.0
    """What each unit costs on the fleet besides: traffic, licences by use, checking."""
    one_off: float = 0.0
    """Cost of getting there: migration, evaluation, review."""
    horizon: float = 36.0
    """Months over which the one-off cost is spread, and up to which totals are told."""

    # Each figure is drawn from a sequence of its place here, so what is new comes last.
    left_to_api: float = 0.0
    """Share of the units that goes to the API all the same, where both are used."""
    most: float = 0.0
    """Replicas at the most: what they do not carry goes to the API; 0 for as many as the volume needs."""
    setup: float = 0.0
    """Months of setting up, in which the fleet is paid and the API still does the work."""
    scored: float = 0.0
    """Share of input that is read by models that embed, rank or mark it, which an API bills at their price."""
    price_scored: float = 0.0
    """Price of such input."""
    audio: float = 0.0
    """Hours of audio of a unit that are written down."""
    price_audio: float = 0.0
    """Price of writing an hour of audio down."""
    gpus_fte: float = 0.0
    """Accelerators that one person looks after, so that people grow beyond the floor; 0 for no limit."""
    endpoint_rate: float = 0.0
    """Price of one accelerator for an hour where a provider runs the model on it for one customer."""
    endpoint_fte: float = 0.0
    """People that such an endpoint takes."""


NAMES: tuple[str, ...] = tuple(field.name for field in fields(Figures))


@dataclass(frozen=True, slots=True)
class Ranged:
    """Figures with the range of those that are not known exactly: name -> (low, high) around the base value."""

    base: Figures
    ranges: tuple[tuple[str, float, float], ...] = ()

    def at(self, name: str, high: bool) -> Figures:
        """The base with one figure at an end of its range."""
        low, top = next((a, b) for key, a, b in self.ranges if key == name)
        return replace(self.base, **{name: top if high else low})


def rented(figures: Figures) -> Figures:
    """The same without anything owned, and without an endpoint."""
    return replace(_unowned(figures), endpoint_rate=0.0, endpoint_fte=0.0)


def endpoint(figures: Figures) -> Figures:
    """The same on a dedicated endpoint: paid by the replica, and the machines are the provider’s to run."""
    less = dict.fromkeys(("rate", "reserved_rate", "reserved_share", "uplift", "machine_month"), 0.0)
    people = dict.fromkeys(("fte", "fte_machine", "gpus_fte"), 0.0)
    return replace(_unowned(figures), machine_gpus=figures.gpus, **less, **people)


def _unowned(figures: Figures) -> Figures:
    return replace(figures, price=0.0, maintenance=0.0, idle_kw=0.0, max_kw=0.0, hosting_kw=0.0)


def owned(figures: Figures) -> Figures:
    """The same without rent, in machines as they are bought."""
    machine = figures.bought_gpus or figures.machine_gpus
    less = ("bought_gpus", "rate", "reserved_rate", "reserved_share", "uplift", "endpoint_rate", "endpoint_fte")
    return replace(figures, machine_gpus=machine, **dict.fromkeys(less, 0.0))
