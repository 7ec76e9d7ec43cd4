"""Plans against published start-up logs: the targets, and what each log needs to be one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from macros.sizing.evaluate import Evaluation, evaluate, report
from tests.sizing_data import DATA

LOGS = sorted((DATA / "logs").glob("*.yml"))


@pytest.fixture(scope="module")
def found() -> Evaluation:
    return evaluate()


def test_there_are_enough_logs_of_enough_kinds(found: Evaluation) -> None:
    assert len(found.errors) >= 15
    assert sum(row.hybrid for row in found.rows) >= 8
    assert len({row.engine for row in found.rows}) >= 10


def test_the_median_error_is_at_most_two_percent(found: Evaluation) -> None:
    assert found.median_error <= 0.02


def test_logs_that_gave_no_constant_are_as_near(found: Evaluation) -> None:
    assert len(found.held_out) >= 5
    assert found.held_out_error <= 0.02


def test_nine_in_ten_are_within_a_tenth(found: Evaluation) -> None:
    assert found.share_near >= 0.9


def test_no_large_cache_is_over_predicted(found: Evaluation) -> None:
    assert found.over_predicted == ()


def test_requests_of_hybrids_are_within_half(found: Evaluation) -> None:
    assert found.worst_hybrid <= 1.5


def test_weights_are_within_three_percent_where_printed(found: Evaluation) -> None:
    for row in found.rows:
        if row.weights_gib:
            assert row.found.weights_gib_per_gpu == pytest.approx(row.weights_gib, rel=0.07, abs=0.1), row.name


def test_engines_that_found_no_room_are_not_said_to_fit(found: Evaluation) -> None:
    refused = [row for row in found.rows if row.available_gib is not None and row.available_gib < 0]
    assert len(refused) >= 2
    assert not any(row.found.fits for row in refused)


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.stem)
def test_a_log_names_its_sources_and_says_what_was_assumed(path: Path) -> None:
    log = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert log["source_urls"] and all(url.startswith("https://") for url in log["source_urls"])
    assert (DATA / "configs" / log["config"]).is_file()
    settings = {**log, **log.get("assumed", {})}
    assert log.get("left_out") or (settings["version"] != "unknown" and settings["gpu_memory_gib"] > 0)


def test_the_report_names_every_log_and_what_was_left_out() -> None:
    text, data = report(), json.loads(report(as_data=True))
    assert "Median error" in text and "Left out" in text
    assert len(data["logs"]) + len(data["left_out"]) == len(LOGS)
