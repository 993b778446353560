"""KTX2 textures (Basis Universal): pictures that stay compressed in graphics memory.

What KHR_texture_basisu admits: ETC1S, half a byte a texel on phones (a whole one with
alpha), and UASTC, one byte; both with all their mips. Basis Universal's own encoder runs
under wasmtime (`embind`), and decodes too.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np

from assets_pipeline.codecs.embind import Bound, BoundError
from assets_pipeline.errors import (
    RE_EXPORT,
    DamagedFileError,
    LimitExceededError,
    UnsupportedFormatError,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

MEDIA_TYPE: Final = "image/ktx2"
MAGIC: Final = b"\xabKTX 20\xbb\r\n\x1a\n"

Options: TypeAlias = "list[tuple[str, tuple[float, ...]]]"
Codec = Literal["ETC1S", "UASTC"]
_MODULE: Final = Path(__file__).parents[1] / "wasm" / "basis.wasm"
_ENCODER, _FILE = "BasisEncoder", "KTX2File"
_BYTES_A_PIXEL: Final = 4
_RGBA32: Final = 13
"""The transcoder's number of what is no longer compressed."""
_HEADER: Final = struct.Struct("<12s9I4I2Q")
_COLOR_MODELS: Final[dict[int, Codec]] = {163: "ETC1S", 166: "UASTC"}
"""KHR_DF_MODEL_ETC1S and KHR_DF_MODEL_UASTC (Khronos data format, section 5.6)."""
_MODEL_AT, _PRIMARIES_AT, _FIRST_SAMPLE_AT, _SAMPLE_BYTES = 12, 13, 28, 16
_UNSPECIFIED: Final = 0
_RGB_AND_ALPHA: Final = 3
"""KHR_DF_CHANNEL_UASTC_RGBA."""
_EDGE_OF_BLOCK_PX: Final = 4
_MOST_EDGE_PX: Final = 8192
_MIP_CHAIN: Final = 4 / 3
_HEADROOM_BYTES: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Ktx2Setting:
    """How true a texture is kept."""

    codec: Codec
    quality: float
    """ETC1S: 1 to 255, of the code books. UASTC: 0 to 10, what is given away for
    smaller files (lambda of the rate-distortion optimisation)."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says of itself."""

    width_px: int
    height_px: int
    codec: Codec
    has_alpha: bool

    @property
    def gpu_bytes(self) -> int:
        """What it takes on a phone, with its mips: blocks of ETC1, ETC2 or ASTC."""
        blocks = -(-self.width_px // _EDGE_OF_BLOCK_PX) * (
            -(-self.height_px // _EDGE_OF_BLOCK_PX)
        )
        is_half = self.codec == "ETC1S" and not self.has_alpha
        return round(blocks * (8 if is_half else 16) * _MIP_CHAIN)


def encoded(
    pixels: NDArray[np.uint8],
    setting: Ktx2Setting,
    *,
    is_color: bool,
    is_normal: bool = False,
) -> bytes:
    """Return a KTX2 file with all its mips.

    Parameters
    ----------
    pixels : (h, w, 3) or (h, w, 4) uint8
        Both edges powers of two, at least 4.
    setting
        Codec and quality.
    is_color
        Whether values are sRGB; measured maps are linear.
    is_normal
        Whether they are unit vectors, which mips keep so.

    Raises
    ------
    LimitExceededError
        If there are more than twelve million texels, or the encoder lacks memory.
    """
    height, width = pixels.shape[:2]
    clear = np.full((height, width, _BYTES_A_PIXEL), 255, np.uint8)
    clear[..., : pixels.shape[2]] = pixels
    options = _options(setting, is_color=is_color, is_normal=is_normal)
    try:
        content = _compressed(clear, options)
    except BoundError:
        content = bytearray()
    if not content:
        reason = f"a picture of {width} x {height} pixels is too large for KTX2"
        raise LimitExceededError(reason, "KTX2", "Use smaller pictures in the model")
    return _described(content, is_color=is_color)


def decoded(content: bytes, place: str) -> NDArray[np.uint8]:
    """Return a file's finest pixels.

    Returns
    -------
    (h, w, 4) uint8
        sRGB or linear, as the file has them.

    Raises
    ------
    DamagedFileError, UnsupportedFormatError, LimitExceededError
        As `header`; damaged too if what follows can't be decoded.
    """
    told = header(content, place)
    shape = (told.height_px, told.width_px, _BYTES_A_PIXEL)
    pixels = bytearray(math.prod(shape))
    try:
        is_read = _transcoded(content, pixels)
    except BoundError as error:
        raise _damaged(place) from error
    if not is_read:
        raise _damaged(place)
    return np.frombuffer(pixels, np.uint8).reshape(shape)


def header(content: bytes, place: str) -> Header:
    """Return what a file says of itself; nothing is decoded.

    Raises
    ------
    UnsupportedFormatError
        If it holds anything but one flat picture as ETC1S or UASTC.
    LimitExceededError
        If an edge is above 8,192 pixels.
    DamagedFileError
        If it is cut short.
    """
    if len(content) < _HEADER.size or not content.startswith(MAGIC):
        raise _damaged(place)
    _, _, _, width, height, depth, layers, faces, _, _, at, size, *_ = (
        _HEADER.unpack_from(content)
    )
    descriptor = content[at : at + size]
    if len(descriptor) < _FIRST_SAMPLE_AT + _SAMPLE_BYTES or not width or not height:
        raise _damaged(place)
    codec = _COLOR_MODELS.get(descriptor[_MODEL_AT])
    if codec is None or depth or layers > 1 or faces != 1:
        reason = "the KTX2 picture is no flat one of ETC1S or UASTC"
        remedy = "Use PNG, JPEG or WebP pictures in the model"
        raise UnsupportedFormatError(reason, place, remedy)
    if max(width, height) > _MOST_EDGE_PX:
        reason = f"the KTX2 picture has an edge above {_MOST_EDGE_PX} pixels"
        raise LimitExceededError(reason, place, "Reduce the picture to 4096 px or less")
    return Header(width, height, codec, _has_alpha(codec, descriptor))


def _has_alpha(codec: Codec, descriptor: bytes) -> bool:
    """ETC1S keeps alpha as a second sample; UASTC names its channel."""
    if codec == "ETC1S":
        return len(descriptor) >= _FIRST_SAMPLE_AT + 2 * _SAMPLE_BYTES
    channel = descriptor[_FIRST_SAMPLE_AT + 3] & 0x0F
    return channel == _RGB_AND_ALPHA


def _compressed(clear: NDArray[np.uint8], options: Options) -> bytearray:
    """Return the file of (h, w, 4) pixels, nothing where the encoder refuses them."""
    height, width = clear.shape[:2]
    bound = _bound()
    encoder = bound.made(_ENCODER)
    for name, value in options:
        bound.method(_ENCODER, name, encoder, *value)
    source = bytearray(clear.tobytes())
    out = bytearray(round(len(source) * _MIP_CHAIN) + _HEADROOM_BYTES)
    bound.method(_ENCODER, "setSliceSourceImage", encoder, 0, source, width, height, 0)
    return out[: int(bound.method(_ENCODER, "encode", encoder, out))]


def _transcoded(content: bytes, pixels: bytearray) -> bool:
    """Fill (h, w, 4) pixels with the finest level; whether that went well."""
    bound = _bound()
    file = bound.made(_FILE, bytearray(content))
    if not bound.method(_FILE, "isValid", file):
        return False
    if not bound.method(_FILE, "startTranscoding", file):
        return False
    finest, wanted = (0, 0, 0), (_RGBA32, 0, -1, -1)
    return bool(bound.method(_FILE, "transcodeImage", file, pixels, *finest, *wanted))


def _options(setting: Ktx2Setting, *, is_color: bool, is_normal: bool) -> Options:
    """Return the encoder's own options, by name."""
    given: Options = [
        ("setCreateKTX2File", (True,)),
        ("setUASTC", (setting.codec == "UASTC",)),
        ("setSRGBPreset" if is_color else "setLinearPreset", ()),
        ("setMipGen", (True,)),
        ("setMipRenormalize", (is_normal,)),
        ("setComputeStats", (False,)),
    ]
    if setting.codec == "ETC1S":
        # Trellis-like searches of blocks that look alike would flatten dents.
        flat = ("setNoSelectorRDO", "setNoEndpointRDO") if is_normal else ()
        return [
            *given,
            ("setQualityLevel", (int(setting.quality),)),
            ("setETC1SCompressionLevel", (_ETC1S_EFFORT,)),
            *((name, (True,)) for name in flat),
        ]
    return [
        *given,
        ("setPackUASTCFlags", (_UASTC_EFFORT,)),
        ("setRDOUASTC", (setting.quality > 0,)),
        ("setRDOUASTCDictSize", (_UASTC_WINDOW_BYTES,)),
        ("setRDOUASTCQualityScalar", (float(setting.quality),)),
        ("setKTX2UASTCSupercompression", (True,)),
    ]


def _described(content: bytearray, *, is_color: bool) -> bytes:
    """Return a file that says of measured maps that they are no colours."""
    if not is_color:
        at = _HEADER.unpack_from(content)[10]
        content[at + _PRIMARIES_AT] = _UNSPECIFIED
    return bytes(content)


def _bound() -> Bound:
    bound = Bound(_MODULE)
    bound.function("initializeBasis")
    return bound


def _damaged(place: str) -> DamagedFileError:
    return DamagedFileError("the KTX2 picture is damaged", place, RE_EXPORT)


_ETC1S_EFFORT: Final = 2
_UASTC_EFFORT: Final = 1
_UASTC_WINDOW_BYTES: Final = 256
"""How far back blocks are made alike. At effort 1, a quarter of the time of the encoder's
own effort 2 with 4,096 bytes: the same bytes of noise, 9 % more of what is smooth."""
