"""Commands and manifests: real names, real schemas, and the sizes of the plan they come from."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from macros.deploy import from_atlas
from macros.deploy.manifest import KSERVE
from macros.deploy.names import dns_name, file_name
from macros.deploy.setup import CHECKED_VERSION
from macros.derive import Derived
from macros.model import Atlas
from macros.render import environment, tidy
from macros.sizing import catalogue
from macros.sizing.engines import DEFAULT_ENGINE, rules
from macros.sizing.plan import Plan, plan
from macros.sizing.request import Request
from macros.sizing.sets import card
from tests.deploy_data import Case, fitting, suggested, vendored, words
from tests.test_plan_cli import run

LABEL = re.compile(r"[a-z]([-a-z0-9]{0,61}[a-z0-9])?")
VALUE = re.compile(r"([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?")
LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|\bNone\b|Undefined|Markup\(|<[a-z]+>|TODO|\bnan\b|\binf\b")
VLLM = f"vllm-{CHECKED_VERSION}.json"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
OFFLINE = {"HF_HUB_OFFLINE": "1", "VLLM_NO_USAGE_STATS": "1", "DO_NOT_TRACK": "1"}


@pytest.fixture(scope="module")
def cases(atlas: Atlas) -> list[Case]:
    return [*suggested(atlas), *fitting(atlas)]


def strict(schema: Any) -> Any:
    """The schema as an API server applies it with strict field validation: unknown keys are errors."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: strict(value) for key, value in schema.items()}
    if isinstance(found.get("properties"), dict) and not found.get("x-kubernetes-preserve-unknown-fields"):
        found.setdefault("additionalProperties", False)
    return found


@pytest.fixture(scope="module")
def service_schema() -> Draft202012Validator:
    return Draft202012Validator(strict(vendored(f"kserve-inferenceservice-{KSERVE}.json")["schema"]))


def kubernetes(name: str) -> Draft202012Validator:
    found = vendored("kubernetes-1.34.0.json")
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": strict(found["$defs"])})


def arguments(text: str) -> dict[str, str | None]:
    """Names and values of a `vllm serve` command; a name may stand only once."""
    found: dict[str, str | None] = {}
    rest = words(text)[3:]
    while rest:
        name = rest.pop(0)
        assert name.startswith("--"), name
        assert name not in found, f"{name} stands twice"
        found[name] = None if not rest or rest[0].startswith("--") else rest.pop(0)
    return found


def pairs(args: list[str]) -> dict[str, str | None]:
    return {name: value if sep else None for name, sep, value in (item.partition("=") for item in args)}


def check_arguments(given: dict[str, str | None], where: str) -> None:
    known = vendored(VLLM)
    for name, value in given.items():
        base = name.split(".")[0]
        assert base in known["arguments"], f"{where}: vLLM {CHECKED_VERSION} has no {name}"
        assert (value is None) == (base in known["switches"]), f"{where}: {name} with value {value!r}"
        choices = known["choices"].get(name, known["choices"].get(base))
        if choices and value is not None:
            assert value in choices, f"{where}: {name} does not take {value!r}"


def test_every_command_uses_names_and_values_of_the_stated_version(cases: list[Case]) -> None:
    checked = 0
    for where, found, made in cases:
        file = made.of("serve")
        if file is None:
            assert made.missing, f"{where}: neither a command nor a reason"
            continue
        given = arguments(file.text)
        check_arguments(given, where)
        gpus = int(given.get("--tensor-parallel-size") or 1) * int(given.get("--pipeline-parallel-size") or 1)
        assert gpus == made.gpus == (found.request.gpus if found else 1), where
        if found:
            assert given["--max-model-len"] == str(found.context), where
            assert float(given["--gpu-memory-utilization"] or 0) == pytest.approx(found.utilization), where
            assert given["--max-num-seqs"] == str(found.batch.requests), where
        for name, value in OFFLINE.items():
            assert f"export {name}={value}\n" in file.text, where
        checked += 1
    assert checked > 500


def test_every_manifest_is_valid_for_kserve_and_kubernetes(
    cases: list[Case], service_schema: Draft202012Validator
) -> None:
    claim_schema = kubernetes("io.k8s.api.core.v1.PersistentVolumeClaim")
    meta_schema = kubernetes("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta")
    seen: set[str] = set()
    for where, found, made in cases:
        file = made.of("orchestrate")
        if file is None or file.text in seen:
            continue
        seen.add(file.text)
        claim, service = yaml.load_all(file.text, LOADER)
        for schema, body in ((service_schema, service), (claim_schema, claim), (meta_schema, service["metadata"])):
            assert [error.message for error in schema.iter_errors(body)] == [], where
        check_names(claim, service, where)
        predictor = service["spec"]["predictor"]
        container = predictor["containers"][0]
        check_arguments(pairs(container["args"][1:]), where)
        assert found is not None
        (cards,) = [value for key, value in container["resources"]["limits"].items() if "/" in key]
        assert int(cards) == found.request.gpus == made.gpus, where
        for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
            assert container[probe]["httpGet"] == {"path": "/health", "port": 8080}, where
        assert OFFLINE.items() <= {item["name"]: item["value"] for item in container["env"]}.items(), where
        assert {mount["name"] for mount in container["volumeMounts"]} == {v["name"] for v in predictor["volumes"]}
    assert len(seen) > 300


def check_names(claim: dict[str, Any], service: dict[str, Any], where: str) -> None:
    name = service["metadata"]["name"]
    assert LABEL.fullmatch(name), where
    assert len(f"{name}-predictor") <= 63, where
    assert service["spec"]["predictor"]["volumes"][0]["persistentVolumeClaim"]["claimName"] == name, where
    assert claim["metadata"]["name"] == name, where
    for value in service["metadata"]["labels"].values():
        assert VALUE.fullmatch(value), where


def test_nothing_of_a_template_is_left_and_names_are_file_names(cases: list[Case]) -> None:
    for where, _, made in cases:
        for file in made.files:
            assert not LEFT_OVER.search(file.text), f"{where}: {LEFT_OVER.search(file.text)}"
            assert re.fullmatch(r"[a-z0-9][a-z0-9.-]*\.(sh|yaml)", file.name), file.name
            assert "  \n" not in file.text
        names = [file.name for file in made.files]
        assert len(set(names)) == len(names)


def test_parsers_follow_the_model(atlas: Atlas) -> None:
    for model in atlas.models.values():
        file = from_atlas(atlas, model).of("serve")
        if file is None:
            continue
        given = arguments(file.text)
        assert given.get("--tool-call-parser") == (model.tool_parser if model.tools else None), model.id
        assert ("--enable-auto-tool-choice" in given) == ("--tool-call-parser" in given), model.id
        assert given.get("--reasoning-parser") == model.serving.reasoning_parser, model.id


def test_models_that_give_no_text_run_as_pooling_or_say_what_serves_them(atlas: Atlas) -> None:
    embedding = arguments(from_atlas(atlas, atlas.models["bge-m3"]).files[0].text)
    assert (embedding["--runner"], embedding["--convert"]) == ("pooling", "embed")
    reranker = arguments(from_atlas(atlas, atlas.models["qwen3-reranker-4b"]).files[0].text)
    assert reranker["--runner"] == "pooling"
    assert json.loads(reranker["--hf-overrides"] or "")["is_original_qwen3_reranker"] is True
    for name, engine in (("parakeet-tdt-0.6b-v3", "NeMo"), ("qwen3-tts-1.7b", "vLLM-Omni")):
        none = from_atlas(atlas, atlas.models[name])
        assert none.files == ()
        assert engine in " ".join(none.missing)


def planned(atlas: Atlas, model: str, gpu: str, precision: str | None = None, **wanted: Any) -> Plan:
    shape = catalogue.shape(atlas.models[model], precision)
    on = card(atlas.accelerators[gpu], shape.precision)
    return plan(shape, Request(rules(wanted.pop("engine", DEFAULT_ENGINE)), on, **wanted))


def test_the_checkpoint_of_the_planned_precision_is_served(atlas: Atlas) -> None:
    model = atlas.models["qwen3.8-27b"]
    for precision, repository in (("bf16", "Qwen/Qwen3.8-27B"), ("fp8", "Qwen/Qwen3.8-27B-FP8")):
        made = from_atlas(atlas, model, None, planned(atlas, model.id, "h200-sxm", precision, context=8192))
        assert words(made.files[0].text)[2] == repository
    coded = from_atlas(atlas, model, None, planned(atlas, model.id, "h200-sxm", "int8", context=8192))
    assert coded.of("serve") is None
    assert "quantise the weights first" in coded.missing[0]


def test_a_format_without_a_checkpoint_is_made_when_loading_where_the_engine_can(atlas: Atlas) -> None:
    model = atlas.models["llama-3.1-8b-instruct"]
    made = from_atlas(atlas, model, None, planned(atlas, model.id, "h100-sxm", "fp8", context=8192))
    given = arguments(made.files[0].text)
    fp8 = [checkpoint.repository for checkpoint in model.checkpoints if checkpoint.precision == "fp8"]
    assert fp8 or given["--quantization"] == "fp8"


def test_several_machines_get_a_pointer_instead_of_a_manifest(atlas: Atlas) -> None:
    model = atlas.models["kimi-k2.6"]
    made = from_atlas(atlas, model, None, planned(atlas, model.id, "h100-sxm", tp=8, pp=2))
    assert made.of("orchestrate") is None
    assert "2 machines" in made.missing[0]
    assert "llm-d" in made.missing[0]
    assert "Ray Serve" in made.missing[0]
    assert arguments(made.files[0].text)["--distributed-executor-backend"] == "ray"


def test_other_makers_and_laptops(atlas: Atlas) -> None:
    small = atlas.models["llama-3.1-8b-instruct"]
    amd = from_atlas(atlas, small, None, planned(atlas, small.id, "mi300x", context=8192)).of("orchestrate")
    assert amd is not None
    assert "amd.com/gpu: '1'" in amd.text
    assert "vllm-openai-rocm" in amd.text
    apple = from_atlas(atlas, small, None, planned(atlas, small.id, "apple-m4-max", context=8192))
    assert [file.stage for file in apple.files] == ["evaluate"]
    known = vendored("llama-server.json")["arguments"]
    assert all(word in known for word in words(apple.files[0].text) if word.startswith("--"))


def test_a_plan_that_does_not_fit_gives_its_reason(atlas: Atlas) -> None:
    model = atlas.models["gpt-oss-120b"]
    made = from_atlas(atlas, model, None, planned(atlas, model.id, "l4"))
    assert [file.stage for file in made.files] == ["evaluate"]
    assert "does not fit" in made.missing[0]


def test_another_version_says_that_it_was_not_checked(atlas: Atlas) -> None:
    model = atlas.models["llama-3.1-8b-instruct"]
    made = from_atlas(atlas, model, None, planned(atlas, model.id, "h100-sxm", engine="vllm@0.20.2"))
    assert f"checked against vLLM {CHECKED_VERSION}, not 0.20.2" in made.files[0].text


def test_vendored_data_name_source_version_and_licence() -> None:
    for name in (VLLM, "llama-server.json", f"kserve-inferenceservice-{KSERVE}.json", "kubernetes-1.34.0.json"):
        about = vendored(name)["about"]
        assert about["source"].startswith("https://")
        assert about["licence"]
        assert about["version"]
    assert f"vllm@{CHECKED_VERSION}" == DEFAULT_ENGINE


def test_the_schemas_refuse_what_is_wrong(service_schema: Draft202012Validator) -> None:
    wrong: dict[str, Any] = {"spec": {"predictor": {"minReplica": 1}}}
    assert list(service_schema.iter_errors(wrong))
    wrong = {"spec": {"predictor": {"containers": [{"name": "x", "ports": [{"containerPort": "http"}]}]}}}
    assert list(service_schema.iter_errors(wrong))


def test_names() -> None:
    assert dns_name("qwen3.8-27b", "h100-sxm") == "qwen3-8-27b-h100-sxm"
    assert len(dns_name("x" * 80)) == 50
    assert dns_name("3d.model") == "m-3d-model"
    assert file_name("vllm", "gpt-oss-120b", "2x-h100-sxm", "sh") == "vllm-gpt-oss-120b-2x-h100-sxm.sh"


def test_the_command_line_prints_a_command_or_a_manifest_alone() -> None:
    asked = ("--model", "gpt-oss-120b", "--gpu", "h100-sxm", "--count", "2")
    command = run(*asked, "--command")
    assert command.exit_code == 0
    assert arguments(command.stdout)["--tensor-parallel-size"] == "2"
    service = list(yaml.safe_load_all(run(*asked, "--manifest").stdout))[1]
    assert service["kind"] == "InferenceService"
    refused = run("--model", "kimi-k2.6", "--gpu", "h100-sxm", "--tp", "8", "--pp", "2", "--manifest")
    assert refused.exit_code == 2
    assert "LLMInferenceService" in refused.stderr
    assert run("--model", "gpt-oss-120b", "--gpu", "l4", "--command").exit_code == 2
    assert "not both" in run(*asked, "--command", "--manifest").stderr


def test_the_commands_of_a_workload() -> None:
    done = run("batch-transcription", "--commands")
    assert done.exit_code == 0
    assert "vllm serve " in done.stdout
    data = json.loads(run("batch-transcription", "--commands", "--json").stdout)
    stages = {file["stage"] for step in data["steps"] for model in step["models"] for file in model["files"]}
    assert {"serve", "orchestrate"} <= stages


def test_the_template_keeps_every_line_and_escapes_text(derived: Derived) -> None:
    atlas = derived.atlas
    model = atlas.models["gpt-oss-120b"]
    found = planned(atlas, model.id, "h100-sxm", tp=2)
    source = "{% import '_deploy.jinja' as d with context %}{{ d.commands(model, none, found) }}"
    html = tidy(environment(derived).from_string(source).render(model=model, found=found, root=""))
    made = from_atlas(atlas, model, None, found)
    blocks = re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", html)
    assert len(blocks) == len(made.files) == 3
    for block, file in zip(blocks, made.files, strict=True):
        text = block.replace("&#10;", "\n").replace("&#34;", '"').replace("&#39;", "'").replace("&gt;", ">")
        assert text.replace("&amp;", "&") == file.text
        assert "<" not in block
