"""Validate a glTF file against the glTF 2.0 specification."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assets_pipeline.errors.exceptions import AssetError, EmptyModelError
from assets_pipeline.gltf import container
from assets_pipeline.gltf_validator.accessors import accessor_faults
from assets_pipeline.gltf_validator.gltf_file import GltfFile
from assets_pipeline.gltf_validator.meshes import mesh_faults
from assets_pipeline.gltf_validator.scenes import scene_faults
from assets_pipeline.gltf_validator.schema_check import Fault, schema_faults
from assets_pipeline.readers.gltf.reader import read_gltf
from assets_pipeline.readers.json_fields import parse_json_object

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

    from assets_pipeline.readers.json_fields import Fields
    from assets_pipeline.resolver import Resolver

_BOM: Final = b"\xef\xbb\xbf"
_MOST_FAULTS: Final = 100


def validate_gltf(
    content: bytes, path: PurePosixPath, resolver: Resolver
) -> list[Fault]:
    """Return the faults of a GLB or glTF file, at most 100.

    Readers mend most of it, so a file with faults may well be shown; other programs
    need not be as kind.

    Parameters
    ----------
    content
        The file's bytes.
    path
        Its place in the folder; other files are named from there.
    resolver
        Reads these other files.
    """
    found: list[Fault] = []
    try:
        for fault in _faults(content, path, resolver):
            found.append(fault)
            if len(found) >= _MOST_FAULTS:
                return found
        if not found:
            read_gltf(content, path, resolver)
    except EmptyModelError:
        pass  # keeps the standard: it only shows nothing
    except AssetError as error:
        found.append(Fault.from_error(error))
    return found


def _faults(content: bytes, path: PurePosixPath, resolver: Resolver) -> Iterator[Fault]:
    text, binary = content, None
    if content.startswith(container.MAGIC) or path.suffix.lower() == ".glb":
        text, binary = container.split_glb(content)
        yield from _chunks(content)
    if text.startswith(_BOM):
        yield Fault("JSON", "begins with a byte order mark")
        text = text[len(_BOM) :]
    root = parse_json_object(text)
    yield from schema_faults(root.values)
    yield from _versions(root)
    file = GltfFile(root, binary, lambda uri: resolver.read_beside(path, uri))
    yield from accessor_faults(file)
    yield from mesh_faults(file)
    yield from scene_faults(file)


def _chunks(content: bytes) -> Iterator[Fault]:
    kinds = container.list_chunk_kinds(content)
    for name in ("JSON", "BIN"):
        if kinds.count(name) > 1:
            yield Fault("chunks", f"has two of the kind {name}")
    if "BIN" in kinds and kinds.index("BIN") != 1:
        yield Fault("chunks", "has its binary chunk out of place")


def _versions(root: Fields) -> Iterator[Fault]:
    asset = root.values.get("asset")
    least = asset.get("minVersion") if isinstance(asset, dict) else None
    version = asset.get("version") if isinstance(asset, dict) else None
    if isinstance(least, str) and isinstance(version, str) and least > version:
        yield Fault("asset.minVersion", f"is {least[:10]}, above {version[:10]}")
    used = root.values.get("extensionsUsed", [])
    needed = root.values.get("extensionsRequired", [])
    if isinstance(used, list) and isinstance(needed, list):
        for name in needed:
            if name not in used:
                yield Fault("extensionsRequired", f"names {name}, which is not used")
