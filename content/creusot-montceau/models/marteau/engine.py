"""What moves and what moves it: cylinder, valves, pipes; rod, head and dies; anvil."""

from __future__ import annotations

import numpy as np
from kit.solids import Part
from kit.stamps import nut

from marteau import figures as f
from marteau.finishes import CAST, PAINTED, STEEL

FLANGE_NUT = nut(0.052)
_OUTER = f.CYLINDER_BORE / 2 + 0.16  # proportion: 8 cm of iron, as much of lagging
_FLANGE = _OUTER + 0.20


def cylinder() -> Part:
    """Return the single-acting cylinder with its cover, and the stack of its exhaust."""
    part = Part("cylinder")
    base = f.TABLE_TOP
    h = f.CYLINDER_HEIGHT
    part.turned(
        PAINTED,
        (0, base, 0),
        [
            (_FLANGE + 0.12, 0.0),
            (_FLANGE + 0.12, 0.16),
            (_FLANGE - 0.05, 0.20),
            (_OUTER + 0.06, 0.50),
            (_OUTER, 0.56),
            (_OUTER, h / 2 - 0.16),
            (_FLANGE, h / 2 - 0.12),
            (_FLANGE, h / 2 + 0.12),
            (_OUTER, h / 2 + 0.16),
            (_OUTER, h - 0.28),
            (_FLANGE, h - 0.22),
            (_FLANGE, h),
            (_FLANGE - 0.02, h + 0.015),
            (_FLANGE - 0.02, h + 0.16),
            (_OUTER - 0.1, h + 0.20),
            (0.62, h + 0.46),
            (0.46, h + 0.50),
            (0.42, h + 0.98),
            (0.56, h + 1.00),
            (0.56, h + 1.12),
            (0.30, h + 1.20),
            (0.0, h + 1.24),
        ],
        sides=48,
    )
    for y in (1.05, 1.75, 2.35, 3.65, 4.35, 5.05):
        part.turned(
            STEEL,
            (0, base + y, 0),
            [(_OUTER, 0), (_OUTER + 0.018, 0), (_OUTER + 0.018, 0.08), (_OUTER, 0.08)],
            sides=48,
        )
    for y, up in ((0.16, 1), (h / 2 + 0.12, 1), (h + 0.16, 1)):
        _ring_of_nuts(
            part, base + y, _FLANGE - 0.08 if y > 1 else _FLANGE + 0.03, 28, up
        )
    _ring_of_nuts(part, base + h + 1.12, 0.49, 10, 1)
    for angle in np.arange(8) * np.pi / 4 + np.pi / 8:
        out = np.array([np.cos(angle), 0, np.sin(angle)])
        part.beam(
            PAINTED,
            out * (_OUTER + 0.26) + [0, base + 0.17, 0],
            out * (_OUTER + 0.02) + [0, base + 0.95, 0],
            (0.06, 0.22),
            side=tuple(out),
        )
    return part


def _ring_of_nuts(part: Part, y: float, radius: float, count: int, up: int) -> None:
    angle = np.arange(count) * 2 * np.pi / count
    places = np.stack(
        [radius * np.cos(angle), np.full(count, y), radius * np.sin(angle)], axis=1
    )
    part.copies(STEEL, FLANGE_NUT, places, np.tile([0.0, up, 0.0], (count, 1)))


def valves() -> Part:
    """Return the valve chest at the cylinder's side, its steam pipe and its exhaust."""
    part = Part("valves")
    x, y0, y1 = _OUTER + 0.62, f.TABLE_TOP + 0.75, f.TABLE_TOP + 3.0
    part.block(PAINTED, (x - 0.12, (y0 + y1) / 2, 0), (1.1, y1 - y0, 1.25), soft=0.05)
    for y in (y0, y1):
        part.block(PAINTED, (x - 0.12, y, 0), (1.24, 0.12, 1.40), soft=0.02)
    part.block(
        PAINTED, (x + 0.46, (y0 + y1) / 2, 0), (0.10, y1 - y0 - 0.3, 1.05), soft=0.02
    )
    spots = [
        [x + 0.51, y, z]
        for y in np.linspace(y0 + 0.26, y1 - 0.26, 6)
        for z in (-0.44, 0.44)
    ]
    part.copies(
        STEEL, FLANGE_NUT, np.array(spots), np.tile([1.0, 0, 0], (len(spots), 1))
    )
    for z in (-0.32, 0.32):  # two balanced valves
        part.turned(
            PAINTED,
            (x - 0.1, y1 + 0.05, z),
            [
                (0.24, 0),
                (0.24, 0.1),
                (0.18, 0.12),
                (0.18, 0.6),
                (0.23, 0.62),
                (0.23, 0.72),
                (0.07, 0.78),
            ],
            sides=18,
        )
        part.turned(
            STEEL,
            (x - 0.1, y1 + 0.7, z),
            [(0.045, 0), (0.045, 0.55), (0.0, 0.56)],
            sides=10,
        )
        part.beam(
            STEEL, (x - 0.1, y1 + 1.18, z), (x + 0.75, y1 + 1.05, z), (0.09, 0.05)
        )
    part.pipe(
        STEEL, [(x + 0.70, y1 + 1.05, -0.42), (x + 0.70, y1 + 1.05, 0.42)], 0.04, 8
    )
    _steam_pipe(part, x)
    _exhaust(part, x, y1)
    return part


def _steam_pipe(part: Part, x: float) -> None:
    """Bring steam up along a back leg to the foot of the valve chest."""
    y = f.TABLE_TOP + 1.2
    path = [
        (x + 2.9, f.PLINTH_TOP, -2.1),
        (x + 2.9, 1.6, -2.1),
        (x + 1.35, f.LEGS_TOP + 0.2, -1.15),
        (x + 1.35, y - 0.45, -1.15),
        (x + 1.35, y - 0.1, -0.9),
        (x + 1.15, y, -0.4),
        (x + 0.4, y, 0.0),
    ]
    part.pipe(CAST, path, 0.19, 16)
    for point, along in (
        ((x + 2.9, 0.42, -2.1), (0, 1, 0)),
        ((x + 2.16, 6.2, -1.645), (-1.55, 9.4, 0.95)),
        ((x + 1.35, f.TABLE_TOP - 0.2, -1.15), (0, 1, 0)),
    ):
        _pipe_flange(part, point, along, 0.19)


def _pipe_flange(
    part: Part, point: tuple[float, ...], along: tuple[float, ...], radius: float
) -> None:
    part.turned(
        PAINTED,
        point,
        [(radius, 0), (radius + 0.1, 0), (radius + 0.1, 0.11), (radius, 0.11)],
        sides=18,
        axis=along,
    )


def _exhaust(part: Part, x: float, y: float) -> None:
    """Lead spent steam up beside the cylinder; its mouth is the machine's highest point."""
    path = [
        (x - 0.1, y - 0.2, -0.62),
        (x - 0.1, y + 0.1, -0.95),
        (x - 0.1, f.TOTAL_HEIGHT - 0.25, -0.95),
    ]
    part.pipe(PAINTED, path, 0.24, 18)
    for level in (y + 0.6, f.CYLINDER_TOP - 0.4):
        _pipe_flange(part, (x - 0.1, level, -0.95), (0, 1, 0), 0.24)
    part.turned(
        PAINTED,
        (x - 0.1, f.TOTAL_HEIGHT - 0.3, -0.95),
        [
            (0.24, 0),
            (0.30, 0.05),
            (0.32, 0.30),
            (0.27, 0.30),
            (0.25, 0.05),
            (0.0, 0.04),
        ],
        sides=18,
    )
    part.beam(
        PAINTED,
        (x - 0.1, f.CYLINDER_TOP - 0.6, -0.95),
        (0.55, f.CYLINDER_TOP - 0.6, -0.9),
        (0.12, 0.05),
        side=(0.0, 1.0, 0.0),
    )


def moving_mass() -> Part:
    """Return the 100 tonnes that fall: rod, head and upper die, raised as shown."""
    part = Part("moving mass")
    bottom = f.TUP_BOTTOM + f.TUP_DIE_HEIGHT
    top = f.TUP_BOTTOM + f.TUP_HEIGHT
    w, d = f.TUP_WIDTH / 2, f.TUP_DEPTH / 2
    part.frustum(CAST, (-w, w, -d, d, bottom), (-w, w, -d, d, top - 0.5), soft=0.05)
    part.frustum(
        CAST, (-w, w, -d, d, top - 0.52), (-0.55, 0.55, -0.55, 0.55, top), soft=0.05
    )
    for right in (-1, 1):  # tongues that run in the guides
        part.block(
            STEEL,
            (right * (w + 0.01), (bottom + top - 0.5) / 2, 0),
            (0.08, top - bottom - 0.7, 0.46),
            soft=0.015,
        )
    part.block(
        CAST, (0, bottom + 0.16, 0), (2 * w + 0.10, 0.26, 2 * d + 0.12), soft=0.03
    )
    part.frustum(
        STEEL,
        (-0.62, 0.62, -0.80, 0.80, f.TUP_BOTTOM),
        (-0.78, 0.78, -0.90, 0.90, bottom + 0.02),
        soft=0.04,
    )
    for y in (bottom + 0.9, bottom + 1.75):  # keys that lock rod and die
        part.block(STEEL, (0, y, 0), (0.16, 0.26, 2 * d + 0.22), soft=0.015)
    r = f.ROD_DIAMETER / 2
    part.turned(
        STEEL,
        (0, top - 0.02, 0),
        [
            (0.42, 0),
            (0.42, 0.22),
            (0.34, 0.27),
            (0.26, 0.5),
            (r, 0.52),
            (r, f.LEGS_TOP - top + 0.3),
        ],
        sides=28,
    )
    return part


def anvil() -> Part:
    """Return the part of the 750-tonne anvil block that shows, with its die."""
    part = Part("anvil")
    part.frustum(
        CAST,
        (-1.95, 1.95, -1.65, 1.65, 0.0),
        (-1.70, 1.70, -1.42, 1.42, 0.52),
        soft=0.05,
    )
    part.frustum(
        CAST,
        (-1.38, 1.38, -1.15, 1.15, 0.50),
        (-1.05, 1.05, -0.98, 0.98, f.ANVIL_TOP - 0.48),
        soft=0.05,
    )
    part.frustum(
        STEEL,
        (-0.80, 0.80, -0.92, 0.92, f.ANVIL_TOP - 0.50),
        (-0.64, 0.64, -0.82, 0.82, f.ANVIL_TOP),
        soft=0.04,
    )
    for x in (-0.95, 0.95):
        part.block(STEEL, (x, f.ANVIL_TOP - 0.42, 0), (0.14, 0.14, 2.1), soft=0.02)
    part.turned(
        PAINTED,
        (0, f.LEGS_TOP - 0.34, 0),
        [
            (f.ROD_DIAMETER / 2 + 0.01, 0),
            (0.36, 0),
            (0.40, 0.06),
            (0.40, 0.2),
            (0.62, 0.24),
            (0.62, 0.36),
        ],
        sides=28,
    )
    return part
