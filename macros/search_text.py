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
a about am an and any are as at be been being by can could did do does for from get got had has have how i if in
into is it its just let may me might must my need not of on one or our shall should so some such than that the
their them then there they this those to too us want was we were what when where which while who whose why will
with would yes you your ab als auf aus bei beim bin bis da das dass dem den denn der des die doch du duerfen
duerft dürfen darf ein eine einem einen einer eines er es für fuer hab haben hat hier ich ihr ihre im ist ja
kann kein keine man mein meine mich mir mit muss muessen müssen nach nicht noch nur ob oder sein sich sie sind
soll sollen sollte um und uns unser unsere unserem unseren unserer vom von vor war warum welche welchem welchen
welcher welches wenn wer werden wie wir wird wo wozu zu zum zur über ueber à au aux avec ce ces cet cette d dans
de doit elle en est et faut il ils j je l la le les leur ma mes mon n ne nos notre nous ont ou par pas peut
peuvent pour qu que quel quelle quelles quels qui sa se ses son sont sur un une vos votre vous y go goes going
brauche brauchen braucht gehen geht make makes machen combien wann wieviel wieviele viele again all already also
always after aren because before but couldn didn doesn doing don done ever everything he her here him his know
like lot maybe other others please really she since someone something sure thank thanks thing things think very
wanted wants wasn well won wouldn t re ve ll aber alle allem allen aller alles andere anderen anderer auch
bekomme bekommen bereits bitte bzw dabei dafür damit dann daran darauf darüber davon dazu denen deren dessen
deshalb dich diese diesem diesen dieser dieses dir dort durch eigentlich einfach einige einiger einmal etwa
etwas euch euer eure fuers fürs ganz gar geben genau gerade gern gerne gibt habe hatte hatten hätte hätten immer
ins jede jedem jeden jeder jedes jedoch jemand jetzt können könnt könnte könnten lassen lasse lässt laesst macht
mal manche mehr meinem meinen meiner musst müsste müssten möchte möchten moechte natürlich nie niemand nun ohne
schon sehr seine seinem seinen seiner seit solche sollten sondern sonst sowie unseres unter vielen vielleicht
während wäre wären weil weitere weiteren werde wegen weshalb wieder wieso wirklich wofür wohl wollen wollte
womit woran worauf wovon wurde wurden würde würden zwischen afin ainsi alors après aucun aucune aurait aussi
autre autres avait avant avez avoir avons beaucoup bien cela celle celles celui ceux chaque chez ci comme
comment depuis dois doivent donc dont déjà elles encore entre etre eux faire fais fait jamais juste leurs lors
lui mais merci moi même mêmes ni où parce pendant peux plus plusieurs plutôt pourquoi puis quand quelque
quelques quoi rien sans savoir sera serait si soit sommes souvent sous suis surtout tous tout toute toutes
toujours très va vais vers veut veux voir vont vraiment êtes être
"""

STOP: tuple[str, ...] = tuple(dict.fromkeys(_STOP.split()))
"""Words of English, German and French that say nothing about a subject; passed over when others remain."""

EQUAL: Mapping[str, str] = {
    "art": "article",
    "artikel": "article",
    "anhang": "annex",
    "annexe": "annex",
    "anhänge": "annex",
    "paragraf": "article",
    "gpus": "gpu",
    "grafikkarte": "gpu",
    "transcribe": "transcription",
    "transcribing": "transcription",
    "summarise": "summary",
    "summarize": "summary",
    "artificielle": "ai",
    "kuenstliche": "ai",
    "künstliche": "ai",
    "ki": "ai",
    "ia": "ai",
    "ue": "eu",
    "modell": "model",
    "modelle": "model",
    "modèle": "model",
    "modèles": "model",
    "sprachmodell": "llm",
    "sprachmodelle": "llm",
    "vertrag": "contract",
    "verträge": "contract",
    "contrat": "contract",
    "contrats": "contract",
    "daten": "data",
    "données": "data",
    "rechnung": "invoice",
    "rechnungen": "invoice",
    "facture": "invoice",
    "factures": "invoice",
    "mitarbeiter": "employee",
    "salarié": "employee",
    "salariés": "employee",
    "workers": "employee",
    "kunden": "customer",
    "krankenhaus": "hospital",
    "hôpital": "hospital",
    "gesetz": "law",
    "loi": "law",
    "pflicht": "obligation",
    "pflichten": "obligation",
    "sicherheit": "security",
    "sécurité": "security",
    "risiko": "risk",
    "risque": "risk",
    "speicher": "memory",
    "mémoire": "memory",
    "telefon": "phone",
    "téléphone": "phone",
    "lizenz": "licence",
    "license": "licence",
    "schweiz": "swiss",
    "schweizer": "swiss",
    "suisse": "swiss",
    "switzerland": "swiss",
    "dokumente": "document",
    "delete": "erase",
    "löschen": "erase",
    "effacer": "erase",
    "betreiben": "host",
    "hosten": "host",
    "héberger": "host",
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

_MARKERS = """
abs absatz al alinea alinéa buchstabe lit letter nr nummer number par para paragraph paragraphe point punkt satz
section sentence subparagraph ziff ziffer
"""

MARKERS: tuple[str, ...] = tuple(_MARKERS.split())
"""Words before a figure that only say that it is a figure of a provision; passed over there."""

_PLACES = {
    "models/": "model models modell modelle modèle modèles",
    "accelerators/": "gpu gpus accelerator accelerators card grafikkarte beschleuniger",
    "engines/": "engine engines",
    "glossary/#": "glossary glossar glossaire definition meaning term begriff bedeutung",
    "instruments/": "law laws legislation directive gesetz gesetze richtlinie verordnung loi règlement",
    "obligations/": "obligation obligations duty duties pflicht pflichten obligations",
    "techniques/": "technique techniques technik method",
    "sources/": "source sources quelle quellen study",
}

PLACES: Mapping[str, str] = {word: start for start, words in _PLACES.items() for word in words.split()}
"""Words for a kind of page: they stand in the title of each page whose path begins so, as far as an order goes."""

_SUPPLIERS = """
anthropic aws azure bedrock chatgpt claude cohere deepseek fireworks foundry gemini gpt grok groq mistral novita
openai perplexity vertex
"""

SUPPLIERS: tuple[str, ...] = tuple(_SUPPLIERS.split())
"""Names of who sells models through an API, and of what they sell. A test holds that every supplier whose prices
the atlas has is among them, but for Google and Together, whose names also stand for much else."""

_WEIGHING = """
alternative against bill exit leave move moving out quit break cheap cheaper compare compared comparing
comparison cost expensive host hosting hosted instead kosten kostet leaving migrate onprem own preis preise prem
premise premises price pricing prix replace save saving self spend switch switching tarif tco teuer vergleich
versus vs
"""

WEIGHING: tuple[str, ...] = (*_WEIGHING.split(), "private")
"""Words of someone who weighs an API up: by what it costs, or against a model of their own."""

_GENERAL = """
app automatic automatically best better building build built business choose choosing company create created
creating example explained find finding generate generating good great guide happen happened happens handle
handling help helping idea implement implementation improve increase install installing list look looking manage
managing organisation possible prepare prevent produce project recommended reduce required rule sample set setup
setting solve solution software system template use used user uses using way work working write writing
anforderungen anwendung aufsetzen automatisch automatische automatisiert automatisieren beachten beispiel
beispiele beste besten bestes einrichten einsatz einsetzen erstellen erstellt erzeugen firma firmen finden
generieren gelten gilt gut gute guten helfen hilfe installieren liste muster nutzen nutzung projekt projekte
regeln schreiben suchen suche system systeme unternehmen verbessern verhindern vermeiden verwenden verwendung
vorlage vorlagen übersicht aider aide améliorer automatiquement automatiser bon bonne chercher choisir créer
entreprise exemple gérer générer logiciel meilleur meilleure outil projet rédiger société système trouver
utiliser utilisation écrire éviter requirement option tip
"""

GENERAL: tuple[str, ...] = tuple(dict.fromkeys(_GENERAL.split()))
"""Words for doing anything with anything: they count little beside a word that says with what."""

_OPERATORS = """
alphabet amazon google ibm meta microsoft together
"""

OPERATORS: tuple[str, ...] = tuple(_OPERATORS.split())
"""Firms whose names stand for much else: with suppliers, whoever runs the model of somebody else."""

_PRYING = """
access collect cloud employees gather keep keeps kept listen look read reads retain save see sees share spy spying
staff store stores train trains training view watch
auslesen lernen lesen liest mitlesen nutzt sehen sieht speichern speichert trainieren trainiert zugreifen zugriff
accéder accès conserve conserver entraîne entraîner garde garder lire stocke stocker voir voit
"""

PRYING: tuple[str, ...] = tuple(dict.fromkeys(_PRYING.split()))
"""What someone fears that an operator does with prompts."""


_HOSTING = """
agent ai airgapped alternative app artificial artificielle intelligence intelligenz assistant assistent
automatically automatisch bot chatbot diy eigen eigene eigener frei free gehostet gehostete host hosted hosting
house inhouse intern internal llm local locally lokal lokale lokaler offline onprem onpremise open own prem
premise premises privat private privately replace replacement run selbst self selfhost selfhosted software
solution source souverain souverän souveräne sovereign tool tools
"""

HOSTING: tuple[str, ...] = tuple(dict.fromkeys(_HOSTING.split()))
"""Words of where a model runs and for AI at all: they say little beside a word for the work."""


_COMPARING = """
compare compared comparison contra oder or ou vergleich versus vs
"""

COMPARING: tuple[str, ...] = tuple(_COMPARING.split())
"""Words between two things that somebody compares."""


def grouped(equal: Mapping[str, str]) -> dict[str, str]:
    """The words that stand for each other word, in one text: a third of the weight of a pair for each."""
    found: dict[str, list[str]] = {}
    for word, other in equal.items():
        found.setdefault(other, []).append(word)
    return {other: " ".join(words) for other, words in found.items()}


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
