"""From a model of the catalogue to a shape: its published configuration where that was read, else its record.

Configurations are the same files that the error table on `/sizing/` is made with, so its figures hold for plans
of the catalogue too; `macros.sizing.records` is for the rest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from macros.model import Checkpoint, Model
from macros.sizing import hf_config, records
from macros.sizing.reader import ConfigError
from macros.sizing.shape import ModelShape
from macros.sizing.units import BITS_PER_WEIGHT, GB

CONFIGS = Path(__file__).resolve().parent / "published" / "configs"
"""Published configurations, of the catalogue's models and of published logs."""
QUANTISATION = ("quantization_config", "compression_config", "hf_quant_config")
ENCODER = "encoder"
PLAIN_BITS = 16.0


def shape(model: Model, precision: str | None = None) -> ModelShape:
    """The shape of a catalogue model in a number format, else in its native one.

    Raises ConfigError where neither a configuration nor a cache shape was read, or the format is not known.
    """
    checkpoint = records.checkpoint_of(model, precision)
    wanted = precision or checkpoint.precision
    if wanted not in BITS_PER_WEIGHT:
        raise ConfigError(f"{wanted!r} is no number format; known are {', '.join(BITS_PER_WEIGHT)}")
    listed = checkpoint if checkpoint.precision == wanted else None
    if listed is not None and listed.config is not None:
        return _named(_read(listed.config.file), model, wanted)
    base = next((item.config for item in model.checkpoints if item.config is not None), None)
    if base is None:
        return records.shape(model, precision)
    return _named(_as_published(_read(base.file, wanted), listed), model, wanted, _notes(model, listed, wanted))


@cache
def config(file: str) -> Mapping[str, Any]:
    """One published configuration. Raises ConfigError where there is no such file or it holds no JSON object."""
    try:
        data = json.loads((CONFIGS / file).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{file} cannot be read as JSON: {error}") from error
    if not isinstance(data, dict):
        raise ConfigError(f"{file} holds no JSON object")
    return data


@cache
def _read(file: str, precision: str | None = None) -> ModelShape:
    """The shape of a configuration: as published, or with all linear layers in another number format."""
    settings = config(file)
    return hf_config.shape(settings if precision is None else _plain(settings), file, precision)


def _plain(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The configuration without its quantization, so that another number format can be asked."""
    return {
        key: _plain(value) if isinstance(value, Mapping) else value
        for key, value in settings.items()
        if key not in QUANTISATION
    }


def _as_published(found: ModelShape, listed: Checkpoint | None) -> ModelShape:
    """Weights below 16 bit scaled so that all are as large as the published files, where only that was read.

    A 16-bit checkpoint stays as computed: its files also hold heads that no server loads unless asked.
    """
    plain = sum(part.bytes_per_gpu(1) for part in found.weights if part.bits >= PLAIN_BITS)
    rest = found.weight_bytes - plain
    if listed is None or listed.size_gb is None or rest <= 0 or listed.size_gb * GB <= plain:
        return found
    factor = (listed.size_gb * GB - plain) / rest
    scaled = (
        part if part.bits >= PLAIN_BITS else replace(part, bits=part.bits * factor) for part in found.weights
    )
    return replace(found, weights=tuple(scaled))


def _notes(model: Model, listed: Checkpoint | None, wanted: str) -> tuple[str, ...]:
    if listed is None:
        return (f"no {wanted} checkpoint is listed for {model.id}; its weights are computed",)
    if BITS_PER_WEIGHT[wanted] >= PLAIN_BITS:
        return ()
    if listed.size_gb is not None:
        return ("which modules stay in 16 bit was not read; the others are scaled to the size of the files",)
    return (f"which modules the {wanted} checkpoint leaves in 16 bit was not read; weights are computed",)


def _named(found: ModelShape, model: Model, precision: str, notes: tuple[str, ...] = ()) -> ModelShape:
    """With the catalogue's name, format and context; an encoder keeps no cache, whatever its family does."""
    encoder = model.architecture.attention == ENCODER
    return replace(
        found,
        name=model.id,
        precision=precision,
        context=model.context_tokens or found.context,
        groups=() if encoder else found.groups,
        causal=found.causal and not encoder,
        notes=notes,
    )
