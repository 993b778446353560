"""The pictures that lie on a PLY file's triangles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.errors import MissingFileError, UnsupportedFormatError
from assets_pipeline.gltf.accessors import accessor
from assets_pipeline.gltf.document import Primitive
from assets_pipeline.gltf.materials import Texture, TextureInfo, matte
from assets_pipeline.readers.named_pictures import named_picture
from assets_pipeline.readers.ply_polygons import PICTURE_NUMBER, UV_LIST
from assets_pipeline.readers.texts import text_of

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from assets_pipeline.gltf.accessors import BoolArray, FloatArray
    from assets_pipeline.readers.ply_polygons import Table
    from assets_pipeline.resolver import Resolver

_UV_NAMES: Final = (("s", "t"), ("u", "v"), ("texture_u", "texture_v"))
_PICTURES: Final = re.compile(rb"^comment TextureFile (.+)$", re.MULTILINE)
_FARTHEST: Final = 1e9


def named_textures(
    header: bytes, path: PurePosixPath, resolver: Resolver
) -> list[Texture | None]:
    """Return the pictures that a header names, None in place of one that is not there.

    ``<this>`` in a name stands for the file's own, as MeshLab writes it.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    found: list[Texture | None] = []
    for raw in _PICTURES.findall(header):
        name = text_of(raw).strip().replace("<this>", path.stem)
        try:
            image = named_picture(path, name, resolver, is_uri=False)
        except MissingFileError:
            found.append(None)  # and `Resolver.reads` says so
        else:
            found.append(Texture(image))
    return found


def laid(
    primitive: Primitive,
    textures: list[Texture | None],
    vertices: Table,
    faces: Table,
) -> list[Primitive]:
    """Return a primitive a picture, which lies by its faces' coordinates or its vertices'.

    Raises
    ------
    UnsupportedFormatError
        If there are several, and faces do not say which is theirs.
    """
    if not any(textures):
        return [primitive]
    if len(textures) > 1 and PICTURE_NUMBER not in faces:
        reason = f"the file lies under {len(textures)} pictures"
        remedy = "Export it as GLB or OBJ, which say which of them is where"
        raise UnsupportedFormatError(reason, "header", remedy)
    if len(textures) == 1:
        return [_lay(primitive, textures[0], vertices, faces)]
    numbers = faces[PICTURE_NUMBER].astype(np.int64)
    return [
        _lay(
            _part(primitive, numbers == number),
            textures[number] if 0 <= number < len(textures) else None,
            vertices,
            {name: held[numbers == number] for name, held in faces.items()},
        )
        for number in np.unique(numbers).tolist()
    ]


def _part(primitive: Primitive, is_of_it: BoolArray) -> Primitive:
    """Return some of a primitive's triangles, over the same vertices."""
    indices = accessor(primitive.triangles[is_of_it].ravel())
    return Primitive(dict(primitive.attributes), indices, matte())


def _lay(
    primitive: Primitive, texture: Texture | None, vertices: Table, faces: Table
) -> Primitive:
    named = next((two for two in _UV_NAMES if set(two) <= set(vertices)), None)
    if texture is None:
        return primitive
    if UV_LIST in faces:
        unwelded(primitive)
        uvs = faces[UV_LIST].reshape(-1, 2).astype(np.float32)
    elif named is not None:
        uvs = columns(vertices, named)
    else:
        return primitive
    uvs = np.nan_to_num(uvs).clip(-_FARTHEST, _FARTHEST)
    uvs[:, 1] = 1 - uvs[:, 1]  # from the bottom there, from the top here
    primitive.attributes.pop("COLOR_0", None)
    primitive.attributes["TEXCOORD_0"] = accessor(uvs)
    if primitive.material is not None:
        primitive.material.base_color_texture = TextureInfo(texture)
    return primitive


def unwelded(primitive: Primitive) -> None:
    """Give each corner of a primitive a vertex of its own."""
    corners = primitive.flat_indices
    for name, held in primitive.attributes.items():
        primitive.attributes[name] = accessor(held.array[corners])
    primitive.indices = None


def columns(table: Table, names: tuple[str, ...]) -> FloatArray:
    """Return (n, k) float32, some columns of a table side by side."""
    return np.stack([table[name].astype(np.float32) for name in names], axis=1)
