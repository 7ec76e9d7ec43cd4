"""Block rules: given the memory that a log prints, the tokens and requests it prints follow to the block."""

from __future__ import annotations

import dataclasses

import pytest

from macros.sizing.blocks import CacheSettings, layout
from macros.sizing.engines import rules
from macros.sizing.hf_config import shape
from macros.sizing.shape import State
from macros.sizing.units import GIB
from tests.sizing_data import DEEPSEEK_V3, LLAMA_8B, config, model


@pytest.mark.parametrize(
    ("name", "engine", "tp", "kv", "gib", "context", "batch", "tokens", "requests", "near"),
    [
        # Mamba hybrid before 0.13: states in 16 bit, attention blocks raised to 1,072 tokens, five tables.
        ("nvidia-nemotron-3-nano-30b-a3b-bf16", "0.12.0", 1, "auto", 7.37, 262144, 16384, 257280, 4.82, 0.001),
        # From 0.13 the checkpoint's 32-bit states; four cards, 8-bit cache, blocks of 4,160 tokens.
        ("nemotron-super-sft-020426", "0.14.1", 4, "fp8", 7.94, 262144, 16384, 690560, 14.49, 0.001),
        # Latent attention is copied to each of eight cards.
        ("kimi-k2-thinking", "0.11.1", 8, "auto", 46.8, 262144, 8192, 715072, None, 0.001),
        # Two tables of 18 layers; the sliding one holds a window and a batch.
        ("gpt-oss-120b", "0.11.2", 1, "auto", 8.99, 98304, 8192, 130960, 2.46, 0.002),
        ("minimax-m2.5", "0.15.0", 4, "auto", 23.62, 196608, 8192, 399424, 2.03, 0.002),
        # From 0.20.1 the printed tokens are requests times context; two states a request from 0.26.
        ("qwen3.8-27b-exl3-k5k6", "0.27.0", 1, "fp8", 64.12, 262144, 8192, 2018810, 7.7, 0.002),
    ],
)
def test_tokens_and_requests_follow_from_the_printed_memory(
    name: str,
    engine: str,
    tp: int,
    kv: str,
    gib: float,
    context: int,
    batch: int,
    tokens: int,
    requests: float | None,
    near: float,
) -> None:  # fmt: skip
    found, version = model(name), rules(f"vllm@{engine}")
    cut = layout(found, version, tp, 1.0, CacheSettings(kv))
    blocks = cut.blocks(gib * GIB)
    assert cut.tokens(blocks, context, batch, version) == pytest.approx(tokens, rel=near)
    if requests is not None:
        assert cut.concurrency(blocks, context, batch, version) == pytest.approx(requests, rel=0.005)


def test_a_draft_head_takes_a_layer_and_states() -> None:
    """Printed: 4,135,724 tokens and 15.78 requests on 73.27 GiB, with three guessed tokens on two cards."""
    version = rules("vllm@0.27.0")
    found = model("qwen3.8-27b-exl3")
    cut = layout(found, version, 2, 1.0, CacheSettings("fp8", speculative_tokens=3))
    blocks = cut.blocks(73.27 * GIB)
    assert cut.concurrency(blocks, 262144, 8192, version) == pytest.approx(15.78, rel=0.005)


def test_kv_heads_are_copied_beyond_their_number() -> None:
    found = shape(LLAMA_8B)
    sizes = [
        layout(found, rules("vllm@0.14.0"), tp, 1.0, CacheSettings()).bytes_per_token for tp in (1, 2, 8, 16, 32)
    ]
    assert sizes == [131072, 65536, 16384, 16384, 16384]


def test_an_eight_bit_cache_is_half_and_latent_is_not_divided() -> None:
    version = rules("vllm@0.14.0")
    assert layout(shape(LLAMA_8B), version, 1, 1.0, CacheSettings("fp8")).bytes_per_token == 65536
    assert layout(shape(DEEPSEEK_V3), version, 8, 1.0, CacheSettings()).bytes_per_token == 70272


def test_older_engines_count_sliding_layers_as_full() -> None:
    """gpt-oss-20b: 24 layers of 2 × 8 × 64 × 2 bytes in one table, against 12 in each of two."""
    found = model("gpt-oss-20b")
    old = layout(found, rules("vllm@0.8.5"), 1, 1.0, CacheSettings())
    new = layout(found, rules("vllm@0.10.1"), 1, 1.0, CacheSettings())
    assert (len(old.tables), old.block_bytes) == (1, 24 * 16 * 2048)
    assert (len(new.tables), new.block_bytes) == (2, 12 * 16 * 2048)


def test_pages_of_different_size_hold_different_tokens() -> None:
    """Gemma 4: full layers have half the bytes a token, hence blocks of 32 tokens beside 16."""
    cut = layout(model("gemma-4-26b-a4b"), rules("vllm@0.19.0"), 1, 1.0, CacheSettings())
    assert {table.block for table in cut.tables} == {16, 32}
    assert len(cut.tables) == 6


def test_groups_are_padded_to_the_larger_where_that_wastes_less() -> None:
    """Thirteen and twelve layers make two tables of thirteen, where older engines made three of twelve."""
    kinds = ["full_attention", "sliding_attention"] * 12 + ["full_attention"]
    found = shape({**config("gpt-oss-20b"), "num_hidden_layers": 25, "layer_types": kinds})
    assert len(layout(found, rules("vllm@0.19.0"), 1, 1.0, CacheSettings()).tables) == 2
    assert len(layout(found, rules("vllm@0.10.1"), 1, 1.0, CacheSettings()).tables) == 3


def test_groups_of_a_state_are_copied_where_they_do_not_divide() -> None:
    state = State(conv_channels=4096, groups=1, group_width=256, conv_steps=3, recurrent=64 * 64 * 128)
    assert state.size_bytes(1) == (4096 + 256) * 3 * 2 + 64 * 64 * 128 * 2
    assert state.size_bytes(4) == (4096 + 4 * 256) // 4 * 3 * 2 + 64 * 64 * 128 // 4 * 2


def test_old_engines_ignore_the_state_type_of_a_checkpoint() -> None:
    state = State(recurrent=1000, recurrent_bytes=4, stated=True)
    assert (state.size_bytes(1, obey=True), state.size_bytes(1, obey=False)) == (4000, 2000)
    assert dataclasses.replace(state, stated=False).size_bytes(1, obey=False) == 4000


def test_prefix_caching_holds_two_states() -> None:
    assert rules("vllm@0.24.0").states_per_request(None) == 1
    assert rules("vllm@0.24.0").states_per_request(True) == 2
    assert rules("vllm@0.26.0").states_per_request(None) == 2
    assert rules("vllm@0.26.0").states_per_request(False) == 1


def test_an_encoder_keeps_no_cache() -> None:
    cut = layout(shape({**LLAMA_8B, "model_type": "bert"}), rules("vllm@0.14.0"), 1, 1.0, CacheSettings())
    assert (cut.tables, cut.tokens(0, 512, 8192, rules("vllm@0.14.0"))) == ((), 0)


def test_a_sliding_request_holds_window_batch_and_one_block_more() -> None:
    """gpt-oss: 98,304 / 16 blocks of full attention, and (128 - 1 + 8,192) / 16 rounded up, plus one."""
    cut = layout(model("gpt-oss-120b"), rules("vllm@0.11.2"), 1, 1.0, CacheSettings())
    assert cut.blocks_per_request(98304, 8192, rules("vllm@0.11.2")) == 6144 + 520 + 1
    assert cut.blocks_per_request(98304, 8192, rules("vllm@0.26.0")) == 6144 + 1032 + 1
