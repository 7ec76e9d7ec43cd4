"""Rows about models and what they run on. Steps that ask the same job of a model stand in the same row."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from macros.compare import cells as c
from macros.derive import Derived, DerivedWorkload
from macros.model import Atlas, Need
from macros.render import duration
from macros.sizing.planner import Found
from macros.stages import NODE_CARD, NODE_CARDS
from macros.suggestions import StepSuggestions, Suggestion
from macros.urls import address
from macros.words import lower_first

NO_STEP = "no such step"


def models(derived: Derived) -> c.Section:
    """For every job: what the steps ask, and the models suggested with their smallest sets of cards."""
    atlas, workloads = derived.atlas, derived.workloads
    rows = [
        c.row("models", "Models suggested", workloads, _every_model, absent="none of the catalogue"),
        c.row("accelerators", "Smallest sets of accelerators", workloads, _every_set, absent="none computed"),
        c.row("jobs", "Kinds of model", workloads, lambda w: _jobs(atlas, w)),
        c.row("engines", "Engines that serve them", workloads, _engines, absent="none in the catalogue"),
    ]
    for job in atlas.vocabulary["jobs"].terms:
        label = atlas.label("jobs", job)
        rows.append(
            c.row(
                f"{job}-asks", f"{label}: what is asked", workloads, _per(atlas, job, _asks, _kind), absent=NO_STEP
            )
        )
        rows.append(
            c.row(
                f"{job}-models",
                f"{label}: models",
                workloads,
                _per(atlas, job, _suggested, _plans),
                absent=NO_STEP,
            )
        )
    return c.Section(
        "models",
        "Models and plans",
        tuple(rows),
        "Models for each step in up to three tiers, each on the smallest set of cards that holds it, by vLLM’s "
        "own memory rules. Nothing here is a quality score.",
    )


def infrastructure(derived: Derived) -> c.Section:
    """The stage at which everything is there that the workload asks for."""
    atlas, workloads = derived.atlas, derived.workloads

    def stage(item: DerivedWorkload) -> c.Cell:
        id_ = item.placement.stage
        return c.lines((c.link(atlas.stages[id_].title, address("stages", id_)),))

    return c.Section(
        "infrastructure",
        "Infrastructure",
        (
            c.row("stage", "Stage", workloads, stage),
            c.row("because", "Because", workloads, lambda w: c.items(*map(c.tag, w.placement.reasons))),
            c.row(
                "node",
                f"On one node of {NODE_CARDS} × {atlas.accelerators[NODE_CARD].title}",
                workloads,
                _on_node,
                absent="not computed",
                own="figures",
            ),
        ),
    )


def _on_node(item: DerivedWorkload) -> c.Cell | None:
    found = item.placement.tightest
    if found is None:
        return None
    return c.lines(
        (c.strong(f"{found.holds:,}"), f" requests at once by memory; {found.needs:,} asked"),
        (c.quiet(found.step),),
    )


def _jobs(atlas: Atlas, item: DerivedWorkload) -> c.Cell:
    return c.items(*(c.tag(atlas.label("jobs", job)) for job in dict.fromkeys(n.job for n in item.workload.needs)))


def _engines(item: DerivedWorkload) -> c.Cell | None:
    found = [c.tag(engine.title, address("engines", engine.id)) for engine in item.engines]
    return c.items(*found) if found else None


Tell = Callable[[Atlas, StepSuggestions], Iterable[c.Line]]


def _per(
    atlas: Atlas, job: str, tell: Tell, means: Callable[[StepSuggestions], Iterable[str]]
) -> Callable[[DerivedWorkload], c.Cell | None]:
    """The steps of a workload with this job, told one after the other under their titles."""

    def cell(item: DerivedWorkload) -> c.Cell | None:
        steps = [step for step in item.steps if step.need.job == job]
        found: list[c.Line] = []
        for step in steps:
            found += [(c.strong(step.need.title),), *tell(atlas, step)]
        said = sorted({text for step in steps for text in means(step)})
        return c.meaning(said, *found) if found else None

    return cell


def _kind(step: StepSuggestions) -> Iterable[str]:
    """What kind of model is asked for; how long, how many and how fast are figures of the step."""
    need = step.need
    sizes = f"{need.least_size} to {need.most_size}"
    yield f"{need.input} → {need.output}, {sizes}, {_wants(need)}"


def _plans(step: StepSuggestions) -> Iterable[str]:
    """Models and what holds them; for which step, and how many requests at once, are figures of the step."""
    return (f"{found.model.id}: {_set(found.found)}" for found in step.suggestions)


def _suggestions(item: DerivedWorkload) -> Iterable[Suggestion]:
    return (found for step in item.steps for found in step.suggestions)


def _every_model(item: DerivedWorkload) -> c.Cell | None:
    found = [c.tag(each.model.title, address("models", each.model.id)) for each in _suggestions(item)]
    return c.items(*dict.fromkeys(found)) if found else None


def _every_set(item: DerivedWorkload) -> c.Cell | None:
    """By size, so that what the largest model needs stands last."""
    plans = [each.found for each in _suggestions(item) if each.found.smallest]
    found = []
    for plan in sorted(plans, key=lambda plan: plan.gib):
        fit = plan.smallest
        assert fit is not None
        card = fit.accelerator
        found.append(c.tag(f"{fit.count} × {card.title}", address("accelerators", card.id)))
    return c.items(*dict.fromkeys(found)) if found else None


def _asks(atlas: Atlas, step: StepSuggestions) -> Iterable[c.Line]:
    need = step.need
    size = atlas.label("size-classes", need.least_size)
    most = f", at most {lower_first(atlas.label('size-classes', need.most_size))}" if need.most_size else ""
    yield (f"{', '.join(need.input)} → {', '.join(need.output)}",)
    if need.context_tokens:
        yield (f"context {need.context_tokens.typical:,} tokens, up to {need.context_tokens.high:,}",)
    yield (f"{need.concurrency:,} at once, done within {duration(need.latency.complete_s)}",)
    yield (f"size: at least {lower_first(size)}{most}",)
    if wants := _wants(need):
        yield (c.quiet(wants),)


def _wants(need: Need) -> str:
    told = ["calls tools"] if need.tools else []
    return ", ".join([*told, "structured output"] if need.structured_output else told)


def _suggested(atlas: Atlas, step: StepSuggestions) -> Iterable[c.Line]:
    if not step.suggestions:
        yield (c.quiet("no model of the catalogue meets this step as stated"),)
    for found in step.suggestions:
        yield (c.rank(found.rank),)
        precision = atlas.label("precisions", found.found.precision)
        yield (c.link(found.model.title, address("models", found.model.id)), " ", c.tag(precision))
        yield (_set(found.found), c.quiet(f"; {_at_once(found)}"))


def _set(found: Found) -> c.Span:
    if found.smallest:
        card = found.smallest.accelerator
        return c.link(
            f"{found.smallest.count} × {card.title}, {found.gib:,.0f} GiB", address("accelerators", card.id)
        )
    if found.weights_set:
        card, count = found.weights_set
        return c.link(f"at least {count} × {card.title} for the weights alone", address("accelerators", card.id))
    return "more than eight cards of any kind"


def _at_once(found: Suggestion) -> str:
    fit = found.found.smallest
    if fit is None or fit.requests is None:
        return "requests at once not computed"
    return f"{int(fit.requests):,} at once for {found.found.demand.concurrency:,} asked"
