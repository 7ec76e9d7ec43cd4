"""Small corrections of the theme's HTML, where it is invalid or says nothing to a screen reader.

Each is a plain replacement with its reason. A test checks that each still finds something to correct, so
that none outlives the theme's own fix.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from macros import search_page


@dataclass(frozen=True, slots=True)
class Fix:
    """One replacement in every page."""

    find: re.Pattern[str]
    replace: str
    why: str


_LENS = (
    '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M9.5 3a6.5 6.5 0 0 1 5.2 10.4l6 6-1.4 1.4-6-6'
    'A6.5 6.5 0 1 1 9.5 3m0 2a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9"/></svg>'
)
_FROM_HOME = r'(?s)(<a href="([^"]*?)/?" title="[^"]*" class="md-header__button md-logo".*?)'
"""Everything from the link to the home page on; the second group is the way to the site root."""

FIXES: tuple[Fix, ...] = (
    Fix(
        re.compile(r'(<input class="md-toggle"[^>]*type="checkbox"[^>]*) autocomplete="off"'),
        r"\1",
        "autocomplete is not allowed on a checkbox",
    ),
    Fix(re.compile(r'(<label class="md-nav__link[^>]*) tabindex=""'), r"\1", "an empty tabindex is no number"),
    Fix(
        re.compile(
            r'(<nav class="md-nav" data-md-level="\d") aria-labelledby="[^"]*"([^>]*>\s*'
            r'<label class="md-nav__title"[^>]*>\s*<span class="md-nav__icon md-icon"></span>\s*)'
            r"([^<]*?)(\s*</label>)"
        ),
        r'\1 aria-label="\3"\2\3\4',
        "with navigation.indexes the label that names a level of the navigation is empty",
    ),
    Fix(
        re.compile(r'(?s)\A(?!.*id="__toc")(.*)<label class="md-nav__title" for="__toc">(.*?)</label>'),
        r'\1<p class="md-nav__title">\2</p>',
        "on pages outside the navigation the table of contents has a label without its checkbox",
    ),
    Fix(
        re.compile(_FROM_HOME + r'(<div class="md-header__source">)'),
        rf'\1<a class="md-header__button wa-find" href="\2/{search_page.PATH}" aria-label="Search" data-wa-search>'
        rf"{_LENS}"
        r'<span class="wa-find__text">Search</span><kbd aria-hidden="true">/</kbd></a>\3',
        "the search is our own; without a script its link leads to a list of all pages",
    ),
    Fix(
        re.compile(_FROM_HOME + r"<h1>404 - Not found</h1>"),
        rf"\1<h1>Page not found</h1><p>The address may be mistyped, or the page has moved. "
        rf'<a href="\2/{search_page.PATH}" data-wa-search>Search the atlas</a>, see '
        rf'<a href="\2/{search_page.PATH}">all pages</a>, or begin at <a href="\2/">the home page</a>.</p>',
        "a missing page offers the search",
    ),
)


def apply(html: str) -> str:
    """The page with every fix applied."""
    for fix in FIXES:
        html = fix.find.sub(fix.replace, html)
    return html
