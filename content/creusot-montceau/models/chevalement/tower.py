"""What stands: the collar, the laced tower over the shaft, the two back-stays."""

from __future__ import annotations

import itertools

import numpy as np
from kit.solids import Part

from chevalement import figures as f
from chevalement.steelwork import (
    DARK,
    PAINT,
    STEEL,
    STONE,
    UP,
    WOOD,
    Steelwork,
    angle_iron,
    column,
    girder,
    gusset,
    ladder,
)

_LEVELS = (
    f.COLLAR_TOP + 0.35,
    2.9,
    f.LANDING + 0.1,
    8.2,
    11.2,
    14.2,
    f.TOWER_TOP - 0.35,
)


def collar() -> Part:
    """Return the masonry round the shaft's mouth, and its darkness."""
    part = Part("shaft collar")
    x, z, hole_x, hole_z, top = 3.1, 3.5, 0.95, 1.75, f.COLLAR_TOP
    for x0, x1, z0, z1 in (
        (-x, x, -z, -hole_z),
        (-x, x, hole_z, z),
        (-x, -hole_x, -hole_z, hole_z),
        (hole_x, x, -hole_z, hole_z),
    ):
        columns = max(1, round((x1 - x0) / 1.1))
        rows = max(1, round((z1 - z0) / 1.1))
        for i, j in itertools.product(range(columns), range(rows)):
            sink = float(part.random.uniform(0, 0.014))
            wide, deep = (x1 - x0) / columns, (z1 - z0) / rows
            part.block(
                STONE,
                (x0 + wide * (i + 0.5), (top - sink) / 2, z0 + deep * (j + 0.5)),
                (wide - 0.01, top - sink, deep - 0.01),
                soft=0.018,
            )
    part.block(DARK, (0, 0.03, 0), (2 * hole_x, 0.02, 2 * hole_z), soft=0.0)
    for sign in (-1, 1):
        part.block(WOOD, (sign * 0.97, top + 0.05, 0), (0.16, 0.12, 3.7), soft=0.015)
    return part


def tower() -> Part:
    """Return the four laced legs and the crossed bars that bind them."""
    part = Steelwork("tower")
    x0, z0 = f.half_plan(f.COLLAR_TOP)
    x1, z1 = f.half_plan(f.TOWER_TOP)
    for i, j in itertools.product((-1, 1), (-1, 1)):
        column(
            part,
            (i * x0, f.COLLAR_TOP + 0.05, j * z0),
            (i * x1, f.TOWER_TOP, j * z1),
            wide=0.34,
            deep=0.34,
        )
        part.block(
            PAINT, (i * x0, f.COLLAR_TOP + 0.03, j * z0), (0.72, 0.06, 0.72), soft=0.01
        )
    for low, high in itertools.pairwise(_LEVELS):
        for face in range(4):
            _bay(part, face, low, high)
    return part


def _place(face: int, height: float, along: float) -> np.ndarray:
    """Return a point of one of the tower's faces; along runs from -1 to 1."""
    x, z = f.half_plan(height)
    if face < 2:
        return np.array([along * (x - 0.12), height, (1, -1)[face] * (z + 0.13)])
    return np.array([(1, -1)[face - 2] * (x + 0.13), height, along * (z - 0.12)])


def _bay(part: Part, face: int, low: float, high: float) -> None:
    """Cross a bay of one face, with a level bar at its head and plates at its joints."""
    out = np.array([(0, 0, 1), (0, 0, -1), (1, 0, 0), (-1, 0, 0)][face], float)
    is_door = low < 1 and face < 2  # where people pass under
    up = np.array([0.0, 1, 0])
    for sign in (-1, 1):
        a, b = _place(face, low + 0.1, -sign), _place(face, high - 0.1, sign)
        if is_door:
            a, b = _place(face, high - 1.0, sign), _place(face, high - 0.1, sign * 0.45)
        lift = out * (0.03 if sign > 0 else 0.0)
        angle_iron(part, a + lift, b + lift, 0.085, out, up)
    a, b = _place(face, high, -1), _place(face, high, 1)
    for dy in (-0.09, 0.09):
        angle_iron(part, a + up * dy, b + up * dy, 0.08, out, up * np.sign(-dy))
    for along in (-1, 1):
        gusset(part, _place(face, high, along * 0.94) + out * 0.035, out, 0.44)
    if not is_door:
        middle = _place(face, (low + high) / 2, 0)
        gusset(part, middle + out * 0.045, out, 0.26)


def stays() -> Part:
    """Return the two stays that take the pull of the ropes, and what joins them."""
    part = Steelwork("back-stays")
    ends = [_stay_axis(j) for j in (-1, 1)]
    for foot, head in ends:
        column(part, foot, head, wide=0.62, deep=0.42, belly=0.25)
        part.frustum(
            STONE,
            (foot[0] - 0.75, foot[0] + 0.95, foot[2] - 0.75, foot[2] + 0.75, 0.0),
            (foot[0] - 0.5, foot[0] + 0.6, foot[2] - 0.55, foot[2] + 0.55, 0.62),
            soft=0.03,
        )
    (foot_a, head_a), (foot_b, head_b) = ends
    out = np.cross(head_a - foot_a, [0, 0, 1.0])
    out /= np.linalg.norm(out)
    along = (head_a - foot_a) / np.linalg.norm(head_a - foot_a)
    levels = np.linspace(0.16, 0.94, 6)
    for t in levels:
        a, b = foot_a + (head_a - foot_a) * t, foot_b + (head_b - foot_b) * t
        for shift in (-0.1, 0.1):
            angle_iron(part, a + along * shift, b + along * shift, 0.09, out, along)
    for t0, t1 in itertools.pairwise(levels):
        for sign in (-1, 1):
            p, q = ends[::sign]
            angle_iron(
                part,
                p[0] + (p[1] - p[0]) * t0 + out * 0.02 * sign,
                q[0] + (q[1] - q[0]) * t1 + out * 0.02 * sign,
                0.085,
                out,
                along,
            )
    _tie_stays(part, ends)
    return part


def _stay_axis(side: int) -> tuple[np.ndarray, np.ndarray]:
    x, z = f.half_plan(f.TOWER_TOP)
    foot = np.array([f.STAY_FOOT, 0.55, side * 3.3])
    head = np.array([x + 0.55, f.TOWER_TOP + 0.1, side * (z - 0.05)])
    return foot, head


def _tie_stays(part: Part, ends: list[tuple[np.ndarray, np.ndarray]]) -> None:
    """Bind each stay to the tower at two levels."""
    for side, (foot, head) in zip((-1, 1), ends, strict=True):
        for height in (8.2, 14.2):
            t = (height - foot[1]) / (head[1] - foot[1])
            there = foot + (head - foot) * t
            x, z = f.half_plan(height)
            here = np.array([x, height, side * z])
            for dy in (-0.11, 0.11):
                angle_iron(
                    part,
                    here + UP * dy,
                    there + UP * dy,
                    0.08,
                    (0, 0, side),
                    (0, np.sign(-dy), 0),
                )
            count = max(3, round(float(there[0] - here[0]) / 0.45))
            for k in range(count):
                p = here + (there - here) * k / count
                q = here + (there - here) * (k + 1) / count
                dy = 0.1 if k % 2 else -0.1
                part.beam(
                    PAINT,
                    p + UP * dy,
                    q - UP * dy,
                    (0.045, 0.01),
                    side=(0.0, 0.0, 1.0),
                    soft=0.0,
                )


def guides() -> Part:
    """Return the wooden guides of the two cages, with the beams that carry them."""
    part = Steelwork("cage guides")
    for height in np.arange(2.9, f.TOWER_TOP - 1, 1.9):
        x, z = f.half_plan(height)
        for front in (-1, 0, 1):
            part.beam(
                PAINT,
                (-x, height, front * 1.62),
                (x, height, front * 1.62),
                (0.14, 0.12),
                side=(0.0, 1.0, 0.0),
                soft=0.0,
            )
        for right in (-1, 1):
            part.beam(
                PAINT,
                (right * x, height, -z),
                (right * x, height, z),
                (0.12, 0.14),
                side=(0.0, 1.0, 0.0),
                soft=0.0,
            )
    for cage in (-0.5, 0.5):
        for side in (-1, 1):
            z = cage * f.SHEAVE_SPACING + side * 0.71
            part.beam(
                WOOD, (0, 0.1, z), (0, f.TOWER_TOP - 1.0, z), (0.16, 0.10), soft=0.008
            )
    return part


def ladders() -> Part:
    """Return the ladders up the tower's left side, with their resting stages."""
    part = Steelwork("ladders")
    stages = [f.LANDING, 9.3, 13.4, f.TOWER_TOP + 0.55]
    for k, (low, high) in enumerate(itertools.pairwise(stages)):
        x, _ = f.half_plan(high)
        z = 0.75 if k % 2 else -0.75
        foot = (-f.half_plan(low)[0] - 0.85, low + 0.06, z)
        head = (-x - 0.45, high + (1.0 if k == 2 else 0.25), z)
        ladder(part, foot, head, (0, 0, 1))
    for height in stages[1:-1]:
        x, _ = f.half_plan(height)
        part.block(PAINT, (-x - 0.75, height, 0), (1.1, 0.05, 2.6), soft=0.006)
        for z in (-1.2, 1.2):
            part.beam(
                PAINT,
                (-x - 0.1, height - 1.0, z),
                (-x - 1.2, height - 0.04, z),
                (0.07, 0.05),
                soft=0.0,
            )
        for level in (0.55, 1.05):
            path = [
                (-x - 0.2, height + level, -1.28),
                (-x - 1.28, height + level, -1.28),
                (-x - 1.28, height + level, 1.28),
                (-x - 0.2, height + level, 1.28),
            ]
            part.pipe(PAINT, path, 0.019, 5)
        for z in (-1.28, -0.43, 0.43, 1.28):
            part.pipe(
                PAINT, [(-x - 1.28, height, z), (-x - 1.28, height + 1.05, z)], 0.019, 5
            )
    return part


def shaft_ropes() -> Part:
    """Return the two cages and their ropes: one at the landing, one gone down."""
    part = Steelwork("cages and ropes")
    for cage, bottom in ((0.5, f.LANDING + 0.08), (-0.5, None)):
        z = cage * f.SHEAVE_SPACING
        end = 0.05 if bottom is None else bottom + f.CAGE[1] + 0.75
        part.pipe(STEEL, [(0, end, z), (0, f.AXLE_HEIGHT, z)], 0.022, 6)
        if bottom is not None:
            _cage(part, bottom, z)
    return part


def _cage(part: Part, y: float, z: float) -> None:
    """Hang an open cage: floor, hood, corner irons, flat bars on its sides, chains."""
    w, h, d = f.CAGE
    part.block(PAINT, (0, y + 0.05, z), (w, 0.10, d), soft=0.008)
    part.frustum(
        PAINT,
        (-w / 2 - 0.03, w / 2 + 0.03, z - d / 2 - 0.03, z + d / 2 + 0.03, y + h),
        (-w / 2 + 0.1, w / 2 - 0.1, z - d / 2 + 0.1, z + d / 2 - 0.1, y + h + 0.12),
        soft=0.01,
    )
    for i, j in itertools.product((-1, 1), (-1, 1)):
        foot = np.array([i * (w / 2 - 0.02), y, z + j * (d / 2 - 0.02)])
        angle_iron(part, foot, foot + UP * h, 0.08, (i, 0, 0), (0, 0, -j))
        part.pipe(
            STEEL,
            [(i * 0.45, y + h + 0.1, z + j * 0.5), (0, y + h + 0.72, z)],
            0.014,
            5,
        )
    for j in (-1, 1):
        for k in range(7):
            x = -w / 2 + w * (k + 0.5) / 7
            part.beam(
                PAINT,
                (x, y + 0.1, z + j * d / 2),
                (x, y + h, z + j * d / 2),
                (0.05, 0.008),
                soft=0.0,
            )
    part.turned(
        STEEL, (0, y + h + 0.68, z), [(0.07, 0), (0.09, 0.05), (0.03, 0.3)], sides=10
    )


def landing_girders() -> Part:
    """Return the girders that carry the landing on the tower."""
    part = Steelwork("landing girders")
    x, z = f.half_plan(f.LANDING)
    for front in (-1, 1):
        girder(
            part,
            (-x - 3.6, f.LANDING - 0.24, front * (z + 0.02)),
            (x + 0.35, f.LANDING - 0.24, front * (z + 0.02)),
            0.36,
            0.16,
        )
    for along in (-x - 3.5, -x - 1.75, -x, x):
        girder(
            part, (along, f.LANDING - 0.2, -z), (along, f.LANDING - 0.2, z), 0.28, 0.14
        )
    return part
