"""Each kind of record with a day of review, and each kind of source, is in one class of `review` (WA230).

A record that names a class of its own names one that exists.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from macros.kinds import KINDS
from macros.library import Library
from macros.problems import Problem, did_you_mean


def check(library: Library, broken: set[str], root: Path) -> Iterator[Problem]:
    """No kind of fact is without an interval, none has two, and no record names a class that is not there."""
    settings = library.settings
    if settings.data is None or settings.file in broken:
        return
    classes: dict[str, dict[str, Any]] = settings.data["review"]
    reviewed = {kind.folder for kind in KINDS if _has_review(root / "schema" / f"{kind.schema}.schema.json")}
    yield from _once(library, classes, "records", reviewed)
    kinds = library.kind("vocabulary").get("source-kinds")
    if kinds and kinds.document.data and kinds.document.file not in broken:
        yield from _once(library, classes, "sources", set(kinds.document.data["terms"]))
    for name, class_ in classes.items():
        for n, folder in enumerate(class_["records"]):
            if folder not in reviewed:
                what = f"no kind of record with a day of review lies in `{folder}`"
                hint = did_you_mean(folder, reviewed, "remove it")
                yield settings.problem("WA230", ("review", name, "records", n), what, hint)

    yield from _own(library, broken, set(classes))


def _own(library: Library, broken: set[str], classes: set[str]) -> Iterator[Problem]:
    for entry in library.readable("claims"):
        named = None if entry.document.file in broken else entry.document.data.get("review_class")
        if named is not None and named not in classes:
            what = f"no class of review `{named}` in atlas/atlas.yml"
            hint = did_you_mean(named, classes, f"name one of {', '.join(sorted(classes))}, or leave it out")
            yield entry.document.problem("WA230", ("review_class",), what, hint)


def _has_review(schema: Path) -> bool:
    """Whether records of this schema have a day of review, whether or not any was read."""
    return "reviewed" in json.loads(schema.read_text(encoding="utf-8"))["properties"]


def _once(library: Library, classes: dict[str, dict[str, Any]], key: str, wanted: set[str]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for name, class_ in classes.items():
        for n, item in enumerate(class_[key]):
            if item in seen:
                what = f"`{item}` has two intervals of review: it is in `{seen[item]}` too"
                hint = "remove it from one of them"
                yield library.settings.problem("WA230", ("review", name, key, n), what, hint)
            seen.setdefault(item, name)
    for item in sorted(wanted - set(seen)):
        what = f"no interval of review for {'records in' if key == 'records' else 'sources of the kind'} `{item}`"
        hint = f"add it to `{key}` of the class it belongs to: {', '.join(classes)}"
        yield library.settings.problem("WA230", ("review",), what, hint, key=True)
