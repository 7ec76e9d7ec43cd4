"""Stages, duties, controls on the platform, and the engines and projects they name agree (WA218)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros.library import Library
from macros.problems import Problem, did_you_mean
from macros.reading import Document

BEYOND = "beyond"
"""The record after the last stage of the vocabulary: several nodes."""
BEYOND_STAGES = frozenset({"serve", "orchestrate"})
"""Engines of these stages are the ones that can run on several nodes."""


def check(library: Library, broken: set[str], _: Path) -> Iterator[Problem]:
    """Each stage has its record, names every current engine of the stage and no other; none that is retired."""
    engines = {e.id: e.document.data for e in library.readable("engines") if e.document.file not in broken}
    listed = [entry for entry in library.readable("vocabulary") if entry.id == "stages"]
    if not listed or listed[0].document.file in broken:
        return  # said where it stands
    terms, records = listed[0].document.data["terms"], library.kind("stages")
    for term in terms:
        if term not in records:
            what = f"the stage `{term}` has no record"
            yield listed[0].document.problem("WA218", ("terms", term), what, f"add atlas/stages/{term}.yml")
    for entry in library.readable("stages"):
        if entry.id not in terms and entry.id != BEYOND:
            what = f"`{entry.id}` is no stage of the vocabulary"
            yield entry.document.problem("WA218", (), what, did_you_mean(entry.id, terms, "rename the file"))
        elif entry.document.file not in broken:
            yield from _stage(entry.id, entry.document, engines)
    for entry in library.readable("upkeep"):
        if entry.document.file not in broken:
            yield from _duty(entry.document, engines)
    yield from _platform(library, broken, engines)


def _stage(stage: str, document: Document, engines: dict[str, dict[str, object]]) -> Iterator[Problem]:
    wanted = BEYOND_STAGES if stage == BEYOND else {stage}
    for index, id_ in enumerate(document.data["engines"]):
        engine = engines.get(id_)
        if engine is not None and (engine["retired"] or not wanted & set(_stages(engine))):
            why = "is retired" if engine["retired"] else f"is not of the stage `{stage}`"
            yield document.problem("WA218", ("engines", index), f"`{id_}` {why}", "remove it")
    if stage != BEYOND:
        for id_, engine in engines.items():
            current = not engine["retired"] and stage in _stages(engine)
            if current and id_ not in document.data["engines"]:
                what = f"`{id_}` is of this stage and not named"
                yield document.problem("WA218", ("engines",), what, f"add `{id_}`, or change its stages", key=True)
    for index, path in enumerate(document.data.get("paths", [])):
        for id_ in path["engines"]:
            if id_ not in document.data["engines"]:
                place, what = ("paths", index, "engines"), f"`{id_}` is not among the engines of the record"
                yield document.problem("WA218", place, what, f"add `{id_}` to them", key=True)


def _duty(document: Document, engines: dict[str, dict[str, object]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, fact in enumerate(document.data.get("by_engine", [])):
        id_ = fact["engine"]
        if engines.get(id_, {}).get("retired"):
            yield document.problem("WA218", ("by_engine", index, "engine"), f"`{id_}` is retired", "remove it")
        if id_ in seen:
            what = f"`{id_}` is told twice"
            yield document.problem("WA218", ("by_engine", index, "engine"), what, "join the two")
        seen.add(id_)


def _platform(library: Library, broken: set[str], engines: dict[str, dict[str, object]]) -> Iterator[Problem]:
    """No retired engine, nothing twice in a control, and every project named by one."""
    named: set[str] = set()
    controls = [entry.document for entry in library.readable("platform")]
    for document in controls:
        if document.file in broken:
            continue
        for key, part in (("serves", "control"), ("projects", "project"), ("engines", "engine")):
            seen: set[str] = set()
            for index, item in enumerate(document.data.get(key, [])):
                id_ = item[part]
                if key == "engines" and engines.get(id_, {}).get("retired"):
                    yield document.problem("WA218", (key, index, part), f"`{id_}` is retired", "remove it")
                if id_ in seen:
                    yield document.problem("WA218", (key, index, part), f"`{id_}` is told twice", "join the two")
                seen.add(id_)
            if key == "projects":
                named |= seen
    if broken.isdisjoint(document.file for document in controls):
        for entry in library.readable("projects"):
            if entry.id not in named and entry.document.file not in broken:
                what, hint = "no control on the platform names this project", "name it in one, or remove the file"
                yield entry.document.problem("WA218", (), what, hint)


def _stages(engine: dict[str, object]) -> list[str]:
    found = engine["stages"]
    return found if isinstance(found, list) else []
