"""The `atlas` command: a thin rim over the package. Exit codes: 0 fine, 1 problems, 2 wrong usage."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import click

from macros import days, freshness, route_cli, vocabulary
from macros.cost_cli import cost
from macros.freeze import freeze, records
from macros.kinds import KINDS
from macros.law_cli import classify, obligations
from macros.library import Library
from macros.load import JUDGING, ROUTING
from macros.model import Atlas
from macros.plan_cli import plan
from macros.portfolio_cli import portfolio
from macros.problems import render
from macros.root import find_root
from macros.routing import versions
from macros.validate import check_root


def _root_option(_: click.Context, __: click.Parameter, value: Path | None) -> Path:
    return find_root((value or Path.cwd()).resolve())


def _day_option(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    wrong = days.wrong(value, "2027-03-01") if value is not None else None
    if wrong:
        raise click.BadParameter("; ".join(wrong))
    return value


root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    callback=_root_option,
    help="Folder that holds atlas/ and schema/; found from the current folder if not given.",
)


def counts(library: Library) -> str:
    """The number of records of each kind, such as `29 workloads, 6 patterns`."""
    numbers = [(len(library.kind(kind.folder)), kind) for kind in KINDS]
    ordered = sorted(numbers, key=lambda pair: pair[1].folder != "workloads")
    return ", ".join(f"{n} {kind.singular if n == 1 else kind.plural}" for n, kind in ordered)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="workload-atlas")
def main() -> None:
    """Check and build the Workload Atlas."""


main.add_command(plan)
main.add_command(portfolio)
main.add_command(cost)
main.add_command(classify)
main.add_command(obligations)


@main.command()
@root_option
def check(root: Path) -> None:
    """Validate everything in atlas/ and print every problem at once."""
    library, problems = check_root(root)
    if problems:
        click.echo(render(problems))
        files = len({problem.file for problem in problems})
        click.echo(f"{_many(len(problems), 'problem')} in {_many(files, 'file')}", err=True)
        raise SystemExit(1)
    click.echo(f"{counts(library)}: no problems")


@main.command()
@root_option
def schema(root: Path) -> None:
    """Write schema/vocabulary.schema.json from the vocabulary and signal files."""
    library, _ = check_root(root)
    path = vocabulary.write(library, root)
    click.echo(f"wrote {path.relative_to(root)}")


@main.command()
@click.argument("targets", nargs=-1, metavar="[FILE|ID]...")
@click.option("--set", "stated", multiple=True, metavar="SIGNAL=LEVEL", help="State a signal; repeatable.")
@click.option("--team", help="Team whose signals are taken; the reference team for a FILE or ID.")
@click.option("--all", "every", is_flag=True, help="Every workload.")
@click.option("--list", "listing", is_flag=True, help="Only name workloads, teams, signals and levels.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, with a list for several targets.")
@root_option
def route(  # noqa: PLR0913, PLR0917 - one argument an option
    targets: tuple[str, ...],
    stated: tuple[str, ...],
    team: str | None,
    every: bool,
    listing: bool,
    as_json: bool,
    root: Path,
) -> None:
    """Say where a workload should run, from its id, a file, or signals alone.

    Signals that are not stated are unknown: the answer is then the set of verdicts still possible.
    """
    atlas, library = _atlas(root, ROUTING)
    files = library.files("workloads", root)
    if listing:
        click.echo(_listing(atlas, files))
        return
    known: dict[str, str] = {}
    for item in stated:
        name, equals, level = item.partition("=")
        if not equals:
            raise click.UsageError(f"`{item}` is not SIGNAL=LEVEL, such as data_boundary=must_stay")
        if known.get(name.strip(), level.strip()) != level.strip():
            raise click.UsageError(f"`{name.strip()}` is set twice, to different levels")
        known[name.strip()] = level.strip()
    chosen = tuple(files) if every else targets
    click.echo(route_cli.route(atlas, files, chosen, known, team, as_json_text=as_json))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, with every case.")
@root_option
def evaluate(as_json: bool, root: Path) -> None:
    """Judge the routing rules against published deployments."""
    click.echo(route_cli.evaluate(_atlas(root, JUDGING)[0], as_json_text=as_json))


@main.command()
@root_option
def rules(root: Path) -> None:
    """Record changed routing rules as a new version in atlas/versions/."""
    library, _ = check_root(root)
    now = versions.conditions(records(library, "rules").values())
    path = route_cli.record_rules(library, root, now)
    if path is None:
        click.echo("the newest version already records the rules; nothing to write")
    else:
        click.echo(f"wrote {path.relative_to(root)}; replace the texts marked TODO")


@main.command()
@click.option(
    "--on",
    callback=_day_option,
    metavar="YYYY-MM-DD",
    help="The day asked about; the day the atlas speaks of if not given.",
)
@click.option(
    "--within",
    type=click.IntRange(0, 3650),
    default=freshness.SOON_DAYS,
    show_default=True,
    metavar="DAYS",
    help="Name what comes due within so many days, too.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON, with every fact.")
@click.option("--fail", is_flag=True, help="Exit with 1 if anything is due, for a scheduled run.")
@root_option
def stale(on: str | None, within: int, as_json: bool, fail: bool, root: Path) -> None:
    """List the facts that are due to be checked again, by the intervals of atlas/atlas.yml."""
    atlas = _atlas(root, None)[0]
    day = on or atlas.settings.as_of
    if as_json:
        click.echo(json.dumps(freshness.as_json(atlas, day, within), indent=1, ensure_ascii=False))
    else:
        click.echo(freshness.as_text(atlas, day, within))
    if fail and any(subject.due for subject in freshness.by_subject(atlas, day, within)):
        raise SystemExit(1)


def _atlas(root: Path, only: tuple[str, ...] | None) -> tuple[Atlas, Library]:
    library, problems = check_root(root, only)
    if problems:
        click.echo(render(problems))
        click.echo("the atlas has problems; `atlas check` lists them too", err=True)
        raise SystemExit(1)
    return freeze(library), library


def _listing(atlas: Atlas, workloads: Iterable[str]) -> str:
    lines = ["workloads", *(f"  {id_}" for id_ in workloads), "teams", *(f"  {t}" for t in atlas.teams)]
    lines.append("signals")
    for signal in atlas.signals.values():
        lines.append(f"  {signal.id}: {', '.join(level.id for level in signal.levels)}")
    return "\n".join(lines)


def _many(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


if __name__ == "__main__":
    main()
