"""What one suggestion gives up against another, from the records and the plans. No judgement of quality."""

from __future__ import annotations

from macros.model import Model
from macros.sizing.planner import Found

CONFIRMED = "confirmed"


def gives_up(model: Model, classes: tuple[str, str], other: Model) -> tuple[str, ...]:
    """What `other` has and `model` has not. `classes` are the labels of their size classes."""
    mine, theirs = model.parameters, other.parameters
    found: list[str] = []
    if classes[0] != classes[1]:
        found.append(
            f"size: {classes[0].lower()} rather than {classes[1].lower()}, "
            f"{mine.total_b:g} against {theirs.total_b:g} billion parameters"
        )
    elif mine.total_b < theirs.total_b:
        found.append(f"size: {mine.total_b:g} against {theirs.total_b:g} billion parameters")
    if mine.active_b < theirs.active_b:
        found.append(f"work on a token: {mine.active_b:g} against {theirs.active_b:g} billion active parameters")
    if model.context_tokens and other.context_tokens and model.context_tokens < other.context_tokens:
        found.append(f"context: {model.context_tokens:,} against {other.context_tokens:,} tokens")
    for modality in other.input:
        if modality not in model.input:
            found.append(f"{modality} as input")
    if other.tools and not model.tools:
        found.append("tool calling")
    if other.structured_output != "none" and model.structured_output == "none":
        found.append("structured output")
    if other.reasoning != "none" and model.reasoning == "none":
        found.append("a reasoning mode")
    if other.languages.statement != model.languages.statement:
        found.append(f"languages: {model.languages.statement}; there: {other.languages.statement}")
    if other.license.commercial == "allowed" and model.license.commercial != "allowed":
        found.append(f"terms without conditions ({other.license.title} there)")
    if other.license.confidence == CONFIRMED and model.license.confidence != CONFIRMED:
        found.append("a licence that was confirmed by reading")
    return tuple(found)


def costs(mine: Found, other: Found) -> tuple[str, ...]:
    """What `mine` takes more than `other`: memory, cards, power, and time for a token by the bounds."""
    found: list[str] = []
    if mine.gib > other.gib:
        found.append(f"{mine.gib:,.0f} against {other.gib:,.0f} GiB of accelerator memory")
    if mine.count > other.count:
        found.append(f"{mine.count} against {other.count} accelerators")
    if not mine.smallest or not other.smallest:
        return tuple(found)
    power, less = _watts(mine), _watts(other)
    if power and less and power > less:
        found.append(f"up to {power:,.0f} against {less:,.0f} W for the cards")
    one, two = mine.smallest.plan.decode_bound, other.smallest.plan.decode_bound
    if one and two and not mine.demand.one_pass and one.tokens_per_second < two.tokens_per_second:
        found.append(
            f"at most {one.tokens_per_second:,.0f} against {two.tokens_per_second:,.0f} tokens a second for one "
            "request, by the decode bound"
        )
    return tuple(found)


def _watts(found: Found) -> float | None:
    fitting = found.smallest
    return fitting.count * fitting.accelerator.power_w if fitting and fitting.accelerator.power_w else None
