"""What the catalogue page `/models/` is given: the facts of every model as text, and what its filters go by.

The facts are told once, here: the table without a script, the comparison and the model pages must not differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from macros import languages
from macros.derive import Derived
from macros.model import Atlas, Model
from macros.scripts import as_script
from macros.sizing import catalogue
from macros.sizing.blocks import CacheSettings, layout
from macros.sizing.engines import DEFAULT_ENGINE, rules
from macros.sizing.reader import ConfigError
from macros.suggestions import size_class

FILE = "assets/js/models/data.js"
COMMERCIAL = {"allowed": "allowed", "conditions": "allowed under conditions", "excluded": "excluded"}
STRUCTURED = {"engine": "by guided decoding in the engine", "fixed": "a fixed format of its own", "none": "none"}
REASONING = {"none": "none stated", "always": "always on", "switchable": "can be switched"}
UNCONFIRMED = " (unconfirmed)"
CONTEXTS = (8_192, 32_768, 131_072, 262_144, 1_000_000)


@dataclass(frozen=True, slots=True)
class Entry:
    """One model in the table: facts in the order of the columns, and the words that filters go by."""

    model: Model
    size: str
    facts: tuple[tuple[str, str], ...]


def values(derived: Derived) -> dict[str, Any]:
    """What the template is given."""
    atlas = derived.atlas
    return {
        "entries": [entry(model, atlas) for model in atlas.models.values()],
        "columns": (
            "Suits",
            "Size",
            "Parameters",
            "Context",
            "Licence",
            "Commercial use",
            "Languages",
            "Released",
        ),
        "scripts": ("view",),
    }


def script(atlas: Atlas) -> str:
    """The facts and filters as a script that sets `window.WA_MODELS`."""
    return as_script("WA_MODELS", data(atlas))


def data(atlas: Atlas) -> dict[str, Any]:
    """Choices of the filters, and the models with their facts."""
    sizes = atlas.vocabulary["size-classes"].terms
    jobs = [job for job in atlas.vocabulary["jobs"].terms if any(job in m.jobs for m in atlas.models.values())]
    return {
        "jobs": [[job, atlas.label("jobs", job)] for job in jobs],
        "sizes": [[name, term.label] for name, term in sizes.items()],
        "contexts": CONTEXTS,
        "languages": _languages(atlas),
        "models": [_filters(entry(model, atlas)) for model in atlas.models.values()],
    }


def _languages(atlas: Atlas) -> list[list[str]]:
    """Every language that a record names or tested, as code and name, by name."""
    codes = {code for model in atlas.models.values() for code in (*model.languages.named, *model.languages.tested)}
    return sorted(([code, languages.name(code)] for code in codes), key=lambda pair: pair[1].casefold())


def _filters(item: Entry) -> dict[str, Any]:
    model = item.model
    can = {
        "tools": model.tools,
        "structured": model.structured_output != "none",
        "reasoning": model.reasoning != "none",
        "pictures": "image" in model.input,
        "audio": "audio" in model.input,
    }
    return {
        "id": model.id,
        "title": model.title,
        "jobs": model.jobs,
        "size": item.size,
        "licence": model.license.commercial,
        "osi": model.license.spdx in ("Apache-2.0", "MIT"),
        "context": model.context_tokens,
        "can": [name for name, yes in can.items() if yes],
        "languages": [*model.languages.named, *model.languages.tested],
        "wide": model.languages.coverage == "wide",
        "words": " ".join(
            [
                model.title,
                model.developer,
                model.repository,
                model.summary,
                model.languages.statement,
                *model.synonyms,
                *model.remarks,
            ]
        ),
        "facts": [list(fact) for fact in item.facts],
    }


def entry(model: Model, atlas: Atlas) -> Entry:
    """All facts of a model, as text."""
    size = size_class(model, atlas.vocabulary["size-classes"])
    licence, found = model.license, model.architecture
    active = model.parameters.active_b
    facts = [
        ("Developer", model.developer),
        ("Suits", ", ".join(atlas.label("jobs", job) for job in model.jobs)),
        ("Takes, gives", f"{', '.join(model.input)} → {', '.join(model.output)}"),
        ("Size", atlas.label("size-classes", size)),
        ("Parameters", _sure(f"{model.parameters.total_b:g} billion", model.parameters.confidence)),
        ("Active for a token", f"{active:g} billion" if active < model.parameters.total_b else "all"),
        ("Context", f"{model.context_tokens:,} tokens" if model.context_tokens else "not counted in tokens"),
        ("Licence", _sure(licence.spdx or licence.title, licence.confidence)),
        ("Commercial use", COMMERCIAL[licence.commercial]),
        ("Licence in short", licence.summary),
        ("Languages", _sure(model.languages.statement, model.languages.confidence)),
        (
            "Tools",
            f"yes{f', parser {model.tool_parser}' if model.tool_parser else ''}" if model.tools else "none stated",
        ),
        ("Structured output", STRUCTURED[model.structured_output]),
        ("Reasoning", REASONING[model.reasoning]),
        ("Number formats", ", ".join(_checkpoint(model, n, atlas) for n in range(len(model.checkpoints)))),
        ("Attention", _sure(found.attention.replace("_", " "), found.confidence)),
        ("Cache a token, 16 bit", _cache(model)),
        ("Released", model.released),
        ("Superseded by", atlas.models[model.superseded_by].title if model.superseded_by else "none here"),
        ("Newer, not listed here", f"{model.newer.title} ({model.newer.since})" if model.newer else "none read"),
        ("Not for", model.not_for or "nothing stated"),
        ("Last reviewed", model.reviewed),
    ]
    return Entry(model, size, tuple(facts))


def _sure(text: str, confidence: str) -> str:
    return text if confidence == "confirmed" else text + UNCONFIRMED


def _checkpoint(model: Model, number: int, atlas: Atlas) -> str:
    item = model.checkpoints[number]
    size = f" {item.size_gb:g} GB" if item.size_gb else ""
    return f"{atlas.label('precisions', item.precision)}{size}"


def _cache(model: Model) -> str:
    rate = cache_bytes(model)
    if rate is None:
        return "not known"
    return f"{rate:,} bytes" if rate else "none"


def cache_bytes(model: Model) -> int | None:
    """Bytes of cache that a token takes on one GPU in 16 bit, as plans count it, an index included.

    0 for a model that keeps no cache; None for one whose shape was not read.
    """
    try:
        shape = catalogue.shape(model)
    except ConfigError:
        return None
    if not shape.groups:
        return 0
    return round(layout(shape, rules(DEFAULT_ENGINE), 1, 1.0, CacheSettings("auto")).bytes_per_token)
