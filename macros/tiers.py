"""Three tiers out of the models that suffice for a step, by written rules and without scores. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from macros.model import Model
from macros.sizing.planner import Found
from macros.sizing.sets import size_step

SMALLEST = "Smallest that suffices"
RECOMMENDED = "Recommended"
MOST_CAPABLE = "Most capable"
TIERS = (SMALLEST, RECOMMENDED, MOST_CAPABLE)
ONLY = "The only one that suffices"
NEAREST = "Nearest; not known to suffice in all languages"
"""Instead of tiers, where there is nothing to rank."""
ROOM = 2
"""A context this many times the longest request leaves room to grow."""

RULES: dict[str, str] = {
    SMALLEST: "of all models that have what the step asks, the one whose smallest set of cards has least memory, "
    "and of those on equal sets the one with least weights",
    RECOMMENDED: (
        "among those of the smallest size class found or the next one up: first terms without conditions, then "
        "licence and architecture confirmed by reading, then a context of at least twice the longest request, "
        "then the newest release, then the fewest cards"
    ),
    MOST_CAPABLE: (
        "among those of the largest size class found, by the same order; largest is a statement about size, so "
        "whether it answers better on your cases is for your test to say"
    ),
    ONLY: "where no other model of the catalogue has what the step asks, there is nothing to rank",
    NEAREST: (
        "where every model leaves out more than a tenth of the languages asked for, or nothing read speaks for "
        "them, the one that the recommended tier would take of those with the fewest gaps"
    ),
}
"""How each tier is chosen. For steps with a length in tokens, models that can be planned come before those that
cannot, those that can be in time by the bounds before those that cannot, and those of which anything was read on
the languages asked for before those of which nothing was. One model can hold several tiers."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model that suffices: its size class as a place in the order of classes, and its sets."""

    model: Model
    size: int
    found: Found
    languages_known: bool = True


def tiers(candidates: Iterable[Candidate], suffice: bool = True) -> list[tuple[Candidate, tuple[str, ...]]]:
    """Candidates with the tiers they hold, in order of tiers; the rules are `RULES`.

    `suffice` is False where all leave out too many of the languages asked for.
    """
    every = list(candidates)
    # Where a step has no length in tokens, weights are most of what counts, so all compete.
    lengthless = any(c.found.demand.longest is None for c in every)
    planned = [c for c in every if c.found.smallest and not lengthless]
    in_time = [c for c in planned if c.found.in_time]
    pool = _known(in_time) or in_time or _known(planned) or planned or _known(every) or every
    if not pool:
        return []
    if not suffice or not any(c.languages_known for c in pool):
        return [(min(pool, key=preference), (NEAREST,))]
    if len(every) == 1:
        return [(pool[0], (ONLY,))]
    least, most = min(c.size for c in pool), max(c.size for c in pool)
    by_tier = {
        SMALLEST: min(pool, key=_least_memory),
        RECOMMENDED: min((c for c in pool if c.size <= least + 1), key=preference),
        MOST_CAPABLE: min((c for c in pool if c.size == most), key=preference),
    }
    picked: list[tuple[Candidate, tuple[str, ...]]] = []
    for candidate in by_tier.values():
        held = tuple(tier for tier in TIERS if by_tier[tier].model.id == candidate.model.id)
        if (candidate, held) not in picked:
            picked.append((candidate, held))
    return picked


def _known(candidates: list[Candidate]) -> list[Candidate]:
    return [c for c in candidates if c.languages_known]


def _least_memory(candidate: Candidate) -> tuple[int, float, tuple[object, ...]]:
    """Memory of the set, then of the weights; a model that no set holds comes last."""
    found = candidate.found
    return size_step(found.gib) if found.count else 10**9, found.weights_gib, preference(candidate)


def preference(candidate: Candidate) -> tuple[bool, bool, bool, tuple[int, ...], int, float, str]:
    """The order that `RULES` states for the recommended tier; smaller is better, the id settles ties."""
    model, wanted = candidate.model, candidate.found.demand
    confirmed = model.license.confidence == model.architecture.confidence == "confirmed"
    longest, room = wanted.longest, model.context_tokens
    newest = tuple(-int(part) for part in model.released.split("-") if part.isdigit())
    return (
        model.license.commercial != "allowed",
        not confirmed,
        longest is not None and room is not None and room < ROOM * longest,
        newest,
        candidate.found.count,
        model.parameters.total_b,
        model.id,
    )
