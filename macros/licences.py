"""What the terms of a model mean for whoever runs it: one line for each question, from the record alone."""

from __future__ import annotations

from dataclasses import dataclass

from macros.model import Model

PLAIN = ("Apache-2.0", "MIT", "CC-BY-4.0")
"""Licences whose text names no region, no number of users, no revenue and no field of use."""
COMMERCIAL = {"allowed": "allowed", "conditions": "allowed under conditions", "excluded": "excluded"}
NOT_READ = "not read; look in the licence before use"


@dataclass(frozen=True, slots=True)
class Term:
    """One question about a licence and the answer."""

    question: str
    answer: str


def terms(model: Model) -> tuple[Term, ...]:
    """Commercial use, region, users, field of use, version, and how long this version can be kept."""
    found = model.license
    plain = found.spdx in PLAIN
    holds = found.holds_for or f"{model.title}, as released {model.released}; another version may have other terms"
    return (
        Term("Commercial use", COMMERCIAL[found.commercial]),
        Term("Region", found.region_limits or ("no limit in the licence" if plain else NOT_READ)),
        Term("Users or revenue", _threshold(model) or ("no threshold in the licence" if plain else NOT_READ)),
        Term("Field of use", found.field_of_use or ("no limit in the licence" if plain else NOT_READ)),
        Term("Holds for", holds),
        Term("Can be kept", _kept(model)),
    )


def _threshold(model: Model) -> str | None:
    limit = model.license.users_threshold
    if limit is None:
        return None
    parts = []
    if limit.monthly_users:
        parts.append(f"{limit.monthly_users:,} monthly users")
    if limit.monthly_revenue_usd:
        parts.append(f"{limit.monthly_revenue_usd:,} US dollars of monthly revenue")
    return f"above {' or '.join(parts)}: {limit.then}" if parts else limit.then


def _kept(model: Model) -> str:
    """Open weights have no retirement date; what ends is support, and under some terms the permission."""
    text = "as long as you keep the files; pin the revision and store a copy, since a hub may drop it"
    if model.license.ends:
        text += f". {model.license.ends}"
    if model.superseded_by:
        text += f". Superseded by {model.superseded_by}; the files still run"
    return text
