"""How far plans are from published start-up logs: one row a log, and the summary that the site prints.

A log is a YAML file in `published/logs`: what was run, what the engine printed, where it was read, and
what had to be assumed because the log does not say. Logs that cannot be compared say why; they are listed only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from statistics import median
from typing import Any

import yaml

from macros.sizing import hf_config
from macros.sizing.engines import rules
from macros.sizing.plan import Plan, plan
from macros.sizing.request import Card, Request

PUBLISHED = Path(__file__).resolve().parent / "published"
"""Logs, and the configurations of their models; the one place for both."""
LARGE_POOL_GIB = 12.0
"""From this pool on, an over-prediction of more than a tenth counts as a failure."""
NEAR = 0.10


@dataclass(frozen=True, slots=True)
class Row:
    """One log: the plan beside the printed figures. None where the log does not print one."""

    name: str
    title: str
    engine: str
    found: Plan
    weights_gib: float | None
    available_gib: float | None
    tokens: int | None
    concurrency: float | None
    hybrid: bool
    sources: tuple[str, ...]
    assumed: tuple[tuple[str, str], ...]
    """What the log does not say and was taken instead."""
    held_out: bool = False
    """Whether no constant was taken from the log."""

    @property
    def error(self) -> float | None:
        """Relative error of the cache: of its tokens where they are printed, else of its GiB."""
        if self.tokens:
            return self.found.kv_cache_tokens / self.tokens - 1
        if self.available_gib and self.available_gib > 0:
            return self.found.available_kv_gib_per_gpu / self.available_gib - 1
        return None

    @property
    def concurrency_ratio(self) -> float | None:
        """How far concurrency is off as a factor of at least 1."""
        mine = self.found.max_concurrency
        if not self.concurrency or mine <= 0:
            return None
        return max(mine / self.concurrency, self.concurrency / mine)

    @property
    def pool_gib(self) -> float:
        """The printed cache memory, or the planned one."""
        return self.available_gib or self.found.available_kv_gib_per_gpu


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A log that cannot be compared, and why."""

    name: str
    title: str
    reason: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All rows, and logs that were left out with the reason."""

    rows: tuple[Row, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def errors(self) -> list[float]:
        """Relative errors of the cache, signed."""
        return [row.error for row in self.rows if row.error is not None]

    @property
    def held_out(self) -> list[float]:
        """The same of the logs from which no constant was taken."""
        return [row.error for row in self.rows if row.held_out and row.error is not None]

    @property
    def held_out_error(self) -> float:
        """Median of their absolute errors."""
        return median(abs(error) for error in self.held_out or [0.0])

    @property
    def median_error(self) -> float:
        """Median of the absolute errors."""
        return median(abs(error) for error in self.errors)

    @property
    def share_near(self) -> float:
        """Share of logs within a tenth."""
        return sum(abs(error) <= NEAR for error in self.errors) / len(self.errors)

    @property
    def over_predicted(self) -> tuple[str, ...]:
        """Logs with a large pool that were over-predicted by more than a tenth."""
        large = [row for row in self.rows if row.pool_gib >= LARGE_POOL_GIB]
        return tuple(row.name for row in large if row.error is not None and row.error > NEAR)

    @property
    def worst_hybrid(self) -> float:
        """The largest factor of concurrency among models with several kinds of layers."""
        return max((row.concurrency_ratio or 1.0 for row in self.rows if row.hybrid), default=1.0)


@lru_cache(maxsize=2)
def evaluate(folder: Path = PUBLISHED) -> Evaluation:
    """Plans every log in `folder/logs` with the configurations in `folder/configs`."""
    rows: list[Row] = []
    left_out: list[LeftOut] = []
    for path in sorted((folder / "logs").glob("*.yml")):
        log = yaml.safe_load(path.read_text(encoding="utf-8"))
        if reason := log.get("left_out"):
            left_out.append(LeftOut(path.stem, log["title"], reason, tuple(log["source_urls"])))
            continue
        config = json.loads((folder / "configs" / log["config"]).read_text(encoding="utf-8"))
        rows.append(row(path.stem, log, config))
    return Evaluation(tuple(rows), tuple(left_out))


def row(name: str, log: Mapping[str, Any], config: Mapping[str, Any]) -> Row:
    """One log beside its plan."""
    settings = {**log, **log.get("assumed", {})}
    printed = log["printed"]
    shape = hf_config.shape(config, log["model"])
    request = _request(settings, printed)
    tokens = printed.get("kv_cache_tokens")
    if tokens is None and printed.get("gpu_blocks"):
        tokens = printed["gpu_blocks"] * (request.block_size or 16)
    return Row(
        name=name,
        title=log["title"],
        engine=request.rules.label,
        found=plan(shape, request),
        weights_gib=printed.get("weights_gib_per_gpu"),
        available_gib=printed.get("available_kv_gib_per_gpu"),
        tokens=tokens,
        concurrency=printed.get("concurrency"),
        hybrid=len({(group.kind, group.window) for group in shape.groups}) > 1,
        sources=tuple(log["source_urls"]),
        held_out=bool(log.get("held_out")),
        assumed=tuple((key.replace("_", " "), str(value)) for key, value in log.get("assumed", {}).items()),
    )


def _request(settings: Mapping[str, Any], printed: Mapping[str, Any]) -> Request:
    text = str(settings.get("settings") or "")
    block = re.search(r"block-size[= ](\d+)", text)
    return Request(
        rules=rules(f"vllm@{settings['version']}", settings.get("engine_generation")),
        card=Card(str(settings.get("gpu", "")), float(settings["gpu_memory_gib"])),
        tp=settings.get("tensor_parallel", 1),
        pp=settings.get("pipeline_parallel", 1),
        kv_dtype=settings.get("kv_cache_dtype") or "auto",
        context=settings.get("max_model_len"),
        utilization=settings.get("utilization"),
        batch_tokens=settings.get("max_num_batched_tokens"),
        batch_requests=settings.get("max_num_seqs"),
        block_size=int(block[1]) if block else None,
        prefix_caching=settings.get("prefix_caching"),
        speculative_tokens=settings.get("speculative_tokens", 0),
        flashinfer_sampler=settings.get("flashinfer_sampler"),
        eager=bool(settings.get("enforce_eager")),
        offline=bool(settings.get("offline")),
        weights_gib=printed.get("weights_gib_per_gpu") if settings.get("weights_from_log") else None,
    )


def report(as_data: bool = False) -> str:
    """The error table as text or JSON."""
    found = evaluate()
    if as_data:
        return json.dumps(_data(found), indent=2, ensure_ascii=False)
    return "\n".join([*_table(found.rows), "", *_summary(found)])


def _table(rows: Iterable[Row]) -> list[str]:
    titles = ("weights GiB", 15), ("cache GiB", 15), ("tokens", 19), ("error", 7), ("requests", 15)
    lines = [f"{'log':44} {'engine':12} " + " ".join(title.rjust(width) for title, width in titles)]
    for item in rows:
        plan_ = item.found
        error = f"{item.error:+.1%}" if item.error is not None else "-"
        lines.append(
            f"{item.name[:44]:44} {item.engine:12} "
            f"{_pair(plan_.weights_gib_per_gpu, item.weights_gib, 15)} "
            f"{_pair(plan_.available_kv_gib_per_gpu, item.available_gib, 15)} "
            f"{_pair(plan_.kv_cache_tokens, item.tokens, 19)} {error:>7} "
            f"{_pair(plan_.max_concurrency, item.concurrency, 15)}"
        )
    return lines


def _pair(mine: float, printed: float | None, width: int) -> str:
    shown = "{:d}" if isinstance(mine, int) else "{:.2f}"
    return f"{shown.format(mine)}/{'-' if printed is None else shown.format(printed)}".rjust(width)


def _summary(found: Evaluation) -> list[str]:
    return [
        f"{len(found.errors)} of {len(found.rows)} logs print a cache to compare; planned/printed above.",
        f"Median error {found.median_error:.1%}; within 10 %: {found.share_near:.0%}.",
        f"No constant was taken from {len(found.held_out)} of them: median error {found.held_out_error:.1%}.",
        f"Over-predicted by more than 10 % with a cache of {LARGE_POOL_GIB:g} GiB or more: "
        f"{', '.join(found.over_predicted) or 'none'}.",
        f"Requests at once of models with several kinds of layers: at most {found.worst_hybrid:.2f} times off.",
        *(f"Left out: {item.name}: {item.reason}." for item in found.left_out),
    ]


def _data(found: Evaluation) -> dict[str, Any]:
    return {
        "logs": [
            {
                "log": item.name,
                "engine": item.engine,
                "weights_gib": [round(item.found.weights_gib_per_gpu, 2), item.weights_gib],
                "available_kv_gib": [round(item.found.available_kv_gib_per_gpu, 2), item.available_gib],
                "kv_cache_tokens": [item.found.kv_cache_tokens, item.tokens],
                "max_concurrency": [round(item.found.max_concurrency, 2), item.concurrency],
                "error": None if item.error is None else round(item.error, 4),
                "held_out": item.held_out,
            }
            for item in found.rows
        ],
        "median_error": round(found.median_error, 4),
        "share_within_10_percent": round(found.share_near, 3),
        "over_predicted": list(found.over_predicted),
        "worst_hybrid_concurrency": round(found.worst_hybrid, 3),
        "left_out": {item.name: item.reason for item in found.left_out},
    }
