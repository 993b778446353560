"""The square of today: lawn, kerbs, ring road, trees, houses far off."""

from __future__ import annotations

import numpy as np
from kit.canvas import Finish
from kit.solids import Part

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


def _planting(count: int = 2600) -> Part:
    """Return the flower beds along the lawn's edge."""
    part = Part("planting")
    for _ in range(count):
        angle = part.random.uniform(0, 2 * np.pi)
        r = f.LAWN_RADIUS - part.random.uniform(0.3, 1.3)
        size = float(part.random.uniform(0.05, 0.125))
        at = (r * np.cos(angle), 0.06 + size * 0.8, r * np.sin(angle))
        _blob(part, FLOWERS if part.random.uniform() < 0.42 else LEAVES, at, size, 6)
    return part


def _trees() -> Part:
    part = Part("trees")
    for k in range(17):
        angle = np.pi * (1.02 + 0.96 * k / 16) + part.random.uniform(-0.03, 0.03)
        r = f.ROAD[1] + 6.5 + part.random.uniform(-1, 3)
        _tree(
            part,
            r * np.cos(angle),
            r * np.sin(angle),
            float(part.random.uniform(8.5, 11.5)),
        )
    for x, z, high in ((-27.0, 8.0, 10.0), (-30.0, 17.0, 11.0), (30.0, -3.0, 10.5)):
        _tree(part, x, z, high)
    return part


def _tree(part: Part, x: float, z: float, high: float) -> None:
    part.turned(
        BARK,
        (x, 0, z),
        [(0.34, 0), (0.24, 0.8), (0.18, high * 0.5), (0.0, high * 0.8)],
        sides=12,
    )
    for _ in range(330):
        out = part.random.normal(0, 1, 3)
        out /= np.linalg.norm(out)
        reach = part.random.uniform(0.5, 1.08)
        at = (
            x + out[0] * reach * high * 0.27,
            high * 0.66 + out[1] * reach * high * 0.30,
            z + out[2] * reach * high * 0.27,
        )
        _blob(part, LEAVES, at, float(part.random.uniform(0.24, 0.62)), 9)


def _blob(
    part: Part, finish: Finish, at: tuple[float, float, float], size: float, cuts: int
) -> None:
    u, v = np.meshgrid(
        np.linspace(0, 2 * np.pi, cuts * 2 + 1), np.linspace(0, np.pi, cuts)
    )
    ball = np.stack([np.sin(v) * np.cos(u), np.cos(v), np.sin(v) * np.sin(u)], -1)
    p = part.random.uniform(0, 2 * np.pi, 3)
    bumps = 1 + np.sin(v) * (
        0.2 * np.sin(4 * u + p[0]) * np.sin(3 * v)
        + 0.16 * np.sin(9 * v + p[1])
        + 0.14 * np.sin(11 * u + p[2])
    )
    points = np.asarray(at) + ball * (bumps * size)[..., None]
    part.chart(finish, points, ball, np.stack([u * size, v * size], -1))


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
