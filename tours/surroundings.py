"""What lies around a tour's stops: roads, water, buildings, from a GeoJSON file.

GeoJSON is RFC 7946. Features say what they are by ``ecomusee`` (``walk``, ``step-free``
or one of the kinds below), else by OpenStreetMap's tags, so that what a museum exports
from a map editor serves as it is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tours.model import Coordinates, FileReference, LocalizedText

Kind = Literal[
    "walk", "step-free", "steps", "water", "green", "building", "road", "path", "rail"
]
"""Of a shape; a walk is what visitors follow, a step-free way avoids its steps."""
Position = tuple[float, float]
"""Longitude and latitude, degrees (WGS 84), as GeoJSON orders them."""
MOST_POSITIONS = 20_000
"""Of a whole file: a plan of more is a map, and a page can't carry it."""
_KINDS: tuple[Kind, ...] = get_args(Kind)
_LEAST_AREA = 1e-12
"""In square degrees: a picture of less is a line."""
_WIDEST_DEG = 0.5
_AREAS = frozenset({"water", "green", "building"})
_WATERS = frozenset({"bay", "water"})
_GREENS = frozenset({"forest", "grass", "meadow"})
_PATHS = frozenset(
    {"bridleway", "corridor", "cycleway", "footway", "path", "pedestrian", "track"}
)


@dataclass(frozen=True, slots=True)
class Shape:
    """One line or area of the ground."""

    kind: Kind
    lines: tuple[tuple[Position, ...], ...]
    """A line each; of an area, its rings, the outer first."""
    is_area: bool


@dataclass(frozen=True, slots=True)
class Named:
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


class Variant(NamedTuple):
    """One file that a picture is made into."""

    url: str
    media_type: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class GroundPicture:
    """A plan that somebody drew or photographed, laid on the ground by its corners."""

    file: FileReference
    top_left: Coordinates
    bottom_right: Coordinates
    top_right: Coordinates | None = None
    """None where north is up."""
    credits: LocalizedText | None = None
    variants: tuple[Variant, ...] = ()
    """What it is made into; none before that."""

    def corners(self) -> tuple[Position, Position, Position]:
        """Return its upper left, its upper right and its lower left corner."""
        left, right = _of(self.top_left), _of(self.bottom_right)
        upper = _of(self.top_right) if self.top_right else (right[0], left[1])
        lower = (left[0] + right[0] - upper[0], left[1] + right[1] - upper[1])
        return left, upper, lower

    def share(self, position: Position) -> tuple[float, float] | None:
        """Return how far right and down a point is on it, from 0 to 1 where it is on it.

        None where its corners are on one line.
        """
        origin, across, down = self.corners()
        u = (across[0] - origin[0], across[1] - origin[1])
        v = (down[0] - origin[0], down[1] - origin[1])
        p = (position[0] - origin[0], position[1] - origin[1])
        area = u[0] * v[1] - u[1] * v[0]
        if abs(area) < _LEAST_AREA:
            return None
        right = (p[0] * v[1] - p[1] * v[0]) / area
        return right, (u[0] * p[1] - u[1] * p[0]) / area

    @property
    def is_amiss(self) -> bool:
        """Whether its corners, as they are given, would show it from behind, or turned."""
        origin, across, down = self.corners()
        if self.top_right is None:
            return across[0] <= origin[0] or down[1] >= origin[1]
        return (across[0] - origin[0]) * (down[1] - origin[1]) >= (
            across[1] - origin[1]
        ) * (down[0] - origin[0])

    @property
    def is_far_spread(self) -> bool:
        """Whether its corners are farther apart than any walk: one is wrong by itself."""
        (west, north), (east, south) = _of(self.top_left), _of(self.bottom_right)
        return max(abs(east - west), abs(north - south)) > _WIDEST_DEG


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything that a plan is drawn on."""

    shapes: tuple[Shape, ...] = ()
    names: tuple[Named, ...] = ()
    picture: GroundPicture | None = None
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


class Slip(Enum):
    """What is wrong with a file."""

    JSON = "json"
    SHAPE = "shape"
    """JSON, but no GeoJSON."""
    PROJECTED = "projected"
    """Not in degrees."""
    LARGE = "large"
    """More than a page can carry."""


class SurroundingsError(Exception):
    """A file that no plan can be drawn on."""

    def __init__(
        self, slip: Slip, shown: str = "", line: int = 1, column: int = 1
    ) -> None:
        super().__init__(f"{slip.value}: {shown}")
        self.slip = slip
        self.shown = shown
        """What was met instead."""
        self.line = line
        self.column = column


def _of(point: Coordinates) -> Position:
    return point.longitude_deg, point.latitude_deg


@dataclass(slots=True)
class _Reading:
    shapes: list[Shape] = field(default_factory=list)
    names: list[Named] = field(default_factory=list)
    count: int = 0

    def positions(self, raw: object) -> tuple[Position, ...]:
        if not isinstance(raw, list):
            raise SurroundingsError(Slip.SHAPE, _shown(raw))
        self.count += len(raw)
        if self.count > MOST_POSITIONS:
            raise SurroundingsError(Slip.LARGE, str(MOST_POSITIONS))
        return tuple(_position(item) for item in raw)


def read_surroundings(content: bytes) -> Surroundings:
    """Return what a GeoJSON file draws.

    What it holds besides, points without a name and tags that say nothing of how to
    draw a thing, is passed over.

    Raises
    ------
    SurroundingsError
        If it is no GeoJSON in degrees, or too large for a page.
    """
    reading = _Reading()
    for geometry, properties in _features(_json(content)):
        _read(geometry, properties, reading)
    return Surroundings(tuple(reading.shapes), tuple(reading.names))


def _json(content: bytes) -> object:
    try:
        return json.loads(content)
    except json.JSONDecodeError as error:
        raise SurroundingsError(
            Slip.JSON, error.msg, error.lineno, error.colno
        ) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise SurroundingsError(Slip.JSON) from error


def _features(root: object) -> Iterator[tuple[object, Mapping[str, Any]]]:
    """Give each geometry with the properties of its feature."""
    kind = root.get("type") if isinstance(root, dict) else None
    if not isinstance(root, dict) or not isinstance(kind, str):
        raise SurroundingsError(Slip.SHAPE, _shown(root))
    if kind == "FeatureCollection":
        features = root.get("features")
        if not isinstance(features, list):
            raise SurroundingsError(Slip.SHAPE, "features")
        for feature in features:
            yield from _features(feature)
    elif kind == "Feature":
        properties = root.get("properties")
        yield root.get("geometry"), properties if isinstance(properties, dict) else {}
    else:
        yield root, {}


def _read(geometry: object, properties: Mapping[str, Any], reading: _Reading) -> None:
    if geometry is None:  # RFC 7946, 3.2: a feature that is nowhere
        return
    if not isinstance(geometry, dict):
        raise SurroundingsError(Slip.SHAPE, _shown(geometry))
    kind, raw = geometry.get("type"), geometry.get("coordinates")
    if kind == "GeometryCollection":
        for inner in _list(geometry.get("geometries")):
            _read(inner, properties, reading)
    elif kind == "Point":
        _name(_position(raw), properties, reading)
    elif kind in ("LineString", "MultiLineString"):
        lines = tuple(map(reading.positions, _several(kind, raw)))
        _shape(lines, properties, reading, is_closed=False)
    elif kind in ("Polygon", "MultiPolygon"):
        for polygon in _several(kind, raw):
            rings = tuple(map(reading.positions, _list(polygon)))
            _shape(rings, properties, reading, is_closed=True)
    elif kind != "MultiPoint":
        raise SurroundingsError(Slip.SHAPE, _shown(kind))


def _several(kind: str, raw: object) -> list[Any]:
    return _list(raw) if kind.startswith("Multi") else [raw]


def _shape(
    lines: tuple[tuple[Position, ...], ...],
    properties: Mapping[str, Any],
    reading: _Reading,
    *,
    is_closed: bool,
) -> None:
    kind = _kind(properties, is_closed=is_closed)
    lines = tuple(line for line in lines if len(line) > 1)
    if kind is None or not lines:
        return
    reading.shapes.append(Shape(kind, lines, is_closed and kind in _AREAS))
    if is_closed and kind != "building":
        ring = lines[0]
        middle = (
            (min(p[0] for p in ring) + max(p[0] for p in ring)) / 2,
            (min(p[1] for p in ring) + max(p[1] for p in ring)) / 2,
        )
        _name(middle, properties, reading)


def _kind(tags: Mapping[str, Any], *, is_closed: bool) -> Kind | None:
    """Return how a feature is drawn: by our own word, else by OpenStreetMap's tags."""
    own = tags.get("ecomusee")
    return next((kind for kind in _KINDS if kind == own), None) or next(
        (kind for kind, is_met in _tagged(tags, is_closed=is_closed) if is_met), None
    )


def _tagged(
    tags: Mapping[str, Any], *, is_closed: bool
) -> Iterator[tuple[Kind, object]]:
    """Give each kind with whether tags tell it; the first that they tell counts."""
    highway, natural = tags.get("highway"), tags.get("natural")
    yield "steps", highway == "steps"
    yield "path", highway in _PATHS
    yield "rail", tags.get("railway") and not is_closed
    yield "road", highway
    yield "water", natural in _WATERS or "waterway" in tags or "water" in tags
    yield "building", tags.get("building")
    yield "green", natural or tags.get("landuse") in _GREENS
    yield "green", tags.get("leisure") in ("park", "garden")


def _name(at: Position, tags: Mapping[str, Any], reading: _Reading) -> None:
    names = tuple(
        (key.removeprefix("name:"), value)
        for key, value in tags.items()
        if key.startswith("name:") and isinstance(value, str) and value.strip()
    )
    name = tags.get("name")
    if isinstance(name, str) and name.strip():
        reading.names.append(Named(at, name.strip(), names))
    elif names:
        reading.names.append(Named(at, names[0][1], names))


def _position(raw: object) -> Position:
    is_pair = isinstance(raw, list) and len(raw) in (2, 3)
    if not isinstance(raw, list) or not is_pair or not all(map(_is_number, raw)):
        raise SurroundingsError(Slip.SHAPE, _shown(raw))
    longitude, latitude = float(raw[0]), float(raw[1])
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):  # noqa: PLR2004 - the globe's limits
        raise SurroundingsError(Slip.PROJECTED, f"[{raw[0]:.0f}, {raw[1]:.0f}]")
    return longitude, latitude


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _list(raw: object) -> list[Any]:
    if not isinstance(raw, list):
        raise SurroundingsError(Slip.SHAPE, _shown(raw))
    return raw


def _shown(value: object) -> str:
    is_word = isinstance(value, str)
    text = str(value) if is_word else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else text[:39] + "…"  # noqa: PLR2004 - a line's part
