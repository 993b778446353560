"""Read Wavefront OBJ files with their MTL and textures."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import DamagedFileError, EmptyModelError
from assets_pipeline.gltf.accessors import Accessor, create_accessor
from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive, Scene
from assets_pipeline.gltf.geometry import split_offset
from assets_pipeline.gltf.materials import Texture, TextureInfo, matte_material
from assets_pipeline.images.color import srgb_to_linear
from assets_pipeline.readers.mtl import read_mtl
from assets_pipeline.readers.references import decode_text, guess_base_color_picture
from assets_pipeline.readers.triangulation import triangulate

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from assets_pipeline.arrays import Float32Array, Float64Array, Int64Array
    from assets_pipeline.gltf.materials import Material
    from assets_pipeline.resolver import Resolver

_WIDTH_WITH_COLOR: Final = 6
_CORNER_PARTS: Final = 3
_COUNTED: Final = (b"v", b"vt", b"vn", b"f")
"""What lines begin with that hold numbers alone, and maybe a comment at their end."""
_NAMES: Final = re.compile(r"(?<=\.mtl)\s+", re.IGNORECASE)
"""Between MTL files that one line names; a name may hold spaces."""
_FARTHEST: Final = 1e9
_MOST_OF_ONE: Final = 1.5
"""Of a colour written as a fraction."""


@dataclass(slots=True)
class _Faces:
    """Polygons of one material."""

    sizes: array[int] = field(default_factory=lambda: array("q"))
    """How many corners each has."""
    corners: array[int] = field(default_factory=lambda: array("q"))
    """Place, uv, normal of each, from 0, or -1 for none."""

    @property
    def has_area(self) -> bool:
        """Whether any has three corners."""
        return any(size >= _CORNER_PARTS for size in self.sizes)

    @property
    def has_uvs(self) -> bool:
        """Whether every corner has a place in a picture."""
        return min(self.corners[1::_CORNER_PARTS]) >= 0


@dataclass(slots=True)
class _Lines:
    """What the lines of one file say."""

    positions: list[list[float]] = field(default_factory=list)
    uvs: list[list[float]] = field(default_factory=list)
    normals: list[list[float]] = field(default_factory=list)
    faces: dict[str, _Faces] = field(default_factory=dict)
    """By material."""
    libraries: list[str] = field(default_factory=list)


def read_obj(content: bytes, path: PurePosixPath, resolver: Resolver) -> Document:
    """Return the document of an OBJ file: one primitive a material.

    Parameters
    ----------
    content
        The file's bytes.
    path
        Its place in the museum's folder; MTL files and textures are named from there.
    resolver
        Reads these.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    lines = _parse(content)
    if not any(faces.has_area for faces in lines.faces.values()):
        raise EmptyModelError.from_cause(causes.NO_FACES, "faces")
    materials: dict[str, Material] = {}
    for name in lines.libraries:
        materials |= read_mtl(name, path, resolver)
    shapes = _Shapes(lines)
    drawn = {name: faces for name, faces in lines.faces.items() if faces.has_area}
    plain = matte_material()
    has_uvs = all(faces.has_uvs for faces in drawn.values())
    if not materials and len(drawn) == 1 and has_uvs and not shapes.has_colors:
        picture = guess_base_color_picture(path, resolver, shapes.uvs)
        if picture is not None:
            plain.base_color_texture = TextureInfo(Texture(picture))
    primitives = [
        shapes.primitive(faces, materials.get(name, plain))
        for name, faces in drawn.items()
    ]
    scene = Scene([Node(mesh=Mesh(primitives), translation=shapes.middle)])
    return Document([scene], scene)


def _parse(content: bytes) -> _Lines:
    lines = _Lines()
    faces = lines.faces.setdefault("", _Faces())
    text = content.replace(b"\\\r\n", b" ").replace(b"\\\n", b" ")
    for number, raw in enumerate(text.splitlines(), start=1):
        words = _words(raw)
        if not words:
            continue
        keyword = words[0]
        try:
            if keyword == b"v":
                lines.positions.append([float(word) for word in words[1:7]])
            elif keyword == b"vt":
                lines.uvs.append([float(word) for word in words[1:3]])
            elif keyword == b"vn":
                lines.normals.append([float(word) for word in words[1:4]])
            elif keyword == b"f":
                _add_face(lines, faces, words[1:])
            elif keyword == b"usemtl":
                faces = lines.faces.setdefault(_name(raw), _Faces())
            elif keyword == b"mtllib":
                lines.libraries += _NAMES.split(_name(raw))
        except (ValueError, OverflowError) as error:
            raise DamagedFileError.from_cause(
                causes.LINE_UNREADABLE,
                f"line {number}",
                line=number,
                text=raw[:40].decode("utf-8", "replace"),
            ) from error
    return lines


def _words(raw: bytes) -> list[bytes]:
    words = raw.split()
    if b"#" in raw and words[0] in _COUNTED:
        return raw.partition(b"#")[0].split()
    return words


def _name(raw: bytes) -> str:
    """Return all that follows the keyword: names may hold spaces."""
    return decode_text(raw.split(None, 1)[-1]).strip() if len(raw.split()) > 1 else ""


def _add_face(lines: _Lines, faces: _Faces, words: list[bytes]) -> None:
    counts = len(lines.positions), len(lines.uvs), len(lines.normals)
    corners = [_corner(word, counts) for word in words]
    for corner in corners:
        faces.corners.extend(corner)
    faces.sizes.append(len(corners))


def _corner(word: bytes, counts: tuple[int, int, int]) -> list[int]:
    """Return place, uv and normal, counted from 0; -1 for none."""
    parts = word.split(b"/")
    if len(parts) > _CORNER_PARTS:
        raise ValueError(word)
    found = [-1, -1, -1]
    for i, part in enumerate(parts):
        if part:
            number = int(part)
            found[i] = number - 1 if number > 0 else counts[i] + number
            if number == 0 or found[i] < 0:
                raise ValueError(word)
    if found[0] < 0:
        raise ValueError(word)
    return found


class _Shapes:
    """The vertex tables of one file, from which primitives take their own.

    ``middle`` is what to add to positions, in the file's units; ``uvs`` are places in
    pictures, v growing downwards.
    """

    def __init__(self, lines: _Lines) -> None:
        self.uvs = _table(lines.uvs, 2)
        self.uvs[:, 1] = 1 - self.uvs[:, 1]  # from the bottom there, from the top here
        self._normals = _table(lines.normals, 3)
        rows = lines.positions
        exact = _parse_exactly([row[:3] for row in rows], 3)
        self._positions, self.middle = split_offset(exact)
        has_colors = bool(rows) and all(len(row) == _WIDTH_WITH_COLOR for row in rows)
        colors = _table([row[3:] for row in rows], 3) if has_colors else None
        if colors is not None and colors.max() > _MOST_OF_ONE:
            colors /= np.float32(255)  # some programs write bytes
        self._colors = None if colors is None else srgb_to_linear(colors.clip(0, 1))

    @property
    def has_colors(self) -> bool:
        """Whether vertices have colours of their own."""
        return self._colors is not None

    def primitive(self, faces: _Faces, material: Material) -> Primitive:
        """Return the triangles of one material, not yet welded."""
        corners = np.array(faces.corners, np.int64).reshape(-1, 3)
        _check(self._positions, "POSITION", corners[:, 0])
        sizes = np.array(faces.sizes, np.int64)
        triangles = triangulate(sizes, self._positions[corners[:, 0]])
        places, uvs, normals = corners[triangles.ravel()].T
        attributes: dict[str, Accessor] = {}
        _put(attributes, "POSITION", self._positions, places)
        if (normals >= 0).all() and normals.max() < len(self._normals):
            _put(attributes, "NORMAL", self._normals, normals)
        if (uvs >= 0).any() and len(self.uvs):  # some programs number none at all
            _put(attributes, "TEXCOORD_0", self.uvs, uvs.clip(0))
        if self._colors is not None:
            _put(attributes, "COLOR_0", self._colors, places)
        return Primitive(attributes, material=material)


def _put(
    attributes: dict[str, Accessor],
    name: str,
    table: Float32Array,
    rows: Int64Array,
) -> None:
    _check(table, name, rows)
    attributes[name] = create_accessor(table[rows])


def _check(table: Float32Array, name: str, rows: Int64Array) -> None:
    if rows.max() >= len(table):
        raise DamagedFileError.from_cause(causes.VERTEX_INDEX_OUT_OF_RANGE, name)


def _table(rows: list[list[float]], width: int) -> Float32Array:
    """Return (n, width) float32; short rows are filled with 0."""
    return _parse_exactly(rows, width).astype(np.float32)


def _parse_exactly(rows: list[list[float]], width: int) -> Float64Array:
    whole = [
        row if len(row) == width else (row + [0.0] * width)[:width] for row in rows
    ]
    table = np.array(whole, np.float64).reshape(-1, width)
    if not (np.abs(table) < _FARTHEST).all():
        raise DamagedFileError.from_cause(causes.NON_FINITE_NUMBERS, "vertices")
    return table
