"""A record does not point to itself (WA209)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros.library import Library
from macros.problems import Problem


def check(library: Library, broken: set[str], _: Path) -> Iterator[Problem]:
    """No workload is related to itself, no model superseded by itself."""
    for entry in library.readable("workloads"):
        if entry.document.file in broken:
            continue
        for index, relation in enumerate(entry.document.data["related"]):
            if relation["workload"] == entry.id:
                yield entry.document.problem(
                    "WA209",
                    ("related", index, "workload"),
                    "the workload is related to itself",
                    "name another",
                )
    for entry in library.readable("models"):
        if entry.document.data.get("superseded_by") == entry.id:
            yield entry.document.problem(
                "WA209", ("superseded_by",), "the model is superseded by itself", "name another"
            )
