"""Plans as JSON and as text for a terminal. No arithmetic beyond rounding."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from macros.sizing.bounds import Bound
from macros.sizing.nearest import Alternative
from macros.sizing.plan import Plan
from macros.sizing.planner import Found
from macros.sizing.sets import Fitting
from macros.suggestions import StepSuggestions, Suggestion

NO_CACHE = "Keeps no cache: a text is read in one pass, and speed limits how many run at once."


def cached(found: Plan) -> bool:
    """Whether the model keeps anything between tokens."""
    return bool(found.layout.tables)


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
        "kv_cache_tokens": found.kv_cache_tokens if cached(found) else None,
        "max_concurrency": round(found.max_concurrency, 3) if cached(found) else None,
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
        f"= {found.available_kv_gib_per_gpu:8.2f}  {'for the cache' if cached(found) else 'left over'}",
        "",
    ]
    if cached(found):
        lines += [
            f"{found.kv_bytes_per_token:,} bytes of cache a token on each GPU",
            f"{found.kv_cache_tokens:,} tokens of cache",
            f"{found.max_concurrency:.2f} requests of {found.context:,} tokens at once",
        ]
    else:
        lines.append(NO_CACHE)
    if copies > 1 and cached(found):
        lines.append(f"{copies} copies: {copies * found.max_concurrency:.2f} such requests in all")
    for name, bound in (
        ("Decoding, upper bound", found.decode_bound),
        ("Prefill, upper bound", found.prefill_bound),
    ):
        if bound and found.fits:
            lines.append(f"{name}: {bound.tokens_per_second:,.0f} tokens/s = {bound.formula}")
    lines.append("It fits." if found.fits else "It does not fit: " + "; ".join(found.reasons) + ".")
    lines += [f"  Nearest that fits: {item.change} ({item.arguments})" for item in near]
    lines += [f"Note: {note}." for note in found.notes]
    return "\n".join(lines)


def workload_json(workload: str, steps: Iterable[StepSuggestions]) -> dict[str, Any]:
    """Plans of a workload as data."""
    return {"workload": workload, "steps": [step_json(step) for step in steps]}


def step_json(step: StepSuggestions) -> dict[str, Any]:
    """What a step asks, and the plans of its suggestions."""
    wanted = step.demand
    return {
        "step": step.need.id,
        "concurrency": wanted.concurrency,
        "typical_tokens": wanted.typical if wanted.longest is not None else None,
        "longest_tokens": wanted.longest,
        "models": [_suggestion(item) for item in step.suggestions],
        "also_possible": [
            {"model": other.model.id, "cautions": list(other.cautions), **found_json(other.found)}
            for other in step.also
        ],
        "ruled_out": {out.model.id: list(out.reasons) for out in step.ruled_out},
    }


def _suggestion(item: Suggestion) -> dict[str, Any]:
    return {
        "model": item.model.id,
        "tiers": list(item.tiers),
        "reasons": list(item.reasons),
        "cautions": list(item.cautions),
        "licence": {term.question: term.answer for term in item.terms},
        **found_json(item.found),
    }


def found_json(found: Found) -> dict[str, Any]:
    """The smallest set and the next larger; the weights alone where there is no plan."""
    held = found.weights_set
    return {
        "precision": found.precision,
        "weights_gib": round(found.weights_gib, 2),
        "why_none": found.why_none,
        "weights_alone_fit": None if held is None else {"gpu": held[0].id, "count": held[1]},
        "requests_not_computed": found.demand.uncounted,
        "in_time_by_bounds": found.in_time,
        "sets": [_fitting(fit) for fit in (found.smallest, found.larger) if fit],
    }


def _fitting(fit: Fitting) -> dict[str, Any]:
    requests, least = fit.requests, fit.least_seconds
    return {
        "gpu": fit.accelerator.id,
        "count": fit.count,
        "memory_gib": round(fit.gib, 1),
        "requests_at_typical_length": None if requests is None else round(requests, 2),
        "least_seconds_by_bounds": None if least is None else round(least, 3),
        **as_json(fit.plan, 1, ()),
    }


def workload_text(workload: str, steps: Iterable[StepSuggestions]) -> str:
    """Plans of a workload for a terminal."""
    lines = [workload]
    for step in steps:
        wanted = step.demand
        lines.append("")
        asked = f"{wanted.concurrency} requests at once"
        if wanted.longest is not None:
            asked += f" of {wanted.typical:,} tokens, up to {wanted.longest:,}"
        lines.append(f"{step.need.title}: {asked}")
        for item in step.suggestions:
            lines.append(f"  {item.rank}: {item.model.title}, {item.found.precision}")
            lines.append(f"    Licence: {item.model.license.title}; {item.model.license.summary}")
            lines += [f"    Mind: {caution}" for caution in item.cautions]
            if item.found.why_none:
                lines.append(f"    {item.found.why_none}")
            for fit in (item.found.smallest, item.found.larger):
                if fit:
                    lines.append(f"    {_set_text(fit)}")
        if wanted.uncounted:
            lines.append(f"  Requests at once are not computed: {wanted.uncounted}")
    return "\n".join(lines)


def _set_text(fit: Fitting) -> str:
    tokens = f"{fit.plan.kv_cache_tokens:,} tokens of cache" if cached(fit.plan) else "keeps no cache"
    text = f"{fit.count} × {fit.accelerator.title}: {tokens}"
    return text if fit.requests is None else f"{text}, {fit.requests:.0f} such requests"
