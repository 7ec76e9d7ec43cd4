"""The timeline as a picture: a lane for each instrument, a mark for each date, drawn as SVG.

Shape and pattern tell the states apart, colour only helps: style sheets give it by class. A list on the same page
tells everything in words. Lengths are CSS pixels and letters keep their size: only the years stretch, because what
stands at a day is placed in per cent of the width. What has room at the least width of a form has it at any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from macros.law import labels
from macros.law.labels import GAP, MARK, ROW
from macros.law.timeline import STATES, Entry

HEAD = 17.0
"""Height of a name above its lane."""
BOLD = 1.1
"""How much wider the letters of names are."""
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
    """A drawing: beside wide text the names stand left of the lanes, on a phone above them."""

    name: str
    names: float
    """Width of the column of names; 0 puts them above their lanes."""
    least: float
    """The narrowest place it is shown in."""
    short_dates: bool

    @property
    def years(self) -> float:
        """The narrowest that its years are drawn."""
        return self.least - self.names - 2 * SIDE


SIDE = 8.0
"""Room left and right of the years, for half a mark."""
WIDE = Form("wide", 190, 736, short_dates=False)
TALL = Form("tall", 0, 288, short_dates=True)


@dataclass(frozen=True, slots=True)
class _Mark:
    """Entries of one lane, day, state and earlier day drawn as one mark."""

    entries: tuple[Entry, ...]
    x: float
    earlier: float | None
    label: labels.Label | None

    def rows(self) -> list[tuple[float, float]]:
        """From where to where it takes room, in its row and those below."""
        start = min(self.x - MARK, self.earlier if self.earlier is not None else self.x)
        found = [(start - GAP, self.x + MARK + GAP)]
        if self.label is None:
            return found
        for row in range(self.label.first, self.label.first + len(self.label.lines)):
            room = (self.label.start - GAP, self.label.end + GAP)
            if row < len(found):
                found[row] = (min(found[row][0], room[0]), max(found[row][1], room[1]))
            else:
                found.append(room)
        return found


def mark(state: str) -> Markup:
    """The mark of a state for legends and lists."""
    return Markup(
        '<svg class="wa-tmark wa-tmark--{0}" viewBox="-8 -8 16 16" width="16" height="16" '
        'aria-hidden="true">{1}</svg>'
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
    now, names = axis.x(day), [18.0]
    y = 34.0
    for own in filter(None, lanes.values()):
        drawn, height = _lane(own, axis, form, now, y)
        if not form.names and labels.width_of([own[0].instrument.title]) * BOLD > now - GAP:
            names += [y + 1, y + HEAD]
        parts.append(drawn)
        y += height
    height = y + 22
    label = "Timeline. " + "; ".join(f"{n} {STATES[s][0]}" for s, n in _counts(entries).items())
    return Markup(
        '<svg class="wa-timeline__{0}" height="{1:g}" style="--wa-names:{2:g}px" role="img" aria-label="{3}. '
        'The lists below tell every date in words.">{4}{5}</svg>'
    ).format(form.name, height, form.names + SIDE, label, axis.draw(day, [*names, y]), Markup("").join(parts))


def _counts(entries: Iterable[Entry]) -> dict[str, int]:
    found = [entry.state for entry in entries]
    return {state: found.count(state) for state in STATES if state in found}


@dataclass(frozen=True, slots=True)
class _Axis:
    """Days to x at the least width. Days before the first year stand at the left edge."""

    first: int
    last: int
    width: float

    @classmethod
    def around(cls, entries: Sequence[Entry], day: str, form: Form) -> _Axis:
        """From three years before `day` to the end of the year after the last date."""
        now = int(day[:4])
        last = max(int(entry.date[:4]) for entry in entries) if entries else now
        return cls(now - 3, max(last, now) + 1, form.years)

    def x(self, day: str) -> float:
        """Where `day` stands."""
        start, end = date(self.first, 1, 1), date(self.last, 1, 1)
        share = (date.fromisoformat(day) - start).days / (end - start).days
        return max(share, 0.0) * self.width

    def share(self, x: float) -> str:
        """The same in per cent, which holds at every width."""
        return f"{100 * x / self.width:.2f}".rstrip("0").rstrip(".") + "%"

    def shown(self, day: str) -> bool:
        """Whether `day` is within the years drawn."""
        return int(day[:4]) >= self.first

    def draw(self, day: str, ends: Sequence[float]) -> Markup:
        """Years, and the line that parts past and future; `ends` are of its strokes, which leave out names."""
        now, bottom = self.share(self.x(day)), ends[-1]
        strokes = "".join(f"M0 {top:g}V{end:g}" for top, end in zip(ends[::2], ends[1::2], strict=True))
        parts = [
            Markup('<rect class="wa-timeline__past" y="24" width="{}" height="{:g}"/>').format(now, bottom - 24)
        ]
        for year in range(self.first, self.last):
            parts.append(
                Markup(
                    '<svg x="{0}"><path class="wa-timeline__year" d="M0 24V{1:g}"/>'
                    '<text class="wa-timeline__quiet" x="2" y="{2:g}">{3}</text></svg>'
                ).format(
                    self.share(self.x(f"{year}-01-01")),
                    bottom,
                    bottom + 15,
                    year if self.width > 500 else f"’{year % 100}",
                )
            )
        parts.append(
            Markup(
                '<svg x="{0}"><path class="wa-timeline__now" d="{1}"/><text class="wa-timeline__name" '
                'y="12" text-anchor="middle">now, {2}</text></svg>'
            ).format(now, strokes, told(day))
        )
        return Markup("").join(parts)


def _lane(entries: Sequence[Entry], axis: _Axis, form: Form, now: float, y: float) -> tuple[Markup, float]:
    """The lane of one instrument whose top is at `y`, and its height."""
    marks = _marks([entry for entry in entries if axis.shown(entry.date)], axis, form, now)
    placed: list[tuple[_Mark, int]] = []
    taken: list[float] = []
    for item in sorted(marks, key=lambda item: item.rows()[0]):
        room = item.rows()
        row = next(
            n
            for n in range(len(taken) + 1)
            if all(n + k >= len(taken) or taken[n + k] <= start for k, (start, _) in enumerate(room))
        )
        placed.append((item, row))
        taken += [0.0] * (row + len(room) - len(taken))
        for k, (_, end) in enumerate(room):
            taken[row + k] = end
    head = 0.0 if form.names else HEAD
    height = head + max(len(taken), 1) * ROW + 5
    middle = y + head + ROW / 2 + 1
    title = entries[0].instrument.title
    start = -(form.names + SIDE) if form.names else 0
    parts = [
        Markup('<line class="wa-timeline__lane" x1="{0:g}" y1="{1:g}" x2="100%" y2="{1:g}"/>').format(start, y),
        Markup('<text class="wa-timeline__name" x="{:g}" y="{:g}">{}</text>').format(
            start, (middle + 4) if form.names else y + 14, title
        ),
    ]
    if any(not axis.shown(entry.date) for entry in entries):
        parts.append(Markup('<path class="wa-timeline__before" d="M-1 {:g}l-6 4l6 4z"/>').format(middle - 4))
    parts += [_draw_mark(item, axis, middle + row * ROW) for item, row in placed]
    return Markup("").join(parts), height


def _marks(entries: Iterable[Entry], axis: _Axis, form: Form, now: float) -> list[_Mark]:
    together: dict[tuple[str, str, str | None], list[Entry]] = {}
    for entry in entries:
        together.setdefault((entry.date, entry.state, entry.event.moved_from), []).append(entry)
    found = []
    for (day, state, before), own in together.items():
        x = axis.x(day)
        label = labels.place(_text(day, before, form), x, axis.width, now) if state == "to-come" else None
        found.append(_Mark(tuple(own), x, axis.x(before) if before else None, label))
    return found


def _text(day: str, before: str | None, form: Form) -> tuple[str, ...]:
    text = told(day, short=form.short_dates)
    return (text, f"was {told(before, short=form.short_dates)}") if before else (text,)


def told(day: str, *, short: bool = False) -> str:
    """`2 Dec 2027`, or `2 Dec ’27`."""
    found = date.fromisoformat(day)
    month = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[found.month - 1]
    return f"{found.day} {month} ’{found.year % 100:02d}" if short else f"{found.day} {month} {found.year}"


def _draw_mark(item: _Mark, axis: _Axis, y: float) -> Markup:
    state = item.entries[0].state
    at = axis.share(item.x)
    parts = []
    arrow: Markup | str = ""
    if item.earlier is not None:
        # The box cuts the stroke at the earlier day; its tip is seven pixels before the mark.
        parts.append(
            Markup(
                '<svg x="{0}" y="{1:g}" width="{2}" height="8"><path class="wa-timeline__moved" d="M.75 0v8"/>'
                '<line class="wa-timeline__moved" y1="4" x2="100%" y2="4" transform="translate(-7)"/></svg>'
            ).format(axis.share(item.earlier), y - 4, axis.share(item.x - item.earlier))
        )
        arrow = Markup('<path class="wa-timeline__moved" d="M-12 -3.5l5 3.5l-5 3.5"/>')
    what = "; ".join(f"{entry.date}: {entry.event.event}" for entry in item.entries)
    label = item.label
    parts.append(
        Markup('<svg x="{}" y="{:g}">{}<g class="wa-tmark wa-tmark--{}"><title>{}</title>{}</g>{}</svg>').format(
            at,
            y,
            arrow,
            state,
            f"{STATES[state][0]}. {what}",
            _SHAPES[state],
            labels.draw(label, y) if label and label.at != "edge" else "",
        )
    )
    if label and label.at == "edge":
        parts.append(labels.draw(label, y))
    return Markup("").join(parts)
