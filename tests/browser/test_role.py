"""The helper for roles in a real Chromium: Python’s answers, by keyboard, by address, on paper, without script."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from macros.derive import Derived
from macros.law import compute, role
from macros.law.role_facts import LEVELS, UNKNOWN, layer_of
from macros.law.role_tables import Table, any_technique, model_tables, system_table
from macros.model import Atlas
from tests.browser.tools import assert_accessible, faultless, open_tool, sending_nothing

PAGE = "regulation/role/"
BUILT = "#technique=rag&market=essential&excluded=no&eu=inside&built=own&name=own&position=use&high_risk=yes"
OPEN = "#technique=merging&share=unknown&built=bought&high_risk=unknown&show=1"
PAIRS = 3_000


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    yield from faultless(browser, viewport={"width": 390, "height": 844})


def visit(page: Page, site_url: str, fragment: str = "") -> None:
    open_tool(page, site_url, "regulation/role", fragment)


def asked(page: Page) -> str | None:
    found = page.locator(".wa-question")
    return found.get_attribute("data-question") if found.count() else None


def said(page: Page, layer: str) -> str:
    return page.locator(f".wa-layer[data-layer={layer}] .wa-layer__role").inner_text()


READ = """([layer, technique, questions, sets]) => sets.map(levels => {
  const answers = {};
  questions.forEach((id, n) => { if (levels[n] !== "unknown") answers[id] = levels[n]; });
  if (technique) answers.technique = technique;
  const found = window.WARole.table.lookup(layer, answers);
  const known = ["known", "release"];
  return [found.certain, found.possible, found.findings.map(f => [f.id, f.high]),
    found.open.filter(id => !known.includes(id)), found.decides];
})"""


def expected(table: Table, answers: tuple[str, ...]) -> list[Any]:
    outcome = table.outcome(answers)
    high = {(False,): "no", (True,): "yes", (False, True): "either"}
    shown = [[id_, high[classes]] for id_, classes in outcome.findings]
    return [list(outcome.certain), list(outcome.possible), shown, list(outcome.open), outcome.decides]


def test_the_helper_says_what_python_says_for_every_combination(page: Page, site_url: str, atlas: Atlas) -> None:
    visit(page, site_url)
    by_kind = {role.kind(item): item.id for item in atlas.techniques.values()}
    for how, table in {**model_tables(), "system": system_table()}.items():
        every = list(table.combinations())
        layer, technique = ("system", None) if how == "system" else ("model", by_kind[how])
        found = page.evaluate(READ, [layer, technique, table.questions, every])
        for answers, shown in zip(every, found, strict=True):
            assert shown == expected(table, answers), (how, answers)
    alone = page.evaluate(READ, ["model", None, [], [[]]])[0]
    assert alone[1] == list(any_technique().possible)
    assert alone[3:] == [["technique"], "technique"]
    for item in atlas.techniques.values():
        kind = page.evaluate("id => window.WA_ROLE.kinds[id]", item.id)
        assert kind == role.kind(item)


def test_duties_of_a_model_provider_and_the_line_are_those_of_python(page: Page, site_url: str) -> None:
    visit(page, site_url)
    for one in ("yes", "no", UNKNOWN):
        for other in ("yes", "no", UNKNOWN):
            assert page.evaluate(
                "([a, b]) => window.WA_ROLE.model_states[a][b]", [one, other]
            ) == role.model_duties(one, other)
            assert page.evaluate("([a, b]) => window.WA_ROLE.yardsticks[a][b]", [one, other]) == role.yardstick(
                one, other
            )


def test_the_calculator_equals_python_to_the_last_bit(page: Page, site_url: str) -> None:
    visit(page, site_url)
    chance = random.Random("one third")  # the same pairs in every run
    pairs = [(10 ** chance.uniform(6, 13), 10 ** chance.uniform(6, 14)) for _ in range(PAIRS)]
    # As text: whole numbers would come back as integers with their digits cut.
    told = page.evaluate("pairs => pairs.map(([p, d]) => String(window.WARole.compute.flop(p, d)))", pairs)
    found = [float(text) for text in told]
    assert found == [compute.flop(*pair) for pair in pairs]
    near = [(flop, flop * chance.uniform(1, 9)) for flop in found]
    lines = [(flop, original, fixed) for flop, original in near for fixed in (False, True)]
    sides = page.evaluate(
        """lines => lines.map(([m, o, fixed]) => {
          const c = window.WARole.compute.compare(m, o, fixed);
          return [...[c.modification, c.original, c.line, c.ratio].map(String), c.side]; })""",
        lines,
    )
    for (flop, original, fixed), shown in zip(lines, sides, strict=True):
        c = compute.compare(flop, original, fixed=fixed)
        assert [float(text) for text in shown[:-1]] == [c.modification, c.original, c.line, c.ratio]
        assert shown[-1] == c.side
    assert {side[-1] for side in sides} == {"below", "close", "above"}


@pytest.mark.parametrize(
    ("typed", "line", "side"),
    [
        ({"mp": "27", "mt": "40", "op": "27", "ot": "15000"}, "estimate", "below"),
        ({"mp": "27", "mt": "15,000", "op": "27", "ot": "15000"}, "estimate", "above"),
        ({"mp": "27", "mt": "5000", "op": "27", "ot": "15000"}, "estimate", "close"),
        ({"mp": "8", "mt": "100", "of": "1.5e24"}, "told", "below"),
        ({"mp": "8", "mt": "10000"}, "other", "above"),
        ({"mp": "8", "mt": "10000"}, "systemic", "below"),
    ],
)
def test_typing_into_the_calculator_answers_the_question(
    page: Page, site_url: str, typed: dict[str, str], line: str, side: str
) -> None:
    visit(page, site_url, "#technique=continued-pretraining")
    page.locator("#wa-line").select_option(line)
    for key, text in typed.items():
        page.locator(f"#wa-{key}").fill(text)
    assert page.locator("[data-side]").get_attribute("data-side") == side
    before = page.url
    page.reload()
    page.wait_for_selector("#wa-role[data-ready]")
    assert page.url == before
    assert page.locator("[data-side]").get_attribute("data-side") == side, "the address keeps what was typed"
    page.locator("[data-do=share]").click()
    assert f"share={side}" in page.url
    assert f"known={'no' if line in compute.FALLBACK else 'yes'}" in page.url


def test_one_pass_by_keyboard_from_nothing_to_both_results(page: Page, site_url: str, atlas: Atlas) -> None:
    visit(page, site_url)
    page.locator(".wa-choice").first.focus()
    answers: dict[str, str] = {}
    order: list[str] = []
    while (question := asked(page)) is not None:
        order.append(question)
        if question == "technique":
            records = sorted(atlas.techniques.values(), key=lambda item: item.order)
            page.keyboard.press(str([item.id for item in records].index("lora") + 1))
            answers[question] = "lora"
        else:
            page.keyboard.press("1")
            answers[question] = LEVELS[question][0]
        assert page.evaluate("document.activeElement.id") in ("wa-asked", "wa-result"), "focus follows"
    layers = [layer_of(item) for item in order]
    assert layers == sorted(layers), "first all of the model, then the system"
    table = model_tables()["train"]
    assert table.outcome(tuple(answers.get(q, UNKNOWN) for q in table.questions)).possible == ()
    assert said(page, "model") == "no role"
    page.keyboard.press("b")
    assert asked(page) == order[-1]
    page.locator(".wa-chip").first.focus()
    page.keyboard.press("Enter")
    assert asked(page) == "technique"
    page.keyboard.press("b")
    assert asked(page) == order[-1], "kept as it was"


def test_not_known_keeps_what_is_possible_and_names_the_question_that_decides(
    page: Page, site_url: str, atlas: Atlas
) -> None:
    visit(page, site_url, "#technique=lora&control=own&systemic=no&known=yes&change=no&market=offered&excluded=no")
    assert asked(page) == "share"
    page.locator("[data-level=unknown]").click()
    assert "share=unknown" in page.url
    assert "provider of the modified model" in said(page, "model")
    page.get_by_role("button", name="Show the result so far").click()
    decide = page.locator(".wa-role__layer[data-layer=model] [data-do=decide]")
    assert decide.inner_text() == atlas.role_questions["share"].question
    decide.click()
    assert asked(page) == "share"
    page.locator("[data-level=below]").click()
    assert said(page, "model") == "no role"
    page.go_back()
    page.wait_for_function("document.querySelector('.wa-question')?.dataset.question === 'share'")


def test_unmodified_weights_and_yet_provider_of_the_system(page: Page, site_url: str) -> None:
    visit(page, site_url, BUILT)
    assert asked(page) is None
    assert said(page, "model") == "no role"
    assert said(page, "system") == "provider of the system and deployer of the system"
    system = page.locator(".wa-role__layer[data-layer=system]")
    assert "Article 3(11)" in system.inner_text()
    assert "Article 99(4)" in system.inner_text()
    assert "Article 101" not in page.locator("#wa-role .wa-result").inner_text()
    for id_ in ("ai-act-11-technical-documentation", "ai-act-26-6-keep-logs"):
        assert system.locator(f"a[href$='obligations/{id_}/']").count() == 1


def test_the_maker_of_a_product_is_provider_from_the_day_of_annex_i(page: Page, site_url: str) -> None:
    visit(page, site_url, "#eu=inside&built=bought&name=other&position=supply&high_risk=product&show=1")
    assert said(page, "system") == "provider of the system"
    system = page.locator(".wa-role__layer[data-layer=system]")
    assert "Article 25(3)" in system.inner_text()
    risk = system.locator("li", has=page.locator("a[href$='obligations/ai-act-9-risk-management/']"))
    assert risk.count() == 1
    assert "from 2028-08-02" in risk.inner_text()


def test_a_provider_of_the_modified_model_gets_the_fine_of_models_and_duties_limited_to_it(
    page: Page, site_url: str
) -> None:
    visit(
        page,
        site_url,
        "#technique=continued-pretraining&control=own&systemic=no&share=above&change=yes&market=offered&excluded=no"
        "&release=yes&eu=neither",
    )
    model = page.locator(".wa-role__layer[data-layer=model]").inner_text()
    assert "limited to the modification" in model
    assert "freed by an open release" in model
    assert "Article 101" in model
    assert said(page, "system") == "no role"


def test_other_anchors_of_the_page_leave_the_state_alone(page: Page, site_url: str) -> None:
    visit(page, site_url, "#technique=lora")
    page.evaluate("location.hash = '#technique-lora'")
    page.wait_for_timeout(200)
    assert "LoRA" in page.locator(".wa-given").inner_text()
    page.locator(".wa-choice").first.click()
    assert "technique=lora&" in page.url


def test_what_the_atlas_does_not_know_is_named_and_left_out(page: Page, site_url: str) -> None:
    visit(page, site_url, "#technique=magic&built=own&x=y")
    assert "technique=magic, x=y" in page.locator("#wa-role .wa-caution").first.inner_text()
    assert asked(page) == "technique"


def test_the_brief_prints_and_copies_as_markdown(page: Page, site_url: str) -> None:
    visit(page, site_url, BUILT)
    page.locator("[data-take=markdown]").click()
    page.get_by_text("Brief copied.").wait_for()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("# Provider or deployer, of what?\n")
    for part in (
        "## The model: no role",
        "## The system: provider of the system and deployer of the system",
        "### High-risk systems, from 2027-12-02",
        "(Articles 11 and 18, Annex IV)",
        "### Fines",
        "### Answers",
        "C(2025) 5045 final",
        "Information, not legal advice.",
        BUILT,
    ):
        assert part in text
    page.emulate_media(media="print")
    paper = page.locator(".wa-brief").inner_text()
    assert "The model: no role" in paper
    assert "Checked by" in paper
    assert not page.locator(".wa-layers").is_visible()
    assert not page.locator("#a-correction").is_visible()


def test_nothing_leaves_the_browser(page: Page, site_url: str) -> None:
    with sending_nothing(page, lambda: visit(page, site_url)):
        page.locator(".wa-choice").first.click()
        page.locator("#wa-mp").fill("27")
        page.get_by_role("button", name="Show the result so far").click()
        page.locator("[data-take=markdown]").click()
    assert "sends nothing" in page.locator(".wa-local").inner_text()


def test_it_works_when_the_site_is_opened_from_a_disk(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto(f"file://{site}/{PAGE}index.html#technique=rag")
    page.wait_for_selector("#wa-role[data-ready]")
    assert asked(page) == "market"
    page.close()


def test_without_a_script_techniques_findings_and_the_correction_are_there(
    browser: Browser, site_url: str, derived: Derived
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + PAGE)
    assert not page.locator("#wa-role").is_visible()
    assert not page.locator("#wa-compute").is_visible()
    assert page.locator("table.wa-roles tbody tr").count() == len(derived.atlas.techniques)
    for id_, item in derived.atlas.techniques.items():
        section = page.locator(f"#technique-{id_}")
        assert section.is_visible()
        for text in (item.model_layer.note, item.system_layer, item.reviewed):
            assert " ".join(text.split()) in section.inner_text()
    for finding in derived.atlas.role_findings.values():
        assert finding.reason in page.locator(f"#finding-{finding.id}").inner_text()
    assert "That holds for the model layer only" in page.locator("main").inner_text()
    assert "Information, not legal advice" in page.locator(".wa-local").inner_text()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_state_of_the_helper_has_an_accessibility_violation(
    browser: Browser, site_url: str, scheme: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="light" if scheme == "light" else "dark"
    )
    page = context.new_page()
    for fragment in ("", "#technique=lora&ask=share&x=y", BUILT, OPEN, "#line=other&mp=8&mt=700"):
        visit(page, site_url, fragment)
        assert_accessible(page, width, fragment)
    context.close()
