"""Verification: a print half covered passes, another print and a twin do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from assets_pipeline.image_targets.tracker import Tracker

if TYPE_CHECKING:
    from types import ModuleType

CORNERS = np.array([[150, 110], [470, 90], [500, 360], [130, 330]], float)
ACCEPTED = 500
"""Of agreement in thousandths, as verification.h says."""


def _label(seed: int) -> np.ndarray:
    """Return a label of a series: the same frame and heading, other modules."""
    label = np.full((200, 200), 255, np.uint8)
    label[6:194, 6:9] = label[6:194, 191:194] = 40
    label[6:9, 6:194] = label[191:194, 6:194] = 40
    heading = np.random.default_rng(1).integers(0, 2, (4, 32)) * 215 + 40
    label[165:185, 20:180] = np.kron(heading, np.ones((5, 5))).astype(np.uint8)
    modules = np.random.default_rng(seed).integers(0, 2, (21, 21)) * 255
    for row, column in [(0, 0), (0, 14), (14, 0)]:  # as a QR code's three eyes
        modules[row : row + 7, column : column + 7] = 0
        modules[row + 1 : row + 6, column + 1 : column + 6] = 255
        modules[row + 2 : row + 5, column + 2 : column + 5] = 0
    label[20:146, 37:163] = np.kron(modules, np.ones((6, 6))).astype(np.uint8)
    return label


def _agreement(
    scenes: ModuleType, picture: np.ndarray, frame: np.ndarray, off_px: float = 2.0
) -> int:
    """Return the agreement, in thousandths, after refining where the print should be."""
    tracker = Tracker()
    slot = tracker.add_template(picture, 0.1)
    height, width = frame.shape
    tracker.write(tracker.call("frame", width, height), frame.tobytes())
    homography = scenes.picture_placed(picture, CORNERS + off_px)
    room = tracker.call("homography_room")
    tracker.write(room, homography.astype("<f4").tobytes())
    assert tracker.call("refine_slot", slot) == 1
    return tracker.call("agreement_slot", slot)


def _seen(scenes: ModuleType, picture: np.ndarray) -> np.ndarray:
    return scenes.frame_of(picture, scenes.picture_placed(picture, CORNERS))


@pytest.fixture(scope="module")
def label_seen(scenes: ModuleType) -> np.ndarray:
    """Return a frame that shows a label."""
    return _seen(scenes, _label(1))


def test_the_print_itself_agrees(scenes: ModuleType, label_seen: np.ndarray) -> None:
    assert _agreement(scenes, _label(1), label_seen) > 850


@pytest.mark.parametrize("seed", range(2, 8))
def test_a_label_of_the_same_series_is_refused(
    scenes: ModuleType, label_seen: np.ndarray, seed: int
) -> None:
    """Frame, heading and eyes are the same, half the modules too: two px in three agree."""
    assert _agreement(scenes, _label(seed), label_seen) < ACCEPTED


@pytest.mark.parametrize("side", ["left", "right", "top"])
def test_a_print_half_covered_passes(
    scenes: ModuleType, label_seen: np.ndarray, side: str
) -> None:
    """By a patterned cloth, not by something flat."""
    row, column = np.mgrid[:480, :640]
    cloth = (110 + 50 * np.sin(row / 3.1) * np.sin(column / 4.3 + row / 9)).astype("u1")
    hidden = {"left": column < 312, "right": column > 312, "top": row < 222}[side]

    assert _agreement(scenes, _label(1), np.where(hidden, cloth, label_seen)) > ACCEPTED


@pytest.mark.parametrize("seed", range(3, 9))
def test_another_picture_is_refused(scenes: ModuleType, seed: int) -> None:
    frame = _seen(scenes, scenes.drawn_picture(20))

    assert _agreement(scenes, scenes.drawn_picture(seed), frame) < ACCEPTED


def test_an_empty_wall_is_refused(scenes: ModuleType) -> None:
    frame = np.full((480, 640), 128, np.uint8)

    assert _agreement(scenes, _label(1), frame) < ACCEPTED


def test_of_two_labels_in_one_place_the_seen_one_wins(scenes: ModuleType) -> None:
    corners = np.array([[200, 110], [440, 104], [446, 346], [196, 340]], float)
    frame = scenes.frame_of(_label(1), scenes.picture_placed(_label(1), corners))
    tracker = Tracker()
    tracker.add_template(_label(2), 0.1)
    slot = tracker.add_template(_label(1), 0.1)

    assert list(tracker.find(frame)) == [slot]
