"""Promises of the routing rules, proved over every combination of levels and not on a sample."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.derive import Derived
from macros.freeze import freeze
from macros.library import read_library
from macros.model import Atlas
from macros.routing import VERDICTS, Router, with_team
from tests.conftest import ROOT

Rank = tuple[int, ...]

DESIGN = {
    "data_boundary": ("may_leave", "prefer_inside", "must_stay"),
    "system_reach": ("none", "reads", "acts"),
    "evidence_duty": ("none", "internal", "regulator"),
    "private_retrieval": ("none", "some", "main_value"),
    "traffic": ("sporadic", "bursty", "steady_high"),
    "latency": ("batch", "interactive", "critical"),
    "model_control": ("none", "pinned", "tuned"),
    "capability": ("frontier_only", "frontier_helps", "open_suffices"),
    "portability": ("low", "high"),
    "time_to_value": ("urgent", "planned"),
    "platform_maturity": ("none", "emerging", "operating"),
    "spend": ("pay_per_use", "can_commit"),
}


@pytest.fixture(scope="module")
def router(atlas: Atlas) -> Router:
    return Router(atlas.signals, atlas.rules, atlas.forms)


@pytest.fixture(scope="module")
def space(atlas: Atlas, router: Router) -> dict[Rank, tuple[str, str]]:
    """Verdict and deciding rule for every combination, keyed by the ranks of the levels."""
    signals = list(atlas.signals.values())
    found: dict[Rank, tuple[str, str]] = {}
    for ranks in product(*(range(len(signal.levels)) for signal in signals)):
        levels = {s.id: s.levels[rank].id for s, rank in zip(signals, ranks, strict=True)}
        verdict, rule = router.settle(levels)
        found[ranks] = (verdict, rule.id)
    return found


def test_signals_and_levels_are_the_public_vocabulary(atlas: Atlas) -> None:
    assert {s.id: tuple(level.id for level in s.levels) for s in atlas.signals.values()} == DESIGN


def test_every_combination_has_one_verdict_and_a_deciding_rule(
    space: dict[Rank, tuple[str, str]], atlas: Atlas
) -> None:
    assert len(space) == 157_464
    for verdict, rule in space.values():
        assert verdict in VERDICTS
        assert atlas.rules[rule].verdict == verdict


def test_no_rule_is_dead(space: dict[Rank, tuple[str, str]], atlas: Atlas) -> None:
    assert {rule for _, rule in space.values()} == set(atlas.rules)


def test_every_verdict_occurs(space: dict[Rank, tuple[str, str]]) -> None:
    assert {verdict for verdict, _ in space.values()} == set(VERDICTS)


def test_a_stronger_pull_toward_control_never_moves_toward_the_api(
    space: dict[Rank, tuple[str, str]],
) -> None:
    order = {verdict: number for number, verdict in enumerate(VERDICTS)}
    for ranks, (verdict, _) in space.items():
        for position in range(len(ranks)):
            stronger = (*ranks[:position], ranks[position] + 1, *ranks[position + 1 :])
            if stronger in space:
                assert order[space[stronger][0]] >= order[verdict], (ranks, stronger)


def test_a_hard_boundary_never_yields_api(space: dict[Rank, tuple[str, str]]) -> None:
    must_stay = DESIGN["data_boundary"].index("must_stay")
    assert all(verdict != "api" for ranks, (verdict, _) in space.items() if ranks[0] == must_stay)


def test_missing_maturity_changes_the_form_and_not_a_hard_boundary(router: Router) -> None:
    strict = {signal: levels[-1] for signal, levels in DESIGN.items()}
    assert router.route(strict).verdict == "self-host"
    without = router.route({**strict, "platform_maturity": "none"})
    assert without.verdict == "self-host"
    assert without.inside is not None
    assert without.inside.id == "managed-for-you"


def test_without_means_soft_floors_give_way_and_a_hard_boundary_does_not(router: Router) -> None:
    """The ceiling that lowers a two-of-three verdict leaves the hard boundary where it is."""
    levels = {signal: levels[-1] for signal, levels in DESIGN.items()}
    levels |= {"platform_maturity": "none", "spend": "pay_per_use"}
    assert router.decide({**levels, "data_boundary": "prefer_inside"}) == "hybrid"
    hard = router.route(levels)
    assert hard.verdict == "self-host"
    assert [rule.id for rule in hard.overruled] == ["no-means"]
    assert hard.deciding.effect == "hard-floor"


def test_frontier_need_behind_a_hard_boundary_is_hybrid_with_a_dedicated_outside(router: Router) -> None:
    levels = {signal: levels[0] for signal, levels in DESIGN.items()}
    found = router.route({**levels, "data_boundary": "must_stay"})
    assert found.verdict == "hybrid"
    assert found.outside is not None
    assert found.outside.id == "dedicated-tenancy"


def test_no_pull_at_all_is_api_with_a_shared_endpoint(router: Router) -> None:
    levels = {signal: levels[0] for signal, levels in DESIGN.items()}
    found = router.route({**levels, "capability": "open_suffices", "time_to_value": "planned"})
    assert found.verdict == "api"
    assert found.inside is None
    assert found.outside is not None
    assert found.outside.id == "shared-endpoint"


_LIBRARY = freeze(read_library(ROOT)) if not read_library(ROOT).problems else None
combinations = st.fixed_dictionaries({signal: st.sampled_from(levels) for signal, levels in DESIGN.items()})


@given(combinations)
def test_flips_flip_and_nothing_smaller_does(levels: dict[str, str]) -> None:
    assert _LIBRARY is not None
    router = Router(_LIBRARY.signals, _LIBRARY.rules, _LIBRARY.forms)
    found = router.route(levels)
    single_targets = set()
    for signal, others in DESIGN.items():
        for level in others:
            single_targets.add(router.decide({**levels, signal: level}))
    for flip in found.flips:
        changed = {**levels, **{change.signal: change.level for change in flip.changes}}
        assert flip.verdict != found.verdict
        assert router.decide(changed) == flip.verdict
        assert all(levels[change.signal] != change.level for change in flip.changes)
        assert len(flip.changes) == (1 if flip.verdict in single_targets else 2)
    for verdict in single_targets - {found.verdict}:
        assert any(flip.verdict == verdict for flip in found.flips)


@given(combinations)
def test_overruled_rules_are_those_that_asked_for_something_else(levels: dict[str, str]) -> None:
    assert _LIBRARY is not None
    router = Router(_LIBRARY.signals, _LIBRARY.rules, _LIBRARY.forms)
    found = router.route(levels)
    assert found.reasons[0] is found.deciding
    assert all(rule.verdict == found.verdict for rule in found.reasons)
    assert not {rule.id for rule in found.overruled} & {rule.id for rule in found.reasons}


def test_a_missing_signal_is_an_error_and_not_a_verdict(router: Router) -> None:
    with pytest.raises(KeyError):
        router.decide({"data_boundary": "must_stay"})


def test_workload_pages_show_the_reference_team(derived: Derived) -> None:
    atlas = derived.atlas
    team = atlas.teams[atlas.settings.reference_team]
    router = Router(atlas.signals, atlas.rules, atlas.forms)
    for item in derived.workloads.values():
        assert item.verdict.verdict == router.decide(with_team(item.workload.signals, team))
        assert [t.id for t, _ in item.by_team] == list(atlas.teams)


def test_the_atlas_does_not_send_everything_inside(derived: Derived) -> None:
    """An atlas that always says the same would answer nothing."""
    assert len({item.verdict.verdict for item in derived.workloads.values()}) >= 2
    every = {verdict.verdict for item in derived.workloads.values() for _, verdict in item.by_team}
    assert every == set(VERDICTS)
