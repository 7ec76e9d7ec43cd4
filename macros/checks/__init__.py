"""Checks of meaning that a schema cannot express: one file each, and this list.

A check gets the library, the files that already have problems (it skips those, so that one mistake is not
reported twice in other words) and the root folder; it yields problems.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from macros.checks import (
    absent,
    asked_figures,
    claims,
    configurations,
    deployments,
    exemptions,
    folders,
    former_ids,
    generated_schema,
    grounds,
    law_facts,
    loaded_words,
    names,
    numbers,
    placeholders,
    prices,
    proposals,
    questions,
    readings,
    review_classes,
    role_records,
    routing_ground,
    routing_rules,
    rule_versions,
    self_references,
    signal_levels,
    source_addresses,
    stages,
    story_templates,
    teams,
    unused_sources,
)
from macros.library import Library
from macros.problems import Problem

Check = Callable[[Library, set[str], Path], Iterable[Problem]]

CHECKS: tuple[Check, ...] = (
    absent.check,
    asked_figures.check,
    claims.check,
    configurations.check,
    deployments.check,
    exemptions.check,
    folders.check,
    former_ids.check,
    generated_schema.check,
    grounds.check,
    law_facts.check,
    loaded_words.check,
    names.check,
    numbers.check,
    placeholders.check,
    prices.check,
    proposals.check,
    questions.check,
    readings.check,
    review_classes.check,
    role_records.check,
    routing_ground.check,
    routing_rules.check,
    rule_versions.check,
    self_references.check,
    signal_levels.check,
    source_addresses.check,
    stages.check,
    story_templates.check,
    teams.check,
    unused_sources.check,
)
