"""Speeds that nobody published: the roofline against hand arithmetic, and its share against published runs."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros import speed_estimate
from macros.model import Accelerator, Atlas, Model
from macros.sizing import catalogue, hf_config
from macros.sizing.engines import DEFAULT_ENGINE, rules
from macros.sizing.plan import Plan, plan
from macros.sizing.request import Request
from macros.sizing.roofline import Roofline, roofline, weights_read
from macros.sizing.sets import card
from macros.sizing.shape import ModelShape

HELD_OUT = {
    "tensorrt-llm-qwen3-235b-b200-1024-1024": "qwen3-235b-a22b-fp8.json",
    "tensorrt-llm-qwen3-235b-h200-8192-1024": "qwen3-235b-a22b-fp8.json",
    "tensorrt-llm-qwen3-235b-h100-1024-1024": "qwen3-235b-a22b-fp8.json",
    "gpustack-qwen3-32b-h100-2000-100": "qwen3-32b.json",
}
"""Published runs of models that the catalogue does not have, so that no share was read off them."""


def planned(model: Model | ModelShape, on: Accelerator, gpus: int, context: int) -> Plan:
    shape = model if isinstance(model, ModelShape) else catalogue.shape(model)
    return plan(shape, Request(rules(DEFAULT_ENGINE), card(on, shape.precision), tp=gpus, context=context))


def limit(model: Model, on: Accelerator, gpus: int, prompt: int, answer: int) -> Roofline:
    found = roofline(planned(model, on, gpus, prompt + answer), prompt, answer)
    assert found is not None
    return found


def test_a_dense_model_is_limited_as_by_hand(atlas: Atlas) -> None:
    """Llama 3.1 8B in 16 bit on one H100: 989 TFLOPS, 3,350 GB/s, 128 KiB of cache a token.

    Weights read for a token: 7.50 billion, without the table that is looked up by row, in two bytes.
    """
    model, on = atlas.models["llama-3.1-8b-instruct"], atlas.accelerators["h100-sxm"]
    found = limit(model, on, 1, 1024, 1024)
    blocks = planned(model, on, 1, 2048).blocks
    assert found.requests == pytest.approx(min(1024, blocks / 128))
    assert found.speed_in == pytest.approx(989e12 / (2 * 6.98e9), rel=5e-3)
    read = 7.50e9 * 2 + found.requests * 1536 * 128 * 1024
    assert found.speed_out == pytest.approx(found.requests / (read / 3350e9), rel=5e-3)


def test_a_batch_reads_every_expert_and_one_request_its_own(atlas: Atlas) -> None:
    shape = catalogue.shape(atlas.models["gpt-oss-120b"])
    assert weights_read(shape, 1) == pytest.approx(shape.read_bytes)
    experts = sum(part.bytes_per_gpu(1) for part in shape.weights if part.name == "experts")
    assert weights_read(shape, 1000) - weights_read(shape, 1) == pytest.approx(experts * (1 - 4 / 128))
    dense = catalogue.shape(atlas.models["llama-3.1-8b-instruct"])
    assert weights_read(dense, 1000) == dense.read_bytes


def test_a_model_that_reads_at_once_decodes_nothing(atlas: Atlas) -> None:
    found = limit(atlas.models["bge-m3"], atlas.accelerators["l40s"], 1, 512, 0)
    assert (found.speed_out, found.requests) == (0.0, 0.0)
    assert found.seconds(5120, 99) == pytest.approx(5120 / found.speed_in)


@given(st.integers(16, 16_000), st.integers(1, 4_000), st.sampled_from(["llama-3.1-8b-instruct", "gpt-oss-20b"]))
@settings(max_examples=40, deadline=None)
def test_longer_requests_are_never_finished_faster(atlas: Atlas, prompt: int, answer: int, model: str) -> None:
    on = atlas.accelerators["h100-sxm"]
    short, long = (limit(atlas.models[model], on, 1, prompt * n, answer * n) for n in (1, 2))
    assert long.seconds(prompt * 2, answer * 2) >= short.seconds(prompt, answer)
    assert long.speed_out <= short.speed_out * (1 + 1e-9)
    assert short.speed_out <= short.speed_in, "a token of an answer is worked on as well"


def test_published_runs_reach_a_share_of_it(atlas: Atlas) -> None:
    """Within a factor of three of the median, over models, cards and lengths."""
    runs = speed_estimate.runs(atlas)
    assert len(runs) >= 14
    assert len({run.speed.record for run in runs}) >= 3
    found = speed_estimate.reached(atlas)
    assert found is not None
    low, median, high = found
    assert [run.share for run in runs] == sorted(run.share for run in runs)
    assert (low, high) == (runs[0].share, runs[-1].share)
    assert median / 3 < low < median < high < median * 3
    by_hand = next(run for run in runs if run.speed.id == "tensorrt-llm-l33-70b-h100-1000-1000")
    assert by_hand.published == pytest.approx(4418 / 1000), "output tokens of a thousand a request"


@pytest.mark.parametrize("id_", HELD_OUT)
def test_runs_that_were_held_out_are_within_the_range(atlas: Atlas, id_: str) -> None:
    speed = atlas.speeds[id_]
    assert speed.record is None, "it is read off now; hold out another"
    assert speed.input_tokens and speed.output_tokens
    precision = speed_estimate.WRITTEN.get(speed.precision, speed.precision)
    settings_ = {k: v for k, v in catalogue.config(HELD_OUT[id_]).items() if k not in catalogue.QUANTISATION}
    shape = hf_config.shape(settings_, id_, precision)
    found = planned(
        shape, atlas.accelerators[speed.accelerator], speed.gpus, speed.input_tokens + speed.output_tokens
    )
    line = roofline(found, speed.input_tokens, speed.output_tokens)
    reached = speed_estimate.reached(atlas)
    assert line is not None and reached is not None
    tokens = speed.output_tokens if speed.counts == "output" else speed.input_tokens + speed.output_tokens
    share = speed.tokens_s / tokens * line.seconds(speed.input_tokens, speed.output_tokens)
    assert reached[0] <= share <= reached[2]


def test_a_service_reaches_a_part_of_what_runs_reach(atlas: Atlas) -> None:
    """Medians multiply; the ends are as far off as two independent factors are together."""
    reached, found = speed_estimate.reached(atlas), speed_estimate.in_service(atlas)
    assert reached is not None and found is not None
    assert found[1] == pytest.approx(reached[1] * 0.5)
    away = math.hypot(math.log(reached[0] / reached[1]), math.log(0.3 / 0.5))
    assert found[0] == pytest.approx(found[1] * math.exp(-away))
    assert found[0] > reached[0] * 0.3, "both at their worst is less likely"
    assert found[0] < found[1] < found[2] <= 1


def test_a_window_is_read_as_far_as_it_reaches(atlas: Atlas) -> None:
    """Half the layers of gpt-oss see 128 tokens: they read the same of twice the context."""
    found = planned(atlas.models["gpt-oss-20b"], atlas.accelerators["h100-sxm"], 1, 32_768)
    short, long = found.layout.read_per_request(8_192), found.layout.read_per_request(16_384)
    windows = sum(128 // table.block for table in found.layout.tables if table.group.window)
    assert long - short == pytest.approx(short - windows * found.layout.block_bytes, rel=0.02)


def test_as_many_runs_as_are_needed_are_enough(atlas: Atlas) -> None:
    some = {run.speed.id: run.speed for run in speed_estimate.runs(atlas)[: speed_estimate.FEWEST]}
    assert speed_estimate.reached(replace(atlas, speeds=some)) is not None


def test_a_few_runs_say_nothing_of_others(atlas: Atlas) -> None:
    few = {run.speed.id: run.speed for run in speed_estimate.runs(atlas)[: speed_estimate.FEWEST - 1]}
    assert speed_estimate.reached(replace(atlas, speeds=few)) is None
    assert speed_estimate.in_service(replace(atlas, speeds=few)) is None
