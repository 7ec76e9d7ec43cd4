"""Answers and evaluations as JSON and as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from macros.model import Atlas, Rule
from macros.routing.answers import Answer
from macros.routing.judge import Evaluation
from macros.routing.router import VERDICTS, Change


def as_json(atlas: Atlas, found: Answer, version: int, target: str | None, team: str | None) -> dict[str, Any]:
    """One answer. `verdict` is null while unsettled; what follows it then holds under `assumed`."""
    detail = found.detail

    def rules(items: tuple[Rule, ...]) -> list[dict[str, Any]]:
        return [
            {"rule": r.id, "title": r.title, "text": r.reason, "signals": _levels(detail.because[r.id])}
            for r in items
        ]

    question = atlas.signals[found.next_question] if found.next_question else None
    return {
        "workload": target,
        "team": team,
        "answers": dict(found.known),
        "verdict": found.verdict,
        "likely": found.likely,
        "possible": list(found.possible),
        "assumed": {
            change.signal: {"level": change.level, "why": atlas.signals[change.signal].assumed.why}
            for change in found.assumed
        },
        "form": {
            "inside": detail.inside.id if detail.inside else None,
            "outside": detail.outside.id if detail.outside else None,
        },
        "strength": found.strength,
        "deciding": detail.deciding.id,
        "reasons": rules(detail.reasons),
        "against": [
            {"signal": a.signal, "level": a.level, "pull": a.pull, "text": a.text} for a in detail.against
        ],
        "overruled": rules(detail.overruled),
        "hinges_on": {hinge.rule.id: hinge.verdict for hinge in detail.hinges},
        "what_goes_where": {
            "inside": [rule.part for rule in detail.stays],
            "outside": [rule.part for rule in detail.goes],
        },
        "flips": [{"verdict": flip.verdict, "changes": _levels(flip.changes)} for flip in detail.flips],
        "next_question": found.next_question,
        "next_question_text": question.question if question else None,
        "rules_version": version,
        "as_of": atlas.settings.as_of,
    }


def _levels(changes: tuple[Change, ...]) -> dict[str, str]:
    return {change.signal: change.level for change in changes}


def as_text(atlas: Atlas, found: Answer, version: int, title: str | None, team: str | None) -> str:
    """One answer for a person at a terminal."""
    return "\n".join(_lines(atlas, found, version, title, team))


def _lines(atlas: Atlas, found: Answer, version: int, title: str | None, team: str | None) -> Iterator[str]:
    detail = found.detail
    label = {verdict: atlas.label("verdicts", verdict) for verdict in VERDICTS}
    head = " for ".join(part for part in (title, atlas.teams[team].title.lower() if team else None) if part)
    yield f"{head or 'Your answers'}  (rules version {version}, as of {atlas.settings.as_of})"
    if found.verdict:
        yield f"  verdict    {label[found.verdict]}, {found.strength}"
    else:
        yield f"  possible   {', '.join(label[verdict] for verdict in found.possible)}"
        yield f"  likely     {label[found.likely]}, {found.strength}, under the assumptions below"
    forms = [form for form in (detail.inside, detail.outside) if form]
    yield f"  form       {'; '.join(f'{form.side}: {form.title.lower()}' for form in forms)}"
    for rule in detail.reasons:
        yield f"  because    {rule.reason}  [{rule.id}]"
    for rule in detail.overruled:
        yield f"  overruled  {rule.reason}  [{rule.id}]"
    for argument in detail.against:
        yield f"  against    {argument.text}  ({_told(atlas, argument.signal, argument.level)})"
    for hinge in detail.hinges:
        yield f"  hinges on  {hinge.rule.id}: without it {label[hinge.verdict]}"
    for rule in detail.stays:
        yield f"  inside     {rule.part}"
    for rule in detail.goes:
        yield f"  outside    {rule.part}"
    for change in found.assumed:
        yield f"  assumed    {_told(atlas, change.signal, change.level)}"
    for flip in detail.flips:
        moves = " and ".join(_told(atlas, change.signal, change.level) for change in flip.changes)
        yield f"  flips to   {label[flip.verdict]} if {moves}"
    if found.next_question:
        yield f"  ask next   {atlas.signals[found.next_question].question}  [{found.next_question}]"


def _told(atlas: Atlas, signal: str, level: str) -> str:
    """A level in words, and as `--set` takes it."""
    found = atlas.signals[signal]
    label = next(item.label for item in found.levels if item.id == level)
    return f"{found.title.lower()}: {label.lower()}  [{signal}={level}]"


def evaluation_json(found: Evaluation, blind: Evaluation, version: int) -> dict[str, Any]:
    """The evaluation with every case; `blind` is the one without the signal that carries most."""
    return {
        "rules_version": version,
        "all": _scores(found),
        "seen_while_the_rules_were_written": _scores(found.only(held_out=False)),
        "held_out": _scores(found.only(held_out=True)),
        "without_capability": _scores(blind),
        "cases": [
            {
                "deployment": item.deployment.id,
                "held_out": item.deployment.held_out,
                "did": item.deployment.verdict,
                "likely": item.likely,
                "settled": item.settled,
                "agrees": item.agrees,
                "heuristic": item.heuristic,
                "disagreement": item.deployment.disagreement,
            }
            for item in found.judged
        ],
    }


def _scores(found: Evaluation) -> dict[str, Any]:
    return {
        "deployments": len(found.judged),
        "agreement": round(found.agreement, 3),
        "agreement_inside_or_not": round(found.inside, 3),
        "two_of_three": round(found.heuristic_agreement, 3),
        "two_of_three_inside_or_not": round(found.heuristic_inside, 3),
        "one_sentence": round(found.sentence_agreement, 3),
        "always_the_commonest": round(found.majority, 3),
        "confusion": {did: {said: found.confusion[did, said] for said in VERDICTS} for did in VERDICTS},
    }


def evaluation_text(found: Evaluation, blind: Evaluation, version: int) -> str:
    """The confusion table, the agreement beside its baselines, and every disagreement with its reason."""
    parts = {
        "all": found,
        "seen before": found.only(held_out=False),
        "held out": found.only(held_out=True),
        "no capability": blind,
    }
    lines = [f"Rules version {version} against {len(found.judged)} published deployments", ""]
    lines += [f"{'':14}{''.join(f'{name:>15}' for name in parts)}"]
    rows: Mapping[str, Any] = {
        "deployments": lambda e: f"{len(e.judged)}",
        "agreement": lambda e: f"{e.agreement:.2f}",
        "two of three": lambda e: f"{e.heuristic_agreement:.2f}",
        "one sentence": lambda e: f"{e.sentence_agreement:.2f}",
        "commonest": lambda e: f"{e.majority:.2f}",
    }
    lines += [f"{name:14}{''.join(f'{show(e):>15}' for e in parts.values())}" for name, show in rows.items()]
    lines += [
        "",
        "One sentence: self-host if the data must stay or an open model suffices, else API.",
        "No capability: as if it had not been coded. Sources that tell of hosting also tell of open models, so it",
        "is the signal most likely to have been coded from the choice.",
        f"Judged on self-host or not: rules {found.inside:.2f}, two of three {found.heuristic_inside:.2f}",
        "",
        f"{'did, rules say':16}{''.join(f'{said:>11}' for said in VERDICTS)}",
    ]
    for did in VERDICTS:
        lines.append(f"{did:16}{''.join(f'{found.confusion[did, said]:>11}' for said in VERDICTS)}")
    lines += ["", f"Disagreements ({len(found.disagreements)}):"]
    for item in found.disagreements:
        did, said = item.deployment.verdict, item.likely
        lines.append(f"- {item.deployment.title}: did {did}, rules say {said}. {item.deployment.disagreement}")
    return "\n".join(lines)
