"""Limits of speed that follow from a card's data sheet. A server stays below; they do not estimate its speed."""

from __future__ import annotations

from dataclasses import dataclass

from macros.sizing.request import Card
from macros.sizing.shape import ModelShape
from macros.sizing.units import GB


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit in tokens a second that no engine passes without guessing ahead, with the formula behind it."""

    tokens_per_second: float
    formula: str


def decode_bound(shape: ModelShape, card: Card, gpus: int) -> Bound | None:
    """Tokens a second of one request: each token reads its weights once, spread over the GPUs."""
    speed = card.bandwidth_gb_s
    if not speed or not shape.parameters or not shape.causal:
        return None
    return Bound(
        speed * GB * gpus / shape.read_bytes,
        f"{speed:g} GB/s × {gpus} GPU / {shape.read_bytes / GB:.1f} GB of weights read for each token",
    )


def prefill_bound(shape: ModelShape, card: Card, gpus: int) -> Bound | None:
    """Prompt tokens a second: two operations for each parameter that a token passes, at the dense peak rate."""
    rate, passed = card.tflops, shape.worked_parameters
    if not rate or passed <= 0:
        return None
    return Bound(
        rate * 1e12 * gpus / (2 * passed),
        f"{rate:g} TFLOPS ({card.tflops_format}) × {gpus} GPU / "
        f"(2 × {passed / 1e9:.1f} billion parameters that a prompt token passes)",
    )
