"""Write glTF materials as UsdPreviewSurface networks that Quick Look draws.

What has no counterpart there (sheen, transmission, iridescence, anisotropy) is left
out. Vertex colours are looked up only where no colour texture is: the surface has no
node that multiplies two inputs. See `usdz_tints` for both together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assets_pipeline.gltf.materials import TextureInfo, TextureTransform

if TYPE_CHECKING:
    from assets_pipeline.gltf.materials import Material, Payload
    from assets_pipeline.usdz.textures import Role, TextureFiles

Untyped = Any
"""A value of OpenUSD's, whose stubs leave most methods without types."""
Lookup = tuple[int, TextureTransform | None]
"""A set of texture coordinates and how it is transformed."""
_CLAMP, _MIRROR = 33071, 33648
_COAT = "KHR_materials_clearcoat"


def texture_lookups(material: Material) -> list[Lookup]:
    """Return the distinct texture coordinates of a material's drawn slots."""
    found: list[Lookup] = []
    for info in _drawn_infos(material):
        if _lookup(info) not in found:
            found.append(_lookup(info))
    return found


def primvar_name(index: int) -> str:
    """Return the name of the n-th texture coordinates; Quick Look expects ``st``."""
    return "st" if index == 0 else f"st{index}"


def define_material(
    stage: Untyped,
    path: str,
    material: Material,
    textures: TextureFiles,
    *,
    has_colors: bool,
) -> Untyped:
    """Return the ``UsdShade.Material`` defined at a path for a glTF material."""
    return _Network(stage, path, material, textures, has_colors=has_colors).shade


class _Network:
    """One material and the shaders under it."""

    def __init__(
        self,
        stage: Untyped,
        path: str,
        material: Material,
        textures: TextureFiles,
        *,
        has_colors: bool,
    ) -> None:
        from pxr import Sdf, UsdShade  # noqa: PLC0415  # 300 ms

        self.types, self.define = Sdf.ValueTypeNames, UsdShade.Shader.Define
        self.stage, self.path = stage, path
        self.material, self.textures = material, textures
        self.readers: dict[str, Untyped] = {}
        self.shade = UsdShade.Material.Define(stage, path)
        if material.name:
            self.shade.GetPrim().SetDisplayName(material.name)
        self.surface = self._shader("surface", "UsdPreviewSurface")
        output = self.surface.CreateOutput("surface", self.types.Token)
        self.shade.CreateSurfaceOutput().ConnectToSource(output)
        self._color(has_colors=has_colors)
        self._measures()
        self._normal()
        self._emission()
        self._extensions()

    # -- Slots -------------------------------------------------------------------------

    def _color(self, *, has_colors: bool) -> None:
        """Connect base colour and opacity; an unlit material glows with its colour."""
        material = self.material
        is_unlit = "KHR_materials_unlit" in material.extensions
        target = "emissiveColor" if is_unlit else "diffuseColor"
        if is_unlit:
            self._set("diffuseColor", self.types.Color3f, (0.0, 0.0, 0.0))
        *factor, alpha = material.base_color_factor
        info = material.base_color_texture
        has_alpha = False
        if info is not None:
            role: Role = "color" if material.alpha_mode == "OPAQUE" else "cutout"
            file, has_alpha = self.textures.add(info.texture.image, role)
            texture = self._texture(
                "color", info, file, space="sRGB", scale=(*factor, alpha)
            )
            self._connect(target, self.types.Color3f, texture, "rgb")
            if has_alpha and material.alpha_mode != "OPAQUE":
                self._connect("opacity", self.types.Float, texture, "a")
        elif has_colors:
            reader = self._reader("displayColor", "float3", self.types.Float3)
            self._connect(target, self.types.Color3f, reader, "result")
        else:
            self._set(target, self.types.Color3f, tuple(factor))
        self._opacity(alpha, is_textured=has_alpha, has_colors=has_colors)

    def _opacity(self, alpha: float, *, is_textured: bool, has_colors: bool) -> None:
        material = self.material
        if material.alpha_mode == "OPAQUE":
            return
        if material.alpha_mode == "MASK":
            threshold = material.alpha_cutoff
            self._set("opacityThreshold", self.types.Float, threshold)
        if is_textured:
            return
        if has_colors and material.base_color_texture is None:
            reader = self._reader("displayOpacity", "float", self.types.Float)
            self._connect("opacity", self.types.Float, reader, "result")
        else:
            self._set("opacity", self.types.Float, alpha)

    def _measures(self) -> None:
        """Connect roughness, metal and occlusion, from one texture where they share it."""
        material = self.material
        packed, hidden = (
            material.metallic_roughness_texture,
            material.occlusion_texture,
        )
        strength = 1.0 if hidden is None or hidden.strength is None else hidden.strength
        rough, metal = material.roughness_factor, material.metallic_factor
        if packed is None:
            self._set("roughness", self.types.Float, rough)
            self._set("metallic", self.types.Float, metal)
        else:
            file, _ = self.textures.add(packed.texture.image, "measure")
            is_shared = hidden is not None and _is_same(packed, hidden)
            scale = (strength if is_shared else 1.0, rough, metal, 1.0)
            bias = (1 - strength if is_shared else 0.0, 0.0, 0.0, 0.0)
            texture = self._texture(
                "measures", packed, file, space="raw", scale=scale, bias=bias
            )
            self._connect("roughness", self.types.Float, texture, "g")
            self._connect("metallic", self.types.Float, texture, "b")
            if is_shared:
                self._connect("occlusion", self.types.Float, texture, "r")
                return
        if hidden is not None:
            file, _ = self.textures.add(hidden.texture.image, "measure")
            scale, bias = (strength, 1.0, 1.0, 1.0), (1 - strength, 0.0, 0.0, 0.0)
            texture = self._texture(
                "occlusion", hidden, file, space="raw", scale=scale, bias=bias
            )
            self._connect("occlusion", self.types.Float, texture, "r")

    def _normal(self) -> None:
        info = self.material.normal_texture
        if info is None:
            return
        strength = 1.0 if info.scale is None else info.scale
        file, _ = self.textures.add(info.texture.image, "normal", strength)
        scale, bias = (2.0, 2.0, 2.0, 1.0), (-1.0, -1.0, -1.0, 0.0)
        texture = self._texture(
            "normals", info, file, space="raw", scale=scale, bias=bias
        )
        self._connect("normal", self.types.Normal3f, texture, "rgb")

    def _emission(self) -> None:
        material = self.material
        strength = _number(
            material, "KHR_materials_emissive_strength", "emissiveStrength", 1.0
        )
        factor = tuple(part * strength for part in material.emissive_factor)
        if not any(factor) or "KHR_materials_unlit" in material.extensions:
            return
        info = material.emissive_texture
        if info is None:
            self._set("emissiveColor", self.types.Color3f, factor)
            return
        file, _ = self.textures.add(info.texture.image, "color")
        texture = self._texture(
            "emission", info, file, space="sRGB", scale=(*factor, 1.0)
        )
        self._connect("emissiveColor", self.types.Color3f, texture, "rgb")

    def _extensions(self) -> None:
        """Set what UsdPreviewSurface knows beyond glTF's core."""
        material = self.material
        if "KHR_materials_ior" in material.extensions:
            value = _number(material, "KHR_materials_ior", "ior", 1.5)
            self._set("ior", self.types.Float, value)
        if _COAT in material.extensions:
            for target, factor, slot, channel in (
                ("clearcoat", "clearcoatFactor", "clearcoatTexture", "r"),
                (
                    "clearcoatRoughness",
                    "clearcoatRoughnessFactor",
                    "clearcoatRoughnessTexture",
                    "g",
                ),
            ):
                value = _number(material, _COAT, factor, 0.0)
                self._coat(target, value, _info(material, _COAT, slot), channel)

    def _coat(
        self, target: str, value: float, info: TextureInfo | None, channel: str
    ) -> None:
        if info is None or not value:
            self._set(target, self.types.Float, value)
            return
        file, _ = self.textures.add(info.texture.image, "measure")
        scale = (value, value, 1.0, 1.0)
        texture = self._texture(target, info, file, space="raw", scale=scale)
        self._connect(target, self.types.Float, texture, channel)

    # -- Shaders -----------------------------------------------------------------------

    def _shader(self, name: str, kind: str) -> Untyped:
        shader = self.define(self.stage, f"{self.path}/{name}")
        shader.CreateIdAttr(kind)
        return shader

    def _texture(
        self,
        name: str,
        info: TextureInfo,
        file: str,
        *,
        space: str,
        scale: tuple[float, ...],
        bias: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0),
    ) -> Untyped:
        """Return the shader that looks a picture up as a slot does."""
        texture = self._shader(name, "UsdUVTexture")
        reader = self._reader(
            primvar_name(texture_lookups(self.material).index(_lookup(info))),
            "float2",
            self.types.Float2,
        )
        texture.CreateInput("file", self.types.Asset).Set(f"./{file}")
        texture.CreateInput("st", self.types.Float2).ConnectToSource(
            reader.GetOutput("result")
        )
        texture.CreateInput("sourceColorSpace", self.types.Token).Set(space)
        sampler = info.texture.sampler
        for axis, wrap in (("wrapS", sampler.wrap_s), ("wrapT", sampler.wrap_t)):
            texture.CreateInput(axis, self.types.Token).Set(_wrap(wrap))
        if scale != (1.0, 1.0, 1.0, 1.0):
            texture.CreateInput("scale", self.types.Float4).Set(scale)
        if any(bias):
            texture.CreateInput("bias", self.types.Float4).Set(bias)
        return texture

    def _reader(self, name: str, kind: str, output: Untyped) -> Untyped:
        """Return the shader that reads a mesh's own values, made once."""
        if name not in self.readers:
            reader = self._shader(f"read_{name}", f"UsdPrimvarReader_{kind}")
            reader.CreateInput("varname", self.types.String).Set(name)
            reader.CreateOutput("result", output)
            self.readers[name] = reader
        return self.readers[name]

    def _set(self, name: str, kind: Untyped, value: object) -> None:
        self.surface.CreateInput(name, kind).Set(value)

    def _connect(self, name: str, kind: Untyped, shader: Untyped, channel: str) -> None:
        """Connect an input of the surface to a shader's output of this name."""
        source = shader.GetOutput(channel)
        if not source:
            is_color = channel == "rgb"
            source = shader.CreateOutput(
                channel, self.types.Float3 if is_color else self.types.Float
            )
        self.surface.CreateInput(name, kind).ConnectToSource(source)


def _drawn_infos(material: Material) -> list[TextureInfo]:
    slots = (
        material.base_color_texture,
        material.metallic_roughness_texture,
        material.occlusion_texture,
        material.normal_texture,
        material.emissive_texture,
        _info(material, _COAT, "clearcoatTexture"),
        _info(material, _COAT, "clearcoatRoughnessTexture"),
    )
    return [info for info in slots if info is not None]


def _lookup(info: TextureInfo) -> Lookup:
    transform = info.transform
    if transform is not None and _is_identity(transform):
        transform = None
    return info.uv_set, transform


def _is_identity(transform: TextureTransform) -> bool:
    return (transform.offset, transform.rotation, transform.scale) == (
        (0.0, 0.0),
        0.0,
        (1.0, 1.0),
    )


def _is_same(one: TextureInfo, other: TextureInfo) -> bool:
    return one.texture.image is other.texture.image and _lookup(one) == _lookup(other)


def _wrap(mode: int) -> str:
    return {_CLAMP: "clamp", _MIRROR: "mirror"}.get(mode, "repeat")


def _info(material: Material, extension: str, name: str) -> TextureInfo | None:
    payload: Payload = material.extensions.get(extension)
    value = payload.get(name) if isinstance(payload, dict) else None
    return value if isinstance(value, TextureInfo) else None


def _number(material: Material, extension: str, name: str, default: float) -> float:
    payload: Payload = material.extensions.get(extension)
    value = payload.get(name, default) if isinstance(payload, dict) else default
    return float(value) if isinstance(value, (int, float)) else default
