"""A checkpoint’s published configuration can be read, and agrees with the record’s own figures (WA219)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from macros.library import Library
from macros.problems import Problem, did_you_mean
from macros.reading import Document
from macros.sizing import catalogue, hf_config
from macros.sizing.reader import ConfigError, Reader
from macros.sizing.shape import ModelShape

AWAY = 0.15
"""Share by which computed parameters may differ from the stated ones, which are rounded and count extra layers."""


def check(library: Library, broken: set[str], _: Path) -> Iterator[Problem]:
    """Every `config:` of a checkpoint."""
    for entry in library.readable("models"):
        if entry.document.file not in broken:
            yield from _model(entry.document)


def _model(document: Document) -> Iterator[Problem]:
    for index, checkpoint in enumerate(document.data["checkpoints"]):
        if "config" not in checkpoint:
            continue
        file, path = checkpoint["config"]["file"], ("checkpoints", index, "config", "file")
        names = [item.name for item in catalogue.CONFIGS.glob("*.json")]
        if file not in names:
            instead = did_you_mean(file, names, "put the file into macros/sizing/published/configs/")
            yield document.problem("WA219", path, f"there is no configuration `{file}`", instead)
            continue
        try:
            settings = catalogue.config(file)
            shape = hf_config.shape(settings)
        except ConfigError as error:
            yield document.problem("WA219", path, f"`{file}`: {error}", "correct the file")
            continue
        for name, stated, read in _differing(document.data, settings, shape):
            what = f"`{name}` is {stated:g}, but {file} says {read:g}"
            yield document.problem("WA219", path, what, "correct the one that is wrong")


def _differing(data: dict[str, Any], settings: Any, shape: ModelShape) -> Iterator[tuple[str, float, float]]:
    """Figures of the record that its configuration contradicts: name, as stated, as read."""
    read, own = Reader(settings), data["architecture"]
    pairs = (
        ("layers", shape.layers),
        ("hidden_size", shape.widths.hidden),
        ("vocabulary", shape.vocabulary),
        ("attention_heads", read.optional("num_attention_heads")),
        ("kv_heads", read.optional("num_key_value_heads")),
        ("head_dim", read.optional("head_dim")),
        ("sliding_window", read.optional("sliding_window")),
        ("experts", read.optional("num_experts")),
    )
    for name, value in pairs:
        if own.get(name) and value and own[name] != value:
            yield f"architecture.{name}", own[name], value
    total = data["parameters"]["total_b"]
    computed = round(shape.parameters / 1e9, 2)
    if abs(computed / total - 1) > AWAY:
        yield "parameters.total_b", total, computed
