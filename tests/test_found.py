"""What results, shared links and programs are told, and what stands at former addresses; without a built site."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import lxml.html
import pytest
import vobject
from PIL import Image

from macros import api, cards, former, found, site
from macros.derive import Derived
from macros.law import feeds
from macros.page_spec import Found
from macros.site import Site
from tests.conftest import ROOT

BASE = "https://atlas.example/"
EMPTY = "<html><head></head><body></body></html>"


@pytest.fixture(scope="module")
def made() -> Site:
    return site.refresh(ROOT)


@pytest.fixture(scope="module")
def told(made: Site) -> dict[str, Found]:
    return {path: found.of_spec(made.derived, spec) for path, spec in made.pages.items()}


def whole(made: Site, page: Found, base: str) -> lxml.html.HtmlElement:
    html = f"<html><head></head><body>{made.render(page.path, 'edit/')}</body></html>"
    return lxml.html.fromstring(found.add(html, page, made.derived, base, cards.cards(made.derived)))


def linked(element: lxml.html.HtmlElement) -> dict[str, dict[str, Any]]:
    """The nodes of the linked data by type."""
    body = json.loads(element.xpath(".//script[@type='application/ld+json']")[0].text)
    return {node["@type"]: node for node in body["@graph"]}


def addresses(value: Any) -> list[str]:
    """Every address in linked data but those of sources, licence and vocabulary."""
    if isinstance(value, dict):
        keep = ("@id", "url", "item", "contentUrl", "image")
        own = [item for key, item in value.items() if key in keep and isinstance(item, str)]
        return own + [a for key, item in value.items() if key != "citation" for a in addresses(item)]
    return [a for item in value for a in addresses(item)] if isinstance(value, list) else []


def test_titles_and_descriptions_are_of_one_page_each(told: Mapping[str, Found]) -> None:
    for counted in (Counter(p.title for p in told.values()), Counter(p.description for p in told.values())):
        assert [text for text, times in counted.items() if times > 1] == []


def test_descriptions_end_between_words(told: Mapping[str, Found], made: Site) -> None:
    for path, page in told.items():
        assert 20 <= len(page.description) <= found.LONGEST, path
        assert page.description.endswith(" …") or len(made.pages[path].description) <= found.LONGEST, path


def test_linked_data_of_a_workload_says_what_its_record_says(made: Site, told: Mapping[str, Found]) -> None:
    for id_ in ("recruitment-screening", "code-completion"):
        item = made.derived.workloads[id_]
        nodes = linked(whole(made, told[f"workloads/{id_}/"], BASE))
        article = nodes["TechArticle"]
        assert article["headline"] == item.workload.title
        assert article["abstract"].startswith(made.derived.atlas.label("verdicts", item.verdict.verdict))
        assert item.verdict.deciding.reason in article["abstract"]
        case = linked(whole(made, told[f"workloads/{id_}/case/"], BASE))["WebPage"]
        assert case["citation"] == [made.derived.atlas.sources[s].url for s in item.sources]
        assert case["about"]["@id"] == article["@id"]
        assert nodes["WebPage"]["lastReviewed"] == item.workload.reviewed
        for invented in ("author", "publisher", "datePublished", "dateModified", "aggregateRating"):
            assert invented not in json.dumps(nodes)


def test_the_home_page_describes_the_data_with_files_that_exist(made: Site) -> None:
    page = Found("", "t", "d")
    html = found.add(EMPTY, page, made.derived, BASE, cards.cards(made.derived))
    data = linked(lxml.html.fromstring(html))["Dataset"]
    assert len(data["distribution"]) > 20
    assert {file["contentUrl"].removeprefix(BASE) for file in data["distribution"]} <= set(api.files(made.derived))
    assert 50 <= len(data["description"]) <= 5000


def test_linked_data_cannot_end_its_element(made: Site) -> None:
    page = Found("x/", "</script><script>alert(1)</script>", '" onload="alert(1)')
    html = found.add(EMPTY, page, made.derived, BASE, cards.cards(made.derived))
    parsed = lxml.html.fromstring(html)
    assert len(parsed.xpath("//script")) == 1
    assert linked(parsed)["WebPage"]["name"] == page.title
    assert parsed.xpath("//meta[@property='og:description']/@content") == [page.description]
    assert not parsed.xpath("//@onload")


@pytest.mark.parametrize("path", ["workloads/recruitment-screening/", "obligations/ai-act-26-6-keep-logs/"])
def test_without_an_address_nothing_absolute_is_written(made: Site, told: Mapping[str, Found], path: str) -> None:
    element = whole(made, told[path], "")
    names = element.xpath("./head/meta/@property")
    assert "og:title" in names
    assert not {"og:url", "og:image"} & set(names)
    for address in addresses(list(linked(element).values())):
        assert not re.match(r"[a-z]+:|/", address), address
    assert "Sitemap" not in found.robots("")
    assert "Sitemap: https://atlas.example/sitemap.xml\n" in found.robots(BASE)


def test_feeds_without_an_address_lead_to_the_pages_or_nowhere(derived: Derived) -> None:
    made_ = feeds.files(derived, "")
    atom = made_[feeds.FEED].decode()
    links = set(re.findall(r'href="([^"]+)"', atom))
    assert "../regulation/changes/" in links
    assert all(link.startswith("../") for link in links)
    for path, content in made_.items():
        if path.endswith(".ics"):
            vobject.readOne(content.decode()).validate(raiseException=True)
            assert b"\nURL" not in content
    assert b"\nURL:https://atlas.example/" in feeds.files(derived, BASE)[feeds.DATES]


def test_every_workload_and_pattern_has_its_picture(derived: Derived) -> None:
    told_ = cards.cards(derived)
    assert len(told_) == len(derived.workloads) + len(derived.by_pattern) + 1
    for id_, item in derived.workloads.items():
        card = told_[f"assets/cards/workloads/{id_}.png"]
        assert card.title == item.workload.title
        assert [verdict for verdict, *_ in card.verdicts] == [item.verdict.verdict]
        assert derived.atlas.label("verdicts", item.verdict.verdict) in card.alt


def test_pictures_are_png_of_the_right_size_and_the_same_each_time() -> None:
    assets = ROOT / "docs/assets"
    title = "Questions over contracts, policies and case files in Łódź, České Budějovice and elsewhere"
    card = cards.Card("Sensitive records", title, (("hybrid", "Hybrid", "Own hardware · clear"),))
    first = cards._png(card, assets)
    for cache in (cards._png, cards._ground, cards._font):
        cache.cache_clear()
    assert cards._png(card, assets) == first
    picture = Image.open(io.BytesIO(first))
    assert (picture.format, picture.size) == ("PNG", (cards.WIDTH, cards.HEIGHT))
    assert len(first) < 100_000
    assert cards._png(replace(card, title="Another"), assets) != first


def test_pictures_have_the_colours_of_the_site() -> None:
    css = (ROOT / "docs/assets/css/atlas.css").read_text()
    for colour in (cards.PAPER, cards.INK, cards.QUIET, cards.LINE, cards.PRIMARY, *cards.COLOURS.values()):
        assert colour in css
    for verdict, colour in cards.COLOURS.items():
        assert f"--wa-{verdict}: {colour};" in css


def test_no_id_dies(made: Site) -> None:
    """Pages lead on, files are served at both addresses."""
    ids = {
        "workloads": {"cv-screening": "recruitment-screening"},
        "models": {"llama-3.1": "llama-3.1-8b-instruct"},
    }
    settings = replace(made.derived.atlas.settings, former_ids=ids)
    derived = replace(made.derived, atlas=replace(made.derived.atlas, settings=settings))
    others: dict[str, bytes | str] = {**api.files(derived), **feeds.files(derived, BASE)}
    others["assets/cards/workloads/recruitment-screening.png"] = b"picture"
    files = former.files(derived, made.pages, others, BASE)
    assert set(files) == {
        "workloads/cv-screening/index.html",
        "workloads/cv-screening/case/index.html",
        "workloads/cv-screening/law/index.html",
        "workloads/cv-screening/run/index.html",
        "workloads/cv-screening/checklist/index.html",
        "workloads/cv-screening/dates.ics",
        "api/workloads/cv-screening.json",
        "assets/cards/workloads/cv-screening.png",
        "models/llama-3.1/index.html",
        "api/models/llama-3.1.json",
    }
    assert json.loads(files["api/workloads/cv-screening.json"])["id"] == "recruitment-screening"
    page = lxml.html.fromstring(files["workloads/cv-screening/checklist/index.html"])
    there = "../../../workloads/recruitment-screening/checklist/"
    assert page.xpath("//a/@href") == [there]
    assert page.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={there}"]
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{BASE}workloads/recruitment-screening/checklist/"]
    alone = former.files(derived, made.pages, {}, "")["workloads/cv-screening/index.html"]
    assert "https:" not in str(alone)


def test_no_former_id_means_no_file(made: Site) -> None:
    if not made.derived.atlas.settings.former_ids:
        assert former.files(made.derived, made.pages, api.files(made.derived), BASE) == {}


def test_a_printed_brief_has_verdict_plan_obligations_and_sources(made: Site) -> None:
    for id_, item in made.derived.workloads.items():
        markdown = made.render(f"workloads/{id_}/", "edit/", BASE)
        brief = lxml.html.fromstring(f"<div>{markdown}</div>").xpath("//*[contains(@class, 'wa-printed')]")
        text = " ".join(" ".join(part.text_content() for part in brief).split())
        links = {link for part in brief for link in part.xpath(".//a/@href")}
        atlas = made.derived.atlas
        wanted = [atlas.label("verdicts", item.verdict.verdict), item.verdict.deciding.reason]
        wanted += [s.model.title for step in item.steps for s in step.suggestions]
        wanted += [note.obligation.provision for note in item.notes]
        wanted += [atlas.sources[source].title for source in item.own_sources]
        wanted += ["Information, not legal advice", f"{BASE}workloads/{id_}/"]
        assert [words for words in wanted if " ".join(words.split()) not in text] == [], id_
        assert {atlas.sources[source].url for source in item.own_sources} <= links
        texts: dict[str, set[str]] = {}
        for note in item.notes:
            o = note.obligation
            texts.setdefault(o.instrument, set()).add(o.text_url.partition("#")[0])
            if note.state == "proposed":
                _, _, rest = text.partition(f"{atlas.instruments[o.instrument].title} ")
                law, _, proposed = rest.partition("proposed, not law ")
                assert " ".join(o.provision.split()) in proposed
                assert " ".join(o.provision.split()) not in law
        assert all(found & links for found in texts.values()), id_


def test_a_brief_without_an_address_names_the_page(made: Site) -> None:
    markdown = made.render("workloads/code-completion/", "edit/")
    assert "of the atlas (workloads/code-completion/)" in markdown


def test_the_palette_of_paper_is_the_light_one() -> None:
    """The dark colours are for screens alone, so a dark page prints with the light ones, on white."""
    css = ROOT / "docs/assets/css"
    atlas, paper = ((css / name).read_text(encoding="utf-8") for name in ("atlas.css", "print.css"))
    screen = re.search(
        r"@media screen \{\n  \[data-md-color-scheme=\"slate\"\] \{(.*?)\n  \}\n\}", atlas, re.DOTALL
    )
    assert screen
    assert "--wa-paper:" in screen[1]
    outside = atlas.replace(screen[0], "")
    assert not re.search(r'"slate"\][^{]*\{[^}]*--wa-(?:paper|ink)', outside)
    assert re.search(r'@media print \{.*?"slate"\] \{[^}]*--wa-paper: #fff', paper, re.DOTALL)
