"""Pages without what they do not use of the theme: its script is replaced by a small one.

Material's script is 35 kB compressed and is there for a search, tabs, annotations and instant loading that the
atlas does not have; `docs/assets/js/theme.js` does what is left. Styles are trimmed in `theme_styles`.
"""

from __future__ import annotations

import re
from itertools import count

DROPPED = re.compile(r"assets/javascripts/.*|.*\.map")
"""Files of the theme that are not published."""

# Before anything is painted: the colours chosen or those of the system, and that scripts run.
_FIRST = (
    '<script>document.documentElement.className="js";{let s;try{s=localStorage.getItem("wa-scheme")}catch{}'
    'document.body.dataset.mdColorScheme=s||(matchMedia("(prefers-color-scheme:dark)").matches?"slate":"default")}'
    "</script>"
)
_SCHEME = (
    '<button type="button" class="md-header__button md-icon wa-scheme" aria-label="Dark colours" hidden></button>'
)
# The theme has none on pages without a table of contents.
_SKIP = '<div><a href="#content" class="md-skip">Skip to content</a></div>'
_SKIP_TO = re.compile(r'data-wa-skip="([a-z-]+)"')
"""A tool names the place on its page to which the link leads instead."""
# Asked for with the styles, not after them.
_FONT = r'<link rel="preload" href="\2assets/fonts/atlas-{}-latin.woff2" as="font" type="font/woff2" crossorigin>'
_FONTS = _FONT.format("sans") + _FONT.format("serif")
_REPLACED: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"<script>__md_scope=.*?</script>", re.DOTALL), ""),
    (re.compile(r"<script>var palette=.*?</script>", re.DOTALL), ""),
    (re.compile(r"<script>var target=.*?</script>", re.DOTALL), ""),
    (re.compile(r'<script id="__config".*?</script>', re.DOTALL), ""),
    (re.compile(r'<script src="[^"]*assets/javascripts/bundle\.[^"]*"></script>'), ""),
    (re.compile(r'<link rel="stylesheet" href="[^"]*assets/stylesheets/palette\.[^"]*">'), ""),
    (re.compile(r'<form class="md-header__option".*?</form>', re.DOTALL), _SCHEME),
    (re.compile(r'<input class="md-toggle" data-md-toggle="search"[^>]*>'), ""),
    (re.compile(r'<div class="md-header__topic" data-md-component="header-topic">.*?</div>', re.DOTALL), ""),
    (re.compile(r'<div data-md-component="skip">.*?</div>', re.DOTALL), _SKIP),
    (
        re.compile(r'<article class="md-content__inner'),
        '<article id="content" tabindex="-1" class="md-content__inner',
    ),
    (re.compile(r"(<body[^>]*>)"), rf"\1{_FIRST}"),
    (re.compile(r'(<link rel="stylesheet" href="([^"]*)assets/stylesheets/main\.[^"]*">)'), rf"{_FONTS}\1"),
)
"""Each must be found in every page; a test checks it, so that a new version of the theme is noticed."""

_UNREAD = re.compile(
    r' data-md-(?:component|scrollfix|type)(?:="[^"]*")?(?=[ >])|(?<=<svg) xmlns="http://www.w3.org/2000/svg"'
    r'|<meta name="generator"[^>]*>|<div class="md-dialog">.*?</div>\s*</div>'
    r'|<div data-md-component="announce">\s*</div>',
    re.DOTALL,
)
"""What only the theme's script read, or nothing; looked for after all else that is known by it."""

_ONLY_WHERE_USED: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r'<script src="[^"]*assets/js/copy\.js"></script>'), "data-wa-code"),
    (re.compile(r'<script src="[^"]*assets/js/waiting\.js"></script>'), '" defer></script>'),
    (re.compile(r'<link rel="stylesheet" href="[^"]*assets/css/tools\.css">'), "assets/js/dom.js"),
)
"""What is left out of pages that do not contain the text beside it."""

_PRE = re.compile(r"(<(pre|textarea|script)\b.*?</\2>)", re.DOTALL)
_SPACE = re.compile(r"\s*\n\s*")


def missing(html: str) -> list[str]:
    """What the theme no longer has of all that is replaced."""
    return [find.pattern for find, _ in _REPLACED if not find.search(html)]


def lighten(html: str, tools: frozenset[str] = frozenset()) -> str:
    """The page with the small script in place of the theme's, styles only where used, and no blank lines.

    `tools` are the classes of `tools.css`; a page that has one of them keeps it.
    """
    for find, replace in _REPLACED:
        html = find.sub(replace, html, count=1)
    if tool := _SKIP_TO.search(html):
        html = html.replace('<a href="#content" class="md-skip"', f'<a href="#{tool[1]}" class="md-skip"', 1)
    # A block of code scrolls by itself, so the keyboard must reach it.
    html = re.sub(r"<pre>((?:<span></span>)?)<code(?=[ >])", r'<pre>\1<code tabindex="0"', html)
    found = classes(html)
    for find, text in _ONLY_WHERE_USED:
        if text not in html and not ("tools" in find.pattern and tools & found):
            html = find.sub("", html)
    html = html.replace('assets/css/print.css">', 'assets/css/print.css" media="print">')
    if "wa-printed" not in html:
        number = count(1)
        html = re.sub(r"<table>.*?</table>", lambda found: _region(found[0], next(number)), html, flags=re.DOTALL)
    html = _UNREAD.sub("", html)
    parts = _PRE.split(html)
    # Three parts for each match: what is before it, the element, and its name.
    return "".join(_SPACE.sub("\n", part) if n % 3 == 0 else part for n, part in enumerate(parts) if n % 3 < 2)


def _region(table: str, number: int) -> str:
    """A table of Markdown scrolls by itself and can be reached by keyboard; the theme did half of that."""
    return f'<div class="wa-scroll" tabindex="0" role="region" aria-label="Table {number}">{table}</div>'


_CLASS = re.compile(r'class=(?:"([^"]*)"|([^\s">]+))')


def classes(html: str) -> set[str]:
    """Every class in a page."""
    return {name for double, bare in set(_CLASS.findall(html)) for name in (double or bare).split()}
