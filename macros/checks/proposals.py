"""A proposal never reads as law: not in a timeline, not as an obligation, not as a change (WA222).

The schemas already refuse a start date on what is marked as proposed. Here is refused what is not marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from macros.library import Library
from macros.problems import Problem
from macros.reading import Document

LAW = "law"
PROPOSED = "proposed"
_WORDS = re.compile(r"\b(?:propos\w*|draft\w*)\b", re.IGNORECASE)


def check(library: Library, broken: set[str], _: Path) -> Iterator[Problem]:
    """Events, obligations and changes that tell of a proposal say so, and none has a day to come."""
    settings = library.settings
    as_of = "9999-12-31" if settings.file in broken or settings.data is None else str(settings.data["as_of"])
    kinds = ("changes", "obligations", "instruments")
    readable = {
        kind: {e.id: e.document for e in library.readable(kind) if e.document.file not in broken} for kind in kinds
    }
    changes, obligations = readable["changes"], readable["obligations"]
    only = _only_of_proposals(changes.values())
    for document in readable["instruments"].values():
        for index, event in enumerate(document.data["timeline"]):
            yield from _event(document, ("timeline", index), event, only, as_of)
    for document in obligations.values():
        if document.data["state"] == "adopted" and set(document.data["sources"]) <= only:
            what = "it is adopted law, but every source of it tells of a proposal"
            yield document.problem(
                "WA222", ("state",), what, "write `proposed`, or cite the text that was adopted"
            )
    for document in changes.values():
        touched = [obligations[id_].data["state"] for id_ in document.data["obligations"] if id_ in obligations]
        if document.data["kind"] != PROPOSED and touched and set(touched) == {PROPOSED}:
            what = f"`{document.data['kind']}` is said of a change that touches proposals alone"
            yield document.problem("WA222", ("kind",), what, "write `proposed`")


def _event(
    document: Document, path: tuple[str | int, ...], event: dict[str, Any], only: set[str], as_of: str
) -> Iterator[Problem]:
    kind = event.get("kind", LAW)
    if kind == LAW and _WORDS.search(event["event"]):
        what = "the event speaks of a proposal or draft, and is not marked as one"
        yield document.problem("WA222", (*path, "event"), what, "add `kind: proposed`, or the kind it is")
    elif kind == LAW and set(event["sources"]) <= only:
        what = "every source of the event tells of a proposal, and the event is not marked as one"
        yield document.problem("WA222", (*path, "sources"), what, "add `kind: proposed`, or cite what was adopted")
    elif kind != LAW and event["date"] > as_of:
        what = f"an event of the kind `{kind}` lies ahead ({event['date']}); only law sets a day to come"
        yield document.problem("WA222", (*path, "date"), what, "leave it out until it happened")


def _only_of_proposals(changes: Any) -> set[str]:
    """Sources that changes cite for proposals and for nothing else."""
    proposed: set[str] = set()
    others: set[str] = set()
    for document in changes:
        (proposed if document.data["kind"] == PROPOSED else others).update(document.data["sources"])
    return proposed - others
