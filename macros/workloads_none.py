"""Why no workload has a value of a facet, and which come close: a sentence for each such value at `/workloads/`.

A verdict, a place and a stage follow from the team as well, so the other teams are asked, and for a verdict what
would change it. Of a list in an order, the nearest value that a workload has is told. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from macros.derive import Derived, DerivedWorkload
from macros.render import situation
from macros.routing import Change, Verdict, with_team
from macros.stages import stage_of
from macros.urls import address
from macros.words import lower_first, one_line

Span = str | tuple[str, str]
"""Text, or text and the path below the site root that it leads to."""

MOST = 3
"""Workloads and changes named in a sentence."""

BY_TEAM: Mapping[str, Callable[[DerivedWorkload, Verdict], frozenset[str]]] = {
    "verdict": lambda _, found: frozenset({found.verdict}),
    "form": lambda _, found: frozenset(form.id for form in (found.inside, found.outside) if form),
    "stage": lambda item, found: frozenset({stage_of(item.workload, found)[0]}),
}
"""The values of a facet that a workload would have with the verdict of some team."""

ORDERED = ("latency", "size")


def why_none(
    derived: Derived,
    facet: str,
    values: Sequence[tuple[str, str]],
    held: Sequence[tuple[DerivedWorkload, list[str]]],
) -> dict[str, list[Span]]:
    """For each of the `values` (id and name) that no workload has, the sentence. `held` are the values of each."""
    missing = [id_ for id_, _ in values if not any(id_ in own for _, own in held)]
    items = [item for item, _ in held]
    if facet in BY_TEAM:
        return {id_: _by_team(derived, facet, id_, items) for id_ in missing}
    if facet in ORDERED:
        return {id_: _nearest(id_, values, held) for id_ in missing}
    return {}


def _by_team(derived: Derived, facet: str, value: str, items: Sequence[DerivedWorkload]) -> list[Span]:
    atlas, of = derived.atlas, BY_TEAM[facet]
    reference = atlas.teams[atlas.settings.reference_team]
    # Workloads that have the value with each other team, and how many of these teams that is.
    teams = {
        team.id: [i for i in items for other, found in i.by_team if other.id == team.id and value in of(i, found)]
        for team in atlas.teams.values()
        if team.id != reference.id
    }
    having = {id_: found for id_, found in teams.items() if found}
    times = {item.workload.id: sum(item in found for found in having.values()) for item in items}
    most = max(times.values(), default=0)
    close = [item for item in items if most and times[item.workload.id] == most]
    said: list[Span] = [
        "None for the reference team, ",
        (lower_first(one_line(reference.title)), address("teams", reference.id)),
    ]
    for n, (id_, found) in enumerate(sorted(having.items(), key=lambda pair: -len(pair[1]))):
        title = lower_first(one_line(atlas.teams[id_].title))
        said += ["; " if n == 0 else ", ", f"{len(found)} of {len(items)} for ", (title, address("teams", id_))]
    if not having:
        said.append(", and none for the other teams")
        close = [item for item in items if _moves(derived, facet, value, item)]
    if not close:
        return [*said, "."]
    return [*said, "; closest: ", *_named(close), _changes(derived, facet, value, close), "."]


def _moves(derived: Derived, facet: str, value: str, item: DerivedWorkload) -> list[Change]:
    """The single answers that would give the value to the workload."""
    if facet == "verdict":
        return [f.changes[0] for f in item.verdict.flips if f.verdict == value and len(f.changes) == 1]
    if facet != "form":
        return []
    router, atlas = derived.router, derived.atlas
    own = with_team(item.workload.signals, atlas.teams[atlas.settings.reference_team])
    without = {"inside": "api", "outside": "self-host"}[atlas.forms[value].side]
    found = []
    for signal in atlas.signals.values():
        for level in signal.levels:
            moved = {**own, signal.id: level.id}
            at = router.space.index(moved)
            if router.decide(moved) != without and router.form(atlas.forms[value].side, at).id == value:
                found.append(Change(signal.id, level.id))
    return found


def _changes(derived: Derived, facet: str, value: str, close: Sequence[DerivedWorkload]) -> str:
    """Which single answers would give the value to each of the `close`, if there are any."""
    single = [_moves(derived, facet, value, item) for item in close]
    shared = [(move.signal, move.level) for move in single[0] if all(move in own for own in single[1:])]
    tell = situation(derived.atlas)
    told = [lower_first(tell(signal, level)) for signal, level in shared]
    if not told:
        return ""
    more = f", or {len(told) - MOST} others" if len(told) > MOST + 1 else ""
    first = told[:MOST] if more else told
    return f", where one answer is enough ({'; or '.join(first)}{more})"


def _nearest(
    value: str, values: Sequence[tuple[str, str]], held: Sequence[tuple[DerivedWorkload, list[str]]]
) -> list[Span]:
    ids = [id_ for id_, _ in values]
    used = [id_ for id_ in ids if any(id_ in own for _, own in held)]
    near = min(used, key=lambda id_: abs(ids.index(id_) - ids.index(value)))
    close = [item for item, own in held if near in own]
    return [f"None; the nearest that one has is “{dict(values)[near]}”: ", *_named(close), "."]


def _named(items: Sequence[DerivedWorkload]) -> list[Span]:
    """The first few with their pages, joined as one speaks."""
    shown = items if len(items) <= MOST + 1 else items[:MOST]
    rest = len(items) - len(shown)
    parts: list[Span] = [(one_line(i.workload.title), address("workloads", i.workload.id)) for i in shown]
    if rest:
        parts.append(f"{rest} more")
    joined: list[Span] = []
    for n, part in enumerate(parts):
        joined += [] if n == 0 else [" and " if n == len(parts) - 1 else ", "]
        joined.append(part)
    return joined
