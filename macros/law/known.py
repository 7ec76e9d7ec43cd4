"""The law as it was known on a day: what was not made then is not law, what was moved since has its earlier day.

States count the days that law sets; this module goes before them and takes away what nobody could know. Days of
adoption come from the records, from the instrument, or from the changes of law. The wording of a record is that of
its last check and does not go back; notes about dates that speak of a later change are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from macros.law import AI_ACT
from macros.model import Atlas, Change, Event, Instrument, Obligation, ProductRoute, Question
from macros.words import spoken

NOT_YET = "not-yet"
"""State of an obligation that was not made on the day."""
ACTS = frozenset({"adopted", "postponed", "replaced"})
"""Kinds of change that are an act: nobody knew of it before its day."""
LAW = "law"

Moves = Mapping[tuple[str, str, str], str]
"""Instrument, day and earlier day -> the day on which the first was put for the second."""


def on(atlas: Atlas, day: str) -> Atlas:
    """The atlas with the law that was known on `day` (YYYY-MM-DD); the same atlas where that is all of it."""
    moves = _moves(atlas)
    first = max(day, made_of(atlas, atlas.instruments[AI_ACT]) or day)
    return replace(
        atlas,
        instruments={
            id_: replace(_settled(atlas, item, day), timeline=tuple(_timeline(atlas, item, day, moves)))
            for id_, item in atlas.instruments.items()
        },
        obligations={id_: _obligation(atlas, item, day, moves) for id_, item in atlas.obligations.items()},
        # The classes of the AI Act are told before its day too, as those of a text that is not law yet.
        questions={
            id_: _question(atlas, item, day, moves)
            for id_, item in atlas.questions.items()
            if not item.adopted or item.adopted <= first
        },
    )


def is_law(atlas: Atlas, instrument: str) -> bool:
    """Whether an instrument of an atlas made by `on` has set any day."""
    return any(event.kind == LAW for event in atlas.instruments[instrument].timeline)


def made_of(atlas: Atlas, instrument: Instrument) -> str | None:
    """The day on which an instrument was made: as stated, or the first that its changes or its timeline tell."""
    if instrument.adopted:
        return instrument.adopted
    days = [change.date for change in _of(atlas, "instruments", instrument.id) if change.kind == "adopted"]
    days += [event.date for event in instrument.timeline if event.kind == LAW]
    return min(days, default=None)


def made(atlas: Atlas, obligation: Obligation) -> str | None:
    """The day on which an obligation was made; None for law whose first day is not stated, which is older.

    Guidance and proposals are made with the first change that tells of them, law with its instrument.
    """
    if obligation.adopted:
        return obligation.adopted
    if obligation.state in {"guidance", "proposed"}:
        return min((change.date for change in _of(atlas, "obligations", obligation.id)), default=None)
    return made_of(atlas, atlas.instruments[obligation.instrument]) if obligation.applies_from else None


def _moves(atlas: Atlas) -> Moves:
    """What the changes tell of days that were moved."""
    found: dict[tuple[str, str, str], str] = {}
    for change in atlas.changes.values():
        for obligation in (atlas.obligations[id_] for id_ in change.obligations if change.kind == "postponed"):
            for instrument in change.instruments:
                key = (instrument, obligation.applies_from or "", obligation.moved_from or "")
                found[key] = min(change.date, found.get(key, change.date))
    return found


def _of(atlas: Atlas, kind: str, id_: str) -> Iterator[Change]:
    return (change for change in atlas.changes.values() if id_ in getattr(change, kind))


def _timeline(atlas: Atlas, instrument: Instrument, day: str, moves: Moves) -> Iterator[Event]:
    """Days that law had set by `day`; other events are told once they happened, see `macros.law.timeline`."""
    acts = {change.date for change in _of(atlas, "instruments", instrument.id) if change.kind in ACTS}
    start = made_of(atlas, instrument)
    for event in instrument.timeline:
        since = event.adopted or (event.date if event.date in acts else start)
        moved = event.moved_on or moves.get((instrument.id, event.date, event.moved_from or ""))
        if event.kind != LAW:
            yield event
        elif since and since > day:
            continue
        elif event.moved_from and moved and moved > day:
            yield replace(event, date=event.moved_from, moved_from=None)
        else:
            yield event


def _settled(atlas: Atlas, item: Instrument, day: str) -> Instrument:
    """Questions that an instrument leaves open are those after its last act."""
    later = any(change.date > day and change.kind in ACTS for change in _of(atlas, "instruments", item.id))
    return replace(item, open_questions=()) if later else item


def _obligation(atlas: Atlas, item: Obligation, day: str, moves: Moves) -> Obligation:
    since = made(atlas, item)
    if since and since > day:
        return replace(item, state=NOT_YET, applies_from=None, moved_from=None, date_note=None)
    if any(change.date > day for change in _of(atlas, "obligations", item.id)):
        item = replace(item, date_note=None)
    if item.product_route:
        item = replace(item, product_route=_route(item.instrument, item.product_route, day, moves))
    moved = item.moved_on or moves.get((item.instrument, item.applies_from or "", item.moved_from or ""))
    earlier = item.earlier_from or item.moved_from
    if not (earlier and moved and moved > day and item.applies_from):
        return item
    note = item.condition_note and item.condition_note.replace(spoken(item.applies_from), spoken(earlier))
    return replace(item, applies_from=earlier, moved_from=None, condition_note=note)


def _route(instrument: str, route: ProductRoute, day: str, moves: Moves) -> ProductRoute:
    """The route with the day that the class of such products had then, even if it does not tell the move."""
    for (where, later, earlier), moved in moves.items():
        if where == instrument and later == route.applies_from and earlier and moved > day:
            return replace(route, applies_from=earlier, moved_from=None)
    return route


def _question(atlas: Atlas, item: Question, day: str, moves: Moves) -> Question:
    if any(change.date > day and change.kind in ACTS for change in _of(atlas, "instruments", AI_ACT)):
        item = replace(item, date_note=None)
    moved = moves.get((AI_ACT, item.applies_from or "", item.moved_from or ""))
    if item.moved_from and moved and moved > day:
        return replace(item, applies_from=item.moved_from, moved_from=None)
    return item
