"""Where hot spots lie, in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.pages.scenes import full_panorama, hotspot_directions
from tours.manifest import HotspotView, ImageVariant, PanoramaView, Text

WORD = Text("", "fr")


def view(starts: float, azimuth: float, elevation: float = 0.0) -> PanoramaView:
    spot = HotspotView(azimuth, elevation, WORD, WORD)
    return PanoramaView("panorama", WORD, (), (), starts, (spot,), "CC0-1.0")


@pytest.mark.parametrize(
    ("starts", "azimuth", "side"),
    [
        (0, 44, "ahead"),
        (0, 316, "ahead"),
        (0, 95, "right"),
        (0, 180, "behind"),
        (0, 270, "left"),
        (350, 20, "ahead"),
        (120, 30, "left"),
    ],
)
def test_a_side_is_told_from_the_view_that_opens(
    starts: float, azimuth: float, side: str
) -> None:
    (spot,) = hotspot_directions(view(starts, azimuth))

    assert spot.side == side


@pytest.mark.parametrize(
    ("elevation", "height"), [(25, "above"), (-10, "level"), (-40, "below")]
)
def test_what_is_high_or_low_says_so(elevation: float, height: str) -> None:
    (spot,) = hotspot_directions(view(0, 0, elevation))

    assert spot.height == height


@given(st.floats(0, 360), st.floats(0, 360))
def test_opposite_hot_spots_lie_on_opposite_sides(
    starts: float, azimuth: float
) -> None:
    opposite = {"ahead": "behind", "behind": "ahead", "left": "right", "right": "left"}
    edge = (azimuth - starts + 45) % 90
    (one,) = hotspot_directions(view(starts, azimuth))
    (other,) = hotspot_directions(view(starts, azimuth + 180))

    # On the very edge of a quarter rounding may fall either way.
    assert other.side == opposite[one.side] or min(edge, 90 - edge) < 1e-9


def test_the_whole_picture_is_the_largest_that_all_can_open() -> None:
    kinds = (("image/avif", 8192), ("image/jpeg", 2048), ("image/jpeg", 4096))
    levels = tuple(
        ImageVariant(f"/{width}", 1, media_type, width, width // 2)
        for media_type, width in kinds
    )
    panorama = PanoramaView("panorama", WORD, (), levels, 0, (), "CC0-1.0")

    found = full_panorama(panorama)
    assert found is not None
    assert found.width_px == 4096
    assert full_panorama(view(0, 0)) is None
