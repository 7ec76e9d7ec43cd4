"""Shapes: parameters, caches and number formats agree with what is published of the models."""

from __future__ import annotations

from typing import Any

import pytest

from macros.sizing.hf_config import shape
from macros.sizing.quantization import scheme
from macros.sizing.reader import ConfigError
from macros.sizing.shape import Kind, ModelShape
from macros.sizing.units import BITS_PER_WEIGHT, GB, GIB
from tests.sizing_data import DEEPSEEK_V3, LLAMA_8B, model


def cache_bytes(found: ModelShape, element: int = 2) -> int:
    """Growing cache of one token, without parallelism."""
    return sum(
        g.layers * g.elements_per_token(1) * element for g in found.groups if g.kind in (Kind.FULL, Kind.LATENT)
    )


def test_gib_and_gb_are_not_the_same() -> None:
    assert GIB == 1_073_741_824
    assert GB == 1_000_000_000


def test_llama_3_1_8b_by_hand() -> None:
    """8.03 billion parameters; 2 × 32 layers × 8 heads × 128 × 2 bytes; vLLM prints 14.9889 GiB."""
    found = shape(LLAMA_8B)
    assert found.parameters == pytest.approx(8.030e9, rel=1e-3)
    assert cache_bytes(found) == 2 * 32 * 8 * 128 * 2 == 131072
    assert found.weight_bytes / GIB == pytest.approx(14.9889, abs=0.002)


def test_deepseek_v3_keeps_one_latent_for_all_heads() -> None:
    """61 layers × (512 + 64) × 2 bytes, and 671 billion parameters without the draft layer."""
    found = shape(DEEPSEEK_V3)
    assert cache_bytes(found) == 61 * 576 * 2 == 70272
    assert found.parameters == pytest.approx(671.0e9, rel=1e-3)
    assert found.active_parameters == pytest.approx(37.5e9, rel=0.01)
    assert all(group.elements_per_token(8) == 576 for group in found.groups)


@pytest.mark.parametrize(
    ("name", "billions", "gib"),
    [
        ("qwen3-0.6b", 0.596, 1.12),
        ("qwen3-32b", 32.76, 61.03),
        ("mistral-small-3.2-24b-instruct-2506", 24.0, 44.76),
        ("nvidia-nemotron-3-nano-30b-a3b-bf16", 31.58, 58.91),
        ("llama-3.3-70b-instruct-fp8-dynamic", 70.55, 67.72),
        ("llama-3.2-3b-instruct", 3.21, 6.016),
        ("qwen3.5-4b", 4.54, 8.61),
    ],
)
def test_weights_agree_with_what_the_engine_prints(name: str, billions: float, gib: float) -> None:
    found = model(name)
    assert found.parameters / 1e9 == pytest.approx(billions, rel=0.02)
    assert found.weight_bytes / GIB == pytest.approx(gib, rel=0.006)


@pytest.mark.parametrize(
    ("name", "groups"),
    [
        ("gpt-oss-20b", {Kind.SLIDING: 12, Kind.FULL: 12}),
        ("gemma-4-26b-a4b", {Kind.SLIDING: 25, Kind.FULL: 5}),
        ("nvidia-nemotron-3-nano-30b-a3b-bf16", {Kind.STATE: 23, Kind.FULL: 6}),
        ("qwen3.5-4b", {Kind.STATE: 24, Kind.FULL: 8}),
        ("deepseek-v2-lite", {Kind.LATENT: 27}),
        ("gemma-3-4b-it", {Kind.SLIDING: 29, Kind.FULL: 5}),
    ],
)
def test_layers_are_told_apart(name: str, groups: dict[Kind, int]) -> None:
    assert {group.kind: group.layers for group in model(name).groups} == groups


@pytest.mark.parametrize(
    ("extra", "kinds"),
    [
        ({"model_type": "gemma2", "sliding_window": 4096}, {Kind.SLIDING: 16, Kind.FULL: 16}),
        (
            {"model_type": "cohere2", "sliding_window": 4096, "sliding_window_pattern": 4},
            {Kind.SLIDING: 24, Kind.FULL: 8},
        ),
        (
            {"model_type": "exaone4", "sliding_window": 4096, "sliding_window_pattern": "LLLG"},
            {Kind.SLIDING: 24, Kind.FULL: 8},
        ),
        ({"model_type": "mistral", "sliding_window": 4096}, {Kind.SLIDING: 32}),
        ({"model_type": "mistral", "sliding_window": None}, {Kind.FULL: 32}),
        ({"model_type": "qwen2", "sliding_window": 4096, "use_sliding_window": False}, {Kind.FULL: 32}),
        ({"model_type": "jamba"}, {Kind.STATE: 28, Kind.FULL: 4}),
        ({"model_type": "llama4_text", "attention_chunk_size": 8192}, {Kind.CHUNKED: 24, Kind.FULL: 8}),
        ({"model_type": "falcon_h1", "mamba_d_head": 64}, {Kind.FULL: 32, Kind.STATE: 32}),
        ({"model_type": "bert"}, {}),
    ],
)
def test_families_write_layers_their_own_way(extra: dict[str, Any], kinds: dict[Kind, int]) -> None:
    assert {group.kind: group.layers for group in shape({**LLAMA_8B, **extra}).groups} == kinds


def test_nested_text_settings_are_found() -> None:
    outer = {
        "model_type": "mistral3",
        "text_config": {**LLAMA_8B, "model_type": "mistral", "sliding_window": None},
    }
    assert shape(outer).parameters == shape({**LLAMA_8B, "sliding_window": None}).parameters


@pytest.mark.parametrize(
    ("block", "bits"),
    [
        ({"quant_method": "awq", "bits": 4, "group_size": 128, "zero_point": True}, 4 + 16 / 128 + 4 / 128),
        ({"quant_method": "gptq", "bits": 4, "group_size": 32, "sym": True}, 4 + 16 / 32),
        ({"quant_method": "gptq", "bits": 8, "group_size": -1, "sym": True}, 8),
        ({"quant_method": "fp8", "weight_block_size": [128, 128]}, 8),
        ({"quant_method": "modelopt", "quant_algo": "NVFP4", "group_size": 16}, 4.5),
        ({"quant_method": "bitsandbytes", "load_in_4bit": True}, 4.5),
        (
            {
                "quant_method": "compressed-tensors",
                "config_groups": {
                    "group_0": {
                        "targets": ["Linear"],
                        "weights": {
                            "num_bits": 4,
                            "type": "int",
                            "strategy": "group",
                            "group_size": 128,
                            "symmetric": True,
                        },
                    }
                },
            },
            4 + 16 / 128,
        ),
    ],
)
def test_number_formats_include_their_scales(block: dict[str, Any], bits: float) -> None:
    found = scheme(block)
    assert found.of("layers.3.self_attn.q_proj") == pytest.approx(bits)
    assert found.of("lm_head") == 16
    assert found.of("layers.3.mlp.gate") == 16


def test_modules_that_are_left_out_stay_in_16_bit() -> None:
    names = ["lm_head", "re:.*self_attn.*", "model.layers.0.mlp.down_proj", "model.layers.*.mlp.shared_expert.*"]
    found = scheme({"quant_method": "fp8", "ignore": names})
    assert found.of("layers.7.self_attn.q_proj") == 16
    assert found.of("layers.0.mlp.down_proj") == 16
    assert found.of("layers.1.mlp.down_proj") == 8
    assert found.of("layers.4.mlp.shared_experts.up_proj") == 16
    assert found.of("layers.4.mlp.experts.0.up_proj") == 8


def test_mxfp4_reaches_only_experts() -> None:
    found = scheme({"quant_method": "mxfp4", "modules_to_not_convert": ["model.layers.*.self_attn", "lm_head"]})
    assert found.of("layers.0.mlp.experts.0.up_proj") == BITS_PER_WEIGHT["mxfp4"] == 4.25
    assert found.of("layers.0.self_attn.q_proj") == 16


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"num_hidden_layers": None}, "no num_hidden_layers"),
        ({"num_hidden_layers": 10**7}, "must be a number from 1"),
        ({"num_attention_heads": -1}, "must be a number from 1"),
        ({"hidden_size": "wide"}, "must be a number from 1"),
        ({"quantization_config": {"quant_method": "novel"}}, "not known here"),
        ({"quantization_config": {"quant_method": "awq", "bits": "four"}}, "cannot be understood"),
        ({"layer_types": ["magic"] * 32}, "not known here"),
        ({"compress_ratios": [4, 128]}, "not sized yet"),
    ],
)
def test_a_broken_configuration_is_said_in_words(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        shape({**LLAMA_8B, "model_type": "unheard_of", **change})


def test_given_parameters_replace_what_the_file_cannot_tell() -> None:
    found = shape(LLAMA_8B, params_b=9.0)
    assert found.parameters == 9.0e9
    assert not found.parameters_exact
    assert found.weight_bytes == pytest.approx(
        shape(LLAMA_8B).weight_bytes + (9.0e9 - shape(LLAMA_8B).parameters) * 2
    )


def test_a_draft_head_is_known_but_not_counted() -> None:
    found = shape(DEEPSEEK_V3)
    assert found.draft is not None
    assert [group.layers for group in found.draft.groups] == [1]
    assert 10e9 < sum(part.elements for part in found.draft.weights) < 15e9
