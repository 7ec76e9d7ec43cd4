"""Which workload somebody means who names none: by id, title or other name."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path

from macros.reading import read


def nearest(files: Mapping[str, Path], said: str) -> str:
    """What to write instead of `said`: at most three ids by id, title or other name, or else how to list all.

    `files` are the files of the workloads by id; they are read here, since only a mistake asks for their names.
    """
    ids: dict[str, list[str]] = {}
    for id_, path in files.items():
        data = read(str(path), path.read_bytes())[0].data
        names = (data.get("title"), *(data.get("synonyms") or ())) if isinstance(data, dict) else ()
        for name in (id_, *names):
            ids.setdefault(_plain(str(name)), []).append(id_)
    wanted = _plain(said)
    near = [wanted] if wanted in ids else difflib.get_close_matches(wanted, ids, n=3, cutoff=0.75)
    found = list(dict.fromkeys(id_ for name in near for id_ in ids[name]))[:3]
    if not found:
        return "`atlas route --list` names the workloads"
    return f"did you mean {' or '.join(f'`{id_}`' for id_ in found)}?"


def _plain(name: str) -> str:
    return name.casefold().replace("-", " ").removesuffix(".yml").strip()
