"""The picture of the infrastructure spectrum: a stair of stages with the marks of their workloads, as coordinates.

Two pictures are made, one for wide and one for narrow screens; the template draws them. Pure arithmetic in the
units of the SVG's view box, so the same atlas gives the same picture.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from macros.model import Stage

ASIDE = "edge"
"""Drawn with a broken outline: a place beside the way up, not a step of it."""
MARK = 14
"""Width of a mark."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A workload on its step, by its verdict."""

    x: float
    y: float
    verdict: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; `kind` is `title`, `engine` or `count`. `y` is its base line."""

    x: float
    y: float
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One stage as a box."""

    x: float
    y: float
    width: float
    height: float
    aside: bool
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and the size of its view box."""

    width: int
    height: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What one step shows: engines by name, and the verdicts of its workloads in the order of the atlas."""

    stage: Stage
    engines: tuple[str, ...]
    verdicts: tuple[str, ...]

    @property
    def count(self) -> str:
        """How many workloads, in words."""
        number = len(self.verdicts)
        return f"{number or 'no'} workload{'' if number == 1 else 's'}"


def contents(
    stages: Mapping[str, Stage], titles: Mapping[str, str], verdicts: Mapping[str, Sequence[str]]
) -> tuple[Content, ...]:
    """The steps in order. `titles` are names of engines by id, `verdicts` those of the workloads of each stage."""
    return tuple(
        Content(stage, tuple(titles[engine] for engine in stage.engines), tuple(verdicts.get(id_, ())))
        for id_, stage in stages.items()
    )


def wide(found: Sequence[Content]) -> Picture:
    """A stair from left to right; marks stand on the steps."""
    gap, rise, least = 8, 34, 118
    width = (960 - gap * (len(found) + 1)) // max(1, len(found))
    ground = least + rise * (len(found) - 1) + 64
    steps = []
    for index, content in enumerate(found):
        x, height = gap + index * (width + gap), least + rise * index
        top = ground - height
        lines = _lines(content, x + 12, top + 26, wrap=width // 8)
        marks = _marks(content, x + 4, top - MARK - 6, across=8, step=-(MARK + 6))
        steps.append(Step(x, top, width, height, content.stage.id == ASIDE, lines, marks))
    return Picture(960, ground + 8, tuple(steps))


def tall(found: Sequence[Content]) -> Picture:
    """A stair from top to bottom, each step a little further in; marks stand in the steps."""
    gap, indent, top = 8, 9, 2.0
    steps = []
    for index, content in enumerate(found):
        x = 2 + index * indent
        lines = _lines(content, x + 12, top + 26, wrap=(320 - index * indent) // 8)
        base = lines[-1].y + 12
        marks = _marks(content, x + 12, base, across=12, step=MARK + 8)
        height = (marks[-1].y + MARK if marks else lines[-1].y) + 12 - top
        steps.append(Step(x, top, 348 - x, height, content.stage.id == ASIDE, lines, marks))
        top += height + gap
    return Picture(350, round(top), tuple(steps))


def _lines(content: Content, x: float, y: float, wrap: int) -> tuple[Line, ...]:
    lines = [Line(x, y, "title", content.stage.title)]
    for text in textwrap.wrap(", ".join(content.engines), wrap):
        lines.append(Line(x, lines[-1].y + 18, "engine", text))
    return (*lines, Line(x, lines[-1].y + 20, "count", content.count))


def _marks(content: Content, x: float, y: float, across: int, step: float) -> tuple[Mark, ...]:
    """Marks in rows of `across`, the next row `step` further down (or up, if negative)."""
    return tuple(
        Mark(x + (index % across) * (MARK + 8), y + (index // across) * step, verdict)
        for index, verdict in enumerate(content.verdicts)
    )
