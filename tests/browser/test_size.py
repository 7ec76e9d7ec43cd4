"""The calculator in a real Chromium: Python’s figures for every pair, by keyboard, without a script."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from macros import size
from macros.derive import Derived
from macros.model import Atlas
from macros.sizing import catalogue
from macros.sizing.engines import DEFAULT_ENGINE, rules
from macros.sizing.nearest import longest_context
from macros.sizing.plan import Plan, plan
from macros.sizing.reader import ConfigError
from macros.sizing.request import Request
from macros.sizing.sets import card, requests_at
from tests.browser.tools import ICON, assert_accessible, faultless, open_tool
from tests.conftest import ROOT, run_atlas

CONTEXTS = (1, 4_097, 32_768, None)
UTILIZATIONS = (0.5, 0.9, 0.92, 0.955)
MOST_PACKED = 150_000


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    yield from faultless(browser, viewport={"width": 390, "height": 844})


def visit(page: Page, site_url: str, fragment: str = "") -> None:
    open_tool(page, site_url, "size", fragment)


def test_what_the_address_says_wrongly_is_named_once(page: Page, site_url: str) -> None:
    visit(page, site_url, "#model=zzz")
    assert page.locator("#wa-size").inner_text().count("zzz") == 1


def message(page: Page, label: str) -> str:
    """What is told at the field of this label, which is linked to it."""
    field = page.locator("#wa-size form").get_by_label(label, exact=True)
    assert field.get_attribute("aria-invalid") == "true"
    return page.locator(f"#{field.get_attribute('aria-describedby')}").inner_text()


def headline(page: Page) -> str:
    return page.locator("#wa-size [role=status]").first.inner_text()


def test_what_is_left_out_does_not_stay_in_the_address(page: Page, site_url: str) -> None:
    visit(page, site_url, "#context=-5&requests=4")
    label = "Longest request, tokens"
    assert message(page, label).startswith(f"{label}: “-5” is no whole number from 1;")
    assert "context=-5" not in page.url
    assert "context=32768" in page.url and "requests=4" in page.url
    page.fill("#wa-context", "abc")
    page.locator("#wa-context").press("Tab")
    assert "“abc”" in message(page, label)
    assert "abc" not in page.url
    page.fill("#wa-context", "8192")
    page.locator("#wa-context").press("Tab")
    assert "context=8192" in page.url
    assert page.locator("#wa-size .wa-size__wrong").count() == 0, "told once"


@pytest.mark.parametrize(
    ("label", "text"),
    [
        *(("Requests at once", text) for text in ("abc", "-5", "0", "", "1.5", "99999999999")),
        ("Longest request, tokens", "32k"),
        ("Average request, tokens", ""),
    ],
)
def test_a_wrong_input_is_told_at_its_field_while_it_is_typed(
    page: Page, site_url: str, label: str, text: str
) -> None:
    """It stays as it was typed, and the answer says that it waits and what it counts until then."""
    visit(page, site_url, "#requests=4&context=9000&average=900")
    was = {"Requests at once": 4, "Longest request, tokens": 9000, "Average request, tokens": 900}[label]
    before = headline(page)
    field = page.locator("#wa-size form").get_by_label(label, exact=True)
    field.fill(text)
    quoted = f"“{text}”" if text else "this"
    assert message(page, label).startswith(f"{label}: {quoted} is no whole number from 1; write one such as")
    assert headline(page).startswith(f"The answer waits for “{label}” ({was} counts meanwhile).")
    assert headline(page).endswith(before)
    field.press("Tab")
    assert field.input_value() == text and "requests=4&" in f"{page.url}&"
    assert_accessible(page, 390, text)
    field.fill("77")
    assert headline(page).startswith(("Fits", "Does not fit")) and field.get_attribute("aria-invalid") is None


def test_other_wrong_inputs_say_what_would_do(page: Page, site_url: str) -> None:
    visit(page, site_url, "#model=gpt-oss-20b&context=9000&average=900")
    share = "Share of memory for the engine"
    for text in ("5", "0", "92%"):
        page.get_by_label(share).fill(text)
        assert f"“{text}” is no share; write a number above 0 and at most 1" in message(page, share)
    page.get_by_label(share).fill("0.9")
    page.get_by_label("Average request, tokens").fill("9001")
    assert "more than the longest request; write at most 9000" in message(page, "Average request, tokens")
    page.get_by_label("Average request, tokens").fill("900")
    page.get_by_label("Longest request, tokens").fill("99999999")
    assert "takes at most 131072 tokens" in message(page, "Longest request, tokens")
    page.get_by_label("Longest request, tokens").fill("")
    page.get_by_label("Longest request, tokens").press_sequentially("16000")
    assert "context=16000&average=900" in page.url, "the letters on the way to it change nothing else"


def test_what_an_address_says_and_no_field_knows_is_told(page: Page, site_url: str) -> None:
    visit(page, site_url, "#model=nope&gpu=abacus&format=fp1&tp=3&cache=x&requests=0&colour=red")
    for label, text in {"Model": "nope", "Accelerator": "abacus", "Weights": "fp1", "Cache": "x"}.items():
        assert message(page, label) == f"{label}: “{text}” is not in this list; choose one that is."
    assert "“3” is not in this list" in message(page, "GPUs, working as one")
    said = headline(page)
    assert said.startswith("The answer waits for “Model” (") and "“Requests at once” (8 counts meanwhile)" in said
    assert "there is no such field: colour=red." in page.locator("#wa-size .wa-caution").first.inner_text()
    assert "nope" not in page.url and "colour" not in page.url
    page.get_by_label("Model", exact=True).select_option("gpt-oss-20b")
    assert page.get_by_label("Model", exact=True).get_attribute("aria-invalid") is None
    page.evaluate("location.hash = '#requests=6'")
    page.wait_for_function("document.getElementById('wa-requests').value === '6'")
    assert page.locator(".wa-size__wrong").count() == 0 and headline(page).startswith(("Fits", "Does not"))


def cases(atlas: Atlas) -> list[dict[str, Any]]:
    """Every model on every accelerator at every count and cache; contexts, utilizations and formats in turn.

    All formats, contexts and utilizations meet every model; which of them meets which card changes by turns.
    """
    found: list[dict[str, Any]] = []
    for model in atlas.models.values():
        try:
            shape = catalogue.shape(model)
        except ConfigError:
            continue
        formats = size.formats(model)
        turn = 0
        for accelerator in atlas.accelerators.values():
            for tp in size.COUNTS:
                for cache in size.CACHES:
                    for context in CONTEXTS:
                        longest = shape.context or 8192
                        asked = min(context or longest, longest)
                        want = {"model": model.id, "gpu": accelerator.id, "tp": tp, "cache": cache}
                        want |= {"context": asked, "average": max(1, asked // 3)}
                        want |= {
                            "format": formats[turn % len(formats)],
                            "utilization": UTILIZATIONS[(turn // len(formats)) % len(UTILIZATIONS)],
                        }
                        found.append(want)
                        turn += 1
    return found


def python(atlas: Atlas, want: dict[str, Any]) -> Plan | None:
    """The same plan by `macros.sizing`; None where it refuses the number of GPUs."""
    shape = catalogue.shape(atlas.models[want["model"]], want["format"])
    on = card(atlas.accelerators[want["gpu"]], shape.precision)
    request = Request(
        rules(DEFAULT_ENGINE),
        on,
        tp=want["tp"],
        kv_dtype=want["cache"],
        context=want["context"],
        utilization=want["utilization"],
    )
    try:
        return plan(shape, request)
    except ConfigError:
        return None


def expected(found: Plan | None, average: int) -> list[Any] | None:
    if found is None:
        return None
    beside = found.overhead
    requests = requests_at(found, average)
    exact = [
        found.fits,
        found.kv_cache_tokens,
        found.blocks,
        found.max_concurrency,
        None if requests == float("inf") else requests,
        found.kv_bytes_per_token,
        found.decode_bound.tokens_per_second if found.decode_bound else None,
        found.prefill_bound.tokens_per_second if found.prefill_bound else None,
    ]
    memory = [
        found.pool_gib,
        found.weights_gib_per_gpu,
        beside.activations_gib,
        beside.non_torch_gib,
        beside.graphs_gib,
        found.available_kv_gib_per_gpu,
    ]
    return exact + [round(value, 3) for value in memory]


READ = """wants => wants.map(want => { const p = window.WASize.plan(window.WA_SIZE, want); return p && [
  p.fits, p.tokens, p.blocks, p.concurrency, p.requests === Infinity ? null : p.requests,
  p.layout ? p.layout.token : 0, p.decode, p.prefill,
  p.pool, p.weights, p.activations, p.libraries, p.graphs, p.left]; })"""


def test_the_browser_finds_what_python_finds_for_every_model_card_count_and_cache(
    page: Page, site_url: str, atlas: Atlas
) -> None:
    visit(page, site_url)
    wants = cases(atlas)
    sized = len({want["model"] for want in wants})
    assert len(wants) == sized * len(atlas.accelerators) * len(size.COUNTS) * len(size.CACHES) * len(CONTEXTS)
    assert {(w["model"], w["format"]) for w in wants} == {
        (model, name) for model in {w["model"] for w in wants} for name in size.formats(atlas.models[model])
    }
    refused = 0
    for want, found in zip(wants, page.evaluate(READ, wants), strict=True):
        planned = python(atlas, want)
        refused += planned is None
        if found is not None:
            found[8:] = [round(value, 3) for value in found[8:]]
        assert found == expected(planned, want["average"]), want
    assert 0 < refused < len(wants) / 10


def test_the_longest_context_is_pythons(page: Page, site_url: str, atlas: Atlas) -> None:
    visit(page, site_url)
    wants = [w for w in cases(atlas) if w["tp"] == 1 and w["context"] > 32_768 and w["cache"] == "auto"][::5]
    found = page.evaluate("wants => wants.map(w => window.WASize.longest(window.WA_SIZE, w, w.context))", wants)
    for want, longest in zip(wants, found, strict=True):
        planned = python(atlas, want)
        assert planned is not None
        assert longest == longest_context(planned.shape, planned.request, want["context"]), want
    assert len(set(found)) > 10, "too few different answers to prove anything"


def test_the_command_on_the_page_prints_the_figures_of_the_page(page: Page, site_url: str) -> None:
    visit(page, site_url, "#model=qwen3.8-27b&gpu=l40s&tp=2&format=fp8&cache=fp8&context=20000&utilization=0.9")
    command = page.locator(".wa-command").inner_text().split()
    assert command[:2] == ["atlas", "plan"]
    done = run_atlas(*command[1:], "--json", cwd=ROOT)
    planned = json.loads(done.stdout)
    shown = page.locator("#wa-size").inner_text()
    for name in ("weights_gib_per_gpu", "available_kv_gib_per_gpu", "activations_gib", "usable_gib_per_gpu"):
        assert f"{planned[name]:,.3f}" in shown, name
    assert f"{planned['kv_cache_tokens']:,}" in shown
    assert f"{planned['max_concurrency']:,.2f}" in shown


@pytest.mark.parametrize(
    ("fragment", "mark", "words"),
    [
        ("model=llama-3.3-70b-instruct&gpu=h100-sxm&tp=1&format=bf16", "no", "exceed the"),
        ("model=llama-3.3-70b-instruct&gpu=h100-sxm&tp=2&format=bf16&context=131072", "no", "needs 20.0 GiB"),
        ("model=llama-3.1-8b-instruct&gpu=l4&tp=1&requests=500", "part", "copies would hold all"),
        ("model=llama-3.1-8b-instruct&gpu=h100-sxm&tp=1&requests=4", "yes", "Room for"),
    ],
)
def test_it_says_whether_it_fits_and_why(page: Page, site_url: str, fragment: str, mark: str, words: str) -> None:
    visit(page, site_url, f"#{fragment}")
    assert page.locator(".wa-size__plate").get_attribute("data-fits") == mark
    assert words in page.locator(".wa-size__plate").inner_text()


def test_impossible_parallelism_says_what_would_work(page: Page, site_url: str) -> None:
    visit(page, site_url, "#model=qwen3.8-27b&tp=16")
    assert "cannot be divided" in page.locator("[role=status]").first.inner_text()
    page.get_by_role("link", name="8 GPUs").click()
    page.wait_for_selector(".wa-memory__bar")


def test_copied_heads_are_told(page: Page, site_url: str) -> None:
    visit(page, site_url, "#model=qwen3-coder-next&gpu=h100-sxm&tp=8")
    assert "4 GPUs hold the same one" in page.locator("#wa-size").inner_text()


def test_the_address_holds_the_state_and_nothing_leaves_the_browser(page: Page, site_url: str) -> None:
    visit(page, site_url)
    page.wait_for_load_state("networkidle")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url) if ICON not in request.url else None)
    page.get_by_label("Model", exact=True).select_option("gpt-oss-20b")
    page.get_by_label("Accelerator", exact=True).select_option("l40s")
    page.get_by_label("Longest request").fill("10000")
    page.get_by_label("Longest request").press("Tab")
    assert requests == []
    assert "model=gpt-oss-20b&gpu=l40s" in page.url and "context=10000" in page.url
    shown = page.locator("#wa-size").inner_text()
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector("#wa-size[data-ready]")
    assert page.locator("#wa-size").inner_text() == shown


def test_values_that_make_no_sense_are_told_and_left_out(page: Page, site_url: str) -> None:
    visit(page, site_url, "#model=none&gpu=h100-sxm&context=-5&utilization=7&cache=fp8")
    told = "".join(page.locator("#wa-size .wa-size__wrong").all_inner_texts())
    assert all(part in told for part in ("“none”", "“-5”", "“7”"))
    assert page.get_by_label("Cache", exact=True).input_value() == "fp8"


def test_it_is_usable_by_keyboard_and_announces_the_answer(page: Page, site_url: str) -> None:
    visit(page, site_url, "#model=llama-3.1-8b-instruct&gpu=h100-sxm&tp=1")
    before = page.locator("[role=status]").first.inner_text()
    page.get_by_label("Model", exact=True).focus()
    for _ in range(7):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "wa-requests"
    page.keyboard.press("Control+a")
    page.keyboard.type("9000")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "wa-utilization", "a change must not take the focus"
    assert page.locator("[role=status]").first.inner_text() != before
    bar = page.locator(".wa-memory__bar")
    assert bar.get_attribute("role") == "img" and "Weights" in str(bar.get_attribute("aria-label"))


def test_the_command_is_copied(page: Page, site_url: str) -> None:
    visit(page, site_url)
    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".wa-command").inner_text()


def test_it_works_from_a_disk(page: Page, site: Path) -> None:
    page.goto(f"{(site / 'size' / 'index.html').as_uri()}#model=gpt-oss-20b&gpu=l40s")
    page.wait_for_selector("#wa-size[data-ready]")
    assert page.locator(".wa-memory__bar").count() == 1


def test_without_a_script_every_model_has_a_row(browser: Browser, site_url: str, derived: Derived) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}size/")
    rows = page.locator(".wa-fewest tbody tr").count() + page.locator(".wa-unsized li").count()
    assert rows == len(derived.atlas.models)
    assert page.locator(".wa-fewest thead th").count() == len(derived.atlas.accelerators) + 1
    assert page.locator("#wa-size").is_hidden()
    context.close()


def test_the_table_without_a_script_agrees_with_the_calculator(
    page: Page, site_url: str, derived: Derived
) -> None:
    visit(page, site_url)
    found = page.evaluate("""() => { const d = window.WA_SIZE; return d.models.filter(m => !m.why).map(m =>
      d.cards.map(c => { const context = Math.min(32768, m.context || 32768); const p = window.WASize.smallest(d,
        { model: m.id, gpu: c.id, format: m.formats[0].id, cache: "auto", context, average: context,
          utilization: d.utilization }); return p ? String(p.want.tp) : "–"; })); }""")
    shown = [
        [cell.strip() for cell in row.locator("td").all_inner_texts()]
        for row in page.locator(".wa-fewest tbody tr").all()
    ]
    assert shown == found


def test_the_data_is_small_and_the_page_says_how_small(page: Page, site_url: str, atlas: Atlas) -> None:
    packed = len(zlib.compress(size.script(atlas).encode(), 6))
    assert packed < MOST_PACKED
    visit(page, site_url)
    assert f"{round(packed / 1000)} kB of that on the wire" in page.locator("main").inner_text()
