"""Which glTF extensions are supported or harmless to ignore; imports no decoder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import UnsupportedFormatError

if TYPE_CHECKING:
    from collections.abc import Iterable

SUPPORTED: Final = frozenset(
    {
        "EXT_mesh_gpu_instancing",
        "EXT_meshopt_compression",
        "EXT_texture_avif",
        "EXT_texture_webp",
        "KHR_draco_mesh_compression",
        "KHR_lights_punctual",
        "KHR_mesh_quantization",
        "KHR_meshopt_compression",
        "KHR_node_visibility",
        "KHR_texture_basisu",
        "KHR_texture_transform",
    }
)
MATERIALS_PREFIX: Final = "KHR_materials_"
"""Begins the names of those that are kept with each material; names of variants too."""
XMP: Final = "KHR_xmp_json_ld"
"""Notes on who made what, and under which licence: kept."""
_INVISIBLE: Final = frozenset(
    {
        *("3DTILES_metadata", "AGI_articulations", "AGI_stk_metadata"),
        *("CESIUM_primitive_outline", "EXT_feature_metadata", "EXT_instance_features"),
        *("EXT_lights_ies", "EXT_lights_image_based", "EXT_mesh_features"),
        *("EXT_mesh_manifold", "EXT_structural_metadata", "FB_geometry_metadata"),
        *("FB_ngon_encoding", "GODOT_single_root", "KHR_audio", "KHR_audio_emitter"),
        *("KHR_implicit_shapes", "KHR_interactivity", "KHR_node_hoverability"),
        *("KHR_node_selectability", "KHR_physics_rigid_bodies", "KHR_xmp", XMP),
        *("MOZ_hubs_components", "MSFT_audio_emitter", "MSFT_lod"),
        *(
            "MSFT_packing_normalRoughnessMetallic",
            "MSFT_texture_dds",
            "OMI_audio_emitter",
        ),
        *("MSFT_packing_occlusionRoughnessMetallic", "OMI_collider", "OMI_link"),
        *("OMI_physics_body", "OMI_physics_joint", "OMI_physics_shape", "OMI_seat"),
        *("OMI_spawn_point", "VRM", "VRMC_node_constraint", "VRMC_springBone"),
        "VRMC_vrm",
    }
)
"""Notes for other programs: what a page shows is the same without them."""
_MOST_SIGNS: Final = 60


def check_required_extensions(names: Iterable[str]) -> None:
    """Raise an error if a file requires an extension that is not supported.

    Raises
    ------
    UnsupportedFormatError
        If it says that it can't.
    """
    for name in names:
        is_known = name in SUPPORTED or name.startswith(MATERIALS_PREFIX)
        if not is_known and affects_appearance(name):
            raise UnsupportedFormatError.from_cause(
                causes.UNSUPPORTED_REQUIRED_EXTENSION,
                "extensionsRequired",
                name=printable_name(name),
            )


def affects_appearance(name: str) -> bool:
    """Return whether ignoring an extension may change how a model looks."""
    return name not in _INVISIBLE


def printable_name(name: str) -> str:
    """Return an extension's name made safe to print in a sentence."""
    return "".join(sign for sign in name[:_MOST_SIGNS] if sign.isprintable())


def find_extensions(value: object) -> set[str]:
    """Return the names of all extensions within a part of a file's JSON."""
    names: set[str] = set()
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            extensions = item.get("extensions")
            if isinstance(extensions, dict):
                names.update(extensions)
            # `extras` belong to people: an "extensions" in there is none of glTF's.
            pending.extend(part for key, part in item.items() if key != "extras")
        elif isinstance(item, list):
            pending.extend(item)
    return names
