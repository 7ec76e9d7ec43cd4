"""What the reader makes of YAML, traps included. A bad file gives a problem at its place, never an exception."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.reading import MAX_BYTES, read


def data(text: str) -> Any:
    document, problems = read("f.yml", text.encode())
    assert problems == []
    return document.data


def only_problem(content: bytes) -> tuple[str, int, int]:
    _, problems = read("f.yml", content)
    assert len(problems) == 1, problems
    return problems[0].code, problems[0].line, problems[0].column


@pytest.mark.parametrize("word", ["no", "NO", "yes", "on", "off", "Off", "y", "n"])
def test_only_true_and_false_are_booleans(word: str) -> None:
    assert data(f"a: {word}\n{word}: b") == {"a": word, word: "b"}


def test_true_and_false_are_booleans() -> None:
    assert data("a: true\nb: False") == {"a": True, "b": False}


@pytest.mark.parametrize(
    "text", ["2026-11-23", "2026-11-23T10:00:00Z", "1.2.3", "12:30:00", "0o17", "0x1f", "1_000"]
)
def test_dates_versions_and_odd_numbers_stay_text(text: str) -> None:
    assert data(f"a: {text}") == {"a": text}


def test_a_number_remembers_how_it_was_written() -> None:
    document, _ = read("f.yml", b"version: 1.10")
    assert document.data == {"version": 1.1}
    assert document.raw[("version",)] == "1.10"


def test_quoted_values_are_text() -> None:
    assert data("a: \"true\"\nb: '1'") == {"a": "true", "b": "1"}


@pytest.mark.parametrize("content", [b"\xef\xbb\xbfa: b\n", b"a: b\r\n", b"a: b\r"])
def test_byte_order_mark_and_line_ends_do_not_matter(content: bytes) -> None:
    document, problems = read("f.yml", content)
    assert problems == []
    assert document.data == {"a": "b"}
    assert document.at("a") == (1, 4)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"a: 1\na: 2", ("WA004", 2, 1)),
        (b"a:\n  b: 1\n  c: 2\n  b: 3", ("WA004", 4, 3)),
        (b"a: &x 1", ("WA005", 1, 4)),
        (b"a: *x", ("WA005", 1, 4)),
        (b"a:\n  <<: {b: 1}", ("WA005", 2, 3)),
        (b"a: 1\n---\nb: 2", ("WA006", 2, 1)),
        (b"", ("WA006", 1, 1)),
        (b"- a", ("WA006", 1, 1)),
        (b"just text", ("WA006", 1, 1)),
        (b"a: !!python/object:os.system x", ("WA007", 1, 4)),
        (b"a: !important x", ("WA007", 1, 4)),
        (b"a:\n\tb: 1", ("WA003", 2, 1)),
        (b"a: b: c", ("WA003", 1, 5)),
        (b"a: [1, 2", ("WA003", 1, 4)),
        (b"a: 'open", ("WA003", 1, 4)),
        (b"ab: 1\nc: \xff", ("WA001", 2, 4)),
        (b"a: \x07", ("WA003", 1, 4)),
        (b"? [a, b]\n: c", ("WA003", 1, 3)),
        (b"a: " + b"x" * MAX_BYTES, ("WA002", 1, 1)),
        (b"a: " + b"[" * 5000, ("WA002", 1, 23)),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_bad_files_name_the_place(content: bytes, place: tuple[str, int, int]) -> None:
    assert only_problem(content) == place


def test_alias_bomb_is_refused_at_the_first_anchor() -> None:
    bomb = "a: &a [x, x]\n" + "\n".join(f"b{i}: &b{i} [*a, *a]" for i in range(50))
    assert only_problem(bomb.encode()) == ("WA005", 1, 4)


def test_utf_16_is_refused() -> None:
    assert only_problem("a: b".encode("utf-16"))[0] == "WA001"


def test_places_of_keys_and_values() -> None:
    document, _ = read("f.yml", "a:\n  - b: ü\n    c: 2\n".encode())
    assert document.at("a", 0, "c") == (3, 8)
    assert document.at("a", 0, "c", key=True) == (3, 5)
    assert document.at("a", 0, "missing") == (2, 5)


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_raise(content: bytes) -> None:
    document, problems = read("f.yml", content)
    assert problems or isinstance(document.data, dict)


@given(st.text(alphabet="ab:-[]{}&*!|>'\"%@`?#,\n\t 01.~<", max_size=120))
def test_no_text_makes_the_reader_raise(text: str) -> None:
    document, problems = read("f.yml", text.encode())
    assert problems or isinstance(document.data, dict)
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)
