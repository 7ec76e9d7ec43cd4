"""Rows that tell what the records of the workloads say: task, signals, facts, deployments, day of review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from macros.compare import cells as c
from macros.derive import Derived, DerivedWorkload
from macros.model import Pattern
from macros.routing import VERDICTS
from macros.urls import address


def task(derived: Derived) -> c.Section:
    """What each workload is, and how much of it there is."""
    patterns, workloads = derived.atlas.patterns, derived.workloads
    return c.Section(
        "task",
        "The task",
        (
            c.row("pattern", "Pattern", workloads, lambda w: c.lines((_pattern(patterns[w.workload.pattern]),))),
            c.row("summary", "In short", workloads, lambda w: c.said(w.workload.summary), own="words"),
            c.row("run-by", "Run by", workloads, lambda w: c.said(w.workload.task.run_by), own="words"),
            c.row("owner", "Answers for it", workloads, lambda w: c.said(w.workload.task.owner), own="words"),
            c.row("volume", "Volume", workloads, _volume, own="figures"),
            c.row("load", "Load", workloads, _load, own="figures"),
        ),
    )


def _pattern(pattern: Pattern) -> c.Span:
    return c.link(pattern.title, address("patterns", pattern.id))


def _volume(item: DerivedWorkload) -> c.Cell:
    found = item.workload.volumes
    a_month = found.per_month
    return c.lines(
        (c.strong(f"{a_month.typical:,.0f}"), f" a month, counted per {found.unit}"),
        (c.quiet(f"from {a_month.low:,.0f} to {a_month.high:,.0f}"),),
    )


def _load(item: DerivedWorkload) -> c.Cell:
    found = item.workload.volumes
    return c.lines(
        (f"{found.tokens_in_per_unit:,} tokens in, {found.tokens_out_per_unit:,} out for one",),
        (f"{found.requests_per_unit:g} requests for one",),
        (f"busiest hour {found.peak_factor:g} times the average",),
    )


def signals(derived: Derived) -> c.Section:
    """The level of each signal about the task, and how far it pulls toward control."""
    rows = []
    for signal in derived.atlas.signals.values():
        if signal.scope != "workload":
            continue
        ids = [level.id for level in signal.levels]
        by_level = {
            level.id: c.lines(
                (c.scale(at, len(ids)), c.strong(level.label)),
                (c.quiet(f"{at} of {len(ids)}"),),
            )
            for at, level in enumerate(signal.levels, 1)
        }
        label = c.link(signal.title, address("signals", signal.id))
        rows.append(c.row(signal.id, label, derived.workloads, _of(by_level, signal.id)))
    return c.Section(
        "signals",
        "Signals",
        tuple(rows),
        "Levels are counted from the weakest pull toward control to the strongest.",
    )


def _of(by_level: dict[str, c.Cell], signal: str) -> Callable[[DerivedWorkload], c.Cell]:
    return lambda item: by_level[item.workload.signals[signal]]


def facts(derived: Derived) -> c.Section:
    """The facts that law is computed from."""
    atlas, workloads = derived.atlas, derived.workloads

    def terms(vocabulary: str, ids: Iterable[str]) -> c.Cell:
        return c.items(*(c.tag(atlas.label(vocabulary, id_)) for id_ in ids))

    def techniques(item: DerivedWorkload) -> c.Cell:
        found = (atlas.techniques[id_] for id_ in item.workload.facts.system.techniques)
        return c.items(*(c.tag(each.title, address("techniques", each.id)) for each in found))

    return c.Section(
        "facts",
        "Facts",
        (
            c.row("data", "Data", workloads, lambda w: terms("data-kinds", w.workload.facts.data_kinds)),
            c.row("sectors", "Sectors", workloads, lambda w: terms("sectors", w.workload.facts.sectors)),
            c.row("effects", "Effect on people", workloads, lambda w: terms("effects", w.workload.facts.effects)),
            c.row(
                "decision",
                "Part in the decision",
                workloads,
                lambda w: c.said(atlas.label("decisions", w.workload.facts.decision)),
            ),
            c.row("serves", "Serves", workloads, lambda w: terms("audiences", w.workload.facts.audiences)),
            c.row(
                "system",
                "The system",
                workloads,
                lambda w: c.items(
                    c.tag(atlas.label("system-roles", w.workload.facts.system_role)),
                    c.tag(atlas.label("system-names", w.workload.facts.system.name)),
                    c.tag(atlas.label("system-purposes", w.workload.facts.system.purpose)),
                ),
            ),
            c.row("techniques", "Adapted by", workloads, techniques),
        ),
    )


def deployments(derived: Derived) -> c.Section:
    """What others did with each, as published."""
    return c.Section(
        "deployments",
        "What others did",
        (
            c.row(
                "counted",
                "Published",
                derived.workloads,
                _counted,
                absent="none worth citing was found",
                own="figures",
            ),
            c.row("cases", "Which", derived.workloads, _cases, own="words"),
        ),
        "Published deployments and the decision that their source states.",
    )


def _counted(item: DerivedWorkload) -> c.Cell | None:
    if not item.deployments:
        return None
    by = Counter(found.verdict for found in item.deployments)
    told = [(c.badge(verdict), f" {by[verdict]}") for verdict in reversed(VERDICTS) if by[verdict]]
    other = [(c.tag(verdict), f" {number}") for verdict, number in by.items() if verdict not in VERDICTS]
    return c.lines((c.strong(str(len(item.deployments))), " in all"), *told, *other)


def _cases(item: DerivedWorkload) -> c.Cell | None:
    if not item.deployments:
        return None
    return c.lines(
        *(
            (
                c.link(found.title, address("deployments", found.id)),
                " ",
                c.badge(found.verdict) if found.verdict in VERDICTS else c.tag(found.verdict),
                *([] if found.date == "undated" else [" ", c.quiet(found.date[:4])]),
            )
            for found in item.deployments
        )
    )


def record(derived: Derived) -> c.Section:
    """How fresh the record is."""
    return c.Section(
        "record",
        "The record",
        (
            c.row(
                "reviewed",
                "Last reviewed",
                derived.workloads,
                lambda w: c.said(w.workload.reviewed),
                own="figures",
            ),
            c.row(
                "sources",
                "Sources of its own statements",
                derived.workloads,
                lambda w: c.said(str(len(w.sources))),
                own="figures",
            ),
        ),
    )
