"""One cone: base, wall, openings, cornice, lantern; then what tells it from the other."""

from __future__ import annotations

import itertools

import numpy as np
from kit import arches, groups
from kit.canvas import Finish
from kit.solids import Part

from cones import figures as f

RENDER = Finish("render", 3.0)
STONE = Finish("stone", 1.4)
ASHLAR = Finish("ashlar", 3.0)
SLATE = Finish("slate", 2.0)
WOOD = Finish("doors", 2.0)
GLASS = Finish("glass", 1.0)
LEAD = Finish("lead", 1.5)
GILT = Finish("gilding", 1.0)

_STRINGS = (4.6, 8.4, 11.7)
"""Heights of the stone courses that ring the wall."""


def chapel() -> Part:
    """Return the cone that holds the chapel: lancets of stained glass, a cross."""
    part = Part("chapel")
    _shell(part)
    groups.add(part, _portal(), moved=(0, 0, 0))
    for turned in (72, 144, 216, 288):
        groups.add(part, _lancet(), turned_deg=turned)
    for turned in (0, 60, 120, 180, 240, 300):
        groups.add(part, _eye(), turned_deg=turned)
    _lantern(part)
    y = f.DOME_TOP
    part.block(GILT, (0, y + 0.72, 0), (0.11, 1.3, 0.11), soft=0.012)
    part.block(GILT, (0, y + 0.92, 0), (0.74, 0.11, 0.11), soft=0.012)
    return part


def theatre() -> Part:
    """Return the cone that holds the theatre: tall windows, garlands, a lyre's ball."""
    part = Part("theatre")
    _shell(part)
    groups.add(part, _portal())
    for turned in (60, 120, 180, 240, 300):
        groups.add(part, _tall_window(), turned_deg=turned)
    for turned in (0, 45, 90, 135, 180, 225, 270, 315):
        groups.add(part, _eye(), turned_deg=turned)
    _lantern(part)
    y = f.DOME_TOP
    part.turned(
        GILT,
        (0, y, 0),
        [
            (0.0, 0.1),
            (0.12, 0.12),
            (0.26, 0.28),
            (0.32, 0.48),
            (0.26, 0.68),
            (0.12, 0.82),
            (0.05, 0.88),
            (0.03, 1.3),
            (0.0, 1.35),
        ],
        sides=20,
    )
    return part


def moved(part: Part, x: float) -> Part:
    """Return a cone set down beside the axis."""
    there = Part(part.name)
    groups.add(there, part, moved=(x, 0, 0))
    return there


def _shell(part: Part) -> None:
    """Build base, wall, string courses and cornice."""
    part.grain = 1.3
    _base(part)
    _wall(part)
    _quoins(part)
    _cornice(part)


def _base(part: Part) -> None:
    """Lay two rings of steps and a low wall of dressed stone."""
    radius, high = f.PLINTH
    part.turned(
        STONE,
        (0, 0, 0),
        [
            (radius + 0.75, 0),
            (radius + 0.75, 0.16),
            (radius + 0.70, 0.18),
            (radius + 0.42, 0.18),
            (radius + 0.42, 0.34),
            (radius + 0.37, 0.36),
            (radius, 0.36),
        ],
        sides=56,
    )
    part.turned(
        ASHLAR,
        (0, 0.36, 0),
        [(radius, 0), (radius, high - 0.14), (radius - 0.1, high - 0.02), (5.9, high)],
        sides=56,
    )


def _wall(part: Part) -> None:
    """Raise the rendered wall, ringed by string courses."""
    levels = [f.PLINTH[1] + 0.34, *_STRINGS, f.WALL_TOP]
    for low, top in itertools.pairwise(levels):
        part.turned(
            RENDER,
            (0, low, 0),
            [
                (f.wall_radius(low), 0),
                (f.wall_radius((low + top) / 2), (top - low) / 2),
                (f.wall_radius(top), top - low),
            ],
            sides=56,
        )
    for level in _STRINGS:
        r = f.wall_radius(level)
        part.turned(
            STONE,
            (0, level - 0.16, 0),
            [
                (r - 0.02, 0),
                (r + 0.07, 0.03),
                (r + 0.07, 0.12),
                (r + 0.13, 0.17),
                (r + 0.13, 0.27),
                (r - 0.05, 0.34),
            ],
            sides=56,
        )


def _cornice(part: Part) -> None:
    """Crown the wall with a moulded cornice on small corbels."""
    r = f.HEAD_RADIUS
    part.turned(
        STONE,
        (0, f.WALL_TOP - 0.25, 0),
        [
            (r + 0.03, 0),
            (r + 0.12, 0.05),
            (r + 0.12, 0.25),
            (r + 0.22, 0.32),
            (r + 0.36, 0.42),
            (r + 0.46, 0.44),
            (r + 0.46, 0.58),
            (r + 0.40, 0.64),
            (f.LANTERN_RADIUS, 0.92),
        ],
        sides=48,
    )
    for k in range(28):
        angle = 2 * np.pi * k / 28
        out = np.array([np.cos(angle), 0, np.sin(angle)])
        part.beam(
            STONE,
            out * (r + 0.17) + [0, f.WALL_TOP - 0.02, 0],
            out * (r + 0.17) + [0, f.WALL_TOP + 0.16, 0],
            (0.16, 0.26),
            side=tuple(out),
            soft=0.0,
        )


def _quoins(part: Part) -> None:
    """Lay ribs of stone up the wall, in long and short blocks."""
    piece = Part("rib")
    piece.grain = 1.3
    low = f.PLINTH[1] + 0.40
    rise = 0.38
    count = int((f.WALL_TOP - 0.5 - low) / rise)
    for k in range(count):
        y = low + rise * (k + 0.5)
        wide = (0.62 if k % 2 else 0.44) * (1 - 0.35 * k / count)
        slope = (f.FOOT_RADIUS - f.HEAD_RADIUS) / (f.WALL_TOP - f.PLINTH[1])
        r = f.wall_radius(y)
        piece.beam(
            STONE,
            (0, y - rise / 2 + 0.01, r + slope * (rise / 2)),
            (0, y + rise / 2 - 0.01, r - slope * (rise / 2)),
            (wide, 0.13),
            soft=0.0,
        )
    for k in range(6):
        groups.add(part, piece, turned_deg=30 + 60 * k)


def _portal() -> Part:
    """Return the doorway: steps, pilasters, entablature, pediment, arched door."""
    piece = Part("portal")
    z = f.FOOT_RADIUS + 0.42
    for k, deep in enumerate((1.5, 1.1, 0.7)):
        piece.block(
            STONE,
            (0, 0.15 + 0.30 * k, z + deep / 2 - 0.2),
            (3.6 - 0.3 * k, 0.30, deep + 0.6),
            soft=0.025,
        )
    base = 0.90
    piece.block(ASHLAR, (-1.19, base + 1.85, z - 0.35), (0.62, 3.7, 1.5), soft=0.02)
    piece.block(ASHLAR, (1.19, base + 1.85, z - 0.35), (0.62, 3.7, 1.5), soft=0.02)
    arches.arch(piece, STONE, (0, base + 2.55, z + 0.02), (0.86, 1.16), 0.9)
    piece.block(ASHLAR, (0, base + 3.72, z - 0.35), (3.0, 0.30, 1.5), soft=0.02)
    for side in (-1, 1):  # spandrels beside the arch
        piece.block(
            ASHLAR, (side * 1.02, base + 3.22, z - 0.30), (0.36, 0.9, 1.35), soft=0.01
        )
    _door(piece, base, z)
    _entablature(piece, base, z)
    return piece


def _door(piece: Part, base: float, z: float) -> None:
    """Hang two panelled leaves under a fanlight, between pilasters."""
    arches.disc(piece, GLASS, (0, base + 2.55, z + 0.02), 0.88, spread_deg=180)
    for k in range(-2, 3):
        angle = k * np.pi / 6
        piece.beam(
            WOOD,
            (0, base + 2.55, z + 0.05),
            (0.86 * np.sin(angle), base + 2.55 + 0.86 * np.cos(angle), z + 0.05),
            (0.05, 0.05),
            soft=0.0,
        )
    for side in (-1, 1):
        piece.block(
            WOOD, (side * 0.43, base + 1.25, z + 0.02), (0.84, 2.5, 0.09), soft=0.012
        )
        for y in (0.62, 1.75):
            piece.block(
                WOOD, (side * 0.43, base + y, z + 0.075), (0.56, 0.85, 0.05), soft=0.015
            )
        piece.turned(
            GILT,
            (side * 0.08, base + 1.18, z + 0.10),
            [(0.035, 0), (0.05, 0.02), (0.0, 0.05)],
            sides=10,
            axis=(0, 0, 1),
        )
        piece.block(
            STONE, (side * 1.28, base + 0.16, z + 0.44), (0.50, 0.32, 0.22), soft=0.015
        )
        piece.block(
            STONE, (side * 1.28, base + 1.92, z + 0.43), (0.40, 3.2, 0.16), soft=0.015
        )
        piece.block(
            STONE, (side * 1.28, base + 3.58, z + 0.45), (0.54, 0.22, 0.26), soft=0.02
        )
    piece.block(WOOD, (0, base + 2.52, z + 0.05), (1.74, 0.10, 0.14), soft=0.01)


def _entablature(piece: Part, base: float, z: float) -> None:
    """Lay architrave, cornice and pediment over the door, and its keystone."""
    piece.block(STONE, (0, base + 3.86, z + 0.05), (3.2, 0.34, 0.98), soft=0.02)
    piece.block(STONE, (0, base + 4.10, z + 0.02), (3.5, 0.16, 1.22), soft=0.02)
    arches.pediment(piece, STONE, (0, base + 4.16, z + 0.02), (3.45, 0.98, 1.15))
    piece.turned(
        STONE,
        (0, base + 4.52, z + 0.40),
        [(0.30, 0), (0.30, 0.10), (0.22, 0.14), (0.0, 0.15)],
        sides=24,
        axis=(0, 0, 1),
    )
    arches.arch(
        piece,
        STONE,
        (0, base + 3.66, z + 0.30),
        (-0.12, 0.16),
        0.5,
        spread_deg=120,
        soft=0.01,
    )


def _leaning(height: float) -> tuple[float, float]:
    """Return the wall's radius at a height, and how it leans, degrees."""
    slope = (f.FOOT_RADIUS - f.HEAD_RADIUS) / (f.WALL_TOP - f.PLINTH[1])
    return f.wall_radius(height), float(np.degrees(np.arctan(slope)))


def _on_wall(piece: Part, height: float) -> Part:
    """Return a piece drawn about (0, 0, 0) laid against the leaning wall."""
    radius, lean = _leaning(height)
    there = Part(piece.name)
    groups.add(there, piece, leaning_deg=lean, moved=(0, height, radius))
    return there


def _eye() -> Part:
    """Return a round window in its moulded ring."""
    piece = Part("eye")
    arches.arch(piece, STONE, (0, 0, 0.04), (0.40, 0.58), 0.22, spread_deg=359.9)
    arches.disc(piece, GLASS, (0, 0, 0.02), 0.42)
    for turned in (0, 1):
        size = (0.82, 0.035, 0.05) if turned else (0.035, 0.82, 0.05)
        piece.block(LEAD, (0, 0, 0.04), size, soft=0.0)
    piece.block(STONE, (0, 0.64, 0.06), (0.20, 0.26, 0.26), soft=0.015)
    return _on_wall(piece, 10.05)


def _lancet() -> Part:
    """Return a tall arched window of leaded glass."""
    return _on_wall(_opening(0.50, 2.5, leads=5), 1.6)


def _tall_window() -> Part:
    """Return a wide arched window of large panes."""
    return _on_wall(_opening(0.78, 2.1, leads=3), 1.9)


def _opening(half: float, high: float, *, leads: int) -> Part:
    """Return an arched window on its sill; its foot is the origin."""
    piece = Part("window")
    arches.disc(piece, GLASS, (0, high, 0.02), half, spread_deg=180)
    piece.block(GLASS, (0, high / 2, 0.0), (2 * half, high, 0.04), soft=0.0)
    arches.arch(piece, STONE, (0, high, 0.04), (half - 0.02, half + 0.22), 0.24)
    for side in (-1, 1):
        for k in range(6):
            y = high * (k + 0.5) / 6
            wide = 0.30 if k % 2 else 0.22
            piece.block(
                STONE,
                (side * (half + wide / 2 - 0.02), y, 0.04),
                (wide, high / 6 - 0.012, 0.24),
                soft=0.0,
            )
    piece.block(STONE, (0, -0.09, 0.09), (2 * half + 0.66, 0.18, 0.36), soft=0.02)
    piece.block(STONE, (0, high + half + 0.10, 0.08), (0.24, 0.36, 0.30), soft=0.015)
    piece.block(
        LEAD, (0, (high + half) / 2, 0.045), (0.05, high + half, 0.05), soft=0.0
    )
    for k in range(1, leads + 1):
        piece.block(
            LEAD, (0, high * k / leads, 0.04), (2 * half, 0.045, 0.045), soft=0.0
        )
    return piece


def _lantern(part: Part) -> None:
    """Crown the wall with an eight-sided lantern under a slated dome."""
    base, top = f.WALL_TOP + 0.55, f.LANTERN_TOP
    r = f.LANTERN_RADIUS
    part.turned(
        STONE,
        (0, base, 0),
        [(r + 0.10, 0), (r + 0.10, 0.45), (r + 0.02, 0.5), (0.0, 0.52)],
        sides=8,
    )
    part.turned(
        GLASS,
        (0, base + 0.45, 0),
        [(r - 0.28, 0), (r - 0.28, top - base - 0.6)],
        sides=8,
    )
    bay = Part("bay")
    side = r * np.cos(np.pi / 8)
    bay.block(STONE, (-0.50, base + 1.15, side - 0.10), (0.24, 1.5, 0.26), soft=0.012)
    bay.block(STONE, (0.50, base + 1.15, side - 0.10), (0.24, 1.5, 0.26), soft=0.012)
    arches.arch(bay, STONE, (0, base + 1.80, side - 0.10), (0.38, 0.62), 0.26)
    bay.block(STONE, (0, base + 2.43, side - 0.10), (1.22, 0.20, 0.28), soft=0.012)
    for k in range(8):
        groups.add(part, bay, turned_deg=22.5 + 45 * k)
    part.turned(
        STONE,
        (0, top - 0.28, 0),
        [
            (r - 0.1, 0),
            (r + 0.08, 0.04),
            (r + 0.10, 0.14),
            (r + 0.28, 0.22),
            (r + 0.28, 0.32),
            (r + 0.1, 0.36),
        ],
        sides=32,
    )
    _dome(part, top, r)


def _dome(part: Part, top: float, r: float) -> None:
    """Cover the lantern with a slated dome under a leaden finial."""
    profile = [(r + 0.12, 0.06)]
    for k in range(9):
        t = k / 8
        profile.append(
            (
                (r + 0.06) * np.cos(t * np.pi / 2) ** 0.8 + 0.16 * t,
                0.10 + 1.5 * np.sin(t * np.pi / 2),
            )
        )
    part.turned(SLATE, (0, top, 0), profile, sides=32)
    part.turned(
        LEAD,
        (0, top + 1.56, 0),
        [
            (0.24, 0),
            (0.26, 0.06),
            (0.18, 0.12),
            (0.10, 0.2),
            (0.14, 0.28),
            (0.05, 0.4),
            (0.04, 0.46),
            (0.0, 0.47),
        ],
        sides=16,
    )
