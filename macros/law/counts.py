"""How many notes are law, and how many guidance, frames or proposals: told apart wherever they are counted."""

from __future__ import annotations

from collections.abc import Iterable

from macros.law.notes import STATES

KINDS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("in-force", "applies-from"), "{} obligation", "{} obligations"),
    (("guidance",), "{} point of guidance", "{} points of guidance"),
    (("voluntary",), "{} voluntary or contractual frame", "{} voluntary or contractual frames"),
    (("proposed",), "{} proposal (not law)", "{} proposals (not law)"),
)
"""States that are counted together, and what they are called, one and many."""


def by_state(states: Iterable[str]) -> dict[str, int]:
    """How many there are of each state of a note, in the order of `STATES`; every state is named."""
    found = list(states)
    return {state: found.count(state) for state in STATES}


def headline(states: Iterable[str]) -> str:
    """`71 obligations, 2 points of guidance, 1 proposal (not law)`; what there is none of is left out."""
    counts = by_state(states)
    told = []
    for own, one, many in KINDS:
        number = sum(counts[state] for state in own)
        if number or own[0] == "in-force":
            told.append((one if number == 1 else many).format(number))
    return ", ".join(told)
