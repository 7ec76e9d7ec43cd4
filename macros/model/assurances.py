"""What places and promises settle, and the stops of the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AssuranceAnswer:
    """The answer to one question of the assurance table."""

    text: str
    confidence: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VendorTerm:
    """What one vendor publishes about an assurance."""

    vendor: str
    says: str
    date: str
    confidence: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A document to ask for, and what to look for in it."""

    document: str
    shows: str


@dataclass(frozen=True, slots=True)
class Assurance:
    """A place where work can run (`position`), or something promised on top of one (`promise`)."""

    id: str
    title: str
    order: int
    kind: str
    question: str
    summary: str
    answers: Mapping[str, AssuranceAnswer]
    settles: tuple[str, ...]
    does_not_settle: tuple[str, ...]
    terms: tuple[VendorTerm, ...]
    ask_for: tuple[Document, ...]
    sources: tuple[str, ...]
    reviewed: str
    form: str | None = None
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placement:
    """The side of one hop in one form of hosting, and why."""

    side: str
    why: str


@dataclass(frozen=True, slots=True)
class HopByForm:
    """One stop of the data on its way, with its placement for every form by id."""

    id: str
    title: str
    order: int
    carries: str
    by_form: Mapping[str, Placement]
    in_hybrid: str
    when_inside_is_down: str
    when_down_note: str
    overlooked: str
    sources: tuple[str, ...]
    reviewed: str
