"""Training compute of a modification against one third of the original's, with the margin of the guidelines.

Formulas and figures: model guidelines C(2025) 5045 final of 18 July 2025, points 63, 64, 123 and 132. The browser
multiplies and compares the numbers a visitor types in the same order, so that results are equal to the last bit.
"""

from __future__ import annotations

from dataclasses import dataclass

FACTOR = 6.0
"""C = 6 × P × D: operations for a parameter and a training token (132)."""
SHARE = 3.0
"""The line is the original's compute divided by this (63)."""
FALLBACK = {"systemic": 1e25, "other": 1e23}
"""FLOP that take the place of the original's compute if it can be neither known nor estimated (64)."""
MARGIN = 0.3
"""An estimate may be off by this share of itself (123)."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """`modification` and `line` in FLOP; `ratio` of the modification to the original, or to its replacement."""

    modification: float
    original: float
    line: float
    ratio: float
    side: str
    """`below` (at or below the line), `close` (margins overlap) or `above`, as levels of the question `share`."""


def flop(parameters: float, tokens: float) -> float:
    """Training compute in FLOP of a dense transformer from parameters and training tokens."""
    return FACTOR * parameters * tokens


def compare(modification: float, original: float, *, fixed: bool) -> Comparison:
    """`fixed`: `original` is a figure of the guidelines, without margin; otherwise it is an estimate as well.

    Greater than one third is above, so a modification that meets the line exactly is not; with margins such a
    result is always too close to call.
    """
    line = original / SHARE
    low, high = (1 - MARGIN), (1 + MARGIN)
    line_low, line_high = (line, line) if fixed else (line * low, line * high)
    side = "close"
    if modification * low > line_high:
        side = "above"
    elif modification * high <= line_low:
        side = "below"
    return Comparison(modification, original, line, modification / original, side)
