"""There is always a verdict and a form: the base floor, the last form of each side, the heuristic (WA217)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros.library import Library
from macros.problems import Problem
from macros.routing.judge import HEURISTIC
from macros.routing.router import VERDICTS

_CONDITIONS = ("at_least", "at_most", "count", "or_at_least")


def check(library: Library, broken: set[str], _: Path) -> Iterator[Problem]:
    """One unconditional floor of the lowest verdict, an unconditional last form a side, and two-of-three."""
    entries = [*library.readable("rules"), *library.readable("forms")]
    if not entries or any(entry.document.file in broken for entry in entries):
        return
    rules = {entry.id: entry.document for entry in library.readable("rules")}
    free = [id_ for id_, document in rules.items() if not set(_CONDITIONS) & set(document.data)]
    base = [
        id_ for id_ in free if (rules[id_].data["effect"], rules[id_].data["verdict"]) == ("floor", VERDICTS[0])
    ]
    if len(free) != 1 or free != base:
        what = (
            f"{len(base)} floors of `{VERDICTS[0]}` and {len(free)} rules without a condition; one of each is due"
        )
        yield Problem(
            "atlas/rules", 1, 1, "WA217", what, "keep `nothing-pulls` as the only rule without condition"
        )
    if HEURISTIC not in rules or "count" not in rules[HEURISTIC].data:
        what = f"the rule `{HEURISTIC}` with its `count` is missing"
        yield Problem(
            f"atlas/rules/{HEURISTIC}.yml", 1, 1, "WA217", what, "restore it; evaluations compare with it"
        )
    for side in ("inside", "outside"):
        forms = [entry.document for entry in library.readable("forms") if entry.document.data["side"] == side]
        last = max(forms, key=lambda document: int(document.data["order"]), default=None)
        if last is None or set(_CONDITIONS) & set(last.data):
            file = last.file if last else "atlas/forms"
            what = f"the last form {side} has a condition, so some combinations would have none"
            yield Problem(file, 1, 1, "WA217", what, "give the highest `order` to a form without condition")
