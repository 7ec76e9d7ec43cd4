"""The built pages of the story: figures are claims, charts and tables agree, every way onward leads somewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import lxml.html
import pytest

from macros.checks import figure_words
from macros.checks.claims import own, strange
from macros.derive import Derived
from macros.routing import VERDICTS
from macros.story import why
from macros.story.private_or_api import LEANS, PLACES
from macros.story.told import told

PAGES = ("why/", "private-or-api/", "origin/")
FROM_ELSEWHERE = "time | .//a[not(starts-with(@href, '#'))] | .//*[contains(@class, 'wa-chart__quiet')]"
"""Days, names of other records, and the years below a chart."""


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, lxml.html.HtmlElement]:
    return {path: article(site / path / "index.html") for path in PAGES}


def article(file: Path) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(file.read_bytes()).xpath("//article")[0]


def text(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def figures_of(derived: Derived, *ids: str) -> frozenset[float]:
    """The figures of some claims."""
    return frozenset().union(*(own(derived.atlas.raw["claims", id_]) for id_ in ids))


def parts(
    page: lxml.html.HtmlElement, derived: Derived
) -> Iterator[tuple[lxml.html.HtmlElement, frozenset[float]]]:
    """The parts of a page that may state figures, and which: each only those of its own claims."""
    atlas = derived.atlas
    for section in page.xpath(".//section[contains(@class, 'wa-claim')]"):
        yield section, figures_of(derived, section.get("id").removeprefix("claim-"))
    for name, folder in (("dimension", "comparisons"), ("faq", "faq")):
        for section in page.xpath(f".//section[contains(@class, 'wa-{name}')]"):
            raw = json.dumps(atlas.raw[folder, section.get("id").removeprefix(f"{name}-")])
            yield section, figures_of(derived, *(id_ for id_ in atlas.claims if f'"{id_}"' in raw))
    for part in page.xpath(".//figure | .//ul[@class='wa-origin']/li | .//tbody/tr"):
        linked = (urldefrag(href)[1].removeprefix("claim-") for href in part.xpath(".//a/@href"))
        yield part, figures_of(derived, *(id_ for id_ in linked if id_ in atlas.claims))


@pytest.mark.parametrize("path", PAGES)
def test_no_page_of_the_story_states_a_figure_that_is_no_claim(site: Path, derived: Derived, path: str) -> None:
    """A claim, chart or row states only figures of its own claims, and the rest of the page states none."""
    page = article(site / path / "index.html")
    own_parts = list(parts(page, derived))
    for element in page.xpath(f".//{FROM_ELSEWHERE}"):
        element.drop_tree()
    counted = frozenset({float(len(derived.workloads))}) if path == "origin/" else frozenset()
    for part, figures in own_parts:
        assert foreign(part, figures | counted) == set(), (part.tag, part.get("id"))
        part.drop_tree()
    assert foreign(page, frozenset()) == set()
    assert [match[0] for piece in page.itertext() for match in figure_words.found(piece)] == []


def foreign(element: lxml.html.HtmlElement, figures: frozenset[float]) -> set[str]:
    """Numbers in texts and labels of `element` that are none of `figures`, no date and no provision."""
    said = [piece for piece in element.itertext() if piece.strip()] + element.xpath(
        ".//@aria-label[not(starts-with(., 'Table '))]"
    )
    return {number for piece in said for number in strange(piece, figures)}


def test_each_claim_is_told_once_with_source_sample_and_what_it_does_not_show(
    pages: dict[str, lxml.html.HtmlElement], derived: Derived
) -> None:
    for claim in derived.atlas.claims.values():
        (section,) = pages["why/"].xpath(f".//section[@id='claim-{claim.id}']")
        said = text(section)
        for part in (claim.statement, claim.measured.what, claim.caveat):
            assert " ".join(part.split()) in said, claim.id
        assert not claim.measured.n or f"{claim.measured.n:,} in the sample" in said
        assert [f"../sources/{id_}/" for id_ in claim.sources] == section.xpath(".//a[@class='wa-cite']/@href")
        assert ("unconfirmed" in text(section.xpath("./h3")[0])) == (claim.confidence != "confirmed")
        if claim.origin:
            assert why.HOLDS[claim.origin.holds] in said


def test_charts_say_what_their_tables_say(pages: dict[str, lxml.html.HtmlElement], derived: Derived) -> None:
    drawn = [chart for charts in why.values(derived)["charts"].values() for chart in charts]
    assert [f"chart-{chart.chart.id}" for chart in drawn] == pages["why/"].xpath(".//figure/@id")
    for chart in drawn:
        (figure,) = pages["why/"].xpath(f".//figure[@id='chart-{chart.chart.id}']")
        wanted = sorted(told(row) for _, row in chart.rows)
        for form in ("wide", "tall"):
            (svg,) = figure.xpath(f".//svg[@class='wa-chart__{form}']")
            assert svg.get("role") == "img" and chart.chart.title in svg.get("aria-label")
            assert sorted(svg.xpath(".//text[@class='wa-chart__value']/text()")) == wanted
        cells = [" ".join(cell.text.split()) for cell in figure.xpath(".//tbody/tr/td[1]")]
        assert sorted(cells) == sorted(" ".join(value.split()) for value in wanted)


def test_only_law_stands_under_governance(pages: dict[str, lxml.html.HtmlElement], derived: Derived) -> None:
    listed = why.moved(derived.atlas)
    assert len(listed) == why.LAST_CHANGES and not {change.kind for change in listed} & why.NO_LAW
    assert [change.date for change in listed] == sorted((c.date for c in listed), reverse=True)
    links = pages["why/"].xpath(".//ul[contains(@class, 'wa-dates')]//a/@href")
    assert links == [f"../regulation/changes/#{change.id}" for change in listed]


def test_nine_dimensions_by_five_places(pages: dict[str, lxml.html.HtmlElement], derived: Derived) -> None:
    atlas = derived.atlas
    assert len(atlas.comparisons) == 9 and set(PLACES) == set(atlas.forms)
    rows = pages["private-or-api/"].xpath(".//table[contains(@class, 'wa-glance')]/tbody/tr")
    for row, dimension in zip(rows, atlas.comparisons.values(), strict=True):
        assert set(dimension.places) == set(PLACES)
        assert [text(cell) for cell in row.xpath("./td")] == [LEANS[dimension.places[p].lean] for p in PLACES]
        (section,) = pages["private-or-api/"].xpath(f".//section[@id='dimension-{dimension.id}']")
        for term, place in zip(section.xpath(".//dl/div"), PLACES, strict=True):
            assert atlas.forms[place].title in text(term) and dimension.places[place].text in text(term)
            cited = [f"../sources/{source}/" for source in dimension.places[place].sources]
            assert cited and term.xpath(".//a[@class='wa-cite']/@href") == cited, (dimension.id, place)


def test_the_checklist_leads_into_the_decision_tool(
    pages: dict[str, lxml.html.HtmlElement], derived: Derived
) -> None:
    items = pages["private-or-api/"].xpath(".//ol[@class='wa-check']/li")
    for item, signal in zip(items, derived.atlas.signals.values(), strict=True):
        links = item.xpath("./ul/li/a/@href")
        for link, level in zip(links, signal.levels, strict=True):
            assert urlsplit(link).path == "../decide/"
            assert dict(parse_qsl(urlsplit(link).fragment))[signal.id] == level.id
    (hard,) = items[0].xpath("./ul/li[3]/span")
    assert "Rules out by itself: API" in text(hard)
    possible = {v for v in VERDICTS if derived.router.sets[v]}
    assert possible == set(VERDICTS)


def test_questions_are_few_and_every_sentence_has_a_source(derived: Derived) -> None:
    assert 8 <= len(derived.atlas.faq) <= 12
    for question in derived.atlas.faq.values():
        assert question.title.endswith("?")
        assert all(part.sources or part.claims for part in question.answer), question.id
        assert bool(question.answer) != bool(question.asked), question.id


def test_a_question_is_answered_in_one_place(pages: dict[str, lxml.html.HtmlElement], derived: Derived) -> None:
    """What `/questions/` answers is not answered again: its first statement stands here and leads to the rest."""
    linked = {question.id: question.asked for question in derived.atlas.faq.values() if question.asked}
    assert len(linked) == len(set(linked.values())) >= 5
    for id_, asked in linked.items():
        (section,) = pages["private-or-api/"].xpath(f".//section[@id='faq-{id_}']")
        assert " ".join(derived.atlas.asked[asked].answer[0].text.split()) in text(section)
        assert f"../questions/{asked}/" in section.xpath(".//a/@href")


@pytest.mark.parametrize("path", PAGES)
def test_links_lead_to_pages_and_places_that_exist(site: Path, path: str) -> None:
    ids: dict[str, set[str]] = {}
    for href in article(site / path / "index.html").xpath(".//a/@href"):
        if urlsplit(href).scheme:
            continue
        target, fragment = urldefrag(urljoin(f"https://site/{path}", href))
        there = urlsplit(target).path.lstrip("/")
        file = site / there / "index.html" if there.endswith("/") or not there else site / there
        assert file.is_file(), href
        if fragment and there != "decide/":
            if there not in ids:
                ids[there] = set(lxml.html.fromstring(file.read_bytes()).xpath("//@id"))
            assert fragment in ids[there], href


def test_every_part_of_both_documents_is_carried(pages: dict[str, lxml.html.HtmlElement]) -> None:
    """Each row of the list names a page, and says what became of the statement."""
    rows = pages["origin/"].xpath(".//tbody/tr")
    assert len(rows) > 40
    for row in rows:
        said, carried, now = row.xpath("./td")
        assert carried.xpath(".//a/@href") and text(said) and text(now)
        assert re.match(r"(Kept|Narrowed|Corrected|Derived|Not confirmed|A signal|A rule|Counts|Five)", text(now))


def test_claims_are_published_as_data(site: Path, derived: Derived) -> None:
    for id_, claim in derived.atlas.claims.items():
        body = json.loads((site / f"api/claims/{id_}.json").read_text())
        assert body["page"] == f"why/#claim-{id_}"
        assert [figure["value"] for figure in body["record"]["figures"]] == [f.value for f in claim.figures]
