"""The class of a use under the EU AI Act, from facts that are known or not; the rules are in `class_rules`. Pure.

What a stage can still come to is exact, because no two stages share a fact, and so is the set of classes that are
still possible: every completion of the answers has one of them, and each of them has a completion.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import product
from typing import Any

from macros.law.class_rules import (
    EXPLAINED,
    FACTS,
    GATES,
    GROUNDS,
    PARTS,
    RULES,
    STAGES,
    Answers,
    Reach,
    State,
    exempt,
    general,
    part_of,
    product_section,
)
from macros.model import Facts
from macros.words import lower_first

PRODUCTS = {"medical-device": "product_section_a", "machinery": "product_section_b"}
"""Terms of the vocabulary `product-rules` -> the question that they leave open."""
ON_THE_FACTS = " on the facts stated"
"""Ends the title of a class that a question of the record may change."""


@dataclass(frozen=True, slots=True)
class Classification:
    """The class of the use under the EU AI Act, what it rests on, and what is still open."""

    id: str
    title: str
    explanation: str
    possible: tuple[str, ...] = ()
    """The classes that some completion of the answers has; one if it is settled."""
    gates: Mapping[str, str] = field(default_factory=dict)
    """For each of GATES: `yes`, `no` or `open`."""
    stages_left: tuple[str, ...] = ()
    """Stages whose answers can still change class or duties, the most telling first."""

    unclear: str | None = None
    """The question of a record that may change the class although its facts give only one."""

    @property
    def settled(self) -> bool:
        """Whether every completion has the same class, and no question of a record is open beside it."""
        return len(self.possible) == 1 and self.unclear is None


def reach(answers: Answers, later: frozenset[str] = frozenset()) -> Reach:
    """The values each part can still come to. `later` are bans that do not apply yet on the day asked for."""

    def one_is_enough(part: str) -> frozenset[str]:
        return _any(answers, tuple(fact for fact in FACTS if part_of(fact, later) == part))

    return (
        one_is_enough("scope"),
        one_is_enough("personal"),
        one_is_enough("bans"),
        one_is_enough("later"),
        one_is_enough("listed"),
        frozenset(exempt(full) for full in completions(answers, STAGES["exemption"])),
        frozenset(product_section(full) for full in completions(answers, STAGES["product"])),
        one_is_enough("transparency"),
    )


def _any(answers: Answers, facts: tuple[str, ...]) -> frozenset[str]:
    if any(answers.get(fact) for fact in facts):
        return frozenset({"yes"})
    return frozenset({"no"} if all(fact in answers for fact in facts) else {"no", "yes"})


def completions(answers: Answers, facts: tuple[str, ...]) -> Iterator[Answers]:
    """Every way to fill in those of `facts` that are not known."""
    for values in product(*([answers[f]] if f in answers else [False, True] for f in facts)):
        yield dict(zip(facts, values, strict=True))


@cache
def class_of(state: State) -> str:
    """The one class of a complete answer."""
    named = dict(zip(PARTS, state, strict=True))
    return next(id_ for id_, (_, __, holds) in RULES.items() if holds(named))


@cache
def _brings(state: State) -> tuple[Any, ...]:
    """Class, gates passed, and whether people must be told: all that a complete answer leads to."""
    named = dict(zip(PARTS, state, strict=True))
    told = general(named) and named["transparency"] == "yes"
    return class_of(state), tuple(holds(named) for holds in GATES.values()), told


@cache
def outcome(reached: Reach) -> Classification:
    """What can be said when each part can still come to the values in `reached`."""
    states = _states(reached)
    found = {class_of(state) for state in states}
    possible = tuple(id_ for id_ in RULES if id_ in found)
    id_, title = _headline(possible)
    if len(possible) == 1:
        explanation = EXPLAINED[id_]
    else:
        explanation = f"Still possible: {'; '.join(lower_first(RULES[item][0]) for item in possible)}."
    passed = [_brings(state)[1] for state in states]
    gates = {gate: _three({each[number] for each in passed}) for number, gate in enumerate(GATES)}
    return Classification(id_, title, explanation, possible, gates, _left(reached))


def _states(reached: Reach) -> list[State]:
    return list(product(*(sorted(values) for values in reached)))


def _three(found: set[bool]) -> str:
    return "open" if len(found) == 2 else "yes" if True in found else "no"


def _headline(possible: tuple[str, ...]) -> tuple[str, str]:
    """Id and title. A class is named as such only if nothing else is possible."""
    if len(possible) == 1:
        return possible[0], RULES[possible[0]][0]
    left = set(possible)
    banned = left & {"prohibited", "prohibited-later"}
    if "outside" in left:
        named = ("open", "Not settled")
    elif left == {"high-risk", "exempt"}:
        named = ("may-be-high-risk", "High-risk unless exempt (Annex III)")
    elif "high-risk" in left:
        named = ("may-be-high-risk", f"May be {'prohibited or ' if banned else ''}high-risk (Annex III)")
    elif banned:
        named = ("may-be-prohibited", "May be prohibited (Article 5)")
    elif left & {"high-risk-product", "product-rules"}:
        named = ("product", "Depends on product law (Annex I)")
    else:
        named = ("open", "Not settled")
    return named


def _left(reached: Reach) -> tuple[str, ...]:
    """Stages that still matter: the one expected to leave the fewest classes first, ties in their order."""
    whole = len({class_of(state) for state in _states(reached)})
    scored: list[tuple[float, int, str]] = []
    for position, part in enumerate(PARTS):
        if len(reached[position]) == 1:
            continue
        ways = [_narrowed(reached, position, value) for value in sorted(reached[position])]
        if len({_signatures(way, position) for way in ways}) == 1:
            continue
        sizes = [len({class_of(state) for state in _states(way)}) for way in ways]
        stage = {"later": "bans", "personal": "scope"}.get(part, part)
        scored.append((min(sum(sizes) / len(sizes), whole), position, stage))
    return tuple(dict.fromkeys(stage for _, __, stage in sorted(scored)))


def _narrowed(reached: Reach, position: int, value: str) -> Reach:
    return (*reached[:position], frozenset({value}), *reached[position + 1 :])


def _signatures(reached: Reach, position: int) -> tuple[Any, ...]:
    """Class and duties of every state, told without the part at `position`, so that two values can be compared."""
    states = _states(reached)
    return tuple(sorted((state[:position] + state[position + 1 :], _brings(state)) for state in states))


def settle(answers: Answers, later: frozenset[str] = frozenset()) -> Classification:
    """The classification for any set of answers, complete or not."""
    return outcome(reach(answers, later))


def classify(facts: Facts) -> Classification:
    """The AI Act class that the facts of a workload lead to, said with its uncertainty."""
    return doubted(settle(answers_of(facts)), facts)


def doubted(found: Classification, facts: Facts) -> Classification:
    """The class of a record's facts; where the record leaves a question open, it is not told as settled.

    Answers that lead to another class than the record’s own have gone beyond its facts and are left as they are.
    """
    unclear = facts.ai_act.unclear
    if not unclear or not found.settled or found.id != settle(answers_of(facts)).id:
        return found
    return replace(found, title=found.title + ON_THE_FACTS, unclear=unclear)


def answers_of(facts: Facts) -> Answers:
    """What a workload's record says, as answers; what it leaves open is missing.

    A record describes an ordinary use in the Union that is not meant as a prohibited practice, so scope and
    Article 5 count as answered no; only where it reads emotions or biometrics, the ban at work and in education
    stays open. Points of Annex III that it does not name are not met; those it names are met only if nothing is
    said to be unclear. A product rule that it names is one that it may fall under.
    """
    act = facts.ai_act
    known = dict.fromkeys((*STAGES["scope"], *STAGES["bans"], *STAGES["listed"], *STAGES["product"]), False)
    known |= {trigger: trigger.replace("_", "-") in act.transparency for trigger in STAGES["transparency"]}
    named = {f"point_{point.point}" for point in act.annex_iii}
    unknown = {"emotion_at_work"} if known["emotion_or_biometric"] else set()
    if act.unclear:
        unknown |= named
    for fact in named:
        known[fact] = True
    for rule in act.product:
        unknown |= {PRODUCTS[rule], "third_party_assessment"}
    if act.exemption and act.exemption.open == "no":
        known |= dict.fromkeys(GROUNDS, False)
    return {fact: value for fact, value in known.items() if fact not in unknown}
