"""What can be wrong with an atlas: one value for a problem, and the list of all codes.

A check yields problems; it never raises, prints or exits. Rendering is the last step.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

CODES: dict[str, str] = {
    "WA001": "The file cannot be read as UTF-8 text",
    "WA002": "The file is too large or nested too deeply",
    "WA003": "The YAML cannot be parsed",
    "WA004": "A key appears twice",
    "WA005": "Anchors, aliases and merge keys are not used",
    "WA006": "Not exactly one document, or not a mapping",
    "WA007": "Tags are not used",
    "WA010": "The file has no place in the atlas",
    "WA011": "Two files have the same id",
    "WA012": "The id or the folder is repeated inside the file",
    "WA101": "Unknown key",
    "WA102": "Missing key",
    "WA103": "Wrong type of value",
    "WA104": "Not one of the allowed values",
    "WA105": "Text too short or too long",
    "WA106": "Not in the expected form",
    "WA107": "Number out of range",
    "WA108": "Too few, too many or repeated entries",
    "WA109": "The record does not follow its schema",
    "WA201": "Reference to something that does not exist",
    "WA202": "A statement without a source",
    "WA203": "A source that nothing cites",
    "WA204": "A date after the atlas's `as_of`",
    "WA205": "Two sources with the same address",
    "WA206": "Numbers that contradict each other",
    "WA207": "Placeholder text",
    "WA208": "A rule that could break monotonicity",
    "WA209": "A record that refers to itself",
    "WA210": "An Annex III point without its exemption question",
    "WA211": "The generated schema is out of date",
    "WA212": "A team or reference team is incomplete",
    "WA213": "A signal that cannot be assumed or argued",
    "WA214": "The rules changed without a new version",
    "WA215": "A coded signal without its note",
    "WA216": "A disagreement with the rules that is not explained, or no longer there",
    "WA217": "Rules or forms without a ground to stand on",
    "WA218": "Stages, duties and engines that do not agree",
    "WA219": "A model's configuration that is missing or contradicts its record",
    "WA220": "A class that is open without the question that decides it",
    "WA221": "Facts or conditions about law that contradict themselves",
    "WA222": "A proposal that would read as law",
    "WA224": "Questions of the AI Act classification that its rules do not know, or miss",
    "WA225": "Records of the role helper that its rules do not know, or miss",
    "WA226": "A former id that another record has",
    "WA227": "A figure in the story that is not a claim",
    "WA230": "A kind of fact with no interval of review, or with two",
    "WA231": "A word that leaves open from whom or under what",
    "WA232": "A price of the calculator that cannot be right",
    "WA233": "Two workloads with the same name or summary",
}
"""Every code with its one-line meaning; `docs/errors.md` has an entry for each, and a test compares both."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong at one place. Lines and columns count from 1."""

    file: str
    line: int
    column: int
    code: str
    what: str
    instead: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}  {self.code}  {self.what}  {self.instead}"


class InvalidAtlasError(Exception):
    """The atlas has problems; carries all of them, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__(render(self.problems))


def render(problems: Iterable[Problem]) -> str:
    """All problems, one a line, sorted by file, line and column; empty text if there are none."""
    return "\n".join(str(problem) for problem in sorted(set(problems)))


def did_you_mean(word: str, choices: Iterable[str], otherwise: str) -> str:
    """What to write instead: the nearest of `choices`, or `otherwise` if none is near."""
    near = difflib.get_close_matches(word, list(choices), n=2, cutoff=0.6)
    if not near:
        return otherwise
    return "did you mean " + " or ".join(f"`{choice}`" for choice in near) + "?"
