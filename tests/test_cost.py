"""The command `atlas cost`, list prices, what the atlas assumes, and published worked examples."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from macros import api_prices
from macros.cost import published
from macros.cost.defaults import apart
from macros.cost_cli import cost
from macros.model import Atlas, Speed
from tests.conftest import ROOT


def run(*args: str) -> Any:
    return CliRunner().invoke(cost, [*args, "--root", str(ROOT)])


def told(*args: str) -> dict[str, Any]:
    done = run(*args, "--json")
    assert done.exit_code == 0, done.output
    body: dict[str, Any] = json.loads(done.output)
    return body


EXAMPLE = ("--rate", "2.50", "--tokens-s", "700", "--counts", "output", "--price-out", "9", "--tokens", "500M")


def test_a_small_example_is_answered_exactly() -> None:
    body = told(*EXAMPLE, "--bare")
    option = body["options"][0]
    assert (body["api_month"], option["month"]) == (4500.0, 1825.0)
    assert option["break_even_tokens"] == pytest.approx(1825 / 9 * 1e6)
    assert option["verdict"] == "self"
    assert option["per_million_at_capacity"] == pytest.approx(2.5 / (700 * 3600) * 1e6)
    assert option["utilisation"] == pytest.approx(500e6 / (700 * 730 * 3600))
    assert body["assumed"] == []


def test_what_is_not_given_comes_from_the_atlas_and_is_listed_beside_the_bare_answer(atlas: Atlas) -> None:
    body = told(*EXAMPLE)
    figures = {item["figure"]: item for item in body["assumed"]}
    assert {"fte", "salary", "spare", "peak", "usable"} <= set(figures)
    for item in figures.values():
        folder, id_ = item["record"].split("/")
        assert id_ in atlas.of(folder)
    assert body["bare"]["options"][0]["break_even_tokens"] == pytest.approx(1825 / 9 * 1e6)
    even = body["options"][0]["break_even_tokens"]
    assert even is None or even > 1825 / 9 * 1e6
    assert "of_published" not in figures, "a speed that is given is the visitor's own"
    low, base, high = body["options"][0]["month_range"]
    assert low < base < high


def test_given_figures_win_over_the_atlas() -> None:
    body = told(*EXAMPLE, "--fte", "0", "--spare", "0", "--peak", "1..2..3")
    assert "fte" not in {item["figure"] for item in body["assumed"]}
    assert body["options"][0]["lines"]["people"] == 0
    assert body["ranges"]["peak"] == [1, 3]


def test_an_api_is_priced_by_the_shape_of_one_request() -> None:
    short = told(
        "--api", "openai/gpt-6.1-terra", "--unit", "call", "--units", "100", "--tokens-in", "1000", "--bare"
    )
    long = told(
        "--api", "openai/gpt-6.1-terra", "--unit", "call", "--units", "100", "--tokens-in", "300k", "--bare"
    )
    split = told(
        *("--api", "openai/gpt-6.1-terra", "--unit", "file", "--units", "100"),
        *("--tokens-in", "300k", "--requests-unit", "3", "--bare"),
    )
    assert short["figures"]["price_in"] == 1.0
    assert long["figures"]["price_in"] == 2.0
    assert split["figures"]["price_in"] == 1.0


def test_a_named_model_and_accelerator_bring_their_published_speed_and_price() -> None:
    body = told(
        "--api", "gpt-6.1-terra", "--gpu", "h100-sxm", "--model", "llama-3.3-70b-instruct", "--tokens", "1B"
    )
    assert [option["kind"] for option in body["options"]] == ["rented", "owned"]
    assert body["figures"]["gpus"] == 2
    assert {item["record"].split("/")[0] for item in body["assumed"]} == {"prices", "speeds", "offers"}
    assert body["options"][1]["accelerators"] % 8 == 0, "servers are bought whole"


def test_two_runs_give_back_their_own_seconds(atlas: Atlas) -> None:
    runs = [row for row in atlas.speeds.values() if row.record == "gpt-oss-120b" and row.accelerator == "h200-sxm"]
    pair = sorted((row for row in runs if row.counts == "output"), key=lambda row: row.input_tokens or 0)
    speed_in, speed_out = apart(pair[0], pair[1])
    for row in pair:
        assert seconds(row, speed_in, speed_out) == pytest.approx((row.output_tokens or 0) / row.tokens_s)


def seconds(row: Speed, speed_in: float, speed_out: float) -> float:
    return (row.input_tokens or 0) / speed_in + (row.output_tokens or 0) / speed_out


def test_a_workload_brings_its_own_volumes(atlas: Atlas) -> None:
    body = told("--workload", "recruitment-screening", "--api", "gpt-6-luna", "--rate", "1", "--tokens-s", "1000")
    volumes = atlas.workloads["recruitment-screening"].volumes
    assert (body["unit"], body["volume"]) == (volumes.unit, volumes.per_month.typical)
    assert body["figures"]["peak"] == volumes.peak_factor
    assert "far above your volume" in body["options"][0]["sentence"] or body["options"][0]["break_even"] is None


def test_amounts_in_another_currency_need_a_rate() -> None:
    done = run("--api", "gpt-6-luna", "--gpu", "h100-sxm", "--tokens", "1B", "--currency", "EUR")
    assert done.exit_code == 2
    assert "--per-usd" in done.output
    body = told("--api", "gpt-6-luna", "--tokens", "1B", "--currency", "EUR", "--per-usd", "0.5", "--bare")
    assert body["figures"]["price_in"] == pytest.approx(0.05)


def test_a_file_holds_what_options_would_and_options_win(tmp_path: Path) -> None:
    file = tmp_path / "case.yml"
    file.write_text("rate: 2.5\ntokens-s: 700\ncounts: output\nprice_out: 9\ntokens: [400M, 500M, 900M]\n")
    assert told(str(file), "--bare")["volume"] == 500.0
    assert told(str(file), "--bare", "--tokens", "1B")["volume"] == 1000.0


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((), "say what to compare"),
        (("--rate", "cheap"), "rate: `cheap` is no number"),
        (("--api", "gpt-99"), "no model 'gpt-99'"),
        (("--gpu", "h1000", "--tokens", "1M"), "no record 'h1000'"),
        (("--tokens", "1M", "--input-tokens", "1M"), "input and output together"),
        (("--counts", "words", "--tokens-s", "1"), "none of output, input, total"),
        (("--gpu", "rtx-4090", "--tokens-s", "500"), "no price of rtx-4090"),
        (("--model", "gpt-oss-120b"), "name one with --gpu"),
        (("--rate", "2", "--reserved-rate", "1"), "reserved_share"),
        (("--rate", "1", "--growth", "300"), "at most 10"),
        (("--rate", "1", "--currency", "EUR", "--per-usd", "-1"), "more than 0"),
    ],
)
def test_wrong_usage_says_what_would_do(args: tuple[str, ...], words: str) -> None:
    done = run(*args, "--json")
    assert done.exit_code == 2
    assert words in done.output
    assert "Traceback" not in done.output


def test_the_curve_is_a_table_that_a_spreadsheet_reads() -> None:
    rows = list(csv.reader(io.StringIO(run(*EXAMPLE, "--bare", "--csv").output)))
    assert rows[0] == ["million tokens a month", "API", "rented"]
    volumes = [float(row[0]) for row in rows[1:]]
    assert volumes == sorted(volumes)
    assert [row for row in rows if row[0] == "500"] == [["500", "4500.00", "1825.00"]]


def test_the_text_says_the_sentence_first_and_names_what_was_assumed() -> None:
    text = run(*EXAMPLE).output
    assert text.startswith("At 500 million tokens a month, the API costs $")
    assert "Taken from the atlas" in text and "With nothing assumed (--bare)" in text


def test_list_prices_are_those_of_the_day_of_the_atlas(atlas: Atlas) -> None:
    day = atlas.settings.as_of
    for offer in atlas.offers.values():
        found = api_prices.tiers(offer.provider, offer.model, day)
        assert found[0].above == 0
        assert all(tier.price_out > 0 and 0 <= tier.batch_off < 1 for tier in found)
        assert all(tier.price_cached <= tier.price_in for tier in found)
    terra = api_prices.tiers("openai", "gpt-6.1-terra", day)
    assert [(t.above, t.price_in, t.price_out, t.batch_off) for t in terra] == [
        (0, 1.0, 5.0, 0.5),
        (272_000, 2.0, 7.5, 0.5),
    ]
    assert api_prices.tier(terra, 272_000).above == 0
    assert api_prices.tier(terra, 272_001).above == 272_000


def test_a_price_by_the_hour_of_the_day_is_taken_at_noon() -> None:
    assert api_prices.tiers("deepseek", "deepseek-flash", "2026-11-25")[0].price_in == 0.15


def test_an_unknown_model_is_refused() -> None:
    with pytest.raises(LookupError):
        api_prices.tiers("openai", "nonsense", "2026-11-25")


@pytest.mark.parametrize("item", published.cases(), ids=lambda item: item.id)
def test_a_published_example_agrees_or_the_difference_is_explained(item: published.Case) -> None:
    assert item.url.startswith("https://")
    for check in item.checks:
        assert check.agrees or check.why or abs(check.error or 0) < 0.05, (check.what, check.ours)
        assert not (check.agrees and check.error == 0 and check.why), "an excuse that is not needed"


def test_there_are_enough_examples_and_most_were_held_out() -> None:
    found = published.summary()
    assert found.cases >= 8
    assert found.held_out >= found.checks * 0.7
    assert found.held_out_agree >= 0.8 * found.held_out
    assert found.median_error < 0.01


def test_the_error_table_is_printed() -> None:
    text = run("--evaluate").output
    assert f"{published.summary().cases} examples" in text
    assert {item["id"] for item in json.loads(run("--evaluate", "--json").output)} == {
        item.id for item in published.cases()
    }


@pytest.mark.parametrize(
    ("args", "fleet"),
    [
        (("--reserved-rate", "1.79"), 1.79 * 730),
        (("--reserved-rate", "1", "--rate", "3", "--reserved-share", "50%"), 2 * 730),
    ],
)
def test_a_reserved_rate_is_paid(args: tuple[str, ...], fleet: float) -> None:
    found = told(*args, "--price-out", "1", "--tokens", "1B", "--bare")
    assert found["options"][0]["month"] == pytest.approx(fleet)


def test_tokens_of_a_unit_make_a_unit_and_the_price_of_its_size() -> None:
    """300,000 tokens of one request stand in the dearer tier, whether or not the unit has a name."""
    asked = ("--units", "1000", "--tokens-in", "300000", "--tokens-out", "1000", "--api", "gpt-6-luna")
    without, named = (told(*asked, *more, "--fleet-month", "100", "--bare") for more in ((), ("--unit", "call")))
    assert without["api_month"] == named["api_month"]
    assert without["unit"] == "units"


def test_what_has_no_tokens_is_not_told_by_the_million() -> None:
    found = told("--units", "6000", "--unit", "minute", "--price-unit", "0.02", "--fleet-month", "450", "--bare")
    assert found["options"][0]["break_even"] == pytest.approx(22500)
    assert found["options"][0]["break_even_tokens"] is None
    assert found["tokens_per_unit"] is None


def test_rented_cards_are_given_back_when_the_volume_falls() -> None:
    months = told(
        *("--rate", "2", "--capacity", "1000", "--units", "5000", "--unit", "call", "--price-unit", "4"),
        *("--growth", "-0.5", "--one-off", "100000", "--bare"),
    )["options"][0]["payback_months"]
    assert months == pytest.approx(10.9, abs=0.1)


def test_a_ratio_in_a_file_is_not_read_to_the_base_of_sixty(tmp_path: Path) -> None:
    path = tmp_path / "asked.yml"
    path.write_text("ratio: 3:1\ntokens: 4M\nprice_in: 1\nprice_out: 2\nfleet_month: 10\n")
    assert told(str(path), "--bare")["api_month"] == pytest.approx(3 * 1 + 1 * 2)
