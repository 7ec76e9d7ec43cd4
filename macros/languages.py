"""Whether a model is known to work in the languages that a step asks for. Pure; codes are ISO 639.

A record names languages as a closed list (`named`), states a number without one (`wide`), or neither (`unknown`).
What a closed list leaves out is missing; what is merely stated or unknown stays possible and is said.
"""

from __future__ import annotations

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


def single(languages: Iterable[str], model: Languages) -> bool:
    """Whether many languages are asked for and the model’s closed list has at most one."""
    return MANY in languages and model.coverage == "named" and len({*model.named, *model.tested}) <= 1


def known(languages: Iterable[str], model: Languages) -> bool:
    """Whether anything was read that speaks for the languages asked for; many unlisted ones ask for nothing."""
    return model.coverage != "unknown" or not set(asked(languages)) - {OF_CARDS}


def untested(languages: Iterable[str], model: Languages) -> tuple[str, ...]:
    """Languages asked for that the maker neither names nor tested, where it states a number only."""
    if model.coverage != "wide":
        return ()
    covered = {*model.named, *model.tested, OF_CARDS}
    return tuple(code for code in asked(languages) if code not in covered)


@cache
def name(code: str) -> str:
    """English name of a language (Unicode CLDR), or the code where CLDR has none."""
    return str(Locale("en").languages.get(code, code))


def names(codes: Iterable[str], most: int = 4) -> str:
    """Names in a row, such as `Irish and Maltese`; beyond `most`, how many more."""
    every = [name(code) for code in codes]
    if len(every) > most:
        return f"{', '.join(every[:most])} and {len(every) - most} more"
    return " and ".join(filter(None, (", ".join(every[:-1]), every[-1]))) if every else ""
