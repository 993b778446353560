"""Estimate a camera's focal length with the tracker's own code.

The rules are those of ``client/tracker/pose/focal_length.h``: prints seen obliquely
tell it, what they do not tell stays as guessed, and views from the front tell nothing.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from assets_pipeline.image_targets.placement import Mounting, PrintView
    from assets_pipeline.image_targets.tracker import Tracker

_FOCAL: Final = struct.Struct("<2f2i")


@dataclass(frozen=True)
class FocalEstimate:
    """Focal length estimated from the views so far.

    Parameters
    ----------
    sd_ratio
        One standard deviation of its logarithm: 0.03 is 3 %.
    views, refused
        How many are kept, and how many told nothing for sure.
    """

    focal_px: float
    sd_ratio: float
    views: int
    refused: int


class FocalEstimator:
    """Estimates the focal length from views of flat prints.

    Parameters
    ----------
    guess_px
        To begin with: that of 60 degrees across, where nothing is known.
    """

    def __init__(self, tracker: Tracker, guess_px: float) -> None:
        self._tracker = tracker
        self._sighting = tracker.call("focal_sighting")
        tracker.call("focal_forget", float(guess_px))

    def add_view(self, view: PrintView, mounting: Mounting) -> FocalEstimate:
        """Return the estimate after one more view of a print."""
        self._tracker.write(self._sighting, view.packed())
        size = (mounting.width_m, mounting.height_m, mounting.slope_deg)
        address = self._tracker.call("focal_see", *map(float, size))
        content = self._tracker.read(address, _FOCAL.size)
        return FocalEstimate(*_FOCAL.unpack(content))
