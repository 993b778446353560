"""Write a document as GLB, deterministically.

The same document gives the same bytes. Only what a scene, a skin or an animation
reaches is written. An accessor that the compress transform encoded is stored through
EXT_meshopt_compression; its fallback buffer holds no bytes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.gltf import container
from assets_pipeline.gltf.document import TRIANGLES
from assets_pipeline.gltf.extensions import find_extensions
from assets_pipeline.gltf.writer_arrays import ArrayWriter
from assets_pipeline.gltf.writer_materials import MaterialWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assets_pipeline.gltf.accessors import Accessor
    from assets_pipeline.gltf.document import (
        Animation,
        Document,
        Mesh,
        Node,
        Primitive,
        Scene,
        Skin,
    )
    from assets_pipeline.gltf.materials import Payload

Json = dict[str, object]
GENERATOR: Final = "ecomusee"
_INSTANCING: Final = "EXT_mesh_gpu_instancing"
_QUANTIZATION: Final = "KHR_mesh_quantization"
_FLOAT, _SIGNED = "f", "i"


def write_glb(document: Document) -> bytes:
    """Return the GLB file of a document."""
    return _Writer(document).glb()


class _Writer:
    """One file being written."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._arrays = ArrayWriter()
        self._materials = MaterialWriter(document, self._arrays)
        self._nodes = document.nodes()
        self._meshes = document.meshes()
        self._skins = document.skins()
        self._node_numbers = _indices_by_id(self._nodes)
        self._mesh_numbers = _indices_by_id(self._meshes)
        self._skin_numbers = _indices_by_id(self._skins)
        self._required: set[str] = set()

    def glb(self) -> bytes:
        document = self._document
        lists: dict[str, Sequence[Json]] = {
            "scenes": [self._scene(scene) for scene in document.scenes],
            "nodes": [self._node(node) for node in self._nodes],
            "meshes": [self._mesh(mesh) for mesh in self._meshes],
            "skins": [self._skin(skin) for skin in self._skins],
            "animations": [self._animation(a) for a in document.animations],
            **self._materials.json_lists(),
        }
        binary = self._arrays.binary()
        root: Json = {
            "asset": self._asset(),
            "scene": next(
                i for i, s in enumerate(document.scenes) if s is document.scene
            ),
            **{name: items for name, items in lists.items() if items},
            **self._arrays.json_lists(),
        }
        _put(root, "extensions", self._materials.payload_json(document.extensions))
        used, required = self._extension_names(root)
        _put(root, "extensionsUsed", used)
        _put(root, "extensionsRequired", required)
        text = json.dumps(root, ensure_ascii=False, separators=(",", ":"))
        return container.join_glb(text.encode(), binary)

    def _asset(self) -> Json:
        asset: Json = {"version": "2.0"}
        _put(asset, "generator", self._document.generator or GENERATOR)
        _put(asset, "copyright", self._document.copyright)
        _put(asset, "extensions", self._document.asset_extensions)
        _put(asset, "extras", self._document.extras)
        return asset

    def _scene(self, scene: Scene) -> Json:
        made: Json = {}
        _put(made, "nodes", self._index_items(scene.nodes))
        return _put_name(scene.name, scene.extras, made)

    def _node(self, node: Node) -> Json:
        made: Json = {}
        _put_unless(made, "translation", node.translation, (0.0, 0.0, 0.0))
        _put_unless(made, "rotation", node.rotation, (0.0, 0.0, 0.0, 1.0))
        _put_unless(made, "scale", node.scale, (1.0, 1.0, 1.0))
        _put(made, "children", self._index_items(node.children))
        _put(made, "weights", [_round_numbers(value) for value in node.weights])
        if node.mesh is not None:
            made["mesh"] = self._mesh_numbers[id(node.mesh)]
        if node.skin is not None:
            made["skin"] = self._skin_numbers[id(node.skin)]
        extensions: Json = {
            name: self._materials.payload_json(part)
            for name, part in node.extensions.items()
        }
        if node.instances:
            extensions[_INSTANCING] = self._instances(node)
        _put(made, "extensions", extensions)
        return _put_name(node.name, node.extras, made)

    def _instances(self, node: Node) -> Json:
        self._required.add(_INSTANCING)
        named = node.instances.items()
        return {
            "attributes": {
                name: self._arrays.add_values(accessor) for name, accessor in named
            }
        }

    def _mesh(self, mesh: Mesh) -> Json:
        made: Json = {"primitives": [self._primitive(p) for p in mesh.primitives]}
        _put(made, "weights", [_round_numbers(value) for value in mesh.weights])
        return _put_name(mesh.name, mesh.extras, made)

    def _primitive(self, primitive: Primitive) -> Json:
        made: Json = {"attributes": self._attributes(primitive.attributes)}
        if primitive.indices is not None:
            made["indices"] = self._arrays.add_indices(primitive.indices)
        if primitive.material is not None:
            made["material"] = self._materials.index_of(primitive.material)
        _put_unless(made, "mode", primitive.mode, TRIANGLES)
        _put(made, "targets", [self._attributes(t) for t in primitive.targets])
        _put(made, "extensions", self._materials.payload_json(primitive.extensions))
        return _put_name(None, primitive.extras, made)

    def _attributes(self, attributes: dict[str, Accessor]) -> dict[str, int]:
        found: dict[str, int] = {}
        for name, accessor in attributes.items():
            bounded = name == "POSITION"
            found[name] = self._arrays.add_vertices(accessor, is_bounded=bounded)
            if _is_quantized(name, accessor):
                self._required.add(_QUANTIZATION)
        return found

    def _skin(self, skin: Skin) -> Json:
        made: Json = {"joints": self._index_items(skin.joints)}
        if skin.inverse_bind_matrices is not None:
            binds = skin.inverse_bind_matrices
            made["inverseBindMatrices"] = self._arrays.add_values(binds)
        return _put_name(skin.name, skin.extras, made)

    def _animation(self, animation: Animation) -> Json:
        samplers = list({id(c.sampler): c.sampler for c in animation.channels}.values())
        numbers = _indices_by_id(samplers)
        made: Json = {
            "samplers": [
                {
                    "input": self._arrays.add_values(s.input, is_bounded=True),
                    "output": self._arrays.add_values(s.output),
                    "interpolation": s.interpolation,
                }
                for s in samplers
            ],
            "channels": [
                {
                    "sampler": numbers[id(c.sampler)],
                    "target": {
                        "node": self._node_numbers[id(c.node)],
                        "path": c.path,
                    },
                }
                for c in animation.channels
            ],
        }
        return _put_name(animation.name, animation.extras, made)

    def _index_items(self, nodes: list[Node]) -> list[int]:
        return [self._node_numbers[id(node)] for node in nodes]

    def _extension_names(self, root: Json) -> tuple[list[str], list[str]]:
        """Return the extensions used, and those without which the file can't be read."""
        used = find_extensions(root)
        required = self._required | self._materials.required | self._arrays.required
        return sorted(used | required), sorted(required)


def _is_quantized(name: str, accessor: Accessor) -> bool:
    """Whether an attribute's type is one that only KHR_mesh_quantization admits."""
    kind = accessor.array.dtype.kind
    if name in ("POSITION", "NORMAL", "TANGENT"):
        return kind != _FLOAT
    if name.startswith("TEXCOORD"):
        return kind == _SIGNED or (kind != _FLOAT and not accessor.normalized)
    return False


def _indices_by_id(things: Sequence[object]) -> dict[int, int]:
    return {id(thing): i for i, thing in enumerate(things)}


def _put_name(name: str | None, extras: Payload, made: Json) -> Json:
    _put(made, "name", name)
    _put(made, "extras", extras)
    return made


def _put(made: Json, name: str, value: object) -> None:
    if value not in (None, [], {}, ""):
        made[name] = value


def _put_unless(made: Json, name: str, value: object, default: object) -> None:
    if value != default:
        made[name] = value


def _round_numbers(value: float) -> float:
    """Return the shortest number with the same float32."""
    return float(np.float64(str(np.float32(value))))
