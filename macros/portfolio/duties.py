"""The obligations that a portfolio meets, each once, with the workloads that meet it; law apart from the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from macros.law.notes import STATES
from macros.portfolio.base import Base, Item, notes_for, standing

KINDS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("law", ("in-force",), "Law that applies"),
    ("later", ("applies-from",), "Law adopted that applies later"),
    ("guidance", ("guidance",), "Guidance, not law"),
    ("voluntary", ("voluntary",), "Voluntary, or binding by contract"),
    ("proposed", ("proposed",), "Proposals, not law"),
)
"""Groups that are never mixed: id, states, title."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One obligation: workloads that meet it, and those of them that meet it on their facts alone."""

    obligation: str
    state: str
    applies_from: str | None
    by: tuple[str, ...]
    certain: tuple[str, ...]


def union(base: Base, items: Iterable[Item], team: str) -> list[Duty]:
    """Each obligation once: by state, days to come by day, then the one that most workloads meet."""
    met: dict[str, list[tuple[str, bool]]] = {}
    states: dict[str, str] = {}
    for item in items:
        for note in notes_for(base.derived, item, standing(item, team).verdict.verdict):
            met.setdefault(note.obligation.id, []).append((item.id, note.conditional))
            states[note.obligation.id] = note.state
    found = [
        Duty(
            id_,
            states[id_],
            base.derived.atlas.obligations[id_].applies_from,
            tuple(workload for workload, _ in by),
            tuple(workload for workload, conditional in by if not conditional),
        )
        for id_, by in met.items()
    ]
    return sorted(found, key=_order)


def _order(duty: Duty) -> tuple[int, str, int, str]:
    day = duty.applies_from or "" if duty.state == "applies-from" else ""
    return STATES.index(duty.state), day, -len(duty.by), duty.obligation
