"""What people write as quantities, and what is refused rather than guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tours import quantities

MILLIMETRES = st.integers(1, 10**9)


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("21 m", 21.0),
        ("42 cm", 0.42),
        ("1,40 m", 1.4),
        ("1.40m", 1.4),
        ("1 m 40", 1.4),
        ("1m05", 1.05),
        ("300 mm", 0.3),
        ("0,9 km", 900.0),
        ("6 ft", 1.8288),
        ("12 in", 0.3048),
        ('12"', 0.3048),
        ("−2 m", -2.0),
        ("-2 m", -2.0),
        ("+2 m", 2.0),
        ("21\u00a0m", 21.0),
        ("21 mètres", 21.0),
        ("1 400 mm", 1.4),
        ("1 200 m", 1200.0),
        ("21 me\u0300tres", 21.0),
        ("0 m", 0.0),
    ],
)
def test_lengths(text: str, metres: float) -> None:
    assert quantities.parse_metres(text) == metres


@pytest.mark.parametrize(
    "text", ["", "21", "m", "21 mm²", "vingt m", "1 20 m", "21 m 5", "1e3 m", "inf m"]
)
def test_not_lengths(text: str) -> None:
    assert quantities.parse_metres(text) is None


@pytest.mark.parametrize(
    "text",
    ["environ 21 m", "Environ 21 m", "about 21 m", "env. 21 m", "ca. 21 m", "≈21 m",
     "~ 21 m", "à peu près 21 m", "circa 21\u00a0m"],
)  # fmt: skip
def test_an_estimate_is_told_from_a_measure(text: str) -> None:
    length, is_estimate = quantities.strip_about(text)

    assert quantities.parse_metres(length) == 21
    assert is_estimate


@pytest.mark.parametrize("text", ["21 m", "environ", "aboutique 21 m", "carat 21"])
def test_what_is_no_estimate_is_left_as_typed(text: str) -> None:
    assert quantities.strip_about(text) == (text, False)


@given(MILLIMETRES)
def test_every_unit_of_length_says_the_same(millimetres: int) -> None:
    texts = (
        f"{millimetres} mm",
        f"{millimetres // 10}.{millimetres % 10} cm",
        f"{millimetres // 1000},{millimetres % 1000:03} m",
    )

    assert {quantities.parse_metres(text) for text in texts} == {millimetres / 1000}


@pytest.mark.parametrize(
    ("text", "degrees"),
    [("30°", 30.0), ("-12,5 °", -12.5), ("30 deg", 30.0), ("90 degrés", 90.0)],
)
def test_angles(text: str, degrees: float) -> None:
    assert quantities.parse_degrees(text) == degrees


@pytest.mark.parametrize("text", ["30", "", "°", "30 rad", "trente°"])
def test_not_angles(text: str) -> None:
    assert quantities.parse_degrees(text) is None


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("north", 0.0),
        ("south-west", 225.0),
        ("South West", 225.0),
        ("SW", 225.0),
        ("nne", 22.5),
        ("225°", 225.0),
    ],
)
def test_directions(text: str, degrees: float) -> None:
    assert quantities.parse_azimuth(text) == degrees


@pytest.mark.parametrize("angle", [i * 22.5 for i in range(16)])
def test_every_compass_point_is_read_back(angle: float) -> None:
    assert quantities.parse_azimuth(quantities.compass_point(angle)) == angle


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("sud-ouest", "south-west"),
        ("Est", "east"),
        ("ouest", "west"),
        ("nord-nord-est", "north-northeast"),
        ("NO", "north-west"),
        ("plein centre", None),
    ],
)
def test_french_compass_points_have_an_english_name(
    french: str, english: str | None
) -> None:
    assert quantities.translate_compass_point(french) == english


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("45 min", 45),
        ("45min", 45),
        ("1 h", 60),
        ("1 h 30", 90),
        ("1h30", 90),
        ("1 h 30 min", 90),
        ("1,5 h", 90),
        ("2 heures", 120),
        ("90 minutes", 90),
    ],
)
def test_durations(text: str, minutes: int) -> None:
    assert quantities.parse_minutes(text) == minutes


@pytest.mark.parametrize("text", ["", "45", "12:30", "1,5 h 30", "une heure", "45 s"])
def test_not_durations(text: str) -> None:
    assert quantities.parse_minutes(text) is None


@given(st.integers(0, 23), st.integers(0, 59))
def test_hours_and_minutes_add_up(hours: int, minutes: int) -> None:
    assert quantities.parse_minutes(f"{hours} h {minutes:02}") == hours * 60 + minutes


@pytest.mark.parametrize(
    ("text", "ratio"),
    [("1:200", 0.005), ("1/200", 0.005), ("1 : 50", 0.02), ("10:1", 10.0)],
)
def test_scales(text: str, ratio: float) -> None:
    assert quantities.parse_scale(text) == ratio


@pytest.mark.parametrize(
    "text", ["", "200", "1:0", "0:1", "0.005", "1:200:3", "-1:200"]
)
def test_not_scales(text: str) -> None:
    assert quantities.parse_scale(text) is None


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("46.7867, 4.4328", (46.7867, 4.4328)),
        ("46.7867 4.4328", (46.7867, 4.4328)),
        ("46.7867; -4.4328", (46.7867, -4.4328)),
        ("46.7867°, 4.4328°", (46.7867, 4.4328)),
        ("46°47′12″N 4°25′58″E", (46.786666667, 4.432777778)),
        ("46°47'12\"N, 4°25'58\"O", (46.786666667, -4.432777778)),
        ("4°25′58″E 46°47′12″N", (46.786666667, 4.432777778)),
        ("46°47’12”S 4°E", (-46.786666667, 4.0)),
    ],
)
def test_places(text: str, pair: tuple[float, float]) -> None:
    assert quantities.parse_coordinates(text) == pair


@pytest.mark.parametrize(
    "text", ["", "46.7867", "46,7867, 4,4328", "46°N 47°N", "ici, là", "1, 2, 3"]
)
def test_not_places(text: str) -> None:
    assert quantities.parse_coordinates(text) is None


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_pasted_place_is_read_back(latitude: float, longitude: float) -> None:
    text = f"{latitude:.6f}, {longitude:.6f}"

    assert quantities.parse_coordinates(text) == (
        pytest.approx(latitude, abs=1e-6),
        pytest.approx(longitude, abs=1e-6),
    )


def test_a_degree_of_latitude_is_111_km() -> None:
    """Earth's mean radius times pi over 180."""
    assert quantities.distance_km((46.0, 4.0), (47.0, 4.0)) == pytest.approx(
        111.19, abs=0.01
    )


@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    """A quantity that is none is told, never raised."""
    for read in (
        quantities.parse_metres,
        quantities.parse_degrees,
        quantities.parse_azimuth,
        quantities.translate_compass_point,
        quantities.parse_minutes,
        quantities.parse_scale,
        quantities.parse_coordinates,
    ):
        read(text)


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("95°, -10°", (95.0, -10.0)),
        ("95° -10°", (95.0, -10.0)),
        ("−20,5° ; 3 deg", (-20.5, 3.0)),
        ("400°, 91°", (400.0, 91.0)),
    ],
)
def test_view_directions(text: str, pair: tuple[float, float]) -> None:
    """Their limits are the caller's."""
    assert quantities.parse_view_direction(text) == pair


@pytest.mark.parametrize("text", ["", "95°", "95, -10", "95°-10°", "95°, -10°, 3°"])
def test_not_view_directions(text: str) -> None:
    assert quantities.parse_view_direction(text) is None


@given(st.dates(min_value=date(1000, 1, 1)))
def test_days(day: date) -> None:
    assert quantities.parse_date(f" {day.isoformat()} ") == day


@pytest.mark.parametrize(
    "text", ["", "2026-13-01", "2026-02-30", "2026-W45-1", "20261101", "0000-01-01"]
)
def test_not_days(text: str) -> None:
    assert quantities.parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("01/11/2026", "2026-11-01"),
        ("1.11.2026", "2026-11-01"),
        ("2026/11/1", "2026-11-01"),
        ("1er novembre 2026", "2026-11-01"),
        ("31 août 2026", "2026-08-31"),
        ("3 juin 2026", "2026-06-03"),
        ("3 juil. 2026", "2026-07-03"),
        ("1st November 2026", "2026-11-01"),
        ("31/02/2026", None),
        ("la Toussaint", None),
    ],
)
def test_days_meant(text: str, meant: str | None) -> None:
    """As Europe writes them, day first."""
    assert quantities.suggest_date(text) == meant
