"""Older and newer readings of one question side by side, as `/why/` shows them above the claims.

The figures are looked up in `atlas/claims/`. Here is only which of them answer one question, and what keeps them
apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from macros.model import Atlas
from macros.story.records import Claim, Figure

Pick = tuple[str, str]
"""Id of a claim; beginning of the label of one of its figures, and the day it is of: `Lag in coding@2024`."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """A question with the figures that answered it before, those that answer it now, and how they differ."""

    question: str
    older: tuple[Pick, ...]
    newer: tuple[Pick, ...]
    apart: str


LEADER = "Best closed model over best open-weight model"
PLANS: Mapping[str, tuple[_Plan, ...]] = {
    "capability-gap": (
        _Plan(
            "Lead on one leaderboard of votes, in points",
            (("arena-points-2026", f"{LEADER}@2024-08"), ("arena-points-2026", f"{LEADER}@2026-03")),
            (("arena-points-2026", f"{LEADER}@2026-06-16"),),
            "One series. Each score has a margin of several points, and nothing after June was found.",
        ),
        _Plan(
            "Lead on the same leaderboard, as a share of the score",
            (("arena-gap-2025", f"{LEADER}@2025-02"),),
            (("arena-gap-2026", f"{LEADER}@2026-03"),),
            "Two editions of one report; for later months no share was found.",
        ),
        _Plan(
            "Lag in time on a composite of benchmarks",
            (("epoch-lag-2025", "Average lag@2025-10"),),
            (("epoch-lag-2026", "Average lag@2026-05"),),
            "Both are averages. The earlier interval is so wide that they may not differ.",
        ),
        _Plan(
            "Lead on composites of benchmarks, in points",
            (("epoch-lag-2026", "The same in points@2026-05"),),
            (
                ("epoch-points-july-2026", "Best closed over best open-weight model, Epoch@2026-07"),
                ("epoch-points-july-2026", "Best closed over best open-weight model, Artificial@2026-07"),
            ),
            "An average over months beside the best two of one day; the second index has a scale of its own.",
        ),
        _Plan(
            "Lag in coding",
            (("benchmarks-lag-2026", "Lag in coding, at its start@2024"),),
            (("benchmarks-lag-2026", "Lag in coding, at its end@2026-06"),),
            "One author’s reading; on most other benchmarks the lag did not shrink.",
        ),
    ),
    "adoption": (
        _Plan(
            "Open models at enterprises",
            (
                ("open-weights-enterprise-2025", "Workloads on open models@2024-11"),
                ("open-weights-enterprise-2025", "Workloads on open models@2025-07"),
            ),
            (("open-weights-enterprise-2025", "Use of open models@2025-11"),),
            "The newest counts spending through APIs and leaves out inference of one’s own.",
        ),
        _Plan(
            "Open models in the tokens of one router",
            (("open-weights-tokens-2025", "Tokens@2025-11"),),
            (("open-weights-tokens-2026", "Tokens@2026-06"),),
            "Two ways of counting. The models are called over a network, not hosted by who calls.",
        ),
        _Plan(
            "Open models among developers, and who reaches production",
            (),
            (
                ("open-weights-developers-2026", "Use open models@2026"),
                ("open-weights-developers-2026", "Use closed models@2026"),
                ("open-weights-developers-2026", "Reach production, of those with open@2026"),
                ("open-weights-developers-2026", "Reach production, of those with closed@2026"),
            ),
            "People, not volume; an open model may be called as well.",
        ),
        _Plan(
            "Leaving a vendor",
            (("vendor-switching-2025", "Changed vendor@2025-07"),),
            (
                ("migration-2026", "Had attempted@2026-05"),
                ("migration-2026", "Tried it, and it failed@2026-05"),
            ),
            "Two questions: changed within a year, for models; ever attempted, for AI vendors of any kind.",
        ),
        _Plan(
            "Several models side by side",
            (("model-families-2026", "Five or more@2024"), ("model-families-2026", "Five or more@2025")),
            (
                ("model-families-2026", "Three or more@2026"),
                ("models-in-production-2026", "Three or more@2026"),
            ),
            "What large companies say, and what one vendor’s monitoring saw at its customers.",
        ),
        _Plan(
            "Adapting by retrieval",
            (("adaptation-2024", "Use retrieval@2024-11"),),
            (("retrieval-2025", "Adapt by retrieval@2025"),),
            "Enterprises beside people who build with models; neither was read in the report itself.",
        ),
        _Plan(
            "Adapting by fine-tuning",
            (("adaptation-2024", "Use fine-tuning@2024-11"),),
            (),
            "No newer share was found that a second place confirms.",
        ),
    ),
}

Told = tuple[tuple[Claim, Figure], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A question with its older and newer figures and the claims they are from."""

    question: str
    older: Told
    newer: Told
    apart: str


def readings(atlas: Atlas, subject: str) -> tuple[Reading, ...]:
    """The rows of a subject; an unknown figure stops the build."""
    return tuple(
        Reading(plan.question, _told(atlas, plan.older), _told(atlas, plan.newer), plan.apart)
        for plan in PLANS.get(subject, ())
    )


def _told(atlas: Atlas, picks: tuple[Pick, ...]) -> Told:
    return tuple((atlas.claims[id_], _figure(atlas.claims[id_], pick)) for id_, pick in picks)


def _figure(claim: Claim, pick: str) -> Figure:
    label, _, when = pick.rpartition("@")
    (found,) = (f for f in claim.figures if f.label.startswith(label) and f.when == when)
    return found
