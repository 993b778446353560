"""Any colour a museum may choose stays readable."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.colors import contrast, from_hex, palettes, readable_on, text_on, to_hex

UNHURRIED = settings(deadline=None)
"""The machine may be busy with something else; time is no part of these laws."""

COLORS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@UNHURRIED
@given(COLORS)
def test_hex_comes_back(color: str) -> None:
    assert to_hex(from_hex(color)) == color


@UNHURRIED
@given(COLORS)
def test_every_text_of_a_page_can_be_read(color: str) -> None:
    for palette in palettes(color):
        for ground in (palette.paper, palette.panel):
            for ink in (palette.ink, palette.faint, palette.accent):
                assert contrast(ink, ground) >= 4.5
        assert contrast(palette.on_accent, palette.accent) >= 4.5


def test_text_of_second_rank_is_read_easily() -> None:
    """WCAG 2.2, 1.4.6 (AAA): it is small, and read outdoors."""
    for palette in palettes("#9c2f1f"):
        for ground in (palette.paper, palette.panel):
            assert contrast(palette.faint, ground) >= 7


@UNHURRIED
@given(COLORS)
def test_a_readable_colour_is_left_alone(color: str) -> None:
    """The museum chose it; we change it only where it can't be read."""
    shade = readable_on(color, ("#ffffff",))

    assert (shade == color) == (contrast(color, "#ffffff") >= 4.5)


def test_a_shade_keeps_its_hue() -> None:
    red, green, blue = from_hex(readable_on("#ffd200", ("#ffffff",)))

    assert red > green > blue


@UNHURRIED
@given(COLORS)
def test_black_or_white_reads_on_anything(color: str) -> None:
    assert contrast(text_on(color), color) >= 4.5
