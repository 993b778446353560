"""Export a tour's route as GPX 1.1 and GeoJSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from publishing.itinerary import open_stops

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tours.manifest import Manifest, Point, StopView
    from tours.model import MapData

GPX_TYPE = "application/gpx+xml"
GEOJSON_TYPE = "application/geo+json"


def gpx_url(tour_id: str, language: str) -> str:
    """Return the address of a tour as GPX."""
    return f"/plans/{tour_id}.{language}.gpx"


def geojson_url(tour_id: str, language: str) -> str:
    """Return the address of a tour as GeoJSON."""
    return f"/plans/{tour_id}.{language}.geojson"


def to_gpx(manifest: Manifest, around: MapData | None) -> bytes:
    """Return a tour as GPX 1.1: its stops as a route, and the walk where it is drawn."""
    tour = manifest.tour
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gpx version="1.1" creator="ecomusee" xmlns="http://www.topografix.com/GPX/1/1">',
        f"<metadata><name>{escape(tour.title.text)}</name></metadata>",
        f"<rte><name>{escape(tour.title.text)}</name>",
        *(_point("rtept", manifest, stop, at) for stop, at in _placed(manifest)),
        "</rte>",
    ]
    for line in around.walk() if around else ():
        points = "".join(f'<trkpt lat="{p[1]:.6f}" lon="{p[0]:.6f}"/>' for p in line)
        name = f"<name>{escape(tour.title.text)}</name>"
        lines.append(f"<trk>{name}<trkseg>{points}</trkseg></trk>")
    return ("\n".join([*lines, "</gpx>"]) + "\n").encode()


def to_geojson(manifest: Manifest, around: MapData | None) -> bytes:
    """Return a tour as GeoJSON (RFC 7946): a point a stop, and the walk where drawn."""
    features = [
        _feature(
            "Point",
            [round(at.longitude_deg, 6), round(at.latitude_deg, 6)],
            number=stop.number,
            name=_title(stop),
            url=manifest.museum.address + stop.url,
        )
        for stop, at in _placed(manifest)
    ]
    features.extend(
        _feature("LineString", [list(p) for p in line], ecomusee="walk")
        for line in (around.walk() if around else ())
    )
    document = {"type": "FeatureCollection", "features": features}
    return (json.dumps(document, ensure_ascii=False, separators=(",", ":"))).encode()


def _placed(manifest: Manifest) -> Iterator[tuple[StopView, Point]]:
    for stop in open_stops(manifest.tour):
        if stop.position is not None:
            yield stop, stop.position


def _point(tag: str, manifest: Manifest, stop: StopView, at: Point) -> str:
    link = quoteattr(manifest.museum.address + stop.url)
    name = escape(f"{stop.number}. {_title(stop)}")
    place = f'lat="{at.latitude_deg:.6f}" lon="{at.longitude_deg:.6f}"'
    return f"<{tag} {place}><name>{name}</name><link href={link}/></{tag}>"


def _title(stop: StopView) -> str:
    return stop.title.text


def _feature(kind: str, coordinates: object, **properties: object) -> dict[str, object]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}
