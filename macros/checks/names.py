"""Workloads are told apart by what they are called and what they say they do (WA233).

A synonym that people use for several workloads is declared under `shared_synonyms` in atlas/atlas.yml. Capitals,
hyphens and the number of spaces do not make a name another one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from macros.library import Entry, Library
from macros.problems import Problem

MANY = 4
"""From so many synonyms in common on, the list is a copy, which is told once instead of name by name."""

Shared = Mapping[str, frozenset[str]] | None
"""Folded name -> ids of the workloads that may have it as a synonym; None where that cannot be read."""


@dataclass(frozen=True, slots=True, eq=False)
class _Use:
    """A name or summary of a workload: its role (`id`, `title`, `synonym`, `summary`) and where it stands."""

    entry: Entry
    role: str
    text: str
    path: tuple[str | int, ...]

    @property
    def file(self) -> str:
        return self.entry.document.file

    @property
    def synonym(self) -> bool:
        return self.role == "synonym"

    def told(self) -> str:
        """Whose it is and where, for a message in another file."""
        place = f"{self.file}:{self.entry.document.at(*self.path)[0]}"
        return f"{'a' if self.synonym else 'the'} {self.role} of `{self.entry.id}` ({place})"


def folded(name: str) -> str:
    """A name without what does not tell names apart: capitals, hyphens and the number of spaces."""
    return " ".join(name.casefold().replace("-", " ").split())


def check(library: Library, broken: set[str], _: Path) -> Iterator[Problem]:
    """No name or summary of a workload is another’s, unless it is a synonym declared as shared."""
    same: dict[tuple[bool, str], list[_Use]] = {}
    for entry in library.readable("workloads"):
        for use in _uses(entry):
            same.setdefault((use.role == "summary", folded(use.text)), []).append(use)
    shared = _shared(library, broken)
    clashes = {
        use: [other for other in found if _clash(use, other, shared)] for found in same.values() for use in found
    }
    common: dict[tuple[str, str], list[_Use]] = {}
    for use, others in clashes.items():
        for other in others if use.synonym else ():
            common.setdefault((use.file, other.file), []).extend([use] if other.synonym else [])
    for use, others in clashes.items():
        single = [o for o in others if not (use.synonym and o.synonym and len(common[use.file, o.file]) >= MANY)]
        if single:
            yield _problem(use, single, shared)
        for other in others:
            if other not in single and common[use.file, other.file][0] is use:
                yield _copied(use, other, len(common[use.file, other.file]))
    if shared:
        yield from _needless(library, same)


def _uses(entry: Entry) -> Iterator[_Use]:
    """Also of a record that has other problems: whatever is text."""
    data = entry.document.data
    title, listed = data.get("title"), data.get("synonyms")
    if not isinstance(title, str) or folded(title) != folded(entry.id):
        yield _Use(entry, "id", entry.id, ())
    for key in ("title", "summary"):
        if isinstance(data.get(key), str):
            yield _Use(entry, key, data[key], (key,))
    for index, synonym in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(synonym, str):
            yield _Use(entry, "synonym", synonym, ("synonyms", index))


def _clash(use: _Use, other: _Use, shared: Shared) -> bool:
    if use.file == other.file or use.role == other.role == "id":
        return False  # that an id is taken is told already
    if not (use.synonym and other.synonym):
        return True
    return shared is not None and not {use.entry.id, other.entry.id} <= shared.get(folded(use.text), frozenset())


def _problem(use: _Use, others: list[_Use], shared: Shared) -> Problem:
    text = "the summary" if use.role == "summary" else f"`{use.text}`"
    what = f"{text} is {' and '.join(other.told() for other in others)}"
    if use.synonym and all(other.synonym for other in others):
        ids = {use.entry.id, *(other.entry.id for other in others)} | (shared or {}).get(folded(use.text), set())
        line = f'`"{use.text}": [{", ".join(sorted(ids))}]`'
        what += " too"
        instead = f"keep it in one; if people mean either, write {line} under `shared_synonyms` in atlas/atlas.yml"
    elif use.synonym:
        instead = "remove this synonym"
    elif use.role == "summary":
        instead = "say what this workload does"
    else:
        instead = f"give this workload another {use.role}, or take the name from the other"
    return use.entry.document.problem("WA233", use.path, what, instead)


def _copied(use: _Use, other: _Use, number: int) -> Problem:
    what = f"{number} synonyms are those of `{other.entry.id}` ({other.file}:{_list(other)}), such as `{use.text}`"
    return use.entry.document.problem("WA233", ("synonyms",), what, "write what people call this one", key=True)


def _list(use: _Use) -> int:
    return use.entry.document.at("synonyms", key=True)[0]


def _shared(library: Library, broken: set[str]) -> Shared:
    settings = library.settings
    if settings.data is None or settings.file in broken:
        return None
    return {folded(name): frozenset(ids) for name, ids in settings.data.get("shared_synonyms", {}).items()}


def _needless(library: Library, same: Mapping[tuple[bool, str], list[_Use]]) -> Iterator[Problem]:
    """What is declared and not so, or no longer."""
    readable = {entry.id for entry in library.readable("workloads")}
    for name, ids in library.settings.data["shared_synonyms"].items():
        using = {use.entry.id for use in same.get((False, folded(name)), ()) if use.synonym}
        for index, id_ in enumerate(ids):
            if id_ in readable - using:
                what, place = f"`{name}` is no synonym of `{id_}`", ("shared_synonyms", name, index)
                yield library.settings.problem("WA233", place, what, "add it there, or remove it here")
