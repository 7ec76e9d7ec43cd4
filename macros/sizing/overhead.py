"""What vLLM takes beside weights and cache: activations of the profiling run, driver buffers, CUDA graphs.

The engine profiles one step of `max_num_batched_tokens` tokens and `max_num_seqs` requests with random input and
keeps its peak free. The peak is the larger of two moments: the widest layer, or the sampler, which holds a row of
logits for each request. Holds for vLLM 0.6.5 to 0.33.0 on NVIDIA cards; see `macros.sizing.engines` for what
changes between versions. Attention itself takes nothing, since the profiling run skips it.
"""

from __future__ import annotations

from dataclasses import dataclass

from macros.sizing.engines import MASKING_BYTES, Batch
from macros.sizing.links import non_torch_gib
from macros.sizing.request import Serving, Stage
from macros.sizing.shape import ModelShape
from macros.sizing.units import GIB

BUFFERS_GIB = 0.035
"""Input buffers and what the sampler keeps; the remainder of eight published debug logs after the terms below."""
CAPTURED_MIB, CAPTURED_BASE_GIB = 0.27, 0.1
"""One captured CUDA graph of one layer in MiB, and what the first takes in GiB; published captures of 24 to 64
layers give 0.19 to 0.30 MiB."""
PROFILED_MIB, PROFILED_BASE_GIB = 0.07, 0.3
"""The same as the engine estimates it beforehand (`profile_cudagraph_memory`), from 0.20.0; it varies."""
LARGEST_GRAPH = 512
STAMPED_CLIP = 12288
"""Tokens of the largest clip of Qwen3-VL: 24 × 1024² pixels, of which 32² in two frames make a token."""
STAMPED_FACTOR = 13.5
"""Rows kept for each of them: 12.5 for the text around each token (`get_max_video_tokens` of `qwen3_vl.py`), into
which `profile_run` of `gpu_model_runner.py` copies the encoder's own output. Both in 0.11.0 to 0.12.0 only; a
published run with 0.11.0 prints the budget of 153,600 tokens."""
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


def overhead(shape: ModelShape, serving: Serving, stage: Stage) -> Overhead:
    """Everything beside weights and cache on one GPU of a stage."""
    counted = serving.rules.graphs_in_pool
    graphs = 0.0 if serving.request.eager else graphs_gib(stage.layers, serving.batch, counted)
    return Overhead(
        activations_gib=activations_gib(shape, serving, stage),
        non_torch_gib=non_torch_gib(serving.rules, serving.request.card, serving.tp, serving.request.eager),
        graphs_gib=graphs,
        graphs_counted=counted,
    )


def activations_gib(shape: ModelShape, serving: Serving, stage: Stage) -> float:
    """Peak of the profiling run, in GiB. Only the first stage sees pictures, only the last has a sampler."""
    batch, rules = serving.batch, serving.rules
    logit_bytes = MASKING_BYTES if serving.request.flashinfer_sampler else rules.logit_bytes
    requests = min(batch.requests, batch.tokens)
    hidden = shape.widths.hidden * 2
    kept = float(batch.tokens * hidden)
    peak = 0.0
    if stage.first:
        kept += encoder_outputs(shape, serving)
        peak = encoder_bytes(shape, serving)
    peak = max(peak, layer_bytes(shape, batch, serving.tp) + kept)
    if stage.last and shape.causal:
        logits = shape.vocabulary * (requests * logit_bytes + rules.logit_rows * 4)
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


def encoder_tokens(shape: ModelShape, serving: Serving) -> int:
    """Language tokens that pictures fill in the profiling run: as many of the largest item as the batch holds.

    One item is always profiled, however short the context: a published run with 4,096 tokens profiled a picture of
    16,384 all the same. Families that take clips by frames profile a clip as long as the context allows.
    """
    vision, batch = shape.vision, serving.batch
    if vision is None or serving.request.text_only:
        return 0
    if stamped(shape, serving):
        return STAMPED_CLIP
    item = vision.most_tokens
    if vision.clips and serving.rules.generation == "v1" and not serving.request.no_video:
        frames = 8 if serving.rules.version < (0, 11, 0) else 7
        item *= min(frames, max(1, serving.context // item))
    a_prompt = max(1, serving.context // item)
    return item * max(1, min(max(batch.tokens, item) // item, batch.requests * a_prompt))


def stamped(shape: ModelShape, serving: Serving) -> bool:
    """Whether the profiling run keeps a clip with room for a time stamp at each token."""
    version = serving.rules.version
    within = (0, 11, 0) <= version < (0, 13, 0) and not serving.request.no_video
    return shape.vision is not None and shape.vision.stamped and within


def encoder_outputs(shape: ModelShape, serving: Serving) -> float:
    """Bytes of encoded pictures that wait while the language model is profiled."""
    if shape.vision is None:
        return 0.0
    rows = encoder_tokens(shape, serving) * (STAMPED_FACTOR if stamped(shape, serving) else 1)
    return float(rows * shape.widths.hidden * 2 * shape.vision.outputs)


def encoder_bytes(shape: ModelShape, serving: Serving) -> float:
    """Peak inside the picture encoder, 16 bit: patches × (pixels, feed-forward twice, q, k, v and residual)."""
    vision = shape.vision
    if vision is None:
        return 0.0
    patches = encoder_tokens(shape, serving) * vision.patches_per_token
    return float(patches * (vision.pixels + 2 * vision.intermediate + 4 * vision.hidden) * 2)


def graph_count(batch: Batch) -> int:
    """CUDA graphs of the default mode: piecewise for mixed batches and whole for decoding.

    Sizes are 1, 2, 4, every 8 to 256, every 16 to the smaller of twice the requests and 512.
    """
    largest = min(2 * batch.requests, LARGEST_GRAPH, batch.tokens)
    sizes = [1, 2, 4, *range(8, 256, 8), *range(256, LARGEST_GRAPH + 1, 16)]
    piecewise = sum(1 for size in sizes if size <= largest)
    return piecewise + sum(1 for size in sizes if size <= min(batch.requests, largest))


def graphs_gib(layers: int, batch: Batch, profiled: bool) -> float:
    """Memory of CUDA graphs in GiB, as the engine profiles it or as captures took; grows with layers and sizes."""
    base, each = (PROFILED_BASE_GIB, PROFILED_MIB) if profiled else (CAPTURED_BASE_GIB, CAPTURED_MIB)
    return base + layers * graph_count(batch) * each / 1024
