"""Things that cannot both be meant: the second would be left out in silence, or the same money counted twice."""

from __future__ import annotations

from collections.abc import Iterable

from macros.cost.numbers import Fault

TOKENS = ("tokens_in", "tokens_out", "characters_in", "characters_out", "input_tokens", "output_tokens")
PAIRS: tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...] = (
    (("ratio",), ("output_share",), "both say how much of the tokens is output"),
    (("ratio", "output_share"), TOKENS, "the mix follows from input and output"),
    (("tokens_s", "tokens_hour"), ("requests_s", "speed_units"), "the seconds of both would be added up"),
    (("capacity",), ("capacity_tokens",), "both say what a replica carries"),
    (("tokens_s",), ("tokens_hour",), "both say how fast a replica is"),
    (
        ("api_month", "api_year"),
        ("price_in", "price_out", "price_unit", "blended", "api"),
        "the bill holds the price already",
    ),
    (("api_month",), ("api_year",), "both are the bill"),
    (("blended",), ("price_in", "price_out"), "one price holds for input and output"),
    (
        ("fleet_month", "fleet_year"),
        (
            "gpu",
            "model",
            "rate",
            "reserved_rate",
            "endpoint_rate",
            "machine_rate",
            "gpu_month",
            "price",
            "energy_month",
            "energy_year",
        ),
        "the whole fleet is one sum; running cost beside cards is `platform` or `machine_month`",
    ),
    (("fleet_month",), ("fleet_year",), "both are the whole fleet"),
    (("energy_month", "energy_year"), ("kwh", "kw", "watts", "max_kw", "idle_kw"), "both are electricity"),
    (("energy_month",), ("energy_year",), "both are electricity"),
    (("utilisation",), ("usable",), "both are the share of a replica’s time that works"),
    (("utilisation",), ("capacity", "capacity_tokens"), "what a replica carries is known already"),
    (("hours",), ("hours_day", "days_month"), "both say how long the fleet runs"),
    (("units_day",), ("units",), "both are the volume"),
)
"""Keys of the one side, keys of the other, and why one of each is too much."""
NEEDS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("characters_token", ("characters_in", "characters_out"), "characters of a unit"),
    ("counts", ("tokens_s", "tokens_hour"), "a speed in tokens"),
)
"""What does nothing without one of the others."""


def contradictions(said: Iterable[str]) -> list[Fault]:
    """Every pair among the keys said that cannot both be meant, and what does nothing by itself."""
    names = set(said)
    found = [
        Fault(second, f"stands beside `{first}`: {why}", "give one of them", "WA206")
        for ones, others, why in PAIRS
        for first in ones
        for second in others
        if first in names and second in names
    ]
    found += [
        Fault(name, "has no effect here", f"it needs {what}", "WA206")
        for name, needed, what in NEEDS
        if name in names and not names & set(needed)
    ]
    return found
