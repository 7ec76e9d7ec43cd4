"""Words beside the marks of the timeline: within the picture, and not across the line of now.

They are placed at the least width of a form; at any other there is more room right of every day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

MARK = 5.0
"""Half the width of a mark."""
GAP = 4.0
ROW = 19.0
CHARACTER = 6.6
"""Width taken for a character at 13 px; a little more than the font needs."""


@dataclass(frozen=True, slots=True)
class Label:
    """Words beside a mark: where their first line begins, or ends, at the least width."""

    lines: tuple[str, ...]
    at: Literal["right", "left", "edge"]
    """Right or left of the mark, or below it at the right edge of the picture."""
    start: float
    end: float

    @property
    def first(self) -> int:
        """The first row it takes, counted from that of the mark."""
        return 1 if self.at == "edge" else 0


def place(lines: tuple[str, ...], x: float, width: float, now: float) -> Label:
    """The label of a day to come, within the picture and not across the line of now, which is left of it.

    Right of the mark, on one line or on two; else left of it, unless an arrow comes from there; else at the edge.
    """
    whole = (", ".join(lines),)
    right, left = x + MARK + GAP, x - MARK - GAP
    for text in (whole, lines):
        if right + width_of(text) <= width:
            return Label(text, "right", right, right + width_of(text))
    if len(lines) == 1 and left - width_of(lines) > now + GAP:
        return Label(lines, "left", left - width_of(lines), left)
    text = whole if width - width_of(whole) > now + GAP else lines
    return Label(text, "edge", width - width_of(text), width)


def width_of(lines: Iterable[str]) -> float:
    """Of the longest of them."""
    return max(len(line) for line in lines) * CHARACTER


def draw(label: Label, y: float) -> Markup:
    """The words of a label: beside its mark, or at the edge of the picture below a mark at `y`."""
    x, base = {"right": (MARK + GAP, 4.0), "left": (-MARK - GAP, 4.0), "edge": ("100%", y + 4)}[label.at]
    end = "" if label.at == "right" else Markup(' text-anchor="end"')
    more = len(label.lines) - 1
    return Markup("").join(
        Markup('<text x="{}" y="{:g}"{}>{}</text>').format(
            x if isinstance(x, str) else f"{x:g}",
            base + (label.first + n) * ROW,
            end,
            f"{line}," if n < more else line,
        )
        for n, line in enumerate(label.lines)
    )
