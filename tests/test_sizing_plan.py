"""Plans: what holds for every plan, and single terms against published figures."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.model import Atlas
from macros.sizing import catalogue
from macros.sizing.engines import NEWEST, rules
from macros.sizing.evaluate import PUBLISHED, evaluate
from macros.sizing.hf_config import shape
from macros.sizing.memory import stages, weights_gib
from macros.sizing.nearest import alternatives, longest_context
from macros.sizing.overhead import overhead
from macros.sizing.plan import plan
from macros.sizing.reader import ConfigError
from macros.sizing.request import Card, Request, Stage, settle
from macros.sizing.units import GIB
from tests.sizing_data import DEEPSEEK_V3, H100, LLAMA_8B, config, model, planned

SHAPES = [
    shape(LLAMA_8B),
    shape(DEEPSEEK_V3),
    *(model(n) for n in ("gpt-oss-20b", "gemma-4-26b-a4b", "qwen3.5-4b")),
]
ENGINES = ["vllm@0.7.3", "vllm@0.8.5", "vllm@0.10.1", "vllm@0.14.0", "vllm@0.19.0", "vllm@0.24.0", "vllm@0.33.0"]
any_shape = st.sampled_from(SHAPES)
any_engine = st.sampled_from(ENGINES)
memories = st.floats(8, 300)
contexts = st.integers(1, 131072)
GENEROUS = settings(max_examples=150, deadline=None)


@GENEROUS
@given(any_shape, any_engine, memories, memories, contexts)
def test_more_memory_never_holds_less(found: Any, engine: str, one: float, other: float, context: int) -> None:
    """The engine's defaults change at some sizes, so the batch is held fixed."""
    fixed = {"context": context, "batch_tokens": 4096, "batch_requests": 256}
    small, large = (planned(found, engine, Card("", memory), **fixed) for memory in sorted((one, other)))
    assert large.kv_cache_tokens >= small.kv_cache_tokens
    assert large.max_concurrency >= small.max_concurrency


@GENEROUS
@given(any_shape, any_engine, memories, contexts, contexts)
def test_longer_requests_are_never_more(found: Any, engine: str, memory: float, one: int, other: int) -> None:
    fixed: dict[str, Any] = {"batch_tokens": 4096, "batch_requests": 256}
    short, long = (planned(found, engine, Card("", memory), context=c, **fixed) for c in sorted((one, other)))
    assert long.max_concurrency <= short.max_concurrency
    assert long.kv_bytes_per_token == short.kv_bytes_per_token


@GENEROUS
@given(any_shape, any_engine, memories, contexts)
def test_more_cards_never_weigh_more_on_each(found: Any, engine: str, memory: float, context: int) -> None:
    plans = [planned(found, engine, Card("", memory), tp=tp, context=context) for tp in (1, 2, 4)]
    assert [p.weights_gib_per_gpu for p in plans] == sorted((p.weights_gib_per_gpu for p in plans), reverse=True)
    assert [p.kv_bytes_per_token for p in plans] == sorted((p.kv_bytes_per_token for p in plans), reverse=True)


@GENEROUS
@given(any_shape, any_engine, memories, contexts, st.sampled_from(["auto", "fp8"]), st.sampled_from([1, 2]))
def test_a_plan_that_fits_has_the_memory_it_needs(
    found: Any, engine: str, memory: float, context: int, kv: str, pp: int
) -> None:
    result = planned(found, engine, Card("", memory), context=context, kv_dtype=kv, pp=pp)
    need = result.layout.blocks_per_request(context, result.batch.tokens, result.request.rules)
    total = result.weights_gib_per_gpu + result.overhead.taken_gib + need * result.layout.block_bytes / GIB
    assert result.fits == (result.pool_gib >= total - 1e-9)
    assert bool(result.reasons) != result.fits


@GENEROUS
@given(any_shape, any_engine, memories, contexts)
def test_what_is_called_nearest_fits(found: Any, engine: str, memory: float, context: int) -> None:
    result = planned(found, engine, Card("", memory), context=context)
    offers = alternatives(result, [("large", Card("large", 400)), ("small", Card("small", 6))])
    assert all(offer.plan.fits for offer in offers)
    assert not (result.fits and offers)


@pytest.mark.parametrize(
    ("name", "settings_", "gib"),
    [
        # Debug logs of llm-d on one or two H100; engine of January 2026.
        ("llama-3.1-8b-instruct", {"context": 16000}, 4.76),
        ("llama-3.3-70b-instruct-fp8-dynamic", {"context": 16000, "tp": 2}, 4.84),
        ("qwen3-0.6b", {"context": 16000}, 5.56),
        ("qwen3-32b", {"context": 16000}, 5.64),
        ("gpt-oss-20b", {"context": 16000}, 7.38),
    ],
)
def test_activations_agree_with_debug_logs(name: str, settings_: dict[str, Any], gib: float) -> None:
    assert planned(model(name), **settings_).overhead.activations_gib == pytest.approx(gib, abs=0.02)


def test_padding_of_experts_depends_on_card_and_version() -> None:
    """Printed: 65.97 GiB with Marlin; 13.47 GiB for the small model with Triton on Hopper."""
    large, small = model("gpt-oss-120b"), model("gpt-oss-20b")
    assert planned(large, "vllm@0.11.2").weights_gib_per_gpu == pytest.approx(65.97, abs=0.15)
    assert planned(small, "vllm@0.14.0").weights_gib_per_gpu == pytest.approx(13.47, abs=0.05)
    a100 = Card("NVIDIA A100", 79.15)
    assert planned(small, "vllm@0.19.0", a100).weights_gib_per_gpu == pytest.approx(13.72, abs=0.06)


@pytest.mark.parametrize(
    ("engine", "memory", "name", "tokens", "requests", "utilization", "graphs"),
    [
        ("vllm@0.7.3", 79.1, "", 2048, 256, 0.9, False),
        ("vllm@0.10.1", 79.1, "h100", 8192, 1024, 0.9, False),
        ("vllm@0.10.1", 79.1, "NVIDIA A100-SXM4-80GB", 2048, 256, 0.9, False),
        ("vllm@0.10.1", 23.5, "", 2048, 256, 0.9, False),
        ("vllm@0.20.0", 79.1, "h100", 8192, 1024, 0.92, True),
        ("vllm@0.27.0", 178.4, "b200", 8192, 1024, 0.92, True),
        ("vllm@0.28.0", 178.4, "b200", 16384, 1024, 0.92, True),
        ("vllm@0.33.0", 121.7, "dgx-spark-gb10", 2048, 256, 0.92, True),
    ],
)
def test_defaults_of_versions(
    engine: str, memory: float, name: str, tokens: int, requests: int, utilization: float, graphs: bool
) -> None:
    version = rules(engine)
    batch = version.batch(memory, name, 131072)
    assert (batch.tokens, batch.requests) == (tokens, requests)
    assert (version.utilization, version.graphs_in_pool) == (utilization, graphs)


@pytest.mark.parametrize(
    ("text", "message"),
    [("sglang@0.5", "only vLLM"), ("vllm@new", "no version"), ("vllm@0.2.0", "older than"), ("", "only vLLM")],
)
def test_engines_that_were_not_read_are_refused(text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        rules(text)


def test_a_newer_engine_is_treated_like_the_newest_and_says_so() -> None:
    newest = ".".join(map(str, NEWEST))
    later, now = planned(SHAPES[0], "vllm@0.99.0"), planned(SHAPES[0], f"vllm@{newest}")
    assert later.kv_cache_tokens == now.kv_cache_tokens
    assert any("newer than any" in note for note in later.notes)


def test_pipeline_stages_hold_their_share() -> None:
    assert stages(61, 4) == [15, 15, 16, 15]
    assert sum(stages(27, 2)) == 27
    whole = planned(SHAPES[0]).weights_gib_per_gpu
    half = planned(SHAPES[0], pp=2)
    assert whole / 2 - 0.6 < half.weights_gib_per_gpu < whole / 2 + 0.6


def test_the_tightest_stage_decides() -> None:
    """Stages of 16 and 15 layers: the plan is no better than either would be alone."""
    found = shape({**LLAMA_8B, "num_hidden_layers": 31})
    result = planned(found, pp=2)
    for stage, first in ((Stage(16, True, False), True), (Stage(15, False, True), False)):
        serving = settle(found, result.request)
        left = (
            result.pool_gib - weights_gib(found, result.request, stage) - overhead(found, serving, stage).taken_gib
        )
        alone = left * GIB // (stage.layers * 16 * 4096)
        assert result.blocks <= alone, first


def test_more_cards_need_more_for_communication() -> None:
    """Printed on H100: 0.13 or 0.14 GiB on one card, 0.54 or 0.55 GiB with two."""
    found = [planned(SHAPES[0], tp=tp).overhead.non_torch_gib for tp in (1, 2, 4, 8)]
    assert found[:2] == pytest.approx([0.135, 0.545], abs=0.01)
    assert found == sorted(set(found))


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"tp": 3}, "nearest that does: --tp 2"),
        ({"pp": 99}, "nearest: --pp 32"),
        ({"kv_dtype": "int3"}, "no KV data type"),
        ({"utilization": 1.5}, "share above 0"),
        ({"context": 500000}, "nearest: --context 131072"),
        ({"context": 0}, "above zero"),
        ({"card": Card("", float("nan"))}, "above zero"),
        ({"weights_gib": -1.0}, "above zero"),
        ({"card": Card("", float("inf"))}, "above zero"),
    ],
)
def test_impossible_requests_name_what_is_possible(asked: dict[str, Any], message: str) -> None:
    card_ = asked.pop("card", H100)
    if asked.get("context") == 0:
        asked["context"] = -1
    with pytest.raises(ConfigError, match=message):
        plan(SHAPES[0], Request(rules("vllm"), card_, **asked))


def test_bounds_are_data_sheet_divided_by_work() -> None:
    found = planned(SHAPES[0])
    assert found.decode_bound and found.prefill_bound
    # Llama 3.1 8B: a table of 128,256 rows of 4,096 that is looked up by row, and as much again for the output.
    table = 128256 * 4096
    read = 2 * (8.03e9 - table)
    assert found.decode_bound.tokens_per_second == pytest.approx(3350e9 / read, rel=2e-3)
    assert found.prefill_bound.tokens_per_second == pytest.approx(989e12 / (2 * (8.03e9 - 2 * table)), rel=2e-3)
    assert planned(SHAPES[0], card=Card("", 80)).decode_bound is None


def test_no_bound_counts_what_a_token_does_not_pass() -> None:
    """A tied table is read whole as output layer; an encoder and experts at rest are not read."""
    tied = planned(shape(config("qwen3-0.6b"))).decode_bound
    assert tied and tied.tokens_per_second == pytest.approx(3350e9 / (2 * 0.596e9), rel=5e-3)
    sparse = shape(config("gpt-oss-120b"))
    assert sparse.read_bytes < sparse.weight_bytes * 0.1
    assert sparse.worked_parameters < sparse.active_parameters
    seeing = shape(config("gemma-3-4b-it"))
    blind = shape({k: v for k, v in config("gemma-3-4b-it").items() if k != "vision_config"})
    assert seeing.read_bytes == blind.read_bytes and seeing.weight_bytes > blind.weight_bytes


def test_the_longest_context_is_the_last_that_fits() -> None:
    request = Request(rules("vllm@0.14.0"), Card("", 20))
    found = longest_context(SHAPES[0], request, 131072)
    assert 0 < found < 131072
    fits = [
        plan(SHAPES[0], Request(rules("vllm@0.14.0"), Card("", 20), context=c)).fits for c in (found, found + 1)
    ]
    assert fits == [True, False]


def test_every_model_of_the_catalogue_has_a_shape_or_a_reason(atlas: Atlas) -> None:
    for record in atlas.models.values():
        try:
            found = catalogue.shape(record)
        except ConfigError as error:
            assert "--config" in str(error) or "not sized" in str(error) or "cannot be sized" in str(error)
            continue
        result = planned(found, "vllm@0.33.0", Card("", 2000.0))
        assert result.weights_gib_per_gpu > 0
        if record.architecture.kv_bytes_per_token and record.architecture.attention != "latent_sparse":
            assert result.kv_bytes_per_token == record.architecture.kv_bytes_per_token, record.id


ALIKE = {"RedHatAI/Llama-3.3-70B-Instruct-FP8-dynamic": ("llama-3.3-70b-instruct", "fp8")}
"""Checkpoints that others made in the same number format."""


def _logs_of(atlas: Atlas) -> list[tuple[str, str, str]]:
    """Compared logs whose model is a checkpoint of the catalogue: log, model and number format."""
    found = []
    for path in sorted((PUBLISHED / "logs").glob("*.yml")):
        log = yaml.safe_load(path.read_text(encoding="utf-8"))
        for record in atlas.models.values():
            for item in record.checkpoints:
                same = item.config is not None and log.get("config") == item.config.file
                alike = ALIKE.get(log["model"]) == (record.id, item.precision)
                if (same or alike) and log["precision"] == item.precision and not log.get("left_out"):
                    found.append((path.stem, record.id, item.precision))
    return found


def test_plans_of_the_catalogue_are_as_near_to_published_logs(atlas: Atlas) -> None:
    """What the site says comes from catalogue shapes, so these are held to the same logs as configurations."""
    rows = {row.name: row for row in evaluate().rows}
    logs = _logs_of(atlas)
    assert {id_ for _, id_, _ in logs} >= {
        "gpt-oss-120b",
        "gpt-oss-20b",
        "llama-3.1-8b-instruct",
        "llama-3.3-70b-instruct",
    }
    for name, id_, precision in logs:
        row = rows[name]
        found = plan(catalogue.shape(atlas.models[id_], precision), row.found.request)
        assert found.weights_gib_per_gpu == pytest.approx(row.found.weights_gib_per_gpu, rel=0.02), name
        assert found.kv_cache_tokens == pytest.approx(row.found.kv_cache_tokens, rel=0.03), name


def test_a_refused_start_is_refused_by_the_catalogue_too(atlas: Atlas) -> None:
    """gpt-oss-120b with default settings on one H100: the engine stopped, 2.14 GiB short."""
    row = next(row for row in evaluate().rows if row.name == "gpt-oss-120b-h100-default-fails")
    found = plan(catalogue.shape(atlas.models["gpt-oss-120b"]), row.found.request)
    assert not found.fits
    assert found.available_kv_gib_per_gpu == pytest.approx(-2.14, abs=0.2)


def test_without_its_own_configuration_a_format_has_the_size_of_its_files(atlas: Atlas) -> None:
    """Qwen3.8 27B in NVFP4: 26.4 GB of files, a configuration of another format."""
    record = atlas.models["qwen3.8-27b"]
    assert catalogue.shape(record, "nvfp4").weight_bytes == pytest.approx(26.4e9)
    assert catalogue.shape(record, "int4").weight_bytes < catalogue.shape(record, "fp8").weight_bytes
    assert "computed" in " ".join(catalogue.shape(record, "int4").notes)


def test_an_encoder_plans_with_the_batch_that_its_command_sets(atlas: Atlas) -> None:
    """A text that is read in one pass is not cut: the batch holds the longest, in the plan as in the command."""
    for id_ in ("bge-m3", "openai-privacy-filter"):
        found = planned(catalogue.shape(atlas.models[id_]), "vllm@0.33.0", Card("a10", 22.0))
        assert found.batch.tokens >= (atlas.models[id_].context_tokens or 0)
        assert found.decode_bound is None
