"""What carries: masonry, four legs with their ties and guides, the table on top."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
from kit.solids import Part
from kit.stamps import nut, rivet

from marteau import figures as f
from marteau.finishes import CAST, PAINTED, STEEL, STONE

if TYPE_CHECKING:
    from kit.canvas import Array

RIVET = rivet(0.032)
BIG_NUT = nut(0.085)
NUT = nut(0.05)
_STRIP = 0.17  # width of the angle irons along the legs' edges
_PROUD = 0.045  # how far they stand out
_BANDS = (0.0, 3.45, 6.85, f.LEG_HEIGHT - 0.30)
"""Heights over the feet of the flanges that bind each leg."""


def plinth() -> Part:
    """Return the masonry's crown: courses of dressed stone round the anvil's pit."""
    part = Part("plinth")
    width, depth, pit_x, pit_z = 12.0, 7.6, 2.0, 1.7
    columns, rows = 12, 8
    for i in range(columns):
        for j in range(rows):
            x0, x1 = (width * (k / columns - 0.5) for k in (i, i + 1))
            z0, z1 = (depth * (k / rows - 0.5) for k in (j, j + 1))
            is_pit = min(abs(x0), abs(x1)) < pit_x and min(abs(z0), abs(z1)) < pit_z
            if is_pit and abs(x0 + x1) / 2 < pit_x and abs(z0 + z1) / 2 < pit_z:
                continue
            sink = float(part.random.uniform(0, 0.012))
            part.block(
                STONE,
                ((x0 + x1) / 2, (f.PLINTH_TOP - sink) / 2, (z0 + z1) / 2),
                (x1 - x0 - 0.008, f.PLINTH_TOP - sink, z1 - z0 - 0.008),
                soft=0.018,
            )
    return part


def legs() -> Part:
    """Return the four legs, each on its bolted base plate."""
    part = Part("legs")
    for right in (-1, 1):
        for front in (-1, 1):
            _leg(part, right, front)
    return part


def _section(right: int, front: int, grown: float = 0.0) -> object:
    """Return a leg's section by height above the ground, `grown` on each side."""

    def section(y: float) -> tuple[float, float, float, float]:
        h = float(np.clip(y - f.FOOT_TOP, 0, f.LEG_HEIGHT))
        x = sorted(
            right * v for v in (f.leg_inner_x(h) - grown, f.leg_outer_x(h) + grown)
        )
        z = sorted(
            front * v for v in (f.leg_inner_z(h) - grown, f.leg_outer_z(h) + grown)
        )
        return x[0], x[1], z[0], z[1]

    return section


def _leg(part: Part, right: int, front: int) -> None:
    section = _section(right, front)
    part.loft(PAINTED, section, f.FOOT_TOP, f.LEGS_TOP)
    for low in _BANDS:
        grown = _section(right, front, 0.075)
        base = f.FOOT_TOP + low
        part.loft(PAINTED, grown, base, base + 0.15, soft=0.02)
        part.loft(PAINTED, grown, base + 0.158, base + 0.30, soft=0.02)
        _band_bolts(part, right, front, base + 0.305)
    for face in ("front", "outer", "inner"):
        for edge in (0, 1):
            _strip(part, right, front, face, edge)
    _foot(part, right, front)


def _strip(part: Part, right: int, front: int, face: str, edge: int) -> None:
    """Lay an angle iron along a leg's edge, with its row of rivets."""

    def section(y: float) -> tuple[float, float, float, float]:
        h = float(np.clip(y - f.FOOT_TOP, 0, f.LEG_HEIGHT))
        xi, xo = f.leg_inner_x(h), f.leg_outer_x(h)
        zi, zo = f.leg_inner_z(h), f.leg_outer_z(h)
        if face == "front":
            x = (xi, xi + _STRIP) if edge == 0 else (xo - _STRIP, xo)
            z = (zo, zo + _PROUD)
        else:
            z = (zi, zi + _STRIP) if edge == 0 else (zo - _STRIP, zo)
            x = (xo, xo + _PROUD) if face == "outer" else (xi - _PROUD, xi)
        x, z = sorted(right * v for v in x), sorted(front * v for v in z)
        return x[0], x[1], z[0], z[1]

    low, high = f.FOOT_TOP + 0.30, f.LEGS_TOP - 0.30
    part.loft(PAINTED, section, low, high, soft=0.01)
    heights = np.arange(low + 0.14, high - 0.1, 0.25)
    boxes = np.array([section(y) for y in heights])
    if face == "front":
        x = boxes[:, :2].mean(1)
        z = boxes[:, 3] if front > 0 else boxes[:, 2]
        out = np.array([0.0, 0.0, front])
    else:
        z = boxes[:, 2:].mean(1)
        towards = right if face == "outer" else -right
        x = boxes[:, 1] if towards > 0 else boxes[:, 0]
        out = np.array([towards, 0.0, 0.0])
    places = np.stack([x, heights, z], axis=1) - out * 0.004
    is_free = ~np.isin(
        np.arange(len(heights)),
        [i for i, y in enumerate(heights) if _in_band(y - f.FOOT_TOP)],
    )
    places = places[is_free]
    part.copies(PAINTED, RIVET, places, np.tile(out, (len(places), 1)))


def _in_band(height: float) -> bool:
    return any(low - 0.06 < height < low + 0.36 for low in _BANDS)


def _band_bolts(part: Part, right: int, front: int, y: float) -> None:
    """Set bolts upright on a flange, round the outer sides of a leg."""
    if y > f.LEGS_TOP - 0.2:
        return
    h = y - f.FOOT_TOP
    xs = np.linspace(f.leg_inner_x(h) + 0.15, f.leg_outer_x(h) - 0.15, 5)
    zs = np.linspace(f.leg_inner_z(h) + 0.15, f.leg_outer_z(h) - 0.15, 3)
    rows = [[right * x, y, front * (f.leg_outer_z(h) + 0.038)] for x in xs]
    rows += [[right * (f.leg_outer_x(h) + 0.038), y, front * z] for z in zs]
    part.copies(
        PAINTED, nut(0.034), np.array(rows), np.tile([0.0, 1.0, 0.0], (len(rows), 1))
    )


def _foot(part: Part, right: int, front: int) -> None:
    """Bed a leg on a thick plate, held by bolts that run down into the masonry."""
    xi, xo = f.leg_inner_x(0) - 0.42, f.leg_outer_x(0) + 0.42
    zi, zo = f.leg_inner_z(0) - 0.30, f.leg_outer_z(0) + 0.40
    x, z = right * (xi + xo) / 2, front * (zi + zo) / 2
    y = (f.PLINTH_TOP + f.FOOT_TOP) / 2
    part.block(
        CAST, (x, y, z), (xo - xi, f.FOOT_TOP - f.PLINTH_TOP, zo - zi), soft=0.03
    )
    xs, zs = np.linspace(xi + 0.19, xo - 0.19, 4), np.linspace(zi + 0.15, zo - 0.19, 3)
    bolts = [[right * a, f.FOOT_TOP, front * zs[-1]] for a in xs]
    bolts += [[right * xs[-1], f.FOOT_TOP, front * b] for b in zs[:-1]]
    bolts += [[right * xs[0], f.FOOT_TOP, front * b] for b in zs[:-1]]
    part.copies(
        STEEL, BIG_NUT, np.array(bolts), np.tile([0.0, 1.0, 0.0], (len(bolts), 1))
    )


def ties() -> Part:
    """Return what binds front legs to back legs: girders, crossed bars, gussets."""
    part = Part("ties")
    levels = (3.45, 5.1, 6.85, 8.45, f.LEG_HEIGHT - 0.3)
    for right in (-1, 1):
        for h in levels:
            _girder(part, right, h)
        for low, high in itertools.pairwise(levels):
            _cross(part, right, low + 0.25, high - 0.02)
        _arch(part, right)
    return part


def _girder(part: Part, right: int, h: float) -> None:
    y = f.FOOT_TOP + h + 0.12
    xi, xo, z = (
        f.leg_inner_x(h) + 0.12,
        f.leg_outer_x(h) - 0.06,
        f.leg_inner_z(h) + 0.02,
    )
    middle = right * (xi + xo) / 2
    part.block(PAINTED, (middle, y, 0), (xo - xi - 0.24, 0.34, 2 * z), soft=0.015)
    for dy in (-0.19, 0.19):
        part.block(PAINTED, (middle, y + dy, 0), (xo - xi, 0.045, 2 * z), soft=0.01)
    rows = np.linspace(-z + 0.12, z - 0.12, 8)
    for dy in (-0.1, 0.1):
        places = np.array([[right * (xo - 0.12), y + dy, row] for row in rows])
        part.copies(PAINTED, RIVET, places, np.tile([right, 0.0, 0.0], (len(rows), 1)))


def _cross(part: Part, right: int, low: float, high: float) -> None:
    """Cross two flat bars in the outer plane of a bay, over a gusset."""
    y0, y1 = f.FOOT_TOP + low, f.FOOT_TOP + high
    ends = []
    for sign in (-1, 1):
        a = [right * (f.leg_outer_x(low) - 0.12), y0, -sign * f.leg_inner_z(low)]
        b = [right * (f.leg_outer_x(high) - 0.12), y1, sign * f.leg_inner_z(high)]
        shift = np.array([right * 0.018 * sign, 0, 0])
        part.beam(PAINTED, a + shift, b + shift, (0.20, 0.032), side=(1.0, 0.0, 0.0))
        ends.append((np.array(a), np.array(b)))
    middle = (ends[0][0] + ends[0][1]) / 2
    middle[2] = 0
    gusset = middle + np.array([right * 0.045, 0, 0])
    part.block(PAINTED, gusset, (0.03, 0.46, 0.46), soft=0.01)
    spots = np.array(
        [
            [0, y, z]
            for y in (-0.15, 0.0, 0.15)
            for z in (-0.15, 0.0, 0.15)
            if (y, z) != (0, 0)
        ]
    )
    part.copies(
        PAINTED,
        RIVET,
        spots + gusset + np.array([right * 0.014, 0, 0]),
        np.tile([right, 0.0, 0.0], (len(spots), 1)),
    )


def _arch(part: Part, right: int) -> None:
    """Round off the open bay at the bottom of a pair of legs with an arched plate."""
    top = f.FOOT_TOP + 3.45 - 0.02
    angle = np.linspace(0, np.pi, 17)
    h = 3.0
    reach = f.leg_inner_z(h) + 0.05
    x = right * (f.leg_outer_x(h) - 0.14)
    inner = np.stack(
        [
            np.full(17, x),
            top - 0.30 - reach * 0.75 * (1 - np.sin(angle)),
            reach * np.cos(angle),
        ],
        axis=1,
    )
    outer = np.stack([np.full(17, x), np.full(17, top), reach * np.cos(angle)], axis=1)
    for shift, sign in ((0.03, 1), (-0.03, -1)):
        points = np.stack([inner, outer]) + np.array([right * shift, 0, 0])
        normals = np.broadcast_to([right * sign, 0.0, 0.0], points.shape)
        part.chart(PAINTED, points, normals, points[..., [2, 1]] * [1, -1])
    thick = np.array([right * 0.03, 0, 0])
    rim = np.stack([inner + thick, inner - thick])
    normals = np.broadcast_to(
        np.stack([np.zeros(17), -np.sin(angle), -np.cos(angle)], axis=1), rim.shape
    )
    part.chart(PAINTED, rim, normals, rim[..., [0, 2]])
    along = angle[1:-1]
    places = np.stack(
        [
            np.full(15, x + right * 0.028),
            top - 0.20 - reach * 0.72 * (1 - np.sin(along)),
            reach * 0.98 * np.cos(along),
        ],
        axis=1,
    )
    part.copies(PAINTED, RIVET, places, np.tile([right, 0.0, 0.0], (15, 1)))


def guides() -> Part:
    """Return the two slides between which the hammer's head runs."""
    part = Part("guides")
    low, high = 2.75, f.LEGS_TOP + 0.02
    slide = low + 1.45
    for right in (-1, 1):
        x_face = f.TUP_WIDTH / 2 + 0.03

        def beam(
            y: float, side: int = right, face: float = x_face
        ) -> tuple[float, float, float, float]:
            leg = f.leg_inner_x(y - f.FOOT_TOP) + 0.02
            grown = min((y - low) / 1.5, 1.0)  # its lower end springs from the leg
            inner = leg + (face + 0.06 - leg) * (0.12 + 0.88 * grown)
            x = sorted((side * inner, side * leg))
            return x[0], x[1], -0.62, 0.62

        part.loft(PAINTED, beam, low, high, soft=0.03)
        for z in (-0.42, 0.42):
            part.block(
                STEEL,
                (right * (x_face + 0.03), (slide + high) / 2, z),
                (0.07, high - slide, 0.30),
                soft=0.012,
            )
            front = float(np.sign(z))
            heights = np.arange(slide + 0.15, high - 0.1, 0.55)
            spots = np.array(
                [[right * (x_face + 0.18), y, front * 0.62] for y in heights]
            )
            out = np.tile([0.0, 0.0, front], (len(spots), 1))
            part.copies(PAINTED, NUT, spots, out)
        for y in np.linspace(slide + 0.35, high - 0.6, 5):
            h = y - f.FOOT_TOP
            for front in (-1, 1):
                z0, z1 = front * 0.60, front * (f.leg_inner_z(h) + 0.05)
                x = right * (f.leg_inner_x(h) + 0.10)
                part.block(
                    PAINTED,
                    (x, y, (z0 + z1) / 2),
                    (0.34, 0.36, abs(z1 - z0)),
                    soft=0.015,
                )
    return part


def table() -> Part:
    """Return the 30-tonne table that locks the legs together and carries the cylinder."""
    part = Part("table")
    low, high = f.LEGS_TOP, f.TABLE_TOP
    part.block(PAINTED, (0, low + 0.09, 0), (5.75, 0.18, 3.95), soft=0.03)
    part.frustum(
        PAINTED,
        (-2.62, 2.62, -1.70, 1.70, low + 0.17),
        (-2.10, 2.10, -1.58, 1.58, high - 0.17),
        soft=0.04,
    )
    part.block(PAINTED, (0, high - 0.09, 0), (4.75, 0.18, 3.65), soft=0.03)
    for front in (-1, 1):
        for x in np.linspace(-2.3, 2.3, 7):
            _rib(part, (x, front, 0), low + 0.17, high - 0.17)
    for right in (-1, 1):
        for z in (-1.3, -0.45, 0.45, 1.3):
            _rib(part, (right, z, 1), low + 0.17, high - 0.17)
    _plate_bolts(part, low)
    return part


def _rib(part: Part, place: tuple[float, float, int], low: float, high: float) -> None:
    """Stiffen a side of the table: (x, ±1, 0) on front and back, (±1, z, 1) on ends."""
    a, b, on_end = place
    if on_end:
        foot, head = (a * 2.84, b), (a * 2.28, b)
        inner_foot, inner_head = a * 2.55, a * 2.05
        low_box = (*sorted((inner_foot, foot[0])), b - 0.05, b + 0.05, low)
        high_box = (*sorted((inner_head, head[0])), b - 0.05, b + 0.05, high)
    else:
        narrow = a * 0.85
        low_box = (a - 0.05, a + 0.05, *sorted((b * 1.62, b * 1.93)), low)
        high_box = (narrow - 0.05, narrow + 0.05, *sorted((b * 1.5, b * 1.74)), high)
    part.frustum(PAINTED, low_box, high_box, soft=0.012)


def _plate_bolts(part: Part, low: float) -> None:
    """Bolt the table's lower plate down on the legs, its upper plate under the deck."""
    spots: list[list[float]] = []
    for front in (-1, 1):
        spots += [[x, low + 0.18, front * 1.84] for x in np.linspace(-2.7, 2.7, 16)]
    for right in (-1, 1):
        spots += [[right * 2.74, low + 0.18, z] for z in np.linspace(-1.55, 1.55, 9)]
    places: Array = np.array(spots)
    part.copies(PAINTED, NUT, places, np.tile([0.0, 1.0, 0.0], (len(places), 1)))
