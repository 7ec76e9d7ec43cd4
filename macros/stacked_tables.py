"""Tables whose rows stand as labels and values where there is little room: the labels are the heads of columns.

Styles reach them as `--wa-2`, `--wa-3` and so on; they are written into each page once, from the heads themselves.
"""

from __future__ import annotations

import re

_TABLE = re.compile(r'(<table class="[^"]*\bwa-stack\b[^"]*")(>.*?</thead>)', re.DOTALL)
_HEAD = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_QUOTES = str.maketrans({"'": "’", '"': "”", "\\": ""})


def labelled(html: str) -> str:
    """The page with the labels of every table of the class `wa-stack`; the first column is a heading."""
    return _TABLE.sub(lambda table: f'{table[1]} style="{_labels(table[2])}"{table[2]}', html)


def _labels(head: str) -> str:
    texts = [" ".join(_TAG.sub(" ", text).split()).translate(_QUOTES) for text in _HEAD.findall(head)]
    return ";".join(f"--wa-{n}:'{text}'" for n, text in enumerate(texts, 1) if n > 1)
