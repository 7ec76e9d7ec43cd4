"""Statements that the build counts, so that an answer stays true when the data changes. One function a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from macros.derive import Derived
from macros.law.counts import by_state
from macros.law.notes import state_on
from macros.licences import PLAIN
from macros.routing import VERDICTS
from macros.sizing import evaluate
from macros.words import lower_first, spoken


@dataclass(frozen=True, slots=True)
class Count:
    """A sentence with figures of the data, and the page that shows what was counted."""

    text: str
    path: str
    title: str


def _catalogue(d: Derived) -> Count:
    models = d.atlas.models.values()
    newest = max(models, key=lambda model: model.released)
    used = sum(bool(items) for items in d.by_model.values())
    text = (
        f"The catalogue has {len(models)} open-weight models, the newest released on {spoken(newest.released)} "
        f"({newest.title}); {used} of them are suggested or possible for at least one step of a workload."
    )
    return Count(text, "models/", "catalogue of models")


def _licences(d: Derived) -> Count:
    models = d.atlas.models.values()
    plain = sum(model.license.spdx in PLAIN for model in models)
    conditions = sum(model.license.commercial == "conditions" for model in models)
    text = (
        f"Of {len(models)} models in the catalogue, {plain} carry a licence that names no region, no number of "
        f"users, no revenue and no field of use; {conditions} allow commercial use under conditions."
    )
    return Count(text, "models/", "filter by licence")


def _verdicts(d: Derived) -> Count:
    found = Counter(item.verdict.verdict for item in d.workloads.values())
    team = d.atlas.teams[d.atlas.settings.reference_team].title
    told = ", ".join(f"{found[v]} {_label(d, v)}" for v in reversed(VERDICTS))
    text = (
        f"Of {len(d.workloads)} workloads, chosen because control matters in them, the rules say for the "
        f"reference team ({lower_first(team)}): {told}."
    )
    return Count(text, "workloads/", "all workloads")


def _teams(d: Derived) -> Count:
    moved = [item for item in d.workloads.values() if len({v.verdict for _, v in item.by_team}) > 1]
    text = (
        f"The team alone changes the verdict of {len(moved)} of {len(d.workloads)} workloads, between "
        f"{len(d.atlas.teams)} kinds of team."
    )
    return Count(text, "routing/", "teams and rules")


def _duties(d: Derived) -> Count:
    day = d.atlas.settings.as_of
    found = by_state(state_on(duty, day) for duty in d.atlas.obligations.values())
    coming = sorted(
        duty.applies_from
        for duty in d.atlas.obligations.values()
        if duty.applies_from and state_on(duty, day) == "applies-from"
    )
    after = f", the next from {spoken(coming[0])}" if coming else ""
    text = (
        f"As of {spoken(day)} the atlas holds {found['in-force']} obligations in force and "
        f"{found['applies-from']} that are law with a later day{after}."
    )
    return Count(text, "regulation/", "dates and duties")


def _classes(d: Derived) -> Count:
    found = Counter(item.classification.title for item in d.workloads.values())
    told = "; ".join(f"{lower_first(title)}: {number}" for title, number in found.most_common())
    text = f"The {len(d.workloads)} workloads by class under the EU AI Act: {told}."
    return Count(text, "regulation/class/", "classification")


def _deployments(d: Derived) -> Count:
    every = d.atlas.deployments.values()
    found = Counter(item.verdict for item in every)
    told = ", ".join(f"{found[v]} {_label(d, v)}" for v in reversed(VERDICTS))
    others = "".join(f", {number} {id_}" for id_, number in sorted(found.items()) if id_ not in VERDICTS)
    text = f"Among {len(every)} published deployments: {told}{others}."
    return Count(text, "deployments/", "what others did")


def _sizing(d: Derived) -> Count:
    found = evaluate.evaluate()
    text = (
        f"Set beside {len(found.errors)} published start-up logs, the median error of the planned cache is "
        f"{100 * found.median_error:.1f} %; on the {len(found.held_out)} logs from which no constant was taken "
        f"it is {100 * found.held_out_error:.1f} %."
    )
    return Count(text, "sizing/", "how exact that is")


def _stops(d: Derived) -> Count:
    told = []
    for form in d.atlas.forms.values():
        inside = sum(hop.by_form[form.id].side == "inside" for hop in d.atlas.hops.values())
        told.append(f"{lower_first(form.title)} {inside}")
    text = f"Of {len(d.atlas.hops)} stops of the data, inside without further conditions: {', '.join(told)}."
    return Count(text, "assurances/#where-the-data-goes", "every stop, by form")


def _stages(d: Derived) -> Count:
    found = Counter(item.placement.stage for item in d.workloads.values())
    told = ", ".join(
        f"{lower_first(d.atlas.stages[id_].title)} {found[id_]}" for id_ in d.atlas.stages if found[id_]
    )
    return Count(f"Where the {len(d.workloads)} workloads sit: {told}.", "infrastructure/", "stages")


def _decided(d: Derived) -> Count:
    clear = sum(item.verdict.strength == "clear" for item in d.workloads.values())
    seen, held = d.evaluation.only(held_out=False), d.evaluation.only(held_out=True)
    text = (
        f"{clear} of {len(d.workloads)} verdicts stand whichever single rule is struck out. Set against published "
        f"decisions the rules say the same in {_percent(seen.agreement)} of {len(seen.judged)}, and in "
        f"{_percent(held.agreement)} of {len(held.judged)} that were collected afterwards."
    )
    return Count(text, "routing/", "rules against decisions")


def _percent(share: float) -> str:
    """A share as the pages write it."""
    return f"{100 * share:.0f} %"


def _label(d: Derived, verdict: str) -> str:
    text = d.atlas.label("verdicts", verdict)
    return text if verdict == "api" else lower_first(text)


COUNTS: Mapping[str, Callable[[Derived], Count]] = {
    "catalogue": _catalogue,
    "licences": _licences,
    "verdicts": _verdicts,
    "teams": _teams,
    "duties": _duties,
    "classes": _classes,
    "deployments": _deployments,
    "sizing": _sizing,
    "stops": _stops,
    "stages": _stages,
    "decided": _decided,
}
"""Counts by the name under which a question asks for them; the schema lists the same names."""
