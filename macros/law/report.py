"""Classes and notes as JSON and as text, for the command line. No rules here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from macros.law import ADVICE, AI_ACT, follows, known, remaining
from macros.law.answers import written
from macros.law.class_rules import POINTS, Answers
from macros.law.classify import doubted, settle
from macros.law.notes import Note
from macros.law.questions import answered, told
from macros.model import AiAct, Atlas, Facts, Obligation

MOST_OPEN = 12
"""More obligations that only may follow are counted, not listed."""
BY = {"you": "you, by what you operate", "both": "you and a contract", "vendor-contract": "a contract"}


NOT_LAW = "The AI Act is no law on this day; by the text published later:"


def class_json(atlas: Atlas, given: Answers, day: str, facts: Facts | None = None) -> dict[str, Any]:
    """Everything that the answers say about the class of a use on `day`; `facts` are those of a record.

    `atlas` holds the law of that day, see `macros.law.known`; a fact that it does not ask for has no consequence.
    """
    later, early = follows.later_bans(atlas, day), follows.not_yet(atlas)
    answers = {**given, **dict.fromkeys(early, False)}
    law = known.is_law(atlas, AI_ACT)
    found = settle(answers, later)
    if facts:
        found = doubted(found, facts)
    products = facts.ai_act.product if facts else ()
    because = follows.reasons(atlas, answers, found)
    start = follows.starts(atlas, answers, found.id, later) if law else None
    duties = [(duty, follows.status(duty, answers, found, products)) for duty in follows.duties(atlas, day)]
    return {
        "as_of": day,
        "answers": written(given),
        **({"not_law_yet": sorted(early)} if early else {}),
        "class": found.id,
        "title": follows.dated(atlas, found.title, later),
        "explanation": ("" if law else f"{NOT_LAW} ") + follows.dated(atlas, found.explanation, later),
        "settled": found.settled,
        "unclear": found.unclear,
        "fine": follows.fine(atlas, found),
        "possible": list(found.possible),
        "applies_from": start,
        "state": _state(start, day) if law else known.NOT_YET,
        "points": [point for point in POINTS if answers.get(f"point_{point}")],
        "provisions": list(follows.provisions(found, because)),
        "reasons": [
            {
                "fact": reason.fact or None,
                "text": reason.text,
                "provision": reason.provision,
                "text_url": reason.url,
            }
            for reason in because
        ],
        "obligations": [
            {
                **_law(atlas, duty.obligation, duty.state),
                "follows": how,
                "only_if": list(duty.only_if),
                "route": "product" if duty.gate == "product-only" else None,
                "note": duty.obligation.condition_note,
            }
            for duty, how in duties
            if how != "no"
        ],
        "questions_left": [_left(atlas, item, later) for item in remaining.left(answers, found, later)],
        "notice": ADVICE,
    }


def _state(start: str | None, day: str) -> str | None:
    return None if start is None else "in-force" if start <= day else "applies-from"


def _left(atlas: Atlas, item: remaining.Left, later: frozenset[str]) -> dict[str, Any]:
    question = follows.question_of(atlas, item.fact)
    asked = question.question if item.fact == question.id else f"{follows.title_of(atlas, item.fact)}?"
    return {
        "key": item.fact,
        "step": item.stage,
        "question": asked,
        "provision": question.provision,
        "text_url": question.text_url,
        "if_yes": follows.dated(atlas, item.yes, later),
        "if_no": follows.dated(atlas, item.no, later),
    }


def record_json(act: AiAct) -> dict[str, Any]:
    """What a workload's record says in words about its class."""
    exemption = act.exemption
    return {
        "points": {point.point: point.reason for point in act.annex_iii},
        "exemption": exemption.reason if exemption else None,
        "question": exemption.question if exemption else None,
        "unclear": act.unclear,
    }


def _law(atlas: Atlas, obligation: Obligation, state: str) -> dict[str, Any]:
    instrument = atlas.instruments[obligation.instrument]
    return {
        "id": obligation.id,
        "title": obligation.title,
        "instrument": obligation.instrument,
        "law": f"{instrument.title}, {obligation.provision}",
        "jurisdiction": instrument.jurisdiction,
        "provision": obligation.provision,
        "text_url": obligation.text_url,
        "binds": list(obligation.binds),
        "state": state,
        "applies_from": obligation.applies_from,
        "moved_from": obligation.moved_from,
        "date_note": obligation.date_note,
    }


def note_json(atlas: Atlas, note: Note, deployments: Sequence[str]) -> dict[str, Any]:
    """One note; `deployments` are the verdicts whose answer is wanted."""
    obligation = note.obligation
    return {
        **_law(atlas, obligation, note.state),
        "asks": obligation.asks,
        "matched": {match.fact: list(match.terms) for match in note.matches},
        "open": told(atlas, note.open),
        "condition_note": obligation.condition_note,
        "by_deployment": {
            id_: {"by": obligation.by_deployment[id_].by, "how": obligation.by_deployment[id_].how}
            for id_ in deployments
        },
        "proof": obligation.proof,
        "controls": list(obligation.controls),
        "fine": obligation.fine,
        "confidence": obligation.confidence,
        "checked": obligation.reviewed,
        "sources": [{"id": id_, "url": atlas.sources[id_].url} for id_ in obligation.sources],
    }


def state_text(atlas: Atlas, law: dict[str, Any]) -> str:
    """The state of a date in words; a proposal says that it is one."""
    if law["state"] == "applies-from":
        moved = f", moved from {law['moved_from']}" if law["moved_from"] else ""
        return f"applies from {law['applies_from']}{moved}"
    if law["state"] == "in-force":
        return f"in force since {law['applies_from']}" if law["applies_from"] else "in force"
    if law["state"] == "voluntary" and atlas.instruments[law["instrument"]].binding == "contract":
        return "binds by contract"
    return {"proposed": "proposed, not law", known.NOT_YET: "not made yet"}.get(law["state"], str(law["state"]))


def class_text(atlas: Atlas, found: dict[str, Any], name: str | None) -> str:
    """What `class_json` says, for reading."""
    lines = [f"{name}: {found['title']}" if name else found["title"], f"  class       {found['explanation']}"]
    if found["points"]:
        lines.append(
            f"  points      {', '.join(atlas.label('annex-iii-points', point) for point in found['points'])}"
        )
    if found["applies_from"]:
        verb = "applies since" if found["state"] == "in-force" else "applies from"
        lines.append(f"  date        {verb} {found['applies_from']} (as of {found['as_of']})")
    if found.get("not_law_yet"):
        lines.append(f"  not yet     of no consequence on {found['as_of']}: {', '.join(found['not_law_yet'])}")
    if found["fine"]:
        lines.append(f"  fine        {found['fine']}")
    lines.append(f"  provisions  {'; '.join(found['provisions'])}")
    lines += _block("because", [_with(reason["text"], reason["provision"]) for reason in found["reasons"]])
    by_status = {how: [x for x in found["obligations"] if x["follows"] == how] for how in ("yes", "open")}
    # What the class brings only together with a fact that it does not ask about is not told as certain.
    lines += _block("follows", [_duty_line(atlas, item) for item in by_status["yes"] if not item["only_if"]])
    lines += _block("follows if", [_duty_line(atlas, item) for item in by_status["yes"] if item["only_if"]])
    if len(by_status["open"]) > MOST_OPEN:
        lines += _block("may follow", [f"{len(by_status['open'])} obligations, depending on the questions left"])
    else:
        lines += _block("may follow", [_duty_line(atlas, item) for item in by_status["open"]])
    record = found.get("record") or {}
    # While the class is open, what the record asks is asked; once it is settled, it is told.
    asked = [] if found["settled"] else [key for key in ("question", "unclear") if record.get(key)]
    lines += _questions(found["questions_left"], [record[key] for key in asked])
    keys = [key for key in ("exemption", "question", "unclear") if key not in asked]
    lines += _block("record", [record[key] for key in keys if record.get(key)])
    return "\n".join([*lines, f"  {found['notice']}"])


def _duty_line(atlas: Atlas, item: dict[str, Any]) -> str:
    roles = ", ".join(atlas.label("roles", role) for role in item["binds"])
    also = f" – also needs: {'; '.join(item['only_if'])}" if item["only_if"] else ""
    also += " – as a product of Annex I, Section A" if item["route"] else ""
    return f"{item['title']} ({item['provision']}; {roles}): {state_text(atlas, item)}{also}"


def _questions(left: Sequence[dict[str, Any]], of_record: Sequence[str]) -> list[str]:
    """A record’s question; those of the first step in full, each change told once; of the others the keys."""
    steps: dict[str, list[dict[str, Any]]] = {}
    for item in left:
        steps.setdefault(item["step"], []).append(item)
    lines = list(of_record)
    for number, (step, items) in enumerate(steps.items()):
        if number:
            lines.append(f"then {step}: {', '.join(item['key'] for item in items)}")
            continue
        told: dict[tuple[str, str], list[str]] = {}
        for item in items:
            told.setdefault((item["if_yes"], item["if_no"]), []).append(f"{item['key']}: {item['question']}")
        for (yes, no), asked in told.items():
            lines += [*asked, f"  yes: {yes}", f"  no{' to all' if len(asked) > 1 else ''}: {no}"]
    return _block("ask", lines)


def _with(text: str, provision: str) -> str:
    return f"{text} ({provision})" if provision else text


def _block(title: str, items: Sequence[str]) -> list[str]:
    return [f"  {title if not number else '':<10}  {item}" for number, item in enumerate(items)]


def _asked(left: dict[str, Any]) -> str:
    """An open question; with the answer that opens the obligation where one question has two sides."""
    return answered(left["question"], left["answer"] if left["condition"] == "exemption" else None)


def note_text(atlas: Atlas, item: dict[str, Any]) -> str:
    """What `note_json` says, for reading."""
    asked = list(dict.fromkeys(_asked(left) for left in item["open"]))
    lines = [
        item["title"],
        f"  law         {item['law']}  {item['text_url']}",
        f"  state       {state_text(atlas, item)}{'' if item['confidence'] == 'confirmed' else ' (unconfirmed)'}",
        f"  binds       {', '.join(atlas.label('roles', role) for role in item['binds'])}",
        f"  asks        {item['asks']}",
    ]
    matched = [f"{fact.replace('_', ' ')}: {', '.join(terms)}" for fact, terms in item["matched"].items()]
    lines += _block("because", matched or ["it concerns every workload"])
    lines += _block("ask", asked)
    lines += _block("note", [item["condition_note"]] if item["condition_note"] else [])
    lines += _block("date", [item["date_note"]] if item["date_note"] else [])
    lines += [f"  {id_:<10}  {BY[answer['by']]}: {answer['how']}" for id_, answer in item["by_deployment"].items()]
    lines += [f"  proof       {item['proof']}", f"  controls    {', '.join(item['controls'])}"]
    lines += _block("fine", [item["fine"]] if item["fine"] else [])
    lines += _block("sources", [f"{source['id']}  {source['url']}" for source in item["sources"]])
    return "\n".join([*lines, f"  checked     {item['checked']}"])
