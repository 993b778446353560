"""How large labels and their codes are printed: the one place that decides it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from publishing.errors import LabelError
from publishing.qr import QUIET_MODULES

READING_DISTANCE_M: Final = 1.0
"""How far phones are held, unless a museum says otherwise."""
WIDTH: Final = 148.5
"""Of the drawing of a label, which is scaled to the label's own size."""
LEAST_BLOCK: Final = 100.0
"""The QR code with its quiet zone takes this much of it even where less would do."""
CAMERA_PX = 1080
"""What a cheap phone gives the finder of QR codes across its picture's short side."""
CAMERA_VIEW = 24 / 26
"""Width of what that side sees, for each metre away: the common 26 mm lens on 24 x 36."""
PIXELS_PER_MODULE = 3.5


@dataclass(frozen=True, slots=True)
class Format:
    """A size of label, and how many fill an A4 sheet."""

    name: str
    width_mm: float
    height_mm: float
    columns: int
    rows: int

    @property
    def sheet_mm(self) -> tuple[float, float]:
        """Width and height of the sheet, A4 upright or on its side."""
        return self.width_mm * self.columns, self.height_mm * self.rows


FORMATS = (
    Format("A6", 105, 148.5, 2, 2),
    Format("A5", 148.5, 210, 2, 1),
    Format("A4", 210, 297, 1, 1),
)
"""The smallest that holds the QR code is taken."""
_QR_PART = 0.55
"""Of the label's height, at most, with its quiet zone."""


def module_mm(reading_distance_m: float) -> float:
    """Return the side of a QR code's squares that reads from a distance.

    A phone's camera must lay `PIXELS_PER_MODULE` across one: with a blur of a pixel,
    noise, any rotation and a tilt up to 30 degrees, single views of versions 1 to 4 then
    read 92 to 100 times in a hundred, 60 to 77 at 3 pixels, and never at 2.5
    (``benchmarks/label_reading.py``). With the lens and the picture of a cheap phone
    this is 3 mm at one metre; an ordinary code (version 2) with its quiet zone is then a
    tenth as wide as it is far, which is also the trade's rule of thumb.
    """
    seen_mm = CAMERA_VIEW * reading_distance_m * 1000
    return PIXELS_PER_MODULE * seen_mm / CAMERA_PX


def format_for(size: int, module: float) -> Format:
    """Return the smallest format with room for a code of so many modules a side."""
    block = (size + 2 * QUIET_MODULES) * module
    for form in FORMATS:
        if block <= min(form.width_mm, _QR_PART * form.height_mm):
            return form
    message = (
        f"a QR code of {block:.0f} mm fits no label: state a shorter reading distance"
    )
    raise LabelError(message)


def block_of(modules_across: int, module: float) -> float:
    """Return the side of a QR code with its quiet zone, in a label's drawing.

    Parameters
    ----------
    modules_across
        Quiet zone included.
    module
        A side of its squares, at least; in the drawing's unit, as the answer.
    """
    return max(modules_across * module, LEAST_BLOCK)


def code_width_m(size: int, reading_distance_m: float = READING_DISTANCE_M) -> float:
    """Return how wide a QR code is printed, from dark edge to dark edge.

    Parameters
    ----------
    size
        Modules a side.

    Raises
    ------
    LabelError
        If no label holds it.
    """
    module = module_mm(reading_distance_m)
    scale = format_for(size, module).width_mm / WIDTH
    modules_across = size + 2 * QUIET_MODULES
    block = block_of(modules_across, module / scale) * scale
    return block / modules_across * size / 1000
