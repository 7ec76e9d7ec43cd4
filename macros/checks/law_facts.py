"""Facts and conditions about law that decide something (WA220, WA221)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros.library import Library
from macros.problems import Problem
from macros.reading import Document


def check(library: Library, broken: set[str], _: Path) -> Iterator[Problem]:
    """An open class names the question that decides it; facts and conditions do not contradict themselves."""
    for entry in library.readable("workloads"):
        if entry.document.file not in broken:
            yield from _workload(entry.document)
    for entry in library.readable("obligations"):
        if entry.document.file not in broken:
            yield from _obligation(entry.document)


def _workload(document: Document) -> Iterator[Problem]:
    facts = document.data["facts"]
    act = facts["ai_act"]
    exemption, unclear = act.get("exemption"), act.get("unclear")
    if exemption and exemption["open"] != "no" and not exemption.get("question"):
        place, what = (
            ("facts", "ai_act", "exemption"),
            "the exemption is open without the question that decides it",
        )
        yield document.problem("WA220", place, what, "add `question:`", key=True)
    if exemption and exemption["open"] == "depends" and exemption.get("question"):
        for key in ("high_risk_if", "exempt_if"):
            if key not in exemption:
                what = f"the question does not say with `{key}` which answer decides what"
                yield document.problem("WA220", ("facts", "ai_act", "exemption"), what, f"add `{key}:`", key=True)
    if unclear and "?" not in unclear:
        place, what = ("facts", "ai_act", "unclear"), "says what is open, but not which question decides it"
        yield document.problem("WA220", place, what, "ask the question, with a question mark")
    if facts["system_role"] == "built" and facts["system"]["name"] == "vendor":
        place, what = ("facts", "system", "name"), "a system that is built is not in a vendor's name"
        yield document.problem("WA221", place, what, "write `own` or `either`, or change `system_role`")


def _obligation(document: Document) -> Iterator[Problem]:
    when = document.data["applies_when"]
    if when.get("always") and len(when) > 1:
        what = "`always` asks for nothing, yet other keys do"
        yield document.problem("WA221", ("applies_when", "always"), what, "remove `always` or the others")
    if "product_route" in document.data and "any" not in when.get("annex_iii", ()):
        what = "a duty that is not one of every high-risk system has a product route"
        yield document.problem(
            "WA221", ("product_route",), what, "remove it, or write `annex_iii: [any]`", key=True
        )
    if "exemption" in when and "annex_iii" not in when:
        what = "the exemption of Article 6(3) exists only for uses of Annex III"
        yield document.problem("WA221", ("applies_when", "exemption"), what, "add `annex_iii:`")
