"""No record says private, secure or compliant without from whom or under what (WA231).

Sources are left out, since they name documents of others; so are synonyms, which are what visitors type.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros import loaded_words
from macros.library import Library
from macros.problems import Problem

_LEFT_OUT = frozenset(
    {"sources", "synonyms", "organisation", "vendor", "repository", "url", "text_url", "full_title"}
)
"""Keys whose texts are names, addresses or words of others."""


def check(library: Library, _: set[str], __: Path) -> Iterator[Problem]:
    """Every text of every record that is the atlas’s own."""
    for entry in library.all():
        if entry.kind.folder == "sources":
            continue
        for path, raw in entry.document.raw.items():
            if _LEFT_OUT.intersection(map(str, path)) or " " not in raw.strip():
                continue
            for word in loaded_words.loaded(raw):
                what = f"`{word}` leaves open from whom or under what"
                yield entry.document.problem("WA231", path, what, loaded_words.instead(word))
