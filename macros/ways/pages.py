"""The pages of questions, techniques, assurances and coverage: what each template is given."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from macros.derive import Derived
from macros.model import AskedQuestion, Grounded, Practice, Technique
from macros.page_spec import PageSpec
from macros.ways import coverage
from macros.ways.counts import COUNTS
from macros.ways.places import asked_about, flat, resolve, sources_of
from macros.ways.rests import rests_on

QUESTIONS = "questions/"
TECHNIQUES = "techniques/"


def pages(derived: Derived) -> Iterator[PageSpec]:
    """Every page of this kind, lists before their records."""
    atlas = derived.atlas
    topics = atlas.vocabulary["asked-topics"].terms
    yield PageSpec(
        QUESTIONS,
        "Questions people ask",
        "Short answers for those who name no workload, each with its sources and with what it depends on.",
        "questions.jinja",
        {"topics": [(term, [q for q in atlas.asked.values() if q.topic == id_]) for id_, term in topics.items()]},
        boost=1.5,
        words=("FAQ", "frequently asked questions"),
    )
    yield PageSpec(
        TECHNIQUES,
        "Techniques",
        "What can be done to a model and around it: what it changes, what it takes, what law sees in it.",
        "techniques.jinja",
        {"by_technique": {id_: _workloads(derived, id_) for id_ in atlas.techniques}},
        boost=1.5,
        words=("customisation", "adapting a model"),
    )
    yield PageSpec(
        coverage.PATH,
        "What the atlas does not cover",
        "Countries, kinds of work, hardware and subjects of which this atlas says nothing, counted from its data.",
        "coverage.jinja",
        coverage.values(derived),
        boost=0.8,
        words=("limits", "not covered", "scope", "gaps", "what is missing"),
    )
    yield from (_question(derived, record) for record in atlas.asked.values())
    yield from (_technique(derived, record) for record in atlas.techniques.values())
    yield from (_practice(derived, record) for record in atlas.practices.values())
    yield from (_assurance(derived, id_) for id_ in atlas.assurances)


def _values(derived: Derived, folder: str, record: Any, **more: Any) -> dict[str, Any]:
    led_to = getattr(record, "see", {}).get("asked", ())
    return {
        "record": record,
        "places": partial(flat, derived.atlas),
        "groups": resolve(derived.atlas, getattr(record, "see", {})),
        "questions": [q for q in asked_about(derived.atlas, folder, record.id) if q.id not in led_to],
        **more,
    }


def _question(derived: Derived, record: AskedQuestion) -> PageSpec:
    counted = [COUNTS[name](derived) for name in record.counted]
    return PageSpec(
        f"{QUESTIONS}{record.id}/",
        record.title,
        record.answer[0].text,
        "question.jinja",
        _values(
            derived,
            "asked",
            record,
            counted=counted,
            cited=sources_of(record),
            rests=rests_on(derived.atlas, (*record.answer, *record.depends_on)),
        ),
        derived.atlas.files["asked", record.id],
        boost=2.2,
        words=(record.term, *record.synonyms),
    )


def _technique(derived: Derived, record: Technique) -> PageSpec:
    return PageSpec(
        f"{TECHNIQUES}{record.id}/",
        record.title,
        record.plain,
        "technique.jinja",
        _values(derived, "techniques", record, workloads=_workloads(derived, record.id), cited=sources_of(record)),
        derived.atlas.files["techniques", record.id],
        boost=1.5,
        words=(record.term, *record.synonyms),
    )


def _practice(derived: Derived, record: Practice) -> PageSpec:
    parts: tuple[tuple[str, tuple[Grounded, ...]], ...] = (
        ("What it changes", record.does),
        ("What it does not", record.does_not),
        ("What it takes", record.runs_on),
        ("What law sees in it", record.law),
    )
    return PageSpec(
        f"{TECHNIQUES}{record.id}/",
        record.title,
        record.plain,
        "practice.jinja",
        _values(derived, "practices", record, parts=parts, cited=sources_of(record)),
        derived.atlas.files["practices", record.id],
        boost=1.5,
        words=(record.term, *record.synonyms),
    )


def _assurance(derived: Derived, id_: str) -> PageSpec:
    record = derived.atlas.assurances[id_]
    form = record.form
    used = [
        item
        for item in derived.workloads.values()
        if form and form in {place.id for place in (item.verdict.inside, item.verdict.outside) if place}
    ]
    return PageSpec(
        f"assurances/{id_}/",
        record.title,
        record.summary,
        "assurance.jinja",
        _values(derived, "assurances", record, workloads=used),
        derived.atlas.files["assurances", id_],
        boost=1.4,
        words=(record.question, *record.synonyms),
    )


def _workloads(derived: Derived, technique: str) -> list[Any]:
    """Workloads that usually adapt the model by a technique."""
    every = derived.workloads.values()
    return [item for item in every if technique in item.workload.facts.system.techniques]
