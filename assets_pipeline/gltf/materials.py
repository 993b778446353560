"""Materials, textures and images of a glTF 2.0 document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assets_pipeline.arrays import Float32Array, Float64Array

Payload: TypeAlias = "bool | int | float | str | list[Payload] | dict[str, Payload] | TextureInfo | Material | None"
"""JSON of an extension or of ``extras``, where texture and material indices are objects."""
AlphaMode = Literal["OPAQUE", "MASK", "BLEND"]
_TRANSMISSION: Final = "KHR_materials_transmission"


@dataclass(frozen=True, slots=True, eq=False)
class Image:
    """An encoded image."""

    content: bytes
    media_type: str
    """``image/png``, ``image/jpeg``, ``image/webp``, ``image/avif`` or ``image/ktx2``, by
    its content."""
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Sampler:
    """Wrapping and filtering of a texture; numbers as in glTF (OpenGL)."""

    wrap_s: int = 10497
    wrap_t: int = 10497
    mag_filter: int | None = None
    min_filter: int | None = None


@dataclass(slots=True, eq=False)
class Texture:
    """An image and its sampler."""

    image: Image
    sampler: Sampler = Sampler()
    name: str | None = None


@dataclass(frozen=True, slots=True)
class TextureTransform:
    """KHR_texture_transform: uv' = translation(offset) · rotation · scale · uv."""

    offset: tuple[float, float] = (0.0, 0.0)
    rotation: float = 0.0
    """Radians, counter-clockwise."""
    scale: tuple[float, float] = (1.0, 1.0)
    tex_coord: int | None = None
    """Overrides the set named by the `TextureInfo` when not None."""


@dataclass(slots=True, eq=False)
class TextureInfo:
    """A material's reference to a texture."""

    texture: Texture
    tex_coord: int = 0
    transform: TextureTransform | None = None
    scale: float | None = None
    """Of a normal map; None is 1."""
    strength: float | None = None
    """Of an occlusion map; None is 1."""
    extensions: dict[str, Payload] = field(default_factory=dict)
    """Without KHR_texture_transform, which is `transform`."""
    extras: Payload = None

    @property
    def uv_set(self) -> int:
        """The n of the TEXCOORD_n that is sampled."""
        if self.transform is not None and self.transform.tex_coord is not None:
            return self.transform.tex_coord
        return self.tex_coord


@dataclass(slots=True, eq=False)
class Material:
    """Metallic-roughness material; the defaults are glTF's own."""

    name: str | None = None
    base_color_factor: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0)
    """Linear."""
    base_color_texture: TextureInfo | None = None
    metallic_factor: float = 1.0
    roughness_factor: float = 1.0
    metallic_roughness_texture: TextureInfo | None = None
    normal_texture: TextureInfo | None = None
    occlusion_texture: TextureInfo | None = None
    emissive_texture: TextureInfo | None = None
    emissive_factor: tuple[float, float, float] = (0.0, 0.0, 0.0)
    alpha_mode: AlphaMode = "OPAQUE"
    alpha_cutoff: float = 0.5
    double_sided: bool = False
    extensions: dict[str, Payload] = field(default_factory=dict)
    extras: Payload = None

    def texture_infos(self) -> Iterator[tuple[str, TextureInfo]]:
        """Yield each texture reference with its slot's name, extensions' included."""
        core = (
            ("baseColorTexture", self.base_color_texture),
            ("metallicRoughnessTexture", self.metallic_roughness_texture),
            ("normalTexture", self.normal_texture),
            ("occlusionTexture", self.occlusion_texture),
            ("emissiveTexture", self.emissive_texture),
        )
        yield from ((slot, info) for slot, info in core if info is not None)
        yield from find_texture_infos("", self.extensions)


def needs_tangents(material: Material) -> bool:
    """Return whether meshes must store tangents that no normal map lets derive."""
    coat = material.extensions.get("KHR_materials_clearcoat")
    is_rough = isinstance(coat, dict) and "clearcoatNormalTexture" in coat
    is_brushed = "KHR_materials_anisotropy" in material.extensions
    return (is_rough or is_brushed) and material.normal_texture is None


def has_thickness(material: Material | None) -> bool:
    """Return whether a material depends on the length unit of its mesh.

    ``thicknessFactor`` is in that unit (KHR_materials_volume): the mesh must keep it.
    """
    return material is not None and "KHR_materials_volume" in material.extensions


def matte_material() -> Material:
    """Return the material of sources without any: white, rough, not metallic.

    glTF's own default is metal, which looks black away from bright surroundings.
    """
    return Material(metallic_factor=0.0, roughness_factor=0.9)


def find_texture_infos(
    slot: str, payload: Payload
) -> Iterator[tuple[str, TextureInfo]]:
    """Yield each texture reference within an extension with its field's name."""
    if isinstance(payload, TextureInfo):
        yield slot, payload
    elif isinstance(payload, dict):
        for name, part in payload.items():
            yield from find_texture_infos(name, part)
    elif isinstance(payload, list):
        for part in payload:
            yield from find_texture_infos(slot, part)


def find_materials(payload: Payload) -> Iterator[Material]:
    """Yield each material within an extension."""
    if isinstance(payload, Material):
        yield payload
    elif isinstance(payload, dict):
        for part in payload.values():
            yield from find_materials(part)
    elif isinstance(payload, list):
        for part in payload:
            yield from find_materials(part)


def transform_uvs(
    uvs: Float32Array, transform: TextureTransform | None
) -> Float64Array:
    """Return (..., 2) texture coordinates after a transform; v grows downwards."""
    found = uvs.astype(np.float64)
    if transform is None:
        return found
    cosine, sine = np.cos(transform.rotation), np.sin(transform.rotation)
    scaled = found * transform.scale
    u, v = scaled[..., 0], scaled[..., 1]
    turned = np.stack([cosine * u + sine * v, cosine * v - sine * u], axis=-1)
    moved: Float64Array = turned + transform.offset
    return moved


def is_transparent(material: Material) -> bool:
    """Return whether a material lets through what is behind it."""
    return material.alpha_mode == "BLEND" or _TRANSMISSION in material.extensions
