"""Every triangle of a surface gets a place of its own, however small the thing is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from assets_pipeline.baking.scan_detection import detect_scan
from assets_pipeline.baking.unwrap import UnwrapOptions, unwrap

if TYPE_CHECKING:
    from types import ModuleType

    from assets_pipeline.baking.scan_detection import Scan
    from assets_pipeline.baking.unwrap import UnwrappedMesh

MEDAL_M, SPECK_M = 0.03, 0.002


@pytest.fixture(scope="module")
def small(balls: ModuleType) -> Scan:
    """Return a ball of 6,400 triangles."""
    found = detect_scan(balls.ball(40))
    assert found is not None
    return found


def laid(scan: Scan, width_m: float) -> UnwrappedMesh:
    """Return a ball of radius 1 laid out as wide as that."""
    positions = scan.positions * np.float32(width_m / 2)
    layout = UnwrapOptions(edge_px=256)
    return unwrap(positions, scan.triangles, scan.normals, layout)


def areas(found: UnwrappedMesh) -> np.ndarray:
    """Return (m,): of each triangle in the picture."""
    a, b, c = (found.uvs[found.triangles[:, i]].astype(np.float64) for i in range(3))
    (x, y), (u, v) = (b - a).T, (c - a).T
    found_areas: np.ndarray = np.abs(x * v - y * u) / 2
    return found_areas


@pytest.mark.parametrize("width_m", [MEDAL_M, SPECK_M])
def test_no_triangle_of_a_small_thing_is_left_out(small: Scan, width_m: float) -> None:
    """What is small in its unit xatlas drops, and leaves it at the picture's corner."""
    found = areas(laid(small, width_m))

    assert (found > 0).all()


def test_a_small_thing_fills_its_picture_like_a_large_one(small: Scan) -> None:
    medal, statue = (areas(laid(small, width_m)).sum() for width_m in (MEDAL_M, 2.0))

    assert medal > 0.8 * statue


def test_triangles_stay_those_of_a_small_surface(small: Scan) -> None:
    found = laid(small, MEDAL_M)

    np.testing.assert_array_equal(found.rows[found.triangles], small.triangles)
