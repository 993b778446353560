"""Sky, trees, courtyard, border and title."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from atelier.lettering import Hand, write
from atelier.plate import border
from atelier.shapes import tree

from chateau import figures as f

if TYPE_CHECKING:
    from atelier.sheet import Sheet

TITLE = Hand(size=70, slant=0.0, align=0.5, spacing=0.16, nib=0.2, nib_angle_deg=26)
SUBTITLE = Hand(size=42, align=0.5, nib=0.15, spacing=0.08)
NOTE = "plan en U et treize travées d’après les sources, le reste imaginé"
FRONT = 1372  # where the courtyard ends, towards who looks


def draw(sheet: Sheet) -> None:
    """Draw what is behind the house, and what is around the drawing."""
    border(sheet, NOTE)
    middle = sheet.size[0] / 2
    write(sheet, (middle, 184), "CHÂTEAU DE LA VERRERIE", TITLE)
    write(sheet, (middle, 262), "au Creusot, vu de sa cour", SUBTITLE)
    _sky(sheet)
    for x, height in ((212, 215), (300, 170), (2100, 175), (2188, 220)):
        tree(sheet, x, f.GROUND + 60, height)
    _court(sheet)


def foreground(sheet: Sheet) -> None:
    """Draw who walks there, and grass at the courtyard's edge."""
    for x, y, size in ((860, 1300, 74), (900, 1306, 70), (1560, 1252, 58)):
        _walker(sheet, x, y, size)
    rng = sheet.rng
    for _ in range(260):
        x = rng.uniform(110, 2290)
        y = FRONT + rng.uniform(-14, 12)
        sheet.line(
            [(x, y), (x + rng.uniform(-5, 5), y - rng.uniform(6, 18))], 1.3, hand=0.2
        )


def _sky(sheet: Sheet) -> None:
    rng = sheet.rng
    for _ in range(11):
        x, y = rng.uniform(480, 1920), rng.uniform(400, 620)
        w, h = rng.uniform(140, 300), rng.uniform(26, 70)
        turn = np.linspace(0, 2 * np.pi, 30, endpoint=False)
        swell = 1 + 0.2 * np.sin(3 * turn + rng.uniform(0, 6)) + rng.normal(0, 0.05, 30)
        blot = [
            (x + w * s * np.cos(t), y + h * s * np.sin(t))
            for t, s in zip(turn, swell, strict=True)
        ]
        sheet.wash(blot, f.SKY, 0.34, edge=0.2, stray=4)


def _court(sheet: Sheet) -> None:
    ground = [(96, f.GROUND + 40), (2304, f.GROUND + 40), (2304, FRONT), (96, FRONT)]
    sheet.wash(ground, f.GRAVEL, 0.55, edge=0.1, stray=3)
    for near, far in (((110, 980), (560, 1080)), ((2290, 1420), (1840, 1320))):
        lawn = [
            (near[0], FRONT - 4),
            (near[1], FRONT - 4),
            (far[1], f.GROUND + 70),
            (far[0], f.GROUND + 70),
        ]
        sheet.wash(lawn, f.GRASS, 0.6, edge=0.4, stray=3)
        sheet.line(lawn, 1.8, closed=True, hand=1.2)
        for k in range(1, 5):
            y = f.GROUND + 70 + (FRONT - f.GROUND - 74) * (k / 5) ** 1.4
            part = (y - f.GROUND - 70) / (FRONT - f.GROUND - 74)
            ends = [(far[i] + (near[i] - far[i]) * part, y) for i in (0, 1)]
            sheet.line(ends, 0.9, hand=1.6)


def _walker(sheet: Sheet, x: float, foot: float, size: float) -> None:
    u = size / 8
    coat = [(x - u, foot - 1.6 * u), (x - 0.8 * u, foot - 6.2 * u), (x + 0.8 * u, foot - 6.2 * u), (x + 1.1 * u, foot - 1.6 * u)]  # fmt: skip
    sheet.erase(coat)
    sheet.wash(coat, (96, 84, 80), 0.8)
    sheet.line(coat, 1.6, closed=True, hand=0.3)
    for dx in (-0.4, 0.5):
        sheet.line([(x + dx * u, foot - 1.6 * u), (x + dx * u, foot)], 2.6, hand=0.2)
    head = [
        (x + 0.62 * u * np.cos(t), foot - 7 * u + 0.75 * u * np.sin(t))
        for t in np.linspace(0, 6.3, 14)
    ]
    sheet.fill(head)
