"""A signal can be assumed, and an answer that pulls says why (WA213)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros.library import Library
from macros.problems import Problem, did_you_mean


def check(library: Library, broken: set[str], _: Path) -> Iterator[Problem]:
    """The assumed level is one of the signal's own; a pull other than `none` has its sentence."""
    for entry in library.readable("signals"):
        document = entry.document
        if document.file in broken:
            continue
        levels = [level["id"] for level in document.data["levels"]]
        assumed = document.data["assumed"]["level"]
        if assumed not in levels:
            yield document.problem(
                "WA213",
                ("assumed", "level"),
                f"`{assumed}` is no level of this signal",
                did_you_mean(assumed, levels, f"use one of {', '.join(levels)}"),
            )
        for index, level in enumerate(document.data["levels"]):
            if level.get("pull", "none") != "none" and "argument" not in level:
                yield document.problem(
                    "WA213", ("levels", index, "pull"), "the pull has no sentence", "add `argument:`"
                )
