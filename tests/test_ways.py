"""Ways in without a workload: questions, techniques, assurances, coverage, and the words they are told in."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest

from macros import loaded_words
from macros.derive import Derived
from macros.library import Library
from macros.model import Atlas
from macros.render import environment, render_page
from macros.ways import coverage
from macros.ways.counts import COUNTS
from macros.ways.pages import pages
from macros.ways.places import TOOLS, asked_about, flat, resolve, sources_of
from macros.ways.rests import SHOWN, rests_on
from tests.conftest import ROOT

CSS_AND_CODE = re.compile(r"<[^>]+>|\{[{%#].*?[}%#]\}", re.S)


@pytest.fixture(scope="module")
def rendered(derived: Derived) -> dict[str, str]:
    """Every page of this kind as Markdown, by its path."""
    env = environment(derived)
    found = {}
    for spec in pages(derived):
        root = "../" * spec.path.count("/")
        found[spec.path] = render_page(env, spec.template, root, edit_base="edit/", **spec.values)
    return found


def test_what_people_ask_first_has_a_page(atlas: Atlas) -> None:
    """The topics most wanted, and enough questions for each to be a way in."""
    topics = Counter(question.topic for question in atlas.asked.values())
    assert set(topics) == set(atlas.vocabulary["asked-topics"].terms)
    assert min(topics.values()) >= 2
    assert 25 <= len(atlas.asked) <= 40


def test_the_order_within_a_topic_is_said_once(atlas: Atlas) -> None:
    places = Counter((question.topic, question.order) for question in atlas.asked.values())
    assert [place for place, times in places.items() if times > 1] == []


def test_an_answer_is_short_and_each_statement_names_its_ground(atlas: Atlas) -> None:
    for question in atlas.asked.values():
        assert len(" ".join(part.text for part in question.answer).split()) <= 190, question.id
        for part in (*question.answer, *question.depends_on):
            assert part.sources or part.follows_from, (question.id, part.text)


def test_pages_show_every_statement_with_its_links(derived: Derived, rendered: dict[str, str]) -> None:
    for id_, question in derived.atlas.asked.items():
        text = rendered[f"questions/{id_}/"]
        for part in (*question.answer, *question.depends_on):
            for source in part.sources:
                assert f"sources/{source}/" in text, (id_, source)
            for _, items in resolve(derived.atlas, part.follows_from):
                for item in items:
                    assert f'href="../../{item.path}"' in text, (id_, item)


def test_an_answer_shows_an_outside_source_its_own_or_that_of_a_page_it_follows_from(
    derived: Derived, rendered: dict[str, str]
) -> None:
    """Derived: what the records rest on that a statement follows from, so that nobody types a source twice."""
    atlas = derived.atlas
    for id_, question in atlas.asked.items():
        page = lxml.html.fromstring(rendered[f"questions/{id_}/"])
        rests = rests_on(atlas, (*question.answer, *question.depends_on))
        assert sources_of(question) or rests, id_
        terms = {row.xpath("string(./dt)"): row for row in page.xpath("//details//dl/div")}
        assert len(terms) == len(rests), id_
        for rest in rests:
            row = terms[rest.place.title]
            assert row.xpath("./dt/a/@href") == [f"../../{rest.place.path}"]
            assert row.xpath("./dd//a/@href") == [f"../../sources/{source}/" for source in rest.sources]
            assert (f"and {rest.more} more there" in row.text_content()) == (rest.more > 0)
            assert len(rest.sources) <= SHOWN
        # Open where the page has nothing else to show.
        assert bool(page.xpath("//details[@open]//dl")) == (bool(rests) and not sources_of(question)), id_
        assert "No outside source" not in rendered[f"questions/{id_}/"]


def test_what_an_answer_rests_on_is_what_its_records_name(atlas: Atlas) -> None:
    (transparency,) = [
        rest for rest in rests_on(atlas, atlas.asked["tell-people"].answer) if "ai-act-50-1" in rest.place.path
    ]
    assert transparency.sources == atlas.obligations["ai-act-50-1-say-it-is-ai"].sources[:SHOWN]
    tools_alone = [part for part in atlas.asked["self-host-or-api"].answer if set(part.follows_from) == {"tools"}]
    assert tools_alone and rests_on(atlas, tools_alone) == ()


def test_every_question_is_on_the_list_and_leads_on(derived: Derived, rendered: dict[str, str]) -> None:
    for id_, question in derived.atlas.asked.items():
        assert f"questions/{id_}/" in rendered["questions/"]
        assert set(question.see) - {"asked"}, id_


def test_counts_have_the_names_that_the_schema_offers_and_figures_of_the_data(derived: Derived) -> None:
    schema = json.loads((ROOT / "schema/asked-question.schema.json").read_text())
    assert schema["properties"]["counted"]["items"]["enum"] == list(COUNTS)
    used = {name for question in derived.atlas.asked.values() for name in question.counted}
    assert used == set(COUNTS), "a count that no question tells is dead code"
    for make in COUNTS.values():
        assert re.search(r"\d", make(derived).text)
    assert COUNTS["catalogue"](derived).text.startswith(f"The catalogue has {len(derived.atlas.models)} ")
    open_now = sum(item.verdict.verdict == "self-host" for item in derived.workloads.values())
    assert f"{open_now} self-host" in COUNTS["verdicts"](derived).text


def test_tools_are_those_of_the_vocabulary_and_have_pages(atlas: Atlas) -> None:
    assert list(TOOLS) == list(atlas.vocabulary["tools"].terms)


def test_a_technique_says_what_it_takes_moves_and_does_to_roles(
    derived: Derived, rendered: dict[str, str]
) -> None:
    for id_, technique in derived.atlas.techniques.items():
        text = rendered[f"techniques/{id_}/"]
        for part in technique.runs_on:
            assert part.text in text
        for move in technique.moves:
            assert f"routing/#signal-{move.signal}" in text
        assert f"regulation/role/#technique-{id_}" in text
        usual = [w for w in derived.workloads.values() if id_ in w.workload.facts.system.techniques]
        for item in usual:
            assert f"workloads/{item.workload.id}/" in text


def test_questions_are_found_from_what_they_rest_on(atlas: Atlas) -> None:
    assert "stay-in-europe" in {q.id for q in asked_about(atlas, "assurances", "eu-region")}
    assert "logs-and-vectors" in {q.id for q in asked_about(atlas, "obligations", "gdpr-17-erase")}


def test_coverage_is_counted_from_the_data(derived: Derived, rendered: dict[str, str]) -> None:
    found = coverage.values(derived)
    assert sum(number for _, number in found["law"]) == len(derived.atlas.instruments)
    assert sum(number for _, number in found["jobs"]) == found["steps"]
    assert {card.id for card in (*found["planned_cards"], *found["other_cards"])} == set(
        derived.atlas.accelerators
    )
    text = rendered[coverage.PATH]
    for item in found["without_deployment"]:
        assert item.workload.title in text


def test_coverage_says_of_each_use_without_a_workload_what_comes_nearest(
    derived: Derived, rendered: dict[str, str]
) -> None:
    """At a place of its own, in the order of the alphabet, and that nothing is near where nothing is."""
    page = lxml.html.fromstring(rendered[coverage.PATH])
    ids = [element.get("id") for element in page.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    uses = derived.atlas.absent
    assert 25 <= len(uses) <= 40
    titles = [use.title.casefold() for use in uses.values()]
    assert titles == sorted(titles)
    assert [id_ for id_ in ids if id_ in uses] == list(uses)
    for id_, use in uses.items():
        (place,) = page.xpath(f"//*[@id='{id_}']")
        text = " ".join(place.text_content().split())
        assert text.startswith(f"{use.title} {use.why}")
        assert ("Nothing here is near." in text) == (not use.nearest)
        wanted = [f"../workloads/{workload}/" for workload in use.nearest]
        wanted += [f"../{item.path}" for item in flat(derived.atlas, use.see)]
        assert place.xpath(".//a/@href") == wanted


def test_coverage_says_when_the_uses_without_a_workload_were_last_reviewed(
    derived: Derived, rendered: dict[str, str]
) -> None:
    """Once for all while they are of one day, at each when they are not."""
    page = lxml.html.fromstring(rendered[coverage.PATH])
    uses = derived.atlas.absent
    days = sorted({use.reviewed for use in uses.values()})
    (line,) = page.xpath("//dl[@class='wa-glossary']/preceding-sibling::p[1]")
    assert line.xpath("./time/@datetime") == days
    for id_, use in uses.items():
        (place,) = page.xpath(f"//*[@id='{id_}']")
        assert (f"Reviewed {use.reviewed}." in place.text_content()) == (len(days) > 1)


def test_a_statement_passes_that_says_from_whom() -> None:
    assert list(loaded_words.loaded("Kept private from administrators, secure against replay.")) == []
    assert list(loaded_words.loaded("A private person uses Private Cloud Compute.")) == []
    assert list(loaded_words.loaded("It is private and secure, and compliant.")) == [
        "private",
        "secure",
        "compliant",
    ]
    assert list(loaded_words.loaded("A\n  private   place")) == ["private"]


def _texts(library: Library) -> Iterator[tuple[str, str]]:
    for entry in library.all():
        if entry.kind.folder != "sources":
            yield from ((entry.document.file, raw) for raw in entry.document.raw.values())
    yield from _pages()


def _pages() -> Iterator[tuple[str, str]]:
    """What templates, documents, scripts and the package itself can print."""
    for path in sorted((ROOT / "macros/templates").glob("*.jinja")):
        yield path.name, CSS_AND_CODE.sub(" ", path.read_text())
    for path in sorted((ROOT / "docs").glob("*.md")):
        if path.name not in ("contributing.md", "decisions.md", "errors.md"):  # they quote and explain
            yield path.name, re.sub(r"\]\([^)]*\)", "]", path.read_text())
    for path in sorted((ROOT / "docs/assets/js").rglob("*.js")):
        if "vendor" not in path.parts:
            yield path.name, re.sub(r"(?m)//.*$", "", path.read_text())
    for path in sorted((ROOT / "macros").rglob("*.py")):
        # The lists of the search are words that people type; no page prints them.
        if path.name not in ("loaded_words.py", "search_text.py", "search_everyday.py"):
            yield from ((path.name, text) for text in _literals(path))


def _literals(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text())
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    doc = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, documented)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and text not in doc and " " in text.strip():
            yield text


def test_no_page_says_private_secure_or_compliant_and_leaves_it_open() -> None:
    found = {(name, word) for name, text in _pages() for word in loaded_words.loaded(text)}
    assert found == set()


def test_no_allowed_phrase_outlives_its_use(library: Library) -> None:
    everything = " ".join(" ".join(text.split()).lower() for _, text in _texts(library))
    assert [phrase for phrase in loaded_words.ALLOWED if phrase not in everything] == []
