"""What a cell of the comparison can hold. Cells are equal if they say the same, and only Python decides that.

A cell is lines of spans, or items of a set. A span is text, or a list whose first letter says how it is drawn; the
browser knows these and no others. What two workloads say can read differently and mean the same, so a cell may say
what it means, and a row in which each has its own words or figures says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from macros.derive import DerivedWorkload
from macros.words import one_line

Span = str | tuple[str | int, ...]
Line = tuple[Span, ...]
Own = Literal["", "words", "figures", "amounts"]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one workload has in one row. Of `items`, the browser tells which are not in all cells of the row."""

    lines: tuple[Line, ...] = ()
    items: tuple[Span, ...] = ()
    means: object = None
    """What it says in substance, where that is less than its words: cells that mean the same do not differ."""
    amount: float | None = None
    """In a row of amounts, what is compared."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that workloads are compared by: a cell for each that has it; for the others, `absent` in words."""

    id: str
    label: Span
    cells: Mapping[str, Cell]
    under: tuple[Line, ...] = ()
    """Lines below the label."""
    absent: str = "–"
    own: Own = ""
    """Whether each has its own words or figures, so that it only counts who has none; `amounts` are compared."""


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading. `inside` is the section of which it is a part."""

    id: str
    title: str
    rows: tuple[Row, ...]
    note: str = ""
    inside: str = ""


def row(  # noqa: PLR0913 - what a row can say
    id_: str,
    label: Span,
    workloads: Mapping[str, DerivedWorkload],
    cell: Callable[[DerivedWorkload], Cell | None],
    *,
    absent: str = "–",
    own: Own = "",
) -> Row:
    """A row with the cell of every workload that has one."""
    found = ((name, cell(item)) for name, item in workloads.items())
    return Row(id_, label, {name: each for name, each in found if each is not None}, absent=absent, own=own)


def lines(*found: Line) -> Cell:
    """A cell of lines."""
    return Cell(lines=found)


def meaning(means: object, *found: Line) -> Cell:
    """A cell of lines that says this in substance."""
    return Cell(lines=found, means=means)


def amount(value: float, *found: Line) -> Cell:
    """A cell of lines that tell an amount, as money is told to two digits."""
    return Cell(lines=found, amount=float(f"{value:.2g}"))


def said(text: str) -> Cell:
    """A cell of one text."""
    return lines((one_line(text),))


def items(*found: Span) -> Cell:
    """A cell of a set, in its order."""
    return Cell(items=found)


def link(text: str, path: str) -> Span:
    """A link; `path` is below the site root."""
    return ("a", one_line(text), path)


def strong(text: str) -> Span:
    """Text that stands out."""
    return ("b", one_line(text))


def quiet(text: str) -> Span:
    """Text that stands back."""
    return ("q", one_line(text))


def rank(text: str) -> Span:
    """What the lines after it are, where a cell tells of several things."""
    return ("r", one_line(text))


def tag(text: str, path: str = "") -> Span:
    """A term of a closed list, with a link if it has a place."""
    return ("t", one_line(text), path) if path else ("t", one_line(text))


def badge(verdict: str) -> Span:
    """A verdict with its mark."""
    return ("v", verdict)


def scale(reached: int, of: int) -> Span:
    """How far up a scale, the weakest pull toward control first."""
    return ("s", reached, of)


def state(kind: str, text: str) -> Span:
    """The state of a provision on the day of the atlas; `kind` is a state of a note."""
    return ("st", kind, one_line(text))


def mark(kind: str, text: str) -> Span:
    """The mark of the matrix: `yes` is certain from the facts stated, `if` depends on an answer."""
    return ("m", kind, one_line(text))
