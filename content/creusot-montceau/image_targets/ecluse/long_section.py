"""The lock cut from end to end, A to B."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from atelier import palette
from atelier.lettering import Hand, write

from ecluse import figures as f
from ecluse.ground import piles, soil
from ecluse.place import LEFT, RIGHT

if TYPE_CHECKING:
    from atelier.sheet import Sheet

    Point = tuple[float, float]

LONG = (300.0, 1232.0)  # the top of the walls, at the upstream end


def draw(sheet: Sheet) -> None:
    """Draw the section along the axis, A to B."""
    top = [(1.0, 0.0), (f.LENGTH - 1.2, 0.0)]
    wall = [_long(*p) for p in (*top, (f.LENGTH, f.LOWER_FLOOR), (f.FALL_WALL, f.LOWER_FLOOR),
                                (f.FALL_WALL - 0.5, f.UPPER_FLOOR), (0.0, f.UPPER_FLOOR))]  # fmt: skip
    sheet.wash(wall, palette.PALE_STONE, 0.7, edge=0.3)
    _courses(sheet)
    _waters(sheet)
    floor = [(-0.3, f.UPPER_FLOOR), (f.FALL_WALL - 0.5, f.UPPER_FLOOR), (f.FALL_WALL, f.LOWER_FLOOR),
             (f.LENGTH + 0.3, f.LOWER_FLOOR), (f.LENGTH + 0.3, f.LOWER_FLOOR + f.RAFT),
             (7.2, f.LOWER_FLOOR + f.RAFT), (5.9, f.UPPER_FLOOR + f.RAFT + 0.5), (-0.3, f.UPPER_FLOOR + f.RAFT)]  # fmt: skip
    cut = [_long(*p) for p in floor]
    sheet.wash(cut, palette.STONE, 0.8, edge=0.5)
    sheet.hatch(cut, 42, 7.5, 1.2)
    sheet.line(cut, 3.2, closed=True)
    _voussoirs(sheet)
    piles(sheet, _long, np.arange(7.6, f.LENGTH, 1.45), f.LOWER_FLOOR + f.RAFT)
    piles(sheet, _long, np.arange(0.3, 6.0, 1.3), f.UPPER_FLOOR + f.RAFT)
    for hinge, bottom in (
        (f.UPPER_RECESS[1], f.UPPER_FLOOR),
        (f.LOWER_RECESS[1], f.LOWER_FLOOR),
    ):
        _leaf_in_section(sheet, hinge, bottom)
    sheet.line(
        [
            _long(*p)
            for p in (
                (0.0, f.UPPER_FLOOR),
                (0.2, 0.6),
                *top,
                (f.LENGTH, 1.4),
                (f.LENGTH, f.LOWER_FLOOR),
            )
        ],
        2.6,
    )
    soil(sheet, [(LEFT, f.UPPER_FLOOR + 0.1), (-0.3, f.UPPER_FLOOR)], _long)
    soil(sheet, [(f.LENGTH + 0.3, f.LOWER_FLOOR), (RIGHT, f.LOWER_FLOOR - 0.15)], _long)
    write(
        sheet,
        _long(12.2, -0.75),
        "Coupe sur la longueur, suivant la ligne A B",
        Hand(size=36, nib=0.14),
    )


def _long(x: float, z: float) -> Point:
    return (LONG[0] + f.PIXELS_PER_METRE * x, LONG[1] + f.PIXELS_PER_METRE * z)


def _courses(sheet: Sheet) -> None:
    """Lay the far wall's stones in courses of uneven heights and joints."""
    rng = sheet.rng
    z = 0.0
    heights = []
    while z < f.LOWER_FLOOR:
        heights.append(z)
        z += rng.uniform(0.36, 0.56)
    for k, z in enumerate(heights):
        start, stop = 0.25, f.LENGTH - 0.2
        if z > f.UPPER_FLOOR:
            start = f.FALL_WALL
        sheet.line([_long(start, z), _long(stop, z)], 1.3 if k > 1 else 2.0, hand=1.0)
        below = heights[k + 1] if k + 1 < len(heights) else f.LOWER_FLOOR
        x = start + rng.uniform(0.2, 1.0)
        while x < stop:
            sheet.line([_long(x, z), _long(x + rng.normal(0, 0.02), below)], 1.1)
            if rng.random() < 0.16:
                stone = [
                    _long(x, z),
                    _long(x + 0.8, z),
                    _long(x + 0.8, below),
                    _long(x, below),
                ]
                sheet.hatch(stone, float(rng.choice((18, 70, 125))), 5.5, 0.9)
            x += rng.uniform(0.6, 1.7)


def _waters(sheet: Sheet) -> None:
    tip = f.LOWER_RECESS[1] - f.MITRE
    upper = [_long(*p) for p in ((LEFT, f.UPPER_WATER), (f.UPPER_RECESS[1] - 1, f.UPPER_WATER),
                                 (f.UPPER_RECESS[1] - 1, f.UPPER_FLOOR), (LEFT, f.UPPER_FLOOR + 0.1))]  # fmt: skip
    lower = [_long(*p) for p in ((f.FALL_WALL - 0.3, f.LOWER_WATER), (RIGHT, f.LOWER_WATER),
                                 (RIGHT, f.LOWER_FLOOR - 0.15), (f.FALL_WALL, f.LOWER_FLOOR))]  # fmt: skip
    for body in (upper, lower):
        sheet.wash(body, palette.DEEP_WATER, 0.62, edge=0.7)
    for z, (start, stop) in (
        (f.UPPER_WATER, (LEFT, 5.9)),
        (f.LOWER_WATER, (8.4, RIGHT)),
    ):
        sheet.line([_long(start, z), _long(stop, z)], 2.4, "blue", hand=1.2)
        for _ in range(int((stop - start) * 5)):
            x = sheet.rng.uniform(start + 0.2, stop - 0.9)
            depth = sheet.rng.exponential(0.35) + 0.12
            if depth < 1.35:
                sheet.line(
                    [
                        _long(x, z + depth),
                        _long(x + sheet.rng.uniform(0.2, 0.9), z + depth),
                    ],
                    1.1,
                    "blue",
                )
    full = np.arange(f.UPPER_RECESS[1] + 0.4, tip - 0.5, 0.62)
    for x in full:
        sheet.line(
            [_long(x, f.UPPER_WATER), _long(x + 0.34, f.UPPER_WATER)],
            1.5,
            "blue",
            hand=0.3,
        )
    write(
        sheet,
        _long(0.9, f.UPPER_WATER + 0.95),
        "eaux hautes",
        Hand(size=22, ink="blue"),
    )
    write(
        sheet,
        _long(13.2, f.LOWER_WATER + 0.85),
        "eaux basses",
        Hand(size=22, ink="blue", turn_deg=-0.6),
    )


def _voussoirs(sheet: Sheet) -> None:
    """Draw the fall wall's dressed stones."""
    rng = sheet.rng
    for k in range(6):
        z = f.UPPER_FLOOR + 0.05 + k * 0.46
        x = (
            f.FALL_WALL
            - 0.5
            + 0.5 * (z - f.UPPER_FLOOR) / (f.LOWER_FLOOR - f.UPPER_FLOOR)
        )
        sheet.line([_long(x, z), _long(x - 1.2 - rng.uniform(0, 0.5), z + 0.1)], 1.8)
        sheet.line(
            [_long(x - 0.7 - rng.uniform(0, 0.3), z), _long(x - 0.7, z + 0.44)], 1.5
        )


def _leaf_in_section(sheet: Sheet, hinge: float, bottom: float) -> None:
    """Draw a closed leaf, seen slantwise, with its beam above the wall."""
    left, right = hinge - f.MITRE, hinge - 0.1
    leaf = [
        _long(*p)
        for p in ((left, -0.15), (right, -0.15), (right, bottom), (left, bottom))
    ]
    sheet.erase(leaf)
    sheet.wash(leaf, palette.TIMBER, 0.85)
    for k in range(5):
        x = left + (right - left) * k / 4
        sheet.line([_long(x, -0.15), _long(x, bottom)], 1.3 if 0 < k < 4 else 2.6)
    for z in np.arange(0.3, bottom, 0.78):
        sheet.line([_long(left, z), _long(right, z)], 2.4)
    beam = [
        _long(*p)
        for p in (
            (left - 0.1, -0.62),
            (right + 3.2, -0.72),
            (right + 3.25, -0.28),
            (left - 0.1, -0.3),
        )
    ]
    sheet.wash(beam, palette.TIMBER, 0.95)
    sheet.line(beam, 2.4, closed=True)
    sheet.hatch(beam, 2, 5, 0.9, broken=0.5)
    sheet.line([_long(left + 0.5, -0.3), _long(left + 0.5, -1.5)], 3.0)
    for k in range(7):
        sheet.line(
            [_long(left + 0.5, -0.7 - 0.11 * k), _long(left + 0.62, -0.66 - 0.11 * k)],
            1.3,
        )
    sheet.line([_long(left + 0.2, -1.5), _long(left + 0.95, -1.55)], 2.2)
