"""Figures written as words, such as `two thirds`, `half` or `tenfold`: they claim as much as digits do (WA227).

Small numbers that count things on the page (`two ways`, `five places`), ordinals (`a third country`) and words
that leave the amount open (`most`, `few`) are no figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_ONES = "one|two|three|four|five|six|seven|eight|nine"
_PARTS = "third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|hundredth"
_ABOUT = "about|around|nearly|almost|over|under|than"
WORDS = re.compile(
    rf"\b(?:(?:a|one) (?:{_PARTS}) of"
    rf"|(?:{_ABOUT}) (?:a|one) (?:{_PARTS})(?! (?:part|countr))"  # a third party is none
    rf"|(?:two|three|four|five|six|seven|eight|nine) (?:{_PARTS})s"
    rf"|(?:{_ONES}) (?:in|out of) (?:{_ONES}|ten|twenty|a hundred)"
    r"|hal(?:f|ves|ved|ving)"
    r"|twice|thrice|(?:doubl|tripl|quadrupl)(?:e|es|ed|ing)"
    r"|(?:two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|hundred|thousand)-?fold"
    r"|per ?cent"
    r"|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    rf"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-(?:{_ONES}))?"
    r"|dozens?|hundreds?|thousands?|[mbtr]+illions?)\b",
    re.IGNORECASE,
)


def found(text: str) -> Iterator[re.Match[str]]:
    """Each figure in words, where it stands."""
    return WORDS.finditer(text)


def stem(word: str) -> str:
    """What two ways of writing a figure share: `third` of `a third of` and of `one-third`."""
    part = re.search(rf"\b({_PARTS})", word, re.IGNORECASE)
    return (part[1] if part else re.sub(r"(?<=\w)s$", "", word)).lower()
