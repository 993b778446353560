"""Writes parts and materials as one GLB 2.0 file, the same bytes every time."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pygltflib as gltf
from PIL import Image, ImageFile

from kit.maps import Maps, normal_map, to_bytes
from kit.weathering import Weather

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from kit.canvas import Array, Surface
    from kit.solids import Part


# Pillow gives an optimised JPEG one block of memory: grainy pictures need a big one.
ImageFile.MAXBLOCK = 1 << 24


@dataclass(frozen=True, slots=True)
class Material:
    """A drawn material and the size of what its texture shows."""

    name: str
    maps: Maps
    width_m: float


def written(
    parts: Sequence[Part],
    materials: Sequence[Material],
    facts: Mapping[str, str],
    weather: Weather | None = None,
    scale: float = 1.0,
) -> bytes:
    """Return the GLB of parts, one node each, under one root.

    Parameters
    ----------
    parts
        What to write.
    materials
        What their surfaces name.
    facts
        Goes to ``asset.extras``; its ``copyright`` to ``asset.copyright`` too, its
        ``name`` to the root.
    weather
        What rain, dust and smoke did.
    scale
        Of a scale model, 0.02 for 1:50; the root node's, so that parts keep metres.
    """
    writer = _Writer(facts, scale)
    for material in materials:
        writer.material(material)
    shade = _Shade(parts, weather or Weather())
    for part in parts:
        writer.part(part, shade, [m.name for m in materials])
    return writer.finished()


_NOT_EXTRAS = ("name", "generator")


class _Shade:
    """What the whole model hides from each of its points."""

    def __init__(self, parts: Sequence[Part], weather: Weather) -> None:
        self.weather = weather
        corners = [
            np.concatenate(surface.positions)[np.concatenate(surface.triangles)]
            for part in parts
            for surface in part.surfaces.values()
        ]
        self.grid, self.low = weather.occupied(np.concatenate(corners))

    def colors(self, points: Array, normals: Array) -> Array:
        sky = self.weather.visible_sky(self.grid, self.low, points, normals)
        return self.weather.colors(points, normals, sky)


class _Writer:
    """Collects bytes and numbers what points at them."""

    def __init__(self, facts: Mapping[str, str], scale: float) -> None:
        self.blob = bytearray()
        self.json = gltf.GLTF2(
            asset=gltf.Asset(
                version="2.0",
                generator=facts["generator"],
                copyright=facts["copyright"],
                extras={k: v for k, v in facts.items() if k not in _NOT_EXTRAS},
            ),
            extensionsUsed=["KHR_mesh_quantization"],
            extensionsRequired=["KHR_mesh_quantization"],
            scene=0,
            scenes=[gltf.Scene(name=facts["title"], nodes=[0])],
            nodes=[gltf.Node(name=facts["name"], children=[], scale=_scale(scale))],
            samplers=[
                gltf.Sampler(magFilter=9729, minFilter=9987, wrapS=10497, wrapT=10497)
            ],
        )

    def material(self, material: Material) -> None:
        maps = material.maps
        pixel_m = material.width_m / len(maps.height_m)
        orm = np.stack([maps.occlusion, maps.roughness, maps.metallic], axis=-1)
        half = orm.reshape(len(orm) // 2, 2, len(orm) // 2, 2, 3).mean((1, 3))
        color = self._texture(f"{material.name}: colour", to_bytes(maps.color), 84)
        packed = self._texture(
            f"{material.name}: occlusion, roughness, metal", to_bytes(half), 84
        )
        normal = self._texture(
            f"{material.name}: normals", normal_map(maps.height_m, pixel_m), 85
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
        positions, normals, uvs, triangles = _welded(surface)
        color = np.ones((len(positions), 4))
        color[:, :3] = shade.colors(positions, normals)
        tangents = _tangents(positions, normals, uvs, triangles)
        return gltf.Primitive(
            attributes=gltf.Attributes(
                POSITION=self._accessor(positions.astype("<f4"), 34962, bounds=True),
                NORMAL=self._accessor(_whole(normals, "<i2"), 34962, normalized=True),
                TANGENT=self._accessor(_whole(tangents, "i1"), 34962, normalized=True),
                TEXCOORD_0=self._accessor(uvs.astype("<f4"), 34962),
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
        components = {
            "f4": 5126,
            "i1": 5120,
            "i2": 5122,
            "u1": 5121,
            "u2": 5123,
            "u4": 5125,
        }
        count, width = len(values), values.shape[1] if values.ndim > 1 else 1
        bounds_of = values
        stride = None
        if values.ndim > 1 and values[0].nbytes % 4:  # rows start on four bytes
            stride = -(-values[0].nbytes // 4) * 4
            padded = np.zeros((count, stride // values.itemsize), values.dtype)
            padded[:, :width] = values
            values = padded
        accessor = gltf.Accessor(
            bufferView=self._view(values.tobytes(), target, stride),
            componentType=components[values.dtype.str[1:]],
            count=count,
            type=kinds[width],
            normalized=normalized,
        )
        if bounds:
            accessor.min = bounds_of.min(0).tolist()
            accessor.max = bounds_of.max(0).tolist()
        self.json.accessors.append(accessor)
        return len(self.json.accessors) - 1

    def _view(
        self, content: bytes, target: int | None, stride: int | None = None
    ) -> int:
        self.blob.extend(b"\0" * (-len(self.blob) % 4))
        self.json.bufferViews.append(
            gltf.BufferView(
                buffer=0,
                byteOffset=len(self.blob),
                byteLength=len(content),
                byteStride=stride,
                target=target,
            )
        )
        self.blob.extend(content)
        return len(self.json.bufferViews) - 1


def _whole(units: Array, kind: str) -> NDArray[np.generic]:
    """Return numbers from -1 to 1 as normalized integers."""
    return np.round(units * np.iinfo(kind).max).astype(kind)


def _welded(surface: Surface) -> tuple[Array, Array, Array, NDArray[np.int64]]:
    """Return positions, unit normals, texture coordinates and triangles, none twice."""
    normals = np.concatenate(surface.normals)
    normals = normals / np.linalg.norm(normals, axis=1, keepdims=True)
    whole = np.concatenate(
        [
            np.round(np.concatenate(surface.positions), 4),
            np.round(normals, 4),
            np.round(np.concatenate(surface.uvs), 5),
        ],
        axis=1,
    )
    kept, place = np.unique(whole + 0.0, axis=0, return_inverse=True)
    triangles = place.reshape(-1)[np.concatenate(surface.triangles)]
    normals = kept[:, 3:6] / np.linalg.norm(kept[:, 3:6], axis=1, keepdims=True)
    return kept[:, :3], normals, kept[:, 6:], triangles


def _tangents(
    positions: Array, normals: Array, uvs: Array, triangles: NDArray[np.int64]
) -> Array:
    """Return (n, 4): which way u grows, and the side v grows to (glTF 2.0, 3.7.2.1)."""
    p, uv = positions[triangles], uvs[triangles]
    e1, e2 = p[:, 1] - p[:, 0], p[:, 2] - p[:, 0]
    d1, d2 = uv[:, 1] - uv[:, 0], uv[:, 2] - uv[:, 0]
    area = d1[:, 0] * d2[:, 1] - d2[:, 0] * d1[:, 1]
    sign = np.sign(area)[:, None]
    towards_u = (e1 * d2[:, 1:] - e2 * d1[:, 1:]) * sign
    towards_v = (e2 * d1[:, :1] - e1 * d2[:, :1]) * sign
    sums = np.zeros((2, len(positions), 3))
    for total, towards in zip(sums, (towards_u, towards_v), strict=True):
        for corner in range(3):
            np.add.at(total, triangles[:, corner], towards)
    along = sums[0] - normals * (sums[0] * normals).sum(1, keepdims=True)
    length = np.linalg.norm(along, axis=1, keepdims=True)
    helper = np.where(np.abs(normals[:, 1:2]) < 0.9, [[0.0, 1, 0]], [[1.0, 0, 0]])
    spare = np.cross(helper, normals)
    along = np.where(length > 1e-9, along / np.maximum(length, 1e-9), spare)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    # v grows downwards in glTF and upwards in a tangent frame, hence the sign.
    side = (np.cross(normals, along) * sums[1]).sum(1)
    return np.concatenate([along, np.where(side > 0, -1.0, 1.0)[:, None]], axis=1)


def _scale(scale: float) -> list[float] | None:
    return None if scale == 1 else [scale] * 3


def _indices(triangles: NDArray[np.int64]) -> NDArray[np.generic]:
    flat = triangles.reshape(-1)
    return flat.astype("<u2" if flat.max() < 65_535 else "<u4")
