"""How a lock lifts a boat, in three pictures, and what the canal was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier import palette
from atelier.lettering import Hand, write
from atelier.shapes import box

from canal.boat import barge

if TYPE_CHECKING:
    from atelier.sheet import Sheet

CAPTION = Hand(size=40, nib=0.15, align=0.5)
STEP = Hand(size=31, align=0.5)
FIGURE = Hand(size=46, slant=0.0, nib=0.18, align=0.5, ink="red")
WIDTH, GAP = 400.0, 34.0  # of one picture, and between two
LEFT, HIGH, LOW, BED = 128.0, 1400.0, 1492.0, 1530.0
CHAMBER = (112.0, 288.0)  # its gates, from the left of a picture
STEPS = (
    ("le bateau entre en bas", LOW, LOW, False, True),
    ("l’eau entre : il monte", (HIGH + LOW) / 2, LOW, False, False),
    ("il sort en haut", HIGH, LOW, True, False),
)
FACTS = (
    ("1784", "début des travaux"),
    ("1793", "ouvert en entier"),
    ("61", "écluses aujourd’hui"),
    ("80", "environ, autrefois"),
)


def draw(sheet: Sheet) -> None:
    """Draw the three pictures, and the facts beside them."""
    for k, (words, level, below, open_above, open_below) in enumerate(STEPS):
        left = LEFT + k * (WIDTH + GAP)
        _lock(sheet, left, (level, below), is_open=(open_above, open_below))
        write(sheet, (left + WIDTH / 2, BED + 74), words, STEP)
        write(sheet, (left + WIDTH / 2, HIGH - 92), str(k + 1), FIGURE)
    middle = LEFT + (3 * WIDTH + 2 * GAP) / 2
    write(sheet, (middle, BED + 152), "Fig. 2. une écluse, en trois temps", CAPTION)
    _facts(sheet)


def _lock(
    sheet: Sheet,
    left: float,
    levels: tuple[float, float],
    *,
    is_open: tuple[bool, bool],
) -> None:
    """Draw one moment: high water on the left, low on the right, a chamber between."""
    level, below = levels
    first, second = left + CHAMBER[0], left + CHAMBER[1]
    right = left + WIDTH
    floor = [(left, HIGH + 38), (first - 14, HIGH + 38), (first + 6, BED), (right, BED),
             (right, BED + 26), (left, BED + 26)]  # fmt: skip
    sheet.wash(floor, palette.PALE_STONE, 0.85, edge=0.5)
    sheet.hatch(floor, 42, 9, 1.1)
    sheet.line(floor, 2.4, closed=True, hand=0.4)
    above = [(left, HIGH), (first, HIGH), (first, HIGH + 38), (left, HIGH + 38)]
    chamber = [(first, level), (second, level), (second, BED), (first, BED)]
    for water in (above, chamber, box(second, below, right, BED)):
        sheet.wash(water, palette.WATER, 0.75, edge=0.35, stray=0.6)
        sheet.line(water[:2], 2.0, "blue", hand=0.6)
    for x, opened, top, foot in (
        (first, is_open[0], HIGH - 26, HIGH + 38),
        (second, is_open[1], HIGH - 26, BED),
    ):
        _gate(sheet, x, (top, foot), opened=opened)
    barge(sheet, ((first + second) / 2, level + 5), 136, way=-1)


def _gate(sheet: Sheet, x: float, ends: tuple[float, float], *, opened: bool) -> None:
    """Draw a gate cut across, or folded against its wall where it is open."""
    top, foot = ends
    half = 17 if opened else 6
    leaf = box(x - half, top, x + half, foot)
    sheet.wash(leaf, palette.TIMBER, 0.25 if opened else 0.9, edge=0.5, stray=0.4)
    sheet.line(leaf, 1.4 if opened else 2.6, closed=True, hand=0.3)
    sheet.line([(x - 34, top), (x + 10, top)], 4.0, hand=0.3)


def _facts(sheet: Sheet) -> None:
    x, y = 1580, 1376
    sheet.line([(x - 66, y - 60), (x - 66, y + 262)], 1.8, hand=0.5)
    for k, (figure, words) in enumerate(FACTS):
        line = y + 72 * k
        write(
            sheet,
            (x + 130, line),
            figure,
            Hand(size=40, slant=0.0, nib=0.17, align=1, ink="red"),
        )
        write(sheet, (x + 166, line), words, Hand(size=38, nib=0.14))
