"""Make the fonts of pages and of PDFs from the web fonts that npm delivers.

Usage: ``python scripts/convert_fonts.py PACKAGE_FOLDER OUTPUT_FOLDER``. Web fonts come in parts
by range of characters. All have an open zero: years and heights are read, not told from letters,
and codes have neither a zero nor an O. Pages are served the parts. PDFs embed TrueType, and a label
may name a place in any language written in Latin letters, so there the parts are joined.
"""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger  # type: ignore[import-untyped]  # ships no types
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # same
from fontTools.ttLib.tables._g_l_y_f import (  # type: ignore[import-untyped]  # same
    GlyphCoordinates,
)

Point = tuple[int, int]

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
            _without_slashes(part, output / part.name)
        font = _joined([output / part.name for part in parts])
        # The web font's dates, not this run's: the same input makes the same file.
        original = TTFont(parts[0])["head"]
        font["head"].created, font["head"].modified = (
            original.created,
            original.modified,
        )
        font.recalcTimestamp = False
        font.save(output / f"{name}.ttf")
    shutil.copyfile(package / "LICENSE", output / "OFL.txt")


def _without_slashes(part: Path, written: Path) -> None:
    """Write a web font whose zeros, if it has any, have one counter and no slash.

    The counter is the zero's own outer shape, laid into the box of the counter's halves.
    """
    font = TTFont(part, recalcTimestamp=False)
    glyphs = font["glyf"]
    for name in {"zero"} & set(font.getGlyphOrder()):  # tables' zero is made of it
        points, ends, on_curve = glyphs[name].getCoordinates(glyphs)
        last = ends[0] + 1
        outer, counter = list(points[:last]), list(points[last:])
        inner = _laid_into(outer, counter)[::-1]
        glyphs[name].coordinates = GlyphCoordinates(outer + inner)
        glyphs[name].flags = on_curve[:last] + on_curve[:last][::-1]
        glyphs[name].endPtsOfContours = [last - 1, 2 * last - 1]
        glyphs[name].numberOfContours = 2
        glyphs[name].recalcBounds(glyphs)
    font.save(written)


def _laid_into(shape: list[Point], target: list[Point]) -> list[Point]:
    """Return a shape stretched to the box of another."""
    columns = []
    for values, wanted in zip(
        zip(*shape, strict=True), zip(*target, strict=True), strict=True
    ):
        least, goal = min(values), min(wanted)
        ratio = (max(wanted) - goal) / (max(values) - least)
        columns.append([round(goal + (value - least) * ratio) for value in values])
    return list(zip(*columns, strict=True))


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
