"""The page /cost/: it says what the command says, its picture, and the ways to and from it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from macros import cost_page
from macros.cost.answer import answer
from macros.cost.words import sentence
from macros.cost_compare import compare
from macros.derive import Derived
from macros.model import Atlas
from tests.browser.cost import at, visit
from tests.browser.everyone import COLOURS, look, thin, violations
from tests.browser.tools import assert_accessible, faultless


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    yield from faultless(browser, viewport={"width": 390, "height": 844})


SAID = [
    {"api": "openai-gpt-6.1-terra", "rate": "2.5", "speed_out": "700", "units": "500", "tokens_in": "0"}
    | {"tokens_out": "1M"},
    {"api": "openai-gpt-6-luna", "gpu": "h100-sxm", "platform": "500", "units": "9M", "tokens_in": "900"},
    {
        "api": "deepseek-deepseek-flash",
        "gpu": "h200-sxm",
        "model": "gpt-oss-120b",
        "units": "9M",
        "tokens_in": "7k",
    },
    {
        "workload": "recruitment-screening",
        "api": "aws-openai.gpt-oss-120b-1-0",
        "gpu": "h100-sxm",
        "own_unit": "1",
    },
    {"api": "openai-gpt-6-luna", "gpu": "l40s", "model": "qwen3-coder-next", "units": "9M", "tokens_in": "900"},
    {"api": "openai-gpt-6-luna", "units": "100", "tokens_in": "7k"},
    {"unit": "query", "units": "4000", "price_unit": "0.5", "platform": "9000", "fte": "0", "one_off": "4000"},
]


@pytest.mark.parametrize("said", SAID, ids="&".join)
def test_the_page_says_what_the_command_says(calculator: Page, atlas: Atlas, said: dict[str, str]) -> None:
    page = at(calculator, "#" + urlencode(said))
    found, _, _ = compare(atlas, said, False)
    a = answer(found.ranged())
    first = sentence(a, a.fleets[0], found.unit, "USD")
    assert " ".join(page.locator("#wa-cost [role=status]").first.inner_text().split()) == first.strip()
    parts = [f"--{name.replace('_', '-')} {text}" for name, text in said.items() if name != "unit"]
    assert all(part in page.locator(".wa-command").inner_text() for part in parts)
    notes = page.locator("#wa-cost .wa-caution").all_inner_texts()
    # How a speed is given is told in the words of each.
    assert all(note in notes for note in found.notes if "speed is" not in note)


def test_no_volume_is_answered(calculator: Page, atlas: Atlas) -> None:
    said = {"api": "openai-gpt-6-luna", "rate": "2", "speed_out": "900", "units": "0", "tokens_out": "10"}
    page = at(calculator, "#" + urlencode(said))
    found, _, _ = compare(atlas, said, False)
    a = answer(found.ranged())
    head = page.locator("#wa-cost [role=status] strong").inner_text()
    assert head.startswith("Without any volume, the API costs $0 a month and rented accelerators $")
    assert head in sentence(a, a.fleets[0], found.unit, "USD")


STATES = {
    "empty": "#api=",
    "wrong": "#api=none&rate=-2&units=abc&tokens_in=2,50&per_usd=x",
    "no volume": "#api=openai-gpt-6-luna&gpu=h100-sxm&units=0",
}


@pytest.mark.parametrize("state", STATES)
def test_empty_and_wrong_states_are_accessible(page: Page, site_url: str, state: str) -> None:
    visit(page, site_url, STATES[state])
    thin(page)
    assert look(page) == []


@pytest.mark.parametrize("workload", ["batch-transcription", "code-completion", "due-diligence-data-room"])
def test_a_page_of_a_workload_shows_what_its_link_opens(page: Page, site_url: str, workload: str) -> None:
    page.goto(f"{site_url}workloads/{workload}/")
    table = page.locator("[aria-label='Cost by volume'] tbody tr")
    own = " ".join(table.filter(has_text="As suggested").first.locator("td").nth(2).inner_text().split())
    cells = [[" ".join(text.split()) for text in table.nth(n).locator("td").all_inner_texts()] for n in range(3)]
    links = [table.nth(number).locator("a").get_attribute("href") for number in range(3)]
    for link, (_, _, bill, _, even, _) in zip(links, cells, strict=True):
        page.goto("about:blank")
        page.goto(f"{site_url}workloads/{workload}/{link}")
        page.wait_for_selector("#wa-cost[data-ready]")
        said = page.locator("#wa-cost [role=status]").first.inner_text()
        assert f"the API costs {bill} a month and rented accelerators {own}:" in said
        if even.startswith("at no volume"):
            assert "never becomes cheaper" in said
        else:
            assert f"cheaper from about {even.removeprefix('from ').partition(' (')[0]} " in said


def test_the_curve_can_be_taken_away(calculator: Page, atlas: Atlas) -> None:
    page = at(calculator)
    rows = list(csv.reader(io.StringIO(page.evaluate("window.WACost.csv()"))))
    assert rows[0][:3] == ["question a month", "API, USD", "rented, USD"]
    assert len(rows) > 10 and all(re.fullmatch(r"\d+\.\d\d", cell) for row in rows[1:] for cell in row[1:])
    page.get_by_role("button", name="Copy as Markdown").click()
    page.get_by_text("Brief copied.").wait_for()
    brief = page.evaluate("navigator.clipboard.readText()")
    assert "| API |" in brief and f"As of {atlas.settings.as_of}, with list prices of genai-prices " in brief
    assert "| 36 months |" in brief
    assert "- Cost of one person: 200000..260000..350000, a year; One engineer in the United States" in brief


def test_a_place_on_the_page_is_no_comparison(calculator: Page, site_url: str) -> None:
    page = at(calculator, "#units=123456&unit=page&tokens_in=1000&price_in=1&rate=2")
    said = page.locator("#wa-cost [role=status]").first
    before = said.inner_text()
    page.locator("#how-it-is-computed a.headerlink").click(force=True)
    page.wait_for_function("location.hash === '#how-it-is-computed'")
    assert said.inner_text() == before and "120,000 pages" in before
    page.goto("about:blank")
    page.goto(f"{site_url}cost/#how-it-is-computed")
    page.wait_for_selector("#wa-cost[data-ready]")
    assert "the API costs" in page.locator("#wa-cost [role=status]").first.inner_text()
    assert page.evaluate("document.getElementById('how-it-is-computed').getBoundingClientRect().top") < 300


def test_the_staircase_is_drawn_and_told(calculator: Page) -> None:
    page = at(calculator)
    picture = page.locator("#wa-cost svg[role=img]")
    assert picture.count() == 1
    assert str(picture.get_attribute("aria-label")).startswith("Money a month by volume.")
    assert page.locator("#wa-cost .wa-chart__line").count() >= 4


PICTURE = """() => {
  const picture = document.querySelector("#wa-cost svg[role=img]");
  const box = picture.getBoundingClientRect();
  return {
    drawn: picture.viewBox.baseVal.width, width: box.width, height: box.height,
    letters: Math.max(...[...picture.querySelectorAll("text")].map(text => text.getBoundingClientRect().height)),
    room: document.documentElement.clientWidth - document.documentElement.scrollWidth,
  };
}"""


def test_a_turned_phone_has_the_staircase_drawn_anew(page: Page, site_url: str) -> None:
    """Letters keep their size, the picture fits the screen, and what keeps its width is not drawn again."""
    page.add_init_script("addEventListener('error', event => { window.failed = event.message; })")
    visit(page, site_url)
    first = page.evaluate(PICTURE)
    for width, height in ((844, 390), (1280, 800), (320, 640), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
        )
        now = page.evaluate(PICTURE)
        assert abs(now["width"] - now["drawn"]) < 1, width
        assert now["letters"] == first["letters"] and now["room"] >= 0, width
        assert now["height"] < height and now["width"] > min(width, 800) - 60, width
    page.evaluate("document.querySelector('#wa-cost svg[role=img]').dataset.same = ''")
    page.set_viewport_size({"width": 390, "height": 500})
    page.wait_for_timeout(200)
    assert page.locator("#wa-cost svg[data-same]").count() == 1
    assert page.evaluate("window.failed") is None


@pytest.mark.parametrize("width", [320, 1280])
def test_it_is_accessible(browser: Browser, site_url: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    visit(page, site_url)
    assert_accessible(page, width, f"{width} light")
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.wait_for_selector("body[data-md-color-scheme=slate]")
    assert violations(page, *COLOURS) == []
    context.close()


def test_without_a_script_an_example_is_told(browser: Browser, site_url: str, derived: Derived) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}cost/")
    assert page.locator("#wa-cost").is_hidden()
    text = page.locator("main").inner_text()
    first = derived.atlas.workloads[cost_page.FIRST["workload"]]
    shown = cost_page.shown(derived.atlas, first, *(cost_page.FIRST[k] for k in ("api", "gpu", "model")))
    assert shown.sentences[0] in text
    assert page.locator(".wa-cost__example tbody tr").count() == len(shown.answer.fleets[0].curve)
    context.close()


def test_it_works_from_a_disk(page: Page, site: Path) -> None:
    page.goto(f"{(site / 'cost' / 'index.html').as_uri()}#workload=recruitment-screening&api=openai-gpt-6-luna")
    page.wait_for_selector("#wa-cost[data-ready]")
    assert "application" in page.locator("#wa-cost [role=status]").first.inner_text()


def test_a_workload_leads_to_the_calculator_with_its_own_volumes(
    page: Page, site_url: str, derived: Derived
) -> None:
    page.goto(f"{site_url}workloads/recruitment-screening/")
    page.get_by_role("link", name="Change every figure in the calculator").click()
    page.wait_for_selector("#wa-cost[data-ready]")
    volumes = derived.atlas.workloads["recruitment-screening"].volumes
    assert page.locator("#wa-cost-units").input_value() == str(volumes.per_month.typical)
    assert page.get_by_label("What the volume counts").input_value() == volumes.unit


def test_the_default_is_the_example_of_the_page(derived: Derived) -> None:
    assert set(cost_page.FIRST) == {"workload", "api", "gpu", "model"}
    assert json.loads(json.dumps(cost_page.data(derived)))["first"] == cost_page.FIRST


def test_a_dedicated_endpoint_stands_beside_the_others_and_figures_have_units(page: Page, site_url: str) -> None:
    visit(page, site_url, "#api=openai-gpt-6.1-terra&gpu=h200-sxm&model=gpt-oss-120b&units=1000")
    heads = page.locator("#wa-cost table").first.locator("thead th").all_inner_texts()
    assert [head.strip() for head in heads[-2:]] == ["Machines of one’s own", "A dedicated endpoint"]
    text = page.inner_text("#wa-cost")
    assert "Likely range" in text and "Eight of ten draws" not in text and "Money back" not in text
    assert "$5 to $8 an hour" in text and "0 to 2 replicas" in text and "10 to 50 %" in text
    assert page.locator(".wa-chart__line--endpoint").count()
