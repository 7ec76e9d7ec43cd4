"""Uses that the Commission's guidelines classify, as answers, with where they do. The high-risk ones are a draft.

Answers that a text does not give are those of an ordinary use: inside the Act, no other ban, no product.
"""

from __future__ import annotations

from dataclasses import dataclass

BANS = "commission-guidelines-prohibited-ai-2025"
HIGH_RISK = "ec-high-risk-guidelines-draft-2026"
DEVICES = "mdcg-2025-6-aib-2025-1"
TRANSPARENCY = "ec-article-50-guidelines-2026"


@dataclass(frozen=True, slots=True)
class Case:
    """One published example. `where` is the place in the source."""

    name: str
    source: str
    where: str
    answers: tuple[str, ...]
    expected: str


CASES = (
    Case("call centre reads staff’s anger from voice", BANS, "254", ("bans=emotion_at_work",), "prohibited"),
    Case("emotions of candidates in recruitment", BANS, "254", ("bans=emotion_at_work",), "prohibited"),
    Case(
        "call centre reads customers’ anger from voice",
        BANS,
        "254, 265 to 270",
        ("annex_iii=1c", "exemption=profiling,steers_outcome", "transparency=emotion_or_biometric"),
        "high-risk",
    ),
    Case("sentiment of written text", BANS, "250 to 252", (), "no-class"),
    Case("benefit fraud score from unrelated traits", BANS, "166", ("bans=social_scoring",), "prohibited"),
    Case(
        "credit score from income and expenses",
        BANS,
        "177",
        ("annex_iii=5b", "exemption=profiling,steers_outcome"),
        "high-risk",
    ),
    Case("terror risk from profile data", BANS, "199 to 202", ("bans=crime_prediction",), "prohibited"),
    Case("untargeted scraping of faces", BANS, "227 to 231", ("bans=face_scraping",), "prohibited"),
    Case("defence only", BANS, "22 to 26", ("scope=military_only",), "outside"),
    Case("research only", BANS, "31", ("scope=research_only",), "outside"),
    Case(
        "ranking of applicants for recruiters",
        HIGH_RISK,
        "4(a), within",
        ("annex_iii=4a", "exemption=profiling,steers_outcome"),
        "high-risk",
    ),
    Case(
        "shortlist that recruiters may override",
        HIGH_RISK,
        "4(a), within",
        ("annex_iii=4a", "exemption=steers_outcome"),
        "high-risk",
    ),
    Case(
        "background checks with risk scores",
        HIGH_RISK,
        "4(a), within",
        ("annex_iii=4a", "exemption=profiling,steers_outcome,preparatory"),
        "high-risk",
    ),
    Case("wording of job adverts checked for bias", HIGH_RISK, "4(a), outside", (), "no-class"),
    Case("onboarding assistant", HIGH_RISK, "4(a), outside", ("transparency=talks_to_people",), "transparency"),
    Case(
        "credentials checked",
        HIGH_RISK,
        "4(a), filter",
        ("annex_iii=4a", "exemption=narrow_task"),
        "exempt",
    ),
    Case(
        "CVs made searchable",
        HIGH_RISK,
        "4(a), filter",
        ("annex_iii=4a", "exemption=preparatory"),
        "exempt",
    ),
    Case("interviews scheduled", HIGH_RISK, "4(a), filter", ("annex_iii=4a", "exemption=narrow_task"), "exempt"),
    Case(
        "past hiring audited on anonymous data",
        HIGH_RISK,
        "4(a), filter",
        ("annex_iii=4a", "exemption=spots_deviations"),
        "exempt",
    ),
    Case(
        "deviations found while recruiters are evaluated",
        HIGH_RISK,
        "112",
        ("annex_iii=4a", "exemption=spots_deviations,profiling"),
        "high-risk",
    ),
    Case(
        "past eligibility checks analysed for deviations",
        HIGH_RISK,
        "102",
        ("annex_iii=5a", "exemption=spots_deviations"),
        "exempt",
    ),
    Case(
        "legal references for officers",
        HIGH_RISK,
        "108",
        ("annex_iii=5a", "exemption=preparatory"),
        "exempt",
    ),
    Case(
        "visa files scanned, filed, duplicates found",
        HIGH_RISK,
        "93",
        ("annex_iii=7", "exemption=narrow_task"),
        "exempt",
    ),
    Case("creditworthiness of companies", HIGH_RISK, "74", (), "no-class"),
    Case("money laundering detected on own behalf", HIGH_RISK, "81", (), "no-class"),
    Case(
        "class IIa device software",
        DEVICES,
        "Table 1",
        ("product=product_section_a,third_party_assessment",),
        "high-risk-product",
    ),
    Case("class I device software", DEVICES, "Table 1", ("product=product_section_a",), "no-class"),
    Case("summaries of minutes", TRANSPARENCY, "after 92", ("transparency=generates_content",), "transparency"),
    Case("source code generated", TRANSPARENCY, "68", (), "no-class"),
)
"""An example outside a point may still be high-risk by another; the answers are those of its text alone."""

ORDINARY = ("scope=none", "bans=none", "annex_iii=none", "exemption=none", "product=none", "transparency=none")
