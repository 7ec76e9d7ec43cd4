"""Law in a real Chromium: the matrix with its filters and CSV, the evidence table, the change log, the picture."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from macros.derive import Derived
from macros.law import matrix
from tests.browser.tools import ICON, faultless


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    yield from faultless(browser, clipboard=False, viewport={"width": 1280, "height": 900})


def visit(page: Page, site_url: str, name: str, fragment: str = "") -> None:
    page.goto("about:blank")
    page.goto(f"{site_url}regulation/{name}/{fragment}")
    page.wait_for_selector(f"#wa-{name}[data-ready]")


def selection(page: Page) -> str:
    return str(page.evaluate("window.WAMatrix.csv()"))


def wanted(derived: Derived, **by: str) -> list[dict[str, str]]:
    """Rows of the CSV by what the records say, not by the data of the page."""
    rows = []
    for row in csv.DictReader(io.StringIO(matrix.table(derived))):
        obligation = derived.atlas.obligations[row["obligation_id"]]
        facts: dict[str, Any] = {
            "instrument": [obligation.instrument],
            "layer": [obligation.layer],
            "role": obligation.binds,
            "control": obligation.controls,
            "state": [state for state, label in matrix.STATES.items() if label == row["state"]],
            "workload": [row["workload_id"]],
            "pattern": [derived.workloads[row["workload_id"]].workload.pattern],
            "certain": ["no" if row["conditional"] == "yes" else "yes"],
        }
        if all(value in facts[key] for key, value in by.items()):
            rows.append(row)
    return rows


def test_the_whole_selection_is_the_published_csv_to_the_byte(page: Page, site_url: str, site: Path) -> None:
    visit(page, site_url, "matrix")
    assert selection(page).encode() == (site / matrix.CSV).read_bytes()


FILTERS = [
    {"instrument": "eu-ai-act"},
    {"layer": "data"},
    {"role": "processor"},
    {"control": "logs"},
    {"state": "applies-from"},
    {"state": "proposed"},
    {"pattern": "regulated-decisions"},
    {"workload": "recruitment-screening"},
    {"workload": "recruitment-screening", "state": "applies-from"},
    {"certain": "no"},
    {"instrument": "gdpr", "control": "residency", "certain": "yes"},
    {"instrument": "dora", "state": "proposed"},
]


@pytest.mark.parametrize("by", FILTERS, ids=lambda by: "&".join(f"{k}={v}" for k, v in by.items()))
def test_a_filter_shows_what_the_records_have(
    by: dict[str, str], page: Page, site_url: str, derived: Derived
) -> None:
    visit(page, site_url, "matrix", "#" + "&".join(f"{key}={value}" for key, value in by.items()))
    rows = wanted(derived, **by)
    assert list(csv.DictReader(io.StringIO(selection(page)))) == rows
    assert page.locator(".wa-matrix tbody td:not([hidden]) i:not([hidden])").count() >= len(rows)
    shown = page.evaluate(
        "[...document.querySelectorAll('.wa-matrix tbody i')].filter((mark) => mark.checkVisibility()).length"
    )
    assert shown == len(rows)
    if not rows:
        assert "No note has all of this" in page.locator("#wa-matrix [role=status]").inner_text()


def test_a_choice_is_in_the_address_and_the_selection_can_be_saved(
    page: Page, site_url: str, derived: Derived
) -> None:
    visit(page, site_url, "matrix")
    page.select_option("#wa-control", "logs")
    page.select_option("#wa-pattern", "regulated-decisions")
    assert page.evaluate("location.hash") == "#control=logs&pattern=regulated-decisions"
    with page.expect_download() as saved:
        page.click("text=Save the selection as CSV")
    found = list(csv.DictReader(io.StringIO(Path(saved.value.path()).read_text(encoding="utf-8"))))
    assert found == wanted(derived, control="logs", pattern="regulated-decisions")
    page.click("text=Clear the filters")
    assert page.evaluate("location.hash") == ""


@pytest.mark.parametrize("name", ["matrix", "evidence"])
def test_every_column_is_on_paper(name: str, page: Page, site_url: str) -> None:
    """Landscape A4 less the margins, in CSS pixels; nothing may lie beyond it or be cut by a box that scrolls."""
    wide = (297 - 18) / 25.4 * 96
    visit(page, site_url, name)
    page.set_viewport_size({"width": int(wide), "height": 700})
    page.emulate_media(media="print")
    cells = page.evaluate(f"""() => [...document.querySelectorAll(".wa-{name} :is(th, td)")].map((cell) => {{
        const box = cell.getBoundingClientRect();
        return [box.left, box.right, cell.scrollWidth - cell.clientWidth];
    }})""")
    assert len(cells) > 300
    assert min(left for left, _, _ in cells) >= 0
    assert max(right for _, right, _ in cells) <= wide
    assert (
        page.evaluate(f"getComputedStyle(document.querySelector('.wa-scroll:has(.wa-{name})')).overflow")
        == "visible"
    )
    assert not page.evaluate("""() => [...document.querySelectorAll(".wa-matrix thead a span")].filter((text) =>
        text.getBoundingClientRect().height > text.closest("th").getBoundingClientRect().height + 1).length""")
    sheet = page.pdf(format="A4", prefer_css_page_size=True)
    assert b"/MediaBox [0 0 842" in sheet and b"/MediaBox [0 0 59" not in sheet, "every sheet is landscape"


def test_a_workload_page_leads_to_its_column(page: Page, site_url: str, derived: Derived) -> None:
    page.goto(f"{site_url}workloads/recruitment-screening/")
    page.get_by_role("link", name="See it in the matrix").click()
    page.wait_for_selector("#wa-matrix[data-ready]")
    assert page.locator("#wa-workload").input_value() == "recruitment-screening"
    assert page.locator(".wa-matrix thead th:visible").count() == 2
    notes = len(derived.workloads["recruitment-screening"].notes)
    assert f"{notes} of " in page.locator("#wa-matrix [role=status]").inner_text()


def test_nonsense_in_the_address_is_any(page: Page, site_url: str, site: Path) -> None:
    visit(page, site_url, "matrix", "#instrument=%3Cb%3E&state=law&x=1")
    assert selection(page).encode() == (site / matrix.CSV).read_bytes()


def test_without_a_script_the_tables_are_whole(browser: Browser, site_url: str, derived: Derived) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}regulation/matrix/")
    assert page.locator(".wa-matrix tbody i").count() == sum(
        len(item.notes) for item in derived.workloads.values()
    )
    page.goto(f"{site_url}regulation/evidence/")
    assert page.locator(".wa-evidence tbody tr").count() == len(derived.atlas.obligations)
    page.goto(f"{site_url}regulation/changes/")
    assert page.locator(".wa-change").count() == len(derived.atlas.changes)
    context.close()


def test_it_works_from_a_disk_and_asks_nobody(browser: Browser, site: Path, site_url: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visit(page, site_url, "matrix", "#control=logs")
    assert [url for url in asked if not url.startswith(site_url) and not url.endswith(ICON)] == []
    page.goto(f"{(site / 'regulation/matrix/index.html').as_uri()}#control=logs")
    page.wait_for_selector("#wa-matrix[data-ready]")
    assert page.locator("#wa-control").input_value() == "logs"
    context.close()


def test_the_evidence_sorts_by_the_day_and_shows_what_is_open(page: Page, site_url: str) -> None:
    visit(page, site_url, "evidence")
    first = page.locator(".wa-evidence tbody tr").first
    assert first.get_attribute("data-unconfirmed") == "yes"
    days = "[...document.querySelectorAll('.wa-evidence tbody tr')].map((row) => row.dataset.checked)"
    page.select_option("#wa-sort", "oldest")
    found = page.evaluate(days)
    assert found == sorted(found)
    page.select_option("#wa-sort", "newest")
    found = page.evaluate(days)
    assert found == sorted(found, reverse=True)
    page.select_option("#wa-show", "unconfirmed")
    assert page.evaluate("location.hash") == "#sort=newest&show=unconfirmed"
    for row in page.locator(".wa-evidence tbody tr:visible").all():
        assert row.get_attribute("data-unconfirmed") == "yes"


def test_the_change_log_filters_by_instrument_and_kind(page: Page, site_url: str, derived: Derived) -> None:
    visit(page, site_url, "changes", "#instrument=gdpr")
    shown = "[...document.querySelectorAll('.wa-change')].filter((e) => e.checkVisibility()).map((e) => e.id)"
    own = {c.id for c in derived.atlas.changes.values() if "gdpr" in c.instruments}
    assert set(page.evaluate(shown)) == own
    page.select_option("#wa-kind", "proposed")
    assert set(page.evaluate(shown)) == {id_ for id_ in own if derived.atlas.changes[id_].kind == "proposed"}
    page.evaluate("location.hash = '#sr-26-2-2026-04'")
    page.wait_for_function("document.getElementById('wa-kind').value === ''")
    assert page.locator("#sr-26-2-2026-04").is_visible()


# Of the drawing shown: the size of its letters, words out of its room, and words that the line of now crosses or
# that lie on others or on marks; the boxes of words are some pixels higher than their letters.
DRAWN = """svg => {
  const box = node => node.getBoundingClientRect();
  const within = (a, b, from, to) => a[from] < b[to] - 3 && b[from] < a[to] - 3;
  const meet = (a, b) => within(a, b, "left", "right") && within(a, b, "top", "bottom");
  const texts = [...svg.querySelectorAll("text")];
  const marks = [...svg.querySelectorAll(".wa-tmark")];
  const scale = svg.getScreenCTM().a;
  const now = svg.querySelector(".wa-timeline__now");
  const at = now.parentNode.getScreenCTM();
  const strokes = [...now.getAttribute("d").matchAll(/M0 ([\\d.]+)V([\\d.]+)/g)].map(([, top, bottom]) => (
    { left: at.e - 3, right: at.e + 3, top: at.f + Number(top) * at.d, bottom: at.f + Number(bottom) * at.d }));
  const room = box(svg.parentNode);
  const said = found => found.map(text => text.textContent);
  return {
    letters: Math.min(...texts.map(text => parseFloat(getComputedStyle(text).fontSize) * scale)),
    strokes: strokes.length,
    outside: said(texts.filter(text => box(text).left < room.left - 1 || box(text).right > room.right + 1)),
    crossed: said(texts.filter(text => strokes.some(stroke => meet(stroke, box(text))))),
    over: said(texts.filter((text, n) => texts.slice(0, n).some(other => meet(box(other), box(text))))),
    hidden: said(texts.filter(text => marks.some(mark => meet(box(mark), box(text))))),
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  };
}"""


@pytest.mark.parametrize("width", [320, 390, 500, 767, 768, 900, 1024, 1280, 1920])
def test_the_picture_is_legible(width: int, browser: Browser, site_url: str) -> None:
    """One of the two drawings at a time; its letters have 13 pixels, and nothing lies on another."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{site_url}regulation/")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        drawings = page.locator("figure.wa-timeline > svg")
        assert [drawing.is_visible() for drawing in drawings.all()] == [width >= 768, width < 768]
        own = page.locator("figure.wa-timeline > svg:visible").evaluate(DRAWN)
        assert own.pop("strokes") >= 1
        assert own == {"letters": 13, "outside": [], "crossed": [], "over": [], "hidden": [], "wide": 0}
    page.emulate_media(forced_colors="active")
    assert page.locator("figure.wa-timeline > svg:visible").count() == 1
    context.close()
