"""Geometry of plans: projection, line simplification, distances in metres."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tours.quantities import distance_km

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tours.model import Position

METRES_A_DEGREE = 111_195.0
"""Of latitude, on a sphere of 6,371 km: a plan is too small for the Earth's flattening."""
_NEAR_M = 60.0
"""A stop farther from the walk is not on it."""


class PlanPoint(NamedTuple):
    """A point in plan units: x to the right, y downwards."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Projection:
    """Map from WGS 84 degrees to plan units, north up."""

    west_deg: float
    north_deg: float
    narrowing: float
    """A degree of longitude, in degrees of latitude."""
    units_a_metre: float
    left: float
    """Where `west_deg` is, in units."""
    top: float
    """Where `north_deg` is, in units."""

    def spot(self, position: Position) -> PlanPoint:
        """Return where a point of the ground is on the plan."""
        scale = METRES_A_DEGREE * self.units_a_metre
        return PlanPoint(
            self.left + (position[0] - self.west_deg) * self.narrowing * scale,
            self.top + (self.north_deg - position[1]) * scale,
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """Size and margins of a plan, in plan units."""

    width: float
    least_height: float
    most_height: float
    side: float
    """Kept free of stops to the left and to the right."""
    edge: float
    """Kept free of stops above and below, for what is written there."""


def fit_projection(
    positions: Sequence[Position], frame: Frame, least_m: float
) -> tuple[Projection, float]:
    """Return the largest projection that shows all points, and its height.

    Parameters
    ----------
    positions
        At least one.
    frame
        The room there is.
    least_m
        What the plan shows at the least, from side to side: two stops a step apart are
        not drawn as far from each other as two squares.
    """
    west, east = min(p[0] for p in positions), max(p[0] for p in positions)
    south, north = min(p[1] for p in positions), max(p[1] for p in positions)
    narrowing = math.cos(math.radians((south + north) / 2))
    across_m = (east - west) * narrowing * METRES_A_DEGREE
    down_m = (north - south) * METRES_A_DEGREE
    inner = frame.width - 2 * frame.side
    units = min(
        inner / max(across_m, least_m),
        (frame.most_height - 2 * frame.edge) / max(down_m, 1.0),
    )
    height = min(
        max(down_m * units + 2 * frame.edge, frame.least_height), frame.most_height
    )
    projection = Projection(
        west,
        north,
        narrowing,
        units,
        (frame.width - across_m * units) / 2,
        (height - down_m * units) / 2,
    )
    return projection, height


def simplify_line(line: Sequence[PlanPoint], tolerance: float) -> list[PlanPoint]:
    """Return a line without points closer to it than `tolerance` (Douglas-Peucker).

    Douglas and Peucker, 1973; without recursion, since a river is long.
    """
    if len(line) < 3:  # noqa: PLR2004 - two ends have nothing between them
        return list(line)
    kept = {0, len(line) - 1}
    queue = [(0, len(line) - 1)]
    while queue:
        first, last = queue.pop()
        inner = range(first + 1, last)
        farthest = max(
            inner,
            key=lambda i: _distance_to_segment(line[i], line[first], line[last]),
            default=None,
        )
        if farthest is None:
            continue
        if _distance_to_segment(line[farthest], line[first], line[last]) > tolerance:
            kept.add(farthest)
            queue += [(first, farthest), (farthest, last)]
    return [line[i] for i in sorted(kept)]


def _distance_to_segment(spot: PlanPoint, start: PlanPoint, end: PlanPoint) -> float:
    """Return how far a point is from a segment."""
    run = (end.x - start.x, end.y - start.y)
    squared = run[0] ** 2 + run[1] ** 2
    if not squared:
        return math.dist(spot, start)
    along = ((spot.x - start.x) * run[0] + (spot.y - start.y) * run[1]) / squared
    along = min(max(along, 0.0), 1.0)
    return math.dist(spot, (start.x + along * run[0], start.y + along * run[1]))


def straight_distance_m(one: Position, other: Position) -> float:
    """Return the great-circle distance of two points, in metres."""
    return distance_km((one[1], one[0]), (other[1], other[0])) * 1000


def distance_along_m(
    walk: tuple[tuple[Position, ...], ...], one: Position, other: Position
) -> float | None:
    """Return the distance of two points along a walk, in metres; None where it misses one.

    Both must lie by the same line of it. Where the line comes by a point twice, the
    shorter way counts.
    """
    found = (_between(line, one, other) for line in walk)
    return min((metres for metres in found if metres is not None), default=None)


def _between(
    line: tuple[Position, ...], one: Position, other: Position
) -> float | None:
    starts, ends = _positions_along(line, one), _positions_along(line, other)
    gaps = (abs(end - start) for start in starts for end in ends)
    return min(gaps, default=None)


def _positions_along(line: tuple[Position, ...], point: Position) -> list[float]:
    """Return how far along a line a point is, for each time that the line comes by."""
    marks: list[tuple[float, float]] = []
    gone = 0.0
    for start, end in pairwise(line):
        off, along = _project_on_segment(start, end, point)
        length = straight_distance_m(start, end)
        if off <= _NEAR_M:
            marks.append((off, gone + along * length))
        gone += length
    if not marks:
        return []
    nearest = min(off for off, _ in marks)
    # Segments that meet near the point each give a mark: of those, the nearest ones.
    return [mark for off, mark in marks if off <= nearest + 1.0]


def _project_on_segment(
    start: Position, end: Position, point: Position
) -> tuple[float, float]:
    """Return how far a point is from a segment, and where along it, from 0 to 1."""
    narrowing = math.cos(math.radians(point[1]))
    run = ((end[0] - start[0]) * narrowing, end[1] - start[1])
    gone = ((point[0] - start[0]) * narrowing, point[1] - start[1])
    squared = run[0] ** 2 + run[1] ** 2
    along = (gone[0] * run[0] + gone[1] * run[1]) / squared if squared else 0.0
    along = min(max(along, 0.0), 1.0)
    rest = (gone[0] - along * run[0], gone[1] - along * run[1])
    return math.hypot(*rest) * METRES_A_DEGREE, along
