"""From a plan to what one runs: a serving command, a KServe manifest, and the names of their files.

Pure functions over records and plans. What they emit is checked in the tests against the argument list of
vLLM, the schema of KServe and the schema of Kubernetes in `data/`; none of it was run on a GPU here.
"""

from __future__ import annotations

from macros.deploy.bundle import Deployment, File, deployment, from_atlas
from macros.deploy.setup import Order

__all__ = ["Deployment", "File", "Order", "deployment", "from_atlas"]
