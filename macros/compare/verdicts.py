"""Rows about the verdict: for the reference team with its reasons and flips, and for the other teams."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from macros.compare import cells as c
from macros.derive import Derived, DerivedWorkload
from macros.model import Form, Rule, Team
from macros.render import situation
from macros.routing import Verdict, flips
from macros.urls import address
from macros.words import lower_first

MOST_FLIPS = 3
"""Flips told in a cell; the page of the workload tells more."""


def verdict(derived: Derived) -> c.Section:
    """The verdict for the reference team: where it runs, why, and what would change it."""
    workloads, team = derived.workloads, derived.atlas.teams[derived.atlas.settings.reference_team]
    tell = situation(derived.atlas)
    return c.Section(
        "verdict",
        "Verdict",
        (
            c.row("verdict", "Verdict", workloads, lambda w: _named(w.verdict)),
            c.row("inside", "Inside", workloads, lambda w: _form(w.verdict.inside), absent="nothing"),
            c.row("outside", "Outside", workloads, lambda w: _form(w.verdict.outside), absent="nothing"),
            c.row("decided", "What decided", workloads, lambda w: _decided(w, tell)),
            c.row(
                "reasons",
                "Speaks for it as well",
                workloads,
                lambda w: _rules(rule for rule in w.verdict.reasons if rule is not w.verdict.deciding),
                absent="no other rule",
            ),
            c.row("hangs", "Hangs on", workloads, lambda w: _hangs(w.verdict), absent="no single rule"),
            c.row("overruled", "Overruled", workloads, lambda w: _rules(w.verdict.overruled), absent="nothing"),
            c.row("against", "Pulls the other way", workloads, lambda w: _against(w, tell), absent="nothing"),
            c.row(
                "flips",
                "Smallest changes that flip it",
                workloads,
                lambda w: _flips(w.verdict, tell),
                absent="no change of one or two signals",
            ),
            c.row(
                "stays",
                "Stays inside, if split",
                workloads,
                lambda w: c.said(w.workload.split.inside),
                own="words",
            ),
            c.row(
                "goes", "May go out, if split", workloads, lambda w: c.said(w.workload.split.outside), own="words"
            ),
        ),
        f"For the reference team: {lower_first(team.title)}.",
    )


def teams(derived: Derived) -> c.Section:
    """The verdict for every other team."""
    others = [team for team in derived.atlas.teams.values() if team.id != derived.atlas.settings.reference_team]
    return c.Section(
        "teams",
        "For other teams",
        tuple(
            c.row(team.id, c.link(team.title, address("teams", team.id)), derived.workloads, _for(team))
            for team in others
        ),
        inside="verdict",
    )


def _for(team: Team) -> Callable[[DerivedWorkload], c.Cell]:
    def cell(item: DerivedWorkload) -> c.Cell:
        found = next(verdict for other, verdict in item.by_team if other.id == team.id)
        forms = [form.title for form in (found.inside, found.outside) if form]
        told = " + ".join(forms[:1] + [lower_first(title) for title in forms[1:]])
        return c.lines((c.badge(found.verdict),), (c.quiet(told),))

    return cell


def _named(found: Verdict) -> c.Cell:
    return c.meaning(found.verdict, (c.badge(found.verdict),), (c.quiet(found.strength),))


def _form(form: Form | None) -> c.Cell | None:
    return c.lines((c.link(form.title, address("forms", form.id)),)) if form else None


def _decided(item: DerivedWorkload, tell: Callable[..., str]) -> c.Cell:
    rule = item.verdict.deciding
    because = "; ".join(lower_first(tell(each.signal, each.level)) for each in item.verdict.because[rule.id])
    found: list[c.Line] = [(_rule(rule),), (rule.reason,)]
    return c.meaning(rule.id, *found, *([(c.quiet(f"({because})"),)] if because else []))


def _rule(rule: Rule) -> c.Span:
    return c.link(rule.title, address("rules", rule.id))


def _rules(rules: Iterable[Rule]) -> c.Cell | None:
    found = [c.tag(rule.title, address("rules", rule.id)) for rule in rules]
    return c.items(*found) if found else None


def _hangs(found: Verdict) -> c.Cell | None:
    if not found.hinges:
        return None
    return c.lines(
        *((_rule(hinge.rule), "; without it ", c.badge(hinge.verdict)) for hinge in found.hinges),
    )


def _against(item: DerivedWorkload, tell: Callable[..., str]) -> c.Cell | None:
    found = [c.tag(tell(each.signal, each.level)) for each in item.verdict.against]
    return c.items(*found) if found else None


def _flips(found: Verdict, tell: Callable[..., str]) -> c.Cell | None:
    told = flips.told(found)
    if not told:
        return None
    more = len(told) - MOST_FLIPS
    return c.meaning(
        told[:MOST_FLIPS],
        *(
            (
                c.badge(other),
                " if " + ", and ".join(lower_first(tell(signal, *levels)) for signal, levels in moves),
            )
            for other, moves in told[:MOST_FLIPS]
        ),
        *([(c.quiet(f"{more} more on its page"),)] if more > 0 else []),
    )
