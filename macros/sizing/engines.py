"""What vLLM does differently from version to version, as far as memory is concerned.

Read in the source of the releases named here (0.6.6 to 0.33.0). A rule holds from the version where it stands to
the next change; versions above the newest are treated like the newest and the plan says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from macros.sizing.reader import ConfigError

OLDEST, NEWEST = (0, 6, 0), (0, 33, 0)
DEFAULT_ENGINE = "vllm@0.33.0"
LARGE_CARD_GIB = 70
"""From this memory on, vLLM takes larger batches by default (`EngineArgs.get_batch_defaults`)."""
LARGEST_CARD_GIB = 160
SORTING_BYTES = 38.0
"""Bytes that sorting a vocabulary takes for each logit: 16- and 32-bit logits, values, 64-bit indices, and the
sort's buffers. Published debug logs with vocabularies of 128,000 to 201,000 agree to 1 %."""
MASKING_BYTES = 15.0
"""Bytes for each logit without a sort: 16- and 32-bit logits, probabilities and noise."""
MASKING_ROWS = 132
"""Rows of 32-bit logits that the Triton kernel of 0.17.0 to 0.20.x keeps, one for each multiprocessor."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Most tokens in one step and most requests at once."""

    tokens: int
    requests: int


@dataclass(frozen=True, slots=True)
class Rules:
    """Memory rules of one version."""

    name: str
    version: tuple[int, int, int]
    generation: str = "v1"

    @property
    def label(self) -> str:
        """Such as `vllm@0.20.2`."""
        return f"{self.name}@{'.'.join(map(str, self.version))}"

    @property
    def beyond(self) -> bool:
        """Whether the version is newer than any that was read."""
        return self.version > NEWEST

    @property
    def utilization(self) -> float:
        """Default `gpu_memory_utilization`: 0.9, and 0.92 from 0.20.0."""
        return 0.92 if self.version >= (0, 20, 0) else 0.9

    @property
    def graphs_in_pool(self) -> bool:
        """Whether CUDA graphs are profiled and taken from the cache; from 0.20.0."""
        return self.version >= (0, 20, 0)

    @property
    def hybrid_groups(self) -> bool:
        """Whether sliding layers have tables of their own; earlier, every layer counted as full attention."""
        return self.version >= (0, 9, 1) and self.generation == "v1"

    @property
    def pad_share(self) -> float:
        """Below this ratio of the largest to the smallest kind, groups take the largest size; 1 for never."""
        if self.version >= (0, 19, 0):
            return 1.5
        return 1.25 if self.version >= (0, 11, 1) else 1.0

    @property
    def capacity_from_concurrency(self) -> bool:
        """Whether “GPU KV cache size” is concurrency times length; earlier, blocks shared among the groups."""
        return self.version >= (0, 20, 1)

    def states_per_request(self, prefix_caching: bool | None) -> int:
        """State blocks a request holds: two where prefix caching covers states (`align`), else one.

        It is the default from 0.26.0 and can be asked for from 0.15.0.
        """
        if prefix_caching is None:
            prefix_caching = self.version >= (0, 26, 0)
        return 2 if prefix_caching and self.version >= (0, 15, 0) else 1

    @property
    def in_flight_batches(self) -> int:
        """Batches whose tokens a sliding window keeps: two from 0.26.0, where scheduling is asynchronous."""
        return 2 if self.version >= (0, 26, 0) else 1

    @property
    def cache_type_from_checkpoint(self) -> bool:
        """Whether `auto` follows the checkpoint's own cache format; from 0.14.0."""
        return self.version >= (0, 14, 0)

    @property
    def state_type_from_checkpoint(self) -> bool:
        """Whether the recurrence is kept in the type that the checkpoint asks for; from 0.13.0."""
        return self.version >= (0, 13, 0)

    @property
    def logit_bytes(self) -> float:
        """Bytes for each logit in the sampler's profiling run.

        Sorting until the Triton kernel of 0.17.0; FlashInfer from 0.21.0 takes as little.
        """
        return MASKING_BYTES if self.version >= (0, 17, 0) else SORTING_BYTES

    @property
    def logit_rows(self) -> int:
        """Rows of 32-bit logits that the sampler keeps beside."""
        return MASKING_ROWS if (0, 17, 0) <= self.version < (0, 21, 0) else 0

    def batch(self, total_gib: float, gpu: str, context: int, offline: bool = False) -> Batch:
        """Default `max_num_batched_tokens` and `max_num_seqs`, for a card of `total_gib`."""
        if self.generation == "v0":
            return Batch(2048 if context > 32768 else max(context, 2048), 256)
        a100 = "a100" in gpu.lower() and self.version >= (0, 9, 0)
        spark = "gb10" in gpu.lower() or "spark" in gpu.lower()
        if self.version >= (0, 28, 0) and total_gib >= LARGEST_CARD_GIB:
            return Batch(16384, 1024)
        if total_gib >= LARGE_CARD_GIB and not a100 and not (spark and self.version >= (0, 28, 0)):
            return Batch(16384 if offline else 8192, 1024)
        return Batch(8192 if offline else 2048, 256)


def rules(engine: str, generation: str | None = None) -> Rules:
    """Rules for `vllm@VERSION`; `vllm` alone is the newest that was read. Raises ConfigError.

    Versions before 0.8.0 run the V0 engine unless `generation` says otherwise.
    """
    name, _, text = engine.strip().lower().partition("@")
    if name != "vllm":
        raise ConfigError(f"{name or engine!r} is not sized here; only vLLM's rules were read: use vllm@VERSION")
    text = text or DEFAULT_ENGINE.split("@")[1]
    match = re.match(r"v?(\d+)\.(\d+)(?:\.(\d+))?", text)
    if not match:
        raise ConfigError(f"{text!r} is no version; write vllm@0.21.0")
    version = (int(match[1]), int(match[2]), int(match[3] or 0))
    if version < OLDEST:
        raise ConfigError(f"vLLM {text} is older than the oldest version that was read (0.6.0)")
    return Rules(name, version, generation or ("v0" if version < (0, 8, 0) else "v1"))
