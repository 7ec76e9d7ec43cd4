"""The page with what one runs for a workload: every suggestion, its files, and the way there and back."""

from __future__ import annotations

from pathlib import Path

import lxml.html

from macros.deploy import from_atlas
from macros.derive import Derived


def test_every_suggestion_has_its_files_on_the_page_and_is_linked_from_its_card(
    site: Path, derived: Derived
) -> None:
    seen = 0
    for id_, item in derived.workloads.items():
        folder = site / "workloads" / id_
        own = lxml.html.fromstring((folder / "index.html").read_bytes())
        run = lxml.html.fromstring((folder / "run/index.html").read_bytes())
        assert not own.xpath("//*[@data-wa-code]")
        texts = [code.text_content() for code in run.xpath("//*[@data-wa-code]//code")]
        expected = []
        for step in item.steps:
            for s in step.suggestions:
                place = f"{step.need.id}-{s.model.id}"
                assert run.xpath(f"//h3[@id='{place}']"), place
                link = f"../../workloads/{id_}/run/#{place}"
                assert len(own.xpath(f"//article[contains(@class, 'wa-card')]//a[@href='{link}']")) == 1, place
                expected += [file.text for file in from_atlas(derived.atlas, s.model, step.need, s.plan).files]
        assert texts == expected
        seen += len(texts)
        assert run.xpath(f"//a[@href='../../../workloads/{id_}/']"), "the way back"
    assert seen > 100
