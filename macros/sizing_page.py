"""What the page “How memory is computed” is given. Arithmetic is in `macros.sizing`, words are in the template."""

from __future__ import annotations

from typing import Any

from macros.sizing import engines, evaluate, overhead


def values() -> dict[str, Any]:
    """What the page about memory is given: plans beside published start-up logs."""
    found = evaluate.evaluate()
    return {
        "e": found,
        "large_pool": evaluate.LARGE_POOL_GIB,
        "low": sum(error < 0 for error in found.errors),
        "worst": sorted(
            (row for row in found.rows if row.error is not None), key=lambda row: -abs(row.error or 0)
        )[:5],
        "oldest": engines.OLDEST,
        "newest": engines.NEWEST,
        "overhead": overhead,
    }
