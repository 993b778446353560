"""What coal travels on: rails, turn-plate, tub; and the coal itself."""

from __future__ import annotations

import itertools

import numpy as np
from kit.solids import Array, Part

from galerie import figures as f
from galerie.finishes import BOARD, COAL, IRON, RAIL


def track() -> Part:
    """Return rails, sleepers, and the cast turn-plate where the tracks meet."""
    part = Part("track")
    gauge = f.GAUGE / 2
    for low, high in ((f.MAIN[0], -0.82), (0.82, f.MAIN[1])):
        for side in (-1, 1):
            _rail(part, (side * gauge, low), (side * gauge, high))
        for z in np.arange(low + 0.2, high, 0.68):
            _sleeper(part, 0.0, float(z), across_x=True)
    for side in (-1, 1):
        _rail(
            part,
            (0.82, side * gauge),
            (1.6, f.SIDE_AXIS_Z + side * gauge),
        )
        _rail(
            part,
            (1.6, f.SIDE_AXIS_Z + side * gauge),
            (5.7, f.SIDE_AXIS_Z + side * gauge),
        )
    for x in np.arange(1.0, 5.7, 0.68):
        _sleeper(part, float(x), f.SIDE_AXIS_Z * min(1.0, x - 0.8), across_x=False)
    _turn_plate(part)
    return part


def _turn_plate(part: Part) -> None:
    """Lay the studded plate on which a tub is turned by hand."""
    gauge = f.GAUGE / 2
    part.turned(
        IRON,
        (0, 0.03, 0),
        [
            (0.80, 0),
            (0.80, 0.055),
            (0.785, 0.062),
            (0.70, 0.062),
            (0.695, 0.055),
            (0.12, 0.055),
            (0.11, 0.066),
            (0.0, 0.068),
        ],
        sides=72,
    )
    for quarter in range(4):
        c, s = np.cos(quarter * np.pi / 2), np.sin(quarter * np.pi / 2)
        for side in (-1, 1):
            middle = np.array(
                [0.42 * c - side * gauge * s, 0.095, 0.42 * s + side * gauge * c]
            )
            half = np.array([0.22 * c, 0, 0.22 * s])
            part.beam(
                RAIL,
                middle - half,
                middle + half,
                (0.02, 0.035),
                side=(0.0, 1.0, 0.0),
                soft=0.004,
            )
    for k in range(40):  # raised studs
        angle, r = k * 2.399963, 0.12 + 0.50 * np.sqrt((k + 0.5) / 40)
        part.turned(
            IRON,
            (r * np.cos(angle), 0.084, r * np.sin(angle)),
            [(0.018, 0), (0.014, 0.006), (0.0, 0.007)],
            sides=8,
        )


def _rail(part: Part, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Lay a flat-bottomed rail between two points (x, z)."""
    (x0, z0), (x1, z1) = start, end
    for y, wide, deep in (
        (0.060, 0.062, 0.010),
        (0.090, 0.012, 0.052),
        (0.121, 0.034, 0.022),
    ):
        part.beam(
            RAIL,
            (x0, y, z0),
            (x1, y, z1),
            (wide, deep),
            side=(0.0, 1.0, 0.0),
            soft=0.004,
        )


def _sleeper(part: Part, x: float, z: float, *, across_x: bool) -> None:
    turn = part.random.uniform(-0.03, 0.03, 2)
    half = 0.52 + part.random.uniform(-0.04, 0.05)
    a, b = (
        ((x - half, z + turn[0]), (x + half, z + turn[1]))
        if across_x
        else ((x + turn[0], z - half), (x + turn[1], z + half))
    )
    part.beam(
        BOARD,
        (a[0], 0.0, a[1]),
        (b[0], 0.0, b[1]),
        (0.15, 0.11),
        side=(0.0, 1.0, 0.0),
        soft=0.012,
    )


def tub() -> Part:
    """Return the tub in the side heading: riveted iron, heaped with coal."""
    part = Part("tub")
    x, z = f.TUB_X, f.SIDE_AXIS_Z
    low, high = 0.42, 1.06
    part.frustum(
        IRON,
        (x - 0.52, x + 0.52, z - 0.27, z + 0.27, low),
        (x - 0.66, x + 0.66, z - 0.44, z + 0.44, high),
        soft=0.012,
    )
    for level, t in ((high, 0.035), (high - 0.26, 0.016), (low + 0.02, 0.02)):
        s = (level - low) / (high - low)
        wide, deep = 1.04 + 0.28 * s, 0.54 + 0.34 * s
        part.block(IRON, (x, level, z), (wide + 2 * t, 0.045, deep + 2 * t), soft=0.008)
    for end in (-1, 1):
        for across in (-0.2, 0.2):
            part.beam(
                IRON,
                (x + end * 0.535, low, z + across),
                (x + end * 0.67, high, z + across * 1.5),
                (0.05, 0.016),
                side=(float(end), 0.0, 0.0),
                soft=0.004,
            )
        part.beam(
            BOARD,
            (x + end * 0.60, 0.33, z - 0.2),
            (x + end * 0.60, 0.33, z + 0.2),
            (0.10, 0.14),
            side=(0.0, 1.0, 0.0),
            soft=0.012,
        )
        part.pipe(
            RAIL,
            [
                (x + end * 0.66, 0.33, z),
                (x + end * 0.74, 0.33, z),
                (x + end * 0.78, 0.27, z),
            ],
            0.014,
            8,
        )
    for across in (-0.15, 0.15):
        part.beam(
            BOARD,
            (x - 0.62, 0.35, z + across),
            (x + 0.62, 0.35, z + across),
            (0.10, 0.12),
            side=(0.0, 1.0, 0.0),
            soft=0.01,
        )
    for along, side in itertools.product((-0.30, 0.30), (-1, 1)):
        _wheel(part, (x + along, 0.27, z + side * f.GAUGE / 2), side)
    for along in (-0.30, 0.30):
        part.pipe(
            RAIL, [(x + along, 0.27, z - 0.34), (x + along, 0.27, z + 0.34)], 0.025, 10
        )
    return part


def _wheel(part: Part, middle: tuple[float, float, float], side: int) -> None:
    x, y, z = middle
    part.turned(
        RAIL,
        (x, y, z - side * 0.045),
        [
            (0.0, 0),
            (0.165, 0),
            (0.168, 0.012),
            (0.145, 0.022),
            (0.140, 0.075),
            (0.115, 0.078),
            (0.11, 0.045),
            (0.05, 0.045),
            (0.05, 0.085),
            (0.0, 0.09),
        ],
        sides=36,
        axis=(0.0, 0.0, float(side)),
    )


def lumps() -> Part:
    """Return the coal in the tub, and what lies about the floor and the face."""
    part = Part("lumps")
    random = part.random
    for k in range(420):
        u, v = random.uniform(-1, 1, 2)
        heap = 1.00 + 0.26 * (1 - u * u) * (1 - v * v) + random.uniform(-0.05, 0.03)
        _lump(
            part,
            (f.TUB_X + u * 0.60, heap, f.SIDE_AXIS_Z + v * 0.38),
            random.uniform(0.03, 0.085) if k % 9 else 0.11,
        )
    for _ in range(520):
        x = random.uniform(4.2, 6.3)
        z = f.SIDE_AXIS_Z + random.normal(0, 0.55)
        y = 0.02 + 0.5 * np.clip((x - 4.9) / 1.4, 0, 1) ** 1.5 * random.uniform(0, 1)
        _lump(part, (x, y, z), random.uniform(0.025, 0.11))
    for _ in range(900):
        z = random.uniform(-8, 7)
        x = random.choice([-1, 1]) * abs(random.normal(1.05, 0.16))
        if abs(z - f.SIDE_AXIS_Z) < 1.0 and x > 0:
            x = random.uniform(0.9, 2.4)
        _lump(part, (x, 0.03, z), random.uniform(0.012, 0.055))
    return part


_GOLD = (1 + 5**0.5) / 2
_ICOSAHEDRON = np.array(
    [[s * a, t * b, 0] for s in (-1, 1) for t in (-1, 1) for a, b in ((1, _GOLD),)]
    + [[0, s, t * _GOLD] for s in (-1, 1) for t in (-1, 1)]
    + [[s * _GOLD, 0, t] for s in (-1, 1) for t in (-1, 1)]
) / np.hypot(1, _GOLD)


def _sides() -> Array:
    """Return the 20 triangles of the icosahedron: its triples of neighbours."""
    away = np.linalg.norm(_ICOSAHEDRON[:, None] - _ICOSAHEDRON[None], axis=-1)
    near = (away > 0.1) & (away < 1.1)
    return np.array(
        [
            t
            for t in itertools.combinations(range(12), 3)
            if all(near[i, j] for i, j in itertools.combinations(t, 2))
        ]
    )


_TRIANGLES = _sides()


def _lump(part: Part, at: tuple[float, float, float], size: float) -> None:
    """Drop a sharp-edged lump of coal."""
    corners = _ICOSAHEDRON * part.random.uniform(0.62, 1.15, (12, 1))
    corners = corners * part.random.uniform(0.6, 1.1, 3) * size
    turn, _ = np.linalg.qr(part.random.normal(size=(3, 3)))
    faces = (corners @ turn.T + at)[_TRIANGLES]
    normals = np.cross(faces[:, 1] - faces[:, 0], faces[:, 2] - faces[:, 0])
    out = faces.mean(1) - np.asarray(at)
    normals *= np.sign((normals * out).sum(1))[:, None]
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
    flat = faces.reshape(-1, 3)
    part.surface(COAL).add(
        flat,
        np.repeat(normals, 3, 0),
        flat[:, [0, 2]] / 0.4,
        np.arange(60).reshape(-1, 3),
    )
