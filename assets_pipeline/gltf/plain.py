"""A file of ours without compression, for programs that read less than phones do."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Final

from assets_pipeline.gltf.writer import to_glb
from assets_pipeline.readers.gltf import read_gltf
from assets_pipeline.resolver import Resolver
from assets_pipeline.transforms.unpack_textures import unpack_textures
from assets_pipeline.usdz.reader import read_usdz

_ZIP: Final = b"PK\x03\x04"
_BASIS: Final = b'"KHR_texture_basisu"'


def readable(file: bytes, *, keeps_occlusion: bool = True) -> bytes:
    """Return a GLB or USDZ of ours as a GLB without compression: every renderer reads it."""
    is_usdz = file.startswith(_ZIP)
    document = (
        read_usdz(file)
        if is_usdz
        else read_gltf(file, PurePosixPath("file.glb"), Resolver(Path()))
    )
    for material in document.materials() if not keeps_occlusion else ():
        material.occlusion_texture = None
    if is_usdz:
        return to_glb(document)
    unpack_textures(document)
    return to_glb(document)


def without_ktx2(glb: bytes) -> bytes:
    """Return a file that a renderer without Basis reads: the same, where it has none."""
    return readable(glb) if _BASIS in glb else glb
