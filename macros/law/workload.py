"""What the law part of a workload's pages is given: groups, open questions, answers by deployment, checklist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from macros.law.counts import headline
from macros.law.notes import Note, by_control
from macros.law.questions import tell
from macros.model import Atlas

BY = ("you", "both", "vendor-contract")
"""Who answers an obligation: by what they operate, by both, by a contract."""


@dataclass(frozen=True, slots=True)
class Group:
    """Notes answered by one control, asked as a question."""

    control: str
    question: str
    notes: tuple[Note, ...]

    @property
    def duties(self) -> tuple[str, ...]:
        """The names of those that apply now whatever the visitor answers."""
        return tuple(note.obligation.title for note in self.notes if is_now(note) and not note.conditional)

    @property
    def now(self) -> int:
        """How many apply now whatever the visitor answers."""
        return len(self.duties)

    @property
    def now_if(self) -> int:
        """How many apply now if a question is answered so."""
        return sum(1 for note in self.notes if is_now(note) and note.conditional)

    @property
    def later(self) -> int:
        """How many are law that applies from a later day."""
        return sum(1 for note in self.notes if note.state == "applies-from")

    @property
    def other(self) -> int:
        """How many are guidance, voluntary or proposed."""
        return len(self.notes) - self.now - self.now_if - self.later


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that the facts leave open, and how many notes hang on it."""

    question: str
    notes: int
    by_answer: tuple[tuple[str, int], ...] = ()
    """How many hang on each answer, where one question opens some and closes others."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the checklist. `of` is the sentence above it."""

    title: str
    of: str
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class LawPart:
    """Everything about law on a workload's page."""

    groups: tuple[Group, ...]
    asked: tuple[Asked, ...]
    reaches: tuple[Asked, ...]
    all: Group
    headline: str
    """How many are law, guidance, frames and proposals."""
    answered: int
    """How many notes the answers by deployment count: all but proposals, which ask nothing of anybody."""
    counts: tuple[tuple[str, dict[str, int]], ...]
    """For each way of answering, how many notes by deployment."""
    differing: tuple[Note, ...]
    """Notes that are answered in another way in another deployment."""
    same: tuple[Note, ...]
    by_instrument: dict[str, dict[str, tuple[Note, ...]]]
    """The notes by the law they come from, and by what keeps them from being law that applies now, if anything."""


def is_now(note: Note) -> bool:
    """Whether it is law that applies on the day of the atlas."""
    return note.state == "in-force"


def law_part(atlas: Atlas, found: tuple[Note, ...], verdicts: Iterable[str]) -> LawPart:
    """The law part for the notes of a workload, in their order."""
    terms = atlas.vocabulary["controls"].terms
    groups = tuple(
        Group(control, terms[control].question or terms[control].label, items)
        for control, items in by_control(found, terms).items()
    )
    asking = tuple(n for n in found if n.state != "proposed")
    counts = tuple(
        (by, {v: sum(1 for n in asking if n.obligation.by_deployment[v].by == by) for v in verdicts}) for by in BY
    )
    differing = tuple(n for n in asking if len({answer.by for answer in n.obligation.by_deployment.values()}) > 1)
    return LawPart(
        groups=groups,
        asked=_asked(atlas, found, jurisdiction=False),
        reaches=_asked(atlas, found, jurisdiction=True),
        all=Group("", "", found),
        headline=headline(note.state for note in found),
        answered=len(asking),
        counts=counts,
        differing=differing,
        same=tuple(n for n in asking if n not in differing),
        by_instrument=_by_law(atlas, found),
    )


def standing(atlas: Atlas, note: Note) -> str:
    """What keeps a note from being law that applies now, as one says it; empty for law that does."""
    if note.state == "voluntary":
        contract = atlas.instruments[note.obligation.instrument].binding == "contract"
        return "by contract" if contract else "voluntary"
    told = {
        "in-force": "",
        "applies-from": f"from {note.obligation.applies_from}",
        "proposed": "proposed, not law",
    }
    return told.get(note.state, note.state)


def _by_law(atlas: Atlas, found: tuple[Note, ...]) -> dict[str, dict[str, tuple[Note, ...]]]:
    laws: dict[str, dict[str, tuple[Note, ...]]] = {}
    for note in found:
        parts = laws.setdefault(note.obligation.instrument, {})
        told = standing(atlas, note)
        parts[told] = (*parts.get(told, ()), note)
    return laws


def official(found: tuple[Note, ...]) -> dict[str, str]:
    """Where the official text of each law that the notes name is published, by instrument."""
    texts: dict[str, str] = {}
    for note in found:
        texts.setdefault(note.obligation.instrument, note.obligation.text_url.partition("#")[0])
    return texts


def checklist(found: tuple[Note, ...]) -> tuple[Part, ...]:
    """What proves each duty, in parts by urgency. Proposals are no duties and are left out."""
    parts = (
        Part(
            "Now",
            "Law that applies on that day wherever it reaches, by the facts stated.",
            tuple(n for n in found if is_now(n) and not n.conditional),
        ),
        Part(
            "Now, if the answers bring it in",
            "Law that applies on that day; whether to you, the questions beside it decide.",
            tuple(n for n in found if is_now(n) and n.conditional),
        ),
        Part(
            "Later",
            "Adopted law that applies from the day given.",
            tuple(n for n in found if n.state == "applies-from"),
        ),
        Part(
            "Guidance, contract or choice",
            "No law by itself: guidance of authorities, rules that bind by contract, standards.",
            tuple(n for n in found if n.state in ("guidance", "voluntary")),
        ),
    )
    return tuple(part for part in parts if part.notes)


def _asked(atlas: Atlas, found: tuple[Note, ...], *, jurisdiction: bool) -> tuple[Asked, ...]:
    """Distinct open questions, those that most notes hang on first; ties keep the order of the notes."""
    counts: dict[str, Counter[str]] = {}
    for note in found:
        asked = {
            tell(atlas, item): item.answer or ""
            for item in note.open
            if (item.condition == "jurisdiction") is jurisdiction
        }
        for question, answer in asked.items():
            counts.setdefault(question, Counter())[answer] += 1
    items = (
        Asked(question, by.total(), tuple((answer, n) for answer, n in by.most_common() if answer))
        for question, by in counts.items()
    )
    return tuple(sorted(items, key=lambda item: -item.notes))
