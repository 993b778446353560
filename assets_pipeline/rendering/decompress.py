"""A file of ours without compression, for programs that read less than phones do."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from assets_pipeline.gltf.writer import to_glb
from assets_pipeline.readers.gltf.reader import read_gltf
from assets_pipeline.readers.usdz import read_usdz
from assets_pipeline.resolver import Resolver
from assets_pipeline.transforms.ktx2_to_png import unpack_textures

if TYPE_CHECKING:
    from assets_pipeline.gltf.document import Document

_ZIP: Final = b"PK\x03\x04"
_BASIS: Final = b'"KHR_texture_basisu"'


def decompress(file: bytes) -> bytes:
    """Return a GLB or USDZ of ours as a GLB without compression: every renderer reads it."""
    return to_glb(decode_document(file))


def decode_document(file: bytes) -> Document:
    """Return what a GLB or USDZ of ours holds, its pictures in PNG where they were KTX2."""
    if file.startswith(_ZIP):
        return read_usdz(file)
    document = read_gltf(file, PurePosixPath("file.glb"), Resolver(Path()))
    unpack_textures(document)
    return document


def replace_ktx2(glb: bytes) -> bytes:
    """Return a file that a renderer without Basis reads: the same, where it has none."""
    return decompress(glb) if _BASIS in glb else glb
