"""What follows from answers of which some are not known: all that is still possible, for every combination.

An incomplete set of answers leads to the cases of all complete sets it allows. So an answer more never adds a
case, and the question that decides is found by trying. The browser looks up; it holds no rule.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from macros.law import role
from macros.law.role_facts import FINDINGS, LEVELS, ROLES, UNKNOWN

Case = frozenset[tuple[str, bool]]
"""Findings of complete answers, each with whether the system is high-risk (in the model layer: false)."""
Rule = Callable[[Mapping[str, str]], Iterable[tuple[str, bool]]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What can be said of a combination, ready to be shown.

    `certain` are roles held in every case, `possible` those held in some. `findings` maps each finding to the
    classes it can have. `open` are the questions that still matter, in the order of asking; `decides` is the one
    that leaves the fewest cases, None if the roles are settled.
    """

    certain: tuple[str, ...]
    possible: tuple[str, ...]
    findings: tuple[tuple[str, tuple[bool, ...]], ...]
    open: tuple[str, ...]
    decides: str | None


class Table:
    """The outcomes of one list of questions, for every combination of levels and `unknown`."""

    def __init__(self, questions: tuple[str, ...], rule: Rule) -> None:
        self.questions = questions
        self.levels = {q: LEVELS[q] for q in questions}
        self._rule = rule
        self._cases: dict[tuple[str, ...], frozenset[Case]] = {}

    def combinations(self) -> Iterable[tuple[str, ...]]:
        """Every combination; the last question changes fastest, `unknown` is the last level."""
        return itertools.product(*((*self.levels[q], UNKNOWN) for q in self.questions))

    def cases(self, answers: tuple[str, ...]) -> frozenset[Case]:
        """The cases of all complete sets that `answers` allow."""
        if answers not in self._cases:
            if UNKNOWN not in answers:
                case = frozenset(self._rule(dict(zip(self.questions, answers, strict=True))))
                self._cases[answers] = frozenset((case,))
            else:
                at = answers.index(UNKNOWN)
                narrower = (self.cases(given) for given in self._with(answers, at))
                self._cases[answers] = frozenset().union(*narrower)
        return self._cases[answers]

    def outcome(self, answers: tuple[str, ...]) -> Outcome:
        """Roles, findings, the questions that still matter, and the sharpest of them."""
        now = self.cases(answers)
        unknown = [at for at, level in enumerate(answers) if level == UNKNOWN]
        after = {at: [self.cases(given) for given in self._with(answers, at)] for at in unknown}
        matter = [at for at in unknown if any(cases != now for cases in after[at])]
        sharp = min(matter, key=lambda at: (_spread(after[at]), at), default=None)
        asked = tuple(self.questions[at] for at in matter)
        return _told(now, asked, None if sharp is None else self.questions[sharp])

    def _with(self, answers: tuple[str, ...], at: int) -> list[tuple[str, ...]]:
        levels = self.levels[self.questions[at]]
        return [(*answers[:at], level, *answers[at + 1 :]) for level in levels]


def any_technique() -> Outcome:
    """What can be said of the model while the technique is not known."""
    tables = model_tables().values()
    cases = frozenset().union(*(table.cases((UNKNOWN,) * len(table.questions)) for table in tables))
    return _told(cases, ("technique",), "technique")


def _told(cases: frozenset[Case], asked: tuple[str, ...], sharpest: str | None) -> Outcome:
    by_case = [_roles(case) for case in cases]
    held = frozenset().union(*by_case)
    certain = frozenset.intersection(*by_case)
    classes: dict[str, set[bool]] = {}
    for finding, high in itertools.chain(*cases):
        classes.setdefault(finding, set()).add(high)
    return Outcome(
        certain=tuple(id_ for id_ in ROLES if id_ in certain),
        possible=tuple(id_ for id_ in ROLES if id_ in held - certain),
        findings=tuple((id_, tuple(sorted(classes[id_]))) for id_ in FINDINGS if id_ in classes),
        open=asked,
        decides=None if held == certain else sharpest,
    )


@cache
def _roles(case: Case) -> frozenset[str]:
    return frozenset(FINDINGS[id_] for id_, _ in case)


def _spread(after: list[frozenset[Case]]) -> float:
    """Sets of roles left on average after an answer; fewer is sharper."""
    return sum(len({_roles(case) for case in cases}) for cases in after) / len(after)


@lru_cache(maxsize=1)
def model_tables() -> dict[str, Table]:
    """One table for each kind of technique."""
    return {how: Table(role.ASKED[how], _model_rule(how)) for how in role.KINDS}


@lru_cache(maxsize=1)
def system_table() -> Table:
    """The table of the system layer."""
    return Table(role.SYSTEM, lambda given: ((i.finding, i.high_risk) for i in role.system_findings(given)))


def _model_rule(how: str) -> Rule:
    return lambda given: [(role.model_finding(how, given), False)]
