"""The cost shape on the pages of workloads: what it shows is what its link into the calculator shows."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest

from macros import cost_shape
from macros.cost.answer import Answer, answer
from macros.cost.curves import api, fleet
from macros.cost_compare import compare
from macros.model import Atlas
from tests.conftest import ROOT

WORKLOADS = sorted(path.stem for path in (ROOT / "atlas/workloads").glob("*/*.yml"))


def opened(atlas: Atlas, link: str) -> Answer:
    """The answer of the calculator when it is opened by this link."""
    assert link.startswith("#")
    return answer(compare(atlas, dict(parse_qsl(link[1:])), bare=False)[0].ranged())


@pytest.mark.parametrize("id_", WORKLOADS)
def test_what_a_page_shows_is_what_its_link_shows(atlas: Atlas, id_: str) -> None:
    shape = cost_shape.shape(atlas, atlas.workloads[id_])
    month = atlas.workloads[id_].volumes.per_month
    for row in shape.rows:
        told = opened(atlas, row.link)
        rented = next(item for item in told.fleets if item.kind == "rented")
        assert row.typical == told.api_month
        assert row.unit == pytest.approx(told.api_month / month.typical)
        assert (row.spread, row.even) == (rented.spread, rented.crossings.lasting)
        f = rented.given.base
        assert (row.low, row.high) == (api(f).at(month.low), api(f).at(month.high))
        assert shape.fleet == tuple(fleet(f).at(volume) for volume in (month.low, month.typical, month.high))
        assert shape.fleet[1] == rented.month.total
    assert shape.link in [row.link for row in shape.rows]
