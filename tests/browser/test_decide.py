"""The decision tool in a real Chromium: Python's answers, by keyboard, by address, on paper, without a script."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from macros.derive import Derived
from macros.routing.answers import Answer, answer
from macros.urls import address
from tests.browser.tools import assert_accessible, faultless, open_tool, sending_nothing
from tests.conftest import run_atlas

SETS = 2_400
SETTLED = (
    "#v=2&from=service-desk-agent&portability=high&spend=can_commit"
    "&platform_maturity=emerging&time_to_value=planned"
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    yield from faultless(browser, viewport={"width": 390, "height": 844}, accept_downloads=True)


def visit(page: Page, site_url: str, fragment: str = "") -> None:
    open_tool(page, site_url, "decide", fragment)


def asked(page: Page) -> str | None:
    found = page.locator(".wa-question")
    return found.get_attribute("data-signal") if found.count() else None


def result(page: Page) -> str:
    return page.locator("#wa-result").inner_text()


def expected(derived: Derived, known: dict[str, str]) -> dict[str, Any]:
    """Python's answer in the shape of the tool's."""
    found: Answer = answer(derived.router, known)
    detail = found.detail
    return {
        "verdict": found.verdict,
        "possible": list(found.possible),
        "likely": found.likely,
        "next": found.next_question,
        "strength": found.strength,
        "assumed": {change.signal: change.level for change in found.assumed},
        "reasons": [rule.id for rule in detail.reasons],
        "overruled": [rule.id for rule in detail.overruled],
        "hinges": [[hinge.rule.id, hinge.verdict] for hinge in detail.hinges],
        "stays": [rule.part for rule in detail.stays],
        "goes": [rule.part for rule in detail.goes],
        "against": [[item.signal, item.level] for item in detail.against],
        "inside": detail.inside.id if detail.inside else None,
        "outside": detail.outside.id if detail.outside else None,
        "flips": [[flip.verdict, {c.signal: c.level for c in flip.changes}] for flip in detail.flips],
    }


READ = """sets => sets.map(known => { const a = window.WADecide.table.answer(known); return {
  verdict: a.verdict, possible: a.possible, likely: a.likely, next: a.next, strength: a.strength,
  assumed: a.assumed, reasons: a.reasons.map(r => r.id), overruled: a.overruled.map(r => r.id),
  hinges: a.hinges.map(h => [h.rule.id, h.verdict]), stays: a.stays.map(r => r.part),
  goes: a.goes.map(r => r.part), against: a.against.map(x => [x.signal, x.level]),
  inside: a.inside, outside: a.outside, flips: a.flips.map(f => [f.verdict, f.changes]) }; })"""


def test_the_tool_says_what_python_says_for_thousands_of_complete_and_partial_answers(
    page: Page, site_url: str, derived: Derived
) -> None:
    visit(page, site_url)
    chance = random.Random("workload atlas")  # the same sets in every run
    sets: list[dict[str, str]] = [{}]
    for number in range(SETS):
        share = 1.0 if number % 3 == 0 else chance.random()
        sets.append(
            {
                signal.id: chance.choice(signal.levels).id
                for signal in derived.atlas.signals.values()
                if chance.random() < share
            }
        )
    complete = sum(len(known) == len(derived.atlas.signals) for known in sets)
    assert complete > SETS / 4
    for known, found in zip(sets, page.evaluate(READ, sets), strict=True):
        assert found == expected(derived, known), known


def test_one_pass_by_keyboard_from_nothing_to_a_settled_verdict(
    page: Page, site_url: str, derived: Derived
) -> None:
    visit(page, site_url)  # nothing is clicked: the keys work from the start
    known: dict[str, str] = {}
    while (signal := asked(page)) is not None:
        assert signal == answer(derived.router, known).next_question
        levels = derived.atlas.signals[signal].levels
        page.keyboard.press(str(len(levels)))
        known[signal] = levels[-1].id
        assert page.evaluate("document.activeElement.id") in ("wa-question", "wa-result"), "focus follows"
    found = answer(derived.router, known)
    assert found.verdict is not None
    assert derived.atlas.label("verdicts", found.verdict) in result(page)
    assert len(known) < len(derived.atlas.signals), "it stops when settled"
    page.keyboard.press("b")
    assert asked(page) == list(known)[-1]


def test_an_answer_can_be_unknown_changed_taken_back_and_the_address_keeps_it(page: Page, site_url: str) -> None:
    visit(page, site_url)
    first = asked(page)
    page.locator(".wa-choice[data-level=unknown]").click()
    second = asked(page)
    assert second not in (first, None)
    page.locator(".wa-choice").first.click()
    assert f"{first}=unknown" in page.url
    before = page.locator(".wa-given").inner_text()
    assert "don’t know" in before
    page.reload()
    page.wait_for_selector("#wa-decide[data-ready]")
    assert page.locator(".wa-given").inner_text() == before
    page.go_back()
    page.wait_for_function(
        "signal => document.querySelector('.wa-question').dataset.signal === signal", arg=second
    )
    page.locator(".wa-chip").first.click()
    assert asked(page) == first
    assert "Change an answer" in page.locator(".wa-question__count").inner_text()
    page.locator(".wa-choice").nth(1).click()
    assert f"{first}=unknown" not in page.url


def test_other_anchors_of_the_page_leave_the_state_alone(page: Page, site_url: str) -> None:
    visit(page, site_url, "#v=2&data_boundary=must_stay")
    page.evaluate("location.hash = '#the-rules-as-a-table'")
    page.wait_for_timeout(200)
    assert "Must stay" in page.locator(".wa-given").inner_text()
    page.locator(".wa-choice").first.click()
    assert "data_boundary=must_stay&capability=" in page.url
    visit(page, site_url, "#the-rules-as-a-table")
    assert page.locator(".wa-caution:visible").count() == 0


def test_back_from_the_result_so_far_returns_to_the_question(page: Page, site_url: str) -> None:
    visit(page, site_url, "#v=2&data_boundary=must_stay")
    page.get_by_role("button", name="Show the result so far").click()
    assert "not settled" in result(page)
    page.keyboard.press("b")
    assert asked(page) == "capability"
    assert "data_boundary=must_stay" in page.url


def test_the_verdicts_still_possible_are_always_shown_with_the_reason_for_those_that_are_out(
    page: Page, site_url: str
) -> None:
    visit(page, site_url, "#v=2&data_boundary=must_stay")
    out = page.locator(".wa-poss[data-out]")
    assert out.count() == 1
    assert out.get_attribute("data-verdict") == "api"
    assert "data boundary: must stay" in out.inner_text()
    assert page.locator(".wa-status__said").inner_text().startswith("Not settled. As assumed:")
    visit(page, site_url, SETTLED)
    assert page.locator(".wa-status__said").inner_text().startswith("Settled:")


def test_dont_know_says_the_level_that_is_then_taken(page: Page, site_url: str, derived: Derived) -> None:
    """Started from a workload, a signal about the team is taken as the reference team has it."""
    atlas = derived.atlas
    for start in ("", "&from=contract-policy-case-qa"):
        team = atlas.teams[atlas.settings.reference_team].signals if start else {}
        for signal in atlas.signals.values():
            if start and signal.scope != "team":
                continue
            visit(page, site_url, f"#v=2{start}&ask={signal.id}")
            level = team.get(signal.id, signal.assumed.level)
            label = next(found.label for found in signal.levels if found.id == level)
            told = page.locator(".wa-choice[data-key='0']").inner_text()
            assert f"“{label}”".casefold() in told.casefold(), (start, signal.id)


def test_every_workload_page_starts_the_tool_with_its_signals(page: Page, site_url: str, derived: Derived) -> None:
    for id_ in ("recruitment-screening", "code-completion"):
        page.goto(site_url + address("workloads", id_))
        page.get_by_role("link", name="Start from this workload").click()
        page.wait_for_selector("#wa-decide[data-ready]")
        given = page.evaluate("window.WADecide.address.read(location.hash, window.WA_DECIDE).answers")
        assert given == dict(derived.workloads[id_].workload.signals)
        assert page.locator("#wa-from").input_value() == id_


def test_a_workload_one_starts_from_is_the_nearest_also_where_another_ties(page: Page, site_url: str) -> None:
    for id_ in ("soc-alert-triage", "recruitment-screening"):
        visit(page, site_url, f"#v=2&from={id_}&show=1")
        assert f"workloads/{id_}/" in str(page.locator(".wa-related a").first.get_attribute("href"))


def test_the_first_question_is_on_the_first_screen_of_a_phone(page: Page, site_url: str) -> None:
    page.set_viewport_size({"width": 375, "height": 667})
    visit(page, site_url)
    box = page.locator("#wa-question").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 667
    assert page.locator(".md-skip").get_attribute("href") == "#the-questions", "the skip link leads to the tool"


def test_from_a_workload_the_likely_verdict_is_that_of_its_page(
    page: Page, site_url: str, derived: Derived
) -> None:
    """What is open is then assumed as the page does: the reference team."""
    visit(page, site_url)
    ask = """signals => window.WADecide.table.answer(signals, window.WA_DECIDE.reference_team.signals).likely"""
    team = derived.atlas.teams[derived.atlas.settings.reference_team].signals
    for item in derived.workloads.values():
        signals = dict(item.workload.signals)
        assert page.evaluate(ask, signals) == item.verdict.verdict == answer(derived.router, signals, team).likely
    visit(page, site_url, "#v=2&from=service-desk-agent")
    assert "as for the reference team" in page.locator("#wa-decide").inner_text() or asked(page) is not None


def test_the_result_offers_the_next_question_and_a_way_back(page: Page, site_url: str) -> None:
    visit(page, site_url, "#v=2&data_boundary=must_stay&capability=open_suffices")
    assert "Self-host" in result(page)
    page.locator("[data-do=next]").click()
    assert asked(page) not in (None, "data_boundary", "capability")
    page.locator(".wa-choice").first.click()
    page.locator(".wa-result").get_by_role("button", name="Back").click()
    assert page.url.endswith("#v=2&data_boundary=must_stay&capability=open_suffices")


def test_a_flip_can_be_tried_and_undone(page: Page, site_url: str) -> None:
    visit(page, site_url, SETTLED)
    before = result(page)
    flip = page.locator(".wa-flip").first
    wanted = flip.get_attribute("data-verdict")
    flip.click()
    assert page.locator(f".wa-result .wa-plate--{wanted}").count() == 1
    assert result(page) != before
    page.go_back()
    page.wait_for_function("text => document.querySelector('#wa-result').innerText === text", arg=before)


def test_the_result_says_where_the_data_goes_and_what_each_place_buys_for_its_forms_only(
    page: Page, site_url: str
) -> None:
    visit(page, site_url, SETTLED)
    shown = page.locator("#wa-follow [data-form]:visible")
    assert {item.get_attribute("data-form") for item in shown.all()} == {"own-cloud-account", "dedicated-tenancy"}
    assert page.locator("#wa-follow .wa-strip__hybrid:visible").count() == 10
    assert page.locator("#wa-next [data-verdict]:visible").count() == 1
    assert page.locator("#wa-next [data-maturity]:visible").get_attribute("data-maturity") == "emerging"
    for heading in (
        "Why",
        "What would change this",
        "What goes where",
        "Nearest workloads in the atlas",
        "Take it away",
    ):
        assert page.locator(".wa-result h3", has_text=heading).count() == 1, heading


def test_an_address_of_an_older_version_says_what_changed(page: Page, site_url: str) -> None:
    visit(page, site_url, "#v=1&from=recruitment-screening&capability=frontier_helps")
    told = page.locator(".wa-older").inner_text()
    assert "version 1 of the rules" in told
    assert "For these answers it said Hybrid" in told
    visit(page, site_url, "#v=2&data_boundary=must_stay")
    assert page.locator(".wa-older").count() == 0
    visit(page, site_url, "#v=99&data_boundary=must_stay&nonsense=1&latency=fast")
    told = page.locator("#wa-decide").inner_text()
    assert "newer than this copy" in told
    assert "nonsense=1, latency=fast" in told


def test_the_brief_fits_one_page_of_paper_for_every_workload(page: Page, site_url: str, derived: Derived) -> None:
    partial = "#v=2&system_reach=acts&evidence_duty=regulator&show=1"
    starts = [f"#v=2&from={id_}&show=1" for id_ in derived.workloads]
    for fragment in (*starts, SETTLED, "#v=2&show=1", partial):
        visit(page, site_url, fragment)
        pdf = page.pdf(format="A4")
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1, fragment
    page.emulate_media(media="print")
    text = page.locator(".wa-brief").inner_text()
    for word in (
        "Why",
        "Answers, and who confirms them",
        "Open points",
        "Documents to ask for",
        "rules version 2",
        "decide/#v=2",
        "Decided by",
    ):
        assert word in text
    assert not page.locator(".wa-question").is_visible()


def test_the_brief_can_be_copied_as_markdown(page: Page, site_url: str) -> None:
    visit(page, site_url, SETTLED)
    page.locator("[data-take=markdown]").click()
    page.get_by_text("Brief copied.").wait_for()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("# Where to run: service desk agent\n\n**Hybrid (clear)**")
    for part in (
        "## Why",
        "## What goes where",
        "## What would change this",
        "| Data boundary | Better inside |",
        SETTLED,
    ):
        assert part in text


def test_the_export_becomes_a_workload_once_its_marked_texts_are_written(
    page: Page, site_url: str, copy: Path, tmp_path: Path
) -> None:
    visit(page, site_url, "#v=2&data_boundary=must_stay&latency=batch&show=1")
    with page.expect_download() as waiting:
        page.locator("[data-take=workload]").click()
    target = copy / "atlas/workloads/sensitive-records/exported-here.yml"
    waiting.value.save_as(target)
    marked = run_atlas("check", cwd=copy)
    assert set(re.findall(r"WA\d{3}", marked.stdout)) == {"WA207"}
    target.write_text(target.read_text().replace("FILL ", ""))
    assert run_atlas("check", cwd=copy).returncode == 0
    text = target.read_text()
    assert "  data_boundary: must_stay" in text
    assert "it was assumed, not answered" in text


def test_nothing_leaves_the_browser(page: Page, site_url: str) -> None:
    with sending_nothing(page, lambda: visit(page, site_url)) as sent:
        page.locator(".wa-choice").first.click()
        page.locator(".wa-choice").last.click()
        page.get_by_role("button", name="Show the result so far").click()
        page.locator("[data-take=markdown]").click()
    visit(page, site_url, SETTLED)
    assert not any("portability" in url for url in sent)
    assert "sends nothing" in page.locator(".wa-local").inner_text()


def test_it_works_when_the_site_is_opened_from_a_disk(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto(f"file://{site}/decide/index.html#v=2&data_boundary=must_stay")
    page.wait_for_selector("#wa-decide[data-ready]")
    assert asked(page) == "capability"
    page.close()


def test_without_a_script_rules_and_all_verdicts_are_there(
    browser: Browser, site_url: str, derived: Derived
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + "decide/")
    assert not page.locator("#wa-decide").is_visible()
    assert page.locator("table.wa-rules tbody tr").count() == len(derived.atlas.rules)
    for rule in derived.atlas.rules.values():
        assert page.get_by_text(rule.reason).first.is_visible()
    assert page.locator(".wa-places li").count() == len(derived.workloads)
    for item in derived.workloads.values():
        row = page.locator(".wa-places li", has=page.get_by_text(item.workload.title, exact=True))
        assert derived.atlas.label("verdicts", item.verdict.verdict) in row.inner_text()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_state_of_the_tool_has_an_accessibility_violation(
    browser: Browser, site_url: str, scheme: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="light" if scheme == "light" else "dark"
    )
    page = context.new_page()
    states = (
        "",
        "#v=1&capability=frontier_helps",
        SETTLED,
        "#v=2&data_boundary=prefer_inside&show=1",
        "#v=2&x=y&ask=latency",
    )
    for fragment in states:
        visit(page, site_url, fragment)
        assert_accessible(page, width, fragment)
    context.close()
