"""Detect a file's format by its first bytes, and find wrong extensions."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING, Final

from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import MisnamedFileError
from tours.file_formats import find_unsupported_format

if TYPE_CHECKING:
    from pathlib import Path, PurePosixPath

START_BYTES: Final = 4096
_MAGIC_NUMBERS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"glTF", ".glb"),
    (b"Kaydara FBX Binary", ".fbx"),
    (b"BLENDER", ".blend"),
    (b"\xff\xfe\xff\x0eS\0k\0e\0t\0c\0h\0U\0p\0", ".skp"),
    (b"ASTM-E57", ".e57"),
    (b"LASF", ".las"),
    (b"PXR-USDC", ".usdc"),
    (b"#usda", ".usda"),
    (b"AC10", ".dwg"),
    (b"3D Geometry File Format", ".3dm"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".max"),
    (b"Rar!\x1a\x07", ".rar"),
    (b"7z\xbc\xaf\x27\x1c", ".7z"),
    (b"\x1f\x8b\x08", ".gz"),
    (b"%PDF-", ".pdf"),
    (b"\x89PNG\r\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"version https://git-lfs", ".git-lfs"),
)
_TEXT_PATTERNS: Final[tuple[tuple[re.Pattern[bytes], str], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.MULTILINE), ending)
    for pattern, ending in (
        (rb"\A(?:ply)\r?\n", ".ply"),
        (rb"\A(?:ST)?C?N?4?n?OFF\b", ".off"),
        (rb"\A; *FBX\b", ".fbx"),
        (rb"\AISO-10303-21;[\s\S]*FILE_SCHEMA\s*\(\s*\(\s*'IFC", ".ifc"),
        (rb"\AISO-10303-21;", ".step"),
        (rb"\A#VRML\b|\A#X3D\b", ".wrl"),
        (rb"\A(?:<!doctype html|<html)\b", ".html"),
        (rb"\A<(?:\?xml|!--|COLLADA)[\s\S]*<COLLADA\b|\A<COLLADA\b", ".dae"),
        (rb"\A<(?:\?xml|!)[\s\S]*<X3D\b|\A<X3D\b", ".x3d"),
        (rb"\A0\r?\n *SECTION\b", ".dxf"),
        (rb"\Asolid\b[\s\S]*^\s*facet\s+normal\b", ".stl"),
        (rb"\A\{[\s\S]*\"(?:asset|accessors|bufferViews|scenes|nodes)\"\s*:", ".gltf"),
        (rb"\A(?:#[^\r\n]*[\r\n]\s*)*newmtl\s", ".mtl"),
        (rb"^(?:v|vn|vt)(?:\s+[-+]?\d[\d.e+-]*){2,}\s|^mtllib\s", ".obj"),
    )
)
_ZIP: Final = b"PK\x03\x04"
_ACCEPTED_BY_READER: Final = {
    ".glb": (".glb", ".gltf"),
    ".gltf": (".glb", ".gltf"),
    ".zip": (".zip", ".3mf", ".usdz"),
    ".3mf": (".zip", ".3mf"),
}
"""Content that the reader of an extension also accepts, or reports in more detail."""
_FACET_BYTES: Final = 50
_STL_START: Final = struct.Struct("<80xI")
_3DS_START: Final = struct.Struct("<2sIH")
_3DS_PARTS: Final = (0x0002, 0x3D3D)


def sniff_extension(start: bytes, size_bytes: int) -> str | None:
    """Return the extension that fits a file's first bytes; None if unknown.

    Parameters
    ----------
    start
        Its first bytes, `START_BYTES` of them where there are as many.
    size_bytes
        Of the whole file.
    """
    if start.startswith(_ZIP):
        return _sniff_zip(start)
    if _is_binary_stl(start, size_bytes):
        return ".stl"
    for sign, ending in _MAGIC_NUMBERS:
        if start.startswith(sign):
            return ending
    if len(start) >= _3DS_START.size:
        sign, length, part = _3DS_START.unpack_from(start)
        if sign == b"MM" and length == size_bytes and part in _3DS_PARTS:
            return ".3ds"
    if b"\0" in start and not start.startswith(b"ply"):
        return None
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    return next((end for pattern, end in _TEXT_PATTERNS if pattern.search(text)), None)


def misnamed_error(
    path: PurePosixPath, start: bytes, size_bytes: int
) -> MisnamedFileError | None:
    """Return the error of a file whose extension does not fit its content.

    Parameters
    ----------
    path
        Its name.
    start, size_bytes
        As `sniff_extension` takes them.
    """
    own = path.suffix.lower()
    ending = sniff_extension(start, size_bytes)
    if ending is None or ending in _ACCEPTED_BY_READER.get(own, (own,)):
        return None
    foreign = find_unsupported_format(ending)
    if foreign is not None:
        told = causes.MISNAMED if foreign.is_shape else causes.NOT_A_MODEL
        return MisnamedFileError.from_cause(told, ending, **foreign.values())
    renamed = path.with_suffix(ending).name
    return MisnamedFileError.from_cause(
        causes.WRONG_EXTENSION, ending, ending=ending, name=renamed
    )


def misnamed_file_error(path: Path, name: PurePosixPath) -> MisnamedFileError | None:
    """Return the error of a file on disk whose extension does not fit it."""
    try:
        with path.open("rb") as file:
            return misnamed_error(name, file.read(START_BYTES), path.stat().st_size)
    except OSError:
        return None


def _sniff_zip(start: bytes) -> str:
    length = int.from_bytes(start[26:28], "little")
    name = start[30 : 30 + length].lower()
    if name.endswith((b".usd", b".usda", b".usdc")):
        return ".usdz"
    is_3mf = name.startswith((b"3d/", b"[content_types].xml", b"_rels/"))
    return ".3mf" if is_3mf else ".zip"


def _is_binary_stl(start: bytes, size_bytes: int) -> bool:
    """Return whether the count of facets that a file would give fits its length."""
    if len(start) < _STL_START.size:
        return False
    count: int = _STL_START.unpack_from(start)[0]
    return count > 0 and size_bytes == _STL_START.size + count * _FACET_BYTES
