"""Convert specular-glossiness materials to metallic-roughness.

KHR_materials_pbrSpecularGlossiness is archived: three.js dropped it, USD never had it.
Reflections of a surface that is no metal are taken for 4 % of the light, and what is
brighter for metal's; the colour under it is what keeps the light of both together.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.gltf.materials import Image, Texture, TextureInfo
from assets_pipeline.images.color import linear_to_srgb, srgb_to_linear
from assets_pipeline.images.decoding import open_image
from assets_pipeline.transforms.compress_textures import resize_by_band

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image as Pixels

    from assets_pipeline.arrays import Float32Array, Uint8Array
    from assets_pipeline.gltf.document import Document
    from assets_pipeline.gltf.materials import Material, Payload


EXTENSION: Final = "KHR_materials_pbrSpecularGlossiness"
_DULL: Final = 0.04
"""What a surface that is no metal gives back, seen from the front."""
_MOST_PX: Final = 4096
_ROWS: Final = 256
_LIGHT: Final = srgb_to_linear(np.arange(256, dtype=np.float32) / np.float32(255))
_WEIGHTS: Final = np.array((0.299, 0.587, 0.114), np.float32)
"""Of red, green and blue in how bright a colour seems (HSP)."""
_BLACK: Final = 1e-6


@dataclass(frozen=True, slots=True)
class _SpecularGlossiness:
    """Factors of one specular-glossiness material, without textures."""

    diffuse: tuple[float, ...]
    """Red, green, blue, opacity."""
    specular: tuple[float, ...]
    glossiness: float
    color: TextureInfo | None
    shine: TextureInfo | None


def metal_rough(document: Document) -> None:
    """Convert each specular-glossiness material to the nearest metallic-roughness.

    What a file also says for viewers that know no such material gives way, as the
    extension asks. Pictures of colours and of reflections that lie differently can't be
    weighed texel by texel: of the second the mean is taken.

    Parameters
    ----------
    document
        Changed in place. No image is KTX2.

    Raises
    ------
    AssetError
        If a picture can't be decoded.
    """
    made: dict[tuple[object, ...], tuple[Image, Image]] = {}
    for material in document.materials():
        payload = material.extensions.pop(EXTENSION, None)
        if isinstance(payload, dict):
            material.base_color_texture = material.metallic_roughness_texture = None
            _convert_material(material, _read_extension(payload), made)


def _read_extension(payload: dict[str, Payload]) -> _SpecularGlossiness:
    color, shine = (
        info if isinstance(info, TextureInfo) else None
        for info in map(payload.get, ("diffuseTexture", "specularGlossinessTexture"))
    )
    (glossiness,) = _read_numbers([payload.get("glossinessFactor", 1.0)], 1)
    return _SpecularGlossiness(
        _read_numbers(payload.get("diffuseFactor"), 4),
        _read_numbers(payload.get("specularFactor"), 3),
        glossiness,
        color,
        shine,
    )


def _read_numbers(value: Payload, count: int) -> tuple[float, ...]:
    """Return numbers from 0 to 1; 1 for all, where a file says something else."""
    if not isinstance(value, list) or len(value) != count:
        return (1.0,) * count
    found = [float(v) if isinstance(v, int | float) else 1.0 for v in value]
    return tuple(min(1.0, max(0.0, v)) if v == v else 1.0 for v in found)  # noqa: PLR0124  # not a number


def _convert_material(
    material: Material,
    given: _SpecularGlossiness,
    made: dict[tuple[object, ...], tuple[Image, Image]],
) -> None:
    if given.color and given.shine and not _share_coordinates(given.color, given.shine):
        given = _convert_factors(given)
    info = given.shine or given.color
    if info is None:
        base, metal = _solve_metallic(
            np.array(given.diffuse[:3], np.float32),
            np.array(given.specular, np.float32),
        )
        red, green, blue = (float(v) for v in base)
        material.base_color_factor = (red, green, blue, given.diffuse[3])
        material.metallic_factor = float(metal)
        material.roughness_factor = 1 - given.glossiness
        return
    key = (
        *(use and use.texture.image for use in (given.color, given.shine)),
        *(given.diffuse, given.specular, given.glossiness),
    )
    if key not in made:
        made[key] = _convert_textures(given)
    base_image, rough_image = made[key]
    material.base_color_factor = (1.0, 1.0, 1.0, given.diffuse[3])
    material.metallic_factor = material.roughness_factor = 1
    material.base_color_texture = _resize_to(info, base_image)
    material.metallic_roughness_texture = _resize_to(info, rough_image)


def _share_coordinates(one: TextureInfo, other: TextureInfo) -> bool:
    return (one.uv_set, one.transform, one.texture.sampler) == (
        other.uv_set,
        other.transform,
        other.texture.sampler,
    )


def _convert_factors(given: _SpecularGlossiness) -> _SpecularGlossiness:
    """Return a material whose reflections are everywhere the mean of its picture."""
    if given.shine is None:
        return given
    small = _scaled(_pixels(given.shine.texture.image), (64, 64))
    values = np.asarray(small, np.uint8).reshape(-1, 4)
    light = _LIGHT[values[:, :3]].mean(axis=0)
    specular = tuple(float(s * v) for s, v in zip(given.specular, light, strict=True))
    glossiness = given.glossiness * float(values[:, 3].mean()) / 255
    return replace(given, specular=specular, glossiness=glossiness, shine=None)


def _convert_textures(given: _SpecularGlossiness) -> tuple[Image, Image]:
    """Return the pictures of colour, and of roughness and metal."""
    from PIL import Image as Pillow  # noqa: PLC0415  # 90 ms

    color, shine = (
        None if use is None else _pixels(use.texture.image)
        for use in (given.color, given.shine)
    )
    sizes = [picture.size for picture in (color, shine) if picture is not None]
    size = max(width for width, _ in sizes), max(height for _, height in sizes)
    both = tuple(
        None if picture is None else _scaled(picture, size)
        for picture in (color, shine)
    )
    parts = [_strip(given, strip) for strip in _strips(both, size[1])]
    base, rough = (np.concatenate(strips) for strips in zip(*parts, strict=True))
    if (base[..., 3] == 255).all():  # noqa: PLR2004  # of a byte
        base = base[..., :3]
    images = []
    for pixels, name in ((base, "color"), (rough, "roughness and metal")):
        content = io.BytesIO()
        Pillow.fromarray(pixels).save(content, "PNG", compress_level=1)
        images.append(Image(content.getvalue(), "image/png", name))
    return images[0], images[1]


def _pixels(image: Image) -> Pixels:
    picture = open_image(image.content, image.name or "image").convert("RGBA")
    shrink = min(1.0, _MOST_PX / max(picture.size))
    width, height = (max(1, round(edge * shrink)) for edge in picture.size)
    return _scaled(picture, (width, height))


def _scaled(picture: Pixels, size: tuple[int, int]) -> Pixels:
    """Return a picture of another size; glossiness is kept as opacity, and weighs nothing."""
    from PIL import Image as Pillow  # noqa: PLC0415  # 90 ms

    is_other = picture.size != size
    return (
        resize_by_band(picture, size, Pillow.Resampling.BILINEAR)
        if is_other
        else picture
    )


def _strips(
    pictures: tuple[Pixels | None, ...], height: int
) -> Iterator[tuple[Uint8Array | None, ...]]:
    """Give both pictures some rows at a time: large ones would fill the memory."""
    for top in range(0, height, _ROWS):
        end = min(height, top + _ROWS)
        yield tuple(
            None if p is None else np.asarray(p.crop((0, top, p.width, end)), np.uint8)
            for p in pictures
        )


def _strip(
    given: _SpecularGlossiness, strips: tuple[Uint8Array | None, ...]
) -> tuple[Uint8Array, Uint8Array]:
    """Return (h, w, 4) colours and (h, w, 3) roughness and metal, of some rows."""
    color, shine = strips
    shape = next(s.shape[:2] for s in strips if s is not None)
    diffuse = np.broadcast_to(np.array(given.diffuse[:3], np.float32), (*shape, 3))
    specular = np.broadcast_to(np.array(given.specular, np.float32), (*shape, 3))
    alpha = np.full(shape, 255, np.uint8)
    glossiness = np.full(shape, given.glossiness, np.float32)
    if color is not None:
        diffuse, alpha = diffuse * _LIGHT[color[..., :3]], color[..., 3]
    if shine is not None:
        specular = specular * _LIGHT[shine[..., :3]]
        glossiness *= shine[..., 3] / np.float32(255)
    base, metal = _solve_metallic(diffuse, specular)
    colors = np.concatenate(
        [_encode_image(linear_to_srgb(base)), alpha[..., None]], axis=-1
    )
    measured = np.stack([np.zeros_like(metal), 1 - glossiness, metal], axis=-1)
    return colors, _encode_image(measured)


def _solve_metallic(
    diffuse: Float32Array, specular: Float32Array
) -> tuple[Float32Array, Float32Array]:
    """Return the colour and how far it is metal, that reflect as much as both given.

    Parameters
    ----------
    diffuse, specular : (..., 3) float32
        Linear.

    Returns
    -------
    (..., 3) and (...) float32
        Of the two equations that the extension's specification gives (metal of how
        bright both seem), the positive root.
    """
    strongest = specular.max(axis=-1)
    under, over = (np.sqrt((c * c) @ _WEIGHTS) for c in (diffuse, specular))
    kept = (1 - strongest) / np.float32(1 - _DULL)
    b = under * kept + over - 2 * _DULL
    root = np.sqrt(np.maximum(b * b - 4 * _DULL * (_DULL - over), 0))
    metal = np.where(over < _DULL, 0, ((root - b) / (2 * _DULL)).clip(0, 1))
    metal = metal.astype(np.float32)[..., None]
    dull = diffuse * (kept[..., None] / np.maximum(1 - metal, _BLACK))
    shiny = (specular - _DULL * (1 - metal)) / np.maximum(metal, _BLACK)
    part = metal * metal
    base = (dull * (1 - part) + shiny.clip(0, 1) * part).clip(0, 1)
    return base.astype(np.float32), metal[..., 0]


def _resize_to(info: TextureInfo, image: Image) -> TextureInfo:
    return replace(info, texture=Texture(image, info.texture.sampler))


def _encode_image(values: Float32Array) -> Uint8Array:
    return np.round(values.clip(0, 1) * np.float32(255)).astype(np.uint8)
