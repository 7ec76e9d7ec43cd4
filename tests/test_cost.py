"""The command `atlas cost`, list prices, what the atlas assumes, and published worked examples."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from macros import api_prices, size_page
from macros.cost import published
from macros.cost.defaults import apart
from macros.cost.given import CHARACTERS
from macros.cost.spread import Range
from macros.cost.words import amount, large_range, volume
from macros.cost_cli import cost
from macros.cost_page import FIRST
from macros.cost_shape import shape
from macros.derive import Derived
from macros.model import Atlas, Speed
from macros.sizing.engines import DEFAULT_ENGINE, rules
from macros.speed_estimate import of_pace, pace
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


def test_a_huge_fleet_has_more_people_than_one_card() -> None:
    """Half a person covers 300 of the 600 accelerators that one looks after; people a machine replace it."""
    body = told(*EXAMPLE)["options"][0]
    assert body["lines"]["people"] == pytest.approx(0.5 * 260_000 / 12)
    huge = told(*EXAMPLE, "--least", "5000")["options"][0]
    assert huge["accelerators"] > 5000
    assert huge["lines"]["people"] == pytest.approx(huge["accelerators"] / 600 * 260_000 / 12)
    each = told(*EXAMPLE, "--least", "5000", "--fte-machine", "0.001")
    assert "gpus_fte" not in {item["figure"] for item in each["assumed"]}


def test_a_dedicated_endpoint_is_a_side_of_its_own() -> None:
    """Billed by the hour of the accelerators of whole replicas, without rent, machines or their people."""
    args = ("--api", "gpt-6.1-terra", "--gpu", "h200-sxm", "--model", "gpt-oss-120b", "--tokens", "1B")
    options = {option["kind"]: option for option in told(*args)["options"]}
    found, lines = options["endpoint"], options["endpoint"]["lines"]
    assert lines["rent"] == pytest.approx(found["accelerators"] * 6.25 * 730), "nothing on top of the price"
    assert lines["people"] == pytest.approx(0.2 * 260_000 / 12)
    assert {"purchase", "hosting", "energy"}.isdisjoint(name for name, sum_ in lines.items() if sum_)
    assert found["sentence"].startswith("At 1 billion tokens a month, the API costs")
    assert "a dedicated endpoint" in found["sentence"] and "hosting it yourself" not in found["sentence"]
    assert len(found["tornado"]) > 3 and found["totals"] and found["curve"]
    swung = {swing["figure"] for swing in found["tornado"]}
    assert not {"rate", "uplift", "fte", "gpus_fte", "maintenance"} & swung
    assert "endpoint_rate" not in {swing["figure"] for swing in options["rented"]["tornado"]}
    text = run(*args, "--csv").output.splitlines()[0]
    assert text.endswith("rented, USD,owned, USD,endpoint, USD") or '"endpoint, USD"' in text
    own = told("--endpoint-rate", "5", "--tokens-s", "700", "--price-out", "9", "--tokens", "1B", "--bare")
    assert [option["kind"] for option in own["options"]] == ["endpoint"]
    assert own["options"][0]["month"] == pytest.approx(5 * 730)


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
    assert [option["kind"] for option in body["options"]] == ["rented", "owned", "endpoint"]
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


def test_a_workload_alone_is_asked_about_as_its_page_does(derived: Derived) -> None:
    item = derived.workloads["recruitment-screening"]
    on_page = shape(derived.atlas, item)
    body = told("--workload", "recruitment-screening")
    row = next(row for row in on_page.rows if row.offer.id == FIRST["api"])
    assert on_page.own
    assert body["api_month"] == pytest.approx(row.typical)
    assert body["options"][0]["month"] == pytest.approx(on_page.own.typical)
    assert body["options"][0]["break_even"] == pytest.approx(row.even)
    notes = " ".join(body["notes"])
    assert row.offer.title in notes and on_page.hosted.sets[0].model.title in notes, "what was taken is said"


def test_a_speed_that_nobody_published_is_estimated_and_said_to_be(atlas: Atlas) -> None:
    """By the length of a request: 32,000 tokens are answered more slowly than the 4,000 that are usual."""
    asked = ("--model", "qwen3.8-27b", "--gpu", "h200-sxm", "--price-in", "1", "--price-out", "5")
    body = told(*asked, "--tokens", "20B", "--ratio", "8:1")
    paced = pace(atlas, atlas.models["qwen3.8-27b"], atlas.accelerators["h200-sxm"])
    assert paced and list(paced.speed_out) == sorted(paced.speed_out, reverse=True)
    assert (body["figures"]["speed_in"], body["figures"]["speed_out"]) == (paced.speed_in, paced.speed_out[1])
    assert any("may be three times off" in note for note in body["notes"])
    row = next(used for used in body["assumed"] if used["figure"] == "of_published")
    assert row["value"] == list(of_pace(atlas) or ()) and row["value"][0] < 0.3, "less is known than of a run"
    assert body["options"][0]["replicas"] > 2
    long = told(*asked, "--units", "1M", "--tokens-in", "30000", "--tokens-out", "2000", "--unit", "case")
    assert long["figures"]["speed_out"] == paced.speed_out[3]
    said = told(*asked, "--tokens", "20B", "--of-published", "0.9")
    assert said["figures"]["of_published"] == 0.9, "who says so is believed"
    heard = told("--model", "whisper-large-v3", "--gpu", "l40s", "--price-in", "1", "--tokens", "1B")
    assert any("give --tokens-s" in note for note in heard["notes"]), "a minute of sound has no tokens to count by"


@pytest.mark.parametrize("speed", [(), ("--tokens-s", "900")])
def test_a_replica_without_a_published_run_has_the_cards_that_its_memory_takes(
    derived: Derived, speed: tuple[str, ...]
) -> None:
    atlas = derived.atlas
    item, gpu = atlas.models["llama-3.3-70b-instruct"], atlas.accelerators["l40s"]
    (count,) = size_page.row(item, (gpu,), rules(DEFAULT_ENGINE)).counts
    body = told("--model", item.id, "--gpu", gpu.id, "--price-out", "9", "--tokens", "1B", *speed)
    assert count and count > 1 and body["figures"]["gpus"] == count
    assert next(used for used in body["assumed"] if used["figure"] == "gpus")["record"] == f"models/{item.id}"
    told_one = told(
        "--model", item.id, "--gpu", gpu.id, "--price-out", "9", "--tokens", "1B", "--gpus", "1", *speed
    )
    assert told_one["figures"]["gpus"] == 1, "who says how many is believed"


def test_what_is_named_beside_a_workload_is_kept() -> None:
    body = told("--workload", "recruitment-screening", "--price-in", "100", "--price-out", "100")
    chatted = 1 - 4500 / (10500 + 650)  # the rest is marked, at a price of its own
    assert body["api_per_million"] == pytest.approx(100 * chatted, rel=0.05) and body["options"][0]["month"] > 0
    body = told("--workload", "recruitment-screening", "--fleet-month", "700")
    assert body["api_month"] > 0 and not any("to host" in note for note in body["notes"])


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
        (("--model", "glm-5.2", "--gpu", "l40s"), "one machine of l40s does not hold glm-5.2; name another"),
        (("--rate", "cheap"), "rate: `cheap` is no number"),
        (("--rate", "2,50"), "for decimals write 2.50"),
        (("--rate", "1,20,000"), "is no number"),
        (("--tokens-s", "0"), "more than 0 (tokens a second)"),
        (
            ("--tokens-s", "7", "--counts", "input", "--tokens", "1B", "--price-out", "9"),
            "counts input, of which",
        ),
        (("--evaluate", "--rate", "2"), "--rate would be ignored with --evaluate"),
        (("--api", "gpt-99"), "no model `gpt-99`"),
        (("--gpu", "h1000", "--tokens", "1M"), "no accelerator `h1000`"),
        (("--gpu", "h100", "--tokens", "1M"), "did you mean `h100-pcie` or `h100-sxm` or `h100-nvl`?"),
        (("--workload", "recruitment-screning"), "did you mean `recruitment-screening`?"),
        (("--workload", "no-such-workload"), "`atlas route --list` names the workloads"),
        ((str(ROOT / "README.md"),), "README.md` is no comparison of costs"),
        (("--tokens", "1M", "--input-tokens", "1M"), "input and output together"),
        (("--counts", "words", "--tokens-s", "1"), "none of output, input, total"),
        (("--gpu", "gaudi-3", "--tokens-s", "500"), "no price of gaudi-3"),
        (("--model", "gpt-oss-120b"), "name one with --gpu"),
        (("--tokens", "500M"), "nothing here has a price; name a model behind an API (--api)"),
        (("--rate", "1", "--units", "40.000"), "`40.000` can be read in two ways; write 40000, or 40 if"),
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
    assert rows[0] == ["million tokens a month", "API, USD", "rented, USD"]
    volumes = [float(row[0]) for row in rows[1:]]
    assert volumes == sorted(volumes)
    assert [row for row in rows if row[0] == "500"] == [["500", "4500.00", "1825.00"]]


def test_the_text_says_the_sentence_first_and_names_what_was_assumed() -> None:
    text = run(*EXAMPLE).output
    assert text.startswith("At 500 million tokens a month, the API costs $")
    assert "Taken from the atlas" in text and "With nothing assumed (--bare)" in text


def test_characters_of_a_token_are_those_of_their_record(atlas: Atlas) -> None:
    """The reader of figures knows no atlas, so this holds the two equal."""
    assert atlas.prices["characters-of-a-token"].base == CHARACTERS


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
    head, *rows = [line for line in text.splitlines() if not line.startswith("    ") and "  " in line]
    ends = [head.index(name) + len(name) for name in ("published", "ours", "error")]
    for row in rows:
        assert all(row[end - 1] != " " and row[end : end + 1] in ("", " ") for end in ends), row
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


BAD = """\
tokens_ss: 3
price_out: x
rate: {low: 1, bse: 2, high: 3}
rate: 3
cached: 2
ratio: 3:1
output-share: 0.9
api: gpt-99
"""


def test_every_fault_of_a_file_is_told_at_once_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "asked.yml"
    path.write_text(BAD)
    done = run(str(path))
    assert done.exit_code == 2
    for place, words in (
        ("1:1  WA101", "did you mean `tokens_s`"),
        ("2:12  WA106", "`x` is no number"),
        ("3:7  WA106", "low and high"),
        ("4:1  WA004", "appears twice"),
        ("5:9  WA107", "at most 1"),
        ("7:15  WA206", "beside `ratio`"),
        ("8:6  WA201", "no model `gpt-99`"),
    ):
        (line,) = [line for line in done.output.splitlines() if line.startswith(f"{path}:{place}")]
        assert words in line
    path.write_text("rate: 2\n  tokens: [")
    assert "WA003" in run(str(path)).output
    path.write_text("rate:\ntokens_s: 1\n")
    assert "1:1  WA103" in run(str(path)).output or "WA103  `rate` has no value" in run(str(path)).output


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--ratio", "3:1", "--output-share", "0.9", "--tokens", "1M"), "beside `ratio`"),
        (("--tokens-s", "100", "--requests-s", "5"), "added up"),
        (("--tokens-in", "10", "--ratio", "3:1", "--units", "5"), "the mix follows"),
        (("--utilisation", "50%", "--rate", "1"), "it needs a speed"),
        (("--fleet-month", "100", "--rate", "1"), "one sum"),
        (("--fleet-month", "100", "--gpu", "h100-sxm"), "one sum"),
        (("--api-month", "100", "--api", "gpt-6-luna", "--rate", "1"), "holds the price already"),
        (("--price", "9", "--energy-month", "3", "--watts", "300", "--kwh", "1"), "both are electricity"),
        (("--hours", "5000", "--rate", "1"), "at most 744"),
        (("--characters-token", "4", "--rate", "1"), "has no effect"),
        (("--currency", "EURO", "--rate", "1"), "three letters"),
    ],
)
def test_what_contradicts_itself_is_refused(args: tuple[str, ...], words: str) -> None:
    for more in ((), ("--bare",)):
        done = run(*args, *more)
        assert done.exit_code == 2
        assert words in done.output


def test_cached_input_gets_the_batch_discount_only_where_the_list_says_so() -> None:
    """8 parts of input to 1, four fifths of it cached: 0.7111 M × 0.075 + 0.1778 M × 0.075 + 0.1111 M × 0.30."""
    asked = (
        "--cached",
        "80%",
        "--batch",
        "100%",
        "--tokens",
        "1B",
        "--ratio",
        "8:1",
        "--fleet-month",
        "9",
        "--bare",
    )
    assert told("--api", "groq/openai/gpt-oss-120b", *asked)["api_month"] == pytest.approx(100.0)
    terra = told("--api", "gpt-6.1-terra", *asked)
    assert terra["figures"]["batch_cached"] == 1.0
    assert terra["api_month"] == pytest.approx(1000 / 9 * (8 * (0.8 * 0.05 + 0.2 * 1.0) + 5.0) / 2)


def test_a_price_that_depends_on_the_hour_is_a_range_and_is_told() -> None:
    found = told("--api", "deepseek-flash", "--tokens", "1B", "--rate", "2", "--tokens-s", "900", "--bare")
    assert found["figures"]["price_in"] == 0.15
    assert found["ranges"]["price_in"] == [0.15, 0.3]
    assert any("1 to 4 and 6 to 10 UTC" in note for note in found["notes"])
    for price in ("price_out", "price_cached"):
        low, high = found["ranges"][price]
        assert high == pytest.approx(2 * low), "all prices of the list double in the same hours"


def test_a_missing_batch_price_is_called_missing() -> None:
    text = run("--api", "aws-openai.gpt-oss-120b", "--tokens", "1B", "--rate", "2", "--json").output
    assert "has no batch price" in json.dumps(
        [item for item in json.loads(text)["assumed"] if item["figure"] == "batch_off"]
    )


def test_another_fixed_cost_leaves_the_card_and_the_people() -> None:
    asked = ("--api", "gpt-6-luna", "--gpu", "h100-sxm", "--tokens", "1B", "--tokens-s", "900")
    plain, more = (told(*asked, *extra)["options"][0] for extra in ((), ("--platform", "500")))
    assert more["month"] == pytest.approx(plain["month"] + 500)


def test_an_api_alone_has_nothing_beside_it() -> None:
    for more in ((), ("--bare",)):
        text = run("--api", "gpt-6-luna", "--tokens", "1B", *more).output
        assert "No cost of hosting is given" in text
        assert "self-hosted" not in text and "Crossings" not in text and "$0 " not in text


def test_a_fleet_alone_has_nothing_beside_it() -> None:
    text = run("--gpu", "l40s", "--tokens", "1B").output
    assert text.startswith("No API price is given") and "by volume: self-hosted\n" in text
    assert "API  " not in text and "Crossings" not in text and "people" in text


def test_requests_sent_again_load_ones_own_replicas_too() -> None:
    asked = ("--rate", "2", "--tokens-s", "1000", "--price-out", "1", "--tokens", "1B", "--bare")
    once, twice = (told(*asked, "--retry", share)["options"][0] for share in ("0", "100%"))
    assert twice["replica_capacity"] == pytest.approx(once["replica_capacity"] / 2)
    assert twice["utilisation"] == pytest.approx(1e9 * 2 / (twice["replicas"] * 730 * 3600 * 1000))


def test_a_cost_of_each_own_unit_is_counted() -> None:
    """A published example: owned machine, 0.21 a million of one's own against 0.51: 0.30 saved a million."""
    asked = ("--price", "8490", "--price-unit", "0.51", "--tokens", "436M", "--own-unit", "0.21", "--bare")
    found = told(*asked, "--unit", "million tokens", "--life", "120")["options"][0]
    assert found["payback_months"] == pytest.approx(8490 / (0.30 * 436), rel=0.01)
    assert found["lines"]["units"] == pytest.approx(0.21 * 436)


def test_the_month_is_told_by_the_unit_and_the_million() -> None:
    body = told(*EXAMPLE, "--bare")
    assert body["options"][0]["per_million"] == pytest.approx(1825 / 500)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (80000, "question", "80,000 questions"),
        (1, "page of 300 words", "1 page of 300 words"),
        (2.5e6, "query", "2.5 million queries"),
        (2, "case (advisory, finding or sample)", "2 cases (advisory, finding or sample)"),
        (12, "tickets", "12 tickets"),
        (1000, "million tokens", "1 billion tokens"),
    ],
)
def test_volumes_are_told_in_words(value: float, unit: str, text: str) -> None:
    assert volume(value, unit) == text


def test_a_volume_has_its_range_behind_it() -> None:
    assert large_range(Range(3.7e6, 4.5e6, 1.1e7)) == "4.5 million (3.7 to 11 million)"
    assert large_range(Range(380_000, 460_000, 1.1e6)) == "460,000 (380,000 to 1.1 million)"
    assert large_range(Range(3e6, 4e6, None)) == "4 million (3 million to never)"
    assert large_range(Range(9000, 9000, 9000)) == "9,000"


def test_an_amount_has_its_minus_first_and_two_places_or_none() -> None:
    assert [amount(v) for v in (-27000.0, 8.0, 0.3, 2.54)] == ["−$27,000", "$8", "$0.30", "$2.50"]


def test_what_is_given_for_a_day_counts_on_the_days_with_work() -> None:
    """303 requests on 22 days; without days, on 365 / 12."""
    asked = ("--unit", "requests", "--units-day", "303", "--price-unit", "1", "--fleet-month", "20", "--bare")
    assert told(*asked, "--days-month", "22")["api_month"] == pytest.approx(303 * 22)
    assert told(*asked)["api_month"] == pytest.approx(303 * 365 / 12)
    tokens = ("--tokens-day", "10M", "--blended", "5", "--rate", "2", "--bare")
    assert told(*tokens, "--days-month", "20")["api_month"] == pytest.approx(10 * 20 * 5)


def test_a_bill_holds_what_was_sent_again() -> None:
    assert told("--api-month", "9000", "--fleet-month", "12000")["api_month"] == pytest.approx(9000)


def test_a_whole_fleet_costs_the_same_at_any_volume_and_says_how_far_that_holds() -> None:
    asked = ("--fleet-month", "700", "--blended", "5", "--tokens", "100M", "--bare")
    assert any("the same at any volume" in note for note in told(*asked)["notes"])
    notes = told(*asked, "--tokens-s", "30")["notes"]
    assert any("a replica carries 79 million tokens a month" in note for note in notes)


def test_what_changes_nothing_is_said_to() -> None:
    asked = ("--rate", "2", "--blended", "5", "--tokens", "100M", "--most", "2", "--bare")
    assert any(note.startswith("most: without effect") for note in told(*asked)["notes"])
    assert not any("without effect" in note for note in told(*asked, "--tokens-s", "900")["notes"])


def test_years_are_added_up_as_volume_grows_and_prices_fall() -> None:
    asked = ("--unit", "calls", "--units", "1000", "--price-unit", "1", "--fleet-month", "3000", "--bare")
    grown = told(*asked, "--growth", "300%", "--api-decline", "10%", "--horizon", "30")
    months = [1000 * (4 * 0.9) ** (month / 12) for month in range(30)]
    expected = [[n, pytest.approx(sum(months[:n])), pytest.approx(3000 * n)] for n in (12, 24, 30)]
    option = grown["options"][0]
    assert option["totals"] == expected
    overtaken = next(n for n, bill in enumerate(months, start=1) if bill > 3000)
    assert option["cheaper_from_month"] == overtaken == 12
    assert "With growth and the fall of prices counted, the 12th month is the first" in option["sentence"]
    assert "of prices" not in told(*asked)["options"][0]["sentence"]
    never = told(*asked, "--growth", "1%")["options"][0]
    assert never["cheaper_from_month"] is None
    assert "With growth counted, no month within ten years is cheaper." in never["sentence"]


def test_a_part_left_to_the_api_is_billed_and_carried_by_nobody_else() -> None:
    asked = ("--unit", "calls", "--units", "1000", "--price-unit", "2", "--rate", "1", "--capacity", "100")
    alone = told(*asked, "--bare")["options"][0]
    both = told(*asked, "--bare", "--left-to-api", "40%")["options"][0]
    assert (alone["replicas"], both["replicas"]) == (10, 6)
    assert both["lines"]["left_to_api"] == pytest.approx(0.4 * 1000 * 2)
    assert both["month"] == pytest.approx(6 * 730 + 800)


def test_a_fleet_of_so_many_replicas_leaves_the_rest_to_the_api() -> None:
    asked = ("--unit", "calls", "--price-unit", "10", "--rate", "1", "--capacity", "100", "--most", "4", "--bare")
    full = told(*asked, "--units", "1000")["options"][0]
    assert full["replicas"] == 4
    assert full["month"] == pytest.approx(4 * 730 + 600 * 10)
    assert full["lines"]["left_to_api"] == pytest.approx(6000)
    assert full["break_even"] == pytest.approx(
        3 * 730 / 10
    )  # on the third stair; the fourth and all above it stay below the bill
    assert told(*asked, "--units", "400")["options"][0]["lines"]["left_to_api"] == 0
    bill = ("--api-fixed", "50", "--units", "1000")
    assert told(*asked, *bill)["options"][0]["month"] == pytest.approx(4 * 730 + 6000 + 50)


def test_months_of_setting_up_cost_both() -> None:
    asked = ("--api-month", "100", "--fleet-month", "40", "--one-off", "60", "--bare")
    assert told(*asked)["options"][0]["payback_months"] == pytest.approx(1)
    later = told(*asked, "--setup", "3")["options"][0]
    assert later["payback_months"] == pytest.approx(3 + (60 + 3 * 40) / 60)
    assert later["totals"][0] == [12, 1200, pytest.approx(12 * 40 + 12 * 60 / 36 + 300)]


def test_months_until_money_comes_back_have_a_range_where_figures_have_one() -> None:
    asked = ("--price", "1000", "--bare")
    exact = told(*asked, "--api-month", "100")["options"][0]
    assert exact["payback_range"] == [10, 10, 10]
    assert "after 10 months." in exact["sentence"]
    low, base, high = told(*asked, "--api-month", "80..100..200")["options"][0]["payback_range"]
    assert 1000 / 200 < low < base == 10 <= high < 1000 / 80
    told_so = told(*asked, "--api-month", "80..100..200")["options"][0]["sentence"]
    assert " in eight of ten draws)." in told_so.split("has come back")[1]


def test_prices_without_tokens_are_told_from_no_prices() -> None:
    text = run(
        "--api", "gpt-6-luna", "--gpu", "l40s", "--units", "100", "--tokens-in", "0", "--tokens-out", "0"
    ).output
    assert text.startswith("No tokens of a unit are given for the prices of the API")


def test_what_is_embedded_or_ranked_is_not_billed_as_what_a_chat_model_reads() -> None:
    listed = {"text-embedding-3-small": 0.02, "voyage-4": 0.06, "text-embedding-3-large": 0.13}
    body = told("--workload", "private-embedding-and-reranking", "--api", "anthropic-claude-opus-5-5", "--bare")
    assert body["figures"]["scored"] == 1
    assert [body["figures"]["price_scored"], *body["ranges"]["price_scored"]] == [
        listed[name] for name in ("voyage-4", "text-embedding-3-small", "text-embedding-3-large")
    ]
    assert body["api_per_million"] == pytest.approx(0.06)
    part = (
        "--unit",
        "call",
        "--tokens-in",
        "1M",
        "--price-in",
        "10",
        "--price-out",
        "10",
        "--rate",
        "1",
        "--bare",
    )
    assert told(*part, "--scored", "75%")["api_per_unit"] == pytest.approx(10), "who names no price has one only"
    assert told(*part, "--scored", "75%", "--price-scored", "2")["api_per_unit"] == pytest.approx(2.5 + 1.5)


def test_tokens_that_somebody_counts_himself_are_all_read_by_the_model() -> None:
    body = told("--workload", "internal-knowledge-assistant", "--tokens-in", "5500", "--api", "gpt-6.1-terra")
    assert body["figures"]["scored"] == 0


def test_a_request_longer_than_the_model_takes_is_told() -> None:
    named = ("--api", "gpt-6.1-terra", "--gpu", "h100-sxm", "--model", "llama-3.1-8b-instruct")
    asked = (*named, "--unit", "call", "--units", "9", "--tokens-out", "500")
    long = [note for note in told(*asked, "--tokens-in", "300000")["notes"] if "One request has" in note]
    assert long == [
        "One request has 300,500 tokens, more than the 131,072 that Llama 3.1 8B Instruct takes: choose another "
        "model, or cut the request."
    ]
    assert not any("One request has" in note for note in told(*asked, "--tokens-in", "130000")["notes"])


def test_a_published_speed_of_answers_alone_does_not_read_prompts_for_nothing() -> None:
    asked = (
        "--unit",
        "call",
        "--units",
        "9",
        "--api",
        "gpt-6.1-terra",
        "--gpu",
        "h100-sxm",
        "--tokens-out",
        "300",
    )
    model = ("--model", "llama-3.1-8b-instruct")
    short, long = (
        told(*asked, *model, "--tokens-in", tokens)["options"][0]["replica_capacity"]
        for tokens in ("100", "30000")
    )
    assert long < short / 5
    like = told(*asked, "--model", "apertus-8b-instruct", "--tokens-in", "30000")["options"][0]["replica_capacity"]
    assert 1 < long / like < 6, "the same size in 16 bit instead of 8, at an estimated speed"


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        (("--tokens-in", "1.200"), "write 1200, or 1.2000 if that is meant"),
        (("--units", "12.500"), "write 12500, or 12.5000 if that is meant"),
        (("--rate", "2.000"), "write 2000, or 2 if that is meant"),
    ],
)
def test_thousands_written_with_a_point_are_not_taken_for_decimals(said: tuple[str, ...], instead: str) -> None:
    assert instead in run(*said, "--price-in", "1", "--bare").output
    assert told("--rate", "1.545", "--price-out", "3", "--tokens", "100M", "--bare")["figures"]["rate"] == 1.545
    exact = told("--rate", "1", "--price-unit", "3", "--unit", "call", "--units", "12.5000", "--bare")
    assert exact["volume"] == 12.5
