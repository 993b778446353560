"""Writes parts and materials as one GLB 2.0 file, the same bytes every time."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pygltflib as gltf
from PIL import Image

from marteau import weathering
from marteau.textures import Maps, normal_map, to_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from marteau.kit import Array, Part, Surface


@dataclass(frozen=True, slots=True)
class Material:
    """A drawn material and the size of what its texture shows."""

    name: str
    maps: Maps
    width_m: float


def written(
    parts: Sequence[Part], materials: Sequence[Material], facts: Mapping[str, str]
) -> bytes:
    """Return the GLB of parts, one node each, under one root.

    Parameters
    ----------
    parts
        What to write.
    materials
        What their surfaces name.
    facts
        Goes to ``asset.extras``; its ``copyright`` to ``asset.copyright`` too.
    """
    writer = _Writer(facts)
    for material in materials:
        writer.material(material)
    shade = _Shade(parts)
    for part in parts:
        writer.part(part, shade, [m.name for m in materials])
    return writer.finished()


class _Shade:
    """What the whole machine hides from each of its points."""

    def __init__(self, parts: Sequence[Part]) -> None:
        corners = [
            np.concatenate(surface.positions)[np.concatenate(surface.triangles)]
            for part in parts
            for surface in part.surfaces.values()
        ]
        self.grid, self.low = weathering.occupied(np.concatenate(corners))

    def colors(self, points: Array, normals: Array) -> Array:
        sky = weathering.visible_sky(self.grid, self.low, points, normals)
        return weathering.colors(points, normals, sky)


class _Writer:
    """Collects bytes and numbers what points at them."""

    def __init__(self, facts: Mapping[str, str]) -> None:
        self.blob = bytearray()
        self.json = gltf.GLTF2(
            asset=gltf.Asset(
                version="2.0",
                generator="make_marteau.py",
                copyright=facts["copyright"],
                extras=dict(facts),
            ),
            scene=0,
            scenes=[gltf.Scene(name=facts["title"], nodes=[0])],
            nodes=[gltf.Node(name="marteau-pilon", children=[])],
            samplers=[
                gltf.Sampler(magFilter=9729, minFilter=9987, wrapS=10497, wrapT=10497)
            ],
        )

    def material(self, material: Material) -> None:
        maps = material.maps
        pixel_m = material.width_m / len(maps.height_m)
        orm = np.stack([maps.occlusion, maps.roughness, maps.metallic], axis=-1)
        half = orm.reshape(len(orm) // 2, 2, len(orm) // 2, 2, 3).mean((1, 3))
        color = self._texture(f"{material.name}: colour", to_bytes(maps.color), 90)
        packed = self._texture(
            f"{material.name}: occlusion, roughness, metal", to_bytes(half), 90
        )
        normal = self._texture(
            f"{material.name}: normals", normal_map(maps.height_m, pixel_m), 92
        )
        self.json.materials.append(
            gltf.Material(
                name=material.name,
                pbrMetallicRoughness=gltf.PbrMetallicRoughness(
                    baseColorTexture=gltf.TextureInfo(index=color),
                    metallicRoughnessTexture=gltf.TextureInfo(index=packed),
                ),
                occlusionTexture=gltf.OcclusionTextureInfo(index=packed),
                normalTexture=gltf.NormalMaterialTexture(index=normal),
                alphaCutoff=None,
            )
        )

    def part(self, part: Part, shade: _Shade, material_names: list[str]) -> None:
        primitives = [
            self._primitive(surface, shade, material_names.index(name))
            for name, surface in sorted(part.surfaces.items())
        ]
        self.json.meshes.append(gltf.Mesh(name=part.name, primitives=primitives))
        self.json.nodes.append(
            gltf.Node(name=part.name, mesh=len(self.json.meshes) - 1)
        )
        self.json.nodes[0].children.append(len(self.json.nodes) - 1)

    def finished(self) -> bytes:
        self.json.buffers = [gltf.Buffer(byteLength=len(self.blob))]
        self.json.set_binary_blob(bytes(self.blob))
        return b"".join(self.json.save_to_bytes())

    def _texture(self, name: str, pixels: NDArray[np.uint8], quality: int) -> int:
        content = io.BytesIO()
        Image.fromarray(pixels).save(
            content, "JPEG", quality=quality, subsampling=0, optimize=True
        )
        view = self._view(content.getvalue(), None)
        self.json.images.append(
            gltf.Image(name=name, bufferView=view, mimeType="image/jpeg")
        )
        self.json.textures.append(
            gltf.Texture(sampler=0, source=len(self.json.images) - 1)
        )
        return len(self.json.textures) - 1

    def _primitive(
        self, surface: Surface, shade: _Shade, material: int
    ) -> gltf.Primitive:
        positions = np.concatenate(surface.positions)
        normals = np.concatenate(surface.normals)
        normals = normals / np.linalg.norm(normals, axis=1, keepdims=True)
        triangles = np.concatenate(surface.triangles)
        uvs = np.concatenate(surface.uvs)
        color = np.ones((len(positions), 4))
        color[:, :3] = shade.colors(positions, normals)
        return gltf.Primitive(
            attributes=gltf.Attributes(
                POSITION=self._accessor(
                    np.round(positions, 4).astype("<f4"), 34962, bounds=True
                ),
                NORMAL=self._accessor(normals.astype("<f4"), 34962),
                TEXCOORD_0=self._accessor(np.round(uvs, 5).astype("<f4"), 34962),
                COLOR_0=self._accessor(to_bytes(color), 34962, normalized=True),
            ),
            indices=self._accessor(_indices(triangles), 34963),
            material=material,
        )

    def _accessor(
        self,
        values: NDArray[np.generic],
        target: int,
        *,
        normalized: bool = False,
        bounds: bool = False,
    ) -> int:
        kinds = {1: "SCALAR", 2: "VEC2", 3: "VEC3", 4: "VEC4"}
        components = {"f4": 5126, "u1": 5121, "u2": 5123, "u4": 5125}
        accessor = gltf.Accessor(
            bufferView=self._view(values.tobytes(), target),
            componentType=components[values.dtype.str[1:]],
            count=len(values),
            type=kinds[values.shape[1] if values.ndim > 1 else 1],
            normalized=normalized,
        )
        if bounds:
            accessor.min, accessor.max = values.min(0).tolist(), values.max(0).tolist()
        self.json.accessors.append(accessor)
        return len(self.json.accessors) - 1

    def _view(self, content: bytes, target: int | None) -> int:
        self.blob.extend(b"\0" * (-len(self.blob) % 4))
        self.json.bufferViews.append(
            gltf.BufferView(
                buffer=0,
                byteOffset=len(self.blob),
                byteLength=len(content),
                target=target,
            )
        )
        self.blob.extend(content)
        return len(self.json.bufferViews) - 1


def _indices(triangles: NDArray[np.int64]) -> NDArray[np.generic]:
    flat = triangles.reshape(-1)
    return flat.astype("<u2" if flat.max() < 65_535 else "<u4")
