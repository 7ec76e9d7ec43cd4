"""Every change of a rule is a new version, so that a shared answer can say what has changed since (WA214)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros.freeze import records
from macros.library import Library
from macros.problems import Problem
from macros.routing import versions

COMMAND = "run `atlas rules`, then say what changed and why"


def check(library: Library, broken: set[str], _: Path) -> Iterator[Problem]:
    """Versions are v1, v2, … without a gap, and the newest records exactly the rules in force."""
    entries = [*library.readable("versions"), *library.readable("rules")]
    if any(entry.document.file in broken for entry in entries):
        return
    known = records(library, "versions")
    if not known:
        yield Problem("atlas/versions/v1.yml", 1, 1, "WA214", "the file does not exist", COMMAND)
        return
    for number, version in enumerate(sorted(known.values(), key=lambda item: item.version), 1):
        if version.version != number or version.id != f"v{number}":
            document = library.kind("versions")[version.id].document
            what = f"version {version.version} in {version.id}.yml where v{number} is due"
            yield document.problem("WA214", ("version",), what, "number versions without a gap")
            return
    newest = versions.current(known)
    if versions.recorded(newest) != versions.conditions(records(library, "rules").values()):
        document = library.kind("versions")[newest.id].document
        what = f"the rules are not those recorded in {newest.id}"
        yield document.problem("WA214", ("rules",), what, COMMAND, key=True)
