"""What a model's box tells: too large for any renderer, or lost far from its origin.

Boxes are of what is shown, in metres, +Y up.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import UnsupportedFormatError
from tours.bundle import Extents

if TYPE_CHECKING:
    from tours.model import Axis

Point = tuple[float, float, float]

FAR_SIZES: Final = 2.0
"""Sizes of itself that an object may stand from its origin."""
_LARGEST_M: Final = 500_000.0
"""Floats of 32 bits tell 3 cm at such a size."""
_LOST_M: Final = 1000.0
"""Nobody looks for an object so far from where it is placed."""
_DECIMALS: Final = 3
"""A shift is told to the millimetre, and so done."""
_SPACE: Final = "\N{NO-BREAK SPACE}"


def refuse_continents(extents: Extents) -> None:
    """Raise `UnsupportedFormatError` for what is so large that renderers lose it."""
    size_m = max(extents.size_m)
    if size_m > _LARGEST_M:
        told = {"km_en": kilometres(size_m, ","), "km_fr": kilometres(size_m, _SPACE)}
        raise UnsupportedFormatError.because(causes.BEYOND_ALL_SIZES, "size", **told)


def kilometres(length_m: float, mark: str) -> str:
    """Return whole kilometres, with a mark between thousands."""
    return f"{length_m / 1000:,.0f}".replace(",", mark)


def distance_m(extents: Extents) -> float:
    """Return how far a box lies from the origin; 0 around it."""
    gaps = (
        max(least, -greatest, 0.0)
        for least, greatest in zip(extents.least, extents.greatest, strict=True)
    )
    return math.hypot(*gaps)


def lost_foot(extents: Extents) -> Point | None:
    """Return the foot of what stands so far away that it must be moved, else None.

    The foot is the middle of the box's floor: where curators are told to put origins.
    """
    if distance_m(extents) <= max(_LOST_M, FAR_SIZES * max(extents.size_m)):
        return None
    (x0, y0, z0), (x1, _, z1) = extents.least, extents.greatest
    x, y, z = (round(at, _DECIMALS) for at in ((x0 + x1) / 2, y0, (z0 + z1) / 2))
    return x, y, z


def moved(extents: Extents, foot: Point) -> Extents:
    """Return a box as it is with its foot at the origin."""
    x, y, z = foot
    (x0, y0, z0), (x1, y1, z1) = extents.least, extents.greatest
    return Extents((x0 - x, y0 - y, z0 - z), (x1 - x, y1 - y, z1 - z))


def in_file(point: Point, metres_per_unit: float, up: Axis) -> Point:
    """Return a point as its file counts: in its unit, along its axes.

    The other way round from `transforms.orient`.
    """
    x, y, z = (at / metres_per_unit for at in point)
    along: dict[Axis, Point] = {
        "x": (y, -x, z),
        "y": (x, y, z),
        "z": (x, -z, y),
    }
    return along[up]


def told(
    extents: Extents, foot: Point, metres_per_unit: float, up: Axis
) -> dict[str, str]:
    """Return what a finding names of a shift: how far it was, and the foot in the file."""
    away_m = distance_m(extents)
    x, y, z = (
        f"{at:.{_DECIMALS}f}".rstrip("0").rstrip(".")
        for at in in_file(foot, metres_per_unit, up)
    )
    of_words = {"km_fr": kilometres(away_m, _SPACE), "km_en": kilometres(away_m, ",")}
    return {**of_words, "x": x, "y": y, "z": z}
