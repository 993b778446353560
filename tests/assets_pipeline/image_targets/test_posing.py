"""Poses of a print, against the pose that made the homography."""

from __future__ import annotations

import numpy as np
import pytest

from assets_pipeline.image_targets.tracker import Tracker

FOCAL_PX, CENTRE_PX = 600.0, (330.0, 230.0)
WIDTH_M = 0.42
TEMPLATE = np.random.default_rng(1).integers(0, 255, (120, 160), np.uint8)


def _turned(axis: tuple[float, float, float], angle_deg: float) -> np.ndarray:
    """Return a rotation matrix: Rodrigues' formula."""
    x, y, z = np.array(axis) / np.linalg.norm(axis)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    angle = np.radians(angle_deg)
    return np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross


def _matrix(quaternion: np.ndarray) -> np.ndarray:
    x, y, z, w = quaternion.astype(float)
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )


def _homography(rotation: np.ndarray, position: np.ndarray) -> np.ndarray:
    """Return template px to frame px, for WebXR's camera and the target's frame."""
    height, width = TEMPLATE.shape
    metres = WIDTH_M / width
    to_plane = np.array(
        [
            [metres, 0, -metres * (width - 1) / 2],
            [0, -metres, metres * (height - 1) / 2],
            [0, 0, 1],
        ]
    )
    to_camera = np.column_stack([rotation[:, 0], rotation[:, 1], position])
    to_frame = np.array(
        [[FOCAL_PX, 0, -CENTRE_PX[0]], [0, -FOCAL_PX, -CENTRE_PX[1]], [0, 0, -1]]
    )
    return to_frame @ to_camera @ to_plane


def _posed(homography: np.ndarray) -> tuple[np.ndarray, ...]:
    """Return position, rotation, the other rotation, and both errors in px."""
    tracker = Tracker()
    slot = tracker.add_template(TEMPLATE, WIDTH_M)
    tracker.call("camera", FOCAL_PX, *CENTRE_PX)
    scaled = (homography / homography[2, 2]).astype("<f4")
    tracker.write(tracker.call("homography_room"), scaled.tobytes())
    address = tracker.call("pose_slot", slot)
    assert address
    numbers = np.frombuffer(tracker.read(address, 144), "<f4")
    pose, other = numbers[20:27], numbers[27:34]
    return pose[:3], _matrix(pose[3:]), _matrix(other[3:]), numbers[34:36]


@pytest.mark.parametrize("tilt_deg", [0, 12, 35, 65])
@pytest.mark.parametrize("axis", [(1, 0, 0), (0.3, 1, 0), (0.5, -0.2, 1)])
def test_pose_is_the_one_that_made_the_homography(
    axis: tuple[float, float, float], tilt_deg: float
) -> None:
    """Float32 homographies hold seven digits, so poses hold about five."""
    rotation, position = _turned(axis, tilt_deg), np.array([0.1, -0.2, -1.5])

    found, turn, _, (error_px, _) = _posed(_homography(rotation, position))

    assert found == pytest.approx(position, abs=2e-4)
    assert turn == pytest.approx(rotation, abs=2e-3)
    assert error_px < 0.01


def test_the_other_pose_leans_the_other_way() -> None:
    """Seen from afar, along the axis, the second solution is the first one mirrored.

    Under parallel projection a tilt by +30 and by -30 degrees look alike; 5 m away, of a
    print of 0.42 m, perspective makes a hundredth of difference.
    """
    rotation = _turned((1, 0, 0), 30)
    position = np.array([0, 0, -5.0])

    _, turn, other, errors_px = _posed(_homography(rotation, position))

    assert turn == pytest.approx(rotation, abs=5e-3)
    tilt_deg = np.degrees(np.arctan2(other[2, 1], other[1, 1]))
    assert tilt_deg == pytest.approx(-30, abs=4)
    assert errors_px[0] < errors_px[1] < 1


def test_a_print_seen_from_its_back_has_no_pose() -> None:
    homography = _homography(_turned((0, 1, 0), 180), np.array([0, 0, -1.0]))
    tracker = Tracker()
    slot = tracker.add_template(TEMPLATE, WIDTH_M)
    scaled = (homography / homography[2, 2]).astype("<f4")
    tracker.write(tracker.call("homography_room"), scaled.tobytes())

    assert tracker.call("pose_slot", slot) == 0
