"""The cost calculator in a real Chromium: Python’s answers over random figures and choices, and the page."""

from __future__ import annotations

import csv
import io
import json
import math
import random
import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from macros import cost_page, cost_shape
from macros.cost.answer import Answer, Fleet, answer
from macros.cost.curves import month
from macros.cost.figures import NAMES, Figures, Ranged
from macros.cost.numbers import CostError, triple
from macros.cost.words import amount, crossed, sentence, volume
from macros.cost_compare import compare
from macros.derive import Derived
from macros.model import Atlas
from tests.browser.everyone import COLOURS, look, thin, violations
from tests.browser.tools import assert_accessible, faultless, open_tool, sending_nothing
from tests.conftest import ROOT

SCRIPTS = ROOT / "docs/assets/js/cost"
CASES = 2000
RANGED = 60


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    yield from faultless(browser, viewport={"width": 390, "height": 844})


@pytest.fixture(scope="module")
def shown(browser: Browser, site_url: str) -> Iterator[Page]:
    """The page, loaded once; `at` shows it another address."""
    for page in faultless(browser, viewport={"width": 390, "height": 844}):
        open_tool(page, site_url, "cost")
        yield page


def at(shown: Page, fragment: str = "") -> Page:
    """The same page with another state, as if the address had been typed."""
    first = "#workload=internal-knowledge-assistant&api=openai-gpt-6.1-terra&gpu=h200-sxm&model=gpt-oss-120b"
    shown.evaluate(
        """hash => new Promise(done => {
          if (location.hash === hash) return done();
          window.addEventListener("hashchange", done, { once: true });
          location.hash = hash;
        })""",
        fragment or first,
    )
    return shown


@pytest.fixture(scope="module")
def suggested(derived: Derived) -> str:
    """Everything that the calculator is told of audio transcribed in batches, where its page links to it."""
    item = derived.workloads["batch-transcription"]
    keys, _ = cost_shape.completed(derived.atlas, item, {"workload": "batch-transcription"})
    return f"#{urlencode(keys)}"


@pytest.fixture(scope="module")
def engine(browser: Browser, derived: Derived) -> Iterator[Page]:
    """The scripts without the page around them."""
    found = browser.new_context().new_page()
    found.goto("about:blank")
    found.add_script_tag(content=cost_page.script(derived))
    for name in ("../dom", "engine", "words", "given"):
        found.add_script_tag(path=str(SCRIPTS / f"{name}.js"))
    yield found
    found.context.close()


def figures(luck: random.Random) -> Figures:
    """Random figures, from tiny to huge, often with nothing of a kind."""

    def some(low: float, high: float, none: float = 0.2) -> float:
        return 0.0 if luck.random() < none else low * (high / low) ** luck.random()

    def share(most: float = 1.0) -> float:
        return luck.choice([0.0, luck.random() * most])

    cached = share(0.6)
    return Figures(
        units=some(1, 1e6, 0.05),
        tokens_in=some(1, 1e6),
        tokens_out=some(1, 1e6),
        cached=cached,
        written=share(0.4),
        batch=share(),
        peak=1 + some(0.1, 20),
        growth=luck.choice([0.0, -0.3, 0.5, 2.0]),
        price_in=some(0.01, 20),
        price_cached=some(0.001, 2),
        price_write=some(0.01, 20),
        price_out=some(0.01, 80),
        price_unit=some(0.001, 5, 0.7),
        batch_off=share(),
        batch_cached=share(),
        retry=share(0.2),
        off=share(),
        api_fixed=some(1, 1e5, 0.6),
        api_decline=share(0.6),
        rate=some(0.1, 15),
        reserved_rate=some(0.1, 15, 0.6),
        reserved_share=share(),
        uplift=share(0.5),
        gpus=luck.choice([1.0, 2.0, 4.0, 8.0]),
        machine_gpus=luck.choice([1.0, 2.0, 8.0]),
        bought_gpus=luck.choice([0.0, 8.0]),
        hours=luck.choice([730.0, 240.0, 176.3]),
        speed_in=some(100, 1e5),
        speed_out=some(10, 1e4),
        speed_units=some(0.01, 100, 0.8),
        of_published=0.3 + 0.7 * luck.random(),
        usable=0.3 + 0.7 * luck.random(),
        kept=share(),
        capacity=some(10, 1e6, 0.9),
        least=luck.choice([1.0, 2.0, 1.5, 2.5]),
        spare=luck.choice([0.0, 1.0, 0.5, 1.7]),
        price=some(1e3, 1e6),
        life=luck.choice([12.0, 36.0, 60.0]),
        resale=share(0.5),
        interest=share(0.2),
        maintenance=share(0.1),
        idle_kw=some(0.1, 3),
        max_kw=some(0.1, 15),
        pue=1 + share(),
        kwh=some(0.05, 0.5),
        hosting_kw=some(50, 300),
        machine_month=some(1, 1000, 0.7),
        fte=some(0.1, 3),
        fte_machine=some(0.01, 1, 0.8),
        salary=some(1e4, 4e5),
        platform=some(1, 1e4, 0.7),
        own_unit=some(0.0001, 1, 0.7),
        one_off=some(1, 1e6, 0.6),
        horizon=luck.choice([36.0, 7.0, 30.5, 200.0]),
        left_to_api=share(0.9),
        most=luck.choice([0.0, 1.0, 3.0, 2.5]),
        setup=luck.choice([0.0, 3.0, 1.5]),
        scored=share(),
        price_scored=some(0.001, 0.2, 0.3),
        audio=some(0.01, 2, 0.5),
        price_audio=some(0.01, 2, 0.3),
        gpus_fte=some(1, 1000, 0.5),
        endpoint_rate=some(0.1, 20, 0.5),
        endpoint_fte=some(0.05, 2, 0.5),
    )


def balanced(f: Figures, share: float) -> Figures:
    """The same with an API that costs this share of the fleet, so that ranges decide."""
    own = month(f, f.units).total
    return replace(f, price_in=0.0, price_out=0.0, price_unit=own * share / max(f.units, 1.0), api_fixed=0.0)


def told(a: Answer, unit: str = "million tokens", currency: str = "USD") -> Any:
    """What is compared: every number that a page shows, and the sentence."""
    return [a.api_month, [_fleet(a, f, unit, currency) for f in a.fleets]]


def _fleet(a: Answer, f: Fleet, unit: str, currency: str) -> Any:
    c, s = f.crossings, f.spread
    return [
        f.kind,
        f.month.total,
        f.month.replicas,
        f.month.gpus,
        f.month.utilisation,
        [[x.volume, x.to, x.replicas, x.jump] for x in c.found],
        [c.at_zero, c.at_last, c.first, c.lasting],
        f.one_step,
        None if math.isinf(f.capacity) else f.capacity,
        f.at_capacity,
        [s.api.low, s.api.base, s.api.high],
        [s.fleet.low, s.fleet.base, s.fleet.high],
        [s.break_even.low, s.break_even.base, s.break_even.high],
        s.fleet_cheaper,
        s.verdict,
        [f.payback.upfront, f.payback.months, f.payback.first_month] if f.payback else None,
        [s.payback.low, s.payback.base, s.payback.high],
        [[[t.months, t.api, t.fleet] for t in f.years.totals], f.years.overtakes],
        [[p.volume, p.api, p.fleet, p.replicas] for p in f.curve],
        [[x.name, x.difference_low, x.difference_high, x.break_even_low, x.break_even_high] for x in f.tornado],
        sentence(a, f, unit, currency),
        crossed(c.found, unit),
    ]


TOLD = """(a, unit, currency) => [a.api, a.fleets.map(f => [f.kind, f.month.total, f.month.replicas, f.month.gpus,
  f.month.utilisation, f.crossings.found.map(c => [c.volume, c.to, c.replicas, c.jump]),
  [f.crossings.atZero, f.crossings.atLast, f.crossings.first, f.crossings.lasting], f.oneStep,
  f.capacity === Infinity ? null : f.capacity, f.atCapacity, f.spread.api, f.spread.fleet, f.spread.breakEven,
  f.spread.cheaper, f.spread.verdict, f.payback && [f.payback.upfront, f.payback.months, f.payback.first],
  f.spread.payback, [f.years.totals, f.years.overtakes],
  f.curve.map(p => [p.volume, p.api, p.fleet, p.replicas]),
  f.tornado.map(x => [x.name, ...x.difference, ...x.breakEven]),
  window.WACost.words.sentence(a, f, unit, currency), window.WACost.words.crossed(f.crossings.found, unit)])]"""


def alike(mine: Any, theirs: Any) -> bool:
    """Equal to nine digits: powers may differ in the last place between two languages."""
    if isinstance(mine, list | tuple):
        return len(mine) == len(theirs) and all(map(alike, mine, theirs))
    if isinstance(mine, bool) or mine is None or isinstance(mine, str):
        return bool(mine == theirs)
    return theirs is not None and math.isclose(mine, theirs, rel_tol=1e-9, abs_tol=1e-7)


def test_the_browser_finds_what_python_finds_over_thousands_of_figures(engine: Page) -> None:
    luck = random.Random(7)
    every = [figures(luck) for _ in range(CASES)]
    script = f"""text => JSON.stringify(JSON.parse(text).map(
      f => ({TOLD})(window.WACost.answer(f, []), "million tokens", "USD")))"""
    kinds: set[str] = set()
    for start in range(0, CASES, 500):
        part = every[start : start + 500]
        found = json.loads(engine.evaluate(script, json.dumps([asdict(f) for f in part])))
        for f, theirs in zip(part, found, strict=True):
            a = answer(Ranged(f))
            mine = told(a)
            kinds |= {item.spread.verdict for item in a.fleets}
            assert alike(mine, theirs), (f, mine, theirs)
    assert {"api", "self", "close"} <= kinds


def test_ranges_draws_and_swings_are_pythons(engine: Page) -> None:
    luck = random.Random(11)
    script = f"""text => JSON.stringify(JSON.parse(text).map(
      ([f, r]) => ({TOLD})(window.WACost.answer(f, r), "page", "CHF")))"""
    every: list[Ranged] = []
    for _ in range(RANGED):
        f = balanced(figures(luck), luck.choice([0.5, 0.75, 0.9, 1.15, 1.4]))
        names = luck.sample([n for n in NAMES if getattr(f, n) > 0 and n not in ("units", "month", "life")], 6)
        tops = dict.fromkeys(
            ("cached", "written", "batch", "batch_off", "off", "reserved_share", "kept", "resale", "usable"), 1.0
        )
        tops |= {"left_to_api": 0.999, "scored": 1.0}
        ranges = tuple(
            (
                n,
                getattr(f, n) * 0.6 if n not in ("peak", "pue") else 1.0,
                min(tops.get(n, math.inf), getattr(f, n) * 1.8),
            )
            for n in NAMES
            if n in names
        )
        every.append(Ranged(f, ranges))
    found = json.loads(engine.evaluate(script, json.dumps([[asdict(r.base), r.ranges] for r in every])))
    seen: set[str] = set()
    for ranged, theirs in zip(every, found, strict=True):
        a = answer(ranged)
        mine = told(a, "page", "CHF")
        seen |= {item.spread.verdict for item in a.fleets}
        assert alike(mine, theirs), (ranged, mine, theirs)
    assert len(seen) >= 4, seen


MODELS = [
    *("gpt-oss-120b", "llama-3.3-70b-instruct", "llama-3.1-8b-instruct", "qwen3-coder-next", "glm-5.2"),
    *("qwen3.8-27b", "bge-m3", "whisper-large-v3", ""),
]
"""With published speeds on some accelerators, from the fourth on without; the fifth fits on few, and of the
eighth, which hears, none is estimated."""


def test_what_is_chosen_becomes_the_figures_that_the_command_takes(engine: Page, atlas: Atlas) -> None:
    luck = random.Random(3)
    values = {
        "units": "1200",
        "tokens_in": "4k",
        "price_in": "0.5..1..2",
        "gpus": "2",
        "speed_out": "900",
        "fte": "0",
    }
    values |= {
        "cached": "20%",
        "platform": "500",
        "price_out": "7",
        "peak": "3",
        "price_unit": "0.2",
        "capacity": "1e5",
        "characters_in": "6000",
        "characters_out": "500..2k",
        "characters_token": "3.5",
        "endpoint_rate": "4..5..9",
    }
    asked: list[tuple[dict[str, str], dict[str, str]]] = []
    for _ in range(300):
        choice = {
            "workload": luck.choice([*atlas.workloads, ""]),
            "api": luck.choice([*atlas.offers, ""]),
            "gpu": luck.choice(["h100-sxm", "h200-sxm", "b200", "l40s", ""]),
            "model": luck.choice(MODELS),
        }
        own = {name: values[name] for name in luck.sample(list(values), luck.randint(0, 4))}
        if "tokens_in" in own or not {"characters_in", "characters_out"} & own.keys():
            own = {name: text for name, text in own.items() if not name.startswith("characters_")}
        if luck.random() < 0.2:
            choice |= {"currency": "EUR", "per_usd": "0.9"}
        asked.append((choice, own))
    script = """text => JSON.stringify(JSON.parse(text).map(([s, o]) => {
      const c = window.WACost.given.compose({ ...s, figures: o }, window.WA_COST);
      return [Object.values(c.figures), c.ranges, c.unit, c.notes]; }))"""
    refused = estimated = 0
    for (choice, own), theirs in zip(asked, json.loads(engine.evaluate(script, json.dumps(asked))), strict=True):
        said = {k: v for k, v in {**choice, **own}.items() if v}
        if choice["model"] and not choice["gpu"]:
            with pytest.raises(CostError, match="known for an accelerator only"):
                compare(atlas, said, False)
            assert any("known for an accelerator only" in note for note in theirs[3])
            refused += 1
            continue
        if any("does not hold the model" in note for note in theirs[3]):
            with pytest.raises(CostError, match="does not hold"):
                compare(atlas, said, False)
            refused += 1
            continue
        found, _, _ = compare(atlas, said, False)
        ranged = found.ranged()
        assert alike(list(asdict(ranged.base).values()), theirs[0]), (said, ranged.base, theirs[0])
        assert alike([list(item) for item in ranged.ranges], theirs[1]), said
        assert theirs[2] == found.unit, said
        estimated += found.estimated
    assert 20 < refused < 120
    assert estimated > 20


@pytest.mark.parametrize("value", [0.0, 0.000123456, 0.5, 1.25, 9.96, 12.5, 125.0, 99.5, 1234.5, 987654.3, 2.5e9])
def test_numbers_are_written_alike(engine: Page, value: float) -> None:
    script = """v => { const w = window.WACost.words;
      return [w.amount(v, "USD"), w.volume(v, "million tokens"), w.volume(v, "page")]; }"""
    assert engine.evaluate(script, value) == [
        amount(value),
        volume(value, "million tokens"),
        volume(value, "page"),
    ]


def visit(page: Page, site_url: str, fragment: str = "") -> None:
    open_tool(page, site_url, "cost", fragment)


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
def test_the_page_says_what_the_command_says(shown: Page, atlas: Atlas, said: dict[str, str]) -> None:
    page = at(shown, "#" + urlencode(said))
    found, _, _ = compare(atlas, said, False)
    a = answer(found.ranged())
    first = sentence(a, a.fleets[0], found.unit, "USD")
    assert " ".join(page.locator("#wa-cost [role=status]").first.inner_text().split()) == first.strip()
    parts = [f"--{name.replace('_', '-')} {text}" for name, text in said.items() if name != "unit"]
    assert all(part in page.locator(".wa-command").inner_text() for part in parts)
    notes = page.locator("#wa-cost .wa-caution").all_inner_texts()
    # How a speed is given is told in the words of each.
    assert all(note in notes for note in found.notes if "speed is" not in note)


def test_a_change_goes_into_the_address_and_nothing_leaves_the_browser(page: Page, site_url: str) -> None:
    with sending_nothing(page, lambda: visit(page, site_url)):
        page.get_by_label("Model behind an API").select_option("openai-gpt-6-luna")
        page.locator("#wa-cost-units").fill("5000")
        page.locator("#wa-cost-units").press("Tab")
        page.locator("summary", has_text="Every figure").click()
        page.get_by_label("Busiest hour over mean").fill("2..3..4")
        page.get_by_label("Busiest hour over mean").press("Tab")
    assert "api=openai-gpt-6-luna" in page.url and "units=5000" in page.url and "peak=2..3..4" in page.url
    shown = page.locator("#wa-cost").inner_text()
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector("#wa-cost[data-ready]")
    page.locator("summary", has_text="Every figure").click()
    assert page.locator("#wa-cost").inner_text() == shown


def message(page: Page, label: str) -> str:
    """What is told at the field of this label, which is linked to it."""
    field = page.get_by_label(label, exact=True)
    assert field.get_attribute("aria-invalid") == "true"
    return page.locator(f"#{field.get_attribute('aria-describedby')}").inner_text()


def test_what_an_address_says_and_cannot_be_taken_is_told_at_its_field(shown: Page) -> None:
    page = at(shown, "#api=none&rate=-2&peak=3..2&units=100&nonsense=1")
    rent, peak = "Rent of an accelerator, an hour", "Busiest hour over mean, times"
    assert "“none” is not in this list" in message(page, "Model behind an API")
    assert message(page, rent) == f"{rent}: −2 is out of range; write at least 0 (an hour)."
    assert "“3..2” is no range; write low..high" in message(page, peak)
    waits = page.locator("#wa-cost [role=status]").first.inner_text()
    assert waits.startswith("The answer waits for") and rent in waits and peak in waits
    assert "nonsense=1" in page.locator("#wa-cost .wa-caution").first.inner_text()
    assert "rate=-2" not in page.url and "nonsense" not in page.url


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("abc", "“abc” is no number; write one such as 1200, 2.5B, 10k or 40%."),
        ("-5", "−5 is out of range; write at least 0 and at most 1,000,000,000,000,000 (units a month)."),
        ("2,50", "“2,50” is no number; for decimals write 2.50."),
    ],
)
def test_a_wrong_input_is_told_at_its_field_and_the_answer_waits(shown: Page, text: str, words: str) -> None:
    page = at(shown, "#api=openai-gpt-6-luna&rate=2&speed_out=900&units=100&tokens_in=1000&tokens_out=10")
    label = "Volume, units a month"
    before = page.locator("#wa-cost [role=status]").first.inner_text()
    page.get_by_label(label).fill(text)
    page.get_by_label(label).press("Tab")
    assert message(page, label) == f"{label}: {words}"
    assert page.get_by_label(label).input_value() == text
    said = page.locator("#wa-cost [role=status]").first.inner_text()
    assert said.startswith(f"The answer waits for “{label}” (100 counts meanwhile).")
    assert said.endswith(before) and "units=100" in page.url
    page.get_by_label(label).fill("200")
    page.get_by_label(label).press("Tab")
    assert page.get_by_label(label).get_attribute("aria-invalid") is None
    said = page.locator("#wa-cost [role=status]").first.inner_text()
    assert said.startswith("At 200 units a month") and "waits" not in page.locator("#wa-cost").inner_text()


def test_no_volume_is_answered(shown: Page, atlas: Atlas) -> None:
    said = {"api": "openai-gpt-6-luna", "rate": "2", "speed_out": "900", "units": "0", "tokens_out": "10"}
    page = at(shown, "#" + urlencode(said))
    found, _, _ = compare(atlas, said, False)
    a = answer(found.ranged())
    head = page.locator("#wa-cost [role=status] strong").inner_text()
    assert head.startswith("Without any volume, the API costs $0 a month and rented accelerators $")
    assert head in sentence(a, a.fleets[0], found.unit, "USD")


TEXTS = (
    *("1200", "2.5B", "40%", "$1,200.50", "1 200", "1_200", ".5", "1e6", "2..3", "2..3..4", "-1", "+2"),
    *("abc", "2,50", "1,20,000", "3..2", "2..3..", "1..2..3..4", "", "1e", "5 %", "∞", "NaN", "0", "1.5..2.5M"),
)


def test_the_browser_takes_the_texts_that_the_command_takes(engine: Page) -> None:
    script = """texts => texts.map(text => ["units", "cached", "peak"].map(name =>
      window.WACost.given.triple(text, window.WA_COST.keys.find(key => key.name === name))))"""
    for text, found in zip(TEXTS, engine.evaluate(script, list(TEXTS)), strict=True):
        for name, theirs in zip(("units", "cached", "peak"), found, strict=True):
            try:
                mine = list(triple(text, name))
            except CostError:
                assert theirs is None, (text, name)
            else:
                assert alike(mine, theirs), (text, name)


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


def test_another_currency_without_a_rate_converts_nothing(shown: Page) -> None:
    page = at(shown, "#api=openai-gpt-6-luna&gpu=h100-sxm&currency=EUR&units=100&tokens_in=1000&tokens_out=10")
    assert "what a dollar costs in EUR" in page.locator("#wa-cost").inner_text()


def test_the_curve_can_be_taken_away(shown: Page, atlas: Atlas) -> None:
    page = at(shown)
    rows = list(csv.reader(io.StringIO(page.evaluate("window.WACost.csv()"))))
    assert rows[0][:3] == ["question a month", "API, USD", "rented, USD"]
    assert len(rows) > 10 and all(re.fullmatch(r"\d+\.\d\d", cell) for row in rows[1:] for cell in row[1:])
    page.get_by_role("button", name="Copy as Markdown").click()
    page.get_by_text("Brief copied.").wait_for()
    brief = page.evaluate("navigator.clipboard.readText()")
    assert "| API |" in brief and f"As of {atlas.settings.as_of}, with list prices of genai-prices " in brief
    assert "| 36 months |" in brief
    assert "- Cost of one person: 200000..260000..350000, a year; One engineer in the United States" in brief


def test_a_place_on_the_page_is_no_comparison(shown: Page, site_url: str) -> None:
    page = at(shown, "#units=123456&unit=page&tokens_in=1000&price_in=1&rate=2")
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


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("#cached=0.7&written=0.7&units=1000&price_in=1&rate=2", "together they are at most 100 %"),
        ("#units=5000&price_in=3&rate=2&reserved_rate=1.2", "say below which share is reserved"),
        ("#currency=EUR&api=openai-gpt-6-luna&units=100&platform=5000", "say what a dollar costs in EUR"),
    ],
)
def test_what_the_command_refuses_is_not_answered(shown: Page, address: str, told: str) -> None:
    page = at(shown, address)
    assert told in page.locator("#wa-cost [role=status]").first.inner_text()
    assert page.locator("#wa-cost table").count() == 0


def test_tokens_of_a_month_are_the_volume(shown: Page) -> None:
    page = at(shown, "#api=openai-gpt-6-luna&gpu=h100-sxm&rate=2")
    page.locator("#wa-cost-month_in").fill("300M")
    page.locator("#wa-cost-month_in").press("Tab")
    page.locator("#wa-cost-month_out").fill("100M")
    page.locator("#wa-cost-month_out").press("Tab")
    assert page.locator("#wa-cost [role=status]").first.inner_text().startswith("At 400 million tokens a month")
    assert page.locator("#wa-cost-tokens_in").input_value() == "750000"
    assert page.get_by_label("Volume, million tokens a month").input_value() == "400"
    page.locator("#wa-cost-month_out").fill("1,5")
    page.locator("#wa-cost-month_out").press("Tab")
    assert "for decimals write 1.5" in page.locator("#wa-cost-month_out-wrong").inner_text()
    page = at(page, "#unit=page&units=1000&tokens_out=200&api=openai-gpt-6-luna&rate=2")
    page.locator("#wa-cost-month_in").fill("2M")
    page.locator("#wa-cost-month_in").press("Tab")
    assert page.locator("#wa-cost-tokens_in").input_value() == "2000"
    assert page.locator("#wa-cost-units").input_value() == "1000"


def test_the_staircase_is_drawn_and_told(shown: Page) -> None:
    page = at(shown)
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


def opened(page: Page, site_url: str, fragment: str) -> str:
    """What the calculator says first when it is opened anew at this address."""
    page.goto("about:blank")
    page.goto(f"{site_url}cost/{fragment}")
    page.wait_for_selector("#wa-cost[data-ready]")
    return page.locator("#wa-cost [role=status]").first.inner_text()


def test_a_workload_alone_is_compared_as_its_page_does(page: Page, site_url: str, suggested: str) -> None:
    """As the command does: a model behind an API, and what is suggested to host; what is taken away stays away."""
    alone = opened(page, site_url, "#workload=batch-transcription")
    assert alone == opened(page, site_url, suggested)
    choices = [page.locator(f"#wa-cost-{name}") for name in ("api", "model", "gpu")]
    assert all(choice.input_value() for choice in choices)
    for choice in choices:
        choice.select_option("")
    page.get_by_text("Every figure and the currency, to change").click()
    cleared = 0
    for field in page.locator("#wa-cost details input").all():
        origin = field.locator("xpath=following-sibling::span")
        if origin.count() and origin.text_content() in ("yours", "suggested on the page of the workload"):
            field.fill("")
            field.press("Tab")
            cleared += 1
    assert cleared >= 4, "cards, two speeds and their share"
    assert page.url.endswith("#workload=batch-transcription&api=&model=")
    page.reload()
    page.wait_for_selector("#wa-cost[data-ready]")
    assert not any(choice.input_value() for choice in choices)


def test_another_workload_brings_its_own_suggestion(page: Page, site_url: str) -> None:
    """What the first suggested gives way; another currency turns its amounts; what was changed stays."""
    second = opened(page, site_url, "#workload=internal-knowledge-assistant")
    euro = opened(page, site_url, "#workload=internal-knowledge-assistant&currency=EUR&per_usd=0.8")
    assert euro != second
    opened(page, site_url, "#workload=batch-transcription")
    page.get_by_label("Workload", exact=True).select_option("internal-knowledge-assistant")
    assert page.locator("#wa-cost [role=status]").first.inner_text() == second
    page.get_by_text("Every figure and the currency, to change").click()
    page.get_by_label("What one US dollar costs in it").fill("0.8")
    page.get_by_label("What one US dollar costs in it").press("Tab")
    page.locator("#wa-cost-currency").select_option("EUR")
    assert page.locator("#wa-cost [role=status]").first.inner_text() == euro
    page.get_by_label("Rent of an accelerator, an hour", exact=True).fill("3")
    page.get_by_label("Rent of an accelerator, an hour", exact=True).press("Tab")
    page.get_by_label("Workload", exact=True).select_option("code-completion")
    assert "rate=3&" in page.url


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


def test_characters_become_tokens_under_the_names_of_the_command(page: Page, site_url: str) -> None:
    visit(page, site_url, "#characters_in=6000&characters_out=1k&units=10k&price_in=1&price_out=5&rate=2")
    assert page.input_value("#wa-cost-tokens_in") == "1500"
    assert page.get_by_role("rowheader", name="One unit", exact=True).count() == 1, "of units, one is a unit"
    assert page.input_value("#wa-cost-f-characters_out") == "1k"
    assert "--characters-in 6000 --characters-out 1k" in page.inner_text(".wa-command")
    assert "--characters-token" not in page.inner_text(".wa-command")
    page.fill("#wa-cost-f-characters_token", "3")
    page.press("#wa-cost-f-characters_token", "Tab")
    assert page.input_value("#wa-cost-tokens_in") == "2000"
    assert "characters_token=3" in page.url
    page.fill("#wa-cost-tokens_in", "900")
    page.press("#wa-cost-tokens_in", "Tab")
    assert "characters_in" not in page.url and "characters_out=1k" in page.url, "the last one said counts"
    page.goto("about:blank")
    visit(page, site_url, "#tokens_in=100&characters_in=6000&price_in=1&rate=2")
    assert page.input_value("#wa-cost-tokens_in") == "100"
    assert "characters_in=6000" in page.inner_text("#wa-cost"), "what is left out is told"


def test_a_dedicated_endpoint_stands_beside_the_others_and_figures_have_units(page: Page, site_url: str) -> None:
    visit(page, site_url, "#api=openai-gpt-6.1-terra&gpu=h200-sxm&model=gpt-oss-120b&units=1000")
    heads = page.locator("#wa-cost table").first.locator("thead th").all_inner_texts()
    assert [head.strip() for head in heads[-2:]] == ["Machines of one’s own", "A dedicated endpoint"]
    text = page.inner_text("#wa-cost")
    assert "Likely range" in text and "Eight of ten draws" not in text and "Money back" not in text
    assert "$5 to $8 an hour" in text and "0 to 2 replicas" in text and "10 to 50 %" in text
    assert page.locator(".wa-chart__line--endpoint").count()
