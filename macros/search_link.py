"""The link of the search in every header, and the page for missing addresses, put into the theme’s HTML.

Without a script the link leads to the list of all pages; `docs/assets/js/search/open.js` makes it open the search.
"""

from __future__ import annotations

import re

from macros.search_page import PATH

HOME = r'<a href="([^"]*?)(?:/\.?)?" title="[^"]*" class="md-header__button md-logo"'
"""The theme's link to the home page; its group is the way to the site root, without the last slash."""
_FROM_HOME = rf"(?s)({HOME}.*?)"
"""Everything from the link to the home page on; the second group is the way to the site root."""

_LINK = (
    f'<a class="md-header__button wa-find" href="\\2/{PATH}" aria-label="Search" data-wa-search>'
    '<span class="wa-find__text">Search</span><kbd aria-hidden="true">/</kbd></a>'
)
_MISSING = (
    '<h1>Page not found</h1><p class="wa-lede">The address may be mistyped, or the page has moved.</p>'
    f'<p class="wa-plate__do"><a class="wa-button" href="\\2/{PATH}" data-wa-search>Search the atlas</a> '
    '<a class="wa-button wa-button--quiet" href="\\2/">See the map</a> '
    f'<a class="wa-button wa-button--quiet" href="\\2/{PATH}">All pages</a></p>'
    '<p>Or see <a href="\\2/questions/">questions people ask</a> '
    'and <a href="\\2/coverage/">what the atlas does not cover</a>.</p>'
)
_PLACES = (
    (re.compile(_FROM_HOME + r'(<div class="md-header__source">)'), rf"\1{_LINK}\3"),
    (re.compile(r"(?s)<title>(.*?)</title>(?=.*<h1>404 - Not found</h1>)"), r"<title>Page not found - \1</title>"),
    (re.compile(_FROM_HOME + "<h1>404 - Not found</h1>"), rf"\1{_MISSING}"),
)


def add(html: str) -> str:
    """The page with the link, and with our words where the theme says that nothing was found."""
    for find, replace in _PLACES:
        html = find.sub(replace, html)
    return html
