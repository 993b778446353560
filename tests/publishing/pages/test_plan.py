"""The plan of a tour: where its stops are, how far apart, and as files for others."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from publishing.pages.plan_svg import line_path, shape_path, tour_plan, walking_time
from publishing.pages.render import render_pages
from publishing.plan.export import to_gpx
from publishing.plan.geometry import PlanPoint, distance_along_m, simplify_line
from publishing.plan.layout import FRAME, PlanShape, layout_plan
from publishing.text.localization import format_distance, format_walk
from tours.diagnostics import Location
from tours.manifest import PictureAnchorView, Point, Pose
from tours.model import (
    Coordinates,
    FileReference,
    GroundOverlay,
    LocalizedText,
    MapData,
    MapName,
    MapShape,
    OverlayVariant,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from publishing.client_files import BuiltClient
    from publishing.pages.page import Page
    from tours.manifest import Manifest

    from .conftest import Document  # noqa: TID252 - tests are no package

    Read = Callable[[Sequence[Page], str], Document]

TOUR = "/fr/de-la-forge-a-la-ville/"
DEGREE_M = 111_195.0
"""Of latitude: 6,371 km times pi / 180."""


def placed(manifest: Manifest, *points: tuple[float, float] | None) -> Manifest:
    """Return the tour with a stop at each point (latitude, longitude)."""
    some = manifest.tour.stops[0]
    stops = tuple(
        replace(
            some,
            id=f"s{n}",
            number=n,
            url=f"{TOUR}s{n}/",
            code=None,
            position=Point(*point) if point else None,
        )
        for n, point in enumerate(points, 1)
    )
    return replace(manifest, tour=replace(manifest.tour, stops=stops))


@pytest.fixture
def french(manifests: tuple[Manifest, ...]) -> Manifest:
    return manifests[0]


def test_a_tour_in_one_place_has_no_plan(french: Manifest) -> None:
    assert layout_plan(placed(french, (46.78, 4.43), (46.78, 4.43), None)) is None


def test_a_tour_without_positions_has_no_plan(french: Manifest) -> None:
    assert layout_plan(placed(french, None, None)) is None


def test_one_place_has_a_plan_where_the_ground_is_known(french: Manifest) -> None:
    street = MapShape("road", (((4.43, 46.78), (4.44, 46.79)),), is_area=False)

    assert layout_plan(placed(french, (46.78, 4.43)), MapData((street,))) is not None


def test_north_is_up_and_east_is_right(french: Manifest) -> None:
    plan = layout_plan(placed(french, (46.78, 4.43), (46.79, 4.44)))

    assert plan is not None
    south_west, north_east = (place.at for place in plan.places)
    assert south_west.x < north_east.x
    assert south_west.y > north_east.y


@pytest.mark.parametrize(
    "points",
    [
        ((46.78, 4.43), (46.78, 4.53)),
        ((46.78, 4.43), (46.88, 4.43)),
        ((46.78, 4.43), (46.7801, 4.4301)),
        ((-33.9, 18.4), (-33.91, 18.42), (-33.92, 18.41)),
    ],
)
def test_every_mark_is_within_the_frame(
    french: Manifest, points: tuple[tuple[float, float], ...]
) -> None:
    plan = layout_plan(placed(french, *points))

    assert plan is not None
    assert FRAME.least_height <= plan.height <= FRAME.most_height
    for place in plan.places:
        assert place.width / 2 < place.at.x < plan.width - place.width / 2
        assert 13 < place.at.y < plan.height - 13


def test_stops_at_one_place_share_a_mark(french: Manifest) -> None:
    here, there = (46.78, 4.43), (46.80, 4.42)

    plan = layout_plan(placed(french, here, here, there, here))

    assert plan is not None
    assert [place.numbers for place in plan.places] == ["1, 2, 4", "3"]


def test_neighbours_in_the_tour_are_told_as_a_range(french: Manifest) -> None:
    plan = layout_plan(placed(french, *3 * [(46.78, 4.43)], (46.80, 4.42)))

    assert plan is not None
    assert [place.numbers for place in plan.places] == ["1–3", "4"]


def test_without_a_walk_distances_are_as_the_crow_flies(french: Manifest) -> None:
    plan = layout_plan(placed(french, (46.78, 4.43), None, (46.79, 4.43)))

    assert plan is not None
    (leg,) = plan.legs
    assert (leg.first.number, leg.then.number, leg.is_walked) == (1, 3, False)
    assert leg.metres == pytest.approx(0.01 * DEGREE_M, rel=1e-3)
    assert len(plan.route) == 2


def test_with_a_walk_distances_follow_it(french: Manifest) -> None:
    """Two sides of a square, where the crow flies its diagonal."""
    corner = ((4.43, 0.0), (4.44, 0.0), (4.44, 0.01))
    walk = MapData((MapShape("walk", (corner,), is_area=False),))

    plan = layout_plan(placed(french, (0.0, 4.43), (0.01, 4.44)), walk)

    assert plan is not None
    (leg,) = plan.legs
    assert leg.is_walked
    assert leg.metres == pytest.approx(0.02 * DEGREE_M, rel=1e-3)
    assert plan.route == ()


def test_a_walk_that_misses_a_stop_measures_nothing() -> None:
    walk = (((4.43, 0.0), (4.44, 0.0)),)

    assert distance_along_m(walk, (4.43, 0.0), (4.44, 0.01)) is None


def test_a_walk_that_comes_by_twice_counts_once() -> None:
    there_and_back = (((4.43, 0.0), (4.44, 0.0), (4.43, 0.0)),)

    metres = distance_along_m(there_and_back, (4.43, 0.0), (4.44, 0.0))

    assert metres == pytest.approx(0.01 * DEGREE_M, rel=1e-3)


def test_a_name_that_would_hide_a_mark_is_left_out(french: Manifest) -> None:
    on_a_mark, beside = MapName((4.43, 46.78), "Rue"), MapName((4.437, 46.783), "Rue")
    around = MapData(names=(on_a_mark, beside))

    plan = layout_plan(placed(french, (46.78, 4.43), (46.79, 4.44)), around)

    assert plan is not None
    assert len(plan.names) == 1


def test_a_straight_line_needs_only_its_ends() -> None:
    line = [PlanPoint(x, 2 * x) for x in range(50)]

    assert simplify_line(line, 0.1) == [line[0], line[-1]]


def test_a_thinned_line_keeps_its_corners() -> None:
    corners = [PlanPoint(0, 0), PlanPoint(10, 0), PlanPoint(10, 10)]

    assert simplify_line(corners, 0.1) == corners


def test_a_path_goes_from_point_to_point() -> None:
    line = (PlanPoint(1, 2), PlanPoint(1.25, 2), PlanPoint(4, 6.04))

    assert line_path(line) == "M1 2l0.2 0l2.8 4"
    assert shape_path(PlanShape("water", (line,), is_area=True)).endswith("z")


@pytest.mark.parametrize(
    ("metres", "told"),
    [(3, "10 m"), (84, "80 m"), (994, "990 m"), (996, "1 km"), (2149, "2,1 km")],
)
def test_distances_are_told_as_people_tell_them(metres: float, told: str) -> None:
    assert format_distance(metres, ",").replace("\u00a0", " ") == told


def test_four_kilometres_take_an_hour() -> None:
    assert walking_time(4000) == format_walk(60)


def test_the_tours_page_draws_it(
    french: Manifest, client: BuiltClient, read: Read
) -> None:
    tour = placed(french, (46.78, 4.43), (46.79, 4.44), None)

    page = read(render_pages((tour,), client), TOUR)

    plan = page.one("svg", **{"class": "plan"})
    marks = [a for a in page.all("a") if a.parent is plan]
    assert [mark.attributes["href"] for mark in marks] == [f"{TOUR}s1/", f"{TOUR}s2/"]
    assert marks[0].spoken.startswith("Arrêt 1")
    assert page.faults == []


def test_a_stop_that_a_picture_holds_is_not_to_be_read_anywhere(
    french: Manifest, client: BuiltClient, read: Read
) -> None:
    tour = placed(french, (46.78, 4.43), (46.79, 4.44), None, None)
    pose = Pose((0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 1.0))
    *others, hung, free = tour.tour.stops
    hung = replace(hung, anchors=(PictureAnchorView("picture", pose, (), 0.6),))
    free = replace(free, anchors=())
    changed = replace(tour, tour=replace(tour.tour, stops=(*others, hung, free)))

    told = read(render_pages((changed,), client), TOUR).one("main").text

    hangs, anywhere = told.index("Devant leur image"), told.index("où que vous soyez")
    assert told.index("Arrêt 4", anywhere) > anywhere
    assert hangs < told.index("Arrêt 3", hangs) < anywhere


def test_a_stops_page_tells_how_far_the_next_one_is(
    french: Manifest, client: BuiltClient, read: Read
) -> None:
    tour = placed(french, (46.78, 4.43), (46.79, 4.43))

    page = read(render_pages((tour,), client), f"{TOUR}s1/")

    assert "1,1 km à vol d’oiseau" in page.one("a", rel="next").text.replace(
        "\u00a0", " "
    )


def test_its_files_hold_every_placed_stop(
    french: Manifest, client: BuiltClient
) -> None:
    tour = placed(french, (46.78, 4.43), (46.79, 4.44), None)
    plan = tour_plan(tour, None)
    assert plan is not None
    served = {page.url: page.content for page in render_pages((tour,), client)}

    route = ET.fromstring(served[plan.gpx_url])  # noqa: S314 - ours
    points = route.findall(".//{http://www.topografix.com/GPX/1/1}rtept")
    features = json.loads(served[plan.geojson_url])["features"]

    assert [point.get("lat") for point in points] == ["46.780000", "46.790000"]
    assert [f["geometry"]["coordinates"] for f in features] == [
        [4.43, 46.78],
        [4.44, 46.79],
    ]


def test_a_title_with_signs_of_xml_is_written_as_it_is(french: Manifest) -> None:
    tour = placed(french, (46.78, 4.43), (46.79, 4.44))
    title = replace(tour.tour.title, text='Fer & <feu> "1876"')
    tour = replace(tour, tour=replace(tour.tour, title=title))

    written = ET.fromstring(to_gpx(tour, None))  # noqa: S314 - ours

    assert written.findtext(".//{*}name") == 'Fer & <feu> "1876"'


def old_plan(top_right: Coordinates | None = None) -> GroundOverlay:
    """Return a picture of a hundredth of a degree each way, made in two widths."""
    place = Location(Path("tours/visite.yaml"))
    variants = tuple(
        OverlayVariant(f"/media/{px}.webp", "image/webp", px, px // 2)
        for px in (800, 1600)
    )
    return GroundOverlay(
        FileReference(PurePosixPath("plans/usine.jpg"), place),
        Coordinates(46.79, 4.43, place),
        Coordinates(46.78, 4.44, place),
        top_right,
        LocalizedText((("fr", "Archives"),), place),
        variants,
    )


def test_a_picture_lies_under_the_stops_by_its_corners(french: Manifest) -> None:
    tour = placed(french, (46.79, 4.43), (46.78, 4.44))

    plan = layout_plan(tour, MapData(picture=old_plan()))

    assert plan is not None
    assert plan.ground is not None
    a, b, c, d, e, f = plan.ground.matrix(1, 1)
    first, last = (place.at for place in plan.places)
    assert (e, f) == pytest.approx(first)
    assert (e + a + c, f + b + d) == pytest.approx(last)
    assert (b, c) == pytest.approx((0, 0), abs=1e-6)


def test_a_picture_may_have_north_elsewhere_than_at_its_top(french: Manifest) -> None:
    """Its upper right corner is where its lower right one would be."""
    tour = placed(french, (46.79, 4.43), (46.78, 4.44))
    place = Location(Path("tours/visite.yaml"))
    turned = old_plan(Coordinates(46.78, 4.43, place))

    plan = layout_plan(tour, MapData(picture=turned))

    assert plan is not None
    assert plan.ground is not None
    a, b, c, d, _, _ = plan.ground.matrix(1, 1)
    assert (a, d) == pytest.approx((0, 0), abs=1e-6)
    assert b > 0
    assert c > 0


def test_one_place_has_a_plan_where_there_is_a_picture(french: Manifest) -> None:
    assert layout_plan(placed(french, (46.78, 4.43)), MapData(picture=old_plan()))


def test_a_page_fetches_the_picture_in_the_width_that_it_shows(
    french: Manifest, client: BuiltClient
) -> None:
    tour = placed(french, (46.79, 4.43), (46.78, 4.44))
    around = {tour.tour.id: MapData(picture=old_plan())}

    pages = render_pages((tour,), client, surroundings=around)

    page = next(p.content.decode() for p in pages if p.url == TOUR)
    image = re.search(r"<image [^>]*>", page)
    assert image is not None
    assert 'width="800" height="400"' in image[0]
    assert "Archives" in page
