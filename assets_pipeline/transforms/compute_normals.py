"""Compute missing normals and tangents, and repair invalid ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import TRIANGLES
from assets_pipeline.gltf.geometry import (
    corner_normals,
    lengths,
    normalize,
    repair_normals,
    triangle_tangents,
)
from assets_pipeline.gltf.materials import needs_tangents
from assets_pipeline.transforms.equal_primitives import transform_distinct
from assets_pipeline.transforms.weld import take_vertices, unique_rows

if TYPE_CHECKING:
    from assets_pipeline.arrays import Float32Array, Uint32Array
    from assets_pipeline.gltf.document import Document, Primitive


@dataclass(frozen=True, slots=True)
class ComputeNormalsOptions:
    """How missing normals are computed."""

    crease_deg: float = 60.0
    """Edges sharper than this stay sharp."""


def compute_normals(
    document: Document, options: ComputeNormalsOptions | None = None
) -> None:
    """Compute missing normals, repair zero ones, and normalize tangents.

    A vertex on a sharp edge becomes one vertex a side; weld afterwards. What is faceted
    has no other edges.
    """
    chosen = options or ComputeNormalsOptions()
    transform_distinct(document.primitives(), partial(_complete, options=chosen))


def _complete(primitive: Primitive, *, options: ComputeNormalsOptions) -> None:
    if primitive.mode != TRIANGLES:
        return
    if "NORMAL" in primitive.attributes:
        _repair(primitive)
    else:
        is_flat = primitive.is_faceted and not _is_unlit(primitive)
        _compute(primitive, 0.0 if is_flat else options.crease_deg)
    if "TANGENT" in primitive.attributes:
        _repair_tangents(primitive)
    is_asked = primitive.material is not None and needs_tangents(primitive.material)
    if is_asked and "TANGENT" not in primitive.attributes:
        primitive.attributes["TANGENT"] = create_accessor(_tangents(primitive))


def _is_unlit(primitive: Primitive) -> bool:
    material = primitive.material
    return material is not None and "KHR_materials_unlit" in material.extensions


def _repair(primitive: Primitive) -> None:
    held = primitive.attributes["NORMAL"].values
    if (np.abs(lengths(held) - 1) > 5e-4).any():  # noqa: PLR2004  # the validator's tolerance
        repaired = repair_normals(held, primitive.positions, primitive.triangles)
        primitive.attributes["NORMAL"] = create_accessor(repaired)


def _compute(primitive: Primitive, crease_deg: float) -> None:
    triangles = primitive.triangles
    places, merged = _merge_positions(primitive.positions, triangles)
    found = corner_normals(places, merged, crease_deg=crease_deg)
    take_vertices(primitive, triangles.ravel())
    primitive.indices = create_accessor(np.arange(triangles.size, dtype=np.uint32))
    position = {"POSITION": primitive.attributes.pop("POSITION")}
    primitive.attributes = {
        **position,
        "NORMAL": create_accessor(found),
        **primitive.attributes,
    }


def _merge_positions(
    positions: Float32Array, triangles: Uint32Array
) -> tuple[Float32Array, Uint32Array]:
    """Return the places of a mesh, each once, and its triangles over them."""
    zero = np.float32(0)
    rows = np.ascontiguousarray(positions + zero).view(np.uint8)
    first, inverse = unique_rows(rows.reshape(len(positions), -1))
    return positions[first], inverse[triangles]


def _tangents(primitive: Primitive) -> Float32Array:
    """Return (n, 4) unit tangents: the way u grows around each vertex, and its hand.

    Where a mesh has no coordinates, any direction along its surface.
    """
    triangles = primitive.triangles
    normal = primitive.attributes["NORMAL"].values.astype(np.float64)
    found = np.zeros((len(normal), 4))
    if "TEXCOORD_0" in primitive.attributes:
        uvs = primitive.attributes["TEXCOORD_0"].values[triangles]
        each = triangle_tangents(primitive.positions, triangles, uvs)
        for axis in range(4):
            weights = np.repeat(each[:, axis], 3)
            corners = triangles.ravel()
            found[:, axis] = np.bincount(corners, weights, minlength=len(normal))
    along = found[:, :3] - np.einsum("ij,ij->i", found[:, :3], normal)[:, None] * normal
    is_lost = lengths(along) <= 1e-6  # noqa: PLR2004  # against normals of 1
    # The axis that a normal leans to least is never along it.
    any_axis = np.eye(3)[np.abs(normal).argmin(axis=1)]
    along[is_lost] = np.cross(normal, any_axis)[is_lost]
    hand = np.where(found[:, 3:] < 0, -1.0, 1.0)
    return np.concatenate([normalize(along), hand], axis=1).astype(np.float32)


def _repair_tangents(primitive: Primitive) -> None:
    """Make tangents unit with a sign of 1 or -1; drop them when one has no direction."""
    held = primitive.attributes["TANGENT"].values.astype(np.float64)
    if not (lengths(held[:, :3]) > 1e-6).all():  # noqa: PLR2004  # no direction left in a float32
        del primitive.attributes["TANGENT"]
        for target in primitive.targets:
            target.pop("TANGENT", None)
        return
    signs = np.where(held[:, 3:] < 0, -1.0, 1.0)
    whole = np.concatenate([normalize(held[:, :3]), signs], axis=1).astype(np.float32)
    if not np.allclose(whole, held, atol=5e-4):
        primitive.attributes["TANGENT"] = create_accessor(whole)
