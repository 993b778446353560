"""The square of today: lawn, kerbs, ring road, trees, houses far off."""

from __future__ import annotations

import numpy as np
from kit.canvas import Finish
from kit.solids import Array, Part

from forge import figures as f

LAWN = Finish("lawn", 4.0)
ASPHALT = Finish("asphalt", 4.0)
PAVING = Finish("paving", 3.0)
STONE = Finish("stone", 1.4)
WHITE = Finish("white", 1.0)
BARK = Finish("bark", 2.0)
LEAVES = Finish("leaves", 4.0)
FLOWERS = Finish("flowers", 1.0)
RENDER = Finish("render", 3.0)
TILES = Finish("tiles", 2.0)
GLASS = Finish("glass", 1.0)


def parts() -> list[Part]:
    """Return the square and what frames it."""
    return [_ground(), _planting(), _trees(), _houses()]


def _ground() -> Part:
    part = Part("square")
    inner, outer = f.ROAD
    _ring(part, LAWN, 0.0, f.LAWN_RADIUS, 0.06)
    _ring(part, PAVING, f.LAWN_RADIUS, inner, 0.14)
    _ring(part, ASPHALT, inner, outer, 0.0)
    _ring(part, PAVING, outer, outer + 4.0, 0.15)
    _ring(part, LAWN, outer + 4.0, 160.0, 0.02)
    for radius in (f.LAWN_RADIUS, inner, outer):
        part.turned(
            STONE,
            (0, 0, 0),
            [
                (radius - 0.12, 0.0),
                (radius - 0.12, 0.16),
                (radius + 0.12, 0.16),
                (radius + 0.12, 0.0),
            ],
            sides=160,
        )
    for k in range(40):
        angle = np.linspace(0, 2 * np.pi / 40 * 0.45, 6) + 2 * np.pi * k / 40
        r = np.array([(inner + outer) / 2 - 0.07, (inner + outer) / 2 + 0.07])
        points = np.stack(
            [
                np.cos(angle)[None] * r[:, None],
                np.full((2, 6), 0.012),
                np.sin(angle)[None] * r[:, None],
            ],
            -1,
        )
        part.chart(
            WHITE,
            points,
            np.broadcast_to([0.0, 1, 0], points.shape),
            points[..., [0, 2]],
        )
    return part


def _ring(part: Part, finish: Finish, inner: float, outer: float, y: float) -> None:
    angle, r = np.meshgrid(np.linspace(0, 2 * np.pi, 121), np.linspace(inner, outer, 9))
    points = np.stack([np.cos(angle) * r, np.full_like(r, y), np.sin(angle) * r], -1)
    part.chart(
        finish,
        points,
        np.broadcast_to([0.0, 1.0, 0.0], points.shape),
        points[..., [0, 2]],
    )


def _planting() -> Part:
    """Return the lawn's blades, and the flower bed along its edge."""
    part = Part("planting")
    random = part.random
    r = f.LAWN_RADIUS - 0.2
    blades = np.sqrt(random.uniform(0, 1, 90_000)) * r
    _strew(part, LAWN, _round(part, blades, 0.07), 0.055, 0.7)
    bed = r - 0.15 - random.uniform(0, 1.0, 26_000)
    places = _round(part, bed, 0.06)
    places[:, 1] += random.uniform(0.02, 0.26, len(places))
    _strew(part, LEAVES, places, 0.075, 0.5)
    heads = r - 0.15 - random.uniform(0, 0.95, 5_200)
    places = _round(part, heads, 0.06)
    places[:, 1] += random.uniform(0.20, 0.34, len(places))
    is_white = random.uniform(0, 1, len(places)) < 0.25
    _strew(part, FLOWERS, places[~is_white], 0.06, 0.8)
    _strew(part, WHITE, places[is_white], 0.055, 0.8)
    return part


def _round(part: Part, radius: Array, y: float) -> Array:
    """Return points at these distances from the axis, all round."""
    angle = part.random.uniform(0, 2 * np.pi, len(radius))
    return np.stack(
        [radius * np.cos(angle), np.full_like(radius, y), radius * np.sin(angle)], 1
    )


def _strew(
    part: Part,
    finish: Finish,
    places: Array,
    size_m: float,
    upright: float,
    outwards: Array | None = None,
) -> None:
    """Set a small leaf, two triangles, at each of (n, 3) places.

    Light falls on it as on what it covers: the ground, or a crown that looks `outwards`.
    """
    n = len(places)
    across = part.random.normal(0, 1, (n, 3)) * [1, 0.4, 1]
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    along = part.random.normal(0, 1, (n, 3)) + [0, 2.5 * upright, 0]
    along -= across * (along * across).sum(1, keepdims=True)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    size = size_m * part.random.uniform(0.6, 1.3, (n, 1))
    corners = np.stack(
        [
            places - across * size * 0.45,
            places + along * size,
            places + across * size * 0.45,
            places - along * size * 0.6,
        ],
        1,
    )
    normals = np.tile([0.0, 1, 0], (n, 1)) if outwards is None else outwards
    normals = normals + part.random.normal(0, 0.25, (n, 3))
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    quad = np.array([[0, 1, 2], [0, 2, 3]])
    triangles = (np.arange(n)[:, None, None] * 4 + quad).reshape(-1, 3)
    uvs = np.repeat(part.random.uniform(0, 1, (n, 2)), 4, axis=0)
    uvs = uvs + np.tile([[0, 0], [0.02, 0], [0.02, 0.02], [0, 0.02]], (n, 1))
    part.surface(finish).add(
        corners.reshape(-1, 3), np.repeat(normals, 4, axis=0), uvs, triangles
    )


def _trees() -> Part:
    part = Part("trees")
    for k in range(17):
        angle = np.pi * (1.02 + 0.96 * k / 16) + part.random.uniform(-0.03, 0.03)
        r = f.ROAD[1] + 6.5 + part.random.uniform(-1, 3)
        high = float(part.random.uniform(8.5, 11.5))
        _tree(part, r * np.cos(angle), r * np.sin(angle), high)
    for x, z, high in ((-27.0, 8.0, 10.0), (-30.0, 17.0, 11.0), (30.0, -3.0, 10.5)):
        _tree(part, x, z, high)
    return part


def _tree(part: Part, x: float, z: float, high: float) -> None:
    """Grow a lime: a trunk, and leaves in clumps over its crown."""
    trunk = [(0.30, 0), (0.20, 0.8), (0.16, high * 0.5), (0.0, high * 0.85)]
    part.turned(BARK, (x, 0, z), trunk, sides=12)
    random = part.random
    middle, half = np.array([x, high * 0.64, z]), np.array([0.27, 0.33, 0.27]) * high
    way = random.normal(0, 1, (70, 3))
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    clumps = way * random.uniform(0.55, 0.95, (70, 1))
    which = random.integers(0, 70, 9_000)
    spread = random.normal(0, 0.16, (9_000, 3))
    local = clumps[which] + spread
    out = local + 0.9 * spread / 0.16 * 0.35 + [0, 0.25, 0]
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    _strew(part, LEAVES, middle + local * half, 0.17, 0.0, out)


def _houses() -> Part:
    """Return a row of town houses behind the trees."""
    part = Part("houses")
    part.grain = 5.0
    x = -64.0
    while x < 60:
        wide, high = (
            float(part.random.uniform(9, 14)),
            float(part.random.uniform(7, 10.5)),
        )
        _house(
            part, x + wide / 2, -48.0 + float(part.random.uniform(-2, 2)), wide, high
        )
        x += wide + float(part.random.choice([0.0, 0.0, 3.0]))
    return part


def _house(part: Part, x: float, z: float, wide: float, high: float) -> None:
    deep = 9.0
    part.block(RENDER, (x, high / 2, z), (wide, high, deep), soft=0.05)
    part.frustum(
        TILES,
        (
            x - wide / 2 - 0.3,
            x + wide / 2 + 0.3,
            z - deep / 2 - 0.4,
            z + deep / 2 + 0.4,
            high,
        ),
        (x - wide / 2 + 0.2, x + wide / 2 - 0.2, z - 0.2, z + 0.2, high + 3.4),
        soft=0.02,
    )
    part.block(STONE, (x + wide / 2 - 1.0, high + 3.0, z), (0.7, 2.4, 0.9), soft=0.02)
    columns, rows = round(wide / 2.6), round(high / 3.1)
    for i in range(columns):
        for j in range(rows):
            wx, wy = x - wide / 2 + wide * (i + 0.5) / columns, 1.6 + 3.05 * j
            part.block(GLASS, (wx, wy, z + deep / 2 + 0.01), (1.0, 1.6, 0.06), soft=0.0)
            part.block(
                WHITE, (wx, wy, z + deep / 2 + 0.04), (0.07, 1.6, 0.06), soft=0.0
            )
            for side in (-1, 1):
                part.block(
                    STONE,
                    (wx + side * 0.6, wy, z + deep / 2 + 0.03),
                    (0.2, 1.8, 0.1),
                    soft=0.0,
                )
            part.block(
                STONE, (wx, wy + 0.95, z + deep / 2 + 0.05), (1.5, 0.22, 0.14), soft=0.0
            )
            part.block(
                STONE, (wx, wy - 0.88, z + deep / 2 + 0.06), (1.4, 0.14, 0.2), soft=0.0
            )
