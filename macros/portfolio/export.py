"""The data of the page `/portfolio/`: tables from which the browser adds, rounds up and picks what is least.

Places in lists stand for ids. A capacity is `[set, requests or null, 1 if late]`; a rank is that of `order.ranks`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from macros.law import ADVICE
from macros.law.counts import KINDS as COUNTED
from macros.law.notes import STATES
from macros.portfolio import order
from macros.portfolio.asked import DEFAULTS, FORMAT, MUST_STAY, PEAKS, TIERS, cards
from macros.portfolio.base import Base, Item, Step, notes_for, standing
from macros.portfolio.duties import KINDS
from macros.portfolio.pools import SLACK
from macros.portfolio.report import ASSUMED, ISOLATION
from macros.routing import VERDICTS
from macros.scripts import as_script
from macros.sizing.sets import STEP_GIB
from macros.urls import address
from macros.words import one_line

FILE = "assets/js/portfolio/data.js"
SCHEMA = Path(__file__).resolve().parents[2] / "schema" / "portfolio.schema.json"


def script(base: Base) -> str:
    """The data as a script that sets `window.WA_PORTFOLIO`."""
    return as_script("WA_PORTFOLIO", data(base))


def data(base: Base) -> dict[str, Any]:
    """Everything the page computes and shows."""
    atlas = base.derived.atlas
    models = sorted({id_ for item in base.items.values() for step in item.steps for id_ in _named(step)})
    duties = sorted(o.id for o in atlas.obligations.values() if base.derived.by_obligation[o.id])
    ranks = {team: order.ranks(base, team) for team in atlas.teams}
    return {
        "format": FORMAT,
        "as_of": atlas.settings.as_of,
        "advice": ADVICE,
        "team": atlas.settings.reference_team,
        "defaults": DEFAULTS,
        "slack": SLACK,
        "step_gib": STEP_GIB,
        "teams": [[t.id, one_line(t.title), one_line(t.summary)] for t in atlas.teams.values()],
        "tiers": list(TIERS.items()),
        "peaks": list(PEAKS.items()),
        "must_stay": list(MUST_STAY.items()),
        "verdicts": [[id_, atlas.label("verdicts", id_)] for id_ in reversed(VERDICTS)],
        "forms": {form.id: one_line(form.title) for form in atlas.forms.values()},
        "stages": {id_: term.label for id_, term in atlas.vocabulary["stages"].terms.items()},
        "states": STATES,
        "kinds": KINDS,
        "counted": COUNTED,
        "assumed": ASSUMED,
        "isolation": ISOLATION,
        "rule": order.RULE,
        "cards": [[id_, one_line(atlas.accelerators[id_].title)] for id_ in cards(atlas)],
        "sets": [
            [accelerator.id, count, base.gib(number), base.batch[number]]
            for number, (accelerator, count) in enumerate(base.sets)
        ],
        "models": [_model(base, id_) for id_ in models],
        "obligations": [_obligation(base, id_) for id_ in duties],
        "patterns": [[p.id, one_line(p.title)] for p in atlas.patterns.values()],
        "workloads": [_workload(base, item, models, duties, ranks) for item in base.items.values()],
        "known": {"workloads": list(atlas.workloads), "models": list(atlas.models), "teams": list(atlas.teams)}
        | {"accelerators": list(atlas.accelerators)},
        "former": {folder: dict(atlas.settings.former_ids.get(folder, {})) for folder in ("workloads", "models")},
        "schema": json.loads(SCHEMA.read_text(encoding="utf-8")),
    }


def _named(step: Step) -> set[str]:
    return {pick.model for pick in step.picks.values()} | set(step.suffices)


def _model(base: Base, id_: str) -> dict[str, Any]:
    model = base.derived.atlas.models[id_]
    return {
        "id": id_,
        "title": one_line(model.title),
        "licence": one_line(model.license.title),
        "commercial": model.license.commercial,
        "confirmed": model.license.confidence == "confirmed",
    }


def _obligation(base: Base, id_: str) -> list[str | None]:
    """Id, title, law with provision, day from which it applies, and place on the site."""
    atlas = base.derived.atlas
    record = atlas.obligations[id_]
    law = f"{atlas.instruments[record.instrument].title}, {record.provision}"
    return [id_, one_line(record.title), one_line(law), record.applies_from, address("obligations", id_)]


def _workload(
    base: Base, item: Item, models: list[str], duties: list[str], ranks: dict[str, dict[str, int]]
) -> dict[str, Any]:
    record = item.item.workload
    volumes = record.volumes
    teams = [_standing(base, item, team, ranks[team][item.id]) for team in base.derived.atlas.teams]
    return {
        "id": item.id,
        "title": one_line(record.title),
        "pattern": record.pattern,
        "unit": one_line(volumes.unit),
        "months": [volumes.per_month.low, volumes.per_month.typical, volumes.per_month.high],
        "basis": one_line(volumes.basis),
        "rhythm": one_line(volumes.rhythm),
        "factor": volumes.peak_factor,
        "per_unit": [volumes.requests_per_unit, volumes.tokens_in_per_unit, volumes.tokens_out_per_unit],
        "must_stay": item.must_stay,
        "teams": teams,
        "notes": {verdict: _notes(base, item, verdict, duties) for verdict in dict.fromkeys(t[0] for t in teams)},
        "steps": [_step(step, models) for step in item.steps],
    }


def _standing(base: Base, item: Item, team: str, rank: int) -> list[Any]:
    """Verdict, form inside and outside, stage, place, rank, next day of law and whether it is certain."""
    found = standing(item, team)
    verdict, day = found.verdict, order.due(base, item, found.verdict.verdict)
    return [
        verdict.verdict,
        verdict.inside.id if verdict.inside else None,
        verdict.outside.id if verdict.outside else None,
        found.stage,
        found.place,
        rank,
        *(day or (None, None)),
    ]


def _notes(base: Base, item: Item, verdict: str, duties: list[str]) -> list[list[int]]:
    """Each note as place of its obligation, place of its state, and 1 where it depends on an answer."""
    places = {id_: number for number, id_ in enumerate(duties)}
    return [
        [places[note.obligation.id], STATES.index(note.state), int(note.conditional)]
        for note in notes_for(base.derived, item, verdict)
    ]


def _step(step: Step, models: list[str]) -> dict[str, Any]:
    return {
        "id": step.need.id,
        "title": one_line(step.need.title),
        "at_once": step.need.concurrency,
        "uncounted": step.uncounted,
        "picks": {tier: [models.index(pick.model), int(pick.nearest)] for tier, pick in step.picks.items()},
        "suffices": [models.index(id_) for id_ in step.suffices],
        "holds": {
            str(models.index(id_)): [[c.set, c.requests, int(c.late)] for c in found]
            for id_, found in step.capacities.items()
        },
    }
