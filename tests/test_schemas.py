"""The schemas teach: every property has a title, a description and an example that is valid."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from macros.freeze import RECORDS
from macros.kinds import KINDS
from tests.conftest import ROOT

SCHEMAS = sorted((ROOT / "schema").glob("*.json"))
FILES = sorted((ROOT / "atlas").rglob("*.yml"))


def properties(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property of a schema, at any depth, with its path."""
    if isinstance(node, dict):
        for name, body in node.get("properties", {}).items():
            yield f"{path}/{name}", body
        for key, value in node.items():
            yield from properties(value, f"{path}/{key}")
    elif isinstance(node, list):
        for item in node:
            yield from properties(item, path)


def objects(node: Any) -> Iterator[dict[str, Any]]:
    """Every schema of an object, at any depth."""
    if isinstance(node, dict):
        if node.get("type") == "object":
            yield node
        for value in node.values():
            yield from objects(value)
    elif isinstance(node, list):
        for item in node:
            yield from objects(item)


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_schema_is_valid_and_explains_itself(path: Path) -> None:
    schema = json.loads(path.read_text())
    Draft202012Validator.check_schema(schema)
    for name, body in properties(schema):
        missing = {"title", "description", "examples"} - set(body)
        assert not missing, f"{path.name}{name} lacks {missing}"
        assert body["examples"], f"{path.name}{name} has no example"


@pytest.fixture(scope="module")
def registry() -> Registry[Any]:
    """All schemas, so that references between them resolve."""
    contents = (json.loads(path.read_text()) for path in SCHEMAS)
    return Registry().with_resources((body["$id"], Resource.from_contents(body)) for body in contents)


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_examples_are_what_the_schema_allows(path: Path, registry: Registry[Any]) -> None:
    schema = json.loads(path.read_text())
    for name, body in properties(schema):
        # A name of its own beside the schema, so that what it refers to in the schema is still found there.
        part = schema["$id"].replace(".schema.json", ".part.json")
        validator = Draft202012Validator(
            {**body, "$id": part}, registry=registry, format_checker=FormatChecker(["date"])
        )
        for example in body["examples"]:
            assert list(validator.iter_errors(example)) == [], f"{path.name}{name}: {example}"
            assert "…" not in json.dumps(example, ensure_ascii=False), f"{path.name}{name}"


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_objects_are_closed(path: Path) -> None:
    for node in objects(json.loads(path.read_text())):
        assert "additionalProperties" in node, node.get("title")
        assert node["additionalProperties"] is not True


def test_every_kind_has_a_schema_and_the_other_way_round() -> None:
    kinds = {f"{kind.schema}.schema.json" for kind in KINDS}
    shared = {"common.schema.json", "vocabulary.schema.json", "atlas.schema.json"}
    shared.add("portfolio.schema.json")  # of a file that visitors keep, not of a record
    assert kinds | shared == {path.name for path in SCHEMAS}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT / "atlas")))
def test_first_line_tells_the_editor_the_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    prefix = "# yaml-language-server: $schema="
    assert first.startswith(prefix)
    schema = (path.parent / first.removeprefix(prefix)).resolve()
    folder = path.relative_to(ROOT / "atlas").parts[0]
    expected = next((kind.schema for kind in KINDS if kind.folder == folder), "atlas")
    assert schema == ROOT / "schema" / f"{expected}.schema.json"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.folder)
def test_objects_hold_what_schemas_allow(kind: Any) -> None:
    """A key of a schema is a field of the dataclass, so nothing that is written can be lost."""
    schema = json.loads((ROOT / "schema" / f"{kind.schema}.schema.json").read_text())
    fields = {field.name for field in dataclasses.fields(RECORDS[kind.folder])}
    added = {"id", "pattern", "instrument", "file"} - set(schema["properties"])
    assert fields - added == set(schema["properties"])
