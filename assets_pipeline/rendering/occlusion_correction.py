"""Correct ambient occlusion maps for Filament's multi-bounce, as browsers have none.

Filament dims a room's light by an occlusion map, then gives back what bounces between
pale walls (Jimenez et al., *Practical Realtime Strategies for Accurate Indirect
Occlusion*, 2016): on white, half the light left becomes nine tenths. three.js, by
which visitors see models, gives nothing back. So that a picture's loss is judged as it
will be seen, the map is darkened until Filament's answer is the map's own value.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.gltf.materials import Image, Texture
from assets_pipeline.images.color import srgb_to_linear
from assets_pipeline.images.decoding import open_image
from assets_pipeline.lru_cache import LruCache
from assets_pipeline.transforms.compress_textures import to_rgb_or_rgba

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

    from assets_pipeline.arrays import Float32Array, Float64Array, Uint8Array
    from assets_pipeline.gltf.document import Document
    from assets_pipeline.gltf.materials import Material, TextureInfo


_CODES: Final = np.arange(256) / 255
_FINE: Final = np.linspace(0.0, 1.0, 4097)
_SHADES: Final = 33
"""Of albedo that are told apart."""
_COLORS_PX: Final = 256
"""Widest picture of colours that is looked at: shades, not detail."""
_PNG_START: Final = b"\x89PNG\r\n\x1a\n"
_EIGHT_BITS_OF_GREY: Final = b"\x08\0\0\0\0"


@dataclass(frozen=True, slots=True)
class CorrectionCache:
    """Corrected textures of the last files, some 60 MB for 2,048 px."""

    codes: LruCache[Uint8Array] = field(default_factory=lambda: LruCache(4))
    shades: LruCache[Float32Array] = field(default_factory=lambda: LruCache(16))
    made: LruCache[Image] = field(default_factory=lambda: LruCache(8))


def correct_occlusion(
    document: Document, memory: CorrectionCache | None = None
) -> None:
    """Darken a document's occlusion maps by what Filament's multi-bounce adds.

    Parameters
    ----------
    document
        Changed in place.
    memory
        Of pictures of earlier files: those of one model share most of theirs.

    Raises
    ------
    DamagedFileError, UnsupportedFormatError, LimitExceededError
        If a picture can't be decoded.
    """
    known = memory or CorrectionCache()
    for material in document.materials():
        info = material.occlusion_texture
        if info is not None:
            image = _darkened(material, info, known)
            texture = Texture(image, info.texture.sampler)
            material.occlusion_texture = replace(info, texture=texture, strength=None)


def multi_bounce(openness: Float64Array, albedo: Float64Array | float) -> Float64Array:
    """Return the visibility that Filament draws for a given one and albedo, 0 to 1.

    Parameters
    ----------
    openness : (n,) float64
        An occlusion map's values.
    albedo : () or (n,) float64
        Of the surface, linear.
    """
    a = 2.0404 * albedo - 0.3324
    b = -4.7951 * albedo + 0.6417
    c = 2.7552 * albedo + 0.6903
    answer: Float64Array = np.maximum(
        openness, ((openness * a + b) * openness + c) * openness
    )
    return answer


def _lies_alike(one: TextureInfo, other: TextureInfo) -> bool:
    return one.uv_set == other.uv_set and one.transform == other.transform


def _darkened(material: Material, info: TextureInfo, memory: CorrectionCache) -> Image:
    colors = material.base_color_texture
    factor = material.base_color_factor[:3]
    painted = b"" if colors is None else colors.texture.image.content
    is_laid_alike = colors is not None and _lies_alike(colors, info)
    image = info.texture.image
    strength = 1.0 if info.strength is None else info.strength

    def made() -> Image:
        codes = memory.codes.get_or_make(image.content, partial(_codes, image))
        albedo = np.array(factor, np.float32)
        shades = _rows(albedo)
        if colors is not None:
            seen = memory.shades.get_or_make(
                painted, partial(_light, colors.texture.image)
            )
            shades = _shades(albedo * seen, codes.shape if is_laid_alike else None)
        return _png(_tables(strength)[shades, codes])

    return memory.made.get_or_make(
        (image.content, strength, factor, painted, is_laid_alike), made
    )


def _opened(image: Image) -> Pixels:
    return to_rgb_or_rgba(
        open_image(image.content, image.name or "image"), has_alpha=False
    )


def _codes(image: Image) -> Uint8Array:
    return np.asarray(_opened(image).getchannel("R"))


def _tables(strength: float) -> Uint8Array:
    """Return (shades, 256): the code that Filament turns into the light a code means."""
    light = 1 - strength * (1 - _CODES)
    rows = [
        np.interp(light, multi_bounce(_FINE, albedo), _FINE)
        for albedo in np.linspace(0, 1, _SHADES)
    ]
    table: Uint8Array = np.round(np.stack(rows).clip(0, 1) * 255).astype(np.uint8)
    return table


def _light(image: Image) -> Float32Array:
    """Return (h, w, 3) linear light of a picture, made small."""
    from PIL import Image as Pillow  # noqa: PLC0415  # 90 ms

    picture = _opened(image)
    picture.thumbnail((_COLORS_PX, _COLORS_PX), Pillow.Resampling.BOX)
    return srgb_to_linear(np.asarray(picture, np.float32) / np.float32(255))


def _shades(albedo: Float32Array, size: tuple[int, ...] | None) -> Uint8Array:
    """Return the rows of tables for albedo, laid over a picture of a size; one without."""
    if size is None:
        return _rows(albedo.mean(axis=(0, 1)))
    down, right = (
        np.arange(wide) * held // wide
        for wide, held in zip(size, albedo.shape[:2], strict=True)
    )
    placed: Uint8Array = _rows(albedo)[down[:, None], right]
    return placed


def _rows(albedo: Float32Array) -> Uint8Array:
    rows: Uint8Array = np.round(albedo.mean(axis=-1) * (_SHADES - 1)).astype(np.uint8)
    return rows


def _png(codes: Uint8Array) -> Image:
    """Return a PNG whose pixels are stored as they are.

    It is read once, at once: compressing it took ten times as long as copying it, and
    reading it again three times.
    """
    rows = np.pad(codes, ((0, 0), (1, 0)))  # each begins with its filter, none
    size = struct.pack(">2I", *reversed(codes.shape))
    parts = (
        (b"IHDR", size + _EIGHT_BITS_OF_GREY),
        (b"IDAT", zlib.compress(rows.tobytes(), 0)),
        (b"IEND", b""),
    )
    content = _PNG_START + b"".join(_chunk(*part) for part in parts)
    return Image(content, "image/png", "occlusion")


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(content, zlib.crc32(kind)))
    return struct.pack(">I", len(content)) + kind + content + check
