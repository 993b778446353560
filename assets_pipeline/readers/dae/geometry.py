"""The shapes of a COLLADA file, as triangles of one material each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.gltf.accessors import Accessor, create_accessor
from assets_pipeline.gltf.geometry import split_offset
from assets_pipeline.images.color import srgb_to_linear
from assets_pipeline.readers.dae.elements import Library, offset_of, whole, wide
from assets_pipeline.readers.triangulation import triangulated
from assets_pipeline.readers.xml import Element, refuse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assets_pipeline.arrays import Float32Array, Float64Array, Int64Array


_FARTHEST: Final = 1e9
_SURFACES: Final = ("triangles", "polylist", "polygons", "tristrips", "trifans")
_CORNERS: Final = 3
_MOST_UVS: Final = 4
_OPAQUE: Final = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """The triangles of one material, not yet welded."""

    symbol: str
    """What instances bind a material to."""
    attributes: dict[str, Accessor]
    vertices: Int64Array
    """(3 m,) the number of each corner's position: joints are told by it."""
    uv_sets: tuple[int, ...]
    """The set that each TEXCOORD_n is in the file."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """One geometry."""

    pieces: list[Piece]
    middle: tuple[float, float, float]
    """What to add to positions, in the file's units."""


@dataclass(frozen=True, slots=True, eq=False)
class _Input:
    semantic: str
    table: Float64Array
    offset: int
    uv_set: int


def read_shape(geometry: Element, library: Library) -> Shape:
    """Return the triangles of a ``geometry``; none for lines and curves.

    Raises
    ------
    DamagedFileError
        If numbers are missing, or name others that are.
    """
    mesh = geometry.at("mesh")
    vertices = mesh.at("vertices") if mesh else None
    if mesh is None or vertices is None:
        return Shape([], (0.0, 0.0, 0.0))
    shared = [_input(child, library) for child in vertices.all("input")]
    places = next((i.table for i in shared if i.semantic == "POSITION"), None)
    if places is None:
        refuse(vertices, "vertices have no positions")
    exact = wide(places, 3)
    if not (np.abs(exact) < _FARTHEST).all():
        refuse(vertices, "positions are farther than any model")
    positions, middle = split_offset(exact)
    pieces = []
    for surface in mesh.all(*_SURFACES):
        inputs = _inputs(surface, shared, library)
        corners = _corners(surface, inputs, exact)
        if len(corners):
            pieces.append(_piece(surface, inputs, corners, positions))
    return Shape(pieces, middle)


def _inputs(surface: Element, shared: list[_Input], library: Library) -> list[_Input]:
    """Return a surface's inputs, those of its vertices in place of VERTEX."""
    found: list[_Input] = []
    for child in surface.all("input"):
        if child.attributes.get("semantic") == "VERTEX":
            offset = offset_of(child)
            found += [_Input(i.semantic, i.table, offset, i.uv_set) for i in shared]
        else:
            found.append(_input(child, library))
    if not any(i.semantic == "POSITION" for i in found):
        refuse(surface, "triangles have no vertices")
    return found


def _input(element: Element, library: Library) -> _Input:
    table = library.table(library.named_by(element, "source", "source"))
    semantic = element.attributes.get("semantic", "")
    return _Input(semantic, table, offset_of(element), whole(element, "set", 0))


def _corners(
    surface: Element, inputs: list[_Input], places: Float64Array
) -> Int64Array:
    """Return (3 m, k) int64: of each corner of each triangle, a number for each offset."""
    declared = (offset_of(child) for child in surface.all("input"))
    stride = 1 + max(declared)
    lists = surface.all("p") + [p for ph in surface.all("ph") for p in ph.all("p")]
    rows = [_rows(element, stride) for element in lists]
    if not rows:
        return np.zeros((0, stride), np.int64)
    joined = np.concatenate(rows)
    for one in inputs:
        used = joined[:, one.offset]
        if len(used) and not 0 <= used.min() <= used.max() < len(one.table):
            reason = f"a corner names {one.semantic} {used.max()}, counted from 0, of {len(one.table)}"
            refuse(surface, reason)
    counts = _counts(surface, rows, len(joined))
    if surface.tag in ("tristrips", "trifans"):
        triangles = _unrolled(surface.tag, counts)
    else:
        at = next(i.offset for i in inputs if i.semantic == "POSITION")
        triangles = triangulated(counts, places[joined[:, at]])
    return joined[triangles.ravel()]


def _rows(element: Element, stride: int) -> Int64Array:
    numbers = element.whole_numbers()
    return numbers[: len(numbers) // stride * stride].reshape(-1, stride)


def _counts(surface: Element, rows: Sequence[Int64Array], total: int) -> Int64Array:
    """Return how many corners each polygon, strip or fan has."""
    if surface.tag == "triangles":
        return np.full(total // _CORNERS, _CORNERS, np.int64)
    if surface.tag != "polylist":
        return np.array([len(some) for some in rows], np.int64)
    told = surface.at("vcount")
    counts = told.whole_numbers() if told else np.zeros(0, np.int64)
    if len(counts) and (counts.min() < 0 or counts.max() > total):
        refuse(surface, "a polygon has more corners than there are, or fewer than none")
    if counts.sum() > total:
        refuse(surface, f"polygons of {counts.sum()} corners announced, {total} there")
    return counts


def _unrolled(tag: str, counts: Int64Array) -> Int64Array:
    """Return (m, 3) the triangles of strips or fans."""
    starts = np.cumsum(counts) - counts
    inner = np.maximum(counts - 2, 0)
    owner = np.repeat(np.arange(len(counts)), inner)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(inner) - inner, inner)
    first = starts[owner]
    if tag == "trifans":
        return np.stack([first, first + step + 1, first + step + 2], axis=1)
    odd = step % 2  # every other triangle of a strip is written backwards
    return np.stack(
        [first + step, first + step + 1 + odd, first + step + 2 - odd], axis=1
    )


def _piece(
    surface: Element, inputs: list[_Input], corners: Int64Array, positions: Float32Array
) -> Piece:
    attributes: dict[str, Accessor] = {}
    uvs: dict[int, Float32Array] = {}
    vertices = corners[:, 0]
    for one in inputs:
        rows = corners[:, one.offset]
        if one.semantic == "POSITION":
            vertices = rows
            attributes["POSITION"] = create_accessor(positions[rows])
        elif one.semantic == "NORMAL":
            attributes.setdefault(
                "NORMAL", create_accessor(_narrow(one.table, 3)[rows])
            )
        elif one.semantic == "COLOR":
            attributes.setdefault("COLOR_0", create_accessor(_colors(one.table)[rows]))
        elif one.semantic == "TEXCOORD":
            uv = _narrow(one.table, 2)[rows]
            uv[:, 1] = 1 - uv[:, 1]  # from the bottom there, from the top here
            uvs.setdefault(one.uv_set, uv)
    sets = tuple(sorted(uvs))[:_MOST_UVS]
    for n, uv_set in enumerate(sets):
        attributes[f"TEXCOORD_{n}"] = create_accessor(uvs[uv_set])
    symbol = surface.attributes.get("material", "")
    return Piece(symbol, attributes, vertices, sets)


def _narrow(table: Float64Array, width: int) -> Float32Array:
    return wide(table, width).clip(-_FARTHEST, _FARTHEST).astype(np.float32)


def _colors(table: Float64Array) -> Float32Array:
    """Return (n, 3) or, where some are not opaque, (n, 4) linear colours."""
    colors = wide(table, 4).clip(0, 1).astype(np.float32)
    light = srgb_to_linear(colors[:, :3])
    has_alpha = table.shape[1] > _CORNERS and (colors[:, 3] < _OPAQUE).any()
    return np.hstack([light, colors[:, 3:]]) if has_alpha else light
