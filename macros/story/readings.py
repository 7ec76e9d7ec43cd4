"""Older and newer readings of one question side by side, as `/why/` shows them above the claims.

Which figures answer one question, and what keeps them apart, is in `atlas/readings/`; the figures are in
`atlas/claims/`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from macros.model import Atlas
from macros.story.records import Claim, Figure, Pick

Told = tuple[tuple[Claim, Figure], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A question with its older and newer figures and the claims they are from."""

    question: str
    older: Told
    newer: Told
    apart: str


def rows(atlas: Atlas, subject: str) -> tuple[Row, ...]:
    """The rows of a subject in their order; that every figure is there, the check has seen."""
    return tuple(
        Row(reading.title, _told(atlas, reading.older), _told(atlas, reading.newer), reading.apart)
        for reading in atlas.readings.values()
        if reading.subject == subject
    )


def _told(atlas: Atlas, picks: Iterable[Pick]) -> Told:
    return tuple((atlas.claims[pick.claim], _figure(atlas.claims[pick.claim], pick)) for pick in picks)


def _figure(claim: Claim, pick: Pick) -> Figure:
    (found,) = (figure for figure in claim.figures if (figure.label, figure.when) == (pick.label, pick.when))
    return found
