"""Routing rules can only be written in a way that keeps verdicts monotone (WA208)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros.library import Library
from macros.problems import Problem


def check(library: Library, broken: set[str], _: Path) -> Iterator[Problem]:
    """Floors ask for a level or stronger, ceilings for a level or weaker, and each asks for something."""
    for entry in library.readable("rules"):
        document = entry.document
        if document.file in broken:
            continue
        ceiling = document.data["effect"] == "ceiling"
        for key in ("at_most",) if not ceiling else ("at_least", "count"):
            if key in document.data:
                instead = "use `at_most`" if ceiling else "use `at_least` or `count`"
                what = f"a {document.data['effect']} cannot use `{key}`"
                yield document.problem("WA208", (key,), what, instead, key=True)
        if ceiling and document.data["verdict"] == "self-host":
            yield document.problem("WA208", ("verdict",), "a ceiling of `self-host` does nothing", "lower it")
        if ceiling and "at_most" not in document.data:
            yield document.problem("WA208", ("effect",), "a ceiling without `at_most`", "add `at_most:`")
