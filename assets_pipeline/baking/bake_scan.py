"""Bake a vertex-coloured scan into a light mesh with colour, normal and occlusion maps."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.baking.ambient_occlusion import bake_occlusion_map
from assets_pipeline.baking.dilation import dilate
from assets_pipeline.baking.ray_casting import interpolate
from assets_pipeline.baking.unwrap import (
    BakeOptions,
    LightSurface,
    project_texels,
    simplify_and_unwrap,
)
from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.clone import clone_document
from assets_pipeline.gltf.geometry import to_tangent_space
from assets_pipeline.gltf.materials import (
    Image,
    Sampler,
    Texture,
    TextureInfo,
    matte_material,
)
from assets_pipeline.images.color import linear_to_srgb

if TYPE_CHECKING:
    from assets_pipeline.arrays import Float32Array, Uint8Array
    from assets_pipeline.baking.scan_detection import Scan
    from assets_pipeline.gltf.document import Document


_CLAMPED: Final = 33071


def bake_scan(scan: Scan, options: BakeOptions | None = None) -> Document | None:
    """Return a scan's document with fewer triangles, its detail in textures.

    Colours and relief come from rays between both surfaces; where none meets the
    dense one, from the light one's own vertices. The scan stays as it is. None when it
    falls into so many pieces that pictures would be mostly edges.

    Raises
    ------
    MissingToolError
        If xatlas or embree is not installed.
    """
    chosen = options or BakeOptions()
    light = simplify_and_unwrap(scan, chosen)
    if light is None:
        return None
    flat = light.surface.laid
    pictures = _pictures(scan, light, chosen)
    if chosen.occlusion_edge_px:
        pictures.occlusion = bake_occlusion_map(
            scan.shape,
            light.surface,
            chosen.occlusion_edge_px,
            reach_ratio=chosen.reach_ratio,
        )
    document = clone_document(scan.document)
    primitive = document.primitives()[0]
    primitive.attributes = {
        "POSITION": create_accessor(light.surface.positions[flat.rows]),
        "NORMAL": create_accessor(light.surface.normals[flat.rows]),
        "TEXCOORD_0": create_accessor(flat.uvs),
    }
    primitive.indices = create_accessor(flat.triangles.ravel())
    primitive.material = replace(
        primitive.material or matte_material(),
        base_color_texture=_info(pictures.colors, "colours"),
        normal_texture=_info(pictures.relief, "relief"),
        occlusion_texture=_info(pictures.occlusion, "hollows"),
    )
    return document


@dataclass(slots=True)
class _Pictures:
    """(edge, edge, 3) uint8 each, where there is one."""

    colors: Uint8Array | None
    """sRGB."""
    relief: Uint8Array
    """Directions of a normal map."""
    occlusion: Uint8Array | None = None
    """Of an edge of its own."""


def _pictures(scan: Scan, light: LightSurface, options: BakeOptions) -> _Pictures:
    """Return what the dense surface is like at each texel of the light one."""
    edge, dense = options.edge_px, scan.shape
    shown, relief = (np.zeros((edge, edge, 3), np.uint8) for _ in range(2))
    is_known = np.zeros((edge, edge), bool)
    for seen in project_texels(light, dense, options.reach_ratio):
        place = seen.rows, seen.columns
        is_found = seen.hits.is_found[:, None]
        there = dense.triangles[seen.hits.triangles.clip(0)]
        weights = seen.hits.weights
        directions = np.where(
            is_found, interpolate(dense.normals, there, weights), seen.normals
        )
        turned = to_tangent_space(directions, seen.normals, seen.tangents)
        relief[place] = to_bytes(turned / np.float32(2) + np.float32(0.5))
        is_known[place] = True
        if scan.colors is not None:
            own = interpolate(scan.colors[light.places], seen.corners, seen.weights)
            color = np.where(is_found, interpolate(scan.colors, there, weights), own)
            shown[place] = to_bytes(linear_to_srgb(color.astype(np.float32)))
    relief = dilate(relief, is_known)
    return _Pictures(None if scan.colors is None else dilate(shown, is_known), relief)


def _info(picture: Uint8Array | None, name: str) -> TextureInfo | None:
    return None if picture is None else make_texture_info(picture, name)


def make_texture_info(picture: Uint8Array, name: str) -> TextureInfo:
    """Return a texture info of (n, n, 3) values over an unwrapped surface."""
    from PIL import Image as Pillow  # noqa: PLC0415  # 90 ms

    content = io.BytesIO()
    Pillow.fromarray(picture).save(content, "PNG", compress_level=1)
    image = Image(content.getvalue(), "image/png", name)
    # Charts end at the picture's edges, where nothing is to come round.
    return TextureInfo(Texture(image, Sampler(_CLAMPED, _CLAMPED)))


def to_bytes(values: Float32Array) -> Uint8Array:
    """Return values from 0 to 1 as bytes."""
    return np.round(values.clip(0, 1) * np.float32(255)).astype(np.uint8)
