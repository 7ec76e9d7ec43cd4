"""The classification helper in a real Chromium: Python's answers, by keyboard, on paper, without a script."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from macros.derive import Derived
from macros.law.answers import written
from macros.law.class_rules import FACTS, RULES, STAGES
from macros.law.classify import answers_of
from macros.law.report import class_json
from macros.urls import address
from tests.browser.tools import assert_accessible, faultless, open_tool, sending_nothing
from tests.law_cases import CASES

SETS = 1_500
HIGH = "#scope=none&bans=none&product=none&annex_iii=4a&exemption=profiling&transparency=none&done=scope,bans"
SAME = (
    "class",
    "title",
    "explanation",
    "settled",
    "possible",
    "applies_from",
    "state",
    "points",
    "provisions",
    "unclear",
    "fine",
)

READ = """sets => sets.map(known => { const a = window.WAClass.table.answer(known); return { ...a,
  obligations: a.obligations.map(o => [o.duty.id, o.follows, o.duty.only_if, o.duty.note]),
  questions_left: a.questions_left.map(q => [q.key, q.step, q.if_yes, q.if_no]),
  reasons: a.reasons.map(r => [r.fact, r.text, r.provision]) }; })"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    yield from faultless(browser, viewport={"width": 390, "height": 844})


def visit(page: Page, site_url: str, fragment: str = "") -> None:
    open_tool(page, site_url, "regulation/class", fragment)


def asked(page: Page) -> str | None:
    found = page.locator(".wa-question")
    return found.get_attribute("data-step") if found.count() else None


def shape(found: dict[str, Any]) -> dict[str, Any]:
    """What Python says, in the shape that is read from the page."""
    return {key: found[key] for key in SAME} | {
        "obligations": [
            [item["id"], item["follows"], item["only_if"], item["note"]] for item in found["obligations"]
        ],
        "questions_left": [[q["key"], q["step"], q["if_yes"], q["if_no"]] for q in found["questions_left"]],
        "reasons": [[reason["fact"], reason["text"], reason["provision"]] for reason in found["reasons"]],
    }


def sets(derived: Derived) -> list[dict[str, bool]]:
    """Every combination of the smaller steps for a listed use, every workload, and many random sets."""
    small = [fact for stage in ("exemption", "product") for fact in STAGES[stage]]
    base = {fact: False for stage in ("scope", "bans", "transparency") for fact in STAGES[stage]}
    base |= {fact: fact == "point_4a" for fact in STAGES["listed"]}
    found: list[dict[str, bool]] = [{}]
    for stage in ("exemption", "product"):
        for values in itertools.product((False, None, True), repeat=len(STAGES[stage])):
            own = {f: v for f, v in zip(STAGES[stage], values, strict=True) if v is not None}
            rest = {f: False for f in small if f not in STAGES[stage]} | {"point_4a": stage == "exemption"}
            found.append({**base, **rest, **own})
    found += [dict(answers_of(item.workload.facts)) for item in derived.workloads.values()]
    chance = random.Random("class")  # the same sets in every run
    for number in range(SETS):
        share, yes = (1.0, 0.5, 0.9, chance.random())[number % 4], (0.02, 0.1, 0.5)[number % 3]
        found.append({fact: chance.random() < yes for fact in FACTS if chance.random() < share})
    return found


def test_the_helper_says_what_python_says_for_every_small_and_thousands_of_other_sets(
    page: Page, site_url: str, derived: Derived
) -> None:
    visit(page, site_url)
    day, seen = derived.atlas.settings.as_of, set()
    every = sets(derived)
    assert len(every) > 2_200
    for known, found in zip(every, page.evaluate(READ, every), strict=True):
        wanted = shape(class_json(derived.atlas, known, day))
        assert {key: found[key] for key in wanted} == wanted, known
        seen.add(wanted["class"])
    assert seen >= set(RULES)


def test_the_address_is_the_notation_of_the_command(page: Page, site_url: str, derived: Derived) -> None:
    visit(page, site_url)
    read = "text => window.WAClass.address.read(text, window.WA_CLASS).answers"
    write = """known => { const data = window.WA_CLASS; const given = {};
      for (const step of data.steps) if (step.facts.some(f => f.id in known))
        given[step.id] = Object.fromEntries(step.facts.filter(f => f.id in known).map(f => [f.id, known[f.id]]));
      return window.WAClass.address.write({ from: null, given, done: [], ask: null, show: false }, data); }"""
    for known in sets(derived)[::40]:
        fragment = "#" + "&".join(f"{key}={value}" for key, value in written(known).items())
        assert page.evaluate(read, fragment) == known
        assert page.evaluate(write, known) == fragment


def test_one_pass_by_keyboard_from_nothing_to_a_settled_class(page: Page, site_url: str) -> None:
    visit(page, site_url)
    assert asked(page) == "scope"
    steps = []
    while (step := asked(page)) is not None:
        steps.append(step)
        if step == "listed":
            page.locator("[data-fact=point_4a] input").first.focus()
            page.keyboard.press("Space")
        if step == "exemption":
            page.locator("[data-fact=profiling] input").first.focus()
            page.keyboard.press("Space")
        page.locator("[data-do=none]").focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") in ("wa-question", "wa-result"), "focus follows"
    assert set(steps) == set(STAGES)
    assert page.locator("#wa-result").inner_text() == "High-risk (Annex III)"
    result = page.locator(".wa-result").inner_text()
    assert "Applies from 2 December 2027" in result
    assert "Keep the logs at least six months" in result
    assert "annex_iii=4a" in page.url


def test_what_is_left_open_stays_possible_and_can_be_answered_from_the_result(page: Page, site_url: str) -> None:
    visit(page, site_url, "#scope=none&bans=none&product=none&transparency=none&annex_iii=4a,5b?")
    assert asked(page) == "exemption"
    page.locator("[data-do=open]").click()
    assert page.locator("#wa-result").inner_text() == "High-risk unless exempt (Annex III)"
    left = page.locator(".wa-law__left").inner_text()
    assert "Yes to “Profiling of people” or “Influence on the outcome”: settles it: High-risk" in left
    assert "Yes to one of the others: nothing by itself." in left
    assert "; or " not in left
    page.locator(".wa-law__left button").first.click()
    assert asked(page) == "exemption"
    page.locator("[data-fact=steers_outcome] input").first.check()
    assert "Settled" in page.locator(".wa-status").inner_text(), "what is possible follows each answer"
    assert "exemption=" in page.url
    page.locator("[data-do=open]").click()
    assert page.locator("#wa-result").inner_text() == "High-risk (Annex III)"
    page.go_back()
    page.wait_for_function("document.querySelector('.wa-question')")


def test_a_ban_to_come_is_told_with_its_day(page: Page, site_url: str) -> None:
    visit(page, site_url, "#scope=none&bans=intimate_images&annex_iii=none&product=none&transparency=none")
    assert page.locator("#wa-result").inner_text() == "Prohibited from 2 December 2026 (Article 5)"
    assert "Applies from 2 December 2026" in page.locator(".wa-result").inner_text()


def test_each_workload_page_opens_the_helper_with_its_facts(page: Page, site_url: str, derived: Derived) -> None:
    for id_ in ("recruitment-screening", "multilingual-audio-analytics"):
        page.goto(site_url + address("workloads", id_))
        page.get_by_role("link", name="Check it for your case").click()
        page.wait_for_selector("#wa-class[data-ready]")
        item = derived.workloads[id_]
        known = page.evaluate("window.WAClass.address.read(location.hash, window.WA_CLASS).answers")
        assert known == dict(answers_of(item.workload.facts))
        assert page.locator("#wa-from").input_value() == id_
        page.goto(page.url + "&show=1")
        visit(page, site_url, f"#from={id_}&show=1")
        assert page.locator("#wa-result").inner_text() == item.classification.title


def test_what_the_address_says_wrongly_is_named(page: Page, site_url: str) -> None:
    visit(page, site_url, "#annex_iii=4z&nonsense=1&from=nobody")
    text = page.locator("#wa-class").inner_text()
    assert all(part in text for part in ("annex_iii=4z", "nonsense=1", "from=nobody"))
    visit(page, site_url, "#the-rules-in-their-order")
    assert page.locator("#wa-class .wa-caution").count() == 0


def test_the_brief_can_be_copied_and_printed(page: Page, site_url: str) -> None:
    visit(page, site_url, HIGH)
    page.locator("[data-take=markdown]").click()
    page.get_by_text("Brief copied.").wait_for()
    text = page.evaluate("navigator.clipboard.readText()")
    for part in (
        "# Class of a use",
        "**High-risk (Annex III)**",
        "## Why",
        "## Obligations that follow",
        "## Obligations that follow if what each also needs holds",
        "annex_iii=4a",
    ):
        assert part in text
    assert "Information, not legal advice." in text
    page.emulate_media(media="print")
    paper = page.locator(".wa-brief").inner_text()
    assert "High-risk (Annex III)" in paper
    assert "Answered by" in paper
    assert not page.locator(".wa-result").is_visible()


def test_nothing_leaves_the_browser_and_it_works_from_a_disk(
    page: Page, browser: Browser, site_url: str, site: Path
) -> None:
    with sending_nothing(page, lambda: visit(page, site_url)):
        page.locator(".wa-ask input").first.check()
        page.locator("[data-do=none]").click()
    own = browser.new_page()
    own.goto(f"file://{site}/regulation/class/index.html{HIGH}")
    own.wait_for_selector("#wa-class[data-ready]")
    assert own.locator("#wa-result").inner_text() == "High-risk (Annex III)"
    own.close()


def test_without_a_script_the_same_questions_and_rules_are_there(
    browser: Browser, site_url: str, derived: Derived
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + "regulation/class/")
    assert not page.locator("#wa-class").is_visible()
    for question in derived.atlas.questions.values():
        assert page.locator(f"#question-{question.id}").get_by_text(question.question, exact=True).is_visible()
        assert page.locator(f"#question-{question.id}").get_by_text(question.yes, exact=True).is_visible()
    text = page.locator("article").inner_text()
    for point in derived.atlas.vocabulary["annex-iii-points"].terms.values():
        assert point.label in text
    for item in derived.workloads.values():
        assert item.classification.title in text
    rules = page.get_by_role("region", name="The rules in their order").locator("tbody tr")
    assert rules.count() == len(RULES)
    assert "Prohibited from 2 December 2026" in rules.nth(2).inner_text()
    context.close()


def test_the_sources_of_the_published_examples_are_on_the_page(
    page: Page, site_url: str, derived: Derived
) -> None:
    visit(page, site_url)
    for source in {case.source for case in CASES}:
        assert page.locator(f"a[href$='sources/{source}/']").count(), source


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_state_of_the_helper_has_an_accessibility_violation(
    browser: Browser, site_url: str, scheme: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="light" if scheme == "light" else "dark"
    )
    page = context.new_page()
    for fragment in (
        "",
        "#scope=none&ask=listed&x=y",
        "#scope=none&ask=exemption",
        HIGH,
        "#from=clinical-documentation&show=1",
    ):
        visit(page, site_url, fragment)
        assert_accessible(page, width, fragment)
    context.close()
