"""The rotary tables that an engine keeps on every GPU: sine and cosine for the longest position."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from macros.sizing.reader import Reader

TWO_TABLES = ("gemma3_text", "gemma3n_text")
"""Families with a second base for sliding layers, whichever way the file says it."""


def elements(read: Reader) -> float:
    """Elements of all tables; 0 where positions or heads are not given.

    vLLM keeps one table for each distinct setting (`get_rope` of `layers/rotary_embedding/__init__.py`, 0.24.0),
    so layers that turn at another base have a table of their own. “Proportional” tables are as wide as the head
    whatever share of it is turned (`gemma4_rope.py`).
    """
    positions = read.optional("max_position_embeddings")
    if not positions or not read.optional("num_attention_heads"):
        return 0.0
    tables = 4.0 if read.rope("mrope_section") else 1.0
    return positions * tables * _width(read)


def _width(read: Reader) -> float:
    size = read.optional("qk_rope_head_dim") or read.optional("head_dim")
    size = size or read.integer("hidden_size") // read.integer("num_attention_heads")
    by_kind = _by_kind(read)
    if not by_kind:
        both = bool(read.get("rope_local_base_freq")) or read.model_type in TWO_TABLES
        return size * _share(read.rope("partial_rotary_factor")) * (2 if both else 1)
    found: dict[str, float] = {}
    for kind, block in by_kind.items():
        own = (read.optional("global_head_dim") or size) if kind == "full_attention" else size
        whole = block.get("rope_type") == "proportional"
        share = 1.0 if whole else _share(block.get("partial_rotary_factor"))
        found[f"{own} {sorted((key, str(value)) for key, value in block.items())}"] = own * share
    return sum(found.values())


def _by_kind(read: Reader) -> Mapping[str, Mapping[str, Any]]:
    """Settings by kind of layer, for the kinds that the model has."""
    block = read.text.get("rope_parameters")
    if not isinstance(block, Mapping):
        return {}
    kinds = read.get("layer_types")
    used = {str(kind) for kind in kinds} if isinstance(kinds, list) and kinds else None
    return {
        str(kind): value
        for kind, value in block.items()
        if isinstance(value, Mapping) and (used is None or kind in used)
    }


def _share(value: Any) -> float:
    """Share of a head that is turned."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and value > 0 else 1.0
