"""The story: claims are complete and told as measured, and no page of it states a figure of its own."""

from __future__ import annotations

import pytest

from macros.checks import figure_words
from macros.checks.claims import strange
from macros.model import Atlas
from macros.story import readings


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Of container users 82 % in 2025, on 16 June 2026 and under Articles 28, 32 and 44(1).", ["82"]),
        ("Regulation (EU) 2016/679, 18 U.S.C. 2713, appeal C-703/25 P, Section A, 2026-11-25.", []),
        ("It fell from 8.04 % to 1.7 %, or 1,324 points.", ["8.04", "1,324"]),
        ("Two of the three, one or two months.", []),
    ],
)
def test_numbers_are_figures_dates_or_provisions(text: str, left: list[str]) -> None:
    assert list(strange(text, frozenset({1.7}))) == left


def test_figures_may_be_rounded_and_not_the_other_way_round() -> None:
    assert list(strange("8 %, 8.0 %", frozenset({8.04}))) == []
    assert list(strange("8.04 %", frozenset({8.0}))) == ["8.04"]


def test_newer_readings_are_newer_and_lead_to_no_circle(atlas: Atlas) -> None:
    for claim in atlas.claims.values():
        last = max(figure.when for figure in claim.figures)
        for id_ in claim.newer:
            newer = atlas.claims[id_]
            assert newer.subject == claim.subject
            assert max(figure.when for figure in newer.figures) >= last, (claim.id, id_)
            assert claim.id not in newer.newer


def test_newer_readings_stand_beside_older_ones(atlas: Atlas) -> None:
    shown: set[str] = set()
    for subject in {reading.subject for reading in atlas.readings.values()}:
        for row in readings.rows(atlas, subject):
            days = [[figure.when for _, figure in told] for told in (row.older, row.newer)]
            assert not all(days) or max(days[0]) <= min(days[1]), row.question
            assert {claim.subject for told in (row.older, row.newer) for claim, _ in told} == {subject}
            shown |= {claim.id for claim, _ in (*row.older, *row.newer)}
    # What came later than another claim is shown beside it, but for one.
    later = {id_ for claim in atlas.claims.values() for id_ in claim.newer}
    assert later - shown <= {"open-weights-builders-2026"}


def test_every_statement_of_the_origin_about_now_has_a_verdict(atlas: Atlas) -> None:
    told = {claim.id: claim.origin for claim in atlas.claims.values() if claim.origin}
    assert {origin.holds for origin in told.values()} == {"yes", "partly", "no", "unconfirmed"}
    for id_, origin in told.items():
        assert (atlas.claims[id_].confidence == "unconfirmed") == (origin.holds == "unconfirmed"), id_


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "Two thirds of leaders, half of builders and a third of the tokens.",
            ["Two thirds", "half", "a third of"],
        ),
        (
            "It doubled, or grew tenfold: twice as much, about a quarter.",
            ["doubled", "tenfold", "twice", "about a quarter"],
        ),
        ("Nine in ten, or ninety per cent.", ["Nine in ten", "ninety", "per cent"]),
        (
            "Eleven of seventy-two, dozens, thousands and three billion.",
            ["Eleven", "seventy-two", "dozens", "thousands", "billion"],
        ),
        ("Two ways, five places, the first answer and one question at a time.", []),
        ("A third country, a third party, and a third stores nothing by default.", []),
        ("Most do, few do not, several do both; on behalf of manifold weights.", []),
    ],
)
def test_figures_in_words_are_seen_and_small_counts_are_not(text: str, figures: list[str]) -> None:
    assert [match[0] for match in figure_words.found(text)] == figures


def test_ways_to_write_a_part_share_its_name() -> None:
    assert {figure_words.stem(word) for word in ("a third of", "one third", "Two thirds", "third")} == {"third"}
    assert figure_words.stem("Dozens") == figure_words.stem("dozen")
