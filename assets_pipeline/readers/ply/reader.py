"""Read PLY files: scans with colours by vertex, texture or face.

Colours are sRGB bytes, as every scanner writes them; COLOR_0 is linear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import (
    RE_EXPORT,
    DamagedFileError,
    EmptyModelError,
    UnsupportedFormatError,
)
from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive, Scene
from assets_pipeline.gltf.geometry import smooth_normals, split_offset
from assets_pipeline.gltf.materials import matte_material
from assets_pipeline.images.color import srgb_to_linear
from assets_pipeline.readers.ply.faces import (
    CORNER_NAMES,
    LIST_NAMES,
    SCALAR_NAMES,
    STRIPS_LIST,
    UV_LIST,
    PolygonCollector,
    apply_textures,
    fan_triangulate,
    read_textures,
    repeat_per_triangle,
    stack_columns,
    strips_to_triangles,
    unweld,
)
from assets_pipeline.readers.ply.header import PlyElement, PlyProperty, parse_header

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from assets_pipeline.arrays import AnyArray, Float32Array, Uint32Array
    from assets_pipeline.readers.ply.faces import Table
    from assets_pipeline.resolver import Resolver

_CARVED: Final = 10_000
"""Triangles up to which a shape may be built with edges; beyond, noise makes edges."""
_OF_SPLATS: Final = frozenset({"f_dc_0", "packed_position"})
_RGB: Final = ("red", "green", "blue")
_MOST_CORNERS: Final = 255
_FARTHEST: Final = 1e9


def read_ply(content: bytes, path: PurePosixPath, resolver: Resolver) -> Document:
    """Return the document of a PLY file with faces.

    Pictures that comments name, as MeshLab and Metashape write them, cover the colours
    of vertices, and these those of faces.

    Parameters
    ----------
    content
        The file's bytes.
    path
        Its place in the museum's folder; its picture is named from there.
    resolver
        Reads that.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    order, elements, body = parse_header(content)
    if any(p.name in _OF_SPLATS for e in elements for p in e.properties):
        raise UnsupportedFormatError.from_cause(causes.GAUSSIAN_SPLATS, "header")
    tables = (
        _read_ascii(elements, body)
        if order == "="
        else _read_binary(elements, body, order)
    )
    vertices = tables.get("vertex", {})
    if any(name not in vertices for name in "xyz"):
        reason = "the file has no vertices with x, y and z"
        raise DamagedFileError(reason, "header", RE_EXPORT)
    exact = np.stack([vertices[name].astype(np.float64) for name in "xyz"], axis=1)
    if not (np.abs(exact) < _FARTHEST).all():
        raise DamagedFileError.from_cause(causes.NON_FINITE_NUMBERS, "vertex")
    if not len(exact):
        raise EmptyModelError.from_cause(causes.NO_FACES, "vertex")
    positions, middle = split_offset(exact)
    faces = tables.get("face") or tables.get(STRIPS_LIST) or {}
    triangles = _read_faces(faces, len(positions))
    primitive = _primitive(vertices, positions, triangles)
    if set(_RGB) <= set(faces) and "COLOR_0" not in primitive.attributes:
        unweld(primitive)
        colors = _linear_colors(faces)
        primitive.attributes["COLOR_0"] = create_accessor(np.repeat(colors, 3, axis=0))
    header = content[: len(content) - len(body)]
    textures = read_textures(header, path, resolver)
    primitives = apply_textures(primitive, textures, vertices, faces)
    scene = Scene([Node(mesh=Mesh(primitives), translation=middle)])
    return Document([scene], scene)


def _primitive(
    vertices: Table, positions: Float32Array, triangles: Uint32Array
) -> Primitive:
    attributes = {"POSITION": create_accessor(positions)}
    if all(name in vertices for name in ("nx", "ny", "nz")):
        normals = np.nan_to_num(stack_columns(vertices, ("nx", "ny", "nz")))
        attributes["NORMAL"] = create_accessor(normals)
    elif len(triangles) > _CARVED:
        normals = smooth_normals(positions, triangles)
        attributes["NORMAL"] = create_accessor(normals)
    for name in _RGB:  # as older versions of MeshLab call them
        if f"diffuse_{name}" in vertices:
            vertices.setdefault(name, vertices[f"diffuse_{name}"])
    if set(_RGB) <= set(vertices):
        attributes["COLOR_0"] = create_accessor(_linear_colors(vertices))
    return Primitive(attributes, create_accessor(triangles.ravel()), matte_material())


def _linear_colors(table: Table) -> Float32Array:
    stored = np.stack([table[name] for name in _RGB], axis=1)
    full = {"u1": 255.0, "u2": 65535.0}.get(stored.dtype.str[1:], 1.0)
    return srgb_to_linear(np.nan_to_num(stored.astype(np.float32) / full).clip(0, 1))


def _read_binary(
    elements: list[PlyElement], body: bytes, order: str
) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    at = 0
    for element in elements:
        if element.name == STRIPS_LIST:
            tables[STRIPS_LIST], at = _read_binary_strips(element, body, at, order)
        elif any(p.count_dtype for p in element.properties):
            tables[element.name], at = _read_binary_lists(element, body, at, order)
        else:
            fields = [(p.name, order + p.dtype) for p in element.properties]
            try:
                dtype = np.dtype(fields)
            except ValueError as error:
                reason = "a property has a name twice"
                raise DamagedFileError(reason, element.name, RE_EXPORT) from error
            if at + dtype.itemsize * element.count > len(body):
                raise _truncated_error(element)
            rows = np.frombuffer(body, dtype, element.count, at)
            tables[element.name] = {name: rows[name] for name, _ in fields}
            at += dtype.itemsize * element.count
    return tables


def _read_binary_lists(
    element: PlyElement, body: bytes, at: int, order: str
) -> tuple[Table, int]:
    """Return polygons as triangles, at once when all have the same corners."""
    if element.count == 0:
        return {}, at
    corners = _first_corner_counts(element, body, at, order)
    fields: list[tuple[str, str] | tuple[str, str, tuple[int, ...]]] = []
    for i, p in enumerate(element.properties):
        if p.count_dtype:
            fields.append((f"n{i}", order + p.count_dtype))
            fields.append((f"p{i}", order + p.dtype, (corners[i],)))
        else:
            fields.append((f"p{i}", order + p.dtype))
    dtype = np.dtype(fields)
    end = at + dtype.itemsize * element.count
    if end <= len(body):
        rows = np.frombuffer(body, dtype, element.count, at)
        lists = [i for i, p in enumerate(element.properties) if p.count_dtype]
        if all((rows[f"n{i}"] == corners[i]).all() for i in lists):
            table = {
                p.name: fan_triangulate(p.name, rows[f"p{i}"])
                if p.count_dtype
                else rows[f"p{i}"]
                for i, p in enumerate(element.properties)
            }
            named = (i for i in lists if element.properties[i].name in CORNER_NAMES)
            return repeat_per_triangle(table, corners[next(named, lists[0])]), end
    return _read_binary_mixed(element, body, at, order)


def _first_corner_counts(
    element: PlyElement, body: bytes, at: int, order: str
) -> dict[int, int]:
    counts: dict[int, int] = {}
    for i, p in enumerate(element.properties):
        if p.count_dtype:
            counts[i], at = _count(element, p, body, at, order)
            at += counts[i] * np.dtype(p.dtype).itemsize
        else:
            at += np.dtype(p.dtype).itemsize
    return counts


def _count(
    element: PlyElement, p: PlyProperty, body: bytes, at: int, order: str
) -> tuple[int, int]:
    """Return the length of a list and where it begins."""
    dtype = np.dtype(order + (p.count_dtype or "u1"))
    if at + dtype.itemsize > len(body):
        raise _truncated_error(element)
    count = int(np.frombuffer(body, dtype, 1, at)[0])
    if not 0 <= count <= _MOST_CORNERS:
        reason = f"a list of {count} numbers"
        raise DamagedFileError(reason, element.name, RE_EXPORT)
    return count, at + dtype.itemsize


def _read_binary_mixed(
    element: PlyElement, body: bytes, at: int, order: str
) -> tuple[Table, int]:
    """Return polygons of several sizes as triangles, one after the other."""
    found = PolygonCollector()
    for _ in range(element.count):
        for p in element.properties:
            dtype = np.dtype(order + p.dtype)
            count = 1
            if p.count_dtype:
                count, at = _count(element, p, body, at, order)
            if at + count * dtype.itemsize > len(body):
                raise _truncated_error(element)
            if p.name in LIST_NAMES:
                found.add_list(p.name, np.frombuffer(body, dtype, count, at))
            elif p.name in SCALAR_NAMES:
                found.add_scalar(p.name, np.frombuffer(body, dtype, 1, at))
            at += count * dtype.itemsize
        found.end_polygon()
    return found.table, at


def _read_binary_strips(
    element: PlyElement, body: bytes, at: int, order: str
) -> tuple[Table, int]:
    """Return the triangles of Stanford's strips."""
    strips: list[AnyArray] = []
    for _ in range(element.count):
        for p in element.properties:
            dtype = np.dtype(order + p.dtype)
            counter = np.dtype(order + (p.count_dtype or p.dtype))
            if at + counter.itemsize > len(body):
                raise _truncated_error(element)
            count = int(np.frombuffer(body, counter, 1, at)[0])
            at += counter.itemsize
            if not 0 <= count <= (len(body) - at) // dtype.itemsize:
                raise _truncated_error(element)
            strips.append(np.frombuffer(body, dtype, count, at))
            at += count * dtype.itemsize
    return {CORNER_NAMES[0]: strips_to_triangles(strips)}, at


def _read_ascii(elements: list[PlyElement], body: bytes) -> dict[str, Table]:
    lines = (line for line in body.splitlines() if line.strip())
    tables: dict[str, Table] = {}
    for element in elements:
        rows = [line for _, line in zip(range(element.count), lines, strict=False)]
        if len(rows) < element.count:
            raise _truncated_error(element)
        try:
            if element.name == STRIPS_LIST:
                strips = [np.array(row.split()[1:], np.int64) for row in rows]
                tables[STRIPS_LIST] = {CORNER_NAMES[0]: strips_to_triangles(strips)}
            elif any(p.count_dtype for p in element.properties):
                tables[element.name] = _read_ascii_lists(element, rows)
            elif rows:
                numbers = np.array([row.split() for row in rows], np.float64)
                names = [p.name for p in element.properties]
                dtypes = [p.dtype for p in element.properties]
                tables[element.name] = {
                    name: numbers[:, i].astype(dtypes[i])
                    for i, name in enumerate(names)
                }
        except (ValueError, IndexError, OverflowError) as error:
            raise DamagedFileError.from_cause(
                causes.PLY_ROW_MISMATCH, element.name
            ) from error
    return tables


def _read_ascii_lists(element: PlyElement, rows: list[bytes]) -> Table:
    found = PolygonCollector()
    for row in rows:
        words, at = row.split(), 0
        for p in element.properties:
            count = 1
            if p.count_dtype:
                count, at = int(words[at]), at + 1
            if p.name in LIST_NAMES:
                told = words[at : at + count]
                numbers = np.array(told, np.float64 if p.name == UV_LIST else np.int64)
                if len(numbers) != count or count > _MOST_CORNERS:
                    raise ValueError(row)
                found.add_list(p.name, numbers)
            elif p.name in SCALAR_NAMES:  # one of MeshLab's own samples ends before it
                number = float(words[at]) if at < len(words) else 0
                found.add_scalar(p.name, np.array([number]).astype(p.dtype))
            at += count
        found.end_polygon()
    return found.table


def _read_faces(faces: Table, vertex_count: int) -> Uint32Array:
    named = [faces[name] for name in CORNER_NAMES if name in faces]
    if not named or not len(named[0]):
        raise EmptyModelError.from_cause(causes.POINTS_OR_LINES_ONLY, "face")
    found = named[0].astype(np.int64)
    if found.min() < 0 or found.max() >= vertex_count:
        raise DamagedFileError.from_cause(causes.VERTEX_INDEX_OUT_OF_RANGE, "face")
    return found.astype(np.uint32)


def _truncated_error(element: PlyElement) -> DamagedFileError:
    return DamagedFileError.from_cause(causes.TRUNCATED, element.name)
