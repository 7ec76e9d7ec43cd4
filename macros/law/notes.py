"""From a workload's facts to the obligations it meets. Pure; obligations are data with conditions over facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from macros.law.conditions import Match, Open, examine
from macros.law.known import NOT_YET
from macros.model import Facts, Obligation

STATES = ("in-force", "applies-from", "guidance", "voluntary", "proposed")
"""States a note can have, the most pressing first."""


@dataclass(frozen=True, slots=True)
class Note:
    """An obligation that a workload meets: the facts that matched, and what they leave open."""

    obligation: Obligation
    matches: tuple[Match, ...]
    open: tuple[Open, ...]
    state: str

    @property
    def conditional(self) -> bool:
        """Whether it depends on an answer of the visitor; where the law reaches is told apart from this."""
        return any(item.condition != "jurisdiction" for item in self.open)

    @property
    def order(self) -> tuple[int, bool, str]:
        """Sorts what applies now before what comes later, and what is sure before what depends on an answer."""
        later = self.obligation.applies_from or "" if self.state == "applies-from" else ""
        return STATES.index(self.state), self.conditional, later

    @property
    def if_sectors(self) -> tuple[str, ...]:
        """The sectors it depends on, where the workload is also met in others."""
        return self._terms("sectors")

    @property
    def if_role(self) -> str | None:
        """The part in the system that it depends on, where the workload may be built or bought."""
        return next(iter(self._terms("system_role")), None)

    @property
    def if_high_risk(self) -> bool:
        """Whether it rests on a point of Annex III while the class of the use is open."""
        return any(item.condition == "annex_iii" or "not-claimed" in item.terms for item in self.open)

    def _terms(self, condition: str) -> tuple[str, ...]:
        return next((item.terms for item in self.open if item.condition == condition), ())


def state_on(obligation: Obligation, day: str) -> str:
    """`in-force`, `applies-from`, `guidance`, `proposed`, `repealed` or `voluntary` on `day` (YYYY-MM-DD).

    `not-yet` where `macros.law.known` found that it was not made by that day.
    """
    if obligation.state != "adopted":
        return obligation.state
    return "applies-from" if obligation.applies_from and obligation.applies_from > day else "in-force"


def notes(
    facts: Facts,
    obligations: Iterable[Obligation],
    day: str,
    jurisdictions: Mapping[str, str] | None = None,
    deployment: str | None = None,
) -> tuple[Note, ...]:
    """The obligations that these facts meet on `day`, the most pressing first.

    Those repealed, or not made by the day for which `macros.law.known` made the atlas, are never noted.
    `jurisdictions` is where each instrument reaches; `deployment` is how the workload runs, None while open.
    """
    reach = jurisdictions or {}
    found = (
        note(facts, item, day, tuple(filter(None, [reach.get(item.instrument)])), deployment)
        for item in obligations
    )
    return tuple(sorted((item for item in found if item is not None), key=lambda item: item.order))


def note(
    facts: Facts,
    obligation: Obligation,
    day: str,
    reaches: tuple[str, ...] = (),
    deployment: str | None = None,
) -> Note | None:
    """The note for one obligation, or None if its condition is not met. All keys given must match."""
    state = state_on(obligation, day)
    found = examine(facts, obligation.applies_when, reaches, deployment)
    if state in {"repealed", NOT_YET} or not found.met:
        return None
    if obligation.question:
        found.leave("other", (), obligation.question)
    if not obligation.applies_when.jurisdiction:
        found.open = [_reach(item, obligation.instrument) for item in found.open]
    return Note(obligation, tuple(found.matches), tuple(found.open), state)


def _reach(item: Open, instrument: str) -> Open:
    """An open condition, with the instrument that says how far it reaches."""
    return replace(item, instrument=instrument) if item.condition == "jurisdiction" else item


def by_control(found: Iterable[Note], controls: Iterable[str]) -> dict[str, tuple[Note, ...]]:
    """Notes grouped by the first control of each, in the order of `controls`; empty groups are left out."""
    groups: dict[str, list[Note]] = {control: [] for control in controls}
    for item in found:
        groups[item.obligation.controls[0]].append(item)
    return {control: tuple(items) for control, items in groups.items() if items}
