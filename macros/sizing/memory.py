"""Weights on one GPU under tensor and pipeline parallelism, as vLLM loads them."""

from __future__ import annotations

from macros.sizing.request import Request, Stage
from macros.sizing.shape import EMBEDDING, ENCODER, ModelShape, Weights
from macros.sizing.units import GIB, round_up

KERNELS = {
    "blackwell": ("b200", "b300", "gb200", "gb300"),
    "hopper": ("h100", "h200", "h20", "gh200"),
    "other": ("",),
}
"""Families of kernels that pad MXFP4 experts differently, by parts of their cards’ names; first match counts."""


def stages(layers: int, pp: int) -> list[int]:
    """Layers of each pipeline stage; extra layers go to stages before the last (vLLM `get_pp_indices`)."""
    counts = [layers // pp] * pp
    for extra in range(layers % pp):
        counts[(pp - 2 - extra) % pp] += 1
    return counts


def weights_gib(shape: ModelShape, request: Request, stage: Stage) -> float:
    """GiB of weights on one GPU of a stage.

    The first stage has the embedding, the last the output layer and a draft head; a tied model needs the embedding
    on both. Encoders that a text-only server has no use for are not loaded from 0.15 on (`_mark_tower_model` in
    `models/interfaces.py` of vLLM 0.15.1).
    """
    tied = not any(part.stage == "last" for part in shape.weights)
    share = stage.layers / shape.layers
    total = 0.0
    for part in shape.weights:
        if request.text_only and part.name.endswith(ENCODER) and request.rules.version >= (0, 15, 0):
            continue
        held = {"all": share, "first": float(stage.first), "last": float(stage.last)}[part.stage]
        if tied and part.name == EMBEDDING and stage.last:
            held = 1.0
        total += held * part.bytes_per_gpu(request.tp) * padding(part, request)
    if request.speculative_tokens and shape.draft and stage.last:
        total += sum(part.bytes_per_gpu(request.tp) * padding(part, request) for part in shape.draft.weights)
    return total / GIB


def kernels(card: str) -> str:
    """The family of kernels, of `KERNELS`, that serves MXFP4 experts on the card of that name."""
    name = card.lower()
    return next(family for family, parts in KERNELS.items() if any(part in name for part in parts))


def padding(part: Weights, request: Request) -> float:
    """How much larger kernels make MXFP4 experts (vLLM `quantization/mxfp4.py`).

    Marlin: inner width to 128, width to 256. Blackwell kernels: both to 256. Triton on Hopper, which comes with
    0.12.0: one side to 256; two published runs with 13.47 and 64.38 GiB agree.
    """
    if part.padded is None:
        return 1.0
    width, inner = part.padded[0], max(1, part.padded[1] // request.tp)
    family = kernels(request.card.name)
    if family == "blackwell":
        wide, narrow = round_up(width, 256), round_up(inner, 256)
    elif family == "hopper" and request.rules.version >= (0, 12, 0):
        wide, narrow = round_up(width, 256), inner
    else:
        wide, narrow = round_up(width, 256), round_up(inner, 128)
    return wide * narrow / (width * inner)
