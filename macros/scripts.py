"""Data for the browser tools as scripts: a browser may not fetch JSON when the site is opened from a disk."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from macros.model import Atlas


def cited(atlas: Atlas, ids: Iterable[str]) -> dict[str, dict[str, str]]:
    """What a tool tells of each source, told once: title, publisher, day checked, address."""
    keys = ("title", "publisher", "checked", "url")
    return {id_: {key: getattr(atlas.sources[id_], key) for key in keys} for id_ in dict.fromkeys(ids)}


def as_script(name: str, values: Mapping[str, Any]) -> str:
    """A script that sets `window.<name>`; the same values give the same bytes."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    # Two line ends that JSON allows in a string and older scripts do not.
    return f"window.{name}=" + text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + ";\n"
