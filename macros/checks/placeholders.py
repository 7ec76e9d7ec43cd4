"""Text that was meant to be replaced (WA207)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from macros.library import Library
from macros.problems import Problem

_PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBD|FIXME|XXX|FILL)\b|^(?:\.\.\.|…|\?+|[nN]/?[aA]|tba|xxx)\.?$|[Ll]orem ipsum"
)


def check(library: Library, _: set[str], __: Path) -> Iterator[Problem]:
    """No record is published with a placeholder in it."""
    for entry in library.all():
        for path, raw in entry.document.raw.items():
            found = _PLACEHOLDER.search(raw)
            if found:
                yield entry.document.problem(
                    "WA207",
                    path,
                    f"`{found.group(0)}` is a placeholder",
                    "write the text, or leave the key out",
                )
