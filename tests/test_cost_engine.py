"""Promises of the cost engine: monotone bills, crossings where curves cross, ranges around their base, units."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.cost.answer import answer
from macros.cost.crossings import Crossing, crossings
from macros.cost.curves import Line, Stairs, annuity, api, capacity, fleet, month, unit_price
from macros.cost.figures import Figures, Ranged, endpoint, owned, rented
from macros.cost.given import read
from macros.cost.numbers import CostError, triple
from macros.cost.payback import payback
from macros.cost.spread import draws, spread, tornado, triangle, uniform
from macros.cost.words import crossed

money = st.floats(0.0, 1e6, allow_nan=False)
some = st.floats(0.01, 1e4)
share = st.floats(0.0, 1.0)


@st.composite
def stairs(draw: st.DrawFn) -> Stairs:
    gpus = draw(st.sampled_from([1.0, 2.0, 4.0, 8.0]))
    base = draw(money)
    crew = draw(st.one_of(st.just(0.0), st.floats(1.0, 1e4)))
    return Stairs(
        base=base,
        per_machine=draw(st.floats(0.0, 1e5)),
        slope=draw(st.one_of(st.just(0.0), st.floats(1e-6, 10.0))),
        capacity=draw(st.one_of(st.just(math.inf), st.floats(1.0, 1e5))),
        least=draw(st.integers(1, 4)),
        spare=draw(st.integers(0, 2)),
        gpus=gpus,
        machine_gpus=draw(st.sampled_from([1.0, 2.0, 4.0, 8.0])),
        crew=crew,
        floor=base * draw(share) if crew else 0.0,
    )


lines = st.builds(Line, st.floats(0.0, 1e5), st.one_of(st.just(0.0), st.floats(1e-6, 100.0)))


@st.composite
def figures(draw: st.DrawFn) -> Figures:
    cached = draw(st.floats(0.0, 0.6))
    return Figures(
        units=draw(st.floats(0.0, 1e6)),
        tokens_in=draw(st.floats(1.0, 1e6)),
        tokens_out=draw(st.floats(1.0, 1e6)),
        cached=cached,
        written=draw(st.floats(0.0, 0.4)),
        batch=draw(share),
        peak=draw(st.floats(1.0, 20.0)),
        price_in=draw(some),
        price_cached=draw(st.floats(0.0, 1.0)),
        price_write=draw(some),
        price_out=draw(some),
        batch_off=draw(share),
        batch_cached=draw(share),
        own_unit=draw(st.one_of(st.just(0.0), st.floats(1e-6, 10.0))),
        retry=draw(share),
        off=draw(share),
        api_fixed=draw(money),
        rate=draw(st.floats(0.01, 20.0)),
        uplift=draw(share),
        gpus=draw(st.sampled_from([1.0, 2.0, 8.0])),
        machine_gpus=draw(st.sampled_from([1.0, 8.0])),
        speed_in=draw(some),
        speed_out=draw(some),
        of_published=draw(st.floats(0.1, 1.0)),
        usable=draw(st.floats(0.1, 1.0)),
        least=draw(st.sampled_from([1.0, 2.0])),
        spare=draw(st.sampled_from([0.0, 1.0])),
        left_to_api=draw(st.sampled_from([0.0, 0.3, 0.9])),
        price=draw(money),
        resale=draw(st.floats(0.0, 0.9)),
        interest=draw(st.floats(0.0, 0.3)),
        maintenance=draw(st.floats(0.0, 0.2)),
        idle_kw=draw(st.floats(0.0, 3.0)),
        max_kw=draw(st.floats(3.0, 15.0)),
        kwh=draw(st.floats(0.0, 0.5)),
        hosting_kw=draw(st.floats(0.0, 300.0)),
        fte=draw(st.floats(0.0, 3.0)),
        salary=draw(money),
        one_off=draw(money),
        gpus_fte=draw(st.one_of(st.just(0.0), st.floats(1.0, 1000.0))),
        endpoint_rate=draw(st.floats(0.0, 20.0)),
        endpoint_fte=draw(share),
    )


limits = st.one_of(st.just(math.inf), st.integers(1, 9))


@given(lines, stairs(), limits)
@settings(max_examples=400, deadline=None)
def test_at_every_crossing_the_cheaper_side_changes_and_nowhere_else(line: Line, own: Stairs, most: float) -> None:
    own = replace(own, most=max(most, own.least), spilled=line.slope)
    found = crossings(line, own)
    volumes = [c.volume for c in found.found]
    assert volumes == sorted(volumes)
    sides = [found.at_zero, *(c.to for c in found.found)]
    assert all(a != b for a, b in pairwise(sides))
    for c in found.found:
        paid, cost = line.at(c.volume), own.at(c.volume)
        scale = max(abs(paid), abs(cost), 1.0)
        if not c.jump:
            flat = own.flat(c.replicas) + c.volume * own.slope
            assert abs(paid - flat) <= 1e-6 * scale
        else:
            above = own.flat(c.replicas) + c.volume * own.slope
            assert cost <= paid + 1e-6 * scale and above >= paid - 1e-6 * scale
    if found.at_last == "unsettled":
        return
    edges = [0.0, *volumes]
    ends = [*volumes, (volumes[-1] if volumes else 1.0) * 10 + 10 * min(own.capacity, 1e6)]
    for side, low, high in zip(sides, edges, ends, strict=True):
        for part in (0.01, 0.3, 0.5, 0.77, 0.99):
            v = low + (high - low) * part
            gap = line.at(v) - own.at(v)
            slack = 1e-6 * max(line.at(v), own.at(v), 1.0)
            assert (gap > -slack) if side == "self" else (gap < slack), (side, v)


@given(figures(), st.floats(0.0, 1e6), st.floats(0.0, 1e6))
@settings(max_examples=200, deadline=None)
def test_more_volume_never_costs_less(f: Figures, a: float, b: float) -> None:
    low, high = sorted((a, b))
    for kind in (rented(f), owned(f), endpoint(f)):
        assert fleet(kind).at(low) <= fleet(kind).at(high) * (1 + 1e-9)
    assert api(f).at(low) <= api(f).at(high) * (1 + 1e-9)


DEARER = {
    "api": ("price_in", "price_out", "price_cached", "price_write", "retry", "api_fixed"),
    "fleet": ("rate", "uplift", "peak", "fte", "salary", "kwh", "hosting_kw", "maintenance", "price", "one_off"),
}
CHEAPER = {"api": ("off", "batch_off"), "fleet": ("usable", "of_published", "resale", "kept")}


@given(figures(), st.data())
@settings(max_examples=200, deadline=None)
def test_each_figure_moves_its_side_the_way_it_should(f: Figures, data: st.DataObject) -> None:
    side = data.draw(st.sampled_from(["api", "fleet"]))
    name = data.draw(st.sampled_from(DEARER[side] + CHEAPER[side]))
    old = getattr(f, name)
    top = 1.0 if name in (*CHEAPER["api"], *CHEAPER["fleet"]) else old * 2 + 1
    more = replace(f, **{name: max(old, top)})
    before, after = (api(x).at(x.units) if side == "api" else fleet(x).at(x.units) for x in (f, more))
    if name in DEARER[side]:
        assert after >= before * (1 - 1e-9)
    else:
        assert after <= before * (1 + 1e-9) + 1e-9


@given(figures(), st.floats(0.0, 1e6), st.sampled_from([0.0, 1.0, 5.0]))
@settings(max_examples=200, deadline=None)
def test_the_lines_of_a_month_add_up_to_the_curve(f: Figures, volume: float, most: float) -> None:
    f = replace(f, most=most)
    for kind in (f, rented(f), owned(f), endpoint(f)):
        found = month(kind, volume)
        assert found.total == pytest.approx(fleet(kind).at(volume), rel=1e-9, abs=1e-6)
        assert found.utilisation is not None
        assert found.utilisation <= 1.0 + 1e-9, "replicas are added before they are over-full"


@given(figures(), st.lists(st.sampled_from(["rate", "price_out", "peak", "fte", "speed_out"]), unique=True))
@settings(max_examples=60, deadline=None)
def test_ranges_contain_the_base_and_the_draws_stay_in_their_ranges(f: Figures, names: list[str]) -> None:
    ranges = tuple((n, getattr(f, n) * 0.5 if n != "peak" else 1.0, getattr(f, n) * 2) for n in names)
    found = spread(Ranged(f, ranges), 60)
    for shown in (found.api, found.fleet):
        assert shown.low is not None and shown.base is not None and shown.high is not None
        assert shown.low <= shown.base <= shown.high
    low, base, high = (
        math.inf if x is None else x for x in (found.break_even.low, found.break_even.base, found.break_even.high)
    )
    assert low <= base <= high
    assert 0.0 <= found.fleet_cheaper <= 1.0
    widths = [swing.width for swing in tornado(Ranged(f, ranges))]
    assert widths == sorted(widths, reverse=True)


@given(st.floats(0.0, 0.999999), st.floats(0, 10), st.floats(0, 10), st.floats(0, 10))
def test_a_draw_lies_in_its_triangle(u: float, a: float, b: float, c: float) -> None:
    low, base, high = sorted((a, b, c))
    assert low - 1e-9 <= triangle(u, low, base, high) <= high + 1e-9


def test_draws_are_the_sequence_that_is_written_down() -> None:
    numbers = uniform(1)
    assert [round(next(numbers), 6) for _ in range(3)] == [0.627074, 0.002736, 0.527447]


def test_people_grow_with_the_machines_beyond_what_the_floor_covers() -> None:
    """One person for 600 accelerators: half a person covers 300 of them, and 100,000 take a crew of 167."""
    f = Figures(rate=1.0, machine_gpus=8.0, gpus=8.0, speed_out=1.0, tokens_out=1.0, fte=0.5, salary=120_000.0)
    f = replace(f, gpus_fte=600.0)

    def people(machines: int) -> float:
        found = month(f, machines * capacity(f))
        assert found.machines == machines
        assert found.total == pytest.approx(fleet(f).at(machines * capacity(f)))
        return found.people / 10_000

    assert [people(machines) for machines in (1, 37)] == [0.5, 0.5]
    assert people(38) == pytest.approx(304 / 600)
    assert people(12_500) == pytest.approx(100_000 / 600)
    assert month(replace(f, gpus_fte=0.0), 12_500 * capacity(f)).people == 5_000, "no limit, no growth"


def test_zero_volume_costs_the_floors() -> None:
    f = Figures(api_fixed=50.0, rate=2.0, fte=0.5, salary=120_000.0, spare=1.0)
    assert api(f).at(0.0) == 50.0
    assert fleet(f).at(0.0) == 2 * 2.0 * 730 + 0.5 * 10_000


def test_twice_the_rent_is_twice_the_rent_and_nothing_else() -> None:
    f = Figures(units=10.0, rate=2.0, fte=1.0, salary=12_000.0)
    one, two = month(f, 10.0), month(replace(f, rate=4.0), 10.0)
    assert (two.rent, two.people) == (2 * one.rent, one.people)


def test_within_one_step_the_break_even_does_not_depend_on_how_busy_a_replica_may_be() -> None:
    f = Figures(tokens_in=1e6, price_in=1.0, rate=1.0, speed_in=1000.0)
    found = {crossings(api(x), fleet(x)).first for x in (f, replace(f, usable=0.5))}
    assert found == {730.0}


def test_a_dearer_fleet_never_crosses_and_says_so() -> None:
    f = Figures(tokens_in=1e6, price_in=0.1, rate=2.0, speed_in=500.0)
    found = crossings(api(f), fleet(f))
    assert (found.found, found.lasting, found.first) == ((), None, None)


def test_every_crossing_of_a_staircase_is_told() -> None:
    """By hand: stair n costs 50 + 80 n and ends at 100 n; from the seventh on it begins below the line."""
    line, own = Line(0.0, 1.0), Stairs(50.0, 80.0, 0.0, 100.0, 1, 0, 1.0, 1.0)
    assert [(c.volume, c.to, c.jump) for c in crossings(line, own).found] == [
        (290.0, "self", False),
        (300.0, "api", True),
        (370.0, "self", False),
        (400.0, "api", True),
        (450.0, "self", False),
        (500.0, "api", True),
        (530.0, "self", False),
        (600.0, "api", True),
        (610.0, "self", False),
    ]
    assert (crossings(line, own).first, crossings(line, own).lasting) == (290.0, 610.0)


def test_crossings_that_read_alike_are_told_in_one_sentence() -> None:
    """A staircase that gains one half a stair is overtaken again and again before it gets away."""
    line, own = Line(0.0, 1.0), Stairs(0.0, 99.5, 0.0, 100.0, 1, 1, 1.0, 1.0)
    found = crossings(line, own).found
    assert len(found) > 40
    told = crossed(found, "call")
    assert len({text.split(":")[0] for text in told}) == len(told), "no two begin alike"
    assert len(told) < len(found) / 5
    assert told[-1].startswith("around 40,000 calls they change places ")
    assert told[-1].endswith("; above that: hosting it yourself")
    two = (Crossing(5.61e9, "self", 9, False), Crossing(5.62e9, "api", 10, True), Crossing(9e9, "self", 16, False))
    assert crossed(two, "call") == [
        "around 5.6 billion calls they change places twice; above that: the API",
        "above 9 billion calls: hosting it yourself",
    ]


def test_an_annuity_pays_the_price_back_with_interest() -> None:
    f = Figures(price=100_000.0, life=36.0, resale=0.2, interest=0.08)
    rate = 1.08 ** (1 / 12) - 1
    present = sum(annuity(f) / (1 + rate) ** t for t in range(1, 37)) + 20_000 / (1 + rate) ** 36
    assert present == pytest.approx(100_000.0)
    assert annuity(replace(f, interest=0.0)) == pytest.approx(80_000 / 36)


def test_cached_tokens_are_part_of_the_input() -> None:
    f = Figures(tokens_in=1e6, price_in=2.0, price_cached=0.2, price_write=2.5, cached=0.5, written=0.1)
    assert unit_price(f) == pytest.approx(0.4 * 2.0 + 0.5 * 0.2 + 0.1 * 2.5)


def test_input_and_output_speeds_blend_harmonically_and_batch_fills_troughs() -> None:
    f = Figures(tokens_in=3000.0, tokens_out=1000.0, speed_in=3000.0, speed_out=500.0)
    assert capacity(f) == pytest.approx(730 * 3600 / 3.0)
    assert capacity(replace(f, peak=4.0)) == pytest.approx(730 * 3600 / 12.0)
    assert capacity(replace(f, peak=4.0, batch=0.5)) == pytest.approx(730 * 3600 / 6.0)
    assert capacity(replace(f, peak=4.0, batch=0.9)) == pytest.approx(730 * 3600 / 3.0)


def test_money_put_in_comes_back_after_price_over_saving() -> None:
    f = Figures(units=1.0, price_unit=280.0, price=4000.0, platform=95.0)
    found = payback(f)
    assert (found.upfront, found.first_month) == (4000.0, 185.0)
    assert found.months == pytest.approx(4000 / 185)
    assert payback(replace(f, price_unit=90.0)).months is None
    falling = payback(replace(f, api_decline=0.05)).months
    growing = payback(replace(f, growth=1.0)).months
    assert falling is not None and growing is not None and growing < 4000 / 185 < falling


@pytest.mark.parametrize(
    ("said", "volume"),
    [
        ({"tokens": "500M", "ratio": "3:1"}, 500.0),
        ({"input_tokens": "300M", "output_tokens": "0.2B"}, 500.0),
        ({"tokens_day": 12e6}, 365.0),
        ({"unit": "call", "units_day": 12, "tokens_in": 1}, 365.0),
    ],
)
def test_a_volume_can_be_said_in_many_ways(said: dict[str, object], volume: float) -> None:
    assert read(said).base("units") == pytest.approx(volume)


@pytest.mark.parametrize(
    "said",
    [
        {"nonsense": 1},
        {"rate": "a lot"},
        {"rate": "3..2..1"},
        {"rate": float("nan")},
        {"batch": 1.5},
        {"tokens": 1e9, "input_tokens": 1e9},
        {"cached": 0.7, "written": 0.7},
        {"watts": 500, "kw": 1},
        {"ratio": "0:0", "tokens": 1},
        {"usable": 0},
    ],
)
def test_what_makes_no_sense_is_refused(said: dict[str, object]) -> None:
    with pytest.raises(CostError):
        read(said)


def test_numbers_are_read_as_people_write_them() -> None:
    assert triple("2.58..3.8..6.9", "rate") == (2.58, 3.8, 6.9)
    assert triple([1, 3], "rate") == (1.0, 2.0, 3.0)
    assert triple("40%", "usable") == (0.4, 0.4, 0.4)
    assert triple("$1,200.50", "salary")[1] == 1200.5


def test_an_own_machine_with_power_is_compared_with_a_bill() -> None:
    """A server of 4,000 with 350 W at 0.30 a kWh beside a bill of 280: 4,000 / (280 − 76.65)."""
    found = answer(read({"price": 4000, "watts": 350, "kwh": 0.30, "api_month": 280}).ranged()).fleets[0]
    assert found.payback is not None
    assert found.payback.months == pytest.approx(4000 / (280 - 0.35 * 730 * 0.30))


@given(figures())
@settings(max_examples=20, deadline=None)
def test_an_api_has_the_same_range_beside_any_fleet(f: Figures) -> None:
    ranges = (("cached", 0.0, f.cached + 0.1), ("rate", f.rate / 2, f.rate * 2), ("price", f.price, f.price + 9e4))
    found = answer(Ranged(replace(f, price=f.price + 1.0), ranges)).fleets
    assert len(found) == (3 if f.endpoint_rate else 2)
    assert {item.spread.api for item in found} == {found[0].spread.api}


@pytest.mark.parametrize("units", [5e-324, 1e-300, 1e-12, 0.0])
def test_a_volume_of_next_to_nothing_is_none(units: float) -> None:
    """Nothing can be divided by it."""
    found = answer(Ranged(Figures(units=units, rate=2.0, price_in=1.0, tokens_in=1000.0)))
    assert all(math.isfinite(point.api) and point.volume > 0 for point in found.fleets[0].curve)


def test_sequences_of_two_figures_have_nothing_to_do_with_each_other() -> None:
    f = Figures(rate=2.0, price_in=2.0)
    pairs = [(d.rate, d.price_in) for d in draws(Ranged(f, (("price_in", 1.0, 3.0), ("rate", 1.0, 3.0))))]
    together = sum((a - 2) * (b - 2) for a, b in pairs) / len(pairs) / (1 / 6)
    assert abs(together) < 0.1
