"""Simulate a handheld phone's views of a print, and the attitude it reports.

Closed forms alone: corners are projected, not rendered, and every error is drawn from what
it is said to be. Frames are those of ``client/tracker/pose/print_observation.h``: ``level`` has +y
against gravity, ``scene`` too, with +z to the reader; the camera looks along -z.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assets_pipeline.image_targets.placement import Attitude, Mounting, PrintView

if TYPE_CHECKING:
    from collections.abc import Iterator

FloatArray = NDArray[np.float64]

FRAME_S = 1 / 30


@dataclass(frozen=True)
class Lens:
    """A camera without distortion: 640 x 480 px, 60 degrees across."""

    focal_px: float = 640 / 2 / np.tan(np.radians(60 / 2))
    centre_px: tuple[float, float] = (319.5, 239.5)


@dataclass(frozen=True)
class Errors:
    """What everything errs by: standard deviations.

    Parameters
    ----------
    corner_px
        Of each coordinate of each corner.
    lasting_frames
        After how many frames a corner's error is e times less alike; 0: each frame errs
        for itself.
    bias_deg, tilt_deg
        Of the phone's gravity about each level axis: all along, and in each frame. Their
        sum is half a degree.
    turn_deg
        Of the phone's own heading, in each frame.
    mounting_deg
        Of the print's mounting, about the two axes that its slope and its rows tell.
    """

    corner_px: float = 0.25
    lasting_frames: float = 0.0
    bias_deg: float = 0.45
    tilt_deg: float = 0.22
    turn_deg: float = 0.15
    mounting_deg: float = 1.0


EXACT = Errors(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class HeldView:
    """A view as the phone reports it, and the true pose.

    Parameters
    ----------
    scene : (3, 3) float64
        Rotation from the scene's frame to the camera's.
    mounted : (3, 3) float64
        Rotation from the print's frame to the camera's.
    place : (3,) float64
        The print's centre in the camera, metres.
    """

    told: PrintView
    scene: FloatArray
    mounted: FloatArray
    place: FloatArray


@dataclass(frozen=True)
class Visitor:
    """Somebody who holds a phone towards a print.

    Parameters
    ----------
    kind
        What of its attitude the phone tells.
    assumed
        The lens that the page believes in.
    focal_doubt
        How much it doubts it.
    """

    mounting: Mounting
    lens: Lens = field(default_factory=Lens)
    assumed: Lens = field(default_factory=Lens)
    focal_doubt: float = 0.0
    kind: Attitude = Attitude.UP_AND_HEADING
    errors: Errors = field(default_factory=Errors)

    def views(
        self, random: np.random.Generator, eyes: FloatArray
    ) -> Iterator[HeldView]:
        """Yield a view for each place of the camera.

        Parameters
        ----------
        eyes : (n, 3) float64
            In the scene's frame, from the print's centre; a thirtieth of a second apart.
        """
        errors = self.errors
        north = rotation_about((0, 1, 0), random.uniform(-180, 180))
        slack = random.normal(0, errors.mounting_deg, 2)
        mounted = rotation((slack[0], 0, slack[1]))
        mounted = mounted @ rotation_about((1, 0, 0), -self.mounting.slope_deg)
        bias = random.normal(0, errors.bias_deg, 3)
        aim = random.uniform(-0.06, 0.06, 3) * np.linalg.norm(eyes[0])
        roll = random.normal(0, 5)
        blurs = self._blurs(random)
        for i, eye in enumerate(eyes):
            level = north @ look_at(eye, aim, roll)
            scene = level.T @ north
            place = -(scene @ eye)
            hung = scene @ mounted
            seen = project(corners(self.mounting) @ hung.T + place, self.lens)
            up = level[1]
            erring = np.cross(up, bias) + random.normal(0, errors.turn_deg) * up
            erring += np.cross(up, random.normal(0, errors.tilt_deg, 3))
            told = PrintView(
                seen + next(blurs),
                quaternion(level @ rotation(erring)),
                self.kind,
                i * FRAME_S,
                self.assumed.focal_px,
                self.assumed.centre_px,
                max(errors.corner_px, 0.05),
                self.focal_doubt,
            )
            yield HeldView(told, scene, hung, place)

    def _blurs(self, random: np.random.Generator) -> Iterator[FloatArray]:
        """Yield what the corners err by, frame after frame."""
        lasting = self.errors.lasting_frames
        kept = np.exp(-1 / lasting) if lasting else 0.0
        now = random.normal(0, self.errors.corner_px, (4, 2))
        while True:
            yield now
            fresh = random.normal(0, self.errors.corner_px, (4, 2))
            now = kept * now + np.sqrt(1 - kept**2) * fresh


def still(aside_deg: float, above_deg: float, range_m: float) -> FloatArray:
    """Return one place of the camera, (1, 3), so far aside of and above the print."""
    return range_m * direction(np.array([aside_deg]), np.array([above_deg]))


def sweep(
    random: np.random.Generator,
    *,
    seconds: float = 3.0,
    aside_deg: float = 30.0,
    range_m: float = 1.0,
) -> FloatArray:
    """Return the places of a camera that goes aside and comes back, with a hand's sway.

    It starts within 10 degrees of the print's front and ends there after three seconds.
    """
    time = np.arange(round(seconds / FRAME_S)) * FRAME_S
    starts, above = random.uniform(-10, 10), random.uniform(0, 15)
    side = random.choice([-1, 1])
    phase = random.uniform(0, 2 * np.pi)
    aside = starts + side * aside_deg * (1 - np.cos(2 * np.pi * time / 3)) / 2
    aside = aside + np.sin(2 * np.pi * 1.1 * time + phase)
    above = above + 2 * np.sin(2 * np.pi * 0.8 * time + phase)
    nearer = 1 + 0.02 * np.sin(2 * np.pi * 0.7 * time + phase)
    return range_m * nearer[:, None] * direction(aside, above)


def direction(aside_deg: FloatArray, above_deg: FloatArray) -> FloatArray:
    """Return unit vectors, (n, 3), from the print to the camera, in the scene's frame."""
    aside, above = np.radians(aside_deg), np.radians(above_deg)
    level = np.cos(above)
    return np.stack([np.sin(aside) * level, np.sin(above), np.cos(aside) * level], 1)


def corners(mounting: Mounting) -> FloatArray:
    """Return a print's corners, (4, 3), in its own frame."""
    x, y = mounting.width_m / 2, mounting.height_m / 2
    return np.array([[-x, y, 0], [x, y, 0], [x, -y, 0], [-x, -y, 0]])


def project(points: FloatArray, lens: Lens) -> FloatArray:
    """Return where points, (n, 3) in the camera, are seen: (n, 2) px."""
    x, y = lens.centre_px
    scaled = lens.focal_px * points[:, :2] / -points[:, 2:]
    return np.stack([x + scaled[:, 0], y - scaled[:, 1]], 1)


def look_at(eye: FloatArray, aim: FloatArray, roll_deg: float) -> FloatArray:
    """Return the rotation from a camera, at one place and aimed at another, to +y up."""
    back = (eye - aim) / np.linalg.norm(eye - aim)
    right = np.cross((0.0, 1.0, 0.0), back)
    right /= np.linalg.norm(right)
    upright = np.stack([right, np.cross(back, right), back], 1)
    return upright @ rotation_about((0, 0, 1), roll_deg)


def rotation_about(axis: tuple[float, float, float], angle_deg: float) -> FloatArray:
    """Return the rotation about a unit axis."""
    return rotation(angle_deg * np.array(axis, float))


def rotation(vector_deg: FloatArray | tuple[float, float, float]) -> FloatArray:
    """Return the rotation about a vector by its length (Rodrigues)."""
    x, y, z = np.radians(vector_deg)
    angle = np.sqrt(x * x + y * y + z * z)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    # sin a / a and (1 - cos a) / a^2, without their division at 0.
    s, c = np.sinc(angle / np.pi), np.sinc(angle / np.pi / 2) ** 2 / 2
    return np.eye(3) + s * cross + c * cross @ cross


def quaternion(matrix: FloatArray) -> FloatArray:
    """Return a rotation's quaternion, x y z w: an eigenvector (Bar-Itzhack 2000)."""
    xx, xy, xz, yx, yy, yz, zx, zy, zz = matrix.ravel()
    symmetric = np.array(
        [
            [xx - yy - zz, xy + yx, xz + zx, zy - yz],
            [xy + yx, yy - xx - zz, yz + zy, xz - zx],
            [xz + zx, yz + zy, zz - xx - yy, yx - xy],
            [zy - yz, xz - zx, yx - xy, xx + yy + zz],
        ]
    )
    vectors: FloatArray = np.linalg.eigh(symmetric)[1]
    return vectors[:, -1]


def matrix(quaternion: FloatArray) -> FloatArray:
    """Return the rotation of a quaternion x, y, z, w of unit length."""
    x, y, z, w = map(float, quaternion)
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )


def turn_deg(rotation: FloatArray) -> FloatArray:
    """Return the vector, (3,), about which and by how much a rotation turns."""
    twice = rotation - rotation.T
    sine = np.array([twice[2, 1], twice[0, 2], twice[1, 0]]) / 2
    length = np.linalg.norm(sine)
    angle = np.degrees(np.arctan2(length, (np.trace(rotation) - 1) / 2))
    return sine * (angle / length) if length > 1e-12 else sine
