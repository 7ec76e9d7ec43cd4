"""The notes of every workload as text that a person reads. `python -m tests.law_golden` writes the file anew.

The file was read note by note against the official texts; a change of facts or conditions shows as a diff of it.
"""

from __future__ import annotations

from pathlib import Path

from macros.derive import Derived, derive
from macros.law.notes import Note
from macros.load import load

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "tests" / "law_notes.golden.txt"

HEAD = """# What law asks of each workload. One line a note: when, id, and in brackets what the facts leave open.
# Written by `python -m tests.law_golden`; read the diff before committing it: each line is a statement about law.
"""


def text(derived: Derived) -> str:
    """The whole file."""
    parts = [HEAD]
    for id_, item in sorted(derived.workloads.items()):
        parts.append(f"\n{id_}: {item.classification.id}, {item.verdict.verdict}, {len(item.notes)} notes\n")
        parts += [_line(note) for note in item.notes]
    return "".join(parts)


def _line(note: Note) -> str:
    later = note.state == "applies-from"
    when = f"from {note.obligation.applies_from}" if later else note.state
    left = [item.condition for item in note.open if item.condition != "jurisdiction"]
    open_ = f" [{', '.join(left)}]" if left else ""
    return f"  {when:<16} {note.obligation.id}{open_}\n"


if __name__ == "__main__":
    FILE.write_text(text(derive(load(ROOT))), encoding="utf-8")
