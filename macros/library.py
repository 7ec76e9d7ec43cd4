"""All files of an atlas, read and put in their place: kind, id, group. No validation of content here."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from macros.kinds import BY_FOLDER, KINDS, Kind
from macros.problems import Problem, did_you_mean
from macros.reading import Document, read

_ID = re.compile(r"^[a-z0-9]+(?:[._-][a-z0-9]+)*$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file that has its place."""

    kind: Kind
    id: str
    group: str | None
    document: Document


@dataclass(slots=True)
class Library:
    """Every entry by kind and id, the settings file, and what was wrong while reading.

    `strays` are files that have no place: a wrong name or folder, or an id that is taken. They are read all the
    same, so that their other problems can be told together with that one; no id of theirs is known.
    """

    settings: Document
    entries: dict[str, dict[str, Entry]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    strays: list[Entry] = field(default_factory=list)

    def with_strays(self) -> Iterator[tuple[Library, list[Entry]]]:
        """Libraries in which strays stand where they were meant to, each with the strays that it holds.

        The first holds all whose id is free; where ids are taken, a stray stands in the place of its namesake.
        """
        left, first = list(self.strays), True
        while left or first:
            entries = {folder: dict(known) for folder, known in self.entries.items()}
            held: list[Entry] = []
            placed: set[tuple[str, str]] = set()
            for entry in left:
                key = (entry.kind.folder, entry.id)
                if key not in placed and not (first and entry.id in entries[entry.kind.folder]):
                    placed.add(key)
                    held.append(entry)
                    entries[entry.kind.folder][entry.id] = entry
            yield replace(self, entries=entries), held
            left, first = [entry for entry in left if entry not in held], False

    def kind(self, folder: str) -> dict[str, Entry]:
        """Entries of one kind by id, in order of id; unreadable files included, with `data` None."""
        return self.entries.get(folder, {})

    def files(self, folder: str, root: Path) -> dict[str, Path]:
        """The file of every entry of one kind by id, below the atlas’s `root`."""
        return {id_: root / entry.document.file for id_, entry in self.kind(folder).items()}

    def readable(self, folder: str) -> Iterator[Entry]:
        """Entries of one kind whose file could be read."""
        return (entry for entry in self.kind(folder).values() if entry.document.data is not None)

    def all(self) -> Iterator[Entry]:
        """Every readable entry."""
        for kind in KINDS:
            yield from self.readable(kind.folder)


def read_library(root: Path, only: Collection[str] | None = None) -> Library:
    """Read `root`/atlas. Returns everything that could be read together with all problems.

    With `only`, files of other kinds are listed but not read: their ids are known, their content is not.
    """
    atlas = root / "atlas"
    settings_file = atlas / "atlas.yml"
    problems: list[Problem] = []
    if not settings_file.is_file():
        problems.append(
            Problem("atlas/atlas.yml", 1, 1, "WA010", "the file does not exist", "create it with `as_of`")
        )
        return Library(Document("atlas/atlas.yml", None), problems=problems)
    settings, found = read("atlas/atlas.yml", settings_file.read_bytes())
    library = Library(settings, {kind.folder: {} for kind in KINDS}, problems + found)
    for path in sorted(p for p in atlas.rglob("*") if p.is_file() and p != settings_file):
        if any(part.startswith(".") for part in path.relative_to(atlas).parts) or path.name.endswith("~"):
            continue
        _add_file(library, root, path, only)
    return library


def _add_file(library: Library, root: Path, path: Path, only: Collection[str] | None) -> None:
    file = path.relative_to(root).as_posix()
    parts = path.relative_to(root / "atlas").parts
    kind = BY_FOLDER.get(parts[0])
    misplaced = _misplaced(parts)
    if misplaced:
        library.problems.append(Problem(file, 1, 1, "WA010", *misplaced))
        kind = kind or _meant(parts)
        if kind is None or path.suffix.lower() not in {".yml", ".yaml"}:
            return
    assert kind is not None
    if only is not None and kind.folder not in only:
        document = Document(file, None)
    else:
        document, problems = read(file, path.read_bytes())
        library.problems += problems
    known = library.entries[kind.folder]
    entry = Entry(kind, path.stem, parts[1] if kind.grouped and len(parts) == 3 else None, document)
    taken = path.stem in known
    if taken and not misplaced:
        other = known[path.stem].document.file
        library.problems.append(
            Problem(file, 1, 1, "WA011", f"id `{path.stem}` is taken by {other}", "rename one of the files")
        )
    if misplaced or taken:
        library.strays.append(entry)
    else:
        known[path.stem] = entry


def _meant(parts: tuple[str, ...]) -> Kind | None:
    """The kind whose folder was probably meant; None for a file beside the folders."""
    near = difflib.get_close_matches(parts[0], BY_FOLDER, n=1, cutoff=0.75) if len(parts) > 1 else []
    return BY_FOLDER[near[0]] if near else None


def _misplaced(parts: tuple[str, ...]) -> tuple[str, str] | None:
    """What is wrong with the place or name of a file, and what to do; None if nothing is."""
    folder = parts[0]
    if len(parts) == 1 or folder not in BY_FOLDER:
        return f"`{folder}` is no folder of the atlas", did_you_mean(
            folder, BY_FOLDER, f"use one of {', '.join(BY_FOLDER)}"
        )
    kind = BY_FOLDER[folder]
    place = f"atlas/{folder}/{'<group>/' if kind.grouped else ''}<id>.yml"
    if kind.grouped:
        place = place.replace("<group>", f"<{BY_FOLDER[kind.group_kind or folder].singular}>")
    if len(parts) != (3 if kind.grouped else 2):
        return "the file is in the wrong folder", f"a {kind.singular} is at {place}"
    name = parts[-1]
    if not name.endswith(".yml"):
        return f"`{name}` does not end in .yml", f"a {kind.singular} is at {place}"
    if not _ID.match(name.removesuffix(".yml")):
        return (
            f"`{name.removesuffix('.yml')}` cannot be an id",
            "use lower-case letters, digits, hyphens and dots, such as `recruitment-screening`",
        )
    return None
