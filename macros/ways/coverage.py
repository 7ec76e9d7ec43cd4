"""What the atlas does not cover, counted from its data wherever the data can tell."""

from __future__ import annotations

from collections import Counter
from typing import Any

from macros.derive import Derived
from macros.ways.places import flat

PATH = "coverage/"


def values(derived: Derived) -> dict[str, Any]:
    """Values for `coverage.jinja`."""
    atlas = derived.atlas
    by_place = Counter(item.jurisdiction for item in atlas.instruments.values())
    needs = [need for item in derived.workloads.values() for need in item.workload.needs]
    jobs = Counter(need.job for need in needs)
    outputs = {kind for need in needs for kind in need.output}
    sectors = Counter(sector for item in derived.workloads.values() for sector in item.workload.facts.sectors)
    usual = Counter(t for item in derived.workloads.values() for t in item.workload.facts.system.techniques)
    return {
        "absent": [
            (use, [atlas.workloads[id_] for id_ in use.nearest], flat(atlas, use.see))
            for use in atlas.absent.values()
        ],
        "absent_days": sorted({use.reviewed for use in atlas.absent.values()}),
        "law": [(term.label, by_place[id_]) for id_, term in _terms(derived, "jurisdictions") if by_place[id_]],
        "jobs": [(term.label, jobs[id_]) for id_, term in _terms(derived, "jobs")],
        "never_made": [t.label for id_, t in _terms(derived, "modalities") if id_ not in outputs],
        "steps": len(needs),
        "acting": sum(need.tools for need in needs),
        "empty_sectors": [term.label for id_, term in _terms(derived, "sectors") if not sectors[id_]],
        "unused": [item for item in atlas.techniques.values() if not usual[item.id]],
        "without_deployment": [item for item in derived.workloads.values() if not item.deployments],
        "planned_cards": sorted(
            (atlas.accelerators[id_] for id_, items in derived.by_accelerator.items() if items),
            key=lambda card: card.title,
        ),
        "other_cards": sorted(
            (atlas.accelerators[id_] for id_, items in derived.by_accelerator.items() if not items),
            key=lambda card: card.title,
        ),
        "unconfirmed": [o for o in atlas.obligations.values() if o.confidence != "confirmed"],
        "silent": [i for i in atlas.instruments.values() if not derived.obligations_of[i.id]],
        "vendors": sorted({term.vendor for a in atlas.assurances.values() for term in a.terms}, key=str.casefold),
    }


def _terms(derived: Derived, vocabulary: str) -> list[tuple[str, Any]]:
    return list(derived.atlas.vocabulary[vocabulary].terms.items())
