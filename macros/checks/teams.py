"""Teams answer every team signal and nothing else; the reference team exists (WA212)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros.library import Library
from macros.problems import Problem


def check(library: Library, broken: set[str], _: Path) -> Iterator[Problem]:
    """Without complete teams a verdict could not be computed."""
    signals = {entry.id: entry.document.data for entry in library.readable("signals")}
    if any(entry.document.file in broken for entry in library.readable("signals")):
        return
    wanted = {name for name, data in signals.items() if data["scope"] == "team"}
    for entry in library.readable("teams"):
        if entry.document.file in broken:
            continue
        given = set(entry.document.data["signals"])
        for name in sorted(wanted - given):
            yield entry.document.problem(
                "WA212", ("signals",), f"team signal `{name}` is missing", f"add `{name}:` with a level"
            )
        for name in sorted(given - wanted):
            yield entry.document.problem(
                "WA212", ("signals", name), f"`{name}` is not a team signal", "remove it", key=True
            )
