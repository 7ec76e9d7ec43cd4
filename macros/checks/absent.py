"""What is said to have no workload has no name of one (WA233), so that nothing is called absent that is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros.checks.names import folded
from macros.library import Entry, Library
from macros.problems import Problem


def check(library: Library, broken: set[str], _: Path) -> Iterator[Problem]:
    """Titles and synonyms of `atlas/absent/` beside ids, titles and synonyms of workloads."""
    covered: dict[str, Entry] = {}
    for entry in library.readable("workloads"):
        if entry.document.file not in broken:
            data = entry.document.data
            covered |= {folded(name): entry for name in (entry.id, data["title"], *data.get("synonyms", ()))}
    for entry in library.readable("absent"):
        if entry.document.file not in broken:
            yield from _use(entry, covered)


def _use(entry: Entry, covered: dict[str, Entry]) -> Iterator[Problem]:
    data = entry.document.data
    names: list[tuple[tuple[str | int, ...], str]] = [(("title",), data["title"])]
    names += [(("synonyms", index), name) for index, name in enumerate(data["synonyms"])]
    for path, name in names:
        if workload := covered.get(folded(name)):
            what = f"`{name}` is a name of the workload `{workload.id}` ({workload.document.file})"
            instead = "remove it here; if that workload is this use, delete the file"
            yield entry.document.problem("WA233", path, what, instead)
