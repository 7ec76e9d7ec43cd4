"""A figure in an answer has a source (WA227): its statement names one, or a record that it follows from has it.

Counts of the atlas are no matter of this: an answer names them under `counted`, and the page computes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from macros.checks import figure_words
from macros.checks.claims import EXEMPT, NUMBER
from macros.library import Entry, Library
from macros.problems import Problem


def check(library: Library, broken: set[str], _: Path) -> Iterator[Problem]:
    """Every figure, in digits or words, of a statement that names no source of its own."""
    for entry in library.readable("asked"):
        if entry.document.file not in broken:
            for key in ("answer", "depends_on"):
                for index, part in enumerate(entry.document.data[key]):
                    if not part.get("sources"):
                        yield from _statement(library, entry, (key, index, "text"), part)


def _statement(
    library: Library, entry: Entry, path: tuple[str | int, ...], part: dict[str, Any]
) -> Iterator[Problem]:
    text = EXEMPT.sub(" ", part["text"])
    figures = [match[0] for match in (*NUMBER.finditer(text), *figure_words.found(text))]
    if not figures:
        return
    said = EXEMPT.sub(" ", " ".join(_said(library, part.get("follows_from", {}))))
    for figure in figures:
        if not re.search(rf"(?<!\d){re.escape(figure_words.stem(figure))}(?!\d)", said, re.IGNORECASE):
            what = f"`{figure}` has no source and stands in no record that the statement follows from"
            instead = "add `sources:`, name the record that has it under `follows_from:`, or leave it out"
            yield entry.document.problem("WA227", path, what, instead)


def _said(library: Library, places: dict[str, list[str]]) -> Iterator[str]:
    """All texts of the records a statement follows from; tools have none of their own."""
    for folder, ids in places.items():
        if folder != "tools":
            entries = library.kind(folder)
            for id_ in ids:
                if id_ in entries:
                    yield from entries[id_].document.raw.values()
