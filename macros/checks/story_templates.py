"""The pages of the story state no figure by themselves (WA227): their templates have none, in digits or words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from macros.checks import figure_words
from macros.checks.claims import EXEMPT, NUMBER
from macros.library import Library
from macros.problems import Problem

FOLDER = Path(__file__).parents[1] / "templates"
STORY = ("why.jinja", "private_or_api.jinja")
_NO_TEXT = re.compile(r"(?s)\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>")
"""What a template says to Jinja or to the browser."""


def check(library: Library, broken: set[str], _: Path) -> Iterator[Problem]:
    """Every figure that a template of the story states itself."""
    for name in STORY:
        yield from _numbers(name, (FOLDER / name).read_text(encoding="utf-8"))


def _numbers(name: str, source: str) -> Iterator[Problem]:
    text = EXEMPT.sub(_blank, _NO_TEXT.sub(_blank, source))
    for match in (*NUMBER.finditer(text), *figure_words.found(text)):
        before = text[: match.start()]
        yield Problem(
            f"macros/templates/{name}",
            before.count("\n") + 1,
            match.start() - before.rfind("\n"),
            "WA227",
            f"`{match[0]}` is stated by the page and is no figure of a claim",
            "write a claim in atlas/claims/ and let the page show it, or leave it out",
        )


def _blank(match: re.Match[str]) -> str:
    """As many characters, so that lines and columns stay."""
    return re.sub(r"[^\n]", " ", match[0])
