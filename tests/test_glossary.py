"""Words of the glossary in the text of pages: what is marked, what is left alone, that nothing else changes."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros import glossary
from macros.model import Atlas, GlossaryTerm


def term(id_: str, *written: str) -> GlossaryTerm:
    return GlossaryTerm(id_, id_, "engine", "…", written, "2026-11-25")


WORDS = glossary.words(
    [term("kv-cache", "KV cache"), term("cache", "cache"), term("rag", "RAG"), term("bound", "hard boundary")]
)


def links(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<a class="wa-word" href="\.\./glossary/#([\w-]+)">([^<]*)</a>', html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>The KV cache and the cache.</p>", [("kv-cache", "KV cache"), ("cache", "cache")]),
        ("<p>RAG, and RAG again.</p><p>RAG.</p>", [("rag", "RAG")]),
        ("<p>Hard boundary at the start.</p>", [("bound", "Hard boundary")]),
        ("<p>a hard\nboundary</p>", [("bound", "hard\nboundary")]),
        ("<p>cached, RAG-like, un-cache, DRAG</p>", []),
        ('<p><a href="x">RAG</a> <code>RAG</code></p><h2>RAG</h2>', []),
        ("<p><a href='x'>a <b>RAG</b></a> then RAG</p>", [("rag", "RAG")]),
        ('<p title="RAG">x</p><!-- RAG --><script>"RAG"</script>', []),
        ("<svg><text>RAG</text></svg><p>RAG</p>", [("rag", "RAG")]),
        ("<button>RAG<br></button><p>RAG</p>", [("rag", "RAG")]),
        ('<p><span class="wa-verdict wa-verdict--api">RAG</span> RAG</p>', [("rag", "RAG")]),
        ("<table data-unmarked><tr><td>RAG<td>RAG</table><p>RAG</p>", [("rag", "RAG")]),
        ('<p><span class="wa-verdict">x</span> <span>RAG</span></p>', [("rag", "RAG")]),
    ],
)
def test_first_use_in_prose_is_a_link(html: str, expected: list[tuple[str, str]]) -> None:
    assert links(glossary.marked(html, WORDS, "../")) == expected


@given(
    st.lists(
        st.sampled_from(
            ["RAG", "cache", "KV cache", " ", "<p>", "</p>", "<b>", "</b>", "&amp;", "<a href='#'>", "</a>", "x"]
        )
    )
)
def test_only_links_are_added(parts: list[str]) -> None:
    html = "".join(parts)
    marked = glossary.marked(html, WORDS, "../")
    assert re.sub(r'<a class="wa-word" href="[^"]*">(.*?)</a>', r"\1", marked, flags=re.DOTALL) == html
    found = [id_ for id_, _ in links(marked)]
    assert len(found) == len(set(found))


def test_no_written_form_belongs_to_two_terms(atlas: Atlas) -> None:
    forms = [form for one in atlas.glossary.values() for form in one.written]
    assert len(forms) == len(set(forms))


def test_words_are_marked_across_the_site_and_lead_to_their_meaning(site: Path, atlas: Atlas) -> None:
    marked: dict[str, set[str]] = {}
    for path in site.rglob("index.html"):
        folder = path.relative_to(site).parts[0]
        for id_ in re.findall(r'class="wa-word" href="[./]*glossary/#([\w-]+)"', path.read_text(encoding="utf-8")):
            marked.setdefault(id_, set()).add(folder)
    assert marked.keys() <= atlas.glossary.keys()
    assert len(marked) > len(atlas.glossary) * 0.7
    for id_, folder in (("third-country", "obligations"), ("deployer", "obligations"), ("lora", "techniques")):
        assert folder in marked[id_]
    assert not {"sources", "glossary", "vocabulary"} & set().union(*marked.values())
    page = lxml.html.parse(str(site / "glossary/index.html")).getroot()
    assert set(atlas.glossary) <= set(page.xpath("//@id"))
