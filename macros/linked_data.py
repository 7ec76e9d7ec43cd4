"""What a page says, once more for programs: schema.org as JSON-LD, with nothing that the atlas does not state.

Every page is a WebPage with the way to it (as the page itself shows it); a workload is a TechArticle, and the page
with its case names the sources; the home page holds the site and the data set, with the files that programs read.
There is no author and no publisher, because the data names none. Addresses are absolute if that of the site is
known, else relative.
"""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from macros.cards import path_of
from macros.derive import Derived, DerivedWorkload
from macros.kinds import KINDS
from macros.law import matrix
from macros.page_spec import Found
from macros.urls import to_root
from macros.words import lower_first, one_line

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""Of the content; see LICENSE-CONTENT."""

_TRAIL = re.compile(r'(?s)<nav class="wa-where".*?</nav>')
_STEP = re.compile(r'(?s)<li>(?:<a href="([^"]*)">(.*?)</a>|<span aria-current="page">(.*?)</span>)</li>')

Node = dict[str, Any]


class _Place:
    """Addresses as seen from one page."""

    def __init__(self, base: str, path: str) -> None:
        self._base, self._path = base, path

    def to(self, path: str) -> str:
        return self._base + path if self._base else (to_root(self._path) + path or "./")

    def linked(self, href: str) -> str:
        """The address behind a relative link of the page."""
        found = urlsplit(urljoin(f"https://site/{self._path}", href))
        return self.to(found.path.lstrip("/") + (f"#{found.fragment}" if found.fragment else ""))


def script(html: str, found: Found, derived: Derived, base: str) -> str:
    """The element for a page. Nothing in it can end the element."""
    body = {"@context": "https://schema.org", "@graph": graph(html, found, derived, base)}
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'


def graph(html: str, found: Found, derived: Derived, base: str) -> list[Node]:
    """The nodes of a page; `html` is the page, of which the trail is read."""
    place, settings = _Place(base, found.path), derived.atlas.settings
    here, site = place.to(found.path), place.to("")
    site_node = {"@type": "WebSite", "@id": f"{site}#site", "name": settings.title, "url": site}
    page: Node = {
        "@type": "WebPage",
        "@id": here,
        "url": here,
        "name": found.title,
        "description": found.description,
        "inLanguage": "en",
        "license": LICENCE,
        "isPartOf": {"@id": f"{site}#site"},
    }
    if not found.path:
        whole = {**site_node, "description": one_line(settings.summary), "inLanguage": "en", "license": LICENCE}
        return [whole, {**page, "mainEntity": {"@id": f"{site}#data"}}, _data(derived, place)]
    nodes: list[Node] = [site_node, page, _trail(html, found, place)]
    page["breadcrumb"] = {"@id": nodes[-1]["@id"]}
    record = found.spec.values.get("record") if found.spec else None
    template = found.spec.template if found.spec else None
    item = found.spec.values.get("item") if found.spec else None
    reviewed = getattr(record, "reviewed", None)
    if reviewed:
        page["lastReviewed"] = reviewed
    if template == "workload_case.jinja" and item:
        page["about"] = {"@id": f"{place.to(f'workloads/{item.workload.id}/')}#article"}
        page["citation"] = [derived.atlas.sources[id_].url for id_ in item.sources]
    if template == "workload.jinja" and item:
        nodes.append(_article(item, derived, place))
        page["mainEntity"] = {"@id": nodes[-1]["@id"]}
    return nodes


def _trail(html: str, found: Found, place: _Place) -> Node:
    """The trail that the page shows; on a page without one, home and the page."""
    shown = _TRAIL.search(html)
    steps = [
        (place.linked(unescape(href)) if href else None, one_line(unescape(linked or own)))
        for href, linked, own in (_STEP.findall(shown[0]) if shown else [])
    ] or [(place.to(""), "Atlas"), (None, found.title)]
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": address or place.to(found.path)}
        for number, (address, name) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "@id": f"{place.to(found.path)}#trail", "itemListElement": items}


def _article(item: DerivedWorkload, derived: Derived, place: _Place) -> Node:
    """A workload: what it is, and the verdict with what decided it."""
    workload, atlas = item.workload, derived.atlas
    here = place.to(f"workloads/{workload.id}/")
    team = atlas.teams[atlas.settings.reference_team].title
    label = atlas.label("verdicts", item.verdict.verdict)
    return {
        "@type": "TechArticle",
        "@id": f"{here}#article",
        "headline": one_line(workload.title),
        "description": one_line(workload.summary),
        "abstract": f"{label} ({item.verdict.strength}), for {lower_first(one_line(team))}: "
        f"{one_line(item.verdict.deciding.reason)}",
        "articleSection": one_line(atlas.patterns[workload.pattern].title),
        "inLanguage": "en",
        "license": LICENCE,
        "url": here,
        "mainEntityOfPage": {"@id": here},
        "image": place.to(path_of(f"workloads/{workload.id}")),
    }


def _data(derived: Derived, place: _Place) -> Node:
    """The atlas as data: an index for each kind of record, and the table of obligations."""
    settings = derived.atlas.settings
    indexes = [
        _download(place, f"api/{kind.folder}/index.json", "application/json", kind.plural) for kind in KINDS
    ]
    return {
        "@type": "Dataset",
        "@id": f"{place.to('')}#data",
        "name": f"{settings.title}: the records",
        "description": one_line(settings.summary),
        "url": place.to(""),
        "license": LICENCE,
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "temporalCoverage": settings.as_of,
        "distribution": [*indexes, _download(place, matrix.CSV, "text/csv", "workloads and obligations")],
    }


def _download(place: _Place, path: str, kind: str, name: str) -> Node:
    return {"@type": "DataDownload", "name": name, "encodingFormat": kind, "contentUrl": place.to(path)}
