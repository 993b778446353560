"""What a tour's plan is drawn on: shapes and names of map data, and a ground overlay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tours.model.values import Coordinates, FileReference, LocalizedText

MapShapeKind = Literal[
    "walk", "step-free", "steps", "water", "green", "building", "road", "path", "rail"
]
"""Of a shape; a walk is what visitors follow, a step-free way avoids its steps."""
Position = tuple[float, float]
"""Longitude and latitude, degrees (WGS 84), as GeoJSON orders them."""
_MIN_AREA = 1e-12
"""In square degrees: a picture of less is a line."""
_MAX_WIDTH_DEG = 0.5


@dataclass(frozen=True, slots=True)
class MapShape:
    """One line or area of the ground."""

    kind: MapShapeKind
    lines: tuple[tuple[Position, ...], ...]
    """A line each; of an area, its rings, the outer first."""
    is_area: bool


@dataclass(frozen=True, slots=True)
class MapName:
    """A name to write on the plan, in each language that has one."""

    at: Position
    name: str
    """Where no language's own is given."""
    names: tuple[tuple[str, str], ...] = ()
    """Pairs of a language tag and a name."""

    def best(self, languages: tuple[str, ...]) -> tuple[str | None, str]:
        """Return the language, where it is known, and the name to show."""
        known = dict(self.names)
        for language in languages:
            if language in known:
                return language, known[language]
        return None, self.name


class OverlayVariant(NamedTuple):
    """One file that a picture is made into."""

    url: str
    media_type: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class GroundOverlay:
    """A plan that somebody drew or photographed, laid on the ground by its corners."""

    file: FileReference
    top_left: Coordinates
    bottom_right: Coordinates
    top_right: Coordinates | None = None
    """None where north is up."""
    credits: LocalizedText | None = None
    variants: tuple[OverlayVariant, ...] = ()
    """What it is made into; none before that."""

    def corners(self) -> tuple[Position, Position, Position]:
        """Return its upper left, its upper right and its lower left corner."""
        left, right = _position(self.top_left), _position(self.bottom_right)
        upper = _position(self.top_right) if self.top_right else (right[0], left[1])
        lower = (left[0] + right[0] - upper[0], left[1] + right[1] - upper[1])
        return left, upper, lower

    def relative_position(self, position: Position) -> tuple[float, float] | None:
        """Return how far right and down a point is on it, from 0 to 1 where it is on it.

        None where its corners are on one line.
        """
        origin, across, down = self.corners()
        u = (across[0] - origin[0], across[1] - origin[1])
        v = (down[0] - origin[0], down[1] - origin[1])
        p = (position[0] - origin[0], position[1] - origin[1])
        area = u[0] * v[1] - u[1] * v[0]
        if abs(area) < _MIN_AREA:
            return None
        right = (p[0] * v[1] - p[1] * v[0]) / area
        return right, (u[0] * p[1] - u[1] * p[0]) / area

    @property
    def is_flipped(self) -> bool:
        """Whether its corners, as they are given, would show it from behind, or turned."""
        origin, across, down = self.corners()
        if self.top_right is None:
            return across[0] <= origin[0] or down[1] >= origin[1]
        return (across[0] - origin[0]) * (down[1] - origin[1]) >= (
            across[1] - origin[1]
        ) * (down[0] - origin[0])

    @property
    def is_too_wide(self) -> bool:
        """Whether its corners are farther apart than any walk: one is wrong by itself."""
        (west, north), (east, south) = (
            _position(self.top_left),
            _position(self.bottom_right),
        )
        return max(abs(east - west), abs(north - south)) > _MAX_WIDTH_DEG


@dataclass(frozen=True, slots=True)
class MapData:
    """Everything that a plan is drawn on."""

    shapes: tuple[MapShape, ...] = ()
    names: tuple[MapName, ...] = ()
    picture: GroundOverlay | None = None
    """Below all shapes."""

    def positions(self) -> Iterator[Position]:
        """Give every point of it."""
        for shape in self.shapes:
            for line in shape.lines:
                yield from line
        yield from (named.at for named in self.names)

    def walk(self) -> tuple[tuple[Position, ...], ...]:
        """Return the lines that visitors follow; none where they are not known."""
        found = (shape.lines for shape in self.shapes if shape.kind == "walk")
        return tuple(line for lines in found for line in lines)


def _position(point: Coordinates) -> Position:
    return point.longitude_deg, point.latitude_deg
