"""Colours keep their light when a picture is made smaller."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from assets_pipeline.images.color import resize_in_linear_light, srgb_to_linear


def light_of(picture: Image.Image) -> float:
    """Return the mean of a picture's light."""
    return float(
        srgb_to_linear(np.asarray(picture.convert("L"), np.float32) / 255).mean()
    )


def stripes(edge_px: int, mode: str = "RGB") -> Image.Image:
    """Return a picture of white columns, one in four, on black."""
    columns = np.tile(np.arange(edge_px) % 4 == 0, (edge_px, 1))
    return Image.fromarray((columns * 255).astype(np.uint8)).convert(mode)


@pytest.mark.parametrize("edge_px", [16, 32, 64])
def test_white_lines_on_black_keep_their_light(edge_px: int) -> None:
    """The mean of the numbers of sRGB, 64, would be a fifth of it."""
    small = resize_in_linear_light(stripes(256), (edge_px, edge_px))

    assert small.size == (edge_px, edge_px)
    assert light_of(small) == pytest.approx(0.25, abs=0.01)


@pytest.mark.parametrize("size", [(7, 5), (60, 40), (30, 60)])
def test_one_colour_stays_exactly(size: tuple[int, int]) -> None:
    """All numbers but none in between come back, in sizes that divide nothing too."""
    for number in range(256):
        plain = Image.new("RGB", (61, 47), (number, 255 - number, 7))

        assert resize_in_linear_light(plain, size).getpixel((3, 3)) == (
            number,
            255 - number,
            7,
        )


def test_opacity_is_no_light() -> None:
    picture = Image.new("RGBA", (4, 4), (200, 100, 50, 0))
    picture.paste((200, 100, 50, 255), (0, 0, 2, 4))

    small = resize_in_linear_light(picture, (2, 2))

    assert small.getpixel((0, 0))[:3] == (200, 100, 50)  # type: ignore[index]
    assert small.getchannel("A").getextrema()[0] < 40  # type: ignore[operator]
