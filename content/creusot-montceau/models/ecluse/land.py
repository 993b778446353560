"""The ground that the model is cut from: banks, beds, towpath, water, base."""

from __future__ import annotations

import numpy as np
from kit.canvas import Finish
from kit.solids import Array, Part

from ecluse import figures as f

GRASS = Finish("grass", 4.0)
GRAVEL = Finish("gravel", 4.0)
WATER = Finish("water", 4.0)
BASE = Finish("base", 2.0)

_SLOPE = (18.5, 26.5)
_BED = 3.4
_BANK = 6.1
_PIT = f.WIDTH / 2 + f.WALL - 0.35


def ground_height(x: Array, z: Array) -> Array:
    """Return the ground's height, without masonry; a pit where the lock stands."""
    t = np.clip((x - _SLOPE[0]) / (_SLOPE[1] - _SLOPE[0]), 0, 1)
    level = f.LOWER_GROUND * t * t * (3 - 2 * t)
    bed = np.where(x < 0, f.UPPER_FLOOR, f.LOWER_FLOOR) - 0.05
    away = np.abs(z)
    bank = np.clip((away - _BED) / (_BANK - _BED), 0, 1)
    canal = bed + (level - bed) * bank
    pit = np.where(away < _PIT + 0.05, f.LOWER_FLOOR - 0.4, level)
    height = np.where((x > f.HEAD) & (x < f.TAIL), pit, canal)
    ripple = 0.05 * np.sin(0.9 * x + 1.3) * np.sin(0.7 * z) + 0.03 * np.sin(2.1 * x + z)
    return height + np.where(away > 9.4, ripple, 0.0)


def ground() -> Part:
    """Return the turf, cut square at the model's edge."""
    part = Part("ground")
    x = _lines(f.BASE[0], 1.15, (f.HEAD, f.HEAD + 0.02, f.TAIL - 0.02, f.TAIL, *_SLOPE))
    z = _lines(
        f.BASE[1],
        0.95,
        (-_BED, _BED, -_BANK, _BANK, -_PIT, _PIT, -_PIT - 0.06, _PIT + 0.06),
    )
    grid_x, grid_z = np.meshgrid(x, z)
    _turf(part, GRASS, grid_x, grid_z, 0.0)
    middle, half = f.TOWPATH
    grid_x, grid_z = np.meshgrid(x, np.linspace(middle - half, middle + half, 4))
    _turf(part, GRAVEL, grid_x, grid_z, 0.035)
    grid_x, grid_z = np.meshgrid(np.linspace(-9.0, 3.5, 10), np.linspace(-8.2, -5.1, 4))
    _turf(part, GRAVEL, grid_x, grid_z, 0.035)
    _cut(part, x, z)
    return part


def _lines(extent: float, step: float, wanted: tuple[float, ...]) -> Array:
    even = np.linspace(-extent / 2, extent / 2, round(extent / step) + 1)
    kept = [v for v in even if min(abs(v - w) for w in wanted) > step / 3]
    return np.array(sorted([*kept, *wanted]))


def _turf(part: Part, finish: Finish, x: Array, z: Array, lift: float) -> None:
    y = ground_height(x, z) + lift
    step = 0.05
    dx = (ground_height(x + step, z) - ground_height(x - step, z)) / (2 * step)
    dz = (ground_height(x, z + step) - ground_height(x, z - step)) / (2 * step)
    normals = np.stack([-np.clip(dx, -2, 2), np.ones_like(dx), -np.clip(dz, -2, 2)], -1)
    normals /= np.linalg.norm(normals, axis=-1, keepdims=True)
    part.chart(finish, np.stack([x, y, z], -1), normals, np.stack([x, z], -1))


def _cut(part: Part, x: Array, z: Array) -> None:
    """Close the four sides down to the base."""
    half_x, half_z = f.BASE[0] / 2, f.BASE[1] / 2
    for side in (-1, 1):
        top = ground_height(x, np.full_like(x, side * half_z))
        _side(
            part, np.stack([x, top, np.full_like(x, side * half_z)], -1), (0, 0, side)
        )
        top = ground_height(np.full_like(z, side * half_x), z)
        _side(
            part, np.stack([np.full_like(z, side * half_x), top, z], -1), (side, 0, 0)
        )


def _side(part: Part, top: Array, out: tuple[float, float, float]) -> None:
    foot = top.copy()
    foot[:, 1] = f.BASE_TOP - 0.05
    points = np.stack([top, foot])
    normals = np.broadcast_to(np.asarray(out, float), points.shape)
    run = points[..., 0] + points[..., 2]
    part.chart(GRAVEL, points, normals, np.stack([run, -points[..., 1]], -1))


def water() -> Part:
    """Return the water: the upper reach and the full chamber, the lower reach."""
    part = Part("water")
    half_x = f.BASE[0] / 2 - 0.01
    lock = f.WIDTH / 2 + 0.35
    for x0, x1, half, level in (
        (-half_x, f.HEAD, _BANK, f.UPPER_WATER),
        (f.HEAD, f.UPPER_GATE - 0.5, lock, f.UPPER_WATER),
        (f.UPPER_GATE - 0.5, f.LOWER_GATE - 0.5, lock, f.UPPER_WATER),
        (f.LOWER_GATE - 0.5, f.TAIL, lock, f.LOWER_WATER),
        (f.TAIL, half_x, _BANK, f.LOWER_WATER),
    ):
        x, z = np.meshgrid(np.linspace(x0, x1, 8), np.linspace(-half, half, 4))
        points = np.stack([x, np.full_like(x, level), z], -1)
        normals = np.broadcast_to([0.0, 1.0, 0.0], points.shape)
        part.chart(WATER, points, normals, np.stack([x, z], -1))
    for side, level, floor in (
        (-1, f.UPPER_WATER, f.UPPER_FLOOR),
        (1, f.LOWER_WATER, f.LOWER_FLOOR),
    ):
        z = np.linspace(-_BANK, _BANK, 25)
        bed = np.minimum(ground_height(np.full_like(z, side * half_x), z), level)
        bed = np.maximum(bed, floor - 0.1)
        points = np.stack(
            [
                np.stack([np.full_like(z, side * (half_x + 0.02)), y, z], -1)
                for y in (np.full_like(z, level), bed)
            ]
        )
        normals = np.broadcast_to([float(side), 0.0, 0.0], points.shape)
        part.chart(WATER, points, normals, points[..., [2, 1]])
    return part


def base() -> Part:
    """Return the wooden board that the model stands on, with a moulded edge."""
    part = Part("base")
    x, z = f.BASE
    top = f.BASE_TOP
    part.block(BASE, (0, top - 0.2, 0), (x + 0.5, 0.4, z + 0.5), soft=0.10)
    part.block(
        BASE,
        (0, top - 0.4 - (f.BASE_HEIGHT - 0.4) / 2, 0),
        (x + 1.6, f.BASE_HEIGHT - 0.4, z + 1.6),
        soft=0.16,
    )
    return part


def trees() -> Part:
    """Return a row of trees along the towpath, as model makers make them."""
    part = Part("trees")
    bark, leaf = Finish("timber", 2.0), Finish("leaves", 4.0)
    for x, z, high in (
        (-28, 11.2, 6.6),
        (-20.5, 11.4, 7.4),
        (-13, 11.1, 6.9),
        (29.6, -11.0, 6.2),
        (-27.0, -11.2, 7.2),
    ):
        foot = float(ground_height(np.array(x), np.array(z)))
        part.turned(
            bark,
            (x, foot, z),
            [(0.24, 0), (0.16, 0.5), (0.11, high * 0.55), (0.0, high * 0.7)],
            sides=8,
        )
        for k in range(7):
            out = part.random.normal(0, 0.55, 3) * [1, 0.9, 1]
            _foliage(
                part,
                leaf,
                (x + out[0], foot + high * 0.68 + out[1] * 1.3, z + out[2]),
                float(part.random.uniform(0.85, 1.35)) * (1.0 - 0.04 * k),
            )
    return part


def _foliage(
    part: Part, finish: Finish, at: tuple[float, float, float], size: float
) -> None:
    """Add a lump of foliage: a ball with a broken surface."""
    u, v = np.meshgrid(np.linspace(0, 2 * np.pi, 13), np.linspace(0, np.pi, 8))
    ball = np.stack([np.sin(v) * np.cos(u), np.cos(v), np.sin(v) * np.sin(u)], -1)
    p = part.random.uniform(0, 2 * np.pi, 3)
    bumps = (
        1
        + 0.13 * np.sin(3 * u + p[0]) * np.sin(v)
        + 0.11 * np.sin(5 * v + p[1]) * np.sin(v)
    )
    bumps += 0.07 * np.sin(7 * u + 4 * v + p[2]) * np.sin(v)
    points = np.asarray(at) + ball * (bumps * size)[..., None]
    part.chart(finish, points, ball, np.stack([u * size, v * size], -1))
