"""Small changes to text that many modules need. Pure."""

from __future__ import annotations

from calendar import month_name


def lower_first(text: str) -> str:
    """The text with a small first letter, to stand inside a sentence; `US states` and `AI` keep theirs."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """The text with a capital first letter, to begin a sentence."""
    return text[:1].upper() + text[1:]


def one_line(text: str) -> str:
    """The text with every run of white space as one space, for files in which a line is a unit."""
    return " ".join(text.split())


def spoken(day: str) -> str:
    """`2026-12-02` as `2 December 2026`."""
    year, month, number = day.split("-")
    return f"{int(number)} {month_name[int(month)]} {year}"
