"""An answer as JSON, as text and as CSV."""

from __future__ import annotations

import math
import re
from typing import Any

from macros.cost import words
from macros.cost.answer import Answer, Fleet, per
from macros.cost.curves import api, fleet, unit_price
from macros.cost.curves import month as month_of
from macros.cost.defaults import Used
from macros.cost.figures import NAMES, Figures
from macros.cost.given import TODAY, TOKENS_UNIT
from macros.cost.keys import BY_NAME, LABELS
from macros.cost.spread import Range

MACHINES = ("rent", "purchase", "maintenance", "energy", "hosting")
LINES = (*MACHINES, "people", "platform", "units", "one_off", "left_to_api")
"""What a month is made of, as `Month` names it."""
SHOWN = 8
"""Figures of the tornado, and crossings, in the text."""


def as_json(answer: Answer, unit: str, currency: str, notes: list[str], used: list[Used]) -> dict[str, Any]:
    """Everything, with numbers as they were computed. Volumes are in `unit` a month; `tokens` are beside them."""
    f = answer.given.base
    return {
        "unit": unit,
        "currency": currency,
        "volume": f.units,
        "tokens_per_unit": None if unit == TODAY or not _counted(f) else per(f) * 1e6,
        "api_month": answer.api_month,
        "api_per_unit": unit_price(f),
        "api_per_million": unit_price(f) / per(f) if unit == TODAY or _counted(f) else None,
        "options": [_fleet(answer, found, unit, currency) for found in answer.fleets],
        "own_or_rent_months": answer.own_or_rent.months if answer.own_or_rent else None,
        "figures": {name: getattr(f, name) for name in NAMES},
        "ranges": {name: [low, high] for name, low, high in answer.given.ranges},
        "assumed": [
            {
                "figure": u.figure,
                "value": list(u.value),
                "record": u.record,
                "as_of": u.as_of,
                "basis": u.basis,
                "sources": list(u.sources),
            }
            for u in used
        ],
        "notes": notes,
    }


def _counted(f: Figures) -> bool:
    """Whether a unit has tokens, so that figures by the million mean something."""
    return f.tokens_in + f.tokens_out > 0


def _fleet(answer: Answer, found: Fleet, unit: str, currency: str) -> dict[str, Any]:
    month, cross, f = found.month, found.crossings, found.given.base
    tokens = per(f) * 1e6 if unit != TODAY and _counted(f) else None
    even = None if cross.lasting is None else cross.lasting + 0.0  # never minus zero
    return {
        "kind": found.kind,
        "month": month.total,
        "month_range": _range(found.spread.fleet),
        "api_range": _range(found.spread.api),
        "verdict": found.spread.verdict,
        "share_of_draws_cheaper": found.spread.fleet_cheaper,
        "break_even": even,
        "break_even_tokens": even * tokens if even is not None and tokens else even if even is None else None,
        "break_even_range": _range(found.spread.break_even),
        "first_crossing": cross.first,
        "crossings": [
            {"volume": c.volume, "cheaper_above": c.to, "replicas": c.replicas, "replica_added": c.jump}
            for c in cross.found
        ],
        "cheaper_at_zero": cross.at_zero,
        "cheaper_at_last": cross.at_last,
        "break_even_one_step": found.one_step,
        "break_even_one_step_tokens": found.one_step * tokens if found.one_step is not None and tokens else None,
        "replica_capacity": None if math.isinf(found.capacity) else found.capacity,
        "utilisation": month.utilisation,
        "utilisation_at_break_even": _utilisation(found, even),
        "replicas": month.replicas,
        "machines": month.machines,
        "accelerators": month.gpus,
        "lines": {name: getattr(month, name) for name in LINES},
        "per_unit": month.total / f.units if f.units else None,
        "per_million": month.total / f.units / per(f) if f.units and (tokens or _counted(f)) else None,
        "per_million_at_capacity": None if found.at_capacity is None else found.at_capacity / per(f),
        "payback_months": found.payback.months if found.payback else None,
        "payback_range": _range(found.spread.payback) if found.payback else None,
        "upfront": found.payback.upfront if found.payback else None,
        "saved_in_first_month": found.payback.first_month if found.payback else None,
        "totals": [[total.months, total.api, total.fleet] for total in found.years.totals],
        "cheaper_from_month": found.years.overtakes,
        "curve": [[p.volume, p.api, p.fleet, p.replicas] for p in found.curve],
        "tornado": [
            {
                "figure": s.name,
                "label": LABELS[s.name],
                "low": s.low,
                "high": s.high,
                "difference": [s.difference_low, s.difference_high],
                "break_even": [s.break_even_low, s.break_even_high],
            }
            for s in found.tornado
        ],
        "sentence": words.sentence(answer, found, unit, currency),
    }


def _utilisation(found: Fleet, volume: float | None) -> float | None:
    """Share of the running replicas' time that the break-even volume takes."""
    if volume is None or math.isinf(found.capacity):
        return None
    return month_of(found.given.base, volume).utilisation


def _range(found: Range) -> list[float | None]:
    return [found.low, found.base, found.high]


def as_text(answer: Answer, unit: str, currency: str, notes: list[str], used: list[Used]) -> str:
    """For reading: the sentence, the lines of the month, crossings, the curve, what matters most, assumptions."""
    parts = [_one(answer, found, unit, currency) for found in answer.fleets]
    if notes:
        parts.append("\n".join(["Notes", *(f"  {note}" for note in notes)]))
    if used:
        parts.append("\n".join(["Taken from the atlas", *(_used(u, currency) for u in used)]))
    return "\n\n".join(parts)


def _used(used: Used, currency: str) -> str:
    low, base, high = used.value
    span = f"{base:g}" if low == high else f"{base:g} ({low:g} to {high:g})"
    if used.figure == "batch_off" and not base:
        span = "none listed"
    label = LABELS[used.figure]
    unit = BY_NAME[used.figure].unit
    return f"  {label}: {span}, {unit}; {used.record}, as of {used.as_of}"


def _one(answer: Answer, found: Fleet, unit: str, currency: str) -> str:
    """One comparison; of two sides of which one has no price, the other alone."""
    blocks = [[words.sentence(answer, found, unit, currency)]]
    if found.has_cost:
        blocks.append(_month(answer, found, currency))
    if found.has_cost and answer.has_api:
        blocks += [_crossings(found, unit), _totals(found, currency)]
    blocks.append(_curve(answer, found, unit, currency))
    if found.tornado and found.has_cost and answer.has_api:
        blocks.append(_tornado(found, currency))
    return "\n\n".join("\n".join(block) for block in blocks)


def _month(answer: Answer, found: Fleet, currency: str) -> list[str]:
    month = found.month
    sums = {name.replace("_", " "): getattr(month, name) for name in LINES if getattr(month, name)}
    sums["total"] = month.total
    if answer.has_api:
        sums["API"] = answer.api_month
    machines = f"{month.replicas} replica{'s' if month.replicas > 1 else ''}, accelerators: {month.gpus:g}"
    used = "" if month.utilisation is None else f", {month.utilisation:.1%} of their time used"
    return [
        f"A month of {words.KINDS[found.kind]}",
        *(f"  {name:12}{words.amount(value, currency, 3):>14}" for name, value in sums.items()),
        f"  {machines}{used}",
    ]


def _crossings(found: Fleet, unit: str) -> list[str]:
    told = words.crossed(found.crossings.found, unit, found.kind)
    lines = ["Crossings", *(f"  {item}" for item in told[:SHOWN] or ["none"])]
    if len(told) > SHOWN:
        lines.append(f"  and {len(told) - SHOWN} more")
    if found.one_step is not None and math.isfinite(found.capacity):
        lines.append(f"  if the smallest fleet carried any volume: {words.volume(found.one_step, unit)}")
    return lines


def _totals(found: Fleet, currency: str) -> list[str]:
    """Both sides in all, after each year and at the horizon."""
    rows = [
        (words.counted(str(total.months), "month"), *(words.amount(x, currency) for x in (total.api, total.fleet)))
        for total in found.years.totals
    ]
    return [
        f"In all after: API, {words.KINDS[found.kind]}",
        *(f"  {months:12}{theirs:>12}{mine:>12}" for months, theirs, mine in rows),
    ]


def _curve(answer: Answer, found: Fleet, unit: str, currency: str) -> list[str]:
    f: Figures = found.given.base
    what = "million tokens" if unit == TOKENS_UNIT or f.tokens_in + f.tokens_out else unit
    sides = {"API": answer.has_api, "self-hosted": found.has_cost}
    volumes = [words.volume(point.volume, unit) for point in found.curve]
    wide = max(map(len, volumes))
    return [
        f"Cost per {what} by volume: {', '.join(side for side, there in sides.items() if there)}",
        *(
            f"  {text:{wide}}"
            + "".join(
                f"{words.amount(cost, currency):>12}"
                for cost, there in zip((p.api, p.fleet), sides.values(), strict=True)
                if there
            )
            for n, (text, p) in enumerate(zip(volumes, found.curve, strict=True))
            if not n or text != volumes[n - 1]  # a crossing may lie where a step reads alike
        ),
    ]


def _tornado(found: Fleet, currency: str) -> list[str]:
    return [
        "What matters most: fleet minus API in a month, at the low and the high end",
        *(
            f"  {LABELS[s.name]}, {words.span(s.name, s.low, s.high, currency)}: "
            f"{words.amount(s.difference_low, currency)} to {words.amount(s.difference_high, currency)}"
            for s in found.tornado[:SHOWN]
        ),
    ]


def as_csv(answer: Answer, unit: str, currency: str) -> list[list[str]]:
    """The curve as rows: volume, API a month, each fleet a month."""
    f = answer.given.base
    sides = ("API", *(found.kind for found in answer.fleets))
    head = [f"{unit} a month", *(f"{side}, {currency}" for side in sides)]
    if re.match(r"[=+@-]\D", head[0]):
        head[0] = f"'{head[0]}"  # what begins like a formula is text to a spreadsheet behind an apostrophe
    volumes = sorted({p.volume for found in answer.fleets for p in found.curve})
    rows = [
        [f"{v:.6g}", f"{api(f).at(v):.2f}", *(f"{fleet(x.given.base).at(v):.2f}" for x in answer.fleets)]
        for v in volumes
    ]
    return [head, *rows]
