"""The atlas as frozen objects. Field names are those of the YAML files and schemas; no logic beyond look-ups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from macros.kinds import BY_FOLDER
from macros.story.records import Claim, Comparison, Faq, Reading


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
class Level:
    """One answer to a signal's question; `pull` is the way it leans by itself: `control`, `api` or `none`."""

    id: str
    label: str
    help: str
    pull: str = "none"
    argument: str | None = None


@dataclass(frozen=True, slots=True)
class Assumption:
    """The level taken while a signal is not answered, and why that one."""

    level: str
    why: str


@dataclass(frozen=True, slots=True)
class Signal:
    """One observable fact; `levels` run from the weakest pull toward control to the strongest."""

    id: str
    title: str
    order: int
    scope: str
    question: str
    help: str
    levels: tuple[Level, ...]
    assumed: Assumption
    confirmed_by: str
    proof: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """At least `at_least` of the levels in `of` are reached."""

    at_least: int
    of: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One step of the verdict; see `macros.routing.router` for its meaning.

    `part` is the part of the work it speaks of: what a floor keeps inside, what a ceiling lets out.
    """

    id: str
    title: str
    order: int
    effect: str
    verdict: str
    part: str
    reason: str
    rationale: str
    sources: tuple[str, ...]
    at_least: Mapping[str, str] = field(default_factory=dict)
    at_most: Mapping[str, str] = field(default_factory=dict)
    count: Count | None = None

    @property
    def always(self) -> bool:
        """Whether it has no condition: the floor beneath all others."""
        return not (self.at_least or self.at_most or self.count)


@dataclass(frozen=True, slots=True)
class Form:
    """Where a part runs, inside or outside."""

    id: str
    title: str
    side: str
    order: int
    summary: str
    boundary: str
    at_least: Mapping[str, str] = field(default_factory=dict)
    or_at_least: Mapping[str, str] = field(default_factory=dict)
    """Another set of levels that is enough by itself."""


@dataclass(frozen=True, slots=True)
class RuleConditions:
    """The conditions of one rule as they were in a version of the rules."""

    id: str
    effect: str
    verdict: str
    at_least: Mapping[str, str] = field(default_factory=dict)
    at_most: Mapping[str, str] = field(default_factory=dict)
    count: Count | None = None


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What happened to one rule, and why."""

    rule: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """The rules from one day on."""

    id: str
    title: str
    version: int
    date: str
    summary: str
    changes: tuple[RuleChange, ...]
    rules: tuple[RuleConditions, ...]

    @property
    def order(self) -> int:
        """Newest first."""
        return -self.version


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


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A word with what it means here; `written` are the forms under which texts use it in this sense."""

    id: str
    title: str
    group: str
    means: str
    written: tuple[str, ...]
    reviewed: str
    page: str | None = None
    sources: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class StageAdds:
    """What a stage adds, in four respects."""

    logging: str
    rollout: str
    observability: str
    audit: str


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that a stage is outgrown; `figure` carries its unit in words."""

    sign: str
    figure: str
    basis: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DistributedPath:
    """One way of serving on several nodes, with the versions it was read in."""

    title: str
    when: str
    how: str
    needs: str
    limits: str
    versions: str
    engines: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """One step on the infrastructure spectrum. Ids are those of the vocabulary `stages`, and `beyond`."""

    id: str
    title: str
    order: int
    summary: str
    take_when: tuple[str, ...]
    adds: StageAdds
    people: str
    leave_when: tuple[Sign, ...]
    engines: tuple[str, ...]
    sources: tuple[str, ...]
    reviewed: str
    paths: tuple[DistributedPath, ...] = ()


@dataclass(frozen=True, slots=True)
class EngineFact:
    """What one engine does for a duty or leaves to whoever runs it."""

    engine: str
    fact: str
    do: str
    version: str
    confidence: str
    sources: tuple[str, ...]
    checked: str


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


@dataclass(frozen=True, slots=True)
class Upkeep:
    """One duty that stays with whoever hosts the model; `by_stage` where stages differ."""

    id: str
    title: str
    order: int
    why: str
    do: tuple[str, ...]
    proof: str
    sources: tuple[str, ...]
    reviewed: str
    by_stage: Mapping[str, str] = field(default_factory=dict)
    by_engine: tuple[EngineFact, ...] = ()
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Serves:
    """A stack control that obligations name, and the part of it that a control on the platform answers."""

    control: str
    how: str


@dataclass(frozen=True, slots=True)
class OnKubernetes:
    """What a control means on Kubernetes: resource kinds or settings, and what they do."""

    kinds: tuple[str, ...]
    says: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProjectUse:
    """A project, and what it does for one control."""

    project: str
    what: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EngineUse:
    """An engine of the atlas, and what it does for one control."""

    engine: str
    what: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlatformControl:
    """One thing that a platform does for every workload on it. Its obligations are derived: `macros.platform`."""

    id: str
    title: str
    term: str
    order: int
    means: str
    serves: tuple[Serves, ...]
    on_kubernetes: tuple[OnKubernetes, ...]
    projects: tuple[ProjectUse, ...]
    leaves: str
    proof: str
    sources: tuple[str, ...]
    reviewed: str
    engines: tuple[EngineUse, ...] = ()
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """Who carries a project, with the level a foundation gives it and the day from which."""

    name: str
    level: str | None = None
    since: str | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """The newest release in a copy of the repository; `read_in` is the day of that copy."""

    version: str
    date: str
    read_in: str


@dataclass(frozen=True, slots=True)
class Project:
    """A maintained open-source project that controls on the platform name."""

    id: str
    title: str
    license: SoftwareLicense
    home: Home
    summary: str
    not_for: str
    sources: tuple[str, ...]
    reviewed: str
    release: Release | None = None
    """None where no release was read."""
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deployment:
    """What an organisation did. `signals` are those its source states; None if it was not coded."""

    id: str
    title: str
    organisation: str
    workloads: tuple[str, ...]
    verdict: str
    what: str
    why: str
    date: str
    confidence: str
    sources: tuple[str, ...]
    form: str | None = None
    signals: Mapping[str, str] | None = None
    signal_notes: Mapping[str, str] | None = None
    held_out: bool = False
    disagreement: str | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """Levels of the team signals for one kind of organisation."""

    id: str
    title: str
    order: int
    summary: str
    signals: Mapping[str, str]


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


@dataclass(frozen=True, slots=True)
class AnnexPoint:
    """A point of Annex III and why the use is within it; `question` where that is open."""

    point: str
    reason: str
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Exemption:
    """Whether Article 6(3) may take the use out of the high-risk class."""

    open: str
    reason: str
    question: str | None = None
    high_risk_if: str | None = None
    """The answer to the question that keeps the use high-risk."""
    exempt_if: str | None = None
    """The answer that leaves the exemption open."""


@dataclass(frozen=True, slots=True)
class AiAct:
    """Facts for the classification under the EU AI Act."""

    annex_iii: tuple[AnnexPoint, ...]
    transparency: tuple[str, ...]
    product: tuple[str, ...]
    exemption: Exemption | None = None
    unclear: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class System:
    """The AI system of a workload: in whose name, what for, and how the model is usually adapted."""

    name: str
    purpose: str
    techniques: tuple[str, ...]


OPEN_SYSTEM = System("either", "both", ())
"""A system of which nothing is stated."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts that obligations match on."""

    data_kinds: tuple[str, ...]
    sectors: tuple[str, ...]
    effects: tuple[str, ...]
    decision: str
    audiences: tuple[str, ...]
    system_role: str
    system_role_note: str
    ai_act: AiAct
    system: System = OPEN_SYSTEM
    would_decide_if: str | None = None
    reach: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class UsersThreshold:
    """From what size of product on a licence asks for more, and what it asks then."""

    then: str
    monthly_users: int | None = None
    monthly_revenue_usd: int | None = None


@dataclass(frozen=True, slots=True)
class License:
    """Terms of use of weights. Texts that were not read are None."""

    title: str
    url: str
    commercial: str
    summary: str
    confidence: str
    spdx: str | None = None
    users_threshold: UsersThreshold | None = None
    region_limits: str | None = None
    field_of_use: str | None = None
    holds_for: str | None = None
    ends: str | None = None


@dataclass(frozen=True, slots=True)
class Parameters:
    """Billions of parameters, all and active for one token."""

    total_b: float
    active_b: float
    confidence: str


@dataclass(frozen=True, slots=True)
class Languages:
    """What is stated about languages. Codes are ISO 639; `tested` are further ones with a test by the maker."""

    statement: str
    coverage: str
    confidence: str
    stated_for: str | None = None
    stated: int | None = None
    named: tuple[str, ...] = ()
    tested: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Newer:
    """A newer model of the same maker that is not in the catalogue."""

    title: str
    since: str
    note: str
    confidence: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublishedConfig:
    """The `config.json` of a checkpoint: a file of `macros/sizing/published/configs/`, and where it was read."""

    file: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Published weights in one number format; `size_gb` in 10^9 bytes."""

    precision: str
    confidence: str
    size_gb: float | None = None
    repository: str | None = None
    config: PublishedConfig | None = None


@dataclass(frozen=True, slots=True)
class Architecture:
    """Numbers that memory needs; see the model schema."""

    attention: str
    confidence: str
    layers: int | None = None
    full_attention_layers: int | None = None
    sliding_layers: int | None = None
    sliding_window: int | None = None
    linear_layers: int | None = None
    attention_heads: int | None = None
    kv_heads: int | None = None
    head_dim: int | None = None
    global_kv_heads: int | None = None
    global_head_dim: int | None = None
    kv_lora_rank: int | None = None
    rope_head_dim: int | None = None
    hidden_size: int | None = None
    vocabulary: int | None = None
    experts: int | None = None
    experts_per_token: int | None = None
    kv_bytes_per_token: int | None = None
    window_bytes_per_token: int | None = None
    state_bytes: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ServingHints:
    """What the serving command of a model needs beyond sizes; `elsewhere` says why there is none."""

    reasoning_parser: str | None = None
    arguments: tuple[str, ...] = ()
    elsewhere: str | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """An open-weight model."""

    id: str
    title: str
    developer: str
    repository: str
    released: str
    summary: str
    jobs: tuple[str, ...]
    license: License
    input: tuple[str, ...]
    output: tuple[str, ...]
    parameters: Parameters
    languages: Languages
    tools: bool
    structured_output: str
    checkpoints: tuple[Checkpoint, ...]
    architecture: Architecture
    sources: tuple[str, ...]
    reviewed: str
    synonyms: tuple[str, ...] = ()
    context_tokens: int | None = None
    tool_parser: str | None = None
    reasoning: str = "none"
    serving: ServingHints = ServingHints()
    superseded_by: str | None = None
    newer: Newer | None = None
    remarks: tuple[str, ...] = ()
    not_for: str | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    """Memory of a card; `usable_gib` in 2^30 bytes as the driver reports it."""

    marketed: str
    usable_gib: float
    basis: str
    confidence: str


@dataclass(frozen=True, slots=True)
class DenseTflops:
    """Dense arithmetic rates in TFLOPS."""

    confidence: str
    bf16: float | None = None
    fp8: float | None = None
    fp4: float | None = None


@dataclass(frozen=True, slots=True)
class Accelerator:
    """A device that models run on."""

    id: str
    title: str
    vendor: str
    summary: str
    architecture: str
    memory: Memory
    bandwidth_gb_s: float
    dense_tflops: DenseTflops
    interconnect: str
    form_factor: str
    data_centre: bool
    sources: tuple[str, ...]
    reviewed: str
    synonyms: tuple[str, ...] = ()
    power_w: float | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SoftwareLicense:
    """Licence of an engine or a project."""

    spdx: str
    confidence: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """The version that facts hold for."""

    value: str
    seen: str


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of an engine."""

    name: str
    state: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Engine:
    """Software that serves models."""

    id: str
    title: str
    summary: str
    stages: tuple[str, ...]
    license: SoftwareLicense
    hardware: tuple[str, ...]
    version: Version
    features: tuple[Feature, ...]
    not_for: str
    status: str
    jobs: tuple[str, ...]
    sources: tuple[str, ...]
    reviewed: str
    synonyms: tuple[str, ...] = ()
    retired: bool = False


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


@dataclass(frozen=True, slots=True)
class RoleLevel:
    """One answer to a question of the role helper."""

    id: str
    label: str
    help: str


@dataclass(frozen=True, slots=True)
class RoleQuestion:
    """What is asked about one layer. `technique` has no levels of its own: they are the techniques."""

    id: str
    layer: str
    title: str
    question: str
    help: str
    sources: tuple[str, ...]
    reviewed: str
    levels: tuple[RoleLevel, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleFinding:
    """A role of one layer, its reason and the provisions it rests on; `unsure` is what the text leaves open."""

    id: str
    layer: str
    role: str
    title: str
    reason: str
    provisions: tuple[str, ...]
    sources: tuple[str, ...]
    reviewed: str
    unsure: str | None = None


@dataclass(frozen=True, slots=True)
class RoleDuty:
    """A duty of Chapter V, of the provider of a whole model and of a modification (`part`)."""

    id: str
    title: str
    provision: str
    whole: str
    part: str
    sources: tuple[str, ...]
    reviewed: str


@dataclass(frozen=True, slots=True)
class GuidelinePoint:
    """A statement of the model guidelines, with its points in the versions of July and November 2025."""

    text: str
    july: str
    november: str | None = None


@dataclass(frozen=True, slots=True)
class RoleGuidance:
    """What the role page tells of the model guidelines beside its findings."""

    id: str
    title: str
    points: tuple[GuidelinePoint, ...]
    sources: tuple[str, ...]
    reviewed: str
    reference: str | None = None
    later: str | None = None
    note: str | None = None
    not_addressed: tuple[str, ...] = ()
    frees_from: str | None = None
    not_from: str | None = None


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


@dataclass(frozen=True, slots=True)
class Price:
    """What the calculator at `/cost/` takes for one figure where nobody says otherwise, with its range."""

    id: str
    title: str
    figure: str
    """Name of a field of `macros.cost.figures.Figures`."""
    low: float
    base: float
    high: float
    as_of: str
    basis: str
    confidence: str
    reviewed: str
    sources: tuple[str, ...] = ()
    currency: str | None = None
    accelerator: str | None = None


@dataclass(frozen=True, slots=True)
class Speed:
    """Tokens a second that somebody published for a model on accelerators, and what was counted."""

    id: str
    title: str
    model: str
    accelerator: str
    gpus: int
    engine: str
    precision: str
    condition: str
    counts: str
    tokens_s: float
    as_of: str
    confidence: str
    sources: tuple[str, ...]
    reviewed: str
    record: str | None = None
    """The model of the catalogue, where it has one."""
    input_tokens: int | None = None
    output_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A model that a provider sells by the token; its prices come from genai-prices at the day of the atlas."""

    id: str
    title: str
    order: int
    provider: str
    model: str
    weights: str
    """`open` or `closed`."""
    sources: tuple[str, ...]
    reviewed: str
    record: str | None = None


@dataclass(frozen=True, slots=True)
class Atlas:
    """Everything, by kind and id, in display order. Valid by construction; see `macros.load`."""

    settings: Settings
    vocabulary: Mapping[str, Vocabulary]
    signals: Mapping[str, Signal]
    teams: Mapping[str, Team]
    forms: Mapping[str, Form]
    rules: Mapping[str, Rule]
    versions: Mapping[str, RuleVersion]
    assurances: Mapping[str, Assurance]
    hops: Mapping[str, HopByForm]
    glossary: Mapping[str, GlossaryTerm]
    stages: Mapping[str, Stage]
    upkeep: Mapping[str, Upkeep]
    platform: Mapping[str, PlatformControl]
    projects: Mapping[str, Project]
    steps: Mapping[str, NextSteps]
    patterns: Mapping[str, Pattern]
    workloads: Mapping[str, Workload]
    deployments: Mapping[str, Deployment]
    models: Mapping[str, Model]
    accelerators: Mapping[str, Accelerator]
    engines: Mapping[str, Engine]
    prices: Mapping[str, Price]
    speeds: Mapping[str, Speed]
    offers: Mapping[str, Offer]
    instruments: Mapping[str, Instrument]
    obligations: Mapping[str, Obligation]
    changes: Mapping[str, Change]
    techniques: Mapping[str, Technique]
    practices: Mapping[str, Practice]
    asked: Mapping[str, AskedQuestion]
    questions: Mapping[str, Question]
    role_questions: Mapping[str, RoleQuestion]
    role_findings: Mapping[str, RoleFinding]
    role_duties: Mapping[str, RoleDuty]
    role_guidance: Mapping[str, RoleGuidance]
    claims: Mapping[str, Claim]
    readings: Mapping[str, Reading]
    comparisons: Mapping[str, Comparison]
    faq: Mapping[str, Faq]
    sources: Mapping[str, Source]
    files: Mapping[tuple[str, str], str]
    raw: Mapping[tuple[str, str], Any]
    """The data of each file as it was written, for JSON and citations, by kind and id."""

    def of(self, folder: str) -> Mapping[str, Any]:
        """The records of a kind by its folder below `atlas/`."""
        records: Mapping[str, Any] = getattr(self, BY_FOLDER[folder].field)
        return records

    def label(self, vocabulary: str, term: str) -> str:
        """The label of a term, such as `Health data` for `health` in `data-kinds`."""
        return self.vocabulary[vocabulary].terms[term].label
