"""What cards that share layers take to talk to each other, and what else follows from the source of the engine."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from macros.sizing.blocks import CacheSettings, layout
from macros.sizing.engines import rules
from macros.sizing.hf_config import shape
from macros.sizing.links import BLACKWELL, BLACKWELL_ULTRA, HOPPER, ON_BUS, fused_gib, link, non_torch_gib
from macros.sizing.plan import plan
from macros.sizing.request import Card, Request
from macros.sizing.shape import ENCODER, ROTARY
from tests.sizing_data import DATA, H100, LLAMA_8B

BUS = Card("NVIDIA GeForce RTX 3090", 23.56)


@pytest.mark.parametrize(
    ("name", "gib", "found"),
    [
        ("h100-sxm", 79.2, HOPPER),
        ("NVIDIA H200", 139.8, HOPPER),
        ("b200", 178.0, BLACKWELL),
        ("NVIDIA GB300", 268.0, BLACKWELL_ULTRA),
        ("NVIDIA RTX PRO 6000 Blackwell", 94.97, ON_BUS),
        ("NVIDIA A100 80GB", 79.25, ON_BUS),
        ("dgx-spark-gb10", 119.0, ON_BUS),
        ("", 23.6, ON_BUS),
        ("", 79.2, HOPPER),
        ("", 178.0, BLACKWELL),
    ],
)
def test_the_link_follows_from_the_name_else_from_the_memory(name: str, gib: float, found: str) -> None:
    assert link(Card(name, gib)) == found


def test_cards_on_the_bus_take_less_than_cards_behind_a_switch() -> None:
    """Printed: 0.54 or 0.55 GiB on two H100; 0.27 and 0.28 on two RTX 3090."""
    engine = rules("vllm@0.14.0")
    assert non_torch_gib(engine, H100, 2) == pytest.approx(0.545, abs=0.01)
    assert non_torch_gib(engine, BUS, 2) == pytest.approx(0.275, abs=0.01)
    assert non_torch_gib(engine, BUS, 1) == non_torch_gib(engine, H100, 1)


def test_the_fused_all_reduce_keeps_four_buffers_a_card_from_one_version_on() -> None:
    card = Card("b200", 178.0)
    assert fused_gib(rules("vllm@0.16.0"), card, 4) == 0
    assert fused_gib(rules("vllm@0.17.0"), card, 4) == pytest.approx(4 * 4 * 32 / 1024)
    assert fused_gib(rules("vllm@0.24.0"), H100, 2) == pytest.approx(0.5)
    assert fused_gib(rules("vllm@0.24.0"), BUS, 2) == 0
    assert fused_gib(rules("vllm@0.24.0"), H100, 1) == 0


def test_a_server_without_compilation_has_no_fused_all_reduce() -> None:
    found = shape(LLAMA_8B)
    compiled, eager = (
        plan(found, Request(rules("vllm@0.24.0"), H100, tp=2, eager=choice)).overhead.non_torch_gib
        for choice in (False, True)
    )
    assert compiled - eager == pytest.approx(0.5)


def published(name: str) -> dict[str, object]:
    data: dict[str, object] = json.loads((DATA / "configs" / name).read_text(encoding="utf-8"))
    return data


def rotary(config: dict[str, object]) -> float:
    return sum(part.elements for part in shape(config).weights if part.name == ROTARY)


def test_layers_that_turn_at_another_base_have_a_table_of_their_own() -> None:
    """Gemma 4: heads of 256 in sliding layers, the whole 512 in full ones although a quarter is turned."""
    assert rotary(published("gemma-4-26b-a4b.json")) == 262144 * (256 + 512)


def test_settings_of_kinds_that_a_model_does_not_have_take_no_table() -> None:
    both = {"full_attention": {"rope_theta": 1e6}, "sliding_attention": {"rope_theta": 1e4}}
    plain = {**LLAMA_8B, "rope_parameters": both, "layer_types": ["full_attention"] * 32}
    assert rotary(plain) == rotary(LLAMA_8B) == 131072 * 128


def test_gemma_4_weighs_what_was_printed() -> None:
    found = shape(published("gemma-4-26b-a4b.json"))
    assert found.weight_bytes / 2**30 == pytest.approx(48.5, abs=0.1)
    encoder = next(part for part in found.weights if part.name.endswith(ENCODER))
    assert encoder.elements > 2 * 10240 * 1152


@pytest.mark.parametrize(
    ("version", "kept"), [("0.10.2", False), ("0.11.0", True), ("0.12.0", True), ("0.13.0", False)]
)
def test_clips_with_time_stamps_are_kept_at_full_length_in_two_versions(version: str, kept: bool) -> None:
    """153,600 rows of four vectors of 2,048 in 16 bit, beside the clip itself."""
    found = shape(published("qwen3-vl-30b-a3b-instruct.json"))
    asked = Request(rules(f"vllm@{version}"), BUS, tp=4, context=65536)
    with_clip = plan(found, asked).overhead.activations_gib
    without = plan(found, replace(asked, no_video=True)).overhead.activations_gib
    assert (with_clip > without + 1.5) is kept
    assert math.isfinite(with_clip)


def test_states_grow_with_the_tokens_guessed_ahead() -> None:
    """A start-up log of vLLM 0.20 with three guesses prints blocks of 2,144 tokens (2,096 without), 20.84 requests
    of 262,144 tokens and 5,463,232 tokens in 64.69 GiB."""
    found = shape(published("qwen3.6-35b-a3b-nvfp4.json"))
    engine = rules("vllm@0.20.2")
    plain, guessing = (
        layout(found, engine, 1, 1.0, CacheSettings("fp8", prefix_caching=True, speculative_tokens=count))
        for count in (0, 3)
    )
    assert {table.block for table in plain.tables} == {2096}
    assert {table.block for table in guessing.tables} == {2144}
    blocks = guessing.blocks(64.69 * 2**30)
    assert guessing.concurrency(blocks, 262144, 32768, engine) == pytest.approx(20.84, abs=0.005)
    assert guessing.tokens(blocks, 262144, 32768, engine) == 5463232


def test_a_text_only_server_profiles_and_loads_no_encoder() -> None:
    found = shape(published("qwen3.6-35b-a3b-nvfp4.json"))
    card = Card("NVIDIA GeForce RTX 5090", 31.36)
    for version, loaded in (("0.14.0", True), ("0.20.0", False)):
        asked = Request(rules(f"vllm@{version}"), card, context=32768)
        usual, text = plan(found, asked), plan(found, replace(asked, text_only=True))
        assert text.overhead.activations_gib < usual.overhead.activations_gib
        assert (text.weights_gib_per_gpu == usual.weights_gib_per_gpu) is loaded
