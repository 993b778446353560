"""Clone a document so that the copy can be changed; arrays and images are shared.

Accessors and images never change, so both documents hold the same ones: a copy costs
objects, not arrays.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from assets_pipeline.gltf.document import (
    Animation,
    AnimationChannel,
    Document,
    Mesh,
    Node,
    Primitive,
    Scene,
    Skin,
)
from assets_pipeline.gltf.materials import Material, Payload, TextureInfo

if TYPE_CHECKING:
    from collections.abc import Callable

    from assets_pipeline.gltf.document import AnimationSampler
    from assets_pipeline.gltf.materials import Texture

Item = TypeVar("Item")


def clone_document(document: Document) -> Document:
    """Return a copy of a document that shares only accessors and images with it."""
    return _Cloner().document(document)


def _clone_node_only(node: Node) -> Node:
    """Return a node with nothing that has to be copied first."""
    # A tree of many parts has thousands: `replace` takes five times as long.
    clone = Node(node.name, [], None, None)
    clone.translation, clone.rotation, clone.scale = (
        node.translation,
        node.rotation,
        node.scale,
    )
    clone.weights, clone.extras = node.weights, node.extras
    if node.instances:
        clone.instances = dict(node.instances)
    return clone


class _Cloner:
    """Copies each object once, so that what was shared stays shared."""

    def __init__(self) -> None:
        self._made: dict[int, object] = {}
        self._nodes: dict[int, Node] = {}

    def document(self, document: Document) -> Document:
        nodes = document.nodes()
        copies = list(map(_clone_node_only, nodes))
        self._nodes = dict(zip(map(id, nodes), copies, strict=True))
        for node, copy in zip(nodes, copies, strict=True):
            self._attach_clones(node, copy)
        scenes = {id(s): self._scene(s) for s in document.scenes}
        return replace(
            document,
            scenes=list(scenes.values()),
            scene=scenes[id(document.scene)],
            animations=[self._animation(a) for a in document.animations],
            extensions=self._payloads(document.extensions),
        )

    def _attach_clones(self, node: Node, clone: Node) -> None:
        if node.children:
            clone.children = self._clone_nodes(node.children)
        if node.mesh is not None:
            clone.mesh = self._clone_once(node.mesh, self._mesh)
        if node.skin is not None:
            clone.skin = self._clone_once(node.skin, self._skin)
        if node.extensions:
            clone.extensions = self._payloads(node.extensions)

    def _clone_nodes(self, nodes: list[Node]) -> list[Node]:
        return [self._nodes[id(node)] for node in nodes]

    def _scene(self, scene: Scene) -> Scene:
        return replace(scene, nodes=self._clone_nodes(scene.nodes))

    def _mesh(self, mesh: Mesh) -> Mesh:
        return replace(mesh, primitives=[self._primitive(p) for p in mesh.primitives])

    def _primitive(self, primitive: Primitive) -> Primitive:
        material = primitive.material
        return replace(
            primitive,
            attributes=dict(primitive.attributes),
            targets=[dict(target) for target in primitive.targets],
            material=None if material is None else self._material(material),
            extensions=self._payloads(primitive.extensions),
        )

    def _skin(self, skin: Skin) -> Skin:
        return replace(skin, joints=self._clone_nodes(skin.joints))

    def _animation(self, animation: Animation) -> Animation:
        return replace(
            animation, channels=[self._channel(c) for c in animation.channels]
        )

    def _channel(self, channel: AnimationChannel) -> AnimationChannel:
        sampler: AnimationSampler = self._clone_once(channel.sampler, replace)
        return AnimationChannel(self._nodes[id(channel.node)], channel.path, sampler)

    def _material(self, material: Material) -> Material:
        return self._clone_once(
            material,
            lambda m: replace(
                m,
                base_color_texture=self._info(m.base_color_texture),
                metallic_roughness_texture=self._info(m.metallic_roughness_texture),
                normal_texture=self._info(m.normal_texture),
                occlusion_texture=self._info(m.occlusion_texture),
                emissive_texture=self._info(m.emissive_texture),
                extensions=self._payloads(m.extensions),
            ),
        )

    def _info(self, info: TextureInfo | None) -> TextureInfo | None:
        if info is None:
            return None
        texture: Texture = self._clone_once(info.texture, replace)
        return replace(info, texture=texture)

    def _payloads(self, extensions: dict[str, Payload]) -> dict[str, Payload]:
        return {name: self._payload(part) for name, part in extensions.items()}

    def _payload(self, payload: Payload) -> Payload:
        if isinstance(payload, TextureInfo):
            return self._info(payload)
        if isinstance(payload, Material):
            return self._material(payload)
        if isinstance(payload, dict):
            return self._payloads(payload)
        if isinstance(payload, list):
            return [self._payload(part) for part in payload]
        return payload

    def _clone_once(self, item: Item, make: Callable[[Item], Item]) -> Item:
        if id(item) not in self._made:
            self._made[id(item)] = make(item)
        return self._made[id(item)]  # type: ignore[return-value]  # of item's type
