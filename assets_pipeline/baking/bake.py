"""A scan as a light surface with pictures of its colours and its relief."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.accessors import accessor
from assets_pipeline.baking.filling import filled
from assets_pipeline.baking.frames import in_frame, tangents_of
from assets_pipeline.baking.rays import Surface
from assets_pipeline.baking.texels import Texels, covered_texels
from assets_pipeline.baking.unwrapping import UnwrapOptions, Unwrapped, unwrapped
from assets_pipeline.colors import srgb
from assets_pipeline.copying import copied
from assets_pipeline.document import Document, Mesh, Node, Primitive, Scene
from assets_pipeline.geometry import unit
from assets_pipeline.materials import (
    Image,
    Material,
    Sampler,
    Texture,
    TextureInfo,
    matte,
)
from assets_pipeline.transforms.simplify import SimplifyOptions, simplify

if TYPE_CHECKING:
    import numpy.typing as npt

    from assets_pipeline.accessors import FloatArray, IndexArray
    from assets_pipeline.baking.scans import Scan

    Bytes = npt.NDArray[np.uint8]

_BAND: Final = 400_000  # texels at once, which bounds memory
_CLAMPED: Final = 33071
_LEAST_COVER: Final = 0.2  # of a picture; a saxophone with all its keys covers 0.42


@dataclass(frozen=True, slots=True)
class BakeOptions:
    """How light the surface becomes, and how fine its pictures."""

    target_triangles: int = 50_000
    edge_px: int = 2048
    """Of the pictures; a power of two."""
    padding_px: int = 2
    """Between charts."""
    reach_ratio: float = 0.01
    """How far the light surface may lie from the dense one, of its size."""
    normal_weight: float = 0.3
    """How much the light surface's shading counts beside its shape."""


@dataclass(frozen=True, slots=True)
class _Light:
    """The light surface, laid flat."""

    positions: FloatArray
    normals: FloatArray
    colors: FloatArray
    flat: Unwrapped


def baked(scan: Scan, options: BakeOptions | None = None) -> Document | None:
    """Return a scan's document with fewer triangles, its detail in two pictures.

    Colours and relief come from rays between both surfaces; where none meets the
    dense one, from the light one's own vertices. The scan stays as it is. None when it
    falls into so many pieces that pictures would be mostly edges.

    Raises
    ------
    MissingToolError
        If xatlas or embree is not installed.
    """
    chosen = options or BakeOptions()
    light = _lightened(scan, chosen)
    texels = covered_texels(light.flat.uvs, light.flat.triangles, chosen.edge_px)
    if len(texels.rows) < _LEAST_COVER * chosen.edge_px**2:
        return None
    colors, relief = _pictures(scan, light, texels, chosen)
    document = copied(scan.document)
    primitive = document.primitives()[0]
    flat = light.flat
    primitive.attributes = {
        "POSITION": accessor(light.positions[flat.rows]),
        "NORMAL": accessor(light.normals[flat.rows]),
        "TEXCOORD_0": accessor(flat.uvs),
    }
    primitive.indices = accessor(flat.triangles.ravel())
    primitive.material = replace(
        primitive.material or matte(),
        base_color_texture=_info(colors, "colours"),
        normal_texture=_info(relief, "relief"),
    )
    return document


def _lightened(scan: Scan, options: BakeOptions) -> _Light:
    kept = _simplified(scan, options)
    used, corners = np.unique(kept.flat_indices, return_inverse=True)
    triangles = corners.reshape(-1, 3).astype(np.uint32)
    positions, normals = (
        kept.attributes[name].values[used] for name in ("POSITION", "NORMAL")
    )
    layout = UnwrapOptions(options.edge_px, options.padding_px)
    flat = unwrapped(positions, triangles, normals, layout)
    return _Light(positions, normals, scan.colors[used], flat)


def _simplified(scan: Scan, options: BakeOptions) -> Primitive:
    """Return fewer triangles over the scan's vertices, moved a little."""
    attributes = {
        "POSITION": accessor(scan.positions),
        "NORMAL": accessor(scan.normals),
    }
    primitive = Primitive(attributes, accessor(scan.triangles.ravel()), Material())
    scene = Scene([Node(mesh=Mesh([primitive]))])
    wanted = SimplifyOptions(
        target_triangles=options.target_triangles, normal_weight=options.normal_weight
    )
    simplify(Document([scene], scene), wanted)
    return primitive


def _pictures(
    scan: Scan, light: _Light, texels: Texels, options: BakeOptions
) -> tuple[Bytes, Bytes]:
    """Return (edge, edge, 3) sRGB colours and directions of a normal map."""
    edge = options.edge_px
    colors, relief = (np.zeros((edge, edge, 3), np.uint8) for _ in range(2))
    is_known = np.zeros((edge, edge), bool)
    # Not by their winding, which exports get wrong while their normals are right.
    facing = scan.normals[scan.triangles].sum(axis=1)
    surface = Surface(scan.positions, scan.triangles, facing)
    flat = light.flat
    corners = flat.rows[flat.triangles]
    tangents = tangents_of(light.positions, corners, flat.uvs[flat.triangles])
    for start in range(0, len(texels.rows), _BAND):
        band = slice(start, start + _BAND)
        owners, weights = texels.triangles[band], texels.weights[band]
        at = corners[owners]
        points = _mixed(light.positions, at, weights)
        normals = unit(_mixed(light.normals, at, weights).astype(np.float64))
        shaded = normals.astype(np.float32)
        hits = surface.nearest(points, shaded, options.reach_ratio)
        seen = scan.triangles[hits.triangles.clip(0)]
        is_found = hits.is_found[:, None]
        light_there = np.where(
            is_found,
            _mixed(scan.colors, seen, hits.weights),
            _mixed(light.colors, at, weights),
        )
        directions = np.where(
            is_found, _mixed(scan.normals, seen, hits.weights), shaded
        )
        turned = in_frame(directions, shaded, tangents[owners].astype(np.float32))
        rows, columns = texels.rows[band], texels.columns[band]
        colors[rows, columns] = _bytes(srgb(light_there.astype(np.float32).clip(0, 1)))
        relief[rows, columns] = _bytes(turned / np.float32(2) + np.float32(0.5))
        is_known[rows, columns] = True
    return filled(colors, is_known), filled(relief, is_known)


def _mixed(values: FloatArray, corners: IndexArray, weights: FloatArray) -> FloatArray:
    """Return (n, k) values within triangles, from those at their corners."""
    found = values[corners[:, 0]] * weights[:, :1]
    for corner in (1, 2):
        found += values[corners[:, corner]] * weights[:, corner : corner + 1]
    return found


def _bytes(values: FloatArray) -> Bytes:
    return np.round(values * np.float32(255)).astype(np.uint8)


def _info(picture: Bytes, name: str) -> TextureInfo:
    from PIL import Image as Pillow  # noqa: PLC0415  # 90 ms

    content = io.BytesIO()
    Pillow.fromarray(picture).save(content, "PNG", compress_level=1)
    image = Image(content.getvalue(), "image/png", name)
    # Charts end at the picture's edges, where nothing is to come round.
    return TextureInfo(Texture(image, Sampler(_CLAMPED, _CLAMPED)))
