"""Numbers as people write them, with ranges, and what is said of those that cannot be taken."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from macros.cost.keys import BY_NAME

_WHOLE = r"\d{1,3}(?:[, ]\d{3})+|\d[\d_]*"
_NUMBER = re.compile(rf"^([+-]?(?:{_WHOLE})(?:\.\d+)?|[+-]?\.\d+|\d+(?:\.\d+)?e[+-]?\d+)\s*(k|m|bn|b|t|%)?$", re.I)
_TIMES = {"k": 1e3, "m": 1e6, "b": 1e9, "bn": 1e9, "t": 1e12, "%": 0.01}
_TWO_WAYS = re.compile(r"[1-9]\d{0,2}(\.000)+")
"""Thousands or decimals: 40.000 is one to some and the other to others."""
_THREE = re.compile(r"[1-9]\d{0,2}\.\d{3}")
WHOLE = frozenset(
    {
        *("units", "tokens_in", "tokens_out", "capacity", "units_day", "characters_in", "characters_out"),
        *("tokens", "input_tokens", "output_tokens", "tokens_day", "capacity_tokens"),
    }
)
"""Keys that count things, of which 1.200 is more often a thousand than one and a fifth."""
ENDS = ("low", "base", "high")

Triple = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that cannot be taken: the key it was given under, what is wrong, and what would do."""

    key: str | None
    what: str
    instead: str = ""
    code: str = "WA106"
    """As in docs/errors.md."""

    def __str__(self) -> str:
        return (f"{self.key}: " if self.key else "") + self.what + (f"; {self.instead}" if self.instead else "")


class CostError(ValueError):
    """What was given cannot be taken; the message says what and what would do. Carries every fault found."""

    def __init__(self, *faults: Fault | str) -> None:
        self.faults = tuple(Fault(None, item) if isinstance(item, str) else item for item in faults)
        super().__init__("\n".join(map(str, self.faults)))


def number(text: Any, name: str) -> float:
    """One number as people write it. Raises CostError."""
    if isinstance(text, bool) or text is None:
        raise CostError(Fault(name, f"`{text}` is no number", code="WA103"))
    if isinstance(text, int | float):
        value = float(text)
    else:
        match = _NUMBER.match(str(text).strip().lstrip("$€£").strip())
        if not match:
            near = re.fullmatch(r"(\d+),(\d+)(\D*)", str(text).strip())
            instead = (
                f"for decimals write {near[1]}.{near[2]}{near[3]}"
                if near
                else "write one such as 1200, 2.5B, 10k or 40%"
            )
            raise CostError(Fault(name, f"`{text}` is no number", instead))
        if not match[2] and (_TWO_WAYS.fullmatch(match[1]) or (name in WHOLE and _THREE.fullmatch(match[1]))):
            whole, short = match[1].replace(".", ""), match[1].partition(".")[0]
            exact = short if _TWO_WAYS.fullmatch(match[1]) else f"{match[1]}0"
            instead = f"write {whole}, or {exact} if that is meant"
            raise CostError(Fault(name, f"`{text}` can be read in two ways", instead))
        value = float(re.sub(r"[,_ ]", "", match[1])) * _TIMES.get((match[2] or "").lower(), 1.0)
    if not math.isfinite(value):
        raise CostError(Fault(name, f"`{text}` is no finite number"))
    return value


def triple(value: Any, name: str) -> Triple:
    """Low, base and high. One number is its own range; of two, the base is their middle. Raises CostError."""
    numbers = [number(part, name) for part in _parts(value, name)]
    if len(numbers) == 1:
        numbers *= 3
    elif len(numbers) == 2:
        numbers = [numbers[0], (numbers[0] + numbers[1]) / 2.0, numbers[1]]
    if len(numbers) != 3 or not numbers[0] <= numbers[1] <= numbers[2]:
        instead = "write low..high or low..base..high, such as 2.5..3.8..6.9"
        raise CostError(Fault(name, f"`{value}` is no range", instead))
    key = BY_NAME[name]
    for item in numbers:
        if not key.least <= item <= key.most:
            most = "" if math.isinf(key.most) else f" and at most {key.most:g}"
            least = "more than 0" if 0 < key.least < 1e-6 else f"at least {key.least:g}"
            least = f"it is {least}{most} ({key.unit})"
            raise CostError(Fault(name, f"{item:g} is out of range", least, "WA107"))
    return numbers[0], numbers[1], numbers[2]


def _parts(value: Any, name: str) -> list[Any]:
    if isinstance(value, Mapping):
        if set(value) not in ({"base"}, {"low", "high"}, set(ENDS)):
            keys = ", ".join(map(str, value))
            raise CostError(Fault(name, f"a range with {keys}", "it has low and high, or low, base and high"))
        return [value[end] for end in ENDS if end in value]
    if isinstance(value, list | tuple):
        return list(value)
    return list(value.split("..")) if isinstance(value, str) and ".." in value else [value]


def every(given: Mapping[str, Any], names: Iterable[str]) -> tuple[dict[str, Triple], list[Fault]]:
    """The ranges of these keys, and every fault."""
    found: dict[str, Triple] = {}
    faults: list[Fault] = []
    for name in names:
        try:
            found[name] = triple(given[name], name)
        except CostError as error:
            faults += error.faults
    return found, faults
