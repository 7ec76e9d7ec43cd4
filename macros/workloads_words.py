"""What the text field at `/workloads/` looks in: what the search of the site knows of each workload.

A script of its own, loaded with the engine of the search when text is first asked for. Entries stand in the order
of the page. Of the text that the search reads, the task is kept, and the pattern and what decided are added, which
the table shows: with failures and facts as well, many words would be said of nearly every workload.
"""

from __future__ import annotations

from macros.derive import Derived, DerivedWorkload
from macros.scripts import as_script
from macros.search_index import KINDS, Entry
from macros.search_text import EQUAL, STOP, grouped
from macros.urls import address
from macros.workloads_table import ordered

FILE = "assets/js/workloads/words.js"
_KIND = "workload"


def script(derived: Derived) -> str:
    """The data as a script that sets `window.WA_WORDS`, as the engine of the search reads it."""
    entries = [_entry(derived, item).packed((_KIND,)) for item in ordered(derived.workloads.values())]
    kinds = [(_KIND, *KINDS[_KIND])]
    return as_script(
        "WA_WORDS", {"kinds": kinds, "equal": grouped(EQUAL), "stop": " ".join(STOP), "entries": entries}
    )


def _entry(derived: Derived, item: DerivedWorkload) -> Entry:
    workload, task = item.workload, item.workload.task
    asked = (task.what, task.run_by, task.input, task.output, *(need.title for need in workload.needs))
    seen = (derived.atlas.patterns[workload.pattern].title, item.verdict.deciding.title)
    return Entry(
        address("workloads", workload.id),
        _KIND,
        1.0,
        workload.title,
        workload.synonyms,
        (),
        workload.summary,
        " · ".join((*asked, *seen)),
    )
