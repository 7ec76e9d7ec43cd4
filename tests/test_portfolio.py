"""Several workloads together: loads, endpoints, sums, union of law, order, reading of files, and the command."""

from __future__ import annotations

import hashlib
import json
import math
import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from macros.derive import Derived
from macros.law.notes import notes
from macros.library import Library
from macros.model import Atlas
from macros.portfolio import order
from macros.portfolio.answer import answer, whole
from macros.portfolio.asked import MUST_STAY, PEAKS, TIERS, Chosen, Portfolio, cards, parse
from macros.portfolio.base import Base, standing
from macros.portfolio.duties import KINDS
from macros.portfolio.pools import loads, pools
from macros.sizing import catalogue
from macros.sizing.engines import DEFAULT_ENGINE, rules
from macros.sizing.plan import plan
from macros.sizing.request import Request
from macros.sizing.sets import card, requests_at
from tests.conftest import ROOT, run_atlas

VENDOR = ROOT / "docs/assets/js/vendor/js-yaml-4.1.1.min.js"
UNCOUNTED = ["whisper-large-v3", "qwen3-embedding-8b", "paddleocr-vl-1.6", "voxtral-mini-4b-realtime"]


def draw(together: Base, chance: random.Random) -> Portfolio:
    """Any portfolio: sizes, volumes, stated steps and settings."""
    chosen = []
    for id_ in chance.sample(list(together.items), chance.randint(1, len(together.items))):
        month = together.items[id_].item.workload.volumes.per_month
        amount = chance.choice([None, month.low, month.high, chance.randint(1, 2_000_000)])
        steps = [step.need.id for step in together.items[id_].steps]
        chosen.append(Chosen(id_, amount, {s: chance.randint(1, 3000) for s in steps if chance.random() < 0.2}))
    atlas = together.derived.atlas
    return Portfolio(
        tuple(chosen),
        chance.choice(["", "Claims & “hiring”: 2027"]),
        chance.choice([None, *atlas.teams]),
        chance.choice(list(TIERS)),
        chance.choice(list(PEAKS)),
        chance.choice(list(MUST_STAY)),
        chance.choice([None, None, *cards(atlas)]),
        {model: chance.randint(1, 200) for model in UNCOUNTED if chance.random() < 0.4},
    )


def draws(together: Base, number: int) -> list[Portfolio]:
    chance = random.Random(29)
    return [draw(together, chance) for _ in range(number)]


def hosted(together: Base, asked: Portfolio) -> list[tuple[str, str]]:
    """Steps that run inside for the team asked."""
    team = asked.team or together.derived.atlas.settings.reference_team
    items = [together.items[item.id] for item in asked.workloads]
    return [(item.id, step.need.id) for item in items if standing(item, team).place for step in item.steps]


def test_every_step_inside_is_served_once_by_a_model_that_suffices(together: Base) -> None:
    for asked in draws(together, 60):
        found = answer(together, asked)
        for key in ("pools", "apart"):
            served = [tuple(step) for pool in found[key] for step in pool["steps"]]
            assert sorted(served) == sorted(hosted(together, asked))
        for pool in found["pools"]:
            for workload, step_id in pool["steps"]:
                step = next(s for s in together.derived.workloads[workload].steps if s.need.id == step_id)
                assert pool["model"] in {s.model.id for s in step.suggestions}
                assert pool["model"] not in {other.model.id for other in step.ruled_out}


def test_no_endpoint_crosses_a_place_or_a_boundary_asked_for(together: Base) -> None:
    for asked in draws(together, 60):
        team = asked.team or together.derived.atlas.settings.reference_team
        for pool in answer(together, asked)["pools"]:
            items = [together.items[id_] for id_ in dict.fromkeys(step[0] for step in pool["steps"])]
            assert len({standing(item, team).place for item in items}) == 1
            stay = [item for item in items if item.item.workload.signals["data_boundary"] == "must_stay"]
            if stay and asked.must_stay == "own":
                assert len(items) == 1 and pool["own"] == items[0].id
            expected = None if len(items) == 1 else "must-stay" if stay else "tenants"
            assert pool["isolation"] == expected


def test_what_runs_at_the_edge_is_shared_with_nobody(together: Base) -> None:
    found = answer(together, whole(together))
    edge = [pool for pool in found["pools"] if pool["place"].startswith("edge:")]
    assert {step[0] for pool in edge for step in pool["steps"]} == {"edge-operator-assistant"}


def test_copies_hold_what_is_asked_by_the_sizing_engine_itself(together: Base) -> None:
    """Capacities come anew from a plan for each step; one copy fewer would not hold the load."""
    atlas, engine, checked = together.derived.atlas, rules(DEFAULT_ENGINE), 0
    for asked in [replace(drawn, peaks="together") for drawn in draws(together, 25)]:
        at_once = {
            (w["id"], s["id"]): s["at_once"] for w in answer(together, asked)["workloads"] for s in w["steps"]
        }
        for pool in answer(together, asked)["pools"]:
            if not pool["accelerator"] or pool["model"] in asked.measured:
                continue
            model, accelerator = atlas.models[pool["model"]], atlas.accelerators[pool["accelerator"]]
            share = requests = 0.0
            for workload, step_id in pool["steps"]:
                found = next(s for s in together.derived.workloads[workload].steps if s.need.id == step_id)
                if found.demand.uncounted:
                    continue
                shape = catalogue.shape(model)
                longest = min(found.demand.longest or 0, shape.context or 10**9)
                on = card(accelerator, shape.precision)
                own = plan(shape, Request(engine, on, tp=pool["per_copy"], context=longest))
                assert own.fits
                holds = min(requests_at(own, min(found.demand.typical, own.context)), own.batch.requests)
                share += at_once[workload, step_id] / holds
                requests += at_once[workload, step_id] / own.batch.requests
                checked += 1
            least = max(1, math.ceil(share - 0.01), math.ceil(requests - 1e-9))
            assert least <= pool["copies"] <= max(1, math.ceil(share + 0.01), math.ceil(requests - 1e-9))
    assert checked > 100


def test_peaks_add_unless_told_otherwise(together: Base) -> None:
    for asked in draws(together, 40):
        both = [answer(together, replace(asked, peaks=peaks))["pools"] for peaks in ("together", "apart")]
        for all_peaks, one_peak in zip(*both, strict=True):
            assert one_peak["at_once"] <= all_peaks["at_once"]
    default = answer(together, Portfolio(tuple(Chosen(id_) for id_ in together.items)))
    assert default["peaks"] == "together"
    for pool in default["pools"]:
        steps = {(w["id"], s["id"]): s["at_once"] for w in default["workloads"] for s in w["steps"]}
        assert pool["at_once"] == sum(steps[tuple(step)] for step in pool["steps"])


def test_requests_at_once_follow_the_volume_and_can_be_stated(together: Base) -> None:
    item = together.items["recruitment-screening"]
    typical = item.item.workload.volumes.per_month.typical
    assert [load.peak for load in loads(item, Chosen(item.id))] == [
        n.concurrency for n in item.item.workload.needs
    ]
    twice = [load.peak for load in loads(item, Chosen(item.id, 2 * typical))]
    assert twice == [2 * need.concurrency for need in item.item.workload.needs]
    assert [load.peak for load in loads(item, Chosen(item.id, 1))] == [1, 1, 1]
    assert [load.peak for load in loads(item, Chosen(item.id, typical + 1, {"mask": 99}))] == [5, 99, 9]


def test_what_memory_does_not_tell_is_a_least_until_it_is_measured(together: Base) -> None:
    asked = Portfolio((Chosen("batch-transcription", 100_000),))
    speech = next(
        p for p in answer(together, asked)["pools"] if ["batch-transcription", "transcribe"] in p["steps"]
    )
    assert (speech["copies"], speech["counted"]) == (1, False)
    told = replace(asked, measured={speech["model"]: 8})
    speech = next(
        p for p in answer(together, told)["pools"] if ["batch-transcription", "transcribe"] in p["steps"]
    )
    assert (speech["copies"], speech["counted"]) == (math.ceil(speech["at_once"] / 8), True)


def test_a_card_that_holds_nothing_says_so_and_counts_nothing(together: Base) -> None:
    asked = Portfolio((Chosen("research-literature-synthesis"),), card="l4", tier="most-capable")
    found = answer(together, asked)
    without = [pool for pool in found["pools"] if pool["accelerator"] is None]
    assert without
    assert found["totals"]["pooled"]["without_set"] == len(without)
    assert set(found["totals"]["pooled"]["accelerators"]) <= {"l4"}


def test_obligations_are_the_union_of_the_records_and_kinds_never_mix(together: Base, derived: Derived) -> None:
    reach = {i.id: i.jurisdiction for i in derived.atlas.instruments.values()}
    for asked in draws(together, 20):
        found = answer(together, asked)
        expected: dict[str, set[tuple[str, bool]]] = {}
        for told in found["workloads"]:
            facts = derived.workloads[told["id"]].workload.facts
            duties, day = derived.atlas.obligations.values(), derived.atlas.settings.as_of
            for note in notes(facts, duties, day, reach, told["verdict"]):
                expected.setdefault(note.obligation.id, set()).add((told["id"], not note.conditional))
        for item in found["obligations"]:
            own = {(id_, id_ in item["certain"]) for id_ in item["workloads"]}
            assert own == expected.pop(item["id"])
        assert expected == {}
    grouped = [state for _, states, _ in KINDS for state in states]
    assert len(grouped) == len(set(grouped))
    assert all(len(states) == 1 for _, states, _ in KINDS)


def test_a_proposal_is_never_in_a_group_of_law(together: Base, derived: Derived) -> None:
    for item in answer(together, whole(together))["obligations"]:
        if derived.atlas.obligations[item["id"]].state == "proposed":
            assert item["state"] == "proposed"


def test_the_order_follows_its_rule(together: Base, derived: Derived) -> None:
    stages = list(derived.atlas.vocabulary["stages"].terms)
    for asked in draws(together, 40):
        found = answer(together, asked)
        told = {item["id"]: item for item in found["workloads"]}
        turns = found["order"]
        assert {turn["workload"] for turn in turns} == {w for w, _ in hosted(together, asked)}

        def key(id_: str, told: dict[str, dict[str, object]] = told) -> tuple[int, bool, str]:
            item = told[id_]
            return stages.index(str(item["stage"])), not item["must_stay"], str(item["next_day"] or order.NEVER)

        needs = {id_: set[tuple[str, str]]() for id_ in told}
        for pool in found["pools"]:
            for workload, _ in pool["steps"]:
                needs[workload].add((pool["model"], str(pool["own"]) + pool["place"]))
        built: set[tuple[str, str]] = set()
        for number, turn in enumerate(turns):
            own = turn["workload"]
            assert len(turn["new"]) == len(needs[own] - built)
            assert len(turn["running"]) == len(needs[own] & built)
            for later in turns[number + 1 :]:
                other = later["workload"]
                assert key(own) <= key(other)
                if key(own) == key(other):
                    assert len(needs[own] - built) <= len(needs[other] - built)
            built |= needs[own]
        assert all(key(a["workload"]) <= key(b["workload"]) for a, b in pairwise(turns))


def test_an_api_for_all_leaves_nothing_to_build(together: Base) -> None:
    ids = answer(together, whole(together, "small-team"))["verdicts"]["api"]
    assert ids
    found = answer(together, Portfolio(tuple(Chosen(id_) for id_ in ids), team="small-team"))
    assert (found["pools"], found["order"], found["totals"]["pooled"]["count"]) == ([], [], 0)
    assert found["obligations"]


def test_each_workload_by_itself_shares_its_own_steps(together: Base) -> None:
    asked = whole(together)
    every = [loads(item, Chosen(item.id)) for item in together.items.values()]
    team = together.derived.atlas.settings.reference_team
    for pool in pools(together, asked, team, every, apart=True):
        assert pool.workloads == [pool.own]


BROKEN = """\
format: 2
tier: recomended
card: mi300x
workloads:
  - id: recruitment-screning
    per_month: 0
  - id: service-desk-agent
    at_once: {triag: 3, resolve: x}
  - id: service-desk-agent
    per_mont: 3
measured:
  - model: whisper
"""
PROBLEMS = [
    (1, "WA104"),
    (2, "WA104"),
    (3, "WA104"),
    (5, "WA201"),
    (6, "WA107"),
    (8, "WA103"),
    (8, "WA201"),
    (9, "WA108"),
    (10, "WA101"),
    (12, "WA102"),
    (12, "WA201"),
]


def test_a_broken_file_tells_everything_at_once(atlas: Atlas, library: Library) -> None:
    asked, problems, _ = parse("p.yml", BROKEN.encode(), atlas, library, ROOT / "schema")
    assert asked is None
    assert sorted((problem.line, problem.code) for problem in problems) == PROBLEMS
    assert all(problem.instead for problem in problems)


def test_a_former_id_is_read_as_the_present_one_and_told(atlas: Atlas, library: Library) -> None:
    former = {"workloads": {"cv-screening": "recruitment-screening"}}
    renamed = replace(atlas, settings=replace(atlas.settings, former_ids=former))
    text = b"format: 1\nworkloads:\n  - id: cv-screening\n"
    asked, problems, remarks = parse("p.yml", text, renamed, library, ROOT / "schema")
    assert problems == []
    assert asked is not None and [item.id for item in asked.workloads] == ["recruitment-screening"]
    assert remarks == ["`cv-screening` is `recruitment-screening` now"]


def test_the_command_gives_the_answer(tmp_path: Path, together: Base) -> None:
    """Although it derives only what is asked for."""
    text = (
        "format: 1\ntitle: Two\nteam: operating-platform\nmust_stay: own\nworkloads:\n"
        "  - id: recruitment-screening\n    per_month: 5000\n"
        "  - id: due-diligence-data-room\n    at_once: {answer: 40}\n"
        "measured:\n  - model: paddleocr-vl-1.6\n    at_once: 4\n"
    )
    (tmp_path / "two.yml").write_text(text)
    done = run_atlas("portfolio", str(tmp_path / "two.yml"), "--json", cwd=ROOT)
    assert done.returncode == 0, done.stderr
    asked = Portfolio(
        (Chosen("recruitment-screening", 5000), Chosen("due-diligence-data-room", None, {"answer": 40})),
        title="Two",
        team="operating-platform",
        must_stay="own",
        measured={"paddleocr-vl-1.6": 4},
    )
    assert json.loads(done.stdout) == json.loads(json.dumps(answer(together, asked)))
    told = run_atlas("portfolio", str(tmp_path / "two.yml"), cwd=ROOT)
    assert told.returncode == 0
    for part in (
        "Endpoints, pooled",
        "Build in this order",
        "Proposals, not law",
        "Information, not legal advice.",
    ):
        assert part in told.stdout


def test_the_command_refuses_a_broken_file_with_every_problem(tmp_path: Path) -> None:
    (tmp_path / "p.yml").write_text(BROKEN)
    done = run_atlas("portfolio", str(tmp_path / "p.yml"), cwd=ROOT)
    assert done.returncode == 1
    assert len(done.stdout.strip().splitlines()) == len(PROBLEMS)
    assert run_atlas("portfolio", str(tmp_path / "none.yml"), cwd=ROOT).returncode == 2
    other = run_atlas("portfolio", "README.md", cwd=ROOT)
    assert other.returncode == 2
    assert "`README.md` is no portfolio; one is YAML, as the page /portfolio/ saves it" in other.stderr
    assert "alias" not in other.stdout + other.stderr


def test_the_yaml_library_is_the_published_file() -> None:
    """The file of the package js-yaml 4.1.1 on the npm registry, dist/js-yaml.min.js, unchanged."""
    digest = hashlib.sha256(VENDOR.read_bytes()).hexdigest()
    assert digest == "0de3dec92d20eab9e0b46a5d928cd45ec025d73e348ddf458dbfb01da00cb473"
    assert "Permission is hereby granted" in VENDOR.with_name("js-yaml-LICENSE.txt").read_text()
