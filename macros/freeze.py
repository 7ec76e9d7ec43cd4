"""From validated YAML to frozen objects. Nothing is checked here: the schemas and checks have done it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import cattrs

from macros import model
from macros.kinds import BY_FOLDER
from macros.library import Library
from macros.story import records as story

_CONVERTER = cattrs.Converter(forbid_extra_keys=True)
# A mapping keyed by text stays a plain dict; cattrs cannot construct the abstract class.
_CONVERTER.register_structure_hook_func(
    lambda kind: getattr(kind, "__origin__", None) is Mapping,
    lambda value, kind: {key: _CONVERTER.structure(item, kind.__args__[1]) for key, item in value.items()},
)

RECORDS: dict[str, type[Any]] = {
    "vocabulary": model.Vocabulary,
    "signals": model.Signal,
    "teams": model.Team,
    "forms": model.Form,
    "rules": model.Rule,
    "versions": model.RuleVersion,
    "assurances": model.Assurance,
    "hops": model.HopByForm,
    "glossary": model.GlossaryTerm,
    "stages": model.Stage,
    "upkeep": model.Upkeep,
    "platform": model.PlatformControl,
    "projects": model.Project,
    "steps": model.NextSteps,
    "deployments": model.Deployment,
    "patterns": model.Pattern,
    "workloads": model.Workload,
    "absent": model.Absent,
    "models": model.Model,
    "accelerators": model.Accelerator,
    "engines": model.Engine,
    "prices": model.Price,
    "speeds": model.Speed,
    "offers": model.Offer,
    "instruments": model.Instrument,
    "obligations": model.Obligation,
    "changes": model.Change,
    "techniques": model.Technique,
    "practices": model.Practice,
    "asked": model.AskedQuestion,
    "questions": model.Question,
    "role-questions": model.RoleQuestion,
    "role-findings": model.RoleFinding,
    "role-duties": model.RoleDuty,
    "role-guidance": model.RoleGuidance,
    "claims": story.Claim,
    "readings": story.Reading,
    "comparisons": story.Comparison,
    "faq": story.Faq,
    "sources": model.Source,
}


def freeze(library: Library) -> model.Atlas:
    """Frozen objects for a library that validated without problems."""
    kinds = {BY_FOLDER[folder].field: records(library, folder) for folder in RECORDS}
    files = {(entry.kind.folder, entry.id): entry.document.file for entry in library.all()}
    raw = {(entry.kind.folder, entry.id): entry.document.data for entry in library.all()}
    settings = _CONVERTER.structure(library.settings.data, model.Settings)
    return model.Atlas(settings=settings, files=files, raw=raw, **kinds)


def records(library: Library, folder: str, only: Collection[str] | None = None) -> dict[str, Any]:
    """The records of one kind by id, in display order; those in `only`, if it is given."""
    found: dict[str, Any] = {}
    for entry in library.readable(folder):
        if only is not None and entry.id not in only:
            continue
        data = {**entry.document.data, "id": entry.id}
        if entry.kind.grouped:
            data[_GROUP_FIELD[folder]] = entry.group
        if folder == "workloads":
            data["file"] = entry.document.file
        found[entry.id] = _CONVERTER.structure(data, RECORDS[folder])
    return dict(sorted(found.items(), key=lambda pair: _sort_key(pair[0], pair[1])))


def facts(data: Any) -> model.Facts:
    """The facts of a workload whose other parts may be unfinished; `data` has been checked against the schema."""
    found: model.Facts = _CONVERTER.structure(data, model.Facts)
    return found


_GROUP_FIELD = {"workloads": "pattern", "obligations": "instrument"}


def _sort_key(id_: str, record: Any) -> tuple[int, str, str]:
    """By `order` where a kind has one, else by title, with the id to settle ties."""
    return getattr(record, "order", 0), str(getattr(record, "title", "")).casefold(), id_
