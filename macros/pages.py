"""Which pages the site has, and what each template is given. Rendering happens when a page is asked for."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable, Mapping
from typing import Any

from macros import (
    case_page,
    cost_page,
    cost_shape,
    decide,
    freshness,
    glossary,
    infrastructure,
    languages,
    licences,
    memory_bar,
    models_page,
    platform,
    size,
    size_page,
    sizing_page,
    sources_page,
    tally,
    workloads_page,
)
from macros.compare import page as compare_page
from macros.cost import words
from macros.deploy import page as run_pages
from macros.derive import Derived, DerivedWorkload
from macros.kinds import BY_FOLDER
from macros.law import feeds as law_feeds
from macros.law import notes as law
from macros.law import pages as law_pages
from macros.law import workload as law_workload
from macros.model import Model, Obligation
from macros.page_spec import PageSpec
from macros.routing import VERDICTS, flips, judge, versions
from macros.story import pages as story_pages
from macros.suggestions import size_class
from macros.ways import pages as ways

LISTS: dict[str, tuple[str, str]] = {
    "workloads": (
        "All workloads",
        "Every workload with its verdict, to filter by pattern, sector, data, law, model and infrastructure.",
    ),
    "patterns": ("Patterns", "Six reasons why a family of workloads tends to need control."),
    "models": ("Models", "Open-weight models that can be hosted, with licence and memory."),
    "accelerators": ("Accelerators", "Cards that models run on, counted in what a program can use."),
    "engines": ("Engines", "Software that serves models, from one person’s machine to many models at once."),
    "instruments": ("Law and standards", "What the workloads meet, with dates and who is bound."),
    "obligations": ("Obligations", "One provision each, tied to the facts that make it apply."),
    "sources": ("Sources", "Every document that a statement of the atlas rests on, by kind and age."),
}


def pages(derived: Derived, tool: Mapping[str, Any], scripts: Mapping[str, str]) -> dict[str, PageSpec]:
    """Every generated page by its path, lists first. `tool` is the data of the decision tool.

    `scripts` are the data of all browser tools as they are loaded, by file; pages tell their size.
    """
    specs = [_list(folder, derived) for folder in LISTS if folder not in ("workloads", "models", "sources")]
    specs += [
        PageSpec(
            "workloads/",
            *LISTS["workloads"],
            "workloads.jinja",
            workloads_page.values(derived),
            boost=0.5,
            wide=True,
            words=("workload explorer", "filter workloads"),
        ),
        compare_page.spec(derived, scripts[compare_page.FILE]),
        PageSpec(
            "models/",
            *LISTS["models"],
            "models.jinja",
            models_page.values(derived),
            wide=True,
            words=("model catalogue", "compare models", "open-weight models"),
        ),
        PageSpec(
            "sources/",
            *LISTS["sources"],
            "sources.jinja",
            sources_page.values(derived),
            boost=0.5,
            wide=True,
            words=("references", "bibliography"),
        ),
        PageSpec(
            "decide/",
            "Route your workload",
            "A few questions, a verdict with its reasons, what would change it, and a brief to take away.",
            "decide.jinja",
            decide_values(derived, tool, scripts[decide.FILE]),
            boost=3.0,
            wide=True,
            words=("decision tool", "decide", "questionnaire", "route my workload"),
        ),
        PageSpec(
            "size/",
            "Size a model",
            "Whether a model fits on an accelerator, how many requests it holds, and every step of the working.",
            "size.jinja",
            size_page.values(derived, scripts[size.FILE]),
            boost=2.0,
            wide=True,
            words=("GPU calculator", "memory calculator", "KV cache calculator", "how many GPUs", "VRAM"),
        ),
        PageSpec(
            "cost/",
            "What it costs",
            "Break-even and total cost of an API against a model of your own, with ranges and every crossing.",
            "cost.jinja",
            cost_page.values(derived, scripts[cost_page.FILE]),
            boost=2.0,
            wide=True,
            words=(
                "cost calculator",
                "break-even",
                "TCO",
                "total cost of ownership",
                "API price",
                "GPU price",
                "price per million tokens",
                "cost of an API compared with self-hosting",
                "cheaper than an API",
                "electricity",
                "depreciation",
                "colocation",
                "salaries",
                "rent a GPU",
                "list prices",
                "budget",
            ),
        ),
        PageSpec(
            "assurances/",
            "What an assurance buys",
            "What own hardware, a dedicated tenancy, zero retention or an EU region settle, and what not.",
            "assurances.jinja",
            boost=2.0,
            wide=True,
            words=("assurances", "places and promises", "hosting options"),
        ),
        PageSpec(
            "deployments/",
            "What others did",
            "Published deployments: who, what, where the model runs, and why.",
            "deployments.jinja",
            deployment_values(derived),
            boost=1.5,
            words=("case studies", "published deployments", "examples"),
        ),
        PageSpec(
            "infrastructure/",
            "Infrastructure",
            "From Ollama to KServe: steps, controls of a platform with the law they serve, and what stays yours.",
            "infrastructure.jinja",
            infrastructure.values(derived),
            boost=2.0,
            wide=True,
            words=(
                "stages",
                "platform controls",
                "self-hosting duties",
                *(duty.title for duty in derived.atlas.upkeep.values()),
            ),
        ),
        PageSpec(
            "routing/",
            "How verdicts are made",
            "Signals, rules, forms and teams; the rules against published decisions; how they changed.",
            "routing.jinja",
            routing_values(derived),
        ),
        PageSpec(
            "sizing/",
            "How memory is computed",
            "Formulas, the engine versions they hold for, and how far plans are from published start-up logs.",
            "sizing.jinja",
            sizing_page.values(derived.atlas),
            words=("memory", "KV cache", "error table", "start-up logs", "accuracy"),
        ),
        PageSpec(
            "status/",
            "How old it is",
            "When each kind of fact is checked again, what is due, and what could not be read or confirmed.",
            "status.jinja",
            freshness.values(derived.atlas),
            wide=True,
            words=("status", "freshness", "stale", "review dates", "how current"),
        ),
        PageSpec(
            "glossary/",
            "Glossary",
            "The words of models, engines, operation and law, in one or two sentences each.",
            "glossary.jinja",
            {"groups": glossary.by_group(derived.atlas)},
            words=("definitions", "terms"),
        ),
        PageSpec("vocabulary/", "Vocabulary", "The closed lists that facts are chosen from.", "vocabulary.jinja"),
    ]
    specs += story_pages.pages(derived)
    specs += law_pages.pages(derived)
    specs += case_page.pages(derived)
    specs += run_pages.pages(derived)
    specs += ways.pages(derived)
    for folder, make in _RECORD_PAGES.items():
        for id_ in derived.atlas.of(folder):
            specs.append(make(derived, id_))
    return {spec.path: spec for spec in specs}


def decide_values(derived: Derived, tool: Mapping[str, Any], script: str) -> dict[str, Any]:
    """What the page of the decision tool is given, with the sizes of what the browser loads."""
    loaded = script.encode()
    return {
        "scripts": ("table", "address", "brief", "view"),
        "total": derived.router.space.size,
        "script_bytes": len(loaded),
        "packed_bytes": len(zlib.compress(loaded, 6)),
        "table_bytes": len(base64.b64decode(tool["table"])),
    }


def deployment_values(derived: Derived) -> dict[str, Any]:
    """What the page of published deployments is given; `read` are the days on which their sources were read."""
    atlas = derived.atlas
    return {
        "read": sorted(
            {atlas.sources[id_].checked for case in atlas.deployments.values() for id_ in case.sources}
        ),
        "judged_by_id": {item.deployment.id: item for item in derived.evaluation.judged},
        "state": lambda signals: decide.fragment(derived, signals),
    }


def routing_values(derived: Derived) -> dict[str, Any]:
    """What the page about the rules is given."""
    found, space = derived.evaluation, derived.router.space
    return {
        "version": versions.current(derived.atlas.versions),
        "seen": found.only(held_out=False),
        "held": found.only(held_out=True),
        "least_signals": judge.LEAST_SIGNALS,
        "total": space.size,
        "sizes": {verdict: combinations.bit_count() for verdict, combinations in derived.router.sets.items()},
    }


def _list(folder: str, derived: Derived) -> PageSpec:
    heading, lede = LISTS[folder]
    values: dict[str, Any] = {"folder": folder, "heading": heading, "lede": lede}
    if folder == "patterns":
        values["patterns"] = tally.by_pattern(derived)
    if folder == "obligations":
        values["states"] = {o.id: _state(derived, o) for o in derived.atlas.obligations.values()}
    return PageSpec(f"{folder}/", heading, lede, "index.jinja", values, boost=0.5)


def _state(derived: Derived, obligation: Obligation) -> str:
    return law.state_on(obligation, derived.atlas.settings.as_of)


def _record(
    folder: str,
    summary: Callable[[Any], str],
    boost: float | Callable[[Any], float],
    more: Callable[[Derived, Any], dict[str, Any]],
) -> Callable[[Derived, str], PageSpec]:
    def make(derived: Derived, id_: str) -> PageSpec:
        record = derived.atlas.of(folder)[id_]
        return PageSpec(
            path=f"{folder}/{id_}/",
            title=record.title,
            description=summary(record),
            template=f"{BY_FOLDER[folder].singular}.jinja",
            values={"record": record, **more(derived, record)},
            file=derived.atlas.files[(folder, id_)],
            boost=boost(record) if callable(boost) else boost,
            words=_words(record),
        )

    return make


def _instrument_boost(instrument: Any) -> float:
    """The law of the Union before the national law named after it: “GDPR” before “UK GDPR”."""
    return 3.0 if instrument.jurisdiction == "eu" else 2.5


def _words(record: Any) -> tuple[str, ...]:
    """Synonyms, and for a model its name on the hub."""
    words: tuple[str, ...] = tuple(getattr(record, "synonyms", ()))
    return (*words, record.repository) if isinstance(record, Model) else words


def _workload_values(derived: Derived, workload: Any) -> dict[str, Any]:
    item = derived.workloads[workload.id]
    return {
        "item": item,
        "law": law_workload.law_part(derived.atlas, item.notes, VERDICTS),
        "flips": flips.told(item.verdict),
        "forms": [form.id for form in (item.verdict.inside, item.verdict.outside) if form],
        "start": decide.fragment(derived, start=workload.id),
        "calendar": law_feeds.dates_of(workload.id),
        "official": law_workload.official(item.notes),
        "compared": compare_page.fragment((workload.id, *(other.workload for other in workload.related))),
        "cost": cost_shape.shape(derived.atlas, item),
        "words": words,
    }


def _pattern_values(derived: Derived, pattern: Any) -> dict[str, Any]:
    items = derived.by_pattern[pattern.id]
    return {
        "compared": compare_page.fragment(item.workload.id for item in items),
        "teams": tally.by_team(derived, items),
    }


def _model_values(derived: Derived, model: Model) -> dict[str, Any]:
    classes = derived.atlas.vocabulary["size-classes"]
    uses: list[tuple[DerivedWorkload, str, str | None]] = []
    for item in derived.by_model[model.id]:
        for step in item.steps:
            rank = next((s.rank for s in step.suggestions if s.model.id == model.id), None)
            if rank or any(other.model.id == model.id for other in step.also):
                uses.append((item, step.need.title, rank))
        if not any(use[0] is item for use in uses):
            uses.append((item, "see the editors’ remark there", None))
    uses.sort(key=lambda use: use[2] is None)
    return {
        "size": size_class(model, classes),
        "uses": uses,
        "shape": _shape(model),
        "terms": licences.terms(model),
        "sized": size_page.fragment(model=model.id),
        "on_cards": memory_bar.on_cards(model, tuple(derived.atlas.accelerators.values())),
        "bar_context": size_page.CONTEXT,
        "named": sorted(map(languages.name, model.languages.named), key=str.casefold),
        "tested": sorted(map(languages.name, model.languages.tested), key=str.casefold),
    }


def _shape(model: Model) -> list[tuple[str, int]]:
    names = {
        "layers": "Layers",
        "full_attention_layers": "Full-attention layers",
        "sliding_layers": "Sliding-window layers",
        "sliding_window": "Window, tokens",
        "linear_layers": "Linear or state-space layers",
        "attention_heads": "Query heads",
        "kv_heads": "KV heads",
        "head_dim": "Head size",
        "global_kv_heads": "KV heads, full-attention layers",
        "global_head_dim": "Head size, full-attention layers",
        "kv_lora_rank": "Latent rank",
        "rope_head_dim": "Rotary head size",
        "experts": "Experts a layer",
        "experts_per_token": "Experts for a token",
        "window_bytes_per_token": "Window cache a token, bytes in 16 bit",
    }
    values = [(title, getattr(model.architecture, name)) for name, title in names.items()]
    values.append(("Cache a token, bytes in 16 bit", models_page.cache_bytes(model)))
    return [(title, value) for title, value in values if value is not None]


def _nothing(_: Derived, __: Any) -> dict[str, Any]:
    return {}


_RECORD_PAGES: dict[str, Callable[[Derived, str], PageSpec]] = {
    "patterns": _record("patterns", lambda r: r.summary, 2.0, _pattern_values),
    "workloads": _record("workloads", lambda r: r.summary, 4.0, _workload_values),
    "models": _record("models", lambda r: r.summary, 1.0, _model_values),
    "accelerators": _record(
        "accelerators", lambda r: r.summary, 1.5, lambda _, a: {"sized": size_page.fragment(gpu=a.id)}
    ),
    "engines": _record("engines", lambda r: r.summary, 1.5, _nothing),
    "instruments": _record("instruments", lambda r: r.summary, _instrument_boost, law_pages.of_record),
    "obligations": _record(
        "obligations",
        lambda r: r.asks,
        1.4,
        lambda derived, o: {
            "state": _state(derived, o),
            "platform": platform.of_obligation(derived.atlas, o),
            **law_pages.of_record(derived, o),
        },
    ),
    "sources": _record("sources", lambda r: r.shows, 0.02, lambda _, __: {"kinds": BY_FOLDER}),
}
