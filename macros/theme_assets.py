"""The theme without what the atlas does not use: its script is replaced by a small one, its style is trimmed.

Material's script is 35 kB compressed and is there for a search, tabs, annotations and instant loading that the
atlas does not have; `docs/assets/js/theme.js` does what is left. Its style sheet describes every component; a rule
stays if the classes of one of its selectors occur in a page or in a script of the site, so that nothing is listed
by hand and a new page keeps what it needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from pathlib import Path

DROPPED = re.compile(r"assets/javascripts/.*|.*\.map")
"""Files of the theme that are not published."""

STYLES = ("main", "palette")
"""The theme's style sheets as their file names begin; the second is put behind the first."""

# Before anything is painted: the colours chosen or those of the system, and that scripts run.
_FIRST = (
    '<script>document.documentElement.className="js";{let s;try{s=localStorage.getItem("wa-scheme")}catch{}'
    'document.body.dataset.mdColorScheme=s||(matchMedia("(prefers-color-scheme:dark)").matches?"slate":"default")}'
    "</script>"
)
_SCHEME = (
    '<button type="button" class="md-header__button md-icon wa-scheme" aria-label="Dark colours" hidden>'
    '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20m0 2v16a8 8 0 0'
    ' 1 0-16"/></svg></button>'
)
# The theme has none on pages without a table of contents.
_SKIP = '<div><a href="#content" class="md-skip">Skip to content</a></div>'
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

_ONLY_WHERE_USED: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r'<script src="[^"]*assets/js/copy\.js"></script>'), "data-wa-code"),
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
    found = classes(html)
    for find, text in _ONLY_WHERE_USED:
        if text not in html and not ("tools" in find.pattern and tools & found):
            html = find.sub("", html)
    html = html.replace('assets/css/print.css">', 'assets/css/print.css" media="print">')
    if "wa-printed" not in html:
        number = count(1)
        html = re.sub(r"<table>.*?</table>", lambda found: _region(found[0], next(number)), html, flags=re.DOTALL)
    parts = _PRE.split(html)
    # Three parts for each match: what is before it, the element, and its name.
    return "".join(_SPACE.sub("\n", part) if n % 3 == 0 else part for n, part in enumerate(parts) if n % 3 < 2)


def _region(table: str, number: int) -> str:
    """A table of Markdown scrolls by itself and can be reached by keyboard; the theme did half of that."""
    return f'<div class="wa-scroll" tabindex="0" role="region" aria-label="Table {number}">{table}</div>'


_CLASS = re.compile(r'class=(?:"([^"]*)"|([^\s">]+))')
_WORD = re.compile(r"[\w-]+")


def classes(html: str) -> set[str]:
    """Every class in a page."""
    return {name for double, bare in set(_CLASS.findall(html)) for name in (double or bare).split()}


def words(script: str) -> set[str]:
    """Every word of a script: more than the classes that it can set."""
    return set(_WORD.findall(script))


_NAMED = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_FUNCTION = re.compile(r":(?:not|is|where|has)\((?:[^()]|\([^()]*\))*\)")
_ELSEWHERE = re.compile(r'\[dir=["\']?rtl|\[data-md-color-(?:primary|accent)=(?!["\']?custom)|:-(?:moz|ms)-')
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
_STRING = re.compile(r'"[^"]*"|\'[^\']*\'|url\([^"\')][^)]*\)')


@dataclass
class Rule:
    """One block of a style sheet: its selectors or at-rule, and its declarations or the blocks in it."""

    head: str
    body: str = ""
    inner: list[Rule] = field(default_factory=list)


def style_classes(css: str) -> frozenset[str]:
    """Every class that a style sheet names."""
    return frozenset(_NAMED.findall(_STRING.sub("", re.sub(r"\{[^{}]*\}", "{}", css))))


@lru_cache(maxsize=1)
def tool_classes(folder: Path) -> frozenset[str]:
    """The classes that only `tools.css` describes."""
    tools, base = ((folder / name).read_text(encoding="utf-8") for name in ("tools.css", "atlas.css"))
    return style_classes(tools) - style_classes(base)


def trim(site: Path, used: set[str]) -> None:
    """Write the theme's style sheets below `site` as one, and trim ours; `used` are the classes of its pages."""
    main, palette = (next((site / "assets/stylesheets").glob(f"{name}.*.css")) for name in STYLES)
    scripts = (path.read_text(encoding="utf-8") for path in sorted((site / "assets/js").rglob("*.js")))
    said = used.union(*map(words, scripts))
    main.write_text(trimmed(main.read_text("utf-8") + palette.read_text("utf-8"), said), encoding="utf-8")
    palette.unlink()
    for own in sorted((site / "assets/css").glob("*.css")):
        own.write_text(trimmed(own.read_text(encoding="utf-8"), said), encoding="utf-8")


def trimmed(css: str, used: set[str]) -> str:
    """The style sheet without selectors that name a class not in `used`, and without variables nothing reads."""
    rules = list(_kept(_parse(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)), used))
    while True:
        text = "".join(_written(rule) for rule in rules)
        read = set(_VARIABLE.findall(text))
        smaller = list(_without_unread(rules, read))
        if "".join(_written(rule) for rule in smaller) == text:
            return text
        rules = smaller


def _parse(css: str) -> list[Rule]:
    """The blocks; what stands between quotes or in `url()` may contain braces."""
    root = Rule("")
    open_: list[Rule] = [root]
    start = at = 0
    while at < len(css):
        letter = css[at]
        if letter in "\"'":
            at = css.index(letter, at + 1)
        elif css.startswith("url(", at):
            quoted = css[at + 4] in "\"'"
            at = css.index(css[at + 4] + ")", at + 5) + 1 if quoted else css.index(")", at)
        elif letter == ";" and open_[-1].head == "" and css[start:at].lstrip().startswith("@"):
            open_[-1].inner.append(Rule(css[start:at].strip()))
            start = at + 1
        elif letter == "{":
            rule = Rule(css[start:at].strip())
            open_[-1].inner.append(rule)
            open_.append(rule)
            start = at + 1
        elif letter == "}":
            open_.pop().body = css[start:at].strip()
            start = at + 1
        at += 1
    return root.inner


def _kept(rules: Iterable[Rule], used: set[str]) -> Iterator[Rule]:
    for rule in rules:
        if rule.head.startswith(("@media", "@supports", "@layer")):
            inner = list(_kept(rule.inner, used))
            if inner:
                yield Rule(rule.head, "", inner)
        elif rule.head.startswith("@"):
            yield rule
        else:
            heads = [head for every in _selectors(rule.head) for head in _plain(every) if _occurs(head, used)]
            if heads:
                yield Rule(",".join(heads), rule.body)


def _selectors(head: str) -> list[str]:
    """A list of selectors taken apart at the commas outside brackets."""
    found, depth, start = [], 0, 0
    for at, letter in enumerate(head):
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and not depth:
            found.append(head[start:at])
            start = at + 1
    return [*found, head[start:]]


_LAST = re.compile(r"(?P<before>.*[\s>+~])?:is\((?P<each>[^()]*)\)(?P<after>[^\s>+~,()]*)")
_ALIKE = (re.compile(r"[a-z][a-z0-9]*"), re.compile(r"\.[\w-]+"))


def _plain(selector: str) -> list[str]:
    """A selector that ends in a list, once for each member where all weigh alike.

    Browsers look rules up by what stands last; a list of names is looked at for every element of a page.
    """
    found = _LAST.fullmatch(selector)
    if not found:
        return [selector]
    each = [part.strip() for part in found["each"].split(",")]
    if not any(all(kind.fullmatch(part) for part in each) for kind in _ALIKE):
        return [selector]
    return [f"{found['before'] or ''}{part}{found['after']}" for part in each]


def _occurs(selector: str, used: set[str]) -> bool:
    """Whether an element of the site can match; the brackets of `:not` and the like are not looked at."""
    plain = _FUNCTION.sub("", selector)
    return not _ELSEWHERE.search(selector) and all(name in used for name in _NAMED.findall(plain))


def _written(rule: Rule) -> str:
    if not rule.inner and not rule.body and rule.head.startswith("@"):
        return f"{rule.head};"
    return f"{rule.head}{{{rule.body}{''.join(_written(inner) for inner in rule.inner)}}}"


def _without_unread(rules: Iterable[Rule], read: set[str]) -> Iterator[Rule]:
    for rule in rules:
        if rule.inner and not rule.head.startswith("@keyframes"):
            yield Rule(rule.head, "", list(_without_unread(rule.inner, read)))
        elif "--" in rule.body:
            body = ";".join(part for part in _declarations(rule.body) if _needed(part, read))
            if body:
                yield Rule(rule.head, body)
        else:
            yield rule


def _declarations(body: str) -> list[str]:
    """Declarations, taken apart at semicolons that stand in no quotes and no brackets."""
    kept = _STRING.sub(lambda match: match[0].replace(";", "\0"), body)
    return [part.replace("\0", ";").strip() for part in kept.split(";") if part.strip()]


def _needed(declaration: str, read: set[str]) -> bool:
    return not declaration.startswith("--") or declaration.split(":", 1)[0].strip() in read
