"""How many bits each weight takes, from the `quantization_config` of a checkpoint.

A scheme answers for one module name at a time, since checkpoints leave modules out by name: router, attention,
output layer, first layers. What is left out stays in 16 bit, as does whatever is not a linear layer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from macros.sizing.quant_names import Names
from macros.sizing.reader import ConfigError
from macros.sizing.units import BITS_PER_WEIGHT

ALWAYS_16 = (".router", ".gate", "shared_expert_gate", "conv1d", "in_proj_ba", "in_proj_a", "in_proj_b")
"""Modules that engines never quantize: routers, small gates and convolutions."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """The number format of a checkpoint. `overrides` come before `bits`; `ignored` before both."""

    label: str
    bits: float
    ignored: Names = field(default_factory=Names)
    overrides: tuple[tuple[Names, float], ...] = ()
    only: Names | None = None
    head: bool = False
    padded_experts: bool = False

    def of(self, module: str) -> float:
        """Bits of one stored weight of a linear module such as `layers.3.self_attn.q_proj`."""
        if module.endswith(ALWAYS_16) or module in self.ignored:
            return 16.0
        if module == "lm_head" and not self.head:
            return 16.0
        for names, bits in self.overrides:
            if module in names:
                return bits
        if self.only is not None and module not in self.only:
            return 16.0
        return self.bits


PLAIN = Scheme("bf16", 16.0)


def grouped(bits: int, group: int | None, zero_points: bool, scale_bits: int = 16) -> float:
    """Bits of a weight with a scale (and a zero point) for each group of `group`; none for whole channels."""
    if not group or group < 0:
        return float(bits)
    return bits + scale_bits / group + (bits / group if zero_points else 0.0)


def by_precision(precision: str) -> Scheme:
    """All linear layers of a 16-bit model in another format, for plans without a checkpoint."""
    if precision not in BITS_PER_WEIGHT:
        raise ConfigError(f"{precision!r} is no number format; known are {', '.join(BITS_PER_WEIGHT)}")
    return Scheme(precision, BITS_PER_WEIGHT[precision])


def scheme(config: Mapping[str, Any] | None) -> Scheme:  # noqa: PLR0911 one return for each method
    """The scheme that a `quantization_config` describes; 16 bit without one. Raises ConfigError if unknown."""
    if not config:
        return PLAIN
    method = str(config.get("quant_method", "")).lower().replace("_", "-")
    if not method and ("quantization" in config or "quant_algo" in config):
        return _modelopt(config)
    ignored = Names.of(_ignored(config))
    if method in ("awq", "gptq", "auto-round", "autoround", "gptq-marlin", "awq-marlin", "auto-awq", "inc"):
        return _integer_groups(method, config, ignored)
    if method in ("fp8", "fbgemm-fp8", "ptpc-fp8"):
        return Scheme("fp8", 8.0, ignored)
    if method == "compressed-tensors":
        return _compressed(config, ignored)
    if method == "mxfp4":
        return Scheme("mxfp4", BITS_PER_WEIGHT["mxfp4"], ignored, only=Names.of(["experts"]), padded_experts=True)
    if method.startswith("modelopt"):
        return _modelopt(config)
    if method == "bitsandbytes":
        return Scheme("bnb int8", 8.0, ignored) if config.get("load_in_8bit") else Scheme("bnb nf4", 4.5, ignored)
    if method == "quark":
        return _quark(config, ignored)
    bits = config.get("bits") or config.get("w_bit")
    if isinstance(bits, int | float):
        return Scheme(f"{method or 'quantized'} {bits:g} bit", float(bits), ignored)
    raise ConfigError(
        f"quantization method {method!r} is not known here; give --precision, or --weights-gib with the size "
        "that the engine loads"
    )


def _ignored(config: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    for key in (
        "modules_to_not_convert",
        "ignored_layers",
        "ignore",
        "exclude_modules",
        "exclude",
        "llm_int8_skip_modules",
    ):
        names = config.get(key)
        if isinstance(names, list):
            found += [str(name) for name in names]
    return found


def _integer_groups(method: str, config: Mapping[str, Any], ignored: Names) -> Scheme:
    bits = int(config.get("bits") or config.get("w_bit") or 4)
    group = int(config.get("group_size") or config.get("q_group_size") or 128)
    zeros = bool(config.get("zero_point")) if "awq" in method else not config.get("sym", True)
    extra = config.get("extra_config")
    overrides: list[tuple[Names, float]] = []
    if isinstance(extra, Mapping):
        for name, values in extra.items():
            if isinstance(values, Mapping) and values.get("bits"):
                own = grouped(int(values["bits"]), int(values.get("group_size") or group), False)
                overrides.append((Names.of([_as_expression(str(name))]), own))
    dynamic = config.get("dynamic")
    if isinstance(dynamic, Mapping):
        skipped = [f"re:{name[2:]}" for name in dynamic if str(name).startswith("-:")]
        overrides.append((Names.of(skipped), 16.0))
    return Scheme(
        f"{method} int{bits} group {group}",
        grouped(bits, group, zeros),
        ignored,
        tuple(overrides),
        head=bool(config.get("lm_head")),
    )


def _as_expression(name: str) -> str:
    return f"re:.*{name[2:] if name.startswith('.*') else name}" if "*" in name else name


def _weight_bits(weights: Mapping[str, Any]) -> float:
    """Bits of a `weights` block of compressed-tensors."""
    bits = int(weights.get("num_bits") or 16)
    group = weights.get("group_size")
    scale_bits = 8 if bits == 4 and weights.get("type") == "float" else 16
    strategy = weights.get("strategy")
    if strategy not in ("group", "tensor_group"):
        group = None
    return grouped(bits, int(group) if group else None, not weights.get("symmetric", True), scale_bits)


def _compressed(config: Mapping[str, Any], ignored: Names) -> Scheme:
    groups = [group for group in (config.get("config_groups") or {}).values() if isinstance(group, Mapping)]
    overrides: list[tuple[Names, float]] = []
    general: float | None = None
    for group in groups:
        bits = _weight_bits(group.get("weights") or {})
        targets = [str(target) for target in group.get("targets") or ["Linear"]]
        named = [target for target in targets if target not in ("Linear", "FusedMoE", "MoEGate")]
        if named:
            overrides.append((Names.of(named), bits))
        if len(named) < len(targets) or (general is None and not overrides):
            general = bits
    label = "compressed-tensors" if not groups else f"compressed-tensors {general or overrides[0][1]:g} bit"
    return Scheme(label, 16.0 if general is None else general, ignored, tuple(overrides))


def _algorithm_bits(algorithm: str, group: int) -> float:
    name = algorithm.upper()
    if "NVFP4" in name:
        return grouped(4, group or 16, False, 8)
    if "W4A16" in name or "INT4" in name or "W4A8" in name:
        return grouped(4, group or 128, False)
    if "MXFP8" in name:
        return BITS_PER_WEIGHT["mxfp8"]
    if "FP8" in name or "INT8" in name or "W8" in name:
        return 8.0
    if "MXFP4" in name:
        return BITS_PER_WEIGHT["mxfp4"]
    return 16.0


def _modelopt(config: Mapping[str, Any]) -> Scheme:
    inner = config.get("quantization")
    values: Mapping[str, Any] = {**config, **inner} if isinstance(inner, Mapping) else config
    ignored = Names.of(_ignored(values))
    algorithm = str(values.get("quant_algo") or "")
    layers = values.get("quantized_layers")
    if isinstance(layers, Mapping) and layers:
        by_bits: dict[float, list[str]] = {}
        for name, block in layers.items():
            bits = _algorithm_bits(str(block.get("quant_algo", "")), int(block.get("group_size") or 0))
            by_bits.setdefault(bits, []).append(str(name))
        overrides = tuple((Names.of(names), bits) for bits, names in by_bits.items())
        return Scheme("modelopt mixed", 16.0, ignored, overrides, head=True)
    if not algorithm and isinstance(values.get("config_groups"), Mapping):
        return _compressed(values, ignored)
    bits = _algorithm_bits(algorithm, int(values.get("group_size") or 0))
    return Scheme(f"modelopt {algorithm.lower()}", bits, ignored)


def _quark(config: Mapping[str, Any], ignored: Names) -> Scheme:
    weight = (config.get("global_quant_config") or {}).get("weight") or {}
    dtype = str(weight.get("dtype", "")).lower()
    if "fp4" in dtype:
        return Scheme("quark mxfp4", BITS_PER_WEIGHT["mxfp4"], ignored)
    if "int4" in dtype or "uint4" in dtype:
        return Scheme("quark int4", grouped(4, int(weight.get("group_size") or 128), False), ignored)
    return Scheme("quark 8 bit", 8.0, ignored)
