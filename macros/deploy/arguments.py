"""The arguments of `vllm serve` for a setup. Names are those of vLLM; nothing is set that is not needed.

Structured output needs no switch: each request carries its schema. The back end is named where a step needs
it, so that the command shows what checks the format.
"""

from __future__ import annotations

from macros.deploy.setup import POOLING, Setup

Argument = tuple[str, str | None]
"""A name with its value, or None for a switch."""


def arguments(setup: Setup) -> tuple[Argument, ...]:
    """All arguments but the model, its revision and the address, in the order people read them."""
    found: list[Argument] = [("--served-model-name", setup.model.id)]
    if setup.job in POOLING:
        found.append(("--runner", "pooling"))
    if setup.job == "embedding":
        found.append(("--convert", "embed"))
    found += _sizes(setup)
    found += _formats(setup)
    generates = setup.job not in POOLING
    if generates and setup.model.tools and setup.model.tool_parser:
        found += [("--enable-auto-tool-choice", None), ("--tool-call-parser", setup.model.tool_parser)]
    if generates and setup.model.serving.reasoning_parser:
        found.append(("--reasoning-parser", setup.model.serving.reasoning_parser))
    if generates and setup.structured:
        found.append(("--structured-outputs-config.backend", "auto"))
    for argument in setup.model.serving.arguments:
        name, _, value = argument.partition("=")
        found.append((name, value or None))
    return tuple(found)


def _sizes(setup: Setup) -> list[Argument]:
    """Parallelism, context and share of memory, as in the plan."""
    found: list[Argument] = []
    if setup.tp > 1:
        found.append(("--tensor-parallel-size", str(setup.tp)))
    if setup.pp > 1:
        found.append(("--pipeline-parallel-size", str(setup.pp)))
    if setup.nodes > 1:
        found.append(("--distributed-executor-backend", "ray"))
    for name, value in (
        ("--max-model-len", setup.context),
        ("--gpu-memory-utilization", setup.utilization),
        ("--max-num-seqs", setup.batch_requests),
        ("--max-num-batched-tokens", setup.batch_tokens),
        ("--block-size", setup.block_size),
    ):
        if value is not None:
            found.append((name, f"{value:g}" if isinstance(value, float) else str(value)))
    return found


def _formats(setup: Setup) -> list[Argument]:
    """Number formats and the switches that change memory."""
    named = (
        ("--dtype", setup.dtype),
        ("--quantization", setup.quantization),
        ("--kv-cache-dtype", setup.kv_dtype),
    )
    found: list[Argument] = [(name, value) for name, value in named if value is not None]
    if setup.prefix_caching is not None:
        found.append(("--enable-prefix-caching" if setup.prefix_caching else "--no-enable-prefix-caching", None))
    if setup.eager:
        found.append(("--enforce-eager", None))
    return found
