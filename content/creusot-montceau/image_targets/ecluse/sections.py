"""What planes cut: the lock from end to end, across its chamber, and its lower gates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from atelier.lettering import Hand, write

from ecluse import figures as f
from ecluse import palette

if TYPE_CHECKING:
    from collections.abc import Callable

    from atelier.sheet import Sheet

    Point = tuple[float, float]

LONG = (300.0, 1232.0)  # the top of the walls, at the upstream end
ACROSS = (432.0, 1668.0)  # the top of the walls, on the axis
GATES = (1150.0, 1706.0)
GATE_PIXELS_PER_METRE = 400 / 7.5  # one to seventy-five
LEFT, RIGHT = -5.1, 50.1


def _long(x: float, z: float) -> Point:
    return (LONG[0] + f.PIXELS_PER_METRE * x, LONG[1] + f.PIXELS_PER_METRE * z)


def _across(y: float, z: float) -> Point:
    return (ACROSS[0] + f.PIXELS_PER_METRE * y, ACROSS[1] + f.PIXELS_PER_METRE * z)


def _gate(y: float, z: float) -> Point:
    return (GATES[0] + GATE_PIXELS_PER_METRE * y, GATES[1] + GATE_PIXELS_PER_METRE * z)


def draw_long(sheet: Sheet) -> None:
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
    _piles(sheet, _long, np.arange(7.6, f.LENGTH, 1.45), f.LOWER_FLOOR + f.RAFT)
    _piles(sheet, _long, np.arange(0.3, 6.0, 1.3), f.UPPER_FLOOR + f.RAFT)
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
    _soil(sheet, [(LEFT, f.UPPER_FLOOR + 0.1), (-0.3, f.UPPER_FLOOR)], _long)
    _soil(
        sheet, [(f.LENGTH + 0.3, f.LOWER_FLOOR), (RIGHT, f.LOWER_FLOOR - 0.15)], _long
    )
    write(
        sheet,
        _long(12.2, -0.75),
        "Coupe sur la longueur, suivant la ligne A B",
        Hand(size=36, nib=0.14),
    )


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


def _piles(
    sheet: Sheet, place: Callable[[float, float], Point], xs: np.ndarray, top: float
) -> None:
    rng = sheet.rng
    for x in xs:
        bottom = top + rng.uniform(1.1, 1.75)
        lean = rng.normal(0, 0.05)
        w = rng.uniform(0.1, 0.15)
        pile = [place(x - w, top), place(x + w, top), place(x + lean + w * 0.9, bottom - 0.25),
                place(x + lean, bottom), place(x + lean - w * 0.9, bottom - 0.25)]  # fmt: skip
        sheet.wash(pile, palette.TIMBER, 0.75)
        sheet.line(pile, 1.7, closed=True)
        sheet.line([place(x + 0.02, top + 0.1), place(x + lean, bottom - 0.4)], 1.0)
    sheet.line([place(xs[0] - 0.4, top + 0.16), place(xs[-1] + 0.4, top + 0.16)], 2.0)


def _soil(
    sheet: Sheet, line: list[Point], place: Callable[[float, float], Point]
) -> None:
    """Draw the ground under a line: pebbles, tufts and strokes, thinner with depth."""
    rng = sheet.rng
    (x0, z0), (x1, z1) = line
    ground = [place(x0, z0), place(x1, z1), place(x1, z1 + 1.5), place(x0, z0 + 1.3)]
    sheet.wash(ground, palette.EARTH, 0.5, edge=0.2, stray=7)
    sheet.line([place(x0, z0), place(x1, z1)], 2.2, hand=1.6)
    for _ in range(int(abs(x1 - x0) * 18)):
        x = rng.uniform(x0, x1)
        depth = rng.exponential(0.4) + 0.08
        if depth > 1.3:
            continue
        z = z0 + (z1 - z0) * (x - x0) / (x1 - x0) + depth
        p = place(x, z)
        if rng.random() < 0.3:
            turn = np.linspace(0, 2 * np.pi, 7)
            r = rng.uniform(2.5, 7)
            sheet.line(
                [(p[0] + r * np.cos(t), p[1] + 0.7 * r * np.sin(t)) for t in turn], 1.2
            )
        else:
            sheet.line(
                [p, (p[0] + rng.uniform(5, 15), p[1] + rng.uniform(-7, -3))], 1.1
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


def draw_across(sheet: Sheet) -> None:
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
    _piles(
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
        (ACROSS[0], ACROSS[1] - 72),
        "Coupe en travers, suivant C D",
        Hand(size=33, align=0.5, nib=0.14),
    )


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


def draw_gates(sheet: Sheet) -> None:
    """Draw the lower gates from upstream, with their sluices and beams."""
    height = f.LOWER_FLOOR - 0.1
    for sign in (-1, 1):
        leaf = [
            _gate(sign * y, z)
            for y, z in ((0.02, -0.1), (2.75, -0.1), (2.75, height), (0.02, height))
        ]
        sheet.wash(leaf, palette.TIMBER, 0.6, edge=0.4)
        for y, w in ((0.02, 3.2), (0.3, 1.6), (2.4, 1.6), (2.75, 3.2)):
            sheet.line([_gate(sign * y, -0.1), _gate(sign * y, height)], w)
        for z in (-0.1, 0.2, 1.25, 1.5, 2.55, 2.8, 3.75, 4.0, height - 0.25, height):
            sheet.line([_gate(sign * 0.3, z), _gate(sign * 2.4, z)], 1.9)
        for k, y in enumerate(np.linspace(0.42, 2.3, 13)):
            sheet.line(
                [_gate(sign * y, 0.2), _gate(sign * (y + 0.01 * k), height)],
                1.0,
                hand=0.8,
            )
        brace = [
            _gate(sign * y, z)
            for y, z in ((0.35, 3.7), (2.3, 1.5), (2.38, 1.75), (0.42, 3.95))
        ]
        sheet.erase(brace)
        sheet.wash(brace, palette.TIMBER, 0.5)
        sheet.line(brace, 1.8, closed=True)
        _ironwork(sheet, sign, height)
        _sluice(sheet, sign)
        end = 6.4 if sign < 0 else 5.9
        beam = [
            _gate(sign * y, z)
            for y, z in (
                (-0.05, -0.55),
                (end, -0.78),
                (end + 0.1, -0.3),
                (2.9, -0.12),
                (-0.05, -0.18),
            )
        ]
        sheet.erase(beam)
        sheet.wash(beam, palette.TIMBER, 0.95, edge=0.5)
        sheet.hatch(beam, 3 * sign, 5, 0.9, broken=0.6)
        sheet.line(beam, 2.6, closed=True)
        wall = [
            _gate(sign * y, z)
            for y, z in (
                (2.8, 0.0),
                (6.6, 0.02),
                (6.5, 1.1),
                (4.4, height),
                (2.8, height + 0.1),
            )
        ]
        sheet.wash(wall, palette.PALE_STONE, 0.6, edge=0.2, stray=4)
        _wall_stones(sheet, sign, height)
    sill = [
        _gate(*p)
        for p in (
            (-3.6, height),
            (3.5, height),
            (3.7, height + 0.36),
            (-3.8, height + 0.4),
        )
    ]
    sheet.wash(sill, palette.STONE, 0.8)
    sheet.hatch(sill, 60, 6.5, 1.2)
    sheet.line(sill, 2.6, closed=True)
    write(
        sheet,
        (GATES[0], ACROSS[1] - 72),
        "Portes d’aval, vues d’amont",
        Hand(size=33, align=0.5, nib=0.14),
    )


def _ironwork(sheet: Sheet, sign: int, height: float) -> None:
    for z in (0.05, 1.38, 2.68, 3.88, height - 0.12):
        strap = [
            _gate(sign * y, z + dz)
            for y, dz in (
                (2.75, -0.07),
                (1.5, -0.05),
                (1.38, 0.0),
                (1.5, 0.05),
                (2.75, 0.07),
            )
        ]
        sheet.fill(strap)
        for y in (1.7, 2.1, 2.5):
            p = _gate(sign * y, z)
            dot = [
                (p[0] + 2.2 * np.cos(t), p[1] + 2.2 * np.sin(t))
                for t in np.linspace(0, 6.28, 8)
            ]
            sheet.erase(dot)


def _sluice(sheet: Sheet, sign: int) -> None:
    y0, y1, z0, z1 = (0.85, 1.75, 4.05, 4.7) if sign < 0 else (1.0, 1.9, 4.05, 4.7)
    opening = [_gate(sign * y, z) for y, z in ((y0, z0), (y1, z0), (y1, z1), (y0, z1))]
    sheet.erase(opening)
    sheet.hatch(opening, 90, 4, 1.8)
    sheet.line(opening, 2.2, closed=True)
    middle = (y0 + y1) / 2
    for dy in (-0.05, 0.05):
        sheet.line(
            [_gate(sign * (middle + dy), -1.5), _gate(sign * (middle + dy), z0)],
            1.5,
            hand=0.3,
        )
    for k in range(20):
        z = -1.45 + 0.11 * k
        sheet.line(
            [_gate(sign * (middle + 0.05), z), _gate(sign * (middle + 0.13), z + 0.04)],
            1.4,
            hand=0.2,
        )
    wheel = _gate(sign * (middle + 0.24), -1.0)
    turn = np.linspace(0, 2 * np.pi, 20)
    sheet.line(
        [(wheel[0] + 11 * np.cos(t), wheel[1] + 11 * np.sin(t)) for t in turn],
        2.0,
        hand=0.3,
    )
    handle = (wheel[0] + sign * 26, wheel[1] - 19 if sign > 0 else wheel[1] + 16)
    sheet.line([wheel, handle], 2.6)


def _wall_stones(sheet: Sheet, sign: int, height: float) -> None:
    rng = sheet.rng
    z = 0.0
    while z < height:
        reach = 6.5 - max(z - 1.1, 0) * 0.55
        sheet.line(
            [_gate(sign * 2.82, z), _gate(sign * (reach - rng.uniform(0, 0.5)), z)],
            1.4 if z else 2.6,
        )
        step = rng.uniform(0.38, 0.52)
        y = 2.82 + rng.uniform(0.3, 0.9)
        while y < reach - 0.5:
            sheet.line([_gate(sign * y, z), _gate(sign * y, z + step)], 1.1)
            if rng.random() < 0.2:
                stone = [
                    _gate(sign * q, w)
                    for q, w in (
                        (y, z),
                        (y + 0.6, z),
                        (y + 0.6, z + step),
                        (y, z + step),
                    )
                ]
                sheet.hatch(stone, float(rng.uniform(0, 170)), 5, 0.9)
            y += rng.uniform(0.5, 1.2)
        z += step
