"""Published deployments are coded with reasons, and where the rules disagree the page says why (WA215, WA216)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros.checks import routing_ground, signal_levels
from macros.freeze import records
from macros.library import Library
from macros.problems import Problem
from macros.reading import Document
from macros.routing.judge import countable, judge_one
from macros.routing.router import Router

_KINDS = ("signals", "rules", "forms")


def check(library: Library, broken: set[str], root: Path) -> Iterator[Problem]:
    """Each coded signal has its note; a disagreement is explained, and an explanation is still needed."""
    whole = [entry for entry in library.readable("deployments") if entry.document.file not in broken]
    for entry in whole:
        yield from _notes(entry.document)
    rules = [entry.document.file for kind in _KINDS for entry in library.readable(kind)]
    grounds = (signal_levels, routing_ground)
    if any(file in broken for file in rules) or not rules:
        return
    if any(True for ground in grounds for _ in ground.check(library, broken, root)):
        return  # said where it stands; without sound signals and rules nothing can be judged
    router = Router(*(records(library, kind) for kind in _KINDS))
    sound = {entry.id for entry in whole}
    for id_, deployment in records(library, "deployments", only=sound).items():
        document = library.kind("deployments")[id_].document
        judged = judge_one(router, deployment) if countable(deployment) else None
        if judged and not judged.agrees and not deployment.disagreement:
            what = f"they chose {deployment.verdict}, the rules say {judged.likely}"
            yield document.problem("WA216", ("verdict",), what, "add `disagreement:` with the reason")
        if deployment.disagreement and not (judged and not judged.agrees):
            what = "the rules do not disagree with what they chose"
            yield document.problem("WA216", ("disagreement",), what, "delete it", key=True)


def _notes(document: Document) -> Iterator[Problem]:
    signals = document.data.get("signals", {})
    notes = document.data.get("signal_notes", {})
    for name in signals:
        if name not in notes:
            yield document.problem(
                "WA215",
                ("signals", name),
                f"`{name}` has no note",
                "say in `signal_notes` what shows it",
                key=True,
            )
    for name in notes:
        if name not in signals:
            yield document.problem(
                "WA215", ("signal_notes", name), f"`{name}` is not coded", "code it, or delete the note", key=True
            )
