"""Render a label's frames, and find it in them with the tracker."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from assets_pipeline.image_targets.placement import Mounting
from benchmarks.image_targets.bins import Conditions
from benchmarks.image_targets.camera import Camera, FloatArray, Pose
from benchmarks.image_targets.degradations import degrade
from benchmarks.image_targets.drawings import label
from benchmarks.image_targets.handheld_views import matrix
from benchmarks.image_targets.pictures import BareWall
from benchmarks.image_targets.rendering import Picture, View, paste_print

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assets_pipeline.image_targets.tracker import Tracker
    from benchmarks.image_targets.handheld_views import HeldView, Visitor

TEXT = "HTTPS://ECM.EXAMPLE/K7QM"
CODE_M = 0.1
"""Width of the code, from dark edge to dark edge."""
INDOORS = Conditions(
    width_ratio=0.1,
    tilt_deg=0.0,
    roll_deg=0.0,
    noise_levels=3.0,
    jpeg_quality=100,
    motion_px=1.0,
)
NOISE_PX = 0.2
"""What the tracker's corners are told to err by."""
QUIET_MODULES = 4
# Of the drawn sheet: the code with its quiet zone, from 20 to 620 of 640 x 780 px.
_CODE_PX, _FROM_PX = 600, 20
_CAMERA_CV = np.diag([1.0, -1.0, -1.0])
"""From a camera that looks along -z, +y up, to one that looks along z, y down, and back."""


@dataclass(frozen=True)
class FoundView:
    """A view whose corners are the tracker's own.

    Parameters
    ----------
    alone : (3, 3) float64
        Rotation from the print to the camera, as the tracker tells it without gravity.
    alone_place : (3,) float64
        Of the print's centre in the camera, the same; metres.
    """

    view: HeldView
    alone: FloatArray
    alone_place: FloatArray


@dataclass(frozen=True)
class RenderedLabel:
    """A printed label, ready to be shown to a tracker that looks for it.

    Parameters
    ----------
    slot
        Of the tracker's.
    width_m
        Of the code with its quiet zone, whose corners the tracker gives.
    """

    tracker: Tracker
    slot: int
    sheet: Picture
    width_m: float

    def mounting(self, above_ground_m: float, slope_deg: float) -> Mounting:
        """Return how it is mounted, its corners' square being that of the tracker."""
        return Mounting(self.width_m, self.width_m, above_ground_m, slope_deg)

    def found(
        self,
        random: np.random.Generator,
        visitor: Visitor,
        eyes: FloatArray,
        *,
        k1: float = 0.0,
        shutter_deg: float = 0.0,
    ) -> Iterator[FoundView]:
        """Yield the views in which the tracker finds the label, with its own corners.

        `visitor` errs by everything but the corners, which are rendered and found. `k1` is
        the lens's radial distortion, `shutter_deg` how far a hand turns the phone while
        its sensor is read; nobody tells the tracker of either.
        """
        exact = replace(visitor, errors=replace(visitor.errors, corner_px=0.0))
        camera = Camera(focal_px=visitor.lens.focal_px, k1=k1)
        self.tracker.call("camera", visitor.assumed.focal_px, *camera.centre_px)
        wall = BareWall(camera.width_px, camera.height_px)
        for view in exact.views(random, eyes):
            x, y, z = random.normal(0, shutter_deg / np.sqrt(3), 3)
            shown = View(camera, self._pose(view), shutter_turn_deg=(x, y, z))
            frame, covered, _ = paste_print(wall(random), self.sheet, shown)
            pixels = degrade(random, frame, covered, INDOORS, wall)
            seen = self.tracker.find(grey(pixels))
            if self.slot in seen:
                label = seen[self.slot]
                corners = label.corners.astype(float)
                told = replace(view.told, corners=corners, noise_px=NOISE_PX)
                yield FoundView(
                    replace(view, told=told),
                    matrix(label.pose.orientation.astype(float)),
                    label.pose.position.astype(float),
                )

    def _pose(self, view: HeldView) -> Pose:
        """Return the sheet's pose, in widths of the sheet."""
        height, width = self.sheet.shape[:2]
        metres = self.width_m / _CODE_PX
        below = _FROM_PX + _CODE_PX / 2 - height / 2
        centre = view.place + view.mounted @ (0.0, below * metres, 0.0)
        rotation = _CAMERA_CV @ view.mounted @ _CAMERA_CV
        return Pose(rotation, _CAMERA_CV @ centre / (width * metres))


def grey(pixels: Picture) -> Picture:
    """Return luma."""
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)


def rendered_label(tracker: Tracker) -> RenderedLabel:
    """Return a label of 10 cm, whose code is the tracker's own."""
    slot = tracker.add_label(TEXT, CODE_M)
    modules = ~np.array(tracker.label_modules(TEXT))
    across = len(modules)
    code = np.pad(modules, QUIET_MODULES, constant_values=True).astype(np.uint8) * 255
    size = (_CODE_PX, _CODE_PX)
    square = cv2.resize(code, size, interpolation=cv2.INTER_NEAREST)
    sheet = label()
    until = _FROM_PX + _CODE_PX
    sheet[_FROM_PX:until, _FROM_PX:until] = square[..., None]
    width_m = CODE_M * (across + 2 * QUIET_MODULES) / across
    return RenderedLabel(tracker, slot, sheet, width_m)
