"""What follows from answers to the questions of the AI Act: reasons, obligations with their dates, questions left.

Pure; the classes are in `classify`, the obligations and the texts of the questions are records of the atlas.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

from macros.law import AI_ACT
from macros.law.class_rules import (
    DAY_TO_COME,
    FACTS,
    NOT_IN_SECTION_B,
    NOTHING,
    PARTS,
    POINTS,
    RULES,
    STAGES,
    WEIGHED,
    Answers,
)
from macros.law.classify import PRODUCTS, Classification, reach
from macros.law.known import NOT_YET
from macros.law.notes import state_on
from macros.model import Atlas, Condition, Obligation, Question
from macros.words import lower_first, spoken

POINT_QUESTION = "annex_iii"
SECTION_A = "product_section_a"
BY_PRODUCT = "As a product of Annex I, Section A (Article 6(1))."
BY_MAKER = "The maker of the product counts as provider of its safety component (Article 25(3))."
CLASS_KEYS = ("annex_iii", "transparency", "product", "always")
"""Keys of a condition that the classification answers; the others stay conditions."""
VOCABULARY = {
    "data_kinds": ("data-kinds", "Data"),
    "sectors": ("sectors", "Sector"),
    "effects": ("effects", "Effect on people"),
    "decision": ("decisions", "Part in the decision"),
    "audiences": ("audiences", "Serves"),
    "system_role": ("system-roles", "The system is"),
    "product": ("product-rules", "The product is"),
}
DECIDES = {
    "prohibited": "bans",
    "prohibited-later": "bans",
    "high-risk": "listed",
    "high-risk-product": "product",
    "product-rules": "product",
    "exempt": "listed",
    "transparency": "transparency",
}
"""The stage whose dates are those of a class."""
WEAKEST = ("no", "open", "yes")
BANNED = frozenset({"prohibited", "prohibited-later"})
BAN_FINE = "Article 99(3)"
MAKERS = frozenset({"provider", "manufacturer"})


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation of the AI Act and what brings it: any of `facts` (always, if none), and a gate."""

    obligation: Obligation
    facts: tuple[str, ...]
    gate: str
    only_if: tuple[str, ...]
    """Conditions that the classification does not ask about."""
    state: str
    products: tuple[str, ...] = ()
    """Only for these products; the classification knows the section of Annex I, not the product."""
    not_for: tuple[str, ...] = ()
    """Not where a record names one of these products: obligations of their own tell the duty."""

    @property
    def deployer_only(self) -> bool:
        """It binds those who use the system and not its provider, so purely personal use takes it away."""
        return "deployer" in self.obligation.binds and not MAKERS & set(self.obligation.binds)


@dataclass(frozen=True, slots=True)
class Reason:
    """What an answer, or a settled stage, contributes. `provision` and `url` are those of its question."""

    fact: str
    text: str
    provision: str
    url: str


def fine(atlas: Atlas, found: Classification) -> str | None:
    """The highest fine for a prohibited practice; for other classes each obligation has its own."""
    if not set(found.possible) <= BANNED:
        return None
    most = next(item for item in atlas.instruments[AI_ACT].fines if item.provision == BAN_FINE)
    return f"Up to {most.maximum} ({most.provision}); for SMEs the lower of the two (Article 99(6))."


def question_of(atlas: Atlas, fact: str) -> Question:
    """The record that asks for a fact; points of Annex III share one."""
    return atlas.questions[POINT_QUESTION if FACTS[fact] == "listed" else fact]


def title_of(atlas: Atlas, fact: str) -> str:
    """A fact as it is called: the question's title, or the point's label."""
    if FACTS[fact] == "listed":
        return f"Annex III, point {atlas.label('annex-iii-points', fact.removeprefix('point_'))}"
    return atlas.questions[fact].title


def later_bans(atlas: Atlas, day: str) -> frozenset[str]:
    """Practices whose ban does not apply yet on `day`."""
    asked = (fact for fact in STAGES["bans"] if fact in atlas.questions)
    return frozenset(fact for fact in asked if (atlas.questions[fact].applies_from or "") > day)


def not_yet(atlas: Atlas) -> frozenset[str]:
    """Facts that the Act did not look at yet on the day for which `macros.law.known` made the atlas."""
    return frozenset(fact for fact, stage in FACTS.items() if stage != "listed" and fact not in atlas.questions)


def dated(atlas: Atlas, text: str, later: frozenset[str]) -> str:
    """A text with the day of the bans that do not apply yet, if it is one day for all of them."""
    days = {atlas.questions[fact].applies_from for fact in later}
    day = days.pop() if len(days) == 1 else None
    return text.replace(DAY_TO_COME, spoken(day)) if day else text


def duties(atlas: Atlas, day: str) -> tuple[Duty, ...]:
    """Every obligation of the AI Act on systems that the class can bring, with its state on `day`."""
    asked: dict[str, list[Question]] = {}
    for question in atlas.questions.values():
        for id_ in question.obligations:
            asked.setdefault(id_, []).append(question)
    found: list[Duty | None] = []
    products = (p for obligation in atlas.obligations.values() for p in obligation.applies_when.product)
    own = tuple(dict.fromkeys(p for p in products if PRODUCTS[p] == SECTION_A))
    for obligation in atlas.obligations.values():
        if (
            obligation.instrument != AI_ACT
            or obligation.layer != "system"
            or obligation.state in {"repealed", NOT_YET}
        ):
            continue
        found.append(_duty(atlas, obligation, asked.get(obligation.id, []), state_on(obligation, day)))
        found.append(_by_product(atlas, obligation, day, own))
    return tuple(duty for duty in found if duty is not None)


def _duty(atlas: Atlas, obligation: Obligation, asked: list[Question], state: str) -> Duty | None:
    when = obligation.applies_when
    needs = only_if(atlas, when) + (() if asked else _own_question(obligation))
    stages = {question.stage for question in asked}
    if "bans" in stages:
        return Duty(obligation, tuple(question.id for question in asked), "ban", (), state)
    if when.annex_iii:
        points = POINTS if "any" in when.annex_iii else when.annex_iii
        gate = "exempt" if "exemption" in stages else "high-risk"
        facts = tuple(f"point_{point}" for point in points)
        return Duty(obligation, facts, gate, needs, state)
    if when.product:
        facts = tuple(dict.fromkeys(PRODUCTS[rule] for rule in when.product))
        gate = "product-a" if facts == (SECTION_A,) else "product-b"
        return Duty(obligation, facts, gate, needs, state, when.product)
    if when.transparency:
        facts = tuple(trigger.replace("-", "_") for trigger in when.transparency)
        return Duty(obligation, facts, "act", needs, state)
    return Duty(obligation, (), "act", needs, state) if when.always else None


def _by_product(atlas: Atlas, obligation: Obligation, day: str, own: tuple[str, ...]) -> Duty | None:
    """The same duty by Article 6(1) and Section A, with the dates of that route; only if Annex III has none.

    `own` are the products with obligations of their own, which tell it there.
    """
    route = obligation.product_route
    if route is None:
        return None
    made, when = "provider" in obligation.binds, obligation.applies_when
    note = " ".join(filter(None, (BY_PRODUCT, BY_MAKER if made else None, route.note)))
    dated = replace(obligation, applies_from=route.applies_from, moved_from=route.moved_from)
    dated = replace(dated, date_note=None, condition_note=note)
    if made:  # whoever built it, and in whose name: Article 25(3) looks at the product
        when = replace(when, system_role=(), system_name=())
    needs, state = only_if(atlas, when) + _own_question(obligation), state_on(dated, day)
    return Duty(dated, (SECTION_A,), "product-only", needs, state, not_for=own)


def _own_question(obligation: Obligation) -> tuple[str, ...]:
    """What the obligation asks besides the class, where no question about the class asks it."""
    return (f"yes to “{obligation.question}”",) if obligation.question else ()


def only_if(atlas: Atlas, when: Condition) -> tuple[str, ...]:
    """The rest of a condition in words, one a key: what must hold besides the class."""
    found = []
    for key in (field.name for field in fields(when)):
        terms = getattr(when, key)
        if not terms or (key in CLASS_KEYS and key != "product") or not isinstance(terms, tuple):
            continue
        vocabulary, name = VOCABULARY.get(key, (None, key.replace("_", " ").capitalize()))
        labels = (atlas.label(vocabulary, term) if vocabulary else term for term in terms)
        found.append(f"{name}: {' or '.join(lower_first(label) for label in labels)}")
    return tuple(found)


def status(duty: Duty, answers: Answers, found: Classification, products: Sequence[str] = ()) -> str:
    """`yes` if every completion of the answers brings it, `open` if some do, `no` if none does.

    What `only_if` names is not among the answers: with it, a `yes` holds only where that holds as well.

    `products` are those that a workload's record names; a duty for others, or for none named, is never firm.
    """
    steps = [triggered(duty.facts, answers), found.gates[duty.gate]]
    if duty.deployer_only:
        steps.append(found.gates["deployer"])
    if duty.products and not set(duty.products) & set(products):
        steps.append("open")
    if set(duty.not_for) & set(products):
        steps.append("no")
    return min(steps, key=WEAKEST.index)


def triggered(facts: tuple[str, ...], answers: Answers) -> str:
    """Whether one of the facts holds; without facts it always does."""
    if not facts or any(answers.get(fact) for fact in facts):
        return "yes"
    return "no" if all(fact in answers for fact in facts) else "open"


def reasons(atlas: Atlas, answers: Answers, found_class: Classification) -> tuple[Reason, ...]:
    """Each fact that holds, and what is said of a stage that is settled without one."""
    section_b = found_class.gates["act"] == "no" and found_class.gates["product-b"] == "yes"
    found: list[Reason] = []
    values = dict(zip(PARTS, reach(answers), strict=True))
    for stage, facts in STAGES.items():
        if stage == "exemption" and values["listed"] == {"no"}:
            continue
        for fact in facts:
            if answers.get(fact):
                question = question_of(atlas, fact)
                text = f"{title_of(atlas, fact)}: yes. {question.yes}"
                if section_b and stage == "transparency":
                    text = f"{text} {NOT_IN_SECTION_B}"
                found.append(Reason(fact, text, question.provision, question.text_url))
        weighed = stage in WEIGHED and values[stage] <= {"no", "none"} and len(values[stage]) == 1
        if weighed or (stage not in WEIGHED and triggered(facts, answers) == "no"):
            found.append(Reason("", NOTHING[stage], "", ""))
    return tuple(found)


def provisions(found: Classification, because: Iterable[Reason]) -> tuple[str, ...]:
    """Provisions that the class, or each class still possible, rests on; then those of the facts that hold."""
    named = [provision for id_ in found.possible for provision in RULES[id_][1]]
    named += [reason.provision for reason in because if reason.fact]
    return tuple(dict.fromkeys(named))


def starts(atlas: Atlas, answers: Answers, class_id: str, later: frozenset[str]) -> str | None:
    """The first day on which a class has its consequences, by what is answered yes; None if it has no date."""
    stage = DECIDES.get(class_id)
    held = [fact for fact in STAGES.get(stage or "", ()) if answers.get(fact)]
    if stage == "bans":
        held = [fact for fact in held if (fact in later) == (class_id == "prohibited-later")]
    dates = (question_of(atlas, fact).applies_from for fact in held)
    return min((date for date in dates if date), default=None)
