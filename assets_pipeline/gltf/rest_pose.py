"""Triangles of a scene at rest in world space, skins and morph targets applied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assets_pipeline.gltf.geometry import normalize, repair_normals, smooth_normals

if TYPE_CHECKING:
    from assets_pipeline.arrays import Float32Array, Float64Array, Matrix, Uint32Array
    from assets_pipeline.gltf.document import Document, Node, Primitive, Skin
    from assets_pipeline.gltf.materials import Material


@dataclass(frozen=True, slots=True, eq=False)
class PosedPrimitive:
    """One primitive's triangles in world space."""

    positions: Float32Array
    """(n, 3), metres."""
    normals: Float32Array
    """(n, 3), unit."""
    triangles: Uint32Array
    """(m, 3), counter-clockwise seen from outside."""
    uv_sets: tuple[Float32Array, ...]
    """(n, 2) each, as glTF has them: v grows downwards."""
    colors: Float32Array | None
    """(n, 3 or 4), linear, from 0 to 1."""
    material: Material | None


def posed_primitives(
    document: Document, left_out: frozenset[int] = frozenset()
) -> list[PosedPrimitive]:
    """Return every primitive of the shown scene that has triangles, in draw order.

    Parameters
    ----------
    document
        Without instances.
    left_out
        The ``id`` of nodes whose meshes are not wanted.
    """
    placed = document.shown_nodes_with_matrices()
    worlds = {id(node): world for node, world in placed}
    return [
        _pose_primitive(
            node, primitive, _vertex_matrices(node, world, primitive, worlds)
        )
        for node, world in placed
        if id(node) not in left_out
        for primitive in _primitives_with_triangles(node)
    ]


def local_primitives(
    node: Node, *, is_morphed: bool = True
) -> list[tuple[Primitive, PosedPrimitive]]:
    """Return a node's primitives that have triangles, in the mesh's own frame.

    Parameters
    ----------
    node
        Its skin is not looked at.
    is_morphed
        Whether morph weights at rest are applied.
    """
    return [
        (p, _pose_primitive(node, p, np.eye(4)[None], is_morphed=is_morphed))
        for p in _primitives_with_triangles(node)
    ]


def _primitives_with_triangles(node: Node) -> list[Primitive]:
    mesh = node.mesh
    return [] if mesh is None else [p for p in mesh.primitives if len(p.triangles)]


def _vertex_matrices(
    node: Node, world: Matrix, primitive: Primitive, worlds: dict[int, Matrix]
) -> Float64Array:
    """Return (1 or n, 4, 4), from the mesh's frame to the scene's."""
    skinned = None
    if node.skin is not None:
        skinned = _skin_matrices(primitive, node.skin, worlds)
    return world[None] if skinned is None else skinned


def _pose_primitive(
    node: Node, primitive: Primitive, matrices: Float64Array, *, is_morphed: bool = True
) -> PosedPrimitive:
    triangles = primitive.triangles
    weights = rest_weights(node) if is_morphed else ()
    positions = _apply_morph_targets("POSITION", primitive, weights)
    stored = primitive.attributes.get("NORMAL")
    normals = (
        smooth_normals(positions.astype(np.float32), triangles).astype(np.float64)
        if stored is None
        else _apply_morph_targets("NORMAL", primitive, weights)
    )
    moved = _apply_matrices(matrices[:, :3, :3], positions) + matrices[:, :3, 3]
    turned = normalize(_apply_matrices(cofactors(matrices[:, :3, :3]), normals))
    if np.linalg.det(matrices[0, :3, :3]) < 0:
        triangles = triangles[:, ::-1]
    points = moved.astype(np.float32)
    color = primitive.attributes.get("COLOR_0")
    return PosedPrimitive(
        points,
        repair_normals(turned.astype(np.float32), points, triangles),
        triangles,
        _uv_sets(primitive),
        None if color is None else np.clip(color.values, 0, 1),
        primitive.material,
    )


def rest_weights(node: Node) -> tuple[float, ...]:
    """Return the morph target weights of a node at rest."""
    return node.weights or (node.mesh.weights if node.mesh is not None else ())


def _apply_morph_targets(
    name: str, primitive: Primitive, weights: tuple[float, ...]
) -> Float64Array:
    """Return an attribute with morph weights applied."""
    values = primitive.attributes[name].values.astype(np.float64)
    for weight, target in zip(weights, primitive.targets, strict=False):
        if weight and name in target:
            values += weight * target[name].values
    return values


def _skin_matrices(
    primitive: Primitive, skin: Skin, worlds: dict[int, Matrix]
) -> Float64Array | None:
    """Return (n, 4, 4), from the mesh's frame to the scene's, vertex by vertex.

    Weights are taken to sum to 1; None when a primitive has none.
    """
    joints = np.stack([worlds.get(id(joint), np.eye(4)) for joint in skin.joints])
    if skin.inverse_bind_matrices is not None:
        columns = skin.inverse_bind_matrices.values.astype(np.float64)
        joints = joints @ columns.reshape(-1, 4, 4).transpose(0, 2, 1)
    count = primitive.attributes["POSITION"].count
    blended, total = np.zeros((count, 4, 4)), np.zeros((count, 1, 1))
    for name, chosen in primitive.attributes.items():
        shares = primitive.attributes.get(name.replace("JOINTS_", "WEIGHTS_"))
        if not name.startswith("JOINTS_") or shares is None:
            continue
        for corner in range(4):
            share = shares.values[:, corner, None, None].astype(np.float64)
            blended += share * joints[chosen.array[:, corner].astype(np.intp)]
            total += share
    if not total.any():
        return None
    is_held = total > 0
    matrices: Float64Array = blended / np.where(is_held, total, 1)
    posed: Float64Array = np.where(is_held, matrices, np.eye(4))
    return posed


def _apply_matrices(matrices: Float64Array, vectors: Float64Array) -> Float64Array:
    """Return (n, 3) vectors turned by one matrix, or each by its own."""
    if len(matrices) == 1:
        matrices = np.broadcast_to(matrices, (len(vectors), 3, 3))
    turned: Float64Array = np.einsum("nij,nj->ni", matrices, vectors)
    return turned


def cofactors(matrices: Float64Array) -> Float64Array:
    """Return (n, 3, 3) normal matrices: the inverse transposes, up to length.

    Defined for matrices that flatten, too.
    """
    rows = [matrices[:, i] for i in range(3)]
    crossed = [np.cross(rows[(i + 1) % 3], rows[(i + 2) % 3]) for i in range(3)]
    # A mirror turns triangles inside out, and its cofactors their normals.
    sign = np.where(np.linalg.det(matrices) < 0, -1.0, 1.0)
    turning: Float64Array = np.stack(crossed, axis=1) * sign[:, None, None]
    return turning


def _uv_sets(primitive: Primitive) -> tuple[Float32Array, ...]:
    found: list[Float32Array] = []
    while (uv := primitive.attributes.get(f"TEXCOORD_{len(found)}")) is not None:
        found.append(uv.values)
    return tuple(found)
