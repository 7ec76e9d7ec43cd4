"""`atlas plan … --command`, `--manifest` and `--commands`: what one runs for a plan, as text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from macros.deploy import Deployment, from_atlas
from macros.model import Atlas, Model
from macros.sizing.plan import Plan
from macros.sizing.reader import ConfigError
from macros.suggestions import StepSuggestions

STAGES = {"command": "serve", "manifest": "orchestrate"}


def one_text(atlas: Atlas, model: Model, plan: Plan, copies: int, what: str) -> str:
    """The command or the manifest for one plan. Raises ConfigError with the reason if there is none."""
    found = from_atlas(atlas, model, None, plan, copies)
    file = found.of(STAGES[what])
    if file is None:
        raise ConfigError(" ".join(found.missing))
    return file.text.rstrip("\n")


def step_deployments(atlas: Atlas, step: StepSuggestions) -> tuple[Deployment, ...]:
    """One deployment for each suggestion of a step: on its smallest set, or unsized where there is no plan."""
    return tuple(from_atlas(atlas, item.model, step.need, item.plan) for item in step.suggestions)


def commands_text(atlas: Atlas, steps: Iterable[StepSuggestions]) -> str:
    """Serving commands of a workload, step by step; a model without one says why."""
    parts: list[str] = []
    for step in steps:
        parts.append(f"# == {step.need.title}")
        for found in step_deployments(atlas, step):
            file = found.of("serve")
            if file:
                parts.append(file.text.rstrip("\n"))
            parts += [f"# {found.model.title}: {sentence}" for sentence in found.missing]
    return "\n\n".join(parts)


def commands_json(atlas: Atlas, workload: str, steps: Iterable[StepSuggestions]) -> dict[str, Any]:
    """The same as data, with the manifests."""
    return {
        "workload": workload,
        "steps": [
            {"step": step.need.id, "models": [_as_json(found) for found in step_deployments(atlas, step)]}
            for step in steps
        ],
    }


def _as_json(found: Deployment) -> dict[str, Any]:
    return {
        "model": found.model.id,
        "gpus": found.gpus,
        "files": [{"stage": file.stage, "name": file.name, "text": file.text} for file in found.files],
        "missing": list(found.missing),
    }
