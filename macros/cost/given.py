"""From what somebody says to figures. Numbers are those of `macros.cost.numbers`: 2.5B, 40 %, 2..4, 2..3.8..6.

Nothing is assumed here beside what the words mean: an API bill without a volume is one “today's volume” a month;
speed that counts input and output together holds for both; a share of speed that an author measured is the
replica's, so the load is then taken as even. Whoever contradicts himself is told (`contradictions`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from macros.cost.contradictions import contradictions
from macros.cost.figures import MONTH_HOURS, NAMES, Figures, Ranged
from macros.cost.keys import BY_NAME
from macros.cost.numbers import CostError, Fault, Triple, every, number
from macros.problems import did_you_mean

MILLION = 1e6
CHARACTERS = 4.0
"""Characters of a token, where nobody says; `atlas/prices/characters-of-a-token.yml` tells from where."""
DAYS = 365.0 / 12.0
"""Days of a month, where nobody says on how many there is work."""
SPEEDS = ("speed_in", "speed_out", "speed_units")
TEXTS = ("unit", "counts", "ratio", "currency", "api", "gpu", "model", "title")
"""Keys whose value is text."""
COUNTS = ("output", "input", "total")
TOKENS_UNIT = "million tokens"
TODAY = "today’s volume"


@dataclass(slots=True)
class Reading:
    """Figures as they are put together; `said` are those that were given, in any words."""

    values: dict[str, Triple] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)
    unit: str = TOKENS_UNIT
    requests: float = 1.0
    """Requests of a unit."""
    estimated: bool = False
    """Whether the speed is an estimate, of which less is known than of a published one."""
    notes: list[str] = field(default_factory=list)

    def put(self, name: str, value: Triple, times: float = 1.0) -> None:
        """Set a figure. Raises CostError if it was set by other words already."""
        if name in self.said:
            raise CostError(Fault(name, "is given twice, in different words", code="WA206"))
        self.values[name] = (value[0] * times, value[1] * times, value[2] * times)
        self.said.add(name)

    def base(self, name: str) -> float:
        """The base value of a figure, or the neutral one."""
        neutral: float = getattr(Figures(), name)
        return self.values[name][1] if name in self.values else neutral

    def ranged(self) -> Ranged:
        """The figures with those ranges that have a width."""
        base = Figures(**{name: value[1] for name, value in self.values.items()})
        ranges = tuple((n, self.values[n][0], self.values[n][2]) for n in NAMES if n in self.values)
        return Ranged(base, tuple(item for item in ranges if item[1] < item[2]))


def read(given: Mapping[str, Any], beside: Iterable[str] = ()) -> Reading:
    """Figures from keys of `macros.cost.keys`. Raises CostError with everything that cannot be taken.

    `beside` are names of what is given besides, such as an accelerator; they can contradict a key.
    """
    known = {**BY_NAME, **dict.fromkeys(TEXTS)}
    said = {name: value for name, value in given.items() if value is not None}
    faults = [
        Fault(name, "is no key", did_you_mean(name, known, "`atlas cost --help` lists them"), "WA101")
        for name in given
        if name not in known
    ]
    texts = {name: str(said[name]) for name in TEXTS if name in said}
    numbers, wrong = every(said, [name for name in said if name in BY_NAME])
    faults += wrong + contradictions({*said, *beside})
    if faults:
        raise CostError(*faults)
    found = Reading(unit=texts.get("unit", _own_unit(numbers)))
    for name in [name for name in NAMES if name in numbers]:
        found.put(name, numbers.pop(name))
    _volume(found, numbers, texts)
    _api(found, numbers, texts)
    if "gpus" in found.said and "machine_gpus" not in found.said:
        found.values["machine_gpus"] = found.values["gpus"]  # a replica is rented or bought whole
    _rent(found, numbers)
    _own(found, numbers)
    _serving(found, numbers, texts)
    _people(found, numbers)
    if found.base("cached") + found.base("written") > 1:
        raise CostError("`cached` and `written` are shares of the same input; together they are at most 1")
    return found


def _own_unit(numbers: Mapping[str, Triple]) -> str:
    """What is counted where nobody says so. Who counts tokens of a unit, or prices one, has units of his own, even
    without a name; a unit of a million tokens is a million tokens.
    """
    if "price_unit" in numbers or {"characters_in", "characters_out"} & set(numbers):
        return "units"
    sides = [numbers[name] for name in ("tokens_in", "tokens_out") if name in numbers]
    if not sides or (all(low == high for low, _, high in sides) and sum(side[1] for side in sides) == MILLION):
        return TOKENS_UNIT
    return "units"


def _volume(found: Reading, numbers: dict[str, Triple], texts: dict[str, str]) -> None:
    """Tokens in a month become millions of tokens of the given mix; characters become tokens."""
    per_token = numbers.pop("characters_token", _exact(CHARACTERS))[1]
    for side in ("in", "out"):
        if f"characters_{side}" in numbers:
            found.put(f"tokens_{side}", numbers.pop(f"characters_{side}"), 1.0 / per_token)
    days = numbers.get("days_month", _exact(DAYS))[1]
    if "units_day" in numbers:
        found.put("units", numbers.pop("units_day"), days)
    share = _output_share(numbers, texts)
    monthly = {name: numbers.pop(name) for name in ("tokens", "input_tokens", "output_tokens") if name in numbers}
    if "tokens_day" in numbers:
        if "tokens" in monthly:
            raise CostError("give `tokens` or `tokens_day`, not both")
        monthly["tokens"] = _times(numbers.pop("tokens_day"), days)
    per_unit = "tokens_in" in found.said or "tokens_out" in found.said
    if monthly and per_unit:
        raise CostError("give tokens of a month, or tokens of a unit with `units`, not both")
    if "tokens" in monthly and len(monthly) > 1:
        raise CostError("`tokens` is input and output together; give it, or input and output apart")
    if "input_tokens" in monthly or "output_tokens" in monthly:
        nothing = (0.0, 0.0, 0.0)
        into, out = monthly.get("input_tokens", nothing), monthly.get("output_tokens", nothing)
        total = into[1] + out[1]
        share = out[1] / total if total else 0.0
        found.put("units", (into[0] + out[0], total, into[2] + out[2]), 1 / MILLION)
    elif "tokens" in monthly:
        found.put("units", monthly["tokens"], 1 / MILLION)
    if per_unit:
        return
    if monthly or (found.unit == TOKENS_UNIT and "price_unit" not in found.said):
        if share is None:
            share = _even(found, numbers)
        found.values["tokens_in"] = _exact(MILLION * (1.0 - share))
        found.values["tokens_out"] = _exact(MILLION * share)


def _even(found: Reading, numbers: dict[str, Triple]) -> float:
    """The output share where none is given: it matters only where input and output differ."""
    if "price_out" in found.said and "price_in" not in found.said and "blended" not in numbers:
        found.notes.append("Only output is priced, so all tokens are counted as output.")
        return 1.0
    if "price_in" in found.said and found.base("price_in") != found.base("price_out"):
        found.notes.append(
            "No mix of input and output is given; three input tokens to one output token are taken."
        )
    return 0.25


def _output_share(numbers: dict[str, Triple], texts: dict[str, str]) -> float | None:
    if "ratio" in texts:
        parts = re.split(r"\s*(?::|/|to)\s*", texts["ratio"])
        if len(parts) != 2:
            raise CostError(Fault("ratio", f"`{texts['ratio']}` is not INPUT:OUTPUT", "write such as 3:1"))
        into, out = number(parts[0], "ratio"), number(parts[1], "ratio")
        if min(into, out) < 0 or into + out <= 0:
            raise CostError(Fault("ratio", "both parts are at least 0, and one is more"))
        return out / (into + out)
    return numbers.pop("output_share")[1] if "output_share" in numbers else None


def _api(found: Reading, numbers: dict[str, Triple], texts: dict[str, str]) -> None:
    if "blended" in numbers:
        price = numbers.pop("blended")
        found.put("price_in", price)
        found.put("price_out", price)
    for name, months in (("api_month", 1.0), ("api_year", 12.0)):
        if name not in numbers:
            continue
        bill = numbers.pop(name)
        found.said.add("bill")
        units = found.base("units")
        if units <= 0:
            found.put("units", _exact(1.0))
            found.unit = texts.get("unit", TODAY)
            units = 1.0
        found.put("price_unit", bill, 1.0 / (months * units))
    if "price_in" in found.said:
        # Where a vendor tells no price for cached or written input, it is input.
        scored = ("price_scored",) if found.base("scored") else ()
        for name in ("price_cached", "price_write", *scored):
            if name not in found.said:
                found.values[name] = found.values["price_in"]


def _rent(found: Reading, numbers: dict[str, Triple]) -> None:
    if "hours_day" in numbers:
        days = numbers.pop("days_month", _exact(DAYS))[1]
        found.put("hours", numbers.pop("hours_day"), days)
    elif "days_month" in numbers:
        found.put("hours", numbers.pop("days_month"), 24.0)
    if "month" in found.said and "hours" not in found.said:
        found.values["hours"] = found.values["month"]
    if "machine_rate" in numbers:
        found.put("rate", numbers.pop("machine_rate"), 1.0 / found.base("machine_gpus"))
        found.said.add("machine")
    if "gpu_month" in numbers:
        hours = found.base("hours") if "hours" in found.values else MONTH_HOURS
        found.put("rate", numbers.pop("gpu_month"), 1.0 / hours)
    if "reserved_rate" in found.said and "reserved_share" not in found.said:
        if "rate" in found.said:
            raise CostError("`rate` and `reserved_rate` are given; say how much is reserved with `reserved_share`")
        found.values["reserved_share"] = _exact(1.0)
    fixed = {"fleet_month": 1.0, "fleet_year": 1.0 / 12.0}
    for name, times in fixed.items():
        if name in numbers:
            _add(found, "platform", _times(numbers.pop(name), times))
            found.said.add("fleet")


def _own(found: Reading, numbers: dict[str, Triple]) -> None:
    if "life_years" in numbers:
        found.put("life", numbers.pop("life_years"), 12.0)
    for name, times in (("kw", 1.0), ("watts", 0.001)):
        if name in numbers:
            value = numbers.pop(name)
            found.put("idle_kw", value, times)
            found.put("max_kw", value, times)
    if "max_kw" in found.said and "idle_kw" not in found.said:
        found.values["idle_kw"] = found.values["max_kw"]
    for name, times in (("energy_month", 1.0), ("energy_year", 1.0 / 12.0)):
        if name in numbers:
            _add(found, "machine_month", _times(numbers.pop(name), times))
            found.said.add("energy")


def _serving(found: Reading, numbers: dict[str, Triple], texts: dict[str, str]) -> None:
    """Speed, by what was counted in it."""
    speeds = [(n, t) for n, t in (("tokens_s", 1.0), ("tokens_hour", 1.0 / 3600.0)) if n in numbers]
    counts = texts.get("counts", "total")
    if counts not in COUNTS:
        raise CostError(Fault("counts", f"`{counts}` is none of {', '.join(COUNTS)}", code="WA104"))
    for name, times in speeds:
        value = _times(numbers.pop(name), times)
        if counts in ("total", "output"):
            found.put("speed_out", value)
        if counts in ("total", "input"):
            found.put("speed_in", value)
    if speeds and "counts" not in texts and found.base("tokens_in") and found.base("tokens_out"):
        found.notes.append("The speed is taken to count input and output together; say `counts` if it does not.")
    if speeds:
        _counted(found, counts)
    found.requests = numbers.pop("requests_unit", _exact(1.0))[1]
    if "requests_s" in numbers:
        found.put("speed_units", numbers.pop("requests_s"), 1.0 / found.requests)
    if {"capacity", "capacity_tokens"} & {*found.said, *numbers} and _fast(found):
        found.notes.append("What a replica carries is given; its speed counts for electricity and time in use.")
    if "capacity_tokens" in numbers:
        tokens = found.base("tokens_in") + found.base("tokens_out")
        if tokens <= 0:
            raise CostError("`capacity_tokens` needs the tokens of a unit")
        found.put("capacity", numbers.pop("capacity_tokens"), 1.0 / tokens)
    if "utilisation" in numbers:
        measured = numbers.pop("utilisation")
        found.put("usable", measured)
        found.said.add("measured")
        if "peak" not in found.said:
            found.put("peak", _exact(1.0))
        found.notes.append(
            "The measured share of speed lowers what a replica carries; utilisation itself is a result."
        )


def _counted(found: Reading, counts: str) -> None:
    """Raises CostError where a speed counts what a unit does not have, so that it would be left out in silence."""
    side = {"input": "tokens_in", "output": "tokens_out"}.get(counts)
    if side and not found.base(side):
        what = f"the speed counts {counts}, of which there is none, so it would have no effect"
        raise CostError(Fault("counts", what, f"say the tokens of {counts}, or `counts` as measured", "WA206"))


def _fast(found: Reading) -> bool:
    """Whether a speed was given."""
    return bool(found.said.intersection(SPEEDS))


def _people(found: Reading, numbers: dict[str, Triple]) -> None:
    for name, months in (("staff_month", 12.0), ("staff_year", 1.0)):
        if name in numbers:
            found.put("salary", numbers.pop(name), months)
            if "fte" not in found.said:
                found.put("fte", _exact(1.0))


def _add(found: Reading, name: str, value: Triple) -> None:
    old = found.values.get(name, (0.0, 0.0, 0.0))
    found.values[name] = (old[0] + value[0], old[1] + value[1], old[2] + value[2])
    found.said.add(name)


def _exact(value: float) -> Triple:
    return value, value, value


def _times(value: Triple, times: float) -> Triple:
    return value[0] * times, value[1] * times, value[2] * times
