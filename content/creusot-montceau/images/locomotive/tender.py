"""The tender: its tank, its coal, its two bogies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from locomotive import figures as f
from locomotive.parts import COAL, PAINT, STEEL, at, placed, plate, rivets, wheel

if TYPE_CHECKING:
    from atelier.sheet import Sheet


def draw(sheet: Sheet) -> None:
    """Draw the tender behind the engine."""
    x0, x1 = f.TENDER
    _coal(sheet, x0, x1)
    tank = [
        (x0, 1.42),
        (x1, 1.42),
        (x1, 3.05),
        (x1 - 0.5, 3.42),
        (x0 + 0.1, 3.42),
        (x0, 3.3),
    ]
    plate(sheet, tank, PAINT, 0.55)
    for y in np.arange(1.5, 3.36, 0.062):
        shade = 0.7 + 1.5 * ((3.4 - y) / 2) ** 2
        right = x1 - 0.06 if y < 3.02 else x1 - 0.06 - (y - 3.02) * 1.3
        sheet.line(placed([(x0 + 0.06, y), (right, y)]), shade, hand=0.25)
    for x in (x0 + 0.08, x0 + 3.1, x0 + 6.2, x1 - 0.08):
        rivets(sheet, (x, 1.5), (x, 3.0))
    rivets(sheet, (x0 + 0.1, 1.52), (x1 - 0.1, 1.52))
    rivets(sheet, (x0 + 0.1, 3.32), (x1 - 0.6, 3.32))
    beam = [(x0 - 0.05, 1.14), (x1 + 0.1, 1.14), (x1 + 0.1, 1.44), (x0 - 0.05, 1.44)]
    plate(sheet, beam, STEEL, 0.55)
    _ladder(sheet, x1 - 0.3)
    for axles in (f.TENDER_AXLES[:2], f.TENDER_AXLES[2:]):
        for x in axles:
            wheel(sheet, x, f.TENDER_WHEEL, spokes=10, crank_deg=None)
        _bogie(sheet, axles[0], axles[1])
    _buffer(sheet, x1 + 0.1)


def _coal(sheet: Sheet, x0: float, x1: float) -> None:
    rng = sheet.rng
    ridge = [
        (x, 3.38 + 0.42 * np.sin(np.pi * (x - x0) / 6.6) + rng.normal(0, 0.035))
        for x in np.linspace(x0 + 0.15, x0 + 6.6, 34)
    ]
    heap = placed([(x0 + 0.15, 3.3), *ridge, (x0 + 6.6, 3.3)])
    sheet.wash(heap, COAL, 0.75, edge=0.3)
    sheet.line(heap[1:-1], 2.6, hand=1.6)
    for x, y in ridge[1:-1]:
        for _ in range(3):
            p = at(x + rng.uniform(-0.1, 0.1), y - rng.uniform(0.03, 0.4))
            lump = [
                (p[0] + rng.uniform(-7, 7), p[1] + rng.uniform(-6, 6)) for _ in range(4)
            ]
            sheet.line(lump, 2.0, closed=True, hand=0.5)
            sheet.hatch(lump, float(rng.choice((30, 75, 140))), 3.6, 1.5)


def _bogie(sheet: Sheet, first: float, second: float) -> None:
    side = [
        (first - 0.75, 0.72), (second + 0.75, 0.72), (second + 0.75, 0.94),
        ((first + second) / 2 + 0.5, 1.06), ((first + second) / 2 - 0.5, 1.06), (first - 0.75, 0.94),
    ]  # fmt: skip
    plate(sheet, side, STEEL, 0.6)
    for x in (first, second):
        box = [(x - 0.17, 0.46), (x + 0.17, 0.46), (x + 0.17, 0.84), (x - 0.17, 0.84)]
        plate(sheet, box, STEEL, 0.4)
        sheet.hatch(placed(box), 60, 5, 1.3)
    for k in range(5):
        half = 0.55 - 0.1 * k
        middle, y = (first + second) / 2, 0.88 - 0.055 * k
        sheet.line(placed([(middle - half, y), (middle + half, y)]), 2.4, hand=0.2)


def _ladder(sheet: Sheet, x: float) -> None:
    for side in (0.0, 0.34):
        sheet.line(
            placed([(x + side - 0.3, 1.2), (x + side - 0.3, 3.3)]), 2.2, hand=0.3
        )
    for y in np.arange(1.4, 3.3, 0.26):
        sheet.line(placed([(x - 0.3, y), (x + 0.04, y)]), 1.8, hand=0.2)


def _buffer(sheet: Sheet, x: float) -> None:
    stem = [(x, 0.99), (f.LENGTH - 0.08, 1.02), (f.LENGTH - 0.08, 1.14), (x, 1.17)]
    head = [
        (f.LENGTH - 0.08, 0.86),
        (f.LENGTH, 0.89),
        (f.LENGTH, 1.27),
        (f.LENGTH - 0.08, 1.3),
    ]
    for shape in (stem, head):
        plate(sheet, shape, STEEL, 0.6)
