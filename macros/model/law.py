"""Law: instruments, obligations with their conditions, changes, questions of the classification."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """One change of law, guidance or proposal; `kind` says which, and only some kinds are law."""

    id: str
    title: str
    date: str
    kind: str
    instruments: tuple[str, ...]
    obligations: tuple[str, ...]
    before: str
    after: str
    confidence: str
    sources: tuple[str, ...]
    reviewed: str


@dataclass(frozen=True, slots=True)
class Event:
    """A date in the life of an instrument. `kind`: `law`, `guidance`, `judgment`, `proposed` or `dropped`."""

    date: str
    event: str
    confidence: str
    sources: tuple[str, ...]
    kind: str = "law"
    moved_from: str | None = None
    adopted: str | None = None
    """Day on which law set this day, if it is not that of the instrument."""
    moved_on: str | None = None
    obligations: tuple[str, ...] = ()
    """The obligations that it concerns; none if it concerns all who are under the instrument."""
    concerns: str | None = None
    """`authorities` if it is theirs to act, and nobody else's."""


@dataclass(frozen=True, slots=True)
class Fine:
    """A maximum fine and its breach."""

    breach: str
    maximum: str
    provision: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, rule, standard or guidance."""

    id: str
    title: str
    full_title: str
    jurisdiction: str
    kind: str
    binding: str
    summary: str
    authority: str
    timeline: tuple[Event, ...]
    sources: tuple[str, ...]
    reviewed: str
    synonyms: tuple[str, ...] = ()
    reach_question: str | None = None
    entries_note: str | None = None
    adopted: str | None = None
    fines: tuple[Fine, ...] = ()
    open_questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """Facts that a workload must have; empty lists ask for nothing."""

    data_kinds: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    decision: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    annex_iii: tuple[str, ...] = ()
    transparency: tuple[str, ...] = ()
    product: tuple[str, ...] = ()
    system_role: tuple[str, ...] = ()
    system_name: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()
    exemption: tuple[str, ...] = ()
    deployment: tuple[str, ...] = ()
    jurisdiction: tuple[str, ...] = ()
    always: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """Who answers an obligation in one deployment, and how."""

    by: str
    how: str


@dataclass(frozen=True, slots=True)
class ProductRoute:
    """Dates of a duty where a product of Annex I, Section A, makes the system high-risk (Article 6(1))."""

    applies_from: str
    moved_from: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Obligation:
    """One provision with a condition over facts; `by_deployment` is keyed by verdict id."""

    id: str
    instrument: str
    title: str
    provision: str
    text_url: str
    layer: str
    binds: tuple[str, ...]
    asks: str
    applies_when: Condition
    proof: str
    controls: tuple[str, ...]
    by_deployment: Mapping[str, Answer]
    state: str
    confidence: str
    sources: tuple[str, ...]
    reviewed: str
    synonyms: tuple[str, ...] = ()
    condition_note: str | None = None
    question: str | None = None
    applies_from: str | None = None
    moved_from: str | None = None
    date_note: str | None = None
    adopted: str | None = None
    """Day on which it was made; see `macros.law.known` for the one that follows if none is stated."""
    moved_on: str | None = None
    earlier_from: str | None = None
    """The first day as law told it before `moved_on`, where it is not told as moved."""
    fine: str | None = None
    product_route: ProductRoute | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One fact that the class of a use under the EU AI Act depends on, asked with yes, no or not known."""

    id: str
    title: str
    stage: str
    order: int
    question: str
    help: str
    yes: str
    no: str
    provision: str
    text_url: str
    sources: tuple[str, ...]
    reviewed: str
    applies_from: str | None = None
    moved_from: str | None = None
    date_note: str | None = None
    expands: str | None = None
    """A vocabulary whose terms are asked one by one instead."""
    obligations: tuple[str, ...] = ()
    adopted: str | None = None
