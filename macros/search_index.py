"""What the search of the site knows: an entry for every page and for every record that has a place on one.

Built from data, never from HTML. Two scripts: the first is loaded when someone opens the search; the second
follows at once, with the sources, of which there are many, places on pages, and pages below a workload.
The engine that ranks is `docs/assets/js/search/engine.js`; its rules are told in `docs/decisions.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from macros.derive import Derived
from macros.model import GlossaryTerm, Instrument, Model, Obligation, PlatformControl
from macros.page_spec import PageSpec
from macros.scripts import as_script
from macros.search_everyday import EVERYDAY
from macros.search_text import (
    COMPARING,
    EQUAL,
    GENERAL,
    HOSTING,
    MARKERS,
    OPERATORS,
    PLACES,
    PRYING,
    STOP,
    SUPPLIERS,
    WEIGHING,
    body,
    grouped,
)
from macros.search_words import ABSENT_ENGINES, ABSENT_HARDWARE, ABSENT_MODELS, JOBS, UNANSWERED
from macros.urls import address

FILE = "assets/js/search/data.js"
SOURCES_FILE = "assets/js/search/sources.js"

KINDS: Mapping[str, tuple[str, str]] = {
    "workload": ("Workloads", "workload"),
    "pattern": ("Patterns", "pattern"),
    "question": ("Questions", "question"),
    "guide": ("Tools and guides", "guide"),
    "law": ("Law and standards", "law or standard"),
    "duty": ("Obligations", "obligation"),
    "model": ("Models", "model"),
    "accelerator": ("Accelerators", "accelerator"),
    "engine": ("Engines", "engine"),
    "source": ("Sources", "source"),
}
"""The facets in the order in which they are offered, and the word for one result."""

CALLED_AT: Mapping[str, str] = {
    "coverage/#": "not covered",
    "glossary/#": "word",
    "assurances/": "assurance",
    "techniques/": "technique",
    "infrastructure/#": "infrastructure",
    "routing/#": "routing",
    "private-or-api/#": "answer",
    "why/#": "claim",
}
"""The word for a guide by the place it stands in, where that says more than “guide”."""

_KIND_OF = {
    "workloads": "workload",
    "patterns": "pattern",
    "questions": "question",
    "instruments": "law",
    "obligations": "duty",
    "models": "model",
    "accelerators": "accelerator",
    "engines": "engine",
    "sources": "source",
}

_PARTS: Mapping[str, Callable[[Any], str]] = {
    "upkeep": lambda r: r.why,
    "platform": lambda r: f"{r.means} {r.leaves}",
    "projects": lambda r: f"{r.summary} {r.not_for}",
    "stages": lambda r: r.summary,
    "signals": lambda r: f"{r.question} {r.help}",
    "hops": lambda r: f"{r.carries} {r.overlooked}",
    "glossary": lambda r: r.means,
    "questions": lambda r: f"{r.question} {r.help}",
    "claims": lambda r: r.statement,
    "comparisons": lambda r: f"{r.question} {r.differs}",
    "faq": lambda r: r.short or r.title,
    "absent": lambda r: r.why,
}
"""Records that have a place on a page instead of a page of their own, and what is said of them."""

PART_WEIGHT = 1.2
FINES = ("fines", "penalties", "Bußgeld", "sanctions")
"""What visitors call the sums that a law threatens; names of every law of which the atlas has some."""
_SHORT = 2
"""Names of a law with fewer spaces are said together with an article."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that search can find. `words` are other names for it, `law` names of its provision."""

    path: str
    kind: str
    weight: float
    title: str
    words: tuple[str, ...] = ()
    law: tuple[str, ...] = ()
    summary: str = ""
    text: str = ""

    def packed(self, kinds: tuple[str, ...]) -> list[Any]:
        """The values in the order in which the engine reads them, with the kind as its number."""
        return [
            self.path,
            kinds.index(self.kind),
            self.weight,
            self.title,
            list(self.words),
            list(self.law),
            " ".join(self.summary.split()),
            " ".join(self.text.split()),
        ]


def entries(derived: Derived, pages: Iterable[PageSpec], documents: Iterable[Entry] = ()) -> list[Entry]:
    """Every entry: pages in their order, then parts of pages, then pages written by hand."""
    return [*(_page(derived, spec) for spec in pages), *_parts(derived), *documents]


def scripts(found: Iterable[Entry]) -> dict[str, str]:
    """Both scripts by the file they are published as; the weightiest first, as they are read first."""
    kinds = tuple(KINDS)
    split: dict[bool, list[list[Any]]] = {False: [], True: []}
    for entry in sorted(found, key=lambda entry: -entry.weight):
        split[_follows(entry)].append(entry.packed(kinds))
    first = {
        "kinds": [(kind, *words) for kind, words in KINDS.items()],
        "parts": list(CALLED_AT.items()),
        "equal": grouped({**EVERYDAY, **EQUAL}),
        "stop": " ".join(STOP),
        "markers": " ".join(MARKERS),
        "places": PLACES,
        "suppliers": " ".join(SUPPLIERS),
        "weighing": " ".join(WEIGHING),
        "hosting": " ".join(HOSTING),
        "comparing": " ".join(COMPARING),
        "general": " ".join(GENERAL),
        "operators": " ".join(OPERATORS),
        "prying": " ".join(PRYING),
        "entries": split[False],
    }
    return {
        FILE: as_script("WASearchData", first),
        SOURCES_FILE: as_script("WASearchSources", {"entries": split[True]}),
    }


def _follows(entry: Entry) -> bool:
    """Whether an entry is in the second script: sources, places on pages, and pages below a workload."""
    below = entry.path.startswith("workloads/") and entry.path.count("/") > 2
    return entry.kind == "source" or below or "#" in entry.path


def documents(folder: Path) -> list[Entry]:
    """The pages written by hand in `docs/`: title, description and headings, as they stand in the Markdown."""
    return [_document(path) for path in sorted(folder.glob("*.md")) if path.name != "index.md"]


def _document(path: Path) -> Entry:
    text = path.read_text(encoding="utf-8")
    meta: dict[str, str] = {}
    if text.startswith("---\n"):
        _, head, text = text.split("---\n", 2)
        meta = yaml.safe_load(head)
    lines = text.splitlines()
    title = meta.get("title") or next(line.removeprefix("# ") for line in lines if line.startswith("# "))
    headings = "; ".join(line.removeprefix("## ") for line in lines if line.startswith("## "))
    return Entry(f"{path.stem}/", "guide", 0.6, title, (), (), meta.get("description", ""), headings)


def kind_of(spec: PageSpec) -> str:
    """The facet of a page: that of its record, or else a guide."""
    return _KIND_OF.get(spec.path.split("/", 1)[0], "guide") if "record" in spec.values else "guide"


def _page(derived: Derived, spec: PageSpec) -> Entry:
    record = spec.values.get("record")
    words = tuple(dict.fromkeys(word for word in spec.words if word != spec.title))
    law = _provision(derived, record) if isinstance(record, Obligation) else ()
    if isinstance(record, Instrument):
        words += (record.full_title, *(FINES if record.fines else ()))
    if isinstance(record, Model):
        words += tuple(name for job in record.jobs for name in JOBS[job])
    if spec.path == address("absent"):
        words += (*ABSENT_MODELS, *ABSENT_HARDWARE, *ABSENT_ENGINES, *UNANSWERED)
    text = body(derived, record) if record else ""
    return Entry(spec.path, kind_of(spec), spec.boost, spec.title, words, law, spec.description, text)


def _provision(derived: Derived, obligation: Obligation) -> tuple[str, ...]:
    """The provision after each name of its law, so that “Art. 17 DSGVO” is a name of the obligation."""
    instrument = derived.atlas.instruments[obligation.instrument]
    short = [name for name in instrument.synonyms if name.count(" ") < _SHORT]
    return (obligation.provision, instrument.title, *short)


def _also(record: Any) -> tuple[str, ...]:
    """Names beside the title and `synonyms`: the standard term, or the forms under which texts use a word."""
    if isinstance(record, PlatformControl):
        return (record.term,)
    if isinstance(record, GlossaryTerm):
        return tuple(form for form in record.written if form != record.title)
    return ()


def _parts(derived: Derived) -> Iterator[Entry]:
    for folder, summary in _PARTS.items():
        for record in getattr(derived.atlas, folder).values():
            yield Entry(
                address(folder, record.id),
                "guide",
                PART_WEIGHT,
                record.title,
                (*_also(record), *getattr(record, "synonyms", ())),
                (),
                summary(record),
            )
