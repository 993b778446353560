"""The lower gates seen from upstream, with their sluices and beams."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from atelier import palette
from atelier.lettering import Hand, write

from ecluse import figures as f
from ecluse.cross_section import TITLE_BASELINE

if TYPE_CHECKING:
    from atelier.sheet import Sheet

    Point = tuple[float, float]

GATES = (1150.0, 1706.0)
GATE_PIXELS_PER_METRE = 400 / 7.5  # one to seventy-five


def draw(sheet: Sheet) -> None:
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
        (GATES[0], TITLE_BASELINE),
        "Portes d’aval, vues d’amont",
        Hand(size=33, align=0.5, nib=0.14),
    )


def _gate(y: float, z: float) -> Point:
    return (GATES[0] + GATE_PIXELS_PER_METRE * y, GATES[1] + GATE_PIXELS_PER_METRE * z)


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
