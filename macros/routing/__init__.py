"""Routing: signals and rules in, verdicts with reasons out.

`space` holds all combinations, `router` the rules over them, `answers` what can be said while some are missing,
`judge` the rules against published deployments, `versions` how they changed, `report` what is printed, `export`
what the browser tool is given.
"""

from macros.routing.router import VERDICTS, Change, Flip, Router, Verdict, with_team

__all__ = ["VERDICTS", "Change", "Flip", "Router", "Verdict", "with_team"]
