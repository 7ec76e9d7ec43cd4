"""Which record somebody means who does not name one by its id. Every command guesses in this way.

A record is meant by its id, its title or another name, whatever the capitals and hyphens, or by whole words of its
id, if no other record has them. Anything else is a mistake, answered with what is near. Where a file may be named
as well, only ids count (`hint` alone): a mistyped file must not be answered with a record of the atlas.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from macros.reading import read

Names = Mapping[str, tuple[str, ...]]
"""Id of a record -> what it is called besides."""

LIST_WORKLOADS = "`atlas route --list` names the workloads"
MOST = 4
"""So many guesses are told."""


def of_records(records: Mapping[str, Any]) -> Names:
    """The names of records of the atlas, by id."""
    return {
        id_: (str(getattr(record, "title", "")), *(getattr(record, "synonyms", None) or ()))
        for id_, record in records.items()
    }


def of_files(files: Mapping[str, Path]) -> Names:
    """The names of workloads by id, from their files; they are read here, since only a mistake asks for them."""
    found: dict[str, tuple[str, ...]] = {}
    for id_, path in files.items():
        data = read(str(path), path.read_bytes())[0].data
        named = (data.get("title"), *(data.get("synonyms") or ())) if isinstance(data, dict) else ()
        found[id_] = tuple(str(name) for name in named)
    return found


def find(names: Names, said: str) -> str | None:
    """The one record that is meant; None if there is none, or more than one."""
    if said in names:
        return said
    found = _once([*_called(names, said), *_containing(names, said, whole=True)])
    return found[0] if len(found) == 1 else None


def hint(names: Names, said: str, otherwise: str | None = None) -> str:
    """What to write instead of `said`: a few ids that are near, or else `otherwise` (all ids if not given)."""
    near = _once([*_called(names, said), *_containing(names, said)])
    near = near or _alike(names, said) or _sharing(names, said)
    if near:
        return f"did you mean {' or '.join(f'`{id_}`' for id_ in near[:MOST])}?"
    return otherwise or f"there are {', '.join(sorted(names))}"


def _called(names: Names, said: str) -> list[str]:
    wanted = _wanted(said)
    return [id_ for id_, others in names.items() if wanted and wanted in {_plain(name) for name in (id_, *others)}]


def _containing(names: Names, said: str, *, whole: bool = False) -> list[str]:
    """Ids that have it somewhere: with `whole` as words of theirs, since an L40 is no L40S."""
    wanted, edge = _wanted(said), " " if whole else ""
    return [id_ for id_ in names if len(wanted) > 1 and edge + wanted + edge in edge + _plain(id_) + edge]


def _alike(names: Names, said: str) -> list[str]:
    """By letters: ids from a lower mark on than the many other names, of which some is always alike."""
    ids: dict[str, list[str]] = {}
    for id_, others in names.items():
        for name in (id_, *others):
            ids.setdefault(_plain(name), []).append(id_)
    near = difflib.get_close_matches(_wanted(said), ids, n=3, cutoff=0.75)
    near += difflib.get_close_matches(_wanted(said), [_plain(id_) for id_ in names], n=3, cutoff=0.6)
    return _once(id_ for name in near for id_ in ids[name])


def _sharing(names: Names, said: str) -> list[str]:
    """By a word that few records have in a name, or else by a word of an id."""
    words = [word for word in _wanted(said).split() if len(word) > 2]
    found: list[str] = []
    for word in words:
        having = [id_ for id_, others in names.items() if any(word in _plain(n).split() for n in (id_, *others))]
        found += having if len(having) <= MOST else []
    return _once(found) or [id_ for id_ in names if set(words) & set(_plain(id_).split())]


def _once(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ids))


def _wanted(said: str) -> str:
    """What is said, without a folder or maker before it and the end of a file’s name."""
    return _plain(said.casefold().removesuffix(".yml").removesuffix(".yaml").rsplit("/", 1)[-1])


def _plain(name: str) -> str:
    """A name without what people type one way or another: capitals, hyphens, spaces."""
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split())
