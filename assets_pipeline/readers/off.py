"""Read OFF files (Geomview, CGAL, MeshLab), with vertex or face colours."""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING, Final, NoReturn

import numpy as np

from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import (
    DamagedFileError,
    EmptyModelError,
    UnsupportedFormatError,
)
from assets_pipeline.gltf.accessors import Accessor, create_accessor
from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive, Scene
from assets_pipeline.gltf.geometry import split_offset
from assets_pipeline.gltf.materials import matte_material
from assets_pipeline.images.color import srgb_to_linear
from assets_pipeline.readers.triangulation import triangulate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assets_pipeline.arrays import Float32Array, Float64Array, Uint32Array

    Lines = Sequence[tuple[int, list[bytes]]]

_HEADER: Final = re.compile(rb"(ST)?(C)?(N)?(4)?(n)?OFF", re.ASCII)
_COUNTS: Final = (2, 3)  # vertices, faces, and edges, which nobody needs
_RGB: Final = (3, 4)
_FARTHEST: Final = 1e9
_WHOLE: Final = re.compile(rb"\d{1,11}")
_WHITE: Final = (1.0, 1.0, 1.0)


def read_off(content: bytes) -> Document:
    """Return the document of an OFF file.

    Polygons become triangles. Colours are sRGB, whole numbers of 255 or
    fractions; those of faces come before those of vertices. Normals and texture
    coordinates are left out, the first to be computed, the second without a picture.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    kind, lines = _read_header(content)
    counts, body = _counts(lines)
    if len(body) < sum(counts):
        raise DamagedFileError.from_cause(causes.TRUNCATED, "counts")
    vertices, faces = body[: counts[0]], body[counts[0] : sum(counts)]
    positions, middle = split_offset(_numbers(vertices, 0, 3))
    corners, sources = _corners(faces, positions)
    if not len(corners):
        raise EmptyModelError.from_cause(causes.NO_FACES, "faces")
    attributes: dict[str, Accessor] = {"POSITION": create_accessor(positions[corners])}
    colors = _face_colors(faces)
    if colors is not None:
        attributes["COLOR_0"] = create_accessor(colors[sources])
    elif kind[1]:
        attributes["COLOR_0"] = create_accessor(_vertex_colors(vertices, kind)[corners])
    primitive = Primitive(attributes, material=matte_material())
    scene = Scene([Node(mesh=Mesh([primitive]), translation=middle)])
    return Document([scene], scene)


def _read_header(content: bytes) -> tuple[tuple[bytes | None, ...], Lines]:
    """Return what the first word says of vertices, and the words of each other line."""
    bare = (line.partition(b"#")[0].split() for line in content.splitlines())
    lines = [(number, words) for number, words in enumerate(bare, 1) if words]
    header = _HEADER.fullmatch(lines[0][1][0]) if lines else None
    if header is None:
        reason = "the first word is not OFF"
        raise DamagedFileError(reason, "header", "Copy the file again whole")
    number, words = lines[0]
    if header[4] or header[5] or b"BINARY" in words:
        reason = f"{b' '.join(words).decode('ascii', 'replace')[:40]!r} is not read"
        remedy = "Export it again as text, in three dimensions"
        raise UnsupportedFormatError(reason, "header", remedy)
    rest = [(number, words[1:])] if words[1:] else []
    return header.groups(), [*rest, *lines[1:]]


def _counts(lines: Lines) -> tuple[tuple[int, int], Lines]:
    """Return how many vertices and faces there are, and the lines that hold them."""
    number, words = lines[0] if lines else (1, [])
    are_whole = all(_WHOLE.fullmatch(word) for word in words)
    if not are_whole or len(words) not in _COUNTS:
        _raise_line_error(number, words)
    return (int(words[0]), int(words[1])), lines[1:]


def _numbers(lines: Lines, start: int, stop: int) -> Float64Array:
    """Return (n, stop - start) numbers, the words of each line from `start`."""
    rows: list[list[float]] = []
    for number, words in lines:
        try:
            row = [float(word) for word in words[start:stop]]
        except ValueError:
            _raise_line_error(number, words)
        if len(row) < stop - start:
            _raise_line_error(number, words)
        rows.append(row)
    table = np.array(rows, np.float64).reshape(-1, stop - start)
    if not (np.abs(table) < _FARTHEST).all():
        raise DamagedFileError.from_cause(causes.NON_FINITE_NUMBERS, "vertices")
    return table


def _corners(faces: Lines, positions: Float32Array) -> tuple[Uint32Array, Uint32Array]:
    """Return (3 m,) the vertex of each corner, and (3 m,) the face it is of."""
    corners, sizes = array("q"), array("q")
    for number, words in faces:
        polygon = _polygon(number, words, len(positions))
        corners.extend(polygon)
        sizes.append(len(polygon))
    vertices = np.array(corners, np.int64)
    counts = np.array(sizes, np.int64)
    triangles = triangulate(counts, positions[vertices]).ravel()
    sources = np.repeat(np.arange(len(counts)), counts)[triangles]
    return vertices[triangles].astype(np.uint32), sources.astype(np.uint32)


def _polygon(number: int, words: list[bytes], count: int) -> list[int]:
    try:
        size = int(words[0])
        polygon = [int(word) for word in words[1 : size + 1]]
    except ValueError:
        _raise_line_error(number, words)
    if size < 0 or len(polygon) < size:
        _raise_line_error(number, words)
    if polygon and not 0 <= min(polygon) <= max(polygon) < count:
        raise DamagedFileError.from_cause(
            causes.VERTEX_INDEX_OUT_OF_RANGE, f"line {number}"
        )
    return polygon


def _face_colors(faces: Lines) -> Float32Array | None:
    """Return (n, 3) linear colours, white where there is none; None without any.

    One number alone is a place in somebody's table of colours, and says none.
    """
    tails = [words[int(words[0]) + 1 :] for _, words in faces]
    if not any(len(tail) in _RGB for tail in tails):
        return None
    rows: list[Sequence[float]] = []
    for (number, _), tail in zip(faces, tails, strict=True):
        try:
            rows.append(_color(tail) if len(tail) in _RGB else _WHITE)
        except ValueError:
            _raise_line_error(number, tail)
    return _to_linear(np.array(rows, np.float64))


def _color(words: list[bytes]) -> list[float]:
    """Return red, green and blue from 0 to 1."""
    are_whole = all(_WHOLE.fullmatch(word) for word in words)
    return [float(word) / (255 if are_whole else 1) for word in words[:3]]


def _vertex_colors(vertices: Lines, kind: tuple[bytes | None, ...]) -> Float32Array:
    """Return (n, 3) linear colours of vertices."""
    start = 6 if kind[2] else 3
    held = _numbers(vertices, start, start + 3)
    are_whole = all(
        _WHOLE.fullmatch(word)
        for _, words in vertices
        for word in words[start : start + 3]
    )
    return _to_linear(held / (255 if are_whole else 1))


def _to_linear(colors: Float64Array) -> Float32Array:
    return srgb_to_linear(np.nan_to_num(colors).clip(0, 1).astype(np.float32))


def _raise_line_error(number: int, words: list[bytes]) -> NoReturn:
    shown = b" ".join(words)[:40].decode("utf-8", "replace")
    raise DamagedFileError.from_cause(
        causes.LINE_UNREADABLE, f"line {number}", line=number, text=shown
    )
