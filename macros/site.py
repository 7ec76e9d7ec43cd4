"""One built atlas for a process: loaded, derived, and ready to render pages. Knows no generator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment

from macros import (
    cost_page,
    decide,
    glossary,
    home,
    models_page,
    search_index,
    search_page,
    size,
    workloads_page,
    workloads_words,
)
from macros.compare import page as compare_page
from macros.derive import Derived, derive
from macros.law import class_tool, matrix, role_page
from macros.load import load
from macros.page_spec import PageSpec
from macros.pages import pages
from macros.portfolio import export as portfolio_data
from macros.portfolio import page as portfolio_page
from macros.portfolio.base import base
from macros.render import environment, render_page
from macros.urls import to_root


@dataclass(frozen=True, slots=True, repr=False)
class Site:
    """Everything a generator needs."""

    derived: Derived
    pages: dict[str, PageSpec]
    env: Environment
    words: glossary.Words
    scripts: Mapping[str, str]
    """The data of the browser tools: path below the site root -> the script that a page loads."""

    def render(self, path: str, edit_base: str, site_url: str = "") -> str:
        """The Markdown of the page at `path`; `edit_base` precedes the file name in edit links.

        `site_url` is the address of the site for print, or empty if it is not known.
        """
        spec, root = self.pages[path], to_root(path)
        return render_page(self.env, spec.template, root, edit_base=edit_base, site_url=site_url, **spec.values)

    def home(self) -> str:
        """The Markdown of the home page."""
        return render_page(self.env, "home.jinja", "", **home.values(self.derived))


def refresh(root: Path) -> Site:
    """The site for the files below `root` as they are now; called once at the start of a build.

    Raises InvalidAtlasError with all problems.
    """
    _CURRENT[root] = _build(root, _fingerprint(root))
    return _CURRENT[root]


def current(root: Path) -> Site:
    """The site of the build that is under way, without looking at the files again."""
    return _CURRENT[root]


_CURRENT: dict[Path, Site] = {}


def _fingerprint(root: Path) -> tuple[tuple[str, int, int], ...]:
    watched = (root / "atlas", root / "schema", Path(__file__).parent / "templates")
    files = sorted(path for folder in watched for path in folder.rglob("*") if path.is_file())
    files += sorted((root / "docs").glob("*.md"))
    return tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files)


@lru_cache(maxsize=1)
def _build(root: Path, _: tuple[tuple[str, int, int], ...]) -> Site:
    return assemble(derive(load(root)), search_index.documents(root / "docs"))


def assemble(derived: Derived, documents: Sequence[search_index.Entry] = ()) -> Site:
    """The site of an atlas with all that follows; `documents` are the pages written by hand. Pure."""
    tool, together = decide.data(derived), base(derived)
    scripts = {
        decide.FILE: decide.script(tool),
        glossary.FILE: glossary.script(derived.atlas),
        size.FILE: size.script(derived.atlas),
        cost_page.FILE: cost_page.script(derived),
        models_page.FILE: models_page.script(derived.atlas),
        workloads_page.FILE: workloads_page.script(derived),
        workloads_words.FILE: workloads_words.script(derived),
        compare_page.FILE: compare_page.script(derived),
        matrix.FILE: matrix.script(derived),
        role_page.FILE: role_page.script(derived.atlas),
        class_tool.FILE: class_tool.script(derived),
        portfolio_data.FILE: portfolio_data.script(together),
    }
    found = pages(derived, tool, scripts)
    found[portfolio_page.PATH] = portfolio_page.spec(together)
    every = search_page.spec(found.values(), documents)
    found[every.path] = every
    scripts |= search_index.scripts(search_index.entries(derived, found.values(), documents))
    return Site(derived, found, environment(derived), glossary.words(derived.atlas.glossary.values()), scripts)
