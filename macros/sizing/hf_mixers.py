"""Weights and caches of the part of a layer that mixes tokens: attention of several kinds, SSM and linear states.

A `Linear` is one weight matrix with the name that checkpoints give it; its number format follows from the name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from macros.sizing import hf_layers as kinds
from macros.sizing.hf_states import state_mixer
from macros.sizing.linear import Linear, Mixer
from macros.sizing.reader import Reader
from macros.sizing.shape import CacheGroup, Kind, Sharding


@dataclass(frozen=True, slots=True)
class Heads:
    """Heads of one attention layer."""

    queries: int
    keys: int
    size: int
    value_size: int


def heads(read: Reader, mixer: str) -> Heads:
    """Heads of a full or sliding layer; families name those of the rarer kind differently."""
    queries = read.integer("num_attention_heads")
    keys = read.integer("num_key_value_heads", queries)
    if read.get("multi_query") is True and not read.get("new_decoder_architecture"):
        keys = 1
    size = read.optional("head_dim") or read.integer("hidden_size") // queries
    value = read.optional("v_head_dim") or size
    if mixer == kinds.SLIDING:
        queries = read.optional("swa_num_attention_heads") or queries
        keys = read.optional("swa_num_key_value_heads") or keys
        size = read.optional("swa_head_dim") or size
        value = read.optional("swa_v_head_dim") or (value if read.optional("v_head_dim") else size)
    elif global_size := read.optional("global_head_dim"):
        size = value = global_size
        if read.get("attention_k_eq_v"):
            keys = read.optional("num_global_key_value_heads") or keys
    return Heads(queries, keys, size, value)


def attention(read: Reader, layer: kinds.Layer) -> Mixer:
    """Multi-head or grouped-query attention: q, k, v and o, gated where the family has an output gate."""
    found = heads(read, layer.mixer)
    if layer.kv_heads:
        found = replace(found, keys=layer.kv_heads)
    hidden = read.integer("hidden_size")
    at = f"layers.{layer.index}.self_attn"
    gate = 2 if read.get("attn_output_gate") or read.model_type in ("qwen3_next",) else 1
    queries = found.queries * found.size
    linears = [
        Linear(f"{at}.q_proj", hidden * queries * gate),
        Linear(f"{at}.k_proj", hidden * found.keys * found.size, Sharding.KV_HEADS, found.keys),
        Linear(f"{at}.v_proj", hidden * found.keys * found.value_size, Sharding.KV_HEADS, found.keys),
        Linear(f"{at}.o_proj", found.queries * found.value_size * hidden),
    ]
    group = None
    if layer.own_cache:
        group = CacheGroup(
            kind={kinds.SLIDING: Kind.SLIDING, kinds.CHUNKED: Kind.CHUNKED}.get(layer.mixer, Kind.FULL),
            layers=1,
            kv_heads=found.keys,
            head_size=found.size,
            value_size=None if found.value_size == found.size else found.value_size,
            window=_window(read, layer.mixer),
        )
    width = queries * gate + found.keys * (found.size + found.value_size)
    return Mixer(tuple(linears), group, width)


def _window(read: Reader, mixer: str) -> int | None:
    if mixer == kinds.SLIDING:
        return read.integer("sliding_window")
    return read.integer("attention_chunk_size") if mixer == kinds.CHUNKED else None


def latent(read: Reader, layer: kinds.Layer) -> Mixer:
    """Multi-head latent attention (DeepSeek V2): one latent and one rotary key a token, shared by all heads.

    The cache holds `kv_lora_rank + qk_rope_head_dim` elements, copied to every GPU (vLLM `MLAAttentionSpec`).
    vLLM keeps kv_b_proj twice: as stored, and absorbed into 16-bit matrices for decoding (`W_UK_T`, `W_UV`).
    """
    hidden = read.integer("hidden_size")
    count = read.integer("num_attention_heads")
    rank, rope = read.integer("kv_lora_rank"), read.integer("qk_rope_head_dim", 64)
    nope = read.integer("qk_nope_head_dim", 128)
    value = read.integer("v_head_dim", nope)
    at = f"layers.{layer.index}.self_attn"
    linears = []
    if q_rank := read.optional("q_lora_rank"):
        linears.append(Linear(f"{at}.q_a_proj", hidden * q_rank, Sharding.COPIED))
        linears.append(Linear(f"{at}.q_b_proj", q_rank * count * (nope + rope)))
    else:
        linears.append(Linear(f"{at}.q_proj", hidden * count * (nope + rope)))
    linears += [
        Linear(f"{at}.kv_a_proj_with_mqa", hidden * (rank + rope), Sharding.COPIED),
        Linear(f"{at}.kv_b_proj", rank * count * (nope + value)),
        Linear(f"{at}.o_proj", count * value * hidden),
        Linear("absorbed", rank * count * (nope + value), plain=True, copy=True),
    ]
    index = 0
    if read.optional("index_topk"):
        index = _indexer(read, at, hidden, linears)
    group = CacheGroup(Kind.LATENT, 1, latent=rank + rope, index_bytes=index)
    return Mixer(tuple(linears), group, count * (nope + rope))


def _indexer(read: Reader, at: str, hidden: int, linears: list[Linear]) -> int:
    """Weights of a sparse indexer (DeepSeek V3.2) and its bytes a token: FP8 keys, an FP32 scale for 128."""
    size, count = read.integer("index_head_dim", 128), read.integer("index_n_heads", 64)
    q_rank = read.optional("q_lora_rank") or hidden
    linears.append(Linear(f"{at}.indexer.wq_b", q_rank * size * count, Sharding.COPIED))
    linears.append(Linear(f"{at}.indexer.wk", hidden * size, Sharding.COPIED))
    linears.append(Linear(f"{at}.indexer.weights_proj", hidden * count, Sharding.COPIED, plain=True))
    return size + size // 128 * 4


def mixer(read: Reader, layer: kinds.Layer) -> tuple[Mixer, ...]:
    """Every token mixer of a layer; two where attention and a state run side by side."""
    if layer.mixer == kinds.NONE:
        return ()
    if layer.mixer == kinds.LATENT:
        return (latent(read, layer),)
    if layer.mixer in (kinds.FULL, kinds.SLIDING, kinds.CHUNKED):
        return (attention(read, layer),)
    if layer.mixer == kinds.BOTH:
        return (attention(read, layer), state_mixer(read, kinds.Layer(layer.index, kinds.MAMBA2, layer.mlp)))
    return (state_mixer(read, layer),)
