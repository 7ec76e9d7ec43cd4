"""Facts of a workload that obligations match on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnnexPoint:
    """A point of Annex III and why the use is within it; `question` where that is open."""

    point: str
    reason: str
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Exemption:
    """Whether Article 6(3) may take the use out of the high-risk class."""

    open: str
    reason: str
    question: str | None = None
    high_risk_if: str | None = None
    """The answer to the question that keeps the use high-risk."""
    exempt_if: str | None = None
    """The answer that leaves the exemption open."""


@dataclass(frozen=True, slots=True)
class AiAct:
    """Facts for the classification under the EU AI Act."""

    annex_iii: tuple[AnnexPoint, ...]
    transparency: tuple[str, ...]
    product: tuple[str, ...]
    exemption: Exemption | None = None
    unclear: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class System:
    """The AI system of a workload: in whose name, what for, and how the model is usually adapted."""

    name: str
    purpose: str
    techniques: tuple[str, ...]


OPEN_SYSTEM = System("either", "both", ())
"""A system of which nothing is stated."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts that obligations match on."""

    data_kinds: tuple[str, ...]
    sectors: tuple[str, ...]
    effects: tuple[str, ...]
    decision: str
    audiences: tuple[str, ...]
    system_role: str
    system_role_note: str
    ai_act: AiAct
    system: System = OPEN_SYSTEM
    would_decide_if: str | None = None
    reach: tuple[str, ...] = ()
