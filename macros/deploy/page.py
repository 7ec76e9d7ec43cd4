"""The page of a workload with plans, terms, commands and manifests for each step and suggested model."""

from __future__ import annotations

from macros.derive import Derived
from macros.page_spec import PageSpec
from macros.tiers import RULES
from macros.urls import run_address
from macros.words import lower_first


def pages(derived: Derived) -> tuple[PageSpec, ...]:
    """One page for each workload."""
    return tuple(
        PageSpec(
            run_address(item.workload.id),
            f"Run it: plans and commands for {lower_first(item.workload.title)}",
            f"{item.workload.title}: the plan, terms, vLLM command and KServe manifest of each suggested model.",
            "workload_run.jinja",
            values={"item": item, "tier_rules": RULES},
            file=item.workload.file,
            boost=0.3,
            wide=True,
        )
        for item in derived.workloads.values()
    )
