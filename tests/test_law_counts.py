"""Headline counts: what is law is counted apart from what is none."""

from __future__ import annotations

import json

from macros.derive import Derived
from macros.law.counts import headline
from macros.law.workload import law_part
from macros.routing import VERDICTS
from tests.conftest import ROOT, run_atlas


def test_a_headline_names_each_kind_by_its_number() -> None:
    states = [*["in-force"] * 70, "applies-from", *["guidance"] * 2, *["voluntary"] * 2, "proposed"]
    assert headline(states) == (
        "71 obligations, 2 points of guidance, 2 voluntary or contractual frames, 1 proposal (not law)"
    )
    assert headline(["in-force"]) == "1 obligation"
    assert headline(["guidance"]) == "0 obligations, 1 point of guidance"


def test_proposals_are_in_no_answer_by_deployment(derived: Derived) -> None:
    item = derived.workloads["clinical-documentation"]
    part = law_part(derived.atlas, item.notes, VERDICTS)
    proposed = [note for note in item.notes if note.state == "proposed"]
    assert len(proposed) > 1
    assert part.answered == len(item.notes) - len(proposed)
    assert not [note for note in (*part.differing, *part.same) if note.state == "proposed"]
    assert all(sum(counts[v] for _, counts in part.counts) == part.answered for v in VERDICTS)


def test_the_command_counts_law_apart(derived: Derived) -> None:
    states = [note.state for note in derived.workloads["recruitment-screening"].notes]
    text = run_atlas("obligations", "recruitment-screening", cwd=ROOT).stdout.splitlines()[0]
    assert f"recruitment-screening: {headline(states)}, as of" in text
    assert "1 proposal (not law)" in text
    narrowed = run_atlas("obligations", "recruitment-screening", "--role", "deployer", cwd=ROOT).stdout
    assert f"(of {headline(states)})" in narrowed.splitlines()[0]
    told = json.loads(run_atlas("obligations", "recruitment-screening", "--json", cwd=ROOT).stdout)
    assert told["counts"] == {state: states.count(state) for state in told["counts"]}
    assert sum(told["counts"].values()) == len(told["obligations"])
