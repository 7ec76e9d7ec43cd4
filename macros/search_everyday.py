"""Everyday words of English, German and French by the word that the atlas has for the same thing.

A visitor who writes “Bescheid” or “nurse” means what the atlas calls a benefit or clinical. Words alone, of any
record; other names of a single record are its `synonyms` in `atlas/`. A line that begins with blanks goes on with
the one above.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_ENGLISH = """
accuracy: wrong mistake mistakes
analysis: analyze analysing
applicant: jobseeker jobseekers
approval: signoff
attack: hacker
audio: listen hear
authority: regulator regulators watchdog inspector
bank: banking banker
bias: unfair
breach: leak leaked hacked
children: kids
claim: storm flood hail theft
clinical: nurse nurses nursing midwife therapist surgery dental
compliance: compliant comply
concurrency: simultaneous
cost: saving savings
court: trial courtroom witness
developer: programmer coder
doctor: physician surgeon gp dentist psychologist
employee: staff colleagues
erase: remove forgotten
europe: germany france spain italy ireland netherlands austria belgium poland sweden denmark finland
fines: penalty penalties
fraud: fraudster scam
hallucination: lie lies
handwriting: handwritten
hardware: computer computers
harmful: abuse abusive bullying
hate: insult insults
hiring: payroll wage
hospital: ward
image: photo photos picture pictures
invoice: invoicing timesheet expenses
latency: fast faster speed slow slower quick laggy delay rps qps
legal: lawyer attorney solicitor counsel paralegal
liability: sue
limit: throttling quota
litigation: lawsuit
loan: borrower borrowers lender lending
maker: manufacturer
malware: trojan antivirus
memory: vram ram
modernisation: rewrite rewriting
ocr: scan scans scanning scanned
operations: oncall
order: subpoena warrant
outage: crash
power: electricity
procurement: purchase
prohibited: forbidden banned illegal
public: municipality city
refuse: reject rejected
retirement: shutdown discontinued sunset
retrieval: retrieve
security: stolen steal
server: datacenter rack
speech: speak spoken
storage: archive
summary: summarising summarizing summarisation summarization
train: teach
uk: british england britain
tuning: tune tuned
us: usa america american
"""

_OTHERS = """
access: zugang zugriff rechte
accident: unfall
account: konto konten
accounting: buchung buchungen
accuracy: genauigkeit précision
agreement: vereinbarung
alert: warnung warnungen alarm alarme
allowed: erlaubt autorisé
analysis: auswerten auswertung analysieren
anonymise: anonym anonymisieren anonymisierung anonymisation anonymiser
answer: beantworten antwort antworten
applicant: candidat candidats candidature candidatures
application: antrag anträge
approval: genehmigung freigabe
assessment: gutachten
attack: angriff angriffe attaque
audit: prüfung
authority: behörde behörden aufsichtsbehörde cnil ezb
availability: verfügbarkeit hochverfügbarkeit
backup: sicherung
bank: banken banque banques
benefit: bescheid bescheide rente
bias: voreingenommen gleichbehandlung
board: vorstand geschäftsführung
breach: datenleck datenpanne
budget: haushalt
buy: kaufen
call: anruf anrufe telefonat telefonate
certification: zertifikat zertifizierung
certified: zertifiziert
children: kinder minderjährige
citizen: bürger bürgerin citoyen citoyens
claim: schaden schäden sinistre sinistres
classification: klassifizieren
clinic: praxis
clinical: pflege pfleger pflegekraft krankenpfleger infirmier infirmière therapie diagnose röntgen apotheke
cloud: wolke hébergeur
code: quellcode quelltext
coding: programmieren programmation
compare: vergleichen vergleich comparer comparaison
complaint: beschwerde beschwerden reklamation reklamationen plainte réclamation
consent: einwilligung zustimmung consentement
consumer: verbraucher
context: kontext
contract: klausel klauseln
control: kontrolle
conversation: gespräch gespräche
cost: coûte coûtent ausgaben günstig günstiger billig coût coûts
country: länder
court: gericht gerichte urteil tribunal jugement jugements zeuge
credit: kredit kredite
customer: kundendienst kundenservice kunde
deadline: frist fristen calendrier échéance
decision: entscheidung entscheidungen entscheiden
defence: rüstung verteidigung
deployer: betreiber
developer: entwickler programmierer développeur développeurs
device: gerät geräte
dialect: dialekt
dictation: diktieren dictée
distributor: händler
doctor: arzt ärztin ärzte médecin médecins zahnarzt
document: dokument unterlagen
documentation: dokumentation
email: posteingang
emergency: notfall
employee: beschäftigte beschäftigten angestellte arbeitnehmer kollegen employé employés personal
employment: betrvg
encryption: verschlüsselung verschlüsselt chiffrement cryptage
energy: energie
engineer: ingenieur ingenieure
erase: gelöscht löschung effacement suppression supprimer
error: fehler
eu: europäisch europäische européen européenne
europe: europa deutschland österreich frankreich allemagne
evaluate: bewerten
evaluation: bewertung
evidence: nachweis nachweise
exit: ausstieg kündigung
explain: erklären
explanation: erklärung
export: ausfuhr
extraction: auslesen einlesen erfassen extraire
factory: fabrik werk usine atelier
filter: filtern
fines: bußgeld bussgeld bußgelder strafe strafen geldstrafe amende amendes
forecast: vorhersage prognose
form: formular formulare formulaire formulaires
fraud: betrug fraude
gdpr: bdsg
government: staat regierung bund état
gpu: grafikkarten
hallucination: halluzination halluzinieren erfinden
health: gesundheit krankenkasse hds
hiring: embauche einstellung gehalt lohn salaire
hospital: klinik kliniken clinique
human: mensch humain humaine
image: bild bilder foto fotos
incident: vorfall vorfälle störung störungen
insurance: versicherung versicherungen versicherer
invoice: spesen reisekosten dépense
judge: richter juge
key: schlüssel
knowledge: wissen connaissances
label: kennzeichnen kennzeichnung
latency: schnell geschwindigkeit antwortzeit verzögerung vitesse latence
laundering: blanchiment
law: recht
learning: lernen apprentissage
legacy: altsystem
legal: anwalt anwälte kanzlei jurist juristen avocat avocats
letter: briefe briefpost
liability: haftung
limit: drosselung kontingent
loan: darlehen
logistics: logistik
machine: rechner maschine maschinen anlage anlagen
maintenance: techniker monteur werkstatt wartung instandhaltung reparatur entretien
maker: hersteller fabricant
malware: schadsoftware virus
management: leitung
manager: führungskraft
manual: handbuch handbücher anleitung anleitungen bedienungsanleitung schaltplan manuel manuels
marketing: werbung
measure: messen
meeting: réunion réunions
military: militär
minutes: protokoll protokolle
modernisation: umschreiben modernisierung
money: geld
monitoring: überwachen überwachung
mortgage: hypothek
network: netz netzwerk réseau
number: anzahl
objection: einwand
obligation: vorschrift vorschriften auflage auflagen
operations: betrieb
outage: ausfall ausfälle panne
oversight: aufsicht
own: selber
password: passwort
patient: patienten malade
payment: zahlung zahlungen
people: menschen personen
permission: erlaubnis
planning: planen planung
police: polizei
power: strom strompreis électricité kühlung
production: produktion
prohibited: verbot verboten interdit interdite
provider: fournisseur fournisseurs
public: amt ämter verwaltung stadt kommune kommunen gemeinde mairie rathaus
purchase: kauf
purpose: zweck
quality: qualität qualité
query: abfrage abfragen
question: frage fragen
reason: begründung
recognition: erkennen erkennung
recommendation: empfehlung empfehlungen
record: akte akten dossier dossiers
recording: aufnahme aufnahmen aufzeichnung enregistrement enregistrements ton
recruitment: recrutement
redaction: schwärzen schwärzung
refuse: ablehnung ablehnen
region: standort
rent: miete mieten louer
report: bericht berichte meldung rapports melden
research: forschung forscher wissenschaft
retention: aufbewahrung aufbewahren aufbewahrungsfrist
review: prüfen
sales: vertrieb
school: schule schulen école
search: suche suchen finden durchsuchen
secret: geheimnis geheimnisse
security: sécuriser
server: serveur serveurs
size: größe groß
software: logiciel
sort: sortieren
speech: sprache vorlesen parole
standard: norm normen norme
storage: speicherung archiv archivierung
store: speichern
stored: gespeichert
student: schüler studenten élève élèves
summary: zusammenfassung zusammenfassen résumé résumer
supplier: lieferant lieferanten dienstleister einkäufer einkauf beschaffung achats
support: wartungsvertrag
switch: wechsel wechseln
table: tabelle tabellen
tax: steuer steuern impôt impôts
teacher: lehrer
test: testen
token: wörter
tool: werkzeug werkzeuge outil outils
train: trainieren entraîner
training: schulung schulungen ausbildung entraînement
transcription: verschriftung abtippen transkription transkribieren transcrire retranscription
transfer: übermittlung übertragung weitergabe ausland transfert étranger
translation: übersetzen übersetzer dolmetscher dolmetschen traducteur traduire
transparency: transparenz nachvollziehbar
tuning: feinabstimmung anpassen anpassung
university: hochschule universität
us: amerika amerikanisch amerikanische étatsunis
user: benutzer nutzer anwender
vehicle: fahrzeug fahrzeuge
voice: stimme voix
volume: menge
vulnerability: schwachstelle schwachstellen lücke faille failles
warehouse: lager
window: fenster
"""


def _read(text: str) -> Iterator[tuple[str, str]]:
    """Each word with the one it stands for."""
    for line in text.replace("\n  ", " ").strip().splitlines():
        meant, _, words = line.partition(": ")
        yield from ((word, meant) for word in words.split())


EVERYDAY: Mapping[str, str] = {**dict(_read(_OTHERS)), **dict(_read(_ENGLISH))}
"""The word of the atlas by the visitor’s."""
