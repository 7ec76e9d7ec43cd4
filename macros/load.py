"""From the files to a valid, frozen Atlas, or to all the problems. The one entrance for everything else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import cattrs

from macros import model
from macros.library import Library
from macros.problems import InvalidAtlasError
from macros.validate import check_root

T = TypeVar("T")

_CONVERTER = cattrs.Converter(forbid_extra_keys=True)
# A mapping keyed by text stays a plain dict; cattrs cannot construct the abstract class.
_CONVERTER.register_structure_hook_func(
    lambda kind: getattr(kind, "__origin__", None) is Mapping,
    lambda value, kind: {key: _CONVERTER.structure(item, kind.__args__[1]) for key, item in value.items()},
)

_RECORDS: dict[str, type[Any]] = {
    "vocabulary": model.Vocabulary,
    "signals": model.Signal,
    "teams": model.Team,
    "forms": model.Form,
    "rules": model.Rule,
    "patterns": model.Pattern,
    "workloads": model.Workload,
    "models": model.Model,
    "accelerators": model.Accelerator,
    "engines": model.Engine,
    "instruments": model.Instrument,
    "obligations": model.Obligation,
    "sources": model.Source,
}


def load(root: Path) -> model.Atlas:
    """Read, validate and freeze the atlas below `root`.

    Raises InvalidAtlasError with every problem if there is any; there is no partial result.
    """
    library, problems = check_root(root)
    if problems:
        raise InvalidAtlasError(problems)
    return freeze(library)


def freeze(library: Library) -> model.Atlas:
    """Frozen objects for a library that validated without problems."""
    kinds = {folder: _records(library, folder, record) for folder, record in _RECORDS.items()}
    files = {(entry.kind.folder, entry.id): entry.document.file for entry in library.all()}
    raw = {(entry.kind.folder, entry.id): entry.document.data for entry in library.all()}
    settings = _CONVERTER.structure(library.settings.data, model.Settings)
    return model.Atlas(settings=settings, files=files, raw=raw, **kinds)


def _records(library: Library, folder: str, record: type[T]) -> dict[str, T]:
    found: dict[str, T] = {}
    for entry in library.readable(folder):
        data = {**entry.document.data, "id": entry.id}
        if entry.kind.grouped:
            data[_GROUP_FIELD[folder]] = entry.group
        if folder == "workloads":
            data["file"] = entry.document.file
        found[entry.id] = _CONVERTER.structure(data, record)
    return dict(sorted(found.items(), key=lambda pair: _sort_key(pair[0], pair[1])))


_GROUP_FIELD = {"workloads": "pattern", "obligations": "instrument"}


def _sort_key(id_: str, record: Any) -> tuple[int, str, str]:
    """By `order` where a kind has one, else by title, with the id to settle ties."""
    return getattr(record, "order", 0), str(getattr(record, "title", "")).casefold(), id_
