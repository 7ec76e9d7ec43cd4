"""The timeline as a picture: a lane for each instrument, a mark for each date, drawn as SVG.

Shape and pattern tell the states apart, colour only helps: style sheets give it by class. A list on the same page
tells everything in words. Lengths are in user units, which are CSS pixels at full size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from macros.law.timeline import STATES, Entry

MARK = 5.0
"""Half the width of a mark."""
GAP = 4.0
ROW = 19.0
CHARACTER = 6.6
"""Width taken for a character at 13 px; a little more than the font needs."""
_SHAPES: dict[str, Markup] = {
    "applies": Markup('<rect x="-5" y="-5" width="10" height="10"/>'),
    "to-come": Markup('<rect x="-5" y="-5" width="10" height="10"/><path d="M-5 0L0 -5M-5 5L5 -5M0 5L5 0"/>'),
    "proposed": Markup('<path d="M0 -6.5L6.5 0L0 6.5L-6.5 0Z"/>'),
    "guidance": Markup('<circle r="5"/>'),
    "judgment": Markup('<path d="M0 -6L6 5H-6Z"/>'),
    "dropped": Markup('<path d="M-5 -5L5 5M-5 5L5 -5"/>'),
}


@dataclass(frozen=True, slots=True)
class Form:
    """Size of a drawing: beside wide text the names stand left of the lanes, on a phone above them."""

    name: str
    width: float
    names: float
    """Width of the column of names; 0 puts them above their lanes."""
    short_dates: bool


WIDE = Form("wide", 1100, 190, short_dates=False)
TALL = Form("tall", 360, 0, short_dates=True)


@dataclass(frozen=True, slots=True)
class _Mark:
    """Entries of one lane, day, state and earlier day drawn as one mark."""

    entries: tuple[Entry, ...]
    x: float
    earlier: float | None
    label: str
    left: bool
    """The label stands left of the mark, because the right has no room."""

    def extent(self) -> tuple[float, float]:
        """From where to where it takes room."""
        room = len(self.label) * CHARACTER + 2 * GAP if self.label else 0
        first = min(
            self.x - MARK - (room if self.left else 0), self.earlier if self.earlier is not None else self.x
        )
        return first - GAP, self.x + MARK + (0 if self.left else room) + GAP


def mark(state: str) -> Markup:
    """The mark of a state for legends and lists."""
    return Markup(
        '<svg class="wa-tmark wa-tmark--{0}" viewBox="-8 -8 16 16" width="16" height="16" aria-hidden="true"'
        ">{1}</svg>"
    ).format(state, _SHAPES[state])


def draw(entries: Sequence[Entry], order: Iterable[str], day: str, form: Form) -> Markup:
    """The picture of `entries` as seen on `day`, an inline SVG with its summary as name.

    `order` are the ids of the instruments, one lane each; those without a date have none.
    """
    axis = _Axis.around(entries, day, form)
    lanes: dict[str, list[Entry]] = {id_: [] for id_ in order}
    for entry in entries:
        lanes[entry.instrument.id].append(entry)
    parts: list[Markup] = []
    y = 34.0
    for own in filter(None, lanes.values()):
        drawn, height = _lane(own, axis, form, y)
        parts.append(drawn)
        y += height
    height = y + 22
    label = "Timeline. " + "; ".join(f"{n} {STATES[s][0]}" for s, n in _counts(entries).items())
    return Markup(
        '<svg class="wa-timeline__{0}" viewBox="0 0 {1:g} {2:g}" role="img" aria-label="{3}. '
        'The lists below tell every date in words.">{4}{5}</svg>'
    ).format(form.name, form.width, height, label, axis.draw(day, y), Markup("").join(parts))


def _counts(entries: Iterable[Entry]) -> dict[str, int]:
    found = [entry.state for entry in entries]
    return {state: found.count(state) for state in STATES if state in found}


@dataclass(frozen=True, slots=True)
class _Axis:
    """Days to x. Days before the first year stand at the left edge."""

    first: int
    last: int
    left: float
    right: float

    @classmethod
    def around(cls, entries: Sequence[Entry], day: str, form: Form) -> _Axis:
        """From three years before `day` to the end of the year after the last date."""
        now = int(day[:4])
        last = max(int(entry.date[:4]) for entry in entries) if entries else now
        return cls(now - 3, max(last, now) + 1, form.names + 8, form.width - 8)

    def x(self, day: str) -> float:
        """Where `day` stands."""
        start, end = date(self.first, 1, 1), date(self.last, 1, 1)
        share = (date.fromisoformat(day) - start).days / (end - start).days
        return round(self.left + max(share, 0.0) * (self.right - self.left), 1)

    def shown(self, day: str) -> bool:
        """Whether `day` is within the years drawn."""
        return int(day[:4]) >= self.first

    def draw(self, day: str, bottom: float) -> Markup:
        """Years, and the line that parts past and future."""
        now = self.x(day)
        parts = [
            Markup('<rect class="wa-timeline__past" x="{:g}" y="24" width="{:g}" height="{:g}"/>').format(
                self.left, now - self.left, bottom - 24
            )
        ]
        for year in range(self.first, self.last):
            x = self.x(f"{year}-01-01")
            parts.append(
                Markup(
                    '<path class="wa-timeline__year" d="M{0:g} 24V{1:g}"/><text class="wa-timeline__quiet" '
                    'x="{2:g}" y="{3:g}">{4}</text>'
                ).format(x, bottom, x + 2, bottom + 15, year if self.right - self.left > 500 else f"’{year % 100}")
            )
        parts.append(
            Markup(
                '<path class="wa-timeline__now" d="M{0:g} 18V{1:g}"/><text class="wa-timeline__name" x="{0:g}" '
                'y="12" text-anchor="middle">now, {2}</text>'
            ).format(now, bottom, told(day))
        )
        return Markup("").join(parts)


def _lane(entries: Sequence[Entry], axis: _Axis, form: Form, y: float) -> tuple[Markup, float]:
    """The lane of one instrument whose top is at `y`, and its height."""
    marks = _marks([entry for entry in entries if axis.shown(entry.date)], axis, form)
    rows: list[list[_Mark]] = []
    for item in sorted(marks, key=lambda item: item.extent()):
        start = item.extent()[0]
        free = next((row for row in rows if row[-1].extent()[1] <= start), None)
        if free is None:
            rows.append([item])
        else:
            free.append(item)
    head = 0.0 if form.names else 17.0
    height = head + max(len(rows), 1) * ROW + 5
    middle = y + head + ROW / 2 + 1
    title = entries[0].instrument.title
    parts = [
        Markup('<path class="wa-timeline__lane" d="M{:g} {:g}H{:g}"/>').format(
            0 if form.names else axis.left, y, axis.right
        ),
        Markup('<text class="wa-timeline__name" x="{:g}" y="{:g}">{}</text>').format(
            0 if form.names else axis.left, (middle + 4) if form.names else y + 14, title
        ),
    ]
    earlier = [entry for entry in entries if not axis.shown(entry.date)]
    if earlier:
        parts.append(
            Markup('<path class="wa-timeline__before" d="M{0:g} {1:g}l-6 4l6 4z"/>').format(
                axis.left - 1, middle - 4
            )
        )
    for number, row in enumerate(rows):
        parts += [_draw_mark(item, middle + number * ROW) for item in row]
    return Markup("").join(parts), height


def _marks(entries: Iterable[Entry], axis: _Axis, form: Form) -> list[_Mark]:
    together: dict[tuple[str, str, str | None], list[Entry]] = {}
    for entry in entries:
        together.setdefault((entry.date, entry.state, entry.event.moved_from), []).append(entry)
    found = []
    for (day, state, before), own in together.items():
        label = _label(day, before, form) if state == "to-come" else ""
        x = axis.x(day)
        left = x + MARK + len(label) * CHARACTER + 2 * GAP > axis.right
        found.append(_Mark(tuple(own), x, axis.x(before) if before else None, label, left))
    return found


def _label(day: str, before: str | None, form: Form) -> str:
    text = told(day, short=form.short_dates)
    return f"{text}, was {told(before, short=form.short_dates)}" if before else text


def told(day: str, *, short: bool = False) -> str:
    """`2 Dec 2027`, or `2 Dec ’27`."""
    found = date.fromisoformat(day)
    month = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[found.month - 1]
    return f"{found.day} {month} ’{found.year % 100:02d}" if short else f"{found.day} {month} {found.year}"


def _draw_mark(item: _Mark, y: float) -> Markup:
    state = item.entries[0].state
    parts = []
    if item.earlier is not None:
        tip = item.x - MARK - 2
        parts.append(
            Markup(
                '<path class="wa-timeline__moved" d="M{0:g} {1:g}v8M{0:g} {2:g}H{3:g}m-5 -3.5l5 3.5l-5 3.5"/>'
            ).format(item.earlier, y - 4, y, tip)
        )
    what = "; ".join(f"{entry.date}: {entry.event.event}" for entry in item.entries)
    parts.append(
        Markup('<g class="wa-tmark wa-tmark--{}" transform="translate({:g} {:g})"><title>{}</title>{}</g>').format(
            state, item.x, y, f"{STATES[state][0]}. {what}", _SHAPES[state]
        )
    )
    if item.label:
        x = (item.earlier if item.left and item.earlier is not None else item.x) - MARK - GAP
        parts.append(
            Markup('<text x="{:g}" y="{:g}"{}>{}</text>').format(
                x if item.left else item.x + MARK + GAP,
                y + 4,
                Markup(' text-anchor="end"') if item.left else "",
                item.label,
            )
        )
    return Markup("").join(parts)
