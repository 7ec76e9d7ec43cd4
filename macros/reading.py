"""From the bytes of one YAML file to plain data that remembers where everything stood.

Reads the strict part of YAML 1.2 that people expect: only `true` and `false` are booleans, dates and
versions with two dots are text, and there are no anchors, merge keys, tags or second documents. Built
on the parser's events, so that nothing is expanded or constructed before it is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from macros.problems import Problem

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20

Path = tuple[str | int, ...]
Mark = tuple[int, int]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = re.compile(r"^(?:~|null|Null|NULL|)$")
_BOOL = re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$")
_INT = re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$")
_FLOAT = re.compile(r"^[-+]?(?:[0-9]*\.[0-9]+|[0-9]+\.?)(?:[eE][-+]?[0-9]+)?$")


@dataclass(frozen=True, slots=True)
class Document:
    """The data of one file with the place of every node. `data` is None if the file could not be read."""

    file: str
    data: Any
    values: Mapping[Path, Mark] = field(default_factory=dict)
    keys: Mapping[Path, Mark] = field(default_factory=dict)
    raw: Mapping[Path, str] = field(default_factory=dict)

    def at(self, *path: str | int, key: bool = False) -> Mark:
        """Line and column of the value at `path` (of its key with `key=True`), or of the nearest parent."""
        first = self.keys if key else self.values
        if path in first:
            return first[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, (1, 1))

    def problem(self, code: str, path: Path, what: str, instead: str, *, key: bool = False) -> Problem:
        """A problem at the node at `path`."""
        line, column = self.at(*path, key=key)
        return Problem(self.file, line, column, code, what, instead)


def read(file: str, content: bytes) -> tuple[Document, list[Problem]]:
    """Read one file. Returns the document and all problems found; never raises for bad content."""
    text, problems = _decode(file, content)
    if text is None:
        return Document(file, None), problems
    composer = _Composer(file)
    try:
        composer.run(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        composer.problems.append(_syntax_problem(file, text, error))
        composer.data = None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        column = error.position - (text.rfind("\n", 0, error.position) + 1) + 1
        composer.problems.append(
            Problem(file, line, column, "WA003", "a control character is not allowed", "delete it")
        )
        composer.data = None
    if any(problem.code in _FATAL for problem in composer.problems):
        composer.data = None
    return (
        Document(file, composer.data, composer.values, composer.keys, composer.raw),
        composer.problems,
    )


_FATAL = {"WA002", "WA003", "WA005", "WA006", "WA007"}


def _decode(file: str, content: bytes) -> tuple[str | None, list[Problem]]:
    if len(content) > MAX_BYTES:
        size = f"the file has {len(content):,} bytes; the limit is {MAX_BYTES:,}"
        return None, [Problem(file, 1, 1, "WA002", size, "split it, or check what was pasted into it")]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        return None, [
            Problem(
                file,
                line,
                column,
                "WA001",
                f"byte 0x{content[error.start]:02x} is not UTF-8",
                "save the file as UTF-8",
            )
        ]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def _syntax_problem(file: str, text: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    if mark and error.context_mark and not text[_offset(text, mark) :].strip():
        mark = error.context_mark  # what was never closed is more use than the end of the file
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.split("\n")
    here = lines[line - 1] if line <= len(lines) else ""
    what = " ".join(part for part in (error.context, error.problem) if part) or "syntax error"
    if "\t" in here[: len(here) - len(here.lstrip())] or "'\\t'" in what:
        tab = here.find("\t")
        return Problem(file, line, max(tab, 0) + 1, "WA003", "a tab is used to indent", "use spaces")
    if "mapping values are not allowed" in what:
        what = "a colon followed by a space stands inside text"
        return Problem(file, line, column, "WA003", what, "put the text in quotes, or check the indentation above")
    instead = "put text that contains `: ` or starts with a special character in quotes"
    if "could not find expected ':'" in what:
        instead = "check the indentation and the quotes here and in the line above"
    return Problem(file, line, column, "WA003", what, instead)


def _start(event: yaml.Event) -> Mark:
    """Where an event begins, counted from 1."""
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _offset(text: str, mark: yaml.Mark) -> int:
    """Index of a mark in `text`."""
    return sum(len(line) + 1 for line in text.split("\n")[: mark.line]) + mark.column


@dataclass(slots=True)
class _Open:
    """A mapping or sequence being read."""

    node: Any
    path: Path
    first_seen: dict[str, int] = field(default_factory=dict)
    pending: str | None = None


class _Composer:
    """Turns parser events into data, iteratively, so that depth is limited by us and not by the stack."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.data: Any = None
        self.values: dict[Path, Mark] = {}
        self.keys: dict[Path, Mark] = {}
        self.raw: dict[Path, str] = {}
        self.problems: list[Problem] = []
        self._stack: list[_Open] = []
        self._documents = 0

    def run(self, events: Iterator[yaml.Event]) -> None:
        for event in events:
            if self._refused(event):
                return
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                self._open(event)
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                self._stack.pop()
        if not isinstance(self.data, dict):
            what = "the file is empty" if self.data is None else "the file is not a mapping of keys"
            self._add("WA006", (1, 1), what, "start with `title: …`")

    def _refused(self, event: yaml.Event) -> bool:
        mark = _start(event)
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._add("WA006", mark, "a second document starts here", "keep one document a file")
                return True
        if isinstance(event, yaml.AliasEvent):
            self._add("WA005", mark, f"`*{event.anchor}` is an alias", "write the value out")
            return True
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor:
            self._add("WA005", mark, f"`&{anchor}` is an anchor", "remove it and write the value out")
            return True
        if tag:
            self._add("WA007", mark, f"`{tag}` is a tag", "remove it and put text in quotes")
            return True
        starts = isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent))
        if starts and len(self._stack) >= MAX_DEPTH:
            self._add("WA002", mark, f"nested more than {MAX_DEPTH} levels deep", "flatten the structure")
            return True
        return False

    def _add(self, code: str, mark: Mark, what: str, instead: str) -> None:
        self.problems.append(Problem(self.file, mark[0], mark[1], code, what, instead))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        mark = _start(event)
        top = self._stack[-1] if self._stack else None
        if top is not None and isinstance(top.node, dict) and top.pending is None:
            self._key(top, event.value, mark)
            return
        plain = event.style is None or event.style == ""
        value = _resolve(event.value) if plain and event.implicit[0] else event.value
        path = self._place(value, mark)
        self.raw[path] = event.value

    def _key(self, top: _Open, key: str, mark: Mark) -> None:
        if key == "<<":
            self._add("WA005", mark, "`<<` is a merge key", "write the keys out")
        top.pending = key
        path = (*top.path, key)
        if key in top.first_seen:
            self._add(
                "WA004",
                mark,
                f"key `{key}` appears twice (first in line {top.first_seen[key]})",
                "keep one of the two",
            )
        else:
            top.first_seen[key] = mark[0]
            self.keys[path] = mark

    def _open(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        mark = _start(event)
        node: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        top = self._stack[-1] if self._stack else None
        if top is not None and isinstance(top.node, dict) and top.pending is None:
            self._add("WA003", mark, "a mapping or list is used as a key", "use plain text as the key")
            self._stack.append(_Open(node, top.path))
            top.pending = ""
            return
        self._stack.append(_Open(node, self._place(node, mark)))

    def _place(self, value: Any, mark: Mark) -> Path:
        """Put a value where it belongs; the first of two equal keys wins."""
        if not self._stack:
            self.data = value
            self.values[()] = mark
            return ()
        top = self._stack[-1]
        if isinstance(top.node, dict):
            key = top.pending or ""
            path: Path = (*top.path, key)
            top.pending = None
            if key not in top.node:
                top.node[key] = value
                self.values[path] = mark
            return path
        path = (*top.path, len(top.node))
        top.node.append(value)
        self.values[path] = mark
        return path


def _resolve(text: str) -> Any:
    """A plain scalar by the YAML 1.2 core schema, without octal, hexadecimal, `.inf` and `.nan`."""
    if _NULL.match(text):
        return None
    if _BOOL.match(text):
        return text.lower() == "true"
    if _INT.match(text):
        return int(text) if len(text) < 20 else text
    if _FLOAT.match(text):
        return float(text)
    return text
