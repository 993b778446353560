"""Where each extension may stand, and what it may hold there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assets_pipeline.gltf_validator.schema import Shape, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMBER = Value("number")
_UNIT = Value("number", least=0, most=1)
_POSITIVE = Value("number", least=0)
_INFO = Value("object", "textureInfo")
_COLOR = Value("list", item=_UNIT, lengths=(3,))
_TEXTURE_SOURCE: Shape = {"source": Value("index", "images")}
_MESHOPT: Shape = {
    "buffer": Value("index", "buffers", is_needed=True),
    "byteOffset": Value("integer", least=0),
    "byteLength": Value("integer", least=1, is_needed=True),
    "byteStride": Value("integer", least=1, most=256, is_needed=True),
    "count": Value("integer", least=1, is_needed=True),
    "mode": Value("text", known=("ATTRIBUTES", "TRIANGLES", "INDICES"), is_needed=True),
    "filter": Value("text"),
}

EXTENSIONS: Final[Mapping[str, Mapping[str, Shape]]] = {
    "EXT_meshopt_compression": {"bufferView": _MESHOPT, "buffer": {}},
    "KHR_meshopt_compression": {"bufferView": _MESHOPT, "buffer": {}},
    "EXT_texture_webp": {"texture": _TEXTURE_SOURCE},
    "EXT_texture_avif": {"texture": _TEXTURE_SOURCE},
    "KHR_texture_basisu": {"texture": _TEXTURE_SOURCE},
    "KHR_animation_pointer": {
        "channelTarget": {"pointer": Value("text", is_needed=True)}
    },
    "KHR_draco_mesh_compression": {
        "primitive": {
            "bufferView": Value("index", "bufferViews", is_needed=True),
            "attributes": Value("map", item=Value("integer", least=0), is_needed=True),
        }
    },
    "KHR_lights_punctual": {
        "glTF": {
            "lights": Value("list", item=Value("object", "light"), is_needed=True)
        },
        "node": {"light": Value("integer", least=0, is_needed=True)},
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
            "iridescenceIor": Value("number", least=1),
            "iridescenceThicknessMinimum": _POSITIVE,
            "iridescenceThicknessMaximum": _POSITIVE,
            "iridescenceThicknessTexture": _INFO,
        }
    },
    "KHR_materials_pbrSpecularGlossiness": {
        "material": {
            "diffuseFactor": Value("list", item=_UNIT, lengths=(4,)),
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
            "specularColorFactor": Value("list", item=_POSITIVE, lengths=(3,)),
            "specularColorTexture": _INFO,
        }
    },
    "KHR_materials_transmission": {
        "material": {"transmissionFactor": _UNIT, "transmissionTexture": _INFO}
    },
    "KHR_materials_unlit": {"material": {}},
    "KHR_materials_variants": {
        "glTF": {
            "variants": Value("list", item=Value("object", "variant"), is_needed=True)
        },
        "primitive": {
            "mappings": Value("list", item=Value("object", "mapping"), is_needed=True)
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
    "KHR_node_visibility": {"node": {"visible": Value("flag")}},
    "KHR_texture_transform": {
        "textureInfo": {
            **{
                n: Value("list", item=_NUMBER, lengths=(2,))
                for n in ("offset", "scale")
            },
            "rotation": _NUMBER,
            "texCoord": Value("integer", least=0),
        }
    },
}
"""By name, then by the shape that it extends."""

EXTENSION_SHAPES: Final[Mapping[str, Shape]] = {
    "light": {
        "type": Value("text", known=("directional", "point", "spot"), is_needed=True),
        "color": _COLOR,
        "intensity": _POSITIVE,
        "range": _POSITIVE,
        "spot": Value("object", "spot"),
        "name": Value("text"),
    },
    "spot": {
        "innerConeAngle": Value("number", least=0, most=1.5707964),
        "outerConeAngle": Value("number", least=0, most=1.5707964),
    },
    "variant": {"name": Value("text", is_needed=True)},
    "mapping": {
        "material": Value("index", "materials", is_needed=True),
        "variants": Value(
            "list", item=Value("integer", least=0), is_set=True, is_needed=True
        ),
    },
}
