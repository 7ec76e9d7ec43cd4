"""Accelerators as cards, and the smallest sets of them that serve a model at a stated load."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from macros.model import Accelerator
from macros.sizing.engines import Rules
from macros.sizing.plan import Plan, plan
from macros.sizing.reader import ConfigError
from macros.sizing.request import Card, Request
from macros.sizing.shape import ModelShape

COUNTS = (1, 2, 4, 8)


@dataclass(frozen=True, slots=True)
class Load:
    """Requests at once and their ordinary length, and the longest request that must be accepted."""

    concurrency: int
    typical_tokens: int
    longest_tokens: int


@dataclass(frozen=True, slots=True)
class Fitting:
    """A number of equal accelerators that meets a load, and how many ordinary requests it holds."""

    accelerator: Accelerator
    count: int
    plan: Plan
    requests: float


def card(accelerator: Accelerator, precision: str = "bf16") -> Card:
    """The accelerator as a card; the arithmetic rate is the dense one for the precision, else the next wider."""
    rates = accelerator.dense_tflops
    choices: list[tuple[str, float | None]] = [("bf16", rates.bf16)]
    if precision.startswith(("fp8", "mxfp8", "modelopt fp8")):
        choices.insert(0, ("fp8", rates.fp8))
    if "fp4" in precision:
        choices = [("fp4", rates.fp4), ("fp8", rates.fp8), *choices]
    name, rate = next(((name, rate) for name, rate in choices if rate), ("bf16", None))
    return Card(accelerator.id, accelerator.memory.usable_gib, accelerator.bandwidth_gb_s, rate, name)


def requests_at(found: Plan, tokens: int) -> float:
    """Requests of `tokens` tokens at once, by the blocks they take; not limited by `max_num_seqs`."""
    cut = found.layout
    if not cut.tables:
        return float("inf") if found.fits else 0.0
    return found.blocks / cut.blocks_per_request(tokens, found.batch.tokens, found.request.rules)


def sets(shape: ModelShape, accelerators: Iterable[Accelerator], rules: Rules, load: Load) -> tuple[Fitting, ...]:
    """For each data-centre accelerator the smallest count that meets the load, smallest total memory first."""
    found: list[Fitting] = []
    for accelerator in accelerators:
        if not accelerator.data_centre:
            continue
        fitting = next(
            (fit for fit in (_fitting(shape, accelerator, n, rules, load) for n in COUNTS) if fit is not None),
            None,
        )
        if fitting is not None:
            found.append(fitting)
    found.sort(key=lambda fit: (fit.count * fit.accelerator.memory.usable_gib, fit.count, fit.accelerator.id))
    return tuple(found)


def _fitting(shape: ModelShape, accelerator: Accelerator, count: int, rules: Rules, load: Load) -> Fitting | None:
    context = min(load.longest_tokens, shape.context or load.longest_tokens)
    try:
        result = plan(shape, Request(rules, card(accelerator, shape.precision), tp=count, context=max(1, context)))
    except ConfigError:
        return None
    requests = requests_at(result, max(1, min(load.typical_tokens, context)))
    if not result.fits or requests < load.concurrency:
        return None
    return Fitting(accelerator, count, result, requests)
