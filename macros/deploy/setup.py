"""What is to be served: checkpoint, sizes of the plan and job, settled once for command and manifest."""

from __future__ import annotations

import math
from dataclasses import dataclass

from macros.model import Accelerator, Engine, Model, Need
from macros.sizing.plan import Plan
from macros.sizing.sets import READ_ON, machine

CHECKED_VERSION = "0.33.0"
"""vLLM whose arguments are in `data/`; arguments for other versions are not checked."""
ONLINE = {"fp8": "fp8"}
"""Formats that vLLM makes itself from a 16-bit checkpoint when it loads it, by the name of `--quantization`."""
SIXTEEN_BIT = {"bf16": "bfloat16", "fp16": "float16"}
CACHE = {"bf16": "bfloat16", "fp16": "float16", "half": "float16"}
"""The planner's names for cache formats that the engine calls otherwise."""
POOLING = ("embedding", "reranking", "pii-detection")


@dataclass(frozen=True, slots=True)
class Order:
    """What one asks to run: a model for a step, as planned on an accelerator, in a number of copies.

    `plan` is None for a model that could not be sized, `need` where no workload is meant.
    """

    model: Model
    need: Need | None = None
    plan: Plan | None = None
    accelerator: Accelerator | None = None
    copies: int = 1

    @property
    def job(self) -> str:
        """The job of the step, else the model's first."""
        return self.need.job if self.need else self.model.jobs[0]


@dataclass(frozen=True, slots=True)
class Setup:
    """One copy of a model on `tp` × `pp` equal cards; memory in GiB (2^30 bytes). None: the engine's default."""

    model: Model
    job: str
    structured: bool
    repository: str
    version: str
    accelerator: Accelerator | None = None
    tp: int = 1
    pp: int = 1
    context: int | None = None
    utilization: float | None = None
    batch_tokens: int | None = None
    batch_requests: int | None = None
    dtype: str | None = None
    quantization: str | None = None
    kv_dtype: str | None = None
    block_size: int | None = None
    prefix_caching: bool | None = None
    eager: bool = False
    weights_gib: float | None = None
    notes: tuple[str, ...] = ()

    @property
    def gpus(self) -> int:
        """Accelerators that one copy takes."""
        return self.tp * self.pp

    @property
    def nodes(self) -> int:
        """Machines that one copy needs."""
        return math.ceil(self.gpus / machine(self.accelerator)) if self.accelerator else 1


@dataclass(frozen=True, slots=True)
class NotServed:
    """Why there is no serving command."""

    why: str


def pointer(setup: Setup) -> str:
    """What to use where one copy needs several machines."""
    return (
        f"One copy needs {setup.nodes} machines, which a plain InferenceService does not start together. Use "
        "KServe’s LLMInferenceService, which runs on llm-d, or Ray Serve, with tensor parallelism inside a "
        "machine and pipeline stages between machines."
    )


def settle(order: Order, engine: Engine) -> Setup | NotServed:
    """The setup for vLLM, or why vLLM does not serve it."""
    model, need, plan, accelerator = order.model, order.need, order.plan, order.accelerator
    if model.serving.elsewhere:
        return NotServed(model.serving.elsewhere)
    if not set(model.jobs) & set(engine.jobs):
        return NotServed(f"{engine.title} is not known to serve this kind of model; follow its maker’s own guide.")
    if accelerator is not None and accelerator.vendor == "Apple":
        return NotServed(
            f"The sizes hold for {engine.title} on data-centre cards; on {accelerator.title} use llama.cpp."
        )
    structured = bool(need and need.structured_output and model.structured_output == "engine")
    if plan is None:
        return Setup(
            model,
            order.job,
            structured,
            model.repository,
            engine.version.value,
            accelerator,
            notes=("The memory of this model could not be computed, so the engine’s own limits hold.",),
        )
    if not plan.fits:
        return NotServed("The plan does not fit: " + "; ".join(plan.reasons) + ".")
    return _sized(order, plan, structured)


def _sized(order: Order, plan: Plan, structured: bool) -> Setup | NotServed:
    model = order.model
    request, precision = plan.request, plan.shape.precision
    version = ".".join(map(str, request.rules.version))
    notes: list[str] = []
    if version != CHECKED_VERSION:
        notes.append(f"The arguments were checked against vLLM {CHECKED_VERSION}, not {version}.")
    checkpoint = next((item for item in model.checkpoints if item.precision == precision), None)
    quantization = None
    if checkpoint is None:
        first = model.checkpoints[0]
        quantization = ONLINE.get(precision) if first.precision in SIXTEEN_BIT else None
        if quantization is None:
            return NotServed(
                f"No {precision} checkpoint is listed and vLLM does not make one from {first.precision} here; "
                "quantise the weights first."
            )
        checkpoint = first
        notes.append("The weights are quantised as they are loaded; the 16-bit files are still read in full.")
    if order.accelerator is not None and request.tp > machine(order.accelerator):
        most = machine(order.accelerator)
        notes.append(
            f"Tensor parallelism of {request.tp} is more than the {most} in one machine and sends every layer "
            f"over the network; usual are {most} inside a machine and pipeline stages between."
        )
    if order.accelerator is not None and order.accelerator.vendor != READ_ON:
        notes.append(
            f"{order.accelerator.vendor} accelerators need vLLM’s build or plugin for them; the arguments were "
            "checked against the NVIDIA build, and the sizes were read on NVIDIA cards."
        )
    if precision == "fp32":
        notes.append("The files are 32-bit; the engine loads them in 16 bit, which is what the plan counts.")
    if request.speculative_tokens:
        notes.append("Speculative decoding is counted in the memory but not set here.")
    kv_dtype = None if request.kv_dtype == "auto" else CACHE.get(request.kv_dtype, request.kv_dtype)
    return Setup(
        model,
        order.job,
        structured,
        checkpoint.repository or model.repository,
        version,
        order.accelerator,
        tp=request.tp,
        pp=request.pp,
        context=plan.context,
        utilization=plan.utilization,
        batch_tokens=plan.batch.tokens,
        batch_requests=plan.batch.requests,
        dtype=None if quantization else SIXTEEN_BIT.get(precision),
        quantization=quantization,
        kv_dtype=kv_dtype,
        block_size=request.block_size,
        prefix_caching=request.prefix_caching,
        eager=request.eager,
        weights_gib=plan.weights_gib_per_gpu * request.gpus,
        notes=tuple(notes),
    )
