"""The schema that editors read is the one that the data gives (WA211)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros import vocabulary
from macros.library import Library
from macros.problems import Problem


def check(library: Library, broken: set[str], root: Path) -> Iterator[Problem]:
    """`schema/vocabulary.schema.json` equals what `atlas schema` would write."""
    if any(
        entry.document.file in broken
        for kind in ("vocabulary", "signals")
        for entry in library.kind(kind).values()
    ):
        return
    path = root / "schema" / vocabulary.FILE
    if not path.is_file() or path.read_text(encoding="utf-8") != vocabulary.as_text(
        vocabulary.vocabulary_schema(library)
    ):
        yield Problem(
            f"schema/{vocabulary.FILE}",
            1,
            1,
            "WA211",
            "does not match the vocabulary files",
            "run `atlas schema`",
        )
