"""How far it is from a stop to the next: along the walk where it is drawn."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from publishing.plan.projection import METRES_A_DEGREE
from tours.quantities import distance_km

if TYPE_CHECKING:
    from tours.model import Position

_NEAR_M = 60.0
"""A stop farther from the walk is not on it."""


def straight_m(one: Position, other: Position) -> float:
    """Return the metres between two points, as the crow flies."""
    return distance_km((one[1], one[0]), (other[1], other[0])) * 1000


def along_m(
    walk: tuple[tuple[Position, ...], ...], one: Position, other: Position
) -> float | None:
    """Return the metres between two points along the walk; None where it misses one.

    Both must lie by the same line of it. Where the line comes by a point twice, the
    shorter way counts.
    """
    found = (_between(line, one, other) for line in walk)
    return min((metres for metres in found if metres is not None), default=None)


def _between(
    line: tuple[Position, ...], one: Position, other: Position
) -> float | None:
    starts, ends = _marks(line, one), _marks(line, other)
    gaps = (abs(end - start) for start in starts for end in ends)
    return min(gaps, default=None)


def _marks(line: tuple[Position, ...], point: Position) -> list[float]:
    """Return how far along a line a point is, for each time that the line comes by."""
    marks: list[tuple[float, float]] = []
    gone = 0.0
    for start, end in pairwise(line):
        off, along = _foot(start, end, point)
        length = straight_m(start, end)
        if off <= _NEAR_M:
            marks.append((off, gone + along * length))
        gone += length
    if not marks:
        return []
    nearest = min(off for off, _ in marks)
    # Segments that meet near the point each give a mark: of those, the nearest ones.
    return [mark for off, mark in marks if off <= nearest + 1.0]


def _foot(start: Position, end: Position, point: Position) -> tuple[float, float]:
    """Return how far a point is from a segment, and where along it, from 0 to 1."""
    narrowing = math.cos(math.radians(point[1]))
    run = ((end[0] - start[0]) * narrowing, end[1] - start[1])
    gone = ((point[0] - start[0]) * narrowing, point[1] - start[1])
    squared = run[0] ** 2 + run[1] ** 2
    along = (gone[0] * run[0] + gone[1] * run[1]) / squared if squared else 0.0
    along = min(max(along, 0.0), 1.0)
    rest = (gone[0] - along * run[0], gone[1] - along * run[1])
    return math.hypot(*rest) * METRES_A_DEGREE, along
