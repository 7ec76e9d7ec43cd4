"""Lists of module names in a quantization configuration: exact names, parts, wildcards and expressions."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable
from dataclasses import dataclass

from macros.sizing.reader import ConfigError

PREFIXES = ("model.", "model.language_model.", "language_model.model.", "backbone.", "")
SPELLINGS = (
    ("shared_expert.", "shared_experts."),
    ("block_sparse_moe", "mlp"),
    ("feed_forward", "mlp"),
    (".w1", ".gate_proj"),
    (".w2", ".down_proj"),
    (".w3", ".up_proj"),
)


@dataclass(frozen=True, slots=True)
class Names:
    """A list of module names, wildcards (one expression, since lists are long) and expressions (`re:`)."""

    exact: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    globs: re.Pattern[str] | None = None
    expressions: tuple[re.Pattern[str], ...] = ()

    @classmethod
    def of(cls, names: Iterable[str]) -> Names:
        """Sorts names by how they are matched. Raises ConfigError on a broken expression."""
        exact, parts, globs, expressions = set(), set(), [], []
        for raw in names:
            name = _plain_name(raw)
            if name.startswith("re:"):
                try:
                    expressions.append(re.compile(name[3:]))
                except re.error as error:
                    raise ConfigError(f"quantization_config has a broken expression {name!r}: {error}") from error
            elif "*" in name:
                globs.append(name)
            elif "layers." in name:
                exact.add("layers." + name.split("layers.", 1)[1])
            else:
                parts.add(name.rsplit(".", 1)[-1] if name.startswith(PREFIXES[:-1]) else name)
        either = re.compile("|".join(map(fnmatch.translate, globs))) if globs else None
        return cls(frozenset(exact), frozenset(parts), either, tuple(expressions))

    def __contains__(self, module: str) -> bool:
        pieces = module.split(".")
        if self.parts and not self.parts.isdisjoint(pieces):
            return True
        if any(f".{part}." in f".{module}." for part in self.parts if "." in part):
            return True
        if any(".".join(pieces[:n]) in self.exact for n in range(3, len(pieces) + 1)):
            return True
        if not (self.globs or self.expressions):
            return False
        full = [prefix + module for prefix in PREFIXES]
        parents = [name.rsplit(".", 1)[0] for name in full]
        if self.globs is not None and any(map(self.globs.match, (*full, *parents))):
            return True
        return any(expression.match(name) for expression in self.expressions for name in full)


def _plain_name(name: str) -> str:
    """One spelling for modules that families name differently; expressions stay as they are."""
    if name.startswith("re:"):
        return name
    for other, ours in SPELLINGS:
        name = name.replace(other, ours)
    return name
