"""Runs every check over a library and collects all problems. The only place that knows the order."""

from __future__ import annotations

from pathlib import Path

from macros.checks import CHECKS
from macros.library import Library, read_library
from macros.problems import Problem
from macros.schema_check import SchemaCheck


def validate(library: Library, root: Path) -> list[Problem]:
    """All problems of `library`, sorted by place. An empty list means that a site can be built."""
    problems = list(library.problems)
    schema_check = SchemaCheck(library, root / "schema")
    if library.settings.data is not None:
        problems += schema_check.check_document(library.settings, "atlas")
    broken = {problem.file for problem in problems}
    for entry in library.all():
        found = list(schema_check.check(entry))
        problems += found
        if found:
            broken.add(entry.document.file)
    for check in CHECKS:
        problems += check(library, broken, root)
    return sorted(set(problems))


def check_root(root: Path) -> tuple[Library, list[Problem]]:
    """Read and validate the atlas below `root`."""
    library = read_library(root)
    return library, validate(library, root)
