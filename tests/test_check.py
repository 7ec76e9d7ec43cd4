"""`atlas check`: what a contributor sees for each kind of mistake, on copies of the published atlas."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.checks import prices, story_templates
from macros.cost.keys import BY_NAME
from macros.library import Library
from macros.problems import CODES
from macros.validate import check_root
from tests.conftest import ROOT, run_atlas, run_mkdocs

SCREENING = "atlas/workloads/regulated-decisions/recruitment-screening.yml"
COMPLETION = "atlas/workloads/code-and-security/code-completion.yml"
CHAT = "atlas/absent/customer-service-chat.yml"
CREDIT = "atlas/workloads/regulated-decisions/credit-underwriting-support.yml"
MANUAL = "atlas/workloads/private-knowledge/technical-manual-assistant.yml"
RISK = "atlas/obligations/eu-ai-act/ai-act-9-risk-management.yml"
KEEP_LOGS = "atlas/obligations/eu-ai-act/ai-act-26-6-keep-logs.yml"
PROPOSAL = "atlas/obligations/gdpr/gdpr-proposed-ai-legitimate-interest.yml"
SCHEMA_OF_NOTHING = "schema/vocabulary.schema.json"


def line_of(path: Path, text: str) -> int:
    """Number of the first line that begins with `text`, indentation aside."""
    return next(n for n, line in enumerate(path.read_text().split("\n"), 1) if line.strip().startswith(text))


def replace(path: Path, old: str, new: str) -> None:
    content = path.read_text()
    assert re.search(old, content, re.M), f"{old!r} is not in {path}"
    path.write_text(re.sub(old, lambda _: new, content, count=1, flags=re.M))


def test_published_atlas_has_no_problems_and_prints_its_counts(library: Library) -> None:
    done = run_atlas("check", cwd=ROOT)
    assert done.returncode == 0, done.stdout
    assert f"{len(library.kind('workloads'))} workloads" in done.stdout
    assert "no problems" in done.stdout


def test_works_from_any_folder_below_and_with_root() -> None:
    assert run_atlas("check", cwd=ROOT / "docs").returncode == 0
    assert run_atlas("check", "--root", str(ROOT), cwd=Path("/")).returncode == 0


@pytest.mark.parametrize("arguments", [["check", "--nonsense"], ["nonsense"], ["check", "--root", "/nowhere"]])
def test_wrong_usage_exits_with_2(arguments: list[str]) -> None:
    assert run_atlas(*arguments, cwd=ROOT).returncode == 2


def test_outside_an_atlas_exits_with_2_and_says_so(tmp_path: Path) -> None:
    done = run_atlas("check", cwd=tmp_path)
    assert done.returncode == 2
    assert "--root" in done.stderr


PRICED = json.loads((ROOT / "schema/price.schema.json").read_text())["properties"]["figure"]["enum"]
RATES = ("growth", "interest", "api_decline")
"""Told for a year as a salary is, and yet shares."""


@pytest.mark.parametrize("figure", PRICED)
def test_an_amount_of_money_names_its_currency_and_no_other_figure_does(library: Library, figure: str) -> None:
    rent = library.kind("prices")["rent-h100-sxm"]
    said = {**rent.document.data, "figure": figure}
    bare = {key: value for key, value in said.items() if key != "currency"}

    def faults(data: dict[str, object]) -> list[str]:
        entry = dataclasses.replace(rent, document=dataclasses.replace(rent.document, data=data))
        return [
            found.what for found in prices.check(Library(library.settings, {"prices": {"it": entry}}), set(), ROOT)
        ]

    # What is told for one of something, or once, costs money.
    if re.match(r"an? |once", BY_NAME[figure].unit) and figure not in RATES:
        assert not faults(said)
        assert faults(bare) == [f"`{figure}` is an amount of money without a currency"]
    else:
        assert not faults(bare)
        assert faults(said) == [f"`{figure}` is no amount of money"]


def test_three_mistakes_in_three_files_are_all_named_and_the_build_refuses(copy: Path) -> None:
    """The promise of the README: one run, every problem, right line and column, no site."""
    screening, completion = copy / SCREENING, copy / COMPLETION
    engine = copy / "atlas/engines/vllm.yml"
    replace(screening, r"^summary:.*(?:\n  .*)*\n", "")
    replace(
        completion,
        r"^related:",
        "considered:\n  - model: lama-3.3-70b-instruct\n    note: A misspelt one for the test.\nrelated:",
    ) if "considered:" not in completion.read_text() else replace(
        completion, r"- model: \S+", "- model: lama-3.3-70b-instruct"
    )
    engine.write_text(engine.read_text() + "title: again\n")
    lines = engine.read_text().count("\n")
    done = run_atlas("check", cwd=copy)
    assert done.returncode == 1
    first = line_of(screening, "title:")
    assert f"{SCREENING}:{first}:1  WA102  missing key `summary`" in done.stdout
    place = line_of(completion, "- model: lama")
    column = completion.read_text().split("\n")[place - 1].index("lama") + 1
    assert f"{COMPLETION}:{place}:{column}  WA201  unknown model `lama-3.3-70b-instruct`" in done.stdout
    assert "did you mean `llama-3.3-70b-instruct`" in done.stdout
    assert f"atlas/engines/vllm.yml:{lines}:1  WA004  key `title` appears twice" in done.stdout
    built = run_mkdocs("build", cwd=copy)
    assert built.returncode != 0
    assert not (copy / "site").exists()
    for line in done.stdout.strip().splitlines():
        assert line in built.stdout + built.stderr
    assert "Traceback" not in built.stderr


def edit(old: str, new: str, file: str = SCREENING) -> Callable[[Path], None]:
    return lambda root: replace(root / file, old, new)


def rename(old: str, new: str) -> Callable[[Path], None]:
    def act(root: Path) -> None:
        (root / old).rename(root / new)

    return act


def write(file: str, content: bytes) -> Callable[[Path], None]:
    def act(root: Path) -> None:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_bytes(content)

    return act


def remove(file: str) -> Callable[[Path], None]:
    return lambda root: (root / file).unlink()


def copy_file(old: str, new: str) -> Callable[[Path], None]:
    def act(root: Path) -> None:
        (root / new).parent.mkdir(parents=True, exist_ok=True)
        (root / new).write_bytes((root / old).read_bytes())

    return act


def former(kind: str, old: str, now: str) -> Callable[[Path], None]:
    """Say that a record had another id."""

    def act(root: Path) -> None:
        with (root / "atlas/atlas.yml").open("a") as file:
            file.write(f"former_ids:\n  {kind}:\n    {old}: {now}\n")

    return act


MISTAKES: list[tuple[str, Callable[[Path], None], str, str]] = [
    ("WA001", write(SCREENING, "title: Prüfung".encode("latin-1")), SCREENING, "UTF-8"),
    ("WA002", write(SCREENING, b"title: " + b"x" * 10_000_000), SCREENING, "bytes"),
    ("WA003", edit(r"^title: .*", "title: a: b"), SCREENING, "colon followed by a space"),
    ("WA004", edit(r"^title: (.*)", "title: Twice\ntitle: Twice"), SCREENING, "twice"),
    ("WA005", edit(r"^title: ", "title: &t "), SCREENING, "anchor"),
    ("WA006", edit(r"\Z", "---\ntitle: b\n"), SCREENING, "second document"),
    ("WA007", edit(r"^title: ", "title: !!str "), SCREENING, "tag"),
    (
        "WA010",
        copy_file(SCREENING, "atlas/workload/x.yml"),
        "atlas/workload/x.yml",
        "did you mean `workloads`",
    ),
    ("WA010", copy_file(SCREENING, "atlas/workloads/x.yml"), "atlas/workloads/x.yml", "<pattern>/<id>.yml"),
    (
        "WA010",
        copy_file(SCREENING, "atlas/workloads/code-and-security/x.yaml"),
        "atlas/workloads/code-and-security/x.yaml",
        ".yml",
    ),
    (
        "WA010",
        copy_file(SCREENING, "atlas/workloads/code-and-security/CV Screening.yml"),
        "atlas/workloads/code-and-security/CV Screening.yml",
        "lower-case",
    ),
    (
        "WA011",
        copy_file(SCREENING, "atlas/workloads/volume-and-latency/recruitment-screening.yml"),
        "atlas/workloads/volume-and-latency/recruitment-screening.yml",
        SCREENING,
    ),
    ("WA012", edit(r"^title: ", "id: cv\ntitle: "), SCREENING, "the id is the file name"),
    ("WA101", edit(r"^signals:", "signalz:"), SCREENING, "did you mean `signals`"),
    ("WA102", edit(r"^reviewed:.*\n", ""), SCREENING, "missing key `reviewed`"),
    ("WA103", edit(r"^reviewed:.*", "reviewed: 2026"), SCREENING, 'a day in quotes, such as "2026-11-23"'),
    (
        "WA103",
        edit(r"^published:.*", "published: 2023", "atlas/sources/eu-ai-act-2024-1689.yml"),
        "atlas/sources/eu-ai-act-2024-1689.yml",
        'in quotes: "2023"',
    ),
    ("WA103", edit(r"tools: (true|false)", "tools: yes"), SCREENING, "true or false"),
    (
        "WA103",
        edit(r"^  value: .*", "  value: 1.10", "atlas/engines/vllm.yml"),
        "atlas/engines/vllm.yml",
        '"1.10"',
    ),
    (
        "WA104",
        edit(r"data_boundary: (must_stay|prefer_inside)", "data_boundary: mst_stay"),
        SCREENING,
        "must_stay",
    ),
    (
        "WA104",
        edit(r"annex_iii:\n +- \"?any\"?", "annex_iii: [anny]", KEEP_LOGS),
        KEEP_LOGS,
        "did you mean `any`",
    ),
    ("WA105", edit(r"^summary:.*(?:\n  .*)*\n", "summary: Short.\n"), SCREENING, "at least 40"),
    (
        "WA106",
        edit(r"^reviewed:.*", 'reviewed: "2026-13-45"'),
        SCREENING,
        "no day 2026-13-45: months are 01 to 12",
    ),
    ("WA106", edit(r"^reviewed:.*", "reviewed: 2026/11/5"), SCREENING, "not written as a day.*: 2026-11-05$"),
    ("WA106", edit(r"^reviewed:.*", "reviewed: yesterday"), SCREENING, "year-month-day.*such as 2026-11-23$"),
    ("WA106", edit(r"^title: .*", "title: <b>CV</b>"), SCREENING, "without < > { }"),
    ("WA106", edit(r"^title: .*", 'title: "{{ 7 * 7 }}"'), SCREENING, "without < > { }"),
    ("WA107", edit(r"peak_factor: .*", "peak_factor: 0.5"), SCREENING, "at least 1"),
    ("WA108", edit(r"^synonyms:(?:\n .*)+", "synonyms: [one, one, two]"), SCREENING, "repeats"),
    (
        "WA201",
        copy_file(SCREENING, "atlas/workloads/code-and-securty/x.yml"),
        "atlas/workloads/code-and-securty/x.yml",
        "code-and-security",
    ),
    (
        "WA202",
        edit(r"^sources:(.|\n)*?(?=^\w|\Z)", "sources: []\n", "atlas/engines/vllm.yml"),
        "atlas/engines/vllm.yml",
        "atlas/sources",
    ),
    (
        "WA203",
        write(
            "atlas/sources/unused-one.yml",
            b"title: T\npublisher: P\nurl: https://example.org/x\nkind: law\npublished: undated\n"
            b'checked: "2026-01-01"\nshows: Nothing that is used.\n',
        ),
        "atlas/sources/unused-one.yml",
        "nothing cites",
    ),
    ("WA204", edit(r"^reviewed:.*", 'reviewed: "2031-01-01"'), SCREENING, "after the atlas's as_of"),
    ("WA206", edit(r"typical: \d+", "typical: 99999999"), SCREENING, "order|greater"),
    ("WA206", edit("tokens_in: 6000", "tokens_in: 9000"), SCREENING, "add up to 13,500 tokens, not 10,500"),
    ("WA207", edit(r"^  run_by: .*(?:\n    .*)*", "  run_by: TODO"), SCREENING, "placeholder"),
    (
        "WA208",
        edit(r"^at_least:", "at_most:", "atlas/rules/critical-latency.yml"),
        "atlas/rules/critical-latency.yml",
        "at_least",
    ),
    ("WA209", edit(r"- workload: \S+", "- workload: recruitment-screening"), SCREENING, "itself"),
    (
        "WA209",
        edit(r"^  asked: \[", "  asked: [stay-in-europe, ", "atlas/asked/stay-in-europe.yml"),
        "atlas/asked/stay-in-europe.yml",
        "leads to itself",
    ),
    (
        "WA202",
        edit(r"^    follows_from:\n(?: {6}.*\n)+", "", "atlas/asked/stay-in-europe.yml"),
        "atlas/asked/stay-in-europe.yml",
        "names nothing that it rests on",
    ),
    (
        "WA201",
        edit(r"assurances: \[eu-region", "assurances: [eu-regoin", "atlas/asked/stay-in-europe.yml"),
        "atlas/asked/stay-in-europe.yml",
        "did you mean `eu-region`",
    ),
    (
        "WA231",
        edit(r"^summary: .*\n(?:  .*\n)*", "summary: A private and secure place to run a model, they say.\n"),
        SCREENING,
        "`private` leaves open.*say from whom",
    ),
    (
        "WA231",
        edit(r"^  run_by: .*", "  run_by: A fully compliant department"),
        SCREENING,
        "`compliant`.*say under what",
    ),
    ("WA210", edit(r"^    exemption:(?:\n {6}.*)+", ""), SCREENING, "exemption"),
    ("WA211", write(SCHEMA_OF_NOTHING, b"{}"), SCHEMA_OF_NOTHING, "atlas schema"),
    (
        "WA213",
        edit(r"^  level: bursty", "  level: bursting", "atlas/signals/traffic.yml"),
        "atlas/signals/traffic.yml",
        "did you mean `bursty`",
    ),
    (
        "WA213",
        edit(r"^    argument: .*\n", "", "atlas/signals/traffic.yml"),
        "atlas/signals/traffic.yml",
        "add `argument:`",
    ),
    (
        "WA214",
        edit(r"^  traffic: .*", "  traffic: bursty", "atlas/rules/steady-volume.yml"),
        "atlas/versions/v2.yml",
        "atlas rules",
    ),
    (
        "WA215",
        edit(r"^  latency: [^_\n]*\n", "", "atlas/deployments/klarna-customer-service.yml"),
        "atlas/deployments/klarna-customer-service.yml",
        "`latency` is not coded",
    ),
    (
        "WA216",
        edit(r"^disagreement: .*\n", "", "atlas/deployments/klarna-customer-service.yml"),
        "atlas/deployments/klarna-customer-service.yml",
        "they chose api, the rules say hybrid",
    ),
    (
        "WA216",
        edit(
            r"\Z", "disagreement: An explanation of nothing at all.\n", "atlas/deployments/zurich-transcribozh.yml"
        ),
        "atlas/deployments/zurich-transcribozh.yml",
        "the rules do not disagree",
    ),
    (
        "WA217",
        remove("atlas/rules/nothing-pulls.yml"),
        "atlas/rules",
        "0 floors of `api`",
    ),
    (
        "WA217",
        remove("atlas/rules/two-of-three.yml"),
        "atlas/rules/two-of-three.yml",
        "is missing",
    ),
    (
        "WA217",
        edit(r"\Z", "at_least:\n  platform_maturity: emerging\n", "atlas/forms/managed-for-you.yml"),
        "atlas/forms/managed-for-you.yml",
        "last form inside",
    ),
    ("WA220", edit(r"^      question: >-\n(?: {8}.*\n)+", "", CREDIT), CREDIT, "question"),
    ("WA220", edit(r"^      exempt_if: .*\n", "", CREDIT), CREDIT, "exempt_if"),
    ("WA221", edit(r"^    name: own", "    name: vendor", MANUAL), MANUAL, "built"),
    ("WA221", edit(r"^    - .?any.?$", '    - "5b"', RISK), RISK, "product route"),
    (
        "WA212",
        edit(r"^  spend: .*\n", "", "atlas/teams/small-team.yml"),
        "atlas/teams/small-team.yml",
        "spend",
    ),
    (
        "WA218",
        edit(r"^engines: .*", "engines: [vllm, sglang, tensorrt-llm, tgi]", "atlas/stages/serve.yml"),
        "atlas/stages/serve.yml",
        "tgi.*retired",
    ),
    (
        "WA218",
        edit(r"^engines: .*", "engines: [vllm, sglang, tensorrt-llm, ollama]", "atlas/stages/serve.yml"),
        "atlas/stages/serve.yml",
        "ollama.*not of the stage",
    ),
    (
        "WA218",
        edit(r"^engines: .*", "engines: [vllm, sglang]", "atlas/stages/serve.yml"),
        "atlas/stages/serve.yml",
        "tensorrt-llm.*not named",
    ),
    (
        "WA218",
        edit(r"^  - engine: .sglang.", "  - engine: tgi", "atlas/upkeep/sign-in.yml"),
        "atlas/upkeep/sign-in.yml",
        "tgi.*retired",
    ),
    (
        "WA218",
        edit(r"^  - engine: kserve", "  - engine: tgi", "atlas/platform/logging.yml"),
        "atlas/platform/logging.yml",
        "tgi.*retired",
    ),
    (
        "WA218",
        edit(r"^  - control: retention", "  - control: logs", "atlas/platform/logging.yml"),
        "atlas/platform/logging.yml",
        "logs.*told twice",
    ),
    (
        "WA218",
        edit(r"^  - project: dcgm-exporter", "  - project: loki", "atlas/platform/monitoring.yml"),
        "atlas/projects/dcgm-exporter.yml",
        "no control.*names this project",
    ),
    (
        "WA218",
        lambda root: (root / "atlas/stages/edge.yml").unlink(),
        "atlas/vocabulary/stages.yml",
        "edge.*no record",
    ),
    (
        "WA224",
        lambda root: (root / "atlas/questions/profiling.yml").unlink(),
        "atlas/questions/profiling.yml",
        "nobody asks",
    ),
    (
        "WA224",
        edit(r"^stage: bans", "stage: exemption", "atlas/questions/social_scoring.yml"),
        "atlas/questions/social_scoring.yml",
        "another step.*`bans`",
    ),
    (
        "WA224",
        rename("atlas/questions/profiling.yml", "atlas/questions/profile.yml"),
        "atlas/questions/profile.yml",
        "no rule looks at `profile`",
    ),
    (
        "WA224",
        edit(r'^  "8b":', '  "8c":', "atlas/vocabulary/annex-iii-points.yml"),
        "atlas/vocabulary/annex-iii-points.yml",
        "8b, 8c",
    ),
    (
        "WA225",
        lambda root: (root / "atlas/role-questions/share.yml").unlink(),
        "atlas/role-questions/share.yml",
        "needs this record",
    ),
    (
        "WA225",
        edit(r"^  - id: close", "  - id: near", "atlas/role-questions/share.yml"),
        "atlas/role-questions/share.yml",
        "other answers: close, near",
    ),
    (
        "WA225",
        edit(r"^role: provider", "role: deployer", "atlas/role-findings/system-built.yml"),
        "atlas/role-findings/system-built.yml",
        "write `provider`",
    ),
    (
        "WA225",
        rename("atlas/role-findings/model-merge.yml", "atlas/role-findings/model-merged.yml"),
        "atlas/role-findings/model-merged.yml",
        "does not use `model-merged`",
    ),
    (
        "WA225",
        edit(r"^frees_from: .*\n", "", "atlas/role-guidance/open-release.yml"),
        "atlas/role-guidance/open-release.yml",
        "`frees_from`",
    ),
    (
        "WA225",
        edit(r"^  supplier:", "  vendor:", "atlas/vocabulary/role-outcomes.yml"),
        "atlas/vocabulary/role-outcomes.yml",
        "other roles: supplier, vendor",
    ),
    (
        "WA226",
        former("workloads", "code-completion", "recruitment-screening"),
        "atlas/atlas.yml",
        "`code-completion` is the id of atlas/workloads",
    ),
    (
        "WA227",
        edit(r"^statement: .On the", 'statement: "Within 2.3 % on the', "atlas/claims/arena-gap-2025.yml"),
        "atlas/claims/arena-gap-2025.yml",
        "`2.3` is no figure of a claim",
    ),
    (
        "WA227",
        edit(r"^caveat: .", 'caveat: "Of 41,000 votes. ', "atlas/claims/arena-gap-2025.yml"),
        "atlas/claims/arena-gap-2025.yml",
        "`41,000`",
    ),
    (
        "WA227",
        edit(r"Duties follow the use:", "Two thirds of duties follow the use:", "atlas/faq/settles-gdpr.yml"),
        "atlas/faq/settles-gdpr.yml",
        "`Two thirds` is no figure of a claim",
    ),
    (
        "WA227",
        edit(r"can be exempt, as long", "can be exempt in 40 % of cases, as long", "atlas/asked/which-class.yml"),
        "atlas/asked/which-class.yml",
        "`40` has no source and stands in no record that the statement follows from",
    ),
    (
        "WA227",
        edit(r"in three sizes; each", "in twelve sizes; each", "atlas/asked/which-model.yml"),
        "atlas/asked/which-model.yml",
        "`twelve` has no source",
    ),
    (
        "WA227",
        edit(r"Lag in coding, at its end", "Lag in coding, at its ends", "atlas/readings/coding-lag.yml"),
        "atlas/readings/coding-lag.yml",
        "no figure `Lag in coding, at its ends, .*`  did you mean `Lag in coding, at its end, ",
    ),
    (
        "WA227",
        edit(r'when: "2026-06"', 'when: "2026-07"', "atlas/readings/coding-lag.yml"),
        "atlas/readings/coding-lag.yml",
        "no such figure of that day  it has those of 2026-06",
    ),
    (
        "WA227",
        edit(r"^subject: capability-gap", "subject: adoption", "atlas/readings/coding-lag.yml"),
        "atlas/readings/coding-lag.yml",
        "is of the subject `capability-gap`",
    ),
    (
        "WA227",
        edit(r"^(older|newer):\n(?: .*\n)+newer:\n(?: .*\n)+", "", "atlas/readings/coding-lag.yml"),
        "atlas/readings/coding-lag.yml",
        "neither older nor newer",
    ),
    (
        "WA201",
        former("workloads", "cv-screening", "recruitment-screenin"),
        "atlas/atlas.yml",
        "did you mean `recruitment-screening`",
    ),
    (
        "WA202",
        edit(r"^sources: .*\n", "", "atlas/glossary/deployer.yml"),
        "atlas/glossary/deployer.yml",
        "a word of law names no source",
    ),
    (
        "WA230",
        edit(r"sources: \[vendor, repository\]", "sources: [vendor]", "atlas/atlas.yml"),
        "atlas/atlas.yml",
        "no interval of review for sources of the kind `repository`",
    ),
    (
        "WA230",
        edit(
            r"records: \[workloads, absent, steps, comparisons, faq, asked, glossary\]",
            "records: [workloads, absent, steps, comparisons, faq, asked, glossary, models]",
            "atlas/atlas.yml",
        ),
        "atlas/atlas.yml",
        "`models` has two intervals of review",
    ),
    (
        "WA230",
        edit(
            r"records: \[workloads, absent, steps, comparisons, faq, asked, glossary\]",
            "records: [workloads, absent, steps, comparisons, faq, asked, glossary, obligation]",
            "atlas/atlas.yml",
        ),
        "atlas/atlas.yml",
        "did you mean `obligations`",
    ),
    (
        "WA230",
        edit(r"^review_class: .*", "review_class: movin", "atlas/claims/arena-points-2026.yml"),
        "atlas/claims/arena-points-2026.yml",
        "did you mean `moving`",
    ),
    ("WA104", edit(r"\[law, guidance\]", "[law, guidence]", "atlas/atlas.yml"), "atlas/atlas.yml", "`guidance`"),
    (
        "WA232",
        edit(r"^base: .*", "base: 1.5", "atlas/prices/rent-h100-sxm.yml"),
        "atlas/prices/rent-h100-sxm.yml",
        "not in order",
    ),
    (
        "WA232",
        edit(r"^currency: .*\n", "", "atlas/prices/rent-h100-sxm.yml"),
        "atlas/prices/rent-h100-sxm.yml",
        "without a currency",
    ),
    (
        "WA232",
        edit(r"^figure: .*", 'figure: "rate"', "atlas/prices/reserved-h100-sxm.yml"),
        "atlas/prices/reserved-h100-sxm.yml",
        "`rent-h100-sxm` fills the same figure",
    ),
    (
        "WA232",
        edit(r"^model: .*", 'model: "gpt-6.1-terrra"', "atlas/offers/openai-gpt-6.1-terra.yml"),
        "atlas/offers/openai-gpt-6.1-terra.yml",
        "genai-prices 0.2.3 has no price for `gpt-6.1-terrra` of `openai` on",
    ),
    (
        "WA233",
        edit(r'  - "ATS"', '  - "Copilot"'),
        SCREENING,
        r"`Copilot` is a synonym of `code-completion` \(.*code-completion.yml:\d+\) and .* too.*write "
        r'`"Copilot": \[code-completion, internal-knowledge-assistant, recruitment-screening\]` under',
    ),
    (
        "WA233",
        edit(r'  - "ATS"', '  - "code completion"'),
        SCREENING,
        r"`code completion` is the id of `code-completion` \(.*\)  remove this synonym",
    ),
    (
        "WA233",
        edit(r"^title: .*", "title: Machine  translation"),
        SCREENING,
        "is the title of `machine-translation`.*give this workload another title",
    ),
    (
        "WA233",
        edit(r'  "Cursor": \[code-completion', '  "Cursor": [document-extraction', "atlas/atlas.yml"),
        "atlas/atlas.yml",
        "`Cursor` is no synonym of `document-extraction`  add it there, or remove it here",
    ),
    (
        "WA233",
        edit(r'  - "live chat"', '  - "Voice bot"', CHAT),
        CHAT,
        r"`Voice bot` is a name of the workload `realtime-voice-agent` \(.*\)  remove it here; if that workload",
    ),
    (
        "WA201",
        edit(r"^nearest: \[service-desk-agent", "nearest: [service-desk-agents", CHAT),
        CHAT,
        "`service-desk-agents`.*did you mean `service-desk-agent`",
    ),
    (
        "WA106",
        edit(r"reply at once", "reply within 2 seconds", CHAT),
        CHAT,
        "`why`.*without figures",
    ),
    ("WA106", former("models", "Llama 3", "llama-3.1-8b-instruct"), "atlas/atlas.yml", "lower-case"),
    ("WA101", former("signals", "reach", "system_reach"), "atlas/atlas.yml", "`signals`"),
    (
        "WA219",
        edit(r'file: "gpt-oss-120b.json"', 'file: "gpt-oss-120.json"', "atlas/models/gpt-oss-120b.yml"),
        "atlas/models/gpt-oss-120b.yml",
        "did you mean `gpt-oss-120b.json`",
    ),
    (
        "WA219",
        edit(r"^  kv_heads: 8", "  kv_heads: 4", "atlas/models/gpt-oss-120b.yml"),
        "atlas/models/gpt-oss-120b.yml",
        "architecture.kv_heads.*4.*8",
    ),
    (
        "WA219",
        edit(r'file: "gpt-oss-120b.json"', 'file: "qwen3.8-27b-fp8.json"', "atlas/models/gpt-oss-120b.yml"),
        "atlas/models/gpt-oss-120b.yml",
        "architecture.attention_heads.*64.*24",
    ),
    (
        "WA222",
        edit(r"^state: proposed", 'state: proposed\napplies_from: "2027-07-01"', PROPOSAL),
        PROPOSAL,
        "a proposal has `applies_from`",
    ),
    (
        "WA222",
        edit(r"^state: proposed", 'state: proposed\nmoved_from: "2026-07-01"', PROPOSAL),
        PROPOSAL,
        "a proposal has `moved_from`",
    ),
    ("WA222", edit(r"^state: proposed", "state: adopted", PROPOSAL), PROPOSAL, "every source.*proposal"),
    (
        "WA222",
        edit(r"(?<=Proposal only\.\"\n)    kind: proposed\n", "", "atlas/instruments/nis2.yml"),
        "atlas/instruments/nis2.yml",
        "speaks of a proposal or draft.*not marked",
    ),
    (
        "WA222",
        edit(r"^    kind: proposed\n", "", "atlas/instruments/nist-ai-rmf.yml"),
        "atlas/instruments/nist-ai-rmf.yml",
        "every source of the event tells of a proposal",
    ),
    (
        "WA222",
        edit(
            r"^    kind: proposed",
            '    moved_from: "2024-01-01"\n    kind: proposed',
            "atlas/instruments/nis2.yml",
        ),
        "atlas/instruments/nis2.yml",
        "a proposal has `moved_from`",
    ),
    (
        "WA222",
        edit(r'date: "2026-01-20"', 'date: "2027-01-20"', "atlas/instruments/nis2.yml"),
        "atlas/instruments/nis2.yml",
        "`proposed` lies ahead.*2027-01-20",
    ),
    (
        "WA222",
        edit(r"^kind: proposed", "kind: postponed", "atlas/changes/hipaa-security-rule-agenda-2026.yml"),
        "atlas/changes/hipaa-security-rule-agenda-2026.yml",
        "`postponed`.*proposals alone",
    ),
]


@pytest.mark.parametrize(
    ("code", "act", "file", "says"), MISTAKES, ids=[f"{m[0]}-{i}" for i, m in enumerate(MISTAKES)]
)
def test_a_mistake_is_named(code: str, act: Callable[[Path], None], file: str, says: str, copy: Path) -> None:
    act(copy)
    done = run_atlas("check", cwd=copy)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    found = [line for line in done.stdout.splitlines() if line.startswith(f"{file}:") and f"  {code}  " in line]
    assert found, done.stdout
    assert re.search(says.replace("{", r"\{").replace("}", r"\}") if "{" in says else says, found[0]), found


def problems_of(root: Path) -> list[str]:
    """What `atlas check` prints."""
    done = run_atlas("check", cwd=root)
    assert "Traceback" not in done.stderr
    assert done.returncode == (1 if done.stdout.startswith("atlas/") else 0)
    return done.stdout.splitlines() if done.returncode else []


@pytest.mark.parametrize(
    ("name", "code", "old", "new", "second"),
    [
        ("regulated-decisions/Tenancy_Screening.yml", "WA010", r"^reviewed:.*", "reviewed: 2026-11-31", "WA106"),
        ("regulated-decisions/tenancy-screening.yaml", "WA010", r"^  run_by: .*", "  run_by: TODO", "WA207"),
        ("tenancy-screening.yml", "WA010", r"typical: \d+", "typical: 99999999", "WA206"),
        ("../workload/tenancy-screening.yml", "WA010", r"^title: ", "title: &t ", "WA005"),
        ("volume-and-latency/recruitment-screening.yml", "WA011", r"^signals:", "signalz:", "WA101"),
        ("volume-and-latency/recruitment-screening.yml", "WA011", r"^  run_by: .*", "  run_by: TODO", "WA207"),
    ],
)
def test_a_file_without_its_place_tells_its_other_problems_too(
    name: str, code: str, old: str, new: str, second: str, copy: Path
) -> None:
    stray = (copy / "atlas/workloads" / name).resolve()
    copy_file(SCREENING, str(stray.relative_to(copy)))(copy)
    replace(stray, old, new)
    found = {line.split("  ")[1] for line in problems_of(copy) if line.startswith(str(stray.relative_to(copy)))}
    assert {code, second} <= found


def test_a_source_that_only_a_file_without_its_place_cites_is_cited(copy: Path) -> None:
    (copy / SCREENING).rename(copy / SCREENING.replace("recruitment-screening", "Recruitment Screening"))
    assert not [line for line in problems_of(copy) if "  WA203  " in line]


@pytest.mark.parametrize(
    ("file", "key", "day", "says"),
    [
        ("atlas/prices/rent-h100-sxm.yml", "as_of", "2026-11-31", "November 2026 has 30 days"),
        (SCREENING, "reviewed", "2026-02-29", "February 2026 has 28 days"),
        ("atlas/sources/eu-ai-act-2024-1689.yml", "published", "2024-06-31", "June 2024 has 30 days"),
        ("atlas/sources/eu-ai-act-2024-1689.yml", "published", "2024-13-01", "months are 01 to 12"),
        ("atlas/obligations/eu-ai-act/ai-act-9-risk-management.yml", "applies_from", "2027-11-31", "30 days"),
        ("atlas/atlas.yml", "as_of", "2026-11-31", "30 days"),
    ],
)
def test_a_day_that_there_is_not_is_one_problem_and_says_so(
    file: str, key: str, day: str, says: str, copy: Path
) -> None:
    replace(copy / file, rf"^{key}:.*", f"{key}: {day}")
    (found,) = problems_of(copy)
    line = line_of(copy / file, f"{key}:")
    assert found.startswith(f"{file}:{line}:{len(key) + 3}  WA106  `{key}`: there is no day {day}: ")
    assert says in found


def test_a_shared_name_is_told_where_each_workload_has_it(copy: Path) -> None:
    replace(copy / "atlas/atlas.yml", r'^  "Cursor": .*\n', "")
    agent = "atlas/workloads/code-and-security/repository-coding-agent.yml"
    found = problems_of(copy)
    assert len(found) == 2
    for file, other, line in ((COMPLETION, agent, found[0]), (agent, COMPLETION, found[1])):
        place, there = line_of(copy / file, '- "Cursor"'), line_of(copy / other, '- "Cursor"')
        assert line.startswith(f"{file}:{place}:5  WA233  `Cursor` is a synonym of ")
        assert f"({other}:{there}) too" in line
        assert '`"Cursor": [code-completion, repository-coding-agent]` under `shared_synonyms`' in line


def test_a_copied_workload_is_told_in_a_few_lines_at_both_places(copy: Path) -> None:
    twin = SCREENING.replace("recruitment", "tenancy")
    copy_file(SCREENING, twin)(copy)
    replace(copy / twin, r"^title: .*", "title: Tenancy screening")
    found = problems_of(copy)
    told = [(line.split(":")[0], line.split("  ", 2)[2].split(" `")[0].lstrip("0123456789 ")) for line in found]
    expected = ["the summary is the summary of", "synonyms are those of"]
    assert told == [(file, text) for file in (SCREENING, twin) for text in expected]


def test_two_sources_with_one_address(copy: Path) -> None:
    sources = sorted((copy / "atlas/sources").glob("*.yml"))[:2]
    address = re.search(r"^url: .*", sources[0].read_text(), re.M)
    assert address
    replace(sources[1], r"^url: .*", address.group(0))
    assert "WA205" in run_atlas("check", cwd=copy).stdout


def test_every_code_has_a_test_of_its_message() -> None:
    """WA109 is the net beneath the schema; everything else is provoked above."""
    assert {code for code, *_ in MISTAKES} | {"WA205", "WA109"} == set(CODES)


def test_an_unreadable_file_does_not_hide_others_or_blame_them(copy: Path) -> None:
    (copy / SCREENING).write_bytes(b"\xff")
    replace(copy / COMPLETION, r"^reviewed:.*\n", "")
    done = run_atlas("check", cwd=copy)
    codes = {line.split("  ")[1] for line in done.stdout.splitlines()}
    assert codes == {"WA001", "WA102"}


def test_every_code_has_an_entry_on_the_error_page_and_no_other() -> None:
    page = (ROOT / "docs/errors.md").read_text()
    entries = dict(re.findall(r"^## (WA\d+): (.*?) \{ #", page, re.M))
    assert entries == CODES
    assert re.findall(r"\{ #(wa\d+) \}", page) == [code.lower() for code in CODES]


def test_schema_command_writes_what_the_check_expects(copy: Path) -> None:
    path = copy / SCHEMA_OF_NOTHING
    before = path.read_text()
    path.write_text("{}")
    assert run_atlas("schema", cwd=copy).returncode == 0
    assert path.read_text() == before


@pytest.mark.parametrize(
    ("file", "content", "most"),
    [
        ("atlas/vocabulary/roles.yml", b"title: X\ndescription: d\nterms: [a, b]\n", 1),
        ("atlas/vocabulary/roles.yml", b"\xff", 1),
        ("atlas/signals/traffic.yml", b"title: X\n", 8),
        ("atlas/atlas.yml", b"title: [", 1),
        ("atlas/atlas.yml", b"title: X\nas_of: 2026\n", 4),
    ],
)
def test_a_broken_list_is_reported_once_and_not_in_every_file(
    file: str, content: bytes, most: int, copy: Path
) -> None:
    """What everything is measured against may be broken; the other files are then not to blame."""
    (copy / file).write_bytes(content)
    done = run_atlas("check", cwd=copy)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    lines = done.stdout.splitlines()
    assert 1 <= len(lines) <= most, lines[:8]
    assert {line.split(":")[0] for line in lines} == {file}


def test_a_missing_list_is_named(copy: Path) -> None:
    (copy / "atlas/vocabulary/roles.yml").unlink()
    done = run_atlas("check", cwd=copy)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "atlas/vocabulary/roles.yml:1:1  WA010" in done.stdout


def test_a_misspelt_key_is_one_problem_and_not_two(copy: Path) -> None:
    replace(copy / SCREENING, r"^reviewed:", "reviewd:")
    lines = run_atlas("check", cwd=copy).stdout.splitlines()
    assert len(lines) == 1
    assert "WA101" in lines[0]
    assert "did you mean `reviewed`" in lines[0]


def test_a_figure_that_a_page_of_the_story_states_itself_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A template is code, so an atlas with a broken copy of it is made by pointing the check at the copy."""
    for name in story_templates.STORY:
        text = (story_templates.FOLDER / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(story_templates, "FOLDER", tmp_path)
    assert not check_root(ROOT)[1]
    for name, stated in (("why.jinja", "91 %"), ("private_or_api.jinja", "two thirds")):
        page = tmp_path / name
        whole = page.read_text(encoding="utf-8")
        page.write_text(whole + f"\n<p class='wa-2'>On 3 May 2026, {stated} of banks.</p>\n", encoding="utf-8")
        (problem,) = check_root(ROOT)[1]
        lines = page.read_text(encoding="utf-8").splitlines()
        assert (problem.file, problem.code) == (f"macros/templates/{name}", "WA227")
        assert lines[problem.line - 1][problem.column - 1 :].startswith(stated)
        page.write_text(whole, encoding="utf-8")
