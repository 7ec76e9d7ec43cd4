"""`atlas route`, `atlas evaluate` and `atlas rules`: a thin rim over `macros.routing`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import yaml

from macros import given_file, meant
from macros.library import Library
from macros.model import Atlas
from macros.problems import Problem, render
from macros.reading import read
from macros.routing import answers, judge, versions
from macros.routing.report import as_json, as_text, evaluation_json, evaluation_text
from macros.routing.router import Router


def router_for(atlas: Atlas) -> Router:
    """The router of an atlas."""
    return Router(atlas.signals, atlas.rules, atlas.forms)


def route(  # noqa: PLR0913 - what the command line can say
    atlas: Atlas,
    files: Mapping[str, Path],
    targets: tuple[str, ...],
    stated: Mapping[str, str],
    team: str | None,
    *,
    as_json_text: bool,
) -> str:
    """The text that `atlas route` prints. `files` are the workloads' files by id.

    Raises click.UsageError with what is legal for wrong arguments.
    """
    router = router_for(atlas)
    wrong = [f"{what}; {legal}" for what, legal in answers.wrong(router, stated)]
    wrong += ["an empty name is no workload; `atlas route --list` names them" for target in targets if not target]
    if team is not None and team not in atlas.teams:
        listed = f"the teams are {', '.join(atlas.teams)}"
        wrong.append(f"unknown team `{team}`; {meant.hint(meant.of_records(atlas.teams), team, listed)}")
    if wrong:
        raise click.UsageError("\n".join(wrong))
    results = []
    for target in targets or (None,):
        title, signals = _workload(files, router, target) if target else (None, {})
        chosen = team or (atlas.settings.reference_team if target else None)
        # What a file states of the team's own signals, and what was set by hand, goes before the team's.
        known = {**(atlas.teams[chosen].signals if chosen else {}), **signals, **stated}
        results.append((target, title, chosen, answers.answer(router, known)))
    version = versions.current(atlas.versions).version
    if as_json_text:
        found = [as_json(atlas, answer, version, target, chosen) for target, _, chosen, answer in results]
        return json.dumps(found[0] if len(targets) < 2 else found, indent=1, ensure_ascii=False)
    return "\n\n".join(as_text(atlas, answer, version, title, chosen) for _, title, chosen, answer in results)


def _workload(files: Mapping[str, Path], router: Router, target: str) -> tuple[str, dict[str, str]]:
    """Title and signals of a workload by id, or of a workload's file; the rest of the file may be unfinished."""
    path = files.get(target, Path(target))
    if path.is_dir():
        raise click.UsageError(f"`{target}` is a folder; name a workload or a file")
    if not path.is_file():
        hint = meant.hint(meant.of_files(files), target, meant.LIST_WORKLOADS)
        raise click.UsageError(f"`{target}` is neither a workload nor a file; {hint}")
    content = path.read_bytes()
    if strange := given_file.strange(target, content, given_file.WORKLOAD):
        raise click.UsageError(strange)
    document, problems = read(target, content)
    data: Any = document.data if not problems else None
    signals = data.get("signals") if isinstance(data, dict) else None
    if not problems and not isinstance(signals, dict):
        problems = [Problem(target, 1, 1, "WA102", "missing key `signals`", "add it with a level for each signal")]
    for name, level in (signals or {}).items() if not problems else ():
        problems += [
            document.problem("WA104", ("signals", name), what, legal)
            for what, legal in answers.wrong(router, {str(name): str(level)})
        ]
    if problems:
        click.echo(render(problems))
        raise SystemExit(1)
    title = str(data.get("title") or target) if isinstance(data, dict) else target
    return title, {str(name): str(level) for name, level in (signals or {}).items()}


def evaluate(atlas: Atlas, *, as_json_text: bool) -> str:
    """The text that `atlas evaluate` prints."""
    router = router_for(atlas)
    found = judge.judge(router, atlas.deployments.values())
    blind = judge.judge(router, atlas.deployments.values(), withhold="capability")
    version = versions.current(atlas.versions).version
    if as_json_text:
        return json.dumps(evaluation_json(found, blind, version), indent=1, ensure_ascii=False)
    return evaluation_text(found, blind, version)


def record_rules(library: Library, root: Path, atlas_rules: list[dict[str, Any]]) -> Path | None:
    """Write the next version file for changed rules; None if the newest version already records them."""
    known = {entry.id: entry.document.data for entry in library.readable("versions")}
    newest = max(known, key=lambda id_: int(known[id_]["version"]), default=None)
    before = {rule["id"]: rule for rule in known[newest]["rules"]} if newest else {}
    if newest and list(known[newest]["rules"]) == atlas_rules:
        return None
    after = {rule["id"]: rule for rule in atlas_rules}
    number = max((int(data["version"]) for data in known.values()), default=0) + 1
    changes = [
        {"rule": id_, "what": what, "why": "TODO why, with the evidence"}
        for what, ids in (
            ("removed", [i for i in before if i not in after]),
            ("added", [i for i in after if i not in before]),
            ("changed", [i for i in after if i in before and after[i] != before[i]]),
        )
        for id_ in ids
    ]
    body = {
        "title": f"Version {number}",
        "version": number,
        "date": str(library.settings.data["as_of"]) if library.settings.data else "",
        "summary": "TODO what changed, for a reader who shared an answer under the version before",
        "changes": changes,
        "rules": atlas_rules,
    }
    path = root / "atlas" / "versions" / f"v{number}.yml"
    path.parent.mkdir(exist_ok=True)
    head = "# yaml-language-server: $schema=../../schema/rule-version.schema.json\n"
    path.write_text(head + yaml.safe_dump(body, sort_keys=False, allow_unicode=True, width=110), encoding="utf-8")
    return path
