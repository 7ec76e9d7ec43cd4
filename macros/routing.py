"""From signals to a verdict. Pure: rules and signals come in as data, a verdict with its reasons goes out.

Verdicts are ordered api < hybrid < self-host. Floor rules raise the verdict, ceiling rules lower it, and
hard floors cannot be lowered:

    verdict = max(hard floors, min(highest floor, lowest ceiling))

A floor fires when its signals have at least the levels it names, a ceiling when they have at most those
levels. `max` and `min` of such conditions can only rise when a signal rises, so verdicts are monotone by
construction: a stronger pull toward control never moves a verdict toward the API.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from macros.model import Form, Rule, Signal, Team

VERDICTS = ("api", "hybrid", "self-host")
Levels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One signal moved to another level."""

    signal: str
    level: str


@dataclass(frozen=True, slots=True)
class Flip:
    """A smallest set of changes that leads to another verdict."""

    verdict: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer with all that supports it."""

    verdict: str
    strength: str
    deciding: Rule
    reasons: tuple[Rule, ...]
    against: tuple[Rule, ...]
    overruled: tuple[Rule, ...]
    flips: tuple[Flip, ...]
    because: Mapping[str, tuple[Change, ...]]
    """For each rule that fired, by id: the signals it fired on, at the levels they have."""
    inside: Form | None
    outside: Form | None


class Router:
    """The rules, signals and forms of one atlas, ready to be asked."""

    def __init__(
        self, signals: Mapping[str, Signal], rules: Mapping[str, Rule], forms: Mapping[str, Form]
    ) -> None:
        self._signals = dict(signals)
        self._rank = {
            signal.id: {level.id: rank for rank, level in enumerate(signal.levels)} for signal in signals.values()
        }
        self._rules = tuple(rules.values())
        self._forms = tuple(forms.values())

    def settle(self, levels: Levels) -> tuple[str, Rule]:
        """Verdict and deciding rule for a level of every signal.

        Raises KeyError if a signal is missing or a level is not one of its own.
        """
        fired = self._fired(levels)
        verdict = self._decide(fired)
        return verdict, self._deciding(fired, verdict)

    def decide(self, levels: Levels) -> str:
        """Only the verdict; raises KeyError like `settle`."""
        return self._decide(self._fired(levels))

    def route(self, levels: Levels) -> Verdict:
        """The verdict with reasons, what was overruled, and the smallest changes that would alter it."""
        fired = self._fired(levels)
        verdict = self._decide(fired)
        deciding = self._deciding(fired, verdict)
        overruled = tuple(rule for rule in fired if self._overruled(rule, verdict))
        kept = [rule for rule in fired if rule not in overruled]
        reasons = [rule for rule in kept if rule.verdict == verdict]
        against = [rule for rule in kept if rule not in reasons and rule.effect == "ceiling"]
        flips = tuple(self._flips(levels, verdict))
        single = any(len(flip.changes) == 1 for flip in flips)
        return Verdict(
            verdict=verdict,
            strength="leaning" if single and self._one_step_flips(levels, verdict) else "clear",
            deciding=deciding,
            reasons=(deciding, *(rule for rule in reasons if rule is not deciding)),
            against=tuple(against),
            overruled=overruled,
            flips=flips,
            because={rule.id: self._met(rule, levels) for rule in fired},
            inside=self._form("inside", levels) if verdict != "api" else None,
            outside=self._form("outside", levels) if verdict != "self-host" else None,
        )

    def _fired(self, levels: Levels) -> list[Rule]:
        rank = {signal: self._rank[signal][levels[signal]] for signal in self._rank}
        return [rule for rule in self._rules if self._fires(rule, rank)]

    def _fires(self, rule: Rule, rank: Mapping[str, int]) -> bool:
        if any(rank[signal] < self._rank[signal][level] for signal, level in rule.at_least.items()):
            return False
        if any(rank[signal] > self._rank[signal][level] for signal, level in rule.at_most.items()):
            return False
        if rule.count is None:
            return True
        reached = sum(rank[s] >= self._rank[s][level] for s, level in rule.count.of.items())
        return reached >= rule.count.at_least

    def _met(self, rule: Rule, levels: Levels) -> tuple[Change, ...]:
        """The signals a fired rule rests on; of a count only those that are reached."""
        counted = rule.count.of if rule.count else {}
        reached = (
            signal
            for signal, level in counted.items()
            if self._rank[signal][levels[signal]] >= self._rank[signal][level]
        )
        return tuple(Change(signal, levels[signal]) for signal in (*rule.at_least, *rule.at_most, *reached))

    @staticmethod
    def _decide(fired: list[Rule]) -> str:
        def extreme(effect: str, default: int, *, highest: bool) -> int:
            values = [VERDICTS.index(rule.verdict) for rule in fired if rule.effect == effect]
            return (max if highest else min)([*values, default])

        hard = extreme("hard-floor", 0, highest=True)
        floor = extreme("floor", 0, highest=True)
        ceiling = extreme("ceiling", len(VERDICTS) - 1, highest=False)
        return VERDICTS[max(hard, min(floor, ceiling))]

    @staticmethod
    def _deciding(fired: list[Rule], verdict: str) -> Rule:
        """The rule that settles it: a hard floor, else a ceiling that lowered, else the first floor."""
        at = [rule for rule in fired if rule.verdict == verdict]
        lowered = any(
            rule.effect == "floor" and VERDICTS.index(rule.verdict) > VERDICTS.index(verdict) for rule in fired
        )
        order = ("hard-floor", "ceiling", "floor") if lowered else ("hard-floor", "floor", "ceiling")
        return min(at, key=lambda rule: (order.index(rule.effect), rule.order))

    @staticmethod
    def _overruled(rule: Rule, verdict: str) -> bool:
        own, final = VERDICTS.index(rule.verdict), VERDICTS.index(verdict)
        return own > final if rule.effect != "ceiling" else own < final

    def _flips(self, levels: Levels, verdict: str) -> Iterator[Flip]:
        """For each other verdict all smallest changes: one signal if that is enough, else two."""
        reached: set[str] = {verdict}
        for size in (1, 2):
            found = [
                Flip(other, changes)
                for changes in self._changes(size)
                if all(levels[change.signal] != change.level for change in changes)
                and (other := self.decide({**levels, **{c.signal: c.level for c in changes}})) not in reached
            ]
            yield from sorted(found, key=lambda flip: VERDICTS.index(flip.verdict))
            reached |= {flip.verdict for flip in found}

    def _changes(self, size: int) -> Iterator[tuple[Change, ...]]:
        for signals in combinations(self._signals.values(), size):
            for levels in product(*(signal.levels for signal in signals)):
                yield tuple(Change(signal.id, level.id) for signal, level in zip(signals, levels, strict=True))

    def _one_step_flips(self, levels: Levels, verdict: str) -> bool:
        """Whether moving a single signal by a single level already changes the verdict."""
        for signal in self._signals.values():
            here = self._rank[signal.id][levels[signal.id]]
            for level in signal.levels:
                near = abs(self._rank[signal.id][level.id] - here) == 1
                if near and self.decide({**levels, signal.id: level.id}) != verdict:
                    return True
        return False

    def _form(self, side: str, levels: Levels) -> Form:
        """The first form of a side, by its order, whose levels are reached."""
        rank = {signal: self._rank[signal][levels[signal]] for signal in self._rank}
        return next(
            form
            for form in self._forms
            if form.side == side
            and all(rank[signal] >= self._rank[signal][level] for signal, level in form.at_least.items())
        )


def with_team(workload_signals: Levels, team: Team) -> dict[str, str]:
    """All twelve levels: the workload's own and those of a team."""
    return {**workload_signals, **team.signals}
