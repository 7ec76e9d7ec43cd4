"""Flips for reading: what changes a verdict, told with as few lines as it takes. Pure."""

from __future__ import annotations

from macros.routing.router import Verdict

Told = tuple[str, list[tuple[str, list[str]]]]
"""The verdict that follows, and for each signal that moves the levels it may move to."""


def told(verdict: Verdict) -> list[Told]:
    """Levels of one signal that lead to the same verdict are told together; the smallest changes come first."""
    found: dict[tuple[str, tuple[str, ...]], list[list[str]]] = {}
    for flip in verdict.flips:
        signals = tuple(change.signal for change in flip.changes)
        levels = found.setdefault((flip.verdict, signals), [[] for _ in signals])
        for known, change in zip(levels, flip.changes, strict=True):
            if change.level not in known:
                known.append(change.level)
    return [(other, list(zip(signals, levels, strict=True))) for (other, signals), levels in found.items()]
