"""Flip the green channel of normal maps that depend on stored tangents."""

from __future__ import annotations

import io
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import TRIANGLES
from assets_pipeline.gltf.geometry import triangle_tangents
from assets_pipeline.images.decoding import open_image
from assets_pipeline.transforms.compress_textures import to_rgb_or_rgba

if TYPE_CHECKING:
    from assets_pipeline.gltf.document import Document, Primitive
    from assets_pipeline.gltf.materials import Image, Material, TextureInfo

_CORNERS: Final = 3
_FULL: Final = 255
_OTHER_HAND: Final = np.array([1, 1, 1, -1], np.float32)


@dataclass(frozen=True, slots=True)
class FlipNormalMapsOptions:
    """When a normal map counts as flipped."""

    least_ratio: float = 0.5
    """Of its triangles that must say so."""


def flip_normal_maps(
    document: Document, options: FlipNormalMapsOptions | None = None
) -> None:
    """Flip the green of normal maps that only fit their stored tangents.

    Some programs draw green downwards, and write tangents whose handedness says so.
    Whoever reads these sees the relief as it is; whoever derives them as glTF says
    (section 3.7.2.1), as Quick Look does, sees dents for bumps. With the green turned
    over, and the handedness, both see the same.

    Parameters
    ----------
    document
        Changed in place.
    options
        When to do so.

    Raises
    ------
    DamagedFileError, UnsupportedFormatError, LimitExceededError
        If a picture to turn over can't be decoded.
    """
    chosen = options or FlipNormalMapsOptions()
    worn: defaultdict[int, list[Primitive]] = defaultdict(list)
    for primitive in document.primitives():
        worn[id(primitive.material)].append(primitive)
    turned: dict[int, Image] = {}
    for material in document.materials():
        info = material.normal_texture
        wearers = worn[id(material)]
        if info is None or _flipped_ratio(wearers, info) <= chosen.least_ratio:
            continue
        image = info.texture.image
        if id(image) not in turned:
            turned[id(image)] = _flip_green(image)
        _replace_normal_map(material, info, turned[id(image)])
        for primitive in wearers:
            _flip_handedness(primitive)


def _flipped_ratio(primitives: list[Primitive], info: TextureInfo) -> float:
    """Return which part of triangles have tangents of the other hand than derived ones."""
    down = total = 0
    for primitive in primitives:
        if primitive.mode != TRIANGLES:
            continue
        tangents = primitive.attributes.get("TANGENT")
        uvs = primitive.attributes.get(f"TEXCOORD_{info.uv_set}")
        corners = primitive.flat_indices.reshape(-1, _CORNERS)
        total += len(corners)
        if tangents is None or uvs is None:
            continue
        derived = triangle_tangents(primitive.positions, corners, uvs.values[corners])
        written = tangents.values[corners][..., 3].sum(axis=1)
        down += int((written * derived[:, 3] * _uv_handedness(info) < 0).sum())
    return down / total if total else 0.0


def _uv_handedness(info: TextureInfo) -> float:
    """Return -1 where a picture is laid mirrored on its coordinates."""
    scale = (1.0, 1.0) if info.transform is None else info.transform.scale
    return -1.0 if scale[0] * scale[1] < 0 else 1.0


def _flip_green(image: Image) -> Image:
    from PIL import Image as Pillow  # noqa: PLC0415  # 90 ms

    picture = to_rgb_or_rgba(
        open_image(image.content, image.name or "image"), has_alpha=False
    )
    red, green, blue = picture.convert("RGB").split()
    over = green.point([_FULL - value for value in range(_FULL + 1)])
    out = io.BytesIO()
    Pillow.merge("RGB", (red, over, blue)).save(out, "PNG", compress_level=1)
    return replace(image, content=out.getvalue(), media_type="image/png")


def _replace_normal_map(material: Material, info: TextureInfo, image: Image) -> None:
    texture = replace(info.texture, image=image)
    material.normal_texture = replace(info, texture=texture)


def _flip_handedness(primitive: Primitive) -> None:
    tangents = primitive.attributes.get("TANGENT")
    if tangents is not None:
        mirrored = tangents.values.astype(np.float32) * _OTHER_HAND
        primitive.attributes["TANGENT"] = create_accessor(mirrored)
