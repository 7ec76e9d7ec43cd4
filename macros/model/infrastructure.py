"""Stages, engines, the duties that stay yours, and the platform they run on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class StageAdds:
    """What a stage adds, in four respects."""

    logging: str
    rollout: str
    observability: str
    audit: str


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that a stage is outgrown; `figure` carries its unit in words."""

    sign: str
    figure: str
    basis: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DistributedPath:
    """One way of serving on several nodes, with the versions it was read in."""

    title: str
    when: str
    how: str
    needs: str
    limits: str
    versions: str
    engines: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """One step on the infrastructure spectrum. Ids are those of the vocabulary `stages`, and `beyond`."""

    id: str
    title: str
    order: int
    summary: str
    take_when: tuple[str, ...]
    adds: StageAdds
    people: str
    leave_when: tuple[Sign, ...]
    engines: tuple[str, ...]
    sources: tuple[str, ...]
    reviewed: str
    paths: tuple[DistributedPath, ...] = ()


@dataclass(frozen=True, slots=True)
class EngineFact:
    """What one engine does for a duty or leaves to whoever runs it."""

    engine: str
    fact: str
    do: str
    version: str
    confidence: str
    sources: tuple[str, ...]
    checked: str


@dataclass(frozen=True, slots=True)
class Upkeep:
    """One duty that stays with whoever hosts the model; `by_stage` where stages differ."""

    id: str
    title: str
    order: int
    why: str
    do: tuple[str, ...]
    proof: str
    sources: tuple[str, ...]
    reviewed: str
    by_stage: Mapping[str, str] = field(default_factory=dict)
    by_engine: tuple[EngineFact, ...] = ()
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Serves:
    """A stack control that obligations name, and the part of it that a control on the platform answers."""

    control: str
    how: str


@dataclass(frozen=True, slots=True)
class OnKubernetes:
    """What a control means on Kubernetes: resource kinds or settings, and what they do."""

    kinds: tuple[str, ...]
    says: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProjectUse:
    """A project, and what it does for one control."""

    project: str
    what: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EngineUse:
    """An engine of the atlas, and what it does for one control."""

    engine: str
    what: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlatformControl:
    """One thing that a platform does for every workload on it. Its obligations are derived: `macros.platform`."""

    id: str
    title: str
    term: str
    order: int
    means: str
    serves: tuple[Serves, ...]
    on_kubernetes: tuple[OnKubernetes, ...]
    projects: tuple[ProjectUse, ...]
    leaves: str
    proof: str
    sources: tuple[str, ...]
    reviewed: str
    engines: tuple[EngineUse, ...] = ()
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """Who carries a project, with the level a foundation gives it and the day from which."""

    name: str
    level: str | None = None
    since: str | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """The newest release in a copy of the repository; `read_in` is the day of that copy."""

    version: str
    date: str
    read_in: str


@dataclass(frozen=True, slots=True)
class Project:
    """A maintained open-source project that controls on the platform name."""

    id: str
    title: str
    license: SoftwareLicense
    home: Home
    summary: str
    not_for: str
    sources: tuple[str, ...]
    reviewed: str
    release: Release | None = None
    """None where no release was read."""
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SoftwareLicense:
    """Licence of an engine or a project."""

    spdx: str
    confidence: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """The version that facts hold for."""

    value: str
    seen: str


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of an engine."""

    name: str
    state: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Engine:
    """Software that serves models."""

    id: str
    title: str
    summary: str
    stages: tuple[str, ...]
    license: SoftwareLicense
    hardware: tuple[str, ...]
    version: Version
    features: tuple[Feature, ...]
    not_for: str
    status: str
    jobs: tuple[str, ...]
    sources: tuple[str, ...]
    reviewed: str
    synonyms: tuple[str, ...] = ()
    retired: bool = False
