"""From a need to models: filter on what the step asks, then one of each size. Pure, and without scores.

Within a size class, models whose terms set no conditions come first, then those whose licence and
architecture were confirmed by reading, then the newest. Nothing here claims that one model is better.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from macros.model import Accelerator, Model, Need, Vocabulary
from macros.sizing import Fit, Footprint, footprint, smallest_fits

RANKS = ("The smallest that suffices", "A stronger one", "The largest worth its hardware")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A model for one step, why it fits, what it needs in memory and the smallest cards that hold it."""

    rank: str
    model: Model
    size_class: str
    reasons: tuple[str, ...]
    cautions: tuple[str, ...]
    footprint: Footprint
    fits: tuple[Fit, ...]


@dataclass(frozen=True, slots=True)
class RuledOut:
    """A model that has the right job but misses a need."""

    model: Model
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepSuggestions:
    """What was found for one step."""

    need: Need
    suggestions: tuple[Suggestion, ...]
    also: tuple[Model, ...]
    ruled_out: tuple[RuledOut, ...]


def size_class(model: Model, classes: Vocabulary) -> str:
    """The id of the smallest size class whose bound the total parameters do not exceed."""
    for name, term in classes.terms.items():
        if term.max_parameters_b is not None and model.parameters.total_b <= term.max_parameters_b:
            return name
    return list(classes.terms)[-1]


def suggest(
    need: Need, models: Mapping[str, Model], accelerators: Iterable[Accelerator], classes: Vocabulary
) -> StepSuggestions:
    """Suggestions for one step: at most one model for each size class from the least size on, three in all."""
    order = list(classes.terms)
    cards = tuple(accelerators)
    candidates: dict[str, list[Model]] = {name: [] for name in order}
    ruled_out: list[RuledOut] = []
    for model in models.values():
        if need.job not in model.jobs:
            continue
        own = size_class(model, classes)
        missing = _missing(need, model)
        if order.index(own) < order.index(need.least_size):
            missing = (*missing, f"smaller than the least size for this step ({need.least_size})")
        if missing:
            ruled_out.append(RuledOut(model, missing))
        else:
            candidates[own].append(model)
    found = [(name, sorted(group, key=_preference)) for name, group in candidates.items() if group]
    picks = found[:2] + found[-1:] if len(found) > 2 else found
    suggestions = tuple(
        _suggestion(RANKS[index], name, group[0], need, cards) for index, (name, group) in enumerate(picks)
    )
    chosen = {suggestion.model.id for suggestion in suggestions}
    also = tuple(model for _, group in found for model in group if model.id not in chosen)
    return StepSuggestions(need, suggestions, also, tuple(ruled_out))


def _missing(need: Need, model: Model) -> tuple[str, ...]:
    """What the need asks and the model does not have, in words."""
    missing: list[str] = []
    for modality in need.input:
        if modality not in model.input:
            missing.append(f"does not take {modality}")
    for modality in need.output:
        if modality not in model.output:
            missing.append(f"does not give {modality}")
    room, asked = model.context_tokens, need.context_tokens
    if room is not None and asked and room < asked.high:
        missing.append(f"context of {room:,} tokens is below {asked.high:,}")
    if need.tools and not model.tools:
        missing.append("no tool calling stated")
    if need.structured_output and model.structured_output == "none":
        missing.append("no structured output")
    if model.license.commercial == "excluded":
        missing.append("licence excludes commercial use")
    if model.superseded_by:
        missing.append(f"superseded by {model.superseded_by}")
    return tuple(missing)


def _preference(model: Model) -> tuple[bool, bool, tuple[int, ...], float, str]:
    confirmed = model.license.confidence == model.architecture.confidence == "confirmed"
    newest = tuple(-int(part) for part in model.released.split("-") if part.isdigit())
    return (
        model.license.commercial != "allowed",
        not confirmed,
        newest,
        model.parameters.total_b,
        model.id,
    )


def _suggestion(rank: str, size: str, model: Model, need: Need, cards: tuple[Accelerator, ...]) -> Suggestion:
    reasons: list[str] = []
    takes = [modality for modality in need.input if modality != "text"]
    if takes:
        reasons.append(f"takes {' and '.join(takes)}")
    if need.context_tokens and model.context_tokens:
        reasons.append(f"holds {model.context_tokens:,} tokens; the step needs up to {need.context_tokens.high:,}")
    if need.tools:
        reasons.append("calls tools")
    if need.structured_output:
        how = "guided decoding in the engine" if model.structured_output == "engine" else "a fixed format"
        reasons.append(f"structured output by {how}")
    if model.parameters.active_b < model.parameters.total_b / 2:
        active, total = model.parameters.active_b, model.parameters.total_b
        reasons.append(f"only {active:g} of {total:g} billion parameters work on a token")
    cautions: list[str] = []
    if model.license.commercial == "conditions":
        cautions.append("licence sets conditions")
    if model.license.confidence != "confirmed":
        cautions.append("licence not confirmed by reading")
    if model.architecture.confidence != "confirmed":
        cautions.append("architecture not confirmed by reading")
    if need.languages != ("en",):
        cautions.append(f"languages: {model.languages.statement}; test on yours")
    context = need.context_tokens.typical if need.context_tokens else 0
    memory = footprint(model, context, need.concurrency)
    return Suggestion(
        rank, model, size, tuple(reasons), tuple(cautions), memory, smallest_fits(cards, memory.total_gib)
    )
