"""The kinds of record in the atlas: which folder, which schema, which pages. The only list of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record. `folder` is below `atlas/`, `url` is the path of its pages below the site root."""

    folder: str
    schema: str
    singular: str
    plural: str
    url: str | None = None
    grouped: bool = False
    """Records lie one folder deeper, and the folder's name is the id of a record of `group_kind`."""
    group_kind: str | None = None

    @property
    def field(self) -> str:
        """The name under which `Atlas` holds the records."""
        return self.folder.replace("-", "_")


KINDS: tuple[Kind, ...] = (
    Kind("vocabulary", "vocabulary-list", "vocabulary", "vocabularies"),
    Kind("signals", "signal", "signal", "signals"),
    Kind("teams", "team", "team", "teams"),
    Kind("forms", "form", "form", "forms"),
    Kind("rules", "rule", "rule", "rules"),
    Kind("versions", "rule-version", "version of the rules", "versions of the rules"),
    Kind("assurances", "assurance", "assurance", "assurances", "assurances"),
    Kind("hops", "hop", "hop", "hops"),
    Kind("stages", "stage", "stage", "stages"),
    Kind("upkeep", "upkeep", "duty that stays yours", "duties that stay yours"),
    Kind("platform", "platform", "control on the platform", "controls on the platform"),
    Kind("projects", "project", "project for the platform", "projects for the platform"),
    Kind("steps", "next-step", "list of next steps", "lists of next steps"),
    Kind("patterns", "pattern", "pattern", "patterns", "patterns"),
    Kind("workloads", "workload", "workload", "workloads", "workloads", True, "patterns"),
    Kind("absent", "absent", "use without a workload", "uses without a workload"),
    Kind("deployments", "deployment", "published deployment", "published deployments"),
    Kind("models", "model", "model", "models", "models"),
    Kind("accelerators", "accelerator", "accelerator", "accelerators", "accelerators"),
    Kind("engines", "engine", "engine", "engines", "engines"),
    Kind("prices", "price", "assumed price", "assumed prices"),
    Kind("speeds", "speed", "published speed", "published speeds"),
    Kind("offers", "offer", "model behind an API", "models behind an API"),
    Kind("instruments", "instrument", "instrument", "instruments", "instruments"),
    Kind("obligations", "obligation", "obligation", "obligations", "obligations", True, "instruments"),
    Kind("changes", "change", "change of law", "changes of law"),
    Kind("techniques", "technique", "customisation technique", "customisation techniques", "techniques"),
    Kind("practices", "practice", "technique around the model", "techniques around the model", "techniques"),
    Kind("asked", "asked-question", "question people ask", "questions people ask", "questions"),
    Kind("questions", "question", "question of law", "questions of law"),
    Kind("role-questions", "role-question", "question of the role helper", "questions of the role helper"),
    Kind("role-findings", "role-finding", "finding on roles", "findings on roles"),
    Kind("role-duties", "role-duty", "duty of a model’s provider", "duties of a model’s provider"),
    Kind("role-guidance", "role-guidance", "reading of the model guidelines", "readings of the model guidelines"),
    Kind("glossary", "glossary-term", "term of the glossary", "terms of the glossary"),
    Kind("claims", "claim", "claim", "claims"),
    Kind("readings", "reading", "question with older and newer figures", "questions with older and newer figures"),
    Kind("comparisons", "comparison", "dimension of the comparison", "dimensions of the comparison"),
    Kind("faq", "faq", "question about hosting or calling", "questions about hosting or calling"),
    Kind("sources", "source", "source", "sources", "sources"),
)

BY_FOLDER: dict[str, Kind] = {kind.folder: kind for kind in KINDS}
