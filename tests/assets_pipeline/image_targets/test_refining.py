"""Refinement: from some pixels off to a fraction of one, whatever the light."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from assets_pipeline.image_targets.tracker import Tracker

if TYPE_CHECKING:
    from types import ModuleType

CORNERS = np.array([[150, 110], [470, 90], [500, 360], [130, 330]], float)
OFF_PX = np.array([[4, -3], [-3, 5], [5, 2], [-4, -4]], float)


def _error_px(
    scenes: ModuleType,
    picture: np.ndarray,
    frame: np.ndarray,
    corners: np.ndarray = CORNERS,
    off_px: np.ndarray = OFF_PX,
) -> float:
    """Return the corners' RMS error after refining a homography that was off."""
    tracker = Tracker()
    slot = tracker.add_template(picture, 0.3)
    height, width = frame.shape
    tracker.write(tracker.call("frame", width, height), frame.tobytes())
    off = scenes.picture_placed(picture, corners + off_px)
    room = tracker.call("homography_room")
    tracker.write(room, off.astype("<f4").tobytes())
    assert tracker.call("refine_slot", slot) == 1
    refined = np.frombuffer(tracker.read(room, 36), "<f4").reshape(3, 3).astype(float)
    moved = scenes.corners_under(refined, picture)
    return float(np.sqrt(((moved - corners) ** 2).sum(1).mean()))


@pytest.fixture(scope="module")
def poster(scenes: ModuleType) -> np.ndarray:
    """Return a picture with enough to hold on to."""
    return scenes.drawn_picture(3)


@pytest.fixture(scope="module")
def frame(scenes: ModuleType, poster: np.ndarray) -> np.ndarray:
    """Return the poster, seen a little from the side."""
    return scenes.frame_of(poster, scenes.picture_placed(poster, CORNERS))


def test_it_is_right_to_a_tenth_of_a_pixel(
    scenes: ModuleType, poster: np.ndarray, frame: np.ndarray
) -> None:
    """Where features are found to half a pixel, a thousand edge pixels average to less."""
    assert _error_px(scenes, poster, frame) < 0.1


def test_a_small_print_is_refined_as_well(
    scenes: ModuleType, poster: np.ndarray
) -> None:
    corners = np.array([[300, 200], [352, 204], [350, 244], [298, 240]], float)
    frame = scenes.frame_of(poster, scenes.picture_placed(poster, corners), samples=6)

    assert _error_px(scenes, poster, frame, corners, OFF_PX / 2) < 0.2


@pytest.mark.parametrize("gamma", [0.45, 2.2])
def test_gamma_does_not_move_it(
    scenes: ModuleType, poster: np.ndarray, frame: np.ndarray, gamma: float
) -> None:
    bent = (255 * (frame / 255) ** gamma).round().astype(np.uint8)

    assert _error_px(scenes, poster, bent) < 0.2


def test_the_edge_of_a_shadow_does_not_move_it(
    scenes: ModuleType, poster: np.ndarray, frame: np.ndarray
) -> None:
    row, column = np.mgrid[:480, :640]
    shaded = np.where(row + column > 560, 0.35, 1.0) * frame

    assert _error_px(scenes, poster, shaded.astype(np.uint8)) < 0.2


def test_a_covered_half_does_not_move_it(
    scenes: ModuleType, poster: np.ndarray, frame: np.ndarray
) -> None:
    """The cover is another poster, as rich in edges."""
    other = scenes.frame_of(
        scenes.drawn_picture(8), scenes.picture_placed(poster, CORNERS + 40)
    )
    covered = np.where(np.mgrid[:480, :640][1] > 315, other, frame)

    assert _error_px(scenes, poster, covered) < 1


def test_a_moving_camera_does_not_move_it(
    scenes: ModuleType, poster: np.ndarray, frame: np.ndarray
) -> None:
    """The mean of thirteen frames, each a pixel further: a path centred on the truth."""
    shifted = [np.roll(frame, (i // 2, i), (0, 1)).astype(float) for i in range(-6, 7)]
    blurred = np.mean(shifted, axis=0).round().astype(np.uint8)

    assert _error_px(scenes, poster, blurred) < 0.5


def test_repeated_tiles_are_not_confused(scenes: ModuleType) -> None:
    """A lattice of period 14 px in the frame, off by 5 px, with one sign in its middle."""
    y, x = np.mgrid[:192, :256]
    lattice = np.where(np.hypot(x % 12 - 5.5, y % 12 - 5.5) < 4, 60, 220)
    lattice[80:112, 60:200] = scenes.drawn_picture(5, 140, 32)
    picture = lattice.astype(np.uint8)
    frame = scenes.frame_of(picture, scenes.picture_placed(picture, CORNERS))

    assert _error_px(scenes, picture, frame) < 0.2


def test_a_print_off_the_frame_is_refused(
    scenes: ModuleType, poster: np.ndarray, frame: np.ndarray
) -> None:
    tracker = Tracker()
    slot = tracker.add_template(poster, 0.3)
    tracker.write(tracker.call("frame", 640, 480), frame.tobytes())
    away = scenes.picture_placed(poster, CORNERS + 2000)
    tracker.write(tracker.call("homography_room"), away.astype("<f4").tobytes())

    assert tracker.call("refine_slot", slot) == 0
