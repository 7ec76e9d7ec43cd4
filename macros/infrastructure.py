"""What the page about infrastructure is given: who sits where, the picture, and the figures of one node."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from macros import platform, spectrum, stages
from macros.derive import Derived, DerivedWorkload
from macros.model import Accelerator, Atlas, Model
from macros.sizing.engines import DEFAULT_ENGINE, rules
from macros.sizing.planner import weights_gib_of


@dataclass(frozen=True, slots=True)
class Node:
    """Eight equal accelerators: GiB that the engine takes by default, and models whose weights exceed it."""

    accelerator: Accelerator
    room_gib: float
    too_large: tuple[tuple[Model, float], ...]
    """Models and their weights in GiB, in the number format they were published in."""


def nodes(atlas: Atlas) -> tuple[Node, ...]:
    """Nodes of every data-centre accelerator, smallest first.

    room = cards in a node × usable memory × share that vLLM takes by default; the cache needs room besides.
    """
    share = rules(DEFAULT_ENGINE).utilization
    weights = [(model, weights_gib_of(model, model.checkpoints[0].precision)) for model in atlas.models.values()]
    weights.sort(key=lambda pair: (-pair[1], pair[0].id))
    found = []
    for accelerator in atlas.accelerators.values():
        if accelerator.data_centre:
            room = stages.NODE_CARDS * accelerator.memory.usable_gib * share
            large = tuple((model, gib) for model, gib in weights if gib > room)
            found.append(Node(accelerator, room, large))
    return tuple(sorted(found, key=lambda node: (node.room_gib, node.accelerator.id)))


def by_stage(derived: Derived) -> dict[str, tuple[DerivedWorkload, ...]]:
    """The workloads of each stage, in the order of the atlas; `beyond` is no workload's own stage."""
    every = derived.workloads.values()
    return {id_: tuple(item for item in every if item.placement.stage == id_) for id_ in derived.atlas.stages}


def values(derived: Derived) -> dict[str, Any]:
    """Values for `infrastructure.jinja`."""
    atlas, placed = derived.atlas, by_stage(derived)
    found = spectrum.contents(
        atlas.stages,
        {id_: engine.title for id_, engine in atlas.engines.items()},
        {id_: [item.verdict.verdict for item in items] for id_, items in placed.items()},
    )
    sized = [item.placement.tightest for item in derived.workloads.values() if item.placement.tightest]
    return {
        "placed": placed,
        "contents": found,
        "pictures": (("wide", spectrum.wide(found)), ("tall", spectrum.tall(found))),
        "rule": stages.RULE,
        "node_cards": stages.NODE_CARDS,
        "node_card": stages.NODE_CARD,
        "engine": DEFAULT_ENGINE.replace("@", " "),
        "share": rules(DEFAULT_ENGINE).utilization,
        "nodes": nodes(atlas),
        "least_times": min((found.times for found in sized), default=0.0),
        "sized": len(sized),
        "platform": tuple(platform.served(derived, control) for control in atlas.platform.values()),
        "unanswered": platform.unanswered(atlas),
        "project_uses": platform.uses(atlas),
        "home_of": platform.home,
    }
