"""The theme without what is not used: what goes, what stays, and that a new theme is noticed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros import theme_assets, theme_styles
from tests.conftest import ROOT

CSS = (
    '@charset "UTF-8";:root{--a:url("data:image/svg+xml;charset=utf-8,<svg d=\'M(1)\'>");--b:1px;--c:var(--b)}'
    ".used{color:red}.gone{color:blue}.used:not(.gone){margin:var(--c)}.gone,.used p{top:0}"
    "@media print{.gone{left:0}}@media screen{.used{left:0}.gone{left:1px}}[dir=rtl] .used{right:0}"
    "@keyframes k{0%{top:0}to{top:1px}}.used :is(th,td){top:1px}.used :is(.used,td){top:2px}"
)


def test_rules_of_classes_that_do_not_occur_go() -> None:
    css = theme_styles.trimmed(CSS, {"used"})
    assert ".used{color:red}" in css
    assert "blue" not in css
    assert "rtl" not in css
    assert "@media print" not in css
    assert "@media screen{.used{left:0}}" in css
    assert ".used:not(.gone){margin:var(--c)}" in css, "an exception is no use of the class"
    assert "@keyframes k{0%{top:0}to{top:1px}}" in css
    assert css.startswith('@charset "UTF-8";')


def test_variables_that_nothing_reads_go_and_those_read_by_others_stay() -> None:
    css = theme_styles.read_only(theme_styles.trimmed(CSS, {"used"}), set())
    assert "--a" not in css
    assert ":root{--b:1px;--c:var(--b)}" in css
    read = theme_styles.read_only(theme_styles.trimmed(CSS, {"used"}), {"--a"})
    assert "--a:url(\"data:image/svg+xml;charset=utf-8,<svg d='M(1)'>\")" in read


def test_the_built_styles_keep_what_each_reads_of_the_other(site: Path) -> None:
    """Ours set variables that the theme reads, and read some that only the theme sets."""
    theme = next((site / "assets/stylesheets").glob("main.*.css")).read_text(encoding="utf-8")
    ours = "".join(path.read_text(encoding="utf-8") for path in (site / "assets/css").glob("*.css"))
    assert "--md-primary-fg-color:#12394d" in ours.replace(": ", ":")
    assert "--md-text-font-family:" in theme
    set_ = set(re.findall(r"(--[\w-]+)\s*:", theme + ours))
    assert set(re.findall(r"var\((--(?:wa|md)-[\w-]+)\)", ours)) <= set_


def test_our_styles_keep_classes_that_scripts_put_together(site: Path) -> None:
    built = (site / "assets/css/tools.css").read_text(encoding="utf-8")
    assert ".wa-chart__line--rented{" in built
    assert "/*" not in built


@pytest.mark.parametrize("path", sorted((ROOT / "docs/assets/css").glob("*.css")), ids=lambda path: path.name)
def test_blocks_are_closed_and_say_the_same_afterwards(path: Path) -> None:
    css = path.read_text(encoding="utf-8")
    tight = theme_styles.closer(css)
    assert theme_styles.closer(tight) == tight
    assert tight.count("{") == re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL).count("{")
    with pytest.raises(ValueError, match="not closed: @media print"):
        theme_styles.closer(css + "@media print { .wa-x { top: 0; }")


def test_a_list_at_the_end_is_told_apart_only_where_all_weigh_alike() -> None:
    css = theme_styles.trimmed(CSS, {"used"})
    assert ".used th,.used td{top:1px}" in css
    assert ".used :is(.used,td){top:2px}" in css


def test_everything_that_is_replaced_is_there(site: Path) -> None:
    """A page as the theme makes it has each part; the built page has none."""
    html = (site / "workloads/recruitment-screening/index.html").read_text(encoding="utf-8")
    assert "assets/javascripts/" not in html
    assert "__md_scope" not in html
    assert "__config" not in html
    once = ('className="js"', 'class="md-header__button md-icon wa-scheme"', 'class="md-skip"', 'id="content"')
    assert [html.count(part) for part in once] == [1, 1, 1, 1]
    assert html.count('rel="preload"') == 2


def test_lines_in_code_stay_and_blank_ones_elsewhere_go() -> None:
    html = "<p>a</p>\n\n   <pre>x\n\n  y</pre>\n\n<table>b</table>"
    light = theme_assets.lighten(html)
    assert "<pre>x\n\n  y</pre>" in light
    assert "</p>\n<pre>" in light
    assert '<div class="wa-scroll" tabindex="0" role="region" aria-label="Table 1"><table>b</table></div>' in light
