"""All combinations of levels, and sets of them as the bits of one integer.

A combination has an index: its ranks read as the digits of one number, the first signal most significant. A set
of combinations is an integer whose bit `i` says whether combination `i` belongs to it. Union, intersection and
complement are then single machine operations over all 157,464 combinations, so that promises can be proved for
every one of them instead of a sample.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, reduce
from operator import or_

from macros.model import Signal

Levels = Mapping[str, str]
"""Signal id -> level id; signals that are not there are unknown."""


class Space:
    """The combinations of the levels of some signals, in the order given."""

    def __init__(self, signals: Mapping[str, Signal]) -> None:
        self.signals = tuple(signals.values())
        self.ids = tuple(signal.id for signal in self.signals)
        self.sizes = tuple(len(signal.levels) for signal in self.signals)
        self.strides = self._strides()
        self.size = self.sizes[0] * self.strides[0] if self.sizes else 1
        self.position = {id_: position for position, id_ in enumerate(self.ids)}
        self.rank = {s.id: {level.id: rank for rank, level in enumerate(s.levels)} for s in self.signals}
        self._masks: dict[tuple[int, int], int] = {}

    def _strides(self) -> tuple[int, ...]:
        strides = [1]
        for size in reversed(self.sizes[1:]):
            strides.append(strides[-1] * size)
        return tuple(reversed(strides))

    @cached_property
    def everything(self) -> int:
        """The set of all combinations."""
        return (1 << self.size) - 1

    def index(self, levels: Levels) -> int:
        """Index of a complete combination; raises KeyError if a signal is missing or a level is unknown."""
        return sum(
            self.rank[id_][levels[id_]] * stride for id_, stride in zip(self.ids, self.strides, strict=True)
        )

    def levels(self, index: int) -> dict[str, str]:
        """The combination at `index`."""
        return {
            signal.id: signal.levels[index // stride % size].id
            for signal, stride, size in zip(self.signals, self.strides, self.sizes, strict=True)
        }

    def at(self, position: int, rank: int) -> int:
        """All combinations in which the signal at `position` has exactly `rank`."""
        known = self._masks.get((position, rank))
        if known is None:
            stride, period = self.strides[position], self.strides[position] * self.sizes[position]
            block = ((1 << stride) - 1) << (rank * stride)
            # One block a period, repeated: multiplying copies it to every multiple of the period.
            known = block * (self.everything // ((1 << period) - 1))
            self._masks[position, rank] = known
        return known

    def reaching(self, signal: str, level: str) -> int:
        """All combinations in which a signal has a level or a stronger one."""
        position = self.position[signal]
        return self._union(self.at(position, r) for r in range(self.rank[signal][level], self.sizes[position]))

    def within(self, signal: str, level: str) -> int:
        """All combinations in which a signal has a level or a weaker one."""
        position = self.position[signal]
        return self._union(self.at(position, rank) for rank in range(self.rank[signal][level] + 1))

    def completions(self, levels: Levels) -> int:
        """All combinations that agree with the levels that are known; raises KeyError on unknown ids."""
        found = self.everything
        for signal, level in levels.items():
            found &= self.at(self.position[signal], self.rank[signal][level])
        return found

    def project(self, combinations: int, position: int, rank: int | None) -> int:
        """A set over the signals from `position` on, seen over those after it.

        With a rank: what follows that level. Without: what follows any level, that is, the signal is unknown.
        """
        stride, size = self.strides[position], self.sizes[position]
        ranks = range(size) if rank is None else (rank,)
        return self._union(combinations >> (r * stride) for r in ranks) & ((1 << stride) - 1)

    @staticmethod
    def _union(sets: Iterable[int]) -> int:
        return reduce(or_, sets, 0)

    def members(self, combinations: int) -> bytes:
        """One byte a combination, 1 for those in the set: for look-ups by index in constant time."""
        digits = format(combinations, f"0{self.size}b").encode("ascii")
        return digits[::-1].translate(_DIGITS)

    def set_of(self, values: bytes, value: int) -> int:
        """The set of combinations for which `values`, one byte a combination, equals `value`."""
        digits = bytes(48 + (byte == value) for byte in range(256))
        return int(values[::-1].translate(digits), 2)


_DIGITS = bytes(value - 48 if value in (48, 49) else value for value in range(256))
