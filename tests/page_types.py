"""The kinds of pages of a built site, found in it, so that measures and tests take in new pages by themselves."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

MANY = 20
"""A folder with more pages than this holds pages of one type, even if its records have no JSON."""


def page_types(site: Path) -> dict[str, list[str]]:
    """Type -> addresses below the site root, the heaviest page first; the type `workloads/*/` has every workload.

    A part of an address is one of many (`*`) if it is the id of a record, which has a JSON of its own.
    """
    pages = sorted(path.parent.relative_to(site).as_posix() for path in site.rglob("index.html"))
    children: dict[str, int] = defaultdict(int)
    for page in pages:
        children[page.rpartition("/")[0]] += 1
    found: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        parts = page.split("/")
        for n in range(1, len(parts)):
            folder = "/".join(parts[:n])
            if (site / "api" / folder / f"{parts[n]}.json").is_file() or children[folder] > MANY:
                parts[n] = "*"
                break
        type_ = "/".join(parts)
        found["" if type_ == "." else f"{type_}/"].append("" if page == "." else f"{page}/")
    for own in found.values():
        own.sort(key=lambda page: -(site / page / "index.html").stat().st_size)
    return dict(found)


def heaviest(site: Path) -> dict[str, str]:
    """One page of each type: the one with the largest HTML, which is the hardest case."""
    return {type_: pages[0] for type_, pages in page_types(site).items()}
