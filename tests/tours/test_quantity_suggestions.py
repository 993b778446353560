"""What a value was meant to be: offered where it is likely, and nothing where it is not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tours import quantities


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("46,7867, 4,4328", "46.7867, 4.4328"),
        ("(46.7867, 4.4328)", "46.7867, 4.4328"),
        ("46.7867 N, 4.4328 E", "46.7867, 4.4328"),
        ("N 46.7867 E 4.4328", "46.7867, 4.4328"),
        ("46.7867° S, 4.4328° O", "-46.7867, -4.4328"),
        ("lat 46.7867, lon 4.4328", "46.7867, 4.4328"),
        ("46.7867, 4.4328, 310 m", "46.7867, 4.4328"),
        ("geo:46.7867,4.4328", "46.7867, 4.4328"),
        ("https://maps.example/@46.7867,4.4328,17z", "46.7867, 4.4328"),
        ("https://maps.example/#map=18/46.7867/4.4328", "46.7867, 4.4328"),
        ("https://maps.example/?mlat=46.7867&mlon=-4.4328", "46.7867, -4.4328"),
        ("https://maps.example/?q=46.7867,4.4328", "46.7867, 4.4328"),
    ],
)
def test_places(typed: str, meant: str) -> None:
    assert quantities.suggest_coordinates(typed) == meant


@pytest.mark.parametrize("typed", ["place Schneider", "46.7867", "https://x.example/a"])
def test_no_places(typed: str) -> None:
    assert quantities.suggest_coordinates(typed) is None


@pytest.mark.parametrize(
    ("code", "typed", "meant"),
    [
        ("T061", "environ 1.40 m", "1.40 m"),
        ("T061", "1.40 m de haut", "1.40 m"),
        ("T061", "de 1.40 m à 1.60 m", None),
        ("T062", "30o", "30°"),
        ("T062", "30 %", None),
        ("T064", "1:30", "1 h 30"),
        ("T064", "0:45", "45 min"),
        ("T064", "PT1H5M", "1 h 05"),
        ("T064", "PT45M", "45 min"),
        ("T064", "environ 45 min", "45 min"),
        ("T064", "45 à 60 min", None),
    ],
)
def test_quantities(code: str, typed: str, meant: str | None) -> None:
    assert quantities.suggest_quantity(typed, code) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1/200e", "1:200"),
        ("1÷200", "1:200"),
        ("0.005", "1:200"),
        ("0,5 %", "1:200"),
        ("deux cents", None),
        ("0.0", None),
    ],
)
def test_scales(typed: str, meant: str | None) -> None:
    assert quantities.suggest_scale(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9C2F1F", "#9c2f1f"),
        ("#FFF", "#ffffff"),
        ("rgb(12, 30, 40)", "#0c1e28"),
        ("Rouge", "#b3261e"),
        ("rgb(999, 0, 0)", None),
        ("taupe", None),
    ],
)
def test_colours(typed: str, meant: str | None) -> None:
    assert quantities.suggest_color(typed) == meant


@given(st.text(max_size=200))
def test_what_is_offered_can_be_read(text: str) -> None:
    """A remedy that is told about in its turn would be worse than none."""
    place, scale = quantities.suggest_coordinates(text), quantities.suggest_scale(text)
    color, length = (
        quantities.suggest_color(text),
        quantities.suggest_quantity(text, "T061"),
    )

    assert place is None or quantities.parse_coordinates(place)
    assert scale is None or quantities.parse_scale(scale)
    assert color is None or re.fullmatch("#[0-9a-f]{6}", color)
    assert length is None or quantities.parse_metres(length) is not None
