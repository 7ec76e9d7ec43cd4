"""Small corrections of the theme's HTML, where it is invalid or says nothing to a screen reader.

Each is a plain replacement with its reason. A test checks that each still finds something to correct, so
that none outlives the theme's own fix.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fix:
    """One replacement in every page."""

    find: re.Pattern[str]
    replace: str
    why: str


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
        re.compile(r'<link rel="(?:prev|next)"[^>]*>\s*'),
        "",
        "the order of the navigation says nothing of what to read next, and every page pays for it",
    ),
)


def apply(html: str) -> str:
    """The page with every fix applied."""
    for fix in FIXES:
        html = fix.find.sub(fix.replace, html)
    return html
