"""The plate of the home page: each pattern an island, each workload a place on it. Pure, from the data alone.

Places stand in two columns, the right one half a step lower, so that names never meet however many there are; the
page lays them out as a grid, and the drawing behind is stretched to it. Both share the fractions computed here.
A place has as many rings as it has signals at their strongest pull inside: a count, which decides nothing.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from macros.contour import Field, Grid, path, rough
from macros.derive import Derived, DerivedWorkload

COLUMN, HALF, SHORE = 200, 60, 36
"""Units of the drawing: width of a column of places, height of half a step, and the shore left around them."""
MOST_SHIFT = 9
"""How far a place may stand right of the start of its column, in hundredths of the column."""
NUMERALS = (("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))
RING = 19
"""Units between two rings."""
SQUARE = 15
"""Units between samples of the heights; finer ones only make the page heavier."""


@dataclass(frozen=True, slots=True)
class Place:
    """A workload on its island. `row` and `column` are lines of the page’s grid, `shift` is in hundredths."""

    item: DerivedWorkload
    row: int
    column: int
    shift: int
    rings: int


@dataclass(frozen=True, slots=True)
class Island:
    """A pattern with its places and the paths of its shore and rings, in units of `width` × `height`."""

    pattern: str
    numeral: str
    rows: int
    width: int
    height: int
    places: tuple[Place, ...]
    shore: str
    rings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plate:
    """All islands, and how many signals a workload has."""

    islands: tuple[Island, ...]
    signals: int


def plate(derived: Derived) -> Plate:
    """The plate of an atlas."""
    signals = [signal for signal in derived.atlas.signals.values() if signal.scope == "workload"]

    def rings(item: DerivedWorkload) -> int:
        return sum(item.workload.signals[signal.id] == signal.levels[-1].id for signal in signals)

    islands = tuple(
        island(pattern, number, [(item, rings(item)) for item in derived.by_pattern[pattern]])
        for number, pattern in enumerate(derived.atlas.patterns, start=1)
    )
    return Plate(islands, len(signals))


def island(pattern: str, number: int, items: Sequence[tuple[DerivedWorkload, int]]) -> Island:
    """One pattern: its workloads in their order, left and right in turn."""
    places = tuple(
        Place(item, row=index + 2, column=index % 2 + 2, shift=_shift(item.workload.id), rings=rings)
        for index, (item, rings) in enumerate(items)
    )
    rows = len(items) + 1 if items else 1
    width, height = 2 * COLUMN + 2 * SHORE, rows * HALF + 2 * SHORE
    grid = Grid(width, height, round(width / SQUARE), max(4, round(height / SQUARE)))
    noise = rough(pattern, 58)
    land, ground = _land(places, noise), _ground(places, noise)
    most = max((place.rings for place in places), default=0)
    rings = (path(_within(land, ground, level), grid, level) for level in range(1, most + 1))
    return Island(pattern, numeral(number), rows, width, height, places, path(land, grid, 1.0), tuple(rings))


def numeral(number: int) -> str:
    """A Roman numeral."""
    told = ""
    for letters, value in NUMERALS:
        while number >= value:
            told, number = told + letters, number - value
    return told


def _shift(id_: str) -> int:
    return zlib.crc32(id_.encode()) % (MOST_SHIFT + 1)


def at(place: Place) -> tuple[float, float]:
    """Where the mark of a place stands: at its start, in the middle of two half steps."""
    x = SHORE + (place.column - 2) * COLUMN + place.shift * COLUMN / 100
    return x + 8, SHORE + (place.row - 1) * HALF


def _land(places: Sequence[Place], noise: Field) -> Field:
    """Ground under each mark and the name right of it; above 1 is land."""

    def field(x: float, y: float) -> float:
        total = 0.0
        for place in places:
            left, top = at(place)
            right = SHORE + (place.column - 1) * COLUMN - 20
            across, down = max(left - x, x - right, 0.0) / 40, (y - top) / 90
            total += 2.2 / (1 + across * across + down * down) ** 2
        return total + 0.7 * noise(x, y)

    return field


def _ground(places: Sequence[Place], noise: Field) -> Field:
    """Cones around the marks, `RING` units lower with every step down; a mark stands one above its rings."""

    def field(x: float, y: float) -> float:
        highest = 0.0
        for place in places:
            left, top = at(place)
            away = ((x - left) ** 2 / 1.5 + (y - top) ** 2) ** 0.5
            highest = max(highest, place.rings + 1 - away / RING)
        return highest + 0.25 * noise(x, y)

    return field


def _within(land: Field, ground: Field, level: int) -> Field:
    """The ground, falling below the level before the shore is reached."""
    return lambda x, y: min(ground(x, y), level + 3 * (land(x, y) - 1.12))
