"""Words that readers may not know: where a page first uses one, it links to its meaning; scripts show it there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from macros.model import Atlas, GlossaryTerm
from macros.scripts import as_script
from macros.urls import address

FILE = "assets/js/glossary/data.js"
GROUPS: tuple[tuple[str, str], ...] = (
    ("atlas", "Words of the atlas"),
    ("model", "Models"),
    ("engine", "Engines and hardware"),
    ("technique", "Techniques"),
    ("operation", "Operation"),
    ("law", "Law"),
)
UNMARKED = ("sources/", "glossary/", "vocabulary/", "pages/", "errors/", "decisions/", "contributing/")
"""Pages, by the beginning of their path, whose words are not marked: lists, quotations, texts for contributors."""

_MARKUP = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*?(/?)>", re.DOTALL)
_SILENT = frozenset(
    {
        "a",
        "abbr",
        "button",
        "code",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "kbd",
        "label",
        "nav",
        "option",
        "pre",
        "script",
        "select",
        "style",
        "summary",
        "svg",
        "textarea",
        "th",
    }
)
"""Elements in which no word is marked: a link must not stand in them, or would disturb."""
_MARKS = re.compile(r'class="wa-(?:verdict|plate__verdict|place)\b| data-unmarked\b')
"""Marks of a verdict, which are no running text, and what a template says is none, such as a list that a script
fills again; none holds another element of its own name."""


@dataclass(frozen=True, slots=True)
class Words:
    """Every written form with the id of its term, and the expression that finds them."""

    ids: dict[str, str]
    pattern: re.Pattern[str]


def words(terms: Iterable[GlossaryTerm]) -> Words:
    """The forms to look for; the longest first, so that a word inside another is not found in its place."""
    ids = {form: term.id for term in terms for form in term.written}
    ids |= {form[0].upper() + form[1:]: id_ for form, id_ in ids.items()}
    forms = sorted(ids, key=lambda form: (-len(form), form))
    found = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in forms)
    return Words(ids, re.compile(rf"(?<![\w-])(?:{found})(?![\w-])"))


def marked(html: str, known: Words, root: str) -> str:
    """`html` with the first use of every term as a link; `root` is the relative prefix to the site root.

    Text alone is touched: tags, attributes and comments stay to the byte.
    """
    if not known.ids:
        return html
    out: list[str] = []
    used: set[str] = set()
    silent: list[str] = []
    end = 0
    for tag in _MARKUP.finditer(html):
        text = html[end : tag.start()]
        out.append(text if silent else _in_text(text, known, root, used))
        out.append(tag.group())
        end = tag.end()
        closing, name, single = (tag.group(1), (tag.group(2) or "").lower(), tag.group(3))
        if closing:
            if name in silent:
                del silent[len(silent) - 1 - silent[::-1].index(name) :]
        elif not single and (name in _SILENT or _MARKS.search(tag.group())):
            silent.append(name)
    out.append(_in_text(html[end:], known, root, used))
    return "".join(out)


def _in_text(text: str, known: Words, root: str, used: set[str]) -> str:
    def link(match: re.Match[str]) -> str:
        id_ = known.ids[" ".join(match.group().split())]
        if id_ in used:
            return match.group()
        used.add(id_)
        return f'<a class="wa-word" href="{root}{address("glossary", id_)}">{match.group()}</a>'

    return known.pattern.sub(link, text) if text.strip() else text


def script(atlas: Atlas) -> str:
    """Title and meaning of every term, as the script that sets `window.WA_GLOSSARY`; loaded at first need."""
    return as_script("WA_GLOSSARY", {term.id: [term.title, term.means] for term in atlas.glossary.values()})


def by_group(atlas: Atlas) -> list[tuple[str, str, list[GlossaryTerm]]]:
    """Groups with their terms in alphabetical order, for the page."""
    terms = sorted(atlas.glossary.values(), key=lambda term: term.title.casefold())
    return [(id_, title, [term for term in terms if term.group == id_]) for id_, title in GROUPS]
