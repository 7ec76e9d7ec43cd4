"""`atlas classify` and `atlas obligations` as a person or a program uses them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from macros.derive import Derived
from macros.law.class_rules import FACTS
from macros.model import Atlas
from tests.conftest import ROOT, run_atlas

SCREENING = "atlas/workloads/regulated-decisions/recruitment-screening.yml"
ORDINARY = ("--set", "scope=none", "--set", "bans=none", "--set", "product=none", "--set", "transparency=none")


def told(*arguments: str, cwd: Path = ROOT) -> Any:
    done = run_atlas(*arguments, "--json", cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def test_a_use_is_classified_with_point_reasons_dates_and_obligations() -> None:
    found = told("classify", *ORDINARY, "--set", "annex_iii=4a", "--set", "profiling=yes")
    assert (found["class"], found["title"], found["points"]) == ("high-risk", "High-risk (Annex III)", ["4a"])
    assert (found["applies_from"], found["state"]) == ("2027-12-02", "applies-from")
    assert found["questions_left"] == []
    assert "Article 6(2), Annex III" in found["provisions"]
    assert any("profiles people is always high-risk" in reason["text"] for reason in found["reasons"])
    logs = next(item for item in found["obligations"] if item["id"] == "ai-act-26-6-keep-logs")
    assert (logs["follows"], logs["state"], logs["moved_from"]) == ("yes", "applies-from", "2026-08-02")
    assert told("classify", *ORDINARY, "--set", "annex_iii=4a", "--as-of", "2028-01-01")["as_of"] == "2028-01-01"


def test_an_open_exemption_is_high_risk_unless_exempt_and_says_what_decides() -> None:
    found = told("classify", *ORDINARY, "--set", "annex_iii=4a")
    assert found["title"] == "High-risk unless exempt (Annex III)"
    assert found["possible"] == ["high-risk", "exempt"]
    left = {item["key"]: item for item in found["questions_left"]}
    assert left["profiling"]["if_yes"] == "settles it: High-risk (Annex III)"
    assert not [item for item in found["obligations"] if item["follows"] == "yes" and "26" in item["provision"]]


def test_a_workload_and_its_file_say_the_same_as_its_page(derived: Derived) -> None:
    by_id, by_file = told("classify", "recruitment-screening"), told("classify", SCREENING)
    assert {**by_id, "workload": None} == {**by_file, "workload": None}
    assert by_id["class"] == derived.workloads["recruitment-screening"].classification.id
    assert by_id["record"]["exemption"]
    asked = told("classify", "recruitment-screening", "--set", "annex_iii=none")
    assert asked["class"] == "transparency"


def test_text_reads_like_the_json() -> None:
    done = run_atlas("classify", "multilingual-audio-analytics", cwd=ROOT)
    assert done.returncode == 0
    for word in (
        "May be prohibited or high-risk",
        "  ask ",
        "settles it: Prohibited",
        "  record ",
        "not legal advice",
    ):
        assert word in done.stdout
    new = run_atlas("classify", "--set", "scope=none", "--set", "bans=abuse_material", cwd=ROOT).stdout
    assert new.startswith("Prohibited from 2 December 2026 (Article 5)")
    assert "  fine        Up to EUR 35 million" in new
    listed = run_atlas("classify", *ORDINARY, "--set", "annex_iii=5b", "--set", "profiling=yes", cwd=ROOT).stdout
    line = next(line for line in listed.splitlines() if "Tell workers" in line)
    assert "– also needs: " in line
    sure = listed[listed.index("\n  follows     ") : listed.index("\n  follows if  ")]
    assert "also needs" not in sure, "nothing that needs more is told as certain"
    assert "Tell workers" not in sure


def test_a_class_that_a_question_of_the_record_may_change_says_so_and_asks_it() -> None:
    lines = run_atlas("classify", "batch-transcription", cwd=ROOT).stdout.splitlines()
    assert lines[0] == "batch-transcription: No high-risk class found on the facts stated"
    assert any(line.startswith("  ask ") and "listed use" in line for line in lines)
    assert told("classify", "batch-transcription")["settled"] is False


def test_what_the_record_asks_is_asked_while_the_class_is_open() -> None:
    text = run_atlas("classify", "credit-underwriting-support", cwd=ROOT).stdout
    ask, record = text[text.index("\n  ask ") :].split("\n  record ")
    for question in ("able or willing the applicant is to pay?", "part of the creditworthiness system"):
        assert question in ask
        assert question not in record
    settled = run_atlas("classify", "recruitment-screening", cwd=ROOT).stdout
    assert "only extract and format" in settled[settled.index("\n  record ") :]


def test_list_names_every_question_with_its_step() -> None:
    assert {item["key"] for step in told("classify", "--list") for item in step["questions"]} == set(FACTS)
    assert "social_scoring:" in run_atlas("classify", "--list", cwd=ROOT).stdout


@pytest.mark.parametrize(
    ("arguments", "legal"),
    [
        (["classify", "--set", "anex_iii=4a"], "did you mean `annex_iii`"),
        (["classify", "--set", "annex_iii=4z"], "unknown value `4z` of `annex_iii`"),
        (["classify", "--set", "profiling=perhaps"], "the answers are yes, no, unknown"),
        (["classify", "--set", "profiling"], "KEY=VALUE"),
        (["classify", "--set", "profiling=yes", "--set", "profiling=no"], "set twice"),
        (["classify", "no-such-workload"], "neither a workload nor a file"),
        (["classify", "docs"], "is a folder"),
        (["classify", "README.md"], "`README.md` is no workload file"),
        (["classify", ""], "an empty name"),
        (["classify", "--as-of", "tomorrow"], "write year-month-day with hyphens"),
        (["classify", "--as-of", "20271202"], "write year-month-day with hyphens"),
        (["obligations", "recruitment-screening", "--role", "deploier"], "did you mean `deployer`"),
        (["obligations", "recruitment-screening", "--deployment", "cloud"], "api, hybrid, self-host"),
        (["obligations", "recruitment-screening", "--jurisdiction", "mars"], "it is one of eu"),
        (
            ["obligations", "recruitment-screening", "--jurisdiction", "cn"],
            "holds no law of `cn`; it holds that of: eu",
        ),
        (
            ["obligations", "recruitment-screening", "--role", "lawyer"],
            "no obligation of the atlas is bound to `lawyer`; those are: provider",
        ),
        (["obligations", "recruitment-screening", "--as-of", "2027-13-01"], "no day 2027-13-01: months"),
    ],
)
def test_what_is_wrong_is_named_with_what_is_legal(arguments: list[str], legal: str) -> None:
    done = run_atlas(*arguments, "--json", cwd=ROOT)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert legal in json.loads(done.stdout)["error"]


def test_one_question_that_opens_some_and_closes_others_says_which_answer_opens_what() -> None:
    """Article 6(4) asks for its paper only if the exemption is open; everything high-risk only if it is not."""
    found = told("obligations", "credit-underwriting-support")["obligations"]
    answers = {
        item["id"]: (left["question"], left["answer"])
        for item in found
        for left in item["open"]
        if left["condition"] == "exemption"
    }
    asked, opens = answers.pop("ai-act-6-4-document-exemption")
    assert opens == "no"
    assert len(answers) > 20
    assert set(answers.values()) == {(asked, "yes")}
    text = run_atlas("obligations", "credit-underwriting-support", cwd=ROOT).stdout
    title = next(item["title"] for item in found if item["id"] == "ai-act-6-4-document-exemption")
    paper = next(part for part in text.split("\n\n") if part.startswith(title))
    assert f"{asked} (if the answer is “no”)" in paper
    assert f"{asked} (if the answer is “yes”)" in text.replace(paper, "")


def test_nothing_left_is_never_told_as_nothing_owed() -> None:
    """A word of the atlas that no obligation of the workload has: who is bound instead, and where."""
    found = told("obligations", "code-completion", "--role", "covered-entity")
    assert found["obligations"] == []
    assert found["remarks"][0].startswith(
        "No obligation of this workload is bound to covered-entity; those bound are: "
    )
    assert "controller" in found["remarks"][0]
    text = run_atlas("obligations", "code-completion", "--role", "covered-entity", cwd=ROOT).stdout
    assert found["remarks"][0] in text
    assert told("obligations", "code-completion")["obligations"], "it has others"
    both = told("obligations", "recruitment-screening", "--role", "controller", "--jurisdiction", "us-nyc")
    assert both["remarks"] == ["No obligation of this workload is both bound to controller and law of us-nyc."]


@pytest.mark.parametrize("place", ["uk", "ch"])
def test_law_of_which_only_a_part_has_entries_says_so(place: str) -> None:
    """A UK controller owes more than the three entries; where none is left, it is said all the same."""
    for more in ((), ("--role", "covered-entity")):
        remarks = told("obligations", "recruitment-screening", "--jurisdiction", place, *more)["remarks"]
        assert any("entries" in remark and "GDPR" in remark for remark in remarks), (place, more)
    assert any("entries" in remark for remark in told("obligations", "recruitment-screening")["remarks"])
    assert told("obligations", "recruitment-screening", "--jurisdiction", "eu")["remarks"] == []


def test_everything_wrong_is_named_at_once() -> None:
    done = run_atlas("classify", "nowhere", "--set", "a=b", "--set", "bans=x", "--as-of", "soon", cwd=ROOT)
    assert done.returncode == 2
    assert done.stdout == ""
    for word in ("`nowhere`", "`a`", "`x`", "`soon`"):
        assert word in done.stderr
    done = run_atlas("obligations", "nowhere", "--role", "x", "--jurisdiction", "y", cwd=ROOT)
    assert all(word in done.stderr for word in ("`nowhere`", "`x`", "`y`"))


def test_a_draft_needs_only_its_facts_and_a_wrong_one_is_placed(tmp_path: Path) -> None:
    text = (ROOT / SCREENING).read_text()
    start = text.index("\nfacts:\n") + 1
    facts = text[start : text.index("\nstays_yours:", start) + 1]
    draft = tmp_path / "draft.yml"
    draft.write_text(f"title: Draft\n{facts}")
    assert told("classify", str(draft))["class"] == "high-risk"
    assert len(told("obligations", str(draft))["obligations"]) == len(
        told("obligations", "recruitment-screening")["obligations"]
    )
    draft.write_text(f"title: Draft\n{facts}".replace('point: "4a"', 'point: "4z"'))
    for command in ("classify", "obligations"):
        done = run_atlas(command, str(draft), cwd=ROOT)
        assert done.returncode == 1
        assert "WA104" in done.stdout
        assert f"{draft}:" in done.stdout
        assert "WA102" not in done.stdout, "the rest of a draft may be missing"
    draft.write_text("title: Draft\n")
    assert "missing key `facts`" in run_atlas("obligations", str(draft), cwd=ROOT).stdout
    draft.write_text("- a list\n")
    assert run_atlas("obligations", str(draft), cwd=ROOT).returncode == 1


def test_obligations_are_those_of_the_page(derived: Derived) -> None:
    found = told("obligations", "recruitment-screening")["obligations"]
    notes = derived.workloads["recruitment-screening"].notes
    assert [item["id"] for item in found] == [note.obligation.id for note in notes]
    assert [item["state"] for item in found] == [note.state for note in notes]
    for item in found:
        assert set(item["by_deployment"]) == {"self-host", "hybrid", "api"}
        assert item["text_url"].startswith("https://")
        assert item["sources"]
        assert item["proof"]


def test_obligations_can_be_narrowed_and_dated(atlas: Atlas) -> None:
    args = ("obligations", "recruitment-screening")
    narrowed = told(*args, "--role", "deployer", "--jurisdiction", "eu", "--deployment", "api")["obligations"]
    assert narrowed
    for item in narrowed:
        assert "deployer" in item["binds"]
        assert item["jurisdiction"] == "eu"
        assert set(item["by_deployment"]) == {"api"}
    later = {item["id"]: item["state"] for item in told(*args, "--as-of", "2029-01-01")["obligations"]}
    assert later["ai-act-26-6-keep-logs"] == "in-force"
    text = run_atlas(*args, "--role", "deployer", cwd=ROOT).stdout
    for word in ("  law ", "  state ", "  binds ", "  proof ", "  controls ", "  sources ", "not legal advice"):
        assert word in text


def test_a_proposal_never_reads_as_law(atlas: Atlas) -> None:
    text = run_atlas("obligations", "clinical-documentation", "--as-of", "2029-01-01", cwd=ROOT).stdout
    proposals = [o for o in atlas.obligations.values() if o.state == "proposed" and o.title in text]
    assert proposals
    for obligation in proposals:
        block = text[text.index(f"\n{obligation.title}\n") :].split("\n\n")[0]
        assert "proposed, not law" in block
        assert "in force" not in block.split("  asks ")[0]
