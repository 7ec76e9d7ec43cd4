"""What the atlas puts in where nobody says otherwise: prices of what was named, then its assumptions.

`named` fills what follows from a model, an accelerator or an API that was named: nothing is assumed there beside
the base price and the published speed. `assumed` fills the rest, each figure from one file of `atlas/prices`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from macros import api_prices
from macros.cost.given import SPEEDS, TOKENS_UNIT, Reading
from macros.cost.numbers import CostError, Fault, Triple
from macros.cost_replica import BASIS, replica
from macros.model import Atlas, Model, Offer, Price, Speed
from macros.speed_estimate import of_pace, pace

FLEET = ("uplift", "fte", "gpus_fte", "salary", "spare", "peak", "usable", "of_published", "kept")
OWN = ("life", "resale", "interest", "maintenance", "idle_kw", "pue", "kwh", "hosting_kw")
API = ("cached", "batch", "retry")
NAMED = ("rate", "reserved_rate", "endpoint_rate", "price", "max_kw")
"""What an accelerator that is named has a price or a power of."""
HOSTING = (*NAMED, "machine_month", "platform", "own_unit", "one_off")
SCORED = "List prices of three models that embed; what ranks or marks is taken to cost the same."
HEARD = "List prices of three models that write speech down."
BESIDE = (
    ("scored", "price_scored", api_prices.scoring, SCORED),
    ("audio", "price_audio", api_prices.hearing, HEARD),
)
"""What a unit has beside tokens of a chat model, and its list price in US dollars."""
PACED = "An estimate: the median share that published runs reach of the roofline of their cards."
ESTIMATED = (
    "No speed of this model on this accelerator is published; it is estimated from the data sheet of the cards, "
    "and may be three times off either way."
)
INSTEAD = {
    "gpus_fte": "fte_machine",
    "retry": "bill",
    "usable": "capacity",
    "peak": "capacity",
    **dict.fromkeys(("idle_kw", "pue", "kwh"), "energy"),
}
"""What leaves an assumption without meaning: a bill, for one, holds what was sent again."""
SERVER_GPUS = 8.0
"""Accelerators of the servers that `atlas/prices` tells the price and power of."""


@dataclass(frozen=True, slots=True)
class Named:
    """What was named, and the currency; `per_usd` is what one US dollar costs in it."""

    offer: Offer | None = None
    gpu: str | None = None
    model: str | None = None
    currency: str = "USD"
    per_usd: float | None = None


@dataclass(frozen=True, slots=True)
class Used:
    """A figure that was put in, and where it comes from."""

    figure: str
    value: Triple
    record: str
    """Path below `atlas/` of the file, or the package."""
    as_of: str
    basis: str
    sources: tuple[str, ...]


def money(price_currency: str, named: Named) -> float:
    """What a price is multiplied with. Raises CostError where the rate is not known: nothing is converted
    unasked.
    """
    if price_currency == named.currency:
        return 1.0
    if price_currency == "USD" and named.per_usd is not None:
        return named.per_usd
    raise CostError(
        f"a price in {price_currency} is needed in {named.currency}; give --per-usd, what one US dollar costs"
    )


def named(atlas: Atlas, found: Reading, what: Named) -> list[Used]:
    """Prices and speed of what was named, base values only where no range is known."""
    used: list[Used] = []
    if what.offer is not None:
        used += _offer(atlas, found, what, what.offer)
    for share, figure, listed, basis in BESIDE:
        if found.base(share) and figure not in found.said:
            used += _beside(atlas, found, what, (figure, listed(atlas.settings.as_of), basis))
    if what.model is not None and what.gpu is not None:
        used += speed(atlas, found, what.model, what.gpu)
    if what.model is not None:
        _context(atlas.models[what.model], found)
    if what.gpu is not None:
        for price in _of(atlas, what.gpu, what):
            if price.figure in NAMED:
                used += _put(found, price, what)
        if "price" in found.values and "price" not in found.said and "bought_gpus" not in found.said:
            found.values["bought_gpus"] = (SERVER_GPUS,) * 3
        if not {"rate", "reserved_rate", "endpoint_rate", "price"} & set(found.values):
            raise CostError(
                Fault("gpu", f"the atlas has no price of {what.gpu}", "give --rate or --price", "WA201")
            )
    if what.model is not None and what.gpu is None:
        only = f"a speed of {what.model} is known for an accelerator only"
        raise CostError(Fault("model", only, "name one with --gpu", "WA201"))
    return used


def _context(model: Model, found: Reading) -> None:
    """Say so where one request is longer than the model takes."""
    length = round((_read(found) + found.base("tokens_out")) / found.requests)
    if found.unit != TOKENS_UNIT and model.context_tokens and length > model.context_tokens:
        found.notes.append(
            f"One request has {length:,} tokens, more than the {model.context_tokens:,} that {model.title} takes: "
            "choose another model, or cut the request."
        )


def hosted(found: Reading) -> bool:
    """Whether anything of hosting is given, so that there is something to assume for."""
    return bool(found.said & {"fte", "salary"}) or any(found.base(name) > 0 for name in HOSTING)


def assumed(atlas: Atlas, found: Reading, what: Named) -> list[Used]:
    """The assumptions of the atlas for every figure that matters here and was not given."""
    wanted = list(API)
    if "fleet" not in found.said and hosted(found):
        wanted += FLEET
        if "price" in found.values:
            wanted += OWN
        if "endpoint_rate" in found.values:
            wanted.append("endpoint_fte")
    if "one_off" in found.said or "price" in found.values:
        wanted.append("api_decline")
    used: list[Used] = []
    for price in _of(atlas, None, what):
        if price.figure in wanted and not _said(found, price.figure):
            used += _put(found, price, what)
    there = [p.title for p in _of(atlas, None, what) if p.currency == what.currency != "USD" and _took(used, p)]
    if there:
        found.notes.append(
            f"Because the currency is {what.currency}, these are taken from there and not converted: "
            f"{'; '.join(there)}. Give your own where you are elsewhere."
        )
    share = of_pace(atlas) if found.estimated and "of_published" not in found.said else None
    if share is not None:
        found.values["of_published"] = share
        used = [replace(row, value=share) if row.figure == "of_published" else row for row in used]
    return used


def _took(used: list[Used], price: Price) -> bool:
    return any(row.record == f"prices/{price.id}" for row in used)


def _said(found: Reading, figure: str) -> bool:
    """Whether it was said, or something that leaves it without meaning."""
    if figure == "of_published":
        # A speed that somebody gives is taken as his own measurement.
        return bool(found.said & {"of_published", "capacity", *SPEEDS})
    if figure == "gpus_fte" and "fte" in found.said and not found.base("fte"):
        return True  # who says nobody means nobody
    if figure in INSTEAD and INSTEAD[figure] in found.said:
        return True
    if figure == "kept" and "cached" in found.said and "kept" not in found.said:
        found.values["kept"] = found.values["cached"]
        return True
    return figure in found.said


def _of(atlas: Atlas, gpu: str | None, what: Named) -> list[Price]:
    """Prices for an accelerator or for all; of two currencies the one asked for, else US dollars."""
    rows = [price for price in atlas.prices.values() if price.accelerator == gpu]
    own = {price.figure for price in rows if price.currency == what.currency}
    return [
        p
        for p in rows
        if p.currency is None or p.currency == what.currency or (p.currency == "USD" and p.figure not in own)
    ]


def _put(found: Reading, price: Price, what: Named) -> list[Used]:
    if price.figure in found.said:
        return []
    times = money(price.currency, what) if price.currency else 1.0
    value = price.low * times, price.base * times, price.high * times
    found.values[price.figure] = value
    return [Used(price.figure, value, f"prices/{price.id}", price.as_of, price.basis, price.sources)]


def _offer(atlas: Atlas, found: Reading, what: Named, offer: Offer) -> list[Used]:
    """List prices, in the tier of one request."""
    day = atlas.settings.as_of
    every = api_prices.tiers(offer.provider, offer.model, day)
    times = money("USD", what)
    request = _read(found) / found.requests
    listed = api_prices.tier(every, request)
    if len(every) > 1 and not request:
        found.notes.append(longer(offer, every))
    if listed.dear > 1.0:
        found.notes.append(dearer(offer, listed))
    used = []
    for figure in api_prices.FIGURES:
        if figure in found.said or (figure == "batch_cached" and "batch_off" in found.said):
            continue
        amount = getattr(listed, figure)
        value = (amount,) * 3
        if figure in api_prices.MONEY:
            value = (amount * times, amount * times, amount * times * listed.dear)
        found.values[figure] = value
        basis = f"List price of {offer.title} in {api_prices.package()}, evaluated at noon UTC."
        if figure == "batch_off" and not listed.batch_known:
            basis = f"{api_prices.package()} has no batch price of {offer.title}, so none is counted."
        used.append(Used(figure, value, f"offers/{offer.id}", day, basis, offer.sources))
    return used


def _beside(atlas: Atlas, found: Reading, what: Named, price: tuple[str, Triple, str]) -> list[Used]:
    """The price of what a chat model does not read, where an API has a price of tokens at all."""
    if not (found.base("price_in") > 0 or found.base("price_out") > 0):
        return []
    figure, listed, basis = price
    times = money("USD", what)
    value = (listed[0] * times, listed[1] * times, listed[2] * times)
    found.values[figure] = value
    return [Used(figure, value, api_prices.package(), atlas.settings.as_of, basis, ())]


def _read(found: Reading) -> float:
    """Input tokens of a unit that a chat model reads; 0 where nothing tells how long one is."""
    return 0.0 if found.unit == TOKENS_UNIT else found.base("tokens_in") * (1.0 - found.base("scored"))


def longer(offer: Offer, every: tuple[api_prices.Tier, ...]) -> str:
    """That long requests cost more, in words."""
    starts = ", ".join(f"{item.above:,}" for item in every[1:])
    return f"{offer.title} costs more for requests of over {starts} input tokens; none are assumed."


def dearer(offer: Offer, listed: api_prices.Tier) -> str:
    """That a price depends on the hour, in words."""
    return (
        f"{offer.title} costs {listed.dear:g} times as much in {len(listed.dear_hours)} hours of the day "
        f"({api_prices.spans(listed.dear_hours)} UTC); the base is the price at noon UTC."
    )


def speed(atlas: Atlas, found: Reading, model: str, gpu: str) -> list[Used]:
    """Published speed of a model on an accelerator, if there is one and none was given.

    From two runs with the same cards and other lengths, the speeds of input and output follow: the seconds of a
    request are input / speed_in + output / speed_out in both. A run that counts all tokens holds for both sides
    alike; one that counts output alone, and has no partner, says nothing of long prompts, so these are read at the
    estimated speed. Where no run tells how many cards a replica takes, the memory of the model does. Raises
    CostError if one machine does not hold it.
    """
    if found.said & {*SPEEDS, "capacity"}:
        return _replica(atlas, found, model, gpu)
    rows = [row for row in atlas.speeds.values() if row.record == model and row.accelerator == gpu]
    if "gpus" in found.said:
        rows = [row for row in rows if row.gpus == found.base("gpus")]
    if not rows:
        return _unpublished(atlas, found, model, gpu)
    pair = _pair(rows)
    chosen = pair or (rows[0],)
    first = chosen[0]
    if pair:
        speed_in, speed_out = apart(*pair)
    else:
        speed_out = first.tokens_s
        speed_in = first.tokens_s if first.counts == "total" else 0.0
    if not pair and first.counts == "output":
        paced = pace(atlas, atlas.models[model], atlas.accelerators[gpu])
        speed_in = paced.speed_in if paced else 0.0
        read = "prompts are read at an estimated speed" if paced else "how fast prompts are read is not counted"
        found.notes.append(f"The published speed counts output alone ({first.condition}); {read}.")
    if "gpus" not in found.said:
        _cards(found, first.gpus)
    basis = "; ".join(f"{row.title}, {row.engine}: {row.condition}" for row in chosen)
    used = []
    for figure, value in (("speed_in", speed_in), ("speed_out", speed_out)):
        if value > 0:
            found.values[figure] = (value,) * 3
            used.append(Used(figure, (value,) * 3, f"speeds/{first.id}", first.as_of, basis, first.sources))
    return used


def _unpublished(atlas: Atlas, found: Reading, model: str, gpu: str) -> list[Used]:
    """The cards of a replica and the estimate of its speed, where memory decides how many there are."""
    used = _replica(atlas, found, model, gpu)
    item = atlas.models[model]
    paced = pace(atlas, item, atlas.accelerators[gpu]) if used else None
    if paced is None:
        found.notes.append(
            "No published speed is known for this model on this accelerator: give --tokens-s. "
            "Until then one replica is taken to carry any volume."
        )
        return used
    length = 0.0
    if found.unit != TOKENS_UNIT:
        length = (found.base("tokens_in") + found.base("tokens_out")) / found.requests
    for figure, value in (("speed_in", paced.speed_in), ("speed_out", paced.out(length))):
        if value > 0:
            found.values[figure] = (value,) * 3
            used.append(Used(figure, (value,) * 3, f"models/{model}", atlas.settings.as_of, PACED, item.sources))
    found.estimated = True
    found.notes.append(ESTIMATED)
    return used


def _cards(found: Reading, count: int) -> Triple:
    """So many accelerators a replica, rented or bought whole; not said, so that an assumption may follow."""
    found.values["gpus"] = (float(count),) * 3
    if "machine_gpus" not in found.said:
        found.values["machine_gpus"] = found.values["gpus"]
    return found.values["gpus"]


def _replica(atlas: Atlas, found: Reading, model: str, gpu: str) -> list[Used]:
    """Accelerators of a replica by the memory of the model, where nobody says how many."""
    if found.said & {"gpus", "machine_gpus", "machine", "fleet"}:
        return []
    item = atlas.models[model]
    count = replica(item, atlas.accelerators[gpu])
    if count is None:
        return []
    if not count:
        what = f"one machine of {gpu} does not hold {model}"
        raise CostError(Fault("gpu", what, "name another accelerator, or give --gpus", "WA206"))
    return [Used("gpus", _cards(found, count), f"models/{model}", atlas.settings.as_of, BASIS, item.sources)]


def _pair(rows: list[Speed]) -> tuple[Speed, Speed] | None:
    """Two runs on the same cards that count output, with the shortest and another input."""
    shaped = [row for row in rows if row.counts == "output" and row.input_tokens and row.output_tokens]
    for first in shaped:
        for other in sorted(shaped, key=lambda row: row.input_tokens or 0):
            same = other.gpus == first.gpus and other.precision == first.precision
            if same and (other.input_tokens or 0) > (first.input_tokens or 0) and min(apart(first, other)) > 0:
                return first, other
    return None


def apart(short: Speed, long: Speed) -> tuple[float, float]:
    """Input and output speed from two runs: a1/x + b1/y = t1 and a2/x + b2/y = t2, solved for x and y."""
    assert short.input_tokens and short.output_tokens and long.input_tokens and long.output_tokens
    a1, b1, t1 = short.input_tokens, short.output_tokens, short.output_tokens / short.tokens_s
    a2, b2, t2 = long.input_tokens, long.output_tokens, long.output_tokens / long.tokens_s
    whole = a1 * b2 - a2 * b1
    if not whole:
        return 0.0, 0.0
    of_in, of_out = (t1 * b2 - t2 * b1) / whole, (a1 * t2 - a2 * t1) / whole
    return (1.0 / of_in if of_in > 0 else 0.0), (1.0 / of_out if of_out > 0 else 0.0)
