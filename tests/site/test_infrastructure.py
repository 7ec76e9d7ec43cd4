"""The built page on infrastructure: all workloads, every stage and duty, and the ways that lead to it."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest

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
