"""How old facts are, and which are due to be checked again. Days are counted from a given day, never the clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from macros.kinds import BY_FOLDER
from macros.model import Atlas, ReviewClass
from macros.urls import address

FORMAT = 1
"""Version of the JSON that `atlas stale --json` prints and the site publishes."""
JSON = "api/freshness.json"
SOON_DAYS = 30
"""What comes due within this many days is told by name."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A record or source with the day it was last checked. Days as YYYY-MM-DD."""

    folder: str
    id: str
    title: str
    file: str
    subject: str
    """Id of its class in `review` of the settings: that of its kind, unless the record names another."""
    reviewed: str
    due: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A class of facts on a day: how many are due or soon will be, and by when the rest."""

    id: str
    review: ReviewClass
    facts: tuple[Fact, ...]
    due: tuple[Fact, ...]
    soon: tuple[Fact, ...]

    @property
    def oldest(self) -> str:
        """The day of the check that lies furthest back."""
        return min(fact.reviewed for fact in self.facts)

    @property
    def later(self) -> tuple[tuple[str, str, int], ...]:
        """What is neither due nor soon: day, folder, number of facts."""
        named = {*self.due, *self.soon}
        rest = [(fact.due, fact.folder) for fact in self.facts if fact not in named]
        return tuple((day, folder, len(list(same))) for (day, folder), same in groupby(sorted(rest)))


def facts(atlas: Atlas) -> tuple[Fact, ...]:
    """Everything with a day of review, by the day it is due, then by kind and id."""
    return tuple(sorted(_facts(atlas), key=lambda fact: (fact.due, fact.folder, fact.id)))


def _facts(atlas: Atlas) -> Iterable[Fact]:
    for subject, review in atlas.settings.review.items():
        for folder in review.records:
            for record in atlas.of(folder).values():
                own = getattr(record, "review_class", None) or subject
                yield _fact(atlas, folder, record, own, record.reviewed)
        for source in atlas.sources.values():
            if source.kind in review.sources:
                yield _fact(atlas, "sources", source, subject, source.checked)


def _fact(atlas: Atlas, folder: str, record: Any, subject: str, reviewed: str) -> Fact:
    due = date.fromisoformat(reviewed) + timedelta(days=atlas.settings.review[subject].days)
    file = atlas.files[(folder, record.id)]
    return Fact(folder, record.id, record.title, file, subject, reviewed, due.isoformat())


def by_subject(atlas: Atlas, day: str, soon_days: int = SOON_DAYS) -> tuple[Subject, ...]:
    """The classes that have facts, as they stand on `day`; a fact is due from its due day on."""
    start = date.fromisoformat(day)
    end = (start + min(timedelta(days=soon_days), date.max - start)).isoformat()
    every = facts(atlas)
    found = []
    for id_, review in atlas.settings.review.items():
        own = tuple(fact for fact in every if fact.subject == id_)
        if own:
            due = tuple(fact for fact in own if fact.due <= day)
            soon = tuple(fact for fact in own if day < fact.due <= end)
            found.append(Subject(id_, review, own, due, soon))
    return tuple(found)


def values(atlas: Atlas) -> dict[str, Any]:
    """What the status page is given."""
    sources = atlas.sources.values()
    return {
        "subjects": by_subject(atlas, atlas.settings.as_of),
        "soon_days": SOON_DAYS,
        "amount": amount,
        "json": JSON,
        "copies": sum(1 for source in sources if source.seen_in),
        "total": len(atlas.sources),
        "checks": sorted({fact.reviewed for fact in facts(atlas)}),
    }


def index(atlas: Atlas) -> Mapping[tuple[str, str], Fact]:
    """Facts by folder and id, for the foot of a page."""
    return {(fact.folder, fact.id): fact for fact in facts(atlas)}


def age(reviewed: str, day: str) -> str:
    """How long before `day` something was reviewed, in words: `on that day`, `2 days before`."""
    days = (date.fromisoformat(day) - date.fromisoformat(reviewed)).days
    if days <= 0:
        return "on that day" if days == 0 else f"{-days} day{'' if days == -1 else 's'} after"
    return f"{days} day{'' if days == 1 else 's'} before"


def remark(atlas: Atlas, day: str) -> str | None:
    """What to know of an answer for a day before that of the atlas; None from that day on."""
    as_of = atlas.settings.as_of
    if day >= as_of:
        return None
    return (
        f"{day} is before {as_of}, the day that the atlas speaks of (`as_of`). Its facts were checked up to then, "
        "so on an earlier day none of what has been checked since is due. Ask for that day or a later one."
    )


def as_text(atlas: Atlas, day: str, soon_days: int = SOON_DAYS) -> str:
    """What `atlas stale` prints: a line for each class, what is due or soon will be, and what comes next."""
    lines = [f"What to check again, on {day}"]
    lines += [said] if (said := remark(atlas, day)) else []
    for subject in by_subject(atlas, day, soon_days):
        every = f"every {subject.review.days} days"
        counts = f"{len(subject.facts)} facts, {len(subject.due)} due, {len(subject.soon)} within {soon_days} days"
        lines += ["", f"{subject.review.title} ({every}): {counts}"]
        lines += [f"  since {fact.due}  {fact.file}" for fact in subject.due]
        lines += [f"  on    {fact.due}  {fact.file}" for fact in subject.soon]
        lines += [f"  then  {day}  {amount(folder, number)}" for day, folder, number in subject.later[:1]]
    return "\n".join(lines)


def amount(folder: str, number: int) -> str:
    """A number of records of a kind, such as `21 accelerators`."""
    kind = BY_FOLDER[folder]
    return f"{number} {kind.singular if number == 1 else kind.plural}"


def as_json(atlas: Atlas, day: str, soon_days: int = SOON_DAYS) -> dict[str, Any]:
    """The same as data, with every fact."""
    said = remark(atlas, day)
    return {
        "format": FORMAT,
        "as_of": atlas.settings.as_of,
        "day": day,
        "soon_days": soon_days,
        **({"remark": said} if said else {}),
        "classes": [
            {
                "id": subject.id,
                "title": subject.review.title,
                "days": subject.review.days,
                "due": len(subject.due),
                "soon": len(subject.soon),
                "facts": [
                    {
                        "kind": BY_FOLDER[fact.folder].singular,
                        "id": fact.id,
                        "title": fact.title,
                        "file": fact.file,
                        "page": address(fact.folder, fact.id),
                        "reviewed": fact.reviewed,
                        "due": fact.due,
                    }
                    for fact in subject.facts
                ],
            }
            for subject in by_subject(atlas, day, soon_days)
        ],
    }
