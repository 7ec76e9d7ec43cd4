"""The shape of a model: what memory needs to know, and nothing about engines, cards or files.

Sizes are counts of elements unless a name says bytes. A shape comes from a catalogue record
(`macros.sizing.catalogue`) or from a Hugging Face `config.json` (`macros.sizing.hf_config`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

EMBEDDING, OUTPUT, EXPERTS, COPIES = "embedding", "output layer", "experts", "absorbed copies"
LAYER_EMBEDDINGS, ROTARY, ENCODER = "embeddings of layers", "rotary tables", "encoder"
EMBEDDINGS = "embedding and output layer"
"""Names of weights that not every token passes, or that an engine keeps twice."""
LOOKED_UP = (EMBEDDING, LAYER_EMBEDDINGS, ROTARY, COPIES)


class Kind(StrEnum):
    """What a layer keeps for a request."""

    FULL = "full"
    SLIDING = "sliding"
    CHUNKED = "chunked"
    LATENT = "latent"
    STATE = "state"
    CROSS = "cross"


class Sharding(StrEnum):
    """How tensor parallelism treats a weight."""

    SPLIT = "split"
    COPIED = "copied"
    KV_HEADS = "kv heads"


@dataclass(frozen=True, slots=True)
class State:
    """Constant state of one linear or SSM layer for one request, before tensor parallelism.

    Convolution: `conv_steps` rows of `conv_channels` plus `groups` groups of `group_width` channels; groups are
    copied where they do not divide. Recurrence: `recurrent` elements, divided. Bytes are a stored element's.
    """

    conv_channels: int = 0
    groups: int = 0
    group_width: int = 0
    conv_steps: int = 0
    recurrent: int = 0
    conv_bytes: int = 2
    recurrent_bytes: int = 2
    stated: bool = False
    """Whether `recurrent_bytes` is the checkpoint's wish, which older engines do not read."""

    def size_bytes(self, tp: int, obey: bool = True, guesses: int = 0) -> int:
        """Bytes on one of `tp` GPUs, unpadded; `obey` is whether the engine reads the checkpoint's wish.

        Each of `guesses` tokens guessed ahead takes a step of the convolution more (`conv_kernel - 1 + num_spec`
        in `layers/mamba/mamba_utils.py` of vLLM 0.10.2 to 0.33.0).
        """
        groups = self.groups
        if groups and groups % tp:
            groups = tp
        channels = (self.conv_channels + groups * self.group_width) // tp
        width = self.recurrent_bytes if obey or not self.stated else self.conv_bytes
        steps = self.conv_steps + guesses if self.conv_steps else 0
        return channels * steps * self.conv_bytes + self.recurrent // tp * width


@dataclass(frozen=True, slots=True)
class CacheGroup:
    """Layers with the same cache. `window` is in tokens, for sliding and chunked layers.

    A latent layer keeps `latent` elements a token, whatever the heads, plus `index_bytes` bytes for a sparse
    indexer. A state layer keeps `state`.
    """

    kind: Kind
    layers: int
    kv_heads: int = 0
    head_size: int = 0
    value_size: int | None = None
    window: int | None = None
    latent: int = 0
    index_bytes: int = 0
    state: State | None = None

    def elements_per_token(self, tp: int) -> int:
        """Elements that one layer of the group stores for a token on one of `tp` GPUs; zero for states.

        KV heads divide by `tp` down to one; beyond that they are copied (vLLM `get_num_kv_heads`).
        """
        if self.kind is Kind.STATE:
            return 0
        if self.kind is Kind.LATENT:
            return self.latent
        values = self.head_size if self.value_size is None else self.value_size
        return max(1, self.kv_heads // tp) * (self.head_size + values)


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of one sort. `bits` are those of one stored weight, scales included.

    `heads` is the number of KV heads that a `KV_HEADS` weight is divided into. `stage` says which pipeline
    stage holds it: `first`, `last`, or `all` for a share of the layers.
    """

    name: str
    elements: float
    bits: float
    sharding: Sharding = Sharding.SPLIT
    heads: int = 1
    stage: str = "all"
    padded: tuple[int, int] | None = None
    """Width and inner width of experts that kernels pad; see `macros.sizing.memory`."""

    def bytes_per_gpu(self, tp: int) -> float:
        """Bytes on one of `tp` GPUs, over all pipeline stages."""
        share = 1.0
        if self.sharding is Sharding.SPLIT:
            share = 1 / tp
        elif self.sharding is Sharding.KV_HEADS:
            share = max(1, self.heads // tp) / self.heads
        return self.elements * share * self.bits / 8


@dataclass(frozen=True, slots=True)
class Widths:
    """Widths that the activation peak depends on; see `macros.sizing.overhead`."""

    hidden: int
    attention: int = 0
    """Query, key and value channels of the widest attention layer."""
    dense: int = 0
    """Channels inside the widest dense feed-forward layer."""
    gated: bool = True
    expert: int = 0
    """Channels inside one routed expert."""
    experts_per_token: int = 0
    latent_heads: int = 0
    latent_head_size: int = 0
    """Key and value channels a head that latent attention expands for prefill."""


@dataclass(frozen=True, slots=True)
class Vision:
    """What a picture encoder costs while the engine profiles; sizes in elements."""

    hidden: int
    intermediate: int
    patches_per_token: int
    most_tokens: int
    """Language tokens of the largest single picture or clip that the engine profiles with."""
    outputs: int = 1
    """Hidden vectors kept for each token (deep-stacked encoders keep several)."""
    pixels: int = 0
    """Values of one patch of the picture itself."""
    clips: bool = False
    """Whether clips are profiled as frames, each pair as large as the largest picture."""
    stamped: bool = False
    """Whether clips carry a time stamp in text for each pair of frames (Qwen3-VL)."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft head that comes with the checkpoint (multi-token prediction): its caches and weights."""

    groups: tuple[CacheGroup, ...]
    weights: tuple[Weights, ...]


@dataclass(frozen=True, slots=True)
class ModelShape:
    """Everything about a model that the memory of a server depends on."""

    name: str
    architecture: str
    vocabulary: int
    layers: int
    groups: tuple[CacheGroup, ...]
    weights: tuple[Weights, ...]
    widths: Widths
    context: int | None = None
    vision: Vision | None = None
    draft: Draft | None = None
    precision: str = "bf16"
    parameters_exact: bool = True
    attention_heads: int = 1
    divisible: tuple[int, ...] = ()
    """Counts of heads that tensor parallelism must divide."""
    parameters: float = 0.0
    """Parameters counted once; weights may hold more (copies that an engine makes)."""
    active_parameters: float = 0.0
    causal: bool = True
    cache_type: str = "auto"
    """Cache format that the checkpoint asks for."""
    notes: tuple[str, ...] = ()

    @property
    def weight_bytes(self) -> float:
        """Bytes of all weights on one GPU that holds the whole model."""
        return sum(part.bytes_per_gpu(1) for part in self.weights)

    @property
    def one_pass_tokens(self) -> int:
        """Least tokens of a batch: a text that is read in one pass is not cut into chunks, so it fits whole."""
        return 0 if self.causal else self.context or 0

    @property
    def read_bytes(self) -> float:
        """Least bytes of weights that one GPU reads for one generated token.

        Tables are looked up by row, the picture encoder is done, experts that were not chosen rest. A table that
        also is the output layer is read whole.
        """
        total = sum(part.bytes_per_gpu(1) for part in (*self._passed(), *self._output()))
        idle = self.parameters - self.active_parameters
        resting = [part for part in self.weights if part.name == EXPERTS]
        if resting and idle > 0:
            held = sum(part.elements for part in resting)
            return total - idle / held * sum(part.bytes_per_gpu(1) for part in resting)
        return total * min(1.0, self.active_parameters / self.parameters) if idle > 0 else total

    @property
    def worked_parameters(self) -> float:
        """Least parameters that each prompt token passes: neither tables nor the output layer of the last one."""
        all_passed = sum(part.elements for part in self._passed())
        idle = self.parameters - self.active_parameters
        if any(part.name == EXPERTS for part in self.weights):
            return all_passed - idle
        return all_passed * min(1.0, self.active_parameters / self.parameters)

    def _passed(self) -> list[Weights]:
        """Weights that every token passes: no tables, no output layer, no encoder."""
        aside = (*LOOKED_UP, OUTPUT, EMBEDDINGS)
        return [part for part in self.weights if part.name not in aside and not part.name.endswith(ENCODER)]

    def _output(self) -> list[Weights]:
        """The weights that give the output: a layer, the tied table, or half of what a record counts as one."""
        own = [part for part in self.weights if part.name == OUTPUT]
        if not own:
            own = [part for part in self.weights if part.name == EMBEDDING]
        return own + [
            replace(part, elements=part.elements / 2) for part in self.weights if part.name == EMBEDDINGS
        ]

    @property
    def hybrid(self) -> bool:
        """Whether layers with a constant state stand beside layers with a cache."""
        kinds = {group.kind for group in self.groups}
        return Kind.STATE in kinds and len(kinds) > 1
