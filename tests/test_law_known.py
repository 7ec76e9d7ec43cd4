"""What was law on a day: derived from the records and the changes, and identical today."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from macros.law import known
from macros.law.notes import state_on
from macros.model import Atlas
from tests.conftest import ROOT, run_atlas


def on(atlas: Atlas, id_: str, day: str) -> tuple[str, str | None]:
    found = known.on(atlas, day).obligations[id_]
    return state_on(found, day), found.applies_from


def told(*arguments: str) -> Any:
    done = run_atlas(*arguments, "--json", cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("day", ["2026-11-25", "2029-06-01"])
def test_today_and_later_nothing_is_taken_away(atlas: Atlas, day: str) -> None:
    then = known.on(atlas, day)
    assert (then.obligations, then.instruments, then.questions) == (
        atlas.obligations,
        atlas.instruments,
        atlas.questions,
    )


@pytest.mark.parametrize(
    ("id_", "made"),
    [
        ("ai-act-26-6-keep-logs", "2024-07-12"),
        ("ai-act-4a-sensitive-data-for-bias", "2026-07-24"),
        ("colorado-admt-notice-and-review", "2026-05-14"),
        ("uk-gdpr-22a-22d-automated-decisions", "2025-06-19"),
        ("dora-30-5-subcontracting", "2025-07-02"),
        ("gdpr-32-security", "2016-05-04"),
        ("gdpr-proposed-ai-legitimate-interest", "2025-11-19"),
        ("sr-26-2-govern-generative-tools", "2026-04-17"),
    ],
)
def test_what_was_made_later_is_unknown_the_day_before(atlas: Atlas, id_: str, made: str) -> None:
    assert known.made(atlas, atlas.obligations[id_]) == made
    before = f"{made[:8]}{int(made[8:]) - 1:02}"
    assert on(atlas, id_, before) == (known.NOT_YET, None)
    assert on(atlas, id_, made)[0] != known.NOT_YET


def test_law_without_a_first_day_is_older_than_every_day(atlas: Atlas) -> None:
    assert on(atlas, "ecoa-1002-9-specific-reasons", "2019-01-01") == ("in-force", None)


def test_before_the_postponement_annex_iii_said_august_2026(atlas: Atlas) -> None:
    then = known.on(atlas, "2026-07-23")
    moved = [
        o for o in atlas.obligations.values() if (o.applies_from, o.instrument) == ("2027-12-02", "eu-ai-act")
    ]
    assert len(moved) > 25
    for obligation in moved:
        found = then.obligations[obligation.id]
        assert (found.applies_from, found.moved_from) == ("2026-08-02", None), obligation.id
    after = known.on(atlas, "2026-07-24")
    assert all(after.obligations[o.id].applies_from == "2027-12-02" for o in moved)


def test_notes_about_dates_that_speak_of_a_later_change_are_left_out(atlas: Atlas) -> None:
    for day in ("2024-08-01", "2025-03-01"):
        for obligation in known.on(atlas, day).obligations.values():
            note = obligation.date_note or ""
            assert "2 December 2027" not in note and "Digital Omnibus" not in note, (day, obligation.id)


def test_a_stated_day_goes_before_a_derived_one(atlas: Atlas) -> None:
    id_ = "gdpr-32-security"
    stated = replace(atlas.obligations[id_], adopted="2020-01-01")
    assert known.made(atlas, stated) == "2020-01-01"


def test_events_of_a_timeline_go_back_with_the_law(atlas: Atlas) -> None:
    then = {event.event: event for event in known.on(atlas, "2025-03-01").instruments["eu-ai-act"].timeline}
    assert not any(event.date == "2026-12-02" or "1744" in event.event for event in then.values())
    sandbox = next(event for text, event in then.items() if "sandbox" in text)
    assert (sandbox.date, sandbox.moved_from) == ("2026-08-02", None)
    assert not known.is_law(known.on(atlas, "2024-06-01"), "eu-ai-act")
    assert known.is_law(known.on(atlas, "2024-07-12"), "eu-ai-act")


def test_the_commands_tell_an_earlier_day_as_it_was() -> None:
    early = told("obligations", "recruitment-screening", "--as-of", "2024-06-01")
    assert not [item for item in early["obligations"] if item["instrument"] == "eu-ai-act"]
    assert "ai-act-26-6-keep-logs" in early["not_made_yet"]
    between = told("obligations", "recruitment-screening", "--as-of", "2025-03-01")
    logs = next(item for item in between["obligations"] if item["id"] == "ai-act-26-6-keep-logs")
    assert (logs["state"], logs["applies_from"], logs["moved_from"]) == ("applies-from", "2026-08-02", None)
    assert {"colorado-admt-notice-and-review", "uk-gdpr-22a-22d-automated-decisions"} <= set(
        between["not_made_yet"]
    )
    assert "wording is that of the last check" in between["notice"]
    now = told("obligations", "recruitment-screening")
    assert "not_made_yet" not in now and "wording" not in now["notice"]


def test_a_ban_that_was_not_made_has_no_consequence_then() -> None:
    arguments = ("classify", *(f"--set={step}=none" for step in ("scope", "annex_iii", "product", "transparency")))
    early = told(*arguments, "--set", "bans=intimate_images", "--as-of", "2025-03-01")
    assert (early["class"], early["not_law_yet"]) == ("no-class", ["abuse_material", "intimate_images"])
    between = told(*arguments, "--set", "bans=intimate_images", "--as-of", "2026-09-01")
    assert (between["class"], between["applies_from"]) == ("prohibited-later", "2026-12-02")
    assert "not_law_yet" not in between
    listed = told("classify", "recruitment-screening", "--as-of", "2025-03-01")
    assert listed["applies_from"] == "2026-08-02"
    nothing = told("classify", "recruitment-screening", "--as-of", "2024-06-01")
    assert (nothing["state"], nothing["applies_from"], nothing["obligations"]) == ("not-yet", None, [])
    assert "no law on this day" in nothing["explanation"]
