"""What the page `/why/` is given: claims by subject, the charts over them, and the law that moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from macros.derive import Derived
from macros.law.feeds import CHANGE_KINDS
from macros.model import Atlas, Change
from macros.story import charts, readings, told
from macros.story.charts import Chart
from macros.story.records import Claim, Figure

NO_LAW = frozenset({"guidance", "proposed", "withdrawn"})
"""Kinds of change that are not law."""
LAST_CHANGES = 8


@dataclass(frozen=True, slots=True)
class _Plan:
    """A chart before its figures are looked up: claims, and the unit of the figures that are drawn."""

    id: str
    kind: str
    title: str
    claims: tuple[str, ...]
    unit: str
    series_only: bool = False


PLANS: Mapping[str, tuple[_Plan, ...]] = {
    "capability-gap": (
        _Plan(
            "lead",
            "line",
            "Lead of the best closed model over the best open-weight model on one leaderboard of votes, over time",
            ("arena-gap-2026", "arena-gap-2025"),
            "percent",
            series_only=True,
        ),
        _Plan(
            "lag",
            "bars",
            "Months by which open-weight models lag closed ones, by reading",
            ("epoch-lag-2025", "epoch-lag-2026", "benchmarks-lag-2026"),
            "months",
        ),
    ),
    "kubernetes": (
        _Plan(
            "production",
            "bars",
            "Share that runs Kubernetes in production, by survey",
            ("kubernetes-production-2025", "kubernetes-production-2020"),
            "percent",
        ),
    ),
    "adoption": (
        _Plan(
            "switching",
            "bars",
            "What builders did with their model within a year",
            ("vendor-switching-2025",),
            "percent",
        ),
        _Plan(
            "open-share",
            "bars",
            "Open models in enterprise use, by surveys of one investor that count differently",
            ("open-weights-enterprise-2025",),
            "percent",
        ),
        _Plan(
            "open-tokens",
            "bars",
            "Open-weight models in the tokens of one router, by two counts",
            ("open-weights-tokens-2025", "open-weights-tokens-2026"),
            "percent",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart with its drawing, the key of its series and its figures with the claims they are from."""

    chart: Chart
    svg: Markup
    legend: tuple[tuple[Markup, str], ...]
    rows: tuple[tuple[Claim, Figure], ...]


def values(derived: Derived) -> dict[str, Any]:
    """Everything the template needs."""
    atlas = derived.atlas
    claims = by_subject(atlas)
    return {
        "claims": claims,
        "charts": {subject: tuple(_drawn(atlas, plan) for plan in plans) for subject, plans in PLANS.items()},
        "readings": {subject: readings.rows(atlas, subject) for subject in claims},
        "told": told.told,
        "interval": told.interval,
        "when": told.when,
        "origin": [claim for own in claims.values() for claim in own if claim.origin],
        "holds": HOLDS,
        "moved": moved(atlas),
        "kinds": CHANGE_KINDS,
    }


HOLDS = {
    "yes": "holds as worded",
    "partly": "holds in part",
    "no": "does not hold as worded",
    "unconfirmed": "not confirmed",
}
"""What the page says of a statement of the origin; the schema of claims has the same list."""


def by_subject(atlas: Atlas) -> dict[str, tuple[Claim, ...]]:
    """The claims of each subject, in the order of the vocabulary."""
    return {
        subject: tuple(claim for claim in atlas.claims.values() if claim.subject == subject)
        for subject in atlas.vocabulary["claim-subjects"].terms
    }


def moved(atlas: Atlas) -> list[Change]:
    """The newest changes that are law, newest first."""
    law = [change for change in atlas.changes.values() if change.kind not in NO_LAW]
    return sorted(law, key=lambda change: (change.date, change.title), reverse=True)[:LAST_CHANGES]


def _drawn(atlas: Atlas, plan: _Plan) -> Drawn:
    rows = tuple(_rows(atlas, plan))
    chart = Chart(plan.id, plan.kind, plan.title, tuple(figure for _, figure in rows))
    return Drawn(chart, charts.draw(chart), tuple(charts.legend(chart)), rows)


def _rows(atlas: Atlas, plan: _Plan) -> Iterator[tuple[Claim, Figure]]:
    for id_ in plan.claims:
        for figure in atlas.claims[id_].figures:
            if figure.unit == plan.unit and (figure.series or not plan.series_only):
                yield atlas.claims[id_], figure
