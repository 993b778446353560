"""Under the view: the plan in U with its cones, and what the place has been."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from atelier.lettering import Hand, write

from chateau import figures as f

if TYPE_CHECKING:
    from atelier.sheet import Sheet

PLAN = (560.0, 1450.0)
YEARS = (
    ("1786", "une manufacture"),
    ("1787", "la cristallerie, venue de Sèvres"),
    ("1837", "la famille Schneider"),
    ("1969", "la ville du Creusot"),
    ("1971", "un musée"),
)
LETTER = Hand(size=32, slant=0.0, nib=0.18, align=0.5, ink="red")


def draw(sheet: Sheet) -> None:
    """Draw the plan, its letters and the dates."""
    sheet.line([(110, 1404), (2290, 1404)], 1.6, hand=0.5)
    _plan(sheet)
    x, y = 1290, 1470
    for k, (year, words) in enumerate(YEARS):
        write(
            sheet, (x, y + 57 * k), year, Hand(size=36, slant=0.0, nib=0.17, ink="red")
        )
        write(sheet, (x + 150, y + 57 * k), words, Hand(size=36, nib=0.14))


def _plan(sheet: Sheet) -> None:
    x, y = PLAN
    wide, deep, wing, long = 420, 58, 70, 140
    shape = [(x, y), (x + wide, y), (x + wide, y + long), (x + wide - wing, y + long), (x + wide - wing, y + deep),
             (x + wing, y + deep), (x + wing, y + long), (x, y + long)]  # fmt: skip
    sheet.wash(shape, (214, 132, 118), 0.75, edge=0.5)
    sheet.hatch(shape, 45, 9, 1.1)
    sheet.line(shape, 2.8, closed=True, hand=0.5)
    for k in range(f.BAYS):
        px = x + wing + (k + 0.5) * (wide - 2 * wing) / f.BAYS
        sheet.line([(px - 4, y + deep), (px + 4, y + deep)], 6, hand=0)
    for cx in (x + 96, x + wide - 96):
        ring = [
            (cx + 26 * np.cos(t), y + long + 34 + 26 * np.sin(t))
            for t in np.linspace(0, 2 * np.pi, 30)
        ]
        sheet.wash(ring, (214, 132, 118), 0.7, edge=0.5)
        sheet.line(ring, 2.6, hand=0.3)
    write(sheet, (x + wide / 2, y + 44), "A", LETTER)
    for px in (x - 34, x + wide + 34):
        write(sheet, (px, y + 110), "B", LETTER)
    for px in (x + 40, x + wide - 40):
        write(sheet, (px, y + long + 44), "C", LETTER)
    small = Hand(size=34, nib=0.14)
    for k, words in enumerate(
        ("Plan en U", "A. treize travées", "B. les ailes", "C. les cônes")
    ):
        write(sheet, (140, y + 24 + 56 * k), words, small)
