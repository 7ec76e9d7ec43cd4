"""Workloads side by side in a real Chromium: short answer, folds, marks, address, paper, phone, and no script."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from macros.derive import Derived
from tests.browser.tools import assert_accessible, faultless, open_tool, sending_nothing

TWO = ["recruitment-screening", "credit-underwriting-support"]
FOUR = [*TWO, "machine-translation", "realtime-voice-agent"]
THREE = ["recruitment-screening", "service-desk-agent", "machine-translation"]
ROWS = "[data-part] tr[data-row]"


def fragment(ids: list[str], *, only: bool = False, opened: str = "") -> str:
    more = f"{'&only=differs' if only else ''}{f'&open={opened}' if opened else ''}"
    return f"#workloads={','.join(ids)}{more}"


def visit(page: Page, site_url: str, address: str = "") -> None:
    open_tool(page, site_url, "compare", address)


def said(page: Page) -> str:
    return page.locator("#wa-compare .wa-pick__said").inner_text()


def columns(page: Page, part: str = "verdict") -> list[str]:
    heads = page.locator(f"[data-part={part}] > table thead th a").all_inner_texts()
    assert [text[0] for text in page.locator(f"[data-part={part}] > table thead th").all_inner_texts()[1:]] == [
        *"ABCD"[: len(heads)]
    ]
    return heads


def place(page: Page) -> str:
    return str(page.evaluate("location.hash"))


def row(page: Page, part: str, name: str) -> Any:
    return page.locator(f"[data-part={part}] > table tr[data-row={name}]")


def titles(derived: Derived, ids: list[str]) -> list[str]:
    return [derived.workloads[id_].workload.title for id_ in ids]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    yield from faultless(browser, viewport={"width": 1280, "height": 900})


@pytest.mark.parametrize("ids", [TWO, TWO[::-1], FOUR[:3], FOUR], ids=len)
def test_what_differs_in_the_records_is_marked_with_a_sign_and_a_word(
    ids: list[str], page: Page, site_url: str, derived: Derived
) -> None:
    visit(page, site_url, fragment(ids, opened="all"))
    items = [derived.workloads[id_] for id_ in ids]
    assert columns(page) == titles(derived, ids), "the order of the address is kept"
    for signal in derived.atlas.signals.values():
        if signal.scope != "workload":
            continue
        found = row(page, "signals", signal.id)
        differs = len({item.workload.signals[signal.id] for item in items}) > 1
        assert (found.get_attribute("data-differs") is not None) is differs, signal.id
        assert ("≠" in found.locator("th").inner_text()) is differs
        assert ("= same" in found.locator("th").inner_text()) is not differs
        assert found.locator("td").count() == (len(ids) if differs else 1), "what is the same is told once"
    marked = page.locator(f"{ROWS}[data-differs]").count()
    own = page.locator(f"{ROWS}[data-how=own]").count()
    assert marked and own
    every = page.locator(ROWS).count()
    assert said(page).endswith(f" of {every} rows {marked} differ, {own} are in words or figures of their own.")


def test_of_a_list_the_words_that_not_all_have_are_marked(page: Page, site_url: str, derived: Derived) -> None:
    visit(page, site_url, fragment(FOUR[:3]))
    atlas = derived.atlas
    held = [set(derived.workloads[id_].workload.facts.data_kinds) for id_ in FOUR[:3]]
    shared = {atlas.label("data-kinds", kind) for kind in set.intersection(*held)}
    assert shared
    for own, cell in zip(held, row(page, "facts", "data").locator("td").all(), strict=True):
        labels = {atlas.label("data-kinds", kind) for kind in own}
        lone = {text.rpartition(": ")[2] for text in cell.locator("li.wa-beside__lone").all_text_contents()}
        assert set(cell.locator("li .wa-tag").all_text_contents()) == labels
        assert lone == labels - shared
        assert all(
            text.startswith("≠ not in all: ") for text in cell.locator("li.wa-beside__lone").all_text_contents()
        )


def test_obligations_are_the_union_with_law_apart_from_what_is_none(
    page: Page, site_url: str, derived: Derived
) -> None:
    visit(page, site_url, fragment(TWO, opened="all"))
    notes = [{note.obligation.id: note for note in derived.workloads[id_].notes} for id_ in TWO]
    kinds = {
        "law": {"in-force", "applies-from"},
        "guidance": {"guidance"},
        "voluntary": {"voluntary"},
        "proposed": {"proposed"},
    }
    for part, states in kinds.items():
        union = {id_ for own in notes for id_, note in own.items() if note.state in states}
        found = page.locator(f"[data-part={part}] tr[data-row]").evaluate_all(
            "rows => rows.map(r => r.dataset.row)"
        )
        assert set(found) == union and len(found) == len(union), part
        for id_ in union:
            line = row(page, part, id_)
            words = line.locator("td").all_inner_texts()
            if line.get_attribute("data-how") == "same":
                words *= len(TWO)
            for own, told in zip(notes, words, strict=True):
                expected = "not noted" if id_ not in own else "depends on" if own[id_].conditional else "certain"
                assert expected in told, id_
    assert "proposed, not law" in page.locator("[data-part=proposed] th").nth(3).inner_text()


@pytest.mark.parametrize("ids", [TWO, FOUR], ids=len)
def test_a_section_is_folded_and_says_how_many_rows_differ(ids: list[str], page: Page, site_url: str) -> None:
    visit(page, site_url, fragment(ids))
    inside = {"verdict": ["teams"], "obligations": ["law", "guidance", "voluntary", "proposed"]}
    for part in page.locator("[data-part]").all():
        name = part.get_attribute("data-part") or ""
        rows = [page.locator(f"[data-part={each}] > table tr[data-row]") for each in (name, *inside.get(name, []))]
        every = sum(found.count() for found in rows)
        differing = sum(found.and_(page.locator("[data-differs]")).count() for found in rows)
        own = sum(found.and_(page.locator("[data-how=own]")).count() for found in rows)
        beside = f"{own} in words or figures of their own"
        told = part.locator(".wa-beside__count").first.text_content()
        if differing:
            verb = "differs" if differing == 1 else "differ"
            assert told == f"{differing} of {every} {verb}" + (f", {beside}" if own else ""), name
        else:
            assert told == (f"{beside}, of {every}" if own else f"none of {every} differs"), name
        assert part.evaluate("part => part.open") is (name == "verdict"), name


def test_what_decides_stands_first(page: Page, site_url: str, derived: Derived) -> None:
    visit(page, site_url, fragment(THREE))
    short = page.locator(".wa-beside__decides")
    items = [derived.workloads[id_] for id_ in THREE]
    below = page.locator("[data-part=verdict]").bounding_box()
    above = short.bounding_box()
    assert above and below and above["y"] + above["height"] <= below["y"] and above["height"] < 1300
    verdicts = short.locator("tr[data-row=verdict-verdict] td").all_inner_texts()
    for item, told in zip(items, verdicts, strict=True):
        assert derived.atlas.label("verdicts", item.verdict.verdict) in told
    differing = [
        signal.id
        for signal in derived.atlas.signals.values()
        if signal.scope == "workload" and len({item.workload.signals[signal.id] for item in items}) > 1
    ]
    told = short.locator("tr[data-row^=signals-]").evaluate_all("rows => rows.map(r => r.dataset.row)")
    assert told == [f"signals-{id_}" for id_ in differing]
    assert short.locator("tr[data-row=signals] td").inner_text() == f"{len(differing)} of 8 signals differ"
    models = short.locator("tr[data-row=models-models] td").all()
    for item, cell in zip(items, models, strict=True):
        assert set(cell.locator("li a").all_inner_texts()) == {
            found.model.title for step in item.steps for found in step.suggestions
        }
    adopted = {"in-force", "applies-from"}
    held = [{n.obligation.title for n in item.notes if n.state in adopted} for item in items]
    for n, cell in enumerate(short.locator("tr[data-row=only] td").all()):
        lone = held[n].difference(*(own for at, own in enumerate(held) if at != n))
        assert set(cell.locator("li a").all_text_contents()) == lone and lone, THREE[n]
        assert f"{len(lone)} obligations" in cell.inner_text()
    assert "USD" in short.locator("tr[data-row=cost-api] td").first.inner_text()


def test_only_cells_that_deviate_are_marked(page: Page, site_url: str, derived: Derived) -> None:
    """Two of three are the rule; where all three say something else, no one is."""
    visit(page, site_url, fragment(THREE, opened="all"))
    levels = {
        signal.id: [derived.workloads[id_].workload.signals[signal.id] for id_ in THREE]
        for signal in derived.atlas.signals.values()
        if signal.scope == "workload"
    }
    seen = set()
    for signal, own in levels.items():
        found = row(page, "signals", signal)
        if len(set(own)) == 1:
            assert found.locator("td").count() == 1
            continue
        marked = [cell.get_attribute("data-apart") is not None for cell in found.locator("td").all()]
        lone = [own.count(level) == 1 for level in own] if len(set(own)) == 2 else [False] * 3
        assert marked == lone, signal
        word = f"≠ {'ABC'[lone.index(True)]} differs" if any(lone) else "≠ differs"
        assert found.locator(".wa-beside__sign").inner_text() == word
        for cell, alone in zip(found.locator("td").all(), lone, strict=True):
            assert ("differs from most: " in (cell.text_content() or "")) is alone
        seen.add(len(set(own)))
    assert seen == {2, 3}


def test_words_of_the_same_meaning_do_not_differ(page: Page, site_url: str, derived: Derived) -> None:
    """Who answers follows from the verdict, which is compared by itself; each task has words of its own."""
    visit(page, site_url, fragment(THREE, opened="all"))
    first, second = (derived.workloads[id_] for id_ in THREE[:2])
    other = {note.obligation.id: note for note in second.notes}
    details = 0
    for note in first.notes:
        if note.obligation.id not in other or note.state not in ("in-force", "applies-from"):
            continue
        found = row(page, "law", note.obligation.id)
        words = found.locator("td").all_inner_texts()
        if len(words) < 3 or words[0] == words[1] or note.conditional != other[note.obligation.id].conditional:
            continue
        assert found.locator("td").nth(0).get_attribute("data-apart") is None
        details += "≈ same but for details" in found.inner_text()
    assert details > 5
    for part, name in (("task", "summary"), ("verdict", "stays"), ("task", "volume")):
        assert row(page, part, name).get_attribute("data-differs") is None
        assert "own " in row(page, part, name).locator("th").inner_text()
        assert row(page, part, name).locator("td").count() == 3
    hosted = row(page, "cost", "suggested")
    assert "≈ within twofold" in hosted.locator("th").inner_text()
    assert "≠ twofold or more" in row(page, "cost", "api").locator("th").inner_text()


def test_sections_open_by_hand_all_at_once_and_by_address(page: Page, site_url: str) -> None:
    def opened() -> list[str]:
        return list(
            page.locator("[data-part]").evaluate_all("all => all.filter(p => p.open).map(p => p.dataset.part)")
        )

    visit(page, site_url, fragment(TWO))
    steps = page.evaluate("history.length")
    page.locator("[data-part=signals] > summary").press("Enter")
    page.wait_for_function("location.hash.endsWith('&open=verdict,signals')")
    page.reload()
    page.wait_for_selector("#wa-compare[data-ready]")
    assert opened() == ["verdict", "signals"], "a way back finds what was open"
    page.get_by_role("switch", name="Only what differs").check()
    assert opened() == ["verdict", "signals"]
    page.get_by_role("button", name="Open all").click()
    assert len(opened()) == page.locator("[data-part]").count()
    page.wait_for_function("location.hash.endsWith('&open=all')")
    page.get_by_role("button", name="Fold all").click()
    page.wait_for_function("location.hash.endsWith('&open=')")
    assert opened() == []
    assert page.evaluate("history.length") == steps + 1, "to fold is no step; the switch is one"
    visit(page, site_url, f"{fragment(TWO)}&part=law")
    assert opened() == ["verdict", "obligations", "law"], "what a section stands in is open too"
    assert page.evaluate("document.activeElement.id") == "wa-part-law"
    page.wait_for_function("location.hash.endsWith('&open=verdict,obligations,law')")
    visit(page, site_url, fragment(TWO))
    page.evaluate("location.hash = 'wa-part-proposed'")
    page.wait_for_function("document.querySelector('[data-part=proposed]').open")
    assert "obligations" in opened()


def test_only_what_differs(page: Page, site_url: str) -> None:
    visit(page, site_url, fragment(TWO))
    kept = f"{ROWS}:is([data-differs], [data-how=own])"
    every, differing = page.locator(ROWS).count(), page.locator(kept).count()
    assert 0 < differing < every
    told = row(page, "task", "volume").locator("td").all_text_contents()
    assert len(set(told)) == len(told) == 2, "figures of their own"
    before = said(page)
    page.get_by_role("switch", name="Only what differs").check()
    assert page.locator(ROWS).count() == page.locator(kept).count() == differing
    assert row(page, "task", "volume").locator("td").all_text_contents() == told, "what differs in its words stays"
    assert said(page) == before, "the count speaks of all rows"
    assert place(page) == fragment(TWO, only=True)
    teams = page.locator("[data-part=teams]")
    assert teams.locator("table").count() == 0
    assert (teams.text_content() or "").endswith("3 rows do not differ and are not shown.")
    page.reload()
    page.wait_for_selector("#wa-compare[data-ready]")
    assert page.get_by_role("switch").is_checked()
    assert page.locator(ROWS).count() == differing
    page.get_by_role("switch").uncheck()
    page.go_back()
    page.wait_for_function("document.querySelector('[role=switch]').checked")
    assert page.locator(ROWS).count() == differing, "the back button undoes the switch"


def test_choosing_by_keyboard_alone(page: Page, site_url: str, derived: Derived) -> None:
    visit(page, site_url)
    assert said(page) == "Choose two to four workloads, here or in the tables below."
    assert page.locator("[data-part]").count() == 0
    page.get_by_label("Add a workload").focus()
    page.keyboard.type("Recr")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert place(page) == fragment(TWO[:1])
    assert said(page) == "Recruitment screening is chosen. Add another to see them side by side."
    why = derived.workloads[TWO[0]].workload.related[0]
    offer = page.locator(".wa-beside__offers")
    assert " ".join(why.why.split()) in offer.inner_text()
    offer.get_by_role("button").first.press("Enter")
    assert place(page) == fragment([TWO[0], why.workload])
    assert page.evaluate("document.activeElement.getAttribute('role')") == "status"
    title = derived.workloads[why.workload].workload.title
    page.get_by_role("button", name=f"Move {title} forward").press("Enter")
    assert place(page) == fragment([why.workload, TWO[0]])
    assert columns(page) == titles(derived, [why.workload, TWO[0]])
    page.get_by_role("button", name=f"Remove {title}").press("Enter")
    assert place(page) == fragment(TWO[:1])
    page.go_back()
    page.wait_for_function("(hash) => location.hash === hash", arg=fragment([why.workload, TWO[0]]))
    assert columns(page) == titles(derived, [why.workload, TWO[0]]), "the back button undoes a choice"


def test_from_the_tables_of_all_workloads(page: Page, site_url: str) -> None:
    visit(page, site_url)
    for name in ("Machine translation", "Code completion in the editor"):
        page.locator("#wa-compare-all").get_by_role("button", name=f"Add {name}", exact=True).click()
    assert place(page) == fragment(["machine-translation", "code-completion"])
    assert page.locator("#wa-compare-all").is_hidden()


def test_four_is_the_most(page: Page, site_url: str) -> None:
    visit(page, site_url, fragment(FOUR))
    assert page.get_by_label("Add a workload").is_disabled()
    assert page.get_by_role("button", name="Add", exact=True).is_disabled()
    visit(page, site_url, fragment([*FOUR, "code-completion"]))
    told = page.locator(".wa-caution[role=status]")
    assert len(columns(page)) == 4
    assert (
        told.inner_text()
        == "Left out of the address, because at most four fit side by side: Code completion in the editor."
    )
    assert place(page) == fragment(FOUR)


def test_what_an_address_says_wrongly_is_said_once(page: Page, site_url: str) -> None:
    visit(page, site_url, f"#workloads={TWO[0]},none,,{TWO[0]},{TWO[1]},%3Cb%3E&only=x&other=1")
    told = page.locator(".wa-caution[role=status]")
    assert told.inner_text() == "Left out of the address, because the atlas has no workload “none” and “<b>”."
    assert place(page) == fragment(TWO)
    assert said(page).startswith("Two workloads: ")
    page.get_by_role("switch").check()
    assert told.count() == 0
    page.evaluate("location.hash = '#__skip'")
    page.wait_for_timeout(50)
    assert len(columns(page)) == 2, "a place on the page is no state"
    page.evaluate("location.hash = '#workloads=%E0%A4%A'")
    page.wait_for_timeout(50)
    assert page.locator("[data-part]").count() == 0


def test_a_renamed_workload_is_found_and_its_name_said(page: Page, site: Path, site_url: str) -> None:
    def renamed(route: Any) -> None:
        text = (site / "assets/js/compare/data.js").read_text(encoding="utf-8")
        head, values = text.split("=", 1)
        body = json.loads(values.rstrip().removesuffix(";"))
        body["former"] = {"cv-screening": TWO[0]}
        route.fulfill(body=f"{head}={json.dumps(body)};", content_type="text/javascript")

    page.route("**/assets/js/compare/data.js", renamed)
    visit(page, site_url, f"#workloads=cv-screening,{TWO[1]},{TWO[0]}")
    assert said(page).startswith("“cv-screening” is now called Recruitment screening. Two workloads: ")
    assert place(page) == fragment(TWO)


def test_it_is_taken_away_as_a_link_as_markdown_and_as_csv(page: Page, site_url: str, derived: Derived) -> None:
    visit(page, site_url, fragment(TWO, only=True))
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Link copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{site_url}compare/{fragment(TWO, only=True)}"
    page.get_by_role("button", name="Copy as Markdown").click()
    page.get_by_text("Comparison copied.").wait_for()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith(f"# {', '.join(titles(derived, TWO))}\n")
    assert "## Verdict" in text and "### Law" in text and "= same" not in text
    assert text.index("## What decides between them") < text.index("## Verdict")
    short, text = text.split("## Verdict")
    assert "| In law, asked of one alone | " in short and "USD" in short
    tables = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in tables} == {4}
    assert sum(line.startswith("| ≠ ") for line in tables) == page.locator(f"{ROWS}[data-differs]").count()
    page.get_by_role("switch").uncheck()
    with page.expect_download() as got:
        page.get_by_role("button", name="Save as CSV").click()
    assert got.value.suggested_filename == "workloads-compared.csv"
    lines = list(csv.DictReader(io.StringIO(Path(got.value.path()).read_bytes().decode(), newline="")))
    assert len(lines) == page.locator(ROWS).count(), "folded or not"
    assert sum(line["differs"] == "yes" for line in lines) == page.locator(f"{ROWS}[data-differs]").count()
    assert {line["differs"] for line in lines} == {"yes", "no", "details", "own", "near"}
    by_row = {(line["section"], line["row"]): line for line in lines}
    for id_ in TWO:
        assert by_row["Verdict", "Verdict"][id_].startswith("Self-host; ")
        assert by_row["The record", "Last reviewed"][id_] == derived.workloads[id_].workload.reviewed
    assert {line["as_of"] for line in lines} == {derived.atlas.settings.as_of}


@pytest.mark.parametrize(("ids", "only", "most"), [(TWO, False, 10), (FOUR, False, 13), (FOUR, True, 11)])
def test_it_prints_on_landscape_sheets_that_hold_every_column(
    ids: list[str], only: bool, most: int, page: Page, site_url: str
) -> None:
    visit(page, site_url, fragment(ids, only=only))
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    page.wait_for_timeout(100)
    opened = page.locator("[data-part]").evaluate_all("all => all.filter(p => p.open).map(p => p.dataset.part)")
    assert opened == ["verdict"], "printing opens all sections, and folds them again"
    assert place(page) == fragment(ids, only=only)
    assert 1 < len(re.findall(rb"/Type\s*/Page\b", pdf)) <= most
    for width, height in re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf):
        assert float(width) > float(height)
    page.set_viewport_size({"width": 1054, "height": 725})  # A4 landscape without its margins, in CSS pixels
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("[data-part]:not([open])").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1054
    for part in (".wa-beside__pick", ".wa-beside__tools", ".wa-beside__offers", ".md-header", ".wa-beside__whose"):
        assert not any(found.is_visible() for found in page.locator(part).all()), part
    printed = page.locator(".wa-beside__printed").inner_text().split("\n")
    assert printed[1].endswith(f"compare/{fragment(ids, only=only)}")
    assert printed[0].endswith("." if not only else "Only what differs.") and printed[2].startswith("≠ differs")
    alone = page.locator("[data-row=only]")
    assert alone.locator(".wa-beside__fold > summary").evaluate_all(
        "all => all.every(s => getComputedStyle(s, '::after').display === 'none')"
    )
    for names in alone.locator(".wa-beside__names").all():
        assert names.is_visible(), "the obligations of one alone are listed"
    assert alone.locator(".wa-beside__fold").count() > 0
    assert not page.get_by_text("change every figure").locator("visible=true").count()
    assert page.locator("[data-part=law] thead th").nth(len(ids)).is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")


@pytest.mark.parametrize("width", [320, 390, 640])
def test_on_a_phone_two_stand_beside_and_four_below_each_other(
    browser: Browser, site_url: str, width: int
) -> None:
    """640 is a window of 1,280 pixels at 200 %."""
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    for ids in (TWO, FOUR):
        visit(page, site_url, fragment(ids))
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        first, second = (row(page, "verdict", "decided").locator("td").nth(n) for n in (0, 1))
        one, two = first.bounding_box(), second.bounding_box()
        assert one and two
        if ids == TWO:
            assert one["y"] == two["y"] and one["x"] + one["width"] <= two["x"]
            assert one["width"] > width * 0.38
            assert page.locator("[data-part=verdict] > table thead").is_visible()
        else:
            assert one["x"] == two["x"] and one["y"] + one["height"] <= two["y"]
            assert first.locator(".wa-beside__whose").is_visible(), "each cell says whose it is"
            key = page.locator(".wa-beside__key")
            assert key.locator("li").all_inner_texts() == [
                f"{'ABCD'[n]} {text}" for n, text in enumerate(columns(page))
            ]
            page.evaluate("document.querySelector('[data-part=verdict] tr[data-row=goes]').scrollIntoView()")
            stuck = key.bounding_box()
            assert stuck and 0 <= stuck["y"] < 60 and stuck["height"] < 60, "what the letters mean stays in sight"
        wide = page.evaluate(
            """[...document.querySelectorAll('.wa-beside td:not(.wa-beside__again)')]
              .filter(e => e.scrollWidth > e.clientWidth + 1).length"""
        )
        assert wide == 0, "no word sticks out of its cell"
    context.close()


@pytest.mark.parametrize(("opened", "most"), [("", 8_000), ("all", 32_500)])
def test_three_on_a_phone_are_short(browser: Browser, site_url: str, opened: str, most: int) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    visit(page, site_url, fragment(THREE, opened=opened))
    assert page.evaluate("document.documentElement.scrollHeight") < most
    titles = page.locator("#wa-compare [data-part] td", has_text="Recruitment screening")
    assert titles.count() < 3, "no cell repeats the title"
    twice = row(page, "signals", "private_retrieval").locator("td")
    assert twice.nth(1).locator(".wa-beside__whose").text_content() == "BC", "what reads the same is told once"
    context.close()


def test_long_words_break_inside_their_cell(browser: Browser, site: Path, site_url: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 844})
    page = context.new_page()
    word = "Arbeitsunfähigkeitsbescheinigungsverordnungsentwurf"

    def long(route: Any) -> None:
        text = (site / "assets/js/compare/data.js").read_text(encoding="utf-8")
        route.fulfill(body=text.replace("Recruitment screening", word), content_type="text/javascript")

    page.route("**/assets/js/compare/data.js", long)
    for ids in (TWO, FOUR):
        visit(page, site_url, fragment(ids))
        assert page.locator(f".wa-beside__chosen :text('{word}')").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_the_explorer_hands_over_its_selection(page: Page, site_url: str, derived: Derived) -> None:
    open_tool(page, site_url, "workloads")
    link = page.locator(".wa-explore__beside")
    assert link.is_hidden()
    page.get_by_label("Choose Machine translation").check()
    assert link.is_hidden(), "one is nothing to compare"
    page.get_by_label("Choose Code completion in the editor").check()
    assert link.inner_text() == "Compare the 2 side by side"
    link.click()
    page.wait_for_selector("#wa-compare[data-ready]")
    assert columns(page) == ["Code completion in the editor", "Machine translation"]
    open_tool(page, site_url, "workloads", f"#pick={','.join([*FOUR, 'code-completion'])}")
    assert link.is_hidden()
    assert page.locator(".wa-chosen").get_by_text("At most 4 can be compared.").is_visible()


def test_a_workload_page_leads_to_the_comparison_with_its_relatives(
    page: Page, site_url: str, derived: Derived
) -> None:
    page.goto(f"{site_url}workloads/{TWO[0]}/")
    page.get_by_role("link", name="Compare with these, side by side").click()
    page.wait_for_selector("#wa-compare[data-ready]")
    own = derived.workloads[TWO[0]].workload
    assert columns(page) == titles(derived, [own.id, *(other.workload for other in own.related)][:4])


def test_links_of_the_cells_lead_somewhere(page: Page, site: Path, site_url: str) -> None:
    visit(page, site_url, fragment(FOUR))
    links = page.locator("#wa-compare [data-part] a").evaluate_all("links => links.map(a => a.href)")
    assert len(links) > 200
    for link in {link.removeprefix(site_url) for link in links}:
        path, _, name = link.partition("#")
        target = site / path / "index.html"
        assert target.is_file(), link
        assert not name or "=" in name or f'id="{name}"' in target.read_text(encoding="utf-8"), link


def test_it_sends_nothing_and_works_from_a_disk(page: Page, site_url: str, site: Path) -> None:
    with sending_nothing(page, lambda: visit(page, site_url, fragment(TWO))):
        page.get_by_role("switch").check()
        page.locator(".wa-beside__offers button").first.click()
    page.goto(f"{(site / 'compare' / 'index.html').as_uri()}{fragment(TWO)}")
    page.wait_for_selector("#wa-compare[data-ready]")
    page.locator("[data-part=verdict] thead a").first.click()
    page.wait_for_selector("h1")
    assert page.url == (site / "workloads" / TWO[0] / "index.html").as_uri()


def test_without_a_script_it_is_plain_tables_by_pattern(browser: Browser, site_url: str, derived: Derived) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{site_url}compare/{fragment(TWO)}")
    assert "needs JavaScript" in page.locator(".wa-caution").inner_text()
    assert page.locator("#wa-compare").is_hidden()
    shown = page.locator("#wa-compare-all tbody tr:visible")
    assert shown.count() == len(derived.workloads)
    text = page.locator("tr[data-workload=recruitment-screening]").inner_text()
    for word in ("Recruitment screening", "Self-host", "High-risk", "Orchestrate"):
        assert word in text
    assert page.locator("article :is(button, select)").count() == 0
    context.close()


STATES = [
    "",
    fragment(TWO[:1]),
    fragment(TWO, opened="all"),
    fragment(THREE),
    fragment(FOUR, only=True, opened="all"),
    fragment([*FOUR, "none", "code-completion"]),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_accessibility_violations(browser: Browser, site_url: str, width: int, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="light" if scheme == "light" else "dark",
        reduced_motion="reduce",
    )
    page = context.new_page()
    for state in STATES:
        visit(page, site_url, state)
        # Hundreds of equal rows take axe minutes; what is left has every kind of cell.
        page.evaluate(
            """document.querySelectorAll("[data-part] tbody").forEach((body) => {
              const most = body.closest(".wa-beside--law") ? 3 : 12;
              [...body.rows].slice(most).forEach((row) => row.remove());
            })"""
        )
        assert_accessible(page, width, state)
    context.close()
