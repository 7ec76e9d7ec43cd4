"""Sets of equal accelerators: as cards for a plan, in order of size, and how many requests one holds."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from macros.model import Accelerator
from macros.sizing.plan import Plan
from macros.sizing.request import Card

COUNTS = (1, 2, 4, 8)
"""Cards of one node that tensor parallelism can use."""
NODE = 8
"""Accelerators in one machine where the record does not say."""
ONE_A_MACHINE = ("desktop", "laptop")
READ_ON = "NVIDIA"
"""Maker of the cards on which the overhead terms were read; see `macros.sizing.overhead`."""
STEP_GIB = 8.0
"""Sets whose memory differs by less count as equally large, so that one card comes before two halves."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """A number of equal accelerators that meets a need.

    `requests` is how many of ordinary length the cache and the engine's limit hold; None where a request does not
    grow with tokens. `least_seconds` is what one ordinary request takes at least, by the two bounds.
    """

    accelerator: Accelerator
    count: int
    plan: Plan
    requests: float | None
    least_seconds: float | None

    @property
    def gib(self) -> float:
        """Memory of the set in GiB, as the driver reports it."""
        return self.count * self.accelerator.memory.usable_gib


def card(accelerator: Accelerator, precision: str = "bf16") -> Card:
    """The accelerator as a card; the arithmetic rate is the dense one for the precision, else the next wider."""
    rates = accelerator.dense_tflops
    choices: list[tuple[str, float | None]] = [("bf16", rates.bf16)]
    if precision.startswith(("fp8", "mxfp8", "modelopt fp8")):
        choices.insert(0, ("fp8", rates.fp8))
    if "fp4" in precision:
        choices = [("fp4", rates.fp4), ("fp8", rates.fp8), *choices]
    name, rate = next(((name, rate) for name, rate in choices if rate), ("bf16", None))
    return Card(
        accelerator.id,
        accelerator.memory.usable_gib,
        accelerator.bandwidth_gb_s,
        rate,
        name,
        machine(accelerator),
    )


def machine(accelerator: Accelerator) -> int:
    """Accelerators in one machine, from the record's form factor; else eight."""
    stated = re.search(r"(\d+) a node", accelerator.form_factor)
    if stated:
        return int(stated[1])
    return 1 if any(word in accelerator.form_factor for word in ONE_A_MACHINE) else NODE


def requests_at(found: Plan, tokens: int) -> float:
    """Requests of `tokens` tokens at once, by the blocks they take; not limited by `max_num_seqs`."""
    cut = found.layout
    if not cut.tables:
        return float("inf") if found.fits else 0.0
    return found.blocks / cut.blocks_per_request(tokens, found.batch.tokens, found.request.rules)


def size_step(gib: float) -> int:
    """Memory in whole steps of `STEP_GIB`, rounded up."""
    return math.ceil(gib / STEP_GIB)


def suited(accelerators: Iterable[Accelerator]) -> tuple[Accelerator, ...]:
    """Data-centre cards whose memory rules were read."""
    return tuple(a for a in accelerators if a.data_centre and a.vendor == READ_ON)


def in_order(accelerators: Iterable[Accelerator]) -> tuple[tuple[Accelerator, int], ...]:
    """Every set of data-centre cards whose memory rules were read: least memory first, then fewest cards."""
    every = [(accelerator, count) for accelerator in suited(accelerators) for count in COUNTS]
    return tuple(
        sorted(every, key=lambda pair: (size_step(pair[1] * pair[0].memory.usable_gib), pair[1], pair[0].id))
    )
