"""How many accelerators one replica of a model takes, by the memory rules of the sizing engine. Pure."""

from __future__ import annotations

from functools import lru_cache

from macros.model import Accelerator, Model
from macros.size_page import row
from macros.sizing.engines import DEFAULT_ENGINE, rules

BASIS = "Fewest that start the published checkpoint and hold one long request, by the sizing engine."


@lru_cache(maxsize=2048)
def replica(model: Model, gpu: Accelerator) -> int | None:
    """The fewest that hold it, as `/size/` lists them: 0 where one machine does not, None if that is not known."""
    found = row(model, (gpu,), rules(DEFAULT_ENGINE))
    return None if found.why else (found.counts[0] or 0)
