"""Check a model's bounding box: too large to render, or too far from its origin.

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

MAX_DISTANCE_IN_SIZES: Final = 2.0
"""Sizes of itself that an object may stand from its origin."""
_LARGEST_M: Final = 500_000.0
"""Floats of 32 bits tell 3 cm at such a size."""
_LOST_M: Final = 1000.0
"""Nobody looks for an object so far from where it is placed."""
_DECIMALS: Final = 3
"""Shifts are rounded to the millimetre."""
_SPACE: Final = "\N{NO-BREAK SPACE}"


def check_size(extents: Extents) -> None:
    """Raise `UnsupportedFormatError` for a model too large for renderers."""
    size_m = max(extents.size_m)
    if size_m > _LARGEST_M:
        told = {
            "km_en": format_km(size_m, ","),
            "km_fr": format_km(size_m, _SPACE),
        }
        raise UnsupportedFormatError.from_cause(
            causes.TOO_LARGE_TO_RENDER, "size", **told
        )


def format_km(length_m: float, mark: str) -> str:
    """Return whole kilometres with a thousands separator."""
    return f"{length_m / 1000:,.0f}".replace(",", mark)


def distance_to_origin_m(extents: Extents) -> float:
    """Return the distance of a box from the origin; 0 if it holds the origin."""
    gaps = (
        max(least, -greatest, 0.0)
        for least, greatest in zip(extents.least, extents.greatest, strict=True)
    )
    return math.hypot(*gaps)


def find_far_foot(extents: Extents) -> Point | None:
    """Return the foot of a model too far from its origin, else None.

    The foot is the middle of the box's floor: where curators are told to put origins.
    """
    if distance_to_origin_m(extents) <= max(
        _LOST_M, MAX_DISTANCE_IN_SIZES * max(extents.size_m)
    ):
        return None
    (x0, y0, z0), (x1, _, z1) = extents.least, extents.greatest
    x, y, z = (round(at, _DECIMALS) for at in ((x0 + x1) / 2, y0, (z0 + z1) / 2))
    return x, y, z


def move_foot_to_origin(extents: Extents, foot: Point) -> Extents:
    """Return a box moved so that its foot is the origin."""
    x, y, z = foot
    (x0, y0, z0), (x1, y1, z1) = extents.least, extents.greatest
    return Extents((x0 - x, y0 - y, z0 - z), (x1 - x, y1 - y, z1 - z))


def to_source_units(point: Point, metres_per_unit: float, up: Axis) -> Point:
    """Return a point in the source file's unit and axes.

    The other way round from `transforms.orient`.
    """
    x, y, z = (at / metres_per_unit for at in point)
    along: dict[Axis, Point] = {
        "x": (y, -x, z),
        "y": (x, y, z),
        "z": (x, -z, y),
    }
    return along[up]


def describe_shift(
    extents: Extents, foot: Point, metres_per_unit: float, up: Axis
) -> dict[str, str]:
    """Return the values of a finding about a shift: distance and foot."""
    away_m = distance_to_origin_m(extents)
    x, y, z = (
        f"{at:.{_DECIMALS}f}".rstrip("0").rstrip(".")
        for at in to_source_units(foot, metres_per_unit, up)
    )
    of_words = {"km_fr": format_km(away_m, _SPACE), "km_en": format_km(away_m, ",")}
    return {**of_words, "x": x, "y": y, "z": z}
