"""The pages of the story."""

from __future__ import annotations

from macros.derive import Derived
from macros.page_spec import PageSpec
from macros.story import private_or_api, why


def pages(derived: Derived) -> list[PageSpec]:
    """Every page of the story, in the order of the navigation."""
    return [
        PageSpec(
            "private-or-api/",
            "Private LLM or API",
            "Own hardware, own cloud, managed, dedicated endpoint or shared API, side by side, with a checklist.",
            "private_or_api.jinja",
            private_or_api.values(derived),
            boost=2.5,
            wide=True,
            words=(
                "private LLM vs API",
                "self-host or API",
                "hosted model against API",
                "on-premises versus cloud",
                "API compared with an own model",
                "cost of an API or of hosting",
                "alternative to an API",
                "decision checklist",
                "FAQ",
            ),
        ),
        PageSpec(
            "why/",
            "Why now",
            "Capability gap, Kubernetes, adoption and law: what was measured, of whom, and what it does not show.",
            "why.jinja",
            why.values(derived),
            boost=1.5,
            words=("open versus closed models", "benchmark gap", "adoption survey", "why self-host now"),
        ),
    ]
