"""The placement benchmark's own truth: what it calls an error is one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assets_pipeline.image_targets.placement import Mounting
from assets_pipeline.image_targets.tracker import Tracker
from benchmarks.image_targets.handheld_views import (
    EXACT,
    Visitor,
    corners,
    project,
    quaternion,
    rotation,
    still,
    sweep,
)
from benchmarks.image_targets.placement import frame_error
from benchmarks.image_targets.rendered_label import rendered_label

LABEL = Mounting(0.1, 0.1, above_ground_m=1.4)


def test_a_rendered_label_is_found_where_it_is_projected() -> None:
    """The renderer's frames are not the tracker's: a slip between them would show here."""
    label = rendered_label(Tracker())
    visitor = Visitor(label.mounting(1.4, 30.0), errors=EXACT)

    (found,) = label.found(np.random.default_rng(1), visitor, still(20, 25, 0.6))

    hung = corners(visitor.mounting) @ found.view.mounted.T + found.view.place
    seen = np.asarray(found.view.told.corners)
    np.testing.assert_allclose(seen, project(hung, visitor.lens), atol=0.4)
    np.testing.assert_allclose(found.alone, found.view.mounted, atol=0.03)
    np.testing.assert_allclose(found.alone_place, found.view.place, atol=0.006)


def test_a_heading_off_by_a_degree_misses_by_that_at_every_distance() -> None:
    (view,) = Visitor(LABEL, errors=EXACT).views(
        np.random.default_rng(1), still(10, 5, 1.0)
    )
    foot = view.place - 1.4 * view.scene[:, 1]

    erring = frame_error(view.scene @ rotation((0.0, 1.0, 0.0)), foot, LABEL, view)

    assert erring.heading_deg == pytest.approx(1.0)
    assert erring.object_m == pytest.approx((0.1745, 0.3491), rel=1e-3)
    assert erring.lean_m == pytest.approx(0.0, abs=1e-9)


def test_a_lean_of_a_degree_moves_the_top_of_a_tower() -> None:
    (view,) = Visitor(LABEL, errors=EXACT).views(
        np.random.default_rng(1), still(10, 5, 1.0)
    )
    foot = view.place - 1.4 * view.scene[:, 1]

    erring = frame_error(view.scene @ rotation((0.0, 0.0, 1.0)), foot, LABEL, view)

    assert erring.lean_m == pytest.approx(21 * np.radians(1), rel=1e-3)
    assert erring.heading_deg == pytest.approx(0.0, abs=1e-6)


def test_told_attitudes_err_as_they_are_said_to() -> None:
    """Half a degree about each level axis: a bias of .45, and .22 in each frame."""
    random = np.random.default_rng(3)
    ups = []
    for _ in range(300):
        (view,) = Visitor(LABEL).views(random, still(0, 5, 1.0))
        x, y, z, w = view.told.attitude
        told = np.array(
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)]
        )
        true = view.scene[:, 1]
        ups.append(np.degrees(np.arccos(min(1.0, float(told @ true)))))

    assert np.sqrt(np.mean(np.square(ups))) == pytest.approx(0.5 * np.sqrt(2), rel=0.1)


def test_a_sweep_starts_in_front_goes_aside_and_comes_back() -> None:
    eyes = sweep(np.random.default_rng(5))
    aside = np.degrees(np.arctan2(eyes[:, 0], eyes[:, 2]))

    assert len(eyes) == 90
    assert abs(aside[0]) < 12
    assert np.ptp(aside) > 25
    assert abs(aside[-1] - aside[0]) < 4


def test_quaternions_are_those_of_their_rotations() -> None:
    half = np.radians(20)

    told = quaternion(rotation((0.0, 40.0, 0.0)))

    np.testing.assert_allclose(
        told * np.sign(told[3]), [0, np.sin(half), 0, np.cos(half)]
    )


def test_errors_of_mounting_are_in_the_view() -> None:
    visitor = Visitor(LABEL, errors=replace(EXACT, mounting_deg=5.0))
    (view,) = visitor.views(np.random.default_rng(4), still(0, 0, 1.0))

    assert not np.allclose(view.mounted, view.scene, atol=0.01)
