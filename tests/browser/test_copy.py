"""Commands in a real Chromium: copied by keyboard, saved, announced, and text to select where neither works."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from macros.derive import Derived
from macros.render import environment, tidy
from tests.browser import everyone
from tests.conftest import ROOT, Serve
from tests.test_deploy import planned

PAGE = """<!doctype html><html lang="en" data-md-color-scheme="{scheme}"><head><title>Plan</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="atlas.css"></head>
<body class="md-typeset" style="background: var(--wa-paper); color: var(--wa-ink)" data-md-color-scheme="{scheme}">
<main><h1>Plan</h1>{html}</main>
<script src="copy.js"></script></body></html>"""


@pytest.fixture(scope="module")
def address(derived: Derived, serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page of its own with the template's output for one plan."""
    atlas = derived.atlas
    model = atlas.models["gpt-oss-120b"]
    source = "{% import '_deploy.jinja' as d with context %}{{ d.commands(model, none, found) }}"
    found = planned(atlas, model.id, "h100-sxm", tp=2)
    html = tidy(environment(derived).from_string(source).render(model=model, found=found, root=""))
    folder = tmp_path_factory.mktemp("plan")
    for scheme in ("default", "slate"):
        (folder / f"{scheme}.html").write_text(PAGE.format(scheme=scheme, html=html), encoding="utf-8")
    for name in ("js/copy.js", "css/atlas.css"):
        asset = ROOT / "docs" / "assets" / name
        (folder / asset.name).write_bytes(asset.read_bytes())
    return serve(folder)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 320, "height": 800}, accept_downloads=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


def open_first(page: Page, address: str) -> str:
    """Opens the first block by keyboard; returns its text."""
    page.goto(f"{address}default.html")
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    return page.locator(".wa-code__text").first.text_content() or ""


def test_copy_works_by_keyboard_and_is_announced(page: Page, address: str) -> None:
    text = open_first(page, address)
    assert "\n  --tensor-parallel-size 2 \\\n" in text
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('[role=status]').textContent === 'Copied.'")
    assert page.evaluate("navigator.clipboard.readText()") == text
    assert page.get_by_role("button", name="Copy vllm-gpt-oss-120b-2x-h100-sxm.sh").count() == 1


def test_without_a_clipboard_the_text_is_selected(page: Page, address: str) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    text = open_first(page, address)
    page.locator("[data-wa-code-copy]").first.click()
    page.wait_for_function("document.querySelector('[role=status]').textContent.startsWith('Selected.')")
    assert (page.evaluate("String(getSelection())") or "").strip() == text.strip()


def test_save_writes_the_same_text_under_the_name(page: Page, address: str) -> None:
    text = open_first(page, address)
    with page.expect_download() as waiting:
        page.locator("[data-wa-code-save]").first.click()
    assert waiting.value.suggested_filename == "vllm-gpt-oss-120b-2x-h100-sxm.sh"
    assert Path(waiting.value.path()).read_text(encoding="utf-8") == text


def test_without_scripts_there_is_text_and_no_dead_button(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}default.html")
    page.locator("summary").first.click()
    assert page.locator(".wa-code__text").first.is_visible()
    assert not page.locator("[data-wa-code-copy]").first.is_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_blocks_are_accessible_and_do_not_widen_the_page(page: Page, address: str, scheme: str) -> None:
    page.goto(f"{address}{scheme}.html")
    for summary in page.locator("summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert everyone.violations(page, "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa") == []
