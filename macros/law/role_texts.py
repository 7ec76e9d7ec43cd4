"""Where the provisions of the role page are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_ACT = "https://eur-lex.europa.eu/eli/reg/2024/1689/2026-07-27/eng"


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
