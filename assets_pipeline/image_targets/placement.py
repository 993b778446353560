"""Estimate a scene's placement from views of a print, with the tracker's own code.

The rules are those of ``client/tracker/placing.h``: up is the device's gravity, the
heading is fused over views, and what is not known well is said.
"""

from __future__ import annotations

import enum
import struct
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.errors.exceptions import WrongShapeError

if TYPE_CHECKING:
    from assets_pipeline.arrays import Float64Array
    from assets_pipeline.image_targets.tracker import Tracker


_SIGHTING: Final = struct.Struct("<8f4fi6f")
_PLACING: Final = struct.Struct("<2i7f10fi")


class Attitude(enum.IntEnum):
    """How a device reports its attitude."""

    NONE = 0
    UP_ONLY = 1
    UP_AND_HEADING = 2


class PlacementState(enum.IntEnum):
    """State of a placement estimate."""

    NOT = 0
    SEEN = 1
    CARRIED = 2


class Hint(enum.IntEnum):
    """The movement that would improve the estimate most."""

    NONE = 0
    STEP_LEFT = 1
    STEP_RIGHT = 2
    COME_CLOSER = 3
    HOLD_STILL = 4


@dataclass(frozen=True)
class Mounting:
    """Size of a print, and how it is mounted on site.

    Parameters
    ----------
    width_m, height_m
        Of the print that the corners are the corners of.
    above_ground_m
        Of its centre; 0 for a picture, whose scene is placed relative to its centre.
    slope_deg
        0 against a wall, 90 flat on a table.
    """

    width_m: float
    height_m: float
    above_ground_m: float = 0.0
    slope_deg: float = 0.0


@dataclass(frozen=True)
class PrintView:
    """Corners of a print in one frame, and the device's attitude.

    Parameters
    ----------
    corners : (4, 2) float
        Top left, top right, bottom right, bottom left; frame px.
    attitude : (4,) float
        Quaternion x, y, z, w: camera frame to a level frame, +y against gravity.
    kind
        What of `attitude` is known.
    noise_px
        Standard deviation of a corner's coordinate.
    focal_doubt
        Standard deviation of the focal length's logarithm: 0.1 is a tenth.
    centre_px
        Where the camera looks along -z.
    """

    corners: Float64Array
    attitude: Float64Array
    kind: Attitude
    time_s: float
    focal_px: float
    centre_px: tuple[float, float]
    noise_px: float = 0.25
    focal_doubt: float = 0.0

    def packed(self) -> bytes:
        """Return the `Sighting` of survey.h."""
        return _SIGHTING.pack(
            *np.asarray(self.corners, np.float32).reshape(8),
            *np.asarray(self.attitude, np.float32).reshape(4),
            self.kind,
            self.time_s,
            self.noise_px,
            self.focal_px,
            self.focal_doubt,
            *self.centre_px,
        )


@dataclass(frozen=True)
class PlacementEstimate:
    """Pose of a scene, and its standard deviations ("sd").

    Parameters
    ----------
    position : (3,) float64
        Of the scene's frame in the camera; metres. Its origin is the ground under the
        print's centre, or, of a picture, its centre.
    orientation : (4,) float64
        Unit quaternion x, y, z, w: +y up, +x to the reader's right, +z to the reader.
    range_m
        From the camera to the print's centre.
    object_sd_m
        Of the object's place in the camera: root of the sum of the three variances.
    mounting_off_deg
        The print's turn from how it is said to be mounted.
    other_heading_deg, other_share
        How far the second story's heading is, and how likely that one is.
    views
        How many are kept.
    """

    placed: PlacementState
    hint: Hint
    position: Float64Array
    orientation: Float64Array
    heading_sd_deg: float
    lean_sd_deg: float
    range_m: float
    range_sd_m: float
    object_sd_m: float
    focal_px: float
    focal_sd_ratio: float
    mounting_off_deg: float
    other_heading_deg: float
    other_share: float
    views: int


class PlacementEstimator:
    """Estimates the placement of one print's scene.

    Parameters
    ----------
    anchor
        One of 0 to 3; each keeps its own views.

    Raises
    ------
    WrongShapeError
        If the anchor or the print's size is refused.
    """

    def __init__(self, tracker: Tracker, mounting: Mounting, anchor: int = 0) -> None:
        self._tracker = tracker
        self._anchor = anchor
        self._sighting = tracker.call("placing_sighting")
        if tracker.call("placing_anchor", anchor, *map(float, astuple(mounting))):
            reason = "a print of no size, or an anchor beyond the fourth"
            raise WrongShapeError(reason, "anchor", "Give the print's size in metres")

    def set_origin(self, *, right_m: float, up_m: float, ahead_m: float) -> None:
        """Set the scene's origin, in the frame of its anchor."""
        place = map(float, (right_m, up_m, ahead_m))
        self._tracker.call("placing_object", self._anchor, *place)

    def add_view(self, view: PrintView) -> PlacementEstimate:
        """Return the estimate after one more view of the print."""
        self._tracker.write(self._sighting, view.packed())
        return self._told(self._tracker.call("placing_see", self._anchor))

    def add_attitude(
        self, attitude: Float64Array, kind: Attitude, time_s: float
    ) -> PlacementEstimate:
        """Return the estimate while the print is out of view, by the attitude alone."""
        view = PrintView(np.zeros((4, 2)), attitude, kind, time_s, 1.0, (0.0, 0.0))
        self._tracker.write(self._sighting, view.packed())
        return self._told(self._tracker.call("placing_carry", self._anchor))

    def forget(self) -> None:
        """Drop all views: the device's heading has jumped."""
        self._tracker.call("placing_forget", self._anchor)

    def _told(self, address: int) -> PlacementEstimate:
        """Return one `PlacementEstimate` of placing.h: fields of 4 bytes, in its order."""
        content = self._tracker.read(address, _PLACING.size)
        placed, hint, *numbers, views = _PLACING.unpack(content)
        pose, sure = np.array(numbers[:7]), numbers[7:]
        return PlacementEstimate(
            placed=PlacementState(placed),
            hint=Hint(hint),
            position=pose[:3],
            orientation=pose[3:],
            heading_sd_deg=sure[0],
            lean_sd_deg=sure[1],
            range_m=sure[2],
            range_sd_m=sure[3],
            object_sd_m=sure[4],
            focal_px=sure[5],
            focal_sd_ratio=sure[6],
            mounting_off_deg=sure[7],
            other_heading_deg=sure[8],
            other_share=sure[9],
            views=views,
        )
