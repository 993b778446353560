"""Built-up steel: angle irons, laced columns, I-girders, gussets."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
from kit.canvas import Finish
from kit.solids import Array, Part, Point
from kit.stamps import rivet

if TYPE_CHECKING:
    from collections.abc import Callable

PAINT = Finish("old paint", 1.5)
STEEL = Finish("steel", 3.4)
WOOD = Finish("timber", 2.0)
PLANKS = Finish("planks", 2.0)
BRICK = Finish("brick", 1.92)
STONE = Finish("stone", 1.4)
ROOF = Finish("corrugated iron", 2.0)
DARK = Finish("darkness", 1.0)

_RIVET = rivet(0.022, sides=4)
_THICK = 0.012
UP = np.array([0.0, 1, 0])


class Steelwork(Part):
    """Thin bars: shade changes little along them."""

    grain = 3.0


def angle_iron(
    part: Part, start: Point, end: Point, wide: float, out: Point, aside: Point
) -> None:
    """Lay an L: one leg flat against the plane that `out` looks from, one along it.

    Parameters
    ----------
    part
        Takes it.
    start, end
        Of its heel, metres.
    wide
        Each leg's width, metres.
    out, aside
        Unit vectors: where the first leg faces, and which way both legs reach.
    """
    a, b, o, s = (np.asarray(v, float) for v in (start, end, out, aside))
    flat = s * wide / 2
    part.beam(PAINT, a + flat, b + flat, (wide, _THICK), side=tuple(o), soft=0.0)
    deep = -o * wide / 2
    part.beam(PAINT, a + deep, b + deep, (wide, _THICK), side=tuple(s), soft=0.0)


def column(
    part: Part,
    start: Point,
    end: Point,
    *,
    wide: float,
    deep: float,
    belly: float = 0.0,
    towards: Point = (0.0, 0.0, 1.0),
) -> None:
    """Raise a laced column: four angle irons, and flat bars in zigzag on each face.

    Parameters
    ----------
    part
        Takes it.
    start, end
        Of its axis, metres.
    wide, deep
        Across `towards` and along it, metres.
    belly
        How much wider it is at mid-length, as a part of its width.
    towards
        Where its front looks.
    """
    a, b = np.asarray(start, float), np.asarray(end, float)
    along = (b - a) / np.linalg.norm(b - a)
    across = np.cross(along, np.asarray(towards, float))
    across /= np.linalg.norm(across)
    front = np.cross(across, along)
    length = float(np.linalg.norm(b - a))

    def corner(t: float, i: float, j: float) -> Array:
        swell = 1 + belly * np.sin(np.pi * t)
        return (
            a
            + along * (length * t)
            + (across * (i * wide / 2) + front * (j * deep / 2)) * swell
        )

    cuts = np.linspace(0, 1, 5 if belly else 2)
    for t0, t1 in itertools.pairwise(cuts):
        for i in (-1, 1):
            for j in (-1, 1):
                angle_iron(
                    part,
                    corner(t0, i, j),
                    corner(t1, i, j),
                    0.085,
                    front * j,
                    across * -i,
                )
    _lace(part, corner, (across, front), (wide, deep), length)


def _lace(
    part: Part,
    corner: Callable[[float, float, float], Array],
    axes: tuple[Array, Array],
    sizes: tuple[float, float],
    length: float,
) -> None:
    """Zigzag between a column's corner irons, with end plates."""
    across, front = axes
    bays = max(4, round(length / (1.4 * max(sizes))))
    for j in (-1, 1):
        for k in range(bays):
            t0, t1 = 0.02 + 0.96 * k / bays, 0.02 + 0.96 * (k + 1) / bays
            i = 1 if k % 2 else -1
            for out, p, q in (
                (front * j, (i, j), (-i, j)),
                (across * j, (j, i), (j, -i)),
            ):
                lift = out * 0.012
                part.beam(
                    PAINT,
                    corner(t0, *p) + lift,
                    corner(t1, *q) + lift,
                    (0.055, 0.010),
                    side=tuple(out),
                    soft=0.0,
                )
    for t in (0.012, 0.988):
        middle = corner(t, 0, 0)
        along = np.cross(front, across)
        reach = along * 0.12
        part.beam(
            PAINT,
            middle - reach,
            middle + reach,
            (sizes[0] + 0.03, sizes[1] + 0.03),
            side=tuple(front),
            soft=0.0,
        )


def girder(part: Part, start: Point, end: Point, deep: float, wide: float) -> None:
    """Lay a riveted I-girder, its web upright, stiffened every metre."""
    a, b = np.asarray(start, float), np.asarray(end, float)
    up = np.array([0.0, 1, 0])
    length = float(np.linalg.norm(b - a))
    along = (b - a) / length
    side = np.cross(along, up)
    part.beam(PAINT, a, b, (0.016, deep - 0.02), side=(0, 1, 0), soft=0.0)
    for level in (-1, 1):
        rise = up * (level * (deep / 2 - 0.012))
        part.beam(PAINT, a + rise, b + rise, (wide, 0.024), side=(0, 1, 0), soft=0.0)
    for t in np.linspace(0.03, 0.97, max(2, round(length / 1.4) + 1)):
        middle = a + (b - a) * t
        part.beam(
            PAINT,
            middle - up * (deep / 2 - 0.03),
            middle + up * (deep / 2 - 0.03),
            (0.014, wide * 0.86),
            side=tuple(side),
            soft=0.0,
        )
    count = max(2, round(length / 0.6))
    for level in (-1, 1):
        for face in (-1, 1):
            t = (np.arange(count) + 0.5) / count
            places = a + (b - a) * t[:, None] + up * (level * (deep / 2 - 0.07))
            places = places + side * face * 0.009
            part.copies(PAINT, _RIVET, places, np.tile(side * face, (count, 1)))


def gusset(part: Part, middle: Point, out: Point, size: float) -> None:
    """Rivet a square plate on a joint; `out` is level."""
    m, o = np.asarray(middle, float), np.asarray(out, float)
    up = np.array([0.0, 1, 0])
    side = np.cross(up, o)
    part.beam(
        PAINT,
        m - up * size / 2,
        m + up * size / 2,
        (size, 0.014),
        side=tuple(o),
        soft=0.0,
    )
    spots = np.array(
        [
            m + o * 0.007 + (side * i + up * j) * size * 0.36
            for i in (-1, 1)
            for j in (-1, 1)
        ]
    )
    part.copies(PAINT, _RIVET, spots, np.tile(o, (len(spots), 1)))


def railing(part: Part, corners: list[Point], *, high: float = 1.05) -> None:
    """Fence a path of points with posts and two rails."""
    for p, q in itertools.pairwise(corners):
        a, b = np.asarray(p, float), np.asarray(q, float)
        for level, bar in ((high / 2, 0.016), (high, 0.021)):
            rise = np.array([0, level, 0])
            part.pipe(PAINT, [a + rise, b + rise], bar, 5)
        posts = max(1, round(float(np.linalg.norm(b - a)) / 1.3))
        for t in np.arange(posts + 1) / posts:
            foot = a + (b - a) * t
            part.pipe(PAINT, [foot, foot + UP * high], 0.020, 5)


def ladder(part: Part, foot: Point, head: Point, side: Point) -> None:
    """Set a ladder; its stringers stand apart along `side`."""
    a, b, s = (np.asarray(v, float) for v in (foot, head, side))
    for sign in (-0.21, 0.21):
        part.beam(
            PAINT, a + s * sign, b + s * sign, (0.05, 0.012), side=tuple(s), soft=0.0
        )
    length = float(np.linalg.norm(b - a))
    for t in np.arange(0.2, length, 0.30) / length:
        middle = a + (b - a) * t
        part.pipe(PAINT, [middle - s * 0.21, middle + s * 0.21], 0.012, 4)
