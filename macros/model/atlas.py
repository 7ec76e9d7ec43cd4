"""The atlas as one frozen object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from macros.kinds import BY_FOLDER
from macros.model.assurances import Assurance, HopByForm
from macros.model.costs import Offer, Price, Speed
from macros.model.infrastructure import Engine, PlatformControl, Project, Stage, Upkeep
from macros.model.law import Change, Instrument, Obligation, Question
from macros.model.models import Accelerator, Model
from macros.model.roles import RoleDuty, RoleFinding, RoleGuidance, RoleQuestion
from macros.model.routing import Deployment, Form, Rule, RuleVersion, Signal, Team
from macros.model.settings import GlossaryTerm, Settings, Source, Vocabulary
from macros.model.ways import Absent, AskedQuestion, NextSteps, Practice, Technique
from macros.model.workloads import Pattern, Workload
from macros.story.records import Claim, Comparison, Faq, Reading


@dataclass(frozen=True, slots=True, repr=False)
class Atlas:
    """Everything, by kind and id, in display order. Valid by construction; see `macros.load`."""

    settings: Settings
    vocabulary: Mapping[str, Vocabulary]
    signals: Mapping[str, Signal]
    teams: Mapping[str, Team]
    forms: Mapping[str, Form]
    rules: Mapping[str, Rule]
    versions: Mapping[str, RuleVersion]
    assurances: Mapping[str, Assurance]
    hops: Mapping[str, HopByForm]
    glossary: Mapping[str, GlossaryTerm]
    stages: Mapping[str, Stage]
    upkeep: Mapping[str, Upkeep]
    platform: Mapping[str, PlatformControl]
    projects: Mapping[str, Project]
    steps: Mapping[str, NextSteps]
    patterns: Mapping[str, Pattern]
    workloads: Mapping[str, Workload]
    absent: Mapping[str, Absent]
    deployments: Mapping[str, Deployment]
    models: Mapping[str, Model]
    accelerators: Mapping[str, Accelerator]
    engines: Mapping[str, Engine]
    prices: Mapping[str, Price]
    speeds: Mapping[str, Speed]
    offers: Mapping[str, Offer]
    instruments: Mapping[str, Instrument]
    obligations: Mapping[str, Obligation]
    changes: Mapping[str, Change]
    techniques: Mapping[str, Technique]
    practices: Mapping[str, Practice]
    asked: Mapping[str, AskedQuestion]
    questions: Mapping[str, Question]
    role_questions: Mapping[str, RoleQuestion]
    role_findings: Mapping[str, RoleFinding]
    role_duties: Mapping[str, RoleDuty]
    role_guidance: Mapping[str, RoleGuidance]
    claims: Mapping[str, Claim]
    readings: Mapping[str, Reading]
    comparisons: Mapping[str, Comparison]
    faq: Mapping[str, Faq]
    sources: Mapping[str, Source]
    files: Mapping[tuple[str, str], str]
    raw: Mapping[tuple[str, str], Any]
    """The data of each file as it was written, for JSON and citations, by kind and id."""

    def of(self, folder: str) -> Mapping[str, Any]:
        """The records of a kind by its folder below `atlas/`."""
        records: Mapping[str, Any] = getattr(self, BY_FOLDER[folder].field)
        return records

    def label(self, vocabulary: str, term: str) -> str:
        """The label of a term, such as `Health data` for `health` in `data-kinds`."""
        return self.vocabulary[vocabulary].terms[term].label
