"""Plans as JSON and as text for a terminal. No arithmetic beyond rounding."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from macros.sizing.bounds import Bound
from macros.sizing.nearest import Alternative
from macros.sizing.plan import Plan
from macros.sizing.workload import StepPlan


def as_json(found: Plan, copies: int, near: Iterable[Alternative]) -> dict[str, Any]:
    """The plan as data. Memory is GiB on one GPU, the cache is that of one copy of the model."""
    request, shape, beside = found.request, found.shape, found.overhead
    return {
        "model": shape.name,
        "engine": request.rules.label,
        "fits": found.fits,
        "weights_gib_per_gpu": round(found.weights_gib_per_gpu, 3),
        "kv_bytes_per_token": found.kv_bytes_per_token,
        "available_kv_gib_per_gpu": round(found.available_kv_gib_per_gpu, 3),
        "kv_cache_tokens": found.kv_cache_tokens,
        "max_concurrency": round(found.max_concurrency, 3),
        "context": found.context,
        "gpu": request.card.name or None,
        "gpu_memory_gib": request.card.memory_gib,
        "utilization": found.utilization,
        "usable_gib_per_gpu": round(found.pool_gib, 3),
        "tensor_parallel": request.tp,
        "pipeline_parallel": request.pp,
        "gpus": request.gpus * copies,
        "copies": copies,
        "precision": shape.precision,
        "parameters_b": round(shape.parameters / 1e9, 3),
        "active_parameters_b": round(shape.active_parameters / 1e9, 3),
        "kv_dtype": found.kv_dtype,
        "max_num_batched_tokens": found.batch.tokens,
        "max_num_seqs": found.batch.requests,
        "activations_gib": round(beside.activations_gib, 3),
        "non_torch_gib": round(beside.non_torch_gib, 3),
        "cuda_graphs_gib": round(beside.graphs_gib, 3),
        "cuda_graphs_taken_from_cache": beside.graphs_counted,
        "block_tokens": sorted({table.block for table in found.layout.tables}),
        "block_tables": len(found.layout.tables),
        "decode_bound": _bound(found.decode_bound),
        "prefill_bound": _bound(found.prefill_bound),
        "reasons": list(found.reasons),
        "nearest": [_alternative(item) for item in near],
        "notes": list(found.notes),
    }


def _bound(bound: Bound | None) -> dict[str, Any] | None:
    if bound is None:
        return None
    return {"tokens_per_second": round(bound.tokens_per_second, 1), "formula": bound.formula}


def _alternative(item: Alternative) -> dict[str, Any]:
    return {
        "change": item.change,
        "arguments": item.arguments,
        "kv_cache_tokens": item.plan.kv_cache_tokens,
        "max_concurrency": round(item.plan.max_concurrency, 3),
    }


def as_text(found: Plan, copies: int, near: Iterable[Alternative]) -> str:
    """The plan with its working, one line for each term."""
    request, shape, beside = found.request, found.shape, found.overhead
    where = f"{request.gpus} × {request.card.name or 'GPU'} of {request.card.memory_gib:g} GiB"
    graphs = "taken from the cache" if beside.graphs_counted else "beside the cache in this version"
    lines = [
        f"{shape.name} ({shape.parameters / 1e9:.2f} billion parameters, {shape.precision}) on {where}",
        f"{request.rules.label}, tensor parallel {request.tp}, pipeline stages {request.pp}, "
        f"context {found.context:,}, cache {found.kv_dtype}",
        "",
        "On each GPU, in GiB (2^30 bytes):",
        f"  {found.pool_gib:8.2f}  usable: {request.card.memory_gib:g} × {found.utilization:g}",
        f"- {found.weights_gib_per_gpu:8.2f}  weights",
        f"- {beside.activations_gib:8.2f}  activations of {found.batch.tokens:,} tokens and "
        f"{found.batch.requests:,} requests",
        f"- {beside.non_torch_gib:8.2f}  libraries and communication",
        f"{'-' if beside.graphs_counted else ' '} {beside.graphs_gib:8.2f}  CUDA graphs, {graphs}",
        f"= {found.available_kv_gib_per_gpu:8.2f}  for the cache",
        "",
        f"{found.kv_bytes_per_token:,} bytes of cache a token on each GPU",
        f"{found.kv_cache_tokens:,} tokens of cache",
        f"{found.max_concurrency:.2f} requests of {found.context:,} tokens at once",
    ]
    if copies > 1:
        lines.append(f"{copies} copies: {copies * found.max_concurrency:.2f} such requests in all")
    for name, bound in (
        ("Decoding, upper bound", found.decode_bound),
        ("Prefill, upper bound", found.prefill_bound),
    ):
        if bound:
            lines.append(f"{name}: {bound.tokens_per_second:,.0f} tokens/s = {bound.formula}")
    lines.append("It fits." if found.fits else "It does not fit: " + "; ".join(found.reasons) + ".")
    lines += [f"  Nearest that fits: {item.change} ({item.arguments})" for item in near]
    lines += [f"Note: {note}." for note in found.notes]
    return "\n".join(lines)


def workload_json(workload: str, steps: Iterable[StepPlan]) -> dict[str, Any]:
    """Plans of a workload as data."""
    return {
        "workload": workload,
        "steps": [
            {
                "step": step.need.id,
                "concurrency": step.load.concurrency,
                "typical_tokens": step.load.typical_tokens,
                "longest_tokens": step.load.longest_tokens,
                "models": [
                    {
                        "model": item.model.id,
                        "why_none": item.why_none,
                        "sets": [
                            {
                                "gpu": fit.accelerator.id,
                                "count": fit.count,
                                "requests_at_typical_length": round(min(fit.requests, 1e9), 2),
                                **as_json(fit.plan, 1, ()),
                            }
                            for fit in item.sets
                        ],
                    }
                    for item in step.models
                ],
            }
            for step in steps
        ],
    }


def workload_text(workload: str, steps: Iterable[StepPlan]) -> str:
    """Plans of a workload for a terminal."""
    lines = [workload]
    for step in steps:
        load = step.load
        lines.append("")
        lines.append(
            f"{step.need.title}: {load.concurrency} requests of {load.typical_tokens:,} tokens at once, "
            f"up to {load.longest_tokens:,}"
        )
        for item in step.models:
            lines.append(f"  {item.model.title}")
            if item.why_none:
                lines.append(f"    {item.why_none}")
            for fit in item.sets:
                lines.append(
                    f"    {fit.count} × {fit.accelerator.title}: {fit.plan.kv_cache_tokens:,} tokens of cache, "
                    f"{fit.requests:.0f} such requests"
                )
    return "\n".join(lines)
