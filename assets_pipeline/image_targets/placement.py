"""Where a scene stands in the camera: the tracker's own placing, as a phone runs it.

The rules are those of ``client/tracker/pose/scene_pose.h``: up is the device's gravity, the
heading is fused over views, and what is not known well is said.
"""

from __future__ import annotations

import enum
import struct
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from assets_pipeline.errors.exceptions import WrongShapeError

if TYPE_CHECKING:
    from assets_pipeline.image_targets.tracker import Tracker

Float64Array: TypeAlias = npt.NDArray[np.float64]

_SIGHTING: Final = struct.Struct("<8f4fi6f")
_PLACING: Final = struct.Struct("<2i7f10fi")


class Attitude(enum.IntEnum):
    """What a device tells of how it is held."""

    NONE = 0
    UP_ONLY = 1
    UP_AND_HEADING = 2


class Placed(enum.IntEnum):
    """How a scene is placed."""

    NOT = 0
    SEEN = 1
    CARRIED = 2


class Hint(enum.IntEnum):
    """What would help the most."""

    NONE = 0
    STEP_LEFT = 1
    STEP_RIGHT = 2
    COME_CLOSER = 3
    HOLD_STILL = 4


@dataclass(frozen=True)
class Mounting:
    """A print, and how it is fixed on site.

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
    """A print as one frame shows it, and how the device was held.

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
        """Return the `Sighting` of bundle_adjustment.h."""
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
class Placing:
    """Where a scene stands, and how sure that is; "sd" is one standard deviation.

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

    placed: Placed
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


class Placer:
    """Places the scene of one print, with a tracker's own code.

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

    def show(self, *, right_m: float, up_m: float, ahead_m: float) -> None:
        """Say where the scene's origin is, in the frame of its anchor."""
        place = map(float, (right_m, up_m, ahead_m))
        self._tracker.call("placing_object", self._anchor, *place)

    def see(self, view: PrintView) -> Placing:
        """Return the placing once the print has been seen so."""
        self._tracker.write(self._sighting, view.packed())
        return self._told(self._tracker.call("placing_see", self._anchor))

    def carry(self, attitude: Float64Array, kind: Attitude, time_s: float) -> Placing:
        """Return the placing while the print is out of view, by the attitude alone."""
        view = PrintView(np.zeros((4, 2)), attitude, kind, time_s, 1.0, (0.0, 0.0))
        self._tracker.write(self._sighting, view.packed())
        return self._told(self._tracker.call("placing_carry", self._anchor))

    def forget(self) -> None:
        """Forget what was seen: the device's heading has jumped."""
        self._tracker.call("placing_forget", self._anchor)

    def _told(self, address: int) -> Placing:
        """Return one `Placing` of scene_pose.h: fields of 4 bytes, in its order."""
        content = self._tracker.read(address, _PLACING.size)
        placed, hint, *numbers, views = _PLACING.unpack(content)
        pose, sure = np.array(numbers[:7]), numbers[7:]
        return Placing(
            placed=Placed(placed),
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
