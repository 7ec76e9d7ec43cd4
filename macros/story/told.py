"""Figures and days of claims in words. Pure."""

from __future__ import annotations

from calendar import month_name

from macros.story.records import Figure
from macros.words import spoken

UNITS = {
    "percent": "%",
    "percentage-points": "percentage points",
    "points": "points",
    "months": "months",
    "models": "models",
    "people": "people",
}
"""The unit as it follows a figure; the schema of claims has the same list."""


def number(value: float) -> str:
    """A number with thousands separators and no trailing zeros."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def told(figure: Figure) -> str:
    """`8.04 %`, with a space that does not break."""
    return f"{number(figure.value)}\u00a0{UNITS[figure.unit]}"


def interval(figure: Figure) -> str | None:
    """`1.1 to 5.3`, or nothing where the source prints none."""
    if figure.low is None or figure.high is None:
        return None
    return f"{number(figure.low)} to {number(figure.high)}"


def when(text: str) -> str:
    """`2025-02` as `February 2025`; a year stays as it is."""
    parts = text.split("-")
    if len(parts) == 3:
        return spoken(text)
    return f"{month_name[int(parts[1])]} {parts[0]}" if len(parts) == 2 else text
