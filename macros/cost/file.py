"""A comparison in a YAML file, with the keys of the options; faults have their place, as in all of the atlas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from macros import given_file
from macros.cost.numbers import CostError, Fault
from macros.problems import Problem, render
from macros.reading import Document, read


@dataclass(frozen=True, slots=True)
class Asked:
    """What a file says, by key with underscores, and the document it stands in."""

    said: Mapping[str, Any]
    document: Document
    written: Mapping[str, str]
    """How the file spells a key."""
    problems: tuple[Problem, ...]

    def told(self, error: CostError, options: frozenset[str]) -> str:
        """All that is wrong, one a line: with file, line and column what the file says, the rest as it is."""
        placed, rest = list(self.problems), []
        for fault in error.faults:
            name = fault.key
            if name is not None and name in self.written and name not in options:
                path = (self.written[name],)
                key = fault.code == "WA101"
                placed.append(self.document.problem(fault.code, path, _what(fault), fault.instead, key=key))
            else:
                rest.append(str(fault))
        return "\n".join([*filter(None, [render(placed)]), *rest])


def _what(fault: Fault) -> str:
    return f"`{fault.key}` {fault.what}" if fault.code in ("WA101", "WA206") else f"{fault.key}: {fault.what}"


def asked(path: Path) -> Asked:
    """What the file says; raises CostError where nothing of it can be read."""
    content = path.read_bytes()
    if strange := given_file.strange(str(path), content, given_file.COMPARISON):
        raise CostError(strange)
    document, problems = read(str(path), content)
    if not isinstance(document.data, dict):
        raise CostError(render(problems))
    said: dict[str, Any] = {}
    written: dict[str, str] = {}
    for key, value in document.data.items():
        name = str(key).replace("-", "_")
        if name in said:
            what = f"key `{key}` appears twice (first as `{written[name]}`)"
            problems.append(document.problem("WA004", (key,), what, "keep one of the two", key=True))
            continue
        if value is None:
            problems.append(
                document.problem("WA103", (key,), f"`{key}` has no value", "give one, or delete the key")
            )
        said[name], written[name] = value, key
    return Asked(said, document, written, tuple(problems))
