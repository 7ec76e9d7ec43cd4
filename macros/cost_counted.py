"""What is hosted as figures of the calculator: the keys of the link on the page of a workload. Pure.

Further sets can be counted where a speed is known: a published one, of one model that takes all tokens, or one
that is estimated from the roofline. Where a workload does not tell how the tokens of a unit divide over its
steps, each model is counted with all of them, which is more than it gets and never less. The slowest decides how
many sets there are. A model of which one set suffices up to the highest volume stays at that, as a fixed cost;
others grow along.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from macros.cost.figures import MONTH_HOURS
from macros.cost.keys import AMOUNTS
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
    """Keys of the calculator for the sets that are compared, of text and of speech whose amount is known, and for
    `everything`: all speech and images too.
    """

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
    heard = found.beside if found.heard else ()
    if len(found.sets) == 1 and found.sets[0].fast and not found.missing:
        keys = _growing(found.sets)
        return Counted({**keys, **_fixed(atlas, heard)}, {**keys, **_fixed(atlas, found.beside)}, True, None)
    estimate = _estimate(atlas, found.sets, volumes)
    if estimate is None:
        return Counted(_together(found.compared), _together((*found.sets, *found.beside)), False, None)
    keys = {**_growing(estimate.growing), **_speed(estimate)}
    text = {**keys, **_fixed(atlas, (*estimate.fixed, *heard))}
    return Counted(text, {**keys, **_fixed(atlas, (*estimate.fixed, *found.beside))}, False, estimate)


def told(found: Hosted, taken: Counted) -> str:
    """The sets that text needs, in words."""
    names = ", ".join(f"{held.model.title} on {held.count} × {held.accelerator.title}" for held in found.compared)
    return f"{names}, at an estimated speed" if taken.estimate else names


def _estimate(atlas: Atlas, sets: tuple[Held, ...], volumes: Volumes) -> Estimate | None:
    """What is slowest for a unit; None where a set has no roofline."""
    share = in_service(atlas)
    limits = [_of_unit(held, volumes) for held in sets]
    if not sets or share is None or None in limits:
        return None
    known = [limit for limit in limits if limit]
    tokens_in, tokens_out = volumes.tokens_in_per_unit, volumes.tokens_out_per_unit
    fresh = tokens_in * (1 - _price(atlas, "kept")[1])
    slowest = max(range(len(known)), key=lambda n: known[n].seconds(fresh, tokens_out))
    # With everything at its worst: a set that suffices then suffices in every draw.
    sold = MONTH_HOURS * 3600 * (_price(atlas, "usable")[0] or 1.0) / (1 + _price(atlas, "retry")[2])
    most = volumes.per_month.high * volumes.peak_factor / sold / share[0]
    grows = [n == slowest or most * limit.seconds(tokens_in, tokens_out) > 1 for n, limit in enumerate(known)]
    return Estimate(
        sets[slowest],
        known[slowest],
        share,
        tuple(held for held, more in zip(sets, grows, strict=True) if more),
        tuple(held for held, more in zip(sets, grows, strict=True) if not more),
    )


def _of_unit(held: Held, volumes: Volumes) -> Roofline | None:
    """The roofline of one set in tokens of a whole unit, of which it may have a part only; None where unknown.

    A step that has all tokens, as every other step too, is not counted twice on the same set.
    """
    whole = volumes.tokens_in_per_unit, volumes.tokens_out_per_unit
    rows = [(limit, tokens) for limit, tokens in zip(held.limits, held.tokens, strict=True) if limit]
    if not rows or len(rows) < len(held.limits):
        return None
    if all(tokens == whole for _, tokens in rows):
        return max((limit for limit, _ in rows), key=lambda limit: limit.seconds(*whole))
    took_in = math.fsum(tokens[0] / limit.speed_in for limit, tokens in rows)
    took_out = math.fsum(tokens[1] / limit.speed_out for limit, tokens in rows if limit.speed_out)
    return Roofline(
        whole[0] / took_in if took_in else math.inf,
        whole[1] / took_out if took_out else 0.0,
        0.0,
    )


def _speed(estimate: Estimate) -> dict[str, str]:
    """The roofline as the speed of a replica, and the share of it as what is reached."""
    speeds = {"speed_in": estimate.limit.speed_in, "speed_out": estimate.limit.speed_out}
    said = {key: f"{value:.{DIGITS}g}" for key, value in speeds.items() if value}
    return {**said, "of_published": _triple(estimate.share, SHARE_DIGITS)}


def _growing(sets: tuple[Held, ...]) -> dict[str, str]:
    """A replica of what grows: one model by its names, several as their cards."""
    if len(sets) > 1:
        return _together(sets)
    only = sets[0]
    return {"gpu": only.accelerator.id, "model": only.model.id, "gpus": str(only.count)}


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


def converted(keys: Mapping[str, str], per_usd: float) -> dict[str, str]:
    """The same with its amounts in another currency, of which a US dollar costs so much."""
    amounts = {name: [float(end) for end in keys[name].split("..")] for name in keys if name in AMOUNTS}
    return {**keys, **{name: _triple([end * per_usd for end in ends]) for name, ends in amounts.items()}}


def _triple(value: Sequence[float], digits: int = DIGITS) -> str:
    return "..".join(f"{end:.{digits}g}" for end in value)
