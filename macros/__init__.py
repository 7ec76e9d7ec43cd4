"""Workload Atlas: reads `atlas/*.yml`, validates it, derives verdicts and notes, and presents pages.

Data flows one way: reading -> validating -> model -> deriving -> presenting. Only `mkdocs_macros` knows
mkdocs-macros and only `mkdocs_hook` knows the MkDocs build.
"""
