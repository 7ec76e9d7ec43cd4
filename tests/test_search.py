"""What search knows, and how well it answers: every page once, small enough to load, and the relevance set."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from macros import search_everyday, search_index, search_text, search_words, site
from macros.derive import Derived
from macros.site import Site
from tests import search_report
from tests.conftest import ROOT

BUDGET = 172_000
"""Bytes compressed for the first query: library, engine, view and the first part of the index."""


@pytest.fixture(scope="module")
def atlas_site() -> Site:
    return site.refresh(ROOT)


@pytest.fixture(scope="module")
def engine_page(browser: Browser, atlas_site: Site) -> Iterator[Page]:
    page = browser.new_page()
    search_report.load(page, atlas_site.scripts)
    yield page
    page.close()


def found(page: Page, query: str) -> list[str]:
    ask = "query => engine.search(query).hits.map(hit => hit.entry.path)"
    return [str(path) for path in page.evaluate(ask, query)]


def test_every_page_is_an_entry_once(derived: Derived, atlas_site: Site) -> None:
    documents = search_index.documents(ROOT / "docs")
    entries = search_index.entries(derived, atlas_site.pages.values(), documents)
    paths = [entry.path for entry in entries]
    assert len(paths) == len(set(paths))
    assert set(atlas_site.pages) <= set(paths)
    assert {entry.path for entry in documents} == {f"{p.stem}/" for p in (ROOT / "docs").glob("*.md")} - {"index/"}


def test_the_first_query_loads_little(atlas_site: Site) -> None:
    files = (
        search_report.VENDOR,
        *search_report.ENGINE,
        search_report.JS / "search/view.js",
        search_report.JS / "dom.js",
    )
    texts = [file.read_bytes() for file in files] + [atlas_site.scripts[search_index.FILE].encode()]
    assert sum(len(gzip.compress(text, 6, mtime=0)) for text in texts) <= BUDGET


def test_the_library_is_the_published_file() -> None:
    """The file of the package minisearch 7.2.0 on the npm registry, dist/umd/index.js, unchanged."""
    text = search_report.VENDOR.read_bytes()
    assert hashlib.sha256(text).hexdigest() == "03c27931eb603af1d3358579e9885eafdb6a2f5fa9929557b3e77d7e99d06d03"
    assert "Permission is hereby granted" in search_report.VENDOR.with_name("minisearch-LICENSE.txt").read_text()


@pytest.mark.parametrize("name", search_report.SETS)
def test_relevance(engine_page: Page, name: str) -> None:
    outcomes = search_report.run(engine_page, name)
    assert len(outcomes) >= (48 if name == "audited" else 60)
    first, among_three = search_report.SETS[name]
    missed = [(o.query, o.found[:3]) for o in outcomes if o.rank is None or o.rank > 3]
    assert search_report.success(outcomes, 3) >= among_three, missed
    assert search_report.success(outcomes, 1) >= first, [o.query for o in outcomes if o.rank != 1]


def test_expected_pages_exist(derived: Derived, atlas_site: Site) -> None:
    entries = search_index.entries(derived, atlas_site.pages.values(), search_index.documents(ROOT / "docs"))
    known = {entry.path for entry in entries}
    wanted = {
        path for name in search_report.SETS for want in search_report.queries(name).values() for path in want
    }
    assert wanted - known == set()


def test_every_title_finds_its_page_first(engine_page: Page, atlas_site: Site) -> None:
    """Workloads, laws, models, engines and accelerators by their titles, whatever else carries the words."""
    shown = ("workloads/", "instruments/", "models/", "engines/", "accelerators/", "patterns/")
    for path, spec in atlas_site.pages.items():
        if path.startswith(shown) and path.count("/") == 2:
            assert found(engine_page, spec.title)[0] == path, spec.title


def test_one_slip_of_the_finger_is_forgiven(engine_page: Page, derived: Derived) -> None:
    """Two letters swapped in the longest word of each workload’s title: it is still among the first three."""
    missed = []
    for workload in derived.atlas.workloads.values():
        word = max(workload.title.replace(",", " ").split(), key=len)
        slip = f"{word[:3]}{word[4]}{word[3]}{word[5:]}"
        query = workload.title.replace(word, slip)
        if f"workloads/{workload.id}/" not in found(engine_page, query)[:3]:
            missed.append(query)
    assert missed == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("CV screening", "workloads/recruitment-screening/"),
        ("recruitment screening", "workloads/recruitment-screening/"),
        ("code completion", "workloads/code-completion/"),
        ("fill-in-the-middle", "workloads/code-completion/"),
        ("ambient scribe", "workloads/clinical-documentation/"),
        ("COBOL", "workloads/legacy-modernisation/"),
        ("invoice", "workloads/document-extraction/"),
        ("regulated decisions", "patterns/regulated-decisions/"),
        ("GDPR", "instruments/gdpr/"),
        ("vLLM", "engines/vllm/"),
        ("Qwen3.8 27B", "models/qwen3.8-27b/"),
        ("L40S", "accelerators/l40s/"),
    ],
)
def test_names_rank_before_pages_that_mention_them(engine_page: Page, query: str, expected: str) -> None:
    assert found(engine_page, query)[0] == expected


def test_a_use_without_a_workload_is_found_by_each_of_its_names(engine_page: Page, derived: Derived) -> None:
    """First or second: a duty may speak of it as well. Never before a workload that has the name."""
    for use in derived.atlas.absent.values():
        for name in (use.title, *use.synonyms):
            assert f"coverage/#{use.id}" in found(engine_page, name)[:2], name
    for workload in derived.atlas.workloads.values():
        for name in workload.synonyms:
            assert not found(engine_page, name)[0].startswith("coverage/#"), name
    chat = found(engine_page, "customer support chatbot").index("coverage/#customer-service-chat")
    assert chat < 2


def test_an_article_finds_its_obligations(engine_page: Page) -> None:
    assert all(path.startswith("obligations/") for path in found(engine_page, "Article 26")[:5])


def test_what_is_typed_so_far_already_finds(engine_page: Page) -> None:
    for typed in ("recr", "recruitm", "recruitment s", "recruitment scree"):
        assert found(engine_page, typed)[0] == "workloads/recruitment-screening/", typed


def test_order_follows_its_rules(engine_page: Page) -> None:
    first = {query: found(engine_page, query) for query in ("GDPR", "embeddings", "cobol", "content moderation")}
    gdpr = first["GDPR"]
    assert gdpr[0] == "instruments/gdpr/"
    assert gdpr.index("instruments/uk-gdpr/") > 0
    assert gdpr.index("obligations/gdpr-17-erase/") < min(
        n for n, path in enumerate(gdpr) if path.startswith("sources/")
    )
    assert first["embeddings"][0] == "workloads/private-embedding-and-reranking/", "a page before a place on one"
    assert first["cobol"][0] == "workloads/legacy-modernisation/", "the atlas before its sources"
    assert first["content moderation"][0] == "workloads/content-moderation/", "a title before a synonym"


def test_what_has_every_word_is_the_same_whether_others_are_left_out_or_not_looked_for(engine_page: Page) -> None:
    """At every beginning of a query: in what is found, and in its order. The list of workloads asks so."""
    differing = """queries => queries.flatMap(query => [...query].map((_, n) => query.slice(0, n + 1)))
      .filter(part =>
      engine.search(part).hits.filter(({ whole }) => whole).map(({ entry }) => entry.id).join()
      !== engine.search(part, null, true).hits.map(({ entry }) => entry.id).join())"""
    assert engine_page.evaluate(differing, list(search_report.queries("held_out"))[:60]) == []


def test_a_supplier_counts_little_where_somebody_weighs_an_api_up(engine_page: Page) -> None:
    assert found(engine_page, "how much would we save by leaving openai")[0] == "questions/self-host-or-api/"
    assert found(engine_page, "openai privacy filter")[0] == "models/openai-privacy-filter/"


def test_suppliers_whose_prices_are_known_are_known_to_the_search(derived: Derived) -> None:
    sellers = {offer.provider for offer in derived.atlas.offers.values()} - {"google", "together"}
    assert sellers <= set(search_text.SUPPLIERS)


@pytest.mark.parametrize("supplier", ["openai", "azure openai", "chatgpt", "bedrock", "claude"])
def test_a_supplier_that_is_weighed_up_stands_for_an_api(engine_page: Page, supplier: str) -> None:
    weighed = {"cost/", "private-or-api/"}
    for query in (f"cost of {supplier}", f"what does it cost compared with {supplier}"):
        assert set(found(engine_page, query)[:2]) == weighed, query
    assert found(engine_page, f"{supplier} vs own model")[0] == "private-or-api/"
    assert found(engine_page, "openai whisper")[0] == "models/whisper-large-v3/", "not weighed up"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Schadensmeldungsbearbeitung", "workloads/insurance-claims-assessment/"),
        ("Rechnungsautomatisierung", "workloads/finance-back-office-agent/"),
        ("Vertragsübersetzung", "workloads/machine-translation/"),
        ("Bewerberdaten", "workloads/recruitment-screening/"),
    ],
)
def test_a_compound_is_found_by_what_it_is_made_of(
    engine_page: Page, atlas_site: Site, query: str, expected: str
) -> None:
    names = "".join(atlas_site.scripts.values()).lower()
    assert query.lower() not in names, "it is not simply listed"
    assert expected in found(engine_page, query)[:3]


def test_a_slip_is_not_taken_for_a_compound(engine_page: Page) -> None:
    ask = "query => engine.search(query).corrected"
    assert engine_page.evaluate(ask, "transcripton ") == [["transcripton", "transcription"]]


def test_rare_words_decide_and_frequent_ones_do_not(engine_page: Page) -> None:
    """Words said of hundreds of pages around a decisive one change nothing; those that say nothing even less."""
    for word, expected in (
        ("mainframe", "workloads/legacy-modernisation/"),
        ("phishing", "workloads/soc-alert-triage/"),
        ("redaction", "techniques/de-identification/"),
    ):
        for query in (
            f"can our model {word} the data",
            f"is there an ai system for {word}",
            f"was ist mit {word}",
        ):
            assert expected in found(engine_page, query)[:2], query


def test_a_question_typed_as_it_stands_is_found_first(engine_page: Page, derived: Derived) -> None:
    for question in derived.atlas.asked.values():
        assert found(engine_page, question.title)[0] == f"questions/{question.id}/", question.title


def test_parts_of_a_workload_do_not_stand_before_other_workloads(engine_page: Page) -> None:
    for query in ("transcription", "translation", "claims", "sql", "documentation"):
        first = found(engine_page, query)[:5]
        assert not [path for path in first if path.startswith("workloads/") and path.count("/") > 2], query
    for part in ("checklist", "law", "run"):
        asked = found(engine_page, f"recruitment screening {part}")[:3]
        assert f"workloads/recruitment-screening/{part}/" in asked, part


def test_workloads_come_before_what_else_has_a_word(engine_page: Page) -> None:
    for query in ("agent", "assistant", "chatbot", "extraction"):
        assert found(engine_page, query)[0].startswith("workloads/"), query


def test_provisions_are_read_however_they_are_written(engine_page: Page) -> None:
    for query in ("annex iii", "annex 3", "Anhang III", "annexe 3"):
        assert "regulation/class/" in found(engine_page, query)[:3], query
    for query in ("art 9 dsgvo", "Art. 9 Abs. 2 DSGVO", "Artikel 9 Absatz 1 Satz 2 DSGVO", "gdpr article 9"):
        assert found(engine_page, query)[0] == "obligations/gdpr-9-special-categories/", query


def test_a_word_for_a_kind_of_page_prefers_that_kind(engine_page: Page) -> None:
    assert found(engine_page, "ocr model")[0].startswith("models/")
    assert found(engine_page, "glossary kv cache")[0] == "glossary/#kv-cache"
    assert "instruments/swiss-fadp/" in found(engine_page, "Schweizer Gesetz")[:2]


def test_models_that_the_atlas_does_not_have_lead_to_what_it_does_not_cover(
    engine_page: Page, derived: Derived
) -> None:
    names = {name.lower() for model in derived.atlas.models.values() for name in (model.title, *model.synonyms)}
    names |= {
        name.lower() for card in derived.atlas.accelerators.values() for name in (card.title, *card.synonyms)
    }
    names |= {
        name.lower() for engine in derived.atlas.engines.values() for name in (engine.title, *engine.synonyms)
    }
    for name in (*search_words.ABSENT_MODELS, *search_words.ABSENT_HARDWARE, *search_words.ABSENT_ENGINES):
        assert name.lower() not in names, "it has it now"
        assert "coverage/" in found(engine_page, name)[:2], name
    assert set(derived.atlas.vocabulary["jobs"].terms) == set(search_words.JOBS)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("cursor alternative self hosted", "workloads/code-completion/"),
        ("self hosted copilot", "workloads/code-completion/"),
        ("open source meeting notes", "workloads/meeting-structured-outputs/"),
        ("private llm", "private-or-api/"),
        ("own hardware", "assurances/own-hardware/"),
    ],
)
def test_words_of_hosting_decide_only_where_no_other_says_which_work(
    engine_page: Page, query: str, expected: str
) -> None:
    assert found(engine_page, query)[0] == expected


def test_two_things_compared_come_before_pages_that_speak_of_both(engine_page: Page) -> None:
    assert set(found(engine_page, "vllm vs ollama")[:2]) == {"engines/vllm/", "engines/ollama/"}
    assert found(engine_page, "tco openai vs h100")[0] == "cost/", "two cards of one name are no two things"


def test_a_workload_that_a_query_names_is_among_the_first(engine_page: Page) -> None:
    assert "workloads/recruitment-screening/" in found(engine_page, "annex iii hiring")[:3]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Gerichtsprotokolle", "workloads/batch-transcription/"),
        ("Pflegegutachten", "workloads/clinical-documentation/"),
        ("Datenpannenmeldung", "obligations/gdpr-33-34-breach/"),
        ("keep data in Germany", "questions/stay-in-europe/"),
        ("physician letters", "workloads/clinical-documentation/"),
        ("penalties", "instruments/eu-ai-act/"),
    ],
)
def test_everyday_words_are_read_as_those_of_the_atlas(engine_page: Page, query: str, expected: str) -> None:
    assert expected in found(engine_page, query)[:3]


def test_everyday_words_stand_for_words_that_the_atlas_has(atlas_site: Site) -> None:
    """A word that stands for one of no page finds nothing; one that stands for itself is a line too many."""
    text = "".join(atlas_site.scripts[file] for file in (search_index.FILE, search_index.SOURCES_FILE)).lower()
    entries = text.split('"entries":', 1)[1]
    for word, meant in search_everyday.EVERYDAY.items():
        assert word != meant and word not in search_text.EQUAL, word
        assert meant[:-1] in entries, meant


def test_fines_are_no_fine_tuning(engine_page: Page) -> None:
    assert all(path.startswith("instruments/") for path in found(engine_page, "fines")[:5])
    assert found(engine_page, "fine-tuning")[0] == "techniques/full-fine-tuning/"


def test_german_endings_are_read_alike(engine_page: Page) -> None:
    for one, other in (
        ("Quantisierung", "Quantisierungen"),
        ("Bewerbung", "Bewerbungen"),
        ("Vertrag", "Verträgen"),
    ):
        assert found(engine_page, one)[0] == found(engine_page, other)[0], one


@pytest.mark.parametrize("word", ["template", "find", "system", "Vorlage", "exemple"])
def test_words_for_doing_anything_count_little(engine_page: Page, word: str) -> None:
    first = found(engine_page, "dpa")[0]
    assert found(engine_page, f"dpa {word} ")[0] == found(engine_page, f"{word} dpa ")[0] == first


def test_a_word_that_says_nothing_is_no_slip(engine_page: Page) -> None:
    ask = "query => engine.search(query).corrected"
    assert engine_page.evaluate(ask, "einfach automatisch weil protokolle ") == []


@pytest.mark.parametrize(("query", "apart"), [("finetune", ["fine", "tune"]), ("airgapped", ["air", "gapped"])])
def test_a_missing_space_is_forgiven(engine_page: Page, query: str, apart: list[str]) -> None:
    assert found(engine_page, query)[:3] == found(engine_page, " ".join(apart))[:3]


@pytest.mark.parametrize("written", ["l'effacement", "L’effacement", "d'effacement"])
def test_what_french_leaves_before_a_vowel_is_no_word(engine_page: Page, written: str) -> None:
    assert engine_page.evaluate("text => WAText.words(text)", written) == ["effacement"]
    assert engine_page.evaluate("() => WAText.words(\"don't aujourd'hui\")") == ["don", "t", "aujourd", "hui"]


def test_it_and_us_are_not_always_pronouns(engine_page: Page) -> None:
    asked = "query => WAText.words(query).length && engine.search(query).hits[0].entry.path"
    assert engine_page.evaluate(asked, "it support chatbot") == "workloads/service-desk-agent/"
    assert engine_page.evaluate(asked, "can the us government read our data on aws") == "questions/foreign-orders/"
    assert found(engine_page, "who tells us about kv cache") == found(engine_page, "who tells about kv cache")


@pytest.mark.parametrize("firm", ["google", "amazon", "microsoft", "openai", "bedrock"])
def test_who_asks_what_a_firm_may_see_asks_about_an_operator(engine_page: Page, firm: str) -> None:
    assert "questions/can-they-see-it/" in found(engine_page, f"can {firm} see our prompts")[:2]
    assert "questions/do-they-keep-it/" in found(engine_page, f"does {firm} keep our prompts")[:2]
    assert found(engine_page, "claude code alternative")[0] == "workloads/repository-coding-agent/", "a product"


def test_a_form_of_a_rare_word_may_be_a_slip_of_a_frequent_one(engine_page: Page) -> None:
    ask = "query => engine.search(query).corrected"
    assert engine_page.evaluate(ask, "embeding model ") == [["embeding", "embedding"]]


def test_who_asks_what_something_costs_sees_the_page_of_costs(engine_page: Page) -> None:
    for query in ("monthly cost of 2 h100", "h200 price", "prix mistral small"):
        assert "cost/" in found(engine_page, query)[:3], query
    assert "cost/" not in found(engine_page, "2 h100")[:3]


def test_a_duty_whose_article_is_named_comes_before_its_law(engine_page: Page) -> None:
    assert found(engine_page, "Art. 5 Abs. 1 lit. c DSGVO")[0] == "obligations/gdpr-5-minimise-and-delete/"


def test_a_term_of_the_glossary_is_found_by_each_of_its_names(engine_page: Page, derived: Derived) -> None:
    """Pages that are also called so may stand before it."""
    missed = [
        (term.id, name)
        for term in derived.atlas.glossary.values()
        for name in term.synonyms
        if f"glossary/#{term.id}" not in found(engine_page, name)[:12]
    ]
    assert missed == []


def test_a_page_of_this_title_comes_before_one_that_is_called_so_in_short(engine_page: Page) -> None:
    assert found(engine_page, "What does this assurance really buy?")[0] == "questions/what-a-promise-buys/"
    assert found(engine_page, "What an assurance really buys")[0] == "assurances/"


def test_hostile_and_empty_queries_do_nothing(engine_page: Page) -> None:
    for query in ("", "   ", "?!(", "a", "<script>", "\\", "🙂", "x" * 2000, "__proto__", "constructor"):
        assert isinstance(found(engine_page, query), list)
    assert found(engine_page, "") == []


def test_files_of_the_search_are_those_that_it_loads() -> None:
    """The opener names each file; a renamed library must be renamed there too."""
    text = Path(search_report.JS / "search/open.js").read_text()
    for file in (search_report.VENDOR, *search_report.ENGINE):
        assert file.name in text


@pytest.mark.parametrize(("query", "want"), [("HR", "recruitment-screening"), ("resume", "recruitment-screening")])
def test_a_workload_comes_before_its_neighbour_that_is_not_covered(
    engine_page: Page, query: str, want: str
) -> None:
    first = found(engine_page, query)
    assert first[0] == f"workloads/{want}/"
    assert any(path.startswith("coverage/#") for path in first), "which is found as well"


def test_a_guide_is_called_by_the_place_it_stands_in(atlas_site: Site, derived: Derived) -> None:
    entries = search_index.entries(derived, atlas_site.pages.values())
    for place in search_index.CALLED_AT:
        at = [entry for entry in entries if entry.path.startswith(place)]
        assert at and {entry.kind for entry in at} == {"guide"}, place
