"""What cards that share layers take to talk to each other, beside weights, cache and activations.

How much depends on the link: cards behind an NVSwitch get multicast buffers that cards on PCIe or NVLink bridges
do not get, and from one version on a workspace that joins all-reduce and norm.
"""

from __future__ import annotations

import math

from macros.sizing.engines import Rules
from macros.sizing.request import Card
from macros.sizing.units import GIB

ON_BUS, HOPPER, BLACKWELL, BLACKWELL_ULTRA = "bus", "hopper", "blackwell", "blackwell ultra"
NAMES = (
    (ON_BUS, ("rtx", "gb10", "spark")),
    (BLACKWELL_ULTRA, ("b300",)),
    (BLACKWELL, ("b200",)),
    (HOPPER, ("h100", "h200", "h800", "h20", "gh200")),
)
"""Links by parts of the card’s name; first match counts, and any other name is on the bus."""
SMALLEST = ((250, BLACKWELL_ULTRA), (170, BLACKWELL), (70, HOPPER))
"""Links of a card without a name by its least GiB. The one that takes more, where two cards are alike: an A100 or
an RTX PRO 6000 then has a little more cache than planned."""
DOUBLING_GIB, SWITCHED_DOUBLING_GIB = 0.14, 0.42
"""Communicators and all-reduce buffers, for each doubling of tensor parallelism: on the bus, behind a switch.

Two H100 behind an NVSwitch print 0.54 and 0.55 GiB in all (0.13 on one); eight H200 took 0.4 GiB more than this
says. On the bus two RTX 3090 took 0.27 and 0.28 GiB in two published runs, two A100 80 GB without peer access 0.2;
four and eight RTX PRO 6000 up to 0.4 GiB more."""
EARLY_NON_TORCH_GIB = 1.8
"""One card before 0.7.0, which counted the driver's context; printed 1.79, and twice that with two cards."""
NON_TORCH_GIB = 0.13
"""Libraries' own memory on one card: cuBLAS, kernels. Published debug logs on H100 print 0.13 or 0.14."""
FUSED_MIB = {
    HOPPER: {2: 64.0, 4: 2.0, 8: 0.5},
    BLACKWELL: {2: 64.0, 4: 32.0, 8: 1.0},
    BLACKWELL_ULTRA: {2: 64.0, 4: 64.0, 8: 2.0},
}
"""Largest input of the fused all-reduce by card and GPUs (`FI_ALLREDUCE_FUSION_MAX_SIZE_MB` of vLLM 0.24.0,
`compilation/passes/fusion/allreduce_rms_fusion.py`)."""


def link(card: Card) -> str:
    """How the card is linked to its like: by name, else by memory."""
    name = card.name.lower()
    if not name:
        return next((found for least, found in SMALLEST if card.memory_gib >= least), ON_BUS)
    return next((found for found, parts in NAMES if any(part in name for part in parts)), ON_BUS)


def fused_gib(rules: Rules, card: Card, tp: int) -> float:
    """Workspace of the fused all-reduce in GiB; on by default from 0.17.0 (`enable_allreduce_rms_fusion`).

    FlashInfer keeps a buffer for the input of each GPU and three times as much for its one-shot exchange
    (`trtllm_create_ipc_workspace_for_all_reduce_fusion` in `flashinfer/comm/trtllm_ar.py`).
    """
    most = FUSED_MIB.get(link(card), {}).get(tp)
    if most is None or rules.version < (0, 17, 0):
        return 0.0
    return 4 * tp * most * 2**20 / GIB


def non_torch_gib(rules: Rules, card: Card, tp: int, eager: bool = False) -> float:
    """Memory that libraries take outside the tensor allocator, in GiB; pipeline stages add next to nothing.

    A server without compilation (`eager`) has no fused all-reduce.
    """
    if rules.version < (0, 7, 0):
        return EARLY_NON_TORCH_GIB * (2 if tp > 1 else 1)
    doubling = DOUBLING_GIB if link(card) == ON_BUS else SWITCHED_DOUBLING_GIB
    fused = 0.0 if eager else fused_gib(rules, card, tp)
    return NON_TORCH_GIB + doubling * math.log2(tp) + fused
