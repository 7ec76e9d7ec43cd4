"""What can be said: every figure with its label and unit, and the other words in which people give the same
thing.
"""

from __future__ import annotations

from dataclasses import dataclass

from macros.cost.figures import NAMES


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that can be given. `share` values accept 40%; ends `least` and `most` are refused beyond."""

    name: str
    label: str
    unit: str
    group: str
    least: float = 0.0
    most: float = float("inf")


def _keys(group: str, *rows: tuple[str, str, str] | tuple[str, str, str, float, float]) -> tuple[Key, ...]:
    return tuple(Key(row[0], row[1], row[2], group, *row[3:]) for row in rows)


SHARE = (0.0, 1.0)
PART = (0.001, 1.0)
SOME = (1e-9, float("inf"))

FIGURES: tuple[Key, ...] = (
    *_keys(
        "volume",
        ("units", "Volume", "units a month", 0.0, 1e15),
        ("tokens_in", "Input tokens of a unit", "tokens"),
        ("tokens_out", "Output tokens of a unit", "tokens"),
        ("cached", "Input read from the API’s cache", "share", *SHARE),
        ("written", "Input written to the API’s cache", "share", *SHARE),
        ("batch", "Work that can wait a day", "share", *SHARE),
        ("scored", "Input that is embedded, ranked or marked", "share", *SHARE),
        ("audio", "Audio of a unit that is written down", "hours"),
        ("peak", "Busiest hour over mean", "times", 1.0, float("inf")),
        ("growth", "Growth of the volume", "a year", -0.99, 10.0),
    ),
    *_keys(
        "api",
        ("price_in", "Input price", "a million tokens"),
        ("price_cached", "Price of cached input", "a million tokens"),
        ("price_write", "Price of writing to the cache", "a million tokens"),
        ("price_out", "Output price", "a million tokens"),
        ("price_unit", "Price of a unit", "a unit"),
        ("price_scored", "Price of input that is embedded, ranked or marked", "a million tokens"),
        ("price_audio", "Price of audio that is written down", "an hour of it"),
        ("batch_off", "Batch discount", "share", *SHARE),
        ("batch_cached", "Part of that discount on cached input", "share", *SHARE),
        ("retry", "Requests sent again", "share", 0.0, 10.0),
        ("off", "Negotiated discount", "share", *SHARE),
        ("api_fixed", "Fixed cost beside the API", "a month"),
        ("api_decline", "Fall of API prices", "a year", 0.0, 0.99),
    ),
    *_keys(
        "rent",
        ("rate", "Rent of an accelerator", "an hour"),
        ("reserved_rate", "Reserved rent of an accelerator", "an hour"),
        ("reserved_share", "Share reserved", "share", *SHARE),
        ("uplift", "Storage, traffic, management on rent", "share"),
        ("endpoint_rate", "Dedicated endpoint on an accelerator", "an hour"),
        ("hours", "Hours the fleet runs", "hours a month", 1e-9, 744.0),
        ("month", "Hours of a month", "hours", 1e-9, 744.0),
    ),
    *_keys(
        "own",
        ("price", "Price of a machine", "a machine"),
        ("life", "Life of a machine", "months", *SOME),
        ("resale", "Resale value", "share of the price", *SHARE),
        ("interest", "Cost of capital, effective", "a year"),
        ("maintenance", "Maintenance", "share of the price a year"),
        ("idle_kw", "Power without load", "kW a machine"),
        ("max_kw", "Power under full load", "kW a machine"),
        ("pue", "Power usage effectiveness (PUE)", "ratio", 1.0, float("inf")),
        ("kwh", "Price of electricity", "a kWh"),
        ("hosting_kw", "Hosting", "a kW and month"),
        ("machine_month", "Other cost of a machine", "a month"),
    ),
    *_keys(
        "serving",
        ("gpus", "Accelerators of a replica", "accelerators", *SOME),
        ("machine_gpus", "Accelerators of a machine", "accelerators", *SOME),
        ("bought_gpus", "Accelerators of a bought machine", "accelerators"),
        ("speed_in", "Input speed of a replica", "tokens a second"),
        ("speed_out", "Output speed of a replica", "tokens a second"),
        ("speed_units", "Speed of a replica", "units a second"),
        ("of_published", "Speed reached in service", "share", *PART),
        ("usable", "Usable share of a replica’s time", "share", *PART),
        ("kept", "Input found in the own prefix cache", "share", *SHARE),
        ("capacity", "Volume that a replica carries", "units a month"),
        ("least", "Replicas at the least", "replicas", 1.0, float("inf")),
        ("spare", "Spare replicas", "replicas"),
        ("most", "Replicas at the most, the rest to the API; 0 for no limit", "replicas"),
        ("left_to_api", "Part left to the API, where both are used", "share", 0.0, 0.999),
    ),
    *_keys(
        "people",
        ("fte", "People", "full-time equivalents"),
        ("gpus_fte", "Accelerators that one person looks after; 0 for no limit", "accelerators"),
        ("fte_machine", "People for each machine", "full-time equivalents"),
        ("endpoint_fte", "People with a dedicated endpoint", "full-time equivalents"),
        ("salary", "Cost of one person", "a year"),
        ("platform", "Other fixed cost", "a month"),
        ("own_unit", "Other own cost of a unit", "a unit"),
        ("one_off", "One-off cost", "once"),
        ("horizon", "Months over which it is spread, and totals told", "months", *SOME),
        ("setup", "Setting up, with both paid", "months", 0.0, 120.0),
    ),
)

WORDS: tuple[Key, ...] = (
    *_keys(
        "volume",
        ("tokens", "Tokens, input and output", "tokens a month"),
        ("input_tokens", "Input tokens", "tokens a month"),
        ("output_tokens", "Output tokens", "tokens a month"),
        ("tokens_day", "Tokens, input and output", "tokens a day"),
        ("units_day", "Volume", "units a day"),
        ("output_share", "Output among the tokens", "share", *SHARE),
        ("characters_in", "Characters read of a unit", "characters"),
        ("characters_out", "Characters written of a unit", "characters"),
        ("characters_token", "Characters of a token", "characters", *SOME),
    ),
    *_keys(
        "api",
        ("blended", "One price for input and output", "a million tokens"),
        ("api_month", "API bill of the volume given", "a month"),
        ("api_year", "API bill of the volume given", "a year"),
    ),
    *_keys(
        "rent",
        ("machine_rate", "Rent of a machine", "an hour"),
        ("gpu_month", "Rent of an accelerator", "a month"),
        ("fleet_month", "Whole fleet", "a month"),
        ("fleet_year", "Whole fleet", "a year"),
        ("hours_day", "Hours the fleet runs", "hours a day", 1e-9, 24.0),
        ("days_month", "Days with work", "days a month", 1e-9, 31.0),
    ),
    *_keys(
        "own",
        ("life_years", "Life of a machine", "years", *SOME),
        ("kw", "Power of a machine, always", "kW"),
        ("watts", "Power of a machine, always", "W"),
        ("energy_month", "Electricity of a machine", "a month"),
        ("energy_year", "Electricity of a machine", "a year"),
    ),
    *_keys(
        "serving",
        ("tokens_s", "Speed of a replica", "tokens a second", *SOME),
        ("tokens_hour", "Speed of a replica", "tokens an hour", *SOME),
        ("requests_s", "Speed of a replica", "requests a second", *SOME),
        ("requests_unit", "Requests of a unit", "requests", *SOME),
        ("capacity_tokens", "Tokens that a replica carries", "tokens a month"),
        ("utilisation", "Share of its speed that a replica was measured to reach over time", "share", *PART),
    ),
    *_keys("people", ("staff_month", "People", "a month"), ("staff_year", "People", "a year")),
)
"""Other ways to give the same; `macros.cost.given` turns them into figures."""

CHARACTERS = tuple(key for key in WORDS if key.name.startswith("characters_"))
"""Those that the page takes as well."""

AMOUNTS = frozenset(
    {
        *("price_in", "price_cached", "price_write", "price_out", "price_unit", "price_scored", "price_audio"),
        *("api_fixed", "rate", "reserved_rate", "endpoint_rate", "price", "kwh", "hosting_kw", "machine_month"),
        *("salary", "platform", "own_unit", "one_off"),
    }
)
"""Figures that are amounts of money."""

BY_NAME = {key.name: key for key in (*FIGURES, *WORDS)}
LABELS = {key.name: key.label for key in FIGURES}
assert set(LABELS) == set(NAMES)
