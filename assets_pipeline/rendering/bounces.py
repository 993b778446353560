"""Occlusion as browsers draw it, in a renderer that gives some of that light back.

Filament dims a room's light by an occlusion map, then gives back what bounces between
pale walls (Jimenez et al., *Practical Realtime Strategies for Accurate Indirect
Occlusion*, 2016): on white, half the light left becomes nine tenths. three.js, by
which visitors see models, gives nothing back. So that a picture's loss is judged as it
will be seen, the map is darkened until Filament's answer is the map's own value.
"""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.gltf.materials import Image, Texture
from assets_pipeline.media.colors import linear
from assets_pipeline.media.pixels import opened
from assets_pipeline.transforms.textures import eight_bit

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image as Pixels

    from assets_pipeline.gltf.document import Document
    from assets_pipeline.gltf.materials import Material, TextureInfo

    Bytes = NDArray[np.uint8]
    Doubles = NDArray[np.float64]

_CODES: Final = np.arange(256) / 255
_FINE: Final = np.linspace(0.0, 1.0, 4097)
_SHADES: Final = 33
"""Of albedo that are told apart."""
_COLORS_PX: Final = 256
"""Widest picture of colours that is looked at: shades, not detail."""
_QUICK: Final = 1
"""PNG's effort: the picture is read once."""


def without_bounces(document: Document) -> None:
    """Darken occlusion maps by what Filament would give back.

    Raises
    ------
    DamagedFileError, UnsupportedFormatError, LimitExceededError
        If a picture can't be decoded.
    """
    made: dict[object, Texture] = {}
    for material in document.materials():
        info = material.occlusion_texture
        if info is None:
            continue
        key = _what_is_asked(material, info)
        if key not in made:
            made[key] = _darkened(material, info)
        material.occlusion_texture = replace(info, texture=made[key], strength=None)


def bounced(openness: Doubles, albedo: Doubles | float) -> Doubles:
    """Return the light that Filament leaves where so much of a room is seen, 0 to 1.

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
    answer: Doubles = np.maximum(
        openness, ((openness * a + b) * openness + c) * openness
    )
    return answer


def _what_is_asked(material: Material, info: TextureInfo) -> object:
    """Return what a darkened map follows from: many materials may share one."""
    colors = material.base_color_texture
    return (
        id(info.texture),
        info.strength,
        material.base_color_factor[:3],
        None
        if colors is None
        else (id(colors.texture.image), _lies_alike(colors, info)),
    )


def _lies_alike(one: TextureInfo, other: TextureInfo) -> bool:
    return one.uv_set == other.uv_set and one.transform == other.transform


def _darkened(material: Material, info: TextureInfo) -> Texture:
    picture = _opened(info)
    strength = 1.0 if info.strength is None else info.strength
    shades = _shades(material, info, (picture.height, picture.width))
    codes = _tables(strength)[shades, np.asarray(picture.getchannel("R"))]
    return Texture(_png(codes), info.texture.sampler)


def _opened(info: TextureInfo) -> Pixels:
    image = info.texture.image
    return eight_bit(opened(image.content, image.name or "image"), has_alpha=False)


def _tables(strength: float) -> Bytes:
    """Return (shades, 256): the code that Filament turns into the light a code means."""
    light = 1 - strength * (1 - _CODES)
    rows = [
        np.interp(light, bounced(_FINE, albedo), _FINE)
        for albedo in np.linspace(0, 1, _SHADES)
    ]
    table: Bytes = np.round(np.stack(rows).clip(0, 1) * 255).astype(np.uint8)
    return table


def _shades(material: Material, info: TextureInfo, size: tuple[int, int]) -> Bytes:
    """Return (h, w), or () where it is one: the surface's albedo, as rows of tables."""
    from PIL import Image as Pillow  # noqa: PLC0415  # 90 ms

    albedo = np.array(material.base_color_factor[:3], np.float32)
    colors = material.base_color_texture
    if colors is None:
        return _rows(albedo)
    picture = _opened(colors)
    picture.thumbnail((_COLORS_PX, _COLORS_PX), Pillow.Resampling.BOX)
    seen = albedo * linear(np.asarray(picture, np.float32) / np.float32(255))
    if not _lies_alike(colors, info):
        return _rows(seen.mean(axis=(0, 1)))
    down, right = (
        np.arange(wide) * held // wide
        for wide, held in zip(size, seen.shape[:2], strict=True)
    )
    placed: Bytes = _rows(seen)[down[:, None], right]
    return placed


def _rows(albedo: NDArray[np.float32]) -> Bytes:
    rows: Bytes = np.round(albedo.mean(axis=-1) * (_SHADES - 1)).astype(np.uint8)
    return rows


def _png(codes: Bytes) -> Image:
    from PIL import Image as Pillow  # noqa: PLC0415  # 90 ms

    content = io.BytesIO()
    Pillow.fromarray(codes).save(content, "PNG", compress_level=_QUICK)
    return Image(content.getvalue(), "image/png", "occlusion")
