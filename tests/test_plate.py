"""The drawing of the plate says what the data says: every place on land, and as many rings as signals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from macros import plate as plates
from macros.contour import Grid, Point, loops, path
from macros.derive import Derived
from macros.tally import by_pattern, by_team, tally


def _inside(point: Point, loop: Sequence[Point]) -> bool:
    x, y = point
    crossed = 0
    for a, b in zip(loop, [*loop[1:], loop[0]], strict=True):
        if (a[1] > y) != (b[1] > y):
            crossed += x < a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
    return crossed % 2 == 1


def _points(drawn: str) -> list[list[Point]]:
    """The points that the loops of a drawn path pass through."""
    found = []
    for part in drawn.split("M")[1:]:
        start, *bends = part.rstrip("z").split("Q")
        ends = [start, *(bend.split(" ", 2)[2] for bend in bends)]
        found.append([(float(x), float(y)) for x, y in (end.split() for end in ends)])
    return found


def _around(point: Point, drawn: str) -> int:
    return sum(_inside(point, loop) for loop in _points(drawn))


def test_every_place_stands_on_land_with_its_rings(derived: Derived) -> None:
    plate = plates.plate(derived)
    assert [place.item.workload.id for i in plate.islands for place in i.places] == [
        item.workload.id for items in derived.by_pattern.values() for item in items
    ]
    for island in plate.islands:
        for place in island.places:
            mark = plates.at(place)
            assert _around(mark, island.shore) == 1, place.item.workload.id
            assert [_around(mark, ring) for ring in island.rings] == [
                int(level <= place.rings) for level in range(1, len(island.rings) + 1)
            ], place.item.workload.id


def test_rings_count_signals_at_their_strongest(derived: Derived) -> None:
    strongest = {s.id: s.levels[-1].id for s in derived.atlas.signals.values() if s.scope == "workload"}
    plate = plates.plate(derived)
    assert plate.signals == len(strongest)
    for island in plate.islands:
        for place in island.places:
            levels = place.item.workload.signals
            assert place.rings == sum(levels[s] == level for s, level in strongest.items())


def test_it_is_drawn_the_same_every_time(derived: Derived) -> None:
    assert plates.plate(derived) == plates.plate(derived)


@pytest.mark.parametrize("number", [0, 1, 2, 9, 30])
def test_any_number_of_places_finds_room(derived: Derived, number: int) -> None:
    """New workloads are placed without touching code: no two share a cell, all stand on land."""
    first = next(iter(derived.workloads.values()))
    many = [(replace(first, workload=replace(first.workload, id=f"w{n}")), n % 9) for n in range(number)]
    island = plates.island("pattern", 7, many)
    cells = [(place.column, place.row) for place in island.places]
    assert len(set(cells)) == number
    for one in island.places:
        assert one.row + 1 <= island.rows + 1
        assert not any(o.column == one.column and abs(o.row - one.row) == 1 for o in island.places)
        assert _around(plates.at(one), island.shore) == 1


def test_numerals() -> None:
    assert [plates.numeral(n) for n in (1, 4, 6, 9, 14, 29)] == ["I", "IV", "VI", "IX", "XIV", "XXIX"]


def test_lines_of_a_cone_are_closed_circles() -> None:
    grid = Grid(100, 100, 20, 20)
    cone = [((x - 50) ** 2 + (y - 50) ** 2) ** 0.5 for x, y in loops(_cone, grid, 0)[0]]
    assert len(loops(_cone, grid, 0)) == 1
    assert all(abs(radius - 30) < 1 for radius in cone)
    assert path(_cone, grid, 31).count("M") == 0


def _cone(x: float, y: float) -> float:
    return float(30 - ((x - 50) ** 2 + (y - 50) ** 2) ** 0.5)


def test_tallies_count_every_workload_for_every_team(derived: Derived) -> None:
    teams = by_team(derived, derived.workloads.values())
    assert teams[0][0].id == derived.atlas.settings.reference_team
    for team, row in teams:
        assert row.total == len(derived.workloads)
        parts = [row for _, rows in by_pattern(derived) for other, row in rows if other.id == team.id]
        for index, (verdict, count) in enumerate(row.counts):
            assert sum(part.counts[index][1] for part in parts) == count, (team.id, verdict)


def test_a_tally_draws_one_mark_a_workload() -> None:
    row = tally({"self-host": 3, "api": 2})
    assert row.counts == (("self-host", 3), ("hybrid", 0), ("api", 2))
    assert [(verdict, (filled or drawn).count("M")) for verdict, filled, drawn in row.shapes] == [
        ("self-host", 3),
        ("api", 2),
    ]
