"""Which texels triangles cover, and what of each corner."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assets_pipeline.baking.uv_rasterizer import rasterize

QUAD = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
HALVES = np.array([[0, 1, 2], [0, 2, 3]], np.uint32)
numbers = st.floats(0, 1, width=32)
places = st.tuples(numbers, numbers)


def test_a_whole_picture_is_covered_once() -> None:
    found = rasterize(QUAD, HALVES, 16)

    assert len(found.rows) == 256
    assert (
        len(set(zip(found.rows.tolist(), found.columns.tolist(), strict=True))) == 256
    )


def test_mirrored_triangles_are_covered_too() -> None:
    found = rasterize(QUAD, HALVES[:, ::-1], 16)

    assert len(found.rows) == 256


def test_a_triangle_without_area_covers_nothing() -> None:
    line = np.array([[0.1, 0.1], [0.5, 0.5], [0.9, 0.9]], np.float32)

    assert not len(rasterize(line, np.array([[0, 1, 2]], np.uint32), 16).rows)


@settings(deadline=None)
@given(st.tuples(places, places, places))
def test_weights_lead_back_to_each_texel(
    corners: tuple[tuple[float, float], ...],
) -> None:
    uvs = np.array(corners, np.float32)

    found = rasterize(uvs, np.array([[0, 1, 2]], np.uint32), 32)

    centres = np.stack([found.columns + 0.5, found.rows + 0.5], axis=1) / 32
    assert np.allclose(found.weights @ uvs, centres, atol=1e-3)
