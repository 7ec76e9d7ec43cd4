"""The questions of the AI Act classification and its rules know the same facts (WA224)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros.law.class_rules import FACTS, POINTS
from macros.library import Library
from macros.problems import Problem

POINT_QUESTION = "annex_iii"
POINT_TERMS = "annex-iii-points"


def check(library: Library, broken: set[str], _: Path) -> Iterator[Problem]:
    """Every fact of the rules has its question in the right step, and no question is without a rule."""
    wanted = {fact: stage for fact, stage in FACTS.items() if stage != "listed"} | {POINT_QUESTION: "listed"}
    entries = library.kind("questions")
    for missing in sorted(set(wanted) - set(entries)):
        file = f"atlas/questions/{missing}.yml"
        yield Problem(file, 1, 1, "WA224", "the rules look at this fact, but nobody asks for it", "add the file")
    for id_, entry in entries.items():
        document = entry.document
        if document.data is None or document.file in broken:
            continue
        if id_ not in wanted:
            yield Problem(document.file, 1, 1, "WA224", f"no rule looks at `{id_}`", "rename or remove the file")
        elif document.data["stage"] != wanted[id_]:
            yield document.problem(
                "WA224", ("stage",), "the rules look at it in another step", f"write `{wanted[id_]}`"
            )
        elif (document.data.get("expands") is not None) != (id_ == POINT_QUESTION):
            yield Problem(document.file, 1, 1, "WA224", "only the question of Annex III expands", "see `expands`")
    points = library.kind("vocabulary").get(POINT_TERMS)
    if points and points.document.data and points.document.file not in broken:
        terms = tuple(points.document.data["terms"])
        if terms != POINTS:
            differ = ", ".join(sorted(set(terms) ^ set(POINTS))) or "their order"
            yield points.document.problem(
                "WA224", ("terms",), f"the rules know other points of Annex III: {differ}", "change both together"
            )
