"""A file of ours without compression, for programs that read less than phones do."""

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


def readable(file: bytes) -> bytes:
    """Return a GLB or USDZ of ours as a GLB without compression: every renderer reads it."""
    return write_glb(decoded(file))


def decoded(file: bytes) -> Document:
    """Return what a GLB or USDZ of ours holds, its pictures in PNG where they were KTX2."""
    if file.startswith(_ZIP):
        return read_usdz(file)
    document = read_gltf(file, PurePosixPath("file.glb"), Resolver(Path()))
    decompress_ktx2(document)
    return document


def without_ktx2(glb: bytes) -> bytes:
    """Return a file that a renderer without Basis reads: the same, where it has none."""
    return readable(glb) if _BASIS in glb else glb
