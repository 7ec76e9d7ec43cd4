"""The outside sources behind a statement that follows from records of the atlas: those that the records name.

A statement names its own sources, or the records that say it (`follows_from`). This derives the second kind, so
that an answer shows what it rests on in the end, and nobody types a source twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from macros import citations
from macros.model import Atlas, Grounded
from macros.ways.places import Place, place

SHOWN = 6
"""Sources named of one record; its own page has the rest."""


@dataclass(frozen=True, slots=True)
class Rest:
    """A record that statements follow from, with the sources it names, and how many more its page has."""

    place: Place
    sources: tuple[str, ...]
    more: int = 0


def rests_on(atlas: Atlas, parts: Iterable[Grounded]) -> tuple[Rest, ...]:
    """Each record once, in reading order; tools and records without a source of their own are left out."""
    found: dict[tuple[str, str], Rest] = {}
    for part in parts:
        for folder, ids in part.follows_from.items():
            for id_ in ids:
                named = tuple(dict.fromkeys(citations.ids(atlas.raw.get((folder, id_), {}))))
                if named and (folder, id_) not in found:
                    rest = len(named) - SHOWN
                    found[folder, id_] = Rest(place(atlas, folder, id_), named[:SHOWN], max(rest, 0))
    return tuple(found.values())
