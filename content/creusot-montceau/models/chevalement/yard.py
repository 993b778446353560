"""What stands at the foot: the landing with its tub, the brick sheds."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
from kit.solids import Part

from chevalement import figures as f
from chevalement.steelwork import (
    BRICK,
    DARK,
    PAINT,
    PLANKS,
    ROOF,
    STEEL,
    STONE,
    UP,
    WOOD,
    column,
    railing,
)

if TYPE_CHECKING:
    from kit.canvas import Finish


def landing() -> Part:
    """Return the planked landing, its rails, its stair, and a tub just pushed out."""
    part = Part("landing")
    x, z = f.half_plan(f.LANDING)
    y, left = f.LANDING, -x - 3.7
    part.block(
        PLANKS, ((left - 0.75) / 2, y, 0), (-0.75 - left, 0.06, 2 * z + 0.3), soft=0.006
    )
    part.block(
        PLANKS, ((x + 1.2) / 2 + 0.1, y, 0), (x - 0.5, 0.06, 2 * z + 0.3), soft=0.006
    )
    floor = y + 0.03
    railing(part, [(x + 0.3, floor, z + 0.12), (-x - 0.9, floor, z + 0.12)])
    railing(
        part,
        [
            (-x - 1.9, floor, z + 0.12),
            (left, floor, z + 0.12),
            (left, floor, -z - 0.12),
            (x + 0.3, floor, -z - 0.12),
        ],
    )
    for side in (-0.28, 0.28):
        for cage in (-0.5, 0.5):
            along = cage * f.SHEAVE_SPACING + side
            part.block(
                STEEL,
                ((left - 0.5) / 2, floor + 0.03, along),
                (-0.7 - left, 0.06, 0.05),
                soft=0.0,
            )
    for j in (-1, 1):
        column(
            part,
            (left + 0.3, 0.1, j * (z - 0.15)),
            (left + 0.3, y - 0.4, j * (z - 0.15)),
            wide=0.24,
            deep=0.24,
        )
        part.block(
            STONE, (left + 0.3, 0.12, j * (z - 0.15)), (0.7, 0.24, 0.7), soft=0.02
        )
    _tub(part, left + 1.5, floor + 0.06, 0.5 * f.SHEAVE_SPACING)
    _stair(part, (-x - 1.4, y, z + 0.15), 4.7)
    return part


def _tub(part: Part, x: float, y: float, z: float) -> None:
    """Stand a mine tub on its rails: sheet-iron body, four flanged wheels."""
    part.frustum(
        PAINT,
        (x - 0.50, x + 0.50, z - 0.26, z + 0.26, y + 0.26),
        (x - 0.62, x + 0.62, z - 0.40, z + 0.40, y + 0.98),
        soft=0.015,
    )
    part.block(PAINT, (x, y + 0.99, z), (1.30, 0.05, 0.86), soft=0.012)
    part.block(DARK, (x, y + 1.012, z), (1.16, 0.02, 0.72), soft=0.0)
    part.block(WOOD, (x, y + 0.22, z), (1.20, 0.10, 0.34), soft=0.01)
    for i, j in itertools.product((-1, 1), (-1, 1)):
        part.turned(
            STEEL,
            (x + i * 0.32, y + 0.15, z + j * 0.30 - 0.03),
            [(0.0, 0), (0.15, 0), (0.15, 0.06), (0.0, 0.06)],
            sides=14,
            axis=(0.0, 0.0, 1.0),
        )


def _stair(part: Part, top: tuple[float, float, float], run: float) -> None:
    """Lead a steel stair down along the landing, towards the front."""
    x, y, z = top
    foot = z + run
    for side in (-0.42, 0.42):
        part.beam(
            PAINT,
            (x + side, 0.11, foot),
            (x + side, y, z),
            (0.02, 0.24),
            side=(0.0, 1.0, 0.0),
            soft=0.0,
        )
        for level in (0.55, 1.0):
            part.pipe(
                PAINT, [(x + side, level, foot), (x + side, y + level, z)], 0.019, 5
            )
        for t in np.linspace(0.03, 0.97, 5):
            here = np.array([x + side, y * t, foot + (z - foot) * t])
            part.pipe(PAINT, [here, here + UP * 1.0], 0.017, 5)
    steps = round(y / 0.24)
    for k in range(1, steps):
        t = k / steps
        part.block(
            PLANKS, (x, y * t, foot + (z - foot) * t), (0.82, 0.035, 0.24), soft=0.0
        )


def winding_house() -> Part:
    """Return the near gable of the winding house, with the slots for the ropes."""
    part = Part("winding house")
    x0, x1, z, eaves, ridge = f.HOUSE_FRONT, f.HOUSE_FRONT + 4.6, 3.1, 4.6, 6.3
    _shed(part, (x0, x1), (-z, z), eaves, ridge)
    for side, height in ((-0.5, 3.6), (0.5, 2.2)):
        at = side * f.SHEAVE_SPACING
        part.block(DARK, (x0 - 0.005, height + 0.1, at), (0.03, 1.1, 0.34), soft=0.0)
        for edge in (-1, 1):
            part.block(
                STONE,
                (x0 - 0.02, height + 0.1, at + edge * 0.24),
                (0.1, 1.3, 0.14),
                soft=0.012,
            )
        for level in (-0.5, 0.7):
            part.block(
                STONE, (x0 - 0.02, height + level, at), (0.12, 0.14, 0.62), soft=0.012
            )
    for along in (x0 + 1.2, x0 + 3.2):
        _window(part, (along, 2.5, z), 1.0, 1.9)
    return part


def shed() -> Part:
    """Return the small brick shed beside the shaft."""
    part = Part("shed")
    x0, x1, z0, z1 = -6.1, -2.6, -7.6, -3.6
    _shed(part, (x0, x1), (z0, z1), 3.0, 4.2)
    middle = (x0 + x1) / 2
    part.block(PLANKS, (middle - 0.7, 1.1, z1 + 0.02), (1.15, 2.2, 0.08), soft=0.01)
    part.block(STONE, (middle - 0.7, 2.32, z1 + 0.02), (1.5, 0.22, 0.12), soft=0.015)
    _window(part, (middle + 0.85, 1.75, z1), 0.8, 1.1)
    return part


def _shed(
    part: Part,
    xs: tuple[float, float],
    zs: tuple[float, float],
    eaves: float,
    ridge: float,
) -> None:
    """Build a brick shed with a roof of corrugated iron; its ridge runs along x."""
    (x0, x1), (z0, z1) = xs, zs
    zm = (z0 + z1) / 2
    part.frustum(
        STONE,
        (x0 - 0.06, x1 + 0.06, z0 - 0.06, z1 + 0.06, 0.0),
        (x0 - 0.04, x1 + 0.04, z0 - 0.04, z1 + 0.04, 0.45),
        soft=0.02,
    )
    part.shift = np.zeros(2)
    for z, out in ((z0, -1.0), (z1, 1.0)):
        _wall(part, BRICK, (x0, z), (x1, z), (0.44, eaves), (0, 0, out))
    for x, out in ((x0, -1.0), (x1, 1.0)):
        _wall(part, BRICK, (x, z0), (x, z1), (0.44, eaves), (out, 0, 0))
        _gable(part, x, (z0, zm, z1), (eaves, ridge), out)
        for corner in (z0, z1):
            part.block(
                BRICK,
                (x, (0.44 + eaves) / 2, corner),
                (0.30, eaves - 0.44, 0.30),
                soft=0.008,
            )
    for z, out in ((z0, -1), (z1, 1)):
        part.block(
            BRICK,
            ((x0 + x1) / 2, eaves - 0.08, z + out * 0.05),
            (x1 - x0, 0.16, 0.16),
            soft=0.008,
        )
        slope = (ridge - eaves) / abs(z - zm)
        reach = 0.35
        low = np.array([0, eaves - slope * reach + 0.06, z + out * reach])
        high = np.array([0, ridge + 0.06, zm])
        middle = np.array([(x0 + x1) / 2, 0, 0])
        along = np.cross(high - low, [1.0, 0, 0])
        along *= np.sign(along[1])
        part.beam(
            ROOF,
            low + middle,
            high + middle,
            (x1 - x0 + 0.6, 0.05),
            side=tuple(along / np.linalg.norm(along)),
            soft=0.004,
        )
    part.pipe(
        ROOF, [(x0 - 0.3, ridge + 0.07, zm), (x1 + 0.3, ridge + 0.07, zm)], 0.07, 8
    )


def _wall(
    part: Part,
    finish: Finish,
    start: tuple[float, float],
    end: tuple[float, float],
    heights: tuple[float, float],
    out: tuple[float, float, float],
) -> None:
    """Lay a flat wall between two points (x, z)."""
    a, b = np.asarray(start), np.asarray(end)
    length = float(np.linalg.norm(b - a))
    u = np.linspace(0, 1, max(2, round(length / 0.7) + 1))
    y = np.linspace(*heights, max(2, round((heights[1] - heights[0]) / 0.7) + 1))
    points = np.zeros((len(y), len(u), 3))
    points[..., 0] = a[0] + (b[0] - a[0]) * u
    points[..., 2] = a[1] + (b[1] - a[1]) * u
    points[..., 1] = y[:, None]
    uv_m = np.stack(
        [np.broadcast_to(u * length, points.shape[:2]), -points[..., 1]], -1
    )
    part.chart(
        finish, points, np.broadcast_to(np.asarray(out, float), points.shape), uv_m
    )


def _gable(
    part: Part,
    x: float,
    zs: tuple[float, float, float],
    heights: tuple[float, float],
    out: float,
) -> None:
    z0, zm, z1 = zs
    z = np.linspace(z0, z1, 9)
    top = heights[0] + (heights[1] - heights[0]) * (1 - np.abs(z - zm) / (z1 - zm))
    points = np.zeros((2, 9, 3))
    points[..., 0], points[..., 2] = x, z
    points[0, :, 1], points[1, :, 1] = heights[0], top
    uv_m = np.stack([points[..., 2] - z0, -points[..., 1]], -1)
    normals = np.broadcast_to([out, 0.0, 0.0], points.shape)
    part.chart(BRICK, points, normals, uv_m)


def _window(
    part: Part, middle: tuple[float, float, float], wide: float, high: float
) -> None:
    """Set a window of small panes in a wall that looks to +Z."""
    x, y, z = middle
    part.block(DARK, (x, y, z + 0.01), (wide, high, 0.03), soft=0.0)
    for i in range(4):
        part.block(
            PAINT,
            (x - wide / 2 + wide * i / 3, y, z + 0.03),
            (0.035, high, 0.03),
            soft=0.0,
        )
    for j in range(5):
        part.block(
            PAINT,
            (x, y - high / 2 + high * j / 4, z + 0.03),
            (wide, 0.03, 0.03),
            soft=0.0,
        )
    part.block(
        STONE, (x, y + high / 2 + 0.1, z + 0.03), (wide + 0.4, 0.2, 0.12), soft=0.012
    )
    part.block(
        STONE, (x, y - high / 2 - 0.06, z + 0.05), (wide + 0.25, 0.12, 0.18), soft=0.012
    )
