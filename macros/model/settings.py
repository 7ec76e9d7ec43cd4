"""What holds for the whole atlas, its closed lists and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a closed vocabulary."""

    label: str
    help: str
    max_parameters_b: float | None = None
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list of terms by id."""

    id: str
    title: str
    description: str
    terms: Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class ReviewClass:
    """A class of facts that is checked again after `days`: kinds of record by folder, and kinds of source."""

    title: str
    days: int
    records: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for the whole atlas."""

    title: str
    as_of: str
    summary: str
    reference_team: str
    review: Mapping[str, ReviewClass]
    """Classes of facts by id, those due soonest first."""
    former_ids: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Folder of a kind -> id that a record had -> id of the record in its place."""
    shared_synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Name that people use for several workloads -> their ids."""


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A word with what it means here; `written` are the forms under which texts use it in this sense.

    `synonyms` are further names, by which search finds it.
    """

    id: str
    title: str
    group: str
    means: str
    written: tuple[str, ...]
    reviewed: str
    page: str | None = None
    sources: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A document that supports statements."""

    id: str
    title: str
    publisher: str
    url: str
    kind: str
    published: str
    checked: str
    shows: str
    seen_in: str | None = None
    author: str | None = None
    """Whose work it is, where the publisher only carries it."""
