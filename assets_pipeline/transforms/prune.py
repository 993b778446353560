"""Remove what is never drawn: unused attributes, degenerate triangles, empty nodes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import POINTS, TRIANGLES, Document, Node, Primitive
from assets_pipeline.gltf.materials import (
    Material,
    Texture,
    TextureInfo,
    find_materials,
)
from assets_pipeline.transforms.equal_primitives import transform_distinct

if TYPE_CHECKING:
    from assets_pipeline.arrays import BoolArray, Float32Array, Uint32Array
    from assets_pipeline.gltf.accessors import Accessor
    from assets_pipeline.gltf.materials import Image

_LINE_CORNERS = 2


def prune(document: Document) -> None:
    """Remove what is never drawn, and merge equal images and textures.

    Strips and fans become plain triangles. Textures whose coordinates are absent go,
    and so do coordinates that no texture uses, tangents without a normal map,
    triangles without area, primitives without triangles, and nodes that neither show
    nor move anything.
    """
    _share_images(document)
    for primitive in document.primitives():
        _drop_textures_without_coordinates(primitive)
    transform_distinct(document.primitives(), _prune_primitive)
    for mesh in document.meshes():
        mesh.primitives = [p for p in mesh.primitives if _corner_count(p)]
    drop_empty_nodes(document)


def drop_empty_nodes(document: Document) -> None:
    """Remove nodes that draw nothing and below which nothing is drawn or moves."""
    needed = {id(c.node) for a in document.animations for c in a.channels}
    for skin in document.skins():
        needed |= {id(joint) for joint in skin.joints}
    for node in document.nodes():
        if node.mesh is not None and not node.mesh.primitives:
            node.mesh, node.skin, node.weights = None, None, ()
    for node in reversed([node for node in document.nodes() if node.children]):
        node.children = [c for c in node.children if _is_needed(c, needed)]
    for scene in document.scenes:
        scene.nodes = [root for root in scene.nodes if _is_needed(root, needed)]


def _share_images(document: Document) -> None:
    """Let textures with the same picture share it, and infos the same texture."""
    images: dict[bytes, Image] = {}
    textures: dict[tuple[int, object], Texture] = {}
    for material in document.materials():
        for _, info in material.texture_infos():
            texture = info.texture
            texture.image = images.setdefault(texture.image.content, texture.image)
            key = (id(texture.image), texture.sampler)
            info.texture = textures.setdefault(key, texture)


def _drop_textures_without_coordinates(primitive: Primitive) -> None:
    material = primitive.material
    if material is None:
        return
    lost = [
        info
        for _, info in material.texture_infos()
        if f"TEXCOORD_{info.uv_set}" not in primitive.attributes
    ]
    if lost:
        primitive.material = _remove_textures(material, lost)


def _remove_textures(material: Material, lost: list[TextureInfo]) -> Material:
    def kept(info: TextureInfo | None) -> TextureInfo | None:
        return None if any(info is item for item in lost) else info

    extensions = {
        name: part
        for name, part in material.extensions.items()
        if not any(item is info for info in lost for item in _filter_infos(name, part))
    }
    return replace(
        material,
        base_color_texture=kept(material.base_color_texture),
        metallic_roughness_texture=kept(material.metallic_roughness_texture),
        normal_texture=kept(material.normal_texture),
        occlusion_texture=kept(material.occlusion_texture),
        emissive_texture=kept(material.emissive_texture),
        extensions=extensions,
    )


def _filter_infos(name: str, part: object) -> list[TextureInfo]:
    only = Material(extensions={name: part})  # type: ignore[dict-item]  # a Payload
    return [info for _, info in only.texture_infos()]


def _prune_primitive(primitive: Primitive) -> None:
    _drop_unused_attributes(primitive)
    _drop_degenerate(primitive)


def _corner_count(primitive: Primitive) -> int:
    held = primitive.indices
    return primitive.attributes["POSITION"].count if held is None else held.count


_PAIRED = {"JOINTS": "WEIGHTS", "WEIGHTS": "JOINTS"}
"""Attributes that mean nothing without the other."""


def _drop_unused_attributes(primitive: Primitive) -> None:
    materials = [m for m in [primitive.material] if m is not None]
    materials += find_materials(primitive.extensions)
    infos = [(slot, info) for m in materials for slot, info in m.texture_infos()]
    # Sets are numbered without gaps (glTF 2.0, section 3.7.2.1): keep up to the last.
    last_set = max((info.uv_set for _, info in infos), default=-1)
    has_tangents = any(
        slot.lower().endswith("normaltexture") for slot, _ in infos
    ) or any("KHR_materials_anisotropy" in m.extensions for m in materials)
    is_point = primitive.mode == POINTS

    def is_used(name: str) -> bool:
        semantic, _, number = name.partition("_")
        if semantic == "TEXCOORD":
            return int(number) <= last_set if number.isdigit() else False
        if semantic == "COLOR":
            return number == "0"
        if semantic in _PAIRED:
            return f"{_PAIRED[semantic]}_{number}" in primitive.attributes
        if semantic == "TANGENT":
            return has_tangents and "NORMAL" in primitive.attributes
        return not (semantic == "NORMAL" and is_point)

    names = [name for name in primitive.attributes if is_used(name)]
    primitive.attributes = {name: primitive.attributes[name] for name in names}
    primitive.targets = [
        {name: held for name, held in target.items() if name in names}
        for target in primitive.targets
    ]


def _drop_degenerate(primitive: Primitive) -> None:
    """Make plain triangles, without those that have no area."""
    if primitive.mode < TRIANGLES:
        _drop_short_lines(primitive)
        return
    triangles = primitive.triangles
    if not primitive.targets:
        triangles = triangles[has_area(primitive, triangles)]
    primitive.mode = TRIANGLES
    primitive.indices = (
        create_accessor(triangles.ravel()) if len(triangles) else _empty_accessor()
    )


def has_area(primitive: Primitive, triangles: Uint32Array) -> BoolArray:
    """Return (m,) bool: whether a triangle's corners have three distinct positions."""
    positions = primitive.positions
    a, b, c = (positions.take(triangles[:, i], axis=0) for i in range(3))
    return _differ(a, b) & _differ(b, c) & _differ(c, a)


def _differ(a: Float32Array, b: Float32Array) -> BoolArray:
    x, y, z = (a != b).T  # ten times as quick as `any` along rows of three
    differ: BoolArray = x | y | z
    return differ


def _drop_short_lines(primitive: Primitive) -> None:
    if primitive.mode != POINTS and primitive.flat_indices.size < _LINE_CORNERS:
        primitive.indices = _empty_accessor()


def _empty_accessor() -> Accessor:
    return create_accessor(np.zeros((0, 1), np.uint32))


def _is_needed(node: Node, needed: set[int]) -> bool:
    if node.mesh is not None or node.children:
        return True
    return "KHR_lights_punctual" in node.extensions or id(node) in needed
