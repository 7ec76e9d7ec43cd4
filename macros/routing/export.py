"""What the decision tool in the browser is given: the answers for every combination, computed here.

The browser holds no rule. It looks up a combination in a table made from the rules, counts combinations that are
still open, and reads texts. One entry of the table is a number of a class: combinations in which the same rules
fire and the same forms of hosting are within reach.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from macros.model import Atlas, Rule, RuleVersion, Signal
from macros.routing import versions
from macros.routing.router import OPPOSED, VERDICTS, Router


def routing(atlas: Atlas, router: Router) -> dict[str, Any]:
    """Signals, rules, classes and the complete table, ready for JSON.

    `table` is the class of every combination as little-endian 16-bit numbers, deflated without header (RFC 1951),
    in base64; the index of a combination is that of `macros.routing.space`.
    """
    numbers, classes = _classes(router)
    order = {rule.id: number for number, rule in enumerate(router.rules)}
    return {
        "version": versions.current(atlas.versions).version,
        "as_of": atlas.settings.as_of,
        "verdicts": [{"id": v, "label": atlas.label("verdicts", v)} for v in VERDICTS],
        "opposed": OPPOSED,
        "signals": [_signal(signal) for signal in router.space.signals],
        "rules": [_rule(rule, router) for rule in router.rules],
        "forms": {form.id: {"title": form.title, "side": form.side} for form in router.forms},
        "classes": [_class(router, index, order) for index in classes],
        "combinations": router.space.size,
        "table": _packed(b"".join(number.to_bytes(2, "little") for number in numbers)),
        "older": [_older(atlas, version) for version in atlas.versions.values()][1:],
    }


def _packed(raw: bytes) -> str:
    press = zlib.compressobj(9, zlib.DEFLATED, -15)
    return base64.b64encode(press.compress(raw) + press.flush()).decode("ascii")


def _classes(router: Router) -> tuple[list[int], list[int]]:
    """The class of every combination, and for each class the first combination that has it."""
    known: dict[tuple[Any, ...], int] = {}
    first: list[int] = []
    numbers: list[int] = []
    for index in range(router.space.size):
        outcome = router.outcome(index)
        key = (id(outcome), router.form("inside", index).id, router.form("outside", index).id)
        if key not in known:
            known[key] = len(first)
            first.append(index)
        numbers.append(known[key])
    return numbers, first


def _class(router: Router, index: int, order: Mapping[str, int]) -> dict[str, Any]:
    outcome = router.outcome(index)

    def ids(rules: Iterable[Rule]) -> list[int]:
        return [order[rule.id] for rule in rules]

    return {
        "v": VERDICTS.index(outcome.verdict),
        "r": ids(outcome.reasons),
        "o": ids(outcome.overruled),
        "h": [[order[hinge.rule.id], VERDICTS.index(hinge.verdict)] for hinge in outcome.hinges],
        "s": ids(outcome.stays),
        "g": ids(outcome.goes),
        "i": router.form("inside", index).id if outcome.verdict != "api" else None,
        "e": router.form("outside", index).id if outcome.verdict != "self-host" else None,
    }


def _signal(signal: Signal) -> dict[str, Any]:
    return {
        "id": signal.id,
        "title": signal.title,
        "scope": signal.scope,
        "question": signal.question,
        "help": signal.help,
        "levels": [
            {"id": v.id, "label": v.label, "help": v.help, "pull": v.pull, "argument": v.argument}
            for v in signal.levels
        ],
        "assumed": {"level": signal.assumed.level, "why": signal.assumed.why},
        "confirmed_by": signal.confirmed_by,
        "proof": signal.proof,
    }


def _rule(rule: Rule, router: Router) -> dict[str, Any]:
    """A rule's texts, and for every signal it can rest on which of the levels count."""
    space = router.space
    counted = rule.count.of if rule.count else {}
    rests: dict[str, list[int]] = {s: list(range(len(space.rank[s]))) for s in (*rule.at_least, *rule.at_most)}
    rests |= {s: [r for r in space.rank[s].values() if r >= space.rank[s][level]] for s, level in counted.items()}
    return {
        "id": rule.id,
        "title": rule.title,
        "effect": rule.effect,
        "reason": rule.reason,
        "part": rule.part,
        "sources": list(rule.sources),
        "rests_on": rests,
    }


def _older(atlas: Atlas, version: RuleVersion) -> dict[str, Any]:
    """A version that addresses may still carry: what it said of every combination, and what came after it."""
    after = [v for v in atlas.versions.values() if v.version > version.version]
    return {
        "version": version.version,
        "date": version.date,
        "after": [{"version": v.version, "date": v.date, "summary": v.summary} for v in reversed(after)],
        "table": _packed(versions.router_of(atlas, version).table),
    }
