"""The answer for a portfolio as text, for the command line. No rules here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from macros.derive import Derived
from macros.law import ADVICE
from macros.law.counts import headline
from macros.portfolio.asked import MUST_STAY, PEAKS, TIERS
from macros.portfolio.duties import KINDS
from macros.words import lower_first

ASSUMED: tuple[str, ...] = (
    "Requests at once are those of the record at its typical month, in proportion to the month stated: same "
    "rhythm, same ratio of peak to mean, same length of requests.",
    "Steps of a hybrid count as if all of them ran inside; whatever goes outside takes load away.",
    "Memory decides, and the bounds on time for one request alone. Throughput under load, and copies for failure "
    "and maintenance, come on top.",
    "One model to a set of accelerators. Small models could share a card; that is not counted.",
)
"""What every sum of accelerators rests on; the page prints the same."""
ISOLATION: dict[str, str] = {
    "must-stay": "Data that must stay is served next to that of other workloads. It does not leave by that, but "
    "caches, logs and administrators are shared: an isolation question to settle first, or a reason for endpoints "
    "of their own.",
    "tenants": "Several workloads are several tenants of one endpoint: caches, logs and quotas have to be kept "
    "apart.",
}
"""What sharing an endpoint asks about isolation; what engines do about it is the duty `tenant-isolation`."""


def text(derived: Derived, found: Mapping[str, Any]) -> str:
    """What `answer` says, for reading."""
    parts = [_head(derived, found), _places(derived, found), _pools(derived, found), _saved(found)]
    parts += [_law(derived, found), _order(derived, found), "Assumed\n" + _list(ASSUMED), ADVICE]
    return "\n\n".join(part for part in parts if part)


def _head(derived: Derived, found: Mapping[str, Any]) -> str:
    team = derived.atlas.teams[found["team"]].title
    said = [f"{len(found['workloads'])} workloads for the team “{team}”, as of {found['as_of']}"]
    said.append(f"models: {lower_first(TIERS[found['tier']])}")
    said.append(f"peaks: {lower_first(PEAKS[found['peaks']])}")
    said.append(f"data that must stay: {lower_first(MUST_STAY[found['must_stay']])}")
    if found["card"]:
        said.append(f"only {derived.atlas.accelerators[found['card']].title}")
    return (f"{found['title']}\n" if found["title"] else "") + "; ".join(said)


def _places(derived: Derived, found: Mapping[str, Any]) -> str:
    by_id = {item["id"]: item for item in found["workloads"]}
    lines = []
    for verdict, ids in found["verdicts"].items():
        lines.append(f"{derived.atlas.label('verdicts', verdict)}: {len(ids)}")
        for id_ in ids:
            item, record = by_id[id_], derived.atlas.workloads[id_]
            forms = [derived.atlas.forms[item[side]].title for side in ("inside", "outside") if item[side]]
            volume = f"{item['per_month']:,} a month ({record.volumes.unit})"
            lines.append(f"  {record.title}: {' + '.join(forms).lower()}; {volume}")
    return "\n".join(lines)


def _pools(derived: Derived, found: Mapping[str, Any]) -> str:
    lines = ["Endpoints, pooled"]
    for pool in found["pools"]:
        model = derived.atlas.models[pool["model"]].title
        who = list(dict.fromkeys(workload for workload, _ in pool["steps"]))
        own = " (of its own)" if pool["own"] else ""
        where, on = place(derived, pool["place"]), hosting(derived, pool)
        lines.append(f"  {model}, {where}{own}: {on}, for {pool['at_once']} requests at once")
        lines.append(f"    for {', '.join(who)}")
        lines += [f"    {line}" for line in cautions(derived, found, pool)]
        if pool["isolation"]:
            lines.append(f"    {ISOLATION[pool['isolation']]}")
    return "\n".join(lines) if found["pools"] else "Nothing runs inside, so nothing is pooled."


def cautions(derived: Derived, found: Mapping[str, Any], pool: Mapping[str, Any]) -> list[str]:
    """Terms of the licence that are not plain, and steps whose languages the model is not known to suffice in."""
    model, told = derived.atlas.models[pool["model"]], []
    if model.license.commercial != "allowed":
        told.append(f"licence ({model.license.title}) sets conditions")
    if model.license.confidence != "confirmed":
        told.append(f"licence ({model.license.title}) not confirmed by reading")
    steps = {(item["id"], step["id"]): step for item in found["workloads"] for step in item["steps"]}
    short = [workload for workload, step in pool["steps"] if steps[workload, step]["nearest"]]
    if short:
        told.append(f"not known to suffice in all languages of {', '.join(dict.fromkeys(short))}")
    return told


def place(derived: Derived, id_: str) -> str:
    """Where an endpoint runs, in words."""
    return "at the edge" if id_.startswith("edge:") else lower_first(derived.atlas.forms[id_].title)


def hosting(derived: Derived, pool: Mapping[str, Any]) -> str:
    """Copies and accelerators of an endpoint, in words."""
    if pool["accelerator"] is None:
        return "no set of up to eight equal accelerators allowed here holds it"
    cards = f"{pool['per_copy']} × {derived.atlas.accelerators[pool['accelerator']].title}"
    least = "" if pool["counted"] else "at least "
    copies = "copy" if pool["copies"] == 1 else "copies"
    late = "; the time asked for is out of reach by the bounds" if pool["late"] else ""
    return f"{least}{pool['copies']} {copies} on {cards}{late}"


def _saved(found: Mapping[str, Any]) -> str:
    lines = ["Accelerators"]
    for key, name in (("pooled", "pooled"), ("apart", "each workload by itself")):
        total = found["totals"][key]
        cards = ", ".join(f"{number} {id_}" for id_, number in total["accelerators"].items()) or "none"
        lines.append(f"  {name}: {total['count']} ({cards}), {total['gib']:,} GiB, {total['endpoints']} endpoints")
        if total["at_least"]:
            lines.append(
                f"    {total['at_least']} of them a minimum, since memory does not tell how many they serve"
            )
        if total["without_set"]:
            lines.append(f"    {total['without_set']} of them on no set, and not counted")
    return "\n".join(lines)


def _law(derived: Derived, found: Mapping[str, Any]) -> str:
    every = len(found["workloads"])
    parts = [f"Obligations together: {headline(item['state'] for item in found['obligations'])}"]
    for _, states, title in KINDS:
        items = [item for item in found["obligations"] if item["state"] in states]
        if items:
            parts.append(f"  {title}: {len(items)}")
        for item in items:
            record = derived.atlas.obligations[item["id"]]
            law = f"{derived.atlas.instruments[record.instrument].title}, {record.provision}"
            day = f" from {item['applies_from']}" if item["state"] == "applies-from" else ""
            who = "all" if len(item["workloads"]) == every > 1 else ", ".join(item["workloads"])
            open_ = len(item["workloads"]) - len(item["certain"])
            asks = f"; depends on an answer for {open_}" if open_ else ""
            parts.append(f"    {record.title} ({law}){day}: {who}{asks}")
    return "\n".join(parts)


def _order(derived: Derived, found: Mapping[str, Any]) -> str:
    by_id = {item["id"]: item for item in found["workloads"]}
    lines = ["Build in this order"]
    for number, turn in enumerate(found["order"], 1):
        item = by_id[turn["workload"]]
        why = [f"stage {item['stage']}"]
        why += ["may not leave"] if item["must_stay"] else []
        if item["next_day"]:
            why.append(f"law from {item['next_day']}{'' if item['next_day_certain'] else ', if it applies'}")
        why.append(f"new: {', '.join(turn['new']) or 'nothing'}")
        why += [f"runs already: {', '.join(turn['running'])}"] if turn["running"] else []
        lines.append(f"  {number}. {derived.atlas.workloads[turn['workload']].title}: {'; '.join(why)}")
    if found["verdicts"]["api"]:
        lines.append(f"  Nothing to build, may begin at once: {', '.join(found['verdicts']['api'])}")
    return "\n".join(lines)


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"  - {item}" for item in items)
