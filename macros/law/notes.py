"""From a workload's facts to the obligations it meets. Pure; obligations are data with conditions over facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from macros.law.classify import classify
from macros.model import Condition, Facts, Obligation, Workload

ANY_SECTOR = "any"
ANY_POINT = "any"
EITHER_ROLE = "either"


@dataclass(frozen=True, slots=True)
class Match:
    """A fact that made an obligation match: the fact's field and the vocabulary terms found."""

    fact: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """An obligation that a workload meets, and why.

    `if_sectors` and `if_role` are conditions the workload's facts leave open: it is met in any sector, or it
    may be built or bought.
    """

    obligation: Obligation
    matches: tuple[Match, ...]
    if_sectors: tuple[str, ...]
    if_role: str | None
    state: str
    if_high_risk: bool = False
    """It rests on a point of Annex III, and whether the use counts as high-risk is open."""

    @property
    def conditional(self) -> bool:
        """Whether it depends on something that the visitor must answer."""
        return bool(self.if_sectors or self.if_role or self.if_high_risk or self.obligation.condition_note)


def state_on(obligation: Obligation, day: str) -> str:
    """`in-force`, `applies-from`, `guidance`, `proposed`, `repealed` or `voluntary` on `day` (YYYY-MM-DD)."""
    if obligation.state != "adopted":
        return obligation.state
    return "applies-from" if obligation.applies_from and obligation.applies_from > day else "in-force"


def notes(workload: Workload, obligations: Iterable[Obligation], day: str) -> tuple[Note, ...]:
    """The obligations that `workload` meets on `day`, in the order given. Repealed ones are never noted."""
    found = (note(workload.facts, obligation, day) for obligation in obligations)
    return tuple(item for item in found if item is not None)


def note(facts: Facts, obligation: Obligation, day: str) -> Note | None:
    """The note for one obligation, or None if its condition is not met. All keys given must match."""
    state = state_on(obligation, day)
    when = obligation.applies_when
    matches = _plain_matches(facts, when)
    sectors = _open_match("sectors", facts.sectors, when.sectors, ANY_SECTOR)
    role = _open_match("system_role", (facts.system_role,), when.system_role, EITHER_ROLE)
    if state == "repealed" or matches is None or sectors is None or role is None:
        return None
    matches += sectors.matches + role.matches
    listed = any(match.fact == "annex_iii" for match in matches)
    return Note(
        obligation=obligation,
        matches=tuple(matches),
        if_sectors=sectors.only_if,
        if_role=role.only_if[0] if role.only_if else None,
        state=state,
        if_high_risk=listed and classify(facts).id == "may-be-high-risk",
    )


def _plain_matches(facts: Facts, when: Condition) -> list[Match] | None:
    """Matches of the facts that are either there or not; None if one that is asked for is missing."""
    held: dict[str, tuple[str, ...]] = {
        "data_kinds": facts.data_kinds,
        "effects": facts.effects,
        "decision": (facts.decision,),
        "audiences": facts.audiences,
        "annex_iii": tuple(point.point for point in facts.ai_act.annex_iii),
        "transparency": facts.ai_act.transparency,
        "product": facts.ai_act.product,
    }
    matches: list[Match] = []
    for fact, terms in held.items():
        wanted: tuple[str, ...] = getattr(when, fact)
        if not wanted:
            continue
        both = tuple(term for term in terms if term in wanted or (fact == "annex_iii" and ANY_POINT in wanted))
        if not both:
            return None
        matches.append(Match(fact, both))
    return matches


@dataclass(frozen=True, slots=True)
class _OpenMatch:
    """A match on a fact that a workload may leave open, or the terms it then depends on."""

    matches: list[Match]
    only_if: tuple[str, ...]


def _open_match(fact: str, held: tuple[str, ...], wanted: tuple[str, ...], left_open: str) -> _OpenMatch | None:
    """Matched, conditional on the visitor (`held` leaves it open), or None if neither."""
    if not wanted or left_open in wanted:
        return _OpenMatch([], ())
    both = tuple(term for term in held if term in wanted)
    if both:
        return _OpenMatch([Match(fact, both)], ())
    return _OpenMatch([], wanted) if left_open in held else None


def by_control(found: Iterable[Note], controls: Iterable[str]) -> dict[str, tuple[Note, ...]]:
    """Notes grouped by the first control of each, in the order of `controls`; empty groups are left out."""
    groups: dict[str, list[Note]] = {control: [] for control in controls}
    for item in found:
        groups[item.obligation.controls[0]].append(item)
    return {control: tuple(items) for control, items in groups.items() if items}
