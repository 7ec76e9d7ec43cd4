"""From the files to a valid, frozen Atlas, or to all the problems. The one entrance for everything else."""

from __future__ import annotations

from pathlib import Path

from macros.freeze import freeze
from macros.model import Atlas
from macros.problems import InvalidAtlasError
from macros.validate import check_root

ROUTING = ("vocabulary", "signals", "teams", "forms", "rules", "versions")
"""The kinds that routing needs; of a workload it reads only the signals."""
JUDGING = (*ROUTING, "deployments")
"""The kinds that judging the rules needs."""
COST = (*ROUTING, "models", "accelerators", "prices", "speeds", "offers", "workloads")
"""The kinds that a comparison of costs reads; of sources it needs the ids alone."""
LAW = (*ROUTING, "questions", "instruments", "obligations", "changes", "techniques", "sources")
"""The kinds that classes and notes need; of a workload they read only the facts."""


def load(root: Path) -> Atlas:
    """Read, validate and freeze the atlas below `root`.

    Raises InvalidAtlasError with every problem if there is any; there is no partial result.
    """
    library, problems = check_root(root)
    if problems:
        raise InvalidAtlasError(problems)
    return freeze(library)
