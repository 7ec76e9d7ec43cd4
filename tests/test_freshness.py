"""How old facts are: intervals by class, what is due on a day, and what the command and the pages say of it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from macros import citations, freshness, sources_page
from macros.model import Atlas
from tests.conftest import ROOT, run_atlas

INTERVALS = {"law": 90, "prices": 60, "models": 120, "statistics": 365}
"""What the project promises; other classes may be added."""


def later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def test_intervals_are_those_promised(atlas: Atlas) -> None:
    assert INTERVALS.items() <= {id_: review.days for id_, review in atlas.settings.review.items()}.items()


def test_every_record_with_a_day_of_review_is_a_fact_once(atlas: Atlas) -> None:
    days = {"reviewed", "checked"}
    expected = {ref for ref, data in atlas.raw.items() if days & set(data)}
    found = [(fact.folder, fact.id) for fact in freshness.facts(atlas)]
    assert len(found) == len(set(found))
    assert set(found) == expected


@pytest.mark.parametrize(("folder", "days"), [("obligations", 90), ("models", 120), ("workloads", 180)])
def test_a_fact_is_due_from_the_last_day_of_its_interval(atlas: Atlas, folder: str, days: int) -> None:
    fact = next(fact for fact in freshness.facts(atlas) if fact.folder == folder)
    assert fact.due == later(fact.reviewed, days)
    for day, expected in ((later(fact.due, -1), "soon"), (fact.due, "due")):
        subject = next(s for s in freshness.by_subject(atlas, day) if s.id == fact.subject)
        assert fact in getattr(subject, expected)
        assert (fact in subject.due) == (expected == "due")


def test_everything_is_told_exactly_once_on_any_day(atlas: Atlas) -> None:
    for offset in (0, 60, 88, 90, 118, 400):
        for subject in freshness.by_subject(atlas, later(atlas.settings.as_of, offset)):
            rest = sum(number for _, _, number in subject.later)
            assert len(subject.due) + len(subject.soon) + rest == len(subject.facts)


def test_sources_age_by_what_they_are(atlas: Atlas) -> None:
    subjects = {fact.id: fact.subject for fact in freshness.facts(atlas) if fact.folder == "sources"}
    assert subjects["eu-ai-act-2024-1689"] == "law"
    research = next(source.id for source in atlas.sources.values() if source.kind == "research")
    assert subjects[research] == "statistics"


def test_claims_that_move_within_weeks_are_due_before_other_claims(atlas: Atlas) -> None:
    found = {fact.id: fact for fact in freshness.facts(atlas) if fact.folder == "claims"}
    own = {id_ for id_, claim in atlas.claims.items() if claim.review_class}
    assert {"arena-points-2026", "open-weights-tokens-2026", "epoch-points-july-2026"} <= own < set(found)
    assert {found[id_].subject for id_ in own} == {"moving"}
    assert all(found[id_].due == later(found[id_].reviewed, 45) for id_ in own)
    assert {found[id_].subject for id_ in found.keys() - own} == {"statistics"}
    # A claim that a newer one stands beside is not the one that moves.
    superseded = {id_ for id_ in own if set(atlas.claims[id_].newer) - own}
    assert superseded == set()


@pytest.mark.parametrize(
    ("reviewed", "words"),
    [("2026-11-25", "on that day"), ("2026-11-24", "1 day before"), ("2026-10-26", "30 days before")],
)
def test_ages_in_words(reviewed: str, words: str) -> None:
    assert freshness.age(reviewed, "2026-11-25") == words


def test_command_names_files_that_are_due() -> None:
    day = "2027-03-01"
    told = run_atlas("stale", "--on", day, cwd=ROOT)
    assert told.returncode == 0, told.stderr
    assert "atlas/obligations/" in told.stdout
    assert "atlas/models/" not in told.stdout.split("Models, hardware")[0]
    data = json.loads(run_atlas("stale", "--on", day, "--json", cwd=ROOT).stdout)
    law = next(one for one in data["classes"] if one["id"] == "law")
    due = [fact for fact in law["facts"] if fact["due"] <= day]
    assert law["due"] == len(due) > 400
    assert all((ROOT / fact["file"]).is_file() for fact in due)
    assert run_atlas("stale", "--on", day, "--fail", cwd=ROOT).returncode == 1
    assert run_atlas("stale", "--fail", cwd=ROOT).returncode == 0


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("tomorrow", "`tomorrow` is not written as a day; write year-month-day with hyphens, such as 20"),
        ("2027-02-29", "there is no day 2027-02-29: February 2027 has 28 days"),
        ("1.3.2027", "2027-03-01 or 2027-01-03"),
    ],
)
def test_command_refuses_what_is_no_day(day: str, says: str) -> None:
    for command in (("stale", "--on"), ("obligations", "recruitment-screening", "--as-of")):
        wrong = run_atlas(*command, day, cwd=ROOT)
        assert wrong.returncode == 2
        assert says in wrong.stderr
        assert "%Y" not in wrong.stderr
        assert "Traceback" not in wrong.stderr


def test_command_says_of_an_earlier_day_that_the_atlas_speaks_of_a_later_one(atlas: Atlas) -> None:
    told = run_atlas("stale", "--on", "1999-01-01", cwd=ROOT)
    assert told.returncode == 0
    assert told.stdout.splitlines()[1].startswith(f"1999-01-01 is before {atlas.settings.as_of}, the day that")
    assert "is before" in json.loads(run_atlas("stale", "--on", "1999-01-01", "--json", cwd=ROOT).stdout)["remark"]
    assert "remark" not in json.loads(run_atlas("stale", "--json", cwd=ROOT).stdout)
    last = run_atlas("stale", "--on", "9999-12-31", cwd=ROOT)
    assert (last.returncode, "is before" in last.stdout) == (0, False)


def test_json_on_the_site_is_that_of_the_command(site: Path) -> None:
    published = json.loads((site / freshness.JSON).read_text(encoding="utf-8"))
    assert published == json.loads(run_atlas("stale", "--json", cwd=ROOT).stdout)


def test_statements_that_cite_are_read_with_their_words() -> None:
    record = {
        "title": "T",
        "summary": "A  summary\nof two lines.",
        "sources": ["a"],
        "evidence": [{"statement": "One.", "sources": ["b", "a"]}, {"note": "No source."}],
    }
    found = list(citations.of_record("workloads", "x", record))
    assert [(c.statement, c.sources) for c in found] == [
        ("A summary of two lines.", ("a",)),
        ("One.", ("b", "a")),
    ]


@pytest.mark.parametrize(
    ("published", "age"),
    [
        ("2026-11-01", "1"),
        ("2025-11-26", "1"),
        ("2025-11-25", "2"),
        ("2025", "2"),
        ("2024-12", "2"),
        ("2022", "5"),
        ("2016-05-04", "older"),
        ("undated", "undated"),
    ],
)
def test_ages_of_sources(published: str, age: str) -> None:
    assert sources_page.age(published, "2026-11-25") == age
