"""Replace textures of one colour by material factors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.errors.exceptions import AssetError
from assets_pipeline.images.color import srgb_to_linear
from assets_pipeline.images.decoding import open_image

if TYPE_CHECKING:
    from collections.abc import Callable

    from assets_pipeline.gltf.document import Document
    from assets_pipeline.gltf.materials import Image, Material, TextureInfo

    ColorOf = Callable[[TextureInfo | None], "Color | None"]

Color = tuple[float, float, float, float]
_FLAT = (0.5, 0.5, 1.0)
_FEW_PX: Final = 64
_EIGHT_BITS = ("1", "L", "LA", "P", "PA", "RGB", "RGBA")


@dataclass(frozen=True, slots=True)
class ReplaceSolidTexturesOptions:
    """What counts as one colour."""

    most_difference: int = 1
    """Between texels, of 255: what a JPEG adds to an even ground."""


def replace_solid_textures(
    document: Document, options: ReplaceSolidTexturesOptions | None = None
) -> None:
    """Replace each core texture of one colour by a factor.

    Normal maps without relief go, and so do occlusion maps without shadow. What
    extensions name stays, and so does a picture that can't be decoded.
    """
    chosen = options or ReplaceSolidTexturesOptions()
    colors: dict[int, Color | None] = {}

    def color_of(info: TextureInfo | None) -> Color | None:
        if info is None:
            return None
        image = info.texture.image
        if id(image) not in colors:
            colors[id(image)] = _solid_color(image, chosen.most_difference)
        return colors[id(image)]

    for material in document.materials():
        _replace_base_color(material, color_of)
        _replace_metallic_roughness(material, color_of)
        _replace_emissive(material, color_of)
        _drop_flat_maps(material, color_of)


def _replace_base_color(material: Material, color_of: ColorOf) -> None:
    found = color_of(material.base_color_texture)
    if found is not None:
        red, green, blue = _to_linear(found)
        factor = material.base_color_factor
        shown = (red, green, blue, found[3])
        a, b, c, d = (f * s for f, s in zip(factor, shown, strict=True))
        material.base_color_factor = (a, b, c, d)
        material.base_color_texture = None


def _replace_metallic_roughness(material: Material, color_of: ColorOf) -> None:
    found = color_of(material.metallic_roughness_texture)
    if found is not None:
        material.roughness_factor *= found[1]
        material.metallic_factor *= found[2]
        material.metallic_roughness_texture = None


def _replace_emissive(material: Material, color_of: ColorOf) -> None:
    found = color_of(material.emissive_texture)
    if found is not None:
        light = zip(material.emissive_factor, _to_linear(found), strict=True)
        red, green, blue = (f * s for f, s in light)
        material.emissive_factor = (red, green, blue)
        material.emissive_texture = None


def _drop_flat_maps(material: Material, color_of: ColorOf) -> None:
    relief = color_of(material.normal_texture)
    if relief is not None and np.allclose(relief[:3], _FLAT, atol=1.5 / 255):
        material.normal_texture = None
    shadow = color_of(material.occlusion_texture)
    if shadow is not None and shadow[0] >= 1:
        material.occlusion_texture = None


def _solid_color(image: Image, most_difference: int) -> Color | None:
    """Return the colour of a picture of one colour, stored values from 0 to 1."""
    from PIL import Image as Pillow  # noqa: PLC0415  # 90 ms

    try:
        picture = open_image(image.content, image.name or "image")
    except AssetError:
        return None
    if picture.mode not in _EIGHT_BITS:
        return None
    # Most pictures differ between a few texels from all over: these are asked first.
    few = (min(_FEW_PX, picture.width), min(_FEW_PX, picture.height))
    for part in (picture.resize(few, Pillow.Resampling.NEAREST), picture):
        bands = part.convert("RGBA").getextrema()
        pairs = [band for band in bands if isinstance(band, tuple)]
        if any(high - low > most_difference for low, high in pairs):
            return None
    red, green, blue, alpha = (
        float(np.asarray(band, np.float64).mean()) / 255
        for band in picture.convert("RGBA").split()
    )
    return red, green, blue, alpha


def _to_linear(color: Color) -> tuple[float, float, float]:
    red, green, blue = (
        float(v) for v in srgb_to_linear(np.array(color[:3], np.float32))
    )
    return red, green, blue
