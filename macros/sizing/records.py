"""From the facts of a catalogue record to a shape, for models whose configuration was not read.

Records are coarser than configurations: they name no module that stays in 16 bit. Notes say what follows.
"""

from __future__ import annotations

from dataclasses import replace

from macros.model import Architecture, Checkpoint, Model
from macros.sizing.reader import ConfigError
from macros.sizing.shape import EMBEDDINGS, CacheGroup, Kind, ModelShape, Sharding, State, Vision, Weights, Widths
from macros.sizing.units import BITS_PER_WEIGHT, GB

LATENT_INDEX_BYTES = 132
"""Bytes a token of a sparse indexer's cache: 128 values in 8 bit and a 32-bit scale."""
COMMON_ENCODER = Vision(hidden=1152, intermediate=4304, patches_per_token=4, most_tokens=4096, pixels=1536)
"""The picture encoder of Qwen3-VL, Kimi K2.5 and, but for patches, Gemma 4; records do not describe encoders."""
LARGE_PICTURE = 16384
"""Tokens of the largest picture in the Qwen family."""
DENSE_RATIO = 3.5
"""Inner to outer width of a gated feed-forward layer where the record does not say; Llama 3 has 3.5."""


def shape(model: Model, precision: str | None = None) -> ModelShape:
    """The shape that the record’s facts give. Raises ConfigError where its cache shape was not read."""
    found = model.architecture
    if found.attention == "not_read" or not found.hidden_size or not found.layers:
        raise ConfigError(
            f"the shape of {model.id} was not read, so it cannot be sized from the catalogue; "
            "use --config with its config.json"
        )
    checkpoint = checkpoint_of(model, precision)
    total = model.parameters.total_b * 1e9
    return ModelShape(
        name=model.id,
        architecture=found.attention,
        vocabulary=found.vocabulary or 0,
        layers=found.layers,
        groups=_groups(found),
        weights=_weights(model, checkpoint, precision),
        widths=_widths(model),
        context=model.context_tokens,
        vision=_vision(model),
        precision=precision or checkpoint.precision,
        attention_heads=found.attention_heads or 1,
        divisible=(found.attention_heads or 1,),
        parameters=total,
        active_parameters=model.parameters.active_b * 1e9,
        causal=found.attention != "encoder",
        notes=_notes(model, checkpoint, precision),
    )


def _vision(model: Model) -> Vision | None:
    if "image" not in model.input:
        return None
    return replace(COMMON_ENCODER, most_tokens=LARGE_PICTURE) if "qwen" in model.id else COMMON_ENCODER


def checkpoint_of(model: Model, precision: str | None) -> Checkpoint:
    """The listed checkpoint in that format, else the native one."""
    if precision is None:
        return model.checkpoints[0]
    return next((c for c in model.checkpoints if c.precision == precision), model.checkpoints[0])


def _notes(model: Model, checkpoint: Checkpoint, precision: str | None) -> tuple[str, ...]:
    notes = ["the shape comes from the catalogue’s facts, not from the model’s configuration"]
    if precision and checkpoint.precision != precision:
        notes.append(f"no {precision} checkpoint is listed for {model.id}; its weights are computed")
    elif checkpoint.size_gb is None:
        notes.append("weights are computed from the number of parameters, not read from the files")
    found = model.architecture
    if found.linear_layers and not found.state_bytes:
        notes.append("the constant state of the linear layers was not read and is left out")
    if "image" in model.input:
        notes.append("working memory of the picture encoder is that of a common one")
    if model.architecture.confidence != "confirmed":
        notes.append("the architecture was not confirmed by reading")
    return tuple(notes)


def _groups(found: Architecture) -> tuple[CacheGroup, ...]:
    """Caches by the kind of attention that the record names."""
    layers = found.layers or 0
    if found.attention == "encoder":
        return ()
    if found.kv_lora_rank:
        index = LATENT_INDEX_BYTES if found.attention == "latent_sparse" else 0
        return (
            CacheGroup(
                Kind.LATENT, layers, latent=found.kv_lora_rank + (found.rope_head_dim or 64), index_bytes=index
            ),
        )
    if not found.kv_heads or not found.head_dim:
        missing = " and ".join(
            name for name, value in (("KV heads", found.kv_heads), ("head size", found.head_dim)) if not value
        )
        raise ConfigError(f"the {missing} of this model were not read; use --config with its config.json")
    if found.global_head_dim and not found.global_kv_heads:
        raise ConfigError(
            "the KV heads of the full-attention layers of this model were not read, so its cache cannot be sized; "
            "use --config with its config.json"
        )
    heads, size = found.kv_heads, found.head_dim
    full = found.full_attention_layers
    rare = (found.global_kv_heads or heads, found.global_head_dim or size)
    if found.sliding_layers and found.sliding_window:
        sliding = CacheGroup(Kind.SLIDING, found.sliding_layers, heads, size, window=found.sliding_window)
        rest = layers - found.sliding_layers if full is None else full
        return (sliding, CacheGroup(Kind.FULL, rest, *rare)) if rest else (sliding,)
    if found.linear_layers and full:
        group = CacheGroup(Kind.FULL, full, *rare)
        if not found.state_bytes:
            return (group,)
        state = State(recurrent=found.state_bytes // 2)
        return (CacheGroup(Kind.STATE, found.linear_layers, state=state), group)
    if found.attention == "latent_sparse":
        raise ConfigError("compressed attention of this kind has no single rate and cannot be sized here yet")
    return (CacheGroup(Kind.FULL, full or layers, heads, size),)


def _weights(model: Model, checkpoint: Checkpoint, precision: str | None) -> tuple[Weights, ...]:
    """The published files where their size was read, else parameters times bits, with embeddings in 16 bit."""
    total = model.parameters.total_b * 1e9
    wanted = precision or checkpoint.precision
    bits = BITS_PER_WEIGHT[wanted]  # `catalogue.shape` refuses others
    found = model.architecture
    embeddings = min(2.0 * (found.vocabulary or 0) * (found.hidden_size or 0), total / 2)
    rest = total - embeddings
    if checkpoint.size_gb is not None and checkpoint.precision == wanted:
        bits = max(checkpoint.size_gb * GB * 8 - embeddings * 16.0, rest) / rest
    return (
        Weights(EMBEDDINGS, embeddings, 16.0, Sharding.SPLIT),
        Weights("layers", rest, bits, Sharding.SPLIT),
    )


def _widths(model: Model) -> Widths:
    found = model.architecture
    hidden = found.hidden_size or 0
    size = found.head_dim or (hidden // found.attention_heads if found.attention_heads else 0)
    heads = found.attention_heads or 0
    attention = size * (heads + 2 * (found.kv_heads or heads))
    latent = heads if found.kv_lora_rank else 0
    if not found.experts:
        return Widths(hidden, attention, dense=int(DENSE_RATIO * hidden))
    expert = int(model.parameters.total_b * 1e9 / (found.experts * (found.layers or 1) * 3 * hidden))
    return Widths(
        hidden,
        attention,
        dense=2 * hidden,
        expert=expert,
        experts_per_token=found.experts_per_token or 1,
        latent_heads=latent,
        latent_head_size=256 if latent else 0,
    )
