"""Make the Latin files of docs/assets/fonts: `python -m tests.make_fonts FOLDER`, with fontTools and brotli.

FOLDER holds `source-serif-4-latin-wght-normal.woff2` and `source-sans-3-latin-wght-normal.woff2` of the packages
@fontsource-variable/source-serif-4 and source-sans-3. What is left: the letters of Western Europe, weights 400 to
700, kerning, ligatures and tabular figures; 53 kB instead of 80. “Source” is a reserved name under the licence of
the fonts, so a changed file must have another. Not part of the tests; fontTools is no dependency of the project.
"""

from __future__ import annotations

import sys
from pathlib import Path

LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, "ıŒœˆ˚˜–—‘’‚“”„•…‹›⁄€™↑↓−∕")]
FEATURES = ["kern", "mark", "mkmk", "ccmp", "liga", "locl", "tnum"]
FILES = {"source-serif-4": ("atlas-serif", "Atlas Serif"), "source-sans-3": ("atlas-sans", "Atlas Sans")}


def main() -> None:
    """Write both files."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    target = Path(__file__).resolve().parent.parent / "docs/assets/fonts"
    for source, (file, name) in FILES.items():
        font = TTFont(Path(sys.argv[1]) / f"{source}-latin-wght-normal.woff2", recalcTimestamp=False)
        options = subset.Options()
        options.layout_features, options.hinting = FEATURES, False
        options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=LETTERS)
        subsetter.subset(font)
        font = instancer.instantiateVariableFont(font, {"wght": (400, 400, 700)})
        for record in font["name"].names:
            told = {
                1: name,
                3: f"{name} subset",
                4: name,
                6: name.replace(" ", ""),
                16: name,
                25: name.replace(" ", ""),
            }
            record.string = told.get(record.nameID, record.string)
        font.flavor = "woff2"
        font.save(target / f"{file}-latin.woff2")


if __name__ == "__main__":
    main()
