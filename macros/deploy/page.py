"""The page of a workload with what one runs for it: commands and manifests for each step and suggested model."""

from __future__ import annotations

from macros.derive import Derived
from macros.page_spec import PageSpec
from macros.urls import run_address
from macros.words import lower_first


def pages(derived: Derived) -> tuple[PageSpec, ...]:
    """One page for each workload."""
    return tuple(
        PageSpec(
            run_address(item.workload.id),
            f"Run it: commands and manifests for {lower_first(item.workload.title)}",
            f"{item.workload.title}: a vLLM command, a KServe manifest and a trial for each suggested model.",
            "workload_run.jinja",
            values={"item": item},
            file=item.workload.file,
            boost=0.3,
            wide=True,
        )
        for item in derived.workloads.values()
    )
