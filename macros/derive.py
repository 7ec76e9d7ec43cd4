"""Everything that follows from an atlas, computed once: verdicts, suggestions, notes, and who refers to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from macros import citations
from macros.citations import Citation
from macros.law import known
from macros.law.classify import Classification, classify
from macros.law.notes import Note, notes
from macros.model import Atlas, Deployment, Engine, Obligation, Team, Workload
from macros.routing import VERDICTS, Router, Verdict, with_team
from macros.routing.judge import Evaluation, judge
from macros.sizing.engines import DEFAULT_ENGINE, rules
from macros.sizing.planner import Planner
from macros.stages import Placement, place
from macros.suggestions import StepSuggestions, suggest

Grid = tuple[tuple[str, tuple[tuple[str, Verdict], ...]], ...]
"""For each platform maturity, the verdict for each time to value; the rest as for the reference team."""


@dataclass(frozen=True, slots=True, repr=False)
class DerivedWorkload:
    """What follows for one workload. `by_team` has a verdict for every team, the reference team included."""

    workload: Workload
    verdict: Verdict
    by_team: tuple[tuple[Team, Verdict], ...]
    grid: Grid
    classification: Classification
    notes: tuple[Note, ...]
    steps: tuple[StepSuggestions, ...]
    engines: tuple[Engine, ...]
    placement: Placement
    own_sources: tuple[str, ...]
    """What the workload's own statements rest on."""
    sources: tuple[str, ...]
    """The same, and what the deployments rest on."""
    deployments: tuple[Deployment, ...]
    """What others did, those with a stated decision first."""


@dataclass(frozen=True, slots=True, repr=False)
class Derived:
    """An atlas with all that follows from it."""

    atlas: Atlas
    router: Router
    evaluation: Evaluation
    evaluation_blind: Evaluation
    """The same without the signal that carries most, capability."""
    workloads: Mapping[str, DerivedWorkload]
    by_pattern: Mapping[str, tuple[DerivedWorkload, ...]]
    by_obligation: Mapping[str, tuple[DerivedWorkload, ...]]
    by_instrument: Mapping[str, tuple[DerivedWorkload, ...]]
    by_model: Mapping[str, tuple[DerivedWorkload, ...]]
    by_accelerator: Mapping[str, tuple[DerivedWorkload, ...]]
    by_engine: Mapping[str, tuple[DerivedWorkload, ...]]
    by_rule: Mapping[str, tuple[DerivedWorkload, ...]]
    obligations_of: Mapping[str, tuple[Obligation, ...]]
    cited_by: Mapping[str, tuple[Citation, ...]]
    """The statements that rest on a source."""


def derive(atlas: Atlas) -> Derived:
    """Compute everything. Pure: depends on the atlas alone. Of law, what was known on its `as_of`."""
    atlas = known.on(atlas, atlas.settings.as_of)
    router = Router(atlas.signals, atlas.rules, atlas.forms)
    planner = Planner(atlas.accelerators.values(), rules(DEFAULT_ENGINE))
    workloads = {id_: _workload(atlas, router, planner, workload) for id_, workload in atlas.workloads.items()}
    every = tuple(workloads.values())
    return Derived(
        atlas=atlas,
        router=router,
        evaluation=judge(router, atlas.deployments.values()),
        evaluation_blind=judge(router, atlas.deployments.values(), withhold="capability"),
        workloads=workloads,
        by_pattern={p: tuple(d for d in every if d.workload.pattern == p) for p in atlas.patterns},
        by_obligation={
            o: tuple(d for d in every if any(n.obligation.id == o for n in d.notes)) for o in atlas.obligations
        },
        by_instrument={
            i: tuple(d for d in every if any(n.obligation.instrument == i for n in d.notes))
            for i in atlas.instruments
        },
        by_model={m: tuple(d for d in every if _uses_model(d, m)) for m in atlas.models},
        by_accelerator={a: tuple(d for d in every if _uses_card(d, a)) for a in atlas.accelerators},
        by_engine={e: tuple(d for d in every if any(x.id == e for x in d.engines)) for e in atlas.engines},
        by_rule={r: tuple(d for d in every if d.verdict.deciding.id == r) for r in atlas.rules},
        obligations_of={
            i: tuple(o for o in atlas.obligations.values() if o.instrument == i) for i in atlas.instruments
        },
        cited_by=citations.by_source(atlas),
    )


def _workload(atlas: Atlas, router: Router, planner: Planner, workload: Workload) -> DerivedWorkload:
    by_team = tuple((team, router.route(with_team(workload.signals, team))) for team in atlas.teams.values())
    reference = next(v for team, v in by_team if team.id == atlas.settings.reference_team)
    steps = tuple(
        suggest(need, atlas.models, planner, atlas.vocabulary["size-classes"]) for need in workload.needs
    )
    reach = {instrument.id: instrument.jurisdiction for instrument in atlas.instruments.values()}
    found = notes(workload.facts, atlas.obligations.values(), atlas.settings.as_of, reach, reference.verdict)
    others = [item for item in atlas.deployments.values() if workload.id in item.workloads]
    own = tuple(dict.fromkeys(citations.ids(atlas.raw[("workloads", workload.id)])))
    return DerivedWorkload(
        workload=workload,
        verdict=reference,
        by_team=by_team,
        grid=_grid(atlas, router, workload),
        classification=classify(workload.facts),
        notes=found,
        steps=steps,
        engines=_engines(atlas, workload),
        placement=place(workload, reference, steps, atlas.accelerators),
        own_sources=own,
        sources=tuple(dict.fromkeys((*own, *(source for item in others for source in item.sources)))),
        deployments=tuple(sorted(others, key=lambda item: item.verdict not in VERDICTS)),
    )


def _grid(atlas: Atlas, router: Router, workload: Workload) -> Grid:
    reference = with_team(workload.signals, atlas.teams[atlas.settings.reference_team])

    def levels(signal: str) -> list[str]:
        return [level.id for level in atlas.signals[signal].levels]

    return tuple(
        (
            maturity,
            tuple(
                (urgency, router.route({**reference, "platform_maturity": maturity, "time_to_value": urgency}))
                for urgency in levels("time_to_value")
            ),
        )
        for maturity in levels("platform_maturity")
    )


def _engines(atlas: Atlas, workload: Workload) -> tuple[Engine, ...]:
    """Engines that serve the job of at least one step, by stage; retired ones are never suggested."""
    jobs = {need.job for need in workload.needs}
    stages = list(atlas.vocabulary["stages"].terms)
    suited = [e for e in atlas.engines.values() if not e.retired and jobs & set(e.jobs)]
    return tuple(sorted(suited, key=lambda e: (min(stages.index(s) for s in e.stages), e.title)))


def _uses_model(derived: DerivedWorkload, model: str) -> bool:
    suggested = any(s.model.id == model for step in derived.steps for s in step.suggestions)
    also = any(a.model.id == model for step in derived.steps for a in step.also)
    return suggested or also or any(remark.model == model for remark in derived.workload.considered)


def _uses_card(derived: DerivedWorkload, accelerator: str) -> bool:
    """Whether the workload's page names the accelerator in a plan, for a suggestion or another suitable model."""
    plans = [
        found for step in derived.steps for s in step.suggestions for found in (s.found, s.quantised) if found
    ]
    plans += [other.found for step in derived.steps for other in step.also]
    return any(accelerator in found.accelerators for found in plans)
