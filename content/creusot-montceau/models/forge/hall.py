"""The forge hall: brick walls, tall windows, iron trusses, furnaces, cranes."""

from __future__ import annotations

import numpy as np
from kit import arches, groups
from kit.canvas import Finish
from kit.solids import Part

from forge import figures as f

BRICK = Finish("brick", 1.92)
IRON = Finish("iron", 1.5)
PLANKS = Finish("planks", 2.0)
FLOOR = Finish("floor", 4.0)
STONE = Finish("stone", 1.4)
DAYLIGHT = Finish("daylight", 1.0)
HOT = Finish("red heat", 1.0)

BILLET = ((0.0, 1.80, 0.1), 0.36)
"""Middle of the red-hot forging on the anvil, and its radius."""


def parts() -> list[Part]:
    """Return the hall and what is in it."""
    return [_floor(), _walls(), _roof(), _furnaces(), _cranes(), _forging()]


def _floor() -> Part:
    part = Part("floor")
    w, (z0, z1) = f.HALL_HALF_WIDTH, f.HALL_Z
    x, z = np.meshgrid(np.linspace(-w, w, 43), np.linspace(z0, z1, 61))
    away = np.hypot(x, z)
    y = 0.03 * np.sin(0.8 * x) * np.sin(0.6 * z + 1) * np.clip((away - 7) / 3, 0, 1)
    points = np.stack([x, y, z], -1)
    normals = np.broadcast_to([0.0, 1.0, 0.0], points.shape)
    part.chart(FLOOR, points, normals, np.stack([x, z], -1))
    for k in range(26):  # iron plates to walk on and to roll forgings over
        px, pz = -6.5 + 2.6 * (k % 6), 5.2 + 2.1 * (k // 6)
        turn = part.random.uniform(-0.03, 0.03)
        part.beam(
            IRON,
            (px - 1.25, 0.035, pz + turn),
            (px + 1.25, 0.035, pz - turn),
            (2.0, 0.05),
            side=(0.0, 1.0, 0.0),
            soft=0.012,
        )
    return part


def _walls() -> Part:
    """Return the brick walls, a tall window in each bay."""
    part = Part("walls")
    part.grain = 2.5
    w, (z0, z1) = f.HALL_HALF_WIDTH, f.HALL_Z
    bay = Part("bay")
    bay.grain = 2.0
    _bay(bay)
    for k in range(round((z1 - z0) / f.BAY)):
        z = z0 + f.BAY * (k + 0.5)
        groups.add(part, bay, turned_deg=90, moved=(-w, 0, z))
        groups.add(part, bay, turned_deg=-90, moved=(w, 0, z))
    for k in range(round(2 * w / f.BAY)):
        groups.add(part, bay, moved=(-w + f.BAY * (k + 0.5), 0, z0))
        groups.add(part, bay, turned_deg=180, moved=(-w + f.BAY * (k + 0.5), 0, z1))
    for z in (z0, z1):
        part.frustum(
            BRICK,
            (-w, w, z - 0.3, z + 0.3, f.EAVES),
            (-0.6, 0.6, z - 0.3, z + 0.3, f.RIDGE),
            soft=0.0,
        )
    return part


def _bay(piece: Part) -> None:
    """Draw one bay of wall about the origin, seen from +Z."""
    half, sill, head = 1.5, 4.2, 13.6
    side = f.BAY / 2 - half
    for sign in (-1, 1):
        piece.block(
            BRICK,
            (sign * (half + side / 2), f.EAVES / 2, 0),
            (side, f.EAVES, 0.6),
            soft=0.0,
        )
        piece.block(
            BRICK, (sign * f.BAY / 2, f.EAVES / 2, 0.42), (0.85, f.EAVES, 0.5), soft=0.0
        )
    piece.block(BRICK, (0, sill / 2, 0), (2 * half, sill, 0.6), soft=0.0)
    top = head + half
    piece.block(
        BRICK, (0, (top + f.EAVES) / 2, 0), (2 * half, f.EAVES - top, 0.6), soft=0.0
    )
    for sign in (-1, 1):  # spandrels, stepped behind the arch
        for k in range(4):
            piece.block(
                BRICK,
                (sign * (half - 0.12 - 0.1 * k), head + 0.55 + 0.27 * k, 0),
                (0.3 + 0.30 * k, 0.9, 0.6),
                soft=0.0,
            )
    arches.arch(piece, STONE, (0, head, 0.1), (half - 0.05, half + 0.3), 0.62)
    piece.block(STONE, (0, sill, 0.1), (2 * half + 0.5, 0.24, 0.8), soft=0.0)
    piece.block(
        DAYLIGHT, (0, (sill + head) / 2, -0.22), (2 * half, head - sill, 0.04), soft=0.0
    )
    arches.disc(piece, DAYLIGHT, (0, head, -0.20), half, spread_deg=180)
    for k in range(-2, 3):
        piece.block(
            IRON,
            (half * k / 2.5, (sill + head + 1.2) / 2, -0.12),
            (0.06, head + 1.2 - sill, 0.06),
            soft=0.0,
        )
    for y in np.arange(sill + 1.0, head + 1.2, 1.0):
        piece.block(IRON, (0, y, -0.12), (2 * half, 0.06, 0.06), soft=0.0)


def _roof() -> Part:
    """Return trusses, purlins, boards, and a glazed lantern along the ridge."""
    part = Part("roof")
    part.grain = 4.0
    w, (z0, z1) = f.HALL_HALF_WIDTH, f.HALL_Z
    truss = Part("truss")
    truss.grain = 4.0
    _truss(truss)
    for k in range(round((z1 - z0) / f.BAY) + 1):
        groups.add(part, truss, moved=(0, 0, z0 + f.BAY * k))
    rise = f.RIDGE - f.EAVES
    middle = (z0 + z1) / 2
    for side in (-1, 1):
        for t in np.linspace(0.02, 0.93, 9):
            x, y = side * w * (1 - t), f.EAVES + rise * t + 0.2
            part.block(IRON, (x, y, middle), (0.16, 0.24, z1 - z0), soft=0.0)
        up = np.array([side * rise, w, 0.0])
        part.beam(
            PLANKS,
            (side * (w + 0.6), f.EAVES + 0.15, middle),
            (side * 2.2, f.RIDGE - 0.36, middle),
            (z1 - z0 + 1, 0.08),
            side=tuple(up / np.linalg.norm(up)),
            soft=0.0,
        )
        part.block(
            DAYLIGHT,
            (side * 2.15, f.RIDGE + 0.55, middle),
            (0.05, 1.2, z1 - z0 - 4),
            soft=0.0,
        )
        part.beam(
            PLANKS,
            (side * 2.7, f.RIDGE + 1.1, middle),
            (0, f.RIDGE + 1.75, middle),
            (z1 - z0 - 3, 0.08),
            side=(0.0, 1.0, 0.0),
            soft=0.0,
        )
        for z in np.arange(z0 + 2, z1 - 2, 1.5):
            part.block(
                IRON, (side * 2.1, f.RIDGE + 0.55, z), (0.08, 1.2, 0.08), soft=0.0
            )
    return part


def _truss(piece: Part) -> None:
    """Draw a truss in the way of Polonceau: two trussed rafters and a raised tie."""
    w = f.HALL_HALF_WIDTH
    rise = f.RIDGE - f.EAVES
    for side in (-1, 1):
        foot, head = np.array([side * w, f.EAVES, 0]), np.array([0.0, f.RIDGE, 0])
        piece.beam(IRON, foot, head, (0.34, 0.30), soft=0.0)
        out = np.array([-side * rise, -w, 0.0]) / np.hypot(rise, w)
        joints = [foot + (head - foot) * t for t in (0.25, 0.5, 0.75)]
        lows = [joints[0] + out * 1.3, joints[1] + out * 2.6, joints[2] + out * 1.3]
        for top, low in zip(joints, lows, strict=True):
            piece.beam(IRON, top, low, (0.18, 0.18), soft=0.0)
        for a, b in (
            (foot, lows[1]),
            (lows[1], head),
            (lows[0], joints[1]),
            (lows[2], joints[1]),
        ):
            piece.pipe(IRON, [a, b], 0.055, 8)
        piece.pipe(IRON, [lows[1], [0.0, lows[1][1], 0.0]], 0.055, 8)
        piece.beam(
            IRON,
            (side * (w - 0.15), 0, 0),
            (side * (w - 0.15), f.EAVES, 0),
            (0.5, 0.44),
            soft=0.0,
        )
        piece.beam(
            IRON,
            (side * (w - 0.4), f.EAVES - 3.0, 0),
            foot + (head - foot) * 0.14,
            (0.2, 0.16),
            soft=0.0,
        )
        for y in (13.2,):
            piece.block(IRON, (side * (w - 0.75), y, 0), (1.3, 0.5, 0.4), soft=0.0)
            piece.block(
                IRON, (side * (w - 1.25), y + 0.45, 3.0), (0.36, 0.6, f.BAY), soft=0.0
            )


def _furnaces() -> Part:
    """Return the reheating furnaces along the back wall, their doors aglow."""
    part = Part("furnaces")
    for x in (-14.0, -5.0, 6.3):
        _furnace(part, x, -19.5)
    return part


def _furnace(part: Part, x: float, z: float) -> None:
    part.block(BRICK, (x, 2.2, z - 2.2), (6.2, 4.4, 4.4), soft=0.05)
    part.block(STONE, (x, 4.5, z - 2.2), (6.5, 0.3, 4.7), soft=0.04)
    for dx in (-2.9, -1.15, 1.15, 2.9):
        part.block(IRON, (x + dx, 2.3, z + 0.08), (0.2, 4.6, 0.22), soft=0.0)
    for y in (0.6, 3.7):
        part.block(IRON, (x, y, z + 0.12), (6.3, 0.18, 0.10), soft=0.0)
    part.block(HOT, (x, 1.7, z + 0.03), (1.9, 1.5, 0.10), soft=0.0)
    arches.disc(part, HOT, (x, 2.45, z + 0.082), 0.95, spread_deg=180)
    arches.arch(part, STONE, (x, 2.45, z + 0.1), (0.93, 1.25), 0.4)
    for side in (-1, 1):
        part.block(STONE, (x + side * 1.1, 1.7, z + 0.1), (0.30, 1.5, 0.4), soft=0.02)
    part.block(IRON, (x, 3.35, z + 0.24), (2.1, 1.3, 0.10), soft=0.02)
    part.pipe(IRON, [(x - 0.6, 4.0, z + 0.24), (x - 0.6, 7.2, z - 0.2)], 0.03, 6)
    part.turned(BRICK, (x + 1.6, 4.6, z - 3.2), [(0.95, 0), (0.85, 18.5)], sides=20)


def _cranes() -> Part:
    """Return two of the jib cranes that served the hammer."""
    part = Part("cranes")
    for side in (-1, 1):
        x, z = side * 10.6, -6.5
        part.turned(
            IRON,
            (x, 0, z),
            [
                (1.1, 0),
                (1.1, 0.35),
                (0.55, 0.5),
                (0.50, 1.2),
                (0.44, 12.6),
                (0.3, 12.8),
                (0.0, 12.85),
            ],
            sides=20,
        )
        tip = np.array([side * 2.9, 9.9, 3.6])
        root = np.array([x, 4.6, z])
        head = np.array([x, 12.2, z])
        for dz in (-0.3, 0.3):
            part.beam(
                IRON,
                root + [0, 0, dz],
                tip + [0, -0.1, dz * 0.4],
                (0.26, 0.3),
                soft=0.0,
            )
            part.beam(
                IRON,
                head + [0, 0, dz],
                tip + [0, 0.25, dz * 0.4],
                (0.12, 0.16),
                soft=0.0,
            )
        for t in np.linspace(0.2, 0.85, 5):
            a, b = root + (tip - root) * t, head + (tip - head) * t
            part.beam(IRON, a, b, (0.12, 0.12), soft=0.0)
        part.turned(
            IRON,
            tip + [0, -0.1, -0.25],
            [(0.0, 0), (0.45, 0), (0.45, 0.5), (0.0, 0.5)],
            sides=18,
            axis=(0.0, 0.0, 1.0),
        )
        if side > 0:
            hook = np.array([tip[0], 2.6, tip[2]])
            part.pipe(IRON, [tip, hook + [0, 0.6, 0]], 0.035, 6)
            part.block(IRON, hook + [0, 0.3, 0], (0.5, 0.7, 0.3), soft=0.03)
    return part


def _forging() -> Part:
    """Return the shaft on the anvil, red at its end, hung by the middle from a crane."""
    part = Part("forging")
    (x, y, z), r = BILLET
    along = np.array([2.9, 0.0, 3.5])
    along = along / np.linalg.norm(along)
    middle = np.array([x, y, z])
    part.turned(
        HOT,
        middle - along * 0.9,
        [(0.0, 0), (r * 0.9, 0.0), (r, 0.08), (r, 1.9), (r * 0.95, 2.1)],
        sides=28,
        axis=tuple(along),
    )
    part.turned(
        IRON,
        middle + along * 1.15,
        [(r * 0.97, 0), (r * 0.9, 0.5), (r * 0.6, 0.7), (r * 0.55, 4.6), (0.0, 4.62)],
        sides=24,
        axis=tuple(along),
    )
    sling = middle + along * 4.4
    part.pipe(
        IRON,
        [sling + [0.0, -0.25, 0.0], sling + [-0.22, 0.2, 0.18], [2.9, 2.65, 3.6]],
        0.04,
        6,
    )
    part.pipe(
        IRON,
        [sling + [0.0, -0.25, 0.0], sling + [0.22, 0.2, -0.18], [2.9, 2.65, 3.6]],
        0.04,
        6,
    )
    for k in range(3):
        end = middle + along * (5.0 + 0.12 * k)
        across = np.array([along[2], 0, -along[0]])
        part.pipe(IRON, [end - across * 0.9, end + across * 0.9], 0.035, 8)
    return part
