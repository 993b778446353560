"""Encode and decode KTX2 textures with Basis Universal.

What KHR_texture_basisu admits: ETC1S, half a byte a texel on phones (a whole one with
alpha), and UASTC, one byte; both with all their mips. Basis Universal's own encoder runs
under wasmtime (`embind`), and decodes too.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from assets_pipeline.codecs.embind import EmbindError, EmbindModule
from assets_pipeline.errors.exceptions import (
    LimitExceededError,
)
from assets_pipeline.gltf.ktx2_header import (
    HEADER,
    MIP_CHAIN,
    Codec,
    damaged_ktx2_error,
    read_ktx2_header,
)

if TYPE_CHECKING:
    from assets_pipeline.arrays import Uint8Array


Options: TypeAlias = "list[tuple[str, tuple[float, ...]]]"
_MODULE: Final = Path(__file__).parents[1] / "wasm" / "basis.wasm"
_ENCODER, _FILE = "BasisEncoder", "KTX2File"
_BYTES_A_PIXEL: Final = 4
_RGBA32: Final = 13
"""The transcoder's number of what is no longer compressed."""
_PRIMARIES_AT: Final = 13
_UNSPECIFIED: Final = 0
_HEADROOM_BYTES: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Ktx2Setting:
    """Codec and quality of a KTX2 texture."""

    codec: Codec
    quality: float
    """ETC1S: 1 to 255, of the code books. UASTC: 0 to 10, what is given away for
    smaller files (lambda of the rate-distortion optimisation)."""


def encode_ktx2(
    pixels: Uint8Array,
    setting: Ktx2Setting,
    *,
    is_color: bool,
    is_normal: bool = False,
) -> bytes:
    """Return pixels as a KTX2 file with all mips.

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
        content = _encode(clear, options)
    except EmbindError:
        content = bytearray()
    if not content:
        reason = f"a picture of {width} x {height} pixels is too large for KTX2"
        raise LimitExceededError(reason, "KTX2", "Use smaller pictures in the model")
    return _set_primaries(content, is_color=is_color)


def decode_ktx2(content: bytes, place: str) -> Uint8Array:
    """Return the pixels of a KTX2 file's finest mip.

    Returns
    -------
    (h, w, 4) uint8
        sRGB or linear, as the file has them.

    Raises
    ------
    DamagedFileError, UnsupportedFormatError, LimitExceededError
        As `header`; damaged too if what follows can't be decoded.
    """
    told = read_ktx2_header(content, place)
    shape = (told.height_px, told.width_px, _BYTES_A_PIXEL)
    pixels = bytearray(math.prod(shape))
    try:
        is_read = _transcode(content, pixels)
    except EmbindError as error:
        raise damaged_ktx2_error(place) from error
    if not is_read:
        raise damaged_ktx2_error(place)
    return np.frombuffer(pixels, np.uint8).reshape(shape)


def _encode(clear: Uint8Array, options: Options) -> bytearray:
    """Return the file of (h, w, 4) pixels, nothing where the encoder refuses them."""
    height, width = clear.shape[:2]
    module = _start_module()
    encoder = module.construct(_ENCODER)
    for name, value in options:
        module.call_method(_ENCODER, name, encoder, *value)
    source = bytearray(clear.tobytes())
    out = bytearray(round(len(source) * MIP_CHAIN) + _HEADROOM_BYTES)
    module.call_method(
        _ENCODER, "setSliceSourceImage", encoder, 0, source, width, height, 0
    )
    return out[: int(module.call_method(_ENCODER, "encode", encoder, out))]


def _transcode(content: bytes, pixels: bytearray) -> bool:
    """Fill (h, w, 4) pixels with the finest level; whether that went well."""
    module = _start_module()
    file = module.construct(_FILE, bytearray(content))
    if not module.call_method(_FILE, "isValid", file):
        return False
    if not module.call_method(_FILE, "startTranscoding", file):
        return False
    finest, wanted = (0, 0, 0), (_RGBA32, 0, -1, -1)
    return bool(
        module.call_method(_FILE, "transcodeImage", file, pixels, *finest, *wanted)
    )


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


def _set_primaries(content: bytearray, *, is_color: bool) -> bytes:
    """Return a file that says of measured maps that they are no colours."""
    if not is_color:
        at = HEADER.unpack_from(content)[10]
        content[at + _PRIMARIES_AT] = _UNSPECIFIED
    return bytes(content)


def _start_module() -> EmbindModule:
    module = EmbindModule(_MODULE)
    module.call_function("initializeBasis")
    return module


_ETC1S_EFFORT: Final = 2
_UASTC_EFFORT: Final = 1
_UASTC_WINDOW_BYTES: Final = 256
"""How far back blocks are made alike. At effort 1, a quarter of the time of the encoder's
own effort 2 with 4,096 bytes: the same bytes of noise, 9 % more of what is smooth."""
