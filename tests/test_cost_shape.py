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
from macros.cost_page import OWN_SIDE
from macros.derive import Derived, DerivedWorkload
from macros.model import Atlas
from tests.conftest import ROOT

WORKLOADS = sorted(path.stem for path in (ROOT / "atlas/workloads").glob("*/*.yml"))


def opened(atlas: Atlas, item: DerivedWorkload, link: str) -> tuple[Answer, Fleet]:
    """The answer of the calculator when it is opened by this link, and what is rented in it."""
    assert link.startswith("#")
    said, _ = cost_shape.completed(atlas, item, dict(parse_qsl(link[1:])))
    told = answer(compare(atlas, said, bare=False)[0].ranged())
    return told, next(item for item in told.fleets if item.kind == "rented")


@pytest.mark.parametrize("id_", WORKLOADS)
def test_what_a_page_shows_is_what_its_links_show(derived: Derived, id_: str) -> None:
    atlas, item = derived.atlas, derived.workloads[id_]
    shape = cost_shape.shape(atlas, item)
    month = atlas.workloads[id_].volumes.per_month
    for row in shape.rows:
        told, rented = opened(atlas, item, row.link)
        assert row.typical == told.api_month
        assert row.unit == pytest.approx(told.api_month / month.typical)
        assert (row.spread, row.even) == (rented.spread, rented.crossings.lasting)
        bill = api(rented.given.base)
        assert (row.low, row.high) == (bill.at(month.low), bill.at(month.high))
    assert shape.link in [row.link for row in shape.rows]
    for kind in (shape.own, shape.everything, shape.compared):
        if kind is None:
            continue
        told, rented = opened(atlas, item, kind.link)
        stairs = fleet(rented.given.base)
        assert (kind.low, kind.typical, kind.high) == tuple(
            stairs.at(volume) for volume in (month.low, month.typical, month.high)
        )
        assert kind.typical == pytest.approx(rented.month.total, rel=1e-12), "summed in another order"
        assert kind.range == rented.spread.fleet
        if kind is shape.compared:
            (row,) = [row for row in shape.rows if row.link == shape.link]
            assert row.compared == rented.crossings.lasting


def test_an_hour_of_audio_is_counted_as_by_hand(derived: Derived) -> None:
    """Two text models on one A10 each, with a spare of each: 4 × 1.65 × 730 h × 1.3, and half an engineer.

    37,000 tokens in, 1,500 out: 15,000 are marked at 0.06 a million; of the rest 70 % at 1.00 and 30 % at 0.05,
    the output at 5.00; a tenth of it in a batch at half the price, and 2 % sent again. Speech recognition is one
    card more, and one spare; the hour costs 0.27 at an API.
    """
    item = derived.workloads["batch-transcription"]
    shape = cost_shape.shape(derived.atlas, item)
    assert [(held.count, held.accelerator.id) for held in shape.hosted.sets] == [(1, "a10")] * 2
    assert [(held.count, held.accelerator.id) for held in shape.hosted.beside] == [(1, "a10")]
    people, card = 0.5 * 260_000 / 12, 1.65 * 730 * 1.3
    assert shape.own is not None and shape.everything is None, "speech is compared, since its price is known"
    assert shape.own.low == shape.own.typical == pytest.approx(people + 6 * card, rel=1e-3)
    assert shape.own.high == pytest.approx(people + 7 * card, rel=1e-3), "one more of the model that grows"
    (terra,) = [row for row in shape.rows if row.offer.id == "openai-gpt-6.1-terra"]
    listed = 22_000 * (0.7 * 1.0 + 0.3 * 0.05) + 15_000 * 0.06 + 1_500 * 5.0
    unit = (listed / 1e6 * (1 - 0.1 * 0.5) + 0.27) * 1.02
    assert terra.unit == pytest.approx(unit)
    assert terra.typical == pytest.approx(1200 * unit)

    # One set of the model that detects names does every volume; of the other, as many as the estimate asks for.
    estimate = shape.counted.estimate
    assert estimate is not None
    assert [held.model.id for held in estimate.growing] == ["apertus-8b-instruct"]
    assert [held.model.id for held in estimate.fixed] == ["openai-privacy-filter"]
    share, limit = round(estimate.share[1], 2), estimate.limit
    assert estimate.slowest.tokens == ((22_000, 1_500),), "of 37,000, 15,000 are read for names"
    own = estimate.slowest.limits[0]
    assert own and limit.speed_in == pytest.approx(own.speed_in * 37 / 22), "in tokens of a whole hour"
    took = (37_000 * (1 - 0.3) / limit.speed_in + 1_500 / limit.speed_out) / share * 1.02
    carries = 730 * 3600 * 0.7 / (took * (1 - 0.1) * 8.0)
    stairs = fleet(opened(derived.atlas, item, shape.own.link)[1].given.base)
    assert stairs.capacity == pytest.approx(carries, rel=1e-3)
    for replicas in (1, 2, 40):
        assert stairs.at(carries * (replicas - 0.1)) == pytest.approx(people + (4 + replicas + 1) * card, rel=1e-3)


def test_sets_of_several_cards_are_counted_by_the_card(derived: Derived) -> None:
    """Three L40S, two of them in one set, and an H200, each set with a spare; rents rounded in the address."""
    prices = {id_: p for id_, p in derived.atlas.prices.items() if p.accelerator in (None, "l40s", "h200-sxm")}
    atlas = replace(derived.atlas, prices=prices)  # with the rent of every card, one card is enough everywhere
    shape = cost_shape.shape(atlas, derived.workloads["legacy-modernisation"])
    sets = [(held.count, held.accelerator.id) for held in shape.hosted.sets]
    assert sets == [(1, "l40s"), (2, "l40s"), (1, "h200-sxm")]
    people, rent = 0.5 * 260_000 / 12, (3 * 1.09 + 4.6) * 730 * 1.3
    assert shape.own is not None
    assert shape.own.low == pytest.approx(people + 2 * rent, rel=1e-3)
    assert shape.own.low < shape.own.typical < shape.own.high, "more volume needs more sets"


@pytest.mark.parametrize("id_", WORKLOADS)
def test_a_page_is_priced_on_the_cards_that_it_suggests(derived: Derived, id_: str) -> None:
    """A reader takes another card in the line of costs for a mistake: every card of a first set has a rent."""
    item = derived.workloads[id_]
    rents = {price.accelerator for price in derived.atlas.prices.values() if price.figure == "rate"}
    for step in item.steps:
        for suggestion in step.suggestions:
            found = suggestion.found
            card = found.smallest.accelerator if found.smallest else (found.weights_set or [None])[0]
            assert card is None or card.id in rents, f"find a sourced rent of {card.title} for atlas/prices"


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
    assert shape.counted.published and shape.counted.estimate is None and shape.own is not None
    assert shape.own.low < shape.own.high, "more volume needs more sets"
    other = replace(speed, gpus=held.count + 1)
    atlas = replace(atlas, speeds={**atlas.speeds, "x": other})
    assert not cost_shape.shape(atlas, item).counted.published, "a speed on other sets says nothing of this one"


def test_cards_without_a_speed_are_a_floor_and_said_to_be_one(derived: Derived) -> None:
    """Without published runs there is nothing to estimate by."""
    atlas, item = replace(derived.atlas, speeds={}), derived.workloads["code-completion"]
    shape = cost_shape.shape(atlas, item)
    assert not shape.counted.stairs and shape.own is not None
    assert shape.own.low == shape.own.high
    told, rented = opened(atlas, item, shape.link)
    text = sentence(told, rented, "completion", "USD")
    assert "is not cheaper below about" in text and "from where on it is cannot be told" in text
    told, _ = opened(atlas, item, f"{shape.link}&units=90000000")
    assert "cheaper if one replica carries that volume." in sentence(told, told.fleets[0], "completion", "USD")


@pytest.mark.parametrize("id_", WORKLOADS)
def test_every_workload_has_a_staircase(derived: Derived, id_: str) -> None:
    """Of what is suggested, a larger volume never costs less, and enough of it needs more cards."""
    item = derived.workloads[id_]
    shape = cost_shape.shape(derived.atlas, item)
    assert shape.counted.stairs and shape.own is not None
    assert shape.own.low <= shape.own.typical <= shape.own.high
    stairs = fleet(opened(derived.atlas, item, shape.own.link)[1].given.base)
    assert stairs.at(10 * stairs.capacity) > stairs.at(stairs.capacity)


@pytest.mark.parametrize("id_", WORKLOADS)
def test_a_set_that_does_not_grow_suffices_at_the_highest_volume(derived: Derived, id_: str) -> None:
    item = derived.workloads[id_]
    estimate = cost_shape.shape(derived.atlas, item).counted.estimate
    assert estimate is not None and estimate.slowest in estimate.growing
    volumes = item.workload.volumes
    busiest = volumes.per_month.high * volumes.peak_factor / (730 * 3600)
    for held in estimate.fixed:
        steps = zip(held.limits, held.tokens, strict=True)
        seconds = sum(limit.seconds(*tokens) for limit, tokens in steps if limit) / estimate.share[0]
        assert busiest * seconds * 1.1 / 0.5 < 1, "with most repeats, and least of its time sold"


def test_a_side_that_is_named_is_left_as_it_is(derived: Derived) -> None:
    item = derived.workloads["code-completion"]

    def completed(**said: str) -> tuple[dict[str, str], int]:
        keys, taken = cost_shape.completed(derived.atlas, item, {"workload": "code-completion", **said})
        return keys, len(taken)

    alone, taken = completed()
    assert (alone["api"], alone["gpu"], taken) == ("openai-gpt-6.1-terra", "a100-80gb", 2)
    own, taken = completed(gpu="l40s")
    assert (own["gpu"], "speed_in" in own, taken) == ("l40s", False, 1)
    both = {"gpu": "l40s", "price_in": "1"}
    assert completed(**both) == ({"workload": "code-completion", **both}, 0)


@pytest.mark.parametrize("key", sorted(OWN_SIDE))
def test_every_name_of_a_side_names_it(derived: Derived, key: str) -> None:
    item = derived.workloads["code-completion"]
    keys, taken = cost_shape.completed(derived.atlas, item, {"workload": "code-completion", key: "9"})
    assert set(keys) == {"workload", "api", key} and len(taken) == 1


@pytest.mark.parametrize("key", ["tokens_s", "speed_out", "capacity", "gpus"])
def test_a_speed_that_is_said_stands_alone(derived: Derived, key: str) -> None:
    item = derived.workloads["code-completion"]
    keys, _ = cost_shape.completed(derived.atlas, item, {"workload": "code-completion", key: "9"})
    assert keys["gpu"] == "a100-80gb" and keys[key] == "9"
    assert not {"speed_in", "speed_out", "of_published"} & (set(keys) - {key})


def test_a_suggestion_is_turned_into_the_currency_that_is_said(derived: Derived) -> None:
    """A month in euro is the month in US dollars at the rate that is given, people aside."""
    id_ = "internal-knowledge-assistant"
    item, alone = derived.workloads[id_], {"workload": id_, "fte": "0", "salary": "0"}
    months = []
    for more in ({}, {"currency": "EUR", "per_usd": "0.8"}):
        keys, _ = cost_shape.completed(derived.atlas, item, {**alone, **more})
        months.append(answer(compare(derived.atlas, keys, bare=False)[0].ranged()).fleets[0].month.total)
    assert months[1] == pytest.approx(0.8 * months[0], rel=1e-3)
    without, taken = cost_shape.completed(derived.atlas, item, {**alone, "currency": "EUR"})
    assert "rate" not in without and len(taken) == 1, "no rate, no suggestion"


@pytest.mark.parametrize("id_", WORKLOADS)
def test_a_speed_is_that_of_the_cards_it_is_priced_for(derived: Derived, id_: str) -> None:
    found = cost_hosted.hosted(derived.atlas, derived.workloads[id_])
    for held in found.sets:
        for limit in held.limits:
            assert held.plan and limit and held.plan.request.card.name == held.accelerator.id
            assert held.plan.prefill_bound and limit.speed_in == held.plan.prefill_bound.tokens_per_second
