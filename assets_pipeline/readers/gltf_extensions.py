"""Which extensions a glTF file is without once it is read, and which notes are kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from msgspec import UNSET

from assets_pipeline.gltf.extension_names import extensions_within
from assets_pipeline.readers.fields import decoded
from assets_pipeline.readers.known_extensions import OF_MATERIALS, READ, XMP, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assets_pipeline.gltf.materials import Payload
    from assets_pipeline.readers.fields import Fields
    from assets_pipeline.readers.gltf_records import Records

_MOST_XMP_SIGNS: Final = 16_000
"""Of its JSON: beyond, it holds pictures, which every phone would fetch."""


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
    materials = extensions_within(root.values.get("materials"))
    listed = root.values.get("extensionsUsed")
    words = listed if isinstance(listed, list) else []
    used = {name for name in words if isinstance(name, str)}
    named = extensions_within(others) | (used - materials)
    kept = {XMP} if kept_xmp(root) else set()
    found = {n for n in named - READ - kept if not n.startswith(OF_MATERIALS)}
    return sorted({shown(name) for name in found})


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
