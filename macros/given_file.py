"""Files that a person hands to a command: what they are not is said before what is wrong inside."""

from __future__ import annotations

from macros.reading import read

ENDINGS = (".yml", ".yaml")


Sort = tuple[str, str]
"""What a file should be, and how one is made."""
WORKLOAD: Sort = (
    "workload file",
    "one is YAML, such as atlas/workloads/regulated-decisions/recruitment-screening.yml",
)
PORTFOLIO: Sort = ("portfolio", "one is YAML, as the page /portfolio/ saves it")
COMPARISON: Sort = ("comparison of costs", "one is YAML, with the options of `atlas cost --help` as keys")


def strange(name: str, content: bytes, kind: Sort) -> str | None:
    """Why a file is none of that kind at all, in one sentence; None if it may be one, right or wrong.

    A file of any name may be one that holds a mapping of keys; of another, its YAML errors would help nobody.
    """
    document, _ = read(name, content)
    if name.lower().endswith(ENDINGS) or isinstance(document.data, dict):
        return None
    return f"`{name}` is no {kind[0]}; {kind[1]}"
