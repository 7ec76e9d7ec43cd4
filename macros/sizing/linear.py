"""A named weight matrix, and what a token mixer consists of."""

from __future__ import annotations

from dataclasses import dataclass

from macros.sizing.shape import CacheGroup, Sharding


@dataclass(frozen=True, slots=True)
class Linear:
    """`elements` weights of one module. `plain` ones are never quantized; a `copy` is no parameter of its own."""

    name: str
    elements: float
    sharding: Sharding = Sharding.SPLIT
    heads: int = 1
    plain: bool = False
    copy: bool = False


@dataclass(frozen=True, slots=True)
class Mixer:
    """Weights and cache of one token mixer; `width` is the channels that it makes for a token at once."""

    linears: tuple[Linear, ...]
    group: CacheGroup | None
    width: int
