"""Rows of verdict marks, one for each workload counted: the picture of how verdicts are spread. Pure.

The same shapes as everywhere: a filled square, a half-filled one, a ring. Numbers stand beside the picture, which
is therefore hidden from screen readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from macros.derive import Derived, DerivedWorkload
from macros.model import Pattern, Team
from macros.routing import VERDICTS

STEP, SIZE = 14, 10
"""Distance of two marks and width of one, in units of the drawing."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts by verdict, strongest first, and the drawing: for each verdict its filled and its drawn outline."""

    counts: tuple[tuple[str, int], ...]
    width: int
    shapes: tuple[tuple[str, str, str], ...]

    @property
    def total(self) -> int:
        """How many workloads were counted."""
        return sum(count for _, count in self.counts)


def tally(counts: Mapping[str, int]) -> Tally:
    """The row for these counts."""
    order = tuple((verdict, counts.get(verdict, 0)) for verdict in reversed(VERDICTS))
    shapes, x = [], 1
    for verdict, count in order:
        starts = [x + STEP * index for index in range(count)]
        x += STEP * count
        if starts:
            shapes.append((verdict, *_shape(verdict, starts)))
    return Tally(order, x, tuple(shapes))


def _shape(verdict: str, starts: list[int]) -> tuple[str, str]:
    square = "".join(f"M{x} 2h{SIZE}v{SIZE}h-{SIZE}z" for x in starts)
    if verdict == VERDICTS[-1]:
        return square, ""
    if verdict == VERDICTS[0]:
        return "", "".join(f"M{x} 7a5 5 0 1 0 10 0a5 5 0 1 0-10 0" for x in starts)
    return "".join(f"M{x} 2h{SIZE // 2}v{SIZE}h-{SIZE // 2}z" for x in starts), square


def by_team(derived: Derived, items: Iterable[DerivedWorkload]) -> tuple[tuple[Team, Tally], ...]:
    """The verdicts of some workloads for every kind of team, the reference team first."""
    teams = derived.atlas.teams
    counts = {id_: dict.fromkeys(VERDICTS, 0) for id_ in teams}
    for item in items:
        for team, verdict in item.by_team:
            counts[team.id][verdict.verdict] += 1
    reference = derived.atlas.settings.reference_team
    order = [reference, *(id_ for id_ in teams if id_ != reference)]
    return tuple((teams[id_], tally(counts[id_])) for id_ in order)


def by_pattern(derived: Derived) -> tuple[tuple[Pattern, tuple[tuple[Team, Tally], ...]], ...]:
    """The same for the workloads of each pattern."""
    return tuple(
        (pattern, by_team(derived, derived.by_pattern[id_])) for id_, pattern in derived.atlas.patterns.items()
    )
