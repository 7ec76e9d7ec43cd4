"""Pictures on the built pages: each says in words what it shows, and home shows the data it is made from."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html
import pytest

from macros.derive import Derived
from macros.footer import WAYS
from macros.law import timeline
from macros.law.picture import told
from macros.plate import plate
from macros.routing import VERDICTS
from macros.sizing import evaluate


def article(site: Path, address: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring((site / address / "index.html").read_bytes()).xpath("//article")[0]


def text(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture(scope="module")
def home(site: Path) -> lxml.html.HtmlElement:
    return article(site, "")


def test_home_leads_in_by_tool_map_and_search(home: lxml.html.HtmlElement) -> None:
    ways = home.xpath(".//ul[@class='wa-ways']//a")
    assert [way.get("href") for way in ways] == ["decide/", "#the-map", "pages/"]
    assert ways[2].get("data-wa-search") is not None
    assert home.xpath(".//*[@id='the-map']")


def test_the_map_names_every_workload_with_its_verdict_and_rings(
    home: lxml.html.HtmlElement, derived: Derived
) -> None:
    drawn = plate(derived)
    islands = home.xpath(".//section[@class='wa-island']")
    assert [i.xpath("./h3/a/@href")[0] for i in islands] == [f"patterns/{p}/" for p in derived.atlas.patterns]
    for found, island in zip(islands, drawn.islands, strict=True):
        places = found.xpath(".//a[@class='wa-place']")
        assert len(places) == len(island.places)
        for link, place in zip(places, island.places, strict=True):
            verdict = place.item.verdict.verdict
            assert link.get("href") == f"workloads/{place.item.workload.id}/"
            label = derived.atlas.label("verdicts", verdict)
            said = (
                f"{place.item.workload.title} {label}, {place.rings} of {drawn.signals} signals at their strongest"
            )
            assert text(link) == said
            assert f"wa-mark--{verdict}" in link.xpath("./svg/@class")[0]
        assert all(path.get("d") for path in found.xpath(".//div[@class='wa-island__land']/svg/path"))


def test_figures_of_home_are_those_of_the_pages_they_lead_to(
    home: lxml.html.HtmlElement, site: Path, derived: Derived
) -> None:
    def figure(name: str) -> lxml.html.HtmlElement:
        return home.xpath(f".//section[@aria-labelledby='figure-{name}']")[0]

    agreement = f"{round(100 * derived.evaluation.agreement)} %"
    assert agreement in text(figure("rules"))
    assert f"rules name the decision taken in {agreement}" in text(article(site, "routing"))
    error = f"{100 * evaluate.evaluate().median_error:.1f} %"
    assert error in text(figure("memory"))
    assert f"median error is {error}" in text(article(site, "sizing"))
    day = derived.atlas.settings.as_of
    coming = timeline.coming(timeline.entries(derived.atlas, day))
    assert coming[0].date > day
    assert told(coming[0].date) in text(figure("law"))
    assert coming[0].event.event in text(figure("law"))
    assert figure("law").xpath(".//a[contains(@href, 'sources/')]")


def _counts(cell: lxml.html.HtmlElement) -> dict[str, int]:
    words = {"self-host": "self-host", "hybrid": "hybrid", "API": "api"}
    return {words[word]: int(n) for n, word in re.findall(r"(\d+) (self-host|hybrid|API)", text(cell))}


def _drawn(cell: lxml.html.HtmlElement) -> dict[str, int]:
    drawn = dict.fromkeys(VERDICTS, 0)
    for group in cell.xpath("./svg/g"):
        verdict = group.get("class").removeprefix("wa-mark--")
        drawn[verdict] = group.xpath("./path")[-1].get("d").count("M")
    return drawn


@pytest.mark.parametrize("address", ["", "patterns", "patterns/regulated-decisions"])
def test_tallies_draw_the_numbers_beside_them(site: Path, address: str) -> None:
    cells = [svg.getparent() for svg in article(site, address).xpath(".//svg[@class='wa-tally']")]
    assert len(cells) >= 4
    for cell in cells:
        assert _drawn(cell) == _counts(cell)


def test_memory_bars_are_as_wide_as_the_words_say(site: Path) -> None:
    seen = 0
    for address in ("models/qwen3.8-27b", "models/bge-m3", "workloads/recruitment-screening"):
        for bar in article(site, address).xpath(".//div[@class='wa-bar']"):
            said = text(bar.getnext())
            *parts, whole = [float(number) for number in re.findall(r"\d+\.\d", said)]
            widths = [float(re.findall(r"[\d.]+", i.get("style"))[0]) for i in bar.xpath("./i")]
            assert len(parts) == len(widths)
            assert abs(sum(widths) - 100) < 0.3
            assert all(abs(100 * part / whole - width) < 0.5 for part, width in zip(parts, widths, strict=True))
            seen += 1
    assert seen > 10


def test_no_picture_is_without_words(site: Path) -> None:
    """A drawing is hidden from screen readers because words stand beside it, or it has a name."""
    for file in sorted(site.rglob("index.html")):
        for svg in lxml.html.fromstring(file.read_bytes()).xpath("//article//svg[not(ancestor::svg)]"):
            hidden = svg.get("aria-hidden") == "true"
            named = svg.get("role") == "img" and (svg.get("aria-label") or svg.get("aria-labelledby"))
            theme = "md-icon" in (svg.getparent().get("class") or "")
            assert hidden or named or theme, (file, lxml.html.tostring(svg)[:120])


def test_signals_of_a_pattern_are_steps_with_their_words(site: Path, derived: Derived) -> None:
    page = article(site, "patterns/private-knowledge")
    signals = [s for s in derived.atlas.signals.values() if s.scope == "workload"]
    rows = page.xpath(".//table[contains(@class, 'wa-multiples')]/tbody/tr")
    for signal, row in zip(signals, rows, strict=True):
        ids = [level.id for level in signal.levels]
        for item, cell in zip(derived.by_pattern["private-knowledge"], row.xpath("./td"), strict=True):
            index = ids.index(item.workload.signals[signal.id])
            assert len(cell.xpath(".//i[@class='on']")) == index + 1
            assert text(cell) == signal.levels[index].label


def test_every_page_ends_with_ways_in_the_day_and_how_to_correct_it(site: Path, derived: Derived) -> None:
    files = [f for f in sorted(site.rglob("*.html")) if b"md-footer" in f.read_bytes()]
    assert len(files) > 200
    for file in files:
        foot = lxml.html.fromstring(file.read_bytes()).xpath("//div[contains(@class, 'wa-footer')]")[0]
        assert [a.text for a in foot.xpath(".//nav//a")] == [name for _, name in WAYS]
        assert derived.atlas.settings.as_of in text(foot)
    made = (site / "workloads/recruitment-screening/index.html").read_text()
    addresses = re.findall(r'href="([^"]+)"[^>]*rel="edit"', made)
    assert len(set(addresses)) == 1
    assert addresses[0].endswith("/edit/main/atlas/workloads/regulated-decisions/recruitment-screening.yml")
    assert addresses[0].count("edit/main") == 1
    about = (site / "about/index.html").read_text()
    assert re.search(r'/edit/main/docs/about\.md" rel="edit">Correct this page', about)
