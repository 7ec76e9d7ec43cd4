"""Words that promise more than they say: “private”, “secure”, “compliant”, without from whom or under what.

Used by `atlas check` on records and by a test on templates, documents and scripts. A word passes if what follows
it at once says from whom, against what or under what, or if it stands in one of the phrases below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

ALLOWED: Mapping[str, str] = {
    "private knowledge": "name of a pattern, which says what it means: documents that are not public",
    "private retrieval": "name of a signal, which says what it means: retrieval over such documents",
    "private documents": "the origin’s word for documents that are not public; see that signal",
    "private llm": "title of the origin",
    "private communications": "communications between people who are named; the law’s word",
    "private messages": "messages between people who are named",
    "private person": "not a body and not in the way of business; the law’s word",
    "private firms": "not public bodies; the law’s word",
    "private bodies": "not public bodies; the law’s word",
    "private entities": "not public bodies; the law’s word",
    "a private employer": "not a public body; the law’s word",
    "private controllers": "not public bodies; the law’s word",
    "private scoring": "scoring by firms that are not public bodies",
    "private ones": "deployers that are not public bodies",
    "public and private": "bodies of both kinds",
    "private use": "use by a person outside any business; the law’s word",
    "private training data": "data that its maker does not publish; the guidelines’ case",
    "private cloud compute": "name of a product",
    "private safety processing": "name of a product",
    "secure gpt": "name of a product",
    "secure environment": "the term of the European Health Data Space, which its record explains",
    "secure environments": "the same",
    "secure processing environment": "the same",
    "secure it": "a verb: what against is said by the duty",
    "you secure the": "a verb with its object",
    "entities in listed sectors secure": "a verb with its object",
    "secure acquisition": "the words of Article 21 NIS2",
    "develop the product securely": "the duty’s own words; Annex I of the regulation lists against what",
    "develop securely": "the same",
    "design them securely": "the same",
    "compliant in insurance": "the law is named in the sentence",
}
"""Phrases in small letters, with the reason why they say enough. A test fails for one that nothing uses."""

_WORD = re.compile(r"\b(?:private(?:ly)?|secure(?:ly)?|compliant(?:ly)?)\b", re.IGNORECASE)
_SAID = re.compile(r"\s+(?:from|against|under|with|to match|toward|towards)\b", re.IGNORECASE)
_PHRASE = re.compile("|".join(rf"\b{re.escape(phrase)}\b" for phrase in sorted(ALLOWED, key=len, reverse=True)))


def loaded(text: str) -> Iterator[str]:
    """Each word that leaves open from whom or under what, as it was written."""
    flat = " ".join(text.split())
    fine = [match.span() for match in _PHRASE.finditer(flat.lower())]
    for match in _WORD.finditer(flat):
        inside = any(start <= match.start() and match.end() <= end for start, end in fine)
        if not inside and not _SAID.match(flat, match.end()):
            yield match.group(0)


def instead(word: str) -> str:
    """What to write in its place."""
    if word.lower().startswith("private"):
        return "say from whom: “read by nobody but …”, “not public”, “of your own”"
    if word.lower().startswith("secure"):
        return "say against what, or name the measure: “behind a sign-in”, “encrypted with keys of yours”"
    return "say under what, and who found it: “meets Article 28 GDPR, as the audit of … says”"
