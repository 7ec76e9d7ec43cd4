"""The stage of a workload follows the stated rule; stages, engines, duties and the picture agree."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from macros import infrastructure, spectrum
from macros.derive import Derived, DerivedWorkload
from macros.model import Atlas
from macros.stages import NODE_CARD, NODE_CARDS, RULE, Placement, place

BEYOND = "beyond"


def placed(derived: Derived, id_: str, verdict: Mapping[str, Any] | None = None, **changes: Any) -> Placement:
    """The placement of a workload with some facts changed."""
    item = derived.workloads[id_]
    signals = {**item.workload.signals, **changes.pop("signals", {})}
    need_changes = changes.pop("needs", {})
    needs = tuple(dataclasses.replace(need, **need_changes) for need in item.workload.needs)
    workload = dataclasses.replace(item.workload, signals=signals, needs=needs[: changes.pop("most", len(needs))])
    found = dataclasses.replace(item.verdict, **(verdict or {}))
    return place(workload, found, item.steps, derived.atlas.accelerators)


def test_every_workload_has_one_stage_of_the_vocabulary_and_a_reason(derived: Derived) -> None:
    by_stage = infrastructure.by_stage(derived)
    counts = Counter(item.workload.id for items in by_stage.values() for item in items)
    assert set(counts) == set(derived.workloads)
    assert set(counts.values()) == {1}
    assert by_stage[BEYOND] == ()
    assert all(item.placement.reasons for item in derived.workloads.values())


def test_the_printed_rule_names_each_stage_of_the_vocabulary(atlas: Atlas) -> None:
    assert {stage for stage, _ in RULE} == set(atlas.vocabulary["stages"].terms)


@pytest.mark.parametrize("verdict", ["self-host", "hybrid"])
def test_a_regulator_asks_for_orchestration_whatever_the_load(derived: Derived, verdict: str) -> None:
    at = placed(derived, "code-completion", {"verdict": verdict}, signals={"evidence_duty": "regulator"})
    assert at.stage == "orchestrate"
    assert "regulator" in at.reasons[0]


def test_steady_load_asks_for_it_only_with_more_than_one_kind_of_model(derived: Derived) -> None:
    calm = {"evidence_duty": "internal", "traffic": "steady_high"}
    assert placed(derived, "internal-knowledge-assistant", signals=calm).stage == "orchestrate"
    assert placed(derived, "internal-knowledge-assistant", signals=calm, most=1).stage == "serve"
    assert placed(derived, "internal-knowledge-assistant", signals={"traffic": "bursty"}).stage == "serve"


def test_the_edge_is_own_hardware_with_one_request_at_a_time(derived: Derived) -> None:
    item = derived.workloads["edge-operator-assistant"]
    assert item.placement.stage == "edge"
    assert placed(derived, item.workload.id, needs={"concurrency": 2}).stage == "serve"
    cloud = {"inside": derived.atlas.forms["own-cloud-account"]}
    assert placed(derived, item.workload.id, cloud).stage != "edge"


def test_an_api_verdict_and_a_single_plain_request_stay_on_one_machine(derived: Derived) -> None:
    assert placed(derived, "aml-investigation-narratives", {"verdict": "api"}).stage == "evaluate"
    plain = {"concurrency": 1, "structured_output": False, "tools": False}
    assert placed(derived, "legacy-modernisation", needs=plain).stage == "evaluate"
    for name, value in (("concurrency", 2), ("structured_output", True), ("tools", True)):
        assert placed(derived, "legacy-modernisation", needs={**plain, name: value}).stage == "serve", name


def test_engines_of_a_stage_exist_serve_it_and_are_current(atlas: Atlas) -> None:
    assert set(atlas.stages) == {*atlas.vocabulary["stages"].terms, BEYOND}
    for stage in atlas.stages.values():
        named = [*stage.engines, *(engine for path in stage.paths for engine in path.engines)]
        for id_ in named:
            engine = atlas.engines[id_]
            assert not engine.retired, id_
            wanted = {"serve", "orchestrate"} if stage.id == BEYOND else {stage.id}
            assert wanted & set(engine.stages), (stage.id, id_)
    assert any(engine.retired for engine in atlas.engines.values())


def test_some_engine_of_its_stage_serves_each_workload(derived: Derived) -> None:
    """Of the engines named at its stage at least one serves a job of the workload."""
    for item in derived.workloads.values():
        stage = derived.atlas.stages[item.placement.stage]
        assert set(stage.engines) & {engine.id for engine in item.engines}, item.workload.id


def test_only_the_last_step_has_ways_over_several_nodes(atlas: Atlas) -> None:
    assert [stage.id for stage in atlas.stages.values() if stage.paths] == [BEYOND]
    assert all(path.versions for path in atlas.stages[BEYOND].paths)


def test_duties_are_told_with_sources_and_dates_for_the_engines_people_begin_with(atlas: Atlas) -> None:
    assert len(atlas.upkeep) >= 8
    told = Counter(fact.engine for duty in atlas.upkeep.values() for fact in duty.by_engine)
    for engine in ("vllm", "sglang", "llama-cpp", "ollama", "kserve"):
        assert told[engine] >= 3, engine
    for duty in atlas.upkeep.values():
        assert duty.by_stage
        for fact in duty.by_engine:
            assert fact.sources
            assert fact.checked <= atlas.settings.as_of
            assert not atlas.engines[fact.engine].retired


def test_what_a_node_holds_is_its_memory_times_the_share(derived: Derived) -> None:
    found = {node.accelerator.id: node for node in infrastructure.nodes(derived.atlas)}
    node = found[NODE_CARD]
    assert node.room_gib == pytest.approx(NODE_CARDS * node.accelerator.memory.usable_gib * 0.92)
    rooms = [node.room_gib for node in infrastructure.nodes(derived.atlas)]
    assert rooms == sorted(rooms)
    for node in found.values():
        assert all(gib > node.room_gib for _, gib in node.too_large)
    larger = [len(node.too_large) for node in infrastructure.nodes(derived.atlas)]
    assert larger == sorted(larger, reverse=True), "a larger node cannot fail at more models"


def test_the_tightest_step_is_the_one_with_least_room(derived: Derived) -> None:
    known: list[DerivedWorkload] = [d for d in derived.workloads.values() if d.placement.tightest]
    assert len(known) >= 25
    for item in known:
        tightest = item.placement.tightest
        assert tightest is not None
        need = next(need for need in item.workload.needs if need.title == tightest.step)
        assert tightest.needs == need.concurrency
        assert tightest.times > 0


@pytest.mark.parametrize("name", ["wide", "tall"])
def test_the_picture_shows_each_workload_once_inside_its_frame(derived: Derived, name: str) -> None:
    given = infrastructure.values(derived)
    picture: spectrum.Picture = dict(given["pictures"])[name]
    marks = [mark for step in picture.steps for mark in step.marks]
    assert Counter(m.verdict for m in marks) == Counter(d.verdict.verdict for d in derived.workloads.values())
    assert len({(mark.x, mark.y) for mark in marks}) == len(marks) == len(derived.workloads)
    for mark in marks:
        assert 0 <= mark.x <= picture.width - spectrum.MARK
        assert 0 <= mark.y <= picture.height - spectrum.MARK
    for step in picture.steps:
        assert 0 <= step.x <= picture.width - step.width
        assert step.y + step.height <= picture.height
        for line in step.lines:
            assert line.x + 6 * len(line.text) <= step.x + step.width, line.text
