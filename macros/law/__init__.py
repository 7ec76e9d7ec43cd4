"""What law asks of a workload: notes, classes, roles, dates. Rules here; facts and texts in `atlas/`."""

ADVICE = "Information, not legal advice."
"""Stands on everything about law that leaves the site."""

AI_ACT = "eu-ai-act"
"""The instrument whose classes and roles the rules here know."""
