"""Runs every check over a library and collects all problems. The only place that knows the order."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from macros.checks import CHECKS
from macros.library import Library, read_library
from macros.problems import Problem
from macros.schema_check import SchemaCheck
from macros.vocabulary import SIGNAL_LISTS


def validate(library: Library, root: Path) -> list[Problem]:
    """All problems of `library`, sorted by place. An empty list means that a site can be built."""
    problems = list(library.problems)
    schema_check = SchemaCheck(library, root / "schema")
    if library.settings.data is not None:
        problems += schema_check.check_document(library.settings, "atlas")
    broken = {problem.file for problem in problems if problem.code not in NAMING}
    lists = [entry for entry in library.all() if entry.kind.folder in GENERATING]
    others = [entry for entry in library.all() if entry.kind.folder not in GENERATING]
    others += [entry for entry in library.strays if entry.document.data is not None]
    # The lists come first: where one is broken, nothing is measured against it.
    for entry in lists:
        found = list(schema_check.check(entry))
        problems += found
        if found:
            broken.add(entry.document.file)
    problems += _missing_lists(library, schema_check)
    schema_check.relax(_broken_lists(library, broken))
    for entry in others:
        found = list(schema_check.check(entry))
        problems += found
        if found:
            broken.add(entry.document.file)
    for number, (placed, held) in enumerate(library.with_strays()):
        files = {entry.document.file for entry in held}
        found = [problem for check in CHECKS for problem in check(placed, broken, root)]
        # After the first round a stray stands in for its namesake, and only what it says itself counts.
        problems += [problem for problem in found if number == 0 or problem.file in files]
    return sorted(set(problems))


NAMING = frozenset({"WA010", "WA011"})
"""Problems of a file’s name or place, which say nothing against what stands in it."""
GENERATING = ("vocabulary", "signals")
"""Kinds that the generated schema is made from."""


def _missing_lists(library: Library, schema_check: SchemaCheck) -> Iterator[Problem]:
    """Vocabulary files that the schemas need and that are not there."""
    for name in sorted(schema_check.referenced_vocabularies() - set(library.kind("vocabulary")) - SIGNAL_LISTS):
        file = f"atlas/vocabulary/{name}.yml"
        yield Problem(file, 1, 1, "WA010", "the file does not exist", "restore it; the schemas refer to it")


def _broken_lists(library: Library, broken: set[str]) -> set[str]:
    """Generated definitions that rest on a file with problems."""
    names = {entry.id for entry in library.kind("vocabulary").values() if entry.document.file in broken}
    if any(entry.document.file in broken for entry in library.kind("signals").values()):
        names |= SIGNAL_LISTS
    return names


def check_root(root: Path, only: Collection[str] | None = None) -> tuple[Library, list[Problem]]:
    """Read and validate the atlas below `root`; with `only`, just those kinds, against the ids of all."""
    library = read_library(root, only)
    return library, validate(library, root)
