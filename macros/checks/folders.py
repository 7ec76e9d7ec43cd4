"""The folder of a grouped record is the id of a record of another kind (WA201)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros.kinds import BY_FOLDER, KINDS
from macros.library import Library
from macros.problems import Problem, did_you_mean


def check(library: Library, _: set[str], __: Path) -> Iterator[Problem]:
    """A workload lies in the folder of a pattern, an obligation in that of an instrument."""
    for kind in (kind for kind in KINDS if kind.group_kind):
        group = BY_FOLDER[str(kind.group_kind)]
        known = library.kind(group.folder)
        for entry in library.kind(kind.folder).values():
            if entry.group is not None and entry.group not in known:
                otherwise = f"add atlas/{group.folder}/{entry.group}.yml or move the file"
                yield Problem(
                    entry.document.file,
                    1,
                    1,
                    "WA201",
                    f"the folder `{entry.group}` is no {group.singular}",
                    did_you_mean(entry.group, known, otherwise),
                )
