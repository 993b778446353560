"""Schemas of glTF extensions, by the objects that may hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assets_pipeline.gltf_validator.schema import Property, Shape

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMBER = Property("number")
_UNIT = Property("number", least=0, most=1)
_POSITIVE = Property("number", least=0)
_INFO = Property("object", "textureInfo")
_COLOR = Property("list", item=_UNIT, lengths=(3,))
_TEXTURE_SOURCE: Shape = {"source": Property("index", "images")}
_MESHOPT: Shape = {
    "buffer": Property("index", "buffers", is_needed=True),
    "byteOffset": Property("integer", least=0),
    "byteLength": Property("integer", least=1, is_needed=True),
    "byteStride": Property("integer", least=1, most=256, is_needed=True),
    "count": Property("integer", least=1, is_needed=True),
    "mode": Property(
        "text", known=("ATTRIBUTES", "TRIANGLES", "INDICES"), is_needed=True
    ),
    "filter": Property("text"),
}

EXTENSIONS: Final[Mapping[str, Mapping[str, Shape]]] = {
    "EXT_meshopt_compression": {"bufferView": _MESHOPT, "buffer": {}},
    "KHR_meshopt_compression": {"bufferView": _MESHOPT, "buffer": {}},
    "EXT_texture_webp": {"texture": _TEXTURE_SOURCE},
    "EXT_texture_avif": {"texture": _TEXTURE_SOURCE},
    "KHR_texture_basisu": {"texture": _TEXTURE_SOURCE},
    "KHR_animation_pointer": {
        "channelTarget": {"pointer": Property("text", is_needed=True)}
    },
    "KHR_draco_mesh_compression": {
        "primitive": {
            "bufferView": Property("index", "bufferViews", is_needed=True),
            "attributes": Property(
                "map", item=Property("integer", least=0), is_needed=True
            ),
        }
    },
    "KHR_lights_punctual": {
        "glTF": {
            "lights": Property("list", item=Property("object", "light"), is_needed=True)
        },
        "node": {"light": Property("integer", least=0, is_needed=True)},
    },
    "KHR_materials_anisotropy": {
        "material": {
            "anisotropyStrength": _UNIT,
            "anisotropyRotation": _NUMBER,
            "anisotropyTexture": _INFO,
        }
    },
    "KHR_materials_clearcoat": {
        "material": {
            **dict.fromkeys(("clearcoatFactor", "clearcoatRoughnessFactor"), _UNIT),
            "clearcoatTexture": _INFO,
            "clearcoatRoughnessTexture": _INFO,
            "clearcoatNormalTexture": _INFO,
        }
    },
    "KHR_materials_dispersion": {"material": {"dispersion": _POSITIVE}},
    "KHR_materials_emissive_strength": {"material": {"emissiveStrength": _POSITIVE}},
    "KHR_materials_ior": {"material": {"ior": _POSITIVE}},
    "KHR_materials_iridescence": {
        "material": {
            "iridescenceFactor": _UNIT,
            "iridescenceTexture": _INFO,
            "iridescenceIor": Property("number", least=1),
            "iridescenceThicknessMinimum": _POSITIVE,
            "iridescenceThicknessMaximum": _POSITIVE,
            "iridescenceThicknessTexture": _INFO,
        }
    },
    "KHR_materials_pbrSpecularGlossiness": {
        "material": {
            "diffuseFactor": Property("list", item=_UNIT, lengths=(4,)),
            "diffuseTexture": _INFO,
            "specularFactor": _COLOR,
            "glossinessFactor": _UNIT,
            "specularGlossinessTexture": _INFO,
        }
    },
    "KHR_materials_sheen": {
        "material": {
            "sheenColorFactor": _COLOR,
            "sheenColorTexture": _INFO,
            "sheenRoughnessFactor": _UNIT,
            "sheenRoughnessTexture": _INFO,
        }
    },
    "KHR_materials_specular": {
        "material": {
            "specularFactor": _UNIT,
            "specularTexture": _INFO,
            "specularColorFactor": Property("list", item=_POSITIVE, lengths=(3,)),
            "specularColorTexture": _INFO,
        }
    },
    "KHR_materials_transmission": {
        "material": {"transmissionFactor": _UNIT, "transmissionTexture": _INFO}
    },
    "KHR_materials_unlit": {"material": {}},
    "KHR_materials_variants": {
        "glTF": {
            "variants": Property(
                "list", item=Property("object", "variant"), is_needed=True
            )
        },
        "primitive": {
            "mappings": Property(
                "list", item=Property("object", "mapping"), is_needed=True
            )
        },
    },
    "KHR_materials_volume": {
        "material": {
            "thicknessFactor": _POSITIVE,
            "thicknessTexture": _INFO,
            "attenuationDistance": _POSITIVE,
            "attenuationColor": _COLOR,
        }
    },
    "KHR_mesh_quantization": {},
    "KHR_node_visibility": {"node": {"visible": Property("flag")}},
    "KHR_texture_transform": {
        "textureInfo": {
            **{
                n: Property("list", item=_NUMBER, lengths=(2,))
                for n in ("offset", "scale")
            },
            "rotation": _NUMBER,
            "texCoord": Property("integer", least=0),
        }
    },
}
"""By name, then by the shape that it extends."""

EXTENSION_SHAPES: Final[Mapping[str, Shape]] = {
    "light": {
        "type": Property(
            "text", known=("directional", "point", "spot"), is_needed=True
        ),
        "color": _COLOR,
        "intensity": _POSITIVE,
        "range": _POSITIVE,
        "spot": Property("object", "spot"),
        "name": Property("text"),
    },
    "spot": {
        "innerConeAngle": Property("number", least=0, most=1.5707964),
        "outerConeAngle": Property("number", least=0, most=1.5707964),
    },
    "variant": {"name": Property("text", is_needed=True)},
    "mapping": {
        "material": Property("index", "materials", is_needed=True),
        "variants": Property(
            "list", item=Property("integer", least=0), is_set=True, is_needed=True
        ),
    },
}
