"""Conditions over facts: what matches, what stays open, and the question that decides it. Pure.

Facts that are there or not either match or rule an obligation out. Facts that a workload leaves open never rule
it out: they make it depend on an answer. Where the question is not in the data, `macros.law.questions` asks it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from macros.model import AiAct, Condition, Facts

ANY_SECTOR = "any"
ANY_POINT = "any"
EITHER = "either"
SELF_HOST = "self-host"
NOT_CLAIMED = ("not-claimed",)
EVERYWHERE = "international"


@dataclass(frozen=True, slots=True)
class Match:
    """A fact that made an obligation match: the fact's field and the vocabulary terms found."""

    fact: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """A condition that the facts leave open. `condition` is the key of the condition, or `other`."""

    condition: str
    terms: tuple[str, ...]
    question: str | None = None
    instrument: str | None = None
    """The instrument whose own reach is open, where the condition is about reach."""
    answer: str | None = None
    """The answer that opens the obligation, where it is not simply yes."""


@dataclass(slots=True)
class Result:
    """Matches and open conditions so far; `met` is false once a fact rules the obligation out."""

    matches: list[Match] = field(default_factory=list)
    open: list[Open] = field(default_factory=list)
    met: bool = True

    def match(self, fact: str, terms: tuple[str, ...]) -> None:
        """Note that `terms` of `fact` matched."""
        self.matches.append(Match(fact, terms))

    def leave(
        self, condition: str, terms: tuple[str, ...], question: str | None = None, answer: str | None = None
    ) -> None:
        """Note that `condition` is open, and which answer opens the obligation if it is not simply yes."""
        self.open.append(Open(condition, terms, question, answer=answer))


def examine(facts: Facts, when: Condition, reaches: tuple[str, ...], deployment: str | None) -> Result:
    """Every key of `when` against `facts`.

    `reaches` are the jurisdictions of the obligation; `deployment` is how it runs, or None while that is open.
    """
    result = Result()
    _plain(result, facts, when)
    _sectors(result, facts.sectors, when.sectors)
    _either(result, "system_role", facts.system_role, when.system_role)
    _either(result, "system_name", facts.system.name, when.system_name)
    _techniques(result, facts.system.techniques, when.techniques)
    _exemption(result, facts, when)
    _deployment(result, deployment, when.deployment)
    _jurisdiction(result, facts.reach, when.jurisdiction or reaches)
    return result


def _plain(result: Result, facts: Facts, when: Condition) -> None:
    """Facts that are either there or not."""
    held: dict[str, tuple[str, ...]] = {
        "data_kinds": facts.data_kinds,
        "effects": facts.effects,
        "decision": (facts.decision,),
        "audiences": facts.audiences,
        "annex_iii": tuple(point.point for point in facts.ai_act.annex_iii),
        "transparency": facts.ai_act.transparency,
        "product": facts.ai_act.product,
    }
    for fact, terms in held.items():
        wanted: tuple[str, ...] = getattr(when, fact)
        if not wanted:
            continue
        accepts: Callable[[str], bool] = wanted.__contains__
        both = terms if fact == "annex_iii" and ANY_POINT in wanted else tuple(filter(accepts, terms))
        if both:
            result.match(fact, both)
        else:
            result.met = False


def _sectors(result: Result, held: tuple[str, ...], wanted: tuple[str, ...]) -> None:
    """Open for a workload met in any sector, or in other sectors besides those asked for."""
    if not wanted or ANY_SECTOR in wanted:
        return
    both = tuple(term for term in held if term in wanted)
    if both:
        result.match("sectors", both)
    if both and set(held) <= set(wanted):
        return
    if both or ANY_SECTOR in held:
        result.leave("sectors", wanted if ANY_SECTOR in held else both)
    else:
        result.met = False


def _either(result: Result, fact: str, held: str, wanted: tuple[str, ...]) -> None:
    """A fact with one value that may be `either`."""
    if not wanted or EITHER in wanted:
        return
    if held in wanted:
        result.match(fact, (held,))
    elif held == EITHER:
        result.leave(fact, wanted)
    else:
        result.met = False


def _techniques(result: Result, held: tuple[str, ...], wanted: tuple[str, ...]) -> None:
    """What is usual rules nothing out: a team may also adapt the model in another way."""
    if not wanted:
        return
    both = tuple(term for term in held if term in wanted)
    if both:
        result.match("techniques", both)
    result.leave("techniques", both or wanted)


def _exemption(result: Result, facts: Facts, when: Condition) -> None:
    """Article 6(3) and points that are open themselves; for a listed use the duty presumes no exemption."""
    wanted = when.exemption or (NOT_CLAIMED if when.annex_iii else ())
    if not wanted or not result.met:
        return
    act = facts.ai_act
    matched = {term for match in result.matches if match.fact == "annex_iii" for term in match.terms}
    points = [point for point in act.annex_iii if point.point in matched]
    questions = [point.question for point in points if point.question]
    if points and len(questions) == len(points):
        result.leave("annex_iii", tuple(point.point for point in points), " ".join(questions))
    closed = act.exemption is not None and act.exemption.open == "no"
    if "not-claimed" in wanted:
        if not closed or act.unclear:
            result.leave("exemption", NOT_CLAIMED, *_asked(act, claimed=False))
    elif closed:
        result.met = False
    else:
        result.leave("exemption", ("claimed",), *_asked(act, claimed=True))


def _asked(act: AiAct, *, claimed: bool) -> tuple[str | None, str | None]:
    """The question about the exemption, and which answer opens what is owed with or without it.

    One question serves both, with opposite answers. What a record says to be unclear has no such answer.
    """
    if act.exemption and act.exemption.question:
        return act.exemption.question, act.exemption.exempt_if if claimed else act.exemption.high_risk_if
    return act.unclear, None if act.unclear else "yes" if claimed else "no"


def _deployment(result: Result, held: str | None, wanted: tuple[str, ...]) -> None:
    """Self-hosting leaves an outside party open: a cloud, an operator, remote support."""
    if not wanted:
        return
    if held in wanted:
        result.match("deployment", (str(held),))
    elif held is None or held == SELF_HOST:
        result.leave("deployment", wanted)
    else:
        result.met = False


def _jurisdiction(result: Result, held: tuple[str, ...], wanted: tuple[str, ...]) -> None:
    """Federal law reaches a workload in any state; state law stays open where only the federation is stated."""
    if not wanted or EVERYWHERE in wanted:
        return
    if not held:
        result.leave("jurisdiction", wanted)
        return
    exact = tuple(term for term in held if any(term == want or term.startswith(f"{want}-") for want in wanted))
    if exact:
        result.match("jurisdiction", exact)
    elif any(want.startswith(f"{term}-") for term in held for want in wanted):
        result.leave("jurisdiction", wanted)
    else:
        result.met = False
