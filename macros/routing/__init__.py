"""Routing: signals and rules in, verdicts with reasons out.

`space` holds all combinations, `router` the rules over them, `answers` what can be said while answers are missing,
`judge` the rules against published deployments, `versions` how they changed, `export` the data of the browser tool.
"""

from macros.routing.router import VERDICTS, Change, Flip, Router, Verdict, with_team

__all__ = ["VERDICTS", "Change", "Flip", "Router", "Verdict", "with_team"]
