"""What the home page is given: the plate, verdicts by kind of team, and the figures that the atlas rests on."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

from macros.derive import Derived
from macros.law import picture, timeline
from macros.plate import plate
from macros.sizing import evaluate
from macros.tally import by_pattern, by_team


def values(derived: Derived) -> dict[str, Any]:
    """Everything is derived; a figure stands beside the page that shows how."""
    teams = by_team(derived, derived.workloads.values())
    return {
        "plate": plate(derived),
        "counts": dict(teams[0][1].counts),
        "teams": teams,
        "patterns": by_pattern(derived),
        "e": derived.evaluation,
        "held": derived.evaluation.only(held_out=True),
        "next_days": _next(derived),
        "told": picture.told,
        "sizing": evaluate.evaluate(),
    }


def _next(derived: Derived) -> tuple[timeline.Entry, ...]:
    """What adopted law sets for the next day to come; empty if there is none."""
    atlas = derived.atlas
    coming = timeline.coming(timeline.entries(atlas, atlas.settings.as_of))
    return tuple(takewhile(lambda entry: entry.date == coming[0].date, coming))
