"""From a Hugging Face `config.json` to a shape: layers, caches, weights by number format, widths."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from macros.sizing import hf_layers, hf_mlps, hf_rotary, hf_vision
from macros.sizing.hf_mixers import mixer
from macros.sizing.linear import Linear, Mixer
from macros.sizing.quantization import Scheme, by_precision, scheme
from macros.sizing.reader import ConfigError, Reader, reading
from macros.sizing.shape import (
    COPIES,
    EMBEDDING,
    EXPERTS,
    LAYER_EMBEDDINGS,
    OUTPUT,
    ROTARY,
    CacheGroup,
    Draft,
    Kind,
    ModelShape,
    Sharding,
    Weights,
    Widths,
)
from macros.sizing.units import round_up

ENCODER_TYPES = (
    "bert", "roberta", "xlm-roberta", "modernbert", "nomic_bert", "deberta-v2", "mpnet", "distilbert", "electra",
    "new",
)  # fmt: skip
VOCABULARY_PADDING = 64
"""vLLM pads vocabularies to a multiple of 64 (`VocabParallelEmbedding`)."""


def shape(
    config: Mapping[str, Any],
    name: str = "",
    precision: str | None = None,
    params_b: float | None = None,
) -> ModelShape:
    """The shape that a configuration describes. `params_b` is billions of parameters, where the file cannot tell.

    `precision` puts all linear layers of an unquantized model in another format. Raises ConfigError, also where
    the file is not what it should be.
    """
    with reading("a key"):
        return _shape(config, name, precision, params_b)


def _shape(config: Mapping[str, Any], name: str, precision: str | None, params_b: float | None) -> ModelShape:
    read = Reader(config)
    with reading("quantization_config"):
        found = _scheme(read, precision)
    with reading("a list or pattern of layers"):
        layers = hf_layers.layers(read)
        mixers = [part for layer in layers for part in mixer(read, layer)]
        linears = [linear for part in mixers for linear in part.linears]
        linears += [linear for layer in layers for linear in hf_mlps.feed_forward(read, layer)]
    groups = () if read.model_type in ENCODER_TYPES else _merged(mixers)
    parts = [*_embeddings(read, found, len(layers)), *_collected(read, linears, found), *_small(read, len(layers))]
    with reading("the settings of an encoder"):
        parts += hf_vision.weights(read, found)
        vision = hf_vision.vision(read)
    copies = sum(linear.elements for linear in linears if linear.copy)
    parameters = sum(p.elements for p in parts if p.name != ROTARY) - copies
    exact = True
    if params_b is not None:
        parts.append(Weights("not in the configuration", params_b * 1e9 - parameters, found.bits))
        parameters, exact = params_b * 1e9, False
    return ModelShape(
        name=name or str(config.get("_name_or_path") or read.model_type),
        architecture=_architecture(config, read),
        vocabulary=read.integer("vocab_size"),
        layers=len(layers),
        groups=groups,
        weights=tuple(parts),
        widths=_widths(read, layers, mixers),
        context=_context(read),
        vision=vision,
        draft=_draft(read, layers, found),
        precision=found.label,
        parameters_exact=exact,
        attention_heads=read.optional("num_attention_heads") or 1,
        divisible=_divisible(read, layers),
        parameters=parameters,
        active_parameters=parameters - _idle(read, linears),
        causal=read.model_type not in ENCODER_TYPES,
        cache_type=_cache_type(read),
        notes=_notes(found, precision),
    )


def _notes(found: Scheme, precision: str | None) -> tuple[str, ...]:
    if precision is None or found.label != precision or found.bits >= 16:
        return ()
    return (
        f"modules that quantizers usually leave in 16 bit are counted as {precision}; files of such a "
        "checkpoint can be larger",
    )


def _architecture(config: Mapping[str, Any], read: Reader) -> str:
    names = config.get("architectures")
    return str(names[0]) if isinstance(names, list) and names else read.model_type


def _scheme(read: Reader, precision: str | None) -> Scheme:
    given = read.top.get("quantization_config") or read.top.get("compression_config")
    given = given or read.text.get("quantization_config") or read.top.get("hf_quant_config")
    if given is not None and not isinstance(given, Mapping):
        raise ConfigError("quantization_config is not an object")
    if not precision:
        return scheme(given)
    try:
        return scheme(given) if given else by_precision(precision)
    except ConfigError:
        return by_precision(precision)


def _draft(read: Reader, layers: tuple[hf_layers.Layer, ...], found: Scheme) -> Draft | None:
    """Multi-token prediction: layers like the last attention layer, and a projection of two inputs to one."""
    count = read.optional("num_nextn_predict_layers") or read.optional("mtp_num_hidden_layers") or 0
    attention = [layer for layer in layers if layer.mixer in (hf_layers.FULL, hf_layers.LATENT)]
    if not count or not attention:
        return None
    with_mlp = [layer for layer in layers if layer.mlp != hf_layers.NONE]
    mlp = with_mlp[-1].mlp if with_mlp else hf_layers.NONE
    layer = hf_layers.Layer(attention[-1].index, attention[-1].mixer, mlp)
    mixers = mixer(read, layer)
    linears = [linear for part in mixers for linear in part.linears] + hf_mlps.feed_forward(read, layer)
    hidden = read.integer("hidden_size")
    weights = [replace(part, elements=part.elements * count) for part in _collected(read, linears, found)]
    weights.append(Weights("draft input", 2 * hidden * hidden * count, 16.0, Sharding.COPIED))
    return Draft(tuple(replace(g, layers=g.layers * count) for g in _merged(list(mixers))), tuple(weights))


def _cache_type(read: Reader) -> str:
    """`fp8` where the checkpoint carries scales for an 8-bit cache, else `auto`."""
    block = (
        read.top.get("quantization_config")
        or read.text.get("quantization_config")
        or read.top.get("hf_quant_config")
    )
    if not isinstance(block, Mapping):
        return "auto"
    inner = block.get("quantization")
    values = {**block, **inner} if isinstance(inner, Mapping) else block
    asked = values.get("kv_cache_scheme") or values.get("kv_cache_quant_algo")
    if isinstance(asked, Mapping):
        return "fp8" if asked.get("num_bits") == 8 and asked.get("dynamic") is False else "auto"
    return "fp8" if str(asked).lower() == "fp8" else "auto"


def _merged(mixers: Iterable[Mixer]) -> tuple[CacheGroup, ...]:
    """One group for each kind of cache, in the order in which layers first show it."""
    counts: dict[CacheGroup, int] = defaultdict(int)
    for part in mixers:
        if part.group is not None:
            counts[part.group] += 1
    return tuple(replace(group, layers=count) for group, count in counts.items())


def _embeddings(read: Reader, found: Scheme, layers: int) -> list[Weights]:
    vocabulary = round_up(read.integer("vocab_size"), VOCABULARY_PADDING)
    hidden = read.integer("hidden_size")
    parts = [Weights(EMBEDDING, vocabulary * hidden, 16.0, stage="first")]
    if not read.get("tie_word_embeddings", False) and read.model_type not in ENCODER_TYPES:
        parts.append(Weights(OUTPUT, vocabulary * hidden, found.of("lm_head"), stage="last"))
    if small := read.optional("hidden_size_per_layer_input"):
        rows = round_up(read.integer("vocab_size_per_layer_input", vocabulary), VOCABULARY_PADDING)
        parts.append(Weights(LAYER_EMBEDDINGS, rows * small * layers, 16.0, stage="first"))
        parts.append(Weights("projections of layers", 3 * hidden * small * layers, 16.0, Sharding.COPIED))
    return parts


def _collected(read: Reader, linears: Iterable[Linear], found: Scheme) -> list[Weights]:
    """Linear layers, added up by number format and sharding."""
    padded = None
    if found.padded_experts:
        padded = (read.integer("hidden_size"), hf_mlps.expert_width(read))
    sums: dict[tuple[str, float, Sharding, int], float] = defaultdict(float)
    for linear in linears:
        experts = ".experts." in linear.name
        bits = 16.0 if linear.plain else found.of(linear.name)
        name = EXPERTS if experts else COPIES if linear.copy else "layers"
        sums[name, bits, linear.sharding, linear.heads] += linear.elements
    return [
        Weights(name, total, bits, kind, heads, padded=padded if name == EXPERTS else None)
        for (name, bits, kind, heads), total in sums.items()
    ]


def _small(read: Reader, layers: int) -> list[Weights]:
    """Norms, and the rotary tables that vLLM keeps in the model's type for the longest position."""
    hidden = read.integer("hidden_size")
    parts = [Weights("norms", hidden * (2 * layers + 1), 16.0, Sharding.COPIED)]
    rotary = 0.0 if read.model_type in ENCODER_TYPES else hf_rotary.elements(read)
    return [*parts, Weights(ROTARY, rotary, 16.0, Sharding.COPIED)] if rotary else parts


def _context(read: Reader) -> int | None:
    return read.optional("max_position_embeddings")


def _widths(read: Reader, layers: tuple[hf_layers.Layer, ...], mixers: list[Mixer]) -> Widths:
    dense = [layer for layer in layers if layer.mlp == hf_layers.DENSE]
    experts = [layer for layer in layers if layer.mlp == hf_layers.MOE]
    latent = any(part.group and part.group.kind is Kind.LATENT for part in mixers)
    shared = hf_mlps.shared_width(read) if experts else 0
    inner = max(hf_mlps.dense_width(read) if dense else 0, shared)
    heads = read.optional("num_attention_heads") or 0
    return Widths(
        hidden=read.integer("hidden_size"),
        attention=max((part.width for part in mixers), default=0),
        dense=inner,
        gated=hf_mlps.gated(read),
        expert=hf_mlps.expert_width(read) if experts else 0,
        experts_per_token=read.integer("num_experts_per_tok", 1) if experts else 0,
        latent_heads=heads if latent else 0,
        latent_head_size=(read.integer("qk_nope_head_dim", 128) + read.integer("v_head_dim", 128))
        if latent
        else 0,
    )


def _divisible(read: Reader, layers: tuple[hf_layers.Layer, ...]) -> tuple[int, ...]:
    """Counts of heads that tensor parallelism must divide evenly."""
    used = {layer.mixer for layer in layers}
    counts = [read.optional("num_attention_heads") or 1]
    if hf_layers.GDN in used:
        counts += [read.integer("linear_num_key_heads"), read.integer("linear_num_value_heads")]
    if hf_layers.MAMBA2 in used or hf_layers.BOTH in used:
        counts.append(read.optional("mamba_num_heads") or read.optional("mamba_n_heads") or counts[0])
    return tuple(counts)


def _idle(read: Reader, linears: Iterable[Linear]) -> float:
    """Expert weights that a token does not pass."""
    routed = sum(linear.elements for linear in linears if ".experts." in linear.name)
    if not routed:
        return 0.0
    return routed * (1 - min(1.0, read.integer("num_experts_per_tok", 1) / read.integer("num_experts")))
