"""From a need and a model to accelerators: the smallest set that meets the need, and the next larger one.

A set meets the need if the longest request fits, if the cache holds the requests at once at ordinary length, and
if the time asked for is not out of reach by the bounds alone. The last is a necessary condition, not an estimate:
one request alone, no speculative decoding, nothing of the prompt cached.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from macros.model import Accelerator, Model, Need
from macros.sizing import catalogue
from macros.sizing.engines import Rules
from macros.sizing.plan import Plan, plan
from macros.sizing.reader import ConfigError
from macros.sizing.request import Request
from macros.sizing.sets import Fitting, card, in_order, requests_at, size_step
from macros.sizing.shape import ModelShape
from macros.sizing.units import BITS_PER_WEIGHT, GB, GIB

ONE_PASS = ("embedding", "reranking", "pii-detection")
"""Jobs whose requests are read once and answered at once: no token is decoded, nothing is kept between steps."""
NO_SET = "no set of up to eight equal cards meets this need by memory"


@dataclass(frozen=True, slots=True)
class Demand:
    """What a step asks, in tokens and seconds. `longest` is None where the step states no length in tokens."""

    concurrency: int
    prompt: int
    answer: int
    longest: int | None
    complete_s: float
    first_token_s: float | None
    one_pass: bool

    @property
    def typical(self) -> int:
        """Tokens of an ordinary request; prompt and answer share the context."""
        return self.prompt + self.answer

    @property
    def uncounted(self) -> str | None:
        """Why requests at once are not computed; None if they are."""
        if self.longest is None:
            return (
                "the step is counted in pages, minutes or sentences, not in tokens; how many run at once depends "
                "on their size and on the speed, which memory does not tell"
            )
        if self.one_pass:
            return (
                "each request is read in one pass and nothing is kept between steps; speed limits how many run at "
                "once, not the cache"
            )
        return None


@dataclass(frozen=True, slots=True)
class Found:
    """Sets for one model and one step. Without a plan, `weights_set` is the smallest to hold weights alone."""

    demand: Demand
    precision: str
    weights_gib: float
    smallest: Fitting | None = None
    larger: Fitting | None = None
    in_time: bool = True
    """Whether the time asked for is within the bounds of the smallest set; if not, memory alone decided."""
    why_none: str | None = None
    weights_set: tuple[Accelerator, int] | None = None

    @property
    def gib(self) -> float:
        """Memory of the smallest set in GiB; of the set for the weights where there is no plan."""
        if self.smallest:
            return self.smallest.gib
        return self.weights_set[1] * self.weights_set[0].memory.usable_gib if self.weights_set else float("inf")

    @property
    def accelerators(self) -> frozenset[str]:
        """Ids of every accelerator that is named: of the sets, or of the set for the weights alone."""
        sets = [fit.accelerator.id for fit in (self.smallest, self.larger) if fit]
        return frozenset(sets + ([self.weights_set[0].id] if self.weights_set else []))

    @property
    def count(self) -> int:
        """Cards of that set; 0 if there is none."""
        return self.smallest.count if self.smallest else self.weights_set[1] if self.weights_set else 0


def demand(need: Need) -> Demand:
    """The step's need as numbers."""
    asked, answer = need.context_tokens, need.output_tokens
    first = need.latency.first_token_ms
    return Demand(
        concurrency=need.concurrency,
        prompt=asked.typical if asked else 0,
        answer=answer.typical if answer else 0,
        longest=asked.high + (answer.high if answer else 0) if asked else None,
        complete_s=need.latency.complete_s,
        first_token_s=None if first is None else first / 1000,
        one_pass=need.job in ONE_PASS,
    )


class Planner:
    """Plans models on the accelerators of one atlas with one engine. Remembers plans; the results never change."""

    def __init__(self, accelerators: Iterable[Accelerator], rules: Rules) -> None:
        self.rules = rules
        self._sets = in_order(accelerators)
        self._shapes: dict[tuple[str, str | None], ModelShape | str] = {}
        self._plans: dict[tuple[str, str, str, int, int | None], Plan | None] = {}

    def find(self, model: Model, wanted: Demand, precision: str | None = None) -> Found:
        """Smallest and next larger set for `model`; `precision` names another than its native checkpoint."""
        shape = self._shape(model, precision)
        native = precision or model.checkpoints[0].precision
        weights = weights_gib_of(model, native)
        if isinstance(shape, str):
            return Found(wanted, native, weights, why_none=shape, weights_set=self._holding(weights))
        smallest, larger = self._pick(shape, wanted, timed=True)
        in_time = smallest is not None
        if not in_time:
            smallest, larger = self._pick(shape, wanted, timed=False)
        if smallest is None:
            return Found(wanted, native, weights, why_none=NO_SET, weights_set=self._holding(weights))
        return Found(wanted, native, weights, smallest, larger, in_time)

    @property
    def sets(self) -> tuple[tuple[Accelerator, int], ...]:
        """Every set that is planned on, least memory first."""
        return self._sets

    def planned(self, model: Model) -> bool:
        """Whether plans can be made: the shape of the native checkpoint is known."""
        return not isinstance(self._shape(model, None), str)

    def every(self, model: Model, wanted: Demand) -> tuple[Fitting, ...]:
        """All sets on which the native checkpoint starts and the longest request fits, however many run at once.

        Nothing is excluded for being too slow; see `late`. Empty where the model’s shape is not known.
        """
        shape, one = self._shape(model, None), replace(wanted, concurrency=1)
        if isinstance(shape, str):
            return ()
        found = (self._fitting(shape, accelerator, count, one) for accelerator, count in self._sets)
        return tuple(fitting for fitting in found if fitting is not None)

    def holding(self, weights_gib: float) -> tuple[tuple[Accelerator, int], ...]:
        """All sets that hold weights of this size and nothing else is known of."""
        usable = self.rules.utilization
        return tuple(s for s in self._sets if s[0].memory.usable_gib * s[1] * usable > weights_gib)

    def _pick(self, shape: ModelShape, wanted: Demand, timed: bool) -> tuple[Fitting | None, Fitting | None]:
        """The first set in order that meets the demand, and the next with more memory that holds no fewer."""
        smallest: Fitting | None = None
        for accelerator, count in self._sets:
            if smallest and size_step(count * accelerator.memory.usable_gib) <= size_step(smallest.gib):
                continue
            fitting = self._fitting(shape, accelerator, count, wanted)
            if fitting is None or (timed and late(fitting, wanted)):
                continue
            if smallest is None:
                smallest = fitting
            elif smallest.requests is None or (fitting.requests or 0) >= smallest.requests:
                return smallest, fitting
        return smallest, None

    def _fitting(self, shape: ModelShape, accelerator: Accelerator, count: int, wanted: Demand) -> Fitting | None:
        """The set, if memory allows the longest request and all requests at once at ordinary length."""
        if shape.weight_bytes > count * accelerator.memory.usable_gib * GIB:
            return None
        result = self._plan(shape, accelerator, count, wanted.longest)
        if result is None or not result.fits:
            return None
        requests = None
        if wanted.uncounted is None:
            requests = min(requests_at(result, min(wanted.typical, result.context)), result.batch.requests)
            if requests < wanted.concurrency:
                return None
        answer = 0 if wanted.one_pass else wanted.answer
        least = least_seconds(result, wanted.prompt, answer) if wanted.prompt else None
        return Fitting(accelerator, count, result, requests, least)

    def _plan(self, shape: ModelShape, accelerator: Accelerator, count: int, longest: int | None) -> Plan | None:
        """The plan for requests of `longest` tokens, or of the model's own context; None where impossible."""
        context = None if longest is None else min(longest, shape.context or longest)
        key = (shape.name, shape.precision, accelerator.id, count, context)
        if key not in self._plans:
            on = card(accelerator, shape.precision)
            try:
                self._plans[key] = plan(shape, Request(self.rules, on, tp=count, context=context))
            except ConfigError:
                self._plans[key] = None
        return self._plans[key]

    def _shape(self, model: Model, precision: str | None) -> ModelShape | str:
        key = (model.id, precision)
        if key not in self._shapes:
            try:
                self._shapes[key] = catalogue.shape(model, precision)
            except ConfigError as error:
                self._shapes[key] = str(error)
        return self._shapes[key]

    def _holding(self, weights_gib: float) -> tuple[Accelerator, int] | None:
        return next(iter(self.holding(weights_gib)), None)


def late(fitting: Fitting, wanted: Demand) -> bool:
    """Whether the time asked for is out of reach of the bounds; False where a bound is not known."""
    first = least_seconds(fitting.plan, wanted.prompt, 0)
    waits = wanted.first_token_s is not None and first is not None and first > wanted.first_token_s
    return waits or (fitting.least_seconds is not None and fitting.least_seconds > wanted.complete_s)


def least_seconds(found: Plan, prompt: int, answer: int) -> float | None:
    """Prompt through the prefill bound, then answer through the decode bound; None where a bound is not known."""
    if (prompt and not found.prefill_bound) or (answer and not found.decode_bound):
        return None
    reading = prompt / found.prefill_bound.tokens_per_second if found.prefill_bound and prompt else 0.0
    return reading + (answer / found.decode_bound.tokens_per_second if found.decode_bound and answer else 0.0)


def weights_gib_of(model: Model, precision: str) -> float:
    """GiB of weights: of the shape, or of a model without one the published files, or parameters times bits."""
    try:
        return catalogue.shape(model, precision).weight_bytes / GIB
    except ConfigError:
        read = next((c.size_gb for c in model.checkpoints if c.precision == precision and c.size_gb), None)
        if read:
            return read * GB / GIB
        return model.parameters.total_b * 1e9 * BITS_PER_WEIGHT[precision] / 8 / GIB
