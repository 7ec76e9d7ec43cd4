"""At which stage of the infrastructure spectrum a workload sits. The only place of that rule; pure.

The rule asks for the first stage at which everything is there that the workload asks for. It reads the verdict for
the reference team, the signals, and the steps with their requests at a time. `RULE` is what the page prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from macros.model import Accelerator, Need, Workload
from macros.routing import Verdict
from macros.sizing import catalogue
from macros.sizing.engines import DEFAULT_ENGINE, rules
from macros.sizing.plan import plan
from macros.sizing.planner import demand
from macros.sizing.reader import ConfigError
from macros.sizing.request import Request
from macros.sizing.sets import card, requests_at
from macros.suggestions import StepSuggestions

RULE: tuple[tuple[str, str], ...] = (
    (
        "evaluate",
        "The verdict for the reference team is API: then one machine is enough, to know what the exit would cost.",
    ),
    ("edge", "Else, if the inside part runs on own hardware and no step has more than one request at a time."),
    (
        "orchestrate",
        "Else, if a regulator or auditor may ask for evidence, or if traffic is steady and high and more than one "
        "kind of model runs: gradual release, payload log and replicas for each model are then needed.",
    ),
    (
        "serve",
        "Else, if a step has more than one request at a time, needs output to a schema, or calls tools.",
    ),
    ("evaluate", "Else: one person’s machine is enough."),
)
"""Stage and condition in the order in which they are asked; the first that holds decides."""

NODE_CARDS = 8
"""Accelerators in one node; vLLM’s documentation and llm-d’s guides count nodes so."""
NODE_CARD = "h100-sxm"
"""The accelerator of the node that workloads are compared with: most published start-up logs are from it."""


@dataclass(frozen=True, slots=True)
class OnNode:
    """How many ordinary requests of a step one node holds at once by memory; speed may limit it before."""

    step: str
    model: str
    holds: int
    needs: int

    @property
    def times(self) -> float:
        """How often the stated load fits."""
        return self.holds / self.needs


@dataclass(frozen=True, slots=True)
class Placement:
    """The stage of one workload and why; `tightest` is the step that comes closest to the limit of a node."""

    stage: str
    reasons: tuple[str, ...]
    tightest: OnNode | None
    not_sized: tuple[str, ...] = ()
    """Titles of steps whose suggested model could not be sized."""


def place(
    workload: Workload,
    verdict: Verdict,
    steps: tuple[StepSuggestions, ...],
    accelerators: Mapping[str, Accelerator],
) -> Placement:
    """The stage by `RULE`, and the figures on one node of `NODE_CARDS` `NODE_CARD`."""
    stage, reasons = stage_of(workload, verdict)
    sized = [(step, _on_node(step, accelerators.get(NODE_CARD))) for step in steps]
    known = [found for _, found in sized if found]
    return Placement(
        stage,
        reasons,
        min(known, key=lambda found: found.times, default=None),
        tuple(step.need.title for step, found in sized if found is None),
    )


def stage_of(workload: Workload, verdict: Verdict) -> tuple[str, tuple[str, ...]]:
    """The stage by `RULE` for the verdict of any team, and why."""
    needs, signals = workload.needs, workload.signals
    if verdict.verdict == "api":
        return "evaluate", ("API for the reference team",)
    most = max(need.concurrency for need in needs)
    if verdict.inside is not None and verdict.inside.id == "own-hardware" and most == 1:
        return "edge", ("own hardware, one request at a time",)
    reasons: list[str] = []
    if signals["evidence_duty"] == "regulator":
        reasons.append("a regulator or auditor may ask for evidence")
    jobs = {need.job for need in needs}
    if signals["traffic"] == "steady_high" and len(jobs) > 1:
        reasons.append(f"steady, high traffic over {len(jobs)} kinds of model")
    if reasons:
        return "orchestrate", tuple(reasons)
    reasons = _served(needs, most)
    return ("serve", tuple(reasons)) if reasons else ("evaluate", ("one request at a time, free text",))


def _served(needs: tuple[Need, ...], most: int) -> list[str]:
    reasons = []
    if most > 1:
        reasons.append(f"up to {most} requests at a time in a step")
    if any(need.structured_output for need in needs):
        reasons.append("output to a schema")
    if any(need.tools for need in needs):
        reasons.append("tool calls")
    return reasons


def _on_node(step: StepSuggestions, accelerator: Accelerator | None) -> OnNode | None:
    """The first suggested model of the step on one node; None where it cannot be sized."""
    if accelerator is None or not step.suggestions:
        return None
    model, wanted = step.suggestions[0].model, demand(step.need)
    if wanted.longest is None or wanted.one_pass:
        return None
    try:
        shape = catalogue.shape(model)
        context = min(wanted.longest, shape.context or wanted.longest)
        request = Request(
            rules(DEFAULT_ENGINE), card(accelerator, shape.precision), tp=NODE_CARDS, context=context
        )
        found = plan(shape, request)
    except ConfigError:
        return None
    holds = requests_at(found, min(wanted.typical, context)) if found.fits else 0.0
    if holds == float("inf"):
        return None
    holds = min(holds, found.batch.requests)
    return OnNode(step.need.title, model.id, int(holds), wanted.concurrency)
