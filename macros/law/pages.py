"""The pages about law as a whole: what each is given. Pages of single records are in `macros.pages`."""

from __future__ import annotations

from typing import Any

from macros.derive import Derived
from macros.law import class_tool

Page = tuple[str, str, str, str, dict[str, Any]]
"""Address, title, description, template, and the other fields of a `PageSpec`."""


def pages(derived: Derived) -> tuple[Page, ...]:
    """Every page below `/regulation/`."""
    return (
        (
            "regulation/changes/",
            "What changed in the law",
            "Changes of law, guidance and proposals that the workloads meet, newest first.",
            "law_changes.jinja",
            {"values": {"changes": newest_first(derived)}, "words": ("change log of law", "what changed")},
        ),
        (
            "regulation/role/",
            "Provider or deployer, of what?",
            "Who is provider of the model and who of the system, by what was done and in whose name.",
            "law_role.jinja",
            {"words": ("provider or deployer", "customisation", "fine-tuning", "one third of compute")},
        ),
        (
            "regulation/class/",
            "Which class is your use?",
            "Prohibited, high-risk, exempt or not listed: the questions of the EU AI Act, and what follows.",
            "law_class.jinja",
            {
                "values": class_tool.values(derived),
                "boost": 2.0,
                "wide": True,
                "words": ("classification", "high-risk", "AI Act class", "Annex III", "prohibited practices"),
            },
        ),
    )


def newest_first(derived: Derived) -> tuple[Any, ...]:
    """Changes of law by date, the newest first."""
    return tuple(sorted(derived.atlas.changes.values(), key=lambda item: (item.date, item.id), reverse=True))
