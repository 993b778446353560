"""Make the fonts of pages and of PDFs from the web fonts that npm delivers.

Usage: ``python scripts/convert_fonts.py PACKAGE_FOLDER OUTPUT_FOLDER``. Web fonts come in parts
by range of characters. Pages are served the parts as they are; PDFs embed TrueType, and a
label may name a place in any language written in Latin letters, so there the parts are joined.
"""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger  # type: ignore[import-untyped]  # ships no types
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # same

FAMILY = "atkinson-hyperlegible-next"
PARTS = ("latin", "latin-ext")
STYLES = (
    (400, "AtkinsonHyperlegibleNext-Regular"),
    (700, "AtkinsonHyperlegibleNext-Bold"),
)


def convert_fonts(package: Path, output: Path) -> None:
    """Write a style's web fonts and one TrueType file, and the licence of them all."""
    output.mkdir(parents=True, exist_ok=True)
    for weight, name in STYLES:
        parts = [
            package / "files" / f"{FAMILY}-{part}-{weight}-normal.woff2"
            for part in PARTS
        ]
        for part in parts:
            shutil.copyfile(part, output / part.name)
        font = _joined(parts)
        # The web font's dates, not this run's: the same input makes the same file.
        original = TTFont(parts[0])["head"]
        font["head"].created, font["head"].modified = (
            original.created,
            original.modified,
        )
        font.recalcTimestamp = False
        font.save(output / f"{name}.ttf")
    shutil.copyfile(package / "LICENSE", output / "OFL.txt")


def _joined(parts: list[Path]) -> TTFont:
    with TemporaryDirectory() as folder:
        plain = [Path(folder) / f"{part.stem}.ttf" for part in parts]
        for part, path in zip(parts, plain, strict=True):
            font = TTFont(part)
            font.flavor = None
            font.save(path)
        return Merger().merge([str(path) for path in plain])


if __name__ == "__main__":
    convert_fonts(Path(sys.argv[1]), Path(sys.argv[2]))
