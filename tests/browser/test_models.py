"""The catalogue in a real Chromium: filters with counts, state in the address, comparison, without a script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from macros import size
from macros.derive import Derived
from macros.model import Atlas, Model
from macros.sizing import catalogue
from macros.sizing.engines import DEFAULT_ENGINE, rules
from macros.sizing.plan import plan
from macros.sizing.reader import ConfigError
from macros.sizing.request import Request
from macros.sizing.sets import card
from macros.suggestions import size_class
from tests.browser.tools import ICON, faultless, open_tool


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    yield from faultless(browser, clipboard=False, viewport={"width": 1280, "height": 900})


def visit(page: Page, site_url: str, fragment: str = "") -> None:
    open_tool(page, site_url, "models", fragment)


def shown(page: Page) -> set[str]:
    rows = page.locator(".wa-models tbody tr:not([hidden])")
    return {str(row.get_attribute("data-model")) for row in rows.all()}


def ids(atlas: Atlas, wanted: Callable[[Model], bool]) -> set[str]:
    return {model.id for model in atlas.models.values() if wanted(model)}


FILTERS: list[tuple[str, Callable[[Model], bool]]] = [
    ("job=embedding", lambda m: "embedding" in m.jobs),
    ("can=tools", lambda m: m.tools),
    ("can=pictures", lambda m: "image" in m.input),
    ("licence=osi", lambda m: m.license.spdx in ("Apache-2.0", "MIT")),
    ("licence=allowed", lambda m: m.license.commercial == "allowed"),
    ("context=262144", lambda m: (m.context_tokens or 0) >= 262144),
    ("language=ga", lambda m: m.languages.coverage == "wide" or "ga" in (*m.languages.named, *m.languages.tested)),
    (
        "language=sw&job=chat",
        lambda m: "chat" in m.jobs and ("sw" in m.languages.tested or m.languages.coverage == "wide"),
    ),
    (
        "job=chat&can=tools&licence=osi",
        lambda m: "chat" in m.jobs and m.tools and m.license.spdx in ("Apache-2.0", "MIT"),
    ),
    ("q=swiss%20apertus", lambda m: m.id.startswith("apertus")),
    ("q=no-such-word", lambda m: False),
]


@pytest.mark.parametrize(("fragment", "wanted"), FILTERS, ids=[fragment for fragment, _ in FILTERS])
def test_a_filter_leaves_the_models_that_the_records_say(
    page: Page, site_url: str, atlas: Atlas, fragment: str, wanted: Callable[[Model], bool]
) -> None:
    visit(page, site_url, f"#{fragment}")
    expected = ids(atlas, wanted)
    assert shown(page) == expected
    assert f"{len(expected)} of {len(atlas.models)} models" in page.locator(".wa-pick__said").inner_text()


def test_size_classes_are_those_of_the_suggestions(page: Page, site_url: str, atlas: Atlas) -> None:
    classes = atlas.vocabulary["size-classes"]
    for name in classes.terms:
        visit(page, site_url, f"#size={name}")
        assert shown(page) == ids(atlas, lambda m, name=name: size_class(m, classes) == name)  # type: ignore[misc]


@pytest.mark.parametrize(("gpu", "most"), [("l4", 1), ("l40s", 2), ("h100-sxm", 8)])
def test_what_fits_is_what_python_plans(page: Page, site_url: str, atlas: Atlas, gpu: str, most: int) -> None:
    def fits(model: Model) -> bool:
        for name in {item.precision for item in model.checkpoints}:
            for tp in size.COUNTS:
                try:
                    shape = catalogue.shape(model, name)
                    on = card(atlas.accelerators[gpu], name)
                    context = min(32_768, shape.context or 32_768)
                    request = Request(rules(DEFAULT_ENGINE), on, tp=tp, context=context)
                    if tp <= most and plan(shape, request).fits:
                        return True
                except ConfigError:
                    continue
        return False

    visit(page, site_url, f"#gpu={gpu}&count={most}")
    expected = ids(atlas, fits)
    assert 0 < len(expected) < len(atlas.models)
    assert shown(page) == expected


def test_choosing_changes_the_table_the_counts_and_the_address(page: Page, site_url: str, atlas: Atlas) -> None:
    visit(page, site_url)
    assert len(shown(page)) == len(atlas.models)
    page.get_by_label("Job").select_option("coding")
    coding = ids(atlas, lambda m: "coding" in m.jobs)
    assert shown(page) == coding
    assert "job=coding" in page.url
    usable = len(ids(atlas, lambda m: "coding" in m.jobs and m.license.commercial == "allowed"))
    options = page.get_by_label("Licence").locator("option").all_inner_texts()
    assert f"commercial use allowed ({usable})" in options
    page.get_by_role("button", name="Clear the filters").click()
    assert len(shown(page)) == len(atlas.models)
    assert page.evaluate("document.activeElement.id") == "wa-q"


def test_typing_keeps_the_focus_and_sends_nothing(page: Page, site_url: str) -> None:
    visit(page, site_url)
    page.wait_for_load_state("networkidle")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url) if ICON not in request.url else None)
    page.get_by_label("Text", exact=True).focus()
    page.keyboard.type("qwen coder")
    assert page.get_by_label("Text", exact=True).input_value() == "qwen coder"
    assert "qwen3-coder-next" in shown(page)
    assert requests == []


def test_four_models_side_by_side_with_differences_marked(page: Page, site_url: str, atlas: Atlas) -> None:
    visit(page, site_url)
    chosen = ["gpt-oss-20b", "gpt-oss-120b", "qwen3.8-27b", "gemma-4-31b-it"]
    for id_ in chosen:
        box = page.get_by_label(f"Compare {atlas.models[id_].title}", exact=True)
        box.focus()
        page.keyboard.press("Space")
    table = page.locator(".wa-compare")
    heads = table.locator("thead th").all_inner_texts()[1:]
    assert heads == [atlas.models[id_].title for id_ in chosen]
    assert page.locator(".wa-choose input:disabled").count() == len(atlas.models) - len(chosen)
    for row in table.locator("tbody tr").all()[:-1]:
        cells = row.locator("td").all_inner_texts()
        differs = len(set(cells)) > 1
        assert (row.get_attribute("data-differs") is not None) is differs
        assert ("differs" in row.locator("th").inner_text()) is differs, "told in words, not by colour alone"
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector(".wa-compare")
    assert page.locator(".wa-compare thead th").count() == 5


@pytest.mark.parametrize("width", [320, 390, 768])
def test_where_there_is_little_room_nothing_scrolls_sideways_and_every_fact_has_its_name(
    browser: Browser, site_url: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    visit(page, site_url, "#compare=gpt-oss-20b,gemma-4-31b-it")
    wide = "regions => regions.filter(region => region.scrollWidth > region.clientWidth).length"
    assert page.locator("main .wa-scroll").count() == 2
    assert page.locator("main .wa-scroll").evaluate_all(wide) == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    label = "cell => getComputedStyle(cell, '::before').content"
    heads = page.locator(".wa-models thead th").evaluate_all("heads => heads.map(head => head.textContent)")[2:]
    cells = page.locator(".wa-models tbody tr").first.locator("td:not(.wa-choose)").all()
    assert [cell.evaluate(label).replace('"', "").split(" attr")[0].strip() for cell in cells] == heads
    names = page.locator(".wa-compare thead th").evaluate_all("heads => heads.map(head => head.textContent)")[1:]
    compared = page.locator(".wa-compare tbody tr").first.locator("td").all()
    assert [cell.get_attribute("data-label") for cell in compared] == names
    page.close()


def test_an_address_made_by_hand_is_taken_as_far_as_it_makes_sense(
    page: Page, site_url: str, atlas: Atlas
) -> None:
    many = ",".join(["gpt-oss-20b", "gpt-oss-20b", "none", *list(atlas.models)[:6]])
    visit(page, site_url, f"#job=none&context=x&compare={many}")
    assert len(shown(page)) == len(atlas.models)
    assert page.locator(".wa-compare thead th").count() == 5


def test_model_and_accelerator_pages_lead_to_the_tools(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}models/gpt-oss-20b/")
    page.get_by_role("link", name="Size it").click()
    page.wait_for_selector("#wa-size[data-ready]")
    assert page.get_by_label("Model", exact=True).input_value() == "gpt-oss-20b"
    page.goto(f"{site_url}accelerators/l40s/")
    page.get_by_role("link", name="Size a model on it").click()
    page.wait_for_selector("#wa-size[data-ready]")
    assert page.get_by_label("Accelerator", exact=True).input_value() == "l40s"


def test_it_works_from_a_disk(page: Page, site: Path) -> None:
    page.goto(f"{(site / 'models' / 'index.html').as_uri()}#job=coding&gpu=l40s&count=1")
    page.wait_for_selector("#wa-models[data-ready]")
    assert page.locator(".wa-models tbody tr:not([hidden])").count() > 0


def test_without_a_script_it_is_a_plain_table(browser: Browser, site_url: str, derived: Derived) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}models/")
    assert page.locator(".wa-models tbody tr").count() == len(derived.atlas.models)
    assert page.locator("#wa-models").is_hidden()
    context.close()
