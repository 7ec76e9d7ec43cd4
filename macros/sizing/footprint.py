"""First estimates of memory: weights and KV cache of a model, and the smallest accelerators that hold them.

Units: GB is 10^9 bytes, GiB is 2^30 bytes; accelerators count in GiB as the driver reports them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from macros.model import Accelerator, Model
from macros.sizing.units import BITS_PER_WEIGHT, GB, GIB

USABLE_SHARE = 0.9
"""Share of the memory that engines take by default; vLLM's `gpu_memory_utilization` was 0.9, now 0.92."""
RUNTIME_GIB = 2.0
"""Allowance a card for activations, CUDA graphs and buffers; a round figure, to be replaced by measurement."""
CARD_COUNTS = (1, 2, 4, 8)


@dataclass(frozen=True, slots=True)
class Footprint:
    """Memory that a model needs, in GiB. `cache_gib` is None where the cache shape was not read."""

    precision: str
    weights_gib: float
    weights_measured: bool
    cache_gib: float | None
    tokens_in_flight: int

    @property
    def total_gib(self) -> float:
        """Weights and cache; weights alone where the cache is not known."""
        return self.weights_gib + (self.cache_gib or 0.0)


@dataclass(frozen=True, slots=True)
class Fit:
    """A number of equal cards that hold a footprint."""

    accelerator: Accelerator
    count: int


def footprint(model: Model, context_tokens: int, concurrency: int) -> Footprint:
    """Memory for the native checkpoint with `concurrency` requests of `context_tokens` each in flight.

    Weights are the size of the published files where it was read, else total parameters times bits a weight.
    The cache is bytes a token times tokens, plus the window of sliding layers for each request.
    """
    checkpoint = model.checkpoints[0]
    if checkpoint.size_gb is not None:
        weights = checkpoint.size_gb * GB
    else:
        weights = model.parameters.total_b * 1e9 * BITS_PER_WEIGHT[checkpoint.precision] / 8
    shape = model.architecture
    cache: float | None = None
    if shape.kv_bytes_per_token is not None:
        cache = shape.kv_bytes_per_token * context_tokens * concurrency
        if shape.window_bytes_per_token and shape.sliding_window:
            window = min(context_tokens, shape.sliding_window)
            cache += shape.window_bytes_per_token * window * concurrency
        cache /= GIB
    return Footprint(
        precision=checkpoint.precision,
        weights_gib=weights / GIB,
        weights_measured=checkpoint.size_gb is not None,
        cache_gib=cache,
        tokens_in_flight=context_tokens * concurrency,
    )


def holds(accelerator: Accelerator, count: int, needed_gib: float) -> bool:
    """Whether `count` cards hold `needed_gib` beside their own runtime allowance."""
    room = accelerator.memory.usable_gib * USABLE_SHARE - RUNTIME_GIB
    return room * count >= needed_gib


def smallest_fits(accelerators: Iterable[Accelerator], needed_gib: float, most: int = 3) -> tuple[Fit, ...]:
    """The `most` smallest sets by total memory, one count for each kind of card, data-centre cards only."""
    fits: list[Fit] = []
    for accelerator in accelerators:
        if not accelerator.data_centre:
            continue
        count = next((n for n in CARD_COUNTS if holds(accelerator, n, needed_gib)), None)
        if count is not None:
            fits.append(Fit(accelerator, count))
    fits.sort(
        key=lambda fit: (
            math.ceil(fit.count * fit.accelerator.memory.usable_gib),
            fit.count,
            fit.accelerator.id,
        )
    )
    return tuple(fits[:most])
