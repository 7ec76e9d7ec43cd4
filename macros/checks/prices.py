"""Figures of the cost calculator hold together, and every model behind an API has a price (WA232)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros.api_prices import package, tiers
from macros.cost.keys import AMOUNTS
from macros.library import Entry, Library
from macros.problems import Problem


def check(library: Library, broken: set[str], _: Path) -> Iterator[Problem]:
    """Ranges in order, a currency where there is money, one value for one figure, and ids that the package
    knows.
    """
    seen: dict[tuple[object, ...], str] = {}
    for entry in library.readable("prices"):
        if entry.document.file not in broken:
            yield from _price(entry, seen)
    settings = library.settings.data
    day = settings.get("as_of") if isinstance(settings, dict) else None
    if not isinstance(day, str) or library.settings.file in broken:
        return
    for entry in library.readable("offers"):
        if entry.document.file not in broken:
            yield from _offer(entry, day)


def _price(entry: Entry, seen: dict[tuple[object, ...], str]) -> Iterator[Problem]:
    data, document = entry.document.data, entry.document
    if not data["low"] <= data["base"] <= data["high"]:
        what = f"{data['low']}, {data['base']} and {data['high']} are not in order"
        yield document.problem("WA232", ("base",), what, "write low, base and high in rising order")
    money = data["figure"] in AMOUNTS
    if money != ("currency" in data):
        what = (
            f"`{data['figure']}` is {'an amount of money without a currency' if money else 'no amount of money'}"
        )
        instead = "name the currency" if money else "leave out `currency`"
        yield document.problem("WA232", ("figure",), what, instead)
    key = (data["figure"], data.get("accelerator"), data.get("currency"))
    if key in seen:
        what = f"`{seen[key]}` fills the same figure"
        yield document.problem("WA232", ("figure",), what, "keep one of them, or name another accelerator")
    seen.setdefault(key, entry.id)


def _offer(entry: Entry, day: str) -> Iterator[Problem]:
    data = entry.document.data
    try:
        tiers(data["provider"], data["model"], day)
    except LookupError as error:
        what = f"{package()} has no price for `{data['model']}` of `{data['provider']}` on {day}: {error}"
        yield entry.document.problem("WA232", ("model",), what, "correct the id, or delete the file")
