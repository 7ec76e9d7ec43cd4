"""The built site as search engines, networks and programs read it: every page, not a sample."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree

import lxml.html
import pytest
from lxml.html import HtmlElement

from macros.derive import Derived
from tests.conftest import PUBLISHED


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, HtmlElement]:
    """Every page but that for missing addresses, by its address below the site root."""
    found = {}
    for file in sorted(site.rglob("index.html")):
        path = file.relative_to(site).as_posix()
        found[path.removesuffix("index.html")] = lxml.html.fromstring(file.read_bytes())
    return found


def one(page: HtmlElement, xpath: str) -> str:
    """What there must be exactly once."""
    found = page.xpath(xpath)
    assert len(found) == 1, (xpath, found)
    return str(found[0])


def graph(page: HtmlElement) -> dict[str, dict[str, Any]]:
    """The nodes of the linked data by type, each once."""
    body = json.loads(one(page, "//script[@type='application/ld+json']/text()"))
    assert body["@context"] == "https://schema.org"
    nodes = {node["@type"]: node for node in body["@graph"]}
    assert len(nodes) == len(body["@graph"])
    return nodes


@pytest.mark.parametrize(
    "xpath",
    [
        "//head/title/text()",
        "//head/meta[@name='description']/@content",
        "//head/link[@rel='canonical']/@href",
        "//head/meta[@property='og:url']/@content",
        "//head/meta[@property='og:title']/@content",
        "//head/meta[@property='og:description']/@content",
    ],
)
def test_every_page_has_its_own(pages: dict[str, HtmlElement], xpath: str) -> None:
    where = defaultdict(list)
    for address, page in pages.items():
        where[one(page, xpath)].append(address)
    assert {text: found for text, found in where.items() if len(found) > 1} == {}


def test_addresses_are_those_of_the_page(pages: dict[str, HtmlElement]) -> None:
    for address, page in pages.items():
        assert one(page, "//head/link[@rel='canonical']/@href") == PUBLISHED + address
        assert one(page, "//head/meta[@property='og:url']/@content") == PUBLISHED + address


def test_tags_say_the_same_as_each_other(pages: dict[str, HtmlElement]) -> None:
    for address, page in pages.items():
        description = one(page, "//head/meta[@name='description']/@content")
        assert one(page, "//head/meta[@property='og:description']/@content") == description
        node = graph(page)["WebPage"]
        assert node["description"] == description, address
        assert node["url"] == PUBLISHED + address
        assert one(page, "//head/title/text()").startswith(node["name"]), address


def test_pictures_are_there_and_each_workload_has_its_own(
    site: Path, pages: dict[str, HtmlElement], derived: Derived
) -> None:
    of = {}
    for address, page in pages.items():
        picture = one(page, "//head/meta[@property='og:image']/@content")
        assert (site / picture.removeprefix(PUBLISHED)).read_bytes().startswith(b"\x89PNG"), address
        assert one(page, "//head/meta[@property='og:image:alt']/@content")
        of[address] = picture
    own = {of[f"workloads/{id_}/"] for id_ in derived.workloads}
    assert len(own) == len(derived.workloads)
    for id_ in derived.workloads:
        for name in ("law", "run", "checklist"):
            assert of[f"workloads/{id_}/{name}/"] == of[f"workloads/{id_}/"]
        assert graph(pages[f"workloads/{id_}/"])["TechArticle"]["image"] == of[f"workloads/{id_}/"]


def test_the_way_told_to_programs_is_the_way_shown(pages: dict[str, HtmlElement]) -> None:
    for address, page in pages.items():
        if address == "":
            continue
        steps = graph(page)["BreadcrumbList"]["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        assert steps[-1]["item"] == PUBLISHED + address
        shown = page.xpath("//nav[@class='wa-where']//li")
        if shown:
            assert [step["name"] for step in steps] == [" ".join(li.text_content().split()) for li in shown]
            links = [urljoin(PUBLISHED + address, li.xpath("./a/@href")[0]) for li in shown[:-1]]
            assert [step["item"] for step in steps[:-1]] == links
        else:
            assert len(steps) == 2, address


def test_types_are_those_of_the_pages(pages: dict[str, HtmlElement], derived: Derived) -> None:
    for address, page in pages.items():
        types = set(graph(page))
        article = re.fullmatch(r"workloads/([^/]+)/", address)
        expected = {"WebSite", "WebPage"} | ({"Dataset"} if address == "" else {"BreadcrumbList"})
        assert types == expected | ({"TechArticle"} if article else set()), address


def test_linked_data_refers_to_nodes_and_files_that_are_there(site: Path, pages: dict[str, HtmlElement]) -> None:
    known = {node["@id"] for page in pages.values() for node in graph(page).values()}
    for address, page in pages.items():
        for node in graph(page).values():
            for key in ("isPartOf", "breadcrumb", "mainEntity", "mainEntityOfPage"):
                assert key not in node or node[key]["@id"] in known, (address, key)
            for file in [*node.get("distribution", []), *node.get("encoding", [])]:
                assert (site / file["contentUrl"].removeprefix(PUBLISHED)).is_file(), file


def test_the_sitemap_lists_every_page_and_robots_names_it(site: Path, pages: dict[str, HtmlElement]) -> None:
    tree = ElementTree.parse(site / "sitemap.xml")
    listed = [str(loc.text) for loc in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert sorted(listed) == sorted(PUBLISHED + address for address in pages)
    robots = (site / "robots.txt").read_text()
    assert robots == f"User-agent: *\nAllow: /\n\nSitemap: {PUBLISHED}sitemap.xml\n"


def test_the_page_for_missing_addresses_is_no_result_and_offers_the_search(site: Path) -> None:
    page = lxml.html.fromstring((site / "404.html").read_bytes())
    assert one(page, "//head/meta[@name='robots']/@content") == "noindex"
    assert not page.xpath("//head/link[@rel='canonical']")
    assert page.xpath("//article//a[@data-wa-search]")
