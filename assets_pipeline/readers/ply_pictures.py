"""The picture that lies on a PLY file's triangles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.errors import MissingFileError, UnsupportedFormatError
from assets_pipeline.gltf.accessors import accessor
from assets_pipeline.gltf.materials import Texture, TextureInfo
from assets_pipeline.readers.named_pictures import named_picture
from assets_pipeline.readers.ply_polygons import UV_LIST
from assets_pipeline.readers.texts import text_of

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from assets_pipeline.gltf.accessors import FloatArray
    from assets_pipeline.gltf.document import Primitive
    from assets_pipeline.readers.ply_polygons import Table
    from assets_pipeline.resolver import Resolver

_UV_NAMES: Final = (("s", "t"), ("u", "v"), ("texture_u", "texture_v"))
_PICTURES: Final = re.compile(rb"^comment TextureFile (.+)$", re.MULTILINE)
_FARTHEST: Final = 1e9


def named_texture(
    header: bytes, path: PurePosixPath, resolver: Resolver
) -> Texture | None:
    """Return the picture that a header names; None if it names none, or it is not there.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    names = _PICTURES.findall(header)
    if not names:
        return None
    if len(names) > 1:
        reason = f"the file lies under {len(names)} pictures"
        remedy = "Export it as GLB or OBJ, which say which of them is where"
        raise UnsupportedFormatError(reason, "header", remedy)
    name = text_of(names[0]).strip()
    try:
        return Texture(named_picture(path, name, resolver, is_uri=False))
    except MissingFileError:
        return None  # and `Resolver.reads` says so


def lay(primitive: Primitive, texture: Texture, vertices: Table, faces: Table) -> None:
    """Lay a picture on a primitive, by its faces' coordinates or by its vertices'."""
    named = next((two for two in _UV_NAMES if set(two) <= set(vertices)), None)
    if UV_LIST in faces:
        corners = primitive.flat_indices
        for name, held in primitive.attributes.items():
            primitive.attributes[name] = accessor(held.array[corners])
        primitive.indices = None
        uvs = faces[UV_LIST].reshape(-1, 2).astype(np.float32)
    elif named is not None:
        uvs = columns(vertices, named)
    else:
        return
    uvs = np.nan_to_num(uvs).clip(-_FARTHEST, _FARTHEST)
    uvs[:, 1] = 1 - uvs[:, 1]  # from the bottom there, from the top here
    primitive.attributes.pop("COLOR_0", None)
    primitive.attributes["TEXCOORD_0"] = accessor(uvs)
    if primitive.material is not None:
        primitive.material.base_color_texture = TextureInfo(texture)


def columns(table: Table, names: tuple[str, ...]) -> FloatArray:
    """Return (n, k) float32, some columns of a table side by side."""
    return np.stack([table[name].astype(np.float32) for name in names], axis=1)
