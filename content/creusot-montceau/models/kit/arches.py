"""Bent and pierced masonry: arches, round windows, gabled roofs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from kit.canvas import Finish
    from kit.solids import Array, Part, Point


def arch(
    part: Part,
    finish: Finish,
    middle: Point,
    radii: tuple[float, float],
    depth: float,
    *,
    spread_deg: float = 180.0,
    soft: float = 0.015,
) -> None:
    """Add a ring of stone, or half of one, in a plane that looks to +Z.

    Parameters
    ----------
    part, finish
        Takes it; its material.
    middle
        Of its circle, metres; z is the middle of its depth.
    radii
        Inner and outer, metres.
    depth
        Along z, metres.
    spread_deg
        How much of the circle, symmetric about the top.
    soft
        Width of its softened edges, metres.
    """
    centre = np.asarray(middle, float)
    half = np.radians(spread_deg) / 2

    def placed(unit: Array) -> Array:
        angle = unit[..., 0] * half
        r = (radii[0] + radii[1]) / 2 + unit[..., 1] * (radii[1] - radii[0]) / 2
        out = np.stack(
            [np.sin(angle) * r, np.cos(angle) * r, unit[..., 2] * depth / 2], -1
        )
        return centre + out

    length = 2 * half * sum(radii) / 2
    grain, part.grain = part.grain, min(part.grain, max(0.12, radii[1] / 4))
    part.solid(finish, placed, (length, radii[1] - radii[0], depth), soft)
    part.grain = grain


def disc(
    part: Part,
    finish: Finish,
    middle: Point,
    radius: float,
    *,
    spread_deg: float = 360.0,
) -> None:
    """Add a flat round pane, or the upper part of one, that looks to +Z."""
    centre = np.asarray(middle, float)
    half = np.radians(spread_deg) / 2
    angle = np.linspace(-half, half, 25)
    rim = np.stack([np.sin(angle) * radius, np.cos(angle) * radius, 0 * angle], -1)
    points = np.stack([rim, np.zeros_like(rim)]) + centre
    normals = np.broadcast_to([0.0, 0.0, 1.0], points.shape)
    part.chart(finish, points, normals, points[..., :2] * [1, -1])


def pediment(
    part: Part,
    finish: Finish,
    middle: Point,
    size: tuple[float, float, float],
    *,
    soft: float = 0.02,
) -> None:
    """Add a low gable: a triangle with a moulding along its slopes.

    Parameters
    ----------
    part, finish
        Takes it; its material.
    middle
        Of its base, metres.
    size
        Width, height, depth, metres.
    soft
        Width of its softened edges, metres.
    """
    x, y, z = middle
    wide, high, deep = size
    part.frustum(
        finish,
        (x - wide / 2 * 0.93, x + wide / 2 * 0.93, z - deep * 0.4, z + deep * 0.4, y),
        (x - 0.03, x + 0.03, z - deep * 0.4, z + deep * 0.4, y + high * 0.93),
        soft=soft,
    )
    for side in (-1, 1):
        out = np.array([side * high, wide / 2, 0.0])
        part.beam(
            finish,
            (x + side * (wide / 2 + 0.06), y + 0.05, z),
            (x, y + high, z),
            (deep, wide * 0.055),
            side=tuple(out / np.linalg.norm(out)),
            soft=soft,
        )
    part.block(finish, (x, y + 0.03, z), (wide + 0.16, 0.14, deep), soft=soft)
