"""Questions and treasure hunts: how they are read, and what the manifest says of them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tours.checks import read_museum
from tours.manifest.question_compiler import hunt_views, question_views
from tours.manifest.values import Translator
from tours.model import NumberAnswer, PlaceAnswer
from tours.quantities import convert_amount, parse_amount, parse_position
from tours.translations import list_tour_texts

if TYPE_CHECKING:
    from tours.checks import MuseumReading
    from tours.model import Question, Tour

DATA = Path(__file__).parent / "data"


@pytest.fixture
def reading(museum: Path) -> MuseumReading:
    """Return the museum with a question of each kind."""
    shutil.copytree(DATA / "_questions", museum, dirs_exist_ok=True)
    return read_museum(museum)


@pytest.fixture
def tour(reading: MuseumReading) -> Tour:
    """Return its tour."""
    assert reading.museum is not None
    return reading.museum.tours[0]


def _questions(tour: Tour) -> list[Question]:
    return [question for stop in tour.stops for question in stop.questions]


def test_a_question_of_each_kind_reads_without_a_finding(
    reading: MuseumReading, tour: Tour
) -> None:
    assert reading.diagnostics == ()
    kinds = [type(question.answer).__name__ for question in _questions(tour)]
    assert kinds == [
        "DetailAnswer",
        "PlaceAnswer",
        "ChoicesAnswer",
        "NumberAnswer",
        "LabelAnswer",
    ]


def test_one_question_needs_no_list(tour: Tour) -> None:
    """Beside it a stop has several, in a list."""
    assert [len(stop.questions) for stop in tour.stops] == [1, 4, 0]


def test_a_tolerance_is_in_the_unit_of_its_number(
    museum: Path, reading: MuseumReading
) -> None:
    path = museum / "tours" / "visite.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("tolerance: 10 cm", "tolerance: 0.1 m"), "utf-8")

    found = read_museum(museum).museum

    assert found is not None
    answer = _questions(found.tours[0])[3].answer
    assert answer == NumberAnswer(60.0, 10.0, "cm")


def test_a_named_place_is_where_its_hot_spot_is(tour: Tour) -> None:
    answer = _questions(tour)[1].answer

    assert isinstance(answer, PlaceAnswer)
    assert (answer.azimuth.degrees, answer.elevation.degrees) == (95.0, -10.0)


def test_a_withdrawn_stop_asks_nothing(museum: Path, reading: MuseumReading) -> None:
    path = museum / "tours" / "visite.yaml"
    asks = "    question: { ask: Qui, number: 3, explained: Lui. }\n"
    path.write_text(path.read_text(encoding="utf-8") + asks, "utf-8")

    found = read_museum(museum).museum

    assert found is not None
    assert found.tours[0].stops[-1].questions == ()


def test_views_name_what_pages_point_to(reading: MuseumReading, tour: Tour) -> None:
    translator = Translator(("en", "fr"))
    views = [
        view
        for stop in tour.stops
        for view in question_views(tour, stop, translator, reading.registry)
    ]

    assert [view.id for view in views] == [
        "marteau-1",
        "galerie-1",
        "galerie-2",
        "galerie-3",
        "galerie-4",
    ]
    detail, place, choices, number, label = (view.answer for view in views)
    assert detail.kind == "detail"
    assert detail.detail == 1
    # In the order in which one meets them, as the page numbers them.
    assert place.kind == "place"
    assert place.hotspot == 2
    assert choices.kind == "choices"
    assert [choice.right for choice in choices.choices] == [True, False]
    assert number.kind == "number"
    assert (number.value, number.tolerance, number.unit) == (60.0, 10.0, "cm")
    assert label.kind == "find"
    assert (label.stop, label.url) == ("marteau", "/en/visite/marteau/")
    assert views[2].ask.text == "What did it carry?"


def test_a_hunt_has_a_page_in_each_language(tour: Tour) -> None:
    (view,) = hunt_views(tour, "en", Translator(("en", "fr")))

    assert (view.url, view.age) == ("/en/visite/hunts/petits/", 7)


def test_translators_are_given_all_that_is_asked_and_answered(tour: Tour) -> None:
    paths = {item.path for item in list_tour_texts(tour)}

    assert "tours/visite/hunts/1/title" in paths
    own = "tours/visite/stops/galerie/questions/2"
    assert {
        f"{own}/ask",
        f"{own}/answer/choices/1/text",
        f"{own}/hints/1",
        f"{own}/explained",
    } <= paths
    assert "tours/visite/stops/marteau/scene/details/2/title" in paths


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("21 m", (21.0, "m")),
        ("21", (21.0, "")),
        ("1 300 tonnes", (1300.0, "t")),
        ("0,5 m²", (0.5, "m²")),
        ("30 degrés", (30.0, "°")),
        ("12 km/h", (12.0, "km/h")),
        ("3 coudées", (3.0, "coudées")),
        ("douze", None),
        ("", None),
    ],
)
def test_amounts(text: str, amount: tuple[float, str] | None) -> None:
    assert parse_amount(text) == amount


@pytest.mark.parametrize(
    ("value", "unit", "to", "converted"),
    [
        (50.0, "cm", "m", 0.5),
        (1.0, "t", "kg", 1000.0),
        (1.0, "kg", "m", None),
        (1.0, "", "m", None),
        (1.0, "", "", 1.0),
    ],
)
def test_amounts_in_another_unit(
    value: float, unit: str, to: str, converted: float | None
) -> None:
    assert convert_amount(value, unit, to) == converted


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("0 m, 20 m, 1.5 m", (0.0, 20.0, 1.5)),
        ("0, 1,5 m, -30 cm", (0.0, 1.5, -0.3)),
        ("-6.3 m; 19.8 m; 0", (-6.3, 19.8, 0.0)),
        ("0, 5, 1", None),
        ("1 m, 2 m", None),
    ],
)
def test_positions(text: str, position: tuple[float, float, float] | None) -> None:
    assert parse_position(text) == position
