"""The lock's stone: side walls, coping, sills, wing walls, stairs."""

from __future__ import annotations

import itertools

import numpy as np
from kit.canvas import Finish
from kit.solids import Array, Part

from ecluse import figures as f

ASHLAR = Finish("ashlar", 3.0)
STONE = Finish("stone", 1.4)
IRON = Finish("iron", 1.5)

_HALF = f.WIDTH / 2
_RECESS = 0.34
_LEAF = 3.15
_SLOPE_FROM = f.LOWER_GATE + 1.6


def walls() -> Part:
    """Return the side walls with the recesses that open gates lie in."""
    part = Part("lock walls")
    part.grain = 2.2
    ends = (
        f.HEAD,
        f.UPPER_GATE - 0.35,
        f.UPPER_GATE + 0.35,
        f.UPPER_GATE + _LEAF,
        f.LOWER_GATE - _LEAF - 0.9,
        f.LOWER_GATE - 0.35,
        f.LOWER_GATE + 0.35,
        _SLOPE_FROM,
    )
    for side in (-1, 1):
        for k, (x0, x1) in enumerate(itertools.pairwise(ends)):
            is_recess = k in (0, 4)
            face = _HALF + (_RECESS if is_recess else 0.0)
            floor = f.UPPER_FLOOR if x1 <= f.UPPER_GATE else f.LOWER_FLOOR
            back = _HALF + f.WALL
            part.block(
                ASHLAR,
                ((x0 + x1) / 2, (floor - 0.3) / 2 - 0.18, side * (face + back) / 2),
                (x1 - x0, -floor + 0.3 - 0.36, back - face),
                soft=0.02,
            )
        for gate in (f.UPPER_GATE, f.LOWER_GATE):
            floor = f.UPPER_FLOOR if gate == f.UPPER_GATE else f.LOWER_FLOOR
            part.turned(
                STONE,
                (gate + 0.22, floor, side * (_HALF + 0.16)),
                [(0.34, 0), (0.34, -floor - 0.05)],
                sides=20,
            )
        _tail(part, side)
    _floors(part)
    return part


def _tail(part: Part, side: int) -> None:
    """Slope the walls down with the ground, below the lower gates."""
    low, high = f.LOWER_FLOOR - 0.3, -0.36
    end = f.LOWER_GROUND + 0.12

    def placed(unit: Array) -> Array:
        t = (unit[..., 0] + 1) / 2
        x = _SLOPE_FROM + (f.TAIL - _SLOPE_FROM) * t
        top = high + (end - high) * t
        y = low + (top - low) * (unit[..., 1] + 1) / 2
        z = side * (_HALF + f.WALL * (unit[..., 2] + 1) / 2)
        return np.stack([x, y, z], -1)

    part.solid(ASHLAR, placed, (f.TAIL - _SLOPE_FROM, high - low, f.WALL), soft=0.02)
    count = 5
    for k in range(count):
        t = (k + 0.5) / count
        x = _SLOPE_FROM + (f.TAIL - _SLOPE_FROM) * t
        y = high + (end - high) * t + 0.06
        lean = np.array([f.TAIL - _SLOPE_FROM, end - high, 0]) / count / 2
        part.beam(
            STONE,
            np.array([x, y, side * (_HALF + 0.5)]) - lean * 0.97,
            np.array([x, y, side * (_HALF + 0.5)]) + lean * 0.97,
            (1.05, 0.32),
            side=(0.0, 1.0, 0.0),
            soft=0.04,
        )


def _floors(part: Part) -> None:
    """Lay the chamber's floor and the wall of the fall under the upper gates."""
    fall_x = f.UPPER_GATE + 0.2
    part.block(
        ASHLAR,
        ((f.HEAD + fall_x) / 2, (f.UPPER_FLOOR + f.LOWER_FLOOR) / 2 - 0.2, 0),
        (fall_x - f.HEAD, f.UPPER_FLOOR - f.LOWER_FLOOR + 0.4, f.WIDTH + 0.9),
        soft=0.03,
    )
    part.block(
        STONE,
        (f.LOWER_GATE - 0.7, f.LOWER_FLOOR + 0.05, 0),
        (1.2, 0.3, f.WIDTH),
        soft=0.03,
    )


def coping() -> Part:
    """Return the great stones along the chamber's edge, worn unevenly."""
    part = Part("coping")
    part.grain = 3.0
    for side in (-1, 1):
        x = f.HEAD
        while x < _SLOPE_FROM - 0.3:
            wide = min(float(part.random.uniform(1.25, 1.75)), _SLOPE_FROM - x)
            is_recess = any(
                g - _LEAF - 0.4 < x + wide / 2 < g + 0.2
                for g in (f.UPPER_GATE, f.LOWER_GATE)
            )
            face = _HALF + (_RECESS if is_recess else 0.0)
            sink = float(part.random.uniform(0, 0.03))
            part.block(
                STONE,
                (x + wide / 2, -0.19 - sink, side * (face + 0.52)),
                (wide - 0.02, 0.38, 1.05 + float(part.random.uniform(-0.05, 0.05))),
                soft=0.045,
            )
            x += wide
        inner, outer = _HALF + 1.05, _HALF + f.WALL
        for x in np.arange(f.HEAD + 0.6, _SLOPE_FROM, 1.2):
            part.block(
                ASHLAR,
                (x, -0.22, side * (inner + outer) / 2),
                (1.19, 0.36, outer - inner - 0.02),
                soft=0.02,
            )
    return part


def wings() -> Part:
    """Return the wing walls that lead the canal into the lock and out of it."""
    part = Part("wing walls")
    part.grain = 2.0
    for side in (-1, 1):
        for end, floor, top, reach in (
            (f.HEAD, f.UPPER_FLOOR - 0.3, 0.0, -3.0),
            (f.TAIL, f.LOWER_FLOOR - 0.3, f.LOWER_GROUND + 0.1, 3.2),
        ):
            a = np.array(
                [
                    end - np.sign(reach) * 0.25,
                    (floor + top) / 2 - 0.15,
                    side * (_HALF + 0.42),
                ]
            )
            b = np.array([end + reach, (floor + top) / 2 - 0.15, side * (_HALF + 3.0)])
            part.beam(
                ASHLAR, a, b, (0.9, top - floor - 0.3), side=(0.0, 1.0, 0.0), soft=0.02
            )
            rise = np.array([0, (top - floor) / 2, 0])
            part.beam(
                STONE, a + rise, b + rise, (1.0, 0.32), side=(0.0, 1.0, 0.0), soft=0.04
            )
    return part


def fittings() -> Part:
    """Return bollards, an iron ladder in the wall, and the stairs down to the lower reach."""
    part = Part("fittings")
    for side in (-1, 1):
        for x in (f.HEAD + 1.2, -8.5, 2.5, f.LOWER_GATE - 5.8):
            part.turned(
                STONE,
                (x, 0.0, side * (_HALF + 1.35)),
                [
                    (0.22, 0),
                    (0.20, 0.42),
                    (0.24, 0.46),
                    (0.24, 0.58),
                    (0.16, 0.68),
                    (0.0, 0.70),
                ],
                sides=14,
            )
        for k in range(13):
            x = f.LOWER_GATE + 2.2 + 0.42 * k
            y = f.LOWER_GROUND * (k + 1) / 13
            part.block(STONE, (x, y - 0.2, side * 5.95), (0.46, 0.55, 1.1), soft=0.02)
    z = _HALF + 0.02
    for dx in (-0.2, 0.2):
        part.pipe(IRON, [(3.0 + dx, -2.9, z), (3.0 + dx, 0.03, z)], 0.035, 6)
    for y in np.arange(-2.7, 0, 0.3):
        part.pipe(IRON, [(2.8, y, z), (3.2, y, z)], 0.025, 5)
    return part
