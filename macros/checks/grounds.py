"""Statements of questions and techniques and words of law rest on something (WA202), none on itself (WA209)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from macros.library import Entry, Library
from macros.problems import Problem

_STATEMENTS = ("answer", "depends_on", "does", "does_not", "runs_on", "law")
_KINDS = ("asked", "practices", "techniques")


def check(library: Library, broken: set[str], _: Path) -> Iterator[Problem]:
    """`sources`, `follows_from`, or both; places that are other records."""
    for kind in _KINDS:
        for entry in library.readable(kind):
            if entry.document.file not in broken:
                yield from _record(entry, entry.document.data)
    for entry in library.readable("glossary"):
        data = entry.document.data
        if entry.document.file not in broken and data["group"] == "law" and not data.get("sources"):
            what = "a word of law names no source"
            yield entry.document.problem("WA202", ("group",), what, "add `sources:` with the law that defines it")


def _record(entry: Entry, data: dict[str, Any]) -> Iterator[Problem]:
    for key in _STATEMENTS:
        for index, part in enumerate(data.get(key, ())):
            if not part.get("sources") and not part.get("follows_from"):
                what = f"the statement in `{key}` names nothing that it rests on"
                instead = "add `sources:`, or `follows_from:` with records of the atlas that say it"
                yield entry.document.problem("WA202", (key, index), what, instead)
            yield from _itself(entry, (key, index, "follows_from"), part.get("follows_from", {}))
    yield from _itself(entry, ("see",), data.get("see", {}))


def _itself(entry: Entry, path: tuple[str | int, ...], places: dict[str, Any]) -> Iterator[Problem]:
    ids = places.get(entry.kind.folder, ())
    for index, id_ in enumerate(ids):
        if id_ == entry.id:
            what = "the page leads to itself"
            yield entry.document.problem("WA209", (*path, entry.kind.folder, index), what, "name another")
