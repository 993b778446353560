"""Read GLB and glTF 2.0 files as a document.

Attributes become float32 whatever they were stored as (KHR_mesh_quantization), Draco
and meshopt compression are undone, instances become nodes. Cameras are left out: the
visitor's phone is the camera.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import numpy as np
from msgspec import UNSET

from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import (
    DamagedFileError,
    EmptyModelError,
    LimitExceededError,
    UnsupportedFormatError,
)
from assets_pipeline.gltf import container
from assets_pipeline.gltf.accessors import Accessor, create_accessor
from assets_pipeline.gltf.document import (
    Document,
    Mesh,
    Node,
    Scene,
    Skin,
    traverse_with_matrices,
)
from assets_pipeline.gltf.extensions import (
    MATERIALS_PREFIX,
    SUPPORTED,
    XMP,
    check_required_extensions,
    find_extensions,
    printable_name,
)
from assets_pipeline.readers.gltf.accessors import AccessorReader
from assets_pipeline.readers.gltf.animations import AnimationReader
from assets_pipeline.readers.gltf.materials import MaterialReader
from assets_pipeline.readers.gltf.meshes import MeshReader
from assets_pipeline.readers.gltf.nodes import (
    MAX_NODES,
    keep_extensions,
    read_nodes,
    repair_skeletons,
    unit_quaternion,
)
from assets_pipeline.readers.gltf.records import (
    ABSENT,
    NodeRecord,
    Records,
    check_triangle_count,
    read_records,
)
from assets_pipeline.readers.json_fields import Fields, decode_json, get_item

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import PurePosixPath

    from assets_pipeline.gltf.materials import Payload
    from assets_pipeline.resolver import Resolver

_KEPT_AT_ROOT: Final = ("KHR_lights_punctual", "KHR_materials_variants")
_INSTANCING: Final = "EXT_mesh_gpu_instancing"
_OTHER_LENGTH: Final = "has another length than targets"
_MOST_XMP_SIGNS: Final = 16_000
"""Of its JSON: beyond, it holds pictures, which every phone would fetch."""


def read_gltf(content: bytes, path: PurePosixPath, resolver: Resolver) -> Document:
    """Return the document of a GLB or glTF file.

    Parameters
    ----------
    content
        The file's bytes.
    path
        Its place in the museum's folder; other files are named from there.
    resolver
        Reads these other files.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    binary: bytes | None = None
    text = content
    if content.startswith(container.MAGIC) or path.suffix.lower() == ".glb":
        text, binary = container.split_glb(content)
    records = read_records(text)
    root = records.root
    _check_version(root.child("asset"))
    check_required_extensions(root.strings("extensionsRequired"))
    check_triangle_count(records)
    resolver.record_ignored_extensions(ignored_extensions(records))
    arrays = AccessorReader(root, binary, lambda uri: resolver.read_beside(path, uri))
    return _Reader(records, arrays).document()


class _Reader:
    """Everything of one file above its arrays."""

    def __init__(self, records: Records, arrays: AccessorReader) -> None:
        self._root = root = records.root
        self._arrays = arrays
        self._meshes = MeshReader(records.meshes, arrays, MaterialReader(root, arrays))
        self._records = records.nodes
        nodes = read_nodes(records.nodes)
        self._nodes, self._tops, self._roots = nodes.all, nodes.tops, nodes.roots

    def document(self) -> Document:
        for i, record in enumerate(self._records):
            if record.mesh != ABSENT:
                self._attach_meshes(i, record)
        self._join_skins()
        scenes = self._scenes()
        asset = self._root.child("asset")
        shown = get_item(scenes, self._root.integer("scene", 0), "scene")
        _repair_roots(
            [shown, *(s for s in scenes if s is not shown)],
            self._roots,
        )
        if self._root.has("skins"):
            repair_skeletons(scenes, self._roots)
        return Document(
            scenes=scenes,
            scene=shown,
            animations=AnimationReader(self._root, self._arrays, self._nodes).all(),
            copyright=asset.optional_string("copyright"),
            generator=asset.optional_string("generator"),
            extensions=keep_extensions(self._root.child("extensions"), _KEPT_AT_ROOT)
            | root_xmp(self._root),
            asset_extensions=asset_xmp(self._root),
            extras=asset.values.get("extras"),
        )

    def _attach_meshes(self, i: int, record: NodeRecord) -> None:
        node, place = self._nodes[i], f"nodes[{i}]"
        mesh = node.mesh = self._meshes.mesh(record.mesh, place)
        if record.weights:
            if len(record.weights) != _target_count(mesh):
                raise Fields({}, place).inconsistent(
                    name="weights", reason=_OTHER_LENGTH
                )
            node.weights = record.weights
        if record.extensions is not UNSET and _INSTANCING in record.extensions:
            extensions = Fields(record.extensions, f"{place}.extensions")
            self._read_instances(node, extensions.child(_INSTANCING))

    def _read_instances(self, node: Node, fields: Fields) -> None:
        """Hang one child under the node for each instance, in place of its mesh."""
        named = fields.child("attributes")
        columns = {
            name: self._arrays.read_accessor(named.integer(name), named.place).values
            for name in ("TRANSLATION", "ROTATION", "SCALE")
            if named.has(name)
        }
        count = min((len(column) for column in columns.values()), default=0)
        if count > MAX_NODES:
            raise LimitExceededError.from_cause(
                causes.TOO_MANY_ELEMENTS, fields.place, count=count
            )
        mesh, node.mesh = node.mesh, None
        for i in range(count):
            child = Node(mesh=mesh, weights=node.weights)
            if "TRANSLATION" in columns:
                child.translation = _to_tuple(columns["TRANSLATION"][i])
            if "ROTATION" in columns:
                child.rotation = unit_quaternion(columns["ROTATION"][i].tolist())
            if "SCALE" in columns:
                child.scale = _to_tuple(columns["SCALE"][i])
            node.children.append(child)

    def _join_skins(self) -> None:
        skins = [self._skin(fields) for fields in self._root.children("skins")]
        for i, record in enumerate(self._records):
            node = self._nodes[i]
            if record.skin == ABSENT or node.mesh is None:
                continue
            node.skin = get_item(skins, record.skin, f"nodes[{i}]")
            for primitive in node.mesh.primitives:
                _check_joints(
                    primitive.attributes, len(node.skin.joints), f"nodes[{i}]"
                )

    def _skin(self, fields: Fields) -> Skin:
        joints = [
            get_item(self._nodes, i, fields.place) for i in fields.integers("joints")
        ]
        if not joints or len({id(joint) for joint in joints}) < len(joints):
            raise fields.inconsistent(
                name="joints", reason="is empty, or names a node twice"
            )
        index = fields.index("inverseBindMatrices")
        binds = None if index is None else self._bind_matrices(index, joints, fields)
        # `skeleton` helps no viewer of ours and is often wrong: it is left out.
        return Skin(
            joints=joints,
            inverse_bind_matrices=binds,
            name=fields.optional_string("name"),
            extras=fields.values.get("extras"),
        )

    def _bind_matrices(
        self, index: int, joints: list[Node], fields: Fields
    ) -> Accessor:
        found = self._arrays.read_accessor(index, fields.place)
        is_usable = found.kind == "MAT4" and found.count >= len(joints)
        if not is_usable or not np.isfinite(found.values).all():
            raise fields.inconsistent(
                name="inverseBindMatrices", reason="is not one matrix a joint"
            )
        # Inverted in float32, the last row is a hair from 0 0 0 1, which it has to be.
        binds = found.values[: len(joints)].copy()
        binds[:, 3:15:4], binds[:, 15] = 0, 1
        return create_accessor(binds, kind="MAT4")

    def _scenes(self) -> list[Scene]:
        if not self._nodes:
            raise EmptyModelError.from_cause(causes.NO_TRIANGLES, "nodes")
        scenes = [
            Scene(
                [
                    get_item(self._tops, i, fields.place)
                    for i in fields.integers("nodes")
                ],
                fields.optional_string("name"),
                fields.values.get("extras"),
            )
            for fields in self._root.children("scenes")
        ]
        # A file without scenes is a library of parts: all of it is shown.
        return scenes or [Scene(self._roots)]


def _check_version(asset: Fields) -> None:
    version = asset.string("version", "")
    if not version.startswith("2."):
        raise UnsupportedFormatError.from_cause(
            causes.UNSUPPORTED_GLTF_VERSION,
            "asset.version",
            version=version[:20] or "?",
        )


def _repair_roots(scenes: list[Scene], roots: list[Node]) -> None:
    """Let scenes, the shown one first, list each of their roots once.

    Some exporters list a node that hangs under another: every viewer shows it, once if
    the scene holds the other too, else where it would stand alone. What hangs in one
    scene and stands alone in another can't be said: the shown scene keeps it, or the
    one where it hangs.
    """
    tops = {id(node): node for node in roots}
    for scene in scenes:
        scene.nodes = list({id(node): node for node in scene.nodes}.values())
        if all(id(node) in tops for node in scene.nodes):
            continue
        held = _descendant_ids(scene.nodes)
        if scene is not scenes[0]:
            others = [node for s in scenes if s is not scene for node in s.nodes]
            held |= _descendant_ids(others) - tops.keys()
        scene.nodes = [node for node in scene.nodes if id(node) not in held]
        strays = {id(n): n for n in scene.nodes if id(n) not in tops}
        for parent, _ in traverse_with_matrices(list(tops.values())):
            parent.children = [c for c in parent.children if id(c) not in strays]
        tops |= strays


def _descendant_ids(nodes: list[Node]) -> set[int]:
    """Return the ``id`` of what hangs under some nodes."""
    return {
        id(node) for top in nodes for node, _ in traverse_with_matrices(top.children)
    }


def _check_joints(
    attributes: dict[str, Accessor], joint_count: int, place: str
) -> None:
    for name, held in attributes.items():
        if name.startswith("JOINTS_") and int(held.array.max(initial=0)) >= joint_count:
            names = {"index": int(held.array.max()), "count": joint_count}
            raise DamagedFileError.from_cause(causes.INDEX_OUT_OF_RANGE, place, **names)


def _target_count(mesh: Mesh) -> int:
    return max((len(p.targets) for p in mesh.primitives), default=0)


def _to_tuple(values: tuple[float, ...] | np.ndarray) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in values)
    return x, y, z


def ignored_extensions(records: Records) -> list[str]:
    """Return the extensions of a file that its document lacks, sorted."""
    root = records.root
    others: dict[str, Payload] = {**root.values, "materials": None}
    others["nodes and meshes"] = [
        {"extensions": item.extensions}
        for item in (*records.nodes, *records.meshes)
        if item.extensions is not UNSET
    ]
    distinct = {bytes(mesh.primitives) for mesh in records.meshes}
    others["primitives"] = [decode_json(t) for t in distinct if b'"extensions"' in t]
    materials = find_extensions(root.values.get("materials"))
    listed = root.values.get("extensionsUsed")
    words = listed if isinstance(listed, list) else []
    used = {name for name in words if isinstance(name, str)}
    named = find_extensions(others) | (used - materials)
    kept = {XMP} if root_xmp(root) else set()
    found = {n for n in named - SUPPORTED - kept if not n.startswith(MATERIALS_PREFIX)}
    return sorted({printable_name(name) for name in found})


def root_xmp(root: Fields) -> dict[str, Payload]:
    """Return the XMP packets at the root; nothing if there are none, or too many."""
    notes = _extension(root.values, XMP)
    if notes is None or len(json.dumps(notes)) > _MOST_XMP_SIGNS:
        return {}
    return {XMP: notes}


def asset_xmp(root: Fields) -> dict[str, Payload]:
    """Return the XMP packet of ``asset``."""
    asset = root.values.get("asset")
    named = _extension(asset, XMP) if isinstance(asset, dict) else None
    return {XMP: named} if named is not None and root_xmp(root) else {}


def _extension(holder: Mapping[str, Payload], name: str) -> dict[str, Payload] | None:
    extensions = holder.get("extensions")
    found = extensions.get(name) if isinstance(extensions, dict) else None
    return found if isinstance(found, dict) else None
