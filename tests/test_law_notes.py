"""Obligations follow from facts: each key must match, open facts make a note conditional, dates have states."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from macros.derive import Derived
from macros.law.classify import classify
from macros.law.notes import note, state_on
from macros.model import AiAct, AnnexPoint, Condition, Exemption, Facts, Obligation

FACTS = Facts(
    data_kinds=("personal", "health"),
    sectors=("healthcare",),
    effects=("health",),
    decision="informs",
    audiences=("patients",),
    system_role="built",
    system_role_note="Built by the hospital.",
    ai_act=AiAct(annex_iii=(AnnexPoint("5d", "Triage."),), transparency=(), product=()),
)


def obligation(**changes: Any) -> Obligation:
    base = Obligation(
        id="o",
        instrument="i",
        title="T",
        provision="P",
        text_url="https://example.org/text",
        layer="system",
        binds=("deployer",),
        asks="Do it.",
        applies_when=Condition(),
        proof="P",
        controls=("logs",),
        by_deployment={},
        state="adopted",
        confidence="confirmed",
        sources=("s",),
        reviewed="2026-11-23",
    )
    return dataclasses.replace(base, **changes)


def test_all_keys_must_match_and_within_a_key_one_is_enough() -> None:
    both = obligation(applies_when=Condition(data_kinds=("health", "voice"), effects=("health",)))
    found = note(FACTS, both, "2026-11-23")
    assert found is not None
    assert {match.fact: match.terms for match in found.matches} == {
        "data_kinds": ("health",),
        "effects": ("health",),
    }
    one = obligation(applies_when=Condition(data_kinds=("health",), effects=("credit-access",)))
    assert note(FACTS, one, "2026-11-23") is None


def test_any_point_of_annex_iii() -> None:
    assert note(FACTS, obligation(applies_when=Condition(annex_iii=("any",))), "2026-11-23")
    assert note(FACTS, obligation(applies_when=Condition(annex_iii=("4a",))), "2026-11-23") is None


def test_a_sector_rule_is_conditional_for_a_workload_met_everywhere() -> None:
    rule = obligation(applies_when=Condition(sectors=("banking",)))
    assert note(FACTS, rule, "2026-11-23") is None
    found = note(dataclasses.replace(FACTS, sectors=("any",)), rule, "2026-11-23")
    assert found is not None
    assert found.if_sectors == ("banking",)
    assert found.conditional


@pytest.mark.parametrize(("role", "expected"), [("built", "match"), ("either", "if"), ("bought", "none")])
def test_duties_of_a_system_provider_follow_the_role(role: str, expected: str) -> None:
    rule = obligation(applies_when=Condition(system_role=("built",)))
    found = note(dataclasses.replace(FACTS, system_role=role), rule, "2026-11-23")
    if expected == "none":
        assert found is None
    else:
        assert found is not None
        assert (found.if_role == "built") is (expected == "if")


@pytest.mark.parametrize(
    ("state", "start", "day", "expected"),
    [
        ("adopted", "2027-12-02", "2026-11-23", "applies-from"),
        ("adopted", "2027-12-02", "2027-12-02", "in-force"),
        ("adopted", None, "2026-11-23", "in-force"),
        ("proposed", "2025-01-01", "2026-11-23", "proposed"),
        ("voluntary", None, "2026-11-23", "voluntary"),
    ],
)
def test_state_is_relative_to_the_day(state: str, start: str | None, day: str, expected: str) -> None:
    assert state_on(obligation(state=state, applies_from=start), day) == expected


def test_repealed_law_never_makes_a_note() -> None:
    assert note(FACTS, obligation(state="repealed", applies_when=Condition(always=True)), "2026-11-23") is None


def test_class_says_when_it_is_uncertain() -> None:
    act = FACTS.ai_act
    sure = dataclasses.replace(act, exemption=Exemption("no", "Profiles people."))
    open_ = dataclasses.replace(act, exemption=Exemption("depends", "May only extract."))
    assert classify(dataclasses.replace(FACTS, ai_act=sure)).id == "high-risk"
    assert classify(dataclasses.replace(FACTS, ai_act=open_)).id == "may-be-high-risk"
    unclear = dataclasses.replace(sure, unclear="Whether it evaluates.")
    assert classify(dataclasses.replace(FACTS, ai_act=unclear)).id == "may-be-high-risk"


def test_duties_for_listed_uses_are_conditional_while_the_class_is_open() -> None:
    rule = obligation(applies_when=Condition(annex_iii=("any",)))
    act = dataclasses.replace(FACTS.ai_act, exemption=Exemption("depends", "May only extract."))
    found = note(dataclasses.replace(FACTS, ai_act=act), rule, "2026-11-23")
    assert found is not None
    assert found.if_high_risk
    assert found.conditional
    act = dataclasses.replace(act, exemption=Exemption("no", "Profiles people."))
    sure = note(dataclasses.replace(FACTS, ai_act=act), rule, "2026-11-23")
    assert sure is not None
    assert not sure.conditional


def test_recruitment_is_high_risk_from_december_2027(derived: Derived) -> None:
    item = derived.workloads["recruitment-screening"]
    assert item.classification.id == "high-risk"
    deployer = [n for n in item.notes if n.obligation.provision.startswith("Article 26(6)")]
    assert [n.obligation.applies_from for n in deployer] == ["2027-12-02"]
    assert deployer[0].state == "applies-from"
    assert deployer[0].obligation.moved_from == "2026-08-02"


def test_model_layer_and_system_layer_are_never_bound_together(derived: Derived) -> None:
    for o in derived.atlas.obligations.values():
        if o.layer == "model":
            assert "deployer" not in o.binds, o.id
        if "gpai-provider" in o.binds:
            assert o.layer == "model", o.id


def test_links_between_obligations_and_workloads_go_both_ways(derived: Derived) -> None:
    for id_, items in derived.by_obligation.items():
        for item in derived.workloads.values():
            assert (item in items) is any(n.obligation.id == id_ for n in item.notes)


def test_every_obligation_binds_a_workload(derived: Derived) -> None:
    """Only what the workloads meet belongs here."""
    assert [id_ for id_, items in derived.by_obligation.items() if not items] == []
