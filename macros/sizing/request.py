"""What is asked for: a card, and how an engine is to run a model on it; and what no engine could run."""

from __future__ import annotations

from dataclasses import dataclass

from macros.sizing.engines import MASKING_BYTES, Batch, Rules
from macros.sizing.reader import ConfigError
from macros.sizing.shape import ModelShape
from macros.sizing.units import CACHE_BYTES

UNIFIED = ("gb10", "spark", "apple", "gh200")
OTHER_MAKERS = ("mi3", "gaudi", "apple")
MOST_TP = 65


@dataclass(frozen=True, slots=True)
class Card:
    """One GPU as the plan sees it. Memory is what the driver reports, in GiB; speeds are the vendor's peaks."""

    name: str
    memory_gib: float
    bandwidth_gb_s: float | None = None
    tflops: float | None = None
    tflops_format: str = "bf16"
    in_machine: int = 8
    """Cards that one machine holds; tensor parallelism does not go beyond."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for. None leaves a choice to the engine's defaults."""

    rules: Rules
    card: Card
    tp: int = 1
    pp: int = 1
    kv_dtype: str = "auto"
    context: int | None = None
    utilization: float | None = None
    batch_tokens: int | None = None
    batch_requests: int | None = None
    block_size: int | None = None
    prefix_caching: bool | None = None
    speculative_tokens: int = 0
    eager: bool = False
    offline: bool = False
    weights_gib: float | None = None
    flashinfer_sampler: bool | None = None
    no_video: bool = False
    text_only: bool = False
    """Whether no pictures, clips or sound are taken (`--language-model-only`, or limits of 0)."""

    @property
    def gpus(self) -> int:
        """GPUs that one copy of the model takes."""
        return self.tp * self.pp


@dataclass(frozen=True, slots=True)
class Stage:
    """One pipeline stage: its layers, and whether it holds the first or the last of the model."""

    layers: int
    first: bool = True
    last: bool = True


@dataclass(frozen=True, slots=True)
class Serving:
    """What is settled once defaults are filled in; the same on all GPUs."""

    request: Request
    batch: Batch
    context: int
    kv_dtype: str

    @property
    def rules(self) -> Rules:
        """Rules of the engine's version."""
        return self.request.rules

    @property
    def tp(self) -> int:
        """GPUs that share each layer."""
        return self.request.tp


def settle(shape: ModelShape, request: Request) -> Serving:
    """Fills in what the engine would choose. Raises ConfigError where the request makes no sense."""
    check(shape, request)
    rules = request.rules
    context = request.context or shape.context or 8192
    defaults = rules.batch(request.card.memory_gib, request.card.name, context, request.offline)
    batch = Batch(
        request.batch_tokens or max(defaults.tokens, shape.one_pass_tokens),
        request.batch_requests or defaults.requests,
    )
    kv_dtype = request.kv_dtype
    if kv_dtype == "auto" and rules.cache_type_from_checkpoint:
        kv_dtype = shape.cache_type
    return Serving(request, batch, context, kv_dtype)


def check(shape: ModelShape, request: Request) -> None:
    """Refuses what no engine could start. Raises ConfigError with what would work."""
    if request.tp < 1 or request.pp < 1:
        raise ConfigError("parallelism counts from 1")
    bad = [count for count in shape.divisible if count % request.tp]
    if bad:
        choices = [n for n in range(1, MOST_TP) if all(count % n == 0 for count in shape.divisible)]
        near = min(choices, key=lambda n: (abs(n - request.tp), n))
        raise ConfigError(
            f"tensor parallelism of {request.tp} does not divide the {bad[0]} heads of {shape.name}; "
            f"nearest that does: --tp {near} (possible: {', '.join(map(str, choices))})"
        )
    if request.pp > shape.layers:
        raise ConfigError(f"{request.pp} pipeline stages for {shape.layers} layers; nearest: --pp {shape.layers}")
    if request.kv_dtype not in CACHE_BYTES:
        raise ConfigError(f"{request.kv_dtype!r} is no KV data type; known are {', '.join(CACHE_BYTES)}")
    amounts = (
        ("context", request.context),
        ("memory", request.card.memory_gib),
        ("weights", request.weights_gib),
    )
    for name, value in amounts:
        if value is not None and not 0 < value < float("inf"):
            raise ConfigError(f"{name} must be a number above zero")
    if request.utilization is not None and not 0 < request.utilization <= 1:
        raise ConfigError("utilization is a share above 0 and at most 1, such as 0.9")
    if request.context and shape.context and request.context > shape.context:
        raise ConfigError(
            f"context of {request.context:,} tokens is beyond the {shape.context:,} that {shape.name} takes; "
            f"nearest: --context {shape.context}"
        )


def notes(shape: ModelShape, request: Request) -> tuple[str, ...]:
    """What to know about the figures."""
    found = list(shape.notes)
    gpu, rules = request.card.name.lower(), request.rules
    if any(name in gpu for name in UNIFIED):
        found.append(
            "memory is shared with the host, which takes its part first; published runs had far less cache"
        )
    if any(name in gpu for name in OTHER_MAKERS):
        found.append("what the engine takes beside weights was read on NVIDIA cards only")
    most = request.card.in_machine
    if request.tp > most:
        found.append(
            f"{request.tp} GPUs that share each layer are more than the {most} of one machine; usual are {most} "
            "inside and pipeline stages between"
        )
    if request.speculative_tokens and not shape.draft:
        found.append("no draft head is described in the configuration; its weights and cache are left out")
    may_differ = (0, 8, 0) <= rules.version <= (0, 11, 0) and rules.generation == "v1"
    if may_differ and request.flashinfer_sampler is None:
        found.append(
            "where FlashInfer is installed, as in the container image, this version samples without a sort and "
            f"leaves {rules.logit_bytes - MASKING_BYTES:.0f} bytes a logit more for the cache "
            "(--flashinfer-sampler)"
        )
    if rules.beyond:
        found.append("this version is newer than any whose memory rules were read (0.33.0)")
    if not shape.parameters_exact:
        found.append("the number of parameters was given, not computed from the configuration")
    return tuple(found)
