"""Join primitives of static nodes with the same material: fewer draw calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assets_pipeline.arrays import Matrix
from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive
from assets_pipeline.transforms.prune import drop_empty_nodes
from assets_pipeline.transforms.static_meshes import (
    REPEATED_OFTEN,
    RepeatOptions,
    is_static,
    moving_node_ids,
    repeated_mesh_ids,
)

if TYPE_CHECKING:
    from assets_pipeline.arrays import Float32Array, Uint32Array
    from assets_pipeline.gltf.accessors import Accessor

Key = tuple[int, tuple[tuple[str, int], ...]]


@dataclass(frozen=True, slots=True)
class JoinOptions:
    """When joining is worth its bytes."""

    greatest_growth_ratio: float = 1.5
    """Vertices after, by vertices before: meshes shown many times are written anew."""
    always_below_vertices: int = 20_000
    repeats: RepeatOptions = REPEATED_OFTEN
    """What is left to `instance`: one draw call too, and one copy of its vertices."""


def join(document: Document, options: JoinOptions | None = None) -> None:
    """Join the primitives of static nodes that share material and attributes.

    Positions are written in metres of the scene. What is skinned, morphed, animated,
    hidden or in several scenes is left as it is, and so is what repeats a lot: run
    `dedup_meshes` for these before.
    """
    chosen = options or JoinOptions()
    if len(document.scenes) > 1:
        return
    groups = _groups(document, chosen)
    groups = {key: parts for key, parts in groups.items() if len(parts) > 1}
    if not groups or not _is_worth_it(groups, chosen):
        return
    joined = [_join_primitives(parts) for parts in groups.values()]
    taken = {id(primitive) for parts in groups.values() for _, primitive, _ in parts}
    for mesh in document.meshes():
        mesh.primitives = [p for p in mesh.primitives if id(p) not in taken]
    document.scene.nodes.append(Node(name="joined", mesh=Mesh(joined)))
    drop_empty_nodes(document)


Part = tuple[Node, Primitive, Matrix]


def _groups(document: Document, options: JoinOptions) -> dict[Key, list[Part]]:
    """Return what may be drawn together; a mesh is joined wherever it is shown or nowhere."""
    apart = repeated_mesh_ids(document, options.repeats)
    if all(id(mesh) in apart for mesh in document.meshes()):
        return {}
    moved = moving_node_ids(document)
    parts = [
        (node, primitive, world)
        for node, world in document.shown_nodes_with_matrices()
        if node.mesh is not None and id(node.mesh) not in apart
        for primitive in node.mesh.primitives
    ]
    bound = {id(p) for n, p, _ in parts if id(n) in moved or not is_static(n, p)}
    groups: dict[Key, list[Part]] = {}
    for node, primitive, world in parts:
        if id(primitive) not in bound:
            groups.setdefault(_key(primitive), []).append((node, primitive, world))
    return groups


def _key(primitive: Primitive) -> Key:
    widths = tuple((n, a.array.shape[1]) for n, a in primitive.attributes.items())
    return id(primitive.material), widths


def _is_worth_it(groups: dict[Key, list[Part]], options: JoinOptions) -> bool:
    parts = [part for group in groups.values() for part in group]
    after = sum(p.attributes["POSITION"].count for _, p, _ in parts)
    once = {id(p): p.attributes["POSITION"].count for _, p, _ in parts}
    limit = options.greatest_growth_ratio * sum(once.values())
    return after <= max(limit, options.always_below_vertices)


def _join_primitives(parts: list[Part]) -> Primitive:
    first = parts[0][1]
    attributes = {
        name: create_accessor(
            np.concatenate([_to_world(name, p, world) for _, p, world in parts])
        )
        for name in first.attributes
    }
    offsets = np.cumsum([0] + [p.attributes["POSITION"].count for _, p, _ in parts])
    triangles = [
        _flip_if_mirrored(primitive, world) + np.uint32(offset)
        for (_, primitive, world), offset in zip(parts, offsets[:-1], strict=True)
    ]
    indices = create_accessor(np.concatenate(triangles).ravel().astype(np.uint32))
    return Primitive(attributes, indices, first.material)


def _to_world(name: str, primitive: Primitive, world: Matrix) -> Float32Array:
    held: Accessor = primitive.attributes[name]
    values = held.values
    if name == "POSITION":
        return (values @ world[:3, :3].T + world[:3, 3]).astype(np.float32)
    if name == "NORMAL":
        return _transform_directions(
            values, np.asarray(np.linalg.pinv(world[:3, :3]).T, np.float64)
        )
    if name == "TANGENT":
        sign = -1.0 if np.linalg.det(world[:3, :3]) < 0 else 1.0
        turned = _transform_directions(values[:, :3], world[:3, :3])
        return np.concatenate([turned, values[:, 3:] * np.float32(sign)], axis=1)
    return values


def _transform_directions(values: Float32Array, matrix: Matrix) -> Float32Array:
    turned = values @ matrix.T
    lengths = np.linalg.norm(turned, axis=1, keepdims=True)
    return np.asarray(turned / np.where(lengths > 0, lengths, 1), np.float32)


def _flip_if_mirrored(primitive: Primitive, world: Matrix) -> Uint32Array:
    """Return triangles, turned over when the node mirrors them."""
    triangles = primitive.triangles
    return triangles[:, ::-1] if np.linalg.det(world[:3, :3]) < 0 else triangles
