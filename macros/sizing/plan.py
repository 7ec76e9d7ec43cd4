"""A plan: a model on a number of equal GPUs, with what fits and what bounds its speed.

All memory is GiB (2^30 bytes) a GPU. The pool is what the engine may use; weights and overhead come off it, the rest
holds the cache. With pipeline stages the tightest stage counts, since all stages get the same number of blocks.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from macros.sizing.blocks import CacheSettings, Layout, layout
from macros.sizing.engines import Batch, Rules
from macros.sizing.memory import stages, weights_gib
from macros.sizing.overhead import Overhead, Stage, overhead
from macros.sizing.reader import ConfigError
from macros.sizing.shape import ModelShape
from macros.sizing.units import CACHE_BYTES, GB, GIB


@dataclass(frozen=True, slots=True)
class Card:
    """One GPU as the plan sees it. Memory is what the driver reports, in GiB; speeds are the vendor's peaks."""

    name: str
    memory_gib: float
    bandwidth_gb_s: float | None = None
    tflops: float | None = None
    tflops_format: str = "bf16"


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
    eager: bool = False
    offline: bool = False
    weights_gib: float | None = None

    @property
    def gpus(self) -> int:
        """GPUs that one copy of the model takes."""
        return self.tp * self.pp


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit that no engine passes, with the formula behind it; a server stays below."""

    tokens_per_second: float
    formula: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The result; see the module for units."""

    shape: ModelShape
    request: Request
    context: int
    utilization: float
    batch: Batch
    kv_dtype: str
    pool_gib: float
    weights_gib_per_gpu: float
    overhead: Overhead
    available_kv_gib_per_gpu: float
    kv_bytes_per_token: int
    kv_cache_tokens: int
    max_concurrency: float
    fits: bool
    reasons: tuple[str, ...]
    decode_bound: Bound | None = None
    prefill_bound: Bound | None = None
    layout: Layout = field(default_factory=lambda: Layout((), 0, 0.0))
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _OneStage:
    """What one pipeline stage has."""

    blocks: int
    left: float
    weights: float
    overhead: Overhead
    layout: Layout


def _one_stage(
    shape: ModelShape,
    request: Request,
    batch: Batch,
    context: int,
    stage: Stage,
    pool: float,
    cache: CacheSettings,
) -> _OneStage:
    rules, tp = request.rules, request.tp
    weights = request.weights_gib
    if weights is None:
        weights = weights_gib(shape, rules, request.card.name, tp, stage)
    beside = overhead(shape, rules, batch, tp, context, stage, request.eager)
    left = pool - weights - beside.taken_gib
    cut = layout(shape, rules, tp, stage.layers / shape.layers, cache)
    return _OneStage(cut.blocks(left * GIB), left, weights, beside, cut)


def plan(shape: ModelShape, request: Request) -> Plan:
    """Sizes the model on the cards asked for. Raises ConfigError where the request makes no sense."""
    check(shape, request)
    rules, card, tp, pp = request.rules, request.card, request.tp, request.pp
    context = request.context or shape.context or 8192
    utilization = request.utilization or rules.utilization
    defaults = rules.batch(card.memory_gib, card.name, context, request.offline)
    batch = Batch(request.batch_tokens or defaults.tokens, request.batch_requests or defaults.requests)
    kv_dtype = request.kv_dtype
    if kv_dtype == "auto" and rules.cache_type_from_checkpoint:
        kv_dtype = shape.cache_type
    pool = card.memory_gib * utilization
    cache = CacheSettings(kv_dtype, request.block_size, request.prefix_caching)
    tightest: _OneStage | None = None
    for index, count in enumerate(stages(shape.layers, pp)):
        stage = Stage(count, index == 0, index == pp - 1)
        found = _one_stage(shape, request, batch, context, stage, pool, cache)
        if tightest is None or (found.blocks, found.left) < (tightest.blocks, tightest.left):
            tightest = found
    assert tightest is not None
    left, cut = tightest.left, tightest.layout
    concurrency = cut.concurrency(tightest.blocks, context, batch.tokens, rules)
    whole = layout(shape, rules, tp, 1.0, cache)
    result = Plan(
        shape=shape,
        request=request,
        context=context,
        utilization=utilization,
        batch=batch,
        kv_dtype=kv_dtype,
        pool_gib=pool,
        weights_gib_per_gpu=tightest.weights,
        overhead=tightest.overhead,
        available_kv_gib_per_gpu=left,
        kv_bytes_per_token=round(whole.bytes_per_token),
        kv_cache_tokens=cut.tokens(tightest.blocks, context, batch.tokens, rules),
        max_concurrency=concurrency,
        fits=left > 0 and (concurrency >= 1 or not cut.tables),
        reasons=(),
        layout=cut,
        notes=_notes(shape, request),
    )
    return replace(
        result, reasons=_reasons(result), decode_bound=decode_bound(result), prefill_bound=prefill_bound(result)
    )


def check(shape: ModelShape, request: Request) -> None:
    """Refuses what no engine could start. Raises ConfigError with what would work."""
    if request.tp < 1 or request.pp < 1:
        raise ConfigError("parallelism counts from 1")
    bad = [count for count in shape.divisible if count % request.tp]
    if bad:
        choices = [n for n in range(1, 65) if all(count % n == 0 for count in shape.divisible)]
        near = min(choices, key=lambda n: (abs(n - request.tp), n))
        raise ConfigError(
            f"tensor parallelism of {request.tp} does not divide the {bad[0]} heads of {shape.name}; "
            f"nearest that does: --tp {near} (possible: {', '.join(map(str, choices))})"
        )
    if request.pp > shape.layers:
        raise ConfigError(f"{request.pp} pipeline stages for {shape.layers} layers; at most one a layer")
    if request.kv_dtype not in CACHE_BYTES:
        raise ConfigError(f"{request.kv_dtype!r} is no KV data type; known are {', '.join(CACHE_BYTES)}")
    for name, value in (("context", request.context), ("memory", request.card.memory_gib)):
        if value is not None and value <= 0:
            raise ConfigError(f"{name} must be above zero")
    if request.utilization is not None and not 0 < request.utilization <= 1:
        raise ConfigError("utilization is a share above 0 and at most 1, such as 0.9")
    if request.context and shape.context and request.context > shape.context:
        raise ConfigError(
            f"context of {request.context:,} tokens is beyond the {shape.context:,} that {shape.name} takes; "
            f"nearest: --context {shape.context}"
        )


def _reasons(found: Plan) -> tuple[str, ...]:
    """Why the plan does not fit; empty if it does."""
    if found.fits:
        return ()
    left = found.available_kv_gib_per_gpu
    if left <= 0:
        return (
            f"weights of {found.weights_gib_per_gpu:.1f} GiB and {found.overhead.taken_gib:.1f} GiB for activations "
            f"and buffers exceed the {found.pool_gib:.1f} GiB that the engine may use by {-left:.1f} GiB",
        )
    return (
        f"one request of {found.context:,} tokens needs {left / max(found.max_concurrency, 1e-9):.1f} GiB of cache; "
        f"{left:.1f} GiB are left",
    )


def _notes(shape: ModelShape, request: Request) -> tuple[str, ...]:
    notes = list(shape.notes)
    if request.rules.beyond:
        notes.append("this version is newer than any whose memory rules were read (0.33.0)")
    if not shape.parameters_exact:
        notes.append("the number of parameters was given, not computed from the configuration")
    return tuple(notes)


def decode_bound(found: Plan) -> Bound | None:
    """Tokens a second of one request: each token reads all active weights once, spread over the GPUs."""
    speed = found.request.card.bandwidth_gb_s
    shape = found.shape
    if not speed or not shape.parameters:
        return None
    read = shape.weight_bytes * min(1.0, shape.active_parameters / shape.parameters)
    per_second = speed * GB * found.request.gpus / read
    return Bound(
        per_second,
        f"{speed:g} GB/s × {found.request.gpus} GPU / {read / GB:.1f} GB of active weights read for each token",
    )


def prefill_bound(found: Plan) -> Bound | None:
    """Prompt tokens a second: two operations for each active parameter, at the dense peak rate."""
    rate = found.request.card.tflops
    if not rate or not found.shape.active_parameters:
        return None
    per_second = rate * 1e12 * found.request.gpus / (2 * found.shape.active_parameters)
    return Bound(
        per_second,
        f"{rate:g} TFLOPS ({found.request.card.tflops_format}) × {found.request.gpus} GPU / "
        f"(2 × {found.shape.active_parameters / 1e9:.1f} billion active parameters)",
    )
