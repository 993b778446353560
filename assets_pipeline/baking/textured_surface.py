"""Read a dense textured surface: vertices, materials and texture coordinates.

All that a document shows is taken as one surface, in the scene's frame. What its
pictures can't tell faithfully once they are laid out anew is none: what lets light
through, moves or repeats, and materials that differ in more than numbers and pictures.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.baking.mip_chain import MipChain
from assets_pipeline.baking.uv_rasterizer import rasterize_mask
from assets_pipeline.gltf.document import TRIANGLES
from assets_pipeline.gltf.geometry import area_vectors
from assets_pipeline.gltf.materials import (
    TextureInfo,
    find_texture_infos,
    transform_uvs,
)
from assets_pipeline.gltf.rest_pose import posed_primitives
from assets_pipeline.images.decoding import open_image
from assets_pipeline.transforms.compress_textures import to_rgb_or_rgba

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assets_pipeline.arrays import BoolArray, Float32Array, Matrix, Uint32Array
    from assets_pipeline.gltf.document import Document, Primitive
    from assets_pipeline.gltf.materials import Image, Material, Sampler
    from assets_pipeline.gltf.rest_pose import PosedPrimitive

    _Reading = tuple[int, Sampler, bool]

_UV_SETS: Final = 2
_CLAMPED, _MIRRORED = 33071, 33648
_FEW_PICTURES, _MANY_PICTURES = 8, 32
_OFTEN: Final = 3.0
"""Times that a picture is shown; twice where a figure's halves mirror each other."""
_HARMLESS: Final = frozenset(
    {
        "KHR_materials_unlit",
        "KHR_materials_emissive_strength",
        "KHR_materials_ior",
        "KHR_materials_specular",
        "KHR_materials_clearcoat",
        "KHR_materials_sheen",
    }
)
"""Numbers of these hold anywhere on a surface; pictures of theirs are not laid anew."""
_COLOR_SLOTS: Final = frozenset({"baseColorTexture", "emissiveTexture"})


@dataclass(frozen=True)
class TexturedSurface:
    """A surface's source vertices, and the material of each triangle."""

    triangles: Uint32Array
    """(m, 3) uint32, over vertices."""
    positions: Float32Array
    """(n, 3) float32, metres."""
    normals: Float32Array
    """(n, 3) float32 unit."""
    tangents: Float32Array
    """(n, 4) float32; 0 where the file gives none."""
    uv_sets: tuple[Float32Array, ...]
    """(n, 2) float32 each; 0 where the file gives none."""
    colors: Float32Array
    """(n, 3) float32, linear light; 1 where the file gives none."""
    materials: tuple[Material, ...]
    material_of: Uint32Array
    """(m,) uint32."""
    _mips: dict[_Reading, MipChain] = field(default_factory=dict)

    def uvs(self, info: TextureInfo, triangles: Uint32Array) -> Float32Array:
        """Return (k, 3, 2) texture coordinates of the corners of triangles."""
        held = self.uv_sets[info.uv_set][self.triangles[triangles]]
        return transform_uvs(held, info.transform).astype(np.float32)

    def repeats_pictures(self) -> bool:
        """Whether textures repeat over most of the surface."""
        shown, held = np.zeros(len(self.materials)), np.zeros(len(self.materials))
        areas = np.linalg.norm(area_vectors(self.positions, self.triangles), axis=1)
        for number, material in enumerate(self.materials):
            rows = np.nonzero(self.material_of == number)[0].astype(np.uint32)
            held[number] = areas[rows].sum()
            for _, info in material.texture_infos():
                sides = np.diff(self.uvs(info, rows), axis=1).astype(np.float64)
                (x, y), (u, v) = sides[:, 0].T, sides[:, 1].T
                crossed = x * v - y * u
                shown[number] = max(shown[number], np.abs(crossed).sum() / 2)
        is_repeated = shown > _OFTEN
        return bool(held[is_repeated].sum() > held.sum() / 2)

    def mip_chain(self, slot: str, info: TextureInfo) -> MipChain:
        """Return the mip chain of a texture, built once."""
        image, sampler = info.texture.image, info.texture.sampler
        key = _reading(slot, info)
        if key not in self._mips:
            pixels = np.asarray(
                to_rgb_or_rgba(
                    open_image(image.content, image.name or "image"), has_alpha=False
                )
            )
            self._mips[key] = MipChain(
                pixels,
                self._known(image, *pixels.shape[1::-1]),
                sampler,
                is_color=slot in _COLOR_SLOTS,
                most_edge_px=_most_edge_px(self.materials),
            )
        return self._mips[key]

    def _known(self, image: Image, width_px: int, height_px: int) -> BoolArray:
        """Return which texels of an image any triangle shows."""
        known = np.zeros((height_px, width_px), bool)
        for number, material in enumerate(self.materials):
            rows = np.nonzero(self.material_of == number)[0].astype(np.uint32)
            seen: list[tuple[int, object, Sampler]] = []
            for _, info in material.texture_infos():
                sampler = info.texture.sampler
                use = info.uv_set, info.transform, sampler
                if info.texture.image is not image or use in seen or not len(rows):
                    continue
                seen.append(use)
                uvs = self.uvs(info, rows)
                for axis, edge_px, wrap in (
                    (0, width_px, sampler.wrap_s),
                    (1, height_px, sampler.wrap_t),
                ):
                    held = uvs[..., axis] = _within(uvs[..., axis], wrap)
                    is_past = held.min() < -1 / edge_px or held.max() > 1 + 1 / edge_px
                    # What goes on past an edge shows the picture again, up to there.
                    if wrap != _CLAMPED and is_past:
                        return np.ones_like(known)
                known |= rasterize_mask(uvs, width_px, height_px)
        return known


def _within(places: Float32Array, wrap: int) -> Float32Array:
    """Return (n, 3) coordinates of triangles along one edge, moved into the picture.

    Where it goes on mirrored, every second one lies the other way round.
    """
    if wrap == _CLAMPED:
        return places
    turns = np.floor(places.mean(axis=1, keepdims=True))
    moved = places - turns
    is_mirrored = (wrap == _MIRRORED) & (turns % 2 == 1)
    found: Float32Array = np.where(is_mirrored, 1 - moved, moved).astype(np.float32)
    return found


def _reading(slot: str, info: TextureInfo) -> _Reading:
    """Return what tells one way to read a picture from others of the same."""
    return id(info.texture.image), info.texture.sampler, slot in _COLOR_SLOTS


def _most_edge_px(materials: tuple[Material, ...]) -> int:
    """Return how fine pictures are kept: all of them at once, in less than 1 GiB.

    One that is read as colour and as numbers is held twice. The light surface has one
    picture of 2,048 pixels for all of theirs.
    """
    count = len({_reading(*used) for m in materials for used in m.texture_infos()})
    if count <= _FEW_PICTURES:
        return 4096
    return 2048 if count <= _MANY_PICTURES else 1024


def read_textured_surface(document: Document) -> TexturedSurface | None:
    """Return a clean document's textured surface; None if it can't be rebaked."""
    if not can_be_rebaked(document):
        return None
    return _merged(list(_drawn(document)), posed_primitives(document))


def can_be_rebaked(document: Document) -> bool:
    """Whether a document has textures that can be rebaked."""
    if not _is_still(document):
        return False
    primitives = [primitive for primitive, _ in _drawn(document)]
    if not primitives or not all(map(_is_surface, primitives)):
        return False
    materials = document.materials()
    if not any(True for m in materials for _ in m.texture_infos()):
        return False
    return _agree(materials) and all(map(_has_coordinates, primitives))


def _is_still(document: Document) -> bool:
    """Whether nothing moves, repeats or is hidden."""
    showing = [node for node in document.nodes() if node.mesh is not None]
    meshes = {id(node.mesh) for node in showing}
    drawn = [node for node in document.shown_nodes() if node.mesh is not None]
    is_once = len(meshes) == len(showing) == len(drawn)
    is_rigid = not document.animations and not document.skins()
    return is_once and is_rigid and not any(node.instances for node in showing)


def _drawn(document: Document) -> Iterator[tuple[Primitive, Matrix]]:
    """Give what `posed_primitives` poses, in its order."""
    for node, world in document.shown_nodes_with_matrices():
        for primitive in node.mesh.primitives if node.mesh is not None else ():
            if len(primitive.triangles):
                yield primitive, world


def _is_surface(primitive: Primitive) -> bool:
    is_plain = not primitive.targets and not primitive.extensions
    return is_plain and primitive.mode == TRIANGLES and primitive.material is not None


def _has_coordinates(primitive: Primitive) -> bool:
    infos = primitive.material.texture_infos() if primitive.material else ()
    return all(
        info.uv_set < _UV_SETS and f"TEXCOORD_{info.uv_set}" in primitive.attributes
        for _, info in infos
    )


def _agree(materials: list[Material]) -> bool:
    """Whether one material with other pictures can stand for all."""
    first = materials[0]
    return all(
        material.alpha_mode == "OPAQUE"
        and material.double_sided == first.double_sided
        and material.extensions == first.extensions
        and material.extensions.keys() <= _HARMLESS
        and not any(True for _ in find_texture_infos("", material.extensions))
        and all(_is_plain(slot, info) for slot, info in material.texture_infos())
        for material in materials
    )


def _is_plain(slot: str, info: TextureInfo) -> bool:
    """Whether a texture's use is understood whole.

    A turned normal map has another frame than its coordinates, to some viewers.
    """
    moved = info.transform
    is_turned = moved is not None and (moved.rotation != 0 or min(moved.scale) < 0)
    return not info.extensions and not (slot == "normalTexture" and is_turned)


def _merged(
    parts: list[tuple[Primitive, Matrix]], posed: list[PosedPrimitive]
) -> TexturedSurface:
    materials = list({id(p.material): p.material for p in posed if p.material}.values())
    numbers = {id(material): number for number, material in enumerate(materials)}
    starts = np.cumsum([0] + [len(part.positions) for part in posed])[:-1]
    return TexturedSurface(
        np.concatenate(
            [
                part.triangles + np.uint32(start)
                for part, start in zip(posed, starts, strict=True)
            ]
        ),
        np.concatenate([part.positions for part in posed]),
        np.concatenate([part.normals for part in posed]),
        np.concatenate([_tangents(*part) for part in parts]),
        tuple(
            np.concatenate([_uvs(part, number) for part in posed])
            for number in range(_UV_SETS)
        ),
        np.concatenate([_colors(part) for part in posed]),
        tuple(materials),
        np.concatenate(
            [
                np.full(len(part.triangles), numbers[id(part.material)], np.uint32)
                for part in posed
            ]
        ),
    )


def _tangents(primitive: Primitive, world: Matrix) -> Float32Array:
    held = primitive.attributes.get("TANGENT")
    if held is None:
        return np.zeros((primitive.attributes["POSITION"].count, 4), np.float32)
    values = held.values
    hand = -1.0 if np.linalg.det(world[:3, :3]) < 0 else 1.0
    turned = values[:, :3] @ world[:3, :3].T
    return np.concatenate([turned, values[:, 3:] * hand], axis=1).astype(np.float32)


def _uvs(part: PosedPrimitive, number: int) -> Float32Array:
    if number < len(part.uv_sets):
        return part.uv_sets[number]
    return np.zeros((len(part.positions), 2), np.float32)


def _colors(part: PosedPrimitive) -> Float32Array:
    if part.colors is None:
        return np.ones((len(part.positions), 3), np.float32)
    return part.colors[:, :3]
