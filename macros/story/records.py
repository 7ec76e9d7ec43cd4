"""Records of the story as frozen objects. Field names are those of the YAML files and schemas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it was measured; `when` is the day, month or year it is of."""

    label: str
    value: float
    unit: str
    when: str
    low: float | None = None
    high: float | None = None
    n: int | None = None
    series: str | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """What exactly was measured, and of whom."""

    what: str
    of_whom: str
    n: int | None = None
    question: str | None = None
    fielded: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """What the document that the atlas grew from says, and whether it holds as worded."""

    said: str
    holds: str
    why: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One measurement that the story rests on."""

    id: str
    title: str
    subject: str
    order: int
    statement: str
    figures: tuple[Figure, ...]
    measured: Measured
    caveat: str
    confidence: str
    sources: tuple[str, ...]
    reviewed: str
    origin: Origin | None = None
    newer: tuple[str, ...] = ()
    review_class: str | None = None
    """Id of a class of review in the settings, where this claim ages otherwise than claims do."""
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pick:
    """One figure of a claim, by its label and the day it is of."""

    claim: str
    label: str
    when: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A question with the figures that answered it before, those that answer it now, and what keeps them apart."""

    id: str
    title: str
    subject: str
    order: int
    apart: str
    older: tuple[Pick, ...] = ()
    newer: tuple[Pick, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the site, by its address below the site root."""

    text: str
    to: str


@dataclass(frozen=True, slots=True)
class Cell:
    """The answer of a dimension for one place; `lean` says who holds it."""

    text: str
    lean: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing that differs between hosting a model and calling one, by the id of each form of hosting."""

    id: str
    title: str
    order: int
    question: str
    differs: str
    held: str
    """What `lean` of each place answers: a question that begins with “Who”."""
    term: str
    """The same in the words of the trade."""
    places: Mapping[str, Cell]
    links: tuple[Link, ...]
    confidence: str
    sources: tuple[str, ...]
    reviewed: str
    claims: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """One or two sentences of an answer with what they rest on."""

    text: str
    sources: tuple[str, ...]
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Faq:
    """A question that compares hosting with calling; `asked` names another that holds the answer, if one does."""

    id: str
    title: str
    order: int
    reviewed: str
    short: str = ""
    answer: tuple[AnswerPart, ...] = ()
    links: tuple[Link, ...] = ()
    asked: str | None = None
    synonyms: tuple[str, ...] = ()
