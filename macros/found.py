"""How a page is found and shared: its title and description in results, and what a shared link shows.

With no address of the site set (`ATLAS_SITE_URL`), nothing absolute is written: tags that need an absolute address
are left out, and addresses in linked data are relative to the page.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from html import escape

from macros import linked_data
from macros.cards import HEIGHT, SITE, WIDTH, Card, path_of
from macros.derive import Derived
from macros.page_spec import Found, PageSpec
from macros.words import one_line

HOME_TITLE = "AI workloads on your own model, an API, or both"
LONGEST = 240
"""Characters of a description; results show about 160 of them, shared links more."""


def of_spec(derived: Derived, spec: PageSpec) -> Found:
    """For a generated page. What sources or obligations may share is told apart by more of the record."""
    atlas, title, description = derived.atlas, spec.title, spec.description
    folder, _, rest = spec.path.rstrip("/").partition("/")
    if folder == "workloads" and spec.template == "workload.jinja":
        title = f"{title}: self-host, hybrid or API?"
    if folder == "sources" and rest:
        source = atlas.sources[rest]
        title, description = f"{title}, {source.publisher}", f"{title}, {source.publisher}: {description}"
    if folder == "obligations" and rest:
        duty = atlas.obligations[rest]
        title = f"{title} ({atlas.instruments[duty.instrument].title}, {duty.provision})"
        description = f"{spec.title}. {description}"
    return Found(spec.path, one_line(title), shortened(description), spec)


def shortened(text: str) -> str:
    """A description cut between words."""
    return textwrap.shorten(text, LONGEST, placeholder=" …")


def add(html: str, found: Found, derived: Derived, base: str, pictures: Mapping[str, Card]) -> str:
    """The page with tags for shared links and linked data in its head.

    There it stands near the words that it repeats, so that both compress together. `base` is the address of the
    site with a slash at its end, or empty.
    """
    tags = [*_tags(found, derived, base, pictures), linked_data.script(html, found, derived, base)]
    return html.replace("</head>", "".join(f"{tag}\n" for tag in tags) + "</head>", 1)


def _tags(found: Found, derived: Derived, base: str, pictures: Mapping[str, Card]) -> list[str]:
    own = path_of("/".join(found.path.split("/")[:2]))  # a checklist has that of its workload
    picture = own if own in pictures else SITE
    told = {
        "og:type": "article" if found.spec and found.spec.template == "workload.jinja" else "website",
        "og:site_name": derived.atlas.settings.title,
        "og:title": found.title,
        "og:description": found.description,
    }
    if base:
        told |= {
            "og:url": base + found.path,
            "og:image": base + picture,
            "og:image:width": str(WIDTH),
            "og:image:height": str(HEIGHT),
            "og:image:alt": pictures[picture].alt,
        }
    tags = [f'<meta property="{name}" content="{escape(text)}">' for name, text in told.items()]
    return [*tags, f'<meta name="twitter:card" content="{"summary_large_image" if base else "summary"}">']


def robots(base: str) -> str:
    """What crawlers may read: everything. The place of the sitemap is only known with the address of the site."""
    return "User-agent: *\nAllow: /\n" + (f"\nSitemap: {base}sitemap.xml\n" if base else "")


_NO_INDEX = '<meta name="robots" content="noindex">'


def missing(html: str) -> str:
    """The page for missing addresses, which is no result."""
    return re.sub("</head>", f"{_NO_INDEX}\n</head>", html, count=1)
