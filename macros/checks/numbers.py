"""Numbers that stand in a relation keep it (WA206)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from macros.library import Library
from macros.problems import Problem
from macros.reading import Document


def check(library: Library, broken: set[str], _: Path) -> Iterator[Problem]:
    """Low, typical and high in order; output fits the context; active parameters within the total."""
    for entry in library.readable("workloads"):
        if entry.document.file not in broken:
            yield from _workload(entry.document)
    for entry in library.readable("models"):
        if entry.document.file not in broken:
            yield from _model(entry.document)


def _workload(document: Document) -> Iterator[Problem]:
    month = document.data["volumes"]["per_month"]
    if not month["low"] <= month["typical"] <= month["high"]:
        yield _wrong(document, ("volumes", "per_month"), "low, typical and high are not in order")
    seen: set[str] = set()
    for index, need in enumerate(document.data["needs"]):
        path = ("needs", index)
        if need["id"] in seen:
            yield _wrong(document, (*path, "id"), f"the step `{need['id']}` is there twice")
        seen.add(need["id"])
        for key in ("context_tokens", "output_tokens"):
            span = need.get(key)
            if span and span["typical"] > span["high"]:
                yield _wrong(document, (*path, key), "typical is greater than high")
        context, output = need.get("context_tokens"), need.get("output_tokens")
        if context and output and output["high"] > context["high"]:
            yield _wrong(document, (*path, "output_tokens"), "the output is longer than the whole context")


def _model(document: Document) -> Iterator[Problem]:
    parameters: dict[str, Any] = document.data["parameters"]
    if parameters["active_b"] > parameters["total_b"]:
        yield _wrong(document, ("parameters", "active_b"), "active parameters exceed the total")
    architecture = document.data["architecture"]
    parts = [architecture.get(f"{name}_layers") for name in ("full_attention", "sliding", "linear")]
    if "layers" in architecture and sum(part or 0 for part in parts) > architecture["layers"]:
        yield _wrong(document, ("architecture", "layers"), "the kinds of layer add up to more than all layers")


def _wrong(document: Document, path: tuple[str | int, ...], what: str) -> Problem:
    return document.problem("WA206", path, what, "correct the number that is wrong")
