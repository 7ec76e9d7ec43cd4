"""What the comparison is given agrees with the records: which cells are the same, who has which obligation."""

from __future__ import annotations

import re
import zlib
from itertools import combinations
from typing import Any

import pytest

from macros.compare import cells, law, page
from macros.derive import Derived
from macros.law.notes import STATES
from macros.law.workload import law_part
from macros.render import environment
from macros.routing import VERDICTS

LOGS = "ai-act-26-6-keep-logs"
"""An obligation that is certain for one workload and depends on an answer for others."""
AIM = 60_000
"""Bytes on the wire; the data is loaded on this page only."""


@pytest.fixture(scope="module")
def data(derived: Derived) -> dict[str, Any]:
    return page.data(derived)


@pytest.fixture(scope="module")
def rows(data: dict[str, Any]) -> list[tuple[str, str]]:
    """Section and row of every place in the cells of a workload."""
    return [(section["id"], row[0]) for section in data["sections"] for row in section["rows"]]


def number(data: dict[str, Any], rows: list[tuple[str, str]], section: str, row: str, id_: str) -> int:
    workload = next(item for item in data["workloads"] if item["id"] == id_)
    return int(workload["cells"][rows.index((section, row))])


def text(data: dict[str, Any], number: int) -> str:
    """The words of a cell, as a reader sees them."""
    if number < 0:
        return ""
    lines, items, *_ = data["cells"][number]
    return "\n".join([*("".join(map(words, line)) for line in lines), *(words(data["items"][n]) for n in items)])


def words(span: Any) -> str:
    if isinstance(span, str):
        return span
    return {"s": "", "st": str(span[-1]), "m": str(span[-1])}.get(span[0], str(span[1]))


def test_every_workload_has_a_cell_or_nothing_in_every_row(
    data: dict[str, Any], rows: list[tuple[str, str]], derived: Derived
) -> None:
    assert {item["id"] for item in data["workloads"]} == set(derived.workloads)
    titles = [item["title"].casefold() for item in data["workloads"]]
    assert titles == sorted(titles)
    for item in data["workloads"]:
        assert len(item["cells"]) == len(rows)
        assert all(-1 <= n < len(data["cells"]) for n in item["cells"]), item["id"]
    assert len(set(rows)) == len(rows)


def test_a_row_that_nobody_has_is_not_there(data: dict[str, Any], rows: list[tuple[str, str]]) -> None:
    for at, row in enumerate(rows):
        assert any(item["cells"][at] >= 0 for item in data["workloads"]), row


def test_no_two_cells_of_a_row_say_the_same(data: dict[str, Any], rows: list[tuple[str, str]]) -> None:
    """Else the browser would mark as different what reads the same."""
    for at, row in enumerate(rows):
        numbers = {item["cells"][at] for item in data["workloads"]} - {-1}
        told = [repr((lines, sorted(items))) for lines, items, *_ in (data["cells"][n] for n in numbers)]
        assert len(set(told)) == len(told), row
    assert len({repr(item) for item in data["items"]}) == len(data["items"])


@pytest.mark.parametrize(
    ("section", "row", "of"),
    [
        ("task", "pattern", lambda w: w.workload.pattern),
        ("verdict", "verdict", lambda w: (w.verdict.verdict, w.verdict.strength)),
        ("verdict", "inside", lambda w: w.verdict.inside and w.verdict.inside.id),
        ("verdict", "against", lambda w: {(each.signal, each.level) for each in w.verdict.against}),
        ("signals", "data_boundary", lambda w: w.workload.signals["data_boundary"]),
        ("signals", "capability", lambda w: w.workload.signals["capability"]),
        ("facts", "data", lambda w: set(w.workload.facts.data_kinds)),
        ("facts", "sectors", lambda w: set(w.workload.facts.sectors)),
        ("facts", "techniques", lambda w: set(w.workload.facts.system.techniques)),
        ("models", "jobs", lambda w: {need.job for need in w.workload.needs}),
        ("infrastructure", "stage", lambda w: w.placement.stage),
        ("class", "annex-iii", lambda w: {point.point for point in w.workload.facts.ai_act.annex_iii}),
        ("record", "reviewed", lambda w: w.workload.reviewed),
    ],
)
def test_cells_are_the_same_where_the_records_are(
    section: str, row: str, of: Any, data: dict[str, Any], rows: list[tuple[str, str]], derived: Derived
) -> None:
    for one, two in combinations(derived.workloads.values(), 2):
        same = number(data, rows, section, row, one.workload.id) == number(
            data, rows, section, row, two.workload.id
        )
        assert same is (of(one) == of(two)), (one.workload.id, two.workload.id)


def substance(data: dict[str, Any], number: int) -> Any:
    """What the browser compares."""
    return number if number < 0 or len(data["cells"][number]) < 3 else data["cells"][number][2]


@pytest.mark.parametrize(
    ("section", "row", "of"),
    [
        ("verdict", "verdict", lambda w: w.verdict.verdict),
        ("verdict", "decided", lambda w: w.verdict.deciding.id),
        ("class", "class", lambda w: w.classification.title),
        (
            "class",
            "exemption",
            lambda w: w.workload.facts.ai_act.exemption and w.workload.facts.ai_act.exemption.open,
        ),
        ("law", LOGS, lambda w: [n.conditional for n in w.notes if n.obligation.id == LOGS]),
        ("signals", "latency", lambda w: w.workload.signals["latency"]),
        ("facts", "serves", lambda w: set(w.workload.facts.audiences)),
    ],
)
def test_cells_differ_in_substance_where_the_records_do(
    section: str, row: str, of: Any, data: dict[str, Any], rows: list[tuple[str, str]], derived: Derived
) -> None:
    """Not where a reason, or who answers under another verdict, is worded in another way."""
    for one, two in combinations(derived.workloads.values(), 2):
        found = [substance(data, number(data, rows, section, row, item.workload.id)) for item in (one, two)]
        assert (found[0] == found[1]) is (of(one) == of(two)), (one.workload.id, two.workload.id)


def test_substance_joins_words_and_never_parts_them(data: dict[str, Any], rows: list[tuple[str, str]]) -> None:
    """Cells of a row that read the same mean the same; rows of amounts have one in every cell, and no others."""
    own = {(section["id"], row[0]): row[4] for section in data["sections"] for row in section["rows"]}
    joined = 0
    for at, row in enumerate(rows):
        numbers = {item["cells"][at] for item in data["workloads"]} - {-1}
        means = {substance(data, n) for n in numbers}
        joined += len(numbers) - len(means)
        for n in numbers:
            more = data["cells"][n][2:]
            assert bool(more and isinstance(more[0], float | int)) is (own[row] == "amounts"), row
            assert not (own[row] in ("words", "figures") and more), row
    assert joined > 50


def test_the_short_answer_names_rows_that_are_there(data: dict[str, Any], rows: list[tuple[str, str]]) -> None:
    for section, row in data["decides"]:
        assert (section, row) in rows if row else section in {part["id"] for part in data["sections"]}


def test_a_set_is_the_same_in_whatever_order(derived: Derived, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two, *_ = derived.workloads
    held = {one: cells.items(cells.tag("a"), cells.tag("b")), two: cells.items(cells.tag("b"), cells.tag("a"))}
    section = cells.Section("x", "X", (cells.Row("x", "X", held),))
    monkeypatch.setattr(page, "SECTIONS", (lambda derived: section,))
    found = page.data(derived)
    numbers = {item["id"]: item["cells"][0] for item in found["workloads"]}
    assert numbers[one] == numbers[two] >= 0
    assert {n for id_, n in numbers.items() if id_ not in (one, two)} == {-1}


def test_a_section_more_is_a_function_more(derived: Derived, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cost will come; nothing else may know which sections there are."""
    cost = cells.Section(
        "cost", "Cost", (cells.row("c", "A month", derived.workloads, lambda w: cells.said("1")),)
    )
    monkeypatch.setattr(page, "SECTIONS", (*page.SECTIONS, lambda derived: cost))
    found = page.data(derived)
    assert "cost" in [section["id"] for section in found["sections"]]
    assert {len(item["cells"]) for item in found["workloads"]} == {
        sum(len(section["rows"]) for section in found["sections"])
    }


def test_the_pull_of_a_signal_is_its_place_among_its_levels(
    data: dict[str, Any], rows: list[tuple[str, str]], derived: Derived
) -> None:
    for id_, item in derived.workloads.items():
        for signal in derived.atlas.signals.values():
            if signal.scope != "workload":
                continue
            ids = [level.id for level in signal.levels]
            place = ids.index(item.workload.signals[signal.id]) + 1
            lines, *_ = data["cells"][number(data, rows, "signals", signal.id, id_)]
            assert lines[0][0] == ("s", place, len(ids))
            assert f"{place} of {len(ids)}" in words(lines[1][0])


def test_every_team_has_its_verdict(data: dict[str, Any], rows: list[tuple[str, str]], derived: Derived) -> None:
    reference = derived.atlas.settings.reference_team
    assert [row for section, row in rows if section == "teams"] == [
        t for t in derived.atlas.teams if t != reference
    ]
    for id_, item in derived.workloads.items():
        for team, verdict in item.by_team:
            row = ("verdict", "verdict") if team.id == reference else ("teams", team.id)
            lines, *_ = data["cells"][number(data, rows, *row, id_)]
            assert lines[0][0] == ("v", verdict.verdict)


def test_every_suggested_model_stands_with_its_set_and_what_it_holds(
    data: dict[str, Any], rows: list[tuple[str, str]], derived: Derived
) -> None:
    planned = 0
    for id_, item in derived.workloads.items():
        for step in item.steps:
            told = text(data, number(data, rows, "models", f"{step.need.job}-models", id_))
            assert step.need.title in told
            for found in step.suggestions:
                assert found.model.title in told
                assert found.rank in told
                fit = found.found.smallest
                if fit:
                    assert f"{fit.count} × {fit.accelerator.title}, {fit.gib:,.0f} GiB" in told
                if fit and fit.requests is not None:
                    assert f"{int(fit.requests):,} at once for {step.need.concurrency:,} asked" in told
                    planned += 1
    assert planned > 60


def test_who_has_which_obligation_is_what_the_notes_say(
    data: dict[str, Any], rows: list[tuple[str, str]], derived: Derived
) -> None:
    part_of = {state: id_ for id_, _, states, _ in law.PARTS for state in states}
    assert set(part_of) == set(STATES), "every state has its part"
    told = {"you": "by you", "both": "by you and a contract", "vendor-contract": "by a contract"}
    parts = [(section, row) for section, row in rows if section in part_of.values()]
    for id_, item in derived.workloads.items():
        noted = {(part_of[note.state], note.obligation.id): note for note in item.notes}
        for section, row in parts:
            found = text(data, number(data, rows, section, row, id_))
            note = noted.pop((section, row), None)
            assert bool(found) is (note is not None), (id_, row)
            if note is None:
                continue
            assert found.startswith("depends on: " if note.conditional else "certain"), (id_, row)
            by = told[note.obligation.by_deployment[item.verdict.verdict].by]
            assert found.endswith(f"answered {by}") is (note.state != "proposed"), (id_, row)
        assert noted == {}, id_


def test_a_proposal_never_stands_with_law(data: dict[str, Any], derived: Derived) -> None:
    for section in data["sections"]:
        for id_, _, under, *_ in section["rows"]:
            if id_ in derived.atlas.obligations and derived.atlas.obligations[id_].state == "proposed":
                assert section["id"] == "proposed"
                assert "proposed, not law" in "".join(map(words, under[-1]))


def test_states_are_told_in_the_words_of_the_law_pages(derived: Derived) -> None:
    parts = environment(derived).get_template("_parts.jinja").make_module({"root": ""})
    seen = set()
    for item in derived.workloads.values():
        for note in item.notes:
            html = parts.state(note.obligation, note.state)  # type: ignore[attr-defined]
            line = law.state_line(derived.atlas, note.obligation, note.state)
            assert "".join(map(words, line)) == " ".join(re.sub("<[^>]+>", "", html).split())
            seen.add(note.state)
    assert seen == set(STATES)


def test_counts_agree_with_the_page_of_the_workload(
    data: dict[str, Any], rows: list[tuple[str, str]], derived: Derived
) -> None:
    for id_, item in derived.workloads.items():
        part = law_part(derived.atlas, item.notes, VERDICTS)
        assert text(data, number(data, rows, "obligations", "counted", id_)) == part.headline
        answered = text(data, number(data, rows, "obligations", "answered", id_))
        assert [int(n) for n in re.findall(r": (\d+)", answered)] == [
            by[item.verdict.verdict] for _, by in part.counts
        ]


def test_the_data_is_small_and_always_the_same(derived: Derived) -> None:
    first, second = page.script(derived), page.script(derived)
    assert first == second
    assert len(zlib.compress(first.encode(), 6)) < AIM
    assert page.values(first)["packed_bytes"] < AIM


def test_a_fragment_names_at_most_so_many() -> None:
    assert page.fragment("abcdef") == "#workloads=a,b,c,d"
    assert page.fragment(["a"]) == "#workloads=a"
