"""A file of ours without compression, for programs that read less than phones do."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Final

from assets_pipeline.readers.gltf import read_gltf
from assets_pipeline.resolver import Resolver
from assets_pipeline.transforms.unpack_textures import unpack_textures
from assets_pipeline.usdz_reader import read_usdz
from assets_pipeline.writer import to_glb

_ZIP: Final = b"PK\x03\x04"
_BASIS: Final = b'"KHR_texture_basisu"'


def readable(file: bytes) -> bytes:
    """Return a GLB or USDZ of ours as a GLB without compression: every renderer reads it."""
    if file.startswith(_ZIP):
        return to_glb(read_usdz(file))
    document = read_gltf(file, PurePosixPath("file.glb"), Resolver(Path()))
    unpack_textures(document)
    return to_glb(document)


def without_ktx2(glb: bytes) -> bytes:
    """Return a file that a renderer without Basis reads: the same, where it has none."""
    return readable(glb) if _BASIS in glb else glb
