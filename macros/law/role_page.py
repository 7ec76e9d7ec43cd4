"""What `/regulation/role/` and its helper are given: texts, duties, fines, and every outcome as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from macros.law import AI_ACT, compute, role
from macros.law.notes import state_on
from macros.law.role_duties import duty_state, group, in_product, product_state
from macros.law.role_facts import FINDINGS, LEVELS, MODEL_DUTIES, ROLES, UNKNOWN
from macros.law.role_tables import Outcome, Table, any_technique, model_tables, system_table
from macros.law.role_texts import provision_url
from macros.model import Atlas, Obligation, RoleDuty, RoleFinding, RoleQuestion
from macros.scripts import as_script, cited
from macros.urls import address

FILE = "assets/js/role/data.js"
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
"""An entry of a table is a class as two of these, the first counting 64."""
CLASSES = ((False,), (True,), (False, True))
"""The system of a finding is not high-risk, is, or may be either; tables name the position."""

Told = tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, tuple[bool, ...]], ...]]
"""What many classes share: roles certain, roles possible, findings; they differ in what is left to ask."""

Met = tuple[tuple[int, str], ...]
"""Positions of duties, with their state."""

_SYSTEM_FINES = (
    *("Article 99(3)", "Article 99(4)", "Article 99(6)", "Article 99(6a)"),
    *("Article 99(1)", "Article 75c(4) and (5)"),
)
_FINES = {
    **dict.fromkeys(role.MODEL_PROVIDER, ("Article 101",)),
    **dict.fromkeys(("provider", "deployer"), _SYSTEM_FINES),
    **dict.fromkeys(("importer", "distributor"), _SYSTEM_FINES[:4]),
    "supplier": ("Article 99(4)(da)", "Article 99(6)", "Article 99(6a)"),
}
"""Which fines of the instrument belong to a role, by their provisions."""


def script(atlas: Atlas) -> str:
    """The data as a script that sets `window.WA_ROLE`; the same atlas gives the same bytes."""
    return as_script("WA_ROLE", data(atlas))


def data(atlas: Atlas) -> dict[str, Any]:
    """Everything the helper shows and looks up."""
    duties = [item for item in atlas.obligations.values() if group(item)]
    classes: dict[Outcome, int] = {}
    shown: dict[Told, int] = {}
    met: dict[Met, int] = {}
    tables = {how: _packed(table, classes) for how, table in {**model_tables(), "system": system_table()}.items()}
    tables[UNKNOWN] = _entry(any_technique(), classes)
    return {
        "as_of": atlas.settings.as_of,
        "unknown": UNKNOWN,
        "digits": DIGITS,
        "questions": [_question(atlas.role_questions[id_], atlas) for id_ in LEVELS],
        "kinds": {item.id: role.kind(item) for item in techniques(atlas)},
        "asked": {**role.ASKED, UNKNOWN: (), "system": role.SYSTEM},
        "tables": tables,
        "classes": [[shown.setdefault(_told(item), len(shown)), *_left(item)] for item in classes],
        "told": [_shown(item, atlas, met, duties) for item in shown],
        "duty_sets": list(met),
        "findings": {id_: _finding(atlas.role_findings[id_], atlas) for id_ in FINDINGS},
        "roles": _roles(atlas),
        "model_roles": role.MODEL_PROVIDER,
        "yardsticks": _yardsticks(),
        "model_duties": [_model_duty(atlas.role_duties[id_], atlas) for id_ in MODEL_DUTIES],
        "model_states": _model_states(),
        "about_model": [_duty(item, atlas) for item in atlas.obligations.values() if item.layer == "model"],
        "duties": [
            *({**_duty(item, atlas), "group": group(item)} for item in duties),
            *(_by_product(item, atlas) for item in in_product(duties)),
        ],
        "fines": [
            {"breach": item.breach, "maximum": item.maximum, "provision": item.provision}
            for item in atlas.instruments[AI_ACT].fines
        ],
        "compute": {
            "factor": compute.FACTOR,
            "share": compute.SHARE,
            "margin": compute.MARGIN,
            "fallback": compute.FALLBACK,
        },
        "sources": _sources((atlas.role_findings[id_] for id_ in FINDINGS), atlas),
    }


def values(atlas: Atlas) -> dict[str, Any]:
    """What the template is given."""
    kinds = {item.id: role.kind(item) for item in techniques(atlas)}
    return {
        "techniques": techniques(atlas),
        "kinds": kinds,
        "findings": {
            layer: [item for item in map(atlas.role_findings.__getitem__, FINDINGS) if item.layer == layer]
            for layer in ("model", "system")
        },
        "roles": _roles(atlas),
        "guidance": atlas.role_guidance["point-numbers"],
        "open_source": atlas.role_guidance["open-release"],
        "lines": {key: figure / compute.SHARE for key, figure in compute.FALLBACK.items()},
        "example": compute.flop(3.8e9, 3.3e12),
        "provision_url": lambda text: provision_url(text, atlas.sources),
        "scripts": ("table", "compute", "brief", "view"),
    }


def techniques(atlas: Atlas) -> list[Any]:
    """The techniques, lightest first."""
    return sorted(atlas.techniques.values(), key=lambda item: item.order)


def _packed(table: Table, classes: dict[Outcome, int]) -> str:
    """The class of every combination; new ones are added to `classes`."""
    return "".join(_entry(table.outcome(given), classes) for given in table.combinations())


def _entry(outcome: Outcome, classes: dict[Outcome, int]) -> str:
    number = classes.setdefault(outcome, len(classes))
    return DIGITS[number // 64] + DIGITS[number % 64]


def _told(outcome: Outcome) -> Told:
    return outcome.certain, outcome.possible, outcome.findings


def _left(outcome: Outcome) -> tuple[list[str], str | None]:
    return _asides(outcome), outcome.decides


def _shown(told: Told, atlas: Atlas, met: dict[Met, int], duties: list[Obligation]) -> list[Any]:
    """In numbers: roles certain, roles possible, findings with their class, set of duties, fines."""
    outcome = Outcome(*told, (), None)
    findings = list(FINDINGS)
    states = [duty_state(item, outcome) for item in duties]
    states += [product_state(item, outcome) for item in in_product(duties)]
    found = tuple((at, state) for at, state in enumerate(states) if state)
    return [
        [ROLES.index(id_) for id_ in outcome.certain],
        [ROLES.index(id_) for id_ in outcome.possible],
        [[findings.index(id_), CLASSES.index(high)] for id_, high in outcome.findings],
        met.setdefault(found, len(met)),
        _fines(outcome, atlas),
    ]


def _asides(outcome: Outcome) -> list[str]:
    """The questions left, with two that decide no role: which line is meant, and how the model is released."""
    asked = list(outcome.open)
    if "share" in asked:
        asked.insert(asked.index("share"), "known")
    if set(role.MODEL_PROVIDER) & {*outcome.certain, *outcome.possible}:
        asked.append("release")
    return asked


def _fines(outcome: Outcome, atlas: Atlas) -> list[int]:
    wanted = {p for held in (*outcome.certain, *outcome.possible) for p in _FINES.get(held, ())}
    return [at for at, item in enumerate(atlas.instruments[AI_ACT].fines) if item.provision in wanted]


def _duty(item: Obligation, atlas: Atlas) -> dict[str, Any]:
    return {
        "title": item.title,
        "provision": item.provision,
        "url": address("obligations", item.id),
        "from": item.applies_from if state_on(item, atlas.settings.as_of) == "applies-from" else None,
        "state": state_on(item, atlas.settings.as_of),
    }


def _by_product(item: Obligation, atlas: Atlas) -> dict[str, Any]:
    day = item.product_route.applies_from if item.product_route else None
    return {**_duty(item, atlas), "group": "product", "from": day}


def _question(item: RoleQuestion, atlas: Atlas) -> dict[str, Any]:
    levels = [{"id": level.id, "label": level.label, "help": level.help} for level in item.levels]
    if item.id == "technique":
        levels = [{"id": t.id, "label": t.title, "help": t.changes} for t in techniques(atlas)]
    return {
        "id": item.id,
        "layer": item.layer,
        "title": item.title,
        "question": item.question,
        "help": item.help,
        "levels": levels,
    }


def _finding(item: RoleFinding, atlas: Atlas) -> dict[str, Any]:
    return {
        "layer": item.layer,
        "role": item.role,
        "title": item.title,
        "reason": item.reason,
        "unsure": item.unsure,
        "provisions": [{"text": p, "url": provision_url(p, atlas.sources)} for p in item.provisions],
        "sources": item.sources,
    }


def _roles(atlas: Atlas) -> dict[str, dict[str, str]]:
    terms = atlas.vocabulary["role-outcomes"].terms
    return {id_: {"label": terms[id_].label, "help": terms[id_].help} for id_ in ROLES}


def _model_duty(item: RoleDuty, atlas: Atlas) -> dict[str, str]:
    return {
        "id": item.id,
        "provision": item.provision,
        "whole": item.whole,
        "part": item.part,
        "url": provision_url(item.provision, atlas.sources),
    }


def _yardsticks() -> dict[str, dict[str, str]]:
    known, systemic = ("yes", "no", UNKNOWN), ("yes", "no", UNKNOWN)
    return {one: {other: role.yardstick(one, other) for other in systemic} for one in known}


def _model_states() -> dict[str, dict[str, dict[str, str]]]:
    levels = ("yes", "no", UNKNOWN)
    return {risk: {release: role.model_duties(risk, release) for release in levels} for risk in levels}


def _sources(findings: Iterable[RoleFinding], atlas: Atlas) -> Mapping[str, dict[str, str]]:
    found = cited(atlas, (source for item in findings for source in item.sources))
    return {id_: {**told, "page": address("sources", id_)} for id_, told in found.items()}
