"""`atlas plan` as a person and as a program use it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from macros.cli import main
from tests.conftest import ROOT
from tests.sizing_data import LLAMA_8B

KEYS = {
    "weights_gib_per_gpu",
    "kv_bytes_per_token",
    "available_kv_gib_per_gpu",
    "kv_cache_tokens",
    "max_concurrency",
    "fits",
}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["plan", "--root", str(ROOT), *arguments])


def data(*arguments: str) -> dict[str, Any]:
    done = run(*arguments, "--json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture
def llama(tmp_path: Path) -> str:
    path = tmp_path / "llama" / "config.json"
    path.parent.mkdir()
    path.write_text(json.dumps(LLAMA_8B), encoding="utf-8")
    return str(path)


def test_a_model_of_the_catalogue() -> None:
    found = data("--model", "llama-3.1-8b-instruct", "--gpu", "h100-sxm", "--context", "16000")
    assert found.keys() >= KEYS
    assert found["kv_bytes_per_token"] == 131072
    assert found["fits"] is True
    assert found["decode_bound"]["formula"]


def test_a_record_is_known_by_its_title_and_by_words_of_its_id() -> None:
    named = data("--model", "Llama 3.1 8B Instruct", "--gpu", "H100 PCIe", "--context", "16000")
    assert named == data("--model", "llama-3.1-8b-instruct", "--gpu", "h100-pcie", "--context", "16000")
    assert data("CV screening") == data("recruitment-screening")


def test_any_model_by_its_configuration(llama: str) -> None:
    """llm-d printed 51.38 GiB for the cache of this model on a card of 79.18 GiB."""
    found = data("--config", llama, "--gpu-memory-gib", "79.18", "--engine", "vllm@0.14.0", "--context", "16000")
    assert found["available_kv_gib_per_gpu"] == pytest.approx(51.38, abs=0.05)
    assert found["kv_cache_tokens"] == pytest.approx(51.38 * 2**30 / 131072, rel=0.002)
    assert found["model"] == "llama"


def test_it_works_outside_an_atlas(llama: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["plan", "--config", llama, "--gpu-memory-gib", "79.18"])
    assert done.exit_code == 0, done.output
    assert "It fits." in done.stdout


def test_count_is_tensor_parallelism_unless_that_is_given(llama: str) -> None:
    four = data("--config", llama, "--gpu-memory-gib", "24", "--count", "4")
    assert (four["tensor_parallel"], four["copies"], four["gpus"]) == (4, 1, 4)
    copies = data("--config", llama, "--gpu-memory-gib", "80", "--count", "4", "--tp", "2")
    assert (copies["tensor_parallel"], copies["copies"], copies["gpus"]) == (2, 2, 4)


def test_settings_of_the_engine_are_obeyed(llama: str) -> None:
    base = ["--config", llama, "--gpu-memory-gib", "79.18", "--engine", "vllm@0.24.0", "--context", "8192"]
    plain = data(*base)
    assert data(*base, "--kv-dtype", "fp8")["kv_bytes_per_token"] == 65536
    assert data(*base, "--utilization", "0.5")["available_kv_gib_per_gpu"] < plain["available_kv_gib_per_gpu"]
    assert data(*base, "--enforce-eager")["cuda_graphs_gib"] == 0
    assert data(*base, "--max-num-seqs", "16")["activations_gib"] < plain["activations_gib"]
    assert data(*base, "--precision", "fp8")["weights_gib_per_gpu"] < 0.65 * plain["weights_gib_per_gpu"]
    assert data(*base, "--params-b", "10")["weights_gib_per_gpu"] > plain["weights_gib_per_gpu"]
    assert data(*base, "--weights-gib", "20")["weights_gib_per_gpu"] == 20


def test_what_does_not_fit_says_why_and_what_would() -> None:
    done = run("--model", "llama-3.3-70b-instruct", "--gpu", "a100-80gb", "--json")
    assert done.exit_code == 2
    found = json.loads(done.stdout)
    assert found["fits"] is False
    assert found["reasons"] and found["nearest"]
    text = run("--model", "llama-3.3-70b-instruct", "--gpu", "a100-80gb").stdout
    assert "It does not fit" in text and "--tp 4" in text
    far = run("--model", "kimi-k2.6", "--gpu", "a10").stdout
    assert "Nearest that fits: 4 × b200" in far and "upper bound" not in far
    across = run("--model", "llama-3.1-8b-instruct", "--gpu", "h100-sxm", "--tp", "16").stdout
    assert "more than the 8 of one machine" in across


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "say what to size"),
        (("--model", "llama-3.1-8b-instruct"), "--gpu-memory-gib"),
        (("--model", "llama-9", "--gpu", "h100-sxm"), "did you mean"),
        (("--model", "llama-3.1-8b-instruct", "--gpu", "tpu"), "there are a10"),
        (("--model", "llama-3.1-8b-instruct", "--gpu", "h900"), "did you mean `h200-sxm`"),
        (("--model", "llama-3.1-8b-instruct", "--gpu", "h100-sxm", "--tp", "3"), "nearest that does: --tp 2"),
        (
            ("--model", "llama-3.1-8b-instruct", "--gpu", "h100-sxm", "--tp", "2", "--count", "3"),
            "nearest: --count 2",
        ),
        (("--model", "llama-3.1-8b-instruct", "--gpu", "h100-sxm", "--precision", "int3"), "no number format"),
        (("--model", "llama-3.1-8b-instruct", "--gpu", "h100-sxm", "--engine", "tgi@3"), "only vLLM"),
        (("--model", "llama-3.1-8b-instruct", "--gpu", "h100-sxm", "--context", "-5"), "above zero"),
        (("--model", "parakeet-tdt-0.6b-v3", "--gpu", "h100-sxm"), "--config"),
        (("--config", "nowhere.json", "--gpu-memory-gib", "80"), "cannot be read"),
        (("no-such-workload",), "`atlas route --list` names the workloads"),
        (("--evaluate", "--model", "x"), "--model would be ignored with --evaluate"),
        (("--evaluate", "recruitment-screening"), "WORKLOAD would be ignored with --evaluate"),
        (("--commands",), "--commands prints what to run for a WORKLOAD"),
        (
            ("recruitment-screening", "--gpu", "h100-sxm", "--tp", "2"),
            "--gpu, --tp would be ignored with a WORKLOAD, whose models and sets are searched; leave them out, or",
        ),
        (
            ("recruitment-screening", "--model", "llama-3.1-8b-instruct", "--gpu", "h100-sxm"),
            "leave WORKLOAD out to plan one model on one set, or leave the options out to plan the workload",
        ),
        (("recruitment-screening", "--command"), "--commands prints what to run for all of its models"),
        (("recruitment-screning",), "did you mean `recruitment-screening`?"),
        (("Copilot",), "did you mean `code-completion` or `internal-knowledge-assistant`?"),
        (("--model", "gpt-oss", "--gpu", "h100-sxm"), "did you mean `gpt-oss-20b` or `gpt-oss-120b` or"),
        (("--model", "llama-3.1-8b-instruct", "--gpu", "l40"), "did you mean `l40s`?"),
        (("--model", "llama-3.1-8b-instruct", "--gpu", "h100-sxm", "--params-b", "7"), "--params-b would be"),
        (("--model", "llama-3.1-8b-instruct", "--gpu", "h100-sxm", "--commands"), "for one model it is --command"),
    ],
)
def test_wrong_requests_end_with_a_sentence(arguments: tuple[str, ...], message: str) -> None:
    for extra in ((), ("--json",)):
        done = run(*arguments, *extra)
        assert done.exit_code == 2
        assert message in done.output
        assert "Traceback" not in done.output
        assert done.exception is None or isinstance(done.exception, SystemExit)


def test_files_that_are_no_configuration(tmp_path: Path) -> None:
    for text in ("", "[]", "{", "null", '{"hidden_size": 1}', '{"text_config": []}', "\x00"):
        path = tmp_path / "config.json"
        path.write_text(text, encoding="utf-8")
        done = run("--config", str(path), "--gpu-memory-gib", "80")
        assert done.exit_code == 2
        assert done.stderr.startswith("Error: ")


def test_a_workload_gets_plans_for_its_steps() -> None:
    found = data("contract-policy-case-qa")
    assert found["steps"]
    sets = [fit for step in found["steps"] for item in step["models"] for fit in item["sets"]]
    assert sets and all(fit["fits"] for fit in sets)
    assert "tokens of cache" in run("contract-policy-case-qa").stdout


def test_the_error_table() -> None:
    done = run("--evaluate")
    assert done.exit_code == 0
    assert "Median error" in done.stdout
