"""Rows about law: the class under the EU AI Act, and every obligation that one of the workloads meets.

Law is kept apart from guidance, from what is voluntary and from proposals, as `/regulation/` tells them.
"""

from __future__ import annotations

from collections.abc import Callable

from macros.compare import cells as c
from macros.derive import Derived, DerivedWorkload
from macros.law import AI_ACT
from macros.law.counts import headline
from macros.law.matrix import rows_by_law
from macros.law.notes import Note
from macros.law.questions import subject
from macros.law.workload import BY, Group
from macros.model import Atlas, Obligation
from macros.urls import address

EXEMPTION = {"no": "not open", "depends": "depends", "yes": "open"}
ANSWERED = {"you": "you", "both": "you and a contract", "vendor-contract": "a contract"}
"""Who answers an obligation, by how it runs."""

PARTS: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
    (
        "law",
        "Law",
        ("in-force", "applies-from"),
        "Adopted, in force or from the day given. Each holds only where its law reaches.",
    ),
    ("guidance", "Guidance", ("guidance",), "Of authorities; no law by itself."),
    (
        "voluntary",
        "Voluntary or by contract",
        ("voluntary",),
        "Standards, and rules that bind who agrees to them.",
    ),
    ("proposed", "Proposed, not law", ("proposed",), "None of these asks anything of anybody yet."),
)
"""Id, heading, states, and what to know of them. The same kinds are told apart in `macros.law.counts`."""


def classes(derived: Derived) -> c.Section:
    """The class of the use, what it rests on, and what is open."""
    atlas, workloads = derived.atlas, derived.workloads

    def act(name: str, vocabulary: str) -> Callable[[DerivedWorkload], c.Cell | None]:
        def cell(item: DerivedWorkload) -> c.Cell | None:
            found = [c.tag(atlas.label(vocabulary, id_)) for id_ in getattr(item.workload.facts.ai_act, name)]
            return c.items(*found) if found else None

        return cell

    def points(item: DerivedWorkload) -> c.Cell | None:
        found = [c.tag(atlas.label("annex-iii-points", p.point)) for p in item.workload.facts.ai_act.annex_iii]
        return c.items(*found) if found else None

    return c.Section(
        "class",
        "EU AI Act class",
        (
            c.row("class", c.link("Class", address("instruments", AI_ACT)), workloads, _class),
            c.row("annex-iii", "Points of Annex III", workloads, points, absent="none"),
            c.row("exemption", "Exemption of Article 6(3)", workloads, _exemption, absent="not asked"),
            c.row(
                "told",
                "Must be told (Article 50)",
                workloads,
                act("transparency", "transparency-triggers"),
                absent="nothing",
            ),
            c.row("product", "Product rules", workloads, act("product", "product-rules"), absent="none"),
            c.row("unclear", "Not settled", workloads, _unclear, absent="nothing stated", own="words"),
        ),
    )


def _class(item: DerivedWorkload) -> c.Cell:
    found = item.classification
    return c.meaning(found.title, (c.strong(found.title),), (c.quiet(found.explanation),))


def _exemption(item: DerivedWorkload) -> c.Cell | None:
    found = item.workload.facts.ai_act.exemption
    return c.meaning(found.open, (c.strong(EXEMPTION[found.open]),), (found.reason,)) if found else None


def _unclear(item: DerivedWorkload) -> c.Cell | None:
    text = item.workload.facts.ai_act.unclear
    return c.said(text) if text else None


def counts(derived: Derived) -> c.Section:
    """How many notes there are of each kind, and who answers them."""
    return c.Section(
        "obligations",
        "Obligations",
        (
            c.row(
                "counted",
                "In all",
                derived.workloads,
                lambda w: c.said(headline(n.state for n in w.notes)),
                own="figures",
            ),
            c.row("urgency", "Of these", derived.workloads, _urgency, own="figures"),
            c.row("answered", "Answered, under its verdict, by", derived.workloads, _answered, own="figures"),
        ),
        f"As of {derived.atlas.settings.as_of}. A filled square is certain from the facts stated, an open one "
        "depends on an answer of yours. “Not noted” says that the facts stated do not meet the condition, not "
        "that no law applies. Information, not legal advice.",
    )


def _urgency(item: DerivedWorkload) -> c.Cell:
    all_ = Group("", "", item.notes)
    return c.lines(
        (f"{all_.now} now",),
        (f"{all_.now_if} now, if an answer brings them in",),
        (f"{all_.later} from a later day",),
    )


def _answered(item: DerivedWorkload) -> c.Cell:
    by = [
        note.obligation.by_deployment[item.verdict.verdict].by for note in item.notes if note.state != "proposed"
    ]
    return c.lines(*((f"{ANSWERED[who]}: {by.count(who)}",) for who in BY))


def obligations(derived: Derived) -> tuple[c.Section, ...]:
    """A section for each kind of note; a row for each obligation, in the order of the matrix."""
    found = rows_by_law(derived)
    sections = []
    for id_, title, states, note in PARTS:
        rows = tuple(_obligation(derived, o, own) for o, own in found if next(iter(own.values())).state in states)
        if rows:
            sections.append(c.Section(id_, title, rows, note, inside="obligations"))
    return tuple(sections)


def _obligation(derived: Derived, o: Obligation, own: dict[str, Note]) -> c.Row:
    atlas = derived.atlas
    state = next(iter(own.values())).state
    roles = ", ".join(atlas.label("roles", role) for role in o.binds)
    return c.Row(
        o.id,
        c.link(o.title, address("obligations", o.id)),
        {id_: _note(atlas, note, derived.workloads[id_].verdict.verdict) for id_, note in own.items()},
        (
            (c.quiet(f"{atlas.instruments[o.instrument].title}, {o.provision}"),),
            (c.quiet(f"binds: {roles}"),),
            state_line(atlas, o, state),
        ),
        absent="not noted",
    )


def _note(atlas: Atlas, note: Note, verdict: str) -> c.Cell:
    """Certain or not is the substance; on what it depends and who answers it follow from class and verdict."""
    about = [subject(atlas, item) for item in note.open if item.condition != "jurisdiction"]
    found: list[c.Line] = [(c.mark("if", "depends"), " ", c.quiet(f"on: {', '.join(dict.fromkeys(about))}"))]
    if not note.conditional:
        found = [(c.mark("yes", "certain"),)]
    if note.state != "proposed":
        found.append((c.quiet(f"answered by {ANSWERED[note.obligation.by_deployment[verdict].by]}"),))
    return c.meaning("if" if note.conditional else "yes", *found)


def state_line(atlas: Atlas, o: Obligation, kind: str) -> c.Line:
    """The state of an obligation in the words of `state` in `_parts.jinja`; a test compares both."""
    if kind == "applies-from":
        moved = [" ", c.quiet(f"moved from {o.moved_from}")] if o.moved_from else []
        return (c.state(kind, f"applies from {o.applies_from}"), *moved)
    contract = atlas.instruments[o.instrument].binding == "contract"
    text = {
        "in-force": f"in force{f' since {o.applies_from}' if o.applies_from else ''}",
        "guidance": "guidance",
        "proposed": "proposed, not law",
        "voluntary": "binds by contract" if contract else "voluntary",
    }[kind]
    return (c.state(kind, text),)
