"""Read materials, textures, samplers and images of a glTF file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assets_pipeline.errors import media_causes
from assets_pipeline.errors.exceptions import (
    RE_EXPORT,
    DamagedFileError,
    UnsupportedFormatError,
)
from assets_pipeline.gltf.materials import (
    AlphaMode,
    Image,
    Material,
    Payload,
    Sampler,
    Texture,
    TextureInfo,
    TextureTransform,
)
from assets_pipeline.images.decoding import sniff_media_type
from assets_pipeline.readers.json_fields import Fields, get_item, map_objects

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assets_pipeline.readers.gltf.accessors import AccessorReader

_ALPHA_MODES: Final[Mapping[str, AlphaMode]] = {
    "OPAQUE": "OPAQUE",
    "MASK": "MASK",
    "BLEND": "BLEND",
}
_READABLE_SOURCES: Final = ("EXT_texture_webp", "EXT_texture_avif")
_BASIS: Final = "KHR_texture_basisu"
"""Read where there is nothing else: a plain picture beside it has lost less."""
_WRAPS: Final = (33071, 33648, 10497)
_FILTERS: Final = (9728, 9729, 9984, 9985, 9986, 9987)


class MaterialReader:
    """Reads the materials of one glTF file, each once."""

    def __init__(self, root: Fields, arrays: AccessorReader) -> None:
        self._arrays = arrays
        self._material_fields = root.children("materials")
        self._texture_fields = root.children("textures")
        self._image_fields = root.children("images")
        self._sampler_fields = root.children("samplers")
        self._materials: dict[int, Material] = {}
        self._textures: dict[int, Texture] = {}
        self._images: dict[int, Image] = {}

    def material(self, index: int, place: str) -> Material:
        """Return a material by its index in the file."""
        if index not in self._materials:
            fields = get_item(self._material_fields, index, place)
            self._materials[index] = self._build(fields)
        return self._materials[index]

    def _build(self, fields: Fields) -> Material:
        rough = fields.child("pbrMetallicRoughness")
        return Material(
            name=fields.optional_string("name"),
            base_color_factor=_color(rough),
            base_color_texture=self._read_texture_info(rough, "baseColorTexture"),
            metallic_factor=_clip(rough.number("metallicFactor", 1.0)),
            roughness_factor=_clip(rough.number("roughnessFactor", 1.0)),
            metallic_roughness_texture=self._read_texture_info(
                rough, "metallicRoughnessTexture"
            ),
            normal_texture=self._read_texture_info(fields, "normalTexture"),
            occlusion_texture=self._read_texture_info(fields, "occlusionTexture"),
            emissive_texture=self._read_texture_info(fields, "emissiveTexture"),
            emissive_factor=_emission(fields),
            alpha_mode=fields.choice("alphaMode", "OPAQUE", _ALPHA_MODES),
            alpha_cutoff=max(0.0, fields.number("alphaCutoff", 0.5)),
            double_sided=fields.boolean("doubleSided", default=False),
            extensions=self._payloads(fields.child("extensions")),
            extras=fields.values.get("extras"),
        )

    def _payloads(self, extensions: Fields) -> dict[str, Payload]:
        """Return extensions with the textures they name as objects."""

        def change(name: str, value: Payload) -> Payload:
            is_info = name.endswith("Texture") and isinstance(value, dict)
            if is_info and isinstance(value, dict) and "index" in value:
                return self._info_of(Fields(value, f"{extensions.place}.{name}"))
            return value

        return {
            name: map_objects(value, change)
            for name, value in extensions.values.items()
        }

    def _read_texture_info(self, fields: Fields, name: str) -> TextureInfo | None:
        return self._info_of(fields.child(name)) if fields.has(name) else None

    def _info_of(self, fields: Fields) -> TextureInfo:
        extensions = fields.child("extensions")
        others = {k: v for k, v in extensions.values.items() if k != _TRANSFORM}
        strength = fields.number("strength") if fields.has("strength") else None
        return TextureInfo(
            texture=self._texture(fields.integer("index"), fields.place),
            tex_coord=fields.integer("texCoord", 0),
            transform=_transform(extensions),
            scale=fields.number("scale") if fields.has("scale") else None,
            strength=None if strength is None else _clip(strength),
            extensions=others,
            extras=fields.values.get("extras"),
        )

    def _texture(self, index: int, place: str) -> Texture:
        if index not in self._textures:
            fields = get_item(self._texture_fields, index, place)
            self._textures[index] = Texture(
                image=self._image(_image_index(fields), fields.place),
                sampler=self._sampler(fields.index("sampler"), fields.place),
                name=fields.optional_string("name"),
            )
        return self._textures[index]

    def _sampler(self, index: int | None, place: str) -> Sampler:
        if index is None:
            return Sampler()
        fields = get_item(self._sampler_fields, index, place)
        return Sampler(
            wrap_s=_find_known(fields, "wrapS", _WRAPS) or 10497,
            wrap_t=_find_known(fields, "wrapT", _WRAPS) or 10497,
            mag_filter=_find_known(fields, "magFilter", _FILTERS[:2]),
            min_filter=_find_known(fields, "minFilter", _FILTERS),
        )

    def _image(self, index: int, place: str) -> Image:
        if index not in self._images:
            fields = get_item(self._image_fields, index, place)
            content = self._image_content(fields)
            media_type = sniff_media_type(content)
            if media_type is None:
                raise UnsupportedFormatError.from_cause(
                    media_causes.PICTURE_FORMAT_UNSUPPORTED,
                    fields.place,
                    name=fields.place,
                )
            name = fields.optional_string("name")
            self._images[index] = Image(content, media_type, name)
        return self._images[index]

    def _image_content(self, fields: Fields) -> bytes:
        view = fields.index("bufferView")
        if view is not None:
            return self._arrays.read_view(view, fields.place)
        return self._arrays.read_uri(fields.string("uri"), f"{fields.place}.uri")


_TRANSFORM: Final = "KHR_texture_transform"


def _transform(extensions: Fields) -> TextureTransform | None:
    if not extensions.has(_TRANSFORM):
        return None
    fields = extensions.child(_TRANSFORM)
    offset, scale = (
        fields.numbers(name, (default, default))
        for name, default in (("offset", 0.0), ("scale", 1.0))
    )
    return TextureTransform(
        offset=(offset[0], offset[1]),
        rotation=fields.number("rotation", 0.0),
        scale=(scale[0], scale[1]),
        tex_coord=fields.index("texCoord"),
    )


def _image_index(fields: Fields) -> int:
    """Return the number of the image to use: a readable extension's before the plain."""
    extensions = fields.child("extensions")
    for name in _READABLE_SOURCES:
        if extensions.has(name):
            return extensions.child(name).integer("source")
    source = fields.index("source")
    if source is not None:
        return source
    if extensions.has(_BASIS):
        return extensions.child(_BASIS).integer("source")
    if extensions.values:
        reason = f"the texture exists only as {', '.join(sorted(extensions.values))}"
        remedy = "Export the model with PNG, JPEG or WebP textures"
        raise UnsupportedFormatError(reason, fields.place, remedy)
    reason = "the texture has no image"
    raise DamagedFileError(reason, fields.place, RE_EXPORT)


def _find_known(fields: Fields, name: str, known: tuple[int, ...]) -> int | None:
    value = fields.index(name)
    if value is not None and value not in known:
        raise fields.invalid(name, f"is {value}")
    return value


def _clip(value: float) -> float:
    return min(1.0, max(0.0, value))


def _color(fields: Fields) -> tuple[float, float, float, float]:
    red, green, blue, alpha = fields.numbers("baseColorFactor", (1.0,) * 4)
    return _clip(red), _clip(green), _clip(blue), _clip(alpha)


def _emission(fields: Fields) -> tuple[float, float, float]:
    red, green, blue = fields.numbers("emissiveFactor", (0.0,) * 3)
    return _clip(red), _clip(green), _clip(blue)
