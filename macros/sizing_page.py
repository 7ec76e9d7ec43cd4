"""What the page “How memory is computed” is given. Arithmetic is in `macros.sizing`, words are in the template."""

from __future__ import annotations

from typing import Any

from macros.model import Atlas, Model
from macros.sizing import catalogue, engines, evaluate, links
from macros.sizing.reader import ConfigError


def values(atlas: Atlas) -> dict[str, Any]:
    """What the page about memory is given: plans beside published start-up logs, and where shapes come from."""
    found = evaluate.evaluate()
    models = atlas.models.values()
    configured = [model for model in models if any(item.config for item in model.checkpoints)]
    return {
        "configured": [model for model in configured if _sized(model)],
        "recorded": [model for model in models if model not in configured and _sized(model)],
        "unsized": [model for model in models if not _sized(model)],
        "e": found,
        "large_pool": evaluate.LARGE_POOL_GIB,
        "low": sum(error < 0 for error in found.errors),
        "worst": sorted(
            (row for row in found.rows if row.error is not None), key=lambda row: -abs(row.error or 0)
        )[:5],
        "oldest": engines.OLDEST,
        "newest": engines.NEWEST,
        "links": links,
    }


def _sized(model: Model) -> bool:
    try:
        catalogue.shape(model)
    except ConfigError:
        return False
    return True
