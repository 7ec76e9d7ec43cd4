"""From a need to models: filter on what the step asks, plan each, then three tiers. Pure, and without scores.

Nothing here claims that one model answers better than another: no evidence of that kind is in the records. The
tiers say what is smallest, what rests on the surest ground, and what is largest; `macros.tiers.RULES` says how.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from macros import languages
from macros.licences import Term, terms
from macros.model import Checkpoint, Model, Need, Vocabulary
from macros.sizing.plan import Plan
from macros.sizing.planner import Demand, Found, Planner, demand
from macros.sizing.sets import size_step
from macros.sizing.units import BITS_PER_WEIGHT
from macros.tiers import Candidate, preference, tiers
from macros.tradeoffs import costs, gives_up
from macros.words import lower_first

GAPS = 0.1
"""Share of the languages asked for that a closed list may leave out."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A model for one step: its tiers, why it fits, on what it runs, under what terms, and what it trades."""

    tiers: tuple[str, ...]
    model: Model
    size_class: str
    reasons: tuple[str, ...]
    cautions: tuple[str, ...]
    found: Found
    terms: tuple[Term, ...]
    quantised: Found | None = None
    """The same step with the next smaller published checkpoint, where one is listed and smaller cards follow."""
    above: str | None = None
    """Title of the suggestion of the next tier, which `gives_up` compares with."""
    gives_up: tuple[str, ...] = ()
    below: str | None = None
    """Title of the suggestion of the tier before, which `costs` compares with."""
    costs: tuple[str, ...] = ()

    @property
    def rank(self) -> str:
        """The tiers as one text."""
        return ", ".join(tier if index == 0 else tier.lower() for index, tier in enumerate(self.tiers))

    @property
    def plan(self) -> Plan | None:
        """The plan on the smallest set; None where the model could not be planned."""
        return self.found.smallest.plan if self.found.smallest else None

    @property
    def checkpoint(self) -> Checkpoint:
        """The checkpoint that was planned, which is the native one."""
        return self.model.checkpoints[0]


@dataclass(frozen=True, slots=True)
class Alternative:
    """A model that is possible as well, with its sets and what to know of its languages."""

    model: Model
    found: Found
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuledOut:
    """A model that has the right job but misses a need."""

    model: Model
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepSuggestions:
    """What was found for one step."""

    need: Need
    demand: Demand
    suggestions: tuple[Suggestion, ...]
    also: tuple[Alternative, ...]
    ruled_out: tuple[RuledOut, ...]


def size_class(model: Model, classes: Vocabulary) -> str:
    """The id of the smallest size class whose bound the total parameters do not exceed."""
    for name, term in classes.terms.items():
        if term.max_parameters_b is not None and model.parameters.total_b <= term.max_parameters_b:
            return name
    return list(classes.terms)[-1]


def suggest(need: Need, models: Mapping[str, Model], planner: Planner, classes: Vocabulary) -> StepSuggestions:
    """The three tiers for a step, at most three models; the others that suffice, and those that do not."""
    order, wanted = list(classes.terms), demand(need)
    candidates: list[Candidate] = []
    ruled_out: list[RuledOut] = []
    for model in models.values():
        if need.job not in model.jobs:
            continue
        own = order.index(size_class(model, classes))
        missing = _missing(need, model)
        if own < order.index(need.least_size):
            missing = (*missing, f"smaller than the least size for this step ({need.least_size})")
        if need.most_size and own > order.index(need.most_size):
            missing = (*missing, f"larger than what fits this step ({need.most_size})")
        if missing:
            ruled_out.append(RuledOut(model, missing))
        else:
            known = languages.known(need.languages, model.languages)
            candidates.append(Candidate(model, own, planner.find(model, wanted), known))
    candidates, fewer = _by_languages(need, candidates)
    ruled_out += fewer
    picked = tiers(candidates, not any(_lacks(need, c.model) for c in candidates))
    chosen = _dress(picked, need, planner, classes)
    names = {suggestion.model.id for suggestion in chosen}
    also = tuple(
        Alternative(c.model, c.found, tuple(_language_cautions(need, c.model)))
        for c in sorted(candidates, key=preference)
        if c.model.id not in names
    )
    return StepSuggestions(need, wanted, chosen, also, tuple(ruled_out))


def _lacks(need: Need, model: Model) -> bool:
    """Whether the model’s closed list leaves out more of the languages asked for than can be overlooked."""
    return len(languages.missing(need.languages, model.languages)) > _overlooked(need)


def _overlooked(need: Need) -> int:
    """How many gaps are overlooked: none of fewer than ten languages, two of the 24 of the Union."""
    return int(GAPS * len(languages.asked(need.languages)))


def _by_languages(need: Need, candidates: list[Candidate]) -> tuple[list[Candidate], list[RuledOut]]:
    """Candidates whose closed list leaves out at most a tenth of the languages asked for; the others, with which.

    Where all leave out more, those with fewest gaps stay: where no model names Irish, the step still needs one,
    and its page says what is missing. A number stated without a list rules nothing out and nobody else.
    """
    lacking = {c.model.id: languages.missing(need.languages, c.model.languages) for c in candidates}
    total = len(languages.asked(need.languages))
    most = max(min((len(codes) for codes in lacking.values()), default=0), _overlooked(need))
    fewer = [
        RuledOut(
            c.model,
            (
                f"of the {total} languages asked for it leaves out {len(lacking[c.model.id])}: "
                f"{languages.names(lacking[c.model.id])}",
            ),
        )
        for c in candidates
        if len(lacking[c.model.id]) > most
    ]
    return [c for c in candidates if len(lacking[c.model.id]) <= most], fewer


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


def _dress(
    picked: list[tuple[Candidate, tuple[str, ...]]], need: Need, planner: Planner, classes: Vocabulary
) -> tuple[Suggestion, ...]:
    """Suggestions with their reasons, terms, and what they trade against their neighbours."""
    labels = [term.label for term in classes.terms.values()]
    made: list[Suggestion] = []
    for index, (candidate, held) in enumerate(picked):
        above = picked[index + 1][0] if index + 1 < len(picked) else None
        below = picked[index - 1][0] if index else None
        model, found = candidate.model, candidate.found
        sizes = (labels[candidate.size], labels[above.size if above else candidate.size])
        made.append(
            Suggestion(
                tiers=held,
                model=model,
                size_class=list(classes.terms)[candidate.size],
                reasons=_reasons(need, model),
                cautions=_cautions(need, model, found),
                found=found,
                terms=terms(model),
                quantised=_quantised(model, found, planner),
                above=above.model.title if above else None,
                gives_up=gives_up(model, sizes, above.model) if above else (),
                below=below.model.title if below else None,
                costs=costs(found, below.found) if below else (),
            )
        )
    return tuple(made)


def _quantised(model: Model, found: Found, planner: Planner) -> Found | None:
    """The listed checkpoint with the next fewer bits, if it runs on less memory."""
    bits = BITS_PER_WEIGHT[model.checkpoints[0].precision]
    fewer = sorted({c.precision for c in model.checkpoints if BITS_PER_WEIGHT[c.precision] < bits})
    if not fewer or not found.smallest:
        return None
    other = planner.find(model, found.demand, max(fewer, key=lambda name: BITS_PER_WEIGHT[name]))
    return other if other.smallest and size_step(other.gib) < size_step(found.gib) else None


def _reasons(need: Need, model: Model) -> tuple[str, ...]:
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
    if told := _language_reason(need, model):
        reasons.append(told)
    if model.parameters.active_b < model.parameters.total_b / 2:
        active, total = model.parameters.active_b, model.parameters.total_b
        reasons.append(f"only {active:g} of {total:g} billion parameters work on a token")
    return tuple(reasons)


def _language_reason(need: Need, model: Model) -> str | None:
    """What speaks for the model in the languages asked for; None where nothing does, or English alone is asked."""
    wanted, own = languages.asked(need.languages), model.languages
    if not set(need.languages) - {languages.OF_CARDS}:
        return None
    of = f" (of {own.stated_for})" if own.stated_for else ""
    held = [code for code in wanted if code in own.named]
    if len(held) > 1:
        share = "all" if len(held) == len(wanted) else str(len(held))
        return f"names {share} of the {len(wanted)} languages asked for{of}"
    if own.coverage == "wide" and own.stated:
        return f"{own.stated:,} languages are stated{of}"
    return f"names {len(own.named)} languages{of}" if not wanted and len(own.named) > 1 else None


def _language_cautions(need: Need, model: Model) -> list[str]:
    """What to know of the model’s languages, in one sentence; none where English alone is asked."""
    wanted, own = languages.asked(need.languages), model.languages
    if not set(need.languages) - {languages.OF_CARDS}:
        return []
    found: list[str] = []
    if lacking := languages.missing(need.languages, own):
        found.append(f"does not name {languages.names(lacking, len(lacking))}")
    if by_test := [code for code in wanted if code in own.tested and code not in own.named]:
        found.append(f"known by its maker’s tests only: {languages.names(by_test, len(by_test))}")
    if own.coverage == "unknown":
        found.append("no list of its languages was read, so it is not known to suffice in yours")
    elif not languages.known(need.languages, own):
        found.append(f"not known to suffice in your languages: {lower_first(own.statement)}")
    elif languages.untested(need.languages, own) or (not wanted and own.coverage == "wide"):
        found.append("a number of languages is stated, not yours by name")
    if own.stated_for:
        found.append(f"stated of {own.stated_for}, not of this very model")
    return [f"{'; '.join(found)}; test on yours"] if found else []


def _cautions(need: Need, model: Model, found: Found) -> tuple[str, ...]:
    cautions: list[str] = []
    if model.license.commercial == "conditions":
        cautions.append("licence sets conditions")
    if model.license.confidence != "confirmed":
        cautions.append("licence not confirmed by reading")
    if model.architecture.confidence != "confirmed":
        cautions.append("architecture not confirmed by reading")
    cautions += _language_cautions(need, model)
    if model.newer:
        cautions.append(f"newer by the same maker, not in this catalogue: {model.newer.title}")
    if not found.in_time:
        cautions.append(
            "the bounds put the time asked for out of reach on every set; memory alone chose the cards"
        )
    return tuple(cautions)
