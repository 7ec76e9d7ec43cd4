"""Dates and states of law on five days: before the AI Act was published, twice between dates, today, and in 2029.

The pages, the JSON, the feed and the calendars are made for each day from the same records; what they say is read
back, the feeds with libraries that did not write them.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date

import feedparser
import lxml.html
import pytest
import vobject

from macros import api
from macros.derive import derive
from macros.law import class_tool, feeds, matrix, picture, timeline
from macros.law.landing import COMPOUNDING, STACK_DUTIES
from macros.model import Atlas
from macros.site import Site, assemble

BASE = "https://atlas.example/"
TODAY = "2026-11-25"
DAYS = ("2024-06-01", "2025-03-01", "2026-09-01", TODAY, "2029-06-01")
NOT_MADE = "not made yet"
STATES = {
    "ai-act-26-6-keep-logs": (
        NOT_MADE,
        "applies from 2026-08-02",
        *["applies from 2027-12-02"] * 2,
        "in force since 2027-12-02",
    ),
    "ai-act-86-explain-decisions": (
        NOT_MADE,
        "applies from 2026-08-02",
        *["applies from 2027-12-02"] * 2,
        "in force since 2027-12-02",
    ),
    "ai-act-4-literacy": (NOT_MADE, *["in force since 2025-02-02"] * 4),
    "ai-act-4a-sensitive-data-for-bias": (*[NOT_MADE] * 2, *["in force since 2026-07-27"] * 3),
    "ai-act-50-1-say-it-is-ai": (NOT_MADE, "applies from 2026-08-02", *["in force since 2026-08-02"] * 3),
    "ai-act-6-1-medical-device": (
        NOT_MADE,
        "applies from 2027-08-02",
        *["applies from 2028-08-02"] * 2,
        "in force since 2028-08-02",
    ),
    "colorado-admt-notice-and-review": (
        *[NOT_MADE] * 2,
        *["applies from 2027-01-01"] * 2,
        "in force since 2027-01-01",
    ),
    "uk-gdpr-22a-22d-automated-decisions": (*[NOT_MADE] * 2, *["in force since 2026-02-05"] * 3),
    "cra-14-report-vulnerabilities": (
        NOT_MADE,
        *["applies from 2026-09-11"] * 2,
        *["in force since 2026-09-11"] * 2,
    ),
    "ehds-secure-environment": (
        *[NOT_MADE] * 2,
        *["applies from 2029-03-26"] * 2,
        "in force since 2029-03-26",
    ),
    "dora-28-8-exit": ("applies from 2025-01-17", *["in force since 2025-01-17"] * 4),
    "gdpr-32-security": ("in force since 2018-05-25",) * 5,
    "ecoa-1002-9-specific-reasons": ("in force",) * 5,
    "gdpr-proposed-ai-legitimate-interest": (*[NOT_MADE] * 2, *["proposed, not law"] * 3),
    "hipaa-proposed-security-rule": (NOT_MADE, *["proposed, not law"] * 4),
    "sr-26-2-govern-generative-tools": (*[NOT_MADE] * 2, *["guidance"] * 3),
    "ai-act-53-one-third-rule": (*[NOT_MADE] * 2, *["guidance"] * 3),
}
"""What each must be told as on each of `DAYS`."""
SHOWN = ("recruitment-screening", "clinical-documentation", "content-moderation")
"""Workloads whose pages are read; the notes of the others come from the same rule."""
LATE = {"2030-01-01", "2030-08-02", "2031-03-26"}
"""The days of law after 1 June 2029."""


@pytest.fixture(scope="module", params=DAYS)
def site_on(request: pytest.FixtureRequest, atlas: Atlas) -> Site:
    """The site as it would be on one of the days."""
    return assemble(derive(replace(atlas, settings=replace(atlas.settings, as_of=request.param))))


@pytest.fixture(scope="module")
def fed(site_on: Site) -> dict[str, bytes]:
    """The feed and the calendars of that site."""
    return feeds.files(site_on.derived, BASE)


def as_of(site: Site) -> str:
    return site.derived.atlas.settings.as_of


def page(site: Site, path: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(f"<article>{site.render(path, 'edit/')}</article>")


def text(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def states_in(element: lxml.html.HtmlElement) -> list[str]:
    return [text(found) for found in element.xpath(".//*[contains(concat(' ', @class, ' '), ' wa-state ')]")]


def calendar(content: bytes) -> list[vobject.base.Component]:
    parsed = vobject.readOne(content.decode())
    parsed.validate(raiseException=True)
    return list(parsed.contents.get("vevent", []))


def test_the_days_include_today(atlas: Atlas) -> None:
    assert atlas.settings.as_of == TODAY


def test_obligation_pages_state_what_holds_on_the_day(site_on: Site) -> None:
    for id_, told in STATES.items():
        own = page(site_on, f"obligations/{id_}/")
        assert states_in(own)[0] == told[DAYS.index(as_of(site_on))], id_


def test_the_matrix_and_the_json_say_the_same_as_the_pages(site_on: Site) -> None:
    rows = {
        row.xpath("./th/a/@href")[0].split("/")[-2]: row
        for row in page(site_on, "regulation/matrix/").xpath("//tbody/tr")
    }
    for id_, states in STATES.items():
        told = states[DAYS.index(as_of(site_on))]
        assert (id_ in rows) == (told != NOT_MADE), id_
        assert told == NOT_MADE or states_in(rows[id_])[0] == told, id_
    files = api.files(site_on.derived)
    for workload in site_on.derived.workloads:
        for note in json.loads(files[f"api/workloads/{workload}.json"])["derived"]["obligations"]:
            if note["id"] in STATES:
                own = STATES[note["id"]][DAYS.index(as_of(site_on))]
                assert own.startswith(note["state"].replace("-", " ")), note["id"]
                assert not note["applies_from"] or note["state"] == "guidance" or note["applies_from"] in own
    for id_, states in STATES.items():
        derived = json.loads(files[f"api/obligations/{id_}.json"])["derived"]
        told = states[DAYS.index(as_of(site_on))]
        assert (derived["state"] == "not-yet") == (told == NOT_MADE), id_
        assert told != NOT_MADE or derived["applies_from"] is None, id_


def test_workload_pages_state_what_holds_on_the_day(site_on: Site) -> None:
    seen = set()
    for workload in SHOWN:
        own = page(site_on, f"workloads/{workload}/law/")
        for note in site_on.derived.workloads[workload].notes:
            if note.obligation.id in STATES:
                body = own.xpath(f"//details[.//a[contains(@href, 'obligations/{note.obligation.id}/')]]")
                assert body, (workload, note.obligation.id)
                told = STATES[note.obligation.id][DAYS.index(as_of(site_on))]
                assert any(told in text(found) for found in body), (workload, note.obligation.id)
                seen.add(told.split(" 2")[0])
    assert "in force since" in seen
    assert ("proposed, not law" in seen) == (as_of(site_on) >= "2025-01-06")
    assert NOT_MADE not in seen


def test_a_proposal_never_reads_as_law(site_on: Site, fed: dict[str, bytes]) -> None:
    proposed = [o for o in site_on.derived.atlas.obligations.values() if o.state == "proposed"]
    assert bool(proposed) == (as_of(site_on) >= "2025-01-06")
    for obligation in proposed:
        own = page(site_on, f"obligations/{obligation.id}/")
        assert states_in(own)[0] == "proposed, not law"
        assert "has no day from which it must be followed" in text(own)
        assert not re.search(r"(?i)in force|applies from \d", " ".join(states_in(own))), obligation.id
    for path, content in fed.items():
        if path.endswith(".ics"):
            unfolded = content.decode().replace("\r\n ", "")
            assert not re.search(r"(?i)SUMMARY:.*\b(propos|draft)", unfolded), path
            assert not any(obligation.title in unfolded for obligation in proposed), path
    landing = page(site_on, "regulation/")
    for row in landing.xpath("//li[contains(@class, 'wa-dates__later') or contains(@class, 'wa-dates__past')]"):
        assert "proposed" not in " ".join(states_in(row)).lower()
        assert not re.search(
            r"\b(propos\w+|draft\w*)\b", text(row).split(" Moved from")[0], re.I
        ) or "bans" in text(row)


def test_nothing_of_the_ai_act_is_told_before_it_was_published(site_on: Site, fed: dict[str, bytes]) -> None:
    """It was published on 12 July 2024 (change `ai-act-published-2024`); DORA was, in December 2022."""
    if as_of(site_on) != DAYS[0]:
        assert any(
            n.obligation.instrument == "eu-ai-act" for d in site_on.derived.workloads.values() for n in d.notes
        )
        return
    for id_, item in site_on.derived.workloads.items():
        assert not [n for n in item.notes if n.obligation.instrument == "eu-ai-act"], id_
    landing = page(site_on, "regulation/")
    assert not landing.xpath(
        "//ul[contains(@class, 'wa-dates')]/li[.//a[contains(@href, 'instruments/eu-ai-act/')]]"
    )
    assert b"AI Act" not in fed[feeds.DATES]
    assert b"DORA" in fed[feeds.DATES]
    assert "no law on 1 June 2024" in text(page(site_on, "regulation/class/"))
    box = page(site_on, "workloads/recruitment-screening/law/").xpath("//*[@class='wa-class']")[0]
    assert "not law yet on 2024-06-01" in text(box)


def test_before_the_omnibus_its_dates_and_bans_are_unknown(site_on: Site, fed: dict[str, bytes]) -> None:
    """It was published on 24 July 2026 (change `ai-omnibus-high-risk-annex-iii-postponed-2026`)."""
    day = as_of(site_on)
    every = " ".join(
        [
            text(page(site_on, "regulation/")),
            text(page(site_on, "instruments/eu-ai-act/").xpath("//ul[contains(@class, 'wa-dates')] | //p")[0]),
            fed[feeds.DATES].decode(),
            fed[feeds.dates_of("recruitment-screening")].decode(),
        ]
    )
    late = [found for found in ("2 December 2027", "2027-12-02", "20271202", "SB 26-189 takes") if found in every]
    assert bool(late) == (DAYS[2] <= day < "2027-12-02") or day == DAYS[4]
    questions = page(site_on, "regulation/class/")
    assert bool(questions.xpath("//*[@id='question-intimate_images']")) == (day >= "2026-07-24")
    script = class_tool.data(site_on.derived)
    bans = next(step for step in script["steps"] if step["id"] == "bans")
    assert ("abuse_material" in {fact["id"] for fact in bans["facts"]}) == (day >= "2026-07-24")
    asked = sum(len(step["facts"]) for step in script["steps"])
    assert {len(item["answers"]) for item in script["workloads"]} == {asked}


def test_the_landing_page_parts_past_and_future_at_the_day(site_on: Site) -> None:
    day, landing = as_of(site_on), page(site_on, "regulation/")
    later = landing.xpath("//li[contains(@class, 'wa-dates__later')]/time/@datetime")
    passed = landing.xpath("//li[contains(@class, 'wa-dates__past')]/time/@datetime")
    proposed = landing.xpath("//ul[contains(@class, 'wa-dates--proposed')]/li/time/@datetime")
    law = [e for i in site_on.derived.atlas.instruments.values() for e in i.timeline if e.kind == "law"]
    assert later == sorted(event.date for event in law if event.date > day)
    assert set(passed) >= {event.date for event in law if event.date <= day}
    assert all(date <= day for date in (*passed, *proposed))
    assert bool(proposed) == (day > "2025")
    if day == DAYS[-1]:
        assert set(later) == LATE


def test_the_picture_draws_each_state_by_a_shape_of_its_own_and_what_moved(site_on: Site) -> None:
    landing = page(site_on, "regulation/")
    drawings = landing.xpath("//figure/svg")
    assert len(drawings) == 2
    for drawing in drawings:
        shapes: dict[str, set[str]] = {}
        for mark in drawing.xpath(".//g"):
            own = lxml.html.tostring(mark, encoding="unicode").split("</title>")[1]
            shapes.setdefault(mark.get("class"), set()).add(own)
        assert all(len(found) == 1 for found in shapes.values())
        assert len({next(iter(found)) for found in shapes.values()}) == len(shapes)
        assert ("wa-tmark wa-tmark--to-come" in shapes) and ("wa-tmark wa-tmark--applies" in shapes)
    day = as_of(site_on)
    moved = [
        e for e in timeline.entries(site_on.derived.atlas, day) if e.event.moved_from and e.state == "to-come"
    ]
    for entry in moved:
        before = entry.event.moved_from or ""
        assert f"was {picture.told(before)}" in text(drawings[0])
        assert f"was {picture.told(before, short=True)}" in text(drawings[1])
    assert f"now, {picture.told(day)}" in text(drawings[0])


def test_calendars_hold_the_days_of_law_to_come_and_no_others(site_on: Site, fed: dict[str, bytes]) -> None:
    atlas, day = site_on.derived.atlas, as_of(site_on)
    wanted = {e.date for i in atlas.instruments.values() for e in i.timeline if e.kind == "law" and e.date > day}
    wanted |= {
        o.applies_from or ""
        for o in atlas.obligations.values()
        if o.state == "adopted" and (o.applies_from or "") > day
    }
    events = calendar(fed[feeds.DATES])
    assert {event.dtstart.value.isoformat() for event in events} == wanted
    assert not wanted or min(wanted) > day
    if day == DAYS[-1]:
        assert wanted == LATE
    for path in (feeds.DATES, *map(feeds.dates_of, site_on.derived.workloads)):
        events = calendar(fed[path])
        uids = [event.uid.value for event in events]
        assert len(set(uids)) == len(uids), path
        for event in events:
            assert event.dtstart.value > date.fromisoformat(day)
            assert (event.dtend.value - event.dtstart.value).days == 1
            assert event.dtstamp.value.strftime("%Y-%m-%dT%H:%M:%SZ") == f"{day}T00:00:00Z"
            assert event.url.value.startswith(BASE)
            assert "not legal advice" in event.description.value


def test_a_workload_has_the_days_of_the_obligations_it_meets(site_on: Site, fed: dict[str, bytes]) -> None:
    for id_, item in site_on.derived.workloads.items():
        events = calendar(fed[feeds.dates_of(id_)])
        begun = {
            (event.dtstart.value.isoformat(), line)
            for event in events
            if event.uid.value.startswith(f"{id_}-")
            for line in event.description.value.split("\n")
        }
        for note in item.notes:
            told = any(
                day == note.obligation.applies_from and note.obligation.title in line for day, line in begun
            )
            assert told == (note.state == "applies-from"), (id_, note.obligation.id)


def test_the_feed_is_read_by_a_reader_and_ends_at_the_day(site_on: Site, fed: dict[str, bytes]) -> None:
    day = as_of(site_on)
    known = [change for change in site_on.derived.atlas.changes.values() if change.date <= day]
    found = feedparser.parse(fed[feeds.FEED])
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    assert len(found.entries) == len(known)
    dates = [entry.published[:10] for entry in found.entries]
    assert dates == sorted(dates, reverse=True)
    assert len({entry.id for entry in found.entries}) == len(known)
    proposed = {change.id for change in known if change.kind == "proposed"}
    for entry in found.entries:
        marked = entry.title.startswith("Proposed, not law: ")
        assert marked == (entry.id.split("/")[-1] in proposed)
        assert entry.link == f"{BASE}regulation/changes/#{entry.id.split('/')[-1]}"
    log = page(site_on, "regulation/changes/").xpath("//section[contains(@class, 'wa-change ')]/@id")
    assert sorted(log) == sorted(change.id for change in known)


def test_pages_of_obligations_and_instruments_tell_the_changes_until_the_day(site_on: Site) -> None:
    day, atlas = as_of(site_on), site_on.derived.atlas
    for folder, id_ in (("obligations", "ai-act-26-6-keep-logs"), ("instruments", "eu-ai-act")):
        field = "obligations" if folder == "obligations" else "instruments"
        wanted = {c.id for c in atlas.changes.values() if id_ in getattr(c, field) and c.date <= day}
        links = page(site_on, f"{folder}/{id_}/").xpath("//a[contains(@href, 'regulation/changes/#')]/@href")
        assert {link.split("#")[1] for link in links} == wanted
    own = text(page(site_on, "obligations/ai-act-26-6-keep-logs/"))
    assert ("Moved from 2026-08-02." in own) == (day >= "2026-07-24")


def test_feeds_are_the_same_each_time(site_on: Site, fed: dict[str, bytes]) -> None:
    assert feeds.files(site_on.derived, BASE) == fed


def test_every_page_about_law_says_that_it_is_no_advice(site_on: Site) -> None:
    own = ("regulation/", "regulation/matrix/", "regulation/changes/", "regulation/evidence/")
    for path in (
        *own,
        "instruments/eu-ai-act/",
        "obligations/ai-act-4-literacy/",
        "workloads/machine-translation/",
        "workloads/machine-translation/law/",
    ):
        assert "not legal advice" in text(page(site_on, path)), path


def test_the_landing_page_links_to_the_obligations_it_tells_of(site_on: Site) -> None:
    links = set(page(site_on, "regulation/").xpath("//a/@href"))
    for id_ in [id_ for _, id_ in STACK_DUTIES] + [id_ for _, _, ids in COMPOUNDING for id_ in ids]:
        assert f"../obligations/{id_}/" in links
    others = {path for path in site_on.pages if path.startswith("regulation/") and path != "regulation/"}
    assert {f"../{path}" for path in others} <= links
    for instrument in site_on.derived.atlas.instruments:
        assert f"../instruments/{instrument}/" in links


def test_the_csv_has_every_note_once_and_agrees_with_the_records(site_on: Site) -> None:
    rows = list(csv.DictReader(io.StringIO(api.files(site_on.derived)[matrix.CSV])))
    pairs = [(row["workload_id"], row["obligation_id"]) for row in rows]
    wanted = [(id_, n.obligation.id) for id_, item in site_on.derived.workloads.items() for n in item.notes]
    assert sorted(pairs) == sorted(wanted)
    for row in rows:
        obligation = site_on.derived.atlas.obligations[row["obligation_id"]]
        assert row["applies_from"] == (obligation.applies_from or "")
        assert row["as_of"] == as_of(site_on)
        if obligation.state == "proposed":
            assert row["state"] == "proposed, not law" and row["applies_from"] == ""


def test_the_evidence_table_lists_every_provision_unconfirmed_first(site_on: Site) -> None:
    rows = page(site_on, "regulation/evidence/").xpath("//tbody/tr")
    assert len(rows) == len(site_on.derived.atlas.obligations)
    flags = [row.get("data-unconfirmed") for row in rows]
    assert flags == sorted(flags, reverse=True)
    assert "yes" in flags
    for row in rows:
        obligation = site_on.derived.atlas.obligations[row.xpath("./th/a/@href")[0].split("/")[-2]]
        assert obligation.text_url in row.xpath(".//a/@href")
        assert row.xpath(".//time/@datetime") == [obligation.reviewed]
        for source in (site_on.derived.atlas.sources[id_] for id_ in obligation.sources):
            assert source.seen_in is None or source.seen_in in row.xpath(".//a/@href")
