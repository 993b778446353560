"""Which extensions of glTF are read, which are kept as they are, and which are left out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from msgspec import UNSET

from assets_pipeline import causes
from assets_pipeline.errors import UnsupportedFormatError
from assets_pipeline.readers.fields import decoded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assets_pipeline.gltf.materials import Payload
    from assets_pipeline.readers.fields import Fields
    from assets_pipeline.readers.gltf_records import Records

_READ: Final = frozenset(
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
_OF_MATERIALS: Final = "KHR_materials_"
"""Begins the names of those that are kept with each material; names of variants too."""
XMP: Final = "KHR_xmp_json_ld"
"""Notes on who made what, and under which licence: kept."""
_MOST_XMP_SIGNS: Final = 16_000
"""Of its JSON: beyond, it holds pictures, which every phone would fetch."""
_UNSEEN: Final = frozenset(
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


def check_required(root: Fields) -> None:
    """Check that a file can be read without what is left out of it.

    Raises
    ------
    UnsupportedFormatError
        If it says that it can't.
    """
    for name in root.texts("extensionsRequired"):
        is_known = name in _READ or name.startswith(_OF_MATERIALS)
        if not is_known and is_seen(name):
            raise UnsupportedFormatError.because(
                causes.EXTENSION_NEEDED, "extensionsRequired", name=_shown(name)
            )


def is_seen(name: str) -> bool:
    """Whether a model may look otherwise without an extension that is left out."""
    return name not in _UNSEEN


def left_out(records: Records) -> list[str]:
    """Return, in order, the extensions of a file that its document is without."""
    root = records.root
    others: dict[str, Payload] = {**root.values, "materials": None}
    others["nodes and meshes"] = [
        {"extensions": item.extensions}
        for item in (*records.nodes, *records.meshes)
        if item.extensions is not UNSET
    ]
    distinct = {bytes(mesh.primitives) for mesh in records.meshes}
    others["primitives"] = [decoded(t) for t in distinct if b'"extensions"' in t]
    materials = _named_within(root.values.get("materials"))
    listed = root.values.get("extensionsUsed")
    words = listed if isinstance(listed, list) else []
    used = {name for name in words if isinstance(name, str)}
    named = _named_within(others) | (used - materials)
    kept = {XMP} if kept_xmp(root) else set()
    found = {n for n in named - _READ - kept if not n.startswith(_OF_MATERIALS)}
    return sorted({_shown(name) for name in found})


def kept_xmp(root: Fields) -> dict[str, Payload]:
    """Return the root's notes in XMP; nothing where there are none, or too many."""
    notes = _extension(root.values, XMP)
    if notes is None or len(json.dumps(notes)) > _MOST_XMP_SIGNS:
        return {}
    return {XMP: notes}


def asset_xmp(root: Fields) -> dict[str, Payload]:
    """Return which of the root's notes in XMP are about the file as a whole."""
    asset = root.values.get("asset")
    named = _extension(asset, XMP) if isinstance(asset, dict) else None
    return {XMP: named} if named is not None and kept_xmp(root) else {}


def _extension(holder: Mapping[str, Payload], name: str) -> dict[str, Payload] | None:
    extensions = holder.get("extensions")
    found = extensions.get(name) if isinstance(extensions, dict) else None
    return found if isinstance(found, dict) else None


def _named_within(value: Payload) -> set[str]:
    """Return the names of all extensions in a part of a file."""
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


def _shown(name: str) -> str:
    """Return a name that anybody may have chosen as it may stand in a sentence."""
    return "".join(sign for sign in name[:_MOST_SIGNS] if sign.isprintable())
