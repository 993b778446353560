"""How long a camera's focal length is: the tracker's own finding, as a phone runs it.

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
class Focal:
    """What the views so far tell of the focal length.

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


class FocalFinder:
    """Finds the focal length over views of flat prints, with a tracker's own code.

    Parameters
    ----------
    guess_px
        To begin with: that of 60 degrees across, where nothing is known.
    """

    def __init__(self, tracker: Tracker, guess_px: float) -> None:
        self._tracker = tracker
        self._sighting = tracker.call("focal_sighting")
        tracker.call("focal_forget", float(guess_px))

    def see(self, view: PrintView, mounting: Mounting) -> Focal:
        """Return what is known once a print of this size has been seen so."""
        self._tracker.write(self._sighting, view.packed())
        size = (mounting.width_m, mounting.height_m, mounting.slope_deg)
        address = self._tracker.call("focal_see", *map(float, size))
        content = self._tracker.read(address, _FOCAL.size)
        return Focal(*_FOCAL.unpack(content))
