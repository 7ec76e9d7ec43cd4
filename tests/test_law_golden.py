"""The notes of all workloads are those that were read against the official texts."""

from __future__ import annotations

from macros.derive import Derived
from tests.law_golden import FILE, text


def test_the_notes_are_the_ones_that_were_reviewed(derived: Derived) -> None:
    """If this fails on purpose: `python -m tests.law_golden`, then read the diff as a lawyer would."""
    assert text(derived) == FILE.read_text(encoding="utf-8")


def test_classes_that_the_review_of_law_settled(derived: Derived) -> None:
    """A tool for lawyers is not a court's; drafts and summaries are generated text; translation is not marked."""
    classes = {id_: item.classification.id for id_, item in derived.workloads.items()}
    assert classes["contract-policy-case-qa"] == "transparency"
    assert {w for w, c in classes.items() if c == "high-risk"} == {"recruitment-screening"}
    assert {w for w, c in classes.items() if c == "may-be-high-risk"} == {
        "credit-underwriting-support",
        "multilingual-audio-analytics",
        "public-benefit-casework",
    }
    triggers = {id_: item.workload.facts.ai_act.transparency for id_, item in derived.workloads.items()}
    assert "generates-content" not in triggers["machine-translation"]
    assert "generates-content" not in triggers["batch-transcription"]
    assert "generates-content" in triggers["aml-investigation-narratives"]
