"""Decompress GLB and USDZ files for renderers without meshopt or KTX2."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.readers.gltf.reader import read_gltf
from assets_pipeline.readers.usdz import read_usdz
from assets_pipeline.resolver import Resolver
from assets_pipeline.transforms.decompress_ktx2 import decompress_ktx2

if TYPE_CHECKING:
    from assets_pipeline.gltf.document import Document

_ZIP: Final = b"PK\x03\x04"
_BASIS: Final = b'"KHR_texture_basisu"'


def decompress(file: bytes) -> bytes:
    """Return a GLB or USDZ as a GLB without compression."""
    return write_glb(decode_document(file))


def decode_document(file: bytes) -> Document:
    """Return the document of a GLB or USDZ, KTX2 textures as PNG."""
    if file.startswith(_ZIP):
        return read_usdz(file)
    document = read_gltf(file, PurePosixPath("file.glb"), Resolver(Path()))
    decompress_ktx2(document)
    return document


def replace_ktx2(glb: bytes) -> bytes:
    """Return a GLB with KTX2 textures as PNG; the same where there are none."""
    return decompress(glb) if _BASIS in glb else glb
