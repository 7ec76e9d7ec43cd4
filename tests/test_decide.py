"""The data of the decision tool: the table says of every combination what the engine says."""

from __future__ import annotations

import base64
import json
import re
import zlib
from pathlib import Path

import pytest
import yaml

from macros import decide
from macros.derive import Derived
from macros.routing import VERDICTS, versions
from tests.conftest import ROOT, run_atlas


@pytest.fixture(scope="module")
def data(derived: Derived) -> dict[str, object]:
    text = decide.script(decide.data(derived))
    assert text.startswith("window.WA_DECIDE=")
    found: dict[str, object] = json.loads(text.removeprefix("window.WA_DECIDE=").removesuffix(";\n"))
    return found


def unpack(text: str) -> bytes:
    return zlib.decompress(base64.b64decode(text), -15)


def test_the_table_has_the_class_of_every_combination(data: dict[str, object], derived: Derived) -> None:
    router = derived.router
    raw, classes, rules = unpack(str(data["table"])), data["classes"], data["rules"]
    assert isinstance(classes, list)
    assert isinstance(rules, list)
    assert len(raw) == 2 * router.space.size == 2 * int(str(data["combinations"]))
    for index in range(router.space.size):
        found, outcome = classes[int.from_bytes(raw[2 * index : 2 * index + 2], "little")], router.outcome(index)
        assert VERDICTS[found["v"]] == outcome.verdict
        assert [rules[n]["id"] for n in found["r"]] == [rule.id for rule in outcome.reasons]
        assert [rules[n]["id"] for n in found["o"]] == [rule.id for rule in outcome.overruled]
        assert found["i"] == (router.form("inside", index).id if outcome.verdict != "api" else None)
        assert found["e"] == (router.form("outside", index).id if outcome.verdict != "self-host" else None)


def test_older_versions_are_kept_with_what_they_said_and_what_came_after(
    data: dict[str, object], derived: Derived
) -> None:
    older, atlas = data["older"], derived.atlas
    assert isinstance(older, list)
    assert [item["version"] for item in older] == [v.version for v in list(atlas.versions.values())[1:]]
    for item in older:
        then = versions.router_of(atlas, atlas.versions[f"v{item['version']}"])
        assert unpack(item["table"]) == then.table
        assert [after["version"] for after in item["after"]][-1] == versions.current(atlas.versions).version


def test_what_a_rule_rests_on_agrees_with_the_engine(data: dict[str, object], derived: Derived) -> None:
    rules = {rule["id"]: rule for rule in data["rules"]}  # type: ignore[attr-defined]
    for item in derived.workloads.values():
        levels = {**item.workload.signals, **item.by_team[0][0].signals}
        for id_, changes in item.by_team[0][1].because.items():
            rank = derived.router.space.rank
            rests = [s for s, ranks in rules[id_]["rests_on"].items() if rank[s][levels[s]] in ranks]
            assert rests == [change.signal for change in changes]


def test_the_exported_file_is_refused_while_marked_and_passes_once_filled(derived: Derived, copy: Path) -> None:
    """As the tool fills it: every value legal, every text marked; replacing the marks is all that is left."""
    signals = {s.id: s.levels[0].id for s in derived.atlas.signals.values() if s.scope == "workload"}
    values = {
        "signals": "\n".join(f"  {signal}: {level}" for signal, level in signals.items()),
        "notes": "\n".join(f'  {signal}: "FILL why this level and not the next."' for signal in signals),
        "tools": "true",
        "complete_s": "30",
        "data_kind": "personal",
        "effect": "none",
        "decision": "informs",
        "related": "code-completion",
        "as_of": derived.atlas.settings.as_of,
    }
    text = re.sub(
        r"@@(\w+)@@",
        lambda found: values[found.group(1)],
        (ROOT / "macros/templates/new_workload.yml").read_text(),
    )
    yaml.safe_load(text)
    path = copy / "atlas/workloads/code-and-security/from-the-tool.yml"
    path.write_text(text)
    marked = run_atlas("check", cwd=copy)
    assert marked.returncode == 1
    assert set(re.findall(r"WA\d{3}", marked.stdout)) == {"WA207"}
    path.write_text(text.replace("FILL ", ""))
    filled = run_atlas("check", cwd=copy)
    assert filled.returncode == 0, filled.stdout
