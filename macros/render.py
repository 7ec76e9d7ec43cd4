"""Templates to the text of a page. Text from YAML is always text: escaped, and never read as Markdown.

A page is Markdown only for its headings, so that the generator knows them; everything else is HTML with
autoescape on. Values are folded to one line, so nothing typed in YAML can begin a line of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from macros import freshness, memory_bar
from macros.deploy import from_atlas
from macros.derive import Derived
from macros.model import Atlas
from macros.routing import VERDICTS
from macros.urls import address, case_address, json_address, law_address, run_address
from macros.words import lower_first, upper_first

_HEADING = "\x00"
"""Marks heading lines; cannot come from YAML, where control characters are refused."""


def environment(derived: Derived) -> Environment:
    """A Jinja environment that knows the atlas and how to link to its records."""
    env = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_one_line,
    )
    atlas = derived.atlas
    env.globals.update(
        atlas=atlas,
        derived=derived,
        label=atlas.label,
        h2=partial(_heading, 2),
        h3=partial(_heading, 3),
        url=_url,
        json_url=_json_url,
        law_url=_law_url,
        run_url=_run_url,
        case_url=_case_url,
        title_of=lambda folder, id_: atlas.of(folder)[id_].title,
        verdicts=tuple(reversed(VERDICTS)),
        situation=situation(derived.atlas),
        bound=_bound(derived),
        memory_bar=memory_bar.bar,
        deployment=partial(from_atlas, atlas),
        fact=freshness.index(atlas).get,
        age=partial(freshness.age, day=atlas.settings.as_of),
    )
    env.filters.update(
        number=lambda value: f"{value:,.0f}",
        figure=_figure,
        gib=lambda value: f"{value:,.0f}" if value >= 10 else f"{value:,.1f}",
        paragraphs=_paragraphs,
        lower_first=lower_first,
        upper_first=upper_first,
        duration=duration,
        verbatim=_verbatim,
    )
    return env


def render_page(env: Environment, template: str, root: str, **values: Any) -> str:
    """The Markdown of a page. `root` is the relative prefix to the site root."""
    return tidy(env.get_template(template).render(root=root, **values))


def tidy(text: str) -> str:
    """Lines without indentation or blank lines, except around headings."""
    lines: list[str] = []
    for line in (line.strip(" \t") for line in text.split("\n")):
        if line.startswith(_HEADING):
            lines += ["", line.removeprefix(_HEADING), ""]
        elif line:
            lines.append(line)
    return "\n".join(lines).strip() + "\n"


def _heading(level: int, title: str, term: str = "", id: str = "") -> Markup:
    """A fixed heading of a template; never text from YAML.

    `term` is what the trade calls it, shown beneath; `id` is the fragment where the title may change its words.
    """
    name = Markup(" {{ #{} }}").format(id) if id else ""
    beneath = Markup('<p class="wa-term">{}</p>\n').format(term) if term else ""
    return Markup("\n{}{} {}{}\n{}").format(_HEADING, "#" * level, title, name, beneath)


def _one_line(value: Any) -> Any:
    if isinstance(value, Markup):
        return value
    return " ".join(value.split()) if isinstance(value, str) else value


@pass_context
def _url(context: Context, folder: str, id_: str | None = None) -> str:
    return str(context["root"]) + address(folder, id_)


@pass_context
def _law_url(context: Context, workload: str, obligation: str | None = None) -> str:
    return str(context["root"]) + law_address(workload, obligation)


@pass_context
def _run_url(context: Context, workload: str, need: str | None = None, model: str | None = None) -> str:
    return str(context["root"]) + run_address(workload, need, model)


@pass_context
def _case_url(context: Context, workload: str, part: str | None = None) -> str:
    return str(context["root"]) + case_address(workload, part)


@pass_context
def _json_url(context: Context, folder: str, id_: str) -> str:
    return str(context["root"]) + json_address(folder, id_)


def _figure(value: float | None) -> str:
    """A number with thousands separators and no trailing zeros."""
    if value is None:
        return "not stated"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0").rstrip(".")


def _paragraphs(text: str) -> Markup:
    """Blank lines in a text separate paragraphs."""
    parts = [part for part in text.split("\n\n") if part.strip()]
    return Markup("").join(Markup("<p>{}</p>").format(" ".join(part.split())) for part in parts)


def _verbatim(text: str) -> Markup:
    """Text for a `pre` that keeps its lines and indentation: `tidy` sees a single line."""
    return Markup("&#10;").join(text.split("\n"))


def duration(seconds: float) -> str:
    """Seconds in the unit people would say."""
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            amount = _figure(round(seconds / size, 1))
            return f"{amount} {unit}{'' if amount == '1' else 's'}"
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    return f"{_figure(seconds)} second{'' if seconds == 1 else 's'}"


def _bound(derived: Derived) -> Callable[[str, str, str], str]:
    """A condition told in words; at the end of a scale there is nothing beyond the level itself."""

    def tell(signal: str, level: str, side: str) -> str:
        found = derived.atlas.signals[signal]
        ids = [item.id for item in found.levels]
        label = found.levels[ids.index(level)].label
        text = f"{found.title[:1].lower()}{found.title[1:]}: {label[:1].lower()}{label[1:]}"
        if level == (ids[-1] if side == "at_least" else ids[0]):
            return text
        return f"{text} or a {'stronger' if side == 'at_least' else 'weaker'} pull inside"

    return tell


def situation(atlas: Atlas) -> Callable[..., str]:
    """A signal's level told as a situation: `data boundary: must stay`."""

    def tell(signal: str, *levels: str) -> str:
        found = atlas.signals[signal]
        labels = [item.label for item in found.levels if item.id in levels]
        return f"{found.title}: " + " or ".join(f"{text[:1].lower()}{text[1:]}" for text in labels)

    return tell
