"""Where people stand: the driver's platform with its levers, ladders, the deck above."""

from __future__ import annotations

import itertools

import numpy as np
from kit.solids import Part

from marteau import figures as f
from marteau.finishes import CAST, PAINTED, STEEL, WOOD

_RAIL = 1.08  # a handrail's height: a man's hip
_BAR = 0.024


def deck() -> Part:
    """Return the gallery round the cylinder's foot."""
    part = Part("deck")
    y = f.TABLE_TOP + 0.05
    x, z, hole = 3.35, 2.65, 1.35
    for row in np.arange(-z + 0.13, z, 0.265):
        pieces = (
            [(-x, x)] if abs(row) > hole + 0.1 else [(-x, -hole - 0.1), (hole + 0.1, x)]
        )
        for a, b in pieces:
            part.block(WOOD, ((a + b) / 2, y, row), (b - a, 0.07, 0.25), soft=0)
    for along in np.linspace(-x + 0.3, x - 0.3, 5):
        part.block(PAINTED, (along, y - 0.10, 0), (0.12, 0.14, 2 * z), soft=0.01)
    for front in (-1, 1):
        for along in (-2.4, -0.8, 0.8, 2.4):
            part.beam(
                PAINTED,
                (along * 0.9, y - 1.15, front * 1.72),
                (along, y - 0.16, front * (z - 0.15)),
                (0.09, 0.09),
            )
    corners = [(-x, -z), (x, -z), (x, z), (-x, z), (-x, -z)]
    _railing(part, y, [(a * 0.985, b * 0.985) for a, b in corners])
    return part


def _railing(part: Part, y: float, corners: list[tuple[float, float]]) -> None:
    """Fence a polygon (x, z) with posts and three rails."""
    for (x0, z0), (x1, z1) in itertools.pairwise(corners):
        for height in (0.36, 0.72, _RAIL):
            bar = _BAR if height == _RAIL else _BAR * 0.7
            part.pipe(PAINTED, [(x0, y + height, z0), (x1, y + height, z1)], bar, 6)
        posts = max(1, round(float(np.hypot(x1 - x0, z1 - z0)) / 1.15))
        for t in np.arange(posts) / posts:
            px, pz = x0 + (x1 - x0) * t, z0 + (z1 - z0) * t
            part.pipe(PAINTED, [(px, y, pz), (px, y + _RAIL, pz)], _BAR, 6)


def ladders() -> Part:
    """Return the ladders: ground to deck behind the left legs, deck to the cover."""
    part = Part("ladders")
    xo = f.leg_outer_x
    _ladder(
        part,
        (-xo(0) - 0.75, f.PLINTH_TOP, 0.0),
        (-3.2, f.TABLE_TOP + 1.0, 0.0),
        (0, 0, 1),
    )
    _ladder(
        part,
        (-1.42, f.TABLE_TOP + 0.1, 0.0),
        (-1.42, f.CYLINDER_TOP + 0.95, 0.0),
        (0, 0, 1),
    )
    return part


def _ladder(
    part: Part,
    foot: tuple[float, float, float],
    head: tuple[float, float, float],
    side: tuple[float, float, float],
) -> None:
    a, b, s = (np.asarray(v, float) for v in (foot, head, side))
    for sign in (-0.22, 0.22):
        part.beam(PAINTED, a + s * sign, b + s * sign, (0.07, 0.025), side=side, soft=0)
    length = float(np.linalg.norm(b - a))
    for t in np.arange(0.25, length - 0.1, 0.30) / length:
        middle = a + (b - a) * t
        part.pipe(PAINTED, [middle - s * 0.22, middle + s * 0.22], 0.014, 5)


def platform() -> Part:
    """Return the driver's platform on the front right leg, with levers and rods."""
    part = Part("platform")
    y = 3.35
    x0, x1, z0, z1 = 2.75, 4.65, 2.25, 3.75
    for row in np.arange(z0 + 0.12, z1, 0.25):
        part.block(WOOD, ((x0 + x1) / 2, y, row), (x1 - x0, 0.06, 0.235), soft=0)
    for x in (3.15, 4.20):
        part.block(
            PAINTED,
            (x, y - 0.09, (z0 + z1) / 2 - 0.15),
            (0.10, 0.12, z1 - z0 + 0.3),
            soft=0.01,
        )
        part.beam(
            PAINTED,
            (x, y - 1.35, 2.22),
            (x, y - 0.14, z1 - 0.15),
            (0.09, 0.09),
            side=(1.0, 0.0, 0.0),
        )
    _railing(part, y + 0.03, [(x0, z0 + 0.3), (x0, z1), (x1, z1), (x1, z0 + 0.3)])
    _ladder(part, (x1 + 0.55, f.PLINTH_TOP, 2.9), (x1 + 0.02, y + 1.0, 2.9), (0, 0, 1))
    for i, x in enumerate((3.35, 3.65, 3.95)):
        _lever(part, x, y, 0.18 * (i - 1))
    return part


def _lever(part: Part, x: float, y: float, lean: float) -> None:
    """Raise a lever on its stand; its rod runs up along the leg to the valves."""
    stand, z = y + 0.75, 2.72
    part.beam(CAST, (x, y, z), (x, stand, z), (0.10, 0.16), soft=0.02)
    part.turned(
        STEEL,
        (x - 0.07, stand, z),
        [(0.09, 0), (0.09, 0.14), (0, 0.14)],
        sides=12,
        axis=(1, 0, 0),
    )
    part.pipe(
        STEEL, [(x, stand - 0.3, z - 0.1), (x, stand + 0.62, z + 0.18 + lean)], 0.022, 8
    )
    part.turned(
        CAST,
        (x, stand + 0.58, z + 0.165 + lean),
        [(0, 0), (0.04, 0.02), (0.04, 0.14), (0, 0.17)],
        sides=10,
        axis=(0, 0.95, 0.28),
    )
    part.pipe(
        STEEL,
        [
            (x, stand - 0.3, z - 0.1),
            (x * 0.45 + 1.05, f.LEGS_TOP - 0.6, 2.15),
            (x * 0.3 + 1.3, f.TABLE_TOP + 2.2, 1.9),
            (x * 0.3 + 1.3, f.TABLE_TOP + 4.0, 0.42),
        ],
        0.024,
        6,
    )
