"""The records of the role helper and its rules know the same questions, answers, findings and duties (WA225)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from macros.law.role_facts import FINDINGS, LEVELS, MODEL_DUTIES, ROLES, layer_of
from macros.library import Library
from macros.problems import Problem
from macros.reading import Document

GUIDANCE: Mapping[str, tuple[str, ...]] = {
    "point-numbers": ("reference", "later", "note", "not_addressed"),
    "open-release": ("frees_from", "not_from"),
}
"""The readings that the page tells, with the keys that each needs."""
OUTCOMES = "role-outcomes"
WANTED: Mapping[str, tuple[str, ...]] = {
    "role-questions": tuple(LEVELS),
    "role-findings": tuple(FINDINGS),
    "role-duties": MODEL_DUTIES,
    "role-guidance": tuple(GUIDANCE),
}


def check(library: Library, broken: set[str], _: Path) -> Iterator[Problem]:
    """Nothing that the rules or the page look at is missing, and no record is without a use."""
    for folder, wanted in WANTED.items():
        entries = library.kind(folder)
        for missing in sorted(set(wanted) - set(entries)):
            file = f"atlas/{folder}/{missing}.yml"
            yield Problem(file, 1, 1, "WA225", "the role helper needs this record", "add the file")
        for id_, entry in entries.items():
            document = entry.document
            if document.data is None or document.file in broken:
                continue
            if id_ not in wanted:
                what = f"the role helper does not use `{id_}`"
                yield Problem(document.file, 1, 1, "WA225", what, "rename or remove the file")
            else:
                yield from _record(folder, id_, document)
    outcomes = library.kind("vocabulary").get(OUTCOMES)
    if outcomes and outcomes.document.data and outcomes.document.file not in broken:
        terms = tuple(outcomes.document.data["terms"])
        if terms != ROLES:
            yield _differs(outcomes.document, ("terms",), "roles", terms, ROLES)


def _record(folder: str, id_: str, document: Document) -> Iterator[Problem]:
    data: dict[str, Any] = document.data
    if folder == "role-questions":
        yield from _same(document, "layer", layer_of(id_))
        levels = tuple(level["id"] for level in data.get("levels", ()))
        if levels != LEVELS[id_]:
            yield _differs(document, ("levels",), "answers", levels, LEVELS[id_])
    elif folder == "role-findings":
        yield from _same(document, "layer", id_.partition("-")[0])
        yield from _same(document, "role", FINDINGS[id_])
    elif folder == "role-guidance":
        for key in GUIDANCE[id_]:
            if key not in data:
                yield Problem(document.file, 1, 1, "WA225", f"the page tells `{key}` of it", f"add `{key}:`")


def _same(document: Document, key: str, wanted: str) -> Iterator[Problem]:
    if document.data[key] != wanted:
        what = f"the rules know another `{key}`"
        yield document.problem("WA225", (key,), what, f"write `{wanted}`, or change the rules with their tests")


def _differs(
    document: Document, path: tuple[str, ...], what: str, found: tuple[str, ...], wanted: tuple[str, ...]
) -> Problem:
    differ = ", ".join(sorted(set(found) ^ set(wanted))) or "their order"
    return document.problem("WA225", path, f"the rules know other {what}: {differ}", "change both together")
