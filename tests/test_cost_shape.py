"""The cost shape on the pages of workloads: what it shows is what its link into the calculator shows."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest

from macros import cost_shape
from macros.cost.answer import Answer, Fleet, answer
from macros.cost.curves import api, fleet
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
