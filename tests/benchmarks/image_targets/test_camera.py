"""Where prints stand and where their points are seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.image_targets.camera import (
    Camera,
    Pose,
    distort,
    focal_of,
    is_in_frame,
    place_print,
    print_corners,
    project,
    rotation_about,
    undistort,
)

BENT = Camera(k1=0.12, k2=-0.03)


def test_a_lens_of_90_degrees_sees_as_wide_as_it_is_far() -> None:
    assert focal_of(640, 90) == pytest.approx(320)


def test_a_print_before_the_camera_is_seen_at_focal_over_distance() -> None:
    camera = Camera()
    pose = Pose(np.eye(3), np.array([0.0, 0, 2]))

    corners = project(print_corners(0.5), pose, camera)

    half = camera.focal_px / 2 / 2
    assert corners[0] == pytest.approx([319.5 - half, 239.5 - half / 2])
    assert corners[2] == pytest.approx([319.5 + half, 239.5 + half / 2])


def test_a_lens_moves_points_by_its_polynomial() -> None:
    at = np.array([[319.5 + BENT.focal_px * 0.5, 239.5]])

    seen = distort(at, BENT)

    radius = 0.5 * (1 + 0.12 * 0.25 - 0.03 * 0.0625)
    assert seen[0] == pytest.approx([319.5 + BENT.focal_px * radius, 239.5])


def test_straightening_undoes_the_lens() -> None:
    pixels = np.stack(np.meshgrid([0.0, 100, 639], [0.0, 250, 479]), -1).reshape(-1, 2)

    back = distort(undistort(pixels, BENT), BENT)

    # A thousandth of a pixel: the corners are written no finer.
    assert back == pytest.approx(pixels, abs=1e-3)


@pytest.mark.parametrize("camera", [Camera(), Camera(480, 640)])
@pytest.mark.parametrize("tilt_deg", [0, 40, 68])
def test_prints_are_placed_in_the_frame(camera: Camera, tilt_deg: float) -> None:
    random = np.random.default_rng(3)

    for _ in range(20):
        pose = place_print(
            random,
            camera,
            aspect=1.4,
            width_ratio=0.4,
            tilt_deg=tilt_deg,
            roll_deg=random.uniform(-180, 180),
        )

        assert is_in_frame(pose, 1.4, camera)


def test_a_placed_print_leans_by_its_tilt() -> None:
    pose = place_print(
        np.random.default_rng(4),
        Camera(),
        aspect=1,
        width_ratio=0.3,
        tilt_deg=33,
        roll_deg=70,
    )

    assert pose.rotation[2, 2] == pytest.approx(np.cos(np.radians(33)))


def test_a_quarter_turn_takes_x_to_y() -> None:
    assert rotation_about((0, 0, 1), 90) @ [1, 0, 0] == pytest.approx(
        [0, 1, 0], abs=1e-12
    )


def test_a_print_behind_the_camera_is_not_in_the_frame() -> None:
    pose = Pose(np.eye(3), np.array([0.0, 0, -2]))

    assert not is_in_frame(pose, 1.0, replace(Camera()))
