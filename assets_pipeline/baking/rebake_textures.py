"""Rebake the textures of a dense textured surface onto a simplified one.

Simplifying under textures tears at the seams of their charts, and bends the frame of a
normal map. Here the light surface is laid out anew, and told what the dense one was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assets_pipeline.baking.ambient_occlusion import mean_texel_size
from assets_pipeline.baking.bake_scan import to_bytes
from assets_pipeline.baking.dilation import dilate, dilate_one_texel
from assets_pipeline.baking.material_sampling import MaterialSampler, SurfacePoints
from assets_pipeline.baking.unwrap import (
    BakeOptions,
    LightSurface,
    project_texels,
    simplify_and_unwrap,
)
from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.clone import clone_document
from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive
from assets_pipeline.gltf.geometry import to_tangent_space
from assets_pipeline.transforms.prune import drop_empty_nodes

if TYPE_CHECKING:
    from assets_pipeline.arrays import Uint8Array
    from assets_pipeline.baking.material_sampling import PictureName
    from assets_pipeline.baking.scan_detection import Scan
    from assets_pipeline.baking.unwrap import TexelHits
    from assets_pipeline.gltf.materials import Material


def rebake_textures(scan: Scan, options: BakeOptions | None = None) -> Document | None:
    """Return a textured scan's document with fewer triangles and rebaked textures.

    All that it shows is one primitive of one material, in the scene's frame. The scan
    stays as it is. None when it is not painted, or falls into so many pieces that
    pictures would be mostly edges.

    Raises
    ------
    MissingToolError
        If xatlas or embree is not installed.
    """
    chosen = options or BakeOptions()
    light = None if scan.textured is None else simplify_and_unwrap(scan, chosen)
    if scan.textured is None or light is None:
        return None
    sampler = MaterialSampler(scan.textured)
    pictures = _pictures(scan, sampler, light, chosen)
    return _shown(scan.document, light, sampler.make_material(pictures))


def _pictures(
    scan: Scan, sampler: MaterialSampler, light: LightSurface, options: BakeOptions
) -> dict[PictureName, Uint8Array]:
    """Return what the dense surface looks like at each texel of the light one."""
    edge = options.edge_px
    found: dict[PictureName, Uint8Array] = {
        name: np.zeros((edge, edge, 3), np.uint8) for name in sampler.names
    }
    is_known = np.zeros((edge, edge), bool)
    nearest = _Nearest(scan, light)
    width_m = mean_texel_size(light.surface, light.texels)
    for seen in project_texels(light, scan.shape, options.reach_ratio):
        at = seen.rows, seen.columns
        places = nearest.places(seen, width_m)
        is_known[at] = True
        for name, values in sampler.sample_bytes(places).items():
            found[name][at] = values
        if "relief" in found:
            turned = to_tangent_space(
                sampler.sample_normals(places), seen.normals, seen.tangents
            )
            found["relief"][at] = to_bytes(turned / np.float32(2) + np.float32(0.5))
    return {
        name: dilate(*dilate_one_texel(picture, is_known))
        for name, picture in found.items()
    }


class _Nearest:
    """Finds places of a dense surface for those of a light one: where rays come, or near.

    Where none does, it is the place where the nearest vertex stood before it moved.
    """

    def __init__(self, scan: Scan, light: LightSurface) -> None:
        count = len(scan.positions)
        self._triangles, self._corners = (np.zeros(count, np.int64) for _ in range(2))
        for corner in range(3):
            at = scan.triangles[:, corner]
            self._triangles[at] = np.arange(len(at))
            self._corners[at] = corner
        self._stood = light.places

    def places(self, seen: TexelHits, width_m: float) -> SurfacePoints:
        triangles = seen.hits.triangles.astype(np.int64)
        weights = seen.hits.weights.copy()
        lost = np.nonzero(~seen.hits.is_found)[0]
        rows = seen.weights[lost].argmax(axis=1)
        stood = self._stood[seen.corners[lost, rows]]
        triangles[lost] = self._triangles[stood]
        weights[lost] = np.eye(3, dtype=np.float32)[self._corners[stood]]
        return SurfacePoints(triangles.astype(np.uint32), weights, width_m)


def _shown(document: Document, light: LightSurface, material: Material) -> Document:
    """Return a document that shows the light surface in place of all it showed."""
    made, flat = clone_document(document), light.surface.laid
    held = {
        "POSITION": create_accessor(light.surface.positions[flat.rows]),
        "NORMAL": create_accessor(light.surface.normals[flat.rows]),
        "TEXCOORD_0": create_accessor(flat.uvs),
    }
    primitive = Primitive(held, create_accessor(flat.triangles.ravel()), material)
    for node in made.nodes():
        node.mesh = None
    made.scene.nodes.append(Node(name="repainted", mesh=Mesh([primitive])))
    drop_empty_nodes(made)
    return made
