"""Obligations follow from facts: each key must match, open facts make a note conditional, dates have states."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.derive import Derived
from macros.law.classify import classify
from macros.law.conditions import Open
from macros.law.notes import STATES, note, notes, state_on
from macros.law.questions import subject, tell
from macros.model import AiAct, AnnexPoint, Condition, Exemption, Facts, Obligation, System

FACTS = Facts(
    data_kinds=("personal", "health"),
    sectors=("healthcare",),
    effects=("health",),
    decision="informs",
    audiences=("patients",),
    system_role="built",
    system_role_note="Built by the hospital.",
    system=System(name="own", purpose="own-use", techniques=("rag",)),
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


DAY = "2026-11-25"
LISTS = ("data_kinds", "effects", "audiences")


def changed_act(facts: Facts, **changes: Any) -> Facts:
    return dataclasses.replace(facts, ai_act=dataclasses.replace(facts.ai_act, **changes))


def opened(facts: Facts, when: Condition, deployment: str | None = None, *reaches: str) -> dict[str, Open] | None:
    """The open conditions of a note by their key, or None if there is no note."""
    found = note(facts, obligation(applies_when=when), DAY, reaches, deployment)
    return None if found is None else {item.condition: item for item in found.open}


def test_a_sector_rule_stays_conditional_where_the_workload_is_also_met_elsewhere() -> None:
    both = dataclasses.replace(FACTS, sectors=("banking", "telecom"))
    found = opened(both, Condition(sectors=("banking", "insurance")))
    assert found is not None
    assert found["sectors"].terms == ("banking",)
    assert opened(dataclasses.replace(both, sectors=("banking",)), Condition(sectors=("banking",))) == {}


def test_duties_of_a_provider_ask_in_whose_name_the_system_runs() -> None:
    when = Condition(system_role=("built",), system_name=("own",))
    assert opened(FACTS, when) == {}
    unsure = dataclasses.replace(FACTS, system=dataclasses.replace(FACTS.system, name="either"))
    assert list(opened(unsure, when) or {}) == ["system_name"]
    rented = dataclasses.replace(FACTS, system=dataclasses.replace(FACTS.system, name="vendor"))
    assert opened(rented, when) is None


def test_the_paper_on_an_exemption_is_asked_only_where_it_can_be_claimed() -> None:
    when = Condition(annex_iii=("any",), exemption=("claimed",))
    question = "Does it only extract?"
    depends = changed_act(FACTS, exemption=Exemption("depends", "May only extract.", question))
    found = opened(depends, when)
    assert found is not None
    assert found["exemption"] == Open("exemption", ("claimed",), question)
    assert opened(changed_act(FACTS, exemption=Exemption("no", "Profiles people.")), when) is None


def test_a_point_that_is_open_carries_its_own_question() -> None:
    point = AnnexPoint("1c", "Only if emotion is read.", "Is emotion inferred?")
    unsure = changed_act(FACTS, annex_iii=(point,), exemption=Exemption("no", "Profiles people."))
    found = opened(unsure, Condition(annex_iii=("any",)))
    assert found == {"annex_iii": Open("annex_iii", ("1c",), "Is emotion inferred?")}


@pytest.mark.parametrize(
    ("deployment", "expected"),
    [("api", []), ("hybrid", []), ("self-host", ["deployment"]), (None, ["deployment"])],
)
def test_an_outside_party_is_certain_with_an_api_and_asked_for_when_self_hosted(
    deployment: str | None, expected: list[str]
) -> None:
    found = opened(FACTS, Condition(deployment=("hybrid", "api")), deployment)
    assert list(found or {}) == expected
    assert found is not None


def test_what_is_usual_does_not_rule_out_another_technique() -> None:
    assert list(opened(FACTS, Condition(techniques=("lora",))) or {}) == ["techniques"]


@pytest.mark.parametrize(
    ("held", "law", "expected"),
    [
        ((), "us-ca", ["jurisdiction"]),
        (("us-ca",), "us-ca", []),
        (("us-ca",), "us", []),
        (("us",), "us-ca", ["jurisdiction"]),
        (("eu",), "us-ca", None),
        (("eu",), "international", []),
    ],
)
def test_a_law_reaches_where_the_workload_says_it_is(
    held: tuple[str, ...], law: str, expected: list[str] | None
) -> None:
    found = opened(dataclasses.replace(FACTS, reach=held), Condition(data_kinds=("health",)), None, law)
    assert (None if found is None else list(found)) == expected


def test_what_applies_now_comes_before_later_and_what_is_sure_before_what_is_not(derived: Derived) -> None:
    for item in derived.workloads.values():
        orders = [(STATES.index(n.state), n.conditional) for n in item.notes]
        assert orders == sorted(orders), item.workload.id


def test_every_open_condition_has_a_question(derived: Derived) -> None:
    for item in derived.workloads.values():
        for found in item.notes:
            for condition in found.open:
                assert tell(derived.atlas, condition).endswith("?"), (item.workload.id, found.obligation.id)
                assert subject(derived.atlas, condition)


@st.composite
def facts(draw: st.DrawFn, derived: Derived) -> Facts:
    """Facts of any workload, with some of them exchanged for others of the vocabulary."""

    def some(vocabulary: str, least: int = 1) -> tuple[str, ...]:
        terms = sorted(derived.atlas.vocabulary[vocabulary].terms)
        return tuple(draw(st.lists(st.sampled_from(terms), min_size=least, max_size=4, unique=True)))

    def one(*values: str) -> str:
        return draw(st.sampled_from(values))

    exemption = draw(st.sampled_from([None, "no", "depends", "yes"]))
    return Facts(
        data_kinds=some("data-kinds"),
        sectors=some("sectors"),
        effects=some("effects"),
        decision=one("none", "informs", "decides"),
        audiences=some("audiences"),
        system_role=one("built", "bought", "either"),
        system_role_note="",
        system=System(one("own", "vendor", "either"), "own-use", (one("rag", "lora", "merging"),)),
        ai_act=AiAct(
            annex_iii=tuple(AnnexPoint(point, "Why.") for point in some("annex-iii-points", 0)),
            transparency=some("transparency-triggers", 0),
            product=some("product-rules", 0),
            exemption=Exemption(exemption, "Why.", "Is it?") if exemption else None,
        ),
        reach=some("jurisdictions", 0),
    )


def ids(derived: Derived, held: Facts, deployment: str | None = None) -> set[str]:
    return set(found(derived, held, deployment))


def found(derived: Derived, held: Facts, deployment: str | None = None) -> dict[str, Any]:
    workload = dataclasses.replace(derived.workloads["recruitment-screening"].workload, facts=held)
    reach = {i.id: i.jurisdiction for i in derived.atlas.instruments.values()}
    result = notes(workload.facts, derived.atlas.obligations.values(), DAY, reach, deployment)
    return {item.obligation.id: item for item in result}


@given(data=st.data())
def test_a_note_never_stands_without_a_ground(derived: Derived, data: st.DataObject) -> None:
    """A fact that matched, `always`, or a question that decides; and never a repealed law."""
    held = data.draw(facts(derived))
    for item in found(derived, held).values():
        assert item.matches or item.obligation.applies_when.always or item.conditional
        assert item.state in STATES
        for match in item.matches:
            assert match.terms


@given(data=st.data())
def test_adding_a_fact_never_removes_a_note(derived: Derived, data: st.DataObject) -> None:
    """No obligation of the atlas depends on the absence of data, an effect, an audience, a sector or a trigger."""
    held = data.draw(facts(derived))
    before = ids(derived, held)
    for name, vocabulary in zip(LISTS, ("data-kinds", "effects", "audiences"), strict=True):
        more = data.draw(st.sampled_from(sorted(derived.atlas.vocabulary[vocabulary].terms)))
        grown: dict[str, Any] = {name: (*getattr(held, name), more)}
        assert before <= ids(derived, dataclasses.replace(held, **grown)), (name, more)
    sector = data.draw(st.sampled_from(sorted(derived.atlas.vocabulary["sectors"].terms)))
    assert before <= ids(derived, dataclasses.replace(held, sectors=(*held.sectors, sector)))
    point = AnnexPoint(data.draw(st.sampled_from(["1c", "4a", "5b", "8a"])), "Why.")
    assert before <= ids(derived, changed_act(held, annex_iii=(*held.ai_act.annex_iii, point)))
    for name, term in (("transparency", "talks-to-people"), ("product", "machinery")):
        triggered = changed_act(held, **{name: (*getattr(held.ai_act, name), term)})
        assert before <= ids(derived, triggered), name


@given(data=st.data())
def test_knowing_less_never_removes_a_note(derived: Derived, data: st.DataObject) -> None:
    """Facts left open make notes conditional; they never hide one."""
    held = data.draw(facts(derived))
    before = ids(derived, held)
    unsure = dataclasses.replace(
        held,
        sectors=("any",),
        system_role="either",
        system=dataclasses.replace(held.system, name="either"),
        reach=(),
    )
    exemption = held.ai_act.exemption
    if exemption is not None:
        unsure = changed_act(unsure, exemption=dataclasses.replace(exemption, open="depends"))
    assert before <= ids(derived, unsure)


@given(data=st.data())
def test_how_it_runs_never_hides_a_duty(derived: Derived, data: st.DataObject) -> None:
    held = data.draw(facts(derived))
    assert len({frozenset(ids(derived, held, way)) for way in ("self-host", "hybrid", "api", None)}) == 1


def test_reach_is_asked_by_the_scope_of_the_instrument_itself(derived: Derived) -> None:
    found = derived.workloads["recruitment-screening"].notes
    left = [(item.obligation.instrument, open_) for item in found for open_ in item.open]
    asked = {law: tell(derived.atlas, open_) for law, open_ in left if open_.condition == "jurisdiction"}
    assert "offer people there goods or services" in asked["gdpr"]
    assert "is its output used there" in asked["eu-ai-act"]
    # An instrument without a question of its own is asked for by the jurisdiction's.
    assert asked["fcra"] == derived.atlas.vocabulary["jurisdictions"].terms["us"].question
