"""What the data sheet of the cards allows a full batch: the roofline of arithmetic and memory bandwidth. Pure.

Prompts and answers are counted one after the other; an engine that works on both at once can pass that a little.

Williams, Waterman and Patterson, “Roofline” (2009), for a server whose cache is full: a prompt token is limited
by arithmetic; a step of decoding reads the weights once for the whole batch and the cache of every request, and
cannot be faster than its arithmetic either. By how much published runs stay below, `macros/speed_estimate.py`
tells. A run may pass it where its cache is smaller than assumed: 8-bit, shared prefixes, or attention that skips
what is old.
"""

from __future__ import annotations

from dataclasses import dataclass

from macros.sizing.plan import Plan
from macros.sizing.sets import requests_at
from macros.sizing.shape import EXPERTS, ModelShape
from macros.sizing.units import GB


@dataclass(frozen=True, slots=True)
class Roofline:
    """Tokens a second of one copy of the model: `speed_in` of prompts, `speed_out` of answers, 0 without any.

    `requests` is the batch that was counted with; 0 where nothing is decoded.
    """

    speed_in: float
    speed_out: float
    requests: float

    def seconds(self, prompt: float, answer: float) -> float:
        """Time of the replica that so many tokens take."""
        return prompt / self.speed_in + (answer / self.speed_out if self.speed_out else 0.0)


def roofline(found: Plan, prompt: int, answer: int) -> Roofline | None:
    """For requests of so many tokens; None where the card's peaks or the parameters are not known."""
    bandwidth, reading = found.request.card.bandwidth_gb_s, found.prefill_bound
    if not bandwidth or reading is None:
        return None
    length = min(max(prompt + answer, 1), found.context)
    requests = min(requests_at(found, length), float(found.batch.requests))
    if not found.shape.causal or not answer or requests <= 0:
        return Roofline(reading.tokens_per_second, 0.0, 0.0)
    middle = min(max(prompt + answer // 2, 1), found.context)
    cache = requests * found.layout.read_per_request(middle) * found.request.gpus
    read = weights_read(found.shape, requests) + cache
    step = max(read / (bandwidth * GB * found.request.gpus), requests / reading.tokens_per_second)
    return Roofline(reading.tokens_per_second, requests / step, requests)


def weights_read(shape: ModelShape, requests: float) -> float:
    """Bytes of weights that one step of a batch reads.

    Routed experts are read once if any token chose them: of a share `a` that one token chooses, a batch of `n`
    that chooses at random touches 1 - (1 - a)^n.
    """
    experts = sum(part.bytes_per_gpu(1) for part in shape.weights if part.name == EXPERTS)
    held = sum(part.elements for part in shape.weights if part.name == EXPERTS)
    idle = shape.parameters - shape.active_parameters
    if not experts or idle <= 0:
        return shape.read_bytes
    chosen = max(0.0, 1 - idle / held)
    touched: float = 1 - (1 - chosen) ** max(requests, 1.0)
    return shape.read_bytes + (touched - chosen) * experts
