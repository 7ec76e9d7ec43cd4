"""The data of the classification helper at `/regulation/class/`: tables computed by the rules, and texts.

The browser turns the answers of each step into a code (a look-up, or the strongest of its answers), the codes of
all steps into one outcome (a look-up), and shows it. No rule is evaluated there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations, product
from typing import Any

from macros.derive import Derived
from macros.law import ADVICE, AI_ACT, follows, known, remaining
from macros.law.answers import STEPS, typed
from macros.law.class_rules import (
    EXPLAINED,
    FACTS,
    GATES,
    HOLDS_IF,
    NOT_IN_SECTION_B,
    NOTHING,
    PARTS,
    RULES,
    STAGES,
    VALUES,
    Reach,
    part_of,
)
from macros.law.classify import ON_THE_FACTS, Classification, answers_of, outcome, reach
from macros.law.report import record_json, state_text
from macros.model import Atlas, Question
from macros.scripts import as_script
from macros.urls import address
from macros.words import spoken

FILE = "assets/js/class/data.js"
SCRIPTS = ("table", "address", "brief", "view")
GIVEN = (False, None, True)
"""An answer as a digit: no, not known, yes."""


def script(derived: Derived) -> str:
    """The data as the script that sets `window.WA_CLASS`."""
    return as_script("WA_CLASS", data(derived))


def codes(part: str) -> list[frozenset[str]]:
    """What a part can still come to, by code: for a part with two values no, open, yes."""
    values = VALUES[part]
    if len(values) == 2:
        return [frozenset({values[0]}), frozenset(values), frozenset({values[1]})]
    return [frozenset(some) for size in range(1, len(values) + 1) for some in combinations(values, size)]


def data(derived: Derived) -> dict[str, Any]:
    """Steps, tables, outcomes, obligations and workloads."""
    atlas, day = derived.atlas, derived.atlas.settings.as_of
    later = follows.later_bans(atlas, day)
    table, outcomes = _outcomes(lambda text: follows.dated(atlas, text, later))
    return {
        "as_of": day,
        "notice": ADVICE,
        "steps": [_step(derived, key, stage, later) for key, stage in STEPS.items()],
        "on_the_facts": ON_THE_FACTS,
        "gates": list(GATES),
        "parts": list(PARTS),
        "not_in_section_b": NOT_IN_SECTION_B,
        "sizes": [len(codes(part)) for part in PARTS],
        "table": table,
        "outcomes": outcomes,
        "classes": [
            {
                "id": id_,
                "title": follows.dated(atlas, title, later),
                "says": follows.dated(atlas, EXPLAINED[id_], later),
                "provisions": provisions,
                "step": follows.DECIDES.get(id_),
                "fine": follows.fine(atlas, Classification(id_, title, "", (id_,))),
            }
            for id_, (title, provisions, _) in RULES.items()
        ],
        "duties": [_duty(derived, duty) for duty in follows.duties(atlas, day)],
        "workloads": [
            {
                "id": item.workload.id,
                "title": item.workload.title,
                "url": address("workloads", item.workload.id),
                "answers": _digits(answers_of(item.workload.facts), follows.not_yet(atlas)),
                "products": list(item.workload.facts.ai_act.product),
                "doubted": item.classification.id if item.classification.unclear else None,
                "record": record_json(item.workload.facts.ai_act),
            }
            for item in derived.workloads.values()
        ],
    }


def _digits(answers: Mapping[str, bool], early: frozenset[str]) -> str:
    """One digit a fact, in the order in which the steps ask for them."""
    return "".join(str(GIVEN.index(answers.get(fact))) for fact in FACTS if fact not in early)


def _step(derived: Derived, key: str, stage: str, later: frozenset[str]) -> dict[str, Any]:
    term = derived.atlas.vocabulary["question-stages"].terms[stage]
    early = follows.not_yet(derived.atlas)
    found: dict[str, Any] = {
        "id": stage,
        "key": key,
        "title": term.label,
        "help": term.help,
        "nothing": NOTHING[stage],
        "parts": [part for part in PARTS if any(part_of(fact, later) == part for fact in STAGES[stage])],
        "facts": [_fact(derived, fact, later) for fact in STAGES[stage] if fact not in early],
    }
    if stage in remaining.RULED_TOGETHER:
        found |= _weighed(stage)
    return found


def _fact(derived: Derived, fact: str, later: frozenset[str]) -> dict[str, Any]:
    atlas, question = derived.atlas, follows.question_of(derived.atlas, fact)
    point = FACTS[fact] == "listed"
    help_ = atlas.vocabulary["annex-iii-points"].terms[typed(fact)].help if point else question.help
    return {
        "id": fact,
        "name": typed(fact),
        "title": follows.title_of(atlas, fact),
        "question": atlas.label("annex-iii-points", typed(fact)) if point else question.question,
        "help": help_,
        "yes": question.yes,
        "provision": question.provision,
        "url": question.text_url,
        "from": question.applies_from if known.is_law(atlas, AI_ACT) else None,
        "later": fact in later,
        "part": part_of(fact, later),
    }


def _weighed(stage: str) -> dict[str, Any]:
    """For every set of answers of a step whose facts are weighed together: its code, and which facts matter."""
    facts, position = STAGES[stage], PARTS.index(stage)
    known = codes(stage)
    table, masks = [], []
    for given in product(GIVEN, repeat=len(facts)):
        answers = {fact: value for fact, value in zip(facts, given, strict=True) if value is not None}
        table.append(known.index(reach(answers)[position]))
        open_ = [fact for fact in facts if fact not in answers]
        masks.append(sum(1 << facts.index(fact) for fact in open_ if remaining.matters(fact, answers)))
    return {"table": table, "matters": masks}


def _outcomes(dated: Any) -> tuple[list[int], list[dict[str, Any]]]:
    """The outcome of every combination of codes, as numbers of distinct outcomes, and these."""
    seen: dict[tuple[Any, ...], int] = {}
    outcomes: list[dict[str, Any]] = []
    table = []
    for reached in _reaches():
        found = outcome(reached)
        key = (found.id, found.title, found.possible, tuple(found.gates.items()), found.stages_left)
        if key not in seen:
            seen[key] = len(outcomes)
            outcomes.append(_outcome(found, dated))
        table.append(seen[key])
    return table, outcomes


def _reaches() -> Iterable[Reach]:
    return product(*(codes(part) for part in PARTS))


def _outcome(found: Classification, dated: Any) -> dict[str, Any]:
    classes, stages = list(RULES), list(STAGES)
    return {
        "id": found.id,
        "title": dated(found.title),
        "possible": [classes.index(id_) for id_ in found.possible],
        "gates": "".join(str(follows.WEAKEST.index(found.gates[gate])) for gate in GATES),
        "left": [stages.index(stage) for stage in found.stages_left],
    }


def _duty(derived: Derived, duty: follows.Duty) -> dict[str, Any]:
    atlas, obligation = derived.atlas, duty.obligation
    law: dict[str, Any] = {"state": duty.state, "instrument": obligation.instrument}
    law |= {"applies_from": obligation.applies_from, "moved_from": obligation.moved_from}
    return {
        "id": obligation.id,
        "title": obligation.title,
        "provision": obligation.provision,
        "text_url": obligation.text_url,
        "url": address("obligations", obligation.id),
        "binds": [atlas.label("roles", role) for role in obligation.binds],
        "state": duty.state,
        "when": state_text(atlas, law),
        "date_note": obligation.date_note,
        "facts": list(duty.facts),
        "gate": list(GATES).index(duty.gate),
        "only_if": list(duty.only_if),
        "products": list(duty.products),
        "not_for": list(duty.not_for),
        "deployer_only": duty.deployer_only,
        "note": obligation.condition_note,
    }


def values(derived: Derived) -> dict[str, Any]:
    """What the page is given besides the script: the same questions and rules, for reading."""
    atlas = derived.atlas
    later = follows.later_bans(atlas, atlas.settings.as_of)
    stages = atlas.vocabulary["question-stages"].terms
    return {
        "scripts": SCRIPTS,
        "stages": [(stage, stages[stage], _asked(atlas, stage)) for stage in STAGES],
        "rules": [
            (follows.dated(atlas, title, later), provisions, HOLDS_IF[id_])
            for id_, (title, provisions, _) in RULES.items()
        ],
        "later": later,
        "law": known.is_law(atlas, AI_ACT),
        "spoken": spoken,
    }


def _asked(atlas: Atlas, stage: str) -> list[Question]:
    return sorted((item for item in atlas.questions.values() if item.stage == stage), key=lambda item: item.order)
