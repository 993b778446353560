"""What a plan is drawn on, read from GeoJSON that map programs export."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tours.checks import read_museum
from tours.geojson import MAX_POSITIONS, GeoJsonError, GeoJsonMistake, read_geojson
from tours.model import MapShape

if TYPE_CHECKING:
    from pathlib import Path

LINE = [[4.43, 46.78], [4.44, 46.79]]
RING = [[4.43, 46.78], [4.44, 46.78], [4.44, 46.79], [4.43, 46.78]]


def geojson(kind: str, coordinates: object, **properties: object) -> bytes:
    geometry = {"type": kind, "coordinates": coordinates}
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def only(content: bytes) -> MapShape:
    (shape,) = read_geojson(content).shapes
    return shape


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"ecomusee": "walk", "highway": "steps"}, "walk"),
        ({"ecomusee": "step-free"}, "step-free"),
        ({"highway": "steps"}, "steps"),
        ({"highway": "footway"}, "path"),
        ({"highway": "residential"}, "road"),
        ({"railway": "rail"}, "rail"),
        ({"waterway": "canal"}, "water"),
    ],
)
def test_lines_are_drawn_by_their_tags(tags: dict[str, str], kind: str) -> None:
    shape = only(geojson("LineString", LINE, **tags))

    assert shape == MapShape(kind, (((4.43, 46.78), (4.44, 46.79)),), is_area=False)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"natural": "water"}, "water"),
        ({"building": "yes"}, "building"),
        ({"landuse": "forest"}, "green"),
        ({"leisure": "park"}, "green"),
    ],
)
def test_areas_are_drawn_by_their_tags(tags: dict[str, str], kind: str) -> None:
    shape = only(geojson("Polygon", [RING], **tags))

    assert (shape.kind, shape.is_area) == (kind, True)


def test_what_has_no_known_tag_is_passed_over() -> None:
    around = read_geojson(geojson("LineString", LINE, power="line"))

    assert around.shapes == ()


def test_a_multiple_line_is_one_shape() -> None:
    shape = only(geojson("MultiLineString", [LINE, LINE], highway="service"))

    assert len(shape.lines) == 2


def test_each_area_of_several_is_a_shape_of_its_own() -> None:
    around = read_geojson(geojson("MultiPolygon", [[RING], [RING]], building="1"))

    assert len(around.shapes) == 2


def test_a_name_is_told_in_the_visitors_language() -> None:
    tags = {"name": "La mer", "name:en": "The sea"}
    (named,) = read_geojson(geojson("Point", [4.43, 46.78], **tags)).names

    assert named.best(("en", "fr")) == ("en", "The sea")
    assert named.best(("it",)) == (None, "La mer")


def test_heights_are_passed_over() -> None:
    shape = only(
        geojson("LineString", [[4.43, 46.78, 301], [4.44, 46.79, 302]], highway="path")
    )

    assert shape.lines == (((4.43, 46.78), (4.44, 46.79)),)


@pytest.mark.parametrize(
    ("content", "mistake"),
    [
        (b"", GeoJsonMistake.JSON),
        (b"\xff\xfe{", GeoJsonMistake.JSON),
        (b"[" * 100_000, GeoJsonMistake.JSON),
        (b"[]", GeoJsonMistake.SHAPE),
        (b'{"type": "FeatureCollection"}', GeoJsonMistake.SHAPE),
        (b'{"type": "Feature", "geometry": "rue"}', GeoJsonMistake.SHAPE),
        (geojson("Circle", LINE), GeoJsonMistake.SHAPE),
        (geojson("LineString", [["4.43", "46.78"]]), GeoJsonMistake.SHAPE),
        (geojson("LineString", None), GeoJsonMistake.SHAPE),
        (geojson("Polygon", LINE), GeoJsonMistake.SHAPE),
        (geojson("LineString", [[float("nan"), 46.78]]), GeoJsonMistake.PROJECTED),
        (geojson("LineString", [[809431.2, 6633120.5]]), GeoJsonMistake.PROJECTED),
    ],
)
def test_what_is_no_geojson_in_degrees_is_refused(
    content: bytes, mistake: GeoJsonMistake
) -> None:
    with pytest.raises(GeoJsonError) as caught:
        read_geojson(content)

    assert caught.value.mistake is mistake


def test_a_plan_that_a_page_cannot_carry_is_told(museum: Path) -> None:
    tour, plan = museum / "tours" / "visite.yaml", museum / "plans" / "ville.geojson"
    plan.parent.mkdir()
    plan.write_bytes(geojson("LineString", LINE * MAX_POSITIONS, highway="path"))
    text = tour.read_text(encoding="utf-8")
    tour.write_text(f"plan: plans/ville.geojson\n{text}", encoding="utf-8")

    assert [finding.code for finding in read_museum(museum).diagnostics] == ["T183"]
