"""Everything that follows for a portfolio, as plain values: what the command prints and the page computes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from macros.law.counts import by_state
from macros.portfolio.asked import FORMAT, Chosen, Portfolio
from macros.portfolio.base import Base, Item, standing
from macros.portfolio.duties import union
from macros.portfolio.order import due, ranks, turns
from macros.portfolio.pools import Load, Pool, could_share, loads, pools, totals


def whole(base: Base, team: str | None = None) -> Portfolio:
    """All workloads of the base in their typical month."""
    return Portfolio(tuple(Chosen(id_) for id_ in base.items), team=team)


def answer(base: Base, asked: Portfolio) -> dict[str, Any]:
    """The answer for a portfolio whose ids the base knows. Workloads stand in order of their titles."""
    atlas = base.derived.atlas
    team = asked.team or atlas.settings.reference_team
    chosen = {item.id: item for item in asked.workloads}
    items = [item for id_, item in base.items.items() if id_ in chosen]
    every = [loads(item, chosen[item.id]) for item in items]
    pooled, apart = (pools(base, asked, team, every, alone) for alone in (False, True))
    duties = union(base, items, team)
    rank = ranks(base, team)
    return {
        "format": FORMAT,
        "as_of": atlas.settings.as_of,
        "title": asked.title,
        "team": team,
        "tier": asked.tier,
        "peaks": asked.peaks,
        "must_stay": asked.must_stay,
        "card": asked.card,
        "measured": {id_: asked.measured[id_] for id_ in sorted(asked.measured)},
        "workloads": [
            {**_workload(base, item, chosen[item.id], team), "steps": [_step(load, asked.tier) for load in found]}
            for item, found in zip(items, every, strict=True)
        ],
        "verdicts": _places(items, team),
        "pools": [_pool(base, pool, pooled) for pool in pooled],
        "apart": [_pool(base, pool) for pool in apart],
        "totals": {"pooled": totals(base, pooled), "apart": totals(base, apart)},
        "counts": by_state(duty.state for duty in duties),
        "obligations": [
            {
                "id": duty.obligation,
                "state": duty.state,
                "applies_from": duty.applies_from,
                "workloads": list(duty.by),
                "certain": list(duty.certain),
            }
            for duty in duties
        ],
        "order": [
            {"workload": turn.workload, "new": list(turn.new), "running": list(turn.running)}
            for turn in turns(rank, [item.id for item in items], pooled)
        ],
    }


def _places(items: Sequence[Item], team: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"self-host": [], "hybrid": [], "api": []}
    for item in items:
        found[standing(item, team).verdict.verdict].append(item.id)
    return found


def _workload(base: Base, item: Item, chosen: Chosen, team: str) -> dict[str, Any]:
    stand, volumes = standing(item, team), item.item.workload.volumes
    amount = chosen.per_month or volumes.per_month.typical
    day = due(base, item, stand.verdict.verdict)
    return {
        "id": item.id,
        "verdict": stand.verdict.verdict,
        "inside": stand.verdict.inside.id if stand.verdict.inside else None,
        "outside": stand.verdict.outside.id if stand.verdict.outside else None,
        "stage": stand.stage,
        "must_stay": item.must_stay,
        "next_day": day[0] if day else None,
        "next_day_certain": day[1] if day else None,
        "per_month": amount,
        "requests": math.floor(amount * volumes.requests_per_unit + 0.5),
        "tokens_in": amount * volumes.tokens_in_per_unit,
        "tokens_out": amount * volumes.tokens_out_per_unit,
    }


def _step(load: Load, tier: str) -> dict[str, Any]:
    pick = load.step.picks.get(tier)
    return {
        "id": load.step.need.id,
        "at_once": load.peak,
        "stated": load.stated,
        "model": pick.model if pick else None,
        "nearest": pick.nearest if pick else False,
    }


def _pool(base: Base, pool: Pool, every: Sequence[Pool] | None = None) -> dict[str, Any]:
    body: dict[str, Any] = {
        "model": pool.model,
        "place": pool.place,
        "own": pool.own,
        "steps": [list(load.key) for load in pool.loads],
        "counted": pool.counted,
        **_hosting(base, pool),
    }
    if every is not None:
        body["isolation"] = pool.isolation
        body["could_join"] = [list(key) for key in could_share(pool, every)] if _shared(pool) else []
    return body


def _shared(pool: Pool) -> bool:
    return len(pool.workloads) > 1


def _hosting(base: Base, pool: Pool) -> Mapping[str, Any]:
    hosting = pool.hosting
    if hosting is None:
        return {"accelerator": None, "per_copy": 0, "copies": 0, "at_once": 0, "late": False}
    accelerator, count = base.sets[hosting.set]
    return {
        "accelerator": accelerator.id,
        "per_copy": count,
        "copies": hosting.copies,
        "at_once": hosting.at_once,
        "late": hosting.late,
    }
