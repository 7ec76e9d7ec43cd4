"""What can be said while some signals are not answered: verdicts possible, the likely one, what to ask next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from macros.model import Signal
from macros.problems import did_you_mean
from macros.routing.router import VERDICTS, Change, Router, Verdict
from macros.routing.space import Levels


@dataclass(frozen=True, slots=True)
class Answer:
    """The result for any set of answers, complete or not.

    `verdict` is None while more than one is possible. `detail` holds for the answers completed with `assumed`,
    and so does `likely`. What is not settled is at most leaning.
    """

    known: Mapping[str, str]
    assumed: tuple[Change, ...]
    verdict: str | None
    possible: tuple[str, ...]
    likely: str
    next_question: str | None
    detail: Verdict

    @property
    def strength(self) -> str:
        """`clear` only if it is settled and stands whichever single rule is struck out."""
        return self.detail.strength if self.verdict else "leaning"


def answer(router: Router, known: Levels, team: Levels | None = None) -> Answer:
    """The answer for the signals in `known`. With `team`, its levels are assumed instead of the usual ones.

    Raises KeyError for a signal or level that does not exist; `wrong` says it in words beforehand.
    """
    levels = completed(router, known, team)
    assumed = tuple(Change(id_, level) for id_, level in levels.items() if id_ not in known)
    detail = router.route(levels)
    possible = possible_with(router, known)
    settled = len(possible) == 1
    return Answer(
        known=dict(known),
        assumed=assumed,
        verdict=possible[0] if settled else None,
        possible=possible,
        likely=detail.verdict,
        next_question=None if settled else most_telling(router, known),
        detail=detail,
    )


def completed(router: Router, known: Levels, team: Levels | None = None) -> dict[str, str]:
    """The known answers, and for every other signal the usual level or, with `team`, that of the team."""
    return {signal.id: signal.assumed.level for signal in router.space.signals} | dict(team or {}) | dict(known)


def possible_with(router: Router, known: Levels) -> tuple[str, ...]:
    """The verdicts that some completion of the known answers has, in the order of verdicts."""
    space = router.space
    ranks = [space.rank[id_][known[id_]] if id_ in known else None for id_ in space.ids]
    found = [router.sets[verdict] for verdict in VERDICTS]
    for position, rank in enumerate(ranks):
        found = [space.project(combinations, position, rank) for combinations in found]
    return tuple(verdict for verdict, left in zip(VERDICTS, found, strict=True) if left)


def most_telling(router: Router, known: Levels) -> str:
    """The unanswered signal that is expected to leave the least doubt about the verdict.

    Doubt is the Gini impurity of the verdicts over the combinations still open, each counted once, averaged over
    the levels of the signal (Breiman et al., Classification and Regression Trees, 1984). For a signal of k levels
    it falls as k times the sum of squared counts rises; comparing that product keeps everything in whole numbers,
    so that other programs can arrive at the same question. Ties go to the signal that comes first.
    """
    space, left = router.space, router.space.completions(known)
    by_verdict = [router.sets[verdict] & left for verdict in VERDICTS]

    def certainty(signal: Signal) -> int:
        position, size = space.position[signal.id], len(signal.levels)
        counts = ((found & space.at(position, rank)).bit_count() for rank in range(size) for found in by_verdict)
        return size * sum(count * count for count in counts)

    return max((s for s in space.signals if s.id not in known), key=certainty).id


def wrong(router: Router, known: Levels) -> Iterator[tuple[str, str]]:
    """What is wrong with a set of answers, and what is legal instead; nothing if it can be routed."""
    signals = {signal.id: signal for signal in router.space.signals}
    for name, level in known.items():
        if name not in signals:
            yield f"unknown signal `{name}`", did_you_mean(name, signals, f"the signals are {', '.join(signals)}")
        elif level not in router.space.rank[name]:
            yield f"unknown level `{level}` of `{name}`", _legal(signals[name], level)


def _legal(signal: Signal, said: str) -> str:
    """What to write instead of a level: the one whose label was written, the nearest, and all."""
    ids = [item.id for item in signal.levels]
    called = [item.id for item in signal.levels if item.label.casefold() == said.casefold().strip()]
    near = f"did you mean `{called[0]}`?" if called else did_you_mean(said, ids, "")
    return f"{near} its levels are {', '.join(ids)}".lstrip()
