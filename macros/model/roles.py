"""The helper that finds roles under the AI Act: questions, findings, duties, guidance."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RoleLevel:
    """One answer to a question of the role helper."""

    id: str
    label: str
    help: str


@dataclass(frozen=True, slots=True)
class RoleQuestion:
    """What is asked about one layer. `technique` has no levels of its own: they are the techniques."""

    id: str
    layer: str
    title: str
    question: str
    help: str
    sources: tuple[str, ...]
    reviewed: str
    levels: tuple[RoleLevel, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleFinding:
    """A role of one layer, its reason and the provisions it rests on; `unsure` is what the text leaves open."""

    id: str
    layer: str
    role: str
    title: str
    reason: str
    provisions: tuple[str, ...]
    sources: tuple[str, ...]
    reviewed: str
    unsure: str | None = None


@dataclass(frozen=True, slots=True)
class RoleDuty:
    """A duty of Chapter V, of the provider of a whole model and of a modification (`part`)."""

    id: str
    title: str
    provision: str
    whole: str
    part: str
    sources: tuple[str, ...]
    reviewed: str


@dataclass(frozen=True, slots=True)
class GuidelinePoint:
    """A statement of the model guidelines, with its points in the versions of July and November 2025."""

    text: str
    july: str
    november: str | None = None


@dataclass(frozen=True, slots=True)
class RoleGuidance:
    """What the role page tells of the model guidelines beside its findings."""

    id: str
    title: str
    points: tuple[GuidelinePoint, ...]
    sources: tuple[str, ...]
    reviewed: str
    reference: str | None = None
    later: str | None = None
    note: str | None = None
    not_addressed: tuple[str, ...] = ()
    frees_from: str | None = None
    not_from: str | None = None
