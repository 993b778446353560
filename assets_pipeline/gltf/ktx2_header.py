"""Read KTX2 headers: size, codec, alpha, graphics memory; no decoding."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final, Literal

from assets_pipeline.errors.exceptions import (
    RE_EXPORT,
    DamagedFileError,
    LimitExceededError,
    UnsupportedFormatError,
)

MEDIA_TYPE: Final = "image/ktx2"
MAGIC: Final = b"\xabKTX 20\xbb\r\n\x1a\n"
Codec = Literal["ETC1S", "UASTC"]
HEADER: Final = struct.Struct("<12s9I4I2Q")
_COLOR_MODELS: Final[dict[int, Codec]] = {163: "ETC1S", 166: "UASTC"}
"""KHR_DF_MODEL_ETC1S and KHR_DF_MODEL_UASTC (Khronos data format, section 5.6)."""
_MODEL_AT: Final = 12
_FIRST_SAMPLE_AT: Final = 28
_SAMPLE_BYTES: Final = 16
_RGB_AND_ALPHA: Final = 3
"""KHR_DF_CHANNEL_UASTC_RGBA."""
_EDGE_OF_BLOCK_PX: Final = 4
_MOST_EDGE_PX: Final = 8192
MIP_CHAIN: Final = 4 / 3


@dataclass(frozen=True, slots=True)
class Ktx2Header:
    """Size, codec and alpha of a KTX2 texture."""

    width_px: int
    height_px: int
    codec: Codec
    has_alpha: bool

    @property
    def gpu_bytes(self) -> int:
        """Graphics memory of the texture and its mips, as ETC1, ETC2 or ASTC blocks."""
        blocks = -(-self.width_px // _EDGE_OF_BLOCK_PX) * (
            -(-self.height_px // _EDGE_OF_BLOCK_PX)
        )
        is_half = self.codec == "ETC1S" and not self.has_alpha
        return round(blocks * (8 if is_half else 16) * MIP_CHAIN)


def read_ktx2_header(content: bytes, place: str) -> Ktx2Header:
    """Return the header of a KTX2 file.

    Raises
    ------
    UnsupportedFormatError
        If it holds anything but one flat picture as ETC1S or UASTC.
    LimitExceededError
        If an edge is above 8,192 pixels.
    DamagedFileError
        If it is cut short.
    """
    if len(content) < HEADER.size or not content.startswith(MAGIC):
        raise damaged_ktx2_error(place)
    _, _, _, width, height, depth, layers, faces, _, _, at, size, *_ = (
        HEADER.unpack_from(content)
    )
    descriptor = content[at : at + size]
    if len(descriptor) < _FIRST_SAMPLE_AT + _SAMPLE_BYTES or not width or not height:
        raise damaged_ktx2_error(place)
    codec = _COLOR_MODELS.get(descriptor[_MODEL_AT])
    if codec is None or depth or layers > 1 or faces != 1:
        reason = "the KTX2 picture is no flat one of ETC1S or UASTC"
        remedy = "Use PNG, JPEG or WebP pictures in the model"
        raise UnsupportedFormatError(reason, place, remedy)
    if max(width, height) > _MOST_EDGE_PX:
        reason = f"the KTX2 picture has an edge above {_MOST_EDGE_PX} pixels"
        raise LimitExceededError(reason, place, "Reduce the picture to 4096 px or less")
    return Ktx2Header(width, height, codec, _has_alpha(codec, descriptor))


def _has_alpha(codec: Codec, descriptor: bytes) -> bool:
    """ETC1S keeps alpha as a second sample; UASTC names its channel."""
    if codec == "ETC1S":
        return len(descriptor) >= _FIRST_SAMPLE_AT + 2 * _SAMPLE_BYTES
    channel = descriptor[_FIRST_SAMPLE_AT + 3] & 0x0F
    return channel == _RGB_AND_ALPHA


def damaged_ktx2_error(place: str) -> DamagedFileError:
    """Return the error for a damaged KTX2 file."""
    return DamagedFileError("the KTX2 picture is damaged", place, RE_EXPORT)
