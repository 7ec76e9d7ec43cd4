"""An estimate of a speed that nobody published: the roofline, and how much of theirs published runs reached.

The share is read off the atlas’s own `speeds/` whenever it is asked, so it moves with them; nothing is typed.
"""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from functools import lru_cache

from macros.cost.numbers import Triple
from macros.cost_replica import replica
from macros.model import Accelerator, Atlas, Model, Speed
from macros.sizing import catalogue
from macros.sizing.engines import DEFAULT_ENGINE, rules
from macros.sizing.plan import plan
from macros.sizing.reader import ConfigError
from macros.sizing.request import Request
from macros.sizing.roofline import Roofline, roofline
from macros.sizing.sets import card
from macros.sizing.shape import ModelShape

WRITTEN = {"fp4": "nvfp4"}
"""Number formats as published tables write them -> as the catalogue does."""
FEWEST = 5
"""Fewer runs than this say nothing of others."""
LENGTHS = (1_024, 4_096, 16_384, 65_536)
"""Tokens of a request for which the speed of a pair is told; one in between counts as the next longer."""
USUAL = 4_096
"""Tokens of a request where nobody says how long it is."""
ANSWER = 8
"""One in so many tokens of such a request is written, the others are read."""
DIGITS = 4
"""Significant digits of a speed of a pair."""


@dataclass(frozen=True, slots=True)
class Run:
    """A published run beside its roofline, both in requests of its lengths a second."""

    speed: Speed
    published: float
    roofline: float

    @property
    def share(self) -> float:
        """How much of the roofline was reached."""
        return self.published / self.roofline


def runs(atlas: Atlas) -> tuple[Run, ...]:
    """Every published run that tells its lengths, of a model whose shape in that number format is known."""
    every = (
        _run(speed, atlas.models[speed.record], atlas.accelerators[speed.accelerator])
        for speed in atlas.speeds.values()
        if speed.record
    )
    return tuple(sorted((run for run in every if run), key=lambda run: (run.share, run.speed.id)))


@lru_cache(maxsize=256)
def _run(speed: Speed, model: Model, accelerator: Accelerator) -> Run | None:
    prompt, answer = speed.input_tokens or 0, speed.output_tokens or 0
    shape = _shape(model, speed.precision)
    limit = _limit(shape, accelerator, speed.gpus, prompt, answer) if shape and prompt and answer else None
    if limit is None:
        return None
    tokens = answer if speed.counts == "output" else prompt + answer
    return Run(speed, speed.tokens_s / tokens, 1 / limit.seconds(prompt, answer))


def reached(atlas: Atlas) -> Triple | None:
    """The share of the roofline that published runs reached: least, median, most. None of too few runs."""
    shares = [run.share for run in runs(atlas)]
    return (shares[0], statistics.median(shares), shares[-1]) if len(shares) >= FEWEST else None


def in_service(atlas: Atlas) -> Triple | None:
    """The share of the roofline that a service reaches: what published runs reach, times what is reached of them.

    Neither tells anything of the other, so the ranges of the two factors add as independent ones do, by the
    squares of their logarithms.
    """
    of_roofline = reached(atlas)
    of_published = next((p for p in atlas.prices.values() if p.figure == "of_published"), None)
    if of_roofline is None or of_published is None:
        return None
    factors = (of_roofline, (of_published.low, of_published.base, of_published.high))
    base = math.prod(factor[1] for factor in factors)
    away = [math.hypot(*(math.log(factor[end] / factor[1]) for factor in factors)) for end in (0, 2)]
    return base * math.exp(-away[0]), base, min(1.0, base * math.exp(away[1]))


@dataclass(frozen=True, slots=True)
class Pace:
    """What a published run would typically tell of one replica, in tokens a second: of answers for `LENGTHS`.

    The last of them hold for longer requests too, where a replica holds no longer ones.
    """

    speed_in: float
    speed_out: tuple[float, ...]

    def out(self, length: float) -> float:
        """Speed of answers in requests of so many tokens; 0 for one of unknown length."""
        fits = (speed for most, speed in zip(LENGTHS, self.speed_out, strict=False) if (length or USUAL) <= most)
        return next(fits, self.speed_out[-1])


def pace(atlas: Atlas, model: Model, gpu: Accelerator) -> Pace | None:
    """The median share of the roofline, for the fewest cards that hold the model. None where nothing can be said:
    the model reads no text, its memory is not known, or too few runs are published.
    """
    share, count = reached(atlas), replica(model, gpu)
    if share is None or not count or "text" not in model.input or "audio" in (*model.input, *model.output):
        return None
    limits = _limits(model, gpu, count)
    if not limits:
        return None
    reads, writes = limits[0].speed_in, (limit.speed_out for limit in limits)
    return Pace(_rounded(reads * share[1]), tuple(_rounded(speed * share[1]) for speed in writes))


def of_pace(atlas: Atlas) -> Triple | None:
    """The share of such a pace that a service reaches, as a published run has one too; its range holds both."""
    typical, service = reached(atlas), in_service(atlas)
    if typical is None or service is None:
        return None
    low, base, high = (round(value / typical[1], 2) for value in service)
    return low, base, min(1.0, high)


@lru_cache(maxsize=1024)
def _limits(model: Model, gpu: Accelerator, count: int) -> tuple[Roofline, ...]:
    """Rooflines for `LENGTHS`, as far as the cards hold them."""
    shape = catalogue.shape(model)
    known = [length for length in LENGTHS if length <= (shape.context or length)] or [shape.context or USUAL]
    every = (_limit(shape, gpu, count, length - length // ANSWER, length // ANSWER) for length in known)
    return tuple(one for one in every if one)


def _rounded(speed: float) -> float:
    return float(f"{speed:.{DIGITS}g}")


def _limit(shape: ModelShape, on: Accelerator, count: int, prompt: int, answer: int) -> Roofline | None:
    """The roofline of so many cards planned for these lengths; None where they do not hold one request."""
    asked = Request(rules(DEFAULT_ENGINE), card(on, shape.precision), tp=count, context=prompt + answer)
    try:
        found = plan(shape, asked)
    except ConfigError:
        return None
    return roofline(found, prompt, answer) if found.fits else None


def _shape(model: Model, written: str) -> ModelShape | None:
    """The shape in the format that a run names; weights published in four bits stay so, however it computes."""
    native = model.checkpoints[0].precision
    wanted = WRITTEN.get(written, written)
    try:
        return catalogue.shape(model, native if "fp4" in native else wanted)
    except ConfigError:
        return None
