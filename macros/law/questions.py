"""What the facts leave open, asked in a visitor's words. Texts come from the vocabularies and the obligations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from macros.law.conditions import Open
from macros.model import Atlas
from macros.words import lower_first

_TERMS_OF = {
    "system_role": "system-roles",
    "system_name": "system-names",
    "jurisdiction": "jurisdictions",
}


def tell(atlas: Atlas, item: Open) -> str:
    """The question that decides an open condition."""
    if item.question:
        return item.question
    if item.instrument and (reach := atlas.instruments[item.instrument].reach_question):
        return reach
    if item.condition in _TERMS_OF:
        terms = atlas.vocabulary[_TERMS_OF[item.condition]].terms
        return " ".join(terms[term].question or f"{terms[term].label}?" for term in item.terms)
    sectors = [_lower(atlas.label("sectors", term)) for term in item.terms if item.condition == "sectors"]
    techniques = [_lower(atlas.techniques[term].title) for term in item.terms if item.condition == "techniques"]
    return {
        "sectors": f"Are you in {_either(sectors)}?",
        "techniques": f"Do you adapt the model by {_either(techniques)}?",
        "deployment": "Does an outside party take part: an API, a cloud, a managed operator, remote support?",
        "exemption": "Do you claim the exemption of Article 6(3), rightly?",
        "annex_iii": "Does the use count as high-risk?",
    }[item.condition]


def ask(atlas: Atlas, item: Open) -> str:
    """The question, with the answer that opens the obligation where it is not simply yes."""
    return answered(tell(atlas, item), item.answer)


def answered(question: str, answer: str | None) -> str:
    """A question with the answer that counts; alone where none is named."""
    return f"{question} (if the answer is “{answer}”)" if answer else question


def told(atlas: Atlas, found: Iterable[Open]) -> list[dict[str, Any]]:
    """Open conditions as data, each with its question and the answer that opens the obligation."""
    return [
        {
            "condition": item.condition,
            "terms": list(item.terms),
            "question": tell(atlas, item),
            "answer": item.answer or (None if _several(item) else "yes"),
        }
        for item in found
    ]


def _several(item: Open) -> bool:
    """Whether its words hold more than a question of yes or no: what a record says to be unclear."""
    return item.condition == "exemption"


def subject(atlas: Atlas, item: Open) -> str:
    """What an open condition is about, in two or three words."""
    if item.condition == "jurisdiction":
        return "where: " + _either([atlas.label("jurisdictions", term) for term in item.terms])
    return {
        "sectors": "sector",
        "system_role": "built or bought",
        "system_name": "in whose name",
        "techniques": "technique",
        "deployment": "an outside party",
        "annex_iii": "point of Annex III",
        "exemption": "Article 6(3)",
        "other": "scope",
    }[item.condition]


def _either(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else "".join(words)


def _lower(text: str) -> str:
    """The first letter small, unless the word is a short form such as LoRA or RLHF."""
    first = text.split(maxsplit=1)[0]
    return text if any(letter.isupper() for letter in first[1:]) else lower_first(text)
