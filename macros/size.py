"""The data of the calculator at `/size/`: what `macros.sizing` finds for every model, card and GPU count.

The browser adds, divides and rounds down; everything that needs a model's shape is done here. Of what a plan rests
on, only the pool depends on utilization and only the blocks of a request on context, so both can be chosen freely:

    left   = card × utilization − weights − (activations + libraries + graphs)          GiB on one GPU
    blocks = ⌊left × 2^30 / bytes of a block⌋
    taken  = Σ tables × (⌈min(context, cap) / tokens of a block⌉ + extra)               blocks of one request

Batch limits stay at the engine's defaults, which depend on the card's memory; the version is fixed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from macros.model import Accelerator, Atlas, Checkpoint, Model
from macros.scripts import as_script
from macros.sizing import catalogue
from macros.sizing.blocks import CacheSettings, layout, token_bytes
from macros.sizing.engines import DEFAULT_ENGINE, Batch, Rules, rules
from macros.sizing.links import non_torch_gib
from macros.sizing.memory import KERNELS, kernels, weights_gib
from macros.sizing.overhead import graphs_gib, overhead
from macros.sizing.reader import ConfigError
from macros.sizing.request import Card, Request, Serving, Stage, check, notes, settle
from macros.sizing.sets import card, machine
from macros.sizing.shape import CacheGroup, Kind, ModelShape, Widths
from macros.sizing.units import BITS_PER_WEIGHT, CACHE_BYTES

FILE = "assets/js/size/data.js"
COUNTS = (1, 2, 4, 8, 16)
"""Tensor parallelism that can be chosen."""
CACHES = ("auto", "fp8")
COMPUTED = ("fp8", "int4")
"""Formats offered beside the listed checkpoints, with computed weights, where they are clearly smaller."""
NO_CAP = 2**40


def script(atlas: Atlas) -> str:
    """The data as a script that sets `window.WA_SIZE`; the same atlas gives the same bytes."""
    return as_script("WA_SIZE", data(atlas))


def data(atlas: Atlas) -> dict[str, Any]:
    """Cards, models and what holds for all; lists by GPU count follow `tps`, lists by batch follow `batches`."""
    engine = rules(DEFAULT_ENGINE)
    cards = tuple(atlas.accelerators.values())
    batches = sorted({_batch(engine, item) for item in cards}, key=lambda b: (b.tokens, b.requests))
    return {
        "engine": engine.label,
        "utilization": engine.utilization,
        "tps": COUNTS,
        "caches": CACHES,
        "batches": [[batch.tokens, batch.requests] for batch in batches],
        "cards": [_card(item, batches.index(_batch(engine, item)), engine) for item in cards],
        "models": [_model(item, engine, batches, atlas) for item in atlas.models.values()],
    }


def _batch(engine: Rules, item: Accelerator) -> Batch:
    """Limits by default; in this generation of the engine they do not depend on the context."""
    return engine.batch(item.memory.usable_gib, item.id, 1)


def _card(item: Accelerator, batch: int, engine: Rules) -> dict[str, Any]:
    by_format = {name: card(item, name) for name in BITS_PER_WEIGHT}
    bare = Card(item.id, item.memory.usable_gib)
    return {
        "id": item.id,
        "title": item.title,
        "gib": item.memory.usable_gib,
        "bandwidth": item.bandwidth_gb_s,
        "rates": {name: [found.tflops_format, found.tflops] for name, found in by_format.items() if found.tflops},
        "batch": batch,
        "machine": machine(item),
        "kernels": list(KERNELS).index(kernels(item.id)),
        "libraries": [non_torch_gib(engine, bare, tp) for tp in COUNTS],
        "server": item.data_centre,
        "notes": [note for note in notes(_EMPTY, Request(engine, bare)) if note not in _EMPTY.notes],
    }


def _model(model: Model, engine: Rules, batches: Iterable[Batch], atlas: Atlas) -> dict[str, Any]:
    head = {"id": model.id, "title": model.title}
    try:
        shape = catalogue.shape(model)
    except ConfigError as error:
        return {**head, "why": str(error)}
    allowed = [tp for tp in COUNTS if _divides(shape, engine, tp)]
    every = tuple(batches)
    return {
        **head,
        "context": shape.context,
        "heads": shape.attention_heads,
        "least": shape.one_pass_tokens,
        "tps": allowed,
        "groups": [_group(group) for group in shape.groups],
        "formats": [_format(model, name, engine, atlas) for name in formats(model)],
        "graphs": [graphs_gib(shape.layers, _widened(shape, batch), engine.graphs_in_pool) for batch in every],
        "activations": {str(tp): [_activations(shape, engine, tp, batch) for batch in every] for tp in allowed},
        "layouts": {
            cache: {str(tp): _layout(shape, engine, tp, cache, every) for tp in allowed} for cache in CACHES
        },
    }


def _divides(shape: ModelShape, engine: Rules, tp: int) -> bool:
    try:
        check(shape, Request(engine, Card("", 80.0), tp=tp))
    except ConfigError:
        return False
    return True


def formats(model: Model) -> list[str]:
    """Number formats that can be chosen: those of the listed checkpoints, the native one first, then computed."""
    listed = list(dict.fromkeys(item.precision for item in model.checkpoints))
    least = min(BITS_PER_WEIGHT[name] for name in listed)
    return listed + [name for name in COMPUTED if name not in listed and BITS_PER_WEIGHT[name] < 0.8 * least]


def _format(model: Model, name: str, engine: Rules, atlas: Atlas) -> dict[str, Any]:
    shape = catalogue.shape(model, name)
    listed = next((item for item in model.checkpoints if item.precision == name), None)
    settled = settle(shape, Request(engine, Card("", 80.0)))
    return {
        "id": name,
        "label": atlas.label("precisions", name),
        "listed": listed is not None,
        "from": _origin(model, listed),
        "read": shape.read_bytes if shape.causal else None,
        "passed": shape.worked_parameters,
        "auto": "fp8" if settled.kv_dtype == "fp8" else "auto",
        "weights": _weights(shape, engine),
        "notes": shape.notes,
    }


def _origin(model: Model, listed: Checkpoint | None) -> str:
    """Where the figure for the weights comes from, in words."""
    if listed is not None and listed.config is not None:
        return "each module as the checkpoint’s configuration says"
    if listed is not None and listed.size_gb is not None:
        return "size of the published files"
    if any(item.config for item in model.checkpoints):
        return "each module of the configuration, linear layers in this format"
    return "computed from the parameters"


def _weights(shape: ModelShape, engine: Rules) -> list[list[float]]:
    """GiB on one GPU by GPU count, for each family of kernels; told once where the family does not matter."""
    whole = Stage(shape.layers)
    every = [
        [weights_gib(shape, Request(engine, Card(parts[0], 80.0), tp=tp), whole) for tp in COUNTS]
        for parts in KERNELS.values()
    ]
    return every if any(row != every[0] for row in every) else every[:1]


def _activations(shape: ModelShape, engine: Rules, tp: int, batch: Batch) -> float:
    """With these limits the longest context does not matter: pictures fill the batch long before."""
    request = Request(engine, Card("", 80.0), tp=tp)
    serving = Serving(request, _widened(shape, batch), shape.context or 8192, "auto")
    return overhead(shape, serving, Stage(shape.layers)).activations_gib


def _widened(shape: ModelShape, batch: Batch) -> Batch:
    return Batch(max(batch.tokens, shape.one_pass_tokens), batch.requests)


def _layout(
    shape: ModelShape, engine: Rules, tp: int, cache: str, batches: tuple[Batch, ...]
) -> dict[str, Any] | None:
    """Bytes of a block, and for each batch the block tables as [tables, tokens of a block, cap, extra]."""
    cut = layout(shape, engine, tp, 1.0, CacheSettings(cache))
    if not cut.tables:
        return None
    return {
        "block": cut.block_bytes,
        "token": round(cut.bytes_per_token),
        "layer": [_kept(group, tp, cache, engine) for group in shape.groups],
        "tables": [
            _merged(_table(table.group, table.block, batch, engine, cut.states) for table in cut.tables)
            for batch in batches
        ],
    }


def _table(group: CacheGroup, block: int, batch: Batch, engine: Rules, states: int) -> tuple[int, int, int]:
    """Tokens of a block, cap and extra such that ⌈min(context, cap) / block⌉ + extra is `Table.blocks_for`."""
    if group.kind is Kind.STATE:
        return (block, 0, states)
    if group.kind is Kind.SLIDING and group.window:
        return (block, group.window - 1 + batch.tokens * engine.in_flight_batches, 1)
    if group.kind is Kind.CROSS and group.window:
        return (block, 0, -(-group.window // block))
    return (block, NO_CAP, 0)


def _merged(tables: Iterable[tuple[int, int, int]]) -> list[list[int]]:
    """Equal tables told once, with their number."""
    counts: dict[tuple[int, int, int], int] = {}
    for table in tables:
        counts[table] = counts.get(table, 0) + 1
    return [[number, *table] for table, number in counts.items()]


def _kept(group: CacheGroup, tp: int, cache: str, engine: Rules) -> float:
    """Bytes that one layer keeps on one GPU: of a token, or of a request where the state is constant."""
    if group.state is not None:
        return group.state.size_bytes(tp, engine.state_type_from_checkpoint)
    return token_bytes(group, tp, CACHE_BYTES[cache])


def _group(group: CacheGroup) -> dict[str, Any]:
    return {
        "kind": group.kind.value,
        "layers": group.layers,
        "kv": group.kv_heads,
        "size": group.head_size,
        "window": group.window,
        "latent": group.latent,
    }


_EMPTY = ModelShape("", "", 0, 1, (), (), Widths(0))
