"""What describes one generated page, whoever makes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One generated page. `path` is its address below the site root, `file` the YAML file behind it."""

    path: str
    title: str
    description: str
    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    file: str | None = None
    boost: float = 1.0
    wide: bool = False
    """Without navigation and table of contents beside it."""
    words: tuple[str, ...] = ()
    """Words under which search should find the page before pages that merely mention them."""

    @property
    def src(self) -> str:
        """The Markdown file name that the generator maps to `path`."""
        return f"{self.path}index.md"


@dataclass(frozen=True, slots=True)
class Found:
    """What results and shared links say of a page. `path` is its address below the site root."""

    path: str
    title: str
    description: str
    spec: PageSpec | None = None
    """None for a page written by hand."""
