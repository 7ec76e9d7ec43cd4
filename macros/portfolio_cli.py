"""`atlas portfolio`: a thin rim over `macros.portfolio`. Exit codes as in `macros.cli`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click

from macros import given_file
from macros.derive import derive
from macros.freeze import freeze
from macros.portfolio import report
from macros.portfolio.answer import answer
from macros.portfolio.asked import parse
from macros.portfolio.base import base
from macros.problems import render
from macros.root import find_root
from macros.validate import check_root


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="As JSON, with the ids of everything.")
@click.option("--root", type=click.Path(exists=True, file_okay=False, path_type=Path), help="The atlas.")
def portfolio(file: Path, as_json: bool, root: Path | None) -> None:
    """Several workloads together: where they run, what they share, what the law asks, what to build first.

    FILE is YAML as the page /portfolio/ saves it; schema/portfolio.schema.json explains each key.
    """
    content = file.read_bytes()
    if strange := given_file.strange(str(file), content, given_file.PORTFOLIO):
        raise click.UsageError(strange)
    where = find_root((root or Path.cwd()).resolve())
    library, problems = check_root(where)
    if problems:
        click.echo(render(problems))
        click.echo("the atlas has problems; `atlas check` lists them too", err=True)
        raise SystemExit(1)
    atlas = freeze(library)
    asked, problems, remarks = parse(str(file), content, atlas, library, where / "schema")
    for remark in remarks:
        click.echo(f"{file}: {remark}", err=True)
    if asked is None:
        click.echo(render(problems))
        raise SystemExit(1)
    # Only what is asked for is derived: plans for all workloads take a while.
    ids = [item.id for item in asked.workloads]
    derived = derive(replace(atlas, workloads={id_: atlas.workloads[id_] for id_ in ids}))
    found = answer(base(derived), asked)
    if as_json:
        click.echo(json.dumps(found, indent=1, ensure_ascii=False))
    else:
        click.echo(report.text(derived, found))
