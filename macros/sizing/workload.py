"""Plans for a step of a workload: for each suggested model the smallest accelerators that carry its load."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from macros.model import Accelerator, Model, Need
from macros.sizing import catalogue
from macros.sizing.engines import Rules
from macros.sizing.reader import ConfigError
from macros.sizing.sets import Fitting, Load, sets
from macros.sizing.shape import ModelShape

MOST = 3


@dataclass(frozen=True, slots=True)
class ModelPlan:
    """One model for a step: the smallest sets that carry the load, or why there is none."""

    model: Model
    sets: tuple[Fitting, ...]
    why_none: str | None = None


@dataclass(frozen=True, slots=True)
class StepPlan:
    """One step and the models for it."""

    need: Need
    load: Load
    models: tuple[ModelPlan, ...]


def load(need: Need) -> Load:
    """Requests at once and their length; input and output share the context."""
    tokens = need.context_tokens
    answer = need.output_tokens
    typical = (tokens.typical if tokens else 0) + (answer.typical if answer else 0)
    longest = (tokens.high if tokens else 0) + (answer.high if answer else 0)
    return Load(need.concurrency, max(1, typical), max(1, longest))


def workload_plan(
    need: Need, models: Iterable[Model], accelerators: tuple[Accelerator, ...], rules: Rules
) -> StepPlan:
    """Plans for every model; a model whose shape was not read says so instead."""
    wanted = load(need)
    found: list[ModelPlan] = []
    for model in models:
        try:
            shape: ModelShape = catalogue.shape(model)
        except ConfigError as error:
            found.append(ModelPlan(model, (), str(error)))
            continue
        fitting = sets(shape, accelerators, rules, wanted)[:MOST]
        why = None if fitting else "no set of up to eight equal accelerators in the catalogue carries this load"
        found.append(ModelPlan(model, fitting, why))
    return StepPlan(need, wanted, tuple(found))
