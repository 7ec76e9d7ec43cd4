"""What would fit where a plan does not: less context, an 8-bit cache, more GPUs, or a larger one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from macros.sizing.plan import Plan, plan
from macros.sizing.reader import ConfigError
from macros.sizing.request import Card, Request
from macros.sizing.shape import ModelShape

COUNTS = (1, 2, 4, 8, 16)
STAGES = (2, 4)


@dataclass(frozen=True, slots=True)
class Alternative:
    """A change that makes the plan fit, as a person and as the command line say it."""

    change: str
    arguments: str
    plan: Plan


def alternatives(found: Plan, cards: Iterable[tuple[str, Card]] = ()) -> tuple[Alternative, ...]:
    """Smallest changes that fit, one of each kind; empty where the plan fits or nothing helps."""
    if found.fits:
        return ()
    offered = sorted(cards, key=lambda pair: (pair[1].memory_gib, pair[0]))
    tries = (_shorter(found), _smaller_cache(found), _more_gpus(found), _larger_card(found, offered))
    near = tuple(best for best in tries if best is not None)
    other = None if near else _other_set(found, offered)
    return near if other is None else (other,)


def longest_context(shape: ModelShape, request: Request, most: int) -> int:
    """The longest context of which one request fits, in tokens; 0 if none does."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if plan(shape, replace(request, context=middle)).fits:
            low = middle
        else:
            high = middle - 1
    return low


def _fitting(found: Plan, **change: Any) -> Plan | None:
    """The plan with that change of its request, if an engine could start it and it fits."""
    try:
        better = plan(found.shape, replace(found.request, **change))
    except ConfigError:
        return None
    return better if better.fits else None


def _shorter(found: Plan) -> Alternative | None:
    context = longest_context(found.shape, found.request, found.context)
    if context < 1:
        return None
    if context >= 4096:
        context -= context % 1024
    better = _fitting(found, context=context)
    return Alternative(f"a context of {context:,} tokens", f"--context {context}", better) if better else None


def _smaller_cache(found: Plan) -> Alternative | None:
    better = None if found.kv_dtype.startswith("fp8") else _fitting(found, kv_dtype="fp8")
    return Alternative("an 8-bit cache", "--kv-dtype fp8", better) if better else None


def _wider(request: Request) -> list[tuple[int, int]]:
    """More GPUs: layers shared inside one machine first, then pipeline stages over machines."""
    inside = [(tp, request.pp) for tp in COUNTS if request.tp < tp <= request.card.in_machine]
    widest = max((tp for tp in COUNTS if tp <= request.card.in_machine), default=1)
    between = [(tp, pp) for tp in (widest, widest // 2) for pp in STAGES if tp and pp > request.pp]
    every = [*inside, *sorted(between, key=lambda pair: pair[0] * pair[1])]
    return [(tp, pp) for tp, pp in every if tp * pp > request.gpus]


def _more_gpus(found: Plan) -> Alternative | None:
    for tp, pp in _wider(found.request):
        if better := _fitting(found, tp=tp, pp=pp):
            machines = -(-tp * pp // found.request.card.in_machine)
            where = f" in {machines} machines" if machines > 1 else ""
            stages = f" --pp {pp}" if pp > 1 else ""
            return Alternative(f"{tp * pp} of these GPUs{where}", f"--tp {tp}{stages}", better)
    return None


def _larger_card(found: Plan, cards: Iterable[tuple[str, Card]]) -> Alternative | None:
    own, request = found.request.card.memory_gib, found.request
    for name, card in cards:
        roomier = card.memory_gib > own and card.in_machine >= request.tp
        if roomier and (better := _fitting(found, card=card)):
            return Alternative(f"{request.gpus} × {name}", f"--gpu {name}", better)
    return None


def _other_set(found: Plan, cards: Iterable[tuple[str, Card]]) -> Alternative | None:
    """The set of least memory in one machine that fits, where neither more GPUs nor a larger one alone do."""
    sets = [
        (tp * card.memory_gib, tp, name, card) for name, card in cards for tp in COUNTS if tp <= card.in_machine
    ]
    for _, tp, name, card in sorted(sets, key=lambda item: item[:3]):
        if better := _fitting(found, card=card, tp=tp, pp=1):
            return Alternative(f"{tp} × {name}", f"--gpu {name} --tp {tp}", better)
    return None
