"""Materials, textures, samplers and images of a GLB being written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assets_pipeline.gltf.materials import Material, Payload, Sampler, TextureInfo

if TYPE_CHECKING:
    from assets_pipeline.gltf.document import Document
    from assets_pipeline.gltf.materials import Image, Texture
    from assets_pipeline.gltf.writer_arrays import ArrayWriter

Json = dict[str, object]
_BY_EXTENSION: Final = {
    "image/webp": "EXT_texture_webp",
    "image/avif": "EXT_texture_avif",
    "image/ktx2": "KHR_texture_basisu",
}
_TRANSFORM: Final = "KHR_texture_transform"


class MaterialWriter:
    """Indexes and serializes a document's materials and what they use."""

    def __init__(self, document: Document, arrays: ArrayWriter) -> None:
        self._materials = document.materials()
        self._textures = document.textures()
        self._images = document.images()
        self._samplers = list(dict.fromkeys(t.sampler for t in self._textures))
        self._numbers = {id(m): i for i, m in enumerate(self._materials)}
        self._texture_numbers = {id(t): i for i, t in enumerate(self._textures)}
        self._image_numbers = {id(image): i for i, image in enumerate(self._images)}
        self._arrays = arrays
        self.required: set[str] = set()
        """Extensions without which the textures can't be shown, once written."""

    def index_of(self, material: Material) -> int:
        """Return the index of a material."""
        return self._numbers[id(material)]

    def json_lists(self) -> dict[str, list[Json]]:
        """Return the file's ``materials``, ``textures``, ``samplers`` and ``images``."""
        shown = [sampler for sampler in self._samplers if sampler != Sampler()]
        return {
            "materials": [self._material(m) for m in self._materials],
            "textures": [self._texture(t, shown) for t in self._textures],
            "samplers": [_sampler(s) for s in shown],
            "images": [self._image(image) for image in self._images],
        }

    def texture_info_json(self, info: TextureInfo) -> Json:
        """Return the JSON of a texture reference."""
        made: Json = {"index": self._texture_numbers[id(info.texture)]}
        _put_unless(made, "texCoord", info.tex_coord, 0)
        _put_unless(made, "scale", info.scale, None)
        _put_unless(made, "strength", info.strength, None)
        extensions: Json = {n: self.payload_json(p) for n, p in info.extensions.items()}
        if info.transform is not None:
            transform: Json = {}
            _put_unless(transform, "offset", info.transform.offset, (0.0, 0.0))
            _put_unless(transform, "rotation", info.transform.rotation, 0.0)
            _put_unless(transform, "scale", info.transform.scale, (1.0, 1.0))
            _put_unless(transform, "texCoord", info.transform.tex_coord, None)
            extensions[_TRANSFORM] = transform
        _put_unless(made, "extensions", extensions, {})
        _put_unless(made, "extras", info.extras, None)
        return made

    def payload_json(self, payload: Payload) -> object:
        """Return the JSON of an extension, objects replaced by their indices."""
        if isinstance(payload, TextureInfo):
            return self.texture_info_json(payload)
        if isinstance(payload, Material):
            return self.index_of(payload)
        if isinstance(payload, dict):
            return {name: self.payload_json(part) for name, part in payload.items()}
        if isinstance(payload, list):
            return [self.payload_json(part) for part in payload]
        return payload

    def _material(self, material: Material) -> Json:
        rough: Json = {}
        _put_unless(
            rough, "baseColorFactor", material.base_color_factor, (1.0, 1.0, 1.0, 1.0)
        )
        _put_unless(rough, "metallicFactor", material.metallic_factor, 1.0)
        _put_unless(rough, "roughnessFactor", material.roughness_factor, 1.0)
        self._put_info(rough, "baseColorTexture", material.base_color_texture)
        mixed = material.metallic_roughness_texture
        self._put_info(rough, "metallicRoughnessTexture", mixed)
        made: Json = {}
        _put_unless(made, "name", material.name, None)
        _put_unless(made, "pbrMetallicRoughness", rough, {})
        self._put_info(made, "normalTexture", material.normal_texture)
        self._put_info(made, "occlusionTexture", material.occlusion_texture)
        self._put_info(made, "emissiveTexture", material.emissive_texture)
        _put_unless(made, "emissiveFactor", material.emissive_factor, (0.0, 0.0, 0.0))
        _put_unless(made, "alphaMode", material.alpha_mode, "OPAQUE")
        if material.alpha_mode == "MASK":
            _put_unless(made, "alphaCutoff", material.alpha_cutoff, 0.5)
        _put_unless(made, "doubleSided", material.double_sided, False)  # noqa: FBT003  # the value itself
        extensions = {n: self.payload_json(p) for n, p in material.extensions.items()}
        _put_unless(made, "extensions", extensions, {})
        _put_unless(made, "extras", material.extras, None)
        return made

    def _put_info(self, made: Json, name: str, info: TextureInfo | None) -> None:
        if info is not None:
            made[name] = self.texture_info_json(info)

    def _texture(self, texture: Texture, samplers: list[Sampler]) -> Json:
        made: Json = {}
        source = self._image_numbers[id(texture.image)]
        extension = _BY_EXTENSION.get(texture.image.media_type)
        if extension is None:
            made["source"] = source
        else:
            made["extensions"] = {extension: {"source": source}}
            self.required.add(extension)
        if texture.sampler in samplers:
            made["sampler"] = samplers.index(texture.sampler)
        _put_unless(made, "name", texture.name, None)
        return made

    def _image(self, image: Image) -> Json:
        view = self._arrays.add_image(image.content)
        made: Json = {"bufferView": view, "mimeType": image.media_type}
        _put_unless(made, "name", image.name, None)
        return made


def _sampler(sampler: Sampler) -> Json:
    made: Json = {}
    _put_unless(made, "wrapS", sampler.wrap_s, 10497)
    _put_unless(made, "wrapT", sampler.wrap_t, 10497)
    _put_unless(made, "magFilter", sampler.mag_filter, None)
    _put_unless(made, "minFilter", sampler.min_filter, None)
    return made


def _put_unless(made: Json, name: str, value: object, default: object) -> None:
    if value != default:
        made[name] = value
