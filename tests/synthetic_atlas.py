"""An atlas of any size to measure with: `python -m tests.synthetic_atlas OUT [--workloads 3000] [--seed 29]`.

Writes a project below OUT that passes `atlas check --root OUT` and builds (`mkdocs build -f OUT/mkdocs.yml`): all
records of the atlas as they are, and as many mixed workloads as make the number asked for. Each takes task and
steps of one workload, facts of a second, pattern and signals of a third, drawn by a fixed sequence, so that the
same number and seed give the same bytes. The measures of the list of workloads and of the search use the same
mixture without files (`enlarged`).
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from macros.derive import Derived
from macros.validate import check_root

ROOT = Path(__file__).resolve().parent.parent
SEED = 29
COPIED = ("atlas", "schema", "docs")


def mixtures(ids: Sequence[str], total: int, seed: int = SEED) -> Iterator[tuple[int, str, str, str]]:
    """For each workload beyond those of the atlas its number and the three that it is mixed from."""
    draw = random.Random(seed)
    for number in range(len(ids), total):
        one, two, three = (draw.choice(ids) for _ in range(3))
        yield number, one, two, three


def title_of(one: str, two: str, number: int) -> str:
    """The title of a mixed workload from those of two others."""
    return f"{one}, {two[0].lower()}{two[1:]} {number}"


def summary_of(two: str, number: int) -> str:
    """The summary of a mixed workload from that of another, which must not have the same."""
    return f"{two[:230].rstrip()} ({number})"


def mixed(number: int, one: Mapping[str, Any], two: Mapping[str, Any], three: Mapping[str, Any]) -> dict[str, Any]:
    """The record of a mixed workload. Its other names are those of two others, each with its number."""
    names = [*one["synonyms"][:6], *two["synonyms"][:6]]
    return {
        **one,
        "title": title_of(one["title"], two["title"], number),
        "summary": summary_of(two["summary"], number),
        "synonyms": [f"{name} {number}" for name in dict.fromkeys(names)],
        "facts": two["facts"],
        "signals": three["signals"],
        "signal_notes": three["signal_notes"],
    }


def write(out: Path, total: int, seed: int = SEED) -> None:
    """Write the project with `total` workloads below `out`, which must not exist or be empty."""
    library, problems = check_root(ROOT)
    assert problems == []
    for name in COPIED:
        shutil.copytree(ROOT / name, out / name, dirs_exist_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", out)
    (out / "macros").symlink_to(ROOT / "macros")
    found = {entry.id: entry.document for entry in library.readable("workloads")}
    for number, one, two, three in mixtures(sorted(found), total, seed):
        record = mixed(number, found[one].data, found[two].data, found[three].data)
        folder = (out / found[three].file).parent
        # Each value as JSON, which YAML contains.
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in record.items()]
        (folder / f"x{number}.yml").write_text("".join(lines), encoding="utf-8")


def enlarged(derived: Derived, total: int, seed: int = SEED) -> Derived:
    """The same mixture without files: what follows is taken from the three, so that it is there at once.

    Only the workloads are enlarged, not who refers to them.
    """
    found = dict(derived.workloads)
    for number, *ids in mixtures(sorted(found), total, seed):
        one, two, three = (derived.workloads[id_] for id_ in ids)
        workload = replace(
            one.workload,
            id=f"x{number}",
            title=title_of(one.workload.title, two.workload.title, number),
            pattern=three.workload.pattern,
            summary=summary_of(two.workload.summary, number),
            facts=two.workload.facts,
            signals=three.workload.signals,
        )
        found[workload.id] = replace(
            one,
            workload=workload,
            verdict=three.verdict,
            classification=two.classification,
            notes=two.notes,
            placement=one.placement,
        )
    return replace(derived, workloads=found)


def main() -> None:
    """Write what the arguments ask for."""
    parser = argparse.ArgumentParser(description="Write an atlas of any size to measure with.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--workloads", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    write(given.out, given.workloads, given.seed)
    print(f"{given.workloads} workloads in {given.out}")


if __name__ == "__main__":
    main()
