"""What turns: two sheaves on their girders, the deck round them, the beam on top."""

from __future__ import annotations

import numpy as np
from kit.solids import Array, Part
from kit.stamps import nut

from chevalement import figures as f
from chevalement.steelwork import (
    PAINT,
    PLANKS,
    STEEL,
    Steelwork,
    angle_iron,
    girder,
    railing,
)

_RADIUS = f.SHEAVE_DIAMETER / 2
_AXLE = (_RADIUS, f.AXLE_HEIGHT)
_NUT = nut(0.035)
_SPOKES = 10


def sheaves() -> Part:
    """Return the two sheaves: grooved rim, spokes in pairs, hub, axle, bearings."""
    part = Part("sheaves")
    for side in (-0.5, 0.5):
        _sheave(part, side * f.SHEAVE_SPACING)
    return part


def _sheave(part: Part, z: float) -> None:
    x, y = _AXLE
    r = _RADIUS
    part.turned(
        PAINT,
        (x, y, z - 0.11),
        [
            (r - 0.10, 0.045),
            (r - 0.06, 0.0),
            (r + 0.13, 0.0),
            (r + 0.14, 0.015),
            (r + 0.03, 0.075),
            (r, 0.11),
            (r + 0.03, 0.145),
            (r + 0.14, 0.205),
            (r + 0.13, 0.22),
            (r - 0.06, 0.22),
            (r - 0.10, 0.175),
            (r - 0.10, 0.045),
        ],
        sides=36,
        axis=(0.0, 0.0, 1.0),
    )
    part.turned(
        PAINT,
        (x, y, z - 0.24),
        [
            (0.0, 0),
            (0.20, 0),
            (0.24, 0.03),
            (0.24, 0.15),
            (0.31, 0.17),
            (0.31, 0.31),
            (0.24, 0.33),
            (0.24, 0.45),
            (0.20, 0.48),
            (0.0, 0.48),
        ],
        sides=20,
        axis=(0.0, 0.0, 1.0),
    )
    _spokes(part, np.array([x, y, z]))
    part.pipe(STEEL, [(x, y, z - 0.62), (x, y, z + 0.62)], 0.10, 16)
    for side in (-1, 1):
        _bearing(part, z + side * 0.46)


def _spokes(part: Part, axle: Array) -> None:
    """Join hub and rim by flat spokes in pairs, each pair tied half-way."""
    r = _RADIUS
    for k in range(_SPOKES):
        angle = 2 * np.pi * (k + 0.5) / _SPOKES
        out = np.array([np.cos(angle), np.sin(angle), 0])
        turn = np.array([-np.sin(angle), np.cos(angle), 0])
        for side in (-1, 1):
            part.beam(
                PAINT,
                axle + out * 0.24 + [0, 0, side * 0.15],
                axle + out * (r - 0.07) + [0, 0, side * 0.055],
                (0.085, 0.022),
                side=(0.0, 0.0, 1.0),
                soft=0.004,
            )
        middle = axle + out * (r * 0.55)
        part.beam(
            PAINT,
            middle - turn * 0.02,
            middle + turn * 0.02,
            (0.05, 0.19),
            side=(0.0, 0.0, 1.0),
            soft=0.0,
        )


def _bearing(part: Part, z: float) -> None:
    """Seat the axle in a plummer block."""
    x, y = _AXLE
    part.frustum(
        PAINT,
        (x - 0.42, x + 0.42, z - 0.12, z + 0.12, y - 0.34),
        (x - 0.20, x + 0.20, z - 0.10, z + 0.10, y + 0.02),
        soft=0.015,
    )
    part.turned(
        PAINT,
        (x, y, z - 0.11),
        [(0.0, 0), (0.18, 0), (0.19, 0.02), (0.19, 0.20), (0.18, 0.22), (0.0, 0.22)],
        sides=20,
        axis=(0.0, 0.0, 1.0),
    )
    bolts = np.array([[x + i * 0.33, y - 0.26, z] for i in (-1, 1)])
    part.copies(STEEL, _NUT, bolts, np.tile([0.0, 1.0, 0.0], (2, 1)))


def girders() -> Part:
    """Return the girders that carry the sheaves, and the frame they rest on."""
    part = Steelwork("head girders")
    x, z = f.half_plan(f.TOWER_TOP)
    top = f.TOWER_TOP + 0.36
    for right in (-x - 0.2, x + 0.3):
        girder(
            part,
            (right, f.TOWER_TOP + 0.18, -z - 0.35),
            (right, f.TOWER_TOP + 0.18, z + 0.35),
            0.40,
            0.22,
        )
    low, high = top, f.AXLE_HEIGHT - 0.34
    for side in (-0.5, 0.5):
        for edge in (-1, 1):
            beam_z = side * f.SHEAVE_SPACING + edge * 0.46
            for along in (-x - 0.1, x + 0.2):
                part.beam(
                    PAINT,
                    (along, low - 0.02, beam_z),
                    (along, high - 0.2, beam_z),
                    (0.20, 0.16),
                    soft=0.006,
                )
            for sign in (-1, 1):
                angle_iron(
                    part,
                    (0.05 - sign * x, low + 0.05, beam_z),
                    (0.05 + sign * x, high - 0.3, beam_z),
                    0.08,
                    (0, 0, edge),
                    (0, 1, 0),
                )
            girder(
                part,
                (-x - 0.35, high - 0.19, beam_z),
                (2 * _RADIUS + 0.2, high - 0.19, beam_z),
                0.38,
                0.18,
            )
            angle_iron(
                part,
                (x + 0.42, low - 0.3, beam_z),
                (2 * _RADIUS + 0.05, high - 0.36, beam_z),
                0.10,
                (0, 0, edge),
                (0, 1, 0),
            )
    for along in (-x - 0.35, 2 * _RADIUS + 0.2):
        girder(part, (along, high - 0.19, -1.5), (along, high - 0.19, 1.5), 0.38, 0.18)
    return part


def deck() -> Part:
    """Return the planked deck round the sheaves, fenced."""
    part = Steelwork("sheave deck")
    y = f.AXLE_HEIGHT - 0.30
    x0, x1, z0, z1 = -2.1, 4.0, 1.52, 2.65
    for front in (-1, 1):
        part.block(
            PLANKS,
            ((x0 + x1) / 2, y, front * (z0 + z1) / 2),
            (x1 - x0, 0.05, z1 - z0),
            soft=0.006,
        )
    for a, b in ((x0, -1.62), (3.22, x1)):
        part.block(PLANKS, ((a + b) / 2, y, 0), (b - a, 0.05, 2 * z0), soft=0.006)
    part.block(PLANKS, (_RADIUS, y, 0), (x1 - x0 - 1.4, 0.05, 0.54), soft=0.006)
    for along in np.linspace(x0 + 0.1, x1 - 0.1, 5):
        for front in (-1, 1):
            angle_iron(
                part,
                (along, y - 0.04, front * 1.3),
                (along, y - 0.04, front * z1),
                0.09,
                (0, 1, 0),
                (1, 0, 0),
            )
            part.beam(
                PAINT,
                (along, y - 1.0, front * 1.36),
                (along, y - 0.06, front * (z1 - 0.1)),
                (0.06, 0.04),
                side=(1.0, 0.0, 0.0),
                soft=0.0,
            )
    floor = y + 0.025
    corners = [(x0, floor, z1), (x1, floor, z1), (x1, floor, -z1), (x0, floor, -z1)]
    railing(part, corners)
    railing(part, [(x0, floor, z1), (x0, floor, 0.4)])
    railing(part, [(x0, floor, -0.4), (x0, floor, -z1)])
    return part


def lifting_beam() -> Part:
    """Return the gantry over the sheaves, by which they are changed."""
    part = Steelwork("lifting beam")
    top = f.TOTAL_HEIGHT
    for along in (-0.7, 3.7):
        for front in (-1, 1):
            foot = (along, f.AXLE_HEIGHT - 0.28, front * 1.75)
            head = (along, top - 0.2, front * 0.16)
            part.beam(PAINT, foot, head, (0.14, 0.14), side=(1.0, 0.0, 0.0), soft=0.006)
        for height, reach in ((20.7, 1.06), (21.35, 0.64)):
            angle_iron(
                part,
                (along, height, -reach),
                (along, height, reach),
                0.07,
                (1, 0, 0),
                (0, 1, 0),
            )
    girder(part, (-1.2, top - 0.15, 0), (4.25, top - 0.15, 0), 0.30, 0.15)
    for front in (-1, 1):
        for a, b in ((-0.7, 0.5), (3.7, 2.5)):
            part.beam(
                PAINT,
                (a, top - 1.15, front * 0.78),
                (b, top - 0.3, front * 0.05),
                (0.06, 0.05),
                soft=0.0,
            )
    part.turned(
        STEEL,
        (2.4, top - 0.62, 0),
        [(0.0, 0), (0.12, 0.03), (0.14, 0.2), (0.05, 0.3)],
        sides=14,
    )
    part.pipe(
        STEEL,
        [
            (2.4, top - 0.6, 0),
            (2.4, top - 0.8, 0),
            (2.48, top - 0.9, 0),
            (2.42, top - 0.98, 0),
        ],
        0.022,
        6,
    )
    return part


def winding_ropes() -> Part:
    """Return the ropes from the sheaves down to the winding house."""
    part = Part("winding ropes")
    x, y = _AXLE
    for side, drop in ((-0.5, 3.6), (0.5, 2.2)):
        z = side * f.SHEAVE_SPACING
        end = np.array([f.HOUSE_FRONT + 0.1, drop])
        # The point where a straight rope leaves the wheel.
        away = end - [x, y]
        distance = float(np.linalg.norm(away))
        turn = np.arccos(_RADIUS / distance)
        angle = np.arctan2(away[1], away[0]) + turn
        arc = np.linspace(np.pi, angle, 18)
        wound = [(x + _RADIUS * np.cos(a), y + _RADIUS * np.sin(a), z) for a in arc]
        part.pipe(STEEL, [*wound, (*end, z)], 0.022, 6)
    return part
