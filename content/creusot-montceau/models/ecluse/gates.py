"""The two pairs of mitre gates, closed, with balance beams and paddle gear."""

from __future__ import annotations

import numpy as np
from kit import groups
from kit.canvas import Finish
from kit.solids import Part

from ecluse import figures as f

OAK = Finish("timber", 2.0)
PLANKS = Finish("planks", 2.0)
IRON = Finish("iron", 1.5)

_SPAN = f.WIDTH / 2 + 0.12
_ANGLE_DEG = float(np.degrees(np.arctan2(1.0, -f.MITRE)))
_LEAF = float(np.hypot(_SPAN, _SPAN * f.MITRE))


def upper() -> Part:
    """Return the upper pair."""
    return _pair("upper gates", f.UPPER_GATE, f.UPPER_FLOOR)


def lower() -> Part:
    """Return the lower pair, taller by the fall."""
    return _pair("lower gates", f.LOWER_GATE, f.LOWER_FLOOR)


def _pair(name: str, x: float, floor: float) -> Part:
    part = Part(name)
    leaf = _leaf(floor)
    for side in (-1, 1):
        groups.add(part, leaf, turned_deg=side * _ANGLE_DEG, moved=(x, 0, side * _SPAN))
    return part


def _leaf(floor: float) -> Part:
    """Return a leaf: its heel on the origin, its mitre towards +X, its beam towards -X."""
    piece = Part("leaf")
    piece.grain = 2.5
    low, top = floor + 0.12, 0.16
    length = _LEAF - 0.10
    piece.turned(
        OAK,
        (0, low, 0),
        [(0.0, 0), (0.19, 0), (0.19, top - low + 0.5), (0.0, top - low + 0.5)],
        sides=16,
    )
    piece.block(
        OAK, (length - 0.12, (low + top) / 2, 0), (0.26, top - low, 0.30), soft=0.02
    )
    rails = np.linspace(low + 0.14, top - 0.14, max(3, round((top - low) / 0.85) + 1))
    for y in rails:
        piece.block(OAK, (length / 2, y, 0), (length - 0.1, 0.24, 0.26), soft=0.015)
    for face in (-1, 1):
        piece.block(
            PLANKS,
            (length / 2, (low + top) / 2, face * 0.10),
            (length - 0.35, top - low - 0.06, 0.05),
            soft=0.0,
        )
        for y in (rails[0], rails[-1]):
            piece.block(IRON, (0.45, y, face * 0.14), (1.1, 0.09, 0.025), soft=0.0)
            piece.block(
                IRON, (length - 0.35, y, face * 0.14), (0.75, 0.09, 0.025), soft=0.0
            )
        piece.beam(
            OAK,
            (0.25, low + 0.3, face * 0.135),
            (length - 0.3, top - 0.25, face * 0.135),
            (0.16, 0.05),
            soft=0.0,
        )
    _balance_beam(piece, top, length)
    _footboard(piece, top, length)
    _paddle_gear(piece, top, length * 0.52)
    return piece


def _balance_beam(piece: Part, top: float, length: float) -> None:
    """Lay the beam that opens the leaf: cut square at its tail, braced by a rod."""
    piece.frustum(
        OAK,
        (-0.35, length - 0.05, -0.17, 0.17, top + 0.42),
        (-0.35, length - 0.2, -0.15, 0.15, top + 0.76),
        soft=0.03,
    )
    piece.beam(
        OAK,
        (0.1, top + 0.60, 0),
        (-5.4, top + 0.66, 0),
        (0.44, 0.44),
        side=(0.0, 1.0, 0.0),
        soft=0.04,
    )
    piece.beam(
        OAK,
        (-4.1, top + 0.62, 0),
        (-5.42, top + 0.68, 0),
        (0.56, 0.56),
        side=(0.0, 1.0, 0.0),
        soft=0.05,
    )
    piece.beam(
        IRON,
        (length - 0.4, top + 0.05, 0.0),
        (-1.2, top + 0.92, 0.0),
        (0.05, 0.05),
        soft=0.0,
    )


def _footboard(piece: Part, top: float, length: float) -> None:
    """Hang a board to walk on along the leaf, with a handrail."""
    piece.block(
        PLANKS,
        (length / 2 + 0.05, top + 0.02, 0.38),
        (length - 0.3, 0.05, 0.5),
        soft=0.01,
    )
    for x in (0.3, length / 2, length - 0.25):
        piece.block(IRON, (x, top - 0.06, 0.28), (0.05, 0.10, 0.44), soft=0.0)
        piece.pipe(IRON, [(x, top, 0.60), (x, top + 1.0, 0.60)], 0.022, 6)
    piece.pipe(
        IRON, [(0.3, top + 1.0, 0.60), (length - 0.25, top + 1.0, 0.60)], 0.024, 6
    )


def _paddle_gear(piece: Part, top: float, x: float) -> None:
    """Stand a rack between two posts, with its pinion and crank."""
    for dx in (-0.16, 0.16):
        piece.block(IRON, (x + dx, top + 0.98, -0.05), (0.07, 0.95, 0.12), soft=0.008)
    piece.block(IRON, (x, top + 1.44, -0.05), (0.44, 0.08, 0.14), soft=0.008)
    piece.block(IRON, (x, top + 0.9, -0.05), (0.07, 1.5, 0.05), soft=0.0)
    piece.turned(
        IRON,
        (x, top + 1.05, -0.02),
        [(0.0, 0), (0.13, 0), (0.13, 0.08), (0.0, 0.08)],
        sides=14,
        axis=(0.0, 0.0, 1.0),
    )
    piece.pipe(
        IRON,
        [
            (x, top + 1.05, 0.0),
            (x, top + 1.05, 0.24),
            (x + 0.36, top + 1.14, 0.24),
            (x + 0.36, top + 1.14, 0.44),
        ],
        0.022,
        6,
    )
