"""Questions and findings of `/regulation/role/` as values, read from `role.yml`. Knows no rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

Layer = Literal["model", "system"]
UNKNOWN = "unknown"
"""The level of every question that says: not known."""
_FILE = Path(__file__).parent / "role.yml"
_ACT = "https://eur-lex.europa.eu/eli/reg/2024/1689/2026-07-27/eng"


@dataclass(frozen=True, slots=True)
class Level:
    """One answer to a question."""

    id: str
    label: str
    help: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about one layer. `technique` has no levels of its own: they are the records of the atlas."""

    id: str
    layer: Layer
    title: str
    question: str
    help: str
    levels: tuple[Level, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A role of one layer, its reason and the provisions it rests on; `unsure` is what the text leaves open."""

    id: str
    layer: Layer
    role: str
    title: str
    reason: str
    provisions: tuple[str, ...]
    sources: tuple[str, ...]
    unsure: str | None = None


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything in `role.yml`; `more` holds what only the page shows."""

    questions: Mapping[str, Question]
    findings: Mapping[str, Finding]
    roles: Mapping[str, Mapping[str, str]]
    model_duties: tuple[Mapping[str, str], ...]
    more: Mapping[str, Any]


@lru_cache(maxsize=1)
def texts() -> Texts:
    """The texts; the file is part of the package, so it is read once a process."""
    raw = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    questions = [
        Question(**{**item, "levels": tuple(Level(**level) for level in item.get("levels", ()))})
        for item in raw["questions"]
    ]
    findings = [
        Finding(**{**item, "provisions": tuple(item["provisions"]), "sources": tuple(item["sources"])})
        for item in raw["findings"]
    ]
    return Texts(
        questions={item.id: item for item in questions},
        findings={item.id: item for item in findings},
        roles=raw["roles"],
        model_duties=tuple(raw["model_duties"]),
        more={key: raw[key] for key in ("guidance", "open_source")},
    )


def provision_url(provision: str, sources: Mapping[str, Any]) -> str:
    """Address of the official text of a provision: an article, a recital, or a point of guidelines."""
    kind, _, rest = provision.removeprefix("AI Act ").partition(" ")
    number = rest.split("(")[0].split(" ")[0]
    if kind in ("Article", "Articles"):
        return f"{_ACT}#art_{number}"
    if kind.lower() == "recital":
        return f"{_ACT}#rct_{number}"
    of_article_50 = provision.startswith("Guidelines on Article 50")
    return str(sources["ec-article-50-guidelines-2026" if of_article_50 else "ec-gpai-guidelines-2025"].url)
