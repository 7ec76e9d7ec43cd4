"""Picture and sound encoders: their weights, and what profiling with the largest input takes.

Encoders differ more than language models do; widths and depths are read, the rest is the common transformer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from macros.sizing.quantization import Scheme
from macros.sizing.reader import Reader
from macros.sizing.shape import ENCODER, Sharding, Vision, Weights

MOST_TOKENS = {
    "qwen2_vl": 16384,
    "qwen2_5_vl": 16384,
    "qwen3_vl": 16384,
    "qwen3_vl_moe": 16384,
    "qwen3_5": 16384,
    "qwen3_5_moe": 16384,
    "gemma3": 256,
    "gemma4": 280,
    "mistral3": 3025,
    "pixtral": 4096,
    "llama4": 2448,
    "internvl_chat": 3328,
    "kimi_k25": 4096,
    "kimi_vl": 4096,
}
"""Language tokens of the largest picture by model type, as the processors' default limits give them."""
SPLIT_TYPES = ("qwen2_vl", "qwen2_5_vl", "qwen3_vl", "qwen3_vl_moe", "qwen3_5", "qwen3_5_moe", "llama4", "glm4v")
CLIP_TYPES = ("qwen2_vl", "qwen2_5_vl")
STAMPED_TYPES = ("qwen3_vl", "qwen3_vl_moe")
POOLED_TYPES = ("gemma3", "gemma3n", "gemma4")
"""Families that average patches before one projection, instead of joining them."""
GATED_TYPES = ("pixtral", "qwen2_5_vl", "gemma4_vision")


def _first(values: Mapping[str, Any], *names: str) -> int:
    for name in names:
        value = values.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return int(value)
    return 0


def _merge(values: Mapping[str, Any], read: Reader) -> int:
    """Side of the square of patches that become one token."""
    kernel = values.get("merge_kernel_size")
    if isinstance(kernel, list) and kernel:
        return int(kernel[0])
    side = _first(values, "spatial_merge_size", "pooling_kernel_size") or int(
        read.top.get("spatial_merge_size") or 0
    )
    if side:
        return side
    return {"gemma3": 4, "llama4": 2, "internvl_chat": 2}.get(str(read.top.get("model_type")), 1)


def vision(read: Reader) -> Vision | None:
    """What the engine's profiling run sees of a picture encoder, or None without one."""
    values = read.top.get("vision_config")
    if not isinstance(values, Mapping):
        return None
    hidden, _, inner = _sizes(values)
    if not hidden:
        return None
    side = _merge(values, read)
    deep = values.get("deepstack_visual_indexes")
    family = str(read.top.get("model_type"))
    return Vision(
        hidden=hidden,
        intermediate=inner,
        patches_per_token=side * side,
        most_tokens=MOST_TOKENS.get(family, 4096),
        outputs=1 + (len(deep) if isinstance(deep, list) else 0),
        clips=family in CLIP_TYPES,
        stamped=family in STAMPED_TYPES,
        pixels=_first(values, "patch_size") ** 2 * 3 * (_first(values, "temporal_patch_size") or 1),
    )


def _sizes(values: Mapping[str, Any]) -> tuple[int, int, int]:
    """Width, depth and inner width of an encoder; zeros where they are not given."""
    depth = _first(
        values, "depth", "num_hidden_layers", "vt_num_hidden_layers", "layers", "encoder_layers", "num_layers"
    )
    hidden = _first(values, "embed_dim", "vt_hidden_size", "hidden_size", "width", "d_model")
    if "embed_dim" in values and "depth" not in values:
        hidden = _first(values, "hidden_size", "embed_dim")
    inner = _first(values, "intermediate_size", "vt_intermediate_size", "encoder_ffn_dim")
    if not inner and hidden:
        inner = int(hidden * float(values.get("mlp_ratio") or 4))
    return hidden, depth, inner


def weights(read: Reader, scheme: Scheme) -> list[Weights]:
    """Weights of every encoder beside the language model.

    Gemma 4 has a table of positions for each of the two directions (`position_embedding_table` of `gemma4` in
    transformers 5.24.0).
    """
    found: list[Weights] = []
    language = read.integer("hidden_size")
    family = str(read.top.get("model_type"))
    for key in ("vision_config", "audio_config", "sound_config"):
        values = read.top.get(key)
        if not isinstance(values, Mapping):
            continue
        hidden, depth, inner = _sizes(values)
        if not (hidden and depth):
            continue
        own = str(values.get("model_type", ""))
        matrices = 3 if own in GATED_TYPES or family in GATED_TYPES else 2
        side = _merge(values, read)
        out = _first(values, "out_hidden_size") or language
        deep = values.get("deepstack_visual_indexes")
        mergers = 1 + (len(deep) if isinstance(deep, list) else 0)
        block = 4 * hidden * hidden + matrices * hidden * inner
        merged = hidden * side * side
        joined = merged * merged + merged * out if family not in POOLED_TYPES else hidden * out
        patch = _first(values, "patch_size") ** 2 * 3 * (_first(values, "temporal_patch_size") or 1) * hidden
        elements = depth * block + mergers * joined + patch
        elements += _first(values, "num_position_embeddings") * hidden
        elements += 2 * _first(values, "position_embedding_size") * hidden
        name = key.removesuffix("_config")
        sharding = Sharding.SPLIT if family in SPLIT_TYPES else Sharding.COPIED
        found.append(Weights(f"{name} {ENCODER}", elements, _bits(scheme), sharding, stage="first"))
    return found


def _bits(scheme: Scheme) -> float:
    """Encoders stay in 16 bit where the checkpoint names them, and in formats that only reach language layers."""
    modules = ("visual.blocks.0.attn.qkv", "vision_tower.blocks.0.attn.qkv", "vision_model.layers.0.attn.qkv")
    return max((scheme.of(module) for module in modules), default=16.0)
