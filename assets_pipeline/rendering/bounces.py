"""Occlusion as browsers draw it, in a renderer that gives some of that light back.

Filament dims a room's light by an occlusion map, then gives back what bounces between
pale walls (Jimenez et al., *Practical Realtime Strategies for Accurate Indirect
Occlusion*, 2016): on white, half the light left becomes nine tenths. three.js, by
which visitors see models, gives nothing back. So that a picture's loss is judged as it
will be seen, the map is darkened until Filament's answer is the map's own value.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Final, Generic, TypeVar

import numpy as np

from assets_pipeline.gltf.materials import Image, Texture
from assets_pipeline.media.colors import linear
from assets_pipeline.media.pixels import opened
from assets_pipeline.transforms.textures import eight_bit

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from PIL.Image import Image as Pixels

    from assets_pipeline.gltf.document import Document
    from assets_pipeline.gltf.materials import Material, TextureInfo

    Bytes = NDArray[np.uint8]
    Floats = NDArray[np.float32]
    Doubles = NDArray[np.float64]

Value = TypeVar("Value")
_CODES: Final = np.arange(256) / 255
_FINE: Final = np.linspace(0.0, 1.0, 4097)
_SHADES: Final = 33
"""Of albedo that are told apart."""
_COLORS_PX: Final = 256
"""Widest picture of colours that is looked at: shades, not detail."""
_QUICK: Final = 1
"""PNG's effort: the picture is read once."""


class _Recent(Generic[Value]):
    """The last few things that were made, by what they follow from."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: dict[object, Value] = {}

    def of(self, key: object, make: Callable[[], Value]) -> Value:
        """Return what a key stands for, made if it is not held."""
        value = self._held.pop(key) if key in self._held else make()
        self._held[key] = value
        if len(self._held) > self._most:
            del self._held[next(iter(self._held))]
        return value


@dataclass(frozen=True, slots=True)
class Memory:
    """Pictures of the last files, some 50 MB where they are of 2,048 pixels."""

    codes: _Recent[Bytes] = field(default_factory=lambda: _Recent(4))
    shades: _Recent[Floats] = field(default_factory=lambda: _Recent(16))
    made: _Recent[Image] = field(default_factory=lambda: _Recent(8))


def without_bounces(document: Document, memory: Memory | None = None) -> None:
    """Darken occlusion maps by what Filament would give back.

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
    known = memory or Memory()
    for material in document.materials():
        info = material.occlusion_texture
        if info is not None:
            image = _darkened(material, info, known)
            texture = Texture(image, info.texture.sampler)
            material.occlusion_texture = replace(info, texture=texture, strength=None)


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


def _lies_alike(one: TextureInfo, other: TextureInfo) -> bool:
    return one.uv_set == other.uv_set and one.transform == other.transform


def _darkened(material: Material, info: TextureInfo, memory: Memory) -> Image:
    colors = material.base_color_texture
    factor = material.base_color_factor[:3]
    painted = b"" if colors is None else colors.texture.image.content
    is_laid_alike = colors is not None and _lies_alike(colors, info)
    image = info.texture.image
    strength = 1.0 if info.strength is None else info.strength

    def made() -> Image:
        codes = memory.codes.of(image.content, partial(_codes, image))
        albedo = np.array(factor, np.float32)
        shades = _rows(albedo)
        if colors is not None:
            seen = memory.shades.of(painted, partial(_light, colors.texture.image))
            shades = _shades(albedo * seen, codes.shape if is_laid_alike else None)
        return _png(_tables(strength)[shades, codes])

    return memory.made.of(
        (image.content, strength, factor, painted, is_laid_alike), made
    )


def _opened(image: Image) -> Pixels:
    return eight_bit(opened(image.content, image.name or "image"), has_alpha=False)


def _codes(image: Image) -> Bytes:
    return np.asarray(_opened(image).getchannel("R"))


def _tables(strength: float) -> Bytes:
    """Return (shades, 256): the code that Filament turns into the light a code means."""
    light = 1 - strength * (1 - _CODES)
    rows = [
        np.interp(light, bounced(_FINE, albedo), _FINE)
        for albedo in np.linspace(0, 1, _SHADES)
    ]
    table: Bytes = np.round(np.stack(rows).clip(0, 1) * 255).astype(np.uint8)
    return table


def _light(image: Image) -> Floats:
    """Return (h, w, 3) linear light of a picture, made small."""
    from PIL import Image as Pillow  # noqa: PLC0415  # 90 ms

    picture = _opened(image)
    picture.thumbnail((_COLORS_PX, _COLORS_PX), Pillow.Resampling.BOX)
    return linear(np.asarray(picture, np.float32) / np.float32(255))


def _shades(albedo: Floats, size: tuple[int, ...] | None) -> Bytes:
    """Return the rows of tables for albedo, laid over a picture of a size; one without."""
    if size is None:
        return _rows(albedo.mean(axis=(0, 1)))
    down, right = (
        np.arange(wide) * held // wide
        for wide, held in zip(size, albedo.shape[:2], strict=True)
    )
    placed: Bytes = _rows(albedo)[down[:, None], right]
    return placed


def _rows(albedo: Floats) -> Bytes:
    rows: Bytes = np.round(albedo.mean(axis=-1) * (_SHADES - 1)).astype(np.uint8)
    return rows


def _png(codes: Bytes) -> Image:
    from PIL import Image as Pillow  # noqa: PLC0415  # 90 ms

    content = io.BytesIO()
    Pillow.fromarray(codes).save(content, "PNG", compress_level=_QUICK)
    return Image(content.getvalue(), "image/png", "occlusion")
