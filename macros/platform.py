"""Which obligations a control on the platform serves, and for which workloads. Derived, never typed.

An obligation names the stack controls that answer it (`controls`); a control on the platform names those it
answers in part (`serves`). The two meet in the vocabulary `controls`, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from macros.derive import Derived, DerivedWorkload
from macros.law.notes import STATES, state_on
from macros.model import Atlas, Obligation, PlatformControl, Project


@dataclass(frozen=True, slots=True)
class Answer:
    """One stack control, the part of it that is answered, and the obligations that name it with their states."""

    control: str
    how: str
    obligations: tuple[tuple[Obligation, str], ...]


@dataclass(frozen=True, slots=True)
class Served:
    """A control on the platform with everything that follows for it."""

    control: PlatformControl
    answers: tuple[Answer, ...]
    obligations: tuple[tuple[Obligation, str], ...]
    """All of the answers, each once, the most pressing first."""
    workloads: tuple[tuple[DerivedWorkload, int], ...]
    """Workloads that meet at least one of them, with how many; most first."""

    @property
    def states(self) -> tuple[tuple[str, int], ...]:
        """How many obligations are in each state, the most pressing first."""
        found = [state for _, state in self.obligations]
        return tuple((state, found.count(state)) for state in STATES if state in found)


def naming(atlas: Atlas, controls: Iterable[str]) -> tuple[tuple[Obligation, str], ...]:
    """Obligations that name one of `controls`, with their state, the most pressing first.

    Those repealed, or not made by the day of the atlas, are left out, as they are from notes.
    """
    wanted = set(controls)
    found = [
        (o, state_on(o, atlas.settings.as_of)) for o in atlas.obligations.values() if wanted & set(o.controls)
    ]
    return tuple(sorted((pair for pair in found if pair[1] in STATES), key=lambda pair: STATES.index(pair[1])))


def served(derived: Derived, control: PlatformControl) -> Served:
    """What follows for one control on the platform."""
    atlas = derived.atlas
    answers = tuple(Answer(s.control, s.how, naming(atlas, (s.control,))) for s in control.serves)
    obligations = naming(atlas, (s.control for s in control.serves))
    ids = {o.id for o, _ in obligations}
    counts = [
        (item, sum(1 for note in item.notes if note.obligation.id in ids)) for item in derived.workloads.values()
    ]
    met = sorted((pair for pair in counts if pair[1]), key=lambda pair: (-pair[1], pair[0].workload.title))
    return Served(control, answers, obligations, tuple(met))


def of_obligation(atlas: Atlas, obligation: Obligation) -> tuple[PlatformControl, ...]:
    """The other way: controls on the platform that serve an obligation, in their order."""
    named = set(obligation.controls)
    return tuple(c for c in atlas.platform.values() if named & {s.control for s in c.serves})


def unanswered(atlas: Atlas) -> tuple[tuple[str, int], ...]:
    """Stack controls that no platform answers, with how many obligations name each: they are work by people."""
    answered = {s.control for c in atlas.platform.values() for s in c.serves}
    return tuple(
        (control, len(naming(atlas, (control,))))
        for control in atlas.vocabulary["controls"].terms
        if control not in answered
    )


def uses(atlas: Atlas) -> Mapping[str, tuple[PlatformControl, ...]]:
    """Every project with the controls that name it."""
    return {
        id_: tuple(c for c in atlas.platform.values() if id_ in {use.project for use in c.projects})
        for id_ in atlas.projects
    }


def home(project: Project) -> str:
    """Who carries a project, in words: `CNCF, graduated since 2024-02-29`."""
    if not project.home.level:
        return project.home.name
    since = f" since {project.home.since}" if project.home.since else ""
    return f"{project.home.name}, {project.home.level}{since}"
