"""Triangulate the faces of PLY files, and apply their textures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.errors.exceptions import MissingFileError, UnsupportedFormatError
from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import Primitive
from assets_pipeline.gltf.materials import Texture, TextureInfo, matte_material
from assets_pipeline.readers.references import decode_text, read_picture

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import PurePosixPath

    from assets_pipeline.arrays import AnyArray, BoolArray, Float32Array
    from assets_pipeline.resolver import Resolver

CORNER_NAMES: Final = ("vertex_indices", "vertex_index")
UV_LIST: Final = "texcoord"
STRIPS_LIST: Final = "tristrips"
LIST_NAMES: Final = (*CORNER_NAMES, UV_LIST)
PICTURE_NUMBER: Final = "texnumber"
SCALAR_NAMES: Final = (PICTURE_NUMBER, "red", "green", "blue")
"""What a face may say of itself, in one number each."""
Table = dict[str, "AnyArray"]
"""What elements of one kind hold, by the names of their properties."""
_UV_NAMES: Final = (("s", "t"), ("u", "v"), ("texture_u", "texture_v"))
_PICTURES: Final = re.compile(rb"^comment TextureFile (.+)$", re.MULTILINE)
_FARTHEST: Final = 1e9


class PolygonCollector:
    """Collects polygons of several sizes as triangles."""

    def __init__(self) -> None:
        self._corners: list[AnyArray] = []
        self._uvs: list[AnyArray] = []
        self._lists: dict[str, AnyArray] = {}
        self._has_uvs = False
        self._scalars: dict[str, list[AnyArray]] = {}

    def add_scalar(self, name: str, number: AnyArray) -> None:
        """Add (1,) a scalar property of the current polygon."""
        self._scalars.setdefault(name, []).append(number)

    def add_list(self, name: str, numbers: AnyArray) -> None:
        """Add a list property of the current polygon."""
        self._lists["uvs" if name == UV_LIST else "corners"] = numbers

    def end_polygon(self) -> None:
        """End a polygon; without coordinates its corners get (0, 0)."""
        corners = self._lists.get("corners", np.zeros(0, np.int64))
        uvs = self._lists.get("uvs", np.zeros(0))
        self._has_uvs |= len(uvs) > 0
        if len(uvs) != 2 * len(corners):
            uvs = np.zeros(2 * len(corners))
        self._corners.append(_fan_triangulate_corners(corners[None]))
        self._uvs.append(_fan_triangulate_uvs(uvs[None]))
        self._lists = {}

    @property
    def table(self) -> Table:
        """Triangles, and the texture coordinates of their corners if any."""
        none = np.zeros((0, 3), np.uint32)
        faces = np.concatenate(self._corners) if self._corners else none
        table: Table = {"vertex_indices": faces}
        counts = [len(corners) for corners in self._corners]
        for name, numbers in self._scalars.items():
            table[name] = np.repeat(np.concatenate(numbers), counts)
        if self._has_uvs:
            table[UV_LIST] = np.concatenate(self._uvs)
        return table


def fan_triangulate(name: str, rows: AnyArray) -> AnyArray:
    """Return a list property of polygons of one size, by triangle of a fan.

    Parameters
    ----------
    name
        Of the list.
    rows : (n, k)
        Corners, or pairs of coordinates.

    Returns
    -------
    (m, 3) or (m, 6)
        Corners, or pairs of coordinates.
    """
    return (
        _fan_triangulate_uvs(rows)
        if name == UV_LIST
        else _fan_triangulate_corners(rows)
    )


def repeat_per_triangle(table: Table, corners: int) -> Table:
    """Return a table with face scalars repeated for each triangle."""
    inner = max(0, corners - 2)
    told = {
        name: np.repeat(table[name], inner) for name in SCALAR_NAMES if name in table
    }
    return table | told


def strips_to_triangles(strips: Sequence[AnyArray]) -> AnyArray:
    """Return (m, 3): the triangles of ``tristrips``, in which -1 ends a strip.

    Every second triangle of a strip runs the other way round; those with two corners
    in one place only turn it.
    """
    end = np.full(1, -1)
    parted = [part for strip in strips for part in (strip, end)]
    places = np.concatenate([*parted, end, end]).astype(np.int64)
    places[places == np.iinfo(np.uint32).max] = -1
    breaks = np.where(places < 0, np.arange(len(places)), -1)
    since = np.arange(len(places)) - np.maximum.accumulate(breaks) - 1
    found = np.stack([places[:-2], places[1:-1], places[2:]], axis=1)
    is_odd = since[: len(found)] % 2 == 1
    found[is_odd] = found[is_odd][:, [1, 0, 2]]
    a, b, c = found.T
    is_drawn = (found >= 0).all(axis=1) & (a != b) & (b != c) & (a != c)
    triangles: AnyArray = found[is_drawn]
    return triangles


def _fan_triangulate_uvs(polygons: AnyArray) -> AnyArray:
    """Return (m, 6) the pairs of the triangles of (n, 2 k) polygons, cut as fans."""
    count = polygons.shape[1] // 2
    pairs = polygons[:, : 2 * count].reshape(len(polygons), count, 2)
    fans = [pairs[:, [0, i, i + 1]] for i in range(1, count - 1)]
    empty = np.zeros((0, 6), np.float64)
    return np.stack(fans, axis=1).reshape(-1, 6) if fans else empty


def _fan_triangulate_corners(polygons: AnyArray) -> AnyArray:
    """Return the triangles of (n, k) polygons, cut as fans."""
    count = polygons.shape[1]
    fans = [polygons[:, [0, i, i + 1]] for i in range(1, count - 1)]
    empty = np.zeros((0, 3), polygons.dtype)
    return np.stack(fans, axis=1).reshape(-1, 3) if fans else empty


def read_textures(
    header: bytes, path: PurePosixPath, resolver: Resolver
) -> list[Texture | None]:
    """Return the textures that a header references, None for missing files.

    ``<this>`` in a name stands for the file's own, as MeshLab writes it.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    found: list[Texture | None] = []
    for raw in _PICTURES.findall(header):
        name = decode_text(raw).strip().replace("<this>", path.stem)
        try:
            image = read_picture(path, name, resolver, is_uri=False)
        except MissingFileError:
            found.append(None)  # and `Resolver.reads` says so
        else:
            found.append(Texture(image))
    return found


def apply_textures(
    primitive: Primitive,
    textures: list[Texture | None],
    vertices: Table,
    faces: Table,
) -> list[Primitive]:
    """Return a primitive for each texture, with its texture coordinates.

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
        return [_apply_texture(primitive, textures[0], vertices, faces)]
    numbers = faces[PICTURE_NUMBER].astype(np.int64)
    return [
        _apply_texture(
            _part(primitive, numbers == number),
            textures[number] if 0 <= number < len(textures) else None,
            vertices,
            {name: held[numbers == number] for name, held in faces.items()},
        )
        for number in np.unique(numbers).tolist()
    ]


def _part(primitive: Primitive, is_of_it: BoolArray) -> Primitive:
    """Return some of a primitive's triangles, over the same vertices."""
    indices = create_accessor(primitive.triangles[is_of_it].ravel())
    return Primitive(dict(primitive.attributes), indices, matte_material())


def _apply_texture(
    primitive: Primitive, texture: Texture | None, vertices: Table, faces: Table
) -> Primitive:
    named = next((two for two in _UV_NAMES if set(two) <= set(vertices)), None)
    if texture is None:
        return primitive
    if UV_LIST in faces:
        unweld(primitive)
        uvs = faces[UV_LIST].reshape(-1, 2).astype(np.float32)
    elif named is not None:
        uvs = stack_columns(vertices, named)
    else:
        return primitive
    uvs = np.nan_to_num(uvs).clip(-_FARTHEST, _FARTHEST)
    uvs[:, 1] = 1 - uvs[:, 1]  # from the bottom there, from the top here
    primitive.attributes.pop("COLOR_0", None)
    primitive.attributes["TEXCOORD_0"] = create_accessor(uvs)
    if primitive.material is not None:
        primitive.material.base_color_texture = TextureInfo(texture)
    return primitive


def unweld(primitive: Primitive) -> None:
    """Give each corner of a primitive its own vertex."""
    corners = primitive.flat_indices
    for name, held in primitive.attributes.items():
        primitive.attributes[name] = create_accessor(held.array[corners])
    primitive.indices = None


def stack_columns(table: Table, names: tuple[str, ...]) -> Float32Array:
    """Return (n, k) float32: some columns of a table side by side."""
    return np.stack([table[name].astype(np.float32) for name in names], axis=1)
