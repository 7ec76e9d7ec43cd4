"""Whether a model is known to work in the languages that a step asks for. Pure; codes are ISO 639.

A record names languages as a closed list (`named`), names some (`partial`), states a number without a list
(`wide`), or none of these (`unknown`). What a closed list leaves out is missing; what is merely stated or unknown
stays possible and is said.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

from babel import Locale

from macros.model import Languages

EU_24 = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr",
    "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv",
)  # fmt: skip
"""Official languages of the European Union (Regulation No 1/1958, Article 1)."""
GROUPS = {"eu-24": EU_24}
MANY = "multi"
"""Asked for where a step meets many languages that nobody can list."""
DOZEN = 12
WESTERN = 0xFF
"""The last letter of Latin-1, which the fonts of every page have."""
OF_CARDS = "en"
"""Every model whose record states nothing is described, and so taken to work, in English."""


def asked(languages: Iterable[str]) -> tuple[str, ...]:
    """The codes that a step’s `languages` mean, each once; `multi` names none."""
    codes = (code for item in languages if item != MANY for code in GROUPS.get(item, (item,)))
    return tuple(dict.fromkeys(codes))


def missing(languages: Iterable[str], model: Languages) -> tuple[str, ...]:
    """Languages asked for that the model’s closed list leaves out and its maker did not test either."""
    if model.coverage != "named":
        return ()
    covered = {*model.named, *model.tested}
    return tuple(code for code in asked(languages) if code not in covered)


def known(languages: Iterable[str], model: Languages) -> bool:
    """Whether what was read speaks for the languages asked for: each named or tested, or a large number stated.

    Many unlisted ones need a dozen that the maker names, or a stated number. A closed list speaks for what it has;
    what it lacks is told by `missing`.
    """
    if model.coverage == "wide":
        return True
    wanted = set(asked(languages))
    if MANY in languages and len(model.named) < DOZEN:
        return False
    if model.coverage == "named":
        return True
    return wanted <= {OF_CARDS, *model.named, *model.tested}


def untested(languages: Iterable[str], model: Languages) -> tuple[str, ...]:
    """Languages asked for that the maker neither names nor tested, where no list is closed."""
    if model.coverage not in ("wide", "partial"):
        return ()
    covered = {*model.named, *model.tested, OF_CARDS}
    return tuple(code for code in asked(languages) if code not in covered)


@cache
def name(code: str) -> str:
    """English name of a language (Unicode CLDR), or the code where CLDR has none.

    “Māori” is written Maori: one letter outside Western Europe has a browser load a font file of 60 kB.
    """
    found = str(Locale("en").languages.get(code, code))
    if all(ord(letter) <= WESTERN for letter in found):
        return found
    return "".join(letter for letter in unicodedata.normalize("NFD", found) if not unicodedata.combining(letter))


def names(codes: Iterable[str], most: int = 4) -> str:
    """Names in a row, such as `Irish and Maltese`; beyond `most`, how many more."""
    every = [name(code) for code in codes]
    if len(every) > most:
        return f"{', '.join(every[:most])} and {len(every) - most} more"
    return " and ".join(filter(None, (", ".join(every[:-1]), every[-1]))) if every else ""
