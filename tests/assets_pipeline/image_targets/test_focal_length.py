"""The focal length, learned from how flat prints are foreshortened."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assets_pipeline.image_targets.focal_length import FocalEstimate, FocalEstimator
from assets_pipeline.image_targets.placement import Attitude, Mounting
from assets_pipeline.image_targets.tracker import Tracker
from benchmarks.image_targets.handheld_views import (
    EXACT,
    Errors,
    FloatArray,
    Lens,
    Visitor,
    still,
    sweep,
)

if TYPE_CHECKING:
    from types import ModuleType

LABEL = Mounting(0.1, 0.1, above_ground_m=1.4)
POSTER = Mounting(0.42, 0.42)
GUESS = Lens()


@pytest.fixture(scope="module")
def tracker() -> Tracker:
    return Tracker()


def learned(
    tracker: Tracker,
    eyes: FloatArray,
    *,
    off: float,
    mounting: Mounting = LABEL,
    kind: Attitude = Attitude.NONE,
    errors: Errors | None = None,
    seed: int = 1,
) -> list[FocalEstimate]:
    """Return what is known after each view, the true length being `off` from the guess."""
    lens = replace(GUESS, focal_px=GUESS.focal_px * (1 + off))
    visitor = Visitor(mounting, lens=lens, kind=kind, errors=errors or Errors())
    finder = FocalEstimator(tracker, GUESS.focal_px)
    views = visitor.views(np.random.default_rng(seed), eyes)
    return [finder.add_view(view.told, mounting) for view in views]


def error(known: FocalEstimate, off: float) -> float:
    return known.focal_px / (GUESS.focal_px * (1 + off)) - 1


@pytest.mark.parametrize("off", [-0.15, 0.15])
@pytest.mark.parametrize("kind", [Attitude.NONE, Attitude.UP_ONLY])
def test_exact_corners_tell_it_exactly(
    tracker: Tracker, off: float, kind: Attitude
) -> None:
    eyes = sweep(np.random.default_rng(1), seconds=2)

    known = learned(
        tracker, eyes, off=off, kind=kind, errors=replace(EXACT, corner_px=0.01)
    )

    assert abs(error(known[-1], off)) < 0.003


@pytest.mark.parametrize("off", [-0.15, 0.15])
@pytest.mark.parametrize(
    ("mounting", "range_m", "bar"),
    [(LABEL, 0.5, 0.03), (POSTER, 1.0, 0.01)],
)
def test_two_seconds_tell_it(
    tracker: Tracker, off: float, mounting: Mounting, range_m: float, bar: float
) -> None:
    """The issue's bar, 3 %, for most of the ways in which a phone may be held."""
    errors = []
    for seed in range(12):
        eyes = sweep(np.random.default_rng(seed), seconds=2, range_m=range_m)
        known = learned(tracker, eyes, off=off, mounting=mounting, seed=seed)
        errors.append(abs(error(known[-1], off)))

    assert np.quantile(errors, 0.8) < bar


def test_views_from_the_front_leave_the_guess_alone(tracker: Tracker) -> None:
    for seed in range(5):
        known = learned(tracker, still(2, 2, 0.7).repeat(60, 0), off=0.15, seed=seed)

        assert known[-1].focal_px == pytest.approx(GUESS.focal_px, rel=1e-6)
        assert known[-1].refused == 60


def test_the_more_it_has_seen_the_surer_it_is(tracker: Tracker) -> None:
    eyes = sweep(np.random.default_rng(4), seconds=2, range_m=0.5)

    known = learned(tracker, eyes, off=0.15)

    doubts = [one.sd_ratio for one in known]
    assert doubts[-1] < 0.04
    for earlier, later in zip(doubts[::10], doubts[10::10], strict=False):
        assert later <= 1.02 * earlier  # views of one direction share what they tell


def test_it_never_strays_far_beyond_the_guess(tracker: Tracker) -> None:
    """Where little is known, the guess holds: no jump on the way."""
    worst = [
        max(
            abs(error(one, 0.15)) for one in learned(tracker, eyes, off=0.15, seed=seed)
        )
        for seed in range(8)
        for eyes in [sweep(np.random.default_rng(seed), seconds=2, range_m=0.6)]
    ]

    assert np.median(worst) < 0.15
    assert max(worst) < 0.25


def test_errors_are_as_large_as_said(tracker: Tracker) -> None:
    """Divided by what was said, they are like a unit normal or smaller.

    A direction's views are counted three times at most.
    """
    ratios = []
    for seed in range(40):
        eyes = sweep(np.random.default_rng(seed), seconds=2, range_m=0.6)
        known = learned(tracker, eyes, off=-0.1, seed=seed)[-1]
        ratios.append(error(known, -0.1) / known.sd_ratio)

    assert 0.5 < np.sqrt(np.mean(np.square(ratios))) < 1.2


def test_what_is_no_number_is_passed_over(tracker: Tracker) -> None:
    (view,) = Visitor(LABEL).views(np.random.default_rng(1), still(30, 5, 1.0))
    broken = replace(view.told, corners=np.full((4, 2), np.inf))

    known = FocalEstimator(tracker, 500.0).add_view(broken, LABEL)

    assert known.focal_px == 500.0


@pytest.mark.parametrize("off", [-0.15, 0.15])
def test_a_tracker_that_is_told_no_camera_learns_it(
    scenes: ModuleType, off: float
) -> None:
    """The issue's bar: after two seconds of tracking, the range is known within 3 %."""
    tracker = Tracker()
    picture = scenes.drawn_picture(3)
    slot = tracker.add_template(picture, 0.4)
    print_m = Mounting(0.4, 0.4 * picture.shape[0] / picture.shape[1])
    lens = replace(GUESS, focal_px=GUESS.focal_px * (1 + off))
    eyes = sweep(np.random.default_rng(2), seconds=2)[::2]
    visitor = Visitor(print_m, lens=lens, errors=EXACT)
    errors = []
    for i, view in enumerate(visitor.views(np.random.default_rng(1), eyes)):
        placed = scenes.picture_placed(picture, np.asarray(view.told.corners))
        frame = scenes.frame_of(picture, placed, seed=i, samples=2)
        seen = tracker.track(frame, i / 15)[slot]
        range_m = np.linalg.norm(view.place)
        errors.append(np.linalg.norm(seen.pose.position) / range_m - 1)

    assert abs(errors[0]) > 0.1
    assert max(map(abs, errors[-5:])) < 0.03
