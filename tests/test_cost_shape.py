"""The cost shape on the pages of workloads: what it shows is what its link into the calculator shows."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl

import pytest

from macros import cost_hosted, cost_shape
from macros.cost.answer import Answer, Fleet, answer
from macros.cost.curves import api, fleet
from macros.cost.words import sentence
from macros.cost_compare import compare
from macros.derive import Derived
from macros.model import Atlas
from tests.conftest import ROOT

WORKLOADS = sorted(path.stem for path in (ROOT / "atlas/workloads").glob("*/*.yml"))


def opened(atlas: Atlas, link: str) -> tuple[Answer, Fleet]:
    """The answer of the calculator when it is opened by this link, and what is rented in it."""
    assert link.startswith("#")
    told = answer(compare(atlas, dict(parse_qsl(link[1:])), bare=False)[0].ranged())
    return told, next(item for item in told.fleets if item.kind == "rented")


@pytest.mark.parametrize("id_", WORKLOADS)
def test_what_a_page_shows_is_what_its_links_show(derived: Derived, id_: str) -> None:
    atlas, shape = derived.atlas, cost_shape.shape(derived.atlas, derived.workloads[id_])
    month = atlas.workloads[id_].volumes.per_month
    for row in shape.rows:
        told, rented = opened(atlas, row.link)
        assert row.typical == told.api_month
        assert row.unit == pytest.approx(told.api_month / month.typical)
        assert (row.spread, row.even) == (rented.spread, rented.crossings.lasting)
        bill = api(rented.given.base)
        assert (row.low, row.high) == (bill.at(month.low), bill.at(month.high))
    assert shape.link in [row.link for row in shape.rows]
    for kind in (shape.own, shape.everything, shape.compared):
        if kind is None:
            continue
        told, rented = opened(atlas, kind.link)
        stairs = fleet(rented.given.base)
        assert (kind.low, kind.typical, kind.high) == tuple(
            stairs.at(volume) for volume in (month.low, month.typical, month.high)
        )
        assert (kind.typical, kind.range) == (rented.month.total, rented.spread.fleet)
        if kind is shape.compared:
            (row,) = [row for row in shape.rows if row.link == shape.link]
            assert row.compared == rented.crossings.lasting


def test_an_hour_of_audio_is_counted_as_by_hand(derived: Derived) -> None:
    """Two text models on one L40S each, with a spare of each: 4 × 1.09 × 730 h × 1.3, and half an engineer.

    37,000 tokens in, 1,500 out: 70 % of the input at 1.00 a million and 30 % at 0.05, the output at 5.00; a tenth
    of it in a batch at half the price, and 2 % sent again. Speech recognition is one card more, and one spare.
    """
    shape = cost_shape.shape(derived.atlas, derived.workloads["batch-transcription"])
    assert [(held.count, held.accelerator.id) for held in shape.hosted.sets] == [(1, "l40s")] * 2
    assert [(held.count, held.accelerator.id) for held in shape.hosted.beside] == [(1, "l40s")]
    people, card = 0.5 * 260_000 / 12, 1.09 * 730 * 1.3
    assert shape.own is not None and shape.everything is not None
    assert shape.own.low == shape.own.typical == shape.own.high == pytest.approx(people + 4 * card)
    assert shape.everything.typical == pytest.approx(people + 6 * card)
    (terra,) = [row for row in shape.rows if row.offer.id == "openai-gpt-6.1-terra"]
    listed = 37_000 * (0.7 * 1.0 + 0.3 * 0.05) + 1_500 * 5.0
    unit = listed / 1e6 * (1 - 0.1 * 0.5) * 1.02
    assert terra.unit == pytest.approx(unit)
    assert terra.typical == pytest.approx(1200 * unit)
    assert terra.even == pytest.approx((people + 4 * card) / unit)


def test_sets_of_several_cards_are_counted_by_the_card(derived: Derived) -> None:
    """Three L40S, two of them in one set, and an H200, each set with a spare; rents rounded in the address."""
    shape = cost_shape.shape(derived.atlas, derived.workloads["legacy-modernisation"])
    sets = [(held.count, held.accelerator.id) for held in shape.hosted.sets]
    assert sets == [(1, "l40s"), (2, "l40s"), (1, "h200-sxm")]
    people, rent = 0.5 * 260_000 / 12, (3 * 1.09 + 4.6) * 730 * 1.3
    assert shape.own is not None
    assert shape.own.typical == pytest.approx(people + 2 * rent, rel=1e-5)


@pytest.mark.parametrize("id_", WORKLOADS)
def test_what_is_hosted_is_suggested_on_cards_with_a_rent(derived: Derived, id_: str) -> None:
    atlas, item = derived.atlas, derived.workloads[id_]
    found = cost_hosted.hosted(atlas, item)
    rents = {price.accelerator for price in atlas.prices.values() if price.figure == "rate"}
    suggested = {(step.need.title, s.model.id): s.found for step in item.steps for s in step.suggestions}
    steps = [title for held in (*found.sets, *found.beside) for title in held.steps]
    assert sorted([*steps, *found.missing]) == sorted(step.need.title for step in item.steps)
    assert len({held.model.id for held in found.sets}) == len(found.sets)
    for held in (*found.sets, *found.beside):
        assert held.accelerator.id in rents
        for title in held.steps:
            own = suggested[title, held.model.id].smallest
            if own and own.accelerator.id in rents and len(held.steps) == 1:
                assert (own.accelerator.id, own.count) == (held.accelerator.id, held.count), "the set of the page"


def test_one_model_with_a_published_speed_is_a_staircase(derived: Derived) -> None:
    """A speed of the one model on its very set, as if it were published: further sets are counted then."""
    atlas, item = derived.atlas, derived.workloads["code-completion"]
    (held,) = cost_hosted.hosted(atlas, item).sets
    assert not held.fast
    some = next(iter(atlas.speeds.values()))
    speed = replace(
        some, id="x", record=held.model.id, accelerator=held.accelerator.id, gpus=held.count, counts="total"
    )
    atlas = replace(atlas, speeds={**atlas.speeds, "x": replace(speed, tokens_s=9000.0)})
    shape = cost_shape.shape(atlas, item)
    assert shape.hosted.stairs and shape.own is not None
    assert shape.own.low < shape.own.high, "more volume needs more sets"
    other = replace(speed, gpus=held.count + 1)
    atlas = replace(atlas, speeds={**atlas.speeds, "x": other})
    assert not cost_shape.shape(atlas, item).hosted.stairs, "a speed on other sets says nothing of this one"


def test_cards_without_a_speed_are_a_floor_and_said_to_be_one(derived: Derived) -> None:
    shape = cost_shape.shape(derived.atlas, derived.workloads["code-completion"])
    told, rented = opened(derived.atlas, shape.link)
    text = sentence(told, rented, "completion", "USD")
    assert "is not cheaper below about" in text and "from where on it is cannot be told" in text
    keys = {**dict(parse_qsl(shape.link[1:])), "units": "90000000"}
    told = answer(compare(derived.atlas, keys, bare=False)[0].ranged())
    assert "cheaper if one replica carries that volume." in sentence(told, told.fleets[0], "completion", "USD")
