"""What would fit where a plan does not: less context, an 8-bit cache, more GPUs, or a larger one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

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


def _shorter(found: Plan) -> Alternative | None:
    context = longest_context(found.shape, found.request, found.context)
    if context < 1:
        return None
    if context >= 4096:
        context -= context % 1024
    better = plan(found.shape, replace(found.request, context=context))
    return Alternative(f"a context of {context:,} tokens", f"--context {context}", better) if better.fits else None


def _smaller_cache(found: Plan) -> Alternative | None:
    if found.kv_dtype.startswith("fp8"):
        return None
    better = plan(found.shape, replace(found.request, kv_dtype="fp8"))
    return Alternative("an 8-bit cache", "--kv-dtype fp8", better) if better.fits else None


def _wider(shape: ModelShape, request: Request) -> Iterator[Plan]:
    """More GPUs: layers shared inside one machine first, then pipeline stages over machines."""
    inside = [(tp, request.pp) for tp in COUNTS if request.tp < tp <= request.card.in_machine]
    widest = max((tp for tp in COUNTS if tp <= request.card.in_machine), default=1)
    between = [(tp, pp) for tp in (widest, widest // 2) for pp in STAGES if tp and pp > request.pp]
    for tp, pp in [*inside, *sorted(between, key=lambda pair: pair[0] * pair[1])]:
        if tp * pp > request.gpus:
            try:
                yield plan(shape, replace(request, tp=tp, pp=pp))
            except ConfigError:
                continue


def _more_gpus(found: Plan) -> Alternative | None:
    for better in _wider(found.shape, found.request):
        if better.fits:
            tp, pp = better.request.tp, better.request.pp
            machines = -(-tp * pp // better.request.card.in_machine)
            where = f" in {machines} machines" if machines > 1 else ""
            stages = f" --pp {pp}" if pp > 1 else ""
            return Alternative(f"{tp * pp} of these GPUs{where}", f"--tp {tp}{stages}", better)
    return None


def _larger_card(found: Plan, cards: Iterable[tuple[str, Card]]) -> Alternative | None:
    own = found.request.card.memory_gib
    for name, card in cards:
        if card.memory_gib <= own or card.in_machine < found.request.tp:
            continue
        better = plan(found.shape, replace(found.request, card=card))
        if better.fits:
            return Alternative(f"{found.request.gpus} × {name}", f"--gpu {name}", better)
    return None


def _other_set(found: Plan, cards: Iterable[tuple[str, Card]]) -> Alternative | None:
    """The set of least memory in one machine that fits, where neither more GPUs nor a larger one alone do."""
    sets = [(tp * card.memory_gib, tp, name, card) for name, card in cards for tp in COUNTS]
    for _, tp, name, card in sorted(sets, key=lambda item: item[:3]):
        if tp > card.in_machine:
            continue
        try:
            better = plan(found.shape, replace(found.request, card=card, tp=tp, pp=1))
        except ConfigError:
            continue
        if better.fits:
            return Alternative(f"{tp} × {name}", f"--gpu {name} --tp {tp}", better)
    return None
