"""Which layers a model has: the mixer (attention or state) and the feed-forward part of each, in order.

Every family writes this its own way: `layer_types`, a pattern string, an interval, or index lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from macros.sizing.reader import ConfigError, Reader

FULL, SLIDING, CHUNKED, LATENT, NONE = "full", "sliding", "chunked", "latent", "none"
GDN, MAMBA1, MAMBA2, CONV, KDA, LIGHTNING, BOTH = "gdn", "mamba1", "mamba2", "conv", "kda", "lightning", "both"
DENSE, MOE = "dense", "moe"

WORDS = {
    "full_attention": FULL,
    "attention": FULL,
    "global": FULL,
    "global_attention": FULL,
    "sliding_attention": SLIDING,
    "sliding_window": SLIDING,
    "swa": SLIDING,
    "local": SLIDING,
    "local_attention": SLIDING,
    "chunked_attention": CHUNKED,
    "linear_attention": GDN,
    "gated_deltanet": GDN,
    "mamba": MAMBA2,
    "mamba2": MAMBA2,
    "hybrid": BOTH,
    "conv": CONV,
    "short_conv": CONV,
    "kda": KDA,
    "moe": NONE,
    "mlp": NONE,
    "sparse": NONE,
    "deepseek_sparse_attention": FULL,
}
PATTERN = {"M": (MAMBA2, NONE), "*": (FULL, NONE), "-": (NONE, DENSE), "E": (NONE, MOE)}
MAMBA1_TYPES = ("mamba", "falcon_mamba", "jamba")


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: what mixes tokens, what transforms each, and whether it keeps a cache of its own."""

    index: int
    mixer: str
    mlp: str
    own_cache: bool = True
    kv_heads: int | None = None
    width: int | None = None
    """KV heads and feed-forward width where layers differ from one another."""


def layers(read: Reader) -> tuple[Layer, ...]:
    """Every hidden layer in order. Raises ConfigError if the layer list cannot be understood."""
    pattern = read.get("hybrid_override_pattern")
    if read.get("compress_ratios"):
        raise ConfigError(
            "compressed attention (compress_ratios, DeepSeek V4) has no single rate and is not sized yet"
        )
    searched = read.get("block_configs")
    if isinstance(searched, list) and searched and "attention" in searched[0]:
        return tuple(_searched_block(read, i, block) for i, block in enumerate(searched))
    blocks = read.get("layers_block_type") if isinstance(read.get("layers_block_type"), list) else None
    if isinstance(pattern, str) and pattern and set(pattern) <= set(PATTERN):
        pairs = [PATTERN[letter] for letter in pattern]
        return tuple(Layer(i, mixer, mlp) for i, (mixer, mlp) in enumerate(pairs))
    if blocks and read.model_type == "nemotron_h":
        return tuple(_nemotron_block(i, str(word)) for i, word in enumerate(blocks))
    count = read.integer("num_hidden_layers")
    mixers = _mixers(read, count)
    mlps = feed_forwards(read, count)
    shared = read.optional("num_kv_shared_layers") or 0
    return tuple(Layer(i, mixers[i], mlps[i], own_cache=i < count - shared) for i in range(count))


def _searched_block(read: Reader, index: int, block: Any) -> Layer:
    """One block of a searched architecture (Nemotron-NAS): either part may be missing or narrower."""
    attention, mlp = block["attention"], block["ffn"]
    queries, hidden = read.integer("num_attention_heads"), read.integer("hidden_size")
    group = attention.get("n_heads_in_group")
    inner = int(2 * float(mlp.get("ffn_mult") or 0) * hidden / 3)
    return Layer(
        index,
        FULL if group else NONE,
        DENSE if inner else NONE,
        kv_heads=queries // int(group) if group else None,
        width=-(-inner // 256) * 256 or None,
    )


def _nemotron_block(index: int, word: str) -> Layer:
    mixer, mlp = {
        "mamba": (MAMBA2, NONE),
        "attention": (FULL, NONE),
        "mlp": (NONE, DENSE),
        "moe": (NONE, MOE),
    }.get(word, (NONE, NONE))
    return Layer(index, mixer, mlp)


def _mixers(read: Reader, count: int) -> list[str]:  # noqa: PLR0911
    """The mixer of each layer."""
    if read.model_type in ("mamba", "falcon_mamba"):
        return [MAMBA1] * count
    if read.model_type == "mamba2":
        return [MAMBA2] * count
    if read.model_type == "falcon_h1":
        return [BOTH] * count
    linear = read.get("linear_attn_config")
    if isinstance(linear, dict) and linear.get("full_attn_layers"):
        full = {int(i) - 1 for i in linear["full_attn_layers"]}
        return [_attention(read) if i in full else KDA for i in range(count)]
    listed = _listed(read, count)
    if listed is not None:
        return listed
    if (period := read.optional("attn_layer_period")) is not None:
        offset = read.optional("attn_layer_offset") or 0
        state = MAMBA1 if read.model_type in MAMBA1_TYPES else MAMBA2
        return [FULL if i % period == offset else state for i in range(count)]
    for key, state in (("attn_layer_indices", MAMBA2), ("full_attn_idxs", CONV)):
        indices = read.get(key)
        if isinstance(indices, list):
            return [FULL if i in indices else state for i in range(count)]
    if (interval := read.optional("full_attention_interval")) or read.get("linear_num_value_heads"):
        interval = interval or 4
        return [FULL if (i + 1) % interval == 0 else GDN for i in range(count)]
    return _windows(read, count)


def _listed(read: Reader, count: int) -> list[str] | None:
    """Mixers from a list with a word or number for each layer, or None."""
    for key in ("layer_types", "layers_block_type", "layers_type"):
        words = read.get(key)
        if isinstance(words, list) and len(words) >= count:
            unknown = sorted({str(word) for word in words} - set(WORDS))
            if unknown:
                raise ConfigError(f"{key} has layer types that are not known here: {', '.join(unknown)}")
            return [_refine(read, WORDS[str(word)]) for word in words[:count]]
    numbers = read.get("attn_type_list")
    if isinstance(numbers, list) and len(numbers) == count:
        return [FULL if number else LIGHTNING for number in numbers]
    numbers = read.get("hybrid_layer_pattern")
    if isinstance(numbers, list) and len(numbers) == count:
        return [SLIDING if number else FULL for number in numbers]
    return None


def _refine(read: Reader, mixer: str) -> str:
    if mixer == FULL:
        return _attention(read)
    if mixer == SLIDING and not read.optional("sliding_window"):
        return FULL
    if mixer == CHUNKED and not read.optional("attention_chunk_size"):
        return FULL
    return MAMBA1 if mixer == MAMBA2 and read.model_type in MAMBA1_TYPES else mixer


def _attention(read: Reader) -> str:
    return LATENT if read.optional("kv_lora_rank") else FULL


def _windows(read: Reader, count: int) -> list[str]:  # noqa: PLR0911 one return for each way to write it
    """Full, latent, sliding or chunked attention for models without states."""
    if read.optional("kv_lora_rank"):
        return [LATENT] * count
    if read.optional("attention_chunk_size") and "llama4" in read.model_type:
        every = read.optional("no_rope_layer_interval") or 4
        return [FULL if (i + 1) % every == 0 else CHUNKED for i in range(count)]
    window = read.optional("sliding_window")
    if not window or read.get("use_sliding_window") is False:
        return [FULL] * count
    pattern: Any = read.get("sliding_window_pattern") or read.get("_sliding_window_pattern")
    if isinstance(pattern, str):
        return [FULL if pattern[i % len(pattern)] == "G" else SLIDING for i in range(count)]
    if pattern is None:
        pattern = {"gemma2": 2, "gemma3_text": 6, "gemma3n_text": 5, "cohere2": 4}.get(read.model_type)
    if isinstance(pattern, int) and pattern > 1:
        return [FULL if (i + 1) % pattern == 0 else SLIDING for i in range(count)]
    first = read.optional("max_window_layers") if read.get("use_sliding_window") else None
    if first is not None:
        return [FULL if i < first else SLIDING for i in range(count)]
    return [SLIDING] * count


def feed_forwards(read: Reader, count: int) -> list[str]:
    """Dense or expert feed-forward part of each layer."""
    if read.model_type in ("mamba", "falcon_mamba", "mamba2"):
        return [NONE] * count
    if not read.optional("num_experts") and not isinstance(read.get("num_experts"), list):
        return [DENSE] * count
    if read.model_type == "gemma4_text" and not read.get("enable_moe_block"):
        return [DENSE] * count
    kinds = read.get("mlp_layer_types")
    if isinstance(kinds, list) and len(kinds) == count:
        return [MOE if kind == "sparse" else DENSE for kind in kinds]
    frequency = read.get("moe_layer_freq")
    if isinstance(frequency, list) and len(frequency) == count:
        return [MOE if number else DENSE for number in frequency]
    return [MOE if _is_moe(read, i, frequency) else DENSE for i in range(count)]


def _is_moe(read: Reader, index: int, frequency: Any) -> bool:  # noqa: PLR0911 likewise
    only_dense: Sequence[int] = read.get("mlp_only_layers") or ()
    named = read.get("moe_layers")
    if isinstance(named, list):
        return index in named
    if index in only_dense:
        return False
    first = read.optional("first_k_dense_replace") or read.optional("moe_layer_start_index") or 0
    if read.optional("num_dense_layers"):
        first = read.integer("num_dense_layers")
    if index < first:
        return False
    if (period := read.optional("expert_layer_period")) is not None:
        return index % period == (read.optional("expert_layer_offset") or 0)
    if (step := read.optional("interleave_moe_layer_step")) is not None:
        return (index + 1) % step == 0
    if (step := read.optional("decoder_sparse_step")) is not None and step > 1:
        return (index + 1) % step == 0
    return not (isinstance(frequency, int) and frequency > 1 and index % frequency)
