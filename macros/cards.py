"""Pictures that networks and chats show beside a link: one PNG of 1200 × 630 for every workload and pattern.

PNG, because they read no SVG. Drawn with Pillow from the data, with the site’s own fonts, contours and palette, so
that the build needs no browser and no network. Text is laid out by Pillow’s basic engine, which every wheel has;
the other one depends on a library of the machine. The same atlas and the same Pillow give the same bytes.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from macros.derive import Derived, DerivedWorkload
from macros.routing import VERDICTS, Verdict
from macros.words import lower_first, one_line

WIDTH, HEIGHT = 1200, 630
"""Pixels; the size that the networks ask for."""
SITE = "assets/cards/atlas.png"
"""The picture of every page that has none of its own."""

QUESTION = "On your own model, an API, or both?"

PAPER, INK, QUIET, LINE, PRIMARY = "#fbfaf5", "#1c2a30", "#55646b", "#d9d5c7", "#12394d"
COLOURS = {"self-host": "#004f8f", "hybrid": "#007050", "api": "#a84300"}
"""As in `docs/assets/css/atlas.css`, light scheme; a test compares."""

_SCALE = 2
"""Drawn this much larger and reduced, so that edges are smooth."""
_LEFT, _RIGHT = 96, 1110
_SIZES = (80, 72, 64, 56, 48)
"""Sizes of a title in pixels; the first at which it fits into 270 pixels of height."""


@dataclass(frozen=True, slots=True)
class Card:
    """What one picture says."""

    kicker: str
    title: str
    verdicts: tuple[tuple[str, str, str], ...]
    """For each: its id, the words beside its mark, and smaller words below them."""

    @property
    def alt(self) -> str:
        """The picture in words."""
        told = "; ".join(f"{words}, {below}" if below else words for _, words, below in self.verdicts)
        end = "" if self.title.endswith(("?", ".", "!")) else "."
        return f"{self.kicker}: {self.title}{end} {told}."


def path_of(page: str) -> str:
    """Path of the picture of a workload or pattern by the address of its page."""
    return f"assets/cards/{page.strip('/')}.png"


def cards(derived: Derived) -> dict[str, Card]:
    """Path below the site root -> what the picture says."""
    atlas = derived.atlas
    everything = tuple(derived.workloads.values())
    found = {SITE: Card(f"An atlas of {len(everything)} AI workloads", QUESTION, _counted(derived, everything))}
    for pattern in atlas.patterns.values():
        title = one_line(pattern.title)
        verdicts = _counted(derived, derived.by_pattern[pattern.id])
        found[path_of(f"patterns/{pattern.id}")] = Card("Pattern", title, verdicts)
        for item in derived.by_pattern[pattern.id]:
            found[path_of(f"workloads/{item.workload.id}")] = Card(
                title, one_line(item.workload.title), (_verdict(derived, item.verdict),)
            )
    return found


def files(derived: Derived, root: Path) -> dict[str, bytes]:
    """Path below the site root -> PNG. Fonts and contours are read from `root`/docs/assets."""
    return {path: _png(card, root / "docs" / "assets") for path, card in cards(derived).items()}


def _verdict(derived: Derived, verdict: Verdict) -> tuple[str, str, str]:
    forms = [form.title for form in (verdict.inside, verdict.outside) if form]
    told = " + ".join([forms[0], *map(lower_first, forms[1:])]) if forms else ""
    below = f"{told} · {verdict.strength}" if told else verdict.strength
    return verdict.verdict, derived.atlas.label("verdicts", verdict.verdict), one_line(below)


def _counted(derived: Derived, items: tuple[DerivedWorkload, ...]) -> tuple[tuple[str, str, str], ...]:
    counts = Counter(item.verdict.verdict for item in items)
    return tuple(
        (verdict, derived.atlas.label("verdicts", verdict), f"{counts[verdict]} of {len(items)} workloads")
        for verdict in reversed(VERDICTS)
    )


@lru_cache(maxsize=128)
def _png(card: Card, assets: Path) -> bytes:
    """The picture as PNG with few colours: about 30 kB."""
    image = _ground(assets).copy()
    _Sheet(image, assets / "fonts").draw(card)
    small = image.reduce(_SCALE).quantize(64, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    out = io.BytesIO()
    small.save(out, "PNG")
    return out.getvalue()


@lru_cache(maxsize=1)
def _ground(assets: Path) -> Image.Image:
    """Paper with the contour lines of the home page, which fade to the left as they do there."""
    image = Image.new("RGB", (WIDTH * _SCALE, HEIGHT * _SCALE), PAPER)
    pen = ImageDraw.Draw(image)
    paper, line = (tuple(bytes.fromhex(colour[1:])) for colour in (PAPER, LINE))
    for path in re.findall(r' d="([^"]+)"', (assets / "contours.svg").read_text(encoding="utf-8")):
        for curve in path.split("M")[1:]:
            points = [tuple(map(float, point.split())) for point in curve.rstrip("Z").split("L")]
            points += points[:1] if curve.endswith("Z") else []
            for (x1, y1), (x2, y2) in pairwise(points):
                share = min(max((x1 - 400) / 500, 0), 1)
                colour = tuple(round(a + (b - a) * share) for a, b in zip(paper, line, strict=True))
                grow = WIDTH / 900 * _SCALE
                pen.line((x1 * grow, y1 * grow, x2 * grow, y2 * grow), fill=colour, width=_SCALE)
    return image


class _Sheet:
    """A picture being drawn; measures are those of the finished one."""

    def __init__(self, image: Image.Image, fonts: Path) -> None:
        self._pen = ImageDraw.Draw(image)
        self._fonts = fonts

    def draw(self, card: Card) -> None:
        """Band, kicker, title, verdicts and the name of the site, from the top."""
        whole = len(card.verdicts) == 1
        self._box(0, 0, 28, HEIGHT, COLOURS[card.verdicts[0][0]] if whole else PRIMARY)
        self._text(_LEFT, 74, card.kicker, "sans", 34, 600, QUIET)
        size, lines = self._fit(card.title)
        for number, line in enumerate(lines):
            self._text(_LEFT, 134 + number * size * 1.12, line, "serif", size, 600, INK)
        step = (_RIGHT - _LEFT) / len(card.verdicts)
        for number, (verdict, words, below) in enumerate(card.verdicts):
            self._verdict(_LEFT + number * step, verdict, words, below, 64 if whole else 44)
        self._text(_LEFT, 560, "Workload Atlas", "serif", 30, 600, PRIMARY)

    def _verdict(self, x: float, verdict: str, words: str, below: str, size: int) -> None:
        self._mark(x, 430, size, verdict)
        beside = x + size + 22
        self._text(beside, 430 - size * 0.16, words, "serif", round(size * 0.8), 600, COLOURS[verdict])
        self._text(beside, 430 + size * 0.84, below, "sans", round(20 + size * 0.16), 400, QUIET)

    def _mark(self, x: float, y: float, size: int, verdict: str) -> None:
        """The verdict marks of `macros/templates/_parts.jinja`, in a square of 20 units."""
        unit, colour = size / 20, COLOURS[verdict]
        if verdict == "self-host":
            self._box(x + 2 * unit, y + 2 * unit, 16 * unit, 16 * unit, colour, radius=2 * unit)
        elif verdict == "hybrid":
            self._box(x + 2 * unit, y + 2 * unit, 16 * unit, 16 * unit, None, 3 * unit, colour, 2 * unit)
            self._box(x + 3 * unit, y + 3 * unit, 7 * unit, 14 * unit, colour)
        else:
            reach = (x + 1.75 * unit, y + 1.75 * unit, x + 18.25 * unit, y + 18.25 * unit)
            width = round(2.5 * unit * _SCALE)
            self._pen.ellipse([at * _SCALE for at in reach], outline=colour, width=width)

    def _box(  # noqa: PLR0913, PLR0917
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str | None,
        radius: float = 0,
        outline: str | None = None,
        line: float = 1,
    ) -> None:
        box = [x * _SCALE, y * _SCALE, (x + width) * _SCALE - 1, (y + height) * _SCALE - 1]
        self._pen.rounded_rectangle(box, radius * _SCALE, fill, outline, max(round(line * _SCALE), 1))

    def _fit(self, title: str) -> tuple[int, list[str]]:
        """Size and lines of a title; at the smallest one it may take five lines."""
        for size in _SIZES:
            lines = list(self._lines(title, size))
            wide = max(self._length(line, "serif", size, 600) for line in lines)
            if len(lines) * size * 1.12 <= 270 and wide <= _RIGHT - _LEFT:
                return size, lines
        return _SIZES[-1], list(self._lines(title, _SIZES[-1]))[:5]

    def _lines(self, text: str, size: int) -> Iterator[str]:
        line = ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if line and self._length(longer, "serif", size, 600) > _RIGHT - _LEFT:
                yield line
                line = word
            else:
                line = longer
        yield line

    def _length(self, text: str, family: str, size: int, weight: int) -> float:
        runs = self._runs(text, family, size, weight)
        return float(sum(font.getlength(run) for run, font in runs)) / _SCALE

    def _text(self, x: float, y: float, text: str, family: str, size: int, weight: int, colour: str) -> None:  # noqa: PLR0913, PLR0917
        at = x * _SCALE
        for run, font in self._runs(text, family, size, weight):
            self._pen.text((at, (y + size) * _SCALE), run, colour, font, anchor="ls")
            at += font.getlength(run)

    def _runs(
        self, text: str, family: str, size: int, weight: int
    ) -> Iterator[tuple[str, ImageFont.FreeTypeFont]]:
        """The text in pieces that one file of the family has letters for; the files split the Latin script."""
        run, extended = "", False
        for letter in text:
            other = 0x100 <= ord(letter) < 0x2000 and letter not in "ıŒœ"
            if run and other is not extended:
                yield run, _font(self._fonts, family, extended, size, weight)
                run = ""
            run, extended = run + letter, other
        if run:
            yield run, _font(self._fonts, family, extended, size, weight)


@lru_cache(maxsize=64)
def _font(folder: Path, family: str, extended: bool, size: int, weight: int) -> ImageFont.FreeTypeFont:
    source = {"serif": "source-serif-4", "sans": "source-sans-3"}[family]
    file = folder / (f"{source}-latin-ext-wght-normal.woff2" if extended else f"atlas-{family}-latin.woff2")
    font = ImageFont.truetype(str(file), size * _SCALE, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight])
    return font
