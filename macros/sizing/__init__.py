"""Memory of a model on accelerators: weights, cache, what the engine adds, and what follows from that."""

from macros.sizing.footprint import (
    RUNTIME_GIB,
    USABLE_SHARE,
    Fit,
    Footprint,
    footprint,
    holds,
    smallest_fits,
)
from macros.sizing.units import GB, GIB

__all__ = [
    "GB",
    "GIB",
    "RUNTIME_GIB",
    "USABLE_SHARE",
    "Fit",
    "Footprint",
    "footprint",
    "holds",
    "smallest_fits",
]
