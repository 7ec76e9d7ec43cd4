"""The class of a use: one for every complete answer, never firmer than its completions, and as published."""

from __future__ import annotations

import dataclasses
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.derive import Derived
from macros.law import follows, remaining
from macros.law.answers import parse, written
from macros.law.class_rules import FACTS, GATES, PARTS, POINTS, RULES, STAGES, VALUES
from macros.law.classify import PRODUCTS, _brings, answers_of, class_of, classify, reach, settle
from macros.law.notes import state_on
from macros.law.report import class_json
from macros.model import Atlas, Facts
from tests.law_cases import CASES, ORDINARY, Case

LATER = frozenset({"intimate_images", "abuse_material"})
FIRM = ("no", "open", "yes")


def use(*answers: str) -> dict[str, bool]:
    """An ordinary use, with these answers besides."""
    ordinary, _ = parse(ORDINARY)
    found, wrong = parse(answers, ordinary)
    assert wrong == []
    return found


partial = st.dictionaries(st.sampled_from(sorted(FACTS)), st.booleans())
complete = st.fixed_dictionaries({fact: st.booleans() for fact in FACTS})
rare = st.sets(st.sampled_from(sorted(FACTS)), max_size=4).map(lambda yes: {fact: fact in yes for fact in FACTS})
"""Few facts hold in most uses, so both kinds are drawn."""


@given(answers=complete | rare)
def test_every_complete_answer_has_exactly_one_class(answers: dict[str, bool]) -> None:
    found = settle(answers, LATER)
    assert found.possible == (found.id,)
    assert found.id in RULES
    assert set(found.gates.values()) <= {"yes", "no"}
    assert found.stages_left == ()
    assert remaining.left(answers, found, LATER) == ()


def test_every_class_and_every_part_of_the_rules_is_reached() -> None:
    states = list(itertools.product(*(VALUES[part] for part in PARTS)))
    assert {class_of(state) for state in states} == set(RULES)
    for position, part in enumerate(PARTS):
        leads = _brings if part == "personal" else class_of  # it takes duties away, and no class
        dead = all(
            leads(state) == leads((*state[:position], value, *state[position + 1 :]))
            for state in states
            for value in VALUES[part]
        )
        assert not dead, part


@given(full=complete | rare, hidden=st.sets(st.sampled_from(sorted(FACTS))))
def test_an_unknown_never_gives_a_firmer_class_than_its_completion(
    full: dict[str, bool], hidden: set[str]
) -> None:
    known = {fact: value for fact, value in full.items() if fact not in hidden}
    before, after = settle(known, LATER), settle(full, LATER)
    assert after.id in before.possible
    if before.settled:
        assert before.id == after.id
    for gate in GATES:
        assert before.gates[gate] in {"open", after.gates[gate]}


@given(known=partial, fact=st.sampled_from(sorted(FACTS)), value=st.booleans())
def test_one_more_answer_only_takes_classes_and_questions_away(
    known: dict[str, bool], fact: str, value: bool
) -> None:
    known.pop(fact, None)
    before, after = settle(known, LATER), settle({**known, fact: value}, LATER)
    assert set(after.possible) <= set(before.possible)
    assert set(after.stages_left) <= set(before.stages_left)


@given(known=partial)
def test_each_class_called_possible_has_a_completion(known: dict[str, bool]) -> None:
    """The values that every part can still come to are reached by answers, one part at a time."""
    found = settle(known, LATER)
    reached = set()
    for yes in _completions_by_part(known):
        reached.add(settle(yes, LATER).id)
    assert reached == set(found.possible)


def _completions_by_part(known: dict[str, bool]) -> list[dict[str, bool]]:
    """Enough completions to bring every part to every value it can still have."""
    ways: list[dict[str, bool]] = [dict(known)]
    for facts in STAGES.values():
        open_ = [fact for fact in facts if fact not in known]
        options = [dict.fromkeys(open_, False)]
        options += [dict.fromkeys(open_, False) | {fact: True} for fact in open_]
        options += [dict.fromkeys(open_, False) | {a: True, b: True} for a in open_ for b in open_ if a < b]
        own = {fact: known[fact] for fact in facts if fact in known}
        distinct = {reach({**own, **option}, LATER): option for option in options}
        ways = [{**way, **option} for way in ways for option in distinct.values()]
    return ways


@given(full=rare, hidden=st.sets(st.sampled_from(sorted(FACTS)), max_size=8))
def test_a_fact_that_is_not_asked_for_can_change_nothing(full: dict[str, bool], hidden: set[str]) -> None:
    known = {fact: value for fact, value in full.items() if fact not in hidden}
    found = settle(known, LATER)
    asked = {item.fact for item in remaining.left(known, found, LATER)}
    for fact in hidden - asked:
        ways = [settle({**full, fact: value}, LATER) for value in (False, True)]
        assert ways[0].id == ways[1].id, fact


def test_firm_obligations_stay_whatever_is_answered_next(atlas: Atlas) -> None:
    duties = follows.duties(atlas, atlas.settings.as_of)
    known, _ = parse(("scope=none", "bans=none", "annex_iii=5b", "exemption=profiling,preparatory?"))
    before = settle(known, LATER)
    firm = {duty.obligation.id for duty in duties if follows.status(duty, known, before) == "yes"}
    assert "ai-act-26-6-keep-logs" in firm
    assert "ai-act-27-rights-assessment-finance" in firm
    assert "ai-act-6-4-document-exemption" not in firm
    for fact in FACTS:
        if fact not in known:
            for value in (False, True):
                answers = {**known, fact: value}
                after = settle(answers, LATER)
                still = {duty.obligation.id for duty in duties if follows.status(duty, answers, after) == "yes"}
                assert firm <= still, fact


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_published_example_has_its_class(case: Case, atlas: Atlas) -> None:
    assert case.source in atlas.sources
    assert settle(use(*case.answers), LATER).id == case.expected


def test_every_workload_keeps_a_class_that_agrees_with_its_notes(derived: Derived) -> None:
    for item in derived.workloads.values():
        act, found = item.workload.facts.ai_act, item.classification
        assert found == classify(item.workload.facts)
        noted = {note.obligation.id for note in item.notes}
        if act.annex_iii:
            assert found.id in {"high-risk", "may-be-high-risk"}, item.workload.id
            assert "ai-act-26-6-keep-logs" in noted
            assert any(note.if_high_risk for note in item.notes) is (found.id == "may-be-high-risk")
        else:
            assert "high-risk" not in found.possible, item.workload.id
            assert "ai-act-26-6-keep-logs" not in noted
        if found.settled and found.id == "no-class":
            assert not {id_ for id_ in noted if id_.startswith("ai-act-50-")}, item.workload.id
        if found.id == "product":
            assert noted & {"ai-act-6-1-medical-device", "ai-act-machinery-safety-component"}


def test_what_follows_from_a_workloads_facts_is_noted_on_its_page(derived: Derived) -> None:
    """Both read the same records: a firm duty of the class without other conditions is a note."""
    duties = follows.duties(derived.atlas, derived.atlas.settings.as_of)
    asked = {id_ for question in derived.atlas.questions.values() for id_ in question.obligations}
    for item in derived.workloads.values():
        answers = answers_of(item.workload.facts)
        noted = {note.obligation.id: note for note in item.notes}
        for duty in duties:
            if not duty.only_if and follows.status(duty, answers, item.classification) == "yes":
                assert duty.obligation.id in noted, (item.workload.id, duty.obligation.id)
                hangs = any(found.condition == "other" for found in noted[duty.obligation.id].open)
                assert not hangs or duty.obligation.id in asked, (
                    f"{duty.obligation.id} is certain here and conditional on its page"
                )


def test_a_ban_to_come_is_told_with_its_day_and_never_as_law_before(atlas: Atlas) -> None:
    answers = use("bans=intimate_images")
    seen = {}
    for day in ("2024-07-01", "2026-11-25", "2026-12-01", "2026-12-02", "2029-01-01"):
        found = class_json(atlas, answers, day)
        seen[day] = (found["class"], found["state"])
        assert found["applies_from"] == "2026-12-02"
    assert seen["2026-12-01"] == seen["2026-11-25"] == ("prohibited-later", "applies-from")
    assert seen["2024-07-01"] == ("prohibited-later", "applies-from")
    assert seen["2026-12-02"] == seen["2029-01-01"] == ("prohibited", "in-force")
    assert class_json(atlas, answers, "2026-11-25")["title"] == "Prohibited from 2 December 2026 (Article 5)"


def test_dates_of_a_class_are_those_of_its_questions(atlas: Atlas) -> None:
    for typed, start in (("annex_iii=4a", "2027-12-02"), ("transparency=talks_to_people", "2026-08-02")):
        assert class_json(atlas, use(typed), "2026-11-25")["applies_from"] == start


def test_questions_left_come_in_an_order_that_decides_and_say_what_they_change() -> None:
    nothing = settle({}, LATER)
    assert nothing.title == "Not settled"
    assert nothing.stages_left[:2] == ("scope", "bans")
    listed, _ = parse(("scope=none", "bans=none", "annex_iii=4a", "product=none", "transparency=none"))
    found = settle(listed, LATER)
    assert (found.id, found.title) == ("may-be-high-risk", "High-risk unless exempt (Annex III)")
    left = {item.fact: item for item in remaining.left(listed, found, LATER)}
    assert left["profiling"].yes == "settles it: High-risk (Annex III)"
    assert set(left) == set(STAGES["exemption"])


@given(known=partial)
def test_what_is_written_into_an_address_is_read_back(known: dict[str, bool]) -> None:
    read, wrong = parse(f"{key}={value}" for key, value in written(known).items())
    assert wrong == []
    assert read == known


def test_points_and_product_rules_of_the_vocabulary_are_those_of_the_rules(atlas: Atlas) -> None:
    assert tuple(atlas.vocabulary["annex-iii-points"].terms) == POINTS
    assert set(atlas.vocabulary["product-rules"].terms) == set(PRODUCTS)
    triggers = {term.replace("-", "_") for term in atlas.vocabulary["transparency-triggers"].terms}
    assert triggers == set(STAGES["transparency"])


def test_a_listed_use_that_is_unclear_is_not_called_high_risk(derived: Derived) -> None:
    facts = derived.workloads["recruitment-screening"].workload.facts
    unclear = dataclasses.replace(facts, ai_act=dataclasses.replace(facts.ai_act, unclear="Whether it evaluates."))
    assert classify(facts).settled
    assert not classify(unclear).settled


def _following(atlas: Atlas, answers: dict[str, bool], facts: Facts | None = None) -> dict[str, str]:
    found = class_json(atlas, answers, atlas.settings.as_of, facts)
    return {item["id"]: item["follows"] for item in found["obligations"]}


def test_a_lift_or_toy_has_no_firm_duty_of_a_medical_device(atlas: Atlas, derived: Derived) -> None:
    answers = use("product=product_section_a,third_party_assessment")
    assert class_json(atlas, answers, atlas.settings.as_of)["applies_from"] == "2028-08-02"
    devices = {"ai-act-6-1-medical-device", "ai-act-26-medical-device-user"}
    told = _following(atlas, answers)
    assert {told[id_] for id_ in devices} == {"open"}
    facts = derived.workloads["clinical-documentation"].workload.facts
    assert facts.ai_act.product == ("medical-device",)
    named = _following(atlas, answers, facts)
    assert {named[id_] for id_ in devices} == {"yes"}


def test_a_lift_or_toy_has_the_duties_of_every_high_risk_system_from_the_day_of_products(
    atlas: Atlas, derived: Derived
) -> None:
    product = "product=product_section_a,third_party_assessment"
    found = class_json(atlas, use(product), "2026-11-25")["obligations"]
    by_product = {item["id"]: item for item in found if item["route"] == "product"}
    for id_ in ("ai-act-9-risk-management", "ai-act-17-quality-management", "ai-act-26-6-keep-logs"):
        told = by_product[id_]
        assert (told["follows"], told["applies_from"], told["moved_from"]) == ("yes", "2028-08-02", "2027-08-02")
        assert told["state"] == "applies-from" and "Annex I, Section A" in told["note"]
    assert "Article 25(3)" in by_product["ai-act-9-risk-management"]["note"]
    assert by_product["ai-act-9-risk-management"]["only_if"] == []
    only_annex_iii = ("26-8-public-registration", "26-11-tell-people", "49-register", "86-explain-decisions")
    assert not {f"ai-act-{id_}" for id_ in only_annex_iii} & set(by_product)
    later = class_json(atlas, use(product), "2028-08-02")["obligations"]
    assert {item["state"] for item in later if item["route"] == "product"} == {"in-force"}
    # listed as well: once, by the earlier route; with a medical device named: by its own records
    both = class_json(atlas, use(product, "annex_iii=4a", "exemption=profiling"), "2026-11-25")["obligations"]
    assert [x["applies_from"] for x in both if x["id"] == "ai-act-9-risk-management"] == ["2027-12-02"]
    device = derived.workloads["clinical-documentation"].workload.facts
    named = class_json(atlas, use(product), "2026-11-25", device)["obligations"]
    assert not [item for item in named if item["route"] == "product"]


def test_articles_4_and_50_do_not_follow_for_a_product_of_section_b_alone(atlas: Atlas) -> None:
    product, talks = "product=product_section_b,third_party_assessment", "transparency=talks_to_people"
    alone = class_json(atlas, use(product, talks), atlas.settings.as_of)
    assert alone["class"] == "product-rules"
    assert "A reading, not settled" in alone["explanation"]
    assert {item["id"] for item in alone["obligations"]} == {"ai-act-machinery-safety-component"}
    triggered = [reason["text"] for reason in alone["reasons"] if reason["fact"] == "talks_to_people"]
    assert "Article 2(2)" in triggered[0]
    both = _following(atlas, use(product, talks, "annex_iii=4a", "exemption=profiling"))
    assert (
        both["ai-act-50-1-say-it-is-ai"] == both["ai-act-4-literacy"] == both["ai-act-9-risk-management"] == "yes"
    )
    assert "ai-act-6-4-document-exemption" not in _following(
        atlas, use(product, "annex_iii=4a", "exemption=narrow_task")
    )


def test_a_record_that_leaves_a_question_open_has_no_settled_class(atlas: Atlas, derived: Derived) -> None:
    doubts = [item for item in derived.workloads.values() if item.workload.facts.ai_act.unclear]
    assert doubts
    for item in doubts:
        facts, found = item.workload.facts, item.classification
        told = class_json(atlas, answers_of(facts), atlas.settings.as_of, facts)
        assert not found.settled and told["settled"] is False, item.workload.id
        assert told["title"] == found.title
        if len(found.possible) == 1:
            assert found.title.endswith(" on the facts stated")
            assert told["unclear"] == facts.ai_act.unclear
    facts = derived.workloads["batch-transcription"].workload.facts
    other, _ = parse(("annex_iii=5a", "exemption=profiling"), answers_of(facts))
    beyond = class_json(atlas, other, atlas.settings.as_of, facts)
    assert (beyond["title"], beyond["settled"]) == ("High-risk (Annex III)", True)


def test_a_prohibited_practice_is_told_with_its_fine_and_no_other_class_with_that(atlas: Atlas) -> None:
    for practice in ("live_identification", "intimate_images"):
        found = class_json(atlas, use(f"bans={practice}"), atlas.settings.as_of)
        for part in ("EUR 35 million", "7 %", "Article 99(3)", "SMEs", "Article 99(6)"):
            assert part in found["fine"]
    assert class_json(atlas, use("annex_iii=4a"), atlas.settings.as_of)["fine"] is None


def test_purely_personal_use_takes_only_the_duties_of_the_deployer_away(atlas: Atlas) -> None:
    typed = ("annex_iii=5b", "exemption=profiling", "transparency=generates_content,emotion_or_biometric")
    ordinary, personal = use(*typed), use("personal_only=yes", *typed)
    found = class_json(atlas, personal, atlas.settings.as_of)
    assert found["class"] == "high-risk"
    assert not [reason for reason in found["reasons"] if reason["text"] == "No exclusion of Article 2."]
    gone = set(_following(atlas, ordinary)) - set(_following(atlas, personal))
    assert {"ai-act-26-6-keep-logs", "ai-act-50-3-emotion-biometric-notice"} <= gone
    for id_ in gone:
        assert not {"provider", "manufacturer"} & set(atlas.obligations[id_].binds), id_
    assert _following(atlas, personal)["ai-act-9-risk-management"] == "yes"
    unknown = {fact: value for fact, value in ordinary.items() if fact != "personal_only"}
    assert _following(atlas, unknown)["ai-act-26-6-keep-logs"] == "open"
    asked = class_json(atlas, unknown, atlas.settings.as_of)["questions_left"]
    assert [item["key"] for item in asked] == ["personal_only"]


def test_the_bans_of_december_2026_are_asked_with_their_legal_test(atlas: Atlas) -> None:
    for id_ in ("intimate_images", "abuse_material"):
        question = atlas.questions[id_]
        assert "made or used to" in question.question
        assert "without significant technical modification" in question.question
        assert "lack adequate safeguards" in question.question
        assert "only where that is the deployer’s purpose (Article 5(1a))" in question.help
    assert "(Article 5(1b))" in atlas.questions["intimate_images"].help


def test_bans_that_a_workload_comes_near_are_told_with_their_obligation(atlas: Atlas, derived: Derived) -> None:
    manipulates, sorts = "ai-act-5-1-ab-no-manipulation", "ai-act-5-1-g-no-sensitive-categorisation"
    for practice, id_ in (
        ("manipulation", manipulates),
        ("vulnerabilities", manipulates),
        ("sensitive_categorisation", sorts),
    ):
        assert _following(atlas, use(f"bans={practice}"))[id_] == "yes"
        assert id_ not in _following(atlas, use())
    noted = {
        id_: {w for w, item in derived.workloads.items() if any(n.obligation.id == id_ for n in item.notes)}
        for id_ in (manipulates, sorts)
    }
    assert "realtime-voice-agent" in noted[manipulates]
    assert "internal-knowledge-assistant" not in noted[manipulates]
    assert noted[sorts] == {"multilingual-audio-analytics"}


def test_consumer_credit_law_is_noted_for_lending_alone_and_always_asks_for_its_scope(derived: Derived) -> None:
    ids = {"ccd-18-assess-on-financial-data", "ccd-18-human-intervention"}
    for workload, item in derived.workloads.items():
        found = [note for note in item.notes if note.obligation.id in ids]
        assert {note.obligation.id for note in found} == (
            ids if workload == "credit-underwriting-support" else set()
        )
        for note in found:
            assert note.state == "in-force" and note.conditional
            assert "national law" in (note.obligation.date_note or "")
    for obligation in (derived.atlas.obligations[id_] for id_ in ids):
        assert state_on(obligation, "2026-11-19") == "applies-from"
        assert state_on(obligation, "2026-11-20") == "in-force"
