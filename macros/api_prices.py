"""List prices of models behind APIs, from the package genai-prices, at noon of the day of the atlas.

The moment is fixed, so that a build gives the same prices whenever it runs: some prices change by the hour of the
day, and dated ones switch on by themselves. The package never calls out unless told to, and it is not told to. A
price for long requests holds for the whole request, so the tier is chosen by the shape of one request.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from genai_prices import Usage, calc_price

PACKAGE = "genai-prices"
SCORING = (("openai", "text-embedding-3-small"), ("voyageai", "voyage-4"), ("openai", "text-embedding-3-large"))
"""Models that embed, from a cheap to a dear one; what ranks is billed by the search or at prices like these."""
HEARING = (("mistral", "voxtral-mini-transcribe-3-0"), ("openai", "gpt-transcribe"), ("openai", "whisper-1"))
"""Models that write speech down, from a cheap to a dear one."""
MONEY = ("price_in", "price_cached", "price_write", "price_out")
FIGURES = (*MONEY, "batch_off", "batch_cached")
"""Figures of the calculator that a list price fills, as `Tier` names them."""


@dataclass(frozen=True, slots=True)
class Tier:
    """Prices of a million tokens for requests with more than `above` input tokens, and the batch discount.

    Prices are those at noon UTC. Where they depend on the hour, they are `dear` times as high in `dear_hours`.
    """

    above: int
    price_in: float
    price_cached: float
    price_write: float
    price_out: float
    batch_off: float
    batch_cached: float
    """How much of the batch discount cached input gets: 1 all of it, 0 none."""
    batch_known: bool
    """Whether the package has prices for batch work; without them `batch_off` is 0."""
    dear: float = 1.0
    dear_hours: tuple[int, ...] = ()


@lru_cache(maxsize=1)
def package() -> str:
    """Name and version of the package, as the page states it."""
    return f"{PACKAGE} {version(PACKAGE)}"


@lru_cache(maxsize=256)
def tiers(provider: str, model: str, day: str) -> tuple[Tier, ...]:
    """The tiers of a model, shortest requests first. Raises LookupError if the package does not know it."""
    moment = _noon(day)
    listed = _prices(provider, model, moment, {})
    waiting = _prices(provider, model, moment, {"processing": "batch"})
    starts = sorted({0} | {tier.start for price in _fields(listed) for tier in getattr(price, "tiers", ())})
    hourly = [_prices(provider, model, moment.replace(hour=hour), {}) for hour in range(24)]
    return tuple(_tier(start, listed, waiting, hourly) for start in starts)


@lru_cache(maxsize=8)
def scoring(day: str) -> tuple[float, float, float]:
    """Price of a million tokens that are embedded, ranked or marked, in US dollars: low, base and high."""
    moment = _noon(day)
    listed = [_at(_prices(*model, moment, {}).input_mtok, 0) or 0.0 for model in SCORING]
    low, base, high = sorted(listed)
    return low, base, high


@lru_cache(maxsize=8)
def hearing(day: str) -> tuple[float, float, float]:
    """Price of an hour of audio that is written down, in US dollars: low, base and high."""
    moment = _noon(day)
    low, base, high = sorted(float(_prices(*model, moment, {}).audio_hours) for model in HEARING)
    return low, base, high


def spans(hours: tuple[int, ...]) -> str:
    """Hours of the day as spans: 1 to 4 and 6 to 10."""
    starts = [hour for hour in hours if hour - 1 not in hours]
    ends = [hour + 1 for hour in hours if hour + 1 not in hours]
    return " and ".join(f"{start} to {end}" for start, end in zip(starts, ends, strict=True))


def tier(found: tuple[Tier, ...], request_tokens: float) -> Tier:
    """The tier of a request with so many input tokens."""
    return next(item for item in reversed(found) if request_tokens > item.above or item.above == 0)


def _noon(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)


def _prices(provider: str, model: str, moment: datetime, context: Any) -> Any:
    usage = Usage(input_tokens=1000, output_tokens=1000)
    found = calc_price(
        usage, model, provider_id=provider, genai_request_timestamp=moment, price_context=context or None
    )
    return found.model_price


def _fields(price: Any) -> tuple[Any, ...]:
    return (price.input_mtok, price.cache_read_mtok, price.cache_write_mtok, price.output_mtok)


def _tier(start: int, listed: Any, waiting: Any, hourly: list[Any]) -> Tier:
    fresh, read, write, out = (_at(price, start) for price in _fields(listed))
    later, read_later = _at(waiting.input_mtok, start), _at(waiting.cache_read_mtok, start)
    assert fresh is not None and out is not None
    off = 0.0 if not later or not fresh else round(1.0 - later / fresh, 6)
    off_read = off if not read or not read_later else round(1.0 - read_later / read, 6)
    times = [(_at(price.input_mtok, start) or fresh) / fresh if fresh else 1.0 for price in hourly]
    dear = round(max(times), 6)
    return Tier(
        above=start,
        price_in=fresh,
        price_cached=fresh if read is None else read,
        price_write=fresh if write is None else write,
        price_out=out,
        batch_off=off,
        batch_cached=round(off_read / off, 6) if off else 1.0,
        batch_known=off > 0,
        dear=dear,
        dear_hours=tuple(hour for hour, found in enumerate(times) if dear > 1.0 and found > 1.0),
    )


def _at(price: Any, start: int) -> float | None:
    """The price of a field in the tier that starts there; None where there is none."""
    if price is None:
        return None
    if not hasattr(price, "tiers"):
        return float(price)
    value = price.base
    for step in price.tiers:
        if step.start <= start:
            value = step.price
    return float(value)
