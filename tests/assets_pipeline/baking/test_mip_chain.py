"""Pictures read smaller, past their edges and between charts, against plain means."""

from __future__ import annotations

import numpy as np
import pytest

from assets_pipeline.baking.mip_chain import MipChain
from assets_pipeline.baking.uv_rasterizer import rasterize, rasterize_mask
from assets_pipeline.gltf.materials import Sampler
from assets_pipeline.images.color import srgb_to_linear

REPEATED, CLAMPED, MIRRORED = 10497, 33071, 33648


def mip_chain(
    pixels: np.ndarray,
    known: np.ndarray | None = None,
    *,
    wrap: int = CLAMPED,
    is_color: bool = False,
    most_edge_px: int = 4096,
) -> MipChain:
    """Return a picture of (h, w) greys."""
    held = np.repeat(pixels[..., None], 3, axis=2).astype(np.uint8)
    is_known = np.ones(pixels.shape, bool) if known is None else known
    return MipChain(
        held,
        is_known,
        Sampler(wrap, wrap),
        is_color=is_color,
        most_edge_px=most_edge_px,
    )


def read(found: MipChain, u: float, v: float, span: float = 1.0) -> float:
    place, wide = np.array([[u, v]], np.float32), np.array([span], np.float32)
    return float(found.sample(place, wide)[0, 0])


def test_between_two_texels_lies_their_mean() -> None:
    found = mip_chain(np.array([[0, 255], [0, 255]]))

    assert read(found, 0.5, 0.5) == pytest.approx(0.5)


def test_a_palette_is_not_mixed() -> None:
    held = np.repeat(np.array([[[0], [255]]], np.uint8), 3, axis=2)
    sampler = Sampler(CLAMPED, CLAMPED, mag_filter=9728)
    found = MipChain(held, np.ones((1, 2), bool), sampler, is_color=False)

    assert [read(found, u, 0.5) for u in (0.45, 0.55)] == [0.0, 1.0]


def test_colours_are_mixed_as_light_is() -> None:
    found = mip_chain(np.array([[0, 255], [0, 255]]), is_color=True)

    half = read(found, 0.5, 0.5)
    smaller = read(found, 0.5, 0.5, span=2.0)

    assert half == pytest.approx(0.5)
    assert smaller == pytest.approx(0.5, abs=0.005)


def test_numbers_that_are_colours_are_srgb() -> None:
    found = mip_chain(np.full((2, 2), 188), is_color=True)

    assert read(found, 0.5, 0.5) == pytest.approx(
        float(srgb_to_linear(np.float32([188 / 255]))[0])
    )


def test_wide_places_see_a_mean() -> None:
    """A chequer of single texels is grey from afar, not the texel that is met."""
    chequer = np.indices((64, 64)).sum(axis=0) % 2 * 255

    assert read(mip_chain(chequer), 0.31, 0.62, span=8.0) == pytest.approx(
        0.5, abs=0.01
    )


def test_what_no_triangle_shows_does_not_bleed() -> None:
    pixels, known = np.zeros((8, 8)), np.zeros((8, 8), bool)
    pixels[:, :3], known[:, :3] = 200, True
    found = mip_chain(pixels, known)

    seen = [read(found, 0.375, 0.5, span) for span in (1.0, 2.0, 4.0, 8.0)]

    assert seen == pytest.approx([200 / 255] * 4)


@pytest.mark.parametrize(
    ("wrap", "expected"), [(REPEATED, 0.0), (CLAMPED, 1.0), (MIRRORED, 1.0)]
)
def test_pictures_go_on_past_their_edges(wrap: int, expected: float) -> None:
    found = mip_chain(np.array([[0, 255], [0, 255]]), wrap=wrap)

    assert read(found, 1.25, 0.5) == pytest.approx(expected)


def test_pictures_of_odd_edges_are_halved_too() -> None:
    found = mip_chain(np.full((5, 3), 100))

    assert read(found, 0.5, 0.5, span=4.0) == pytest.approx(100 / 255)


def test_huge_pictures_are_kept_smaller() -> None:
    """A place that asks for more gets what is kept."""
    chequer = np.indices((64, 64)).sum(axis=0) % 2 * 255
    found = mip_chain(chequer, most_edge_px=16)

    assert read(found, 0.31, 0.62) == pytest.approx(0.5, abs=0.01)


def test_texels_are_covered_as_they_are_painted() -> None:
    rng = np.random.default_rng(11)
    uvs = rng.uniform(0, 1, size=(40, 3, 2)).astype(np.float32)
    rows = np.arange(120, dtype=np.uint32).reshape(-1, 3)

    texels = rasterize(uvs.reshape(-1, 2), rows, 32)

    wanted = np.zeros((32, 32), bool)
    wanted[texels.rows, texels.columns] = True
    assert (rasterize_mask(uvs, 32, 32) == wanted).all()


def test_a_triangle_on_one_colour_of_a_palette_covers_it() -> None:
    uvs = np.full((1, 3, 2), (0.6, 0.3), np.float32)

    mask = rasterize_mask(uvs, 8, 4)

    assert np.argwhere(mask).tolist() == [[1, 4]]


def test_a_texel_under_a_great_many_triangles_is_covered() -> None:
    """On a palette whole parts lie on one texel; 65,536 once counted as none."""
    corner = np.array([[0.1, 0.1], [0.2, 0.1], [0.1, 0.2]], np.float32)

    covered = rasterize_mask(np.tile(corner, (65_536, 1, 1)), 2, 2)

    assert covered.tolist() == [[True, False], [False, False]]
