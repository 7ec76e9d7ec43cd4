"""Where the atlas is: the folder that holds `atlas/` and `schema/`."""

from __future__ import annotations

from pathlib import Path

import click


def find_root(start: Path) -> Path:
    """The nearest folder at or above `start` that holds `atlas/atlas.yml`.

    Raises click.UsageError (exit code 2) if there is none.
    """
    for folder in (start, *start.parents):
        if (folder / "atlas" / "atlas.yml").is_file():
            return folder
    raise click.UsageError(f"no atlas/atlas.yml in {start} or above it; name the folder with --root")
