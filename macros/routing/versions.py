"""How the rules changed: the conditions of each version, and what they said of a combination then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from macros.model import Atlas, Rule, RuleConditions, RuleVersion
from macros.routing.router import Router


def current(versions: Mapping[str, RuleVersion]) -> RuleVersion:
    """The newest version."""
    return max(versions.values(), key=lambda version: version.version)


def conditions(rules: Iterable[Rule]) -> list[dict[str, Any]]:
    """What decides in each rule, in order, as it is recorded in a version's file."""
    return [_plain(rule) for rule in rules]


def recorded(version: RuleVersion) -> list[dict[str, Any]]:
    """What a version's file records, in the same shape as `conditions`."""
    return [_plain(rule) for rule in version.rules]


def router_of(atlas: Atlas, version: RuleVersion) -> Router:
    """A router with the rules as they were; their texts are not kept, only what decides."""
    rules = {
        rule.id: Rule(
            id=rule.id,
            title=rule.id,
            order=order,
            effect=rule.effect,
            verdict=rule.verdict,
            part="",
            reason="",
            rationale="",
            sources=(),
            at_least=rule.at_least,
            at_most=rule.at_most,
            count=rule.count,
        )
        for order, rule in enumerate(version.rules, 1)
    }
    return Router(atlas.signals, rules, atlas.forms)


def _plain(rule: Rule | RuleConditions) -> dict[str, Any]:
    found: dict[str, Any] = {"id": rule.id, "effect": rule.effect, "verdict": rule.verdict}
    for name in ("at_least", "at_most"):
        if getattr(rule, name):
            found[name] = dict(getattr(rule, name))
    if rule.count:
        found["count"] = {"at_least": rule.count.at_least, "of": dict(rule.count.of)}
    return found
