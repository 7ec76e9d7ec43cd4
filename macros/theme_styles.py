"""Style sheets without what no page uses: the theme's describes every component, of which the atlas has few.

A rule stays if the classes of one of its selectors occur in a page or in a script of the site, so that nothing is
listed by hand and a new page keeps what it needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

STYLES = ("main", "palette")
"""The theme's style sheets as their file names begin; the second is put behind the first."""

_WORD = re.compile(r"[\w-]+")


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
    """Write the theme's style sheets below `site` as one, and ours closer; `used` are the classes of its pages.

    Ours keep every rule: scripts put some of their classes together, and nothing is described there without use.
    """
    main, palette = (next((site / "assets/stylesheets").glob(f"{name}.*.css")) for name in STYLES)
    ours = {path: path.read_text(encoding="utf-8") for path in sorted((site / "assets/css").glob("*.css"))}
    scripts = [path.read_text(encoding="utf-8") for path in sorted((site / "assets/js").rglob("*.js"))]
    said = used.union(*map(words, scripts))
    theme = trimmed(main.read_text("utf-8") + palette.read_text("utf-8"), said)
    read = set().union(*(_VARIABLE.findall(text) for text in (*ours.values(), *scripts)))
    main.write_text(read_only(theme, read), encoding="utf-8")
    palette.unlink()
    for path, css in ours.items():
        path.write_text(closer(css), encoding="utf-8")


def trimmed(css: str, used: set[str]) -> str:
    """The style sheet without selectors that name a class not in `used`."""
    rules = _kept(_parse(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)), used)
    return "".join(_written(rule) for rule in rules)


def closer(css: str) -> str:
    """The style sheet without comments and blank lines. Raises ValueError if a block is not closed."""
    return "".join(_written(rule) for rule in _parse(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)))


def read_only(css: str, elsewhere: set[str]) -> str:
    """The style sheet without variables that neither it reads nor what stands in `elsewhere`."""
    rules = _parse(css)
    while True:
        text = "".join(_written(rule) for rule in rules)
        smaller = list(_without_unread(rules, elsewhere.union(_VARIABLE.findall(text))))
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
    if len(open_) != 1:
        raise ValueError(f"a block is not closed: {open_[-1].head}")
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
