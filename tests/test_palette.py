"""The palette: enough contrast in light and dark, told apart by colour-blind readers, and kept in one place."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest

from macros import cards
from tests.conftest import ROOT

CSS = ROOT / "docs/assets/css"
VERDICTS = ("self-host", "hybrid", "api")
SEEN_AS = {
    "as it is": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.3039),
    ),
}
"""Machado, Oliveira and Fernandes, A Physiologically-based Model for Simulation of Color Vision Deficiency (2009):
matrices for severity 1.0, over linear RGB."""
TOLD_APART = 10.0
"""Least distance of two verdict colours in CIELAB (ΔE 1976); about 2.3 is just noticeable side by side. Shape and
word carry the meaning; colour only helps."""


def _palettes() -> dict[str, dict[str, str]]:
    text = (CSS / "atlas.css").read_text()
    light = re.search(r"\[data-md-color-scheme\] \{(.*?)\}", text, re.S)
    dark = re.search(r'\[data-md-color-scheme="slate"\] \{(.*?)\}', text, re.S)
    assert light and dark
    found = {name: dict(re.findall(r"--([\w-]+): (#\w+)", m[1])) for name, m in (("light", light), ("dark", dark))}
    return {"light": found["light"], "dark": {**found["light"], **found["dark"]}}


PALETTES = _palettes()


def _linear(colour: str) -> tuple[float, ...]:
    values = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return tuple(v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2: ratio of relative luminances."""
    first, second = (
        sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), _linear(c), strict=True)) for c in (one, other)
    )
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def _lab(linear: tuple[float, ...]) -> tuple[float, float, float]:
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [sum(w * max(0.0, v) for w, v in zip(row, linear, strict=True)) for row in to_xyz]
    f = [v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (xyz[0] / 0.9505, xyz[1], xyz[2] / 1.089)]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def _distance(one: str, other: str, seen: str) -> float:
    labs = []
    for colour in (one, other):
        linear = _linear(colour)
        labs.append(_lab(tuple(sum(w * v for w, v in zip(row, linear, strict=True)) for row in SEEN_AS[seen])))
    return float(sum((a - b) ** 2 for a, b in zip(*labs, strict=True)) ** 0.5)


@pytest.mark.parametrize("scheme", PALETTES)
def test_text_and_marks_have_contrast(scheme: str) -> None:
    """Text 4.5 to 1, lines and marks that mean something 3 to 1, on every ground they stand on."""
    p = PALETTES[scheme]
    for ground in ("wa-paper", "wa-plate"):
        for text in ("wa-ink", "wa-quiet", "wa-accent", "wa-warn", *(f"wa-{v}" for v in VERDICTS)):
            assert _contrast(p[text], p[ground]) >= 4.5, (text, ground)
        assert _contrast(p["wa-contour"], p[ground]) >= 3, ground
    for verdict in VERDICTS:
        for text in ("wa-ink", "wa-quiet", f"wa-{verdict}"):
            assert _contrast(p[text], p[f"wa-{verdict}-tint"]) >= 4.5, (text, verdict)
    for part in ("wa-self-host", "wa-api", "wa-warn", "wa-quiet", "wa-hybrid"):
        assert _contrast(p["wa-paper"], p[part]) >= 4.5, f"letters in the memory bar, {part}"


@pytest.mark.parametrize("scheme", PALETTES)
@pytest.mark.parametrize("seen", SEEN_AS)
def test_verdicts_are_told_apart_by_colour_blind_readers(scheme: str, seen: str) -> None:
    for one, other in itertools.combinations(VERDICTS, 2):
        colours = (PALETTES[scheme][f"wa-{one}"], PALETTES[scheme][f"wa-{other}"])
        assert _distance(*colours, seen) >= TOLD_APART, (one, other)


def _declared() -> Iterator[tuple[str, str]]:
    for file in sorted(CSS.glob("*.css")):
        for name in re.findall(r"--(wa-[\w-]+):\s*#", file.read_text()):
            yield file.name, name


def test_the_palette_is_in_one_place() -> None:
    """Each colour is declared once for light and once for dark; white paper for print is the exception."""
    elsewhere = {(file, name) for file, name in _declared() if file != "atlas.css"}
    assert elsewhere == {("print.css", "wa-paper")}
    for scheme, palette in PALETTES.items():
        assert {f"wa-{v}" for v in VERDICTS} <= palette.keys(), scheme


def test_pictures_for_shared_links_have_the_same_colours() -> None:
    """They are drawn without a style sheet, so they hold a copy."""
    assert {verdict: PALETTES["light"][f"wa-{verdict}"] for verdict in VERDICTS} == cards.COLOURS
