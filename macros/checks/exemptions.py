"""An Annex III point needs the Article 6(3) question beside it (WA210)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros.library import Library
from macros.problems import Problem


def check(library: Library, broken: set[str], _: Path) -> Iterator[Problem]:
    """A high-risk class is never stated without saying whether the exemption is open."""
    for entry in library.readable("workloads"):
        document = entry.document
        if document.file in broken:
            continue
        act = document.data["facts"]["ai_act"]
        if act["annex_iii"] and "exemption" not in act:
            yield document.problem(
                "WA210",
                ("facts", "ai_act", "annex_iii"),
                "an Annex III point is named, but not whether the Article 6(3) exemption is open",
                "add `exemption:` with `open` and `reason`",
            )
