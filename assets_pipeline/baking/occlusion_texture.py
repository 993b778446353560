"""Simplify a document and bake an ambient occlusion map of its dense original."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.baking.ambient_occlusion import (
    UnwrappedSurface,
    bake_occlusion_map,
)
from assets_pipeline.baking.bake_scan import make_texture_info
from assets_pipeline.baking.ray_casting import read_surface
from assets_pipeline.baking.unwrap import UnwrapOptions, unwrap
from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.clone import clone_document
from assets_pipeline.gltf.materials import matte_material
from assets_pipeline.transforms.simplify import SimplifyOptions, simplify

if TYPE_CHECKING:
    from assets_pipeline.arrays import Uint32Array
    from assets_pipeline.baking.ray_casting import DenseSurface
    from assets_pipeline.baking.unwrap import UnwrappedMesh
    from assets_pipeline.gltf.document import Document

_MOST_GROWN: Final = 1.5
"""How much larger than asked a picture may grow to hold every piece with its margin."""


@dataclass(frozen=True, slots=True)
class OcclusionTextureOptions:
    """Triangles of the simplified surface and edge of its occlusion map."""

    target_triangles: int = 50_000
    edge_px: int = 512
    """Of the picture; a power of two."""
    padding_px: int = 2
    """Between charts."""
    reach_ratio: float = 0.01
    """How far the light surface may lie from the dense one, of its size."""


def bake_occlusion_texture(
    document: Document,
    dense: DenseSurface,
    options: OcclusionTextureOptions | None = None,
) -> Document | None:
    """Return a document with fewer triangles and an occlusion map.

    All it shows is laid flat in one picture; the document stays as it is. None when it
    falls into so many pieces that the picture would be mostly margins, or lies inside.

    Parameters
    ----------
    document
        Clean, and one that `detail_of` gives the shape of.
    dense
        What it showed before it became light.
    options
        How light, and how fine.

    Raises
    ------
    MissingToolError
        If xatlas or embree is not installed.
    """
    chosen = options or OcclusionTextureOptions()
    light = clone_document(document)
    simplify(light, SimplifyOptions(target_triangles=chosen.target_triangles))
    shape = read_surface(light)
    layout = UnwrapOptions(chosen.edge_px, chosen.padding_px)
    laid = unwrap(shape.positions, shape.triangles, shape.normals, layout)
    if laid.edge_px > _MOST_GROWN * chosen.edge_px:
        return None
    flat = UnwrappedSurface(shape.positions, shape.normals, laid)
    is_same = len(shape.triangles) == len(dense.triangles)
    reach_ratio = 0.0 if is_same else chosen.reach_ratio
    picture = bake_occlusion_map(dense, flat, chosen.edge_px, reach_ratio=reach_ratio)
    if picture is None:
        return None
    info = make_texture_info(picture, "hollows")
    _lay(light, laid)
    for primitive in light.primitives():
        primitive.material = primitive.material or matte_material()
        primitive.material.occlusion_texture = info
    return light


def _lay(document: Document, laid: UnwrappedMesh) -> None:
    """Give every vertex its place in the picture; those where charts end are split."""
    start = row = 0
    for node in document.shown_nodes():
        for primitive in node.mesh.primitives if node.mesh is not None else ():
            count, vertices = len(primitive.triangles), primitive.positions.shape[0]
            triangles = laid.triangles[start : start + count]
            used, corners = np.unique(triangles, return_inverse=True)
            rows: Uint32Array = laid.rows[used] - np.uint32(row)
            primitive.attributes = {
                name: create_accessor(held.values[rows])
                for name, held in primitive.attributes.items()
            } | {"TEXCOORD_0": create_accessor(laid.uvs[used])}
            primitive.indices = create_accessor(corners.ravel().astype(np.uint32))
            start, row = start + count, row + vertices
