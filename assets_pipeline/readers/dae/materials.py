"""Materials of a COLLADA file: common-profile effects and their textures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.errors.exceptions import MissingFileError
from assets_pipeline.gltf.materials import (
    Image,
    Material,
    Texture,
    TextureInfo,
    matte_material,
)
from assets_pipeline.images.color import srgb_to_linear
from assets_pipeline.images.decoding import open_image
from assets_pipeline.readers.references import read_picture

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from assets_pipeline.readers.dae.elements import Library
    from assets_pipeline.readers.xml import Element
    from assets_pipeline.resolver import Resolver

    Color = tuple[float, float, float, float]

_SHADERS: Final = ("phong", "lambert", "blinn", "constant")
_LEAST_ALPHA: Final = 0.01
_GLOSSY: Final = 1.0
_WHITE: Final = (1.0, 1.0, 1.0, 1.0)


@dataclass(slots=True, eq=False)
class DaeMaterial:
    """A material, and the texture coordinate set that each texture asks for."""

    material: Material
    channels: dict[str, str] = field(default_factory=dict)
    """By the slot's name in `Material`."""


class DaeMaterials:
    """The materials of one file, each read once."""

    def __init__(
        self, library: Library, path: PurePosixPath, resolver: Resolver
    ) -> None:
        self._library, self._path, self._resolver = library, path, resolver
        self._textures: dict[Element, Texture | None] = {}
        self._materials: dict[Element, DaeMaterial] = {}
        self.plain = DaeMaterial(matte_material())

    def material(self, reference: str) -> DaeMaterial:
        """Return the ``material`` that a reference names."""
        material = self._library.find(reference, "material")
        asked = material.find("instance_effect") if material else None
        if material is None or asked is None:
            return self.plain
        effect = self._library.find(asked.attributes.get("url", ""), "effect")
        profile = effect.find("profile_COMMON") if effect else None
        technique = profile.find("technique") if profile else None
        if effect is None or profile is None or technique is None:
            return self.plain
        if material not in self._materials:
            name = material.attributes.get("name") or material.attributes.get("id")
            effects = _Effect(self, profile, technique)
            self._materials[material] = effects.material(name, _is_double(effect))
        return self._materials[material]

    def texture(self, image: Element) -> Texture | None:
        """Return the texture of an ``image``; None if its file is missing."""
        if image not in self._textures:
            self._textures[image] = self._open(image)
        return self._textures[image]

    def image(self, reference: str) -> Element | None:
        """Return the ``image`` element of an id."""
        return self._library.find(reference, "image")

    def _open(self, image: Element) -> Texture | None:
        named = image.find("init_from", "ref") or image.find("init_from")
        if named is None or not named.text:
            return None
        try:
            held = read_picture(self._path, named.text, self._resolver, is_uri=True)
        except MissingFileError:
            return None  # and `Resolver.reads` says so
        return Texture(held)


class _Effect:
    """Reads one effect's common profile."""

    def __init__(
        self, materials: DaeMaterials, profile: Element, technique: Element
    ) -> None:
        self._materials = materials
        self._technique = technique
        self._parameters = {
            p.attributes["sid"]: p
            for p in (*profile.find_all("newparam"), *technique.find_all("newparam"))
            if "sid" in p.attributes
        }

    def material(self, name: str | None, is_double: bool) -> DaeMaterial:  # noqa: FBT001  # passed on
        """Return the look."""
        found = DaeMaterial(matte_material())
        now = found.material
        now.name, now.double_sided = name, is_double
        shader = next(iter(self._technique.find_all(*_SHADERS)), None)
        if shader is None:
            return found
        shown = shader.find("emission" if shader.tag == "constant" else "diffuse")
        color, texture = self._slot(found, "base_color_texture", shown)
        now.base_color_factor = _WHITE if texture else color or _WHITE
        now.base_color_texture = texture
        if shader.tag == "constant":
            now.extensions["KHR_materials_unlit"] = {}
        else:
            self._read_emission(found, shader.find("emission"))
            self._read_specular(found, shader)
        self._read_transparency(found, shader)
        self._read_normal_map(found)
        return found

    def _read_emission(self, found: DaeMaterial, emission: Element | None) -> None:
        color, texture = self._slot(found, "emissive_texture", emission)
        if texture is not None:
            found.material.emissive_texture = texture
            found.material.emissive_factor = (1.0, 1.0, 1.0)
        elif color is not None:
            found.material.emissive_factor = color[:3]

    def _read_specular(self, found: DaeMaterial, shader: Element) -> None:
        shininess = self._float(shader.find("shininess"))
        specular, _ = self._slot(found, "", shader.find("specular"))
        if shininess is None or specular is None or max(specular[:3]) <= 0:
            return
        # Blinn-Phong's exponent, with the usual match of highlights' widths; numbers
        # up to 1 are a share of glossiness, which some programs write.
        exponent = shininess if shininess > _GLOSSY else shininess * 128
        found.material.roughness_factor = min(
            1.0, (2 / (max(exponent, 0.0) + 2)) ** 0.25
        )

    def _read_transparency(self, found: DaeMaterial, shader: Element) -> None:
        now, element = found.material, shader.find("transparent")
        share = self._float(shader.find("transparency"))
        if element is None:
            alpha = 1.0 if share is None else share
        else:
            color, texture = self._slot(found, "", element)
            if texture is not None and now.base_color_texture is not None:
                image = now.base_color_texture.texture.image
                if image is texture.texture.image and _is_clear(image):
                    now.alpha_mode = "MASK"
                return
            alpha = _alpha(element, color or _WHITE, 1.0 if share is None else share)
        # Programs that disagree on what 0 means write wholly transparent models:
        # nobody makes these to be seen.
        if _LEAST_ALPHA < alpha < 1 - _LEAST_ALPHA:
            now.base_color_factor = (*now.base_color_factor[:3], alpha)
            now.alpha_mode = "BLEND"

    def _read_normal_map(self, found: DaeMaterial) -> None:
        for extra in self._technique.find_all("extra"):
            for technique in extra.find_all("technique"):
                bump = technique.find("bump")
                if bump is not None and bump.attributes.get("bumptype") == "NORMALMAP":
                    _, texture = self._slot(found, "normal_texture", bump)
                    found.material.normal_texture = texture

    def _slot(
        self, found: DaeMaterial, slot: str, element: Element | None
    ) -> tuple[Color | None, TextureInfo | None]:
        """Return the linear colour or the picture of a slot."""
        if element is None:
            return None, None
        named = element.find("texture")
        if named is not None:
            image = self._image(named.attributes.get("texture", ""))
            texture = self._materials.texture(image) if image else None
            if texture is not None and slot:
                found.channels[slot] = named.attributes.get("texcoord", "")
            return None, TextureInfo(texture) if texture else None
        color = element.find("color")
        if color is None:
            parameter = element.find("param")
            reference = parameter.attributes.get("ref", "") if parameter else ""
            held = self._parameters.get(reference)
            color = (
                next(iter(held.find_all("float4", "float3")), None) if held else None
            )
        if color is None:
            return None, None
        values = np.append(color.numbers(), _WHITE)[:4].clip(0, 1)
        red, green, blue = map(float, srgb_to_linear(values[:3].astype(np.float32)))
        return (red, green, blue, float(values[3])), None

    def _image(self, reference: str) -> Element | None:
        """Return the ``image`` behind a sampler and its surface, or named directly."""
        sampler = self._parameters.get(reference)
        if sampler is None:
            return self._materials.image(reference)
        direct = sampler.find("sampler2D", "instance_image")  # COLLADA 1.5
        if direct is not None:
            return self._materials.image(direct.attributes.get("url", ""))
        source = sampler.find("sampler2D", "source")
        surface = self._parameters.get(source.text) if source else None
        named = (surface or sampler).find("surface", "init_from")
        return self._materials.image(named.text) if named else None

    def _float(self, element: Element | None) -> float | None:
        value = element.find("float") if element else None
        if value is None:
            return None
        numbers = value.numbers()
        return float(numbers[0]) if len(numbers) else None


def _alpha(element: Element, color: Color, share: float) -> float:
    """Return the opacity that ``transparent`` and ``transparency`` mean together."""
    mode = element.attributes.get("opaque", "A_ONE")
    if mode == "A_ONE":
        return color[3] * share
    if mode == "A_ZERO":
        return 1 - color[3] * share
    red, green, blue = color[:3]
    light = 0.212671 * red + 0.715160 * green + 0.072169 * blue  # COLLADA 1.4.1, 7
    return light * share if mode == "RGB_ONE" else 1 - light * share


def _is_double(effect: Element) -> bool:
    return any(
        element.tag == "double_sided" and element.text in ("1", "true")
        for element in effect.iterate()
    )


def _is_clear(image: Image) -> bool:
    """Whether a picture is transparent anywhere."""
    picture = open_image(image.content, image.name or "texture")
    if not picture.has_transparency_data:
        return False
    opacity = np.asarray(picture.convert("RGBA").getchannel("A"))
    return bool((opacity < np.iinfo(opacity.dtype).max).any())
