"""Weights of the part of a layer that works on each token alone: dense feed-forward and experts."""

from __future__ import annotations

from macros.sizing import hf_layers as kinds
from macros.sizing.linear import Linear
from macros.sizing.reader import Reader
from macros.sizing.shape import Sharding

UNGATED_TYPES = (
    "phi", "gpt2", "gpt_neox", "opt", "bloom", "falcon", "starcoder2", "nemotron", "nemotron_h", "bert", "roberta",
    "xlm-roberta", "gpt_bigcode", "mpt", "apertus", "arcee",
)  # fmt: skip
"""Families with two feed-forward matrices instead of three."""


def gated(read: Reader) -> bool:
    """Whether the feed-forward part has a gate, hence three matrices."""
    return read.model_type not in UNGATED_TYPES and str(read.get("mlp_hidden_act", "")) != "relu2"


def matrices(read: Reader) -> int:
    """Weight matrices of one feed-forward part."""
    return 3 if gated(read) else 2


def dense_width(read: Reader) -> int:
    """Channels inside a dense feed-forward layer."""
    if read.model_type == "llama4_text" and read.optional("intermediate_size_mlp"):
        return read.integer("intermediate_size_mlp")
    if read.model_type == "granitemoehybrid" and not read.optional("num_experts"):
        return read.integer("shared_intermediate_size")
    width = read.optional("intermediate_size") or read.optional("block_ff_dim")
    if width is None:
        hidden = read.integer("hidden_size")
        return 4 * hidden
    if read.model_type.startswith("lfm2") and read.get("block_auto_adjust_ff_dim"):
        width = int(2 * width / 3)
        width = int((read.get("block_ffn_dim_multiplier") or 1.0) * width)
        multiple = read.integer("block_multiple_of", 256)
        width = -(-width // multiple) * multiple
    return width


def expert_width(read: Reader) -> int:
    """Channels inside one routed expert."""
    return read.optional("moe_intermediate_size") or read.integer("intermediate_size")


def shared_width(read: Reader) -> int:
    """Channels of the experts that every token passes, together."""
    for key in (
        "shared_expert_intermediate_size",
        "moe_shared_expert_intermediate_size",
        "share_expert_dim",
        "shared_intermediate_size",
    ):
        if width := read.optional(key):
            return width
    if read.model_type == "llama4_text":
        return read.integer("intermediate_size")
    count = read.optional("n_shared_experts") or read.optional("moe_num_shared_experts")
    count = count or read.optional("num_shared_experts") or read.optional("num_shared_expert") or 0
    return count * expert_width(read)


def _dense(at: str, hidden: int, width: int, count: int) -> list[Linear]:
    names = ("gate_proj", "up_proj", "down_proj") if count == 3 else ("up_proj", "down_proj")
    return [Linear(f"{at}.{name}", hidden * width) for name in names]


def feed_forward(read: Reader, layer: kinds.Layer) -> list[Linear]:
    """Matrices of a layer's feed-forward part; every expert is counted, since every expert is loaded."""
    if layer.mlp == kinds.NONE:
        return []
    hidden, count = read.integer("hidden_size"), matrices(read)
    at = f"layers.{layer.index}." + ("mixer" if read.model_type == "nemotron_h" else "mlp")
    if layer.mlp == kinds.DENSE:
        width = layer.width or dense_width(read)
        if read.get("use_double_wide_mlp") and not layer.own_cache:
            width *= 2
        return _dense(at, hidden, width, count)
    linears = _experts(read, at, hidden, count)
    if shared := shared_width(read):
        linears += _dense(f"{at}.shared_experts", hidden, shared, count)
    if read.model_type == "gemma4_text":
        linears += _dense(at, hidden, dense_width(read), count)
    return linears


def _experts(read: Reader, at: str, hidden: int, count: int) -> list[Linear]:
    number, width = read.integer("num_experts"), expert_width(read)
    linears = [Linear(f"{at}.gate", hidden * number, Sharding.COPIED, plain=True)]
    inner = hidden
    if latent := read.optional("moe_latent_size") or read.optional("routed_expert_hidden_size"):
        inner = latent
        linears.append(Linear(f"{at}.fc1_latent_proj", hidden * latent, Sharding.COPIED))
        linears.append(Linear(f"{at}.fc2_latent_proj", hidden * latent, Sharding.COPIED))
    name = f"{at.removesuffix('.mlp')}.experts.0" if read.model_type == "gemma4_text" else f"{at}.experts.0"
    parts = ("gate_proj", "up_proj", "down_proj") if count == 3 else ("up_proj", "down_proj")
    return linears + [Linear(f"{name}.{part}", number * inner * width) for part in parts]
