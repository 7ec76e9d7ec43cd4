"""Places of the atlas that a statement rests on or a page leads to: their addresses, and who leads to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from macros.kinds import BY_FOLDER
from macros.model import AskedQuestion, Atlas, Places, Practice, Technique
from macros.urls import address
from macros.words import upper_first

TOOLS: Mapping[str, str] = {
    "decide": "decide/",
    "size": "size/",
    "cost": "cost/",
    "compare": "compare/",
    "portfolio": "portfolio/",
    "models": "models/",
    "workloads": "workloads/",
    "class": "regulation/class/",
    "role": "regulation/role/",
    "law": "regulation/",
    "matrix": "regulation/matrix/",
    "law-changes": "regulation/changes/",
    "evidence": "regulation/evidence/",
    "stops": "assurances/#where-the-data-goes",
    "infrastructure": "infrastructure/",
    "sizing": "sizing/",
    "routing": "routing/",
    "coverage": "coverage/",
    "deployments": "deployments/",
}
"""Where the tools of the vocabulary `tools` are; a test holds both lists together."""

HEADINGS: Mapping[str, str] = {
    "tools": "Tools and tables",
    "asked": "Other questions",
    "assurances": "Places and promises",
    "hops": "Stops of the data",
    "techniques": "Techniques",
    "practices": "Techniques around the model",
    "upkeep": "Duties that stay yours",
    "rules": "Rules of the verdict",
    "signals": "Signals",
    "forms": "Forms of hosting",
    "instruments": "Law and standards",
}
"""What a list of places is called where the plural of the kind would not do."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place: `path` is its address below the site root, `note` says what is there, where that helps."""

    path: str
    title: str
    note: str = ""


def resolve(atlas: Atlas, places: Places) -> tuple[tuple[str, tuple[Place, ...]], ...]:
    """Places by heading, in the order in which they are written; a heading once, also for two kinds."""
    found: dict[str, list[Place]] = {}
    for folder, ids in places.items():
        found.setdefault(heading(folder), []).extend(place(atlas, folder, id_) for id_ in ids)
    return tuple((title, tuple(items)) for title, items in found.items())


def flat(atlas: Atlas, places: Places) -> tuple[Place, ...]:
    """The same in one list."""
    return tuple(item for _, items in resolve(atlas, places) for item in items)


def heading(folder: str) -> str:
    """What a list of places of one kind is called."""
    return HEADINGS.get(folder) or upper_first(BY_FOLDER[folder].plural)


def place(atlas: Atlas, folder: str, id_: str) -> Place:
    """One place by the folder of its kind, or by `tools`."""
    if folder == "tools":
        term = atlas.vocabulary["tools"].terms[id_]
        return Place(TOOLS[id_], term.label, term.help)
    return Place(address(folder, id_), atlas.of(folder)[id_].title)


def asked_about(atlas: Atlas, folder: str, id_: str) -> tuple[AskedQuestion, ...]:
    """The questions whose page leads to a record or rests on it."""
    return tuple(q for q in atlas.asked.values() if any(id_ in part.get(folder, ()) for part in _parts(q)))


def _parts(record: AskedQuestion) -> Iterator[Places]:
    yield record.see
    yield from (part.follows_from for part in (*record.answer, *record.depends_on))


def sources_of(record: AskedQuestion | Practice | Technique) -> tuple[str, ...]:
    """Every source that a page names, once, in reading order."""
    own: list[str] = []
    if isinstance(record, AskedQuestion):
        own = [s for part in (*record.answer, *record.depends_on) for s in part.sources]
    elif isinstance(record, Practice):
        parts = (*record.does, *record.does_not, *record.runs_on, *record.law)
        own = [s for part in parts for s in part.sources]
    else:
        own = [*(s for part in record.runs_on for s in part.sources), *record.sources]
    return _once(own)


def _once(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
