"""Let nodes that show equal meshes share one: it is simplified and sent once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assets_pipeline.transforms.share_materials import frozen
from assets_pipeline.transforms.still import ANY, RepeatOptions, vertices

if TYPE_CHECKING:
    from assets_pipeline.gltf.accessors import Accessor
    from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive


@dataclass(frozen=True, slots=True)
class ShareMeshesOptions:
    """Which equal meshes become one."""

    repeats: RepeatOptions = ANY


def share_meshes(document: Document, options: ShareMeshesOptions | None = None) -> None:
    """Put the first of equal meshes in place of the others; names don't count.

    Equal are the same bytes in every attribute, morph target and index, drawn with the
    same material objects: run it after `weld` and `share_materials`. Each node is still
    drawn by itself, so that draw calls stay as many as they were.
    """
    chosen = options or ShareMeshesOptions()
    showing: dict[int, list[Node]] = {}
    for node in document.nodes():
        if node.mesh is not None:
            showing.setdefault(id(node.mesh), []).append(node)
    digests: dict[int, bytes] = {}
    users: dict[object, list[Node]] = {}
    for group in _of_one_size(document.meshes()):
        for mesh in group:
            # What is alone of its size is equal to none: its bytes need not be read.
            key = _key(mesh, digests) if len(group) > 1 else id(mesh)
            users.setdefault(key, []).extend(showing[id(mesh)])
    for nodes in users.values():
        first = nodes[0].mesh
        if first is not None and chosen.repeats.is_met(len(nodes), vertices(first)):
            for node in nodes:
                node.mesh = first


def _of_one_size(meshes: list[Mesh]) -> list[list[Mesh]]:
    """Return meshes parted by what differs at a glance."""
    groups: dict[object, list[Mesh]] = {}
    for mesh in meshes:
        sizes = tuple(_size(primitive) for primitive in mesh.primitives)
        groups.setdefault(sizes, []).append(mesh)
    return list(groups.values())


def _size(primitive: Primitive) -> object:
    corners = 0 if primitive.indices is None else primitive.indices.count
    names = frozenset(primitive.attributes)
    return names, primitive.attributes["POSITION"].count, corners


def _key(mesh: Mesh, digests: dict[int, bytes]) -> object:
    parts = tuple(_primitive_key(p, digests) for p in mesh.primitives)
    return parts, mesh.weights, frozen(mesh.extras)


def _primitive_key(primitive: Primitive, digests: dict[int, bytes]) -> object:
    groups = (primitive.attributes, *primitive.targets)
    arrays = tuple(
        frozenset((name, _digest(held, digests)) for name, held in group.items())
        for group in groups
    )
    held = primitive.indices
    return (
        arrays,
        None if held is None else _digest(held, digests),
        primitive.mode,
        id(primitive.material),
        frozen(primitive.extensions),
        frozen(primitive.extras),
    )


def _digest(held: Accessor, digests: dict[int, bytes]) -> bytes:
    """Return the SHA-256 of an accessor's numbers and of what they mean."""
    if id(held) not in digests:
        kind = (held.kind, held.normalized, held.array.dtype.str, held.count)
        found = hashlib.sha256(repr(kind).encode())
        found.update(held.array.data)
        digests[id(held)] = found.digest()
    return digests[id(held)]
