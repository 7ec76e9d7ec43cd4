"""Days as people write them: whether there is such a day, and in plain words what is wrong if not."""

from __future__ import annotations

import calendar
import re

_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$", re.ASCII)
_PARTS = re.compile(r"^(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})$|^(\d{1,2})[-./ ]+(\d{1,2})[-./ ]+(\d{4})$", re.ASCII)


def wrong(text: str, example: str) -> tuple[str, str] | None:
    """What is wrong with `text` as a day, and what to write instead; None for a day written as 2026-11-23.

    `example` is a day that would do in its place.
    """
    parts = _DAY.match(text)
    if not parts:
        return f"`{text[:60]}` is not written as a day", _turned(text, example)
    year, month, day = map(int, parts.groups())
    if year == 0:
        return f"there is no day {text}: years begin with 0001", f"write a day that there is, such as {example}"
    if not 1 <= month <= 12:
        return f"there is no day {text}: months are 01 to 12", f"write a day that there is, such as {example}"
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        name = f"{calendar.month_name[month]} {year:04}"
        nearest = f"{text[:8]}{last if day else 1:02}"
        return f"there is no day {text}: {name} has {last} days", f"write a day that there is, such as {nearest}"
    return None


def _turned(text: str, example: str) -> str:
    """Year, month and day are there in another form: say it in ours. If the order is not plain, show both."""
    parts = _PARTS.match(text.strip())
    usual = f"write year-month-day with hyphens, such as {example}"
    if not parts:
        return usual
    if parts[1]:
        guesses = [f"{parts[1]}-{int(parts[2]):02}-{int(parts[3]):02}"]
    else:
        day, month = int(parts[4]), int(parts[5])
        guesses = [f"{parts[6]}-{month:02}-{day:02}", f"{parts[6]}-{day:02}-{month:02}"]
    real = [guess for guess in dict.fromkeys(guesses) if wrong(guess, example) is None]
    return f"write year-month-day with hyphens: {' or '.join(real)}" if real else usual
