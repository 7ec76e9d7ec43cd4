"""Charts of the story as inline SVG, drawn at build time from figures of claims; the only place that draws them.

Two kinds: points over time, and bars. Each is drawn twice, wide and tall, and style sheets show one. Shape and
pattern tell series apart, colour only helps. No axis is labelled with figures: every value stands at its mark, so
that a chart holds no number that is not a claim. The same figures follow each chart as a table. Lengths are in
user units, which are CSS pixels at full size. To draw with a library instead, replace `draw`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from macros.story.records import Figure
from macros.story.told import told, when

CHARACTER = 6.9
"""Width taken for a character at 14 px; a little more than the font needs."""
LINE = 18.0
BAR = 16.0
MARK = 5.5


@dataclass(frozen=True, slots=True)
class Form:
    """Size of a drawing."""

    name: str
    width: float
    height: float
    """Of the field that points over time are drawn in."""


WIDE = Form("wide", 680, 220)
TALL = Form("tall", 340, 220)


@dataclass(frozen=True, slots=True)
class Chart:
    """What to draw. `kind` is `line` or `bars`; the first series is drawn full, the others hollow."""

    id: str
    kind: str
    title: str
    figures: tuple[Figure, ...]

    @property
    def series(self) -> tuple[str | None, ...]:
        """The series in order of their first figure."""
        return tuple(dict.fromkeys(figure.series for figure in self.figures))


def draw(chart: Chart) -> Markup:
    """Both drawings of a chart."""
    make = _line if chart.kind == "line" else _bars
    return Markup("\n").join(_svg(chart, form, *make(chart, form)) for form in (WIDE, TALL))


def _svg(chart: Chart, form: Form, parts: Sequence[Markup], height: float) -> Markup:
    return Markup(
        '<svg class="wa-chart__{0}" viewBox="0 0 {1:g} {2:g}" role="img" aria-label="{3}. The table below has the '
        'same figures.">{4}</svg>'
    ).format(form.name, form.width, height, chart.title, Markup("").join(parts))


def _mark(full: bool, x: float, y: float) -> Markup:
    """A full square for the first series, a ring for any other."""
    if full:
        return Markup('<rect class="wa-chart__full" x="{:g}" y="{:g}" width="{:g}" height="{:g}"/>').format(
            x - MARK, y - MARK, 2 * MARK, 2 * MARK
        )
    return Markup('<circle class="wa-chart__hollow" cx="{:g}" cy="{:g}" r="{:g}"/>').format(x, y, MARK)


def legend(chart: Chart) -> list[tuple[Markup, str]]:
    """The mark and name of each series; none where there is only one."""
    if len(chart.series) < 2:
        return []
    size = 2 * MARK + 3
    svg = Markup(
        '<svg class="wa-chart__key" viewBox="0 0 {0:g} {0:g}" width="{0:g}" height="{0:g}" '
        'aria-hidden="true">{1}</svg>'
    )
    return [
        (svg.format(size, _mark(number == 0, size / 2, size / 2)), name or "other")
        for number, name in enumerate(chart.series)
    ]


def _line(chart: Chart, form: Form) -> tuple[list[Markup], float]:
    """Points over time, those of a series joined."""
    first = int(min(figure.when for figure in chart.figures)[:4])
    last = int(max(figure.when for figure in chart.figures)[:4]) + 1
    top, left, right = 26.0, 14.0, form.width - 52
    most = max(figure.value for figure in chart.figures)

    def place(figure: Figure) -> tuple[float, float]:
        share = (_middle(figure.when) - date(first, 1, 1)).days / (date(last, 1, 1) - date(first, 1, 1)).days
        return round(left + share * (right - left), 1), round(top + (1 - figure.value / most) * form.height, 1)

    bottom = top + form.height
    parts = [Markup('<path class="wa-chart__axis" d="M{:g} {:g}H{:g}"/>').format(left, bottom, right + 40)]
    for year in range(first, last + 1):
        x = left + (year - first) / (last - first) * (right - left)
        parts.append(Markup('<path class="wa-chart__axis" d="M{:g} {:g}v6"/>').format(x, bottom))
        if year < last:
            parts.append(
                Markup('<text class="wa-chart__quiet" x="{:g}" y="{:g}">{}</text>').format(
                    x + 4, bottom + 18, year
                )
            )
    for number, series in enumerate(chart.series):
        own = [figure for figure in chart.figures if figure.series == series]
        path = "L".join("{:g} {:g}".format(*place(figure)) for figure in own)
        parts.append(
            Markup('<path class="wa-chart__path wa-chart__path--{}" d="M{}"/>').format(
                "other" if number else "first", path
            )
        )
        for figure in own:
            x, y = place(figure)
            parts.append(_mark(number == 0, x, y))
            near = any(0 < px - x < 80 and abs(py - y) < 30 for px, py in map(place, chart.figures))
            parts.append(
                Markup('<text class="wa-chart__value" x="{:g}" y="{:g}"{}>{}</text>').format(
                    x - MARK - 2 if near else x + MARK + 4,
                    y - 7,
                    Markup(' text-anchor="end"') if near else "",
                    told(figure),
                )
            )
    return parts, bottom + 26


def _middle(text: str) -> date:
    """The middle of a day, month or year."""
    parts = [int(part) for part in text.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 7, parts[2] if len(parts) > 2 else 15)


def _bars(chart: Chart, form: Form) -> tuple[list[Markup], float]:
    """A bar for each figure under its label, with the interval that the source prints."""
    longest = max(len(told(figure)) for figure in chart.figures) * CHARACTER + 12
    most = max(max(figure.value, figure.high or 0) for figure in chart.figures)
    scale = (form.width - longest) / most
    parts: list[Markup] = []
    y = 0.0
    for figure in chart.figures:
        dated = figure.label if figure.when[:4] in figure.label else f"{figure.label}, {when(figure.when)}"
        for text in wrapped(dated, int(form.width / CHARACTER)):
            y += LINE
            parts.append(Markup('<text class="wa-chart__label" x="0" y="{:g}">{}</text>').format(y - 4, text))
        width, other = figure.value * scale, figure.series != chart.series[0]
        parts.append(
            Markup('<rect class="wa-chart__bar{}" x="{:g}" y="{:g}" width="{:g}" height="{:g}"/>').format(
                " wa-chart__bar--other" if other else "", 1, y + 2, round(width, 1), BAR
            )
        )
        end = width
        if figure.low is not None and figure.high is not None:
            end = max(width, figure.high * scale)
            parts.append(
                Markup(
                    '<path class="wa-chart__halo" d="M{0:g} {1:g}v10m0 -5H{2:g}m0 -5v10"/>'
                    '<path class="wa-chart__interval" d="M{0:g} {1:g}v10m0 -5H{2:g}m0 -5v10"/>'
                ).format(round(figure.low * scale, 1), y + 2 + BAR / 2 - 5, round(figure.high * scale, 1))
            )
        parts.append(
            Markup('<text class="wa-chart__value" x="{:g}" y="{:g}">{}</text>').format(
                round(end + 7, 1), y + BAR - 1, told(figure)
            )
        )
        y += BAR + 12
    return parts, y


def wrapped(text: str, characters: int) -> list[str]:
    """The text in lines of at most so many characters, broken between words."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > characters:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
