"""Handheld sequences: how they move, and how they are scored."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.image_targets.camera import Camera, project
from benchmarks.image_targets.frames import Frame, Shown
from benchmarks.image_targets.motions import (
    FRAMES,
    FRAMES_A_SECOND,
    MOTIONS,
    hand,
    pose_at,
    tremor_deg,
)
from benchmarks.image_targets.result_cache import Corners, TrackerResults
from benchmarks.image_targets.sequences import recovery, score_sequences, visible_share

SQUARE: Corners = ((100, 100), (200, 100), (200, 200), (100, 200))
MIDDLE = np.zeros((1, 3))


def moved(corners: Corners, x: float, y: float) -> Corners:
    """Return corners moved by some pixels."""
    return tuple((left + x, top + y) for left, top in corners)


def frames_of(*corners: Corners) -> list[Frame]:
    """Return a sequence that shows a print at some places."""
    return [
        Frame(str(at), "pan", at, 640, 480, 554.0, (Shown("x", place),), ("x",))
        for at, place in enumerate(corners)
    ]


@pytest.mark.parametrize("motion", MOTIONS)
def test_a_motion_starts_and_ends_with_the_print_in_view(motion: str) -> None:
    camera, of = Camera(), hand(np.random.default_rng(5))

    for at in (0, FRAMES - 1):
        pose = pose_at(MOTIONS[motion](at / FRAMES), of, at / FRAMES_A_SECOND, camera)
        x, y = project(MIDDLE, pose, camera)[0]

        assert 0 < x < camera.width_px
        assert 0 < y < camera.height_px


def test_leaving_takes_the_print_out_of_the_frame() -> None:
    camera, of = Camera(), hand(np.random.default_rng(5))

    pose = pose_at(MOTIONS["leave"](0.5), of, 0.5, camera)

    assert project(MIDDLE, pose, camera)[0, 0] > camera.width_px * 1.5


def test_a_steady_hand_turns_by_less_than_half_a_degree() -> None:
    of = hand(np.random.default_rng(6))

    turns = np.array([tremor_deg(of, at / 100) for at in range(300)])

    assert 0.1 < np.abs(turns).max() < 0.5


def test_half_a_print_beyond_the_edge_is_half_visible() -> None:
    (frame,) = frames_of(moved(SQUARE, -150.5, 0))

    assert visible_share(frame.shown[0], frame) == pytest.approx(0.5)


def test_a_lag_that_stays_the_same_is_no_jitter() -> None:
    frames = frames_of(*(moved(SQUARE, 5.0 * at, 0) for at in range(4)))
    found = {frame.file: {"x": moved(frame.shown[0].corners, 2, 0)} for frame in frames}

    (one,) = score_sequences(
        frames, TrackerResults(found, dict.fromkeys(found, ("x",)))
    )

    assert (one.hits, one.jitter_px, one.median_px) == (4, 0, 2)


def test_the_first_lock_is_counted_from_the_first_frame() -> None:
    frames = frames_of(SQUARE, SQUARE, SQUARE)
    found = {"0": {}, "1": {"x": moved(SQUARE, 30, 0)}, "2": {"x": SQUARE}}

    (one,) = score_sequences(
        frames, TrackerResults(found, dict.fromkeys(found, ("x",)))
    )

    assert (one.first_lock_frames, one.wrong) == (2, 1)


def test_recovery_is_the_longest_wait_after_coming_back() -> None:
    is_visible = [True, False, False, True, True, True]

    assert recovery(is_visible, [True, False, False, False, True, True]) == 1
    assert recovery(is_visible, [True, False, False, True, True, True]) == 0
    assert recovery(is_visible, [True, False, False, False, False, False]) == -1
