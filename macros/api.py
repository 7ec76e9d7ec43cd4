"""The JSON of every record: what was written, and what follows from it."""

from __future__ import annotations

import json
from typing import Any

from macros import freshness, workloads_table
from macros.derive import Derived, DerivedWorkload
from macros.kinds import KINDS
from macros.law import matrix
from macros.law.counts import by_state
from macros.law.notes import Note, state_on
from macros.law.questions import told
from macros.model import Atlas, Obligation
from macros.plan_text import found_json
from macros.routing import Verdict
from macros.suggestions import StepSuggestions
from macros.urls import address, json_address

FORMAT = 2
"""Version of the JSON layout; raised when a key changes its meaning or goes away."""


def files(derived: Derived) -> dict[str, str]:
    """Path below the site root -> text: JSON for every record, an index for each kind, tables, days of review."""
    atlas = derived.atlas
    out: dict[str, str] = {}
    for kind in KINDS:
        listed = []
        for id_ in atlas.of(kind.folder):
            body: dict[str, Any] = {
                "format": FORMAT,
                "as_of": atlas.settings.as_of,
                "kind": kind.singular,
                "id": id_,
                "page": address(kind.folder, id_),
                "file": atlas.files[(kind.folder, id_)],
                "record": atlas.raw[(kind.folder, id_)],
            }
            if kind.folder == "workloads":
                body["pattern"] = atlas.workloads[id_].pattern
                body["derived"] = _workload(atlas, derived.workloads[id_])
            if kind.folder == "obligations":
                body["instrument"] = atlas.obligations[id_].instrument
                body["derived"] = _dated(atlas.obligations[id_], atlas.settings.as_of)
            out[json_address(kind.folder, id_)] = _text(body)
            listed.append({"id": id_, "title": body["record"]["title"], "json": json_address(kind.folder, id_)})
        index = {"format": FORMAT, "as_of": atlas.settings.as_of, "kind": kind.singular, "records": listed}
        out[f"api/{kind.folder}/index.json"] = _text(index)
    out[matrix.CSV] = matrix.table(derived)
    out[workloads_table.CSV] = workloads_table.as_csv(derived)
    out[freshness.JSON] = _text(freshness.as_json(atlas, atlas.settings.as_of))
    out[workloads_table.JSON] = workloads_table.as_json(derived)
    return out


def _text(body: dict[str, Any]) -> str:
    return json.dumps(body, indent=1, ensure_ascii=False) + "\n"


def _dated(obligation: Obligation, day: str) -> dict[str, str | None]:
    """State and days as law told them on `as_of`; the record itself holds those of its last check."""
    return {
        "state": state_on(obligation, day),
        "applies_from": obligation.applies_from,
        "moved_from": obligation.moved_from,
    }


def _note(atlas: Atlas, note: Note) -> dict[str, Any]:
    """A note with what the page shows of it; texts of the obligation itself are in its own file."""
    obligation = note.obligation
    return {
        "id": obligation.id,
        "instrument": obligation.instrument,
        "provision": obligation.provision,
        "text_url": obligation.text_url,
        "binds": list(obligation.binds),
        "controls": list(obligation.controls),
        "state": note.state,
        "applies_from": obligation.applies_from,
        "conditional": note.conditional,
        "matched": {match.fact: list(match.terms) for match in note.matches},
        "open": told(atlas, note.open),
        "if_sectors": list(note.if_sectors),
        "if_role": note.if_role,
        "if_high_risk": note.if_high_risk,
        "answered_by": {verdict: answer.by for verdict, answer in obligation.by_deployment.items()},
        "proof": obligation.proof,
        "fine": obligation.fine,
        "confidence": obligation.confidence,
        "checked": obligation.reviewed,
        "sources": list(obligation.sources),
    }


def _workload(atlas: Atlas, item: DerivedWorkload) -> dict[str, Any]:
    return {
        "verdict": _verdict(item.verdict),
        "verdict_by_team": {team.id: _verdict(verdict) for team, verdict in item.by_team},
        "ai_act_class": item.classification.id,
        "obligation_counts": by_state(note.state for note in item.notes),
        "obligations": [_note(atlas, note) for note in item.notes],
        "steps": [_step(step) for step in item.steps],
        "engines": [engine.id for engine in item.engines],
        "stage": {"id": item.placement.stage, "reasons": list(item.placement.reasons)},
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "verdict": verdict.verdict,
        "strength": verdict.strength,
        "form_inside": verdict.inside.id if verdict.inside else None,
        "form_outside": verdict.outside.id if verdict.outside else None,
        "decided_by": verdict.deciding.id,
        "reasons": [rule.id for rule in verdict.reasons],
        "against": {argument.signal: argument.level for argument in verdict.against},
        "overruled": [rule.id for rule in verdict.overruled],
        "hinges_on": {hinge.rule.id: hinge.verdict for hinge in verdict.hinges},
        "because": {
            rule: {change.signal: change.level for change in changes} for rule, changes in verdict.because.items()
        },
        "flips": [
            {"verdict": flip.verdict, "changes": {change.signal: change.level for change in flip.changes}}
            for flip in verdict.flips
        ],
    }


def _step(step: StepSuggestions) -> dict[str, Any]:
    return {
        "need": step.need.id,
        "suggestions": [
            {
                "rank": suggestion.rank,
                "tiers": list(suggestion.tiers),
                "model": suggestion.model.id,
                "size_class": suggestion.size_class,
                "reasons": list(suggestion.reasons),
                "cautions": list(suggestion.cautions),
                "gives_up": {"against": suggestion.above, "what": list(suggestion.gives_up)},
                "costs_more": {"than": suggestion.below, "what": list(suggestion.costs)},
                "licence": {term.question: term.answer for term in suggestion.terms},
                **found_json(suggestion.found),
                "smaller_checkpoint": found_json(suggestion.quantised) if suggestion.quantised else None,
            }
            for suggestion in step.suggestions
        ],
        "also_suitable": [item.model.id for item in step.also],
        "ruled_out": {item.model.id: list(item.reasons) for item in step.ruled_out},
    }
