"""Which duties of the system layer follow from an outcome, and how surely.

The atlas dates the duties of Articles 8 to 26 by Annex III. Who is provider as maker of a product of Annex I has
the same duties from another day, so they are told once more for that route.
"""

from __future__ import annotations

from collections.abc import Iterable

from macros.law import AI_ACT, role
from macros.law.role_tables import Outcome
from macros.model import Obligation


def group(duty: Obligation) -> str | None:
    """When a duty of providers or deployers of systems under the AI Act is met; None for any other duty.

    `any`: always; `transparency`: under Article 50; `high-risk`: if high-risk; `product`: in a product of Annex I.
    """
    if duty.instrument != AI_ACT or duty.layer != "system" or not {"provider", "deployer"} & set(duty.binds):
        return None
    when = duty.applies_when
    if when.product:
        return "product"
    if when.annex_iii:
        return "high-risk"
    return "transparency" if when.transparency else "any"


def duty_state(duty: Obligation, outcome: Outcome) -> str | None:
    """`yes` if the duty follows, `if` if it depends on something open, None if it does not bind these roles."""
    binds, of = set(duty.binds), group(duty)
    high = {item for _, classes in outcome.findings for item in classes}
    found = {id_ for id_, _ in outcome.findings}
    if not binds & {*outcome.certain, *outcome.possible} or (of == "high-risk" and high == {False}):
        return None
    if of == "high-risk" and _by_product(outcome):
        return None
    if duty.applies_when.system_role == ("bought",) and (
        "provider" in outcome.certain or "system-deployer" not in found
    ):
        return None  # Article 25(1) for someone who bought the system and is not its provider already
    if of in ("transparency", "product"):
        return "if"
    if of == "high-risk" and (high == {True, False} or role.PRODUCT_MAKER in found):
        return "if"
    return "yes" if binds & set(outcome.certain) else "if"


def in_product(duties: Iterable[Obligation]) -> list[Obligation]:
    """The duties of any high-risk system that bind, from the day of their `product_route`, one in a product."""
    return [
        item
        for item in duties
        if group(item) == "high-risk" and item.product_route and item.applies_when.system_role != ("bought",)
    ]


def product_state(duty: Obligation, outcome: Outcome) -> str | None:
    """State of a duty of `in_product`: `yes` if the class comes by the product and the duty binds, else None."""
    return "yes" if _by_product(outcome) and set(duty.binds) & set(outcome.certain) else None


def _by_product(outcome: Outcome) -> bool:
    """Whether the system is high-risk in a product of one's own, and only so, in every case.

    While the class is open, some case is not high-risk or is so by a new purpose only.
    """
    classes = dict(outcome.findings)
    return (
        role.PRODUCT_MAKER in classes
        and "system-repurposed" not in classes
        and all(high == (True,) for high in classes.values())
    )
