"""A plan: a model on a number of equal GPUs, with what fits and what bounds its speed.

All memory is GiB (2^30 bytes) a GPU. The pool is what the engine may use; weights and overhead come off it, the
rest holds the cache. With pipeline stages the tightest counts, since all stages get the same number of blocks.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from macros.sizing.blocks import CacheSettings, Layout, layout
from macros.sizing.bounds import Bound, decode_bound, prefill_bound
from macros.sizing.engines import Batch
from macros.sizing.memory import stages, weights_gib
from macros.sizing.overhead import Overhead, overhead
from macros.sizing.request import Request, Serving, Stage, notes, settle
from macros.sizing.shape import ModelShape
from macros.sizing.units import GIB


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
    blocks: int = 0
    decode_bound: Bound | None = None
    prefill_bound: Bound | None = None
    layout: Layout = field(default_factory=lambda: Layout((), 0, 0.0))
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _OneStage:
    """What one pipeline stage has, in GiB on each of its GPUs."""

    blocks: int
    left: float
    weights: float
    overhead: Overhead
    layout: Layout


def plan(shape: ModelShape, request: Request) -> Plan:
    """Sizes the model on the cards asked for. Raises ConfigError where the request makes no sense."""
    serving = settle(shape, request)
    utilization = request.utilization or request.rules.utilization
    pool = request.card.memory_gib * utilization
    cache = CacheSettings(serving.kv_dtype, request.block_size, request.prefix_caching, request.speculative_tokens)
    every = [
        _one_stage(shape, serving, Stage(count, index == 0, index == request.pp - 1), pool, cache)
        for index, count in enumerate(stages(shape.layers, request.pp))
    ]
    tight = min(every, key=lambda stage: (stage.blocks, stage.left))
    cut, batch, context = tight.layout, serving.batch, serving.context
    concurrency = cut.concurrency(tight.blocks, context, batch.tokens, request.rules)
    found = Plan(
        shape=shape,
        request=request,
        context=context,
        utilization=utilization,
        batch=batch,
        kv_dtype=serving.kv_dtype,
        pool_gib=pool,
        weights_gib_per_gpu=tight.weights,
        overhead=tight.overhead,
        available_kv_gib_per_gpu=tight.left,
        kv_bytes_per_token=round(layout(shape, request.rules, request.tp, 1.0, cache).bytes_per_token),
        kv_cache_tokens=cut.tokens(tight.blocks, context, batch.tokens, request.rules),
        max_concurrency=concurrency,
        fits=tight.left > 0 and (concurrency >= 1 or not cut.tables),
        reasons=(),
        blocks=tight.blocks,
        decode_bound=decode_bound(shape, request.card, request.gpus),
        prefill_bound=prefill_bound(shape, request.card, request.gpus),
        layout=cut,
        notes=notes(shape, request),
    )
    return replace(found, reasons=_reasons(found))


def _one_stage(shape: ModelShape, serving: Serving, stage: Stage, pool: float, cache: CacheSettings) -> _OneStage:
    weights = serving.request.weights_gib
    if weights is None:
        weights = weights_gib(shape, serving.request, stage)
    beside = overhead(shape, serving, stage)
    left = pool - weights - beside.taken_gib
    cut = layout(shape, serving.rules, serving.tp, stage.layers / shape.layers, cache)
    return _OneStage(cut.blocks(left * GIB), left, weights, beside, cut)


def _reasons(found: Plan) -> tuple[str, ...]:
    """Why the plan does not fit; empty if it does."""
    if found.fits:
        return ()
    left = found.available_kv_gib_per_gpu
    if left <= 0:
        return (
            f"weights of {found.weights_gib_per_gpu:.1f} GiB and {found.overhead.taken_gib:.1f} GiB for "
            f"activations and buffers exceed the {found.pool_gib:.1f} GiB that the engine may use by "
            f"{-left:.1f} GiB",
        )
    needed = found.layout.block_bytes * found.layout.blocks_per_request(
        found.context, found.batch.tokens, found.request.rules
    )
    return (
        f"one request of {found.context:,} tokens needs {needed / GIB:.1f} GiB of cache on each GPU; "
        f"{left:.1f} GiB are left",
    )
