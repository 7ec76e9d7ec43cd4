"""Every plan whose commands are checked, and the vendored interfaces they are checked against.

`python -m tests.deploy_data` prints the arguments of every vLLM command as JSON, one list a line, for the
engine's own parser: see `tests/parse_with_vllm.py`.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from functools import cache
from typing import Any

from macros.deploy import Deployment, from_atlas
from macros.freeze import freeze
from macros.model import Atlas
from macros.sizing import catalogue
from macros.sizing.engines import DEFAULT_ENGINE, rules
from macros.sizing.plan import Plan, plan
from macros.sizing.planner import Planner
from macros.sizing.reader import ConfigError
from macros.sizing.request import Request
from macros.sizing.sets import COUNTS, card
from macros.suggestions import suggest
from macros.validate import check_root
from tests.conftest import ROOT

Case = tuple[str, Plan | None, Deployment]
"""What it is for, the plan, and what one runs."""
SEVERAL = ((8, 2), (4, 4))


@cache
def vendored(name: str) -> dict[str, Any]:
    """One file of `macros/deploy/data/`."""
    found: dict[str, Any] = json.loads((ROOT / "macros" / "deploy" / "data" / name).read_text(encoding="utf-8"))
    return found


def suggested(atlas: Atlas) -> Iterator[Case]:
    """Every suggestion of every step of every workload, on each of its smallest sets."""
    planner = Planner(atlas.accelerators.values(), rules(DEFAULT_ENGINE))
    for workload in atlas.workloads.values():
        for need in workload.needs:
            for item in suggest(need, atlas.models, planner, atlas.vocabulary["size-classes"]).suggestions:
                fits = (item.found.smallest, item.found.larger)
                plans: list[Plan | None] = [fit.plan for fit in fits if fit]
                for found in plans or [None]:
                    yield (
                        f"{workload.id}/{need.id}/{item.model.id}",
                        found,
                        from_atlas(atlas, item.model, need, found),
                    )


def fitting(atlas: Atlas) -> Iterator[Case]:
    """Every model in every listed precision on every accelerator, in the smallest number that fits."""
    for model in atlas.models.values():
        for precision in dict.fromkeys(checkpoint.precision for checkpoint in model.checkpoints):
            for accelerator in atlas.accelerators.values():
                found = _smallest(atlas, model.id, precision, accelerator.id)
                if found is not None:
                    yield f"{model.id}/{precision}/{accelerator.id}", found, from_atlas(atlas, model, None, found)


def _smallest(atlas: Atlas, model: str, precision: str, accelerator: str) -> Plan | None:
    try:
        shape = catalogue.shape(atlas.models[model], precision)
    except ConfigError:
        return None
    on = card(atlas.accelerators[accelerator], precision)
    for tp, pp in (*((count, 1) for count in COUNTS), *SEVERAL):
        try:
            found = plan(
                shape, Request(rules(DEFAULT_ENGINE), on, tp=tp, pp=pp, kv_dtype="fp8" if pp > 1 else "auto")
            )
        except ConfigError:
            continue
        if found.fits:
            return found
    return None


def words(command: str) -> list[str]:
    """The words of the last command in a shell text, as the shell would split them, without comments."""
    lines = [line for line in command.splitlines() if not line.startswith(("#", "export "))]
    return shlex.split(" ".join(line.removesuffix("\\") for line in lines))


def main() -> None:
    """Prints the arguments after `vllm serve` for every case."""
    atlas = freeze(check_root(ROOT)[0])
    for cases in (suggested(atlas), fitting(atlas)):
        for _, _, found in cases:
            file = found.of("serve")
            if file:
                print(json.dumps(words(file.text)[2:]))


if __name__ == "__main__":
    main()
