"""Materials, colours and textures of the property groups of a 3MF part."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.errors import media_causes
from assets_pipeline.errors.exceptions import (
    RE_EXPORT,
    LimitExceededError,
    MissingFileError,
    UnsupportedFormatError,
)
from assets_pipeline.gltf.materials import (
    Image,
    Material,
    Sampler,
    Texture,
    TextureInfo,
    matte_material,
)
from assets_pipeline.images.color import srgb_to_linear
from assets_pipeline.images.decoding import sniff_media_type
from assets_pipeline.readers.threemf.model_part import (
    read_color,
    read_floats,
    read_integer,
    read_integers,
)
from assets_pipeline.readers.xml import raise_damaged

if TYPE_CHECKING:
    from collections.abc import Callable

    from assets_pipeline.arrays import Float32Array, Float64Array
    from assets_pipeline.readers.threemf.model_part import ModelPart
    from assets_pipeline.readers.xml import Element

MAX_DEPTH: Final = 16
_WRAPS: Final = {"wrap": 10497, "mirror": 33648, "clamp": 33071, "none": 33071}
_OPAQUE: Final = 1.0


@dataclass(slots=True, eq=False)
class PropertyGroup:
    """Materials, colours or texture coordinates of a group's entries."""

    materials: list[Material]
    """One for all entries, or one for each."""
    colors: Float32Array | None = None
    """(k, 4) linear, one an entry."""
    uvs: Float32Array | None = None
    """(k, 2), from the top left, one an entry."""
    count: int = 0
    """Of entries."""


@dataclass(slots=True, eq=False)
class PropertyGroups:
    """The property groups of one part, each read on first use.

    `read` returns a picture of the package by its name.
    """

    part: ModelPart
    read: Callable[[PurePosixPath], bytes]
    _made: dict[int, PropertyGroup | None] = field(default_factory=dict)
    _textures: dict[int, Texture | None] = field(default_factory=dict)
    _depth: int = 0
    """Of groups whose look is being made."""

    def group(self, group: int) -> PropertyGroup | None:
        """Return a property group by id; None if there is none."""
        if group not in self._made:
            self._made[group] = None  # for groups that lead back to this one
            element = self.part.resources.get(group)
            if element is not None:
                self._made[group] = self._build_nested(element)
        return self._made[group]

    def _build_nested(self, element: Element) -> PropertyGroup | None:
        if self._depth >= MAX_DEPTH:
            reason = f"groups of properties hold others more than {MAX_DEPTH} deep"
            raise LimitExceededError(reason, element.place, RE_EXPORT)
        self._depth += 1
        look = self._build(element)
        self._depth -= 1
        return look

    def _build(self, element: Element) -> PropertyGroup | None:
        match element.tag:
            case "basematerials":
                return self._build_base_materials(element)
            case "colorgroup":
                rows = [
                    read_color(child, "color") for child in element.find_all("color")
                ]
                return _create_color_group(_to_linear(rows))
            case "compositematerials":
                return self._build_composite(element)
            case "texture2dgroup":
                return self._build_textured(element)
            case "multiproperties":
                return self._build_multiproperties(element)
            case _:
                return None

    def _build_base_materials(self, element: Element) -> PropertyGroup:
        is_described = "displaypropertiesid" in element.attributes
        described = read_integer(element, "displaypropertiesid") if is_described else -1
        shown = self.part.resources.get(described)
        metals = shown.find_all("pbmetallic") if shown else []
        materials = []
        for at, base in enumerate(element.find_all("base")):
            material = matte_material()
            material.name = base.attributes.get("name")
            red, green, blue, alpha = map(
                float, _to_linear([read_color(base, "displaycolor")])[0]
            )
            alpha = (
                alpha or _OPAQUE
            )  # printers do not mind, and nobody means to hide it
            material.base_color_factor = (red, green, blue, alpha)
            material.alpha_mode = "OPAQUE" if alpha >= _OPAQUE else "BLEND"
            if at < len(metals):
                _set_metallic(material, metals[at])
            materials.append(material)
        return PropertyGroup(materials, count=len(materials))

    def _build_composite(self, element: Element) -> PropertyGroup:
        """Return colours mixed of those of base materials, by weight."""
        look = self.group(read_integer(element, "matid"))
        if look is None or look.count != len(look.materials) or not look.count:
            raise_damaged(element, "what it mixes is no group of materials")
        chosen = read_integers(element, "matindices") or list(range(look.count))
        _check(element, chosen, look.count)
        bases = np.array([look.materials[at].base_color_factor for at in chosen])
        rows = []
        for composite in element.find_all("composite"):
            weights = (read_floats(composite, "values") + [0.0] * len(chosen))[
                : len(chosen)
            ]
            total = sum(weights)
            shares = np.array(weights) / total if total > 0 else np.zeros(len(chosen))
            rows.append(shares @ bases)
        return _create_color_group(np.array(rows, np.float64).reshape(-1, 4))

    def _build_textured(self, element: Element) -> PropertyGroup:
        rows = [
            [*read_floats(child, "u"), *read_floats(child, "v")]
            for child in element.find_all("tex2coord")
        ]
        if any(len(row) != 2 for row in rows):  # noqa: PLR2004  # u and v
            raise_damaged(element, "a place on the picture is not two numbers")
        uvs = np.array(rows, np.float32).reshape(-1, 2)
        uvs[:, 1] = 1 - uvs[:, 1]  # from the bottom there, from the top here
        texture = self._texture(read_integer(element, "texid"))
        material = matte_material()
        if texture is not None:
            material.base_color_texture = TextureInfo(texture)
        return PropertyGroup([material], uvs=uvs, count=len(uvs))

    def _texture(self, resource: int) -> Texture | None:
        if resource not in self._textures:
            element = self.part.resources.get(resource)
            is_texture = element is not None and element.tag == "texture2d"
            self._textures[resource] = (
                self._open(element) if element is not None and is_texture else None
            )
        return self._textures[resource]

    def _open(self, element: Element) -> Texture | None:
        name = element.attributes.get("path", "").lstrip("/")
        try:
            content = self.read(PurePosixPath(name))
        except MissingFileError:
            return None  # and `Resolver.reads` says so
        media_type = sniff_media_type(content)
        if media_type is None:
            raise UnsupportedFormatError.from_cause(
                media_causes.PICTURE_FORMAT_UNSUPPORTED, name[:200], name=name[:200]
            )
        u, v = (
            _WRAPS.get(element.attributes.get(f"tilestyle{axis}", "wrap"), 10497)
            for axis in "uv"
        )
        return Texture(Image(content, media_type, name), Sampler(u, v))

    def _build_multiproperties(self, element: Element) -> PropertyGroup:
        """Return layers as one colour an entry, over one picture at most."""
        groups = read_integers(element, "pids")
        methods = ["mix", *element.attributes.get("blendmethods", "").split()]
        methods += ["mix"] * len(groups)
        rows = [read_integers(child, "pindices") for child in element.find_all("multi")]
        colors = np.ones((len(rows), 4))
        found = PropertyGroup([matte_material()], count=len(rows))
        for layer, (group, method) in enumerate(zip(groups, methods, strict=False)):
            look = self.group(group)
            if look is None or not look.count:
                continue
            last = look.count - 1  # samples of 3MF itself name entries beyond
            entries = [min(last, row[layer]) if layer < len(row) else 0 for row in rows]
            if look.uvs is not None:
                found.uvs = look.uvs[entries]
                texture = look.materials[0].base_color_texture
                found.materials[0].base_color_texture = texture
                if method == "mix" and texture is not None:
                    colors[:] = 1.0  # what lies under a picture is not seen
            else:
                colors = _blend(
                    colors, _table(look)[entries], method, is_first=layer == 0
                )
                if len(look.materials) == look.count and look.count:
                    first = look.materials[entries[0] if entries else 0]
                    found.materials[0].metallic_factor = first.metallic_factor
                    found.materials[0].roughness_factor = first.roughness_factor
        return _with_colors(found, colors)


def _set_metallic(material: Material, element: Element) -> None:
    for name, field_name in (
        ("metallicness", "metallic_factor"),
        ("roughness", "roughness_factor"),
    ):
        values = read_floats(element, name)
        if values:
            setattr(material, field_name, min(1.0, max(0.0, values[0])))


def _to_linear(rows: list[tuple[float, float, float, float]]) -> Float64Array:
    """Return (k, 4) linear colours of sRGB ones; opacity stays."""
    table = np.array(rows, np.float32).reshape(-1, 4)
    table[:, :3] = srgb_to_linear(table[:, :3])
    return table.astype(np.float64)


def _create_color_group(colors: Float64Array) -> PropertyGroup:
    return _with_colors(PropertyGroup([matte_material()], count=len(colors)), colors)


def _with_colors(look: PropertyGroup, colors: Float64Array) -> PropertyGroup:
    look.colors = colors.clip(0, 1).astype(np.float32)
    if len(colors) and not look.colors[:, 3].any():
        look.colors[:, 3] = _OPAQUE
    if (look.colors[:, 3] < _OPAQUE).any():
        look.materials[0].alpha_mode = "BLEND"
    return look


def _table(look: PropertyGroup) -> Float64Array:
    """Return (k, 4) the linear colour of each entry."""
    if look.colors is not None:
        return look.colors.astype(np.float64)
    return np.array([m.base_color_factor for m in look.materials], np.float64)


def _blend(
    below: Float64Array, above: Float64Array, method: str, *, is_first: bool
) -> Float64Array:
    if is_first:
        return above
    if method == "multiply":
        return below * above
    cover = above[:, 3:]
    colors = above[:, :3] * cover + below[:, :3] * (1 - cover)
    return np.hstack([colors, cover + below[:, 3:] * (1 - cover)])


def _check(element: Element, entries: list[int], count: int) -> None:
    if entries and max(entries) >= count:
        raise_damaged(
            element, f"it names entry {max(entries)}, counted from 0, of {count}"
        )
