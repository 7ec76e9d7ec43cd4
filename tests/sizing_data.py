"""Configurations and shorthands that several sizing tests use. Numbers are those of the published models."""

from __future__ import annotations

import json
from typing import Any

from macros.sizing.engines import rules
from macros.sizing.evaluate import PUBLISHED
from macros.sizing.hf_config import shape
from macros.sizing.plan import Plan, plan
from macros.sizing.request import Card, Request
from macros.sizing.shape import ModelShape

DATA = PUBLISHED
H100 = Card("h100-sxm", 79.18, 3350, 989)

LLAMA_8B: dict[str, Any] = {
    "architectures": ["LlamaForCausalLM"],
    "model_type": "llama",
    "hidden_size": 4096,
    "intermediate_size": 14336,
    "num_hidden_layers": 32,
    "num_attention_heads": 32,
    "num_key_value_heads": 8,
    "vocab_size": 128256,
    "max_position_embeddings": 131072,
    "tie_word_embeddings": False,
}
DEEPSEEK_V3: dict[str, Any] = {
    "model_type": "deepseek_v3",
    "hidden_size": 7168,
    "intermediate_size": 18432,
    "moe_intermediate_size": 2048,
    "num_hidden_layers": 61,
    "first_k_dense_replace": 3,
    "num_attention_heads": 128,
    "num_key_value_heads": 128,
    "n_routed_experts": 256,
    "n_shared_experts": 1,
    "num_experts_per_tok": 8,
    "q_lora_rank": 1536,
    "kv_lora_rank": 512,
    "qk_nope_head_dim": 128,
    "qk_rope_head_dim": 64,
    "v_head_dim": 128,
    "vocab_size": 129280,
    "max_position_embeddings": 163840,
    "tie_word_embeddings": False,
    "num_nextn_predict_layers": 1,
    "quantization_config": {"quant_method": "fp8", "weight_block_size": [128, 128]},
}


def config(name: str) -> dict[str, Any]:
    """A configuration from macros/sizing/published/configs."""
    data: dict[str, Any] = json.loads((DATA / "configs" / f"{name}.json").read_text(encoding="utf-8"))
    return data


def model(name: str) -> ModelShape:
    """The shape of a configuration from macros/sizing/published/configs."""
    return shape(config(name), name)


def planned(found: ModelShape, engine: str = "vllm@0.14.0", card: Card = H100, **settings: Any) -> Plan:
    """A plan on one H100 unless something else is said."""
    return plan(found, Request(rules(engine), card, **settings))
