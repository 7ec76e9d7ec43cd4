"""The map on the home page: by keyboard, finger, without script, enlarged, in forced colours, with long words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from macros.derive import Derived
from tests.browser import everyone

WIDTHS = (320, 390, 768, 1280)
LONG = "Mieterauswahlverfahrensunterstützungssystem für Wohnungsbaugenossenschaften"

APART = """() => {
  const boxes = [...document.querySelectorAll('.wa-place')].map((a) => a.getBoundingClientRect());
  const wrong = [];
  boxes.forEach((a, i) => {
    if (a.height < 44 || a.width < 44) wrong.push(`${i} is ${a.width} by ${a.height}`);
    boxes.slice(i + 1).forEach((b, j) => {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 1 && down > 1) wrong.push(`${i} and ${i + 1 + j} meet`);
    });
  });
  return wrong;
}"""


@pytest.fixture
def opened(browser: Browser, site_url: str) -> Iterator[Any]:
    contexts = []

    def open_(width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(site_url)
        page.evaluate("document.fonts.ready.then(() => true)")
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_places_are_large_enough_and_never_meet(opened: Any, width: int) -> None:
    page = opened(width)
    assert page.evaluate(APART) == []
    page.evaluate(
        "(long) => document.querySelectorAll('.wa-place__name').forEach((n) => n.textContent = long)", LONG
    )
    assert page.evaluate(APART) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_twice_the_size_does_not_break_it(opened: Any) -> None:
    """200 % zoom at 1280 is a viewport of 640 with the same letters."""
    page = opened(640, device_scale_factor=2)
    assert page.evaluate(APART) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_rings_are_drawn_around_their_marks(opened: Any) -> None:
    """The drawing is stretched to the grid, and each mark still stands inside as many rings as its name says."""
    page = opened(1280)
    far = page.evaluate(
        """() => [...document.querySelectorAll('.wa-island')].flatMap((island) => {
          const rings = [...island.querySelectorAll('.wa-ring')];
          return [...island.querySelectorAll('.wa-place')].map((place) => {
            const count = Number(place.querySelector('.wa-unseen').textContent.match(/\\d+/)[0]);
            const box = place.querySelector('.wa-mark').getBoundingClientRect();
            const inside = rings.filter((ring) => {
              const at = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2)
                .matrixTransform(ring.getScreenCTM().inverse());
              return ring.isPointInFill(at);
            }).length;
            return [place.textContent.trim(), count, inside];
          });
        }).filter(([, count, inside]) => count !== inside)"""
    )
    assert far == []


def test_the_keyboard_goes_from_the_ways_in_through_every_place_in_order(opened: Any, derived: Derived) -> None:
    page = opened(1280)
    page.locator(".wa-way").first.focus()
    seen: list[str] = []
    for _ in range(80):
        page.keyboard.press("Tab")
        state = page.evaluate(
            """() => [document.activeElement.className, document.activeElement.getAttribute('href'),
                      getComputedStyle(document.activeElement).outlineStyle,
                      parseFloat(getComputedStyle(document.activeElement).outlineWidth)]"""
        )
        if state[0].startswith("wa-place"):
            assert state[2] == "solid" and state[3] >= 2, state
            seen.append(state[1])
        if len(seen) == len(derived.workloads):
            break
    wanted = [f"workloads/{i.workload.id}/" for items in derived.by_pattern.values() for i in items]
    assert seen == wanted
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{wanted[-1]}")


def test_it_needs_no_script(opened: Any) -> None:
    page = opened(390, java_script_enabled=False)
    assert page.locator(".wa-place").first.is_visible()
    assert page.locator(".wa-place").count() == 29


@pytest.mark.parametrize("address", ["", "workloads/recruitment-screening/"])
def test_nothing_moves_when_fonts_arrive(opened: Any, site_url: str, address: str) -> None:
    """Fonts that stand in are as wide as ours; 0.1 is the most that Core Web Vitals call good."""
    page = opened(1280)
    page.goto(site_url + address)
    page.wait_for_load_state("networkidle")
    moved = page.evaluate(
        """() => new Promise((done) => {
          let sum = 0;
          new PerformanceObserver((list) => list.getEntries().forEach((e) => { sum += e.value; }))
            .observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => done(sum), 300);
        })"""
    )
    assert moved < 0.02


def test_forced_colours_keep_shapes_and_words(opened: Any) -> None:
    page = opened(1280, forced_colors="active")
    ring = page.evaluate("getComputedStyle(document.querySelector('.wa-ring')).stroke")
    land = page.evaluate("getComputedStyle(document.querySelector('.wa-land')).fill")
    assert ring not in ("none", land)
    assert page.locator(".wa-place__verdict").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_names_and_contrast_by_axe(opened: Any, scheme: str) -> None:
    page = opened(390, color_scheme=scheme)
    assert everyone.violations(page) == []


@pytest.mark.parametrize(
    "address",
    ["workloads/recruitment-screening/", "patterns/private-knowledge/", "models/qwen3.8-27b/", "patterns/"],
)
def test_long_words_and_twice_the_size_elsewhere(browser: Browser, site_url: str, address: str) -> None:
    for width in (320, 640):
        context = browser.new_context(viewport={"width": width, "height": 900})
        page = context.new_page()
        page.goto(site_url + address)
        page.evaluate(
            """(long) => document.querySelectorAll('article :is(h1, h2, h3, .wa-lede, dd, li, .wa-tag, a)')
              .forEach((e) => { if (!e.children.length) e.textContent = long; })""",
            LONG,
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
        context.close()
