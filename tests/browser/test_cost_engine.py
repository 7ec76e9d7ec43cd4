"""The engine of /cost/ in a real Chromium: Python’s answers over random figures and choices."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from macros import cost_page
from macros.cost.answer import Answer, Fleet, answer
from macros.cost.curves import month
from macros.cost.figures import NAMES, Figures, Ranged
from macros.cost.numbers import CostError, triple
from macros.cost.words import amount, crossed, sentence, volume
from macros.cost_compare import compare
from macros.derive import Derived
from macros.model import Atlas
from tests.conftest import ROOT

SCRIPTS = ROOT / "docs/assets/js/cost"

CASES = 2000

RANGED = 60


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


TEXTS = (
    *("1200", "2.5B", "40%", "$1,200.50", "1 200", "1_200", ".5", "1e6", "2..3", "2..3..4", "-1", "+2"),
    *("abc", "2,50", "1,20,000", "3..2", "2..3..", "1..2..3..4", "", "1e", "5 %", "∞", "NaN", "0"),
    *("1.5..2.5M", "1.200", "40.000"),
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
