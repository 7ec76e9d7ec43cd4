"""The dates of all instruments, told relative to one day: what applies, what is to come, what is no law.

Only law sets a day to come. Proposals, guidance and judgments are events: before the day on which they happened
nobody knew of them, so they are left out then; the check WA222 keeps them from lying ahead in the data.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from macros.model import Atlas, Change, Event, Instrument, Obligation

LAW = "law"
STATES: dict[str, tuple[str, str]] = {
    "applies": ("law, day passed", "A day set by law, or by the text of a standard, that has come."),
    "to-come": ("law, not yet", "Adopted, and the day is still to come."),
    "proposed": ("proposal, not law", "A proposal or draft, or a step on the way of one. Nobody must follow it."),
    "guidance": ("guidance", "An authority or supervisor says how it reads the law, or what it expects. Not law."),
    "judgment": ("court", "A judgment or order, or a case brought to court."),
    "dropped": ("day dropped", "A day that law had set and that no longer counts."),
}
"""Every state of an entry: its label and one sentence."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One date of one instrument, and its state on the day asked about."""

    instrument: Instrument
    event: Event
    state: str

    @property
    def date(self) -> str:
        """YYYY-MM-DD."""
        return self.event.date


def state_of(event: Event, day: str) -> str | None:
    """One of `STATES` on `day` (YYYY-MM-DD), or None for what had not happened then."""
    if event.kind == LAW:
        return "to-come" if event.date > day else "applies"
    return None if event.date > day else event.kind


def of_instrument(instrument: Instrument, day: str) -> tuple[Entry, ...]:
    """The entries of one instrument by date."""
    found = ((event, state_of(event, day)) for event in instrument.timeline)
    entries = (Entry(instrument, event, state) for event, state in found if state is not None)
    return tuple(sorted(entries, key=lambda entry: (entry.date, entry.event.event)))


def entries(atlas: Atlas, day: str) -> tuple[Entry, ...]:
    """The entries of all instruments by date, those of one day in the order of the instruments."""
    every = (entry for instrument in atlas.instruments.values() for entry in of_instrument(instrument, day))
    return tuple(sorted(every, key=lambda entry: entry.date))


def coming(found: Iterable[Entry]) -> tuple[Entry, ...]:
    """Days of law that are still to come, the next first."""
    return tuple(entry for entry in found if entry.state == "to-come")


def happened(found: Iterable[Entry]) -> tuple[Entry, ...]:
    """Everything else but proposals, the latest first."""
    passed = [entry for entry in found if entry.state not in {"to-come", "proposed"}]
    return tuple(sorted(passed, key=lambda entry: entry.date, reverse=True))


def proposals(found: Iterable[Entry]) -> tuple[Entry, ...]:
    """Proposals and drafts, the latest first."""
    return tuple(sorted((e for e in found if e.state == "proposed"), key=lambda entry: entry.date, reverse=True))


def moved(found: Iterable[Entry]) -> tuple[Entry, ...]:
    """What was moved since it was first enacted."""
    return tuple(entry for entry in found if entry.event.moved_from)


def changes_until(atlas: Atlas, day: str) -> tuple[Change, ...]:
    """Changes of law published by `day`, the newest first."""
    known = [change for change in atlas.changes.values() if change.date <= day]
    return tuple(sorted(known, key=lambda change: (change.date, change.id), reverse=True))


def changes_of(atlas: Atlas, record: Instrument | Obligation, day: str) -> tuple[Change, ...]:
    """Those of them that touched one instrument or obligation."""
    kind = "instruments" if isinstance(record, Instrument) else "obligations"
    return tuple(change for change in changes_until(atlas, day) if record.id in getattr(change, kind))
