"""Several workloads together in Chromium: the answer of Python, files both ways, states, print, no script."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from macros.library import Library
from macros.model import Atlas
from macros.portfolio import export
from macros.portfolio.answer import answer, whole
from macros.portfolio.asked import Chosen, Portfolio, parse
from macros.portfolio.base import Base
from tests.browser.tools import assert_accessible, faultless, open_tool, sending_nothing
from tests.conftest import ROOT
from tests.test_portfolio import BROKEN, draws

FIVE = (
    "#w=recruitment-screening:5000,insurance-claims-assessment,internal-knowledge-assistant,due-diligence-data-room,"
    "machine-translation"
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    yield from faultless(browser, viewport={"width": 1280, "height": 900})


def visit(page: Page, site_url: str, address: str = "") -> None:
    open_tool(page, site_url, "portfolio", address)


def said(page: Page) -> str:
    return page.locator("#wa-portfolio > [role=status]").inner_text()


def state(page: Page) -> dict[str, Any]:
    """What the address of the page says, as the page reads it."""
    page.wait_for_timeout(250)  # the address follows a moment after the page
    return page.evaluate("WAPortfolio.address.read(location.hash, WA_PORTFOLIO).state")  # type: ignore[no-any-return]


def plain(value: Any) -> Any:
    return json.loads(json.dumps(value))


def test_any_portfolio_has_the_answer_of_python(page: Page, site_url: str, together: Base) -> None:
    visit(page, site_url)
    every = draws(together, 150)
    found = page.evaluate(
        "(every) => every.map((asked) => WAPortfolio.answer(WA_PORTFOLIO, asked))",
        [dataclasses.asdict(asked) for asked in every],
    )
    for asked, own in zip(every, found, strict=True):
        expected = plain(answer(together, asked))
        assert own == expected, asked
        assert list(own) == list(expected)


def test_the_data_of_the_site_is_that_of_python(page: Page, site_url: str, together: Base) -> None:
    visit(page, site_url)
    assert page.evaluate("WA_PORTFOLIO") == plain(export.data(together))


def test_a_state_survives_its_address_and_its_file(
    page: Page,
    site_url: str,
    together: Base,
    atlas: Atlas,
    library: Library,
) -> None:
    visit(page, site_url)
    page.add_script_tag(url=f"{site_url}assets/js/vendor/js-yaml-4.1.1.min.js")
    page.add_script_tag(url=f"{site_url}assets/js/portfolio/file.js")
    for asked in draws(together, 40):
        body = dataclasses.asdict(asked)
        if body["team"] == atlas.settings.reference_team:
            body["team"] = None
        again, text, back = page.evaluate(
            """(asked) => {
              const { address, file } = WAPortfolio;
              const text = file.write(asked, WA_PORTFOLIO, "https://atlas.example/schema/portfolio.schema.json");
              const again = address.read(address.write(asked, WA_PORTFOLIO), WA_PORTFOLIO);
              return [again, text, file.read(text, WA_PORTFOLIO)];
            }""",
            plain(body),
        )
        assert again == {"state": plain(body), "ignored": [], "renamed": []}
        assert (back["state"], back["problems"]) == (plain(body), [])
        read, problems, _ = parse("p.yml", text.encode(), atlas, library, ROOT / "schema")
        assert problems == [] and read is not None
        assert plain(dataclasses.asdict(read)) == plain(body)


@pytest.mark.parametrize(
    ("address", "unknown"),
    [
        ("#w=constructor", "constructor"),
        ("#w=machine-translation,toString:3", "toString:3"),
        ("#m=__proto__:3", "__proto__:3"),
        ("#w=machine-translation&at=hasOwnProperty.translate:3", "hasOwnProperty.translate:3"),
    ],
)
def test_names_of_the_language_are_unknown_ids(page: Page, site_url: str, address: str, unknown: str) -> None:
    visit(page, site_url, address)
    told = page.locator(".wa-caution[role=status]").inner_text()
    assert told == f"Left out of the address, because the atlas does not know it: {unknown}."
    assert unknown not in page.url
    shown = page.locator("#wa-portfolio").inner_text()
    assert not re.search(r"is .* now\b|\[object|native code", shown)
    assert page.evaluate("Object.keys(Object.prototype).length") == 0


WRONG = {
    "everything": BROKEN,
    "no workloads": "format: 1\n",
    "no list": "format: 1\nworkloads: recruitment-screening\n",
    "empty list": "format: 1\nworkloads: []\n",
    "quoted number": 'format: 1\nworkloads:\n  - id: machine-translation\n    per_month: "7"\n',
    "fraction": "format: 1\nworkloads:\n  - id: machine-translation\n    per_month: 7.5\n",
    "too many": "format: 1\nworkloads:\n  - id: machine-translation\n    per_month: 9999999999\n",
    "nothing in it": "format: 1\nworkloads:\n  -\n  - id:\n",
    "twice the key": "format: 1\nformat: 1\nworkloads:\n  - id: machine-translation\n    id: x\n",
    "flow": "{format: 1, team: nobody, workloads: [{id: machine-translation, at_once: {translate: 0}}]}\n",
    "long title": f"format: 1\ntitle: {'x' * 121}\nworkloads:\n  - id: machine-translation\n",
    "number as title": "format: 1\ntitle: 2027\nworkloads:\n  - id: machine-translation\n",
    "comments": "# a\n\nformat: 1 # b\n# c\nworkloads: # d\n\n  # e\n  - id: nothing # f\n",
    "merge key": "format: 1\n<<: {a: 1}\nworkloads:\n  - id: machine-translation\n",
    "measured twice": (
        "format: 1\nworkloads:\n  - id: machine-translation\n"
        "measured:\n  - {model: bge-m3, at_once: 3}\n  - {model: bge-m3, at_once: 4}\n"
    ),
    "empty entries": "format: 1\nworkloads:\n  - id: machine-translation\n  -\n  - ~\n  - id: x\n",
    "names of the language": (
        "format: 1\nconstructor: x\nworkloads:\n  - id: constructor\n  - id: __proto__\n    toString: 3\n"
        "measured:\n  - {model: valueOf, at_once: 3}\n"
    ),
    "windows": "format: 1\r\nworkloads:\r\n  - id: machine-translatio\r\n",
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_has_the_problems_that_the_command_tells(
    name: str, page: Page, site_url: str, atlas: Atlas, library: Library
) -> None:
    visit(page, site_url)
    _, problems, _ = parse("p.yml", WRONG[name].encode(), atlas, library, ROOT / "schema")
    assert problems
    page.locator(".wa-pf__file summary").click()
    page.get_by_label("Or its text").fill(WRONG[name])
    page.get_by_role("button", name="Read the text").click()
    page.wait_for_selector(".wa-pf__problems table")
    rows = page.locator(".wa-pf__problems tbody tr").evaluate_all(
        "(rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    assert sorted(rows) == sorted([str(p.line), p.code, p.what, p.instead] for p in problems)
    assert page.evaluate("document.activeElement.className") == "wa-pf__problems"
    assert "Nothing is chosen yet" in said(page)


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("format: 1\nworkloads:\n  - id: 'x\n", None, "WA003"),
        ("format: 1\n\tteam: x\n", None, "WA003"),
        ("format: &a 1\nworkloads: []\n", 1, "WA005"),
        ("format: 1\nteam: *a\nworkloads: []\n", 2, "WA005"),
        ("format: !x 1\nworkloads: []\n", 1, "WA007"),
        ("format: 1\n---\nformat: 1\n", 1, "WA006"),
        ("", 1, "WA006"),
        ("- a\n", 1, "WA006"),
    ],
)
def test_what_is_no_plain_file_is_refused_as_python_refuses_it(
    text: str, line: int | None, code: str, page: Page, site_url: str, atlas: Atlas, library: Library
) -> None:
    visit(page, site_url)
    page.add_script_tag(url=f"{site_url}assets/js/vendor/js-yaml-4.1.1.min.js")
    page.add_script_tag(url=f"{site_url}assets/js/portfolio/file.js")
    found = page.evaluate("(text) => WAPortfolio.file.read(text, WA_PORTFOLIO).problems", text)
    assert code in [problem["code"] for problem in found]
    assert line is None or line in [problem["line"] for problem in found if problem["code"] == code]
    _, problems, _ = parse("p.yml", text.encode(), atlas, library, ROOT / "schema")
    assert code in [problem.code for problem in problems]


def test_a_file_is_opened_and_what_was_there_is_replaced(page: Page, site_url: str, tmp_path: Path) -> None:
    visit(page, site_url, FIVE)
    (tmp_path / "mine.yml").write_text(
        "format: 1\nteam: small-team\npeaks: apart\nworkloads:\n  - id: code-completion\n    per_month: 77\n"
    )
    page.locator(".wa-pf__file summary").click()
    page.get_by_label("A file").set_input_files(tmp_path / "mine.yml")
    page.wait_for_selector("text=mine.yml is read: 1 workload.")
    assert said(page).startswith("1 workload for the team")
    assert page.get_by_label("In a month").input_value() == "77"
    assert page.get_by_label("Team").input_value() == "small-team"
    assert state(page)["peaks"] == "apart"


def test_the_parser_is_loaded_for_files_only_and_nothing_is_sent(page: Page, site_url: str) -> None:
    with sending_nothing(page, lambda: visit(page, site_url, FIVE)) as asked:
        page.get_by_label("Team").select_option("operating-platform")
        page.get_by_label("In a month").first.fill("12345")
    assert [url for url in asked if "js-yaml" in url or "portfolio/file.js" in url] == []
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as YAML").click()
    text = Path(saved.value.path()).read_text()
    assert "team: operating-platform" in text
    assert "per_month: 12345" in text
    assert any("js-yaml" in url for url in asked)
    assert {url.split("/")[2] for url in asked if url.startswith("http")} == {site_url.split("/")[2]}


def test_the_page_shows_the_answer(page: Page, site_url: str, together: Base) -> None:
    visit(page, site_url, FIVE)
    ids = FIVE.removeprefix("#w=").split(",")
    chosen = [Chosen(id_.split(":")[0], 5000 if ":" in id_ else None) for id_ in ids]
    found = answer(together, Portfolio(tuple(chosen)))
    shown = page.locator(".wa-pf__result").inner_text()
    titles = together.derived.atlas.workloads
    order = page.locator(".wa-pf__result ol.wa-pf__order > li > a").all_inner_texts()
    assert order == [titles[turn["workload"]].title for turn in found["order"]]
    rows = page.get_by_role("region", name="Endpoints, pooled").locator("tbody tr")
    assert rows.count() == len(found["pools"])
    totals = found["totals"]
    assert f"{totals['pooled']['count']} accelerators pooled" in said(page)
    assert f"{totals['apart']['endpoints']} endpoints on {totals['apart']['count']}" in said(page)
    assert f"Proposals, not law: {found['counts']['proposed']}" in shown
    assert f"Law that applies: {found['counts']['in-force']}" in shown
    assert "Data must stay:" in shown
    assert "Pooling adds peaks" in shown
    page.get_by_text("The rule behind the order").click()
    for title, why in page.evaluate("WA_PORTFOLIO.rule"):
        assert f"{title}. {why}" in page.locator(".wa-pf__result").inner_text()


def test_choices_change_the_answer_and_the_address(page: Page, site_url: str) -> None:
    visit(page, site_url, FIVE)
    page.get_by_label("Workloads whose data must stay").select_option("own")
    assert page.get_by_text("of its own").count()
    page.get_by_label("Accelerator").select_option("h100-sxm")
    assert "NVIDIA A10" not in page.get_by_role("region", name="Endpoints, pooled").inner_text()
    page.get_by_label("Peaks").select_option("apart")
    assert "one workload is at its peak at a time" in page.locator(".wa-pf__result").inner_text()
    page.get_by_role("group", name="How much: Machine translation").get_by_label("In a month").fill("1,000,000")
    page.get_by_label("PaddleOCR-VL 1.6: requests at once").fill("4")
    now = state(page)
    assert (now["must_stay"], now["card"], now["peaks"]) == ("own", "h100-sxm", "apart")
    assert now["measured"] == {"paddleocr-vl-1.6": 4}
    assert next(w for w in now["workloads"] if w["id"] == "machine-translation")["per_month"] == 1_000_000
    before = page.locator(".wa-pf__result").inner_text()
    page.reload()
    page.wait_for_selector("#wa-portfolio[data-ready]")
    assert page.locator(".wa-pf__result").inner_text() == before


def test_a_field_that_holds_no_number_says_so_and_keeps_the_focus(page: Page, site_url: str) -> None:
    visit(page, site_url, "#w=machine-translation")
    field = page.get_by_label("In a month")
    field.fill("many")
    assert field.get_attribute("aria-invalid") == "true"
    wrong = page.locator(f"[id='{field.get_attribute('aria-describedby')}']")
    assert "Not a whole number" in wrong.inner_text()
    assert state(page)["workloads"][0]["per_month"] is None
    field.fill("30")
    assert field.get_attribute("aria-invalid") is None
    assert not wrong.is_visible()
    assert page.evaluate("document.activeElement.id") == "wa-pf-machine-translation"


def test_it_works_from_the_keyboard(page: Page, site_url: str) -> None:
    visit(page, site_url)
    page.get_by_role("checkbox", name="Recruitment screening").focus()
    page.keyboard.press("Space")
    assert said(page).startswith("1 workload")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") in ("INPUT", "SELECT")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    assert "Nothing is chosen yet" in said(page)


def test_what_an_address_says_wrongly_is_told(page: Page, site_url: str) -> None:
    visit(
        page,
        site_url,
        "#w=recruitment-screening:0,nothing-known&team=nobody&m=what:3&at=recruitment-screening.x:4",
    )
    told = page.locator(".wa-caution[role=status]").inner_text()
    for part in ("recruitment-screening:0", "nothing-known", "team=nobody", "what:3", "recruitment-screening.x:4"):
        assert part in told
    assert said(page).startswith("1 workload for the team “Platform being formed”")


def test_a_former_id_in_an_address_is_told(page: Page, site_url: str) -> None:
    visit(page, site_url)
    found = page.evaluate(
        """() => WAPortfolio.address.read("#w=cv-screening:7&at=cv-screening.mask:3",
          { ...WA_PORTFOLIO, former: { workloads: { "cv-screening": "recruitment-screening" }, models: {} } })"""
    )
    assert found["renamed"] == ["cv-screening is recruitment-screening now"]
    assert found["state"]["workloads"] == [{"id": "recruitment-screening", "per_month": 7, "at_once": {"mask": 3}}]


STATES = {
    "empty": "",
    "one": "#w=machine-translation",
    "five": FIVE,
    "outside": "#w=machine-translation&team=small-team",
    "no set": "#w=research-literature-synthesis&tier=most-capable&card=l4",
    "wrong": "#w=nothing",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_every_state_is_accessible(browser: Browser, site_url: str, width: int, scheme: str) -> None:
    for page in faultless(browser, viewport={"width": width, "height": 900}, color_scheme=scheme):
        for name, fragment in STATES.items():
            visit(page, site_url, fragment)
            assert_accessible(page, width, name)
        page.get_by_label("Or its text").fill(BROKEN)
        page.get_by_role("button", name="Read the text").click()
        page.wait_for_selector(".wa-pf__problems table")
        assert_accessible(page, width, "problems of a file")


def test_all_of_them_at_once(page: Page, site_url: str, together: Base) -> None:
    visit(page, site_url)
    page.get_by_role("button", name="Choose all 29").click()
    assert said(page).startswith(f"{len(together.items)} workloads")
    assert page.evaluate(
        "WAPortfolio.answer(WA_PORTFOLIO, WAPortfolio.address.read(location.hash, WA_PORTFOLIO).state)"
    )
    assert_accessible(page, 1280, "all")


@pytest.mark.parametrize(("fragment", "most"), [(FIVE, 1), ("all", 2)])
def test_it_prints_as_a_brief(page: Page, site_url: str, together: Base, fragment: str, most: int) -> None:
    visit(page, site_url, "" if fragment == "all" else fragment)
    if fragment == "all":
        page.get_by_role("button", name="Choose all 29").click()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) <= most
    page.emulate_media(media="print")
    assert page.locator(".wa-pf > :visible").count() == 1
    text = page.locator(".wa-brief").inner_text()
    for part in (
        "What to build first",
        "Endpoints, pooled",
        "Obligations of all together",
        "Assumed",
        "Decided by",
    ):
        assert part in text
    held = page.evaluate(
        "WAPortfolio.answer(WA_PORTFOLIO, WAPortfolio.address.read(location.hash, WA_PORTFOLIO).state)"
        ".obligations.filter(item => item.state === 'in-force' && item.certain.length).map(item => item.id)"
    )
    assert len(held) > 10
    for id_ in held:
        o = together.derived.atlas.obligations[id_]
        law = together.derived.atlas.instruments[o.instrument].title
        assert " ".join(f"{o.title} ({law}, {o.provision})".split()) in " ".join(text.split()), id_


def test_the_brief_is_copied_as_markdown(page: Page, site_url: str) -> None:
    visit(page, site_url, f"{FIVE}&title=Claims")
    page.get_by_role("button", name="Copy as Markdown").click()
    page.wait_for_selector("text=Brief copied.")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("# Claims\n")
    for part in (
        "## Where they run",
        "## Endpoints, pooled",
        "## Isolation",
        "## Build in this order",
        "(not law)",
    ):
        assert part in text


def test_without_a_script_all_of_them_stand_there(browser: Browser, site_url: str, together: Base) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{site_url}portfolio/")
    text = page.locator("article").inner_text()
    found = answer(together, whole(together))
    assert "Choosing needs JavaScript" in text
    assert f"{found['totals']['pooled']['count']} accelerators" in text
    order = page.locator("ol.wa-pf__order > li > a").all_inner_texts()
    assert order == [together.derived.atlas.workloads[turn["workload"]].title for turn in found["order"]]
    assert f"Proposals, not law: {found['counts']['proposed']}" in text
    context.close()


def test_a_selection_of_all_workloads_leads_into_it(page: Page, site_url: str) -> None:
    open_tool(page, site_url, "workloads", "#pick=machine-translation,code-completion")
    page.get_by_role("link", name="See together").click()
    page.wait_for_selector("#wa-portfolio[data-ready]")
    assert said(page).startswith("2 workloads")
