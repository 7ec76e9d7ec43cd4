"""The page of a workload with its case in detail: facts, way of the data, risks and measures, what others did."""

from __future__ import annotations

from macros.derive import Derived
from macros.page_spec import PageSpec
from macros.urls import case_address
from macros.words import lower_first


def pages(derived: Derived) -> tuple[PageSpec, ...]:
    """One page for each workload."""
    return tuple(
        PageSpec(
            case_address(item.workload.id),
            f"The case in detail: {lower_first(item.workload.title)}",
            f"{item.workload.title}: the facts that decide and why each stands where it does, the way of the "
            "data, how it fails and how you notice, and what others did.",
            "workload_case.jinja",
            values={"item": item},
            file=item.workload.file,
            boost=0.3,
        )
        for item in derived.workloads.values()
    )
