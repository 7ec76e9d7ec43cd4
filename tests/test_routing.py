"""Promises of the routing rules, proved over every combination of levels and not on a sample."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.derive import Derived
from macros.freeze import freeze
from macros.library import read_library
from macros.model import Atlas, Rule
from macros.routing import VERDICTS, Router, with_team
from macros.routing.answers import answer, most_telling, possible_with
from tests.conftest import ROOT

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
COMBINATIONS = 157_464
PARTIAL_ANSWERS = 7_077_888


@pytest.fixture(scope="module")
def router(atlas: Atlas) -> Router:
    return Router(atlas.signals, atlas.rules, atlas.forms)


def test_signals_and_levels_are_the_public_vocabulary(atlas: Atlas) -> None:
    assert {s.id: tuple(level.id for level in s.levels) for s in atlas.signals.values()} == DESIGN


# Every combination of levels


def fires(rule: Rule, levels: Mapping[str, str]) -> bool:
    """A rule read one combination at a time, in other words than the engine's."""
    rank = {signal: DESIGN[signal].index(level) for signal, level in levels.items()}
    enough = all(rank[signal] >= DESIGN[signal].index(level) for signal, level in rule.at_least.items())
    little = all(rank[signal] <= DESIGN[signal].index(level) for signal, level in rule.at_most.items())
    counted = rule.count.of.items() if rule.count else ()
    reached = sum(rank[signal] >= DESIGN[signal].index(level) for signal, level in counted)
    return enough and little and reached >= (rule.count.at_least if rule.count else 0)


def test_the_engine_says_of_every_combination_what_the_rules_say_one_by_one(router: Router, atlas: Atlas) -> None:
    assert router.space.size == len(router.table) == COMBINATIONS
    for index, values in enumerate(product(*DESIGN.values())):
        levels = dict(zip(DESIGN, values, strict=True))
        found = [rule for rule in atlas.rules.values() if fires(rule, levels)]
        hard = [VERDICTS.index(rule.verdict) for rule in found if rule.effect == "hard-floor"]
        floors = [VERDICTS.index(rule.verdict) for rule in found if rule.effect == "floor"]
        ceilings = [VERDICTS.index(rule.verdict) for rule in found if rule.effect == "ceiling"]
        lowered = min([2, *ceilings, max([0, *floors])])
        assert router.table[index] == max([lowered, *hard])
        assert router.rules_at(index) == tuple(found)
    assert router.space.levels(COMBINATIONS - 1) == levels
    assert router.space.index(levels) == COMBINATIONS - 1


def test_every_combination_has_exactly_one_verdict(router: Router) -> None:
    assert router.sets["api"] | router.sets["hybrid"] | router.sets["self-host"] == router.space.everything
    assert sum(found.bit_count() for found in router.sets.values()) == COMBINATIONS
    assert all(router.sets.values()), "every verdict occurs"


def test_every_verdict_has_a_reason_and_a_deciding_rule_and_no_rule_is_dead(router: Router, atlas: Atlas) -> None:
    deciding = set()
    for index in range(COMBINATIONS):
        found = router.outcome(index)
        assert found.reasons[0] is found.deciding
        assert all(rule.verdict == found.verdict for rule in found.reasons)
        assert not set(map(id, found.overruled)) & set(map(id, found.reasons))
        deciding.add(found.deciding.id)
    assert deciding == set(atlas.rules)


def test_no_signal_is_dead(router: Router) -> None:
    """For each signal there is a combination in which it alone changes the verdict."""
    for stride, size in zip(router.space.strides, router.space.sizes, strict=True):
        steps = (i for i in range(COMBINATIONS - stride) if i // stride % size < size - 1)
        assert any(router.table[index] != router.table[index + stride] for index in steps)


def test_what_says_that_nothing_pulls_is_no_reason_where_something_does(router: Router) -> None:
    for index in range(COMBINATIONS):
        found = router.outcome(index)
        if found.overruled and found.verdict == "api":
            assert "nothing-pulls" not in {rule.id for rule in found.reasons}


def test_a_hybrid_names_each_part_once_on_one_side(router: Router) -> None:
    for index in range(COMBINATIONS):
        found = router.outcome(index)
        stays, goes = ([rule.part for rule in rules] for rules in (found.stays, found.goes))
        assert len(set(stays)) == len(stays)
        assert len(set(goes)) == len(goes)
        assert not set(stays) & set(goes)
        assert bool(stays) is bool(goes) is (found.verdict == "hybrid")
        assert not any(part.startswith(("The whole workload", "All of it")) for part in stays + goes)


def test_a_stronger_pull_toward_control_never_moves_toward_the_api(router: Router) -> None:
    """Both directions at once: each step up of one signal is a step down of the other combination."""
    table, space = router.table, router.space
    compared = 0
    for stride, size in zip(space.strides, space.sizes, strict=True):
        for index in range(COMBINATIONS):
            if index // stride % size < size - 1:
                assert table[index + stride] >= table[index], (space.levels(index), stride)
                compared += 1
    assert compared == sum(COMBINATIONS * (size - 1) // size for size in space.sizes)


def test_a_hard_boundary_never_yields_api(router: Router) -> None:
    must_stay = router.space.reaching("data_boundary", "must_stay")
    assert must_stay.bit_count() == COMBINATIONS // 3
    assert not router.sets["api"] & must_stay


def moved(router: Router, target: int, changes: tuple[tuple[int, int], ...]) -> int:
    """Combinations outside these ranks that reach the set `target` by moving signals to them: by shifting."""
    space = router.space
    found = 0
    for olds in product(*(range(space.sizes[position]) for position, _ in changes)):
        if any(old == new for old, (_, new) in zip(olds, changes, strict=True)):
            continue
        here, delta = space.everything, 0
        for old, (position, new) in zip(olds, changes, strict=True):
            here &= space.at(position, old)
            delta += (new - old) * space.strides[position]
        found |= here & (target >> delta if delta >= 0 else target << -delta)
    return found


def test_flips_flip_and_are_all_the_smallest_ones_for_every_combination(router: Router) -> None:
    """Counted twice: by the engine for each combination, and by moving whole sets of combinations at once."""
    space, table = router.space, router.table
    ranks = [range(size) for size in space.sizes]
    single = {
        verdict: [
            moved(router, router.sets[verdict], ((p, r),)) for p, choices in enumerate(ranks) for r in choices
        ]
        for verdict in VERDICTS
    }
    by_one = {verdict: [space.members(found) for found in sets] for verdict, sets in single.items()}
    near = {verdict: bytes(map(any, zip(*members, strict=True))) for verdict, members in by_one.items()}
    wanted = {verdict: [sum(hits) for hits in zip(*by_one[verdict], strict=True)] for verdict in VERDICTS}
    for a, b in combinations(range(len(ranks)), 2):
        for changes in product(ranks[a], ranks[b]):
            pair = ((a, changes[0]), (b, changes[1]))
            for verdict in VERDICTS:
                for index, hit in enumerate(space.members(moved(router, router.sets[verdict], pair))):
                    if hit and not near[verdict][index]:
                        wanted[verdict][index] += 1
    for index in range(COMBINATIONS):
        found = dict.fromkeys(VERDICTS, 0)
        for flip in router.flips(index):
            target = index
            for change in flip.changes:
                position = space.position[change.signal]
                here = index // space.strides[position] % space.sizes[position]
                there = space.rank[change.signal][change.level]
                assert there != here
                target += (there - here) * space.strides[position]
            assert VERDICTS[table[target]] == flip.verdict
            assert len(flip.changes) == (1 if near[flip.verdict][index] else 2)
            found[flip.verdict] += 1
        own = VERDICTS[table[index]]
        assert found == {verdict: 0 if verdict == own else wanted[verdict][index] for verdict in VERDICTS}


# Every incomplete set of answers


def test_what_is_called_possible_is_what_some_completion_has_for_every_partial_answer(router: Router) -> None:
    """All sets of answers, known and unknown: an unknown signal allows exactly what its levels allow together."""
    space = router.space

    @cache  # the engine is pure, so what is left after different answers need be walked once
    def walk(position: int, sets: tuple[int, ...]) -> bytes:
        """A byte for each set of answers from `position` on: which verdicts the engine calls possible."""
        if position == len(space.sizes):
            return bytes([sum(bool(left) << number for number, left in enumerate(sets))])
        known = [
            walk(position + 1, tuple(space.project(left, position, rank) for left in sets))
            for rank in range(space.sizes[position])
        ]
        unknown = walk(position + 1, tuple(space.project(left, position, None) for left in sets))
        together = 0
        for part in known:
            together |= int.from_bytes(part, "big")
        assert unknown == together.to_bytes(len(unknown), "big")
        return b"".join([*known, unknown])

    found = walk(0, tuple(router.sets[verdict] for verdict in VERDICTS))
    assert len(found) == PARTIAL_ANSWERS
    complete = [found[place] for place in _complete_places(space.sizes)]
    assert complete == [1 << verdict for verdict in router.table], "complete answers have their one verdict"


def _complete_places(sizes: tuple[int, ...]) -> Iterator[int]:
    """Places of complete answers among all, where unknown comes as one more level."""
    for ranks in product(*(range(size) for size in sizes)):
        place = 0
        for rank, size in zip(ranks, sizes, strict=True):
            place = place * (size + 1) + rank
        yield place


_LIBRARY = read_library(ROOT)
_ATLAS = freeze(_LIBRARY) if not _LIBRARY.problems else None
_ROUTER = Router(_ATLAS.signals, _ATLAS.rules, _ATLAS.forms) if _ATLAS else None
partial = st.fixed_dictionaries({}, optional={s: st.sampled_from(levels) for s, levels in DESIGN.items()})


@given(partial)
def test_a_partial_answer_is_likely_possible_and_asks_what_is_open(known: dict[str, str]) -> None:
    assert _ROUTER is not None
    found = answer(_ROUTER, known)
    assert found.possible == possible_with(_ROUTER, known)
    assert found.likely in found.possible
    assert found.verdict == (found.possible[0] if len(found.possible) == 1 else None)
    assert {change.signal for change in found.assumed} == set(DESIGN) - set(known)
    assert (found.next_question is None) is (found.verdict is not None)
    assert found.next_question not in known
    assert found.detail.verdict == found.likely
    assert found.strength == (found.detail.strength if found.verdict else "leaning")


@given(st.fixed_dictionaries({s: st.sampled_from(levels) for s, levels in list(DESIGN.items())[:8]}))
def test_the_next_question_leaves_the_least_doubt_on_average(known: dict[str, str]) -> None:
    """Against the plain definition: the Gini impurity after the answer, averaged over its levels."""
    assert _ROUTER is not None
    team = {signal: levels for signal, levels in DESIGN.items() if signal not in known}
    verdicts = {
        values: _ROUTER.decide({**known, **dict(zip(team, values, strict=True))})
        for values in product(*team.values())
    }

    def doubt(signal: str) -> float:
        total = 0.0
        for level in team[signal]:
            place = list(team).index(signal)
            left = [verdict for values, verdict in verdicts.items() if values[place] == level]
            total += 1 - sum((left.count(verdict) / len(left)) ** 2 for verdict in VERDICTS)
        return total / len(team[signal])

    least = min(doubt(signal) for signal in team)
    assert doubt(most_telling(_ROUTER, known)) == pytest.approx(least)


def test_answering_what_is_asked_settles_sooner_than_answering_in_order(router: Router, atlas: Atlas) -> None:
    """For the atlas's own workloads and teams, counted over all of them."""
    asked = in_order = 0
    for workload in atlas.workloads.values():
        for team in atlas.teams.values():
            levels = with_team(workload.signals, team)
            known: dict[str, str] = {}
            while (question := answer(router, known).next_question) is not None:
                known[question] = levels[question]
                asked += 1
            plain: dict[str, str] = {}
            for signal in DESIGN:
                if len(possible_with(router, plain)) == 1:
                    break
                plain[signal] = levels[signal]
                in_order += 1
    assert asked < 0.7 * in_order


# What the verdict says


def test_missing_maturity_changes_the_form_and_not_a_hard_boundary(router: Router) -> None:
    strict = {signal: levels[-1] for signal, levels in DESIGN.items()}
    assert router.route(strict).verdict == "self-host"
    without = router.route({**strict, "platform_maturity": "none"})
    assert without.verdict == "self-host"
    assert without.inside is not None
    assert without.inside.id == "managed-for-you"


def test_without_means_soft_floors_give_way_and_a_hard_boundary_does_not(router: Router) -> None:
    """The ceiling that lowers a soft verdict leaves the hard boundary where it is."""
    levels = {signal: levels[-1] for signal, levels in DESIGN.items()}
    levels |= {"platform_maturity": "none", "spend": "pay_per_use"}
    assert router.decide({**levels, "data_boundary": "prefer_inside"}) == "hybrid"
    hard = router.route(levels)
    assert hard.verdict == "self-host"
    assert [rule.id for rule in hard.overruled] == ["no-means"]
    assert hard.deciding.effect == "hard-floor"


def test_frontier_need_behind_a_hard_boundary_is_hybrid_and_says_what_goes_where(router: Router) -> None:
    levels = {signal: levels[0] for signal, levels in DESIGN.items()}
    found = router.route({**levels, "data_boundary": "must_stay"})
    assert found.verdict == "hybrid"
    assert found.outside is not None
    assert found.outside.id == "dedicated-tenancy"
    assert found.stays, "a hybrid names what stays"
    assert found.goes, "and what may go"


def test_no_pull_at_all_is_api_with_a_shared_endpoint(router: Router) -> None:
    levels = {signal: levels[0] for signal, levels in DESIGN.items()}
    found = router.route({**levels, "capability": "open_suffices", "time_to_value": "planned"})
    assert found.verdict == "api"
    assert found.inside is None
    assert found.outside is not None
    assert found.outside.id == "shared-endpoint"


def test_a_preference_alone_is_met_by_a_dedicated_tenancy(router: Router) -> None:
    """The middle ground is an answer of its own: outside, but not on a shared endpoint."""
    levels = {signal: levels[0] for signal, levels in DESIGN.items()}
    found = router.route({**levels, "data_boundary": "prefer_inside", "capability": "frontier_helps"})
    assert found.verdict == "api"
    assert found.outside is not None
    assert found.outside.id == "dedicated-tenancy"


def test_leaning_names_the_rule_it_hangs_on_and_what_would_follow_without_it(atlas: Atlas, router: Router) -> None:
    seen = set()
    for workload in atlas.workloads.values():
        for team in atlas.teams.values():
            levels = with_team(workload.signals, team)
            found = router.route(levels)
            seen.add(found.strength)
            for rule in atlas.rules.values():
                if rule.effect == "hard-floor":
                    continue
                others = {id_: other for id_, other in atlas.rules.items() if id_ != rule.id}
                without = _verdict_one_by_one(others, levels)
                hinge = next((hinge for hinge in found.hinges if hinge.rule is rule), None)
                assert (hinge.verdict if hinge else found.verdict) == without
            assert found.strength == ("leaning" if found.hinges else "clear")
    assert seen == {"leaning", "clear"}


def test_a_hard_boundary_is_clear_because_no_one_can_strike_it_out(router: Router) -> None:
    levels = {signal: levels[0] for signal, levels in DESIGN.items()}
    found = router.route({**levels, "data_boundary": "must_stay", "capability": "frontier_helps"})
    assert (found.verdict, found.strength, found.hinges) == ("self-host", "clear", ())


def _verdict_one_by_one(rules: Mapping[str, Rule], levels: Mapping[str, str]) -> str:
    found = [rule for rule in rules.values() if fires(rule, levels)]
    hard = [VERDICTS.index(rule.verdict) for rule in found if rule.effect == "hard-floor"]
    floors = [VERDICTS.index(rule.verdict) for rule in found if rule.effect == "floor"]
    ceilings = [VERDICTS.index(rule.verdict) for rule in found if rule.effect == "ceiling"]
    return VERDICTS[max([min([2, *ceilings, max([0, *floors])]), *hard])]


def test_against_are_the_answers_that_lean_the_other_way(router: Router, atlas: Atlas) -> None:
    levels = {signal: levels[-1] for signal, levels in DESIGN.items()} | {"traffic": "sporadic"}
    found = router.route(levels)
    assert found.verdict == "self-host"
    assert [argument.signal for argument in found.against] == ["traffic"]
    assert found.against[0].text == atlas.signals["traffic"].levels[0].argument


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
