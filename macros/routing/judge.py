"""The rules against reality: what they say of published deployments, beside the origin's heuristic.

A deployment counts if its source states the decision and at least a few signals. Signals were coded from the
sources by people who did not know the rules; what a source leaves open stays unknown, and the rules then answer
with their stated assumptions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from macros.model import Deployment
from macros.routing.answers import completed, possible_with
from macros.routing.router import VERDICTS, Router
from macros.routing.space import Levels

LEAST_SIGNALS = 4
"""With fewer stated signals a deployment is shown, but judges nothing."""
HEURISTIC = "two-of-three"
"""The rule that holds the three traits of the origin's heuristic."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One deployment and what the rules and the heuristic say of it."""

    deployment: Deployment
    likely: str
    settled: bool
    """Whether the stated signals alone leave one verdict; else `likely` rests on the assumptions."""
    heuristic: str
    sentence: str

    @property
    def agrees(self) -> bool:
        """Whether the likely verdict is what the organisation did."""
        return self.likely == self.deployment.verdict


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The confusion table and shares of agreement, over one set of deployments."""

    judged: tuple[Judged, ...]

    @property
    def confusion(self) -> Mapping[tuple[str, str], int]:
        """(what they did, what the rules say) -> number of deployments; every pair is there."""
        counts = {(did, said): 0 for did in VERDICTS for said in VERDICTS}
        for item in self.judged:
            counts[item.deployment.verdict, item.likely] += 1
        return counts

    @property
    def agreement(self) -> float:
        """Share of deployments in which the rules say what was done; 0 if there is none."""
        return _share(item.agrees for item in self.judged)

    @property
    def heuristic_agreement(self) -> float:
        """The same share for two-of-three: self-host from two traits on, hybrid at one, API at none."""
        return _share(item.heuristic == item.deployment.verdict for item in self.judged)

    @property
    def heuristic_inside(self) -> float:
        """A reading kinder to the heuristic: it only says whether to self-host or not, and is judged on that."""
        top = VERDICTS[-1]
        return _share((item.heuristic == top) == (item.deployment.verdict == top) for item in self.judged)

    @property
    def inside(self) -> float:
        """The rules judged on the same question: self-host or not."""
        top = VERDICTS[-1]
        return _share((item.likely == top) == (item.deployment.verdict == top) for item in self.judged)

    @property
    def sentence_agreement(self) -> float:
        """What one sentence would reach: self-host if the data must stay or an open model suffices, else API."""
        return _share(item.sentence == item.deployment.verdict for item in self.judged)

    @property
    def majority(self) -> float:
        """What always naming the commonest decision would reach."""
        counts = [sum(item.deployment.verdict == verdict for item in self.judged) for verdict in VERDICTS]
        return max(counts) / len(self.judged) if self.judged else 0.0

    @property
    def disagreements(self) -> tuple[Judged, ...]:
        """Those in which the rules say something else."""
        return tuple(item for item in self.judged if not item.agrees)

    def only(self, *, held_out: bool) -> Evaluation:
        """The part that was, or was not, held out while the rules were written."""
        return Evaluation(tuple(item for item in self.judged if item.deployment.held_out is held_out))


def judge(router: Router, deployments: Iterable[Deployment], withhold: str | None = None) -> Evaluation:
    """What the rules say of every deployment that can be judged.

    With `withhold`, as if nothing had been coded for that signal: how much of the agreement rests on it.
    """
    return Evaluation(tuple(judge_one(router, item, withhold) for item in deployments if countable(item)))


def judge_one(router: Router, deployment: Deployment, withhold: str | None = None) -> Judged:
    """What the rules and the plain readings say of one deployment."""
    signals = {name: level for name, level in (deployment.signals or {}).items() if name != withhold}
    return Judged(
        deployment=deployment,
        likely=router.decide(completed(router, signals)),
        settled=len(possible_with(router, signals)) == 1,
        heuristic=heuristic(router, signals),
        sentence=sentence(signals),
    )


def countable(deployment: Deployment) -> bool:
    """Whether a deployment can judge the rules: a confirmed decision and enough stated signals."""
    stated = len(deployment.signals or {})
    return deployment.verdict in VERDICTS and deployment.confidence == "confirmed" and stated >= LEAST_SIGNALS


def heuristic(router: Router, signals: Levels) -> str:
    """The origin's two-of-three on stated signals: self-host from two traits on, hybrid at one, API at none."""
    rule = next(rule for rule in router.rules if rule.id == HEURISTIC)
    traits = rule.count.of.items() if rule.count else ()
    present = sum(signals.get(signal) == level for signal, level in traits)
    return VERDICTS[min(present, len(VERDICTS) - 1)]


def sentence(signals: Levels) -> str:
    """The plainest rule that names what decides most: data that must stay, or an open model that suffices."""
    inside = signals.get("data_boundary") == "must_stay" or signals.get("capability") == "open_suffices"
    return VERDICTS[-1] if inside else VERDICTS[0]


def _share(hits: Iterable[bool]) -> float:
    values = list(hits)
    return sum(values) / len(values) if values else 0.0
