"""Rays, frames and fillings, each against what geometry says."""

from __future__ import annotations

import numpy as np
import pytest

from assets_pipeline.baking.dilation import dilate
from assets_pipeline.baking.ray_casting import RayCaster
from assets_pipeline.gltf.geometry import (
    area_vectors,
    to_tangent_space,
    triangle_tangents,
)

SQUARE = np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]], np.float32)
HALVES = np.array([[0, 1, 2], [0, 2, 3]], np.uint32)
UP = np.array([[0, 0, 1]], np.float32)


def test_the_nearest_place_is_found_above_and_below() -> None:
    surface = RayCaster(SQUARE, HALVES, area_vectors(SQUARE, HALVES).astype(np.float32))
    points = np.array([[0.25, 0.5, 0.004], [0.25, 0.5, -0.004]], np.float32)

    hits = surface.find_nearest(points, np.repeat(UP, 2, axis=0), 0.01)

    corners = SQUARE[HALVES[hits.triangles]]
    places = np.einsum("nk,nkd->nd", hits.weights, corners)
    assert places == pytest.approx(points * (1, 1, 0), abs=1e-5)


def test_what_looks_the_other_way_is_passed_through() -> None:
    """The inner side of a wall is nearer than the outer one, and of another colour."""
    inner = SQUARE + np.float32([0, 0, -0.002])
    wall = np.concatenate([SQUARE, inner])
    faces = np.concatenate([HALVES, HALVES[:, ::-1] + 4]).astype(np.uint32)

    hits = RayCaster(
        wall, faces, area_vectors(wall, faces).astype(np.float32)
    ).find_nearest(np.array([[0.25, 0.5, -0.004]], np.float32), UP, 0.01)

    assert hits.triangles.tolist() == [1]


def test_nothing_within_reach_is_said() -> None:
    far = np.array([[0.25, 0.5, 0.5]], np.float32)

    assert (
        not RayCaster(SQUARE, HALVES, area_vectors(SQUARE, HALVES).astype(np.float32))
        .find_nearest(far, UP, 0.01)
        .is_found.any()
    )


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_map_keeps_directions_of_mirrored_charts(*, mirrored: bool) -> None:
    """What leans towards +x of the model leans towards growing u, or away from it."""
    uvs = np.array([[0, 1], [1, 1], [1, 0], [0, 0]], np.float32)
    if mirrored:
        uvs[:, 0] = 1 - uvs[:, 0]
    tangents = triangle_tangents(SQUARE, HALVES, uvs[HALVES])[:1].astype(np.float32)
    leaning = np.array([[0.6, 0, 0.8]], np.float32)

    mapped = to_tangent_space(leaning, UP, tangents)

    assert mapped[0] == pytest.approx((-0.6 if mirrored else 0.6, 0, 0.8), abs=1e-6)


@pytest.mark.parametrize("mirrored", [False, True])
def test_up_in_the_picture_is_green_in_both(*, mirrored: bool) -> None:
    uvs = np.array([[0, 1], [1, 1], [1, 0], [0, 0]], np.float32)
    if mirrored:
        uvs[:, 0] = 1 - uvs[:, 0]
    tangents = triangle_tangents(SQUARE, HALVES, uvs[HALVES])[:1].astype(np.float32)

    mapped = to_tangent_space(np.array([[0, 0.6, 0.8]], np.float32), UP, tangents)

    assert mapped[0] == pytest.approx((0, 0.6, 0.8), abs=1e-6)


def test_gaps_take_the_colour_beside_them() -> None:
    picture = np.zeros((8, 8, 3), np.uint8)
    picture[:, :3], picture[:, 7:] = 40, 200
    known = np.zeros((8, 8), bool)
    known[:, :3] = known[:, 7:] = True

    whole = dilate(picture, known)

    assert (whole[known] == picture[known]).all()
    assert (whole[:, 3] == 40).all()
    assert (whole[:, 6] == 200).all()
