"""What the page `/regulation/` is given: timeline, instruments in groups, and what law asks of a stack.

Which obligations are told there is an editorial choice and stands here; what is said of them is theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from macros.derive import Derived
from macros.law import feeds, picture, timeline
from macros.law.counts import headline
from macros.law.notes import STATES, state_on
from macros.model import Instrument, Obligation
from macros.page_spec import PageSpec

STACK_DUTIES = (
    ("Keep the logs", "ai-act-26-6-keep-logs"),
    ("Answer for the input data", "ai-act-26-4-input-data"),
    ("Let a person oversee and stop", "ai-act-26-2-human-oversight"),
    ("Monitor, suspend and report", "ai-act-26-5-monitor-stop-report"),
)
"""The duties of a deployer that only control of the stack, or a contract for it, can meet."""

COMPOUNDING: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "Personal data leave the Union",
        "A model endpoint outside the Union that receives personal data is normally a transfer on top of a "
        "processor. The ground for the United States "
        "is a decision that is under appeal.",
        ("gdpr-44-46-transfers", "dpf-certified-and-fallback", "gdpr-48-foreign-orders"),
    ),
    (
        "Logs and vectors are personal data too",
        "The logs that one law wants kept, another wants short, findable and erasable.",
        ("gdpr-5-minimise-and-delete", "gdpr-15-access", "gdpr-17-erase"),
    ),
    (
        "Contract, security and assessment",
        "A vendor that sees personal data is bound by contract; security and assessment stay with you in every "
        "deployment.",
        ("gdpr-28-processor-contract", "gdpr-32-security", "gdpr-35-impact-assessment"),
    ),
    (
        "Health and consumer data in the United States",
        "HIPAA reaches a vendor that holds health information through a contract of its own; California regulates "
        "automated decisions, asks for a risk assessment and for a contract with each service provider.",
        (
            "hipaa-business-associate-contract",
            "hipaa-164-312-technical-safeguards",
            "ccpa-7150-risk-assessment",
            "ccpa-admt-notice-optout-access",
            "ccpa-1798-100-d-service-provider-contract",
        ),
    ),
    (
        "Third-party risk in finance",
        "For a financial entity an API is an ICT service with a register, a contract and an exit. US guidance on "
        "model risk is no law and leaves generative tools outside, but not ungoverned.",
        (
            "dora-28-register",
            "dora-28-29-before-signing",
            "dora-28-8-exit",
            "dora-30-contract",
            "sr-26-2-govern-generative-tools",
        ),
    ),
)
"""Where one law adds to another: title, why, and obligations."""

FRAMEWORK = "data-privacy-framework"
_GROUPS = (
    ("European Union", ("eu",)),
    ("United Kingdom and Switzerland", ("uk", "ch")),
    ("United States", ("us", "us-ca", "us-co", "us-nyc")),
    ("International standards", ("international",)),
)


@dataclass(frozen=True, slots=True)
class Told:
    """An obligation as it is shown there."""

    title: str
    obligation: Obligation
    state: str


def values(derived: Derived, pages: tuple[PageSpec, ...]) -> dict[str, Any]:
    """What the template is given. `pages` are the other pages about law."""
    atlas, day = derived.atlas, derived.atlas.settings.as_of
    grouped = groups(derived)
    order = [instrument.id for _, instruments in grouped for instrument in instruments]
    entries = timeline.entries(atlas, day)
    return {
        "pages": pages,
        "headline": headline(s for s in (state_on(o, day) for o in atlas.obligations.values()) if s in STATES),
        "drawings": [picture.draw(entries, order, day, form) for form in (picture.WIDE, picture.TALL)],
        "mark": picture.mark,
        "told": picture.told,
        "calendar_of": feeds.dates_of,
        "states": timeline.STATES,
        "present": [state for state in timeline.STATES if any(entry.state == state for entry in entries)],
        "coming": timeline.coming(entries),
        "happened": timeline.happened(entries),
        "proposals": timeline.proposals(entries),
        "moved": timeline.moved(entries),
        "latest": timeline.changes_until(atlas, day)[:6],
        "groups": grouped,
        "duties": [_told(derived, id_, title) for title, id_ in STACK_DUTIES],
        "compounding": [(title, why, [_told(derived, id_) for id_ in ids]) for title, why, ids in COMPOUNDING],
        "framework": timeline.of_instrument(atlas.instruments[FRAMEWORK], day),
    }


def groups(derived: Derived) -> tuple[tuple[str, tuple[Instrument, ...]], ...]:
    """All instruments by where they apply; within a group, those that most workloads meet first."""
    instruments = derived.atlas.instruments.values()

    def most_met(instrument: Instrument) -> tuple[int, str]:
        return -len(derived.by_instrument[instrument.id]), instrument.title

    listed = {j for _, jurisdictions in _GROUPS for j in jurisdictions}
    rest = tuple(dict.fromkeys(i.jurisdiction for i in instruments if i.jurisdiction not in listed))
    found = (
        (title, tuple(sorted((i for i in instruments if i.jurisdiction in wanted), key=most_met)))
        for title, wanted in (*_GROUPS, ("Elsewhere", rest))
    )
    return tuple((title, own) for title, own in found if own)


def _told(derived: Derived, id_: str, title: str | None = None) -> Told:
    obligation = derived.atlas.obligations[id_]
    return Told(title or obligation.title, obligation, state_on(obligation, derived.atlas.settings.as_of))
