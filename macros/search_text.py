"""What search reads of a record beyond its title, names and summary, and words read alike or passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from macros.derive import Derived
from macros.model import (
    Accelerator,
    AskedQuestion,
    Assurance,
    Engine,
    Instrument,
    Model,
    Obligation,
    Pattern,
    Practice,
    Source,
    Technique,
    Workload,
)

_STOP = """
a about am an and any are as at be by can could do does for from get had has have how i if in into is it its
me my need of on or our shall should so some than that the their them then there they this those to us was we
were what when where which who why will with would you your au aux das dans de dem den der des die du ein eine
einem einen einer en est et für ich im ist la le les mit muss oder pour que quel quelle qui sur un und une von
was welche wie wir zu zum zur
"""

STOP: tuple[str, ...] = tuple(dict.fromkeys(_STOP.split()))
"""Words of English, German and French that say nothing about a subject; passed over when others remain."""

EQUAL: Mapping[str, str] = {
    "art": "article",
    "artikel": "article",
    "anhang": "annex",
    "annexe": "annex",
    "gpus": "gpu",
    "grafikkarte": "gpu",
    "transcribe": "transcription",
    "transcribing": "transcription",
    "summarise": "summary",
    "summarize": "summary",
    "kuenstliche": "ai",
    "künstliche": "ai",
    "ki": "ai",
    "ia": "ai",
    "price": "cost",
    "pricing": "cost",
    "expensive": "cost",
    "cheap": "cost",
    "cheaper": "cost",
    "bill": "cost",
    "spend": "cost",
    "kosten": "cost",
    "kostet": "cost",
    "preis": "cost",
    "preise": "cost",
    "teuer": "cost",
    "prix": "cost",
    "tarif": "cost",
}
"""Words that stand for another, in any record; names of a single record belong in its `synonyms`."""

_SUPPLIERS = """
anthropic aws azure bedrock chatgpt claude cohere deepseek fireworks foundry gemini gpt grok groq mistral novita
openai perplexity vertex
"""

SUPPLIERS: tuple[str, ...] = tuple(_SUPPLIERS.split())
"""Names of who sells models through an API, and of what they sell. A test holds that every supplier whose prices
the atlas has is among them, but for Google and Together, whose names also stand for much else."""

_WEIGHING = """
alternative against bill break cheap cheaper compare compared comparing comparison cost expensive host hosting
hosted instead kosten kostet leaving migrate onprem own preis preise prem premise premises price pricing prix
replace save saving self spend switch switching tarif tco teuer vergleich versus vs
"""

WEIGHING: tuple[str, ...] = (*_WEIGHING.split(), "private")
"""Words of someone who weighs an API up: by what it costs, or against a model of their own."""


def body(derived: Derived, record: Any) -> str:
    """The text of a record that search reads last: what it is about, not every word of its page."""
    make = _BODIES.get(type(record))
    return " ".join(part for part in make(derived, record) if part) if make else ""


def _workload(derived: Derived, w: Workload) -> Iterable[str]:
    atlas = derived.atlas
    yield from (w.task.what, w.task.run_by, w.task.input, w.task.output)
    yield from (need.title for need in w.needs)
    yield from (atlas.label("data-kinds", kind) for kind in w.facts.data_kinds)
    yield from (atlas.label("sectors", sector) for sector in w.facts.sectors)
    yield from (w.split.inside, w.split.outside)
    yield from (risk.failure for risk in w.risks)


def _obligation(derived: Derived, o: Obligation) -> Iterable[str]:
    yield from (o.condition_note or "", o.proof)
    yield derived.atlas.instruments[o.instrument].full_title


def _instrument(_: Derived, i: Instrument) -> Iterable[str]:
    yield from (i.authority, *(event.event for event in i.timeline), *(fine.breach for fine in i.fines))


def _pattern(derived: Derived, p: Pattern) -> Iterable[str]:
    yield from (p.question, p.why_control)
    yield from (item.workload.title for item in derived.by_pattern[p.id])


def _model(_: Derived, m: Model) -> Iterable[str]:
    yield from (m.developer, m.license.title, *m.input, *m.output, *m.remarks, m.not_for or "")


def _accelerator(_: Derived, a: Accelerator) -> Iterable[str]:
    yield from (a.vendor, a.architecture, a.memory.marketed, a.form_factor, "GPU accelerator card", *a.remarks)


def _engine(_: Derived, e: Engine) -> Iterable[str]:
    yield from (e.license.spdx, *e.hardware, *(feature.name for feature in e.features), e.not_for)


def _source(_: Derived, s: Source) -> Iterable[str]:
    yield s.publisher


def _asked(_: Derived, q: AskedQuestion) -> Iterable[str]:
    yield from (part.text for part in q.answer[1:])
    yield from (item.point for item in q.depends_on)


def _technique(_: Derived, t: Technique) -> Iterable[str]:
    yield from (t.changes, t.model_layer.note)


def _practice(_: Derived, t: Practice) -> Iterable[str]:
    yield from (part.text for part in t.does)


def _assurance(_: Derived, a: Assurance) -> Iterable[str]:
    yield from (term.vendor for term in a.terms)


_BODIES: Mapping[type, Callable[[Derived, Any], Iterable[str]]] = {
    Workload: _workload,
    Obligation: _obligation,
    Instrument: _instrument,
    Pattern: _pattern,
    Model: _model,
    Accelerator: _accelerator,
    Engine: _engine,
    Source: _source,
    AskedQuestion: _asked,
    Technique: _technique,
    Practice: _practice,
    Assurance: _assurance,
}
