"""Pinhole camera with radial distortion, and poses of a print before it.

Camera axes here are OpenCV's: x right, y down, z forward. A print is one unit wide, its
centre the origin, its own axes those of the camera when it is seen from the front.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

OUTSIDE_PX = 8
"""How far outside of the frame a corner may fall when a place is drawn."""


@dataclass(frozen=True)
class Camera:
    """A pinhole with radial distortion (Brown 1971: 1 + k1 r^2 + k2 r^4)."""

    width_px: int = 640
    height_px: int = 480
    focal_px: float = 640 / 2 / np.tan(np.radians(60 / 2))
    k1: float = 0.0
    k2: float = 0.0

    @property
    def centre_px(self) -> tuple[float, float]:
        """The principal point, pixel centres: (0, 0) is the first pixel's."""
        return (self.width_px - 1) / 2, (self.height_px - 1) / 2

    @property
    def matrix(self) -> FloatArray:
        """The 3 x 3 matrix from camera axes to frame pixels, without distortion."""
        x, y = self.centre_px
        return np.array([[self.focal_px, 0, x], [0, self.focal_px, y], [0, 0, 1]])

    @property
    def is_distorted(self) -> bool:
        """Whether straight lines are seen bent."""
        return bool(self.k1 or self.k2)


def focal_of(width_px: int, across_deg: float) -> float:
    """Return the focal length in pixels of a lens that sees `across_deg` of width."""
    return float(width_px / 2 / np.tan(np.radians(across_deg / 2)))


@dataclass(frozen=True)
class Pose:
    """A print in camera axes; lengths in widths of the print."""

    rotation: FloatArray
    """(3, 3), print to camera."""
    translation: FloatArray
    """(3,), the print's centre."""


def print_corners(aspect: float) -> FloatArray:
    """Return (4, 3): top left, top right, bottom right, bottom left of a print.

    `aspect` is its height over its width.
    """
    return np.array(
        [
            [-0.5, -aspect / 2, 0],
            [0.5, -aspect / 2, 0],
            [0.5, aspect / 2, 0],
            [-0.5, aspect / 2, 0],
        ]
    )


def rotation_about(axis: tuple[float, float, float], angle_deg: float) -> FloatArray:
    """Return the rotation by an angle about an axis."""
    unit = np.asarray(axis, float)
    unit /= np.linalg.norm(unit)
    return cv2.Rodrigues(unit * np.radians(angle_deg))[0]


def project(points: FloatArray, pose: Pose, camera: Camera) -> FloatArray:
    """Return (n, 2) frame pixels of (n, 3) points of a print."""
    seen = (pose.rotation @ points.T).T + pose.translation
    pixels = (camera.matrix @ seen.T).T
    pixels = pixels[:, :2] / pixels[:, 2:]
    return distort(pixels, camera) if camera.is_distorted else pixels


def distort(pixels: FloatArray, camera: Camera) -> FloatArray:
    """Return the distorted places of pinhole pixels."""
    ray = (pixels - camera.centre_px) / camera.focal_px
    square = (ray**2).sum(1, keepdims=True)
    bent = ray * (1 + camera.k1 * square + camera.k2 * square**2)
    return bent * camera.focal_px + camera.centre_px


def undistort(pixels: FloatArray, camera: Camera) -> FloatArray:
    """Return the pinhole pixels of distorted places."""
    bent = (pixels - camera.centre_px) / camera.focal_px
    ray = bent
    # Fixed point of the radial model; at the bench's k1 its error shrinks tenfold a step.
    for _ in range(8):
        square = (ray**2).sum(1, keepdims=True)
        ray = bent / (1 + camera.k1 * square + camera.k2 * square**2)
    return ray * camera.focal_px + camera.centre_px


def place_print(
    random: np.random.Generator,
    camera: Camera,
    *,
    aspect: float,
    width_ratio: float,
    tilt_deg: float,
    roll_deg: float,
) -> Pose:
    """Draw a print's pose, wholly in the frame where 200 draws allow it.

    `width_ratio` is the print's width over the frame's, were it not tilted; a tall print
    is moved back until it fits. It leans by `tilt_deg` about a drawn axis of its plane.
    """
    width, height, focal = camera.width_px, camera.height_px, camera.focal_px
    direction = random.uniform(0, 2 * np.pi)
    lean = rotation_about(
        (float(np.cos(direction)), float(np.sin(direction)), 0.0), tilt_deg
    )
    rotation = rotation_about((0.0, 0.0, 1.0), roll_deg) @ lean
    away = focal / (width_ratio * width)
    if width_ratio * width * aspect > 0.92 * height:
        away *= width_ratio * width * aspect / (0.92 * height)
    half = width_ratio * 0.5
    sideways = max(0, 0.5 - half) * width / focal * away
    upwards = max(0, 0.5 - half * aspect * width / height) * height / focal * away
    for _ in range(200):
        x, y = random.uniform(-1, 1) * sideways, random.uniform(-1, 1) * upwards
        pose = Pose(rotation, np.array([x, y, away]))
        if is_in_frame(pose, aspect, camera):
            return pose
    return Pose(rotation, np.array([0, 0, away * 1.15]))


def is_in_frame(pose: Pose, aspect: float, camera: Camera) -> bool:
    """Return whether all four corners are before the camera and about in the frame."""
    corners = print_corners(aspect)
    depth = ((pose.rotation @ corners.T).T + pose.translation)[:, 2]
    x, y = project(corners, pose, camera).T
    return bool(
        (depth > 0.05).all()
        and x.min() > -OUTSIDE_PX
        and x.max() < camera.width_px + OUTSIDE_PX - 1
        and y.min() > -OUTSIDE_PX
        and y.max() < camera.height_px + OUTSIDE_PX - 1
    )
