"""Scenes placed by a print and a phone's gravity, against closed forms."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from assets_pipeline.errors.exceptions import WrongShapeError
from assets_pipeline.image_targets.placement import (
    Attitude,
    Hint,
    Mounting,
    PlacementEstimate,
    PlacementEstimator,
    PlacementState,
)
from assets_pipeline.image_targets.tracker import Tracker
from benchmarks.image_targets.handheld_views import (
    EXACT,
    Errors,
    FloatArray,
    HeldView,
    Visitor,
    matrix,
    quaternion,
    rotation_about,
    still,
    sweep,
    turn_deg,
)
from benchmarks.image_targets.placement import placement_error

LABEL = Mounting(0.1, 0.1, above_ground_m=1.4)
DESK = replace(LABEL, slope_deg=30.0)
FLAT = replace(LABEL, slope_deg=90.0)
POSTER = Mounting(0.42, 0.3)
ROUNDING_M = 2e-4
"""Poses are told in single precision, and sought until a step is small."""


@pytest.fixture(scope="module")
def tracker() -> Tracker:
    return Tracker()


def after(
    tracker: Tracker, mounting: Mounting, views: list[HeldView]
) -> PlacementEstimate:
    estimator = PlacementEstimator(tracker, mounting)
    estimator.set_origin(right_m=0, up_m=0, ahead_m=10)
    return [estimator.add_view(view.told) for view in views][-1]


def views(visitor: Visitor, eyes: FloatArray, seed: int = 1) -> list[HeldView]:
    return list(visitor.views(np.random.default_rng(seed), eyes))


@pytest.mark.parametrize("mounting", [LABEL, DESK, FLAT])
def test_without_errors_the_ground_under_the_label_is_found(
    tracker: Tracker, mounting: Mounting
) -> None:
    (view,) = views(Visitor(mounting, errors=EXACT), still(25, 35, 0.8))

    told = after(tracker, mounting, [view])

    foot = view.place - 1.4 * view.scene[:, 1]
    np.testing.assert_allclose(told.position, foot, atol=ROUNDING_M)
    np.testing.assert_allclose(matrix(told.orientation), view.scene, atol=ROUNDING_M)
    assert told.range_m == pytest.approx(0.8, abs=ROUNDING_M)


def test_a_picture_places_its_scene_relative_to_its_centre(tracker: Tracker) -> None:
    (view,) = views(Visitor(POSTER, errors=EXACT), still(25, 5, 1.5))

    told = after(tracker, POSTER, [view])

    np.testing.assert_allclose(told.position, view.place, atol=ROUNDING_M)


def test_up_is_gravity_even_where_the_print_hangs_askew(tracker: Tracker) -> None:
    errors = replace(EXACT, mounting_deg=4.0)
    shown = views(Visitor(LABEL, errors=errors), sweep(np.random.default_rng(2)))

    told = after(tracker, LABEL, shown)

    up = matrix(told.orientation)[:, 1]
    np.testing.assert_allclose(up, shown[-1].scene[:, 1], atol=1e-5)


def test_a_slope_said_wrong_is_noticed(tracker: Tracker) -> None:
    shown = views(Visitor(DESK), sweep(np.random.default_rng(2)))

    told = after(tracker, LABEL, shown)

    assert told.mounting_off_deg == pytest.approx(30, abs=4)


@pytest.mark.parametrize(
    ("aside_deg", "range_m", "hint"),
    [
        (6.0, 1.0, Hint.STEP_RIGHT),
        (-6.0, 1.0, Hint.STEP_LEFT),
        (35.0, 1.0, Hint.NONE),
        (6.0, 4.0, Hint.COME_CLOSER),
    ],
)
def test_what_would_help_is_said(
    tracker: Tracker, aside_deg: float, range_m: float, hint: Hint
) -> None:
    (view,) = views(
        Visitor(LABEL, errors=replace(EXACT, corner_px=0.02)),
        still(aside_deg, 5, range_m),
    )
    told = after(
        tracker, LABEL, [replace(view, told=replace(view.told, noise_px=0.25))]
    )

    assert told.hint == hint


def test_a_phone_that_turns_fast_is_to_be_held_still(tracker: Tracker) -> None:
    shown = views(Visitor(LABEL, errors=EXACT), still(30, 5, 1).repeat(2, 0))
    turned = matrix(shown[1].told.attitude) @ rotation_about(
        (0, 1, 0), 5
    )  # 150 degrees a second
    shown[1] = replace(
        shown[1], told=replace(shown[1].told, attitude=quaternion(turned))
    )

    assert after(tracker, LABEL, shown).hint == Hint.HOLD_STILL


def test_views_from_aside_refute_the_mirror_image(tracker: Tracker) -> None:
    shown = views(Visitor(LABEL), sweep(np.random.default_rng(3)))

    assert after(tracker, LABEL, shown).other_share == 0


def test_what_stands_far_behind_is_placed_after_a_sweep(tracker: Tracker) -> None:
    """The issue's bars: half of the placings within 0.25 m at 10 m, 0.5 m at 20 m."""
    random = np.random.default_rng(5)
    misses = []
    for seed in range(12):
        shown = views(Visitor(LABEL), sweep(random), seed)
        misses.append(
            placement_error(after(tracker, LABEL, shown), LABEL, shown[-1]).object_m
        )

    near_m, far_m = np.median(misses, 0)
    assert near_m <= 0.25
    assert far_m <= 0.5


@pytest.mark.parametrize("mounting", [LABEL, DESK, FLAT])
@pytest.mark.parametrize("aside_deg", [0, 20, 35])
def test_errors_of_one_view_are_as_large_as_said(
    tracker: Tracker, mounting: Mounting, aside_deg: float
) -> None:
    """Divided by what was said, they are like a unit normal.

    Of 150, its standard deviation is known to 6 %, and what a likelihood of two tops lacks
    of a normal is as much again.
    """
    random = np.random.default_rng(7)
    turns, places = [], []
    for seed in range(150):
        eyes = still(
            random.uniform(-3, 3) + aside_deg, 5 + mounting.slope_deg * 0.6, 1.0
        )
        (view,) = views(Visitor(mounting), eyes, seed)
        told = after(tracker, mounting, [view])
        erring = placement_error(told, mounting, view)
        turns.append(erring.heading_deg / told.heading_sd_deg)
        places.append(erring.object_m[0] / told.object_sd_m)

    assert abs(np.mean(turns)) < 0.25
    assert 0.8 < np.std(turns) < 1.2
    assert np.mean(np.abs(turns) > 2) < 0.12
    assert 0.8 < np.sqrt(np.mean(np.square(places))) < 1.2


@pytest.mark.parametrize("lasting_frames", [0, 5])
def test_errors_after_a_sweep_are_not_larger_than_said(
    tracker: Tracker, lasting_frames: float
) -> None:
    """Corners' errors that last from frame to frame are allowed for.

    Where they do not last, more is known than said.
    """
    random = np.random.default_rng(11)
    visitor = Visitor(LABEL, errors=Errors(lasting_frames=lasting_frames))
    turns = []
    for seed in range(40):
        shown = views(visitor, sweep(random), seed)
        told = after(tracker, LABEL, shown)
        erring = placement_error(told, LABEL, shown[-1])
        turns.append(erring.heading_deg / told.heading_sd_deg)

    assert 0.35 < np.std(turns) < 1.35


def test_without_a_heading_of_its_own_a_phone_places_by_what_it_sees(
    tracker: Tracker,
) -> None:
    visitor = Visitor(LABEL, kind=Attitude.UP_ONLY)
    shown = views(visitor, sweep(np.random.default_rng(2), seconds=1.5))

    told = after(tracker, LABEL, shown)

    erring = placement_error(told, LABEL, shown[-1])
    assert told.placed == PlacementState.SEEN
    assert abs(erring.heading_deg) < 3 * told.heading_sd_deg


@pytest.fixture
def oblique() -> HeldView:
    return views(Visitor(LABEL, errors=EXACT), still(30, 5, 1.0))[0]


@pytest.fixture
def out_of_view(tracker: Tracker, oblique: HeldView) -> PlacementEstimator:
    estimator = PlacementEstimator(tracker, LABEL)
    estimator.set_origin(right_m=0, up_m=0, ahead_m=12)
    estimator.add_view(oblique.told)
    return estimator


def test_out_of_view_a_scene_keeps_its_direction(
    out_of_view: PlacementEstimator, oblique: HeldView
) -> None:
    turned = rotation_about((1, 0, 0), 55) @ rotation_about((0, 0, 1), 20)
    attitude = quaternion(matrix(oblique.told.attitude) @ turned)

    told = out_of_view.add_attitude(attitude, Attitude.UP_AND_HEADING, 0.5)

    foot = turned.T @ (oblique.place - 1.4 * oblique.scene[:, 1])
    assert told.placed == PlacementState.CARRIED
    np.testing.assert_allclose(told.position, foot, atol=ROUNDING_M)
    np.testing.assert_allclose(
        matrix(told.orientation), turned.T @ oblique.scene, atol=ROUNDING_M
    )


def test_out_of_view_a_scene_is_said_to_be_ever_less_sure(
    out_of_view: PlacementEstimator, oblique: HeldView
) -> None:
    told = [
        out_of_view.add_attitude(oblique.told.attitude, Attitude.UP_AND_HEADING, time_s)
        for time_s in (0.1, 2.0, 20.0)
    ]

    for earlier, later in pairwise(told):
        assert earlier.object_sd_m < later.object_sd_m
        assert earlier.heading_sd_deg < later.heading_sd_deg
        assert earlier.range_sd_m < later.range_sd_m


@pytest.mark.parametrize("kind", [Attitude.NONE, Attitude.UP_ONLY])
def test_without_a_gyroscope_there_is_no_way_to_carry_on(
    out_of_view: PlacementEstimator, oblique: HeldView, kind: Attitude
) -> None:
    assert (
        out_of_view.add_attitude(oblique.told.attitude, kind, 0.1).placed
        == PlacementState.NOT
    )


def test_seen_again_it_is_placed_by_the_print(
    out_of_view: PlacementEstimator, oblique: HeldView
) -> None:
    out_of_view.add_attitude(oblique.told.attitude, Attitude.UP_AND_HEADING, 1.0)

    assert (
        out_of_view.add_view(replace(oblique.told, time_s=1.1)).placed
        == PlacementState.SEEN
    )


def test_a_heading_that_jumped_is_found_again(tracker: Tracker) -> None:
    """As some phones' do beside iron, which this museum has much of."""
    random = np.random.default_rng(6)
    shown = views(Visitor(LABEL), sweep(random), 1)
    jumped = views(Visitor(LABEL), sweep(random), 2)

    told = after(tracker, LABEL, shown + jumped)

    assert abs(placement_error(told, LABEL, jumped[-1]).heading_deg) < 3


def test_without_gravity_nothing_is_placed(tracker: Tracker) -> None:
    shown = views(Visitor(LABEL, kind=Attitude.NONE), still(30, 5, 1.0))

    assert after(tracker, LABEL, shown).placed == PlacementState.NOT


def test_what_is_no_number_is_passed_over(tracker: Tracker) -> None:
    good, bad = views(Visitor(LABEL, errors=EXACT), still(30, 5, 1.0).repeat(2, 0))
    bad = replace(bad, told=replace(bad.told, corners=np.full((4, 2), np.nan)))

    assert after(tracker, LABEL, [bad]).placed == PlacementState.NOT
    assert after(tracker, LABEL, [bad, good]).placed == PlacementState.SEEN


@pytest.mark.parametrize("anchor", [-1, 4])
def test_an_anchor_beyond_the_fourth_is_refused(tracker: Tracker, anchor: int) -> None:
    with pytest.raises(WrongShapeError):
        PlacementEstimator(tracker, LABEL, anchor)


def test_both_builds_place_alike_to_the_bit(tracker: Tracker) -> None:
    plain = Tracker(is_plain=True)
    shown = views(Visitor(LABEL), sweep(np.random.default_rng(2), seconds=1))

    told, again = after(tracker, LABEL, shown), after(plain, LABEL, shown)

    assert told.position.tobytes() == again.position.tobytes()
    assert told.orientation.tobytes() == again.orientation.tobytes()


def test_a_lens_guessed_wrong_is_learned_on_the_way(tracker: Tracker) -> None:
    visitor = Visitor(POSTER, focal_doubt=0.2)
    wide = replace(visitor.lens, focal_px=visitor.lens.focal_px * 1.15)
    shown = views(
        replace(visitor, lens=wide), sweep(np.random.default_rng(2), range_m=1.2)
    )

    told = after(tracker, POSTER, shown)

    assert told.focal_px == pytest.approx(wide.focal_px, rel=0.03)
    assert told.range_m == pytest.approx(np.linalg.norm(shown[-1].place), rel=0.03)


def test_turns_of_rotations_come_back() -> None:
    """The measure itself: 40 degrees about an axis are told as such."""
    axis = np.array([0.48, 0.6, 0.64])

    np.testing.assert_allclose(
        turn_deg(rotation_about(tuple(axis), 40)), 40 * axis, atol=1e-9
    )
