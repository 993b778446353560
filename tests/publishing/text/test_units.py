"""Figures in words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.text import localization

W = "\u00a0"
UNHURRIED = settings(deadline=None)
"""The machine may be busy with something else; time is no part of these laws."""


@pytest.mark.parametrize(
    ("metres", "written"),
    [
        (21.0, "21 m"),
        (27.117, "27,1 m"),
        (9.96, "10 m"),
        (1.734, "1,73 m"),
        (0.999, "1 m"),
        (0.38, "38 cm"),
        (0.0999, "10 cm"),
        (0.042, "42 mm"),
        (0.0004, "0 mm"),
    ],
)
def test_a_length_takes_the_unit_that_reads_best(metres: float, written: str) -> None:
    assert localization.format_length(metres, ",") == written.replace(" ", W)


@pytest.mark.parametrize(
    ("height_m", "unit", "count"),
    [
        (0.1, "palm", 1),
        (0.2, "hand", 1),
        (0.38, "hands", 2),
        (1.0, "hip", 1),
        (1.73, "adult", 1),
        (4.2, "adults", 2.5),
        (21.0, "storeys", 7),
    ],
)
def test_a_height_compares_with_what_everybody_knows(
    height_m: float, unit: str, count: float
) -> None:
    found = localization.compare_height(height_m)

    assert found is not None
    assert (found.unit, found.count) == (unit, count)


def test_what_a_hand_hides_compares_with_nothing() -> None:
    assert localization.compare_height(0.03) is None


@UNHURRIED
@given(st.floats(0.07, 500))
def test_a_count_is_never_misleading(height_m: float) -> None:
    """What is counted is plural, and near enough."""
    sizes = {
        "hands": localization.HAND_M,
        "adults": localization.ADULT_M,
        "storeys": localization.STOREY_M,
    }
    found = localization.compare_height(height_m)

    assert found is not None
    if found.unit in sizes:
        assert found.count > 1
        assert found.count * sizes[found.unit] == pytest.approx(height_m, rel=0.34)


def test_coordinates_are_written_for_people_and_for_maps() -> None:
    place = (46.7867, 4.4328)

    assert (
        localization.format_coordinates(*place, "NSEO")
        == f"46°47′12″{W}N, 4°25′58″{W}E"
    )
    assert localization.geo_uri(*place) == "geo:46.7867,4.4328"


def test_the_other_half_of_the_world_has_its_letters() -> None:
    assert localization.format_coordinates(-0.5, -59.9999999, "NSEO") == (
        f"0°30′00″{W}S, 60°00′00″{W}O"
    )
    assert localization.geo_uri(-0.0000001, 180) == "geo:0,180"


@pytest.mark.parametrize(
    ("size_bytes", "written"),
    [(1, "1 ko"), (412_300, "412 ko"), (999_600, "1 Mo"), (4_120_000, "4,1 Mo")],
)
def test_a_weight_is_in_the_reader_s_units(size_bytes: int, written: str) -> None:
    assert localization.format_size(size_bytes, ",", ("ko", "Mo")) == written.replace(
        " ", W
    )


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (45, "45 s"), (60, "1 min"), (79.6, "1 min 20 s")],
)
def test_a_sound_says_how_long_it_lasts(seconds: float, words: str) -> None:
    assert localization.format_duration(seconds).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("minutes", "words"), [(45, "45 min"), (90, "1 h 30 min"), (120, "2 h")]
)
def test_a_walk_is_told_in_hours(minutes: int, words: str) -> None:
    assert localization.format_walk(minutes).replace("\u00a0", " ") == words
