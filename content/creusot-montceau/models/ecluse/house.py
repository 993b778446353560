"""The keeper's house: rendered walls, stone round its openings, a tiled roof."""

from __future__ import annotations

import itertools

import numpy as np
from kit.canvas import Finish
from kit.solids import Part

RENDER = Finish("render", 3.0)
STONE = Finish("stone", 1.4)
TILES = Finish("tiles", 2.0)
SHUTTERS = Finish("shutters", 2.0)
GLASS = Finish("glass", 1.0)
PLANKS = Finish("planks", 2.0)
IRON = Finish("iron", 1.5)

# Drawn from proportion, no source: four such houses are listed along the seven locks
# (inventaire.culture.gouv.fr), no page we read gives a measure.
_X, _Z = (-7.6, 2.0), (-13.0, -7.6)
_EAVES, _RIDGE = 3.3, 5.9


def keepers_house() -> Part:
    """Return the house, its front towards the lock."""
    part = Part("keeper's house")
    (x0, x1), (z0, z1) = _X, _Z
    xm, zm = (x0 + x1) / 2, (z0 + z1) / 2
    part.block(RENDER, (xm, _EAVES / 2, zm), (x1 - x0, _EAVES, z1 - z0), soft=0.03)
    part.block(STONE, (xm, 0.18, zm), (x1 - x0 + 0.16, 0.5, z1 - z0 + 0.16), soft=0.03)
    part.frustum(
        RENDER,
        (x0 + 0.02, x1 - 0.02, z0 + 0.02, z1 - 0.02, _EAVES - 0.05),
        (x0 + 0.02, x1 - 0.02, zm - 0.05, zm + 0.05, _RIDGE - 0.1),
        soft=0.01,
    )
    _roof(part)
    for i, j in itertools.product((0, 1), (0, 1)):
        for k in range(9):
            wide = (0.62, 0.40)[k % 2]
            deep = (0.40, 0.62)[k % 2]
            x = _X[i] + (1 - 2 * i) * (wide / 2 - 0.03)
            z = _Z[j] + (1 - 2 * j) * (deep / 2 - 0.03)
            part.block(STONE, (x, 0.45 + 0.33 * k, z), (wide, 0.315, deep), soft=0.0)
    for x in (-6.1, -4.3, -0.9, 0.8):
        _window(part, x, z1)
    _door(part, -2.6, z1)
    return part


def _roof(part: Part) -> None:
    (x0, x1), (z0, z1) = _X, _Z
    zm = (z0 + z1) / 2
    slope = (_RIDGE - _EAVES) / (zm - z0)
    for side, z in ((-1, z0), (1, z1)):
        low = np.array([(x0 + x1) / 2, _EAVES - slope * 0.45 + 0.08, z + side * 0.45])
        high = np.array([(x0 + x1) / 2, _RIDGE + 0.08, zm])
        up = np.array([0.0, 1.0, side / slope])
        part.beam(
            TILES,
            low,
            high,
            (x1 - x0 + 0.7, 0.10),
            side=tuple(up / np.linalg.norm(up)),
            soft=0.015,
        )
    part.pipe(
        TILES, [(x0 - 0.35, _RIDGE + 0.13, zm), (x1 + 0.35, _RIDGE + 0.13, zm)], 0.11, 8
    )
    for x in (x0 + 0.45, x1 - 0.45):
        part.block(STONE, (x, _RIDGE + 0.25, zm), (0.62, 1.5, 0.85), soft=0.02)
        part.block(STONE, (x, _RIDGE + 1.03, zm), (0.74, 0.14, 0.97), soft=0.02)
        for dz in (-0.2, 0.2):
            part.turned(
                TILES,
                (x, _RIDGE + 1.1, zm + dz),
                [(0.12, 0), (0.09, 0.4), (0.0, 0.41)],
                sides=10,
            )


def _window(part: Part, x: float, z: float) -> None:
    """Set a window with its stone surround and its shutters folded back."""
    wide, high, y = 0.95, 1.45, 1.95
    part.block(GLASS, (x, y, z + 0.01), (wide, high, 0.06), soft=0.0)
    for side in (-1, 1):
        part.block(
            STONE,
            (x + side * (wide / 2 + 0.10), y, z + 0.02),
            (0.22, high + 0.1, 0.14),
            soft=0.012,
        )
        part.block(
            SHUTTERS,
            (x + side * (wide / 2 + 0.46), y, z + 0.07),
            (0.47, high, 0.06),
            soft=0.008,
        )
        for dy in (-0.45, 0.45):
            part.block(
                IRON,
                (x + side * (wide / 2 + 0.42), y + dy, z + 0.11),
                (0.42, 0.06, 0.02),
                soft=0.0,
            )
    part.block(
        STONE, (x, y + high / 2 + 0.13, z + 0.03), (wide + 0.5, 0.26, 0.16), soft=0.015
    )
    part.block(
        STONE, (x, y - high / 2 - 0.07, z + 0.06), (wide + 0.5, 0.15, 0.26), soft=0.015
    )
    part.block(PLANKS, (x, y, z + 0.05), (0.06, high, 0.05), soft=0.0)
    for k in (-0.24, 0.24):
        part.block(PLANKS, (x, y + k, z + 0.05), (wide, 0.045, 0.05), soft=0.0)


def _door(part: Part, x: float, z: float) -> None:
    """Set the door, its step, and the lock's number over it."""
    part.block(SHUTTERS, (x, 1.25, z + 0.02), (1.0, 2.2, 0.08), soft=0.01)
    part.block(GLASS, (x, 2.15, z + 0.07), (0.8, 0.3, 0.02), soft=0.0)
    for side in (-1, 1):
        part.block(
            STONE, (x + side * 0.63, 1.25, z + 0.03), (0.26, 2.4, 0.16), soft=0.015
        )
    part.block(STONE, (x, 2.55, z + 0.04), (1.6, 0.3, 0.18), soft=0.02)
    part.block(STONE, (x, 0.10, z + 0.5), (1.7, 0.24, 0.9), soft=0.03)
    plate = 2.98
    part.block(GLASS, (x, plate, z + 0.03), (0.72, 0.44, 0.06), soft=0.01)
    mark = Finish("render", 3.0)
    part.block(mark, (x - 0.18, plate, z + 0.07), (0.055, 0.28, 0.02), soft=0.0)
    for lean in (-1, 1):
        part.beam(
            mark,
            (x + 0.11 - lean * 0.10, plate - 0.14, z + 0.07),
            (x + 0.11 + lean * 0.10, plate + 0.14, z + 0.07),
            (0.05, 0.02),
            soft=0.0,
        )
