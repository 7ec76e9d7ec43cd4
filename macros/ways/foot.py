"""The link in the foot of every page to what the atlas does not cover, put into the theme’s HTML."""

from __future__ import annotations

import re

from macros.ways.coverage import PATH

_HOME = re.compile(r'<a href="([^"]*?)(?:/\.?)?" title="[^"]*" class="md-header__button md-logo"')
_FOOT = "Information, not legal advice.\n"
"""The end of the line of rights in `mkdocs.yml`, as the theme prints it."""


def add(html: str) -> str:
    """The page with the link; unchanged where the theme prints no foot or no way home."""
    home = _HOME.search(html)
    before, foot, after = html.rpartition(_FOOT)
    if not home or not foot:
        return html
    return f'{before}{foot.rstrip()} <a href="{home.group(1)}/{PATH}">What the atlas does not cover</a>\n{after}'
