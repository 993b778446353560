"""Measure a document: extents in metres, triangles, draw calls, graphics memory."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import EmptyModelError
from assets_pipeline.gltf import ktx2_header
from assets_pipeline.gltf.document import TRIANGLES, Document, Node, Primitive
from assets_pipeline.gltf.geometry import bounds
from tours.bundle import Extents

if TYPE_CHECKING:
    from assets_pipeline.arrays import Float64Array, IntpArray, Matrix
    from assets_pipeline.gltf.document import Mesh, Skin
    from assets_pipeline.gltf.materials import Image

_MIP_CHAIN = 4 / 3
_BYTES_A_TEXEL = 4
_BYTES_A_MATRIX = 64


def compute_extents(document: Document) -> Extents:
    """Return the bounding box of the shown scene at rest, in metres.

    Vertices are followed through their nodes, skins and morph weights: the box is
    that of what is drawn before any animation plays.

    Raises
    ------
    EmptyModelError
        If nothing is drawn, or all of it at one point.
    """
    placed = document.shown_nodes_with_matrices()
    worlds = {id(node): world for node, world in placed}
    corners = [
        bounds(points)
        for node, world in placed
        if node.mesh is not None
        for primitive in node.mesh.primitives
        for points in [_world_points(node, world, primitive, worlds)]
        if len(points)
    ]
    if not corners:
        raise EmptyModelError.from_cause(causes.NO_TRIANGLES, "scene")
    least = np.min([pair[0] for pair in corners], axis=0)
    greatest = np.max([pair[1] for pair in corners], axis=0)
    size = float((greatest - least).max())
    if not np.isfinite(size) or size <= 0:
        raise EmptyModelError.from_cause(causes.ZERO_EXTENT, "scene")
    return Extents(_to_tuple(least), _to_tuple(greatest))


def count_triangles(document: Document) -> int:
    """Return how many triangles the shown scene draws."""
    counts: dict[Mesh, int] = {}
    total = 0
    for node in document.shown_nodes():
        mesh = node.mesh
        if mesh is None:
            continue
        if mesh not in counts:
            counts[mesh] = sum(map(_triangle_count, mesh.primitives))
        total += counts[mesh] * (node.instance_count if node.instances else 1)
    return total


def count_vertices(document: Document) -> int:
    """Return how many vertices the document stores, used or not."""
    held = [p.attributes.get("POSITION") for p in document.primitives()]
    return sum(positions.count for positions in held if positions is not None)


def count_draw_calls(document: Document) -> int:
    """Return how many primitives the shown scene draws."""
    meshes = [n.mesh for n in document.shown_nodes() if n.mesh is not None]
    return sum(len(mesh.primitives) for mesh in meshes)


def estimate_gpu_bytes(document: Document) -> int:
    """Return the graphics memory of the textures with mips and of all buffers."""
    pictures = sum(map(estimate_image_gpu_bytes, document.images()))
    held = {
        id(accessor): accessor.array.nbytes
        for primitive in document.primitives()
        for group in (primitive.attributes, *primitive.targets)
        for accessor in group.values()
    }
    for primitive in document.primitives():
        if primitive.indices is not None:
            held[id(primitive.indices)] = primitive.indices.array.nbytes
    instances = sum(n.instance_count for n in document.nodes() if n.instances)
    matrices = _BYTES_A_MATRIX * instances
    return pictures + sum(held.values()) + matrices


def estimate_image_gpu_bytes(image: Image) -> int:
    """Return the graphics memory of an image with its mips, RGBA8 or KTX2."""
    if image.media_type == ktx2_header.MEDIA_TYPE:
        return ktx2_header.read_ktx2_header(
            image.content, image.name or "image"
        ).gpu_bytes
    width, height = image_size_px(image)
    return round(width * height * _BYTES_A_TEXEL * _MIP_CHAIN)


def image_size_px(image: Image) -> tuple[int, int]:
    """Return an image's width and height in pixels, from its header."""
    if image.media_type == ktx2_header.MEDIA_TYPE:
        told = ktx2_header.read_ktx2_header(image.content, image.name or "image")
        return told.width_px, told.height_px
    from PIL import Image as Pillow  # noqa: PLC0415  # 90 ms

    with Pillow.open(io.BytesIO(image.content)) as picture:
        return picture.size


def _world_points(
    node: Node, world: Matrix, primitive: Primitive, worlds: dict[int, Matrix]
) -> Float64Array:
    """Return the (n, 3) drawn vertices of a primitive, in metres."""
    is_used = np.zeros(primitive.attributes["POSITION"].count, np.bool_)
    is_used[primitive.flat_indices] = True
    used = np.flatnonzero(is_used)
    points = primitive.positions[used].astype(np.float64)
    weights = node.weights or (node.mesh.weights if node.mesh is not None else ())
    for weight, target in zip(weights, primitive.targets, strict=False):
        if weight and "POSITION" in target:
            points += weight * target["POSITION"].values[used]
    if node.skin is None:
        return points @ world[:3, :3].T + world[:3, 3]
    return _apply_skin(points, primitive, used, _joint_matrices(node.skin, worlds))


def _joint_matrices(skin: Skin, worlds: dict[int, Matrix]) -> Float64Array:
    """Return (j, 4, 4): from the mesh's frame to the world, joint by joint."""
    joints = np.stack([worlds.get(id(joint), np.eye(4)) for joint in skin.joints])
    if skin.inverse_bind_matrices is None:
        return joints
    columns = skin.inverse_bind_matrices.values.astype(np.float64).reshape(-1, 4, 4)
    return joints @ columns.transpose(0, 2, 1)


def _apply_skin(
    points: Float64Array,
    primitive: Primitive,
    used: IntpArray,
    matrices: Float64Array,
) -> Float64Array:
    """Return points moved by their joints, weights taken to sum to 1."""
    homogeneous = np.concatenate([points, np.ones((len(points), 1))], axis=1)
    moved, total = np.zeros_like(points), np.zeros((len(points), 1))
    for name, joints in primitive.attributes.items():
        weights = primitive.attributes.get(name.replace("JOINTS_", "WEIGHTS_"))
        if not name.startswith("JOINTS_") or weights is None:
            continue
        for corner in range(4):
            chosen = matrices[joints.array[used, corner]]
            share = weights.values[used, corner, None]
            moved += share * np.einsum("nij,nj->ni", chosen[:, :3], homogeneous)
            total += share
    return np.asarray(
        np.where(total > 0, moved / np.where(total > 0, total, 1), points)
    )


def _triangle_count(primitive: Primitive) -> int:
    if primitive.mode == TRIANGLES and primitive.indices is not None:
        return primitive.indices.count // 3
    return len(primitive.triangles)


def _to_tuple(values: Float64Array) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in values)
    return x, y, z
