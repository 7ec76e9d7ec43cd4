"""Where every record lives on the site. The only place that builds addresses."""

from __future__ import annotations

from macros.kinds import BY_FOLDER

_ANCHORED = {
    "signals": "routing/#signal-",
    "rules": "routing/#rule-",
    "forms": "routing/#form-",
    "teams": "routing/#team-",
    "versions": "routing/#version-",
    "hops": "assurances/#hop-",
    "absent": "coverage/#",
    "deployments": "deployments/#",
    "steps": "decide/#next-",
    "stages": "infrastructure/#stage-",
    "upkeep": "infrastructure/#upkeep-",
    "platform": "infrastructure/#platform-",
    "projects": "infrastructure/#project-",
    "prices": "cost/#price-",
    "offers": "cost/#offer-",
    "glossary": "glossary/#",
    "law": "regulation/#",
    "changes": "regulation/changes/#",
    "questions": "regulation/class/#question-",
    "role-findings": "regulation/role/#finding-",
    "claims": "why/#claim-",
    "comparisons": "private-or-api/#dimension-",
    "faq": "private-or-api/#faq-",
}

_TOGETHER = {
    "readings": "why/",
    "speeds": "cost/#what-is-assumed",
    "role-questions": "regulation/role/#find-your-roles",
    "role-duties": "regulation/role/#find-your-roles",
    "role-guidance": "regulation/role/#which-version-of-the-guidelines",
}
"""Kinds whose records have no place of their own on their page."""


def address(folder: str, id_: str | None = None) -> str:
    """Path below the site root: of a record, or of the list of its kind."""
    if folder in _TOGETHER:
        return _TOGETHER[folder] if id_ else _TOGETHER[folder].partition("#")[0]
    if folder in _ANCHORED:
        return f"{_ANCHORED[folder]}{id_}" if id_ else _ANCHORED[folder].partition("#")[0]
    if folder == "vocabulary":
        return f"vocabulary/#{id_}" if id_ else "vocabulary/"
    url = BY_FOLDER[folder].url or folder
    return f"{url}/{id_}/" if id_ else f"{url}/"


def law_address(workload: str, obligation: str | None = None) -> str:
    """Path of the page on the law of a workload below the site root, or of one note on it."""
    return f"{address('workloads', workload)}law/{f'#{obligation}' if obligation else ''}"


def case_address(workload: str, part: str | None = None) -> str:
    """Path of the page with the case of a workload in detail below the site root, or of one part of it."""
    return f"{address('workloads', workload)}case/{f'#{part}' if part else ''}"


def run_address(workload: str, need: str | None = None, model: str | None = None) -> str:
    """Path of the page with plans and commands for a workload, or on it of a step, or of one model for a step."""
    place = "-".join(part for part in (need, model) if part)
    return f"{address('workloads', workload)}run/{f'#{place}' if place else ''}"


def json_address(folder: str, id_: str) -> str:
    """Path of the JSON of a record below the site root."""
    return f"api/{folder}/{id_}.json"


def to_root(page: str) -> str:
    """Relative prefix from a page address (`models/x/`) to the site root (`../../`)."""
    return "../" * page.count("/")
