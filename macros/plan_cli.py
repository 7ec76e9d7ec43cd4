"""`atlas plan`: what a model takes on given GPUs, from the catalogue, a `config.json` or a workload.

Exit codes: 0 it fits; 2 wrong usage, an impossible request, or no fit, with the nearest that fits.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import click

from macros import meant
from macros.freeze import freeze
from macros.model import Accelerator, Atlas
from macros.plan_deploy import commands_json, commands_text, one_text
from macros.plan_text import as_json, as_text, workload_json, workload_text
from macros.root import find_root
from macros.sizing import catalogue, hf_config
from macros.sizing.engines import DEFAULT_ENGINE, rules
from macros.sizing.evaluate import report
from macros.sizing.nearest import alternatives
from macros.sizing.plan import Plan
from macros.sizing.plan import plan as make_plan
from macros.sizing.planner import Planner
from macros.sizing.reader import ConfigError
from macros.sizing.request import Card, Request
from macros.sizing.sets import READ_ON, card
from macros.sizing.shape import ModelShape
from macros.suggestions import suggest
from macros.validate import check_root

SMALLEST_B = 0.001


@dataclass(frozen=True, slots=True)
class Options:
    """The command line, as it was given."""

    workload: str | None
    model: str | None
    config: Path | None
    gpu: str | None
    gpu_memory_gib: float | None
    count: int | None
    tp: int | None
    pp: int
    precision: str | None
    params_b: float | None
    weights_gib: float | None
    kv_dtype: str
    context: int | None
    utilization: float | None
    engine: str
    max_num_batched_tokens: int | None
    max_num_seqs: int | None
    block_size: int | None
    prefix_caching: bool | None
    speculative_tokens: int
    flashinfer_sampler: bool | None
    no_video: bool
    text_only: bool
    enforce_eager: bool
    offline: bool
    command: bool
    manifest: bool
    commands: bool


def _atlas(root: Path | None) -> Atlas:
    library, problems = check_root(find_root((root or Path.cwd()).resolve()))
    if problems:
        raise click.UsageError("the atlas has problems; run `atlas check` first")
    return freeze(library)


def _known(kind: str, name: str, records: Mapping[str, Any]) -> Any:
    """The record that is meant. Raises ConfigError with those that are near."""
    names = meant.of_records(records)
    found = meant.find(names, name)
    if found is None:
        otherwise = meant.LIST_WORKLOADS if kind == "workload" else None
        raise ConfigError(f"no {kind} `{name}` in the catalogue; {meant.hint(names, name, otherwise)}")
    return records[found]


def _config(path: Path) -> Mapping[str, Any]:
    """The object in a configuration file. Raises ConfigError if it is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path} cannot be read as JSON: {error}") from error
    if not isinstance(data, dict):
        raise ConfigError(f"{path} holds no JSON object")
    return data


def _shape(options: Options, atlas: Atlas | None) -> ModelShape:
    if options.params_b is not None and not (SMALLEST_B <= options.params_b < math.inf):
        raise ConfigError("--params-b is billions of parameters, such as 8.03")
    if options.config is not None:
        name = options.config.parent.name if options.config.name == "config.json" else options.config.stem
        return hf_config.shape(_config(options.config), name, options.precision, options.params_b)
    assert options.model is not None and atlas is not None
    return catalogue.shape(_known("model", options.model, atlas.models), options.precision)


def _card(options: Options, atlas: Atlas | None, shape: ModelShape) -> Card:
    found: Accelerator | None = None
    if (
        options.gpu is not None
        and atlas is not None
        and (options.gpu_memory_gib is None or options.gpu in atlas.accelerators)
    ):
        found = _known("accelerator", options.gpu, atlas.accelerators)
    if found is not None:
        base = card(found, shape.precision)
        memory = options.gpu_memory_gib or base.memory_gib
        return replace(base, memory_gib=memory)
    if options.gpu_memory_gib is None:
        raise ConfigError("name the card with --gpu, or its memory with --gpu-memory-gib")
    return Card(options.gpu or "", options.gpu_memory_gib)


def _parallelism(options: Options) -> tuple[int, int]:
    """Tensor parallelism and copies. Raises ConfigError where they do not go together."""
    if options.tp is None:
        count = options.count or options.pp
        if count % options.pp:
            raise ConfigError(f"{count} GPUs do not divide into {options.pp} pipeline stages")
        return count // options.pp, 1
    gpus = options.tp * options.pp
    count = options.count or gpus
    if count % gpus:
        near = max(gpus, count - count % gpus)
        raise ConfigError(f"{count} GPUs do not hold whole copies of {gpus} GPUs each; nearest: --count {near}")
    return options.tp, count // gpus


def _request(options: Options, on: Card, tp: int) -> Request:
    return Request(
        rules=rules(options.engine),
        card=on,
        tp=tp,
        pp=options.pp,
        kv_dtype=options.kv_dtype,
        context=options.context,
        utilization=options.utilization,
        batch_tokens=options.max_num_batched_tokens,
        batch_requests=options.max_num_seqs,
        block_size=options.block_size,
        prefix_caching=options.prefix_caching,
        speculative_tokens=options.speculative_tokens,
        flashinfer_sampler=options.flashinfer_sampler,
        no_video=options.no_video,
        text_only=options.text_only,
        eager=options.enforce_eager,
        offline=options.offline,
        weights_gib=options.weights_gib,
    )


WITH_WORKLOAD = ("workload", "engine", "commands")


def _refuse_unused(options: Options, context: click.Context) -> None:
    """An option that would be ignored is a mistake. Raises ConfigError with every one."""
    given = [
        field.name
        for field in fields(options)
        if context.get_parameter_source(field.name) is click.core.ParameterSource.COMMANDLINE
    ]
    if context.params["evaluate"]:
        unused, where = given, "with --evaluate"
    elif options.workload:
        unused = [name for name in given if name not in WITH_WORKLOAD]
        where = "with a WORKLOAD, whose models and sets are searched; " + _instead(options, unused)
    else:
        unused = [name for name in given if name == "commands" or (name == "params_b" and options.model)]
        where = "with --model" if options.model else "with --config"
        if "commands" in unused:
            where += "; for one model it is --command, with --model and --gpu"
    if "commands" in unused and not (options.model or options.config or context.params["evaluate"]):
        raise ConfigError("--commands prints what to run for a WORKLOAD; name one, as `atlas route --list` does")
    if unused:
        named = ", ".join("WORKLOAD" if name == "workload" else "--" + name.replace("_", "-") for name in unused)
        raise ConfigError(f"{named} would be ignored {where}")
    if options.model and options.config:
        raise ConfigError("give --model or --config, not both")


def _instead(options: Options, unused: list[str]) -> str:
    """What to write instead of options that say nothing about a workload."""
    if set(unused) <= {"command", "manifest"}:
        return "--commands prints what to run for all of its models"
    if options.model or options.config:
        return "leave WORKLOAD out to plan one model on one set, or leave the options out to plan the workload"
    return "leave them out, or plan one model with --model ID --gpu ID in place of WORKLOAD"


def _single(options: Options, root: Path | None) -> tuple[Plan, int, Atlas | None]:
    needs_atlas = options.model is not None or (options.gpu is not None and options.gpu_memory_gib is None)
    atlas = _atlas(root) if needs_atlas else None
    shape = _shape(options, atlas)
    tp, copies = _parallelism(options)
    return make_plan(shape, _request(options, _card(options, atlas, shape), tp)), copies, atlas


def _rivals(options: Options, found: Plan, atlas: Atlas) -> list[tuple[str, Card]]:
    """Data-centre cards of the maker asked for: another maker’s needs another build of the engine."""
    asked = atlas.accelerators.get(options.gpu or "")
    maker = asked.vendor if asked else READ_ON
    suited = [a for a in atlas.accelerators.values() if a.data_centre and a.vendor == maker]
    return [(a.id, card(a, found.shape.precision)) for a in suited]


def _print_plan(options: Options, root: Path | None, as_data: bool) -> None:
    found, copies, atlas = _single(options, root)
    near = alternatives(found, _rivals(options, found, atlas) if atlas else ())
    if as_data and (options.command or options.manifest):
        raise ConfigError("--command and --manifest print text; leave out --json")
    if (options.command or options.manifest) and found.fits:
        click.echo(_to_run(options, root, found, copies))
    elif as_data:
        click.echo(json.dumps(as_json(found, copies, near), indent=2, ensure_ascii=False))
    else:
        click.echo(as_text(found, copies, near))
    if not found.fits:
        raise SystemExit(2)


def _to_run(options: Options, root: Path | None, found: Plan, copies: int) -> str:
    """The command or manifest alone, so that it can go into a file. Raises ConfigError if there is none."""
    if options.command and options.manifest:
        raise ConfigError("give --command or --manifest, not both")
    if options.model is None or options.gpu is None:
        raise ConfigError("--command and --manifest need --model and --gpu from the catalogue")
    atlas = _atlas(root)
    model = _known("model", options.model, atlas.models)
    return one_text(atlas, model, found, copies, "command" if options.command else "manifest")


def _print_workload(options: Options, root: Path | None, as_data: bool) -> None:
    atlas = _atlas(root)
    workload = _known("workload", options.workload or "", atlas.workloads)
    planner = Planner(atlas.accelerators.values(), rules(options.engine))
    steps = [suggest(need, atlas.models, planner, atlas.vocabulary["size-classes"]) for need in workload.needs]
    if options.commands:
        data = commands_json(atlas, workload.id, steps)
        click.echo(json.dumps(data, indent=2, ensure_ascii=False) if as_data else commands_text(atlas, steps))
    elif as_data:
        click.echo(json.dumps(workload_json(workload.id, steps), indent=2, ensure_ascii=False))
    else:
        click.echo(workload_text(workload.id, steps))


@click.command()
@click.argument("workload", required=False)
@click.option("--model", help="Id of a model in the catalogue.")
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="A Hugging Face config.json.")
@click.option("--gpu", help="Id of an accelerator in the catalogue, such as h100-sxm.")
@click.option(
    "--gpu-memory-gib", type=float, help="Memory of one GPU as its driver reports it, in GiB (2^30 bytes)."
)
@click.option("--count", type=click.IntRange(1, 4096), help="Number of GPUs; without --tp they work as one.")
@click.option("--tp", type=click.IntRange(1, 1024), help="Tensor parallelism: GPUs that share each layer.")
@click.option("--pp", type=click.IntRange(1, 1024), default=1, show_default=True, help="Pipeline stages.")
@click.option("--precision", help="Number format of the weights, such as bf16, fp8, int4, nvfp4.")
@click.option("--params-b", type=float, help="Billions of parameters, where the configuration cannot tell.")
@click.option("--weights-gib", type=float, help="GiB of weights on one GPU, where you know what the engine loads.")
@click.option("--kv-dtype", default="auto", show_default=True, help="Format of the cache: auto, bf16 or fp8.")
@click.option(
    "--context", type=int, help="Longest request in tokens (max_model_len); the model’s own if not given."
)
@click.option(
    "--utilization", type=float, help="Share of the memory the engine may take; its default if not given."
)
@click.option("--engine", default=DEFAULT_ENGINE, show_default=True, help="vllm@VERSION.")
@click.option("--max-num-batched-tokens", type=click.IntRange(1), help="As given to the engine.")
@click.option("--max-num-seqs", type=click.IntRange(1), help="As given to the engine.")
@click.option("--block-size", type=click.IntRange(1), help="As given to the engine.")
@click.option("--prefix-caching/--no-prefix-caching", default=None, help="As given to the engine.")
@click.option(
    "--speculative-tokens", type=click.IntRange(0), default=0, help="Tokens that the draft head guesses."
)
@click.option(
    "--flashinfer-sampler/--no-flashinfer-sampler",
    default=None,
    help="Whether the engine samples with FlashInfer.",
)
@click.option("--no-video", is_flag=True, help="The engine is told to take no clips (limit-mm-per-prompt).")
@click.option(
    "--text-only", is_flag=True, help="The engine takes text alone (language-model-only, or limits of 0)."
)
@click.option("--enforce-eager", is_flag=True, help="As given to the engine: no CUDA graphs.")
@click.option("--offline", is_flag=True, help="The engine is used as a library, which takes larger batches.")
@click.option("--command", is_flag=True, help="With --model and --gpu: print the serving command alone.")
@click.option("--manifest", is_flag=True, help="With --model and --gpu: print the KServe manifest alone.")
@click.option("--commands", is_flag=True, help="With a WORKLOAD: print the serving commands of its models.")
@click.option("--json", "as_data", is_flag=True, help="Print JSON.")
@click.option("--evaluate", is_flag=True, help="Compare with published start-up logs and print the error table.")
@click.option("--root", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder of the atlas.")
@click.pass_context
def plan(context: click.Context, /, as_data: bool, evaluate: bool, root: Path | None, **given: Any) -> None:
    """Size a model: `--model ID --gpu ID`, `--config FILE --gpu-memory-gib N`, or a WORKLOAD."""
    options = Options(**given)
    try:
        _refuse_unused(options, context)
        if evaluate:
            click.echo(report(as_data))
        elif options.workload:
            _print_workload(options, root, as_data)
        elif options.model or options.config:
            _print_plan(options, root, as_data)
        else:
            raise ConfigError("say what to size: a WORKLOAD, --model ID with --gpu ID, or --config FILE")
    except ConfigError as error:
        if as_data:
            click.echo(json.dumps({"fits": False, "error": str(error)}, ensure_ascii=False))
        click.echo(f"Error: {error}", err=True)
        raise SystemExit(2) from error
