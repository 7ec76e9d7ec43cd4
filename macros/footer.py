"""What stands at the foot of every page: the ways in, the day the atlas speaks of, and how to correct the page.

Put into the theme’s HTML beside its line on licences; addresses are relative, taken from the link of the logo.
"""

from __future__ import annotations

import re
from html import escape

from macros.search_link import HOME

WAYS = (
    ("", "The map"),
    ("workloads/", "All workloads"),
    ("decide/", "Route my workload"),
    ("compare/", "Compare"),
    ("portfolio/", "Several together"),
    ("questions/", "Questions people ask"),
    ("private-or-api/", "Private LLM or API"),
    ("models/", "Models"),
    ("size/", "Size a model"),
    ("regulation/", "Law"),
    ("pages/", "All pages"),
    ("coverage/", "What the atlas does not cover"),
    ("about/", "About"),
)
"""Address below the site root, and its name."""

_ROOT = re.compile(HOME)
_PLACE = '<div class="md-footer-meta__inner md-grid">'


def add(html: str, as_of: str, edit: str | None = None) -> str:
    """The page with our foot; `as_of` is the day of the atlas (YYYY-MM-DD), `edit` where its file is edited."""
    root = _ROOT.search(html)
    if root is None:
        return html
    base = f"{root[1]}/"
    ways = "".join(f'<li><a href="{base}{path}">{name}</a></li>' for path, name in WAYS)
    correct = f'<a href="{escape(edit)}" rel="edit">Correct this page</a> · ' if edit else ""
    foot = (
        f'<div class="wa-footer md-grid"><nav aria-label="Ways in"><ul>{ways}</ul></nav>'
        f'<p>Atlas as of <time datetime="{escape(as_of)}">{escape(as_of)}</time> · '
        f'<a href="{base}status/">How old it is</a> · {correct}'
        f'<a href="{base}contributing/">How to contribute</a></p></div>'
    )
    return html.replace(_PLACE, foot + _PLACE, 1)
