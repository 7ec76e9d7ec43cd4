"""The answer in words: amounts without false precision, and the sentence that sums it up."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from macros.cost.answer import FAR, Answer, Fleet
from macros.cost.crossings import Crossing
from macros.cost.given import TODAY, TOKENS_UNIT
from macros.cost.keys import AMOUNTS, BY_NAME
from macros.cost.spread import Range

_NOUN = re.compile(r"^(.*?[a-z])(?= (?:of|in|for|with|to|that|per|from) | \(|/|$)")
SUBJECTS = {
    "rented": "Renting accelerators",
    "owned": "Owning machines",
    "endpoint": "A dedicated endpoint",
    "fixed": "Hosting it yourself",
}
UNCOUNTED = "No tokens of a unit are given for the prices of the API"
ALONE = "No cost of hosting is given, so there is nothing to compare with."
SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
KINDS = {
    "rented": "rented accelerators",
    "owned": "machines of one’s own",
    "endpoint": "a dedicated endpoint",
    "fixed": "the fleet",
}
VERDICTS = {
    "api": "the API is cheaper",
    "leans-api": "the API is probably cheaper",
    "close": "it is too close to call",
    "leans-self": "{} is probably cheaper",
    "self": "{} is cheaper",
}


def own_side(kind: str) -> str:
    """What stands against the API: a provider runs an endpoint, so nobody hosts that himself."""
    return "the endpoint" if kind == "endpoint" else "hosting it yourself"


def rounded(value: float, digits: int = 2) -> float:
    """A value to so many significant digits; halves away from zero, as browsers round."""
    if not value or not math.isfinite(value):
        return value
    exact = Decimal(value)
    return float(exact.quantize(Decimal(1).scaleb(exact.adjusted() - digits + 1), ROUND_HALF_UP))


def plain(value: float, digits: int = 2) -> str:
    """A number to significant digits, with commas and no exponent."""
    short = rounded(value, digits)
    if short == 0:
        return "0"
    places = max(0, digits - 1 - Decimal(repr(short)).adjusted())
    text = f"{short:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(value: float, currency: str = "USD", digits: int = 2) -> str:
    """Money to two significant digits: $1,800 or 1,800 CHF."""
    text, sign = plain(abs(value), digits), SIGNS.get(currency)
    text += "0" if re.fullmatch(r"\d+\.\d", text) else ""  # 2.50, as money is written
    minus = "−" if value < 0 and text != "0" else ""
    return f"{minus}{sign}{text}" if sign else f"{minus}{text} {currency}"


def span(name: str, low: float, high: float, currency: str) -> str:
    """Two ends of a figure with their unit: $3.45 to $6.31 an hour, 10 to 50 %, 0 to 2 replicas."""
    unit = BY_NAME[name].unit
    if name in AMOUNTS:
        return f"{amount(low, currency, 3)} to {amount(high, currency, 3)} {unit}"
    if unit.startswith("share") or unit == "a year":
        rest = unit.removeprefix("share").strip()
        return f"{plain(low * 100, 3)} to {plain(high * 100, 3)} %{rest and f' {rest}'}"
    return f"{plain(low, 3)} to {plain(high, 3)} {unit}"


def many(unit: str) -> str:
    """The plural of a unit: questions, pages of 300 words, queries. What ends in s is one already."""
    match = _NOUN.match(unit)
    if not match or re.search(r"[^s]s$", match[1]):
        return unit
    noun, rest = match[1], unit[match.end(1) :]
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}ies{rest}"
    return f"{noun}{'es' if re.search(r'(s|x|z|ch|sh)$', noun) else 's'}{rest}"


def counted(text: str, unit: str) -> str:
    """A number and what it counts."""
    return f"{text} {unit if text == '1' else many(unit)}"


def volume(value: float, unit: str) -> str:
    """A volume in words: 2.5 billion tokens, 12,000 tickets, 3.2 times today’s volume."""
    if unit == TODAY:
        return f"{plain(value)} times {TODAY}"
    if unit == TOKENS_UNIT:
        for size, name in ((1e6, "trillion"), (1e3, "billion"), (1.0, "million")):
            if value >= size:
                return f"{plain(value / size)} {name} tokens"
        return f"{plain(value * 1e6)} tokens"
    return f"{large(value)} {many(unit)}" if value >= 1e6 else counted(plain(value), unit)


def large(value: float) -> str:
    """A count to two digits: 2.5 million, 12,000."""
    for size, name in ((1e9, "billion"), (1e6, "million")):
        if value >= size:
            return f"{plain(value / size)} {name}"
    return plain(value)


def large_range(found: Range) -> str:
    """A volume with the range behind it where there is one; the base is not never."""
    assert found.base is not None
    if found.low is None or found.low == found.high:
        return large(found.base)
    low, high = large(found.low), "never" if found.high is None else large(found.high)
    size = high.partition(" ")[2]
    if size and low.endswith(f" {size}"):
        low = low.removesuffix(f" {size}")
    return f"{large(found.base)} ({low} to {high})"


def money_range(found: Range, currency: str) -> str:
    """The base, with the range behind it where there is one."""
    assert found.low is not None and found.base is not None and found.high is not None
    base, low, high = (amount(x, currency) for x in (found.base, found.low, found.high))
    return base if low == high else f"{base} ({low} to {high})"


def unlimited(found: Fleet, unit: str) -> bool:
    """Whether one replica is taken to carry any volume because no speed is given, so that its cost is a floor."""
    return found.kind != "fixed" and unit != TODAY and math.isinf(found.capacity)


def crossed(every: Iterable[Crossing], unit: str, kind: str = "fixed") -> list[str]:
    """Each crossing in words; those whose volumes read alike in one sentence."""
    told = []
    for at, group in groupby(every, key=lambda crossing: volume(crossing.volume, unit)):
        alike = list(group)
        side = own_side(kind) if alike[-1].to == "self" else "the API"
        if len(alike) == 1:
            told.append(f"above {at}: {side}{', because a replica is added' if alike[0].jump else ''}")
        else:
            times = "twice" if len(alike) == 2 else f"{len(alike)} times"
            told.append(f"around {at} they change places {times}; above that: {side}")
    return told


def threshold(found: Fleet, unit: str) -> str:
    """From which volume on the fleet is cheaper, or that it never is."""
    crossings, lasting = found.crossings, found.crossings.lasting
    changes = [c.volume for c in crossings.found]
    bound, subject = unlimited(found, unit), SUBJECTS[found.kind]
    if lasting == 0:
        return f"{subject} is cheaper at any volume{' that one replica carries' if bound else ''}."
    if lasting is not None:
        at, range_ = volume(lasting, unit), _between(found.spread.break_even, unit)
        if bound:
            return (
                f"{subject} is not cheaper below about {at} a month{range_}; "
                "no speed is given, so from where on it is cannot be told."
            )
        dips = [volume(c.volume, unit) for c in crossings.found if c.to == "self"]
        earlier = f", and for a while from {dips[0]}" if dips[0] != at else ""
        if len(dips) > 1 and not earlier:
            earlier = ", where the two change places several times"
        return f"{subject} stays cheaper from about {at} a month on{earlier}{range_}."
    if crossings.at_last == "unsettled":
        return "The two change places again and again as replicas are added: there is no lasting break-even."
    if crossings.first is None:
        return f"{subject} never becomes cheaper{_because(found)}.{_at_best(found, unit)}"
    end = volume(changes[-1], unit)
    start = "nothing" if crossings.first == 0 else volume(crossings.first, unit)
    where = f"around {end}" if start == end else f"between {start} and {end}"
    return f"{subject} is cheaper only {where} a month, never for good."


def _at_best(found: Fleet, unit: str) -> str:
    """That some draws find a lasting break-even, where the base figures find none."""
    low = found.spread.break_even.low
    return "" if low is None else f" In the best tenth of the draws it does, from about {volume(low, unit)}."


def _because(found: Fleet) -> str:
    price = found.curve[-1].api
    if found.at_capacity is not None and math.isfinite(found.capacity):
        return ": a full replica costs more than the API charges for the same work"
    return "" if price else ": there is no API bill to save"


def _between(found: Range, unit: str) -> str:
    if found.low is None or found.low == found.high:
        return ""
    high = "never" if found.high is None else volume(found.high, unit)
    return f" (between {volume(found.low, unit)} and {high} in eight of ten draws)"


def distance(found: Fleet, units: float) -> str:
    """How far the volume is from the threshold; empty where that says nothing."""
    lasting, low = found.crossings.lasting, found.spread.break_even.low
    if not units or lasting is None or lasting == 0:
        return ""
    if low is not None and low > FAR * units:
        return f" That is far above your volume, {plain(lasting / units)} times it."
    if plain(lasting / units) == "1" or plain(units / lasting) == "1":
        return " That is about your volume."
    if lasting > units:
        return f" That is {plain(lasting / units)} times your volume."
    return f" Your volume is {plain(units / lasting)} times that."


def sentence(answer: Answer, found: Fleet, unit: str, currency: str) -> str:
    """The sentence that sums one comparison up."""
    if not answer.has_api:
        f = answer.given.base
        priced = f.price_in > 0 or f.price_out > 0
        return f"{UNCOUNTED if priced else 'No API price is given'}, so there is nothing to compare with."
    units = answer.given.base.units
    at = f"At {volume(units, unit)} a month" if units > 0 else "Without any volume"
    at = "At today’s volume" if unit == TODAY else at
    head = f"{at}, the API costs {money_range(found.spread.api, currency)} a month"
    if not found.has_cost:
        return f"{head}. {ALONE}"
    own = money_range(found.spread.fleet, currency)
    verdict = VERDICTS[found.spread.verdict].format(own_side(found.kind))
    if found.spread.verdict.endswith("self") and unlimited(found, unit):
        verdict += " if one replica carries that volume"
    head += f" and {KINDS[found.kind]} {own}: {verdict}. "
    return head + threshold(found, unit) + distance(found, units) + _grown(found) + _paid(found)


def _grown(found: Fleet) -> str:
    """In which month growth of the volume, or the fall of prices, turns a dearer fleet into the cheaper one."""
    f, month = found.given.base, found.years.overtakes
    if not f.units or not (f.growth or f.api_decline) or month == 1:
        return ""
    what = " and ".join(
        word for word, given in (("growth", f.growth), ("the fall of prices", f.api_decline)) if given
    )
    if month is None:
        return f" With {what} counted, no month within ten years is cheaper."
    return f" With {what} counted, the {ordinal(month)} month is the first in which it is cheaper."


def ordinal(number: int) -> str:
    """First, second and so on in digits: 1st, 22nd, 113th."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _paid(found: Fleet) -> str:
    back = found.payback
    base = found.given.base
    if back is None or not (back.upfront or base.setup) or not base.units:
        return ""
    if back.months is None:
        return " What is put in at the start does not come back within ten years."
    if base.price > 0 and back.months > base.life:
        return (
            f" What is put in at the start does not come back within the {plain(base.life)} months of a machine."
        )
    low, high = found.spread.payback.low, found.spread.payback.high
    told = f" What is put in at the start has come back after {counted(plain(back.months), 'month')}"
    if low is None or low == high:
        return f"{told}."
    end = "never" if high is None else plain(high)
    return f"{told} ({plain(low)} to {end} in eight of ten draws)."
