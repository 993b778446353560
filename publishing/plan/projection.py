"""From degrees to the units of a plan, north upwards."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tours.model import Position

METRES_A_DEGREE = 111_195.0
"""Of latitude, on a sphere of 6,371 km: a plan is too small for the Earth's flattening."""


class Spot(NamedTuple):
    """A point of a plan, in its units: x to the right, y downwards."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Projection:
    """How a plan is laid over the ground."""

    west_deg: float
    north_deg: float
    narrowing: float
    """A degree of longitude, in degrees of latitude."""
    units_a_metre: float
    left: float
    """Where `west_deg` is, in units."""
    top: float
    """Where `north_deg` is, in units."""

    def spot(self, position: Position) -> Spot:
        """Return where a point of the ground is on the plan."""
        scale = METRES_A_DEGREE * self.units_a_metre
        return Spot(
            self.left + (position[0] - self.west_deg) * self.narrowing * scale,
            self.top + (self.north_deg - position[1]) * scale,
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """The room that a plan has, in its units."""

    width: float
    least_height: float
    most_height: float
    side: float
    """Kept free of stops to the left and to the right."""
    edge: float
    """Kept free of stops above and below, for what is written there."""


def fitted(
    positions: Sequence[Position], frame: Frame, least_m: float
) -> tuple[Projection, float]:
    """Return the projection that shows all points as large as can be, and its height.

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


def thinned(line: Sequence[Spot], tolerance: float) -> list[Spot]:
    """Return a line without the points that lie within `tolerance` of it.

    Douglas and Peucker, 1973; without recursion, since a river is long.
    """
    if len(line) < 3:  # noqa: PLR2004 - two ends have nothing between them
        return list(line)
    kept = {0, len(line) - 1}
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        inner = range(first + 1, last)
        farthest = max(
            inner, key=lambda i: _off(line[i], line[first], line[last]), default=None
        )
        if farthest is None:
            continue
        if _off(line[farthest], line[first], line[last]) > tolerance:
            kept.add(farthest)
            waiting += [(first, farthest), (farthest, last)]
    return [line[i] for i in sorted(kept)]


def _off(spot: Spot, start: Spot, end: Spot) -> float:
    """Return how far a point is from a segment."""
    run = (end.x - start.x, end.y - start.y)
    squared = run[0] ** 2 + run[1] ** 2
    if not squared:
        return math.dist(spot, start)
    along = ((spot.x - start.x) * run[0] + (spot.y - start.y) * run[1]) / squared
    along = min(max(along, 0.0), 1.0)
    return math.dist(spot, (start.x + along * run[0], start.y + along * run[1]))
