"""Figures in the story come from claims (WA227): a number in its texts is a figure, a date or a provision.

The texts of a claim may use the claim’s own figures, those of a dimension or an answer the figures of the claims
it cites. A figure may be rounded to the places that the text gives. A figure in words needs a claim too, but is
not compared with it: `more than half` tells 51 % as well as 90 %.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from macros.checks import figure_words
from macros.library import Library
from macros.problems import Problem
from macros.reading import Document

NUMBER = re.compile(r"\d(?:[\d,]*\d)?(?:\.\d+)?")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
EXEMPT = re.compile(
    rf"\b\d{{1,2}} (?:{_MONTHS})\b(?: \d{{4}})?"  # a day
    r"|\b(?:19|20)\d\d(?:-\d\d){0,2}\b"  # a year, a month or a day
    r"|\bArticles? \d+(?:\(\d+\))?(?:\([a-z]\))?(?:(?:, | and | to )\d+(?:\(\d+\))?)*"  # provisions
    r"|\b(?:Regulation|Directive) \(EU\) \d{4}/\d+"
    r"|\b\d+ U\.S\.C\. \d+"
    r"|\b[A-Z]+-\d+/\d+ P\b"  # cases
    r"|\bGlobal 2000\b|\bSection [A-C]\b"
)
"""Digits that are no figures."""

Figures = frozenset[float]


def check(library: Library, broken: set[str], _: Path) -> Iterator[Problem]:
    """Every number in a text of the story is a figure of its claims."""
    claims = {e.id: e.document.data for e in library.readable("claims") if e.document.file not in broken}
    for entry in library.readable("claims"):
        if entry.document.file not in broken:
            yield from _texts(entry.document, own(entry.document.data))
    for folder in ("comparisons", "faq"):
        for entry in library.readable(folder):
            if entry.document.file not in broken:
                cited = _cited(entry.document, claims)
                yield from _texts(entry.document, cited)
                if not cited:
                    yield from _texts(entry.document, cited, in_words=True)


def own(claim: Mapping[str, Any]) -> Figures:
    """The figures of a claim, with the ends of their intervals and the size of its sample."""
    found = {float(f[key]) for f in claim["figures"] for key in ("value", "low", "high", "n") if key in f}
    measured = claim["measured"]
    return frozenset(found | ({float(measured["n"])} if "n" in measured else set()))


def strange(text: str, figures: Figures) -> Iterator[str]:
    """Numbers of `text` that are neither one of `figures` nor a date or a provision."""
    for token in NUMBER.findall(EXEMPT.sub(" ", text)):
        places = len(token.partition(".")[2])
        if not any(abs(round(figure, places) - float(token.replace(",", ""))) < 1e-9 for figure in figures):
            yield token


def _cited(document: Document, claims: Mapping[str, Any]) -> Figures:
    """The figures of every claim that a record cites, anywhere in it."""
    ids = {text for path, text in document.raw.items() if "claims" in path}
    return frozenset().union(*(own(claims[id_]) for id_ in ids if id_ in claims))


_NO_PROSE = frozenset(
    {
        *("sources", "claims", "newer", "when", "reviewed", "to", "unit", "subject", "synonyms"),
        *("value", "low", "high", "n", "order"),
    }
)


def _texts(document: Document, figures: Figures, in_words: bool = False) -> Iterator[Problem]:
    for path, text in document.raw.items():
        if _NO_PROSE.isdisjoint(path):
            for token in (m[0] for m in figure_words.found(text)) if in_words else strange(text, figures):
                yield document.problem(
                    "WA227",
                    path,
                    f"`{token}` is no figure of a claim",
                    "add it as a figure with what was measured, cite the claim that has it, or leave it out",
                )
