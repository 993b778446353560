"""Leaflets: a tour on one sheet, whatever a museum writes."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from publishing.leaflets.document import draw_leaflet
from tours.bundle import BundleIndex
from tours.checks import read_museum
from tours.codes import Registry
from tours.manifest import (
    ImageVariant,
    Manifest,
    PanoramaView,
    PictureView,
    Point,
    Text,
    WithdrawnView,
    compile_tour,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

POINTS_PER_MM = 72 / 25.4
WIDTH, HEIGHT = 210.0, 297.0
SIDES = 2
LONG = "Cent tonnes montent de cinq mètres, puis tout retombe. " * 12


@pytest.fixture
def manifest(museum: Path) -> Manifest:
    """Return a tour in French, whose only stop has nothing to show."""
    found = read_museum(museum).museum
    assert found is not None
    index = BundleIndex({}, {}, {})
    return compile_tour(found, found.tours[0], "fr", index, Registry(found.address))


def with_stops(manifest: Manifest, count: int, **fields: object) -> Manifest:
    """Return the same tour with more stops, the fields of each changed."""
    first = manifest.tour.stops[0]
    stops = tuple(
        replace(first, id=f"s{n}", number=n, code=f"K{n:03}", **fields)  # type: ignore[arg-type]
        for n in range(1, count + 1)
    )
    return replace(manifest, tour=replace(manifest.tour, stops=stops))


@contextlib.contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def texts_of(pdf: bytes) -> list[str]:
    """Return the text of each side, on one line."""
    with opened(pdf) as document:
        sides = [page.get_textpage().get_text_range() for page in document]
    return [" ".join(side.split()) for side in sides]


def picture_of(pdf: bytes, side: int) -> NDArray[np.uint8]:
    """Return a side in colour, at 50 dots an inch."""
    with opened(pdf) as document:
        bitmap = document[side].render(scale=50 / 72, rev_byteorder=True)
        return np.array(bitmap.to_numpy())


def red(pixels: NDArray[np.uint8]) -> int:
    """Return how many pixels are of the pure red of the picture that tests make."""
    return int(((pixels[..., 0] > 240) & (pixels[..., 1:].max(axis=2) < 30)).sum())


def test_a_leaflet_is_two_sides_of_a4(manifest: Manifest) -> None:
    with opened(draw_leaflet(manifest, None, {})) as document:
        sizes = [page.get_size() for page in document]

    a4 = (WIDTH * POINTS_PER_MM, HEIGHT * POINTS_PER_MM)
    assert sizes == [pytest.approx(a4, abs=0.5)] * SIDES


def test_it_says_the_tour_then_every_stop_and_its_code(manifest: Manifest) -> None:
    front, back = texts_of(draw_leaflet(with_stops(manifest, 3), None, {}))

    title = manifest.tour.title.text
    assert title in front
    assert all(code in back for code in ("K001", "K002", "K003"))


def test_the_same_tour_makes_the_same_bytes(manifest: Manifest) -> None:
    assert draw_leaflet(manifest, None, {}) == draw_leaflet(manifest, None, {})


def test_its_code_leads_to_the_museum(manifest: Manifest) -> None:
    with opened(draw_leaflet(manifest, None, {})) as document:
        bitmap = document[0].render(scale=200 / 72, grayscale=True)
        (code,) = zxingcpp.read_barcodes(bitmap.to_numpy().squeeze())

    assert code.text == "HTTPS://FORGE.EXAMPLE/"


def test_marks_of_emphasis_are_not_printed(manifest: Manifest) -> None:
    text = Text("Un marteau de **cent tonnes**.", "fr")

    back = texts_of(draw_leaflet(with_stops(manifest, 1, text=text), None, {}))[1]

    assert "cent tonnes." in back
    assert "*" not in back


def test_a_withdrawn_stop_is_not_walked_to(manifest: Manifest) -> None:
    gone = WithdrawnView("2026-11-01", Text("Travaux.", "fr"))
    tour = with_stops(manifest, 2).tour
    stops = (tour.stops[0], replace(tour.stops[1], withdrawn=gone))

    back = texts_of(
        draw_leaflet(replace(manifest, tour=replace(tour, stops=stops)), None, {})
    )[1]

    assert "K001" in back
    assert "K002" not in back


def test_stops_apart_are_on_a_plan(manifest: Manifest) -> None:
    tour = with_stops(manifest, 2).tour
    places = (Point(46.7867, 4.4328), Point(46.8053, 4.4233))
    stops = tuple(
        replace(stop, position=at) for stop, at in zip(tour.stops, places, strict=True)
    )

    front = texts_of(
        draw_leaflet(replace(manifest, tour=replace(tour, stops=stops)), None, {})
    )[0]

    assert "500 m" in front
    assert "2,2\u00a0km à vol d’oiseau" in front.replace(" km", "\u00a0km")


def test_a_picture_is_drawn_beside_its_stop(manifest: Manifest, tmp_path: Path) -> None:
    file = tmp_path / "red.jpg"
    Image.new("RGB", (1200, 900), (255, 0, 0)).save(file, quality=95)
    variant = ImageVariant("/media/red.jpg", 1, "image/jpeg", 1200, 900)
    scene = PanoramaView(
        "panorama", Text("Rouge.", "fr"), (variant,), (), 0.0, (), "CC0-1.0"
    )
    shown = with_stops(manifest, 1, scene=scene)

    with_file = draw_leaflet(shown, None, {"/media/red.jpg": file})
    without = draw_leaflet(shown, None, {})

    assert red(picture_of(with_file, 1)) > 5000
    assert red(picture_of(without, 1)) == 0


def test_a_drawing_keeps_its_head_and_its_foot(
    manifest: Manifest, tmp_path: Path
) -> None:
    file = tmp_path / "plate.jpg"
    plate = Image.new("RGB", (900, 1200), (255, 255, 255))
    plate.paste((255, 0, 0), (0, 0, 900, 150))
    plate.paste((255, 0, 0), (0, 1050, 900, 1200))
    plate.save(file, quality=95)
    variant = ImageVariant("/media/plate.jpg", 1, "image/jpeg", 900, 1200)
    scene = PictureView(
        "picture", Text("Planche.", "fr"), (variant,), (variant,), "CC0-1.0"
    )
    shown = with_stops(manifest, 1, scene=scene)

    side = picture_of(draw_leaflet(shown, None, {"/media/plate.jpg": file}), 1)

    assert red(side) > 5000


def test_no_title_is_cut_within_a_word(manifest: Manifest) -> None:
    title = Text("La locomotive 241\u00a0P\u00a017", "fr")
    shown = with_stops(manifest, 7, title=title, text=Text(LONG, "fr"))

    _, words = texts_of(draw_leaflet(shown, None, {}))

    assert words.count("locomotive") == 7


def test_many_long_stops_stay_on_the_sheet(manifest: Manifest) -> None:
    many = with_stops(manifest, 24, text=Text(LONG, "fr"))

    back = texts_of(draw_leaflet(many, None, {}))[1]

    assert all(f"K{n:03}" in back for n in range(1, 25))


words = st.text(
    st.characters(codec="latin-1", exclude_categories=["Cc", "Zs"]),
    min_size=1,
    max_size=30,
)
sentences = st.lists(words, min_size=1, max_size=60).map(" ".join)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(title=sentences, text=sentences, way=sentences, count=st.integers(1, 16))
def test_no_text_leaves_the_sheet(
    manifest: Manifest, title: str, text: str, way: str, count: int
) -> None:
    """Whatever a curator writes is shrunk, wrapped or cut."""
    fields = {
        "title": Text(title, "fr"),
        "text": Text(text, "fr"),
        "way": Text(way, "fr"),
    }

    with opened(
        draw_leaflet(with_stops(manifest, count, **fields), None, {})
    ) as document:
        for page in document:
            found = page.get_textpage()
            boxes = [
                found.get_charbox(i, loose=False) for i in range(found.count_chars())
            ]
            edges = np.array([b for b in boxes if b[2] > b[0]]) / POINTS_PER_MM
            assert edges[:, :2].min() > 8
            assert edges[:, 2].max() < WIDTH - 8
            assert edges[:, 3].max() < HEIGHT - 5


def test_a_caution_about_a_screen_is_left_out(manifest: Manifest) -> None:
    safety = Text("Restez sur le trottoir. Ne marchez pas en regardant l'écran.", "fr")
    tour = replace(manifest.tour, safety=safety)

    front, _ = texts_of(draw_leaflet(replace(manifest, tour=tour), None, {}))

    assert "Restez sur le trottoir." in front
    assert "écran" not in front
