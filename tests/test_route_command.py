"""`atlas route`, `atlas evaluate` and `atlas rules` as a person or a program uses them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.model import Atlas
from macros.routing import VERDICTS
from tests.conftest import ROOT, run_atlas

SCREENING = "atlas/workloads/regulated-decisions/recruitment-screening.yml"


def routed(*arguments: str, cwd: Path = ROOT) -> Any:
    done = run_atlas("route", *arguments, "--json", cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def test_a_workload_is_routed_for_the_reference_team(atlas: Atlas) -> None:
    found = routed("recruitment-screening")
    assert found["team"] == atlas.settings.reference_team
    assert found["verdict"] in VERDICTS
    assert found["likely"] == found["verdict"]
    assert found["possible"] == [found["verdict"]]
    assert found["reasons"][0]["rule"] == found["deciding"]
    assert found["next_question"] is None
    assert found["rules_version"] == max(version.version for version in atlas.versions.values())


def test_its_file_says_the_same_as_its_id() -> None:
    by_id, by_file = routed("recruitment-screening"), routed(SCREENING)
    assert {**by_id, "workload": None} == {**by_file, "workload": None}


def test_stated_signals_alone_leave_the_rest_unknown() -> None:
    found = routed("--set", "data_boundary=must_stay")
    assert found["verdict"] is None
    assert found["possible"] == ["hybrid", "self-host"]
    assert found["likely"] in found["possible"]
    assert set(found["assumed"]) == set(routed()["assumed"]) - {"data_boundary"}
    assert all(item["why"] for item in found["assumed"].values())
    assert found["next_question"] == "capability"


def test_nothing_stated_leaves_every_verdict_possible() -> None:
    assert routed()["possible"] == list(VERDICTS)
    assert routed()["strength"] == "leaning"


def test_a_stated_signal_goes_before_the_workloads_own_and_a_team_can_be_chosen() -> None:
    assert routed("recruitment-screening", "--set", "data_boundary=may_leave")["verdict"] == "api"
    small = routed("recruitment-screening", "--team", "small-team")
    assert small["answers"]["platform_maturity"] == "none"


def test_each_flip_of_the_answer_really_flips() -> None:
    found = routed("service-desk-agent")
    assert found["flips"]
    for flip in found["flips"]:
        changes = [part for signal, level in flip["changes"].items() for part in ("--set", f"{signal}={level}")]
        assert routed("service-desk-agent", *changes)["verdict"] == flip["verdict"]


def test_several_and_all_workloads_come_as_a_list(atlas: Atlas) -> None:
    assert {item["workload"] for item in routed("--all")} == set(atlas.workloads)
    assert len(routed("code-completion", "recruitment-screening")) == 2


def test_text_names_verdict_reasons_and_what_would_change_it() -> None:
    done = run_atlas("route", "recruitment-screening", cwd=ROOT)
    assert done.returncode == 0
    for word in ("verdict", "because", "form", "flips to"):
        assert f"  {word} " in done.stdout


def test_what_the_text_names_can_be_set() -> None:
    """Each assumption and each flip is printed as `--set` takes it."""
    done = run_atlas("route", "--set", "data_boundary=must_stay", cwd=ROOT)
    lines = [line for line in done.stdout.splitlines() if line.split()[0] in {"assumed", "flips"}]
    assert len(lines) > len(routed("--set", "data_boundary=must_stay")["assumed"]) > 5
    for line in lines:
        written = re.findall(r"\[(\w+=\w+)\]", line)
        assert written, line
        assert routed(*(part for level in written for part in ("--set", level)))


@pytest.mark.parametrize(
    ("arguments", "legal"),
    [
        (["--set", "data_boundry=must_stay"], "did you mean `data_boundary`?"),
        (["--set", "colour=red"], "data_boundary, system_reach"),
        (["--set", "data_boundary=secret"], "may_leave, prefer_inside, must_stay"),
        (["--set", "databoundary=must_stay"], "did you mean `data_boundary`?"),
        (["--set", "traffic=bursts"], "did you mean `bursty`? its levels are sporadic, bursty, steady_high"),
        (["--set", "traffic=In bursts"], "did you mean `bursty`?"),
        (["--set", "data_boundary"], "SIGNAL=LEVEL"),
        (["--set", "latency=batch", "--set", "latency=critical"], "set twice"),
        ([""], "an empty name"),
        (["docs"], "is a folder"),
        (["recruitment-screening", "--team", "mine"], "forming-platform"),
        (["recruitment-screening", "--team", "forming"], "did you mean `forming-platform`?"),
        (["README.md"], "`README.md` is no workload file; one is YAML, such as atlas/workloads/"),
        (["hiring tool"], "did you mean `recruitment-screening`?"),
        (["Copilot"], "did you mean `code-completion` or `internal-knowledge-assistant`?"),
        (["no-such-workload"], "neither a workload nor a file; `atlas route --list`"),
        (["recruitment-screning"], "did you mean `recruitment-screening`?"),
        (["CV screening"], "did you mean `recruitment-screening`?"),
    ],
)
def test_what_does_not_exist_is_named_with_what_is_legal(arguments: list[str], legal: str) -> None:
    done = run_atlas("route", *arguments, "--json", cwd=ROOT)
    assert done.returncode == 2
    assert legal in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_all_wrong_signals_are_named_at_once() -> None:
    done = run_atlas("route", "--set", "a=b", "--set", "latency=fast", cwd=ROOT)
    assert "unknown signal `a`" in done.stderr
    assert "unknown level `fast` of `latency`" in done.stderr


def test_a_draft_with_some_signals_is_routed_and_a_wrong_one_is_placed(tmp_path: Path) -> None:
    draft = tmp_path / "draft.yml"
    draft.write_text("title: Draft\nsignals:\n  data_boundary: must_stay\n  capability: open_suffices\n")
    assert routed(str(draft))["verdict"] == "self-host"
    draft.write_text("title: Draft\nsignals:\n  data_boundary: must_stay\n  capability: good\n")
    done = run_atlas("route", str(draft), cwd=ROOT)
    assert done.returncode == 1
    assert f"{draft}:4:15  WA104  unknown level `good`" in done.stdout
    draft.write_text("title: Draft\n")
    assert "missing key `signals`" in run_atlas("route", str(draft), cwd=ROOT).stdout
    draft.write_text("title: [\n")
    assert "WA003" in run_atlas("route", str(draft), cwd=ROOT).stdout


def test_list_names_what_can_be_asked_for(atlas: Atlas) -> None:
    done = run_atlas("route", "--list", cwd=ROOT)
    assert all(id_ in done.stdout for kind in (atlas.workloads, atlas.teams, atlas.signals) for id_ in kind)


def test_evaluate_prints_the_table_and_explains_every_disagreement(atlas: Atlas) -> None:
    done = run_atlas("evaluate", "--json", cwd=ROOT)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    everything = found["all"]
    assert everything["deployments"] == len(found["cases"]) >= 20
    assert sum(n for row in everything["confusion"].values() for n in row.values()) == len(found["cases"])
    agreed = sum(case["agrees"] for case in found["cases"])
    assert everything["agreement"] == round(agreed / len(found["cases"]), 3)
    for case in found["cases"]:
        assert case["agrees"] == (case["did"] == case["likely"])
        assert bool(case["disagreement"]) is not case["agrees"]
    text = run_atlas("evaluate", cwd=ROOT).stdout
    assert "two of three" in text
    for case in found["cases"]:
        if not case["agrees"]:
            assert atlas.deployments[case["deployment"]].title in text


def test_the_rules_do_better_on_published_decisions_than_the_heuristic_and_the_commonest() -> None:
    """What the site says of the heuristic, here and for deployments that were held out."""
    found = json.loads(run_atlas("evaluate", "--json", cwd=ROOT).stdout)
    assert found["all"]["agreement"] >= 0.70
    for part in (found["all"], found["held_out"]):
        assert part["deployments"] >= 20
        assert part["two_of_three"] <= part["always_the_commonest"] < part["agreement"]
        assert part["two_of_three_inside_or_not"] < part["agreement_inside_or_not"]


def test_a_changed_rule_needs_a_new_version_with_reasons(copy: Path) -> None:
    rule = copy / "atlas/rules/urgent.yml"
    rule.write_text(rule.read_text().replace("platform_maturity: emerging", "platform_maturity: none"))
    done = run_atlas("check", cwd=copy)
    assert "WA214  the rules are not those recorded in v2" in done.stdout
    assert "wrote atlas/versions/v3.yml" in run_atlas("rules", cwd=copy).stdout
    written = yaml.safe_load((copy / "atlas/versions/v3.yml").read_text())
    assert [(change["rule"], change["what"]) for change in written["changes"]] == [("urgent", "changed")]
    done = run_atlas("check", cwd=copy)
    assert "WA207" in done.stdout, "the reason is still to be written"
    path = copy / "atlas/versions/v3.yml"
    path.write_text(path.read_text().replace("TODO", "In this test,"))
    left = [line for line in run_atlas("check", cwd=copy).stdout.splitlines() if "WA216" not in line]
    assert not any("WA" in line for line in left)
    assert "nothing to write" in run_atlas("rules", cwd=copy).stdout
