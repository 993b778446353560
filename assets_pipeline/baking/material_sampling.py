"""Sample the materials of a textured surface at points, and build one material of them.

A material that is alone keeps its factors, and the pictures say what its own did.
Several become one: their factors go into the pictures.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from assets_pipeline.baking.bake_scan import make_texture_info, to_bytes
from assets_pipeline.baking.ray_casting import interpolate
from assets_pipeline.gltf.geometry import area_vectors, normalize, triangle_tangents
from assets_pipeline.images.color import linear_to_srgb

if TYPE_CHECKING:
    from assets_pipeline.arrays import Float32Array, IntpArray, Uint8Array, Uint32Array
    from assets_pipeline.baking.textured_surface import TexturedSurface
    from assets_pipeline.gltf.materials import Material, TextureInfo


PictureName = Literal["colors", "glow", "relief", "metal", "hollows"]
_UNLIT: Final = "KHR_materials_unlit"
_TINY: Final = np.float32(1e-20)


@dataclass(frozen=True, slots=True)
class SurfacePoints:
    """Points of a textured surface, by triangle and barycentric weights."""

    triangles: Uint32Array
    """(n,)."""
    weights: Float32Array
    """(n, 3): how much of each corner."""
    width_m: float
    """What each place stands for: pictures are read no finer."""


class MaterialSampler:
    """Samples the textures and factors of a surface's materials.

    Parameters
    ----------
    textured
        Of the surface.
    """

    def __init__(self, textured: TexturedSurface) -> None:
        self._paint = textured
        self._is_alone = len(textured.materials) == 1
        self._is_tinted = bool((textured.colors != 1).any())
        self.names = self._wanted()

    def sample_bytes(self, places: SurfacePoints) -> dict[PictureName, Uint8Array]:
        """Return (n, 3) bytes of each map but the normal map, as stored there."""
        held: dict[PictureName, Float32Array] = {
            name: np.ones((len(places.triangles), 3), np.float32)
            for name in self.names
            if name != "relief"
        }
        for material, rows in self._by_material(places):
            here = _some(places, rows)
            for name, values in held.items():
                values[rows] = self._values(name, material, here)
        return {name: to_bytes(values) for name, values in held.items()}

    def sample_normals(self, places: SurfacePoints) -> Float32Array:
        """Return (n, 3) unit normals, normal maps included."""
        textured = self._paint
        corners = textured.triangles[places.triangles]
        found = interpolate(textured.normals, corners, places.weights)
        found = normalize(found.astype(np.float64)).astype(np.float32)
        for material, rows in self._by_material(places):
            info = material.normal_texture
            if info is not None:
                here = _some(places, rows)
                found[rows] = self._dented(info, here, found[rows])
        return found

    def make_material(self, pictures: dict[PictureName, Uint8Array]) -> Material:
        """Return one material for the whole surface, given its baked textures."""
        infos = {name: make_texture_info(held, name) for name, held in pictures.items()}
        metal = infos.get("metal")
        occlusion = metal if self._is_packed() else infos.get("hollows")
        first = self._paint.materials[0]
        if occlusion is not None and self._is_alone and first.occlusion_texture:
            occlusion = replace(occlusion, strength=first.occlusion_texture.strength)
        made = replace(
            first,
            base_color_texture=infos.get("colors"),
            emissive_texture=infos.get("glow"),
            normal_texture=infos.get("relief"),
            metallic_roughness_texture=metal,
            occlusion_texture=occlusion,
        )
        if self._is_alone:
            return made
        if "colors" in infos:
            made.base_color_factor = (1.0, 1.0, 1.0, 1.0)
        if "glow" in infos:
            made.emissive_factor = (1.0, 1.0, 1.0)
        if metal is not None:
            made.metallic_factor = made.roughness_factor = 1.0
        return made

    def _wanted(self) -> tuple[PictureName, ...]:
        """Return which pictures tell more than a factor does."""
        materials = self._paint.materials
        colors = {m.base_color_factor[:3] for m in materials}
        names: list[PictureName] = []
        if self._is_tinted or len(colors) > 1 or self._any("baseColorTexture"):
            names.append("colors")
        if _UNLIT in materials[0].extensions:
            return tuple(names)
        if (
            self._any("emissiveTexture")
            or len({m.emissive_factor for m in materials}) > 1
        ):
            names.append("glow")
        names.append("relief")
        metals = {(m.metallic_factor, m.roughness_factor) for m in materials}
        if self._any("metallicRoughnessTexture") or len(metals) > 1:
            names.append("metal")
        if self._any("occlusionTexture") and not self._is_packed():
            names.append("hollows")
        return tuple(names)

    def _any(self, slot: str) -> bool:
        return any(
            slot == name for m in self._paint.materials for name, _ in m.texture_infos()
        )

    def _is_packed(self) -> bool:
        """Whether occlusion, roughness and metal are one picture everywhere."""
        return all(
            m.occlusion_texture is not None
            and m.metallic_roughness_texture is not None
            and _is_same(m.occlusion_texture, m.metallic_roughness_texture)
            for m in self._paint.materials
        )

    def _by_material(self, places: SurfacePoints) -> list[tuple[Material, IntpArray]]:
        numbers = self._paint.material_of[places.triangles]
        return [
            (self._paint.materials[int(number)], np.nonzero(numbers == number)[0])
            for number in np.unique(numbers)
        ]

    def _values(
        self, name: PictureName, material: Material, places: SurfacePoints
    ) -> Float32Array:
        """Return (n, 3) from 0 to 1, as stored."""
        if name == "colors":
            return self._colors(material, places)
        if name == "glow":
            light = self._read("emissiveTexture", material.emissive_texture, places)
            if not self._is_alone:
                light = light * _floats(*material.emissive_factor)
            return linear_to_srgb(light)
        if name == "metal":
            return self._metal(material, places)
        return self._hollows(material, places).repeat(3, axis=1)

    def _colors(self, material: Material, places: SurfacePoints) -> Float32Array:
        textured = self._paint
        light = self._read("baseColorTexture", material.base_color_texture, places)
        if self._is_tinted:
            corners = textured.triangles[places.triangles]
            light = light * interpolate(textured.colors, corners, places.weights)
        if not self._is_alone:
            light = light * _floats(*material.base_color_factor[:3])
        return linear_to_srgb(light.clip(0, 1).astype(np.float32))

    def _metal(self, material: Material, places: SurfacePoints) -> Float32Array:
        """Return roughness as green and metal as blue; occlusion as red if it is there.

        Else roughness is red too: WebP keeps colours coarser than greys.
        """
        info = material.metallic_roughness_texture
        found = self._read("metallicRoughnessTexture", info, places)
        if not self._is_alone:
            factors = material.roughness_factor, material.metallic_factor
            found = found * _floats(1.0, *factors)
        red = self._hollows(material, places) if self._is_packed() else found[:, 1:2]
        return np.concatenate([red, found[:, 1:]], axis=1)

    def _hollows(self, material: Material, places: SurfacePoints) -> Float32Array:
        info = material.occlusion_texture
        if info is None:
            return np.ones((len(places.triangles), 1), np.float32)
        found = self._read("occlusionTexture", info, places)[:, :1]
        strength = 1.0 if info.strength is None or self._is_alone else info.strength
        return (1 + np.float32(strength) * (found - 1)).astype(np.float32)

    def _read(
        self, slot: str, info: TextureInfo | None, places: SurfacePoints
    ) -> Float32Array:
        """Return (n, 3) what a texture shows; white without one."""
        if info is None:
            return np.ones((len(places.triangles), 3), np.float32)
        textured = self._paint
        mip_chain = textured.mip_chain(slot, info)
        corners = textured.uvs(info, places.triangles)
        shares = places.weights[:, :, None]
        uvs = (corners * shares).sum(axis=1).astype(np.float32)
        return mip_chain.sample(
            uvs, self._spans(corners, places, mip_chain.width_px, mip_chain.height_px)
        )

    def _spans(
        self, uvs: Float32Array, places: SurfacePoints, width_px: int, height_px: int
    ) -> Float32Array:
        """Return (n,) how many texels of a picture each place is wide."""
        sides = (uvs[:, 1:] - uvs[:, :1]) * _floats(width_px, height_px)
        crossed = sides[:, 0, 0] * sides[:, 1, 1] - sides[:, 0, 1] * sides[:, 1, 0]
        corners = self._paint.triangles[places.triangles]
        areas = np.linalg.norm(area_vectors(self._paint.positions, corners), axis=1)
        ratio = np.abs(crossed) / np.maximum(areas, _TINY)
        spans: Float32Array = (np.sqrt(ratio) * places.width_m).astype(np.float32)
        return spans

    def _dented(
        self, info: TextureInfo, places: SurfacePoints, normals: Float32Array
    ) -> Float32Array:
        """Return normals as a normal map turns them, in its own frame."""
        textured = self._paint
        values = self._read("normalTexture", info, places) * np.float32(2) - 1
        if info.scale is not None:
            values[:, :2] *= np.float32(info.scale)
        corners = textured.triangles[places.triangles]
        uvs = textured.uv_sets[info.uv_set][corners]
        tangents = triangle_tangents(textured.positions, corners, uvs).astype(
            np.float32
        )
        given = interpolate(textured.tangents, corners, places.weights)
        is_given = np.abs(given).sum(axis=1, keepdims=True) > 0
        tangents = np.where(is_given, given, tangents)
        lean = np.einsum("ij,ij->i", tangents[:, :3], normals)[:, None]
        across = normalize((tangents[:, :3] - lean * normals).astype(np.float64))
        up = np.cross(normals, across) * np.where(tangents[:, 3:] < 0, -1, 1)
        axes = across, up, normals
        turned = sum(values[:, i : i + 1] * axes[i] for i in range(3))
        return normalize(np.asarray(turned, np.float64)).astype(np.float32)


def _floats(*values: float) -> Float32Array:
    return np.array(values, np.float32)


def _some(places: SurfacePoints, rows: IntpArray) -> SurfacePoints:
    return replace(
        places, triangles=places.triangles[rows], weights=places.weights[rows]
    )


def _is_same(one: TextureInfo, other: TextureInfo) -> bool:
    """Whether two slots look up the same texels."""
    places = [(id(i.texture.image), i.uv_set, i.transform) for i in (one, other)]
    return places[0] == places[1]
