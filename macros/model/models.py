"""Models with their licences and checkpoints, and the accelerators they run on."""

from __future__ import annotations

from dataclasses import dataclass


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
