"""Answers to the questions of the AI Act as they are typed or put into an address; one notation for both.

`social_scoring=no` answers one question; `bans=none` and `annex_iii=4a,5b?` answer a step: what is named is met,
what has a question mark is not known, the rest is not met.
"""

from __future__ import annotations

from collections.abc import Iterable

from macros.law.class_rules import FACTS, STAGES, Answers
from macros.problems import did_you_mean

VALUES = {"yes": True, "no": False, "unknown": None}
STEPS = {("annex_iii" if stage == "listed" else stage): stage for stage in STAGES}
"""The name of a step as it is typed."""


def typed(fact: str) -> str:
    """A fact as it is named within its step: a point of Annex III without its prefix."""
    return fact.removeprefix("point_") if FACTS[fact] == "listed" else fact


def parse(given: Iterable[str], before: Answers | None = None) -> tuple[dict[str, bool], list[str]]:
    """Answers, on top of those `before`, and everything that is wrong with `given`, one sentence each."""
    answers = dict(before or {})
    wrong: list[str] = []
    seen: dict[str, str] = {}
    pairs: list[tuple[str, str]] = []
    for item in given:
        key, equals, value = (part.strip() for part in item.partition("="))
        if not equals:
            wrong.append(f"`{item}` is not KEY=VALUE, such as annex_iii=4a")
        elif seen.setdefault(key, value) != value:
            wrong.append(f"`{key}` is set twice, to different values")
        else:
            pairs.append((key, value))
    # A step goes before its own questions, so that both can be set in any order.
    for key, value in sorted(pairs, key=lambda pair: pair[0] not in STEPS):
        found, problems = _step(key, value) if key in STEPS else _fact(key, value)
        wrong += problems
        for fact, answer in found.items():
            if answer is None:
                answers.pop(fact, None)
            else:
                answers[fact] = answer
    return answers, wrong


def _fact(key: str, value: str) -> tuple[dict[str, bool | None], list[str]]:
    if key not in FACTS:
        hint = did_you_mean(key, (*STEPS, *FACTS), "`atlas classify --list` names the questions")
        return {}, [f"unknown question `{key}`; {hint}"]
    if value not in VALUES:
        return {}, [f"unknown answer `{value}` to `{key}`; the answers are {', '.join(VALUES)}"]
    return {key: VALUES[value]}, []


def _step(key: str, value: str) -> tuple[dict[str, bool | None], list[str]]:
    facts = STAGES[STEPS[key]]
    if value == "unknown":
        return dict.fromkeys(facts), []
    names = {typed(fact): fact for fact in facts}
    found: dict[str, bool | None] = dict.fromkeys(facts, False)
    wrong = []
    for item in [] if value == "none" else value.split(","):
        name = item.strip().removesuffix("?")
        if name in names:
            found[names[name]] = None if item.strip().endswith("?") else True
        else:
            hint = did_you_mean(name, names, f"it takes none, unknown, or {', '.join(names)}")
            wrong.append(f"unknown value `{name}` of `{key}`; {hint}")
    return found, wrong


def written(answers: Answers) -> dict[str, str]:
    """The answers step by step in the same notation; a step of which nothing is known is left out."""
    told = {}
    for key, stage in STEPS.items():
        facts = STAGES[stage]
        if any(fact in answers for fact in facts):
            named = [f"{typed(f)}{'' if f in answers else '?'}" for f in facts if answers.get(f, True)]
            told[key] = ",".join(named) or "none"
    return told
