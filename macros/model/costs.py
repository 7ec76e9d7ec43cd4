"""Figures of the cost calculator: prices, speeds, models behind an API."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Price:
    """What the calculator at `/cost/` takes for one figure where nobody says otherwise, with its range."""

    id: str
    title: str
    figure: str
    """Name of a field of `macros.cost.figures.Figures`."""
    low: float
    base: float
    high: float
    as_of: str
    basis: str
    confidence: str
    reviewed: str
    sources: tuple[str, ...] = ()
    currency: str | None = None
    accelerator: str | None = None


@dataclass(frozen=True, slots=True)
class Speed:
    """Tokens a second that somebody published for a model on accelerators, and what was counted."""

    id: str
    title: str
    model: str
    accelerator: str
    gpus: int
    engine: str
    precision: str
    condition: str
    counts: str
    tokens_s: float
    as_of: str
    confidence: str
    sources: tuple[str, ...]
    reviewed: str
    record: str | None = None
    """The model of the catalogue, where it has one."""
    input_tokens: int | None = None
    output_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A model that a provider sells by the token; its prices come from genai-prices at the day of the atlas."""

    id: str
    title: str
    order: int
    provider: str
    model: str
    weights: str
    """`open` or `closed`."""
    sources: tuple[str, ...]
    reviewed: str
    record: str | None = None
