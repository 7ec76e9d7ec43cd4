"""What the page `/private-or-api/` is given: five places by nine dimensions, the checklist and the questions.

The checklist is derived: its questions are the signals, each answer opens the decision tool with that answer, and
the rules say what it rules out by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from macros import decide
from macros.derive import Derived
from macros.model import Level, Signal
from macros.routing import VERDICTS
from macros.routing.answers import possible_with
from macros.ways.places import flat
from macros.ways.rests import rests_on

PLACES = ("own-hardware", "own-cloud-account", "managed-for-you", "dedicated-tenancy", "shared-endpoint")
"""The forms of hosting from the closest to the farthest; the schema of dimensions has the same list."""
LEANS = {"you": "you", "shared": "shared", "them": "they"}
"""Who holds it, in words; the schema has the same list."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question of the checklist."""

    level: Level
    fragment: str
    """Opens the decision tool with this answer."""
    rules_out: tuple[str, ...]
    """Verdicts that no combination with this answer has."""


def values(derived: Derived) -> dict[str, Any]:
    """Everything the template needs."""
    return {
        "forms": [derived.atlas.forms[id_] for id_ in PLACES],
        "places": partial(flat, derived.atlas),
        "rests": lambda part: rests_on(derived.atlas, [part]),
        "dimensions": list(derived.atlas.comparisons.values()),
        "leans": LEANS,
        "checklist": list(checklist(derived)),
        "questions": list(derived.atlas.faq.values()),
    }


def checklist(derived: Derived) -> Iterator[tuple[Signal, tuple[Choice, ...]]]:
    """Each signal with its levels, in the order in which the decision tool lists them."""
    for signal in derived.atlas.signals.values():
        yield signal, tuple(_choice(derived, signal, level) for level in signal.levels)


def _choice(derived: Derived, signal: Signal, level: Level) -> Choice:
    known = {signal.id: level.id}
    possible = possible_with(derived.router, known)
    return Choice(
        level,
        decide.fragment(derived, known),
        tuple(verdict for verdict in VERDICTS if verdict not in possible),
    )
