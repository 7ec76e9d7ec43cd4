"""The pages about law as a whole: what each is given. Pages of single records are in `macros.pages`."""

from __future__ import annotations

from functools import partial
from typing import Any

from macros.derive import Derived
from macros.law.questions import tell
from macros.law.workload import checklist

Page = tuple[str, str, str, str, dict[str, Any]]
"""Address, title, description, template, and the other fields of a `PageSpec`."""


def pages(derived: Derived) -> tuple[Page, ...]:
    """Every page below `/regulation/`, and the checklist of every workload."""
    return (
        *checklists(derived),
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
    )


def checklists(derived: Derived) -> tuple[Page, ...]:
    """A page for each workload that prints as its checklist."""
    return tuple(
        (
            f"workloads/{item.workload.id}/checklist/",
            f"Checklist: {item.workload.title}",
            f"What shows that each duty was met: {item.workload.title}. Information, not legal advice.",
            "law_checklist.jinja",
            {
                "values": {
                    "item": item,
                    "parts": checklist(item.notes),
                    "ask": partial(tell, derived.atlas),
                },
                "file": item.workload.file,
                "boost": 0.3,
                "wide": True,
            },
        )
        for item in derived.workloads.values()
    )


def newest_first(derived: Derived) -> tuple[Any, ...]:
    """Changes of law by date, the newest first."""
    return tuple(sorted(derived.atlas.changes.values(), key=lambda item: (item.date, item.id), reverse=True))
