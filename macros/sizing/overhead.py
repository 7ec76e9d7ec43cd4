"""What vLLM takes beside weights and cache: activations of the profiling run, driver buffers, CUDA graphs.

The engine profiles one step of `max_num_batched_tokens` tokens and `max_num_seqs` requests with random input and
keeps its peak free. The peak is the larger of two moments: the widest layer, or the sampler, which holds a full row
of logits for each request. Holds for vLLM 0.6.6 to 0.33.0 on NVIDIA cards; see `macros.sizing.engines` for what
changes between versions. Attention itself takes nothing, since the profiling run skips it.
"""

from __future__ import annotations

from dataclasses import dataclass

from macros.sizing.engines import Batch, Rules
from macros.sizing.shape import ModelShape
from macros.sizing.units import GIB

BUFFERS_GIB = 0.035
"""Input buffers and what the sampler keeps; the remainder of eight published debug logs after the terms below."""
NON_TORCH_GIB = 0.13
"""Libraries' own memory on one card: cuBLAS, kernels. Published debug logs on H100 print 0.13 or 0.14."""
PARALLEL_GIB = 0.55
"""The same with tensor parallelism: communicators and all-reduce buffers as well. Printed: 0.54, 0.55."""
EARLY_NON_TORCH_GIB = 1.8
"""One card before 0.7.0, which counted the driver's context; printed 1.79, and twice that with two cards."""
CAPTURED_MIB, CAPTURED_BASE_GIB = 0.27, 0.1
"""One captured CUDA graph of one layer in MiB, and what the first takes in GiB; published captures of 24 to 64 layers
give 0.19 to 0.30 MiB."""
PROFILED_MIB, PROFILED_BASE_GIB = 0.07, 0.3
"""The same as the engine estimates it beforehand (`profile_cudagraph_memory`), from 0.20.0; less, and it varies."""
LARGEST_GRAPH = 512
EXPERT_CHUNK = 32768
"""Tokens that fused experts take at once (`VLLM_FUSED_MOE_CHUNK_SIZE`)."""
LATENT_WORKSPACE = 65536
"""Tokens of context that latent attention expands at once in prefill (`MLACommonMetadataBuilder`)."""


@dataclass(frozen=True, slots=True)
class Overhead:
    """GiB on one GPU, by cause."""

    activations_gib: float
    non_torch_gib: float
    graphs_gib: float
    graphs_counted: bool
    """Whether the version takes CUDA graphs from the cache; if not, they need room beside it."""

    @property
    def taken_gib(self) -> float:
        """What is missing from the cache."""
        return self.activations_gib + self.non_torch_gib + (self.graphs_gib if self.graphs_counted else 0.0)


@dataclass(frozen=True, slots=True)
class Stage:
    """One pipeline stage: its part of the layers, and whether it holds the first or the last of them."""

    layers: int
    first: bool = True
    last: bool = True


def overhead(
    shape: ModelShape, rules: Rules, batch: Batch, tp: int, context: int, stage: Stage, eager: bool = False
) -> Overhead:
    """Everything beside weights and cache on one of `tp` GPUs of a stage."""
    graphs = 0.0 if eager else graphs_gib(stage.layers, batch, rules.graphs_in_pool)
    return Overhead(
        activations_gib=activations_gib(shape, rules, batch, tp, context, stage),
        non_torch_gib=non_torch_gib(rules, tp, stage),
        graphs_gib=graphs,
        graphs_counted=rules.graphs_in_pool,
    )


def non_torch_gib(rules: Rules, tp: int, stage: Stage) -> float:
    """Memory that libraries take outside the tensor allocator, in GiB."""
    parallel = tp > 1 or not (stage.first and stage.last)
    if rules.version < (0, 7, 0):
        return EARLY_NON_TORCH_GIB * (2 if parallel else 1)
    return PARALLEL_GIB if parallel else NON_TORCH_GIB


def activations_gib(shape: ModelShape, rules: Rules, batch: Batch, tp: int, context: int, stage: Stage) -> float:
    """Peak of the profiling run, in GiB. Only the first stage sees pictures, only the last has a sampler."""
    requests = min(batch.requests, batch.tokens)
    hidden = shape.widths.hidden * 2
    kept = float(batch.tokens * hidden)
    peak = 0.0
    if stage.first:
        kept += encoder_outputs(shape, batch, context)
        peak = encoder_bytes(shape, batch, context)
    peak = max(peak, layer_bytes(shape, batch, tp) + kept)
    if stage.last and shape.causal:
        logits = shape.vocabulary * (requests * rules.logit_bytes + rules.logit_rows * 4)
        peak = max(peak, logits + kept + 2 * requests * hidden)
    return peak / GIB + BUFFERS_GIB


def layer_bytes(shape: ModelShape, batch: Batch, tp: int) -> float:
    """The widest moment of a layer: both inputs of a feed-forward part, its inside, residual and output."""
    widths = shape.widths
    tokens = batch.tokens
    stream = 3 * widths.hidden
    dense = (3 if widths.gated else 2) * widths.dense / tp
    moments = [widths.attention / tp + stream, dense + stream]
    if widths.expert:
        inner = widths.expert / tp
        first = (2 if widths.gated else 1) * inner
        moments.append(widths.experts_per_token * (max(first, widths.hidden) + inner) + stream + widths.hidden)
    peak = tokens * max(moments) * 2
    if widths.latent_heads:
        expanded = LATENT_WORKSPACE * widths.latent_heads / tp * widths.latent_head_size * 2
        peak = max(peak, expanded + tokens * stream * 2)
    return peak


def _encoder_tokens(shape: ModelShape, batch: Batch, context: int) -> int:
    """Language tokens that pictures fill in the profiling run: the batch, or the largest picture if it is larger."""
    if shape.vision is None:
        return 0
    return max(batch.tokens, min(shape.vision.most_tokens, context))


def encoder_outputs(shape: ModelShape, batch: Batch, context: int) -> float:
    """Bytes of encoded pictures that wait while the language model is profiled."""
    if shape.vision is None:
        return 0.0
    return _encoder_tokens(shape, batch, context) * shape.widths.hidden * 2 * shape.vision.outputs


def encoder_bytes(shape: ModelShape, batch: Batch, context: int) -> float:
    """Peak inside the picture encoder: patches times (feed-forward inside twice, q, k and v, residual), 16 bit."""
    vision = shape.vision
    if vision is None:
        return 0.0
    patches = _encoder_tokens(shape, batch, context) * vision.patches_per_token
    return patches * (2 * vision.intermediate + 4 * vision.hidden) * 2


def graph_count(batch: Batch) -> int:
    """CUDA graphs of the default mode: piecewise for mixed batches and whole for decoding.

    Sizes are 1, 2, 4, every 8 to 256, every 16 to the smaller of twice the requests and 512.
    """
    largest = min(2 * batch.requests, LARGEST_GRAPH, batch.tokens)
    sizes = [1, 2, 4, *range(8, 256, 8), *range(256, LARGEST_GRAPH + 1, 16)]
    return sum(size <= largest for size in sizes) + sum(size <= min(batch.requests, largest) for size in sizes)


def graphs_gib(layers: int, batch: Batch, profiled: bool) -> float:
    """Memory of CUDA graphs in GiB, as the engine profiles it or as captures took; grows with layers and sizes."""
    base, each = (PROFILED_BASE_GIB, PROFILED_MIB) if profiled else (CAPTURED_BASE_GIB, CAPTURED_MIB)
    return base + layers * graph_count(batch) * each / 1024
