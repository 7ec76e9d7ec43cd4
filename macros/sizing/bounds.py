"""Limits of speed that follow from a card's data sheet. A server stays below; they do not estimate its speed."""

from __future__ import annotations

from dataclasses import dataclass

from macros.sizing.request import Card
from macros.sizing.shape import ModelShape
from macros.sizing.units import GB


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit in tokens a second that no engine passes, with the formula behind it."""

    tokens_per_second: float
    formula: str


def decode_bound(shape: ModelShape, card: Card, gpus: int) -> Bound | None:
    """Tokens a second of one request: each token reads all active weights once, spread over the GPUs."""
    speed = card.bandwidth_gb_s
    if not speed or not shape.parameters:
        return None
    read = shape.weight_bytes * min(1.0, shape.active_parameters / shape.parameters)
    return Bound(
        speed * GB * gpus / read,
        f"{speed:g} GB/s × {gpus} GPU / {read / GB:.1f} GB of active weights read for each token",
    )


def prefill_bound(shape: ModelShape, card: Card, gpus: int) -> Bound | None:
    """Prompt tokens a second: two operations for each active parameter, at the dense peak rate."""
    rate = card.tflops
    if not rate or not shape.active_parameters:
        return None
    return Bound(
        rate * 1e12 * gpus / (2 * shape.active_parameters),
        f"{rate:g} TFLOPS ({card.tflops_format}) × {gpus} GPU / "
        f"(2 × {shape.active_parameters / 1e9:.1f} billion active parameters)",
    )
