"""From signals to a verdict. Pure: rules, signals and forms come in as data, answers with their reasons go out.

Verdicts are ordered api < hybrid < self-host. Floor rules raise the verdict, ceiling rules lower it, and
hard floors cannot be lowered:

    verdict = max(hard floors, min(highest floor, lowest ceiling))

A floor fires when its signals have at least the levels it names, a ceiling when they have at most those
levels. `max` and `min` of such conditions can only rise when a signal rises, so verdicts are monotone by
construction: a stronger pull toward control never moves a verdict toward the API.

Each rule is evaluated once, over all combinations together (`macros.routing.space`); everything else is look-ups.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

from macros.model import Form, Rule, Signal, Team
from macros.routing.space import Levels, Space

VERDICTS = ("api", "hybrid", "self-host")
OPPOSED = {"api": ("control",), "hybrid": ("control", "api"), "self-host": ("api",)}
"""For each verdict, the pulls of single answers that speak against it."""


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
class Argument:
    """An answer that by itself pulls away from the verdict, toward `control` or toward an `api`."""

    signal: str
    level: str
    pull: str
    text: str


@dataclass(frozen=True, slots=True)
class Hinge:
    """A rule without which the verdict would be another; `verdict` is that other one."""

    rule: Rule
    verdict: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows from the rules that fired, whatever the levels behind them."""

    verdict: str
    deciding: Rule
    reasons: tuple[Rule, ...]
    overruled: tuple[Rule, ...]
    hinges: tuple[Hinge, ...]
    stays: tuple[Rule, ...]
    goes: tuple[Rule, ...]

    @property
    def strength(self) -> str:
        """`clear` if the verdict stands whichever single rule is struck out, else `leaning`."""
        return "leaning" if self.hinges else "clear"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for a complete combination with all that supports it."""

    verdict: str
    strength: str
    deciding: Rule
    reasons: tuple[Rule, ...]
    against: tuple[Argument, ...]
    overruled: tuple[Rule, ...]
    hinges: tuple[Hinge, ...]
    flips: tuple[Flip, ...]
    because: Mapping[str, tuple[Change, ...]]
    """For each rule that fired, by id: the signals it fired on, at the levels they have."""
    stays: tuple[Rule, ...]
    """For a hybrid: the rules whose `part` says what stays inside."""
    goes: tuple[Rule, ...]
    """For a hybrid: the rules whose `part` says what may go outside."""
    inside: Form | None
    outside: Form | None


class Router:
    """The rules, signals and forms of one atlas, ready to be asked."""

    def __init__(
        self, signals: Mapping[str, Signal], rules: Mapping[str, Rule], forms: Mapping[str, Form]
    ) -> None:
        self.space = Space(signals)
        self.rules = tuple(rules.values())
        self.forms = tuple(forms.values())

    # Evaluated once, over all combinations together.

    @cached_property
    def fired(self) -> tuple[int, ...]:
        """For each rule, the set of combinations in which it fires."""
        return tuple(self._fires(rule) for rule in self.rules)

    @cached_property
    def outcomes(self) -> Mapping[tuple[int, ...], Outcome]:
        """What follows for every set of rules that fires together somewhere, keyed by a 0 or 1 for each rule."""
        keys = set(zip(*self._fired_at, strict=True))
        return {key: _outcome([r for r, at in zip(self.rules, key, strict=True) if at]) for key in sorted(keys)}

    @cached_property
    def table(self) -> bytes:
        """The rank of the verdict for every combination by its index."""
        rank = {key: VERDICTS.index(found.verdict) for key, found in self.outcomes.items()}
        return bytes(map(rank.__getitem__, zip(*self._fired_at, strict=True)))

    @cached_property
    def sets(self) -> Mapping[str, int]:
        """For each verdict, the set of combinations that have it."""
        return {verdict: self.space.set_of(self.table, rank) for rank, verdict in enumerate(VERDICTS)}

    @cached_property
    def _fired_at(self) -> tuple[bytes, ...]:
        return tuple(self.space.members(found) for found in self.fired)

    @cached_property
    def _forms_at(self) -> Mapping[str, bytes]:
        found = {form.id: self._conditions(form.at_least, {}) for form in self.forms}
        for form in self.forms:
            if form.or_at_least:
                found[form.id] |= self._conditions(form.or_at_least, {})
        return {id_: self.space.members(reached) for id_, reached in found.items()}

    def _fires(self, rule: Rule) -> int:
        found = self._conditions(rule.at_least, rule.at_most)
        if rule.count is None:
            return found
        # reached[n]: combinations in which at least n of the levels are reached.
        reached = [self.space.everything] + [0] * rule.count.at_least
        for signal, level in rule.count.of.items():
            here = self.space.reaching(signal, level)
            for number in range(rule.count.at_least, 0, -1):
                reached[number] |= reached[number - 1] & here
        return found & reached[rule.count.at_least]

    def _conditions(self, at_least: Levels, at_most: Levels) -> int:
        found = self.space.everything
        for signal, level in at_least.items():
            found &= self.space.reaching(signal, level)
        for signal, level in at_most.items():
            found &= self.space.within(signal, level)
        return found

    # Asked for one combination.

    def decide(self, levels: Levels) -> str:
        """Only the verdict; raises KeyError if a signal is missing or a level is not one of its own."""
        return VERDICTS[self.table[self.space.index(levels)]]

    def route(self, levels: Levels) -> Verdict:
        """The verdict with reasons, what was overruled, and the smallest changes that would alter it."""
        index = self.space.index(levels)
        found = self.outcome(index)
        return Verdict(
            verdict=found.verdict,
            strength=found.strength,
            deciding=found.deciding,
            reasons=found.reasons,
            against=tuple(self._against(levels, found.verdict)),
            overruled=found.overruled,
            hinges=found.hinges,
            flips=tuple(self.flips(index)),
            because={rule.id: self._met(rule, levels) for rule in self.rules_at(index)},
            stays=found.stays,
            goes=found.goes,
            inside=self.form("inside", index) if found.verdict != "api" else None,
            outside=self.form("outside", index) if found.verdict != "self-host" else None,
        )

    def rules_at(self, index: int) -> tuple[Rule, ...]:
        """The rules that fire for one combination."""
        return tuple(rule for rule, at in zip(self.rules, self._fired_at, strict=True) if at[index])

    def outcome(self, index: int) -> Outcome:
        """What follows from the rules that fire at `index`; combinations with the same rules share it."""
        return self.outcomes[tuple(at[index] for at in self._fired_at)]

    def flips(self, index: int) -> Iterator[Flip]:
        """For each other verdict all smallest changes: one signal if that is enough, else two."""
        reached = {self.table[index]}
        for size in (1, 2):
            found = [
                (self.table[target], moves)
                for target, moves in self._moves(index, size)
                if self.table[target] not in reached
            ]
            for rank, moves in sorted(found, key=lambda pair: pair[0]):
                changes = (Change(self.space.ids[p], self.space.signals[p].levels[r].id) for p, r in moves)
                yield Flip(VERDICTS[rank], tuple(changes))
            reached |= {rank for rank, _ in found}
            if len(reached) == len(VERDICTS):
                return

    def _moves(self, index: int, size: int) -> Iterator[tuple[int, tuple[tuple[int, int], ...]]]:
        """Index reached, and position and new rank of each signal moved, for every change of `size` signals."""
        own = [index // t % n for t, n in zip(self.space.strides, self.space.sizes, strict=True)]
        single = [
            [(position, rank, (rank - here) * self.space.strides[position]) for rank in range(n) if rank != here]
            for position, (here, n) in enumerate(zip(own, self.space.sizes, strict=True))
        ]
        for chosen in combinations(single, size):
            for moves in product(*chosen):
                yield index + sum(delta for _, _, delta in moves), tuple((p, r) for p, r, _ in moves)

    def form(self, side: str, index: int) -> Form:
        """The first form of a side, by its order, whose levels are reached."""
        return next(f for f in self.forms if f.side == side and self._forms_at[f.id][index])

    def _met(self, rule: Rule, levels: Levels) -> tuple[Change, ...]:
        """The signals a fired rule rests on; of a count only those that are reached."""
        rank = self.space.rank
        counted = rule.count.of if rule.count else {}
        reached = (s for s, level in counted.items() if rank[s][levels[s]] >= rank[s][level])
        return tuple(Change(signal, levels[signal]) for signal in (*rule.at_least, *rule.at_most, *reached))

    def _against(self, levels: Levels, verdict: str) -> Iterator[Argument]:
        for signal in self.space.signals:
            level = signal.levels[self.space.rank[signal.id][levels[signal.id]]]
            if level.pull in OPPOSED[verdict] and level.argument:
                yield Argument(signal.id, level.id, level.pull, level.argument)


def _outcome(fired: list[Rule]) -> Outcome:
    verdict = _verdict(fired)
    deciding = _deciding(fired, verdict)
    # The floor beneath all others says that nothing pulls inside: no reason where something does.
    pulled = any(rule.effect != "ceiling" and rule.verdict != VERDICTS[0] for rule in fired)
    reasons = [
        rule for rule in fired if rule.verdict == verdict and rule is not deciding and not (pulled and rule.always)
    ]
    without = ((rule, _verdict([r for r in fired if r is not rule])) for rule in fired)
    hybrid = verdict == "hybrid"
    return Outcome(
        verdict=verdict,
        deciding=deciding,
        reasons=(deciding, *reasons),
        overruled=tuple(rule for rule in fired if _overruled(rule, verdict)),
        # A hard floor is law or contract, not a judgement that somebody could leave out.
        hinges=tuple(Hinge(r, v) for r, v in without if v != verdict and r.effect != "hard-floor"),
        stays=_parts(r for r in fired if hybrid and r.effect != "ceiling" and r.verdict != "api"),
        goes=_parts(r for r in fired if hybrid and (r.effect == "ceiling" or r.verdict == "api")),
    )


def _parts(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """One rule for each part of the work that is spoken of."""
    return tuple({rule.part: rule for rule in rules}.values())


def _verdict(fired: Iterable[Rule]) -> str:
    hard = floor = 0
    ceiling = len(VERDICTS) - 1
    for rule in fired:
        own = VERDICTS.index(rule.verdict)
        if rule.effect == "hard-floor":
            hard = max(hard, own)
        elif rule.effect == "floor":
            floor = max(floor, own)
        else:
            ceiling = min(ceiling, own)
    return VERDICTS[max(hard, min(floor, ceiling))]


def _deciding(fired: list[Rule], verdict: str) -> Rule:
    """The rule that settles it: a hard floor, else a ceiling that lowered, else the first floor.

    The floor beneath all others, which always fires, decides only where no other rule says the same.
    """
    at = [rule for rule in fired if rule.verdict == verdict]
    final = VERDICTS.index(verdict)
    lowered = any(rule.effect == "floor" and VERDICTS.index(rule.verdict) > final for rule in fired)
    order = ("hard-floor", "ceiling", "floor") if lowered else ("hard-floor", "floor", "ceiling")
    return min(at, key=lambda rule: (rule.always, order.index(rule.effect), rule.order))


def _overruled(rule: Rule, verdict: str) -> bool:
    own, final = VERDICTS.index(rule.verdict), VERDICTS.index(verdict)
    return own > final if rule.effect != "ceiling" else own < final


def with_team(workload_signals: Levels, team: Team) -> dict[str, str]:
    """All twelve levels: the workload's own and those of a team."""
    return {**workload_signals, **team.signals}
