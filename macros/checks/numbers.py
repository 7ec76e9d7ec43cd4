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

    yield from _unit_tokens(document)


ROUNDED = 0.02
"""Tokens of the steps may miss those of the unit by this share: both are rounded."""


def _unit_tokens(document: Document) -> Iterator[Problem]:
    """Tokens of the steps, where they are stated, add up to those of a unit."""
    stated = [need["per_unit"] for need in document.data["needs"] if "per_unit" in need]
    for side in ("in", "out") if stated else ():
        whole = document.data["volumes"][f"tokens_{side}_per_unit"]
        parts = sum(tokens[f"tokens_{side}"] for tokens in stated)
        if abs(parts - whole) > ROUNDED * whole:
            what = f"the steps' `per_unit` add up to {parts:,} tokens, not {whole:,}"
            yield _wrong(document, ("volumes", f"tokens_{side}_per_unit"), what)


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
