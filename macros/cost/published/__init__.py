"""Published worked examples beside the same comparison by the atlas.

Each YAML file holds what an author gave, what the author found, where it was read, and why the two differ where
they do. Inputs and results were written down before the comparison was run; `held_out` marks the examples that no
part of the engine was written with. Nothing here assumes anything: every figure of an example is the author's.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from statistics import median
from typing import Any

import yaml

from macros.cost.answer import Answer, Fleet, answer, per
from macros.cost.given import read

FOLDER = Path(__file__).resolve().parent
NEAR = 0.02
"""Within this share a result counts as the author's, who rounds."""
DAYS = 365.0 / 12.0

Value = float | bool | None


@dataclass(frozen=True, slots=True)
class Check:
    """One result of an author beside ours. `published` is a number, a range, or yes or no."""

    what: str
    published: float | bool | tuple[float, float]
    ours: Value
    why: str | None

    @property
    def error(self) -> float | None:
        """Relative error; to the nearer end of a range, 0 within it; None for yes and no, or where ours is
        never.
        """
        if isinstance(self.published, bool) or isinstance(self.ours, bool) or self.ours is None:
            return None
        if isinstance(self.published, tuple):
            low, high = self.published
            nearest = min(max(self.ours, low), high)
            return self.ours / nearest - 1
        return self.ours / self.published - 1

    @property
    def agrees(self) -> bool:
        """Whether both say the same."""
        if isinstance(self.published, bool):
            return self.ours == self.published
        return self.error is not None and abs(self.error) <= NEAR


@dataclass(frozen=True, slots=True)
class Case:
    """One example with its checks."""

    id: str
    title: str
    publisher: str
    url: str
    published: str
    read: str
    held_out: bool
    note: str | None
    checks: tuple[Check, ...]


def _tokens(a: Answer, f: Fleet) -> Value:
    first = f.crossings.first
    return None if first is None else first * per(a.given.base) * 1e6


def _payback(_: Answer, f: Fleet) -> Value:
    return f.payback.months if f.payback else None


MEASURES: dict[str, Callable[[Answer, Fleet], Value]] = {
    "break-even tokens": _tokens,
    "break-even units": lambda a, f: f.crossings.first,
    "break-even units a day": lambda a, f: None if f.crossings.first is None else f.crossings.first / DAYS,
    "million at capacity": lambda a, f: None if f.at_capacity is None else f.at_capacity / per(a.given.base),
    "fleet month": lambda a, f: f.month.total,
    "fleet year": lambda a, f: f.month.total * 12,
    "fleet hour": lambda a, f: f.month.total / a.given.base.hours,
    "total over life": lambda a, f: f.month.total * a.given.base.life,
    "API month": lambda a, f: a.api_month,
    "API year": lambda a, f: a.api_month * 12,
    "saved in a month": lambda a, f: a.api_month - f.month.total,
    "payback months": _payback,
    "payback within life": lambda a, f: (_payback(a, f) or float("inf")) <= a.given.base.life,
    "payback never": lambda a, f: _payback(a, f) is None,
    "never": lambda a, f: f.crossings.lasting is None and f.crossings.first is None,
}
"""What an example may state, and how it is read off our answer."""


@lru_cache(maxsize=1)
def cases() -> tuple[Case, ...]:
    """Every example, compared."""
    return tuple(case(path.stem, yaml.safe_load(path.read_text("utf-8"))) for path in sorted(FOLDER.glob("*.yml")))


def case(name: str, data: dict[str, Any]) -> Case:
    """One example from its file."""
    given = {key: value for key, value in data["given"].items() if key != "currency"}
    found = answer(read(given).ranged())
    fleet = found.fleets[0]
    checks = tuple(
        Check(item["what"], _stated(item["published"]), MEASURES[item["what"]](found, fleet), item.get("why"))
        for item in data["checks"]
    )
    return Case(
        name,
        data["title"],
        data["publisher"],
        data["url"],
        data["published"],
        data["read"],
        data["held_out"],
        data.get("note"),
        checks,
    )


def _stated(value: Any) -> float | bool | tuple[float, float]:
    if isinstance(value, bool):
        return value
    if isinstance(value, list):
        return float(value[0]), float(value[1])
    return float(value)


@dataclass(frozen=True, slots=True)
class Summary:
    """How far examples and answers are apart."""

    cases: int
    checks: int
    agree: int
    held_out: int
    held_out_agree: int
    median_error: float


def summary() -> Summary:
    """Over every check of every example."""
    every = [(item, check) for item in cases() for check in item.checks]
    held = [check for item, check in every if item.held_out]
    errors = [abs(check.error) for _, check in every if check.error is not None]
    return Summary(
        cases=len(cases()),
        checks=len(every),
        agree=sum(check.agrees for _, check in every),
        held_out=len(held),
        held_out_agree=sum(check.agrees for check in held),
        median_error=median(errors),
    )


def report(as_data: bool = False) -> str:
    """The error table as text or JSON."""
    if as_data:
        return json.dumps([_data(item) for item in cases()], indent=2, ensure_ascii=False)
    rows = [("example", "result", "published", "ours", "error")]
    whys: dict[int, str] = {}
    for item in cases():
        for check in item.checks:
            mark = "" if item.held_out else " *"
            error = "" if check.error is None else f"{check.error:+.1%}"
            error = error or ("agrees" if check.agrees else "differs")
            if check.why:
                whys[len(rows)] = check.why
            rows.append((item.id + mark, check.what, shown_value(check.published), shown_value(check.ours), error))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for number, row in enumerate(rows):
        cells = [
            text.rjust(width) if column > 1 else text.ljust(width)
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells))
        if number in whys:
            lines.append(f"    {whys[number]}")
    found = summary()
    lines += [
        "",
        f"{found.cases} examples, {found.agree} of {found.checks} results agree within {NEAR:.0%}; "
        f"of those not used in writing the engine {found.held_out_agree} of {found.held_out}. "
        f"Median error {found.median_error:.1%}.",
        "* seen while the engine was written",
    ]
    return "\n".join(lines)


def shown_value(value: float | bool | tuple[float, float] | None) -> str:
    """A result for a table."""
    if value is None:
        return "never"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return f"{value[0]:,.6g} to {value[1]:,.6g}"
    return f"{value:,.2f}" if value < 1e5 else f"{value:,.4g}"


def _data(item: Case) -> dict[str, Any]:
    return {
        "id": item.id,
        "title": item.title,
        "url": item.url,
        "held_out": item.held_out,
        "checks": [
            {
                "what": c.what,
                "published": c.published,
                "ours": c.ours,
                "error": c.error,
                "agrees": c.agrees,
                "why": c.why,
            }
            for c in item.checks
        ],
    }
