"""What is drawn agrees with the corners that are written down."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from benchmarks.image_targets.camera import Camera, Pose, rotation_about
from benchmarks.image_targets.frames import Shown, truth
from benchmarks.image_targets.rendering import (
    Picture,
    View,
    along_rays,
    bend,
    paste_print,
    row_turns,
    seen_corners,
    through_homography,
)

LEANING = Pose(
    rotation_about((0, 0, 1), 30) @ rotation_about((1, 0.5, 0), 35),
    np.array([0.1, -0.05, 2.0]),
)
DOTS = np.array([[60.0, 50], [340, 50], [340, 250], [60, 250], [200, 150]])
BLACK_WALL = np.zeros((480, 640, 3), np.uint8)


@pytest.fixture
def dotted() -> Picture:
    """Draw a black print with five white dots."""
    picture = np.zeros((300, 400, 3), np.uint8)
    for x, y in DOTS.astype(int).tolist():
        cv2.circle(picture, (x, y), 12, (255, 255, 255), -1)
    return picture


@pytest.fixture
def noisy() -> Picture:
    """Draw a print of soft noise: differs everywhere, by a little."""
    grains = np.random.default_rng(1).integers(0, 256, (15, 20, 3)).astype(np.uint8)
    return cv2.resize(grains, (400, 300), interpolation=cv2.INTER_CUBIC).astype(
        np.uint8
    )


def middles(frame: np.ndarray) -> np.ndarray:
    """Return (n, 2) the centroids of the bright spots of a frame."""
    grey = frame.mean(-1)
    _, parts = cv2.connectedComponents((grey > 60).astype(np.uint8))
    spots = range(1, int(parts.max()) + 1)
    weights = [np.where(parts == spot, grey, 0) for spot in spots]
    y, x = np.mgrid[: grey.shape[0], : grey.shape[1]]
    return np.array(
        [[(x * w).sum() / w.sum(), (y * w).sum() / w.sum()] for w in weights]
    )


def test_dots_are_drawn_where_the_corners_homography_puts_them(dotted: Picture) -> None:
    view = View(Camera(), LEANING)

    frame, _, corners = paste_print(BLACK_WALL, dotted, view)

    homography = truth(dotted, Shown("dots", tuple(map(tuple, corners.tolist()))))
    expected = cv2.perspectiveTransform(DOTS[None], homography)[0]
    away = np.linalg.norm(expected[:, None] - middles(frame)[None], axis=-1).min(1)
    # Perspective moves a dot's centroid off the image of its centre by less than that.
    assert away.max() < 0.15


@pytest.mark.parametrize(
    "view",
    [
        View(Camera(k1=0.1, k2=-0.02), LEANING),
        View(Camera(), LEANING, shutter_turn_deg=(1.0, 2.0, 0.5)),
        View(Camera(), LEANING, bend_deg=25.0),
    ],
    ids=["lens", "shutter", "curve"],
)
def test_what_rays_draw_ends_at_the_corners(view: View) -> None:
    white = np.full((300, 400, 3), 255, np.uint8)

    corners = seen_corners(view, 300 / 400)
    _, covered = along_rays(white, view, corners)

    large = cv2.resize(covered, None, fx=8, fy=8, interpolation=cv2.INTER_LINEAR)
    outlines, _ = cv2.findContours(
        (large > 0.5).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE
    )
    outline = (outlines[0][:, 0] + 0.5) / 8 - 0.5
    away = np.linalg.norm(outline[:, None] - corners[None], axis=-1).min(0)
    # Half coverage rounds a corner off by some half pixel.
    assert away.max() < 0.8


def test_rays_and_homography_draw_a_flat_print_alike(noisy: Picture) -> None:
    view = View(Camera(), LEANING)
    corners = seen_corners(view, 300 / 400)

    by_rays, covered = along_rays(noisy, view, corners)
    by_homography, _ = through_homography(noisy, view, corners)

    inside = covered == 1
    away = np.abs(by_rays[inside].astype(float) - by_homography[inside])
    # OpenCV's warp knows 32 places between two pixels.
    assert away.mean() < 1
    assert inside.sum() > 40_000


def test_bending_keeps_lengths_along_the_paper() -> None:
    flat = np.stack([np.linspace(-0.5, 0.5, 1001), np.zeros(1001), np.zeros(1001)], 1)

    curved = bend(flat, 40)

    length = np.linalg.norm(np.diff(curved, axis=0), axis=1).sum()
    assert length == pytest.approx(1, abs=1e-6)


def test_the_middle_row_is_read_while_the_camera_looks_straight() -> None:
    view = View(Camera(), LEANING, shutter_turn_deg=(0.0, 4.0, 0.0))

    first, middle = row_turns(view, np.array([0.0, 240.0]))

    assert middle == pytest.approx(np.eye(3))
    assert np.degrees(np.arcsin(first[0, 2])) == pytest.approx(-2)
