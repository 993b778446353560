"""Read extents of glTF files and triangle counts of STL files from headers alone.

glTF asks every accessor of positions for its least and greatest values. Under nodes that
turn by quarter turns at most, these give the box of what is drawn; elsewhere they would
give a larger one, and nothing is told.
"""

from __future__ import annotations

import codecs
import json
import math
import struct
from itertools import product
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import DamagedFileError
from assets_pipeline.gltf.container import MAGIC
from assets_pipeline.gltf.extensions import check_required_extensions
from assets_pipeline.gltf.extents import check_size
from assets_pipeline.limits import check_triangles
from tours.bundle import Extents

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tours.model import Axis

Matrix = tuple[tuple[float, ...], ...]
"""Four rows of four."""
Json = dict[str, Any]  # of a file that anyone may have made: see `_compute_extents`

MAX_JSON_BYTES: Final = 8 << 20
MAX_NODES: Final = 20_000
_HEADER: Final = struct.Struct("<4sIIII")
_JSON: Final = 0x4E4F534A
_LARGEST_OF: Final = {5120: 127, 5121: 255, 5122: 32767, 5123: 65535}
"""What stands for 1 where whole numbers are normalized, by component type."""
_NIL: Final = 1e-6
"""Share of a matrix's greatest number that counts as nothing."""
_UNPLAIN: Final = frozenset({"EXT_mesh_gpu_instancing", "KHR_node_visibility"})
"""Extensions that draw a mesh elsewhere, or not at all."""
_UNMOVED: Final[Matrix] = (
    (1.0, 0.0, 0.0, 0.0),
    (0.0, 1.0, 0.0, 0.0),
    (0.0, 0.0, 1.0, 0.0),
    (0.0, 0.0, 0.0, 1.0),
)
_TURNS: Final[dict[Axis, Matrix]] = {
    "x": ((0, -1, 0, 0), (1, 0, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)),
    "y": _UNMOVED,
    "z": ((1, 0, 0, 0), (0, 0, 1, 0), (0, -1, 0, 0), (0, 0, 0, 1)),
}
"""As `transforms.orient` turns a source, by the axis that is up in it."""
HEADER_BYTES: Final = 84
_FACET_BYTES: Final = 50
_TEXT_BYTES: Final = 1000
"""Within which a text names its first facet."""


def read_gltf_extents(path: Path, metres_per_unit: float, up: Axis) -> Extents | None:
    """Return the box of a glTF file's scene at rest, in metres, +Y up.

    None for what is neither GLB nor its JSON alone, and wherever its JSON does not suffice.

    Raises
    ------
    DamagedFileError
        If the file has not the length that it says.
    UnsupportedFormatError
        If it would be larger than a country, or needs what is not read.
    LimitExceededError
        If it announces more triangles than a build can bear.
    """
    try:
        with path.open("rb") as file:
            root = _read_json(file, path.stat().st_size)
    except OSError:
        return None
    if root is None:
        return None
    scale = [[metres_per_unit * n for n in row] for row in _TURNS[up][:3]]
    try:
        check_required_extensions(map(str, root.get("extensionsRequired", ())))
        check_triangles(_count_triangles(root), "meshes")
        extents = _compute_extents(root, (*map(tuple, scale), _UNMOVED[3]))
    except (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError):
        return None  # what the build's reader tells in full
    if extents is not None:
        check_size(extents)
    return extents


def _read_json(file: BinaryIO, size_bytes: int) -> Json | None:
    start = file.read(_HEADER.size)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        is_short = size_bytes <= MAX_JSON_BYTES
        return _parse_json(start + file.read()) if is_short else None
    if len(start) < _HEADER.size or not start.startswith(MAGIC):
        return None
    _, _, length, json_bytes, kind = _HEADER.unpack(start)
    if length != size_bytes:
        raise DamagedFileError.from_cause(
            causes.GLB_LENGTH_MISMATCH, "header.length", said=length, held=size_bytes
        )
    if kind != _JSON or json_bytes > MAX_JSON_BYTES:
        return None
    return _parse_json(file.read(json_bytes))


def _parse_json(text: bytes) -> Json | None:
    try:
        root = json.loads(text.removeprefix(codecs.BOM_UTF8))
    except (ValueError, RecursionError):
        return None
    return root if isinstance(root, dict) else None


def _count_triangles(root: Json) -> int:
    """Return how many triangles its accessors announce, each counted once."""
    accessors = root["accessors"]
    named = {
        primitive.get("indices", primitive["attributes"]["POSITION"])
        for mesh in root["meshes"]
        for primitive in mesh["primitives"]
    }
    return sum(max(0, int(accessors[number]["count"])) for number in named) // 3


def _compute_extents(root: Json, oriented: Matrix) -> Extents | None:
    if not _UNPLAIN.isdisjoint(root.get("extensionsUsed", ())):
        return None
    points: list[list[float]] = []
    for node, world in _traverse(root, oriented):
        if "mesh" not in node:
            continue
        mesh = root["meshes"][node["mesh"]]
        weights = [*node.get("weights", ()), *mesh.get("weights", ())]
        if "skin" in node or any(weights) or not _is_square(world):
            return None
        points += (
            [sum(map(_product, row, (*corner, 1.0))) for row in world[:3]]
            for corner in _corners(root, mesh)
        )
    x, y, z = zip(*points, strict=True)
    size = max(max(x) - min(x), max(y) - min(y), max(z) - min(z))
    if not 0 < size < math.inf:
        return None
    return Extents((min(x), min(y), min(z)), (max(x), max(y), max(z)))


def _traverse(root: Json, oriented: Matrix) -> Iterator[tuple[Json, Matrix]]:
    """Give each node of the shown scene with its world matrix."""
    nodes = root["nodes"]
    scene = root["scenes"][root.get("scene", 0)]
    pending = [(number, oriented) for number in scene["nodes"]]
    for _ in range(MAX_NODES):
        if not pending:
            return
        number, parent = pending.pop()
        node = nodes[number]
        world = _multiply(parent, _local_matrix(node))
        yield node, world
        pending += [(child, world) for child in node.get("children", ())]
    reason = "too many nodes, or one within itself"
    raise ValueError(reason)


def _local_matrix(node: Json) -> Matrix:
    if "matrix" in node:
        m = [float(n) for n in node["matrix"]]
        return tuple(
            tuple(m[row + 4 * column] for column in range(4)) for row in range(4)
        )
    x, y, z, w = node.get("rotation", (0.0, 0.0, 0.0, 1.0))
    turn = (
        (1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)),
        (2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)),
        (2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)),
    )
    scale = node.get("scale", (1.0, 1.0, 1.0))
    moved = node.get("translation", (0.0, 0.0, 0.0))
    rows = (
        (*map(_product, row, scale), along)
        for row, along in zip(turn, moved, strict=True)
    )
    return (*rows, _UNMOVED[3])


def _multiply(a: Matrix, b: Matrix) -> Matrix:
    columns = tuple(zip(*b, strict=True))
    return tuple(
        tuple(sum(map(_product, row, column)) for column in columns) for row in a
    )


def _product(a: float, b: float) -> float:
    return a * b


def _is_square(world: Matrix) -> bool:
    """Whether boxes stay boxes: one number a row, and one a column."""
    rows = [row[:3] for row in world[:3]]
    nil = _NIL * max(abs(n) for row in rows for n in row)
    places = [[i for i, n in enumerate(row) if abs(n) > nil] for row in rows]
    return sorted(places) == [[0], [1], [2]]


def _corners(root: Json, mesh: Json) -> Iterator[tuple[float, ...]]:
    """Give the corners of each primitive's bounds, in the mesh's own frame."""
    for primitive in mesh["primitives"]:
        accessor = root["accessors"][primitive["attributes"]["POSITION"]]
        is_normalized = accessor.get("normalized", False)
        one = _LARGEST_OF[accessor["componentType"]] if is_normalized else 1
        pairs = zip(accessor["min"], accessor["max"], strict=True)
        yield from product(*((float(a) / one, float(b) / one) for a, b in pairs))


def count_binary_stl_facets(start: bytes, size_bytes: int) -> int | None:
    """Return the facets of a binary STL; None if its length does not fit.

    The first word can't tell: many programs begin binary files with "solid" too.

    Parameters
    ----------
    start
        Its first bytes, a thousand of them where there are as many.
    size_bytes
        Of the whole file.
    """
    if len(start) < HEADER_BYTES:
        return None
    (count,) = struct.unpack_from("<I", start, HEADER_BYTES - 4)
    if size_bytes < HEADER_BYTES + count * _FACET_BYTES:
        return None
    if start.startswith(b"solid") and b"facet normal" in start[:_TEXT_BYTES]:
        return None
    return int(count)


def check_stl_triangles(path: Path) -> None:
    """Raise an error if a binary STL file holds too many triangles.

    Raises
    ------
    LimitExceededError
        If it can't.
    """
    if path.suffix.lower() != ".stl":
        return
    try:
        with path.open("rb") as file:
            count = count_binary_stl_facets(file.read(_TEXT_BYTES), path.stat().st_size)
    except OSError:
        return
    check_triangles(count or 0, "facets")
