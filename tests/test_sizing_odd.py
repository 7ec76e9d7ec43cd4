"""Odd configurations: a plan or an error in words, never a traceback."""

from __future__ import annotations

from typing import Any

import pytest

from macros.sizing.engines import rules
from macros.sizing.hf_config import shape
from macros.sizing.plan import plan
from macros.sizing.reader import ConfigError
from macros.sizing.request import Card, Request
from tests.sizing_data import DEEPSEEK_V3, LLAMA_8B

Config = dict[str, Any]
GROUPS = {"targets": ["Linear"], "weights": {"num_bits": 4, "type": "int"}}


def llama(**change: Any) -> Config:
    return {**LLAMA_8B, **change}


def quantized(**block: Any) -> Config:
    return llama(quantization_config=block)


def seen(**encoder: Any) -> Config:
    return llama(vision_config=encoder)


SIZED: dict[str, Config] = {
    "nested twice": {"model_type": "x", "text_config": {"text_config": LLAMA_8B}},
    "null text": llama(text_config=None),
    "text is a word": llama(text_config="text"),
    "architectures is a word": llama(architectures="LlamaForCausalLM"),
    "no architectures": llama(architectures=[]),
    "widths in a list": llama(intermediate_size=[14336] * 32),
    "null layer types": llama(layer_types=None),
    "sliding without a window": llama(layer_types=["sliding_attention"] * 32),
    "a window pattern in letters": llama(sliding_window=128, sliding_window_pattern="LLLG"),
    "windows by number": llama(sliding_window=128, hybrid_layer_pattern=[0, 1] * 16),
    "null rotary settings": llama(rope_parameters=None),
    "rotary settings are a word": llama(rope_parameters="default"),
    "null rotary settings of a kind": llama(rope_parameters={"full_attention": None}),
    "a rotary share in words": llama(rope_scaling={"partial_rotary_factor": "0.5"}),
    "a negative rotary share": llama(partial_rotary_factor=-1),
    "no quantization": llama(quantization_config={}),
    "whole channels": quantized(quant_method="gptq", bits=4, group_size=-1),
    "no groups": quantized(quant_method="compressed-tensors"),
    "a null group": quantized(quant_method="compressed-tensors", config_groups={"a": None}),
    "null weights": quantized(quant_method="compressed-tensors", config_groups={"a": {"weights": None}}),
    "one of nested modelopt": quantized(quant_method="modelopt", quantization={"quant_algo": "NVFP4"}),
    "modelopt without a method": quantized(quant_algo="FP8"),
    "names of other kinds": quantized(quant_method="fp8", ignored_layers=[1, None]),
    "names are a word": quantized(quant_method="fp8", ignored_layers="lm_head"),
    "a cache scheme that is a number": quantized(
        quant_method="compressed-tensors", config_groups={"a": GROUPS}, kv_cache_scheme=3
    ),
    "latent attention": DEEPSEEK_V3,
    "latent attention with few keys": llama(kv_lora_rank=512),
    "class defaults of an SSM": {"model_type": "mamba2"},
    "class defaults of a hybrid": {"model_type": "qwen3_next"},
    "experts in a list": llama(num_experts=[8] * 32, num_experts_per_tok=2),
    "no experts": llama(num_experts=0),
    "null encoder": llama(vision_config=None),
    "empty encoder": seen(),
    "encoder in words": seen(hidden_size="wide", num_hidden_layers=None),
    "no head size": llama(head_dim=0),
    "a draft of one and a half layers": llama(num_nextn_predict_layers=1.5),
}
REFUSED: dict[str, Config] = {
    "empty": {},
    "no layers": llama(num_hidden_layers=0),
    "too many layers": llama(num_hidden_layers=10**8),
    "a negative vocabulary": llama(vocab_size=-1),
    "not a number": llama(hidden_size=float("nan")),
    "no end": llama(max_position_embeddings=float("inf")),
    "unknown layer types": llama(layer_types=["zeta"] * 32),
    "unknown quantization": quantized(quant_method="novel"),
    "quantization is a word": llama(quantization_config="fp8"),
    "bits in words": quantized(quant_method="gptq", bits="four"),
    "groups in a list": quantized(quant_method="compressed-tensors", config_groups=[1]),
    "a broken expression": quantized(
        quant_method="compressed-tensors", config_groups={"a": {"targets": ["re:("], "weights": {"num_bits": 4}}}
    ),
    "null layers of modelopt": quantized(quant_method="modelopt", quantized_layers={"a": None}),
    "encoder ratio in words": seen(hidden_size=10, depth=2, mlp_ratio="four"),
    "searched blocks without parts": llama(block_configs=[{"attention": None, "ffn": None}]),
    "indices in words": llama(linear_attn_config={"full_attn_layers": ["a"]}),
    "compressed attention": llama(compress_ratios=[0] * 32),
}


@pytest.mark.parametrize("config", SIZED.values(), ids=SIZED)
def test_an_odd_configuration_is_sized(config: Config) -> None:
    found = shape(config)
    for version in ("0.6.6", "0.11.0", "0.33.0"):
        planned = plan(found, Request(rules(f"vllm@{version}"), Card("", 80.0)))
        assert planned.kv_cache_tokens >= 0
        assert planned.weights_gib_per_gpu > 0


@pytest.mark.parametrize("config", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_sized_is_said_in_words(config: Config) -> None:
    with pytest.raises(ConfigError) as caught:
        shape(config)
    assert len(str(caught.value)) > 30


def test_the_part_that_is_broken_is_named() -> None:
    with pytest.raises(ConfigError, match="quantization_config has a value of another kind"):
        shape(REFUSED["groups in a list"])
    with pytest.raises(ConfigError, match="encoder"):
        shape(REFUSED["encoder ratio in words"])
