"""The lock cut across its chamber, C to D, with a boat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from atelier import palette
from atelier.lettering import Hand, write

from ecluse import figures as f
from ecluse.ground import piles

if TYPE_CHECKING:
    from atelier.sheet import Sheet

    Point = tuple[float, float]

ACROSS = (432.0, 1668.0)  # the top of the walls, on the axis
TITLE_BASELINE = ACROSS[1] - 72


def draw(sheet: Sheet) -> None:
    """Draw the section across the chamber, C to D, with its boat."""
    for sign in (-1, 1):
        shape = [(2.6, 0.0), (3.9, 0.0), (4.1, 1.5), (4.6, 1.55), (4.9, 3.3), (5.3, 3.35),
                 (5.5, f.LOWER_FLOOR + f.RAFT), (2.9, f.LOWER_FLOOR + f.RAFT), (2.9, f.LOWER_FLOOR)]  # fmt: skip
        wall = [_across(sign * y, z) for y, z in shape]
        sheet.wash(wall, palette.STONE, 0.85, edge=0.5)
        sheet.hatch(wall, 45 if sign > 0 else 132, 7, 1.2)
        sheet.line(wall, 3.0, closed=True)
        for z in np.arange(0.42, f.LOWER_FLOOR, 0.44):
            sheet.line(
                [
                    _across(sign * 2.62, z),
                    _across(sign * sheet.rng.uniform(3.0, 3.5), z),
                ],
                1.6,
            )
        bank = [
            _across(sign * y, z)
            for y, z in (
                (3.9, 0.0),
                (8.0, 0.1),
                (8.6, 3.9),
                (5.4, 4.6),
                (4.9, 3.3),
                (4.1, 1.5),
            )
        ]
        sheet.wash(bank, palette.EARTH, 0.5, edge=0.2, stray=5)
        _strata(sheet, sign)
    raft = [_across(*p) for p in ((-2.9, f.LOWER_FLOOR), (0, f.LOWER_FLOOR + 0.14), (2.9, f.LOWER_FLOOR),
                                  (2.9, f.LOWER_FLOOR + f.RAFT), (-2.9, f.LOWER_FLOOR + f.RAFT))]  # fmt: skip
    sheet.wash(raft, palette.STONE, 0.85)
    sheet.hatch(raft, 88, 8, 1.2)
    sheet.line(raft, 2.6, closed=True)
    piles(
        sheet,
        _across,
        np.array([-5.1, -3.9, -2.4, -0.9, 0.7, 2.2, 3.7, 5.0]),
        f.LOWER_FLOOR + f.RAFT,
    )
    water = [
        _across(*p)
        for p in (
            (-2.6, f.LOWER_WATER),
            (2.6, f.LOWER_WATER),
            (2.85, f.LOWER_FLOOR),
            (0, f.LOWER_FLOOR + 0.14),
            (-2.85, f.LOWER_FLOOR),
        )
    ]
    sheet.wash(water, palette.DEEP_WATER, 0.65, edge=0.7)
    sheet.line([water[0], water[1]], 2.2, "blue")
    _boat_in_section(sheet)
    write(
        sheet,
        (ACROSS[0], TITLE_BASELINE),
        "Coupe en travers, suivant C D",
        Hand(size=33, align=0.5, nib=0.14),
    )


def _across(y: float, z: float) -> Point:
    return (ACROSS[0] + f.PIXELS_PER_METRE * y, ACROSS[1] + f.PIXELS_PER_METRE * z)


def _strata(sheet: Sheet, sign: int) -> None:
    rng = sheet.rng
    for z in (0.0, 0.9, 1.7, 2.5, 3.3):
        start = 3.95 + 0.33 * z
        path = [
            _across(sign * y, z + 0.06 * np.sin(2.1 * y + z))
            for y in np.linspace(start, 8.0 + 0.1 * z, 9)
        ]
        sheet.line(path, 2.2 if z == 0 else 1.0, hand=1.6)
        for _ in range(26):
            y = rng.uniform(start + 0.1, 7.9)
            p = _across(sign * y, z + rng.uniform(0.1, 0.75))
            sheet.line([p, (p[0] + rng.uniform(3, 12), p[1] - rng.uniform(1, 6))], 1.1)
    for _ in range(34):
        p = _across(sign * rng.uniform(4.0, 8.0), 0.0)
        sheet.line([p, (p[0] + rng.uniform(-4, 4), p[1] - rng.uniform(5, 14))], 1.2)


def _boat_in_section(sheet: Sheet) -> None:
    z = f.LOWER_WATER
    hull = [
        _across(*p)
        for p in (
            (-2.0, z - 0.75),
            (-2.05, z + 0.7),
            (-1.7, z + 0.95),
            (1.75, z + 0.95),
            (2.1, z + 0.7),
            (2.05, z - 0.72),
        )
    ]
    sheet.erase(hull)
    sheet.wash(hull, palette.TIMBER, 0.35)
    sheet.line(hull, 4.2)
    load = [
        (-1.9, z + 0.1),
        (-1.2, z - 0.5),
        (-0.3, z - 0.95),
        (0.5, z - 0.8),
        (1.3, z - 0.45),
        (1.9, z + 0.05),
        (1.9, z + 0.75),
        (-1.9, z + 0.75),
    ]
    sheet.hatch([_across(*p) for p in load], 25, 4.5, 1.7)
    sheet.hatch([_across(*p) for p in load], 115, 6.5, 1.4)
    sheet.line([_across(*p) for p in load[:6]], 2.0, hand=2)
