"""An id that a record had is not given to another (WA226). That it leads somewhere, the schema says (WA201)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros.kinds import BY_FOLDER
from macros.library import Library
from macros.problems import Problem


def check(library: Library, broken: set[str], _: Path) -> Iterator[Problem]:
    """No former id is the id of a record of its kind."""
    settings = library.settings
    if settings.data is None or settings.file in broken:
        return
    for folder, ids in settings.data.get("former_ids", {}).items():
        present = library.kind(folder)
        for former in ids:
            if former in present:
                singular = BY_FOLDER[folder].singular
                yield settings.problem(
                    "WA226",
                    ("former_ids", folder, former),
                    f"`{former}` is the id of {present[former].document.file}",
                    f"give that {singular} another id, since the former one leads elsewhere; or remove this line",
                    key=True,
                )
