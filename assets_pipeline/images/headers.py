"""Read the size of an image from its header, without decoding or any library."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from pathlib import Path

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8"
_FRAMES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""Markers that begin a picture and give its size (ITU-T T.81, table B.1)."""
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers without a segment."""
_SCAN, _EXIF_SEGMENT, _FILL = 0xDA, 0xE1, 0xFF
_EXIF: Final = b"Exif\0\0"
_ORIENTATION_TAG: Final = 0x0112
_LYING: Final = frozenset({5, 6, 7, 8})
"""Exif's orientations that a quarter turn sets upright."""
_WEBP_BYTES: Final = 30
_WEBP_EXIF: Final = 0x08
"""The flag of an Exif block, which follows the picture and may turn it."""
_MOST_SEGMENTS: Final = 1000
_MOST_TAGS: Final = 200


def read_size_px(path: Path) -> tuple[int, int] | None:
    """Return the width and height of an image once it is upright.

    None for what is no PNG, JPEG or WebP, and wherever its header leaves a doubt.
    """
    try:
        with path.open("rb") as file:
            return _size(file)
    except (OSError, struct.error):
        return None


def _size(file: BinaryIO) -> tuple[int, int] | None:
    start = file.read(_WEBP_BYTES)
    if start.startswith(_PNG) and start[12:16] == b"IHDR":
        width, height = struct.unpack_from(">II", start, 16)
        return _size_or_none(width, height)
    if start.startswith(_JPEG):
        file.seek(len(_JPEG))
        return _jpeg(file)
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return _webp(start)
    return None


def _jpeg(file: BinaryIO) -> tuple[int, int] | None:
    is_lying = False
    for _ in range(_MOST_SEGMENTS):
        if file.read(1) != b"\xff":
            return None
        marker = _FILL
        while marker == _FILL:
            (marker,) = struct.unpack("B", file.read(1))
        if marker in _ALONE:
            continue
        if marker == _SCAN:
            return None
        (length,) = struct.unpack(">H", file.read(2))
        segment = file.read(max(0, length - 2))
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", segment, 1)
            return (
                _size_or_none(height, width)
                if is_lying
                else _size_or_none(width, height)
            )
        if marker == _EXIF_SEGMENT and segment.startswith(_EXIF):
            is_lying = _orientation(segment[len(_EXIF) :]) in _LYING
    return None


def _orientation(exif: bytes) -> int | None:
    """Return the orientation that a block of Exif gives (TIFF 6.0, section 2)."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return None
    try:
        (first,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, first)
        for number in range(min(count, _MOST_TAGS)):
            at = first + 2 + 12 * number
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", exif, at)
            if tag == _ORIENTATION_TAG:
                return int(value)
    except struct.error:
        return None
    return None


def _webp(start: bytes) -> tuple[int, int] | None:
    """Return the size that WebP's first chunk gives (RFC 9649, section 2)."""
    kind = start[12:16]
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", start, 26)
        return _size_or_none(width & 0x3FFF, height & 0x3FFF)
    if kind == b"VP8L":
        (packed,) = struct.unpack_from("<I", start, 21)
        return _size_or_none((packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1)
    if kind != b"VP8X" or len(start) < _WEBP_BYTES or start[20] & _WEBP_EXIF:
        return None
    width = int.from_bytes(start[24:27], "little") + 1
    height = int.from_bytes(start[27:30], "little") + 1
    return width, height


def _size_or_none(width: int, height: int) -> tuple[int, int] | None:
    """Return a size; None where a side is 0: it stands elsewhere in the file, or is wrong."""
    return (width, height) if width and height else None
