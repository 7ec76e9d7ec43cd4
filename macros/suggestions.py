"""From a need to models: filter on what the step asks, then one of each size. Pure, and without scores.

Within a size class, models whose terms set no conditions come first, then those whose licence and
architecture were confirmed by reading, then the newest. Nothing here claims that one model is better.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from macros.model import Accelerator, Model, Need, Vocabulary
from macros.sizing import Fit, Footprint, footprint, smallest_fits

SMALLEST = "Smallest size that suffices"
LARGER = "One size up"
LARGEST = "For the largest budget"
ANOTHER = "Another of the same size"
MOST = 3


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
    """At most three suggestions: the smallest size that suffices, one up, the largest; else others of a size."""
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
        if need.most_size and order.index(own) > order.index(need.most_size):
            missing = (*missing, f"larger than what fits this step ({need.most_size})")
        if missing:
            ruled_out.append(RuledOut(model, missing))
        else:
            candidates[own].append(model)
    found = [(name, sorted(group, key=_preference)) for name, group in candidates.items() if group]
    suggestions = tuple(_suggestion(rank, name, model, need, cards) for rank, name, model in _picks(found))
    chosen = {suggestion.model.id for suggestion in suggestions}
    also = tuple(model for _, group in found for model in group if model.id not in chosen)
    return StepSuggestions(need, suggestions, also, tuple(ruled_out))


def _picks(found: list[tuple[str, list[Model]]]) -> list[tuple[str, str, Model]]:
    """Rank, size and model: the first of the smallest, second and largest size, then others of the smallest."""
    if not found:
        return []
    picks = [(SMALLEST, found[0][0], found[0][1][0])]
    others = [(ANOTHER, found[0][0], model) for model in found[0][1][1:]]
    larger = [(LARGER, name, group[0]) for name, group in found[1:2]]
    larger += [(LARGEST, name, group[0]) for name, group in found[2:][-1:]]
    return picks + others[: MOST - 1 - len(larger)] + larger


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
