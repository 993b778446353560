"""The loaded boat in the chamber."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from atelier import palette

from ecluse.place import at

if TYPE_CHECKING:
    from atelier.sheet import Sheet


def barge(sheet: Sheet) -> None:
    """Draw a loaded boat at rest in the chamber, moored askew."""
    skew = 0.014
    hull = [(11.2, 0.1), (11.9, -1.25), (13.4, -1.86), (16, -2.0), (29.6, -1.95), (31.6, -1.6),
            (32.5, -0.7), (32.6, 0.6), (31.7, 1.5), (29.6, 1.9), (16, 1.9), (13.3, 1.8), (11.9, 1.3)]  # fmt: skip
    outline = [at(x, y + skew * (x - 20)) for x, y in hull]
    sheet.erase(outline)
    sheet.wash(outline, palette.TIMBER, 0.62, edge=0.6)
    sheet.line(outline, 2.8, closed=True)
    inner = [at(22 + (x - 22) * 0.955, (y + skew * (x - 20)) * 0.87) for x, y in hull]
    sheet.line(inner, 1.4, closed=True)
    for x in (15.3, 19.7, 24.6, 28.3):
        low, high = skew * (x - 20) - 1.75, skew * (x - 20) + 1.7
        sheet.line([at(x, low), at(x + 0.05, high)], 3.0)
    _casks(sheet, 15.6, 19.4, skew)
    _coal(sheet, 19.95, 28.1, skew)
    cabin = [at(*p) for p in ((28.6, -1.4), (31.2, -1.25), (31.3, 1.4), (28.6, 1.5))]
    sheet.wash(cabin, palette.SLATE, 0.55)
    sheet.line(cabin, 2.0, closed=True)
    sheet.hatch(cabin, 90, 9, 1.0)
    sheet.line([at(32.5, 0.1), at(34.2, 0.55)], 3.6)
    for mooring in (((13.4, 1.8), (12.9, 3.0)), ((29.8, -1.9), (30.8, -3.0))):
        sheet.line([at(*mooring[0]), at(*mooring[1])], 1.3, hand=2.4)


def _casks(sheet: Sheet, start: float, stop: float, skew: float) -> None:
    for row in range(4):
        for column in range(4):
            x = start + 0.45 + (stop - start - 0.6) / 4 * (column + 0.18 * (row % 2))
            y = -1.25 + 0.8 * row + skew * (x - 20)
            if (row, column) in ((0, 3), (2, 0)):
                continue
            w, h = 0.36, 0.25
            shape = [
                (-w, -h * 0.7),
                (0, -h),
                (w, -h * 0.7),
                (w, h * 0.7),
                (0, h),
                (-w, h * 0.7),
            ]
            lean = sheet.rng.uniform(-0.35, 0.35)
            cask = [at(x + a - lean * b, y + b + lean * a) for a, b in shape]
            sheet.wash(cask, palette.EARTH, 0.5)
            sheet.line(cask, 1.6, closed=True)
            sheet.line([at(x - 0.12, y - h), at(x - 0.12, y + h)], 1.1)
            sheet.line([at(x + 0.14, y - h), at(x + 0.14, y + h)], 1.1)


def _coal(sheet: Sheet, start: float, stop: float, skew: float) -> None:
    rng = sheet.rng
    for _ in range(150):
        x = rng.uniform(start + 0.2, stop - 0.2)
        y = rng.normal(0, 0.62) + skew * (x - 20)
        if abs(y) > 1.5 or 24.3 < x < 24.9:
            continue
        turn = np.sort(rng.uniform(0, 2 * np.pi, int(rng.integers(4, 7))))
        r = rng.uniform(0.07, 0.2)
        lump = [at(x + r * np.cos(t), y + 0.8 * r * np.sin(t)) for t in turn]
        if rng.random() < 0.55:
            sheet.fill(lump)
        else:
            sheet.erase(lump)
            sheet.line(lump, 1.4, closed=True, hand=0.3)
