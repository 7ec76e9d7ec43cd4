"""What programs subscribe to: the change log as an Atom feed, and days of law to come as calendars.

The same atlas gives the same bytes: times come from `as_of` and the days of the records, never from the clock.
Proposals are in the feed, marked in the title; they are never in a calendar. The feed is written with the standard
library: it has a dozen kinds of element, and the libraries at hand stamp it with the time of the build.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from xml.etree import ElementTree

from icalendar import Calendar
from icalendar import Event as Day

from macros.derive import Derived, DerivedWorkload
from macros.law import ADVICE
from macros.law.matrix import only_if
from macros.law.notes import Note, state_on
from macros.law.timeline import changes_until, coming, of_instrument
from macros.model import Change, Event, Instrument, Obligation
from macros.urls import address, law_address, to_root
from macros.words import one_line

FEED = "regulation/changes.xml"
DATES = "regulation/dates.ics"
CHANGE_KINDS: dict[str, str] = {
    "adopted": "Adopted",
    "in-force": "Applies",
    "postponed": "Postponed",
    "replaced": "Replaced",
    "repealed": "Repealed",
    "judgment": "Court",
    "guidance": "Guidance",
    "proposed": "Proposed, not law",
    "withdrawn": "Withdrawn",
}
"""How a kind of change is told, in the log and in the feed."""
_ATOM = "http://www.w3.org/2005/Atom"
_HOST = "workload-atlas.example"
"""Part of identifiers, which stay when the site moves; not an address."""


def dates_of(workload: str) -> str:
    """Path of the calendar of a workload below the site root."""
    return f"workloads/{workload}/dates.ics"


def files(derived: Derived, base: str) -> dict[str, bytes]:
    """Path below the site root -> content, for the feed and every calendar.

    `base` is the address of the site, or empty: links of the feed are then relative to it, and calendars, which
    know no relative address, have none.
    """
    return {
        FEED: atom(derived, base),
        DATES: calendar(derived, base),
        **{dates_of(id_): workload_calendar(derived, item, base) for id_, item in derived.workloads.items()},
    }


def atom(derived: Derived, base: str) -> bytes:
    """The change log until `as_of`, newest first, by RFC 4287."""
    changes = changes_until(derived.atlas, derived.atlas.settings.as_of)
    base = base or to_root(FEED)
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en"})
    _add(feed, "id", f"tag:{_HOST},2026:regulation/changes")
    _add(feed, "title", f"{derived.atlas.settings.title}: what changed in the law")
    _add(feed, "subtitle", f"Changes of law, guidance, judgments and proposals. {ADVICE}")
    _add(feed, "updated", _moment(max((c.reviewed for c in changes), default=derived.atlas.settings.as_of)))
    _add(feed, "link", rel="self", href=f"{base}{FEED}", type="application/atom+xml")
    _add(feed, "link", rel="alternate", href=f"{base}{address('changes')}", type="text/html")
    _add(ElementTree.SubElement(feed, f"{{{_ATOM}}}author"), "name", derived.atlas.settings.title)
    for change in changes:
        _entry(ElementTree.SubElement(feed, f"{{{_ATOM}}}entry"), derived, change, base)
    ElementTree.indent(feed, " ")
    text: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _entry(entry: ElementTree.Element, derived: Derived, change: Change, base: str) -> None:
    since = "It would" if change.kind == "proposed" else "Since"
    instruments = ", ".join(derived.atlas.instruments[id_].title for id_ in change.instruments)
    unsure = "" if change.confidence == "confirmed" else " Unconfirmed: not read in the original."
    _add(entry, "id", f"tag:{_HOST},2026:changes/{change.id}")
    _add(entry, "title", f"{CHANGE_KINDS[change.kind]}: {one_line(change.title)}")
    _add(entry, "published", _moment(change.date))
    _add(entry, "updated", _moment(max(change.date, change.reviewed)))
    _add(entry, "link", rel="alternate", href=f"{base}{address('changes', change.id)}", type="text/html")
    for id_ in change.instruments:
        _add(entry, "category", term=id_, label=derived.atlas.instruments[id_].title)
    _add(
        entry,
        "content",
        f"{instruments}. Before: {one_line(change.before)} {since}: {one_line(change.after)}{unsure} {ADVICE}",
        type="text",
    )


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> None:
    ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes).text = text or None


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


@dataclass(frozen=True, slots=True)
class _Date:
    """One entry of a calendar. `uid` stays the same while day and text stay the same, whatever else is added."""

    day: str
    uid: str
    title: str
    text: str
    page: str


def calendar(derived: Derived, base: str) -> bytes:
    """Every day of law after `as_of`: from the timelines, and from obligations that apply later."""
    day = derived.atlas.settings.as_of
    starting = [(o, "") for o in derived.atlas.obligations.values() if state_on(o, day) == "applies-from"]
    dates = [*_of_timelines(derived, derived.atlas.instruments), *_of_obligations(derived, starting, "all")]
    return _write(derived, dates, base, "law to come", "regulation/")


def workload_calendar(derived: Derived, item: DerivedWorkload, base: str) -> bytes:
    """The days that concern an obligation which a workload meets, and the days on which these begin."""
    met = [note.obligation for note in item.notes if note.state != "proposed"]
    instruments = dict.fromkeys(obligation.instrument for obligation in met)
    starting = [(n.obligation, _condition(derived, n)) for n in item.notes if n.state == "applies-from"]
    days = _of_timelines(derived, instruments, {obligation.id for obligation in met})
    dates = [*days, *_of_obligations(derived, starting, item.workload.id)]
    name = f"law to come for {one_line(item.workload.title)}"
    return _write(derived, dates, base, name, law_address(item.workload.id))


def _condition(derived: Derived, note: Note) -> str:
    found = only_if(derived.atlas, note)
    return f" Depends on: {found}" if found else ""


def concerned(derived: Derived, instrument: Instrument, event: Event) -> frozenset[str]:
    """The obligations that a day of law concerns: as stated, or those of the instrument that begin on it.

    None means that the day concerns all who are under the instrument.
    """
    if event.obligations:
        return frozenset(event.obligations)
    own = derived.obligations_of[instrument.id]
    return frozenset(obligation.id for obligation in own if obligation.applies_from == event.date)


def _of_timelines(derived: Derived, instruments: Iterable[str], met: Collection[str] | None = None) -> list[_Date]:
    """Days of timelines to come; with `met`, without those of authorities and those that concern none of it."""
    found = []
    for id_ in instruments:
        instrument = derived.atlas.instruments[id_]
        for entry in coming(of_instrument(instrument, derived.atlas.settings.as_of)):
            event = entry.event
            wanted = concerned(derived, instrument, event)
            if met is not None and (event.concerns or (wanted and not wanted & set(met))):
                continue
            text = sha256(one_line(event.event).encode()).hexdigest()[:12]
            before = f" Moved from {event.moved_from}." if event.moved_from else ""
            unsure = "" if event.confidence == "confirmed" else "Unconfirmed: "
            found.append(
                _Date(
                    entry.date,
                    f"{id_}-{entry.date}-{text}",
                    f"{unsure}{instrument.title}: {one_line(event.event)}",
                    f"{one_line(event.event)}{before} {instrument.full_title}.",
                    address("instruments", id_),
                )
            )
    return found


def _of_obligations(derived: Derived, starting: Iterable[tuple[Obligation, str]], owner: str) -> list[_Date]:
    """Obligations of one instrument that begin on one day are one entry."""
    together: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for obligation, condition in starting:
        before = f", moved from {obligation.moved_from}" if obligation.moved_from else ""
        text = f"{obligation.provision}: {one_line(obligation.title)}{before}."
        together.setdefault((obligation.applies_from or "", obligation.instrument), []).append((text, condition))
    return [
        _Date(
            day,
            f"{owner}-{id_}-{day}-obligations",
            f"{derived.atlas.instruments[id_].title}: {_counted([condition for _, condition in texts])}",
            "\n".join(_grouped(texts)),
            address("instruments", id_),
        )
        for (day, id_), texts in sorted(together.items())
    ]


def _counted(conditions: list[str]) -> str:
    """How many apply for certain, and how many depend on an answer."""
    sure = sum(not condition for condition in conditions)
    more = len(conditions) - sure
    if not sure:
        return f"{more} {'obligation' if more == 1 else 'obligations'} may apply from this day"
    told = f"{sure} {'obligation applies' if sure == 1 else 'obligations apply'} from this day"
    return f"{told}, {more} more may" if more else told


def _grouped(texts: list[tuple[str, str]]) -> list[str]:
    """What is certain first; then, under each condition told once, what depends on it."""
    lines = [text for text, condition in texts if not condition]
    for condition in dict.fromkeys(condition for _, condition in texts if condition):
        lines.append(condition.strip())
        lines += [f"- {text}" for text, own in texts if own == condition]
    return lines


def _write(derived: Derived, dates: Iterable[_Date], base: str, name: str, page: str) -> bytes:
    settings = derived.atlas.settings
    found = Calendar()
    found.add("prodid", f"-//{settings.title}//Dates of law//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", f"{settings.title}: {name}")
    about = f"Days after {settings.as_of}. Proposals are left out. {ADVICE}"
    found.add("x-wr-caldesc", f"{about} {base}{page}" if base else about)
    stamp = datetime.fromisoformat(settings.as_of).replace(tzinfo=UTC)
    for item in sorted(dates, key=lambda item: (item.day, item.uid)):
        start = date.fromisoformat(item.day)
        event = Day()
        event.add("uid", f"{item.uid}@{_HOST}")
        event.add("dtstamp", stamp)
        event.add("dtstart", start)
        event.add("dtend", start + timedelta(days=1))
        event.add("summary", item.title)
        event.add("description", f"{item.text}\n\n{ADVICE} As of {settings.as_of}.")
        if base:
            event.add("url", f"{base}{item.page}")
        event.add("transp", "TRANSPARENT")
        found.add_component(event)
    text: bytes = found.to_ical()
    return text
