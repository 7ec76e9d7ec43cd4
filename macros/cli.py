"""The `atlas` command: a thin rim over the package. Exit codes: 0 fine, 1 problems, 2 wrong usage."""

from __future__ import annotations

from pathlib import Path

import click

from macros import vocabulary
from macros.kinds import KINDS
from macros.library import Library
from macros.plan_cli import plan
from macros.problems import render
from macros.root import find_root
from macros.validate import check_root


def _root_option(_: click.Context, __: click.Parameter, value: Path | None) -> Path:
    return find_root((value or Path.cwd()).resolve())


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


def _many(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


if __name__ == "__main__":
    main()
