"""The only module that knows the MkDocs build: adds the generated pages, files and navigation.

Events used: `on_config` (validate, then navigation), `on_files` (pages and files), `on_page_markdown`
(titles and descriptions, escaped for the theme, which does not escape them), `on_page_content` (words of the
glossary), `on_post_page` and `on_post_template` (corrections of the theme's HTML, and tags for results and shared
links), `on_post_build` (the theme's style sheet, trimmed to what the pages use) and `on_serve` (what to watch).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape, unescape
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from macros import (
    api,
    cards,
    footer,
    former,
    found,
    glossary,
    search_link,
    site,
    stacked_tables,
    theme_assets,
    theme_fixes,
    theme_styles,
)
from macros.derive import Derived
from macros.law import feeds
from macros.page_spec import Found
from macros.problems import InvalidAtlasError, render
from macros.urls import to_root

MACHINERY = ("accelerators", "engines")
ATLAS = ("workloads", "compare", "questions")
DECIDE = (
    "decide",
    "portfolio",
    "cost",
    "private-or-api",
    "why",
    "assurances",
    "techniques",
    "deployments",
    "routing",
)
IN_NAVIGATION = 60
"""Workloads of a larger region leave the navigation, whose cost for all pages grows with the square of it."""
LAW = ("instruments", "obligations", "sources")
METHOD = (
    "about.md",
    "origin.md",
    "coverage/index.md",
    "glossary/index.md",
    "vocabulary/index.md",
    "status/index.md",
    "decisions.md",
)


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).resolve().parent


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Stop the build with every problem, before anything is written; then set dates and navigation."""
    try:
        current = site.refresh(_root(config))
    except InvalidAtlasError as error:
        raise Abort(f"\n{render(error.problems)}\n\nThe atlas has problems; no site was built.") from None
    # Dates in the sitemap come from the data, so that the same commit builds the same bytes.
    day = datetime.fromisoformat(current.derived.atlas.settings.as_of).replace(tzinfo=UTC)
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(int(day.timestamp())))
    config.nav = _navigation(current)
    return config


def _navigation(current: site.Site) -> list[Any]:
    derived = current.derived
    patterns = [
        {
            escape(pattern.title): [
                f"patterns/{pattern.id}/index.md",
                *(f"workloads/{id_}/index.md" for id_ in _named(derived, pattern.id)),
            ]
        }
        for pattern in derived.atlas.patterns.values()
    ]
    return [
        {"Atlas": ["index.md", *(f"{page}/index.md" for page in ATLAS), *patterns]},
        {"Decide": [f"{page}/index.md" for page in DECIDE]},
        {
            "Models and hardware": [
                "models/index.md",
                "size/index.md",
                *(f"{folder}/index.md" for folder in MACHINERY),
                "sizing/index.md",
                "infrastructure/index.md",
            ]
        },
        {"Law": [*_law(current), "law-review.md", *(f"{folder}/index.md" for folder in LAW)]},
        {"Method": list(METHOD)},
        {"Contribute": ["contributing.md", "errors.md"]},
    ]


def _leaves(nav: Any) -> Iterator[str]:
    """Every file that the navigation names. Other pages would show an empty column where it stands."""
    if isinstance(nav, str):
        yield nav
    else:
        for item in nav.values() if isinstance(nav, dict) else nav or ():
            yield from _leaves(item)


def _named(derived: Derived, pattern: str) -> list[str]:
    """The workloads of a region that the navigation names."""
    found = [item.workload.id for item in derived.by_pattern[pattern]]
    return found if len(found) <= IN_NAVIGATION else []


def _law(current: site.Site) -> list[str]:
    """The pages about law as a whole, the landing page first."""
    return [spec.src for path, spec in current.pages.items() if path.startswith("regulation/")]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a page for every record, its JSON and YAML, and the schemas."""
    root = _root(config)
    current = site.current(root)
    listed = set(_leaves(config.nav))
    for written in files.documentation_pages():
        written.edit_uri = f"docs/{written.src_uri}" if config.repo_url else None
    for file in [file for file in files if theme_assets.DROPPED.fullmatch(file.src_uri)]:
        files.remove(file)
    _CLASSES.clear()
    for spec in current.pages.values():
        hidden = ["navigation", "toc"] if spec.wide else ["navigation"] if spec.src not in listed else []
        meta = json.dumps({"hide": hidden})
        content = f"---\n{meta}\n---\n\n{{{{ atlas_page('{spec.path}') }}}}\n"
        file = File.generated(config, spec.src, content=content)
        file.edit_uri = spec.file if config.repo_url else None
        files.append(file)
    base = config.site_url or ""
    made: dict[str, bytes | str] = {
        **api.files(current.derived),
        **feeds.files(current.derived, base),
        **current.scripts,
        **cards.files(current.derived, root),
        "robots.txt": found.robots(base),
    }
    made |= former.files(current.derived, current.pages, made, base)
    for path, made_content in made.items():
        files.append(File.generated(config, path, content=made_content))
    for path in current.derived.atlas.files.values():
        files.append(File.generated(config, path, content=(root / path).read_bytes()))
    for schema in sorted((root / "schema").glob("*.json")):
        files.append(File.generated(config, f"schema/{schema.name}", content=schema.read_bytes()))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Title and description of generated pages; the theme prints them unescaped, so they are escaped here."""
    spec = site.current(_root(config)).pages.get(page.url)
    # Navigation keeps the short title; that of results is in the head of the page.
    page.title = escape(spec.title, quote=True) if spec is not None else page.title
    told = _found(page, config)
    page.meta["title"] = escape(told.title, quote=True)
    page.meta["description"] = escape(told.description, quote=True)
    return markdown


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Mark the first use of every term of the glossary."""
    if page.url.startswith(glossary.UNMARKED):
        return html
    return glossary.marked(html, site.current(_root(config)).words, to_root(page.url))


def _found(page: Page, config: MkDocsConfig) -> Found:
    """What results and shared links say of the page: from its record, or from the head of its file."""
    derived = site.current(_root(config)).derived
    spec = site.current(_root(config)).pages.get(page.url)
    if spec is not None:
        return found.of_spec(derived, spec)
    if page.url == "":
        return Found("", found.HOME_TITLE, found.shortened(derived.atlas.settings.summary))
    # on_post_page comes after on_page_markdown, which escaped both.
    title, description = (unescape(str(page.meta.get(key) or "")) for key in ("title", "description"))
    return Found(page.url, title or str(page.title), found.shortened(description))


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Correct the theme's HTML, add the link of the search, and what results and shared links show."""
    derived, base = site.current(_root(config)).derived, config.site_url or ""
    return found.add(
        _corrected(output, config, page.edit_url), _found(page, config), derived, base, cards.cards(derived)
    )


def _corrected(html: str, config: MkDocsConfig, edit: str | None = None) -> str:
    """The theme's HTML with our link of the search and our foot, without what the page does not use."""
    as_of = site.current(_root(config)).derived.atlas.settings.as_of
    return _light(footer.add(search_link.add(theme_fixes.apply(html)), as_of, edit), config)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """The same on the page for missing addresses, which is no result; no sitemap without the site’s address."""
    if template_name == "sitemap.xml" and not config.site_url:
        return ""
    if not template_name.endswith(".html"):
        return output_content
    return found.missing(_corrected(output_content, config))


_CLASSES: set[str] = set()
"""Classes of the pages written so far in this build."""


def _light(html: str, config: MkDocsConfig) -> str:
    """The page without what it does not use of the theme and of our own styles."""
    tools = theme_styles.tool_classes(Path(config.docs_dir) / "assets/css")
    light = theme_assets.lighten(stacked_tables.labelled(html), tools)
    _CLASSES.update(theme_assets.classes(light))
    return light


def on_post_build(config: MkDocsConfig) -> None:
    """One style sheet of the theme, with what the pages and scripts of this build use."""
    theme_styles.trim(Path(config.site_dir), _CLASSES)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    """Rebuild when data, schemas or templates change."""
    root = _root(config)
    for folder in (root / "atlas", root / "schema", Path(__file__).parent / "templates"):
        server.watch(str(folder))
    return server
