"""`atlas cost`: what an API and hosting oneself cost in a month, and from which volume one is cheaper.

Exit codes: 0 an answer, whatever it says; 2 wrong usage.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import click

from macros import meant
from macros.cost.answer import answer
from macros.cost.file import asked
from macros.cost.keys import FIGURES, WORDS
from macros.cost.numbers import CostError
from macros.cost.published import report as published_report
from macros.cost.report import as_csv, as_json, as_text
from macros.cost.words import sentence
from macros.cost_compare import NAMING, compare
from macros.cost_page import API_SIDE, OWN_SIDE
from macros.cost_shape import completed
from macros.derive import derive
from macros.freeze import freeze
from macros.load import COST
from macros.model import Atlas
from macros.root import find_root
from macros.validate import check_root


@lru_cache(maxsize=2)
def _atlas(root: Path | None, folders: tuple[str, ...] | None = COST) -> Atlas:
    """The records that a comparison reads, or all where `folders` is None; once a process."""
    library, problems = check_root(find_root((root or Path.cwd()).resolve()), folders)
    if problems:
        raise click.UsageError("the atlas has problems; run `atlas check` first")
    return freeze(library)


def _options(command: Any) -> Any:
    """An option for every key, in the order of the groups."""
    for key in reversed((*FIGURES, *WORDS)):
        name = "--" + key.name.replace("_", "-")
        text = f"{key.label}, {key.unit}." if key.unit != "share" else f"{key.label}, as a share."
        command = click.option(name, key.name, metavar="N", help=text)(command)
    return command


@click.command(context_settings={"max_content_width": 110})
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--api", help="Model behind an API, such as openai/gpt-6.1-terra; prices from genai-prices.")
@click.option("--gpu", help="Accelerator of the atlas, such as h100-sxm: its rent, server price and power.")
@click.option("--model", help="Model of the atlas: its published speed on --gpu, if there is one.")
@click.option("--workload", help="Workload of the atlas: its volumes in its own unit.")
@click.option(
    "--unit", help="What the volume counts: calls, pages, minutes, tickets. Millions of tokens if left out."
)
@click.option("--ratio", help="Input to output tokens, such as 3:1.")
@click.option("--counts", help="What a speed counts: output, input or total (the default).")
@click.option("--currency", default=None, help="Currency of every amount; USD if left out.")
@click.option("--per-usd", default=None, type=float, help="What one US dollar costs in that currency.")
@_options
@click.option("--bare", is_flag=True, help="Assume nothing: no people, spare, peaks or discounts but those given.")
@click.option("--json", "as_data", is_flag=True, help="Print JSON.")
@click.option("--csv", "as_table", is_flag=True, help="Print the curve as CSV.")
@click.option("--evaluate", is_flag=True, help="Compare with published worked examples and print the error table.")
@click.option("--list", "listing", is_flag=True, help="Name the models behind APIs and what the atlas assumes.")
@click.option("--root", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder of the atlas.")
def cost(  # noqa: PLR0913, PLR0917 - one argument a switch
    file: Path | None,
    bare: bool,
    as_data: bool,
    as_table: bool,
    evaluate: bool,
    listing: bool,
    root: Path | None,
    **given: Any,
) -> None:
    """Break-even and total cost of an API against hosting a model oneself.

    Values are numbers such as 1200, 2.5B, 10k or 40%, or ranges low..base..high; of low..high the base is the
    middle. They come from options or from a YAML FILE with the same keys; options win. What is left out is taken
    from the atlas and listed, unless --bare.
    The answer has every crossing of the two curves: a fleet is a staircase, and may be overtaken again.

    \b
    atlas cost --rate 2.50 --tokens-s 700 --counts output --price-out 0.90 --tokens 500M --bare
    atlas cost --api openai/gpt-6.1-terra --gpu h100-sxm --model llama-3.3-70b-instruct --tokens 20B --ratio 8:1
    atlas cost --workload internal-knowledge-assistant --api gpt-6-luna --gpu l40s --tokens-s 1200
    atlas cost --price 4000 --watts 350 --kwh 0.30 --api-month 280 --bare
    """
    options = {key: value for key, value in given.items() if value is not None}
    found = None
    try:
        if evaluate and (options or file):
            named = ["FILE"] * (file is not None) + ["--" + key.replace("_", "-") for key in options]
            raise CostError(f"{', '.join(named)} would be ignored with --evaluate; give one or the other")
        if evaluate:
            click.echo(published_report(as_data))
            return
        if listing:
            click.echo(_listing(_atlas(root)))
            return
        found = asked(file) if file else None
        said = {**(found.said if found else {}), **options}
        bare = bool(said.pop("bare", False)) or bare
        if not said:
            raise CostError(
                "say what to compare, such as --rate, --tokens-s, --price-out and --tokens; see --help"
            )
        needs = not bare or any(said.get(name) for name in NAMING)
        if found and found.problems:
            compare(_atlas(root) if needs else None, said, bare)
            raise CostError
        taken: Sequence[str] = ()
        if "workload" in said and not bare:
            said, taken = _both_sides(root, said)
        form = "csv" if as_table else "json" if as_data else "text"
        _print(_atlas(root) if needs else None, said, bare, form, taken)
    except CostError as error:
        text = found.told(error, frozenset(options)) if found else str(error)
        if as_data:
            click.echo(json.dumps({"error": text}, ensure_ascii=False))
        click.echo(f"Error: {text}" if len(text.splitlines()) == 1 else f"Errors:\n{text}", err=True)
        raise SystemExit(2) from error


def _both_sides(root: Path | None, said: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What is said of a workload, with each side that nobody named as its page takes it, and what was taken."""
    id_ = meant.find(meant.of_records(_atlas(root).workloads), str(said["workload"]))
    if id_ is None or (API_SIDE & set(said) and OWN_SIDE & set(said)):
        return dict(said), ()
    atlas = _atlas(root, None)
    item = derive(replace(atlas, workloads={id_: atlas.workloads[id_]})).workloads[id_]
    return completed(atlas, item, said)


def _print(atlas: Atlas | None, said: Mapping[str, Any], bare: bool, form: str, taken: Sequence[str]) -> None:
    """The answer as `csv`, `json` or `text`; `taken` is told before its other notes."""
    found, used, currency = compare(atlas, said, bare)
    found.notes[:0] = taken
    result = answer(found.ranged())
    if not result.has_api and not any(item.has_cost for item in result.fleets):
        raise CostError(
            "nothing here has a price; name a model behind an API (--api) or its prices (--price-in, "
            "--price-out), and what to host (--gpu with --model) or its rent (--rate)"
        )
    if form == "csv":
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(as_csv(result, found.unit, currency))
        click.echo(text.getvalue().rstrip())
        return
    plain, _, _ = compare(atlas, said, True)
    alone = answer(plain.ranged())
    if form == "json":
        body = as_json(result, found.unit, currency, found.notes, used)
        if not bare:
            body["bare"] = as_json(alone, plain.unit, currency, plain.notes, [])
        click.echo(json.dumps(body, indent=2, ensure_ascii=False, allow_nan=False))
        return
    click.echo(as_text(result, found.unit, currency, found.notes, used))
    if not bare:
        click.echo("\nWith nothing assumed (--bare)")
        for item in alone.fleets:
            click.echo(f"  {sentence(alone, item, plain.unit, currency)}")


def _listing(atlas: Atlas) -> str:
    lines = ["models behind APIs"]
    lines += [f"  {o.provider}/{o.model}: {o.title}, weights {o.weights}" for o in atlas.offers.values()]
    lines.append("assumed")
    for p in atlas.prices.values():
        where = f" ({p.accelerator})" if p.accelerator else ""
        lines.append(
            f"  {p.figure}{where}: {p.low:g}..{p.base:g}..{p.high:g} {p.currency or ''}; {p.title}, {p.as_of}"
        )
    return "\n".join(lines)
