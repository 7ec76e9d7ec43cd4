"""Provider or deployer, of what? Pure rules from complete answers to findings, one function for each layer.

The model and the system built with it are never mixed: `model_findings` reads no answer about the system and
`system_findings` none about the model. Answers are levels of the questions in `atlas/role-questions`; “not
known” is not handled here but in `macros.law.role_tables`, which tries every answer that is still possible.

Point numbers are those of the model guidelines of 18 July 2025, C(2025) 5045 final.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from macros.law.role_facts import UNKNOWN
from macros.model import Technique

Answers = Mapping[str, str]

KINDS = ("use", "quantize", "train", "merge", "distil", "scratch")
"""How a technique is judged in the model layer."""

_TRAINED = ("control", "systemic", "share", "change", "market", "excluded")
ASKED: Mapping[str, tuple[str, ...]] = {
    "use": ("market", "excluded"),
    "quantize": ("market", "excluded"),
    "train": _TRAINED,
    "merge": _TRAINED,
    "distil": ("start", "general", *_TRAINED),
    "scratch": ("general", "systemic", "market"),
}
"""The questions that can matter, by kind, in the order in which they are asked."""

SYSTEM = ("eu", "built", "name", "position", "high_risk", "modified", "purpose", "origin")
"""The questions of the system layer, in the order in which they are asked."""

MODEL_PROVIDER = ("modifier", "model-provider")
"""Roles that bring duties of Chapter V."""

PRODUCT_MAKER = "system-product-maker"
"""The finding of Article 25(3)."""

PROVIDER = {
    *(PRODUCT_MAKER, "system-built", "system-rebranded", "system-modified"),
    *("system-repurposed", "system-changed-plain"),
}
"""Findings that make a provider of the system."""


def kind(technique: Technique) -> str:
    """How a technique is judged. Three have rules of their own; the rest follows from what the record says."""
    own = {"distillation": "distil", "merging": "merge", "quantization": "quantize"}
    if technique.id in own:
        return own[technique.id]
    if technique.model_layer.position == "provider":
        return "scratch"
    return "use" if technique.model_layer.position == "never" else "train"


def model_finding(how: str, answers: Answers) -> str:
    """The one finding of the model layer for complete answers to `ASKED[how]`; `how` is one of `KINDS`."""
    if how == "distil":
        how = "train" if answers["start"] == "weights" else "scratch"
    if how == "scratch":
        return _new_model(answers)
    trained = how in ("train", "merge")
    if trained and answers["control"] == "behalf":
        return "model-on-behalf"  # 60: a downstream actor does not act for the original provider
    if answers["market"] == "outside":
        return "model-outside"  # 49, 58: no placing on the Union market
    if answers["excluded"] == "yes":
        return "model-integrator"  # 59, whatever was done to the weights
    if not trained:
        return "model-use" if how == "use" else "model-quantized"
    return _modified(answers) if how == "train" else _merged(answers)


def _new_model(answers: Answers) -> str:
    if answers["general"] == "no":
        return "model-not-general"  # 17, 20, 21
    if answers["market"] == "outside":
        return "model-outside"
    return "model-internal" if _internal(answers) else "model-maker"


def _internal(answers: Answers) -> bool:
    """Recital 97: internal use that concerns nobody else is left out, but never with systemic risk."""
    return answers["market"] == "internal" and answers["systemic"] == "no"


def _modified(answers: Answers) -> str:
    """62 to 64: significant change is the criterion, more than one third of the compute its indication."""
    if _internal(answers):
        return "model-internal"
    if answers["share"] == "above":
        return "model-api-tuning" if answers["control"] == "vendor" else "model-modifier"
    if answers["share"] == "close":
        return "model-close"
    return "model-change-below" if answers["change"] == "yes" else "model-below"


def _merged(answers: Answers) -> str:
    """120 to 121 count merged weights in the cumulative figure only; what counts as yours is not said."""
    if _internal(answers):
        return "model-internal"
    small = answers["share"] == "below" and answers["change"] == "no"
    return "model-below" if small else "model-merge"


@dataclass(frozen=True, slots=True, order=True)
class SystemItem:
    """A finding of the system layer, and whether the system is high-risk in the end."""

    finding: str
    high_risk: bool


def system_findings(answers: Answers) -> tuple[SystemItem, ...]:
    """The findings of the system layer for complete answers to `SYSTEM`; several roles can meet in one hand."""
    if answers["eu"] == "neither":
        return (SystemItem("system-outside", False),)
    listed = answers["high_risk"] != "no"
    if answers["built"] == "own":
        return tuple(SystemItem(item, listed) for item in _by_output(answers, _built(answers)))
    high = listed or answers["purpose"] == "yes"
    return tuple(SystemItem(item, high) for item in _by_output(answers, _bought(answers)))


def _by_output(answers: Answers, found: list[str]) -> list[str]:
    """Article 2(1)(c) reaches providers and deployers; Articles 3(3), 3(11) and 25(1) think of the Union only."""
    if answers["eu"] == "output" and PROVIDER & set(found):
        return [*found, "system-output-provider"]
    return found


def _built(answers: Answers) -> list[str]:
    """Articles 3(3) and 3(11): developing, or having developed, and putting into service under one's own name."""
    uses, passes_on = _does(answers)
    found = _product_maker(answers)
    if answers["name"] == "own":
        found.append("system-built")
    if found:
        return [*found, *(["system-deployer"] if uses else [])]
    if passes_on and answers["eu"] == "inside":
        found.append("system-supplier")
    if uses:
        found.append("system-named-other")
    return found or ["system-output-chain"]


def _bought(answers: Answers) -> list[str]:
    """Article 25(1) for high-risk systems and purposes; otherwise the roles of Article 3(4), (6) and (7)."""
    uses, passes_on = _does(answers)
    found = _becomes_provider(answers)
    if passes_on and not found and answers["eu"] == "inside":
        found.append("system-importer" if answers["origin"] == "first" else "system-distributor")
    if uses:
        found.append("system-deployer")
    return found or ["system-output-chain"]


def _product_maker(answers: Answers) -> list[str]:
    """Article 25(3): the maker of a product of Annex I, Section A, counts as provider of its safety component."""
    return [PRODUCT_MAKER] if answers["high_risk"] == "product" else []


def _becomes_provider(answers: Answers) -> list[str]:
    own_name, changed, new_purpose = (
        answers["name"] == "own",
        answers["modified"] == "yes",
        answers["purpose"] == "yes",
    )
    if answers["high_risk"] != "no":
        found = _product_maker(answers)
        found += ["system-rebranded"] if own_name else []  # 25(1)(a)
        # 25(1)(b); a change of the intended purpose is a substantial modification by Article 3(23).
        return [*found, *(["system-modified"] if changed or new_purpose else [])]
    if new_purpose:
        return ["system-repurposed"]  # 25(1)(c)
    if not own_name:
        return []
    return ["system-changed-plain" if changed else "system-name-plain"]


def _does(answers: Answers) -> tuple[bool, bool]:
    return answers["position"] in ("use", "both"), answers["position"] in ("supply", "both")


def yardstick(known: str, systemic: str) -> str:
    """Which line the compute is measured against (63, 64): `original`, `systemic`, `other`, or `open`."""
    if known == "yes":
        return "original"
    if known == "no" and systemic != UNKNOWN:
        return "systemic" if systemic == "yes" else "other"
    return "open"


def model_duties(systemic: str, release: str) -> dict[str, str]:
    """State of each duty of a model provider: `yes`, `freed`, `if` (open, or only with systemic risk).

    Article 53(2) and 54(6) free open releases from documentation and representative, never with systemic risk.
    """
    risks = ("yes", "no") if systemic == UNKNOWN else (systemic,)
    releases = ("yes", "no") if release == UNKNOWN else (release,)
    both = [(risk == "yes", opened == "yes") for risk in risks for opened in releases]

    def state(applies: Callable[[bool, bool], bool], otherwise: str) -> str:
        found = {applies(risk, opened) for risk, opened in both}
        return "if" if len(found) == 2 else "yes" if found == {True} else otherwise

    paper = state(lambda risk, opened: risk or not opened, "freed")
    heavy = state(lambda risk, _: risk, "no")
    states = {"documentation": paper, "integrators": paper, "copyright": "yes", "summary": "yes"}
    return {**states, "representative": paper, "notify": heavy, "safety": heavy}
