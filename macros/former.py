"""An id never dies: what stands at the addresses of records that were renamed or replaced.

`former_ids` in atlas/atlas.yml says which record took the place of which. Every page below the former address
becomes a small page that leads on; files that programs fetch or subscribe to (JSON, calendar, picture) are served
there with the content of the record that took the place. Pages of records only: a place on a page is the fragment
of an address, which is never sent to a server.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import TypeVar

from macros.derive import Derived
from macros.kinds import BY_FOLDER
from macros.page_spec import PageSpec
from macros.urls import to_root
from macros.words import one_line

Content = TypeVar("Content")


def files(
    derived: Derived, pages: Mapping[str, PageSpec], others: Mapping[str, bytes | str], base: str
) -> dict[str, bytes | str]:
    """Path below the site root -> content, at former addresses.

    `others` are the generated files that are no pages, `base` is the address of the site, or empty.
    """
    found: dict[str, bytes | str] = {}
    for folder, ids in derived.atlas.settings.former_ids.items():
        url = BY_FOLDER[folder].url or folder
        for former, now in ids.items():
            for page, spec in _renamed(pages, f"{url}/{now}/", f"{url}/{former}/"):
                found[f"{page}index.html"] = _page(page, spec, derived.atlas.settings.title, base)
            for start, end in ((url, "/"), (f"api/{folder}", ".json"), (f"assets/cards/{url}", ".png")):
                found.update(_renamed(others, f"{start}/{now}{end}", f"{start}/{former}{end}"))
    return found


def _renamed(known: Mapping[str, Content], now: str, former: str) -> Iterator[tuple[str, Content]]:
    """What is known at addresses that begin with `now`, at the same ones that begin with `former`."""
    for path, content in known.items():
        if path.startswith(now):
            yield former + path.removeprefix(now), content


def _page(path: str, spec: PageSpec, site: str, base: str) -> str:
    """A page that leads on at once, with a script (which keeps the fragment), without one, and by hand."""
    way = escape(to_root(path) + spec.path)
    title = escape(one_line(spec.title))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>Moved: {title} - {escape(site)}</title>\n"
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f'<link rel="canonical" href="{escape(base + spec.path) if base else way}">\n'
        f'<script>location.replace("{way}" + location.search + location.hash)</script>\n'
        f'<meta http-equiv="refresh" content="0; url={way}">\n'
        "</head>\n<body>\n<main>\n"
        f'<h1>This page has moved</h1>\n<p>It is now <a href="{way}">{title}</a>.</p>\n'
        "</main>\n</body>\n</html>\n"
    )
