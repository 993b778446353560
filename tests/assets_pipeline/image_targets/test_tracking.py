"""Tracking: followed from frame to frame, lost honestly, found again soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from assets_pipeline.image_targets.tracker import State, Tracker

if TYPE_CHECKING:
    from types import ModuleType

CORNERS = np.array([[150, 110], [450, 95], [470, 340], [135, 320]], float)
FRAME_S = 1 / 30


def _swayed(frame: int) -> np.ndarray:
    """Return the corners in one frame of a hand-held film: up to 9 px from the last."""
    sway = [40 * np.sin(frame * 0.23), 25 * np.sin(frame * 0.31 + 1)]
    return CORNERS * (1 + 0.004 * frame) + sway


def _errors_px(seen: np.ndarray, truth: np.ndarray) -> float:
    return float(np.sqrt(((seen - truth) ** 2).sum(1).mean()))


@pytest.fixture(scope="module")
def poster(scenes: ModuleType) -> np.ndarray:
    """Return a picture with enough to hold on to."""
    return scenes.drawn_picture(3)


@pytest.fixture(scope="module")
def film(scenes: ModuleType, poster: np.ndarray) -> list[np.ndarray]:
    """Return twelve frames in which the poster sways and grows."""
    return [
        scenes.frame_of(
            poster, scenes.picture_placed(poster, _swayed(i)), seed=i, samples=2
        )
        for i in range(12)
    ]


@pytest.fixture
def tracker(poster: np.ndarray) -> Tracker:
    """Return a tracker that knows the poster, in slot 0."""
    tracker = Tracker()
    tracker.add_template(poster, 0.3)
    return tracker


def test_a_swaying_print_is_followed(tracker: Tracker, film: list[np.ndarray]) -> None:
    """From the second frame on it is tracked; the filter may lag by 0.15 px each way."""
    for i, frame in enumerate(film):
        seen = tracker.track(frame, i * FRAME_S)

        assert seen[0].state == (State.TRACKED if i else State.FOUND)
        assert _errors_px(seen[0].corners, _swayed(i)) < 0.5


def test_an_empty_frame_shows_nothing_at_once(
    tracker: Tracker, film: list[np.ndarray]
) -> None:
    wall = np.full_like(film[0], 150)
    tracker.track(film[0], 0.0)
    tracker.track(film[1], FRAME_S)

    assert not tracker.track(wall, 2 * FRAME_S)


@pytest.mark.parametrize("away_frames", [2, 60])
def test_it_is_found_again_within_three_frames(
    tracker: Tracker, film: list[np.ndarray], away_frames: int
) -> None:
    """Elsewhere than it was lost, whether a moment ago or long since."""
    wall = np.full_like(film[0], 150)
    tracker.track(film[0], 0.0)
    time_s = FRAME_S
    for _ in range(away_frames):
        tracker.track(wall, time_s)
        time_s += FRAME_S

    seen = [tracker.track(film[9 + i], time_s + i * FRAME_S) for i in range(3)]

    assert any(seen)
    assert _errors_px(seen[-1][0].corners, _swayed(11)) < 0.5


def test_a_passing_visitor_does_not_lose_it(
    tracker: Tracker, film: list[np.ndarray]
) -> None:
    """A dark figure, a third of the print wide, crosses from left to right."""
    for i, frame in enumerate(film):
        crossed = frame.copy()
        crossed[80:, 120 + 30 * i : 220 + 30 * i] = 60

        seen = tracker.track(crossed, i * FRAME_S)

        assert _errors_px(seen[0].corners, _swayed(i)) < 2


def test_corners_that_a_cover_hides_hardly_swing(
    tracker: Tracker, scenes: ModuleType, poster: np.ndarray
) -> None:
    """No px hold them: they swung by half a px from frame to frame."""
    still = scenes.picture_placed(poster, CORNERS)
    corners = []
    for i in range(14):
        frame = scenes.frame_of(poster, still, noise_grey=8, seed=i, samples=2)
        if i > 3:
            frame[:, 320:] = 60
        corners.append(tracker.track(frame, i * FRAME_S)[0].corners)

    assert np.abs(np.diff(corners[4:], axis=0)).max() < 0.4


def test_noise_hardly_moves_a_still_print(
    tracker: Tracker, scenes: ModuleType, poster: np.ndarray
) -> None:
    still = scenes.picture_placed(poster, CORNERS)
    corners = []
    for i in range(8):
        frame = scenes.frame_of(poster, still, noise_grey=4, seed=i, samples=2)
        corners.append(tracker.track(frame, i * FRAME_S)[0].corners)

    spread = np.sqrt(np.var(corners, axis=0).sum(-1).mean())
    assert spread < 0.1


def test_two_prints_are_followed_at_once(
    tracker: Tracker, scenes: ModuleType, poster: np.ndarray
) -> None:
    other = scenes.drawn_picture(11)
    slot = tracker.add_template(other, 0.2)
    left, right = CORNERS * 0.6 + [-60, 60], CORNERS * 0.6 + [240, 120]
    frames = [
        scenes.frame_of(picture, scenes.picture_placed(picture, corners), samples=2)
        for picture, corners in [(poster, left), (other, right)]
    ]
    both = np.where(np.mgrid[:480, :640][1] < 285, *frames)

    for i in range(3):
        seen = tracker.track(both, i * FRAME_S)

    assert _errors_px(seen[0].corners, left) < 0.5
    assert _errors_px(seen[slot].corners, right) < 0.5


def test_a_clock_that_falls_starts_anew(
    tracker: Tracker, film: list[np.ndarray]
) -> None:
    tracker.track(film[0], 5.0)

    assert tracker.track(film[1], 1.0)[0].state == State.FOUND


def test_nothing_is_seen_after_forgetting(
    tracker: Tracker, film: list[np.ndarray]
) -> None:
    tracker.track(film[0], 0.0)
    tracker.forget()

    assert not tracker.track(film[1], FRAME_S)
