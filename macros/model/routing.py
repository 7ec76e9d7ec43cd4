"""What a verdict is made of: signals, rules and their versions, forms, teams and decisions that were published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Level:
    """One answer to a signal's question; `pull` is the way it leans by itself: `control`, `api` or `none`."""

    id: str
    label: str
    help: str
    pull: str = "none"
    argument: str | None = None


@dataclass(frozen=True, slots=True)
class Assumption:
    """The level taken while a signal is not answered, and why that one."""

    level: str
    why: str


@dataclass(frozen=True, slots=True)
class Signal:
    """One observable fact; `levels` run from the weakest pull toward control to the strongest."""

    id: str
    title: str
    order: int
    scope: str
    question: str
    help: str
    levels: tuple[Level, ...]
    assumed: Assumption
    confirmed_by: str
    proof: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """At least `at_least` of the levels in `of` are reached."""

    at_least: int
    of: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One step of the verdict; see `macros.routing.router` for its meaning.

    `part` is the part of the work it speaks of: what a floor keeps inside, what a ceiling lets out.
    """

    id: str
    title: str
    order: int
    effect: str
    verdict: str
    part: str
    reason: str
    rationale: str
    sources: tuple[str, ...]
    at_least: Mapping[str, str] = field(default_factory=dict)
    at_most: Mapping[str, str] = field(default_factory=dict)
    count: Count | None = None

    @property
    def always(self) -> bool:
        """Whether it has no condition: the floor beneath all others."""
        return not (self.at_least or self.at_most or self.count)


@dataclass(frozen=True, slots=True)
class Form:
    """Where a part runs, inside or outside."""

    id: str
    title: str
    side: str
    order: int
    summary: str
    boundary: str
    at_least: Mapping[str, str] = field(default_factory=dict)
    or_at_least: Mapping[str, str] = field(default_factory=dict)
    """Another set of levels that is enough by itself."""


@dataclass(frozen=True, slots=True)
class RuleConditions:
    """The conditions of one rule as they were in a version of the rules."""

    id: str
    effect: str
    verdict: str
    at_least: Mapping[str, str] = field(default_factory=dict)
    at_most: Mapping[str, str] = field(default_factory=dict)
    count: Count | None = None


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What happened to one rule, and why."""

    rule: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """The rules from one day on."""

    id: str
    title: str
    version: int
    date: str
    summary: str
    changes: tuple[RuleChange, ...]
    rules: tuple[RuleConditions, ...]

    @property
    def order(self) -> int:
        """Newest first."""
        return -self.version


@dataclass(frozen=True, slots=True)
class Deployment:
    """What an organisation did. `signals` are those its source states; None if it was not coded."""

    id: str
    title: str
    organisation: str
    workloads: tuple[str, ...]
    verdict: str
    what: str
    why: str
    date: str
    confidence: str
    sources: tuple[str, ...]
    form: str | None = None
    signals: Mapping[str, str] | None = None
    signal_notes: Mapping[str, str] | None = None
    held_out: bool = False
    disagreement: str | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """Levels of the team signals for one kind of organisation."""

    id: str
    title: str
    order: int
    summary: str
    signals: Mapping[str, str]
