"""All workloads in a real Chromium: facets with counts, address, order, cards, selection, and without a script."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from macros import workloads_table
from macros.derive import Derived, DerivedWorkload
from macros.routing import VERDICTS
from macros.workloads_page import class_key
from tests.browser.tools import assert_accessible, faultless, open_tool, sending_nothing
from tests.workloads_bench import serve_enlarged

State = dict[str, list[str]]
FIELD = "Find by name, synonym or words of the task"


def _sectors(item: DerivedWorkload) -> Callable[[str], bool]:
    own = item.workload.facts.sectors
    return lambda value: value in own or "any" in own


def _modality(item: DerivedWorkload) -> Callable[[str], bool]:
    takes = {f"{name}-in" for need in item.workload.needs for name in need.input}
    gives = {f"{name}-out" for need in item.workload.needs for name in need.output}
    return lambda value: value in takes | gives


def _size(item: DerivedWorkload) -> Callable[[str], bool]:
    order = ["small", "mid", "large", "frontier"]
    smallest = [min(order.index(s.size_class) for s in step.suggestions) for step in item.steps]
    return lambda value: value == order[max(smallest)]


PLAIN: dict[str, Callable[[DerivedWorkload], Callable[[str], bool]]] = {
    "pattern": lambda i: lambda value: value == i.workload.pattern,
    "verdict": lambda i: lambda value: value == i.verdict.verdict,
    "form": lambda i: lambda value: value in [f.id for f in (i.verdict.inside, i.verdict.outside) if f],
    "sector": _sectors,
    "data": lambda i: lambda value: value in i.workload.facts.data_kinds,
    "class": lambda i: lambda value: value == class_key(i.classification),
    "modality": _modality,
    "latency": lambda i: lambda value: value == i.workload.signals["latency"],
    "size": _size,
    "stage": lambda i: lambda value: value == i.placement.stage,
}
"""Whether a workload has a value, from its record and what follows, not from the data of the page."""


def passes(item: DerivedWorkload, state: State, but: str = "") -> bool:
    return all(any(map(PLAIN[key](item), wanted)) for key, wanted in state.items() if wanted and key != but)


def wanted(derived: Derived, state: State) -> set[str]:
    return {id_ for id_, item in derived.workloads.items() if passes(item, state)}


def count(derived: Derived, state: State, facet: str, value: str) -> int:
    """Workloads that have the value and pass every other facet."""
    return sum(PLAIN[facet](item)(value) and passes(item, state, facet) for item in derived.workloads.values())


def fragment(state: State) -> str:
    return "#" + "&".join(f"{key}={','.join(values)}" for key, values in state.items() if values)


def visit(page: Page, site_url: str, address: str = "") -> None:
    open_tool(page, site_url, "workloads", address)


def shown(page: Page) -> list[str]:
    """Once the rows below the window have followed."""
    page.wait_for_selector("#wa-workloads:not([data-drawing])")
    return [str(row.get_attribute("data-workload")) for row in page.locator(".wa-workloads tbody tr").all()]


def said(page: Page) -> str:
    return page.locator("#wa-workloads [role=status]").inner_text()


def facets(page: Page) -> dict[str, list[str]]:
    return page.evaluate("Object.fromEntries(WA_WORKLOADS.facets.map((f) => [f.id, f.values.map(([id]) => id)]))")  # type: ignore[no-any-return]


def address_is(page: Page, fragment: str) -> None:
    """The address follows a moment after the page."""
    page.wait_for_function("(fragment) => location.hash === fragment", arg=fragment, timeout=5000)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    yield from faultless(browser, clipboard=False, viewport={"width": 1280, "height": 900})


STATES: list[State] = [
    {},
    {"verdict": ["hybrid"]},
    {"pattern": ["code-and-security", "regulated-decisions"]},
    {"sector": ["insurance"], "data": ["health", "children"]},
    {"class": ["high-risk", "may-be-high-risk"], "stage": ["orchestrate"]},
    {"modality": ["audio-in"], "latency": ["batch", "interactive"], "size": ["mid"]},
    {"form": ["dedicated-tenancy"], "verdict": ["self-host"]},
    {"verdict": ["api"], "pattern": ["private-knowledge"]},
]


@pytest.mark.parametrize("state", STATES, ids=fragment)
def test_an_address_shows_what_the_records_say_with_counts_that_drill_down(
    state: State, page: Page, site_url: str, derived: Derived
) -> None:
    visit(page, site_url, fragment(state))
    expected = wanted(derived, state)
    assert set(shown(page)) == expected
    assert said(page).startswith(f"{len(expected)} of {len(derived.workloads)} workloads")
    for facet, values in facets(page).items():
        for value in values:
            box = page.locator(f"[data-facet={facet}] input[value={value}]")
            assert box.is_checked() is (value in state.get(facet, []))
            number = box.locator("xpath=..").locator(".wa-facet__count").text_content()
            assert number == f"({count(derived, state, facet, value)})", (facet, value)


def test_any_combination_is_counted_as_python_counts(page: Page, site_url: str, derived: Derived) -> None:
    visit(page, site_url)
    known, draw = facets(page), random.Random(7)
    empty = {"q": "", **{facet: [] for facet in known}}
    for _ in range(150):
        chosen = draw.sample(list(known), draw.randint(1, 4))
        state = {f: draw.sample(known[f], min(len(known[f]), draw.randint(1, 3))) for f in chosen}
        found = page.evaluate(
            """(state) => {
              const found = WAWorkloads.index(WA_WORKLOADS, () => null).find(state);
              return [found.total, found.counts];
            }""",
            {**empty, **state},
        )
        assert found[0] == len(wanted(derived, state)), state
        assert found[1] == [[count(derived, state, f, v) for v in values] for f, values in known.items()], state


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("lebenslauf", "recruitment-screening"),
        ("CV résumé", "recruitment-screening"),
        ("cv screning", "recruitment-screening"),
        ("transcripton of calls", "multilingual-audio-analytics"),
        ("Übersetzung", "machine-translation"),
        ("mainframe", "legacy-modernisation"),
    ],
)
def test_text_forgives_slips_and_knows_other_names(text: str, first: str, page: Page, site_url: str) -> None:
    visit(page, site_url)
    page.get_by_label(FIELD).fill(text)
    assert shown(page)[0] == first, "the best match is first where no order is chosen"
    assert page.get_by_label("Order").locator("option").first.inner_text() == "Best match"
    if "scren" in text:
        assert "read as “screening”" in said(page)
    page.get_by_label("Order").select_option("pattern")
    assert first in shown(page)


def test_a_title_and_every_other_name_finds_its_workload(page: Page, site_url: str, derived: Derived) -> None:
    visit(page, site_url, "#q=agent")
    for id_, item in derived.workloads.items():
        for name in (item.workload.title, *item.workload.synonyms):
            found = page.evaluate(
                """async (name) => {
                  const words = (window.kept ||= WAWorkloads.texts("../"));
                  await words.load();
                  return words.ask(name).places.map((n) => WA_WORKLOADS.workloads[n].row[0]);
                }""",
                name,
            )
            assert id_ in found, name


def test_what_no_workload_says_is_told_with_the_nearest(page: Page, site_url: str) -> None:
    visit(page, site_url)
    page.get_by_label(FIELD).fill("recruitment zzzzzz")
    assert shown(page) == []
    empty = page.locator(".wa-explore__empty")
    assert "No workload is found by “recruitment zzzzzz”. Nearest: Recruitment screening" in empty.inner_text()
    assert empty.get_by_role("link").first.get_attribute("href") == "../workloads/recruitment-screening/"
    assert page.get_by_role("button", name="Save").count() == 0, "nothing is offered to be saved"
    page.get_by_label(FIELD).fill("zzzzzz")
    assert "No workload has all of this" in empty.inner_text()


def test_without_its_words_the_field_says_so(page: Page, site_url: str, derived: Derived) -> None:
    page.route("**/workloads/words.js", lambda route: route.abort())
    visit(page, site_url, "#q=agent&verdict=hybrid")
    assert set(shown(page)) == wanted(derived, {"verdict": ["hybrid"]})
    assert "could not be loaded" in said(page)


def test_beside_a_value_that_nobody_has_stands_why(page: Page, site_url: str, derived: Derived) -> None:
    visit(page, site_url)
    box = page.locator("[data-facet=verdict] input[value=api]")
    why = page.locator(f"#{box.get_attribute('aria-describedby')}")
    for team in ("small-team", "no-platform-funded"):
        number = sum(
            found.verdict == "api"
            for item in derived.workloads.values()
            for other, found in item.by_team
            if other.id == team
        )
        assert f"{number} of {len(derived.workloads)} for {derived.atlas.teams[team].title.lower()}" in (
            why.inner_text().lower()
        )
    links = why.locator("a").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
    assert "../workloads/machine-translation/" in links
    box.check()
    assert why.inner_text() in page.locator(".wa-explore__empty").inner_text()
    for facet in page.evaluate("WA_WORKLOADS.facets"):
        for value, _ in facet["values"]:
            nobody = count(derived, {}, facet["id"], value) == 0
            assert (value in facet["none"]) is nobody, (facet["id"], value)


def test_orders_are_those_of_the_records(page: Page, site_url: str, derived: Derived) -> None:
    visit(page, site_url)
    titles = {id_: item.workload.title.casefold() for id_, item in derived.workloads.items()}
    by_name = sorted(derived.workloads, key=titles.__getitem__)
    assert shown(page) == by_name
    keys: dict[str, Callable[[str], Any]] = {
        "verdict": lambda id_: -VERDICTS.index(derived.workloads[id_].verdict.verdict),
        "notes": lambda id_: -len(derived.workloads[id_].notes),
        "pattern": lambda id_: derived.atlas.patterns[derived.workloads[id_].workload.pattern].order,
    }
    for name, key in keys.items():
        page.get_by_label("Order").select_option(name)
        assert shown(page) == sorted(by_name, key=key)
        address_is(page, f"#sort={name}")


def test_a_pass_by_keyboard_alone(page: Page, site_url: str, derived: Derived) -> None:
    visit(page, site_url)
    page.get_by_label(FIELD).focus()
    page.keyboard.type("agent")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.closest('details')?.dataset.facet") != "sector":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "any"
    assert (
        page.evaluate("document.activeElement.closest('fieldset').querySelector('legend').textContent") == "Sector"
    )
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    address_is(page, "#q=agent&sector=banking")
    assert 0 < len(shown(page)) < len(derived.workloads)
    assert set(shown(page)) <= wanted(derived, {"sector": ["banking"]})
    page.get_by_role("button", name="Drop Sector: Banking and payments").focus()
    page.keyboard.press("Enter")
    address_is(page, "#q=agent")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "status"
    page.get_by_role("button", name="Clear the filters").press("Enter")
    address_is(page, "")
    assert len(shown(page)) == len(derived.workloads)


def test_where_nothing_is_left_the_filter_to_drop_is_named(page: Page, site_url: str, derived: Derived) -> None:
    state = {"pattern": ["private-knowledge"], "verdict": ["api"]}
    visit(page, site_url, fragment(state))
    assert shown(page) == []
    empty = page.locator(".wa-explore__empty")
    offers = empty.locator("li").all_inner_texts()
    left = len(wanted(derived, {"pattern": ["private-knowledge"]}))
    assert offers == [f"Drop Verdict: API leaves {left} workloads"], "dropping the pattern would help nothing"
    assert page.get_by_role("button", name="as CSV").count() == 0
    empty.get_by_role("button").click()
    assert set(shown(page)) == wanted(derived, {"pattern": ["private-knowledge"]})
    assert empty.is_hidden()
    visit(page, site_url, "#verdict=api&q=zzz")
    assert empty.locator("li").all_inner_texts() == [
        f"Drop Words: “zzz” and Verdict: API leaves {len(derived.workloads)} workloads"
    ]


def test_the_whole_selection_is_what_is_published_to_the_byte(page: Page, site_url: str, site: Path) -> None:
    visit(page, site_url)
    assert page.evaluate("WAWorkloads.csv()").encode() == (site / workloads_table.CSV).read_bytes()
    assert page.evaluate("WAWorkloads.json()").encode() == (site / workloads_table.JSON).read_bytes()


def test_what_is_left_and_what_is_chosen_can_be_saved(page: Page, site_url: str, derived: Derived) -> None:
    def saved(name: str) -> str:
        with page.expect_download() as got:
            page.get_by_role("button", name=name).click()
        return Path(got.value.path()).read_text(encoding="utf-8")

    state = {"verdict": ["hybrid"], "latency": ["batch"]}
    visit(page, site_url, fragment(state))
    expected = wanted(derived, state)
    assert {
        line["id"] for line in csv.DictReader(io.StringIO(saved(f"Save these {len(expected)} as CSV")))
    } == expected
    visit(page, site_url, "#verdict=hybrid&pick=recruitment-screening")
    page.get_by_label("Choose Machine translation").check()
    assert "2 chosen, 1 of them not among these" in said(page)
    body = json.loads(saved("Save as JSON"))
    assert [item["id"] for item in body["workloads"]] == ["machine-translation", "recruitment-screening"]
    assert page.get_by_role("button", name=re.compile("^Save these .* as JSON$")).is_visible(), "what is left, too"
    page.get_by_role("button", name="Choose none").click()
    address_is(page, "#verdict=hybrid")


def bar(page: Page) -> Locator:
    return page.locator(".wa-chosen")


TICK = """name => {
  const box = document.querySelector(`.wa-explore input[aria-label="Choose ${name}"]`);
  const list = box.closest("tbody, ul");
  const rows = [...list.children].slice(0, 12);
  const tops = () => [scrollY, ...rows.map(row => row.getBoundingClientRect().top)].join();
  const before = tops();
  box.click();
  return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(before === tops()))));
}"""


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_what_is_chosen_stands_at_the_bottom_of_the_window(browser: Browser, site_url: str, width: int) -> None:
    """The first box that is ticked shows at once what can be done, moves nothing, and more than four say so."""
    for page in faultless(browser, viewport={"width": width, "height": 844}):
        visit(page, site_url)
        assert bar(page).is_hidden()
        page.get_by_label("Choose Document extraction").scroll_into_view_if_needed()
        page.wait_for_timeout(300)  # rows that come near are laid out
        assert page.evaluate(TICK, "Document extraction"), "nothing moves"
        assert bar(page).get_by_text("1 chosen", exact=True).is_visible()
        assert bar(page).get_by_text("Choose one more to compare.").is_visible()
        box = bar(page).bounding_box()
        assert box and box["width"] == width and abs(box["y"] + box["height"] - 844) < 1 and box["height"] < 130
        assert page.evaluate(TICK, "Due diligence data room")
        assert bar(page).get_by_role("link", name="Compare the 2 side by side").is_visible()
        for name in ("Content moderation", "Edge operator assistant", "Code completion in the editor"):
            assert page.evaluate(TICK, name)
        assert bar(page).get_by_role("link", name="side by side").count() == 0
        assert bar(page).get_by_text("At most 4 can be compared.").is_visible()
        assert_accessible(page, width, "five chosen")
        page.emulate_media(media="print")
        assert bar(page).is_hidden()
        page.emulate_media(media="screen")
        for _ in range(10):  # rows that were far away become higher as they come near
            page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
            page.wait_for_timeout(50)
        end = page.locator(".md-footer").bounding_box()
        top = bar(page).bounding_box()
        assert end and top and end["y"] + end["height"] <= top["y"] + 1, "the end of the page can be read"


@pytest.mark.parametrize("width", [390, 1280])
def test_what_is_chosen_is_reached_by_keyboard_and_covers_nothing(
    browser: Browser, site_url: str, width: int
) -> None:
    """From the box ticked last to what can be done with it, and back; nothing that has the focus is covered."""
    for page in faultless(browser, viewport={"width": width, "height": 844}):
        visit(page, site_url)
        page.get_by_label("Choose Document extraction").focus()
        page.keyboard.press("Space")
        for _ in range(30):
            page.keyboard.press("Tab")
            place = page.evaluate("document.activeElement.getBoundingClientRect().bottom")
            top = bar(page).bounding_box()
            assert top and place <= top["y"]
        page.get_by_label("Choose Due diligence data room").focus()
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "To the 2 chosen"
        page.keyboard.press("Enter")
        named = "document.activeElement.textContent"
        walked = [str(page.evaluate(named))]
        for _ in range(4):
            page.keyboard.press("Tab")
            walked.append(str(page.evaluate(named)))
        assert walked == [
            "Compare the 2 side by side",
            "See together",
            "Save as CSV",
            "Save as JSON",
            "Choose none",
        ]
        page.keyboard.press("Enter")
        assert bar(page).is_hidden()
        assert page.evaluate("document.activeElement.ariaLabel") == "Choose Due diligence data room"


def test_an_address_made_by_hand_is_taken_as_far_as_it_makes_sense(
    page: Page, site_url: str, derived: Derived
) -> None:
    visit(page, site_url, "#verdict=none,hybrid,hybrid&sort=x&view=x&pick=none&sector=")
    assert set(shown(page)) == wanted(derived, {"verdict": ["hybrid"]})
    assert page.locator(".wa-caution[role=status]").inner_text() == (
        "Left out of the address, because “Verdict” has no such value: verdict=none; there is no such order: "
        "sort=x; there is no such view: view=x; there is no such workload: pick=none."
    )
    address_is(page, "#verdict=hybrid")
    page.evaluate("location.hash = '#__skip'")
    page.wait_for_timeout(50)
    assert set(shown(page)) == wanted(derived, {"verdict": ["hybrid"]}), "a place on the page is no state"
    page.evaluate("location.hash = '#verdict=self-host'")
    page.wait_for_timeout(50)
    assert set(shown(page)) == wanted(derived, {"verdict": ["self-host"]})


def test_what_an_address_says_wrongly_is_told_with_the_nearest(
    page: Page, site_url: str, derived: Derived
) -> None:
    visit(page, site_url, "#verdict=selfhost&patern=private-knowledge&sort=notez&colour=red&pick=code-complettion")
    told = page.locator(".wa-caution[role=status]")
    said = told.inner_text()
    assert said.startswith(
        "Left out of the address, because “Verdict” has no such value: verdict=selfhost (nearest: "
    )
    assert "there is no such filter: patern=private-knowledge (nearest: Pattern: Private knowledge)" in said
    assert "there is no such filter: colour=red;" in f"{said};".replace(".;", ";"), "nothing comes near"
    assert "pick=code-complettion (nearest: Code completion in the editor)" in said
    assert len(shown(page)) == len(derived.workloads)
    told.get_by_role("button", name="Self-host").press("Enter")
    address_is(page, "#verdict=self-host")
    assert told.count() == 0, "it is told once"
    page.go_back()
    page.wait_for_function("location.hash === ''")
    visit(page, site_url, "#patern=private-knowledge&latency=batch")
    told.get_by_role("button", name="Pattern: Private knowledge").click()
    address_is(page, "#pattern=private-knowledge&latency=batch")
    visit(page, site_url, "#verdict=hybrid&sort=notes&view=cards&pick=code-completion&q=agent")
    assert told.count() == 0, "nothing is left out"


def wide(found: Locator) -> float:
    box = found.bounding_box()
    assert box
    return box["width"]


def test_a_way_past_the_filters_is_shown_to_those_who_go_by_keys(
    page: Page, site_url: str, derived: Derived
) -> None:
    visit(page, site_url)
    skip = page.get_by_role("button", name=f"To the {len(derived.workloads)} workloads")
    assert wide(skip) <= 1
    page.get_by_label(FIELD).focus()
    page.keyboard.press("Tab")
    assert wide(skip) > 100, "seen when it has the focus"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('tbody tr') === document.querySelector('tbody tr')")
    assert page.evaluate("location.hash") == "", "the address keeps the filters"
    visit(page, site_url, "#verdict=hybrid&view=cards")
    page.get_by_label(FIELD).focus()
    page.keyboard.press("Tab")
    assert "workloads" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('.wa-explore__cards li:first-child')")


@pytest.mark.parametrize("width", [390, 1280])
def test_no_hole_stands_above_the_order(browser: Browser, site_url: str, width: int) -> None:
    """What is chosen stands beside the count, so that the first choice moves nothing where there is room."""
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    tops: list[float] = []
    for state in ("", "#verdict=hybrid"):
        visit(page, site_url, state)
        said = page.locator(".wa-explore .wa-pick__said").bounding_box()
        order = page.locator(".wa-explore__do").bounding_box()
        assert said and order
        assert state or order["y"] - said["y"] - said["height"] < 24
        tops.append(order["y"])
    assert width < 500 or tops[0] == tops[1]
    context.close()


def test_cards_have_what_the_table_has_and_a_phone_begins_with_them(
    browser: Browser, page: Page, site_url: str, derived: Derived
) -> None:
    visit(page, site_url, "#verdict=hybrid&sort=notes")
    order = [derived.workloads[id_].workload.title for id_ in shown(page)]
    page.get_by_role("button", name="Cards").click()
    page.wait_for_selector("#wa-workloads:not([data-drawing])")
    assert page.locator(".wa-explore__cards .wa-card__title").all_inner_texts() == order
    address_is(page, "#verdict=hybrid&sort=notes&view=cards")
    page.get_by_label(f"Choose {order[0]}").check()
    page.get_by_role("button", name="Table").click()
    assert page.get_by_label(f"Choose {order[0]}").is_checked()
    context = browser.new_context(viewport={"width": 390, "height": 844})
    phone = context.new_page()
    visit(phone, site_url)
    phone.wait_for_selector("#wa-workloads:not([data-drawing])")
    assert phone.locator(".wa-explore__cards .wa-card").count() == len(derived.workloads)
    assert phone.locator(".wa-explore__filters").get_attribute("open") is None
    visit(phone, site_url, "#view=table")
    assert phone.locator(".wa-workloads").is_visible()
    context.close()


@pytest.mark.parametrize("width", [768, 1024, 1110, 1280])
def test_the_whole_table_is_seen_beside_or_below_the_filters(browser: Browser, site_url: str, width: int) -> None:
    for page in faultless(browser, clipboard=False, viewport={"width": width, "height": 900}):
        visit(page, site_url)
        box = page.locator(".wa-explore .wa-scroll")
        assert box.evaluate("node => node.scrollWidth <= node.clientWidth")
        folded = width < 1100
        assert page.locator(".wa-explore__filters > summary").is_visible() is folded
        assert page.locator("[data-facet=verdict] input").first.is_visible() is not folded


def test_of_very_many_the_first_are_shown_and_more_on_demand(
    page: Page, site: Path, site_url: str, derived: Derived
) -> None:
    serve_enlarged(page, site, derived, 500)
    visit(page, site_url)
    assert said(page) == "500 of 500 workloads; the first 30 shown."
    assert len(shown(page)) == 30
    page.get_by_role("button", name="Show 60 more").press("Enter")
    assert len(shown(page)) == 90
    assert page.evaluate("document.activeElement.closest('tr').sectionRowIndex") == 30
    page.get_by_label(FIELD).fill("recruitment")
    rows = len(shown(page))
    number = int(said(page).split()[0])
    assert rows == min(30, number)
    saved = list(csv.DictReader(io.StringIO(page.evaluate("WAWorkloads.csv()"))))
    assert len(saved) == number, "what is saved is all that is left, not what is drawn"


def test_it_sends_nothing_and_works_from_a_disk(page: Page, site_url: str, site: Path) -> None:
    def opened() -> None:
        visit(page, site_url)
        page.get_by_label(FIELD).focus()
        page.wait_for_function("window.MiniSearch && window.WASearch && window.WA_WORDS")

    with sending_nothing(page, opened):
        page.get_by_label(FIELD).fill("agent")
        page.locator("[data-facet=verdict] input").first.check()
    page.goto(f"{(site / 'workloads' / 'index.html').as_uri()}#verdict=hybrid")
    page.wait_for_selector("#wa-workloads[data-ready]")
    assert 0 < len(shown(page)) < 29
    page.goto(f"{(site / 'workloads' / 'index.html').as_uri()}#q=cv screning")
    assert shown(page)[0] == "recruitment-screening"


def test_with_a_script_it_says_what_the_plain_table_says(browser: Browser, page: Page, site_url: str) -> None:
    """Rows are filled from data; those of the page itself come from the template."""
    texts = "[...document.querySelectorAll('.wa-workloads tbody :is(th, td)')].map((cell) => cell.textContent)"
    links = "[...document.querySelectorAll('.wa-workloads tbody a')].map((a) => a.getAttribute('href'))"
    marks = "[...document.querySelectorAll('.wa-workloads tbody svg')].map((svg) => svg.outerHTML)"
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{site_url}workloads/")
    visit(page, site_url)
    shown(page)
    for told in (texts, links, marks):
        assert page.evaluate(told) == plain.evaluate(told)
    context.close()


def test_without_a_script_it_is_a_plain_table(browser: Browser, site_url: str, derived: Derived) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{site_url}workloads/")
    rows = page.locator(".wa-workloads tbody tr")
    assert rows.count() == len(derived.workloads)
    text = page.locator("tr[data-workload=recruitment-screening]").inner_text()
    for word in ("Recruitment screening", "Regulated decisions", "Self-host", "Own cloud account", "High-risk"):
        assert word in text
    assert page.locator("#wa-workloads :is(input, button, select)").count() == 0
    assert page.get_by_role("link", name="as CSV").get_attribute("href") == f"../{workloads_table.CSV}"
    box = page.locator(".wa-workloads").bounding_box()
    assert box and box["width"] > 700, "no room is kept for filters that do not come"
    context.close()


ACCESSIBLE = (
    "#verdict=selfhost&colour=red",
    "",
    "#verdict=hybrid,api&q=agent&view=table",
    "#view=cards&pick=code-completion",
    "#verdict=api&q=x",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_accessibility_violations(browser: Browser, site_url: str, width: int, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="light" if scheme == "light" else "dark",
        reduced_motion="reduce",
    )
    page = context.new_page()
    for state in ACCESSIBLE:
        visit(page, site_url, state)
        assert_accessible(page, width, state)
    context.close()
