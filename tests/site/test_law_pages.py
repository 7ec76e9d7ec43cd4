"""The law part of the built pages: every note, its ground and its state, and nothing as law that is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest

from macros.derive import Derived, DerivedWorkload
from macros.law.notes import STATES, Note

NOT_ADVICE = "nformation, not legal advice"


@pytest.fixture(scope="module")
def built(site: Path, derived: Derived) -> dict[str, lxml.html.HtmlElement]:
    """Workload pages by id, their pages on law by id and `/law`, and their checklists by id and `/checklist`."""
    found = {}
    for id_ in derived.workloads:
        for name in (id_, f"{id_}/law", f"{id_}/checklist"):
            file = site / "workloads" / name / "index.html"
            found[name] = lxml.html.fromstring(file.read_bytes())
    return found


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def shown(page: lxml.html.HtmlElement, item: DerivedWorkload) -> Iterator[tuple[lxml.html.HtmlElement, Note]]:
    """Each expandable note of the page with the note behind it, found by the link to its obligation."""
    by_id = {note.obligation.id: note for note in item.notes}
    for element in page.xpath("//details[contains(@class, 'wa-note')]"):
        links = [link for link in element.xpath(".//a/@href") if "/obligations/" in link]
        yield element, by_id.pop(links[-1].rstrip("/").rsplit("/", 1)[-1])
    assert not by_id, f"not shown: {sorted(by_id)}"


def test_every_note_is_shown_once_under_a_question(
    built: dict[str, lxml.html.HtmlElement], derived: Derived
) -> None:
    terms = derived.atlas.vocabulary["controls"].terms
    for id_, item in derived.workloads.items():
        for element, note in shown(built[f"{id_}/law"], item):
            group = element.xpath("ancestor::details[contains(@class, 'wa-control')]/summary")[0]
            assert words(group).startswith(str(terms[note.obligation.controls[0]].question))


def test_the_workload_page_leads_to_every_group_and_names_every_note(
    built: dict[str, lxml.html.HtmlElement], derived: Derived
) -> None:
    terms = derived.atlas.vocabulary["controls"].terms
    for id_, item in derived.workloads.items():
        rows = built[id_].xpath("//ul[@class='wa-obligations']/li")
        controls = {note.obligation.controls[0] for note in item.notes}
        assert len(rows) == len(controls)
        for row in rows:
            (link,) = row.xpath("./a")
            page, _, control = link.get("href").partition("#control-")
            assert page == f"../../workloads/{id_}/law/"
            controls.remove(control)
            assert words(link) == terms[control].question
            now = [n.obligation.title for n in item.notes if n.state == "in-force" and not n.conditional]
            named = [words(name) for name in row.xpath("./b")]
            own = [n.obligation.title for n in item.notes if n.obligation.controls[0] == control]
            assert named == ["; ".join(title for title in own if title in now)] * bool(set(own) & set(now))
            (group,) = built[f"{id_}/law"].xpath(f"//details[@id='control-{control}']")
            summary = words(group.xpath("./summary")[0])
            assert summary.startswith(words(link)) and summary.endswith(words(row.xpath("./span")[0]))
            notes = [note for note in item.notes if note.obligation.controls[0] == control]
            assert len(group.xpath("./details[contains(@class, 'wa-note')]")) == len(notes)
        laws = {words(row.xpath("./a")[0]): words(row) for row in built[id_].xpath("//ul[@class='wa-laws']/li")}
        for note in item.notes:
            o = note.obligation
            assert " ".join(o.provision.split()) in laws[derived.atlas.instruments[o.instrument].title]
            assert built[f"{id_}/law"].xpath(f"//details[contains(@class, 'wa-note')][@id='{note.obligation.id}']")
        assert not built[id_].xpath("//details[contains(@class, 'wa-note')]")
        for place in ("regulatory-notes", "what-you-must-be-able-to-do"):
            assert built[id_].xpath(f"//*[@id='{place}']"), place


def test_an_obligation_leads_to_its_note_in_each_workload(site: Path, derived: Derived) -> None:
    for id_, items in derived.by_obligation.items():
        page = lxml.html.fromstring((site / f"obligations/{id_}/index.html").read_bytes())
        links = page.xpath("//ul[@class='wa-places']//a/@href")
        assert links == [f"../../workloads/{item.workload.id}/law/#{id_}" for item in items]


def test_each_note_expands_to_its_official_text_and_the_day_it_was_checked(
    built: dict[str, lxml.html.HtmlElement], derived: Derived
) -> None:
    for id_, item in derived.workloads.items():
        for element, note in shown(built[f"{id_}/law"], item):
            o, said = note.obligation, words(element)
            assert o.text_url in element.xpath(".//a/@href")
            assert element.xpath(f".//time[@datetime='{o.reviewed}']")
            assert len(element.xpath(".//a[@class='wa-cite']")) == len(o.sources)
            assert " ".join(o.proof.split()) in said
            assert o.fine is None or " ".join(o.fine.split()) in said
            for role in o.binds:
                assert derived.atlas.label("roles", role) in said
            assert ("Only if" in said) is note.conditional


def test_a_proposal_is_never_shown_as_law(built: dict[str, lxml.html.HtmlElement], derived: Derived) -> None:
    proposals = 0
    for id_, item in derived.workloads.items():
        for element, note in shown(built[f"{id_}/law"], item):
            state = words(element.xpath("./summary//*[contains(@class, 'wa-state')]")[0])
            starts: tuple[str, ...] = {
                "in-force": ("in force",),
                "applies-from": ("applies from",),
                "guidance": ("guidance",),
                "proposed": ("proposed, not law",),
                "voluntary": ("voluntary", "binds by contract"),
            }[note.state]
            assert state.startswith(starts), (id_, note.obligation.id)
            proposals += note.state == "proposed"
    assert proposals


def test_an_open_class_names_the_question(built: dict[str, lxml.html.HtmlElement], derived: Derived) -> None:
    for id_, item in derived.workloads.items():
        box = words(built[f"{id_}/law"].xpath("//*[@class='wa-class']")[0])
        assert item.classification.title in words(built[id_].xpath("//article")[0])
        assert item.classification.title in box
        if item.classification.id == "may-be-high-risk":
            assert "The question that decides:" in box
            assert "?" in box


def test_who_does_it_adds_up_and_marks_the_verdict(
    built: dict[str, lxml.html.HtmlElement], derived: Derived
) -> None:
    for id_, item in derived.workloads.items():
        table = built[f"{id_}/law"].xpath("//table[contains(@class, 'wa-who')]")[0]
        heads = table.xpath("./thead/tr/th")[1:]
        mine = [words(head) for head in heads if "wa-who__mine" in (head.get("class") or "")]
        assert mine == [f"{derived.atlas.label('verdicts', item.verdict.verdict)} the verdict"]
        rows = [[int(words(cell)) for cell in row.xpath("./td")] for row in table.xpath("./tbody/tr")]
        asking = [note for note in item.notes if note.state != "proposed"]
        assert [sum(column) for column in zip(*rows, strict=True)] == [len(asking)] * 3
        links = built[f"{id_}/law"].xpath("//table[contains(@class, 'wa-who')]//a/@href")
        linked = {link.split("/")[-2] for link in links}
        assert not linked & {note.obligation.id for note in item.notes if note.state == "proposed"}


def test_headlines_tell_law_from_what_is_none(built: dict[str, lxml.html.HtmlElement], derived: Derived) -> None:
    for id_, item in derived.workloads.items():
        law = sum(note.state in {"in-force", "applies-from"} for note in item.notes)
        proposed = sum(note.state == "proposed" for note in item.notes)
        for page in (built[id_], built[f"{id_}/law"], built[f"{id_}/checklist"]):
            assert f"{law} obligations" in words(page)
            assert (f"{proposed} proposal" in words(page)) == bool(proposed)
        assert f"{len(item.notes)} notes" not in words(built[id_].xpath("//article")[0])


def test_the_checklist_has_a_box_for_each_duty_and_says_what_it_is(
    built: dict[str, lxml.html.HtmlElement], derived: Derived
) -> None:
    for id_, item in derived.workloads.items():
        page = built[f"{id_}/checklist"].xpath("//article")[0]
        duties = [note for note in item.notes if note.state != "proposed"]
        boxes = page.xpath(".//ul[@class='wa-boxes']/li")
        assert len(boxes) == len(page.xpath(".//*[@class='wa-box']")) == len(duties)
        said = words(page)
        assert item.workload.title in said
        assert derived.atlas.settings.as_of in said
        assert NOT_ADVICE in said
        told = {words(box.xpath(".//strong")[0]) for box in boxes}
        assert told == {note.obligation.title for note in duties}
        assert not told & {note.obligation.title for note in item.notes if note.state == "proposed"}
        assert NOT_ADVICE in words(built[id_])
        assert NOT_ADVICE in words(built[f"{id_}/law"])


def test_the_json_carries_what_the_page_shows(site: Path, derived: Derived) -> None:
    for id_, item in derived.workloads.items():
        found = json.loads((site / f"api/workloads/{id_}.json").read_text())["derived"]
        told = found["obligations"]
        states = [note.state for note in item.notes]
        assert found["obligation_counts"] == {state: states.count(state) for state in STATES}
        for one, note in zip(told, item.notes, strict=True):
            assert one["id"] == note.obligation.id
            assert one["conditional"] is note.conditional
            assert one["text_url"] == note.obligation.text_url
            assert one["checked"] == note.obligation.reviewed
            assert [entry["condition"] for entry in one["open"]] == [entry.condition for entry in note.open]
            assert all(entry["question"].endswith("?") for entry in one["open"])
            assert set(one["answered_by"]) == {"self-host", "hybrid", "api"}
