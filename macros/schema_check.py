"""Validates records against the JSON Schemas and says what is wrong in sentences, with the place.

Two keywords of our own make references and dates part of the same pass: `x-reference: KIND` (the value is
the id of a record of that kind) and `x-not-after: as_of`. `x-hint` says in words what a pattern wants.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend
from referencing import Registry, Resource

from macros import days
from macros.kinds import BY_FOLDER
from macros.library import Entry, Library
from macros.problems import Problem, did_you_mean
from macros.reading import Document
from macros.vocabulary import FILE as VOCABULARY_FILE
from macros.vocabulary import vocabulary_schema

_BASE = "https://workload-atlas.example/schema/"
_EXAMPLE = "2026-11-23"
_PARTIAL = re.compile(r"^\d{4}(?:-\d{2}(?:-\d{2})?)?$", re.ASCII)
Translate = Callable[[Document, ValidationError], Problem]


@cache
def load_schemas(folder: Path) -> dict[str, Any]:
    """The hand-written schemas by file name, read once a process."""
    return {
        path.name: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.json"))
        if path.name != VOCABULARY_FILE
    }


def _is_day(value: object) -> bool:
    return not isinstance(value, str) or days.wrong(value, _EXAMPLE) is None


def _is_partial_day(value: object) -> bool:
    return not isinstance(value, str) or len(value) < 10 or not _PARTIAL.match(value) or _is_day(value)


FORMATS = FormatChecker(())
"""Formats that the schemas name: `date` is a day, `partial-date` a day, a month, a year or a word."""
FORMATS.checks("date")(_is_day)
FORMATS.checks("partial-date")(_is_partial_day)


class SchemaCheck:
    """Validators for every kind, knowing the ids and the `as_of` date of one library."""

    def __init__(self, library: Library, schema_folder: Path) -> None:
        self._schemas = load_schemas(schema_folder)
        self._ids = {kind: sorted(entries) for kind, entries in library.entries.items()}
        settings = library.settings.data
        as_of = str(settings.get("as_of", "")) if isinstance(settings, dict) else ""
        self._as_of = as_of if _is_day(as_of) else "9999-12-31"
        self._load(vocabulary_schema(library))
        self._class = extend(
            Draft202012Validator, {"x-reference": self._reference, "x-not-after": self._not_after}
        )

    def relax(self, broken: Collection[str]) -> None:
        """Accept anything where a list named in `broken` would decide, so that one mistake is reported once."""
        if broken:
            generated = json.loads(json.dumps(self._generated))
            for name in broken:
                generated["$defs"][name] = {}
            self._load(generated)

    def referenced_vocabularies(self) -> set[str]:
        """Names of the generated definitions that the hand-written schemas point to."""
        return set(re.findall(rf"{re.escape(VOCABULARY_FILE)}#/\$defs/([a-z-]+)", json.dumps(self._schemas)))

    def _load(self, generated: dict[str, Any]) -> None:
        known = generated["$defs"]
        missing: dict[str, Any] = {name: {} for name in self.referenced_vocabularies() if name not in known}
        self._generated = {**generated, "$defs": {**known, **missing}}
        contents = {**self._schemas, VOCABULARY_FILE: self._generated}
        self._registry: Registry[Any] = Registry().with_resources(
            (_BASE + name, Resource.from_contents(content)) for name, content in contents.items()
        )
        self._validators: dict[str, Any] = {}

    def check(self, entry: Entry) -> Iterator[Problem]:
        """All schema problems of one record."""
        yield from self.check_document(entry.document, entry.kind.schema)

    def check_document(self, document: Document, schema: str, below: str | None = None) -> Iterator[Problem]:
        """All schema problems of one document against the schema named; with `below`, only those of that key."""
        if schema not in self._validators:
            self._validators[schema] = self._class(
                self._schemas[f"{schema}.schema.json"],
                registry=self._registry,
                format_checker=FORMATS,
            )
        for error in self._validators[schema].iter_errors(document.data):
            if below is not None and (not error.absolute_path or error.absolute_path[0] != below):
                continue
            yield from _problems(document, error)

    def _reference(self, _: Any, kind: str, value: Any, __: Any) -> Iterator[ValidationError]:
        if isinstance(value, str) and value not in self._ids.get(kind, ()):
            yield ValidationError("unknown reference", instance=value, validator_value=self._ids.get(kind, []))

    def _not_after(self, _: Any, __: Any, value: Any, ___: Any) -> Iterator[ValidationError]:
        written = isinstance(value, str) and _PARTIAL.match(value) and _is_partial_day(value)
        if written and value > self._as_of[: len(value)]:  # what is not a day at all, its form says
            yield ValidationError("in the future", instance=value, validator_value=self._as_of)


def _problems(document: Document, error: ValidationError) -> Iterator[Problem]:
    path = tuple(error.absolute_path)
    translate = _TRANSLATIONS.get(str(error.validator))
    if str(error.validator) == "pattern" and "format" in error.schema and not _is_partial_day(error.instance):
        return  # written as a day that there is not: the format says so
    if str(error.validator) == "additionalProperties":
        known = list(error.schema.get("properties", {}))
        for key in sorted(set(error.instance) - set(known)):
            yield _unknown_key(document, (*path, key), key, known)
        return
    if str(error.validator) == "required":
        missing = next((key for key in error.validator_value if f"'{key}' is" in error.message), "?")
        unknown = set(error.instance) - set(error.schema.get("properties", {}))
        if difflib.get_close_matches(missing, unknown, n=1, cutoff=0.6):
            return  # it is there, misspelt, and reported as an unknown key
        yield _missing_key(document, path, missing, error)
        return
    if translate is None:
        yield document.problem("WA109", path, error.message[:160], "see the schema for this field")
        return
    yield translate(document, error)


def _unknown_key(document: Document, path: tuple[str | int, ...], key: str, known: list[str]) -> Problem:
    if len(path) == 1 and key in ("id", "pattern", "instrument", "name"):
        hint = {"name": "the display name is `title`", "id": "the id is the file name"}
        return document.problem(
            "WA012",
            path,
            f"`{key}` does not belong in the file",
            f"remove it: {hint.get(key, f'the {key} is the folder')}",
            key=True,
        )
    otherwise = f"remove it, or use one of {', '.join(known)}"
    return document.problem("WA101", path, f"unknown key `{key}`", did_you_mean(key, known, otherwise), key=True)


def _missing_key(document: Document, path: tuple[str | int, ...], missing: str, error: ValidationError) -> Problem:
    where = f" in `{path[-1]}`" if path and isinstance(path[-1], str) else ""
    if missing == "sources":
        return document.problem(
            "WA202", path, f"no `sources`{where}", "add `sources:` with ids of files in atlas/sources"
        )
    body = error.schema.get("properties", {}).get(missing, {})
    what = body.get("description", "").split(". ")[0].rstrip(".")
    instead = f"add `{missing}:`" + (f" ({what[0].lower()}{what[1:]})" if what else "")
    return document.problem("WA102", path, f"missing key `{missing}`{where}", instead)


def _type(document: Document, error: ValidationError) -> Problem:
    path = tuple(error.absolute_path)
    raw = document.raw.get(path)
    wanted = {"string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false"}
    wanted |= {"array": "a list", "object": "a mapping of keys"}
    kind = str(error.validator_value)
    got = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list"}.get(
        type(error.instance), "a mapping of keys" if isinstance(error.instance, dict) else "empty"
    )
    what = f"`{_last(path)}` is {got}" + (f" (`{raw}`)" if raw else "")
    instead = f"write {wanted.get(kind, kind)}"
    if error.schema.get("format") == "date":
        instead = f'write a day in quotes, such as "{_EXAMPLE}"'
    elif kind == "string" and raw:
        instead = f'write it in quotes: "{raw}"'
    elif kind == "boolean":
        instead = "write true or false"
    return document.problem("WA103", path, what, instead)


def _enum(document: Document, error: ValidationError) -> Problem:
    choices = [str(choice) for choice in error.validator_value]
    return _not_allowed(document, error, choices)


def _any_of(document: Document, error: ValidationError) -> Problem:
    choices: list[str] = []
    for inner in error.context or []:
        choices += inner.validator_value if inner.validator == "enum" else []
        choices += [inner.validator_value] if inner.validator == "const" else []
    return _not_allowed(document, error, [str(choice) for choice in choices])


def _not_allowed(document: Document, error: ValidationError, choices: list[str]) -> Problem:
    path = tuple(error.absolute_path)
    word = document.raw.get(path, str(error.instance))
    otherwise = f"write one of {', '.join(choices)}"
    what = f"`{word[:60]}` is not allowed for `{_last(path)}`"
    return document.problem("WA104", path, what, did_you_mean(word, choices, otherwise))


def _length(document: Document, error: ValidationError) -> Problem:
    path = tuple(error.absolute_path)
    too = "short" if error.validator == "minLength" else "long"
    bound = "at least" if too == "short" else "at most"
    what = f"`{_last(path)}` is too {too}: {len(error.instance)} characters"
    return document.problem("WA105", path, what, f"write {bound} {error.validator_value} characters")


def _form(document: Document, error: ValidationError) -> Problem:
    path = tuple(error.absolute_path)
    if error.validator == "format":
        what, instead = days.wrong(str(error.instance), _EXAMPLE) or ("no day", f"write {_EXAMPLE}")
        return document.problem("WA106", path, f"`{_last(path)}`: {what}", instead)
    hint = error.schema.get("x-hint", f"it must match {error.validator_value}")
    what = f"`{str(error.instance)[:60]}` is not a valid `{_last(path)}`"
    return document.problem("WA106", path, what, f"write {hint}")


def _range(document: Document, error: ValidationError) -> Problem:
    path = tuple(error.absolute_path)
    bound = "at least" if "inimum" in str(error.validator) else "at most"
    what = f"`{_last(path)}` is {error.instance}"
    return document.problem("WA107", path, what, f"write {bound} {error.validator_value}")


def _items(document: Document, error: ValidationError) -> Problem:
    path = tuple(error.absolute_path)
    if error.validator == "uniqueItems":
        return document.problem(
            "WA108", path, f"`{_last(path)}` repeats an entry", "remove the second of the equal entries"
        )
    if path and path[-1] == "sources":
        return document.problem("WA202", path, "`sources` is empty", "name at least one file in atlas/sources")
    few = str(error.validator).startswith("min")
    what = f"`{_last(path)}` has {len(error.instance)} entries"
    return document.problem(
        "WA108", path, what, f"give {'at least' if few else 'at most'} {error.validator_value}"
    )


def _unknown_reference(document: Document, error: ValidationError) -> Problem:
    path = tuple(error.absolute_path)
    kind = BY_FOLDER[str(error.schema["x-reference"])]
    otherwise = f"use the name of a file in atlas/{kind.folder}, without .yml"
    what = f"unknown {kind.singular} `{error.instance}`"
    return document.problem(
        "WA201", path, what, did_you_mean(str(error.instance), error.validator_value, otherwise)
    )


def _future(document: Document, error: ValidationError) -> Problem:
    path = tuple(error.absolute_path)
    what = f"`{_last(path)}` is {error.instance}, after the atlas's as_of {error.validator_value}"
    return document.problem("WA204", path, what, "correct the date, or move `as_of` in atlas/atlas.yml")


def _start_of_a_proposal(document: Document, error: ValidationError) -> Problem:
    """The only `not` in the schemas: a proposal with a day from which it would apply."""
    path = tuple(error.absolute_path)
    present = next(key for key in ("applies_from", "moved_from") if key in error.instance)
    what = f"a proposal has `{present}`; it is not law and has no start date"
    return document.problem("WA222", (*path, present), what, "remove it, or change the state if it was adopted")


def _last(path: tuple[str | int, ...]) -> str:
    names = [str(part) for part in path if isinstance(part, str)]
    return names[-1] if names else "file"


_TRANSLATIONS: dict[str, Translate] = {
    "type": _type,
    "enum": _enum,
    "const": _enum,
    "anyOf": _any_of,
    "not": _start_of_a_proposal,
    "minLength": _length,
    "maxLength": _length,
    "pattern": _form,
    "format": _form,
    "minimum": _range,
    "maximum": _range,
    "minItems": _items,
    "maxItems": _items,
    "uniqueItems": _items,
    "minProperties": _items,
    "x-reference": _unknown_reference,
    "x-not-after": _future,
}
