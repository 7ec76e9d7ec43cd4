"""What the printed brief of a workload is given: obligations by urgency, and where the laws are published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from macros.derive import Derived, DerivedWorkload
from macros.law.notes import Note
from macros.law.workload import checklist
from macros.model import Instrument


@dataclass(frozen=True, slots=True)
class Part:
    """Notes of one urgency, by instrument, in their order."""

    title: str
    groups: tuple[tuple[Instrument, tuple[Note, ...]], ...]

    @property
    def count(self) -> int:
        """How many notes."""
        return sum(len(notes) for _, notes in self.groups)


def values(derived: Derived, item: DerivedWorkload) -> dict[str, Any]:
    """Parts as in the checklist, then proposals, which are no duties; the official text of each law named."""
    parts = [(part.title, part.notes) for part in checklist(item.notes)]
    parts.append(("Proposed, not law", tuple(note for note in item.notes if note.state == "proposed")))
    texts: dict[str, str] = {}
    for note in item.notes:
        texts.setdefault(note.obligation.instrument, note.obligation.text_url.partition("#")[0])
    return {
        "parts": [Part(title, _grouped(derived, notes)) for title, notes in parts if notes],
        "texts": [(derived.atlas.instruments[id_].title, url) for id_, url in texts.items()],
    }


def _grouped(derived: Derived, notes: tuple[Note, ...]) -> tuple[tuple[Instrument, tuple[Note, ...]], ...]:
    instruments = dict.fromkeys(note.obligation.instrument for note in notes)
    return tuple(
        (derived.atlas.instruments[id_], tuple(note for note in notes if note.obligation.instrument == id_))
        for id_ in instruments
    )
