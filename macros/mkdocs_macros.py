"""The only module that knows mkdocs-macros: plain functions that pages call."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from macros import site
from macros.words import lower_first


def define_env(env: Any) -> None:
    """Register the macros; called by the plugin once a build."""
    root = Path(env.conf["config_file_path"]).resolve().parent
    repository = (env.conf["repo_url"] or "").rstrip("/")
    edit_base = f"{repository}/{env.conf['edit_uri'] or ''}" if repository else ""

    def atlas_page(path: str) -> str:
        """The page generated for `path`, such as `workloads/recruitment-screening/`."""
        return site.current(root).render(path, edit_base, env.conf["site_url"] or "")

    def atlas_home() -> str:
        """The home page."""
        return site.current(root).home()

    def atlas_count(folder: str) -> int:
        """How many records of a kind there are."""
        return len(site.current(root).derived.atlas.of(folder))

    def atlas_intervals() -> str:
        """After how many days each kind of fact is checked again, in words."""
        review = site.current(root).derived.atlas.settings.review.values()
        return ", ".join(f"{lower_first(item.title)} after {item.days}" for item in review) + " days"

    for function in (atlas_page, atlas_home, atlas_count, atlas_intervals):
        env.macro(function)
