"""What the rules of `macros.law.role` look at and can find, in the order of asking and telling.

Texts are records in `atlas/role-questions` and `atlas/role-findings`; a check keeps both in step (WA225).
"""

from __future__ import annotations

from collections.abc import Mapping

_MODEL: Mapping[str, tuple[str, ...]] = {
    "technique": (),
    "start": ("weights", "nothing"),
    "general": ("yes", "no"),
    "control": ("own", "vendor", "behalf"),
    "known": ("yes", "no"),
    "systemic": ("yes", "no"),
    "share": ("below", "close", "above"),
    "change": ("no", "yes"),
    "market": ("outside", "internal", "essential", "offered"),
    "excluded": ("no", "yes"),
    "release": ("yes", "no"),
}
_SYSTEM: Mapping[str, tuple[str, ...]] = {
    "eu": ("neither", "output", "inside"),
    "built": ("bought", "own"),
    "name": ("other", "own"),
    "position": ("use", "supply", "both"),
    "origin": ("within", "first"),
    "high_risk": ("no", "yes", "product"),
    "modified": ("no", "yes"),
    "purpose": ("no", "yes"),
}
LEVELS: Mapping[str, tuple[str, ...]] = {**_MODEL, **_SYSTEM}
"""The levels of every question. `technique` has none of its own: they are the records of `atlas/techniques`."""

FINDINGS: Mapping[str, str] = {
    "model-outside": "none",
    "model-use": "none",
    "model-quantized": "none",
    "model-integrator": "model-provider",
    "model-on-behalf": "none",
    "model-internal": "none",
    "model-below": "none",
    "model-change-below": "open",
    "model-close": "open",
    "model-api-tuning": "open",
    "model-modifier": "modifier",
    "model-merge": "open",
    "model-not-general": "none",
    "model-maker": "model-provider",
    "system-outside": "none",
    "system-product-maker": "provider",
    "system-built": "provider",
    "system-named-other": "deployer",
    "system-supplier": "supplier",
    "system-rebranded": "provider",
    "system-modified": "provider",
    "system-repurposed": "provider",
    "system-changed-plain": "provider",
    "system-name-plain": "open",
    "system-output-provider": "provider",
    "system-output-chain": "none",
    "system-deployer": "deployer",
    "system-importer": "importer",
    "system-distributor": "distributor",
}
"""Every finding with the role it brings; `model-…` belongs to the model layer, `system-…` to the system."""

ROLES = (
    "none",
    "open",
    "modifier",
    "model-provider",
    "provider",
    "deployer",
    "importer",
    "distributor",
    "supplier",
)
"""The roles, of the vocabulary `role-outcomes`."""

MODEL_DUTIES = (
    "documentation",
    "integrators",
    "copyright",
    "summary",
    "representative",
    "notify",
    "safety",
)
"""The duties of `atlas/role-duties`."""

UNKNOWN = "unknown"
"""The level of every question that says: not known."""


def layer_of(question: str) -> str:
    """The layer that a question belongs to; the two share none."""
    return "model" if question in _MODEL else "system"
