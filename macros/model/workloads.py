"""Workloads and their patterns: task, steps, volumes, risks, and how they are judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from macros.model.facts import Facts


@dataclass(frozen=True, slots=True)
class Pattern:
    """Why a family of workloads tends to need control."""

    id: str
    title: str
    question: str
    summary: str
    why_control: str
    typical_shape: str
    counter_argument: str
    order: int
    synonyms: tuple[str, ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """What is done, by whom, with what."""

    what: str
    run_by: str
    owner: str
    consult: tuple[str, ...]
    input: str
    output: str


@dataclass(frozen=True, slots=True)
class Split:
    """What stays inside and what may go out in a hybrid."""

    inside: str
    outside: str


@dataclass(frozen=True, slots=True)
class Hop:
    """One hop of the data."""

    hop: str
    carries: str
    self_hosted: str
    with_api: str


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens in an ordinary request and in the longest one in twenty."""

    typical: int
    high: int


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds to the first token (None if nobody waits) and seconds to completion."""

    complete_s: float
    first_token_ms: int | None = None


@dataclass(frozen=True, slots=True)
class UnitTokens:
    """Tokens that a step reads and writes for one unit of the workload."""

    tokens_in: int
    tokens_out: int


@dataclass(frozen=True, slots=True)
class Need:
    """One step that uses a model, and what it asks of that model."""

    id: str
    title: str
    job: str
    input: tuple[str, ...]
    output: tuple[str, ...]
    languages: tuple[str, ...]
    tools: bool
    structured_output: bool
    least_size: str
    why_size: str
    concurrency: int
    latency: Latency
    context_tokens: Span | None = None
    output_tokens: Span | None = None
    most_size: str | None = None
    per_unit: UnitTokens | None = None


@dataclass(frozen=True, slots=True)
class PerMonth:
    """Units in a month: a small, a typical and a large case."""

    low: int
    typical: int
    high: int


@dataclass(frozen=True, slots=True)
class Volumes:
    """How much, in the unit people count in; tokens are per unit over all text steps."""

    unit: str
    per_month: PerMonth
    basis: str
    requests_per_unit: float
    tokens_in_per_unit: int
    tokens_out_per_unit: int
    peak_factor: float
    rhythm: str
    sources: tuple[str, ...] = ()
    audio_minutes_per_unit: float = 0.0
    """Minutes of speech of a unit that are written down; 0 where there is none or it is not told."""


@dataclass(frozen=True, slots=True)
class Risk:
    """A failure mode and how to notice it."""

    failure: str
    measure: str


@dataclass(frozen=True, slots=True)
class Metric:
    """One measure of quality."""

    name: str
    how: str
    target: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How to prove quality on one's own data."""

    test_set: str
    metrics: tuple[Metric, ...]
    stop_rule: str


@dataclass(frozen=True, slots=True)
class ModelRemark:
    """An editor's remark on one model for one workload."""

    model: str
    note: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of fact with its sources."""

    statement: str
    confidence: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """Another workload, and what links them."""

    workload: str
    why: str


@dataclass(frozen=True, slots=True)
class Workload:
    """A recurring task given to an AI model."""

    id: str
    pattern: str
    file: str
    title: str
    summary: str
    synonyms: tuple[str, ...]
    task: Task
    signals: Mapping[str, str]
    signal_notes: Mapping[str, str]
    split: Split
    data_flow: tuple[Hop, ...]
    needs: tuple[Need, ...]
    volumes: Volumes
    facts: Facts
    stays_yours: tuple[str, ...]
    risks: tuple[Risk, ...]
    evaluation: Evaluation
    evidence: tuple[Statement, ...]
    related: tuple[Relation, ...]
    reviewed: str
    considered: tuple[ModelRemark, ...] = ()
