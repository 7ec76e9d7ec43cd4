"""Ways in without a workload, and what to do next: questions people ask, uses not covered, techniques, steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class NextStep:
    """One step after a verdict."""

    stage: str
    do: str
    engines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NextSteps:
    """What to do after the verdict of the same id, by platform maturity."""

    id: str
    title: str
    order: int
    first: str
    by_maturity: Mapping[str, tuple[NextStep, ...]]
    leave_when: str
    sources: tuple[str, ...]
    reviewed: str


Places = Mapping[str, tuple[str, ...]]
"""Ids of records by the folder of their kind; under `tools`, ids of the vocabulary of that name."""


@dataclass(frozen=True, slots=True)
class Grounded:
    """A statement with its own sources, or with the records that say it (`follows_from`), or with both."""

    text: str
    sources: tuple[str, ...] = ()
    follows_from: Places = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependence(Grounded):
    """One thing that an answer depends on, and how."""

    point: str


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as people ask it; `term` is what the trade calls its subject, `counted` names counts."""

    id: str
    title: str
    term: str
    topic: str
    order: int
    answer: tuple[Grounded, ...]
    depends_on: tuple[Dependence, ...]
    see: Places
    synonyms: tuple[str, ...]
    reviewed: str
    counted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Absent:
    """A use of AI without a workload that people look for; `nearest` are ids of workloads, the best first."""

    id: str
    title: str
    synonyms: tuple[str, ...]
    why: str
    nearest: tuple[str, ...]
    reviewed: str
    see: Places = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Move:
    """A signal that a technique moves, and how."""

    signal: str
    how: str


@dataclass(frozen=True, slots=True)
class Practice:
    """Something done around a model rather than to it."""

    id: str
    title: str
    term: str
    order: int
    plain: str
    does: tuple[Grounded, ...]
    does_not: tuple[Grounded, ...]
    runs_on: tuple[Grounded, ...]
    law: tuple[Grounded, ...]
    see: Places
    synonyms: tuple[str, ...]
    reviewed: str
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelLayer:
    """Whether a technique makes its user provider of the general-purpose model."""

    position: str
    note: str


@dataclass(frozen=True, slots=True)
class Technique:
    """A way to adapt a model, and what it means for the roles of both layers."""

    id: str
    title: str
    term: str
    order: int
    changes: str
    plain: str
    moves: tuple[Move, ...]
    runs_on: tuple[Grounded, ...]
    weights_changed: bool
    new_model: bool
    compute: str
    model_layer: ModelLayer
    system_layer: str
    uncertainty: str
    provisions: tuple[str, ...]
    sources: tuple[str, ...]
    reviewed: str
    synonyms: tuple[str, ...] = ()
    see: Places = field(default_factory=dict)
