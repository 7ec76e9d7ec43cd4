"""How vLLM cuts the cache memory of one GPU into blocks, and how many tokens and requests that makes.

Follows `kv_cache_utils.py` and `kv_cache_interface.py` of vLLM. All layers of a group share one block table;
groups have the same number of layers and pages of the same size, so that any block can serve any group.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from macros.sizing.engines import Rules
from macros.sizing.shape import CacheGroup, Draft, Kind, ModelShape
from macros.sizing.units import CACHE_BYTES, ceil_div

BLOCK = 16
LATENT_BLOCK = 64
"""Block of the usual kernels for latent attention (FlashMLA, FlashInfer MLA)."""
SPARSE_LATENT_BYTES = 656
"""Bytes of one token in the FP8 format of sparse latent attention: 512 values, 16 scales, 128 rotary keys."""


@dataclass(frozen=True, slots=True)
class Table:
    """One block table: `layers` layers, and `block` tokens in a block."""

    group: CacheGroup
    layers: int
    block: int

    def blocks_for(self, context: int, batch_tokens: int, states: int) -> int:
        """Blocks that one request of `context` tokens can hold at most.

        Full: the whole context. Sliding: window and batch, and one block more for alignment. State: `states`.
        """
        group = self.group
        if group.kind is Kind.STATE:
            return states
        if group.kind is Kind.SLIDING and group.window:
            return ceil_div(min(group.window - 1 + batch_tokens, context), self.block) + 1
        if group.kind is Kind.CROSS and group.window:
            return ceil_div(group.window, self.block)
        return ceil_div(context, self.block)


@dataclass(frozen=True, slots=True)
class Layout:
    """All block tables of a model on one GPU; `block_bytes` is what one block takes over its layers."""

    tables: tuple[Table, ...]
    block_bytes: int
    bytes_per_token: float
    """Growing cache of one token of context on one GPU, padding of groups left out."""
    states: int = 1
    """State blocks that a request holds in each table of states."""

    def blocks(self, available_bytes: float) -> int:
        """Blocks that fit in `available_bytes`."""
        return max(0, int(available_bytes // self.block_bytes)) if self.block_bytes else 0

    def blocks_per_request(self, context: int, batch_tokens: int, rules: Rules) -> int:
        """Blocks that one request of the full context takes from the pool."""
        tokens = batch_tokens * rules.in_flight_batches
        return sum(table.blocks_for(context, tokens, self.states) for table in self.tables)

    def read_per_request(self, context: int) -> int:
        """Bytes of the cache that one step of a request of so many tokens reads: of a window what is in it."""
        read = (
            ceil_div(min(table.group.window or context, context), table.block)
            if table.group.kind is Kind.SLIDING
            else table.blocks_for(context, 0, self.states)
            for table in self.tables
        )
        return sum(read) * self.block_bytes

    def concurrency(self, blocks: int, context: int, batch_tokens: int, rules: Rules) -> float:
        """Requests of the full context at once, as the engine prints it."""
        return blocks / self.blocks_per_request(context, batch_tokens, rules) if self.tables else 0.0

    def tokens(self, blocks: int, context: int, batch_tokens: int, rules: Rules) -> int:
        """“GPU KV cache size” as the version prints it."""
        if not self.tables:
            return 0
        if rules.capacity_from_concurrency:
            return int(self.concurrency(blocks, context, batch_tokens, rules) * context)
        block = min(context if t.group.kind is Kind.STATE else t.block for t in self.tables)
        return blocks // len(self.tables) * block


@dataclass(frozen=True, slots=True)
class _Pages:
    """Sizes on one GPU: bytes a token and layer for each group, and bytes of a state."""

    token: Mapping[CacheGroup, float]
    state: Mapping[CacheGroup, int]

    def page(self, group: CacheGroup, block: int) -> int:
        """Bytes of one block of one layer."""
        return self.state[group] if group in self.state else int(self.token[group] * block)


@dataclass(frozen=True, slots=True)
class CacheSettings:
    """What the user of an engine can set about its cache."""

    kv_dtype: str = "auto"
    block_size: int | None = None
    prefix_caching: bool | None = None
    speculative_tokens: int = 0
    """Tokens that a draft head of the checkpoint guesses; it has a cache, and states are kept for each guess."""


def layout(shape: ModelShape, rules: Rules, tp: int, share: float, settings: CacheSettings) -> Layout:
    """Block tables for one GPU of `tp`, of which a pipeline stage holds `share` of the layers."""
    groups = [replace(group, layers=max(1, round(group.layers * share))) for group in shape.groups]
    if settings.speculative_tokens and shape.draft:
        groups = _with_draft(groups, shape.draft)
    if not rules.hybrid_groups:
        groups = [_as_full(group, Kind.SLIDING) for group in groups]
    groups = [_as_full(group, Kind.CHUNKED) for group in groups]
    if not groups:
        return Layout((), 0, 0.0)
    element = CACHE_BYTES[settings.kv_dtype]
    obey, guesses = rules.state_type_from_checkpoint, settings.speculative_tokens
    pages = _Pages(
        {g: token_bytes(g, tp, element) for g in groups},
        {g: g.state.size_bytes(tp, obey, guesses) for g in groups if g.kind is Kind.STATE and g.state},
    )
    growing = sum(g.layers * pages.token[g] for g in groups if g.kind in (Kind.FULL, Kind.LATENT))
    block = settings.block_size or (LATENT_BLOCK if any(g.kind is Kind.LATENT for g in groups) else BLOCK)
    if len({_sort(group) for group in groups}) == 1:
        table = Table(groups[0], sum(g.layers for g in groups), block)
        return Layout((table,), sum(g.layers * pages.page(g, block) for g in groups), growing)
    states = rules.states_per_request(settings.prefix_caching) + settings.speculative_tokens
    return replace(_unified(groups, pages, _raised(pages, block), rules, growing), states=states)


def _with_draft(groups: list[CacheGroup], draft: Draft) -> list[CacheGroup]:
    """The groups with the draft head's layers added to those of the same kind."""
    extra = {replace(group, layers=0): group.layers for group in draft.groups}
    return [replace(g, layers=g.layers + extra.get(replace(g, layers=0), 0)) for g in groups]


def _as_full(group: CacheGroup, kind: Kind) -> CacheGroup:
    """The group as the engine treats it where it has no table of its own for `kind`."""
    return replace(group, kind=Kind.FULL, window=None) if group.kind is kind else group


def _sort(group: CacheGroup) -> tuple[str, int | None]:
    """Groups of the same sort share one table even where their pages differ (`UniformTypeKVCacheSpecs`)."""
    kind = Kind.FULL if group.kind is Kind.LATENT else group.kind
    return kind.value, group.window


def token_bytes(group: CacheGroup, tp: int, element: float) -> float:
    """Bytes that one layer of the group stores for a token on one of `tp` GPUs; `element` is those of a value."""
    if group.kind is Kind.LATENT and group.index_bytes and element < 2:
        return float(SPARSE_LATENT_BYTES + group.index_bytes)
    return group.elements_per_token(tp) * element + group.index_bytes


def _raised(pages: _Pages, block: int) -> int:
    """The attention block, raised until its page holds the largest state (“Setting attention block size to …”)."""
    attention = [size for group, size in pages.token.items() if group not in pages.state]
    if not pages.state or not attention:
        return block
    return max(block, block * ceil_div(max(pages.state.values()), int(block * attention[0])))


def _unified(groups: list[CacheGroup], pages: _Pages, block: int, rules: Rules, growing: float) -> Layout:
    """Groups of equal layer count with pages of equal size; see `_get_kv_cache_groups_uniform_page_size`.

    A smaller attention page takes more tokens where it divides the largest, else it is padded; states are padded.
    """
    page = max(pages.page(group, block) for group in groups)
    counts = [group.layers for group in groups]
    size = max(counts) if max(counts) < min(counts) * rules.pad_share else min(counts)
    tables: list[Table] = []
    for group in groups:
        own, tokens = pages.page(group, block), block
        if group not in pages.state and own < page and page % own == 0:
            tokens = block * (page // own)
        tables += [Table(group, size, tokens)] * ceil_div(group.layers, size)
    return Layout(tuple(tables), page * size, growing)
