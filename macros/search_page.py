"""The plain list of every page: what the search field leads to where no script runs."""

from __future__ import annotations

from collections.abc import Iterable

from macros.page_spec import PageSpec
from macros.search_index import KINDS, Entry, kind_of

PATH = "pages/"
OF_A_WORKLOAD = ("/law/", "/run/", "/checklist/")
"""Ends of the addresses of pages that every workload has beside its own, which leads to them."""


def spec(pages: Iterable[PageSpec], documents: Iterable[Entry]) -> PageSpec:
    """The page with every other one by kind; of the sources, their list only, as there are very many."""
    groups: dict[str, list[tuple[str, str]]] = {kind: [] for kind in KINDS if kind != "source"}
    for page in pages:
        kind = kind_of(page)
        if kind in groups and not page.path.endswith(OF_A_WORKLOAD):
            groups[kind].append((page.path, page.title))
    groups["guide"] += [(entry.path, entry.title) for entry in documents]
    return PageSpec(
        PATH,
        "All pages",
        "Every page of the atlas by kind, for reading without the search.",
        "pages.jinja",
        {"groups": [(KINDS[kind][0], found) for kind, found in groups.items()]},
        boost=0.5,
        words=("index", "site map", "contents"),
    )
