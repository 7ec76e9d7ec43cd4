"""Names that Kubernetes, shells and file systems accept."""

from __future__ import annotations

import re

SERVICE_NAME = 50
"""Longest name of an InferenceService here: KServe appends `-predictor`, and a DNS label has 63 characters."""


def dns_name(*parts: str, longest: int = SERVICE_NAME) -> str:
    """A DNS label (RFC 1123) from words: lower case, digits and single hyphens, at most `longest` characters."""
    text = re.sub(r"[^a-z0-9]+", "-", "-".join(parts).lower()).strip("-")
    if not text or not text[0].isalpha():
        text = f"m-{text}".strip("-")
    return text[:longest].rstrip("-")


def file_name(engine: str, model: str, cards: str, ending: str) -> str:
    """Such as `vllm-gpt-oss-120b-2x-h100-sxm.sh`."""
    stem = "-".join(part for part in (engine, model, cards) if part)
    return f"{re.sub(r'[^a-z0-9.]+', '-', stem.lower()).strip('-.')}.{ending}"
