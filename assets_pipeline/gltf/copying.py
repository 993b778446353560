"""A second document that can be changed while the first stays as it is.

Accessors and images never change, so both documents hold the same ones: a copy costs
objects, not arrays.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from assets_pipeline.gltf.document import (
    Animation,
    Channel,
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
Slotted = TypeVar("Slotted", Node, Primitive)


def copied(document: Document) -> Document:
    """Return a document that shares nothing changeable with the given one."""
    return _Copier().document(document)


def copied_primitive(primitive: Primitive) -> Primitive:
    """Return a primitive of its own attributes, with the same material object."""
    made = _twin(primitive)
    made.attributes = dict(primitive.attributes)
    made.targets = [dict(target) for target in primitive.targets]
    return made


def _bare(node: Node) -> Node:
    """Return a node with nothing that has to be copied first."""
    made = _twin(node)
    made.children, made.mesh, made.skin = [], None, None
    made.instances, made.extensions = dict(node.instances), {}
    return made


def _twin(thing: Slotted) -> Slotted:
    """Return another object of the same parts: `replace` takes five times as long."""
    made = object.__new__(type(thing))
    for name in thing.__slots__:
        setattr(made, name, getattr(thing, name))
    return made


class _Copier:
    """Copies each object once, so that what was shared stays shared."""

    def __init__(self) -> None:
        self._made: dict[int, object] = {}

    def document(self, document: Document) -> Document:
        nodes = document.nodes()
        copies = [_bare(node) for node in nodes]
        self._made.update((id(n), copy) for n, copy in zip(nodes, copies, strict=True))
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
            made.children = [self._node(child) for child in node.children]
        if node.mesh is not None:
            made.mesh = self._once(node.mesh, self._mesh)
        if node.skin is not None:
            made.skin = self._once(node.skin, self._skin)
        if node.extensions:
            made.extensions = self._payloads(node.extensions)

    def _node(self, node: Node) -> Node:
        return self._once(node, replace)

    def _scene(self, scene: Scene) -> Scene:
        return replace(scene, nodes=[self._node(node) for node in scene.nodes])

    def _mesh(self, mesh: Mesh) -> Mesh:
        return replace(mesh, primitives=[self._primitive(p) for p in mesh.primitives])

    def _primitive(self, primitive: Primitive) -> Primitive:
        made = copied_primitive(primitive)
        if primitive.material is not None:
            made.material = self._material(primitive.material)
        made.extensions = self._payloads(primitive.extensions)
        return made

    def _skin(self, skin: Skin) -> Skin:
        return replace(skin, joints=[self._node(joint) for joint in skin.joints])

    def _animation(self, animation: Animation) -> Animation:
        return replace(
            animation, channels=[self._channel(c) for c in animation.channels]
        )

    def _channel(self, channel: Channel) -> Channel:
        sampler: AnimationSampler = self._once(channel.sampler, replace)
        return Channel(self._node(channel.node), channel.path, sampler)

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
