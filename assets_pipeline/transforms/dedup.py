"""Merge equal accessors, materials and meshes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

from assets_pipeline.gltf.materials import Material, TextureInfo, is_transparent
from assets_pipeline.transforms.static_meshes import (
    REPEATED_TWICE,
    RepeatOptions,
    count_vertices,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assets_pipeline.gltf.accessors import Accessor
    from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive
    from assets_pipeline.gltf.materials import Payload

_LOOK: Final = tuple(f.name for f in fields(Material) if f.name != "name")


def dedup_accessors(document: Document) -> None:
    """Replace equal accessors of primitives by the first of them.

    Equal are the same bytes under the same name: a sphere's places may be its normals
    too, but they are not stored alike.
    """
    primitives = document.primitives()
    alike: dict[object, dict[Accessor, None]] = {}
    for use, accessor in _uses(primitives):
        array = accessor.array
        kind = (use, accessor.kind, accessor.normalized, array.dtype.str, array.shape)
        alike.setdefault(kind, {})[accessor] = None
    first: dict[Accessor, Accessor] = {}
    for group in alike.values():
        # What is alone of its size is equal to none: its bytes need not be read.
        if len(group) > 1:
            first.update(_find_equal_accessors(group))
    for primitive in primitives:
        for attributes in (primitive.attributes, *primitive.targets):
            for name, accessor in attributes.items():
                attributes[name] = first.get(accessor, accessor)
        if primitive.indices is not None:
            primitive.indices = first.get(primitive.indices, primitive.indices)


def _uses(primitives: list[Primitive]) -> Iterator[tuple[object, Accessor]]:
    for primitive in primitives:
        for name, accessor in primitive.attributes.items():
            yield name, accessor
        for target in primitive.targets:
            for name, accessor in target.items():
                yield ("target", name), accessor
        if primitive.indices is not None:
            yield "indices", primitive.indices


def _find_equal_accessors(
    group: dict[Accessor, None],
) -> Iterator[tuple[Accessor, Accessor]]:
    known: dict[bytes, Accessor] = {}
    for accessor in group:
        digest = hashlib.sha256(accessor.array.data).digest()
        yield accessor, known.setdefault(digest, accessor)


def dedup_materials(document: Document) -> None:
    """Replace equal materials by the first of them, in variants too.

    Names don't count, `extras` do. See-through materials stay apart: what shares one
    is drawn together, and viewers sort by distance only what they draw one by one.
    Wants shared textures, as `prune` leaves them.
    """
    first: dict[object, Material] = {}
    known: dict[Material, Material] = {}

    def shared(material: Material) -> Material:
        if material not in known:
            key = material if is_transparent(material) else _material_key(material)
            known[material] = first.setdefault(key, material)
        return known[material]

    for primitive in document.primitives():
        if primitive.material is not None:
            primitive.material = shared(primitive.material)
        primitive.extensions = {
            name: _replace_materials(part, shared)
            for name, part in primitive.extensions.items()
        }


def _material_key(material: Material) -> object:
    return tuple(hashable(getattr(material, name)) for name in _LOOK)


def hashable(payload: object) -> object:
    """Return a hashable value, equal for equal payloads.

    Textures and materials are the same when they are one object.
    """
    if isinstance(payload, Material):
        return id(payload)
    if isinstance(payload, TextureInfo):
        parts = (getattr(payload, f.name) for f in fields(payload))
        return tuple(
            hashable(part) if part is not payload.texture else id(part)
            for part in parts
        )
    if isinstance(payload, dict):
        return frozenset((name, hashable(part)) for name, part in payload.items())
    if isinstance(payload, list | tuple):
        return tuple(hashable(part) for part in payload)
    # Python takes 1, 1.0 and True for equal; JSON does not.
    return type(payload), payload


def _replace_materials(
    payload: Payload, shared: Callable[[Material], Material]
) -> Payload:
    if isinstance(payload, Material):
        return shared(payload)
    if isinstance(payload, dict):
        return {
            name: _replace_materials(part, shared) for name, part in payload.items()
        }
    if isinstance(payload, list):
        return [_replace_materials(part, shared) for part in payload]
    return payload


@dataclass(frozen=True, slots=True)
class DedupMeshesOptions:
    """Which equal meshes are merged."""

    repeats: RepeatOptions = REPEATED_TWICE


def dedup_meshes(document: Document, options: DedupMeshesOptions | None = None) -> None:
    """Replace equal meshes by the first of them; names don't count.

    Equal are the same bytes in every attribute, morph target and index, drawn with the
    same material objects: run it after `weld` and `dedup_materials`. Each node is still
    drawn by itself, so that draw calls stay as many as they were.
    """
    chosen = options or DedupMeshesOptions()
    showing: dict[int, list[Node]] = {}
    for node in document.nodes():
        if node.mesh is not None:
            showing.setdefault(id(node.mesh), []).append(node)
    digests: dict[int, bytes] = {}
    users: dict[object, list[Node]] = {}
    for group in _group_by_size(document.meshes()):
        for mesh in group:
            # What is alone of its size is equal to none: its bytes need not be read.
            key = _mesh_key(mesh, digests) if len(group) > 1 else id(mesh)
            users.setdefault(key, []).extend(showing[id(mesh)])
    for nodes in users.values():
        first = nodes[0].mesh
        if first is not None and chosen.repeats.is_met(
            len(nodes), count_vertices(first)
        ):
            for node in nodes:
                node.mesh = first


def _group_by_size(meshes: list[Mesh]) -> list[list[Mesh]]:
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


def _mesh_key(mesh: Mesh, digests: dict[int, bytes]) -> object:
    parts = tuple(_primitive_key(p, digests) for p in mesh.primitives)
    return parts, mesh.weights, hashable(mesh.extras)


def _primitive_key(primitive: Primitive, digests: dict[int, bytes]) -> object:
    groups = (primitive.attributes, *primitive.targets)
    arrays = tuple(
        frozenset(
            (name, _digest(accessor, digests)) for name, accessor in group.items()
        )
        for group in groups
    )
    accessor = primitive.indices
    return (
        arrays,
        None if accessor is None else _digest(accessor, digests),
        primitive.mode,
        id(primitive.material),
        hashable(primitive.extensions),
        hashable(primitive.extras),
    )


def _digest(accessor: Accessor, digests: dict[int, bytes]) -> bytes:
    """Return the SHA-256 of an accessor's numbers and of what they mean."""
    if id(accessor) not in digests:
        kind = (
            accessor.kind,
            accessor.normalized,
            accessor.array.dtype.str,
            accessor.count,
        )
        found = hashlib.sha256(repr(kind).encode())
        found.update(accessor.array.data)
        digests[id(accessor)] = found.digest()
    return digests[id(accessor)]
