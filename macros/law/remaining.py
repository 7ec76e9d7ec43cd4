"""The questions left after some answers, and what each would change. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from macros.law.class_rules import FACTS, RULES, STAGES, Answers, exempt, part_of, product_section
from macros.law.classify import Classification, completions, settle


@dataclass(frozen=True, slots=True)
class Left:
    """A question that can still change class or duties, and what a yes and a no would change.

    In a stage where one yes is enough, `no` means no to all of the stage that is still open.
    """

    fact: str
    stage: str
    yes: str
    no: str


def left(answers: Answers, found: Classification, later: frozenset[str]) -> tuple[Left, ...]:
    """Questions left, in the order of stages that decides most, and within a stage as they are asked."""
    return tuple(item for stage in found.stages_left for item in _left_in(stage, answers, found, later))


def _left_in(stage: str, answers: Answers, before: Classification, later: frozenset[str]) -> Iterator[Left]:
    open_facts = [fact for fact in STAGES[stage] if fact not in answers]
    for fact in open_facts:
        if not matters(fact, answers, later):
            continue
        alone = stage in RULED_TOGETHER
        others = {fact: False} if alone else dict.fromkeys(open_facts, False)
        yes = settle({**answers, fact: True}, later)
        no = settle({**answers, **others}, later)
        yield Left(fact, stage, changes(before, yes), changes(before, no))


def changes(before: Classification, after: Classification) -> str:
    """What the step from one classification to another leaves or rules out, whichever is shorter to say."""
    out = [id_ for id_ in before.possible if id_ not in after.possible]
    if out and len(after.possible) == 1:
        return f"settles it: {after.title}"
    if len(out) > len(after.possible):
        return f"leaves {_titles(after.possible)}"
    if out:
        return f"rules out {_titles(out)}"
    return "the same class, other duties" if len(before.possible) == 1 else "nothing by itself"


def _titles(classes: Iterable[str]) -> str:
    return "; ".join(f"“{RULES[id_][0]}”" for id_ in classes)


RULED_TOGETHER = {"exemption": exempt, "product": product_section}
"""Stages in which the facts are weighed against each other; in the others one yes is enough."""


def matters(fact: str, answers: Answers, later: frozenset[str] = frozenset()) -> bool:
    """Whether the fact can still change what its part of the rules comes to."""
    stage = FACTS[fact]
    if stage not in RULED_TOGETHER:
        part = part_of(fact, later)
        return not any(answers.get(other) for other in STAGES[stage] if part_of(other, later) == part)
    value = RULED_TOGETHER[stage]
    rest = tuple(other for other in STAGES[stage] if other != fact)
    return any(value({**full, fact: True}) != value({**full, fact: False}) for full in completions(answers, rest))
