"""What is hosted as figures of the calculator: the keys of the link on the page of a workload. Pure.

Further sets can be counted where a speed is known: a published one, of one model that takes all tokens, or one
that is estimated from the roofline. How the tokens of a unit divide over several models is not recorded, so each
is counted with all of them, which is more than it gets and never less. The slowest decides how many sets there
are. A model of which one set suffices up to the highest volume stays at that, as a fixed cost; others grow along.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from macros.cost.figures import MONTH_HOURS
from macros.cost.numbers import Triple
from macros.cost_hosted import Held, Hosted
from macros.model import Atlas, Volumes
from macros.sizing.roofline import Roofline
from macros.speed_estimate import in_service

DIGITS = 4
"""Significant digits in an address: what is computed is what the address says."""

SHARE_DIGITS = 2
"""A share that may be off by three times is not said more exactly."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """The roofline of the slowest set, the share of it that a service reaches, and which sets grow with it."""

    slowest: Held
    limit: Roofline
    share: Triple
    growing: tuple[Held, ...]
    """Every set of which more are needed with the volume, the slowest among them."""
    fixed: tuple[Held, ...]
    """Every set of which one, and its spare, does the highest volume."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Keys of the calculator for the sets that text needs, and for `everything`: speech and images too."""

    text: Mapping[str, str]
    everything: Mapping[str, str]
    published: bool
    """Whether the speed is published."""
    estimate: Estimate | None
    """None where the speed is published, and where a set has no roofline."""

    @property
    def stairs(self) -> bool:
        """Whether further sets are counted; else one of each is the least of a month."""
        return self.published or self.estimate is not None


def counted(atlas: Atlas, found: Hosted, volumes: Volumes) -> Counted:
    """How the calculator counts these sets at these volumes, in US dollars."""
    if len(found.sets) == 1 and found.sets[0].fast and not found.missing:
        only = found.sets[0]
        keys = {"gpu": only.accelerator.id, "model": only.model.id, "gpus": str(only.count)}
        return Counted(keys, {**keys, **_fixed(atlas, found.beside)}, True, None)
    estimate = _estimate(atlas, found.sets, volumes)
    if estimate is None:
        return Counted(_together(found.sets), _together((*found.sets, *found.beside)), False, None)
    keys = {**_together(estimate.growing), **_speed(estimate)}
    text = {**keys, **_fixed(atlas, estimate.fixed)}
    return Counted(text, {**keys, **_fixed(atlas, (*estimate.fixed, *found.beside))}, False, estimate)


def _estimate(atlas: Atlas, sets: tuple[Held, ...], volumes: Volumes) -> Estimate | None:
    """What is slowest, were every token of a unit its own; None where a set has no roofline."""
    share = in_service(atlas)
    if not sets or share is None or any(limit is None for held in sets for limit in held.limits):
        return None
    tokens = volumes.tokens_in_per_unit, volumes.tokens_out_per_unit
    known = ([limit for limit in held.limits if limit] for held in sets)
    limits = [max(every, key=lambda limit: limit.seconds(*tokens)) for every in known]
    busy = [limit.seconds(*tokens) for limit in limits]
    most = volumes.per_month.high * volumes.peak_factor / (MONTH_HOURS * 3600 * _price(atlas, "usable")[1])
    slowest = busy.index(max(busy))
    # At the worst share: a set that suffices then suffices in every draw.
    grows = [n == slowest or most * seconds / share[0] > 1 for n, seconds in enumerate(busy)]
    return Estimate(
        sets[slowest],
        limits[slowest],
        share,
        tuple(held for held, more in zip(sets, grows, strict=True) if more),
        tuple(held for held, more in zip(sets, grows, strict=True) if not more),
    )


def _speed(estimate: Estimate) -> dict[str, str]:
    """The roofline as the speed of a replica, and the share of it as what is reached."""
    speeds = {"speed_in": estimate.limit.speed_in, "speed_out": estimate.limit.speed_out}
    said = {key: f"{value:.{DIGITS}g}" for key, value in speeds.items() if value}
    return {**said, "of_published": _triple(estimate.share, SHARE_DIGITS)}


def _together(sets: Iterable[Held]) -> dict[str, str]:
    """All sets as one replica: their cards, at the mean rent of a card."""
    every = tuple(sets)
    cards = sum(held.count for held in every)
    if not cards:
        return {}
    low, base, high = _hour(every)
    return {"gpus": str(cards), "rate": _triple((low / cards, base / cards, high / cards))}


def _fixed(atlas: Atlas, sets: Iterable[Held]) -> dict[str, str]:
    """Rent of sets that do not grow, with a spare of each, for a month as the calculator counts it."""
    every = tuple(sets)
    if not every:
        return {}
    spare, uplift = _price(atlas, "spare"), _price(atlas, "uplift")
    low, base, high = (
        hour * MONTH_HOURS * (1 + more) * (1 + round(extra))
        for hour, more, extra in zip(_hour(every), uplift, spare, strict=True)
    )
    return {"platform": _triple((low, base, high))}


def _hour(sets: Iterable[Held]) -> Triple:
    every = tuple(sets)
    low, base, high = (math.fsum(held.hour[end] for held in every) for end in range(3))
    return low, base, high


def _price(atlas: Atlas, figure: str) -> Triple:
    """What the atlas assumes for a figure; nothing where it has no record of it."""
    found = next((price for price in atlas.prices.values() if price.figure == figure), None)
    return (found.low, found.base, found.high) if found else (0.0, 0.0, 0.0)


def _triple(value: Triple, digits: int = DIGITS) -> str:
    return "..".join(f"{end:.{digits}g}" for end in value)
