"""What the page `/portfolio/` is given: the answer for all workloads and the reference team, for readers without a
script, in words.
"""

from __future__ import annotations

from typing import Any

from macros.law.counts import headline
from macros.page_spec import PageSpec
from macros.portfolio import order
from macros.portfolio.answer import answer, whole
from macros.portfolio.base import Base
from macros.portfolio.duties import KINDS
from macros.portfolio.export import FILE
from macros.portfolio.report import ASSUMED, ISOLATION, cautions, hosting, place

PATH = "portfolio/"
SCRIPTS = ("compute", "address", "brief", "results", "view")


def spec(base: Base) -> PageSpec:
    """The page."""
    return PageSpec(
        PATH,
        "Several workloads together",
        "Pick workloads and volumes: what runs inside, what they share, accelerators pooled or apart, the law of "
        "all, and what to build first.",
        "portfolio.jinja",
        values(base),
        boost=2.0,
        wide=True,
        words=("portfolio", "shared endpoint", "pooling", "capacity of several workloads", "what to build first"),
    )


def values(base: Base) -> dict[str, Any]:
    """What the template is given."""
    found, derived = answer(base, whole(base)), base.derived
    return {
        "found": found,
        "pools": [
            {
                **pool,
                "where": place(derived, pool["place"]),
                "on": hosting(derived, pool),
                "workloads": list(dict.fromkeys(workload for workload, _ in pool["steps"])),
                "cautions": cautions(derived, found, pool),
            }
            for pool in found["pools"]
        ],
        "headline": headline(item["state"] for item in found["obligations"]),
        "kinds": [
            (title, [item for item in found["obligations"] if item["state"] in states])
            for _, states, title in KINDS
        ],
        "by_id": {item["id"]: item for item in found["workloads"]},
        "rule": order.RULE,
        "assumed": ASSUMED,
        "isolation": ISOLATION,
        "scripts": SCRIPTS,
        "data": FILE,
    }
