"""What the page of all workloads is given agrees with the records, and its tables with each other."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from macros import workloads_page, workloads_table
from macros.derive import Derived
from tests.synthetic_atlas import enlarged


@pytest.fixture(scope="module")
def data(derived: Derived) -> dict[str, Any]:
    return workloads_page.data(derived)


def held(data: dict[str, Any], facet: str) -> dict[str, set[str]]:
    """Values of a facet by workload, as the browser reads them."""
    place = [item["id"] for item in data["facets"]].index(facet)
    names = [value for value, _ in data["facets"][place]["values"]]
    return {w["row"][0]: {names[n] for n in w["keys"][place]} for w in data["workloads"]}


def test_every_workload_has_a_value_in_every_facet(data: dict[str, Any], derived: Derived) -> None:
    for facet in data["facets"]:
        found = held(data, facet["id"])
        assert found.keys() == derived.workloads.keys()
        assert all(found.values()), facet["id"]


def test_a_workload_of_any_sector_is_found_in_each(data: dict[str, Any], derived: Derived) -> None:
    found = held(data, "sector")
    assert "banking" in found["recruitment-screening"], "its record says any"
    assert "banking" not in found["clinical-documentation"], "its record says healthcare"
    for id_, item in derived.workloads.items():
        assert ("any" in found[id_]) is ("any" in item.workload.facts.sectors)


def test_the_class_of_the_facet_is_named_as_on_the_page(data: dict[str, Any], derived: Derived) -> None:
    """One name for each value, although some classes have several titles under one id."""
    labels = dict(next(item["values"] for item in data["facets"] if item["id"] == "class"))
    for id_, values in held(data, "class").items():
        (value,) = values
        assert derived.workloads[id_].classification.title.startswith(labels[value])
    assert held(data, "class")["recruitment-screening"] == {"high-risk"}
    assert held(data, "class")["multilingual-audio-analytics"] == {"may-be-prohibited-or-high-risk"}


def test_every_class_that_rules_can_give_has_a_place(derived: Derived) -> None:
    from macros.law.class_rules import RULES

    named = {"may-be-high-risk", "may-be-prohibited", "product", "open"}
    assert set(RULES) | named <= set(workloads_page.CLASSES)


def test_that_no_verdict_is_for_the_api_can_be_seen(data: dict[str, Any]) -> None:
    verdicts = next(item["values"] for item in data["facets"] if item["id"] == "verdict")
    assert [value for value, _ in verdicts] == ["self-host", "hybrid", "api"]


def test_an_order_has_every_workload_once_and_ties_stand_by_name(data: dict[str, Any], derived: Derived) -> None:
    titles = [w["row"][1] for w in data["workloads"]]
    assert titles == sorted(titles, key=str.casefold)
    for id_, _, order in data["sorts"]:
        assert sorted(order) == list(range(len(titles))), id_
    by_notes = next(order for id_, _, order in data["sorts"] if id_ == "notes")
    counts = [len(derived.workloads[data["workloads"][n]["row"][0]].notes) for n in by_notes]
    assert counts == sorted(counts, reverse=True)
    pairs = list(zip(counts, (titles[n].casefold() for n in by_notes), strict=True))
    assert pairs == sorted(pairs, key=lambda pair: (-pair[0], pair[1]))


def test_csv_and_json_say_the_same(derived: Derived) -> None:
    read = list(csv.DictReader(io.StringIO(workloads_table.as_csv(derived))))
    body = json.loads(workloads_table.as_json(derived))
    assert len(read) == len(body["workloads"]) == len(derived.workloads)
    for line, record in zip(read, body["workloads"], strict=True):
        assert line.pop("as_of") == body["as_of"] == derived.atlas.settings.as_of
        told = {k: "; ".join(v) if isinstance(v, list) else str("" if v is None else v) for k, v in record.items()}
        assert line == told
        item = derived.workloads[record["id"]]
        assert record["verdict"] == item.verdict.verdict
        assert record["data_kinds"] == list(item.workload.facts.data_kinds)
        assert record["notes"] == len(item.notes)


def test_the_synthetic_workloads_are_the_same_each_time(derived: Derived) -> None:
    first, second = (workloads_page.script(enlarged(derived, 300)) for _ in range(2))
    assert first == second
    made = enlarged(derived, 300).workloads
    assert len(made) == 300
    assert dict(list(made.items())[: len(derived.workloads)]) == derived.workloads
