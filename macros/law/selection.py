"""Which notes of a workload a visitor asked for, and what must be said where few or none are left. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from macros.law.notes import Note
from macros.model import Atlas


def within(place: str, wanted: str) -> bool:
    """Whether law of `place` is asked for: `us` asks for that of its states and cities too."""
    return place == wanted or place.startswith(f"{wanted}-")


def chosen(atlas: Atlas, found: Iterable[Note], role: str | None, jurisdiction: str | None) -> list[Note]:
    """The notes that bind `role` and are law of `jurisdiction`; None asks for all."""
    return [
        item
        for item in found
        if (role is None or role in item.obligation.binds)
        and (jurisdiction is None or within(_place(atlas, item), jurisdiction))
    ]


def nowhere(atlas: Atlas, role: str | None, jurisdiction: str | None) -> list[str]:
    """What is wrong with values that are words of the atlas, but that nothing in it has; one sentence each."""
    wrong = []
    bound = {held for item in atlas.obligations.values() for held in item.binds}
    if role is not None and role not in bound:
        wrong.append(
            f"no obligation of the atlas is bound to `{role}`; those are: {_listed(atlas, 'roles', bound)}"
        )
    places = {item.jurisdiction for item in atlas.instruments.values()}
    if jurisdiction is not None and not any(within(place, jurisdiction) for place in places):
        held = _listed(atlas, "jurisdictions", places)
        wrong.append(f"the atlas holds no law of `{jurisdiction}`; it holds that of: {held}")
    return wrong


def remarks(
    atlas: Atlas, found: list[Note], told: list[Note], role: str | None, jurisdiction: str | None
) -> list[str]:
    """Why nothing is left although the workload has obligations, and laws of which only a part has entries."""
    said = []
    if found and not told:
        bound = {held for item in found for held in item.obligation.binds}
        places = {_place(atlas, item) for item in found}
        if role is not None and role not in bound:
            others = _listed(atlas, "roles", bound)
            said.append(f"No obligation of this workload is bound to {role}; those bound are: {others}.")
        if jurisdiction is not None and not any(within(place, jurisdiction) for place in places):
            others = _listed(atlas, "jurisdictions", places)
            said.append(f"No obligation of this workload is law of {jurisdiction}; they are law of: {others}.")
        if not said:
            said.append(f"No obligation of this workload is both bound to {role} and law of {jurisdiction}.")
    shown = {item.obligation.instrument for item in told}
    for id_, instrument in atlas.instruments.items():
        asked = jurisdiction is not None and instrument.jurisdiction == jurisdiction
        if instrument.entries_note and (asked or id_ in shown):
            said.append(f"{instrument.title}: {instrument.entries_note}")
    return said


def _place(atlas: Atlas, item: Note) -> str:
    return atlas.instruments[item.obligation.instrument].jurisdiction


def _listed(atlas: Atlas, vocabulary: str, held: set[str]) -> str:
    """In the order of the vocabulary."""
    return ", ".join(term for term in atlas.vocabulary[vocabulary].terms if term in held)
