"""Sizes of labels and of their QR codes: paper formats, module size, printed width."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from publishing import qr
from publishing.errors import LabelError
from publishing.qr import QUIET_ZONE_MODULES
from tours.manifest import PrintedCode

if TYPE_CHECKING:
    from tours.codes import Registry
    from tours.model import Museum


READING_DISTANCE_M: Final = 1.0
"""How far phones are held, unless a museum says otherwise."""
WIDTH: Final = 148.5
"""Of the drawing of a label, which is scaled to the label's own size."""
MIN_BLOCK: Final = 100.0
"""The QR code with its quiet zone takes this much of it even where less would do."""
CAMERA_PX = 1080
"""What a cheap phone gives the finder of QR codes across its picture's short side."""
CAMERA_VIEW = 24 / 26
"""Width of what that side sees, for each metre away: the common 26 mm lens on 24 x 36."""
PIXELS_PER_MODULE = 3.5


HEIGHT: Final = 210.0
_QR_PART = 0.55
"""Of the drawing's height, at most, with its quiet zone."""
_WIDE_QR_PART = 0.74
"""The same of a label that lies on its side: the code in letters stands under it."""
_A4 = (210.0, 297.0)
_NEAR_MM = 1.0
_CLOSER_M = READING_DISTANCE_M - 0.05


@dataclass(frozen=True, slots=True)
class LabelFormat:
    """A label size and its grid on an A4 sheet.

    Labels stand in the middle of the sheet, which lies on its side where they need it.
    """

    name: str
    width_mm: float
    height_mm: float
    columns: int
    rows: int
    gap_mm: tuple[float, float] = (0.0, 0.0)
    """Between columns and between rows."""

    @property
    def sheet_mm(self) -> tuple[float, float]:
        """Width and height of the sheet, A4 upright or on its side."""
        upright, on_its_side = _A4, (_A4[1], _A4[0])
        return upright if self._across <= upright[0] else on_its_side

    @property
    def is_cut(self) -> bool:
        """Whether it is ordinary paper that is cut, and no sheet of stickers."""
        return (self._across, self._along) == self.sheet_mm

    @property
    def is_wide(self) -> bool:
        """Whether it lies on its side, with its code beside the texts."""
        return self.width_mm > self.height_mm

    @property
    def scale(self) -> float:
        """Millimetres on the label for each of the drawing; the wide one's has none."""
        short, long = sorted((self.width_mm, self.height_mm))
        return min(short / WIDTH, long / HEIGHT)

    @property
    def room_mm(self) -> float:
        """Side of the largest QR code that it holds, quiet zone included."""
        if self.is_wide:
            return _WIDE_QR_PART * self.height_mm
        return _QR_PART * HEIGHT * self.scale

    def corner_mm(self, place: int) -> tuple[float, float]:
        """Return the lower left corner of a place on the sheet, counted from above."""
        row, column = divmod(place, self.columns)
        width, height = self.sheet_mm
        left = (width - self._across) / 2 + column * (self.width_mm + self.gap_mm[0])
        above = (height - self._along) / 2 + row * (self.height_mm + self.gap_mm[1])
        return left, height - above - self.height_mm

    @property
    def _across(self) -> float:
        return self.columns * self.width_mm + (self.columns - 1) * self.gap_mm[0]

    @property
    def _along(self) -> float:
        return self.rows * self.height_mm + (self.rows - 1) * self.gap_mm[1]


PAPER = (
    LabelFormat("A6", 105, 148.5, 2, 2),
    LabelFormat("A5", 148.5, 210, 2, 1),
    LabelFormat("A4", 210, 297, 1, 1),
)
"""Where no format is named, the smallest that holds the QR code is taken."""
FORMATS = (
    LabelFormat("99x68", 99.1, 67.7, 2, 4, (2.5, 0)),
    LabelFormat("A7", 105, 74.25, 2, 4),
    LabelFormat("99x139", 99.1, 139, 2, 2, (2.5, 0)),
    PAPER[0],
    LabelFormat("200x144", 143.5, 199.6, 2, 1),
    PAPER[1],
    LabelFormat("200x289", 199.6, 289.1, 1, 1),
    PAPER[2],
)
"""All that can be named, by size: parts of a sheet of A4, and stickers as they are sold."""


class FormatTooSmallError(LabelError):
    """The QR code does not fit the chosen format."""

    def __init__(self, form: LabelFormat, block: float, size: int) -> None:
        super().__init__(f"a QR code of {block:.0f} mm does not fit {form.name}")
        self.form = form
        self.block_mm = block
        self.least = next(f for f in FORMATS if block <= f.room_mm)
        """The smallest that holds it."""
        farthest_m = form.room_mm / ((size + 2 * QUIET_ZONE_MODULES) * module_mm(1.0))
        self.distance_m = math.floor(min(farthest_m, _CLOSER_M) * 20) / 20
        """The reading distance for which the named format will do."""


def find_format(written: str) -> LabelFormat | None:
    """Return the format with a name or a size, or None.

    Sizes are printed on packets in many ways: ``99,1 x 139 mm``, ``139×99.1``.
    """
    found = re.findall(r"\d+(?:[.,]\d+)?", written)
    numbers = sorted(float(number.replace(",", ".")) for number in found)
    for form in FORMATS:
        sides = sorted((form.width_mm, form.height_mm))
        is_meant = len(numbers) == len(sides) and all(
            abs(a - b) < _NEAR_MM for a, b in zip(numbers, sides, strict=True)
        )
        if is_meant or written.strip().casefold() == form.name.casefold():
            return form
    return None


def module_mm(reading_distance_m: float) -> float:
    """Return the side of a QR module that reads from a distance, in millimetres.

    A phone's camera must lay `PIXELS_PER_MODULE` across one: with a blur of a pixel,
    noise, any rotation and a tilt up to 30 degrees, single views of versions 1 to 4 then
    read 92 to 100 times in a hundred, 60 to 77 at 3 pixels, and never at 2.5
    (``benchmarks/label_reading.py``). With the lens and the picture of a cheap phone
    this is 3 mm at one metre; an ordinary code (version 2) with its quiet zone is then a
    tenth as wide as it is far, which is also the trade's rule of thumb.
    """
    seen_mm = CAMERA_VIEW * reading_distance_m * 1000
    return PIXELS_PER_MODULE * seen_mm / CAMERA_PX


def smallest_format(size: int, module: float) -> LabelFormat:
    """Return the smallest paper format that holds a QR code."""
    block = (size + 2 * QUIET_ZONE_MODULES) * module
    for form in PAPER:
        if block <= form.room_mm:
            return form
    message = (
        f"a QR code of {block:.0f} mm fits no label: state a shorter reading distance"
    )
    raise LabelError(message)


def block_mm(
    size: int, reading_distance_m: float, form: LabelFormat | None = None
) -> float:
    """Return the side of a printed QR code with its quiet zone, in millimetres.

    A format that is named does not change it, for phones are told its width. They are
    not where another distance than the usual one is asked for: there somebody measures
    it, and it is smaller where the format is.

    Parameters
    ----------
    size
        Modules a side.

    Raises
    ------
    LabelError
        If no label holds it, or not the one that was named.
    """
    needed = (size + 2 * QUIET_ZONE_MODULES) * module_mm(reading_distance_m)
    paper = smallest_format(size, module_mm(reading_distance_m))
    block = max(needed, MIN_BLOCK * paper.scale)
    if form is None or block <= form.room_mm:
        return block
    own = max(needed, MIN_BLOCK * form.scale)
    if reading_distance_m != READING_DISTANCE_M and own <= form.room_mm:
        return own
    is_usual = reading_distance_m == READING_DISTANCE_M
    raise FormatTooSmallError(form, block if is_usual else needed, size)


def code_width_m(
    size: int,
    reading_distance_m: float = READING_DISTANCE_M,
    form: LabelFormat | None = None,
) -> float:
    """Return the printed width of a QR code without its quiet zone, in metres.

    Raises
    ------
    LabelError
        As `block_mm`.
    """
    block = block_mm(size, reading_distance_m, form)
    return block / (size + 2 * QUIET_ZONE_MODULES) * size / 1000


def printed_codes(museum: Museum, registry: Registry) -> dict[str, PrintedCode]:
    """Return text and printed width of each code's QR code, at 100 % and one metre.

    None of them where no label can be printed, which is told where labels are.
    """
    try:
        texts = {c.code: qr.payload(museum.address, c.code) for c in registry.codes}
        # All are as long, hence as large: one of each length is enough.
        of_length = {len(text): text for text in texts.values()}
        sizes = {length: len(qr.matrix(text)) for length, text in of_length.items()}
        widths = {length: code_width_m(size) for length, size in sizes.items()}
    except LabelError:
        return {}
    return {
        code: PrintedCode(text, round(widths[len(text)], 5))
        for code, text in texts.items()
    }
