"""No page is heavier than its limit, nothing comes from elsewhere, nothing unused of the theme is published."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from macros import theme_assets, theme_styles
from tests.page_types import page_types
from tests.serving import serving
from tests.weight import Weight, pages_to_weigh, weigh

FIRST, NEXT = 163, 82
"""Kilobytes with gzip that the heaviest page of a type may take on a first visit and on the next."""
WORKLOAD_FIRST, WORKLOAD_NEXT = 105, 15
"""The same for the page of a workload, which is what people come for; see docs/decisions.md."""
SHELL = 85
"""Kilobytes of everything but the page itself: styles, scripts and fonts of a page without a tool."""


@pytest.fixture(scope="module")
def weights(browser: Browser, site: Path) -> dict[str, Weight]:
    with serving(site) as served:
        return {type_: weigh(browser, served, *pages) for type_, pages in pages_to_weigh(site).items()}


def test_no_type_of_page_is_too_heavy(weights: dict[str, Weight]) -> None:
    heavy = {}
    for type_, found in weights.items():
        first, then = (WORKLOAD_FIRST, WORKLOAD_NEXT) if type_ == "workloads/*/" else (FIRST, NEXT)
        if found.first > first * 1000 or found.next > then * 1000:
            heavy[type_] = (found.first // 1000, found.next // 1000)
    assert heavy == {}
    assert weights["about/"].first - weights["about/"].html < SHELL * 1000


def test_nothing_comes_from_elsewhere(weights: dict[str, Weight]) -> None:
    assert [url for w in weights.values() for url in w.elsewhere] == []


def test_the_next_page_asks_for_little_more_than_itself(weights: dict[str, Weight]) -> None:
    assert {type_: w.next_requests for type_, w in weights.items() if "*" in type_ and w.next_requests > 3} == {}


def test_of_the_theme_only_what_is_used_is_published(site: Path) -> None:
    assert not list(site.rglob("*.map")), "source maps of the theme"
    assert not (site / "assets/javascripts").exists()
    (sheet,) = (site / "assets/stylesheets").glob("*.css")
    css = sheet.read_text(encoding="utf-8")
    assert len(css) < 60_000
    used = set().union(*(theme_assets.classes(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")))
    scripts = set().union(
        *(theme_styles.words(path.read_text("utf-8")) for path in site.rglob("assets/js/**/*.js"))
    )
    named = theme_styles.style_classes(css)
    assert "md-header" in named
    unknown = {name for name in named if name.startswith("md-") and name not in used | scripts}
    assert unknown <= set(re.findall(r":(?:not|is|has)\([^{]*?\.([\w-]+)", css)), "only in exceptions"


def test_a_page_loads_scripts_and_styles_only_where_it_uses_them(site: Path) -> None:
    html = (site / "about/index.html").read_text(encoding="utf-8")
    assert "copy.js" not in html
    assert "tools.css" not in html
    assert "tools.css" in (site / "size/index.html").read_text(encoding="utf-8")
    assert "copy.js" not in (site / "workloads/recruitment-screening/index.html").read_text(encoding="utf-8")
    assert "copy.js" in (site / "workloads/recruitment-screening/run/index.html").read_text(encoding="utf-8")


def test_types_of_pages_are_found_in_the_site(site: Path) -> None:
    found = page_types(site)
    assert {"", "workloads/", "workloads/*/", "workloads/*/law/", "workloads/*/case/", "about/"} <= set(found)
    assert len(found["workloads/*/"]) == 29
    assert sum(map(len, found.values())) == len(list(site.rglob("index.html")))
