"""Provider or deployer: every combination has an answer with provision and reason, and the layers stay apart."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.law import AI_ACT, compute, role, role_duties, role_page
from macros.law.role_facts import FINDINGS, LEVELS, ROLES, UNKNOWN
from macros.law.role_tables import Outcome, Table, any_technique, model_tables, system_table
from macros.model import Atlas

STRENGTH = ("none", "open", "modifier", "model-provider")
"""Roles of the model layer, from no duty to all of them."""
PULL = {
    "share": ("below", "close", "above"),
    "change": ("no", "yes"),
    "market": ("outside", "internal", "essential", "offered"),
    "excluded": ("no", "yes"),
    "general": ("no", "yes"),
    "systemic": ("no", "yes"),
    "control": ("behalf", "vendor", "own"),
}
"""Levels from away from to towards a provider of the model."""

TUNED = {
    "control": "own",
    "systemic": "no",
    "share": "above",
    "change": "yes",
    "market": "offered",
    "excluded": "no",
}
IN_HOUSE = {
    "eu": "inside",
    "built": "own",
    "name": "own",
    "position": "use",
    "high_risk": "yes",
    "modified": "no",
    "purpose": "no",
    "origin": "within",
}
BOUGHT = {**IN_HOUSE, "built": "bought", "name": "other"}


def tables() -> dict[str, Table]:
    return {**model_tables(), "system": system_table()}


def complete(table: Table) -> Iterator[dict[str, str]]:
    for answers in table.combinations():
        if UNKNOWN not in answers:
            yield dict(zip(table.questions, answers, strict=True))


def roles(answers: Mapping[str, str]) -> set[str]:
    return {FINDINGS[item.finding] for item in role.system_findings(answers)}


def found(answers: Mapping[str, str]) -> list[str]:
    return [item.finding for item in role.system_findings(answers)]


# Properties of all combinations


@pytest.mark.parametrize("name", [*role.KINDS, "system"])
def test_every_combination_has_findings_of_its_own_layer_with_reason_provision_and_source(
    name: str, atlas: Atlas
) -> None:
    table, layer = tables()[name], "system" if name == "system" else "model"
    for answers in table.combinations():
        outcome = table.outcome(answers)
        assert outcome.findings
        assert outcome.certain or outcome.possible
        for id_, _ in outcome.findings:
            item = atlas.role_findings[id_]
            assert item.layer == layer, "the layers are never mixed"
            assert item.reason and item.provisions and item.sources
            assert set(item.sources) <= set(atlas.sources)
        if outcome.possible:
            assert outcome.decides is not None, "what is open names the question that decides"
            assert dict(zip(table.questions, answers, strict=True))[outcome.decides] == UNKNOWN


@pytest.mark.parametrize("name", [*role.KINDS, "system"])
def test_an_answer_more_never_adds_a_case_and_never_takes_away_what_was_certain(name: str) -> None:
    table = tables()[name]
    for answers in table.combinations():
        before, cases = table.outcome(answers), table.cases(answers)
        for at, level in enumerate(answers):
            if level != UNKNOWN:
                continue
            narrower = [(*answers[:at], to, *answers[at + 1 :]) for to in table.levels[table.questions[at]]]
            assert frozenset().union(*(table.cases(item) for item in narrower)) == cases
            for item in narrower:
                assert set(before.certain) <= set(table.outcome(item).certain)


@pytest.mark.parametrize("how", role.KINDS)
def test_more_pull_never_leads_away_from_being_provider_of_the_model(how: str) -> None:
    for answers in complete(model_tables()[how]):
        rank = STRENGTH.index(FINDINGS[role.model_finding(how, answers)])
        for question, levels in PULL.items():
            if question not in answers or answers[question] == levels[-1]:
                continue
            more = {**answers, question: levels[levels.index(answers[question]) + 1]}
            assert STRENGTH.index(FINDINGS[role.model_finding(how, more)]) >= rank, (
                answers,
                question,
            )


def test_own_name_modification_and_new_purpose_never_make_less_of_a_provider() -> None:
    for answers in complete(system_table()):
        if "provider" in roles(answers):
            for question, towards in (("name", "own"), ("modified", "yes"), ("purpose", "yes"), ("eu", "inside")):
                assert "provider" in roles({**answers, question: towards}), (answers, question)


def test_no_finding_and_no_level_is_there_for_nothing() -> None:
    reached = {
        id_ for table in tables().values() for a in table.combinations() for c in table.cases(a) for id_, _ in c
    }
    assert reached == set(FINDINGS)
    asked = {q for table in tables().values() for q in table.questions}
    assert asked | {"technique", "known", "release"} == set(LEVELS)


def test_the_technique_decides_nothing_about_the_system() -> None:
    """The origin's ranking holds for the model layer only: unmodified weights do not make a deployer."""
    assert not {"technique", "share", "control"} & set(role.SYSTEM)
    assert roles(IN_HOUSE) == {"provider", "deployer"}


def test_unknown_technique_leaves_every_role_of_the_model_possible() -> None:
    outcome = any_technique()
    assert set(outcome.possible) == set(STRENGTH)
    assert outcome.decides == "technique"


# Cases from the guidelines and the articles


def test_every_technique_of_the_atlas_is_judged_as_its_record_says(atlas: Atlas) -> None:
    kinds = {item.id: role.kind(item) for item in atlas.techniques.values()}
    assert len(kinds) == 11
    assert {id_ for id_, how in kinds.items() if how == "use"} == {"prompt-engineering", "rag", "tool-use-agents"}
    assert {id_ for id_, how in kinds.items() if how == "train"} == {
        "lora",
        "full-fine-tuning",
        "continued-pretraining",
        "preference-tuning",
    }
    for item in atlas.techniques.values():
        reachable = model_tables()[kinds[item.id]]
        ordinary = {
            FINDINGS[role.model_finding(kinds[item.id], answers)]
            for answers in complete(reachable)
            if answers.get("excluded") != "yes"
        }
        if item.model_layer.position == "never":
            assert ordinary == {"none"}
        if item.model_layer.position == "provider":
            assert "model-provider" in ordinary


@pytest.mark.parametrize(
    ("how", "changes", "expected"),
    [
        ("train", {}, "model-modifier"),  # 63
        ("train", {"share": "below", "change": "no"}, "model-below"),  # 63
        ("train", {"share": "below"}, "model-change-below"),  # 62: the criterion is the change
        ("train", {"share": "close"}, "model-close"),  # 123
        ("train", {"control": "behalf"}, "model-on-behalf"),  # 60
        ("train", {"control": "vendor"}, "model-api-tuning"),  # footnote 12
        ("train", {"market": "essential"}, "model-modifier"),  # 53: internal use that matters
        ("train", {"market": "internal"}, "model-internal"),  # recital 97
        ("train", {"market": "internal", "systemic": "yes"}, "model-modifier"),  # recital 97, systemic risk
        ("train", {"market": "outside"}, "model-outside"),  # 49
        ("train", {"share": "below", "change": "no", "excluded": "yes"}, "model-integrator"),  # 59
        ("use", {"excluded": "yes"}, "model-integrator"),  # 59, weights untouched
        ("use", {}, "model-use"),
        ("quantize", {}, "model-quantized"),
        ("merge", {}, "model-merge"),  # 121 counts for systemic risk only
        ("merge", {"share": "below", "change": "no"}, "model-below"),
        ("distil", {"start": "weights"}, "model-modifier"),
        ("distil", {"start": "nothing", "general": "yes"}, "model-maker"),
        ("scratch", {"general": "no"}, "model-not-general"),  # 20
        ("scratch", {"general": "yes"}, "model-maker"),  # 56
        ("scratch", {"general": "yes", "market": "internal"}, "model-internal"),
    ],
)
def test_the_model_layer_by_the_guidelines(how: str, changes: dict[str, str], expected: str) -> None:
    answers = {"start": "nothing", "general": "yes", **TUNED, **changes}
    assert role.model_finding(how, {q: answers[q] for q in role.ASKED[how]}) == expected


@pytest.mark.parametrize(
    ("base", "changes", "expected"),
    [
        (IN_HOUSE, {}, ["system-built", "system-deployer"]),  # 3(3), 3(11): own use
        (IN_HOUSE, {"position": "supply"}, ["system-built"]),
        # 2(1)(c) reaches providers abroad by the output, 3(11) speaks of own use in the Union
        (IN_HOUSE, {"eu": "output"}, ["system-built", "system-deployer", "system-output-provider"]),
        (IN_HOUSE, {"eu": "neither"}, ["system-outside"]),
        (IN_HOUSE, {"name": "other", "position": "supply"}, ["system-supplier"]),  # 25(4)
        (IN_HOUSE, {"name": "other"}, ["system-named-other"]),
        (BOUGHT, {}, ["system-deployer"]),  # 3(4)
        (BOUGHT, {"name": "own"}, ["system-rebranded", "system-deployer"]),  # 25(1)(a)
        (BOUGHT, {"modified": "yes"}, ["system-modified", "system-deployer"]),  # 25(1)(b)
        (BOUGHT, {"purpose": "yes"}, ["system-modified", "system-deployer"]),  # 3(23): the purpose changes
        (BOUGHT, {"high_risk": "no", "purpose": "yes"}, ["system-repurposed", "system-deployer"]),  # 25(1)(c)
        (BOUGHT, {"high_risk": "no", "modified": "yes"}, ["system-deployer"]),  # 25(1)(b) is for high-risk only
        (BOUGHT, {"high_risk": "no", "name": "own"}, ["system-name-plain", "system-deployer"]),
        (
            BOUGHT,
            {"high_risk": "no", "name": "own", "modified": "yes"},
            ["system-changed-plain", "system-deployer"],
        ),
        (BOUGHT, {"position": "supply", "origin": "first"}, ["system-importer"]),  # 3(6)
        (BOUGHT, {"position": "both"}, ["system-distributor", "system-deployer"]),  # 3(7)
        # 2(1)(c): nobody imports to, distributes on or supplies for a market that the system does not reach
        (BOUGHT, {"eu": "output", "position": "supply"}, ["system-output-chain"]),
        (BOUGHT, {"eu": "output", "position": "supply", "origin": "first"}, ["system-output-chain"]),
        (BOUGHT, {"eu": "output", "position": "both"}, ["system-deployer"]),
        (IN_HOUSE, {"eu": "output", "name": "other", "position": "supply"}, ["system-output-chain"]),
        (
            BOUGHT,
            {"eu": "output", "name": "own"},
            ["system-rebranded", "system-deployer", "system-output-provider"],
        ),
        # 25(3): a vendor's AI as safety component of the maker's lift or device
        (BOUGHT, {"high_risk": "product", "position": "supply"}, ["system-product-maker"]),
        (BOUGHT, {"high_risk": "product", "position": "supply", "origin": "first"}, ["system-product-maker"]),
        (BOUGHT, {"high_risk": "product"}, ["system-product-maker", "system-deployer"]),
        (
            BOUGHT,
            {"high_risk": "product", "name": "own", "position": "supply"},
            ["system-product-maker", "system-rebranded"],
        ),
        (
            IN_HOUSE,
            {"high_risk": "product", "name": "other", "position": "supply"},
            ["system-product-maker"],
        ),
        (IN_HOUSE, {"high_risk": "product", "position": "supply"}, ["system-product-maker", "system-built"]),
    ],
)
def test_the_system_layer_by_the_articles(
    base: dict[str, str], changes: dict[str, str], expected: list[str]
) -> None:
    assert found({**base, **changes}) == expected


def test_no_importer_distributor_or_supplier_without_the_union_market() -> None:
    """Articles 3(6) and 3(7) speak of the Union market; Article 2(1)(c) of providers and deployers only."""
    for answers in complete(system_table()):
        if answers["eu"] != "inside":
            assert not roles(answers) & {"importer", "distributor", "supplier"}, answers


def test_the_maker_of_the_product_is_provider_and_nothing_in_the_chain() -> None:
    """Article 25(3), whoever made the system and whatever name it bears."""
    for answers in complete(system_table()):
        if answers["high_risk"] == "product" and answers["eu"] != "neither":
            assert found(answers)[0] == "system-product-maker"
            assert "provider" in roles(answers)
            assert roles(answers) <= {"provider", "deployer"}
            assert all(item.high_risk for item in role.system_findings(answers))


def test_every_finding_of_a_provider_is_known_as_one() -> None:
    """`role.PROVIDER` decides who is told of the output; `FINDINGS` what is shown."""
    named = {id_ for id_, held in FINDINGS.items() if held == "provider"}
    assert named - {"system-output-provider"} == role.PROVIDER


def test_a_new_purpose_makes_the_system_high_risk() -> None:
    assert all(item.high_risk for item in role.system_findings({**BOUGHT, "high_risk": "no", "purpose": "yes"}))


def test_an_open_release_frees_from_paper_but_never_with_systemic_risk() -> None:
    assert role.model_duties("no", "yes")["documentation"] == "freed"
    assert role.model_duties("no", "yes")["representative"] == "freed"
    assert role.model_duties("no", "yes")["copyright"] == "yes"
    assert role.model_duties("yes", "yes")["documentation"] == "yes"
    assert role.model_duties("yes", UNKNOWN)["safety"] == "yes"
    assert role.model_duties("no", "no")["notify"] == "no"
    assert set(role.model_duties(UNKNOWN, UNKNOWN).values()) == {"yes", "if"}


def test_a_fixed_figure_takes_the_place_of_the_original_only_if_it_cannot_be_known() -> None:
    assert role.yardstick("yes", "yes") == "original"
    assert role.yardstick("no", "yes") == "systemic"
    assert role.yardstick("no", "no") == "other"
    assert role.yardstick("no", UNKNOWN) == role.yardstick(UNKNOWN, "yes") == "open"


# Compute


def test_compute_of_the_guidelines_own_example() -> None:
    """3.8 billion parameters and 3.3 trillion tokens: 7.5 × 10^22 FLOP (137)."""
    assert compute.flop(3.8e9, 3.3e12) == pytest.approx(7.5e22, rel=0.01)
    assert compute.FALLBACK["systemic"] / compute.SHARE == pytest.approx(3.33e24, rel=0.01)
    assert compute.FALLBACK["other"] / compute.SHARE == pytest.approx(3.33e22, rel=0.01)


FLOPS = st.floats(min_value=1e15, max_value=1e28, allow_nan=False)


@given(FLOPS, FLOPS, st.booleans())
def test_a_clear_side_stays_when_estimates_are_thirty_percent_off(one: float, other: float, fixed: bool) -> None:
    side = compute.compare(one, other, fixed=fixed).side
    for off in (0.71, 1.0, 1.29):
        for also in (1.0,) if fixed else (0.71, 1.0, 1.29):
            above = one * off > other * also / 3
            assert side != "below" or not above
            assert side != "above" or above


@given(FLOPS, FLOPS, st.floats(min_value=1, max_value=100), st.booleans())
def test_more_compute_never_moves_below(one: float, other: float, times: float, fixed: bool) -> None:
    order = ("below", "close", "above")
    less, more = (compute.compare(amount, other, fixed=fixed).side for amount in (one, one * times))
    assert order.index(less) <= order.index(more)


def test_exactly_one_third_is_too_close_to_call() -> None:
    assert compute.compare(1e23, 3e23, fixed=False).side == "close"
    assert compute.compare(1e23, 3e23, fixed=True).side == "close"


# The data of the page


@pytest.fixture(scope="module")
def data(atlas: Atlas) -> dict[str, object]:
    text = role_page.script(atlas)
    assert text.startswith("window.WA_ROLE=")
    loaded: dict[str, object] = json.loads(text.removeprefix("window.WA_ROLE=").removesuffix(";\n"))
    return loaded


def test_duties_bind_the_roles_held_and_only_the_system_layer(atlas: Atlas) -> None:
    duties = {item.id: item for item in atlas.obligations.values() if role_duties.group(item)}
    assert all(item.layer == "system" for item in duties.values())

    def state(id_: str, answers: Mapping[str, str]) -> str | None:
        table = system_table()
        return role_duties.duty_state(duties[id_], table.outcome(tuple(answers[q] for q in table.questions)))

    assert state("ai-act-11-technical-documentation", IN_HOUSE) == "yes"
    assert state("ai-act-11-technical-documentation", BOUGHT) is None
    assert state("ai-act-26-6-keep-logs", BOUGHT) == "yes"
    assert state("ai-act-26-6-keep-logs", {**BOUGHT, "high_risk": UNKNOWN, "purpose": "no"}) == "if"
    assert state("ai-act-11-technical-documentation", {**IN_HOUSE, "high_risk": "no"}) is None
    assert state("ai-act-25-1-becoming-provider", BOUGHT) == "yes"
    assert state("ai-act-25-1-becoming-provider", IN_HOUSE) is None
    assert state("ai-act-4-literacy", {**BOUGHT, "high_risk": "no"}) == "yes"
    assert state("ai-act-50-1-say-it-is-ai", IN_HOUSE) == "if"
    assert state("ai-act-26-6-keep-logs", {**BOUGHT, "eu": "neither"}) is None


def test_duties_of_a_product_maker_have_the_day_of_annex_i(atlas: Atlas, data: dict[str, object]) -> None:
    events = {item.date: item.event for item in atlas.instruments[AI_ACT].timeline}
    duties = {item.id: item for item in atlas.obligations.values() if role_duties.group(item)}
    again = {item.id for item in role_duties.in_product(duties.values())}
    (day,) = {route.applies_from for id_ in again if (route := duties[id_].product_route)}
    assert "product under Annex I" in events[day]
    assert {"ai-act-9-risk-management", "ai-act-26-6-keep-logs"} <= again
    assert not again & {"ai-act-49-register", "ai-act-6-4-document-exemption", "ai-act-26-11-tell-people"}
    table, maker = system_table(), {**BOUGHT, "high_risk": "product", "position": "supply"}
    risk = duties["ai-act-9-risk-management"]

    def states(answers: Mapping[str, str]) -> tuple[str | None, str | None]:
        outcome = table.outcome(tuple(answers[q] for q in table.questions))
        return role_duties.duty_state(risk, outcome), role_duties.product_state(risk, outcome)

    assert states(maker) == (None, "yes")
    assert states({**maker, "high_risk": "yes", "name": "own"}) == ("yes", None)
    for name in ("own", "other"):
        for purpose in ("yes", "no", UNKNOWN):
            assert states({**maker, "high_risk": UNKNOWN, "name": name, "purpose": purpose}) == ("if", None)
    assert states({**maker, "high_risk": "product", "eu": UNKNOWN}) == ("if", None)
    told = data["duties"]
    assert isinstance(told, list)
    copies = [item for item in told if item["title"] == risk.title]
    assert [(item["group"], item["from"]) for item in copies] == [
        ("high-risk", risk.applies_from),
        ("product", day),
    ]


def test_fines_are_those_of_the_role(atlas: Atlas) -> None:
    def provisions(*held: str) -> set[str]:
        fines = atlas.instruments[AI_ACT].fines
        return {fines[at].provision for at in role_page._fines(Outcome(held, (), (), (), None), atlas)}

    assert provisions("modifier") == provisions("model-provider") == {"Article 101"}
    assert "Article 101" not in provisions("provider", "deployer")
    assert "Article 99(4)" in provisions("deployer")
    assert "Article 99(4)(da)" in provisions("supplier")
    assert provisions("none") == provisions("open") == set()
    known = {item.provision for item in atlas.instruments[AI_ACT].fines}
    assert {p for wanted in role_page._FINES.values() for p in wanted} <= known


def test_the_packed_tables_say_what_the_rules_say(data: dict[str, object]) -> None:
    packed, classes, told = data["tables"], data["classes"], data["told"]
    assert isinstance(packed, dict) and isinstance(classes, list) and isinstance(told, list)
    digits, chance = role_page.DIGITS, random.Random("roles")
    for name, table in tables().items():
        every = list(table.combinations())
        assert len(packed[name]) == 2 * len(every)
        for at in chance.sample(range(len(every)), min(400, len(every))):
            outcome = table.outcome(every[at])
            number = digits.index(packed[name][2 * at]) * 64 + digits.index(packed[name][2 * at + 1])
            shown, asked, decides = classes[number]
            assert [ROLES[n] for n in told[shown][0]] == list(outcome.certain)
            assert decides == outcome.decides
            assert [q for q in asked if q not in ("known", "release")] == list(outcome.open)


def test_the_same_atlas_gives_the_same_bytes(atlas: Atlas) -> None:
    assert role_page.script(atlas) == role_page.script(atlas)
