"""Lines of equal height over a grid, as SVG paths. Plain arithmetic, so that every machine draws the same.

Coordinates are those of the view box. A height field is a function of x and y; it is sampled on a grid and its
lines are followed by marching squares, then drawn through the middles of their pieces, which rounds them off.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Field = Callable[[float, float], float]

_SIDES = {
    1: ((3, 2),),
    2: ((2, 1),),
    3: ((3, 1),),
    4: ((0, 1),),
    5: ((3, 0), (2, 1)),
    6: ((0, 2),),
    7: ((3, 0),),
    8: ((3, 0),),
    9: ((0, 2),),
    10: ((0, 1), (3, 2)),
    11: ((0, 1),),
    12: ((3, 1),),
    13: ((2, 1),),
    14: ((3, 2),),
}
"""Corners above the level (bits: 8 upper left, 4 upper right, 2 lower right, 1 lower left) -> sides that are
joined: 0 top, 1 right, 2 bottom, 3 left."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Where a field is sampled: `columns` × `rows` squares over a box from (0, 0)."""

    width: float
    height: float
    columns: int
    rows: int

    def at(self, column: int, row: int) -> Point:
        """The corner of a square."""
        return column * self.width / self.columns, row * self.height / self.rows


def path(field: Field, grid: Grid, level: float) -> str:
    """The `d` of all closed lines at the level; the field is taken as below it outside the box."""
    return "".join(_rounded(loop) for loop in loops(field, grid, level))


def loops(field: Field, grid: Grid, level: float) -> list[list[Point]]:
    """All closed lines at the level, each as its points in order; in the order of their first square."""
    below = level - 1.0

    def height(column: int, row: int) -> float:
        inside = 0 < column < grid.columns and 0 < row < grid.rows
        return field(*grid.at(column, row)) if inside else below

    heights = [[height(c, r) for c in range(grid.columns + 1)] for r in range(grid.rows + 1)]
    following: dict[tuple[int, int, int], list[tuple[int, int, int]]] = {}
    places: dict[tuple[int, int, int], Point] = {}
    for row in range(grid.rows):
        for column in range(grid.columns):
            for first, second in _pieces(heights, column, row, level):
                for side in (first, second):
                    places.setdefault(side, _crossing(heights, grid, side, level))
                following.setdefault(first, []).append(second)
                following.setdefault(second, []).append(first)
    return list(_joined(following, places))


Side = tuple[int, int, int]
"""A side of a square that a line crosses: column, row, and 0 for a level side or 1 for an upright one."""


def _pieces(
    heights: Sequence[Sequence[float]], column: int, row: int, level: float
) -> Iterator[tuple[Side, Side]]:
    corners = ((row, column, 8), (row, column + 1, 4), (row + 1, column + 1, 2), (row + 1, column, 1))
    case = sum(bit for r, c, bit in corners if heights[r][c] > level)
    sides = ((column, row, 0), (column + 1, row, 1), (column, row + 1, 0), (column, row, 1))
    for first, second in _SIDES.get(case, ()):
        yield sides[first], sides[second]


def _crossing(heights: Sequence[Sequence[float]], grid: Grid, side: Side, level: float) -> Point:
    """Where the line crosses the side, between its two corners."""
    column, row, upright = side
    start, end = heights[row][column], heights[row + upright][column + 1 - upright]
    share = min(0.95, max(0.05, (level - start) / (end - start)))
    x, y = grid.at(column, row)
    step_x, step_y = grid.width / grid.columns, grid.height / grid.rows
    return (x, y + share * step_y) if upright else (x + share * step_x, y)


def _joined(following: dict[Side, list[Side]], places: dict[Side, Point]) -> Iterator[list[Point]]:
    left = dict.fromkeys(following)
    while left:
        side: Side | None = next(iter(left))
        loop: list[Point] = []
        while side is not None:
            del left[side]
            loop.append(places[side])
            side = next((other for other in following[side] if other in left), None)
        yield loop


def _rounded(loop: Sequence[Point]) -> str:
    """A closed path that touches the middles of the pieces and bends at their ends, in whole units."""
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(loop, [*loop[1:], loop[0]], strict=True)]
    first, *rest = [*middles, middles[0]]
    bends = zip([*loop[1:], loop[0]], rest, strict=True)
    return f"M{_told(first)}" + "".join(f"Q{_told(bend)} {_told(to)}" for bend, to in bends) + "z"


def _told(point: Point) -> str:
    return f"{round(point[0])} {round(point[1])}"


def rough(seed: str, cell: float) -> Field:
    """Smooth noise of -1 to 1 with hills about `cell` wide; the same for the same seed."""

    def corner(column: int, row: int) -> float:
        return zlib.crc32(f"{seed},{column},{row}".encode()) / 0x7FFFFFFF - 1

    def noise(x: float, y: float) -> float:
        column, row = int(x // cell), int(y // cell)
        u, v = x / cell - column, y / cell - row
        u, v = u * u * (3 - 2 * u), v * v * (3 - 2 * v)
        upper = corner(column, row) * (1 - u) + corner(column + 1, row) * u
        lower = corner(column, row + 1) * (1 - u) + corner(column + 1, row + 1) * u
        return upper * (1 - v) + lower * v

    return noise
