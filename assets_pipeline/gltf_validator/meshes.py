"""Validate primitives: accessor types and storage of their attributes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.gltf_validator.gltf_file import (
    GltfFile,
    iterate_primitives,
    object_of,
    objects_of,
)
from assets_pipeline.gltf_validator.schema_check import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assets_pipeline.gltf.materials import Payload
    from assets_pipeline.gltf_validator.gltf_file import Object

_WHOLE, _FLOAT = 5125, 5126
_BYTES: Final = (5121, 5123)
_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "POSITION": ("VEC3",),
    "NORMAL": ("VEC3",),
    "TANGENT": ("VEC4",),
    "TEXCOORD": ("VEC2",),
    "COLOR": ("VEC3", "VEC4"),
    "JOINTS": ("VEC4",),
    "WEIGHTS": ("VEC4",),
}
_INDICES: Final = 34963


def mesh_faults(file: GltfFile) -> Iterator[Fault]:
    """Yield the faults of a file's meshes."""
    for place, primitive in iterate_primitives(file):
        attributes = object_of(primitive.get("attributes"))
        yield from _attributes(file, attributes, f"{place}.attributes")
        yield from _counts(file, attributes, place)
        yield from _indices(file, primitive, place)
        yield from _material(file, primitive, place)
        for k, target in enumerate(objects_of(primitive.get("targets"))):
            yield from _target(file, target, attributes, f"{place}.targets[{k}]")
    yield from _storage(file)
    for i, mesh in enumerate(file.objects("meshes")):
        yield from _weights(mesh, f"meshes[{i}]")


def _attributes(file: GltfFile, attributes: Object, place: str) -> Iterator[Fault]:
    sets = [n.partition("_")[0] for n in attributes]
    if sets.count("JOINTS") != sets.count("WEIGHTS"):
        yield Fault(place, "has more joints than weights, or fewer")
    for name, index in attributes.items():
        semantic, _, number = name.partition("_")
        if semantic and semantic not in _KINDS:
            yield Fault(f"{place}.{name}", "is a name that the standard does not know")
            continue
        if semantic in _KINDS and number and not number.isdigit():
            yield Fault(f"{place}.{name}", "is not numbered")
        accessor = file.named("accessors", index)
        if accessor is None:
            continue
        if not semantic and accessor.get("componentType") == _WHOLE:
            yield Fault(f"{place}.{name}", "holds whole numbers of 32 bits")
        elif semantic:
            yield from _attribute(file, name, index, accessor, f"{place}.{name}")


def _attribute(
    file: GltfFile, name: str, index: Payload, accessor: Object, place: str
) -> Iterator[Fault]:
    semantic = name.partition("_")[0]
    if accessor.get("type") not in _KINDS[semantic]:
        yield Fault(place, f"is a {accessor.get('type')}")
        return
    if not _is_stored_well(file, semantic, accessor):
        yield Fault(place, f"has components of type {accessor.get('componentType')}")
        return
    if semantic == "POSITION" and not {"min", "max"} <= accessor.keys():
        yield Fault(place, "lacks its least and greatest values")
    held = file.array(index) if isinstance(index, int) else None
    if held is None:
        return
    if semantic in ("COLOR", "WEIGHTS"):
        low, high = float(held.values.min()), float(held.values.max())
        if low < 0 or high > 1:
            yield Fault(place, "holds numbers out of 0 to 1")
    if semantic in ("NORMAL", "TANGENT"):
        lengths = np.linalg.norm(held.values[:, :3], axis=1)
        if (np.abs(lengths - 1) > 0.01).any():  # noqa: PLR2004  # coarser than any quantisation
            yield Fault(place, "holds directions that are not of length 1")
    if semantic == "TANGENT" and (np.abs(held.values[:, 3]) != 1).any():
        yield Fault(place, "holds a handedness that is neither 1 nor -1")


def _is_stored_well(file: GltfFile, semantic: str, accessor: Object) -> bool:
    component = accessor.get("componentType")
    if semantic == "JOINTS":
        return component in _BYTES and accessor.get("normalized") is not True
    if component == _FLOAT:
        return True
    used = file.root.values.get("extensionsUsed")
    if isinstance(used, list) and "KHR_mesh_quantization" in used:
        return component != _WHOLE
    if semantic in ("TEXCOORD", "COLOR", "WEIGHTS"):
        return component in _BYTES and accessor.get("normalized") is True
    return False


def _counts(file: GltfFile, attributes: Object, place: str) -> Iterator[Fault]:
    held = [file.named("accessors", index) for index in attributes.values()]
    counts = {str(one.get("count")) for one in held if one is not None}
    if len(counts) > 1:
        yield Fault(f"{place}.attributes", "have different counts")


def _indices(file: GltfFile, primitive: Object, place: str) -> Iterator[Fault]:
    index = primitive.get("indices")
    accessor = file.named("accessors", index)
    if accessor is None:
        return
    is_plain = (
        accessor.get("type") == "SCALAR" and accessor.get("normalized") is not True
    )
    if not is_plain or accessor.get("componentType") not in (*_BYTES, _WHOLE):
        yield Fault(f"{place}.indices", "are not whole numbers from 0 on")
        return
    view = file.named("bufferViews", accessor.get("bufferView"))
    if view is not None and "byteStride" in view:
        yield Fault(f"{place}.indices", "are stored with a stride")
    held = file.array(index) if isinstance(index, int) else None
    if held is None or held.array.dtype.kind != "u":
        return
    greatest = int(held.array.max(initial=0))
    positions = file.named(
        "accessors", object_of(primitive.get("attributes")).get("POSITION")
    )
    count = positions.get("count") if positions is not None else None
    if isinstance(count, int) and greatest >= count:
        yield Fault(f"{place}.indices", f"name vertex {greatest} of {count}")
    if greatest == np.iinfo(held.array.dtype.str[1:]).max:
        yield Fault(f"{place}.indices", "hold the number that restarts a strip")


def _material(file: GltfFile, primitive: Object, place: str) -> Iterator[Fault]:
    material = file.named("materials", primitive.get("material"))
    if material is None:
        return
    attributes = object_of(primitive.get("attributes"))
    extensions = object_of(material.get("extensions"))
    turned = object_of(extensions.get("KHR_materials_anisotropy"))
    if not turned or {"NORMAL", "TANGENT"} <= attributes.keys():
        return
    if "normalTexture" not in material or "NORMAL" not in attributes:
        yield Fault(f"{place}.material", "needs directions along the surface")


def _target(
    file: GltfFile, target: Object, attributes: Object, place: str
) -> Iterator[Fault]:
    for name, index in target.items():
        if name not in attributes:
            yield Fault(f"{place}.{name}", "moves what the primitive does not have")
            continue
        mine = file.named("accessors", index)
        base = file.named("accessors", attributes[name])
        if mine is None or base is None:
            continue
        if mine.get("count") != base.get("count"):
            yield Fault(f"{place}.{name}", "has another count than what it moves")
        if name == "POSITION" and not {"min", "max"} <= mine.keys():
            yield Fault(f"{place}.{name}", "lacks its least and greatest values")


def _weights(mesh: Object, place: str) -> Iterator[Fault]:
    primitives = objects_of(mesh.get("primitives"))
    counts = {len(objects_of(p.get("targets"))) for p in primitives}
    if len(counts) > 1:
        yield Fault(f"{place}.primitives", "differ in their number of morph targets")
    weights = mesh.get("weights")
    if isinstance(weights, list) and len(weights) not in counts:
        yield Fault(f"{place}.weights", "has another length than targets")


def _storage(file: GltfFile) -> Iterator[Fault]:
    """Give the faults of views that serve two ends, or hold two attributes unspaced."""
    vertices, indices = _users(file)
    stored = file.objects("bufferViews")
    for view, users in vertices.items():
        places = [*users.values()]
        if view in indices or stored[view].get("target") == _INDICES:
            yield Fault(indices.get(view, places[0]), "shares a view with vertices")
        if len(users) > 1 and "byteStride" not in stored[view]:
            yield Fault(places[-1], "shares a view that has no stride")
    for view, place in indices.items():
        if stored[view].get("target", _INDICES) != _INDICES:
            yield Fault(place, "lies in a view for vertices")


def _users(file: GltfFile) -> tuple[dict[int, dict[int, str]], dict[int, str]]:
    """Return what uses each view: as vertices, by accessor; and as indices."""
    vertices: dict[int, dict[int, str]] = defaultdict(dict)
    indices: dict[int, str] = {}
    for place, primitive in iterate_primitives(file):
        named = object_of(primitive.get("attributes"))
        uses = [(f"{place}.attributes.{n}", i) for n, i in named.items()]
        for target in objects_of(primitive.get("targets")):
            uses += [(f"{place}.targets", i) for i in target.values()]
        for where, index in uses:
            view = _view_of(file, index)
            if view is not None and isinstance(index, int):
                vertices[view].setdefault(index, where)
        view = _view_of(file, primitive.get("indices"))
        if view is not None:
            indices.setdefault(view, f"{place}.indices")
    return vertices, indices


def _view_of(file: GltfFile, index: Payload) -> int | None:
    accessor = file.named("accessors", index)
    view = accessor.get("bufferView") if accessor is not None else None
    return (
        view
        if file.named("bufferViews", view) is not None and isinstance(view, int)
        else None
    )
