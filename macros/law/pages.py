"""The pages about law as a whole: what each is given. Pages of single records are in `macros.pages`."""

from __future__ import annotations

from functools import partial
from typing import Any

from macros.derive import Derived
from macros.law import ADVICE, class_tool, evidence, feeds, landing, matrix, picture, role_page, timeline
from macros.law.counts import headline
from macros.law.questions import ask, subject
from macros.law.workload import checklist, law_part
from macros.page_spec import PageSpec
from macros.routing import VERDICTS
from macros.urls import law_address
from macros.words import lower_first

FACT_VOCABULARY = {
    "data_kinds": "data-kinds",
    "effects": "effects",
    "decision": "decisions",
    "audiences": "audiences",
    "transparency": "transparency-triggers",
    "product": "product-rules",
    "annex_iii": "annex-iii-points",
    "sectors": "sectors",
    "system_role": "system-roles",
    "system_name": "system-names",
    "deployment": "verdicts",
    "jurisdiction": "jurisdictions",
}
"""Fact of a record -> the closed list that its terms are of."""


def pages(derived: Derived) -> tuple[PageSpec, ...]:
    """Every page below `/regulation/`, the landing page first; law and checklist of every workload."""
    atlas = derived.atlas
    others: tuple[PageSpec, ...] = (
        PageSpec(
            "regulation/role/",
            "Provider or deployer, of what?",
            "Who is provider of the model and who of the system, by what was done and in whose name.",
            "law_role.jinja",
            values=role_page.values(derived.atlas),
            boost=2.0,
            wide=True,
            words=("provider or deployer", "customisation", "fine-tuning", "one third of compute"),
        ),
        PageSpec(
            "regulation/class/",
            "Which class is your use?",
            "Prohibited, high-risk, exempt or not listed: the questions of the EU AI Act, and what follows.",
            "law_class.jinja",
            values=class_tool.values(derived),
            boost=2.0,
            wide=True,
            words=("classification", "high-risk", "AI Act class", "Annex III", "prohibited practices"),
        ),
        PageSpec(
            "regulation/matrix/",
            "Workloads and obligations",
            "Which workload meets which obligation, to filter and to take away as a table.",
            "law_matrix.jinja",
            values=matrix.values(derived),
            wide=True,
            words=("obligations matrix", "CSV of obligations"),
        ),
        PageSpec(
            "regulation/changes/",
            "What changed in the law",
            "Changes of law, guidance and proposals that the workloads meet, newest first.",
            "law_changes.jinja",
            values=changes(derived),
            words=("change log of law", "what changed", "Atom feed"),
        ),
        PageSpec(
            "regulation/evidence/",
            "Evidence for the provisions",
            "Every provision with its official text, where it was read, how sure that is, and when.",
            "law_evidence.jinja",
            values=evidence_values(derived),
            wide=True,
            words=("evidence table", "last checked"),
        ),
    )
    index = PageSpec(
        "regulation/",
        "Law",
        f"What law asks of an AI workload as of {atlas.settings.as_of}: dates, instruments, duties, evidence.",
        "law_index.jinja",
        values=landing.values(derived, others),
        wide=True,
        boost=2.5,
        words=("regulation", "timeline of law", "AI Act dates", "compliance calendar"),
    )
    return (index, *others, *of_workloads(derived), *checklists(derived))


def of_workloads(derived: Derived) -> tuple[PageSpec, ...]:
    """A page for each workload with its class, the facts behind it, and every note in full."""
    return tuple(
        PageSpec(
            law_address(item.workload.id),
            f"What law asks of {lower_first(item.workload.title)}",
            f"{item.workload.title}: {lower_first(item.classification.title)} under the EU AI Act, and "
            f"{headline(note.state for note in item.notes)}, each with provision, state and proof.",
            "workload_law.jinja",
            values={
                "item": item,
                "law": law_part(derived.atlas, item.notes, VERDICTS),
                "ask": partial(ask, derived.atlas),
                "about": partial(subject, derived.atlas),
                "fact_vocabulary": FACT_VOCABULARY,
                "calendar": feeds.dates_of(item.workload.id),
            },
            file=item.workload.file,
            boost=0.3,
        )
        for item in derived.workloads.values()
    )


def checklists(derived: Derived) -> tuple[PageSpec, ...]:
    """A page for each workload that prints as its checklist."""
    return tuple(
        PageSpec(
            f"workloads/{item.workload.id}/checklist/",
            f"Checklist: {item.workload.title}",
            f"What shows that each duty was met: {item.workload.title}. {ADVICE}",
            "law_checklist.jinja",
            values={
                "item": item,
                "parts": checklist(item.notes),
                "headline": headline(note.state for note in item.notes),
                "ask": partial(ask, derived.atlas),
            },
            file=item.workload.file,
            boost=0.3,
            wide=True,
        )
        for item in derived.workloads.values()
    )


def changes(derived: Derived) -> dict[str, Any]:
    """The change log: changes published by `as_of` by year, the newest first."""
    found = timeline.changes_until(derived.atlas, derived.atlas.settings.as_of)
    years = dict.fromkeys(change.date[:4] for change in found)
    named = dict.fromkeys(id_ for change in found for id_ in change.instruments)
    return {
        "years": [(year, [change for change in found if change.date[:4] == year]) for year in years],
        "kinds": feeds.CHANGE_KINDS,
        "counts": {kind: sum(c.kind == kind for c in found) for kind in feeds.CHANGE_KINDS},
        "instruments": sorted(named, key=lambda id_: derived.atlas.instruments[id_].title.casefold()),
        "total": len(found),
    }


def evidence_values(derived: Derived) -> dict[str, Any]:
    """The evidence table."""
    rows = evidence.table(derived.atlas)
    return {"rows": rows, "counts": evidence.counts(rows)}


def of_record(derived: Derived, record: Any) -> dict[str, Any]:
    """What the page of an instrument or obligation is given about dates and changes."""
    day = derived.atlas.settings.as_of
    found: dict[str, Any] = {
        "changes": timeline.changes_of(derived.atlas, record, day),
        "change_kinds": feeds.CHANGE_KINDS,
        "mark": picture.mark,
        "date_states": timeline.STATES,
        "layers": matrix.LAYERS,
    }
    if hasattr(record, "timeline"):
        found["entries"] = timeline.of_instrument(record, day)
    return found
