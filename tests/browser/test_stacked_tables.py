"""Wide tables on a phone: each row stands as labels and values, the labels are the heads of their columns."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

READ = """tables => tables.filter(t => t.getClientRects().length).map(table => ({
  fits: table.parentElement.scrollWidth <= table.parentElement.clientWidth,
  heads: [...table.tHead.rows[0].cells].slice(1)
    .map(th => th.innerHTML.replace(/<[^>]*>|\\s+/g, " ").replace(/ +/g, " ").trim()),
  labels: [...table.tBodies[0].rows].map(row => [...row.cells].slice(1)
    .map(cell => getComputedStyle(cell, "::before"))
    .map(style => style.display === "none" ? "none" : style.content.replace(/^"|"$/g, ""))),
  inside: [...table.querySelectorAll("tbody td, tbody th")].every(
    cell => cell.scrollWidth <= cell.clientWidth + 1),
}))"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    "address",
    [
        "accelerators/",
        "assurances/",
        "compare/",
        "cost/",
        "decide/",
        "engines/",
        "infrastructure/",
        "instruments/",
        "obligations/",
        "regulation/evidence/",
        "sizing/",
        "status/",
        "why/",
        "workloads/recruitment-screening/",
        "workloads/recruitment-screening/run/",
    ],
)
def test_rows_stand_as_labels_and_values_and_nothing_is_cut(phone: Page, site_url: str, address: str) -> None:
    phone.goto(f"{site_url}{address}")
    phone.wait_for_timeout(300)
    phone.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    tables = phone.locator("table.wa-stack").evaluate_all(READ)
    assert tables
    for table in tables:
        assert table["fits"] and table["inside"], table["heads"]
        for labels in table["labels"]:
            shown = [label for label in labels if label != "none"]
            assert shown == [head for head in table["heads"] if head in shown], table["heads"]
            # A cell over several columns needs no label; every other has that of its column.
            assert len(shown) == len(table["heads"]) or len(labels) < len(table["heads"])


def test_with_room_the_table_is_a_table(browser: Browser, site_url: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{site_url}accelerators/")
    cell = page.locator("table.wa-stack td").first
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').display") == "none"
    assert cell.evaluate("cell => getComputedStyle(cell).display") == "table-cell"
    page.close()
