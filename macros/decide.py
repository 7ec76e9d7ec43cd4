"""The data of the decision tool at `/decide/`: everything it shows, computed here and written as one script."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from macros.derive import Derived, DerivedWorkload
from macros.law import AI_ACT
from macros.routing import versions
from macros.routing.export import routing
from macros.scripts import as_script, cited
from macros.urls import address

FILE = "assets/js/decide/data.js"
MOST_NOTES = 6
_SKELETON = Path(__file__).parent / "templates" / "new_workload.yml"


def script(values: Mapping[str, Any]) -> str:
    """`data` as the script that sets `window.WA_DECIDE`."""
    return as_script("WA_DECIDE", values)


def data(derived: Derived) -> dict[str, Any]:
    """Table, texts and workloads."""
    atlas = derived.atlas
    return {
        **routing(atlas, derived.router),
        "reference_team": {
            "title": atlas.teams[atlas.settings.reference_team].title,
            "signals": dict(atlas.teams[atlas.settings.reference_team].signals),
        },
        "workloads": [_workload(derived, item) for item in derived.workloads.values()],
        "sources": _sources(derived),
        "documents": {
            assurance.form: [{"document": d.document, "shows": d.shows} for d in assurance.ask_for]
            for assurance in reversed(list(atlas.assurances.values()))  # of several places of a form, the first
            if assurance.form
        },
        "closed": [
            {"title": hop.title, "note": hop.when_down_note}
            for hop in atlas.hops.values()
            if hop.when_inside_is_down == "closed"
        ],
        "skeleton": _SKELETON.read_text(encoding="utf-8"),
    }


def _workload(derived: Derived, item: DerivedWorkload) -> dict[str, Any]:
    workload, instruments = item.workload, derived.atlas.instruments
    firm = [note for note in item.notes if not note.conditional]
    # Duties of the AI Act first, half of the places at most, so that neither law hides the other.
    act = [note for note in firm if note.obligation.instrument == AI_ACT][: MOST_NOTES // 2]
    firm = act + [note for note in firm if note not in act]
    return {
        "id": workload.id,
        "title": workload.title,
        "url": address("workloads", workload.id),
        "signals": dict(workload.signals),
        "verdict": item.verdict.verdict,
        "inside": workload.split.inside,
        "outside": workload.split.outside,
        "class": item.classification.title,
        "models": [
            {
                "step": step.need.title,
                "models": [
                    {"title": s.model.title, "url": address("models", s.model.id)} for s in step.suggestions[:2]
                ],
            }
            for step in item.steps
        ],
        "notes": len(item.notes),
        "first_notes": [
            {
                "title": note.obligation.title,
                "law": f"{instruments[note.obligation.instrument].title}, {note.obligation.provision}",
                "url": address("obligations", note.obligation.id),
                "from": note.obligation.applies_from if note.state == "applies-from" else None,
            }
            for note in firm[:MOST_NOTES]
        ],
    }


def _sources(derived: Derived) -> dict[str, dict[str, str]]:
    """The sources that rules cite."""
    return cited(derived.atlas, (source for rule in derived.atlas.rules.values() for source in rule.sources))


def fragment(derived: Derived, signals: dict[str, str] | None = None, start: str | None = None) -> str:
    """The part of an address that opens the tool with these answers, or from a workload."""
    parts = {"v": str(versions.current(derived.atlas.versions).version)}
    if start:
        parts["from"] = start
    return "#" + urlencode({**parts, **(signals or {})})
