"""Which statement rests on which source: every `sources` key of a record, with the words beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from macros.model import Atlas
from macros.words import one_line

STATEMENT_KEYS = (
    "statement",
    "text",
    "means",
    "says",
    "event",
    "fact",
    "sign",
    "maximum",
    "how",
    "asks",
    "what",
    "after",
    "reason",
    "rationale",
    "basis",
    "unclear",
    "note",
    "whole",
    "summary",
    "why",
    "carries",
    "question",
    "first",
    "system_layer",
)
"""Keys that hold what a record, or a part of it, states; the first that is there is told."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A statement that names sources; `statement` is empty where it has no sentence of its own."""

    folder: str
    id: str
    statement: str
    sources: tuple[str, ...]


def of_record(folder: str, id_: str, data: object) -> Iterator[Citation]:
    """The statements of one record that name sources, in reading order."""
    if isinstance(data, Mapping):
        if data.get("sources"):
            said = next((data[key] for key in STATEMENT_KEYS if isinstance(data.get(key), str)), "")
            yield Citation(folder, id_, one_line(said), tuple(map(str, data["sources"])))
        for key, value in data.items():
            if key != "sources":
                yield from of_record(folder, id_, value)
    elif isinstance(data, list):
        for item in data:
            yield from of_record(folder, id_, item)


def by_source(atlas: Atlas) -> dict[str, tuple[Citation, ...]]:
    """Every source with the statements that rest on it, in the order of kinds and ids."""
    found: dict[str, dict[Citation, None]] = {source: {} for source in atlas.sources}
    for (folder, id_), data in atlas.raw.items():
        if folder != "sources":
            for citation in of_record(folder, id_, data):
                for source in citation.sources:
                    found[source][citation] = None
    return {source: tuple(citations) for source, citations in found.items()}


def ids(data: Any) -> list[str]:
    """The sources that a record names anywhere, in reading order, with repetitions."""
    return [source for citation in of_record("", "", data) for source in citation.sources]
