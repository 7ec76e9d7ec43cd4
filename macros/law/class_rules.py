"""The rules of classification under the EU AI Act: facts, stages, conditions and classes. Nothing else holds them.

Facts are asked with yes, no or not known; texts of the questions are in `atlas/questions/`. `macros.law.classify`
evaluates the rules for any set of answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

Answers = Mapping[str, bool]
"""Known facts; what is missing is not known."""

POINTS = ("1a", "1b", "1c", "2", "3a", "3b", "3c", "3d", "4a", "4b", "5a", "5b", "5c", "5d", "6", "7", "8a", "8b")
GROUNDS = ("narrow_task", "improves_finished_work", "spots_deviations", "preparatory")

STAGES: dict[str, tuple[str, ...]] = {
    "scope": ("military_only", "research_only", "personal_only", "no_union_link"),
    "bans": (
        "manipulation",
        "vulnerabilities",
        "social_scoring",
        "crime_prediction",
        "face_scraping",
        "emotion_at_work",
        "sensitive_categorisation",
        "live_identification",
        "intimate_images",
        "abuse_material",
    ),
    "listed": tuple(f"point_{point}" for point in POINTS),
    "exemption": ("profiling", "steers_outcome", *GROUNDS),
    "product": ("product_section_a", "product_section_b", "third_party_assessment"),
    "transparency": ("talks_to_people", "generates_content", "emotion_or_biometric", "publishes_content"),
}
"""The facts of each stage, in the order in which they are asked."""
FACTS: dict[str, str] = {fact: stage for stage, facts in STAGES.items() for fact in facts}

PARTS = ("scope", "personal", "bans", "later", "listed", "exemption", "product", "transparency")
"""What the rules look at: the stages, with two apart from theirs: purely personal use, which takes only the duties
of the deployer away (`personal`, Article 2(10)), and bans that do not apply yet (`later`)."""
PERSONAL = "personal_only"
WEIGHED = ("exemption", "product")
"""Stages in which the facts are weighed against each other; in the others one yes is enough."""
VALUES: dict[str, tuple[str, ...]] = dict.fromkeys(PARTS, ("no", "yes")) | {"product": ("none", "a", "b")}

State = tuple[str, ...]
"""One value for each part, in the order of PARTS."""
Reach = tuple[frozenset[str], ...]
"""The values that each part can still come to."""

DAY_TO_COME = "a date to come"
"""Stands in a title for the day from which a ban applies."""

RULES: dict[str, tuple[str, tuple[str, ...], Callable[[dict[str, str]], bool]]] = {
    "outside": ("Outside the AI Act (Article 2)", ("Article 2",), lambda s: s["scope"] == "yes"),
    "prohibited": ("Prohibited (Article 5)", ("Article 5(1)",), lambda s: s["bans"] == "yes"),
    "prohibited-later": (
        f"Prohibited from {DAY_TO_COME} (Article 5)",
        ("Article 5(1)", "Article 113"),
        lambda s: s["later"] == "yes",
    ),
    "high-risk": (
        "High-risk (Annex III)",
        ("Article 6(2), Annex III",),
        lambda s: s["listed"] == "yes" and s["exemption"] == "no",
    ),
    "high-risk-product": (
        "High-risk (Annex I product)",
        ("Article 6(1), Annex I Section A",),
        lambda s: s["product"] == "a",
    ),
    "product-rules": (
        "High-risk through product rules (Annex I Section B)",
        ("Articles 2(2) and 6(1), Annex I Section B",),
        lambda s: s["product"] == "b",
    ),
    "exempt": (
        "Listed, but exempt (Article 6(3))",
        ("Article 6(3) and (4)",),
        lambda s: s["listed"] == "yes",
    ),
    "transparency": (
        "Transparency duties only (Article 50)",
        ("Article 50",),
        lambda s: s["transparency"] == "yes",
    ),
    "no-class": ("No high-risk class found", ("Article 4",), lambda _: True),
}
"""Class -> title, provisions and condition. The first whose condition holds is the class of a complete answer."""

HOLDS_IF = {
    "outside": "an exclusion of Article 2 holds; purely personal use takes only the duties of the deployer away",
    "prohibited": "a practice of Article 5 is met whose ban applies",
    "prohibited-later": "a practice of Article 5 is met whose ban is adopted and does not apply yet",
    "high-risk": "a point of Annex III is met and Article 6(3) does not exempt it",
    "high-risk-product": "it is a product of Section A, or its safety component, that a third party must assess",
    "product-rules": "it is a product of Section B, or its safety component, that a third party must assess",
    "exempt": "a point of Annex III is met, a ground of Article 6(3) holds, the outcome is not materially "
    "influenced and nobody is profiled",
    "transparency": "a trigger of Article 50 is met",
    "no-class": "none of the above",
}
"""The condition of each class in words, for people."""

EXPLAINED = {
    "outside": "An exclusion of Article 2 holds. Other law, such as the GDPR, is not affected by it.",
    "prohibited": "At least one practice of Article 5 is met. No other class helps; a narrower purpose may.",
    "prohibited-later": "The ban is adopted and does not apply yet. Until then the duties below hold.",
    "high-risk": "The use is listed in Annex III and the Article 6(3) exemption is not open to it.",
    "high-risk-product": "The software is, or is a safety component of, a product that a third party must assess. "
    "Chapter III, Sections 1 to 3 (Articles 6 to 27), applies to it from the day told here (Article "
    "113(c)). Articles 26(11), 27, 49 and 86 are for uses of Annex III only.",
    "product-rules": "The duties come through the product’s own law. Of the AI Act only Articles 6(1), 60a and "
    "102 to 112 apply (Article 2(2)), and 57 to 59 in part, so neither Chapter III nor Articles 4 and 50. A "
    "reading, not settled: this holds from the day Article 6(1) applies, and until then Articles 4 "
    "and 50 bind as for any system.",
    "exempt": "The provider writes the assessment down before use and registers the system.",
    "transparency": "Not listed as high-risk; people must be told or content must be marked.",
    "no-class": "None of the facts stated leads to Annex III, Annex I or Article 50. AI literacy (Article 4) and "
    "the prohibited practices (Article 5) concern every use.",
}


NOTHING = {
    "scope": "No exclusion of Article 2.",
    "bans": "No practice of Article 5.",
    "listed": "No use of Annex III.",
    "exemption": "No ground of Article 6(3) that is open to it.",
    "product": "No product of Annex I that a third party must assess.",
    "transparency": "No trigger of Article 50.",
}
"""What is said of a stage that is settled and has no consequence."""


def inside(state: dict[str, str]) -> bool:
    """The Act reaches the use, and no ban that applies takes it away."""
    return state["scope"] == "no" and state["bans"] == "no"


def by_annex_iii(state: dict[str, str]) -> bool:
    """High-risk by Article 6(2): listed, and not exempt."""
    return state["listed"] == "yes" and state["exemption"] == "no"


def by_section_b_only(state: dict[str, str]) -> bool:
    """High-risk by Article 6(1) and Section B alone: then Article 2(2) leaves out Articles 4 and 50 as well."""
    return state["product"] == "b" and not by_annex_iii(state)


def general(state: dict[str, str]) -> bool:
    """Articles 4 and 50 can bind."""
    return inside(state) and not by_section_b_only(state)


def _asks_deployers(state: dict[str, str]) -> bool:
    """Some duty that binds deployers alone can follow."""
    high_risk = state["product"] == "a" or by_annex_iii(state)
    return inside(state) and (high_risk or (general(state) and state["transparency"] == "yes"))


NOT_IN_SECTION_B = "Not for this system while it is high-risk only by Article 6(1) and Section B (Article 2(2))."
"""Said of a trigger of Article 50 that Article 2(2) leaves without effect."""

GATES: dict[str, Callable[[dict[str, str]], bool]] = {
    "act": general,
    "ban": lambda s: s["scope"] == "no",
    "high-risk": lambda s: inside(s) and by_annex_iii(s),
    "exempt": lambda s: general(s) and s["listed"] == "yes" and s["exemption"] == "yes",
    "product-a": lambda s: inside(s) and s["product"] == "a",
    "product-only": lambda s: inside(s) and s["product"] == "a" and not by_annex_iii(s),
    "product-b": lambda s: inside(s) and s["product"] == "b",
    "deployer": lambda s: s["personal"] == "no" and _asks_deployers(s),
}
"""When a group of obligations can follow at all; a use can pass more than one."""


def part_of(fact: str, later: frozenset[str]) -> str:
    """The part of the rules that looks at a fact. `later` are bans that do not apply yet."""
    return "personal" if fact == PERSONAL else "later" if fact in later else FACTS[fact]


def exempt(full: Answers) -> str:
    """Article 6(3): a ground, no material influence on the outcome, and never with profiling."""
    closed = full["profiling"] or full["steers_outcome"]
    return "yes" if not closed and any(full[ground] for ground in GROUNDS) else "no"


def product_section(full: Answers) -> str:
    """Article 6(1): both conditions; Section A goes first, since it brings the duties of the Act itself."""
    if not full["third_party_assessment"]:
        return "none"
    return "a" if full["product_section_a"] else "b" if full["product_section_b"] else "none"
