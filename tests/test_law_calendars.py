"""The calendar of a workload holds the days that concern it, under identifiers that stay."""

from __future__ import annotations

from dataclasses import replace

import pytest
import vobject

from macros.derive import Derived
from macros.law import feeds
from macros.model import Event

BASE = "https://atlas.example/"
ACT = "eu-ai-act"


def told(content: bytes) -> dict[str, str]:
    """Identifier -> summary."""
    events = vobject.readOne(content.decode()).contents.get("vevent", [])
    return {event.uid.value: event.summary.value for event in events}


def own(derived: Derived, workload: str) -> str:
    return "\n".join(told(feeds.workload_calendar(derived, derived.workloads[workload], BASE)).values())


def test_a_workload_without_a_class_has_no_day_of_a_class(derived: Derived) -> None:
    assert not [n for n in derived.workloads["code-completion"].notes if n.obligation.applies_when.annex_iii]
    for words in ("High-risk", "Annex I", "public authorities", "sandbox", "Delegated acts", "guidance with"):
        assert words not in own(derived, "code-completion"), words


def test_a_workload_has_the_days_of_the_classes_it_meets(derived: Derived) -> None:
    assert "High-risk classification" in own(derived, "recruitment-screening")
    assert "public authorities must comply" in own(derived, "public-benefit-casework")
    assert "for devices that need a notified body" in own(derived, "clinical-documentation")


def test_days_of_authorities_stand_in_the_whole_calendar_only(derived: Derived) -> None:
    whole = "\n".join(told(feeds.calendar(derived, BASE)).values())
    every = "\n".join(own(derived, id_) for id_ in derived.workloads)
    events = [e for i in derived.atlas.instruments.values() for e in i.timeline if e.concerns == "authorities"]
    to_come = [event for event in events if event.date > derived.atlas.settings.as_of]
    assert len(to_come) > 3
    for event in events:
        text = " ".join(event.event.split())
        assert (text in whole) == (event in to_come)
        assert text not in every


def test_each_day_concerns_an_obligation_of_the_workload(derived: Derived) -> None:
    for id_, item in derived.workloads.items():
        met = {note.obligation.id for note in item.notes if note.state != "proposed"}
        summaries = set(told(feeds.workload_calendar(derived, item, BASE)).values())
        for instrument in derived.atlas.instruments.values():
            for event in instrument.timeline:
                wanted = feeds.concerned(derived, instrument, event)
                title = f"{instrument.title}: {' '.join(event.event.split())}"
                assert title not in summaries or not wanted or wanted & met, (id_, event.event)


@pytest.mark.parametrize("day", ["2027-08-02", "2027-01-01"])
def test_identifiers_stay_when_another_day_is_added(derived: Derived, day: str) -> None:
    act = derived.atlas.instruments[ACT]
    added = Event(date=day, event="A new day of the same date.", confidence="confirmed", sources=act.sources[:1])
    more = replace(act, timeline=(added, *act.timeline))
    atlas = replace(derived.atlas, instruments={**derived.atlas.instruments, ACT: more})
    before, after = told(feeds.calendar(derived, BASE)), told(feeds.calendar(replace(derived, atlas=atlas), BASE))
    assert before.items() <= after.items()
    assert len(after) == len(before) + 1
