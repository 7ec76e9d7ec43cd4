"""No source without a use (WA203)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros.library import Library
from macros.problems import Problem


def check(library: Library, _: set[str], __: Path) -> Iterator[Problem]:
    """Every file in atlas/sources is cited by a record."""
    if any(entry.document.data is None for kind in library.entries for entry in library.kind(kind).values()):
        return  # an unreadable file may cite it
    cited: set[str] = set()
    for entry in library.all():
        if entry.kind.folder == "sources":
            continue
        for path, raw in entry.document.raw.items():
            if len(path) >= 2 and path[-2] == "sources":
                cited.add(raw)
    for entry in library.readable("sources"):
        if entry.id not in cited:
            yield entry.document.problem(
                "WA203",
                (),
                f"nothing cites `{entry.id}`",
                "cite it where it supports a statement, or delete it",
            )
