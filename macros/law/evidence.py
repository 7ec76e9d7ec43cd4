"""Every provision with its official text, where it was read, how sure that is, and the day it was last checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from macros.model import Atlas, Obligation, Source


@dataclass(frozen=True, slots=True)
class Evidence:
    """One provision and what it rests on."""

    obligation: Obligation
    sources: tuple[Source, ...]

    @property
    def unconfirmed(self) -> bool:
        """Whether the text itself was not read."""
        return self.obligation.confidence != "confirmed"

    @property
    def only_copies(self) -> bool:
        """Whether every source was read in a copy or summary elsewhere, none in the original."""
        return all(source.seen_in for source in self.sources)

    @property
    def oldest(self) -> str:
        """The day on which the source checked longest ago was checked."""
        return min(source.checked for source in self.sources)


def table(atlas: Atlas) -> tuple[Evidence, ...]:
    """Unconfirmed first, then those read only in copies, then by the day of the last check, the oldest first."""
    found = (Evidence(o, tuple(atlas.sources[id_] for id_ in o.sources)) for o in atlas.obligations.values())
    return tuple(sorted(found, key=_order))


def _order(item: Evidence) -> tuple[bool, bool, str, str, str]:
    o = item.obligation
    return (not item.unconfirmed, not item.only_copies, o.reviewed, item.oldest, o.id)


def counts(rows: Iterable[Evidence]) -> dict[str, int]:
    """How many provisions there are, how many unconfirmed, and how many read only in copies."""
    listed = list(rows)
    return {
        "all": len(listed),
        "unconfirmed": sum(row.unconfirmed for row in listed),
        "copies": sum(row.only_copies for row in listed),
    }
