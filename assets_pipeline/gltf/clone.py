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

Thing = TypeVar("Thing")


def clone_document(document: Document) -> Document:
    """Return a copy of a document that shares only accessors and images with it."""
    return _Cloner().document(document)


def _clone_node_only(node: Node) -> Node:
    """Return a node with nothing that has to be copied first."""
    # A tree of many parts has thousands: `replace` takes five times as long.
    made = Node(node.name, [], None, None)
    made.translation, made.rotation, made.scale = (
        node.translation,
        node.rotation,
        node.scale,
    )
    made.weights, made.extras = node.weights, node.extras
    if node.instances:
        made.instances = dict(node.instances)
    return made


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
            self._join(node, copy)
        scenes = {id(s): self._scene(s) for s in document.scenes}
        return replace(
            document,
            scenes=list(scenes.values()),
            scene=scenes[id(document.scene)],
            animations=[self._animation(a) for a in document.animations],
            extensions=self._payloads(document.extensions),
        )

    def _join(self, node: Node, made: Node) -> None:
        if node.children:
            made.children = self._copies(node.children)
        if node.mesh is not None:
            made.mesh = self._once(node.mesh, self._mesh)
        if node.skin is not None:
            made.skin = self._once(node.skin, self._skin)
        if node.extensions:
            made.extensions = self._payloads(node.extensions)

    def _copies(self, nodes: list[Node]) -> list[Node]:
        return [self._nodes[id(node)] for node in nodes]

    def _scene(self, scene: Scene) -> Scene:
        return replace(scene, nodes=self._copies(scene.nodes))

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
        return replace(skin, joints=self._copies(skin.joints))

    def _animation(self, animation: Animation) -> Animation:
        return replace(
            animation, channels=[self._channel(c) for c in animation.channels]
        )

    def _channel(self, channel: AnimationChannel) -> AnimationChannel:
        sampler: AnimationSampler = self._once(channel.sampler, replace)
        return AnimationChannel(self._nodes[id(channel.node)], channel.path, sampler)

    def _material(self, material: Material) -> Material:
        return self._once(
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
        texture: Texture = self._once(info.texture, replace)
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

    def _once(self, thing: Thing, make: Callable[[Thing], Thing]) -> Thing:
        if id(thing) not in self._made:
            self._made[id(thing)] = make(thing)
        return self._made[id(thing)]  # type: ignore[return-value]  # of thing's type
