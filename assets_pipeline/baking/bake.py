"""A scan as a light surface with pictures of its colours, its relief and its hollows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.baking.filling import filled
from assets_pipeline.baking.frames import in_frame, tangents_of
from assets_pipeline.baking.pictures import texture_info
from assets_pipeline.baking.shadows import Flat, shadows
from assets_pipeline.baking.shapes import Shape, mixed
from assets_pipeline.baking.texels import covered_texels
from assets_pipeline.baking.unwrapping import UnwrapOptions, unwrapped
from assets_pipeline.gltf.accessors import accessor
from assets_pipeline.gltf.copying import copied
from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive, Scene
from assets_pipeline.gltf.geometry import unit
from assets_pipeline.gltf.materials import Material, matte
from assets_pipeline.media.colors import srgb
from assets_pipeline.transforms.simplify import SimplifyOptions, simplify

if TYPE_CHECKING:
    import numpy.typing as npt

    from assets_pipeline.baking.scans import Scan
    from assets_pipeline.baking.texels import Texels
    from assets_pipeline.gltf.accessors import FloatArray
    from assets_pipeline.gltf.materials import TextureInfo

    Bytes = npt.NDArray[np.uint8]

_BAND: Final = 400_000  # texels at once, which bounds memory
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
    hollows_edge_px: int = 0
    """Of a picture of what light reaches each place; a power of two, 0 for none."""


@dataclass(frozen=True, slots=True)
class _Light:
    """The light surface, laid flat."""

    surface: Flat
    colors: FloatArray | None


def baked(scan: Scan, options: BakeOptions | None = None) -> Document | None:
    """Return a scan's document with fewer triangles, its detail in pictures.

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
    flat = light.surface.laid
    texels = covered_texels(flat.uvs, flat.triangles, chosen.edge_px)
    if len(texels.rows) < _LEAST_COVER * chosen.edge_px**2:
        return None
    dense = Shape(scan.positions, scan.triangles, scan.normals)
    pictures = _pictures(dense, scan.colors, light, texels, chosen)
    if chosen.hollows_edge_px:
        pictures.hollows = shadows(
            dense,
            light.surface,
            chosen.hollows_edge_px,
            reach_ratio=chosen.reach_ratio,
        )
    document = copied(scan.document)
    primitive = document.primitives()[0]
    primitive.attributes = {
        "POSITION": accessor(light.surface.positions[flat.rows]),
        "NORMAL": accessor(light.surface.normals[flat.rows]),
        "TEXCOORD_0": accessor(flat.uvs),
    }
    primitive.indices = accessor(flat.triangles.ravel())
    primitive.material = replace(
        primitive.material or matte(),
        base_color_texture=_info(pictures.colors, "colours"),
        normal_texture=_info(pictures.relief, "relief"),
        occlusion_texture=_info(pictures.hollows, "hollows"),
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
    colors = None if scan.colors is None else scan.colors[used]
    return _Light(Flat(positions, normals, flat), colors)


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


@dataclass(slots=True)
class _Pictures:
    """(edge, edge, 3) uint8 each, where there is one."""

    colors: Bytes | None
    """sRGB."""
    relief: Bytes
    """Directions of a normal map."""
    hollows: Bytes | None = None
    """Of an edge of its own."""


def _pictures(
    dense: Shape,
    colors: FloatArray | None,
    light: _Light,
    texels: Texels,
    options: BakeOptions,
) -> _Pictures:
    """Return what the dense surface is like at each texel of the light one."""
    edge = options.edge_px
    shown, relief = (np.zeros((edge, edge, 3), np.uint8) for _ in range(2))
    is_known = np.zeros((edge, edge), bool)
    surface = light.surface
    corners, uvs = surface.corners, surface.laid.uvs[surface.laid.triangles]
    tangents = tangents_of(surface.positions, corners, uvs)
    for start in range(0, len(texels.rows), _BAND):
        band = slice(start, start + _BAND)
        owners, weights = texels.triangles[band], texels.weights[band]
        at = corners[owners]
        points = mixed(surface.positions, at, weights)
        normals = unit(mixed(surface.normals, at, weights).astype(np.float64))
        shaded = normals.astype(np.float32)
        hits = dense.surface.nearest(points, shaded, options.reach_ratio)
        seen = dense.triangles[hits.triangles.clip(0)]
        is_found = hits.is_found[:, None]
        directions = np.where(
            is_found, mixed(dense.normals, seen, hits.weights), shaded
        )
        turned = in_frame(directions, shaded, tangents[owners].astype(np.float32))
        rows, columns = texels.rows[band], texels.columns[band]
        relief[rows, columns] = _bytes(turned / np.float32(2) + np.float32(0.5))
        is_known[rows, columns] = True
        if colors is not None and light.colors is not None:
            there = np.where(
                is_found,
                mixed(colors, seen, hits.weights),
                mixed(light.colors, at, weights),
            )
            shown[rows, columns] = _bytes(srgb(there.astype(np.float32).clip(0, 1)))
    relief = filled(relief, is_known)
    return _Pictures(None if colors is None else filled(shown, is_known), relief)


def _bytes(values: FloatArray) -> Bytes:
    return np.round(values * np.float32(255)).astype(np.uint8)


def _info(picture: Bytes | None, name: str) -> TextureInfo | None:
    return None if picture is None else texture_info(picture, name)
