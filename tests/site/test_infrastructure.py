"""The built page on infrastructure: all workloads, every stage and duty, and the ways that lead to it."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest

from macros import platform
from macros.derive import Derived
from macros.stages import RULE


@pytest.fixture(scope="module")
def page(site: Path) -> lxml.html.HtmlElement:
    return lxml.html.fromstring((site / "infrastructure/index.html").read_bytes()).xpath("//article")[0]


def text(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_it_lists_every_workload_once_with_its_stage(page: lxml.html.HtmlElement, derived: Derived) -> None:
    rows = page.xpath(".//table[contains(@class, 'wa-placed')]/tbody/tr")
    found = {row.xpath("./th/a/@href")[0].strip("/").split("/")[-1]: row for row in rows}
    assert len(rows) == len(found) == 29
    assert set(found) == set(derived.workloads)
    for id_, row in found.items():
        stage = row.xpath("./td[2]/a/@href")[0]
        assert stage == f"#stage-{derived.workloads[id_].placement.stage}"


def test_it_prints_the_rule_and_explains_each_stage_and_duty(
    page: lxml.html.HtmlElement, derived: Derived
) -> None:
    said = text(page)
    for _, condition in RULE:
        assert condition in said
    for stage in derived.atlas.stages.values():
        section = text(page.xpath(f".//section[@id='stage-{stage.id}']")[0])
        assert stage.people in section
        for sign in stage.leave_when:
            assert sign.figure in section
    for duty in derived.atlas.upkeep.values():
        section = page.xpath(f".//section[@id='upkeep-{duty.id}']")[0]
        inside = text(section.xpath("./details")[0])
        assert all(step in inside for step in duty.do)
        assert all(fact.do in inside for fact in duty.by_engine)


def test_the_picture_says_in_words_what_it_shows(page: lxml.html.HtmlElement, derived: Derived) -> None:
    pictures = page.xpath(".//figure/svg[@role='img']")
    assert len(pictures) == 2
    for picture in pictures:
        labelled = picture.get("aria-labelledby").split()
        words = " ".join(text(picture.xpath(f".//*[@id='{id_}']")[0]) for id_ in labelled)
        for stage in derived.atlas.stages.values():
            assert stage.title in words


def test_retired_engines_are_not_on_it(page: lxml.html.HtmlElement, derived: Derived) -> None:
    retired = [engine.id for engine in derived.atlas.engines.values() if engine.retired]
    assert retired
    for id_ in retired:
        assert not page.xpath(f".//a[contains(@href, 'engines/{id_}/')]")


def test_engines_and_workloads_lead_to_it(site: Path, derived: Derived) -> None:
    for id_, item in derived.workloads.items():
        assert (
            f"infrastructure/#stage-{item.placement.stage}" in (site / f"workloads/{id_}/index.html").read_text()
        )
    for id_, engine in derived.atlas.engines.items():
        built = (site / f"engines/{id_}/index.html").read_text()
        for stage in engine.stages:
            assert f"infrastructure/#stage-{stage}" in built
        for duty in derived.atlas.upkeep.values():
            told = any(fact.engine == id_ for fact in duty.by_engine)
            assert (f"infrastructure/#upkeep-{duty.id}" in built) == told


def test_each_control_on_the_platform_links_what_it_serves(page: lxml.html.HtmlElement, derived: Derived) -> None:
    for control in derived.atlas.platform.values():
        section = page.xpath(f".//section[@id='platform-{control.id}']")[0]
        said = text(section)
        assert control.means in said
        assert control.term in said
        assert all(row.says in said for row in control.on_kubernetes)
        linked = [
            href.strip("/").split("/")[-1]
            for href in section.xpath(".//a[contains(@href, '/obligations/')]/@href")
        ]
        found = platform.served(derived, control)
        assert set(linked) == {o.id for o, _ in found.obligations}
        for o, state in found.obligations:
            item = section.xpath(f".//li[a[contains(@href, '/obligations/{o.id}/')]]")[0]
            assert ("not law" in text(item)) == (state == "proposed")
        workloads = section.xpath(".//a[contains(@href, '/workloads/')]/@href")
        assert len(workloads) == len(found.workloads)
        if not found.obligations:
            assert "Serves no obligation" in said
        for use in control.projects:
            assert section.xpath(f".//a[@href='#project-{use.project}']")


def test_each_project_has_its_place_with_licence_and_release(
    page: lxml.html.HtmlElement, derived: Derived
) -> None:
    for project in derived.atlas.projects.values():
        said = text(page.xpath(f".//section[@id='project-{project.id}']")[0])
        assert project.license.spdx in said
        assert project.not_for in said
        assert (project.release.version if project.release else "release not read") in said


def test_obligations_lead_back_to_the_platform(site: Path, derived: Derived) -> None:
    for id_, obligation in derived.atlas.obligations.items():
        built = (site / f"obligations/{id_}/index.html").read_text()
        serving = {control.id for control in platform.of_obligation(derived.atlas, obligation)}
        for control in derived.atlas.platform:
            assert (f"infrastructure/#platform-{control}" in built) == (control in serving)
