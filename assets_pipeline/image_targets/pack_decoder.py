"""Decode image target packs in Python: the reference of the tracker's decoder.

A second or two a template; pipeline and phones use `client/tracker/codec.c`.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.image_targets.pack_encoder import (
    ACTIVITY_BOUNDS,
    CHECKED_FROM,
    EVEN,
    HEADER,
    MAGIC,
    MAGNITUDE_BOUNDS,
    MAX_EDGE_PX,
    MICROMETRES,
    MIN_EDGE_PX,
    MOST_UNARY,
    SIGNIFICANCE_CONTEXTS,
    VERSION,
    TemplateError,
    first_context,
)
from assets_pipeline.image_targets.range_coder import RangeDecoder
from assets_pipeline.image_targets.wavelet import Band, bands_of, inverse_transform

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assets_pipeline.arrays import Int32Array, Uint8Array


@dataclass(frozen=True, slots=True)
class Pack:
    """A decoded pack."""

    pixels: Uint8Array
    """(height, width) uint8, grey."""
    width_m: float
    """Of the print."""


def decode_pack(pack: bytes) -> Pack:
    """Return the template of a pack, exactly as a phone decodes it.

    For tests and for people; the tracker has a decoder of its own.

    Raises
    ------
    TemplateError
        If the pack is damaged, cut short or of another version.
    """
    if len(pack) < HEADER.size:
        message = "shorter than a pack's header"
        raise TemplateError(message)
    magic, version, flags, width, height, count, micrometres, size, checksum = (
        HEADER.unpack_from(pack)
    )
    if magic != MAGIC or version != VERSION or flags:
        message = "no pack of this version"
        raise TemplateError(message)
    edges = min(width, height), max(width, height)
    if edges[0] < MIN_EDGE_PX or edges[1] > MAX_EDGE_PX:
        message = f"a template of {width} x {height} px"
        raise TemplateError(message)
    bands = tuple(bands_of(width, height))
    begins = CHECKED_FROM + 2 * count
    if count != len(bands) or len(pack) != begins + size:
        message = "a pack that was cut"
        raise TemplateError(message)
    if zlib.crc32(pack[CHECKED_FROM:]) != checksum:
        message = "a damaged pack"
        raise TemplateError(message)
    steps = struct.unpack_from(f"<{count}H", pack, CHECKED_FROM)
    whole = _coefficients(RangeDecoder(pack[begins:], EVEN), bands, (height, width))
    for band, step in zip(bands, steps, strict=True):
        whole[band.place] *= step
    return Pack(inverse_transform(whole), micrometres / MICROMETRES)


def _coefficients(
    answers: RangeDecoder, bands: Sequence[Band], shape: tuple[int, int]
) -> Int32Array:
    """Return all bands' coefficients, in whole steps."""
    whole = np.zeros(shape, np.int32)
    for band in bands:
        for y, x, around in _places(whole, band, bands):
            whole[y, x] = _coefficient(answers, band, around)
    return whole


def _places(
    whole: Int32Array, band: Band, bands: Sequence[Band]
) -> Iterator[tuple[int, int, int]]:
    """Give each place of a band, and the activity that is known by then."""
    coarser = next(
        (b for b in bands if b.kind == band.kind and b.level == band.level + 1),
        None,
    )
    weights = _WEIGHTS[band.kind]
    for y in range(band.height):
        for x in range(band.width):
            around = 0
            for (up, back), weight in weights:
                v, u = y - up, x - back
                if v >= 0 and 0 <= u < band.width:
                    around += weight * abs(int(whole[band.y + v, band.x + u]))
            if coarser is not None:
                v = min(y // 2, coarser.height - 1)
                u = min(x // 2, coarser.width - 1)
                around += 2 * abs(int(whole[coarser.y + v, coarser.x + u]))
            yield band.y + y, band.x + x, around


def _coefficient(answers: RangeDecoder, band: Band, around: int) -> int:
    group = sum(around >= bound for bound in ACTIVITY_BOUNDS)
    if not answers.decode_bit(first_context(band) + group):
        return 0
    group = sum(around >= bound for bound in MAGNITUDE_BOUNDS) * MOST_UNARY
    size = 1
    while size <= MOST_UNARY and answers.decode_bit(
        SIGNIFICANCE_CONTEXTS + group + size - 1
    ):
        size += 1
    if size > MOST_UNARY:
        size += _escaped(answers)
    return -size if answers.decode_bit(EVEN) else size


def _escaped(answers: RangeDecoder) -> int:
    zeros = 0
    while zeros < _MOST_ZEROS and not answers.decode_bit(EVEN):
        zeros += 1
    value = 1
    for _ in range(zeros):
        value = 2 * value + answers.decode_bit(EVEN)
    return value - 1


_MOST_ZEROS: Final = 12
_WEIGHTS: Final = {
    "across": (((0, 1), 2), ((1, 0), 3), ((1, 1), 1), ((1, -1), 1), ((2, 0), 1)),
    "down": (((0, 1), 3), ((1, 0), 2), ((1, 1), 1), ((1, -1), 1), ((0, 2), 1)),
    "both": (((0, 1), 2), ((1, 0), 2), ((1, 1), 1), ((1, -1), 1), ((0, 2), 1), ((2, 0), 1)),
    "low": (((0, 1), 2), ((1, 0), 2), ((1, 1), 1), ((1, -1), 1), ((0, 2), 1), ((2, 0), 1)),
}  # fmt: skip
"""How much each known neighbour (rows up, columns back) weighs: as in `codec`, by place."""
