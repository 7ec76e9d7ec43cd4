"""One document, one source file (WA205)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros.library import Library
from macros.problems import Problem


def check(library: Library, broken: set[str], _: Path) -> Iterator[Problem]:
    """No two sources share an address."""
    first: dict[str, str] = {}
    for entry in library.readable("sources"):
        if entry.document.file in broken:
            continue
        url = entry.document.data["url"].rstrip("/")
        if url in first:
            yield entry.document.problem(
                "WA205",
                ("url",),
                f"the address is that of source `{first[url]}`",
                f"cite `{first[url]}` and delete this file",
            )
        first.setdefault(url, entry.id)
