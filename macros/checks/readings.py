"""Older and newer readings of the story name figures that their claims have, of their own subject (WA227)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from macros.checks.claims import own, strange
from macros.library import Library
from macros.problems import Problem, did_you_mean
from macros.reading import Document


def check(library: Library, broken: set[str], _: Path) -> Iterator[Problem]:
    """Every pick is one figure of its claim; a number in what keeps them apart is a figure that is picked."""
    claims = {e.id: e.document.data for e in library.readable("claims") if e.document.file not in broken}
    for entry in library.readable("readings"):
        if entry.document.file not in broken:
            yield from _reading(entry.document, claims)


def _reading(document: Document, claims: Mapping[str, Any]) -> Iterator[Problem]:
    data = document.data
    picks = [(side, index, pick) for side in ("older", "newer") for index, pick in enumerate(data.get(side, ()))]
    if not picks:
        what = "the question has neither older nor newer figures"
        yield document.problem("WA227", (), what, "name one under `older:` or `newer:`, or delete the file")
    if any(pick["claim"] not in claims for *_, pick in picks):
        return  # said in the claim, or as an unknown reference
    for side, index, pick in picks:
        yield from _pick(document, (side, index), pick, claims[pick["claim"]], data["subject"])
    figures = frozenset[float]().union(*(own(claims[pick["claim"]]) for *_, pick in picks))
    for key in ("title", "apart"):
        for token in strange(data[key], figures):
            what = f"`{token}` is no figure of the claims that are named"
            yield document.problem("WA227", (key,), what, "name the claim that has it, or leave it out")


def _pick(
    document: Document, place: tuple[str, int], pick: Mapping[str, str], claim: Any, subject: str
) -> Iterator[Problem]:
    if claim["subject"] != subject:
        what = f"`{pick['claim']}` is of the subject `{claim['subject']}`"
        yield document.problem("WA227", (*place, "claim"), what, f"name a claim of `{subject}`")
    labels = {figure["label"] for figure in claim["figures"]}
    days = [figure["when"] for figure in claim["figures"] if figure["label"] == pick["label"]]
    if pick["label"] not in labels:
        what = f"`{pick['claim']}` has no figure `{pick['label']}`"
        hint = did_you_mean(pick["label"], labels, f"it has {'; '.join(sorted(labels))}")
        yield document.problem("WA227", (*place, "label"), what, hint)
    elif days.count(pick["when"]) != 1:
        number = "more than one" if pick["when"] in days else "no"
        what = f"`{pick['claim']}` has {number} such figure of that day"
        yield document.problem("WA227", (*place, "when"), what, f"it has those of {', '.join(days)}")
