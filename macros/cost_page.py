"""The page `/cost/`: the data of its script, and a worked example for readers without one.

The browser composes figures from this data and computes with `docs/assets/js/cost/`, which a test compares with
`macros/cost` over random figures. List prices of APIs are evaluated here, at the day of the atlas.
"""

from __future__ import annotations

import math
import zlib
from dataclasses import asdict, dataclass
from typing import Any

from macros import api_prices, speed_estimate
from macros.cost import defaults, published, words
from macros.cost.answer import Answer, answer
from macros.cost.defaults import Named, Used, assumed, dearer, longer, named, speed
from macros.cost.figures import Figures
from macros.cost.given import CHARACTERS as PER_TOKEN
from macros.cost.given import SPEEDS, Reading, read
from macros.cost.keys import AMOUNTS, BY_NAME, CHARACTERS, FIGURES, Key
from macros.cost.numbers import WHOLE
from macros.cost_counted import counted, told
from macros.cost_hosted import brought, hosted
from macros.cost_replica import replica
from macros.derive import Derived, DerivedWorkload
from macros.model import Atlas, Offer, Workload
from macros.scripts import as_script

FILE = "assets/js/cost/data.js"
FIRST = {
    "workload": "internal-knowledge-assistant",
    "api": "openai-gpt-6.1-terra",
    "gpu": "h200-sxm",
    "model": "gpt-oss-120b",
}
"""What is compared before anything is chosen, and in the example for readers without a script."""
API_SIDE = frozenset(
    {"api", "price_in", "price_out", "price_unit", "blended", "api_month", "api_year", "api_fixed"}
)
OWN_SIDE = frozenset(
    {
        *("gpu", "model", "rate", "reserved_rate", "endpoint_rate", "machine_rate", "gpu_month", "price"),
        *("fleet_month", "fleet_year", "platform", "own_unit"),
    }
)
"""What names a side of the comparison; the other keys only say more of it. A workload beside which a side is not
named is compared as its page does it."""
SPEED = frozenset({"speed_in", "speed_out", "of_published"})
"""What a suggestion says of its speed."""
OWN_SPEED = frozenset(
    {
        *("speed_in", "speed_out", "speed_units", "tokens_s", "tokens_hour", "requests_s", "utilisation"),
        *("capacity", "capacity_tokens", "gpus", "machine_gpus"),
    }
)
"""What says another speed, or changes the set it holds for, so that a suggested speed is left out."""
GROUPS = {
    "volume": "Volume",
    "api": "API",
    "rent": "Rented accelerators",
    "own": "Machines of one’s own",
    "serving": "Serving",
    "people": "People and the rest",
}


def script(derived: Derived) -> str:
    """The data as a script that sets `window.WA_COST`."""
    return as_script("WA_COST", data(derived))


def data(derived: Derived) -> dict[str, Any]:
    """Keys, neutral figures, what can be chosen, and what the atlas assumes."""
    atlas = derived.atlas
    day = atlas.settings.as_of
    pairs = {(row.record, row.accelerator) for row in atlas.speeds.values() if row.record}
    gpus = [i for i in atlas.accelerators.values() if any(p.accelerator == i.id for p in atlas.prices.values())]
    counts = {(model.id, gpu.id): replica(model, gpu) for model in atlas.models.values() for gpu in gpus}
    sized = {model for (model, _), count in counts.items() if count}
    return {
        "as_of": day,
        "package": api_prices.package(),
        "first": FIRST,
        "sides": {
            "api": sorted(API_SIDE),
            "own": sorted(OWN_SIDE),
            "speed": sorted(SPEED),
            "own_speed": sorted(OWN_SPEED),
        },
        "names": {
            "fleet": defaults.FLEET,
            "own": defaults.OWN,
            "api": defaults.API,
            "named": defaults.NAMED,
            "hosting": defaults.HOSTING,
            "offer": api_prices.FIGURES,
            "speeds": SPEEDS,
        },
        "server_gpus": defaults.SERVER_GPUS,
        "groups": GROUPS,
        "keys": [_key(key) for key in FIGURES],
        "characters": {"token": PER_TOKEN, "keys": [_key(key) for key in CHARACTERS]},
        "neutral": asdict(Figures()),
        "workloads": [workload(atlas, item) for item in derived.workloads.values()],
        "offers": [
            {
                "id": item.id,
                "title": item.title,
                "weights": item.weights,
                **_listed(item, api_prices.tiers(item.provider, item.model, day)),
            }
            for item in atlas.offers.values()
        ],
        "gpus": [{"id": item.id, "title": item.title} for item in gpus],
        "models": [
            {"id": item.id, "title": item.title, "context": item.context_tokens}
            for item in atlas.models.values()
            if item.id in sized or any(record == item.id for record, _ in pairs)
        ],
        "replicas": {f"{model}|{gpu}": count for (model, gpu), count in counts.items() if count is not None},
        "speeds": {f"{model}|{gpu}": _speeds(atlas, str(model), gpu) for model, gpu in sorted(pairs, key=str)},
        "estimates": {
            "lengths": speed_estimate.LENGTHS,
            "usual": speed_estimate.USUAL,
            "of_published": speed_estimate.of_pace(atlas),
            "note": defaults.ESTIMATED,
            "basis": defaults.PACED,
            "pairs": {
                f"{model.id}|{gpu.id}": [found.speed_in, found.speed_out]
                for model in atlas.models.values()
                for gpu in gpus
                if (found := speed_estimate.pace(atlas, model, gpu))
            },
        },
        "beside": [
            {
                "share": share,
                "figure": figure,
                "value": listed(day),
                "title": f"List prices in {api_prices.package()}",
                "as_of": day,
                "basis": basis,
            }
            for share, figure, listed, basis in defaults.BESIDE
        ],
        "prices": [
            {
                "figure": p.figure,
                "gpu": p.accelerator,
                "currency": p.currency,
                "value": [p.low, p.base, p.high],
                "title": p.title,
                "as_of": p.as_of,
                "basis": p.basis,
                "sources": p.sources,
            }
            for p in atlas.prices.values()
        ],
    }


def _key(key: Key) -> dict[str, Any]:
    marks = {"money": key.name in AMOUNTS, "whole": key.name in WHOLE}
    most = None if math.isinf(key.most) else key.most
    return {**asdict(key), "most": most, **{mark: True for mark, has in marks.items() if has}}


def _listed(item: Offer, tiers: tuple[api_prices.Tier, ...]) -> dict[str, Any]:
    """Tiers as rows, and what there is to say of them."""
    first = tiers[0]
    return {
        "tiers": [[t.above, *(getattr(t, name) for name in api_prices.FIGURES), t.dear] for t in tiers],
        "batch_known": first.batch_known,
        "long": longer(item, tiers) if len(tiers) > 1 else "",
        "note": dearer(item, first) if first.dear > 1.0 else "",
    }


def workload(atlas: Atlas, item: DerivedWorkload) -> dict[str, Any]:
    """The volumes of a workload, in its own unit, and the keys of what its page suggests to host."""
    found = hosted(atlas, item)
    taken = counted(atlas, found, item.workload.volumes)
    return {
        "id": item.workload.id,
        "title": item.workload.title,
        "suggested": taken.text or {key: FIRST[key] for key in ("gpu", "model")},
        "hosted": told(found, taken),
        **{"requests" if key == "requests_unit" else key: value for key, value in brought(item.workload).items()},
    }


def _speeds(atlas: Atlas, model: str, gpu: str) -> list[dict[str, Any]]:
    """Published speeds of a pair: the one taken where no number of accelerators is given, then one by number."""
    counts = {row.gpus for row in atlas.speeds.values() if (row.record, row.accelerator) == (model, gpu)}
    return [_speed(atlas, model, gpu, None), *(_speed(atlas, model, gpu, count) for count in sorted(counts))]


def _speed(atlas: Atlas, model: str, gpu: str, gpus: int | None) -> dict[str, Any]:
    """Published speed of a pair, as `macros.cost.defaults.speed` reads it."""
    found = Reading()
    if gpus is not None:
        found.put("gpus", (float(gpus),) * 3)
    used = speed(atlas, found, model, gpu)
    return {
        "gpus": found.base("gpus"),
        "speed_in": found.base("speed_in"),
        "speed_out": found.base("speed_out"),
        "basis": used[0].basis,
        "as_of": used[0].as_of,
        "notes": found.notes,
    }


@dataclass(frozen=True, slots=True)
class Shown:
    """A comparison for a page: the answer with its words, and what the atlas put in."""

    unit: str
    answer: Answer
    sentences: tuple[str, ...]
    used: tuple[Used, ...]
    notes: tuple[str, ...]


def shown(atlas: Atlas, volumes: Workload, offer: str, gpu: str, model: str) -> Shown:
    """A workload's own volumes with everything else from the atlas."""
    found = read(brought(volumes))
    what = Named(atlas.offers[offer], gpu, model)
    used = named(atlas, found, what)
    used += assumed(atlas, found, what)
    result = answer(found.ranged())
    lines = tuple(words.sentence(result, item, found.unit, "USD") for item in result.fleets)
    return Shown(found.unit, result, lines, tuple(used), tuple(found.notes))


def values(derived: Derived, loaded: str) -> dict[str, Any]:
    """What the template is given; `loaded` is the data that the page loads."""
    atlas = derived.atlas
    first = atlas.workloads[FIRST["workload"]]
    example = shown(atlas, first, FIRST["api"], FIRST["gpu"], FIRST["model"])
    return {
        "workload": first,
        "offer": atlas.offers[FIRST["api"]],
        "gpu": atlas.accelerators[FIRST["gpu"]],
        "model": atlas.models[FIRST["model"]],
        "example": example,
        "words": words,
        "shown_value": published.shown_value,
        "labels": BY_NAME,
        "cases": published.cases(),
        "summary": published.summary(),
        "estimate": _estimate(atlas),
        "near": published.NEAR,
        "package": api_prices.package(),
        "offers": atlas.offers.values(),
        "spans": api_prices.spans,
        "tiers": {
            item.id: api_prices.tiers(item.provider, item.model, atlas.settings.as_of)
            for item in atlas.offers.values()
        },
        "prices": atlas.prices.values(),
        "script_bytes": len(loaded.encode()),
        "packed_bytes": len(zlib.compress(loaded.encode(), 6)),
    }


def _estimate(atlas: Atlas) -> dict[str, Any]:
    """How speeds are estimated that nobody published: the runs and shares it rests on."""
    runs = speed_estimate.runs(atlas)
    return {
        "runs": runs,
        "usual": speed_estimate.USUAL,
        "models": len({run.speed.model for run in runs}),
        "reached": speed_estimate.reached(atlas),
        "in_service": speed_estimate.in_service(atlas),
    }
