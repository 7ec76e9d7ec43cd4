"""`atlas classify` and `atlas obligations`: a thin rim over `macros.law`. Exit codes as in `macros.cli`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from macros import days, freeze, given_file, meant
from macros.law import ADVICE, known, report, selection
from macros.law.answers import STEPS, parse, typed
from macros.law.class_rules import STAGES
from macros.law.classify import answers_of
from macros.law.counts import by_state, headline
from macros.law.follows import question_of, title_of
from macros.law.notes import notes
from macros.library import Library
from macros.load import LAW
from macros.model import Atlas, Facts
from macros.problems import Problem, did_you_mean, render
from macros.reading import read
from macros.root import find_root
from macros.schema_check import SchemaCheck
from macros.validate import check_root

root_option = click.option(
    "--root", type=click.Path(exists=True, file_okay=False, path_type=Path), help="The atlas."
)
json_option = click.option("--json", "as_json", is_flag=True, help="As JSON.")
day_option = click.option(
    "--as-of", "day", metavar="DATE", help="Dates as of this day; the atlas’s own if not given."
)


@click.command()
@click.argument("target", required=False, metavar="[FILE|ID]")
@click.option(
    "--set", "stated", multiple=True, metavar="KEY=VALUE", help="Answer a question or a step; repeatable."
)
@click.option("--list", "listing", is_flag=True, help="Only name the questions, step by step.")
@day_option
@json_option
@root_option
def classify(  # noqa: PLR0913, PLR0917 - one argument an option
    target: str | None, stated: tuple[str, ...], listing: bool, day: str | None, as_json: bool, root: Path | None
) -> None:
    """The class of a use under the EU AI Act, from a workload's facts, from answers, or from both.

    A question is answered with yes, no or unknown, such as social_scoring=no. A step is answered with the names of
    what is met, with ? for what is not known, or with none: annex_iii=4a, bans=none, exemption=preparatory?
    """
    atlas, library, base = _atlas(root, as_json)
    if listing:
        click.echo(json.dumps(_list(atlas), indent=1, ensure_ascii=False) if as_json else _listing(atlas))
        return
    wrong = _wrong_target(library, base, target) + _wrong_day(day)
    facts = None if wrong or target is None else _facts(library, base, target, as_json)
    answers, problems = parse(stated, answers_of(facts) if facts else None)
    if wrong + problems:
        _refuse(wrong + problems, as_json)
    on = day or atlas.settings.as_of
    found = report.class_json(known.on(atlas, on), answers, on, facts)
    found["notice"] = _notice(atlas, on)
    if facts:
        found = {"workload": target, **found, "record": report.record_json(facts.ai_act)}
    click.echo(
        json.dumps(found, indent=1, ensure_ascii=False) if as_json else report.class_text(atlas, found, target)
    )


@click.command()
@click.argument("target", metavar="FILE|ID")
@day_option
@click.option("--role", help="Only what binds this role, such as deployer.")
@click.option("--deployment", help="Only the answer for self-host, hybrid or api.")
@click.option("--jurisdiction", help="Only law of this jurisdiction, such as eu; us holds its states and cities.")
@json_option
@root_option
def obligations(  # noqa: PLR0913, PLR0917 - one argument an option
    target: str,
    day: str | None,
    role: str | None,
    deployment: str | None,
    jurisdiction: str | None,
    as_json: bool,
    root: Path | None,
) -> None:
    """The obligations that a workload meets, and why; with dates, proof and who answers them where."""
    atlas, library, base = _atlas(root, as_json)
    wrong = _wrong_target(library, base, target) + _wrong_day(day)
    for option, value, vocabulary in (
        ("--role", role, "roles"),
        ("--deployment", deployment, "verdicts"),
        ("--jurisdiction", jurisdiction, "jurisdictions"),
    ):
        terms = atlas.vocabulary[vocabulary].terms
        if value is not None and value not in terms:
            hint = did_you_mean(value, terms, f"it is one of {', '.join(terms)}")
            wrong.append(f"unknown value `{value}` of {option}; {hint}")
    wrong = wrong or selection.nowhere(atlas, role, jurisdiction)
    if wrong:
        _refuse(wrong, as_json)
    facts, on = _facts(library, base, target, as_json), day or atlas.settings.as_of
    wanted = [deployment] if deployment else list(atlas.vocabulary["verdicts"].terms)
    reach = {id_: instrument.jurisdiction for id_, instrument in atlas.instruments.items()}
    then = known.on(atlas, on)
    found = notes(facts, then.obligations.values(), on, reach, deployment)
    now = notes(facts, atlas.obligations.values(), atlas.settings.as_of, reach, deployment)
    early = [item.obligation.id for item in now if then.obligations[item.obligation.id].state == known.NOT_YET]
    kept = selection.chosen(then, found, role, jurisdiction)
    told = [report.note_json(then, item, wanted) for item in kept]
    remarks = selection.remarks(then, list(found), kept, role, jurisdiction)
    if as_json:
        body: dict[str, Any] = {
            "workload": target,
            "as_of": on,
            "counts": by_state(item["state"] for item in told),
        }
        body |= {"obligations": told, "remarks": remarks, "notice": _notice(atlas, on)}
        if early:
            body["not_made_yet"] = early
        click.echo(json.dumps(body, indent=1, ensure_ascii=False))
    else:
        narrowed = f" (of {headline(item.state for item in found)})" if len(told) < len(found) else ""
        head = f"{target}: {headline(item['state'] for item in told)}{narrowed}, as of {on}. {_notice(atlas, on)}"
        if early:
            head += f"\nLeft out, not made by {on}: {', '.join(early)}."
        head = "\n".join([head, *remarks])
        click.echo("\n\n".join([head, *(report.note_text(atlas, item) for item in told)]))


def _notice(atlas: Atlas, on: str) -> str:
    """No legal advice; and for an earlier day, that only dates and states go back to it."""
    last = atlas.settings.as_of
    if on >= last:
        return ADVICE
    return f"{ADVICE} Dates and states are those of {on}; the wording is that of the last check, up to {last}."


def _atlas(root: Path | None, as_json: bool) -> tuple[Atlas, Library, Path]:
    base = find_root((root or Path.cwd()).resolve())
    library, problems = check_root(base, LAW)
    if problems:
        _problems(problems, as_json, "the atlas has problems; `atlas check` lists them too")
    return freeze.freeze(library), library, base


def _wrong_target(library: Library, root: Path, target: str | None) -> list[str]:
    if target is None or target in library.kind("workloads"):
        return []
    if not target:
        return ["an empty name is no workload; `atlas route --list` names them"]
    if Path(target).is_dir():
        return [f"`{target}` is a folder; name a workload or a file"]
    if not Path(target).is_file():
        hint = meant.hint(meant.of_files(library.files("workloads", root)), target, meant.LIST_WORKLOADS)
        return [f"`{target}` is neither a workload nor a file; {hint}"]
    strange = given_file.strange(target, Path(target).read_bytes(), given_file.WORKLOAD)
    return [strange] if strange else []


def _wrong_day(day: str | None) -> list[str]:
    found = days.wrong(day, "2027-12-02") if day is not None else None
    return ["; ".join(found)] if found else []


def _facts(library: Library, root: Path, target: str, as_json: bool) -> Facts:
    """The facts of a workload by id, or of a workload's file; the rest of the file may be unfinished."""
    entry = library.kind("workloads").get(target)
    path = root / entry.document.file if entry else Path(target)
    document, problems = read(target if entry is None else entry.document.file, path.read_bytes())
    if not problems and not isinstance(document.data.get("facts"), dict):
        hint = "add it with the facts that obligations match on"
        problems = [Problem(document.file, 1, 1, "WA102", "missing key `facts`", hint)]
    if not problems:
        problems = list(SchemaCheck(library, root / "schema").check_document(document, "workload", below="facts"))
    if problems:
        _problems(problems, as_json)
    return freeze.facts(document.data["facts"])


def _problems(problems: Iterable[Problem], as_json: bool, said: str | None = None) -> NoReturn:
    """The problems of files, one a line, and exit code 1 as everywhere."""
    text = render(problems)
    click.echo(json.dumps({"error": text}, ensure_ascii=False) if as_json else text)
    if said:
        click.echo(said, err=True)
    raise SystemExit(1)


def _refuse(wrong: Sequence[str], as_json: bool) -> NoReturn:
    """Everything that is wrong with the command line, and exit code 2."""
    if as_json:
        click.echo(json.dumps({"error": "\n".join(wrong)}, ensure_ascii=False))
        raise SystemExit(2)
    raise click.UsageError("\n".join(wrong))


def _list(atlas: Atlas) -> list[dict[str, Any]]:
    return [
        {
            "step": key,
            "title": atlas.label("question-stages", stage),
            "questions": [_question(atlas, fact) for fact in STAGES[stage]],
        }
        for key, stage in STEPS.items()
    ]


def _question(atlas: Atlas, fact: str) -> Mapping[str, Any]:
    found = question_of(atlas, fact)
    return {
        "key": fact,
        "in_step": typed(fact),
        "title": title_of(atlas, fact),
        "question": found.question,
        "provision": found.provision,
        "text_url": found.text_url,
        "applies_from": found.applies_from,
    }


def _listing(atlas: Atlas) -> str:
    lines = []
    for step in _list(atlas):
        lines.append(f"{step['step']}: {step['title']}")
        for item in step["questions"]:
            asked = item["title"] if step["step"] == "annex_iii" else item["question"]
            lines.append(f"  {item['key']}: {asked} ({item['provision']})")
    return "\n".join(lines)
