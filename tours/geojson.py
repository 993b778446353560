"""Read the map data of a tour's plan (roads, water, buildings) from a GeoJSON file.

GeoJSON is RFC 7946. Features say what they are by ``ecomusee`` (``walk``, ``step-free``
or one of the kinds below), else by OpenStreetMap's tags, so that what a museum exports
from a map editor serves as it is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, get_args

from tours.model import MapData, MapName, MapShape, MapShapeKind, Position

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


MAX_POSITIONS = 20_000
"""Of a whole file: a plan of more is a map, and a page can't carry it."""
_KINDS: tuple[MapShapeKind, ...] = get_args(MapShapeKind)
_AREAS = frozenset({"water", "green", "building"})
_WATERS = frozenset({"bay", "water"})
_GREENS = frozenset({"forest", "grass", "meadow"})
_PATHS = frozenset(
    {"bridleway", "corridor", "cycleway", "footway", "path", "pedestrian", "track"}
)


class GeoJsonMistake(Enum):
    """Why a GeoJSON file can't be drawn."""

    JSON = "json"
    SHAPE = "shape"
    """JSON, but no GeoJSON."""
    PROJECTED = "projected"
    """Not in degrees."""
    LARGE = "large"
    """More than a page can carry."""


class GeoJsonError(Exception):
    """A file is not the GeoJSON of a plan."""

    def __init__(
        self, mistake: GeoJsonMistake, shown: str = "", line: int = 1, column: int = 1
    ) -> None:
        super().__init__(f"{mistake.value}: {shown}")
        self.mistake = mistake
        self.shown = shown
        """What was met instead."""
        self.line = line
        self.column = column


@dataclass(slots=True)
class _Reading:
    shapes: list[MapShape] = field(default_factory=list)
    names: list[MapName] = field(default_factory=list)
    count: int = 0

    def positions(self, raw: object) -> tuple[Position, ...]:
        if not isinstance(raw, list):
            raise GeoJsonError(GeoJsonMistake.SHAPE, _shown(raw))
        self.count += len(raw)
        if self.count > MAX_POSITIONS:
            raise GeoJsonError(GeoJsonMistake.LARGE, str(MAX_POSITIONS))
        return tuple(_position(item) for item in raw)


def read_geojson(content: bytes) -> MapData:
    """Return the shapes and names of a GeoJSON file.

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
    return MapData(tuple(reading.shapes), tuple(reading.names))


def _json(content: bytes) -> object:
    try:
        return json.loads(content)
    except json.JSONDecodeError as error:
        raise GeoJsonError(
            GeoJsonMistake.JSON, error.msg, error.lineno, error.colno
        ) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise GeoJsonError(GeoJsonMistake.JSON) from error


def _features(root: object) -> Iterator[tuple[object, Mapping[str, Any]]]:
    """Yield each geometry with the properties of its feature."""
    kind = root.get("type") if isinstance(root, dict) else None
    if not isinstance(root, dict) or not isinstance(kind, str):
        raise GeoJsonError(GeoJsonMistake.SHAPE, _shown(root))
    if kind == "FeatureCollection":
        features = root.get("features")
        if not isinstance(features, list):
            raise GeoJsonError(GeoJsonMistake.SHAPE, "features")
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
        raise GeoJsonError(GeoJsonMistake.SHAPE, _shown(geometry))
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
        raise GeoJsonError(GeoJsonMistake.SHAPE, _shown(kind))


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
    reading.shapes.append(MapShape(kind, lines, is_closed and kind in _AREAS))
    if is_closed and kind != "building":
        ring = lines[0]
        middle = (
            (min(p[0] for p in ring) + max(p[0] for p in ring)) / 2,
            (min(p[1] for p in ring) + max(p[1] for p in ring)) / 2,
        )
        _name(middle, properties, reading)


def _kind(tags: Mapping[str, Any], *, is_closed: bool) -> MapShapeKind | None:
    """Return how a feature is drawn: by our own word, else by OpenStreetMap's tags."""
    own = tags.get("ecomusee")
    return next((kind for kind in _KINDS if kind == own), None) or next(
        (kind for kind, is_met in _tagged(tags, is_closed=is_closed) if is_met), None
    )


def _tagged(
    tags: Mapping[str, Any], *, is_closed: bool
) -> Iterator[tuple[MapShapeKind, object]]:
    """Yield each kind with whether OpenStreetMap's tags ask for it; the first counts."""
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
        reading.names.append(MapName(at, name.strip(), names))
    elif names:
        reading.names.append(MapName(at, names[0][1], names))


def _position(raw: object) -> Position:
    is_pair = isinstance(raw, list) and len(raw) in (2, 3)
    if not isinstance(raw, list) or not is_pair or not all(map(_is_number, raw)):
        raise GeoJsonError(GeoJsonMistake.SHAPE, _shown(raw))
    longitude, latitude = float(raw[0]), float(raw[1])
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):  # noqa: PLR2004 - the globe's limits
        raise GeoJsonError(GeoJsonMistake.PROJECTED, f"[{raw[0]:.0f}, {raw[1]:.0f}]")
    return longitude, latitude


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _list(raw: object) -> list[Any]:
    if not isinstance(raw, list):
        raise GeoJsonError(GeoJsonMistake.SHAPE, _shown(raw))
    return raw


def _shown(value: object) -> str:
    is_word = isinstance(value, str)
    text = str(value) if is_word else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else text[:39] + "…"  # noqa: PLR2004 - a line's part
