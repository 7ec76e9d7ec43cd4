"""Controls on the platform: obligations and workloads follow from what obligations name, and records are whole."""

from __future__ import annotations

import dataclasses

import pytest

from macros import platform
from macros.derive import Derived
from macros.law.notes import STATES, state_on
from macros.model import Atlas, PlatformControl, Serves

PROMISED = {
    "logging",
    "audit-trail",
    "monitoring",
    "deployment",
    "evaluation-gate",
    "rollout",
    "gateway",
    "autoscaling",
    "policy",
    "secrets",
    "network",
}
"""Ids that others may link to."""


def test_the_promised_controls_are_there(atlas: Atlas) -> None:
    assert set(atlas.platform) >= PROMISED
    assert [c.order for c in atlas.platform.values()] == list(range(1, len(atlas.platform) + 1))


def test_obligations_are_those_that_name_a_control_that_is_answered(derived: Derived) -> None:
    atlas = derived.atlas
    for control in atlas.platform.values():
        found = platform.served(derived, control)
        answered = {s.control for s in control.serves}
        expected = {
            o.id
            for o in atlas.obligations.values()
            if answered & set(o.controls) and state_on(o, atlas.settings.as_of) in STATES
        }
        assert {o.id for o, _ in found.obligations} == expected
        assert {o.id for answer in found.answers for o, _ in answer.obligations} == expected
        for answer in found.answers:
            assert all(answer.control in o.controls for o, _ in answer.obligations)
        assert sum(n for _, n in found.states) == len(expected)
        states = [STATES.index(state) for _, state in found.obligations]
        assert states == sorted(states)


def test_the_other_way_gives_the_same_pairs(derived: Derived) -> None:
    atlas = derived.atlas
    there = {(c.id, o.id) for c in atlas.platform.values() for o, _ in platform.served(derived, c).obligations}
    told = [o for o in atlas.obligations.values() if state_on(o, atlas.settings.as_of) in STATES]
    back = {(c.id, o.id) for o in told for c in platform.of_obligation(atlas, o)}
    assert there == back
    assert there


def test_workloads_are_those_with_a_note_of_them(derived: Derived) -> None:
    for control in derived.atlas.platform.values():
        found = platform.served(derived, control)
        ids = {o.id for o, _ in found.obligations}
        counts = {item.workload.id: n for item, n in found.workloads}
        for id_, item in derived.workloads.items():
            assert counts.get(id_, 0) == len({note.obligation.id for note in item.notes} & ids)


def test_a_control_that_serves_nothing_has_nothing(derived: Derived) -> None:
    nothing = dataclasses.replace(derived.atlas.platform["autoscaling"], serves=())
    found = platform.served(derived, nothing)
    assert (found.answers, found.obligations, found.workloads, found.states) == ((), (), (), ())


def test_every_control_serves_an_obligation(derived: Derived) -> None:
    """Enough capacity is law in finance (DORA, Article 7), so autoscaling serves one too."""
    for control in derived.atlas.platform.values():
        assert platform.served(derived, control).obligations, control.id
    served = platform.served(derived, derived.atlas.platform["autoscaling"]).obligations
    assert "dora-5-14-ict-risk" in {obligation.id for obligation, _ in served}


def test_what_no_platform_answers_is_exactly_the_rest(atlas: Atlas) -> None:
    rest = dict(platform.unanswered(atlas))
    answered = {s.control for c in atlas.platform.values() for s in c.serves}
    assert set(rest) | answered == set(atlas.vocabulary["controls"].terms)
    assert not set(rest) & answered
    assert "transparency" in rest
    assert all(rest.values())


def test_a_further_answer_brings_its_obligations_and_no_others(derived: Derived) -> None:
    control: PlatformControl = derived.atlas.platform["autoscaling"]
    more = dataclasses.replace(control, serves=(Serves("residency", "Keeps replicas in one place."),))
    found = platform.served(derived, more)
    assert found.obligations
    assert {o.id for o, _ in found.obligations} == {
        o.id for o, _ in platform.naming(derived.atlas, ("residency",))
    }


def test_every_project_has_a_licence_a_source_and_a_control(atlas: Atlas) -> None:
    uses = platform.uses(atlas)
    for project in atlas.projects.values():
        assert project.license.spdx
        assert project.license.confidence == "confirmed"
        assert project.sources
        assert uses[project.id]
        if project.release:
            assert project.release.date <= project.release.read_in <= atlas.settings.as_of
    agpl = {p.id for p in atlas.projects.values() if p.license.spdx.startswith("AGPL")}
    assert agpl == {"grafana", "loki"}
    assert all("AGPL" in (atlas.projects[id_].license.note or "") for id_ in agpl)


@pytest.mark.parametrize(
    ("project", "said"),
    [
        ("kyverno", "CNCF, graduated since 2026-03-16"),
        ("external-secrets", "CNCF, sandbox since 2022-07-26"),
        ("openbao", "OpenSSF, sandbox"),
        ("inspect-ai", "UK AI Security Institute"),
    ],
)
def test_who_carries_a_project_is_said_as_far_as_it_is_known(atlas: Atlas, project: str, said: str) -> None:
    assert platform.home(atlas.projects[project]) == said


def test_every_statement_of_a_control_has_a_source(atlas: Atlas) -> None:
    for control in atlas.platform.values():
        assert control.on_kubernetes
        assert control.projects
        assert all(row.sources for row in control.on_kubernetes)
        assert all(use.sources for use in control.projects)
        assert all(use.sources for use in control.engines)
