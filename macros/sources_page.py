"""What the page of all sources is given: rows with the kind, age and weight by which they can be filtered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from macros.derive import Derived
from macros.model import Source

AGES: tuple[tuple[str, str, int | None], ...] = (
    ("1", "in the last year", 1),
    ("2", "one to two years ago", 2),
    ("5", "two to five years ago", 5),
    ("older", "longer ago", None),
    ("undated", "without a date", None),
)
"""Key in the address, words, and the years before the day of the atlas that it reaches back."""


@dataclass(frozen=True, slots=True)
class Row:
    """A source with the number of statements that rest on it, and how long ago it was published."""

    source: Source
    statements: int
    age: str


def values(derived: Derived) -> dict[str, Any]:
    """What the template is given: rows by title, and the kinds and ages that occur, with their numbers."""
    rows = list(_rows(derived))
    kinds = derived.atlas.vocabulary["source-kinds"].terms
    return {
        "rows": rows,
        "kinds_used": [(id_, term.label, sum(r.source.kind == id_ for r in rows)) for id_, term in kinds.items()],
        "ages": [(key, words, sum(r.age == key for r in rows)) for key, words, _ in AGES],
    }


def _rows(derived: Derived) -> Iterator[Row]:
    as_of = derived.atlas.settings.as_of
    for source in sorted(derived.atlas.sources.values(), key=lambda s: (s.title.casefold(), s.id)):
        yield Row(source, len(derived.cited_by[source.id]), age(source.published, as_of))


def age(published: str, as_of: str) -> str:
    """The key of the age on the day `as_of`. A month or year alone counts from its first day."""
    if published == "undated":
        return "undated"
    day = (published + "-01-01")[:10] if len(published) == 4 else (published + "-01")[:10]
    for key, _, years in AGES:
        if years and day > f"{int(as_of[:4]) - years}{as_of[4:]}":
            return key
    return "older"
