"""The pages about law as a whole: what each is given. Pages of single records are in `macros.pages`."""

from __future__ import annotations

from typing import Any

from macros.derive import Derived
from macros.law import role_page

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
            {
                "values": role_page.values(derived.atlas),
                "boost": 2.0,
                "wide": True,
                "words": ("provider or deployer", "customisation", "fine-tuning", "one third of compute"),
            },
        ),
    )


def newest_first(derived: Derived) -> tuple[Any, ...]:
    """Changes of law by date, the newest first."""
    return tuple(sorted(derived.atlas.changes.values(), key=lambda item: (item.date, item.id), reverse=True))
