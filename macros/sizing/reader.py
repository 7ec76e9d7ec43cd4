"""Typed access to a Hugging Face `config.json`: nested text settings, other names, and defaults by model type.

Defaults are those of the configuration classes of transformers 5.24.0; see `config_defaults.yml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import yaml

TEXT_KEYS = ("text_config", "llm_config", "language_config", "thinker_config", "decoder_config")
ALIASES: Mapping[str, tuple[str, ...]] = {
    "hidden_size": ("n_embd", "d_model", "model_dim", "dim"),
    "num_hidden_layers": ("n_layer", "num_layers", "n_layers", "decoder_layers"),
    "num_attention_heads": ("n_head", "n_heads", "num_heads", "decoder_attention_heads"),
    "num_key_value_heads": (
        "num_attention_groups",
        "num_kv_heads",
        "n_head_kv",
        "multi_query_group_num",
        "n_kv_heads",
    ),
    "intermediate_size": ("ffn_hidden_size", "n_inner", "d_ff", "ffn_dim", "decoder_ffn_dim", "hidden_dim"),
    "vocab_size": ("padded_vocab_size", "n_vocab"),
    "max_position_embeddings": (
        "model_max_length",
        "seq_length",
        "n_positions",
        "max_sequence_length",
        "max_seq_len",
        "max_target_positions",
    ),
    "head_dim": ("attention_head_dim", "kv_channels", "hidden_size_per_head"),
    "num_experts": ("n_routed_experts", "num_local_experts", "moe_num_experts", "num_moe_experts"),
    "num_experts_per_tok": (
        "top_k_experts",
        "moe_topk",
        "moe_top_k",
        "experts_per_token",
        "moe_k",
        "num_experts_per_token",
    ),
    "moe_intermediate_size": ("expert_ffn_hidden_size", "ffn_dim_expert", "moe_ffn_hidden_size"),
}


LIMITS = {"num_hidden_layers": 2000, "num_attention_heads": 4096, "": 10**9}
"""Largest values that make sense; a mistyped number must not run for minutes."""


class ConfigError(ValueError):
    """A configuration that cannot be sized; the message says what is missing and what to do."""


@contextmanager
def reading(part: str) -> Iterator[None]:
    """Says which part of the file has a value of an unexpected kind, instead of what Python says of it."""
    try:
        yield
    except ConfigError:
        raise
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, ArithmeticError) as error:
        raise ConfigError(
            f"the configuration cannot be understood: {part} has a value of another kind than expected "
            f"({error}); compare it with the published file"
        ) from error


@cache
def class_defaults() -> Mapping[str, Mapping[str, Any]]:
    """Defaults by model type, as the configuration classes set them."""
    path = Path(__file__).with_name("config_defaults.yml")
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {str(name): dict(values) for name, values in data["model_types"].items()}


class Reader:
    """Reads one model's settings. The language part is meant; `top` holds what surrounds it."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        self.top = config
        self.text = _text(config)
        self.model_type = str(self.text.get("model_type") or config.get("model_type") or "")
        self.defaults = class_defaults().get(self.model_type, {})

    def get(self, name: str, default: Any = None) -> Any:
        """The value under `name` or one of its other names, a class default, or `default`.

        A key that is present and null stays null where the class would keep it so.
        """
        for key in (name, *ALIASES.get(name, ())):
            if key in self.text:
                value = self.text[key]
                return default if value is None else value
        if name == "tie_word_embeddings" and name in self.top:
            return self.top[name]
        value = self.defaults.get(name)
        return default if value is None else value

    def integer(self, name: str, default: int | None = None) -> int:
        """A whole number above zero that must be there, unless `default` is given. Raises ConfigError."""
        value = self.get(name)
        if isinstance(value, list) and value and all(isinstance(item, int) for item in value):
            value = max(value)
        if value is None:
            value = default
        if value is None:
            raise ConfigError(
                f"the configuration has no {name} (model_type {self.model_type or 'not given'!r}); "
                "add it to the file"
            )
        return _whole(name, value)

    def optional(self, name: str) -> int | None:
        """A whole number, or None where it is absent, null, zero or no number. Raises ConfigError below zero."""
        value = self.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float) or value == 0:
            return None
        return _whole(name, value)

    def rope(self, name: str) -> Any:
        """A value of the rotary settings: `rope_parameters`, `rope_scaling`, or beside them."""
        for holder in ("rope_parameters", "rope_scaling"):
            block = self.text.get(holder)
            if isinstance(block, Mapping):
                if name in block:
                    return block[name]
                nested = block.get("full_attention")
                if isinstance(nested, Mapping) and name in nested:
                    return nested[name]
        return self.get(name)


def _whole(name: str, value: Any) -> int:
    most = LIMITS.get(name, LIMITS[""])
    if isinstance(value, bool) or not isinstance(value, int | float) or not 1 <= value <= most:
        raise ConfigError(f"{name} in the configuration is {value!r}; it must be a number from 1 to {most:,}")
    return int(value)


def _text(config: Mapping[str, Any]) -> Mapping[str, Any]:
    """The innermost settings of the language model."""
    found = config
    for _ in range(3):
        inner = next((found[key] for key in TEXT_KEYS if isinstance(found.get(key), Mapping)), None)
        if inner is None:
            return found
        outer = {
            key: value
            for key, value in found.items()
            if key not in TEXT_KEYS and not key.endswith("_config") and key != "model_type" and key not in inner
        }
        found = {**outer, **inner}
        if "num_hidden_layers" in inner and not any(isinstance(inner.get(key), Mapping) for key in TEXT_KEYS):
            return found
    return found
